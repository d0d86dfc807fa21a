//! Rows of a TSV for spreadsheets. No cell can end its row, control a terminal, or be evaluated as a formula: tabs and line
//! ends become spaces, control characters visible marks, a cell that would begin a formula (`=`, `+`, `-`, `@`) gets a
//! leading apostrophe, and one that begins with a quotation mark is quoted as in RFC 4180.
//!
//! Written here because the csv crate quotes tabs and line ends instead of replacing them, and knows no formulas.

use std::io::{self, Write};

use super::wording::shown;

/// Writes one row. The names of columns are not translated, because scripts use them too.
pub(crate) fn row(out: &mut dyn Write, cells: impl Iterator<Item = String>) -> io::Result<()> {
    let cells: Vec<String> = cells.map(|text| cell(&text)).collect();
    writeln!(out, "{}", cells.join("\t"))
}

fn cell(text: &str) -> String {
    let text = shown(text);
    let text = text.trim();
    if text.starts_with(['=', '+', '-', '@']) {
        return format!("'{text}");
    }
    if text.starts_with('"') {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_one_cell_and_no_formula() {
        for (text, expected) in [
            ("Tokaïev", "Tokaïev"),
            ("a\tb\nc", "a b c"),
            ("=1+1", "'=1+1"),
            ("+33 1", "'+33 1"),
            ("-torture", "'-torture"),
            ("@x", "'@x"),
            (" =x", "'=x"),
            ("\"droits de l'homme\"", "\"\"\"droits de l'homme\"\"\""),
            ("un \"mot\"", "un \"mot\""),
            ("", ""),
        ] {
            assert_eq!(cell(text), expected, "{text:?}");
        }
        assert!(!cell("a\u{1b}[2Jb").contains('\u{1b}'));
    }
}
