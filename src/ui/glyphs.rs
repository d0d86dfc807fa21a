//! The glyphs that are drawn beside text, each with an ASCII form for terminals and locales that cannot show it.

/// The glyphs for one kind of terminal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyphs {
    pub horizontal: &'static str,
    pub vertical: &'static str,
    pub bar: &'static str,
    pub tick: &'static str,
    pub thumb: &'static str,
    pub current: &'static str,
    pub dot: &'static str,
    pub ellipsis: &'static str,
    /// A chosen value among others.
    pub check: &'static str,
    /// Bars of increasing length in one cell, the last one full.
    pub lengths: &'static [&'static str],
    /// Columns of increasing height in one cell, the last one full.
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

/// The glyphs to draw with.
pub(super) fn glyphs(ascii: bool) -> Glyphs {
    if ascii { ASCII } else { UNICODE }
}

/// Signs of the layout in ASCII, with the same number of cells.
pub(super) fn ascii(signs: &str) -> String {
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
