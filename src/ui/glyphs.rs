//! The signs that are drawn and are not text, each with an ASCII form for terminals and locales that cannot show it.

/// The signs of one kind of terminal.
#[derive(Clone, Copy, Debug)]
pub struct Glyphs {
    pub horizontal: &'static str,
    pub vertical: &'static str,
    pub bar: &'static str,
    pub tick: &'static str,
    pub thumb: &'static str,
    pub current: &'static str,
    pub dot: &'static str,
    pub ellipsis: &'static str,
    /// Something that was chosen among others.
    pub check: &'static str,
    /// Bars of a growing length in one cell, the last one full.
    pub lengths: &'static [&'static str],
    /// Columns of a growing height in one cell, the last one full.
    pub heights: &'static [&'static str],
}

const UNICODE: Glyphs = Glyphs {
    horizontal: "─",
    vertical: "│",
    bar: "▌",
    tick: "╏",
    thumb: "┃",
    current: "▸",
    dot: " · ",
    ellipsis: "…",
    check: "✓",
    lengths: &["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
    heights: &["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
};

const ASCII: Glyphs = Glyphs {
    horizontal: "-",
    vertical: "|",
    bar: ">",
    tick: ":",
    thumb: "#",
    current: ">",
    dot: " - ",
    ellipsis: "...",
    check: "*",
    lengths: &["#"],
    heights: &["_", "=", "#"],
};

/// The signs to draw with.
pub fn glyphs(ascii: bool) -> Glyphs {
    if ascii { ASCII } else { UNICODE }
}

/// Signs of the layout's in ASCII, cell for cell.
pub fn ascii(signs: &str) -> String {
    let plain = |sign| match sign {
        '─' | '–' => '-',
        '│' => '|',
        '•' | '◦' | '▪' => '*',
        other => other,
    };
    signs.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_has_an_ascii_form_of_one_cell() {
        let ascii = [ASCII.horizontal, ASCII.vertical, ASCII.bar, ASCII.tick, ASCII.thumb, ASCII.current];
        assert!(ascii.iter().all(|sign| sign.len() == 1 && sign.is_ascii()));
        assert_eq!(super::ascii("• │ ─"), "* | -");
    }
}
