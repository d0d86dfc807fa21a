//! Colours and faces: what a role looks like, before any terminal library. Colours are the terminal's own sixteen or its
//! table of 256 where that is enough, because they cost fewer bytes than red, green and blue.

/// A colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Color {
    /// One of the sixteen colours of the terminal's palette: 0 black to 7 white, 8 to 15 the bright ones.
    Named(u8),
    /// An index into the palette of 256 colours.
    Indexed(u8),
    /// Red, green and blue.
    Rgb(u8, u8, u8),
}

/// The names of the sixteen colours, by number.
pub(super) const NAMES: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];

impl Color {
    /// Parses a colour: a name (`red`, `bright-black`) or hexadecimal parts (`#5f87af`).
    pub fn parse(written: &str) -> Option<Self> {
        if let Some(number) = NAMES.iter().position(|name| *name == written) {
            return u8::try_from(number).ok().map(Self::Named);
        }
        let digits = written.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        let plain = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        plain.then_some(Self::Rgb(part(0)?, part(2)?, part(4)?))
    }
}

/// Colours and attributes of text. `None` keeps the colour below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "a terminal has that many attributes, each on or off")]
pub struct Face {
    /// Foreground.
    pub fg: Option<Color>,
    /// Background.
    pub bg: Option<Color>,
    /// Bold.
    pub bold: bool,
    /// Fainter.
    pub dim: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Foreground and background swapped.
    pub reverse: bool,
    /// Struck out.
    pub strike: bool,
}

impl Face {
    /// This face painted over another: its colours where it has some, and the attributes of both; faintness below does
    /// not stay, so that a match in a dim line is as strong as any.
    #[must_use]
    pub fn over(self, below: Self) -> Self {
        Self {
            fg: self.fg.or(below.fg),
            bg: self.bg.or(below.bg),
            bold: self.bold || below.bold,
            dim: self.dim || (below.dim && self == Self::default()),
            italic: self.italic || below.italic,
            underline: self.underline || below.underline,
            reverse: self.reverse || below.reverse,
            strike: self.strike || below.strike,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_by_name_or_parts() {
        for (written, color) in [
            ("red", Some(Color::Named(1))),
            ("bright-white", Some(Color::Named(15))),
            ("#5f87AF", Some(Color::Rgb(0x5f, 0x87, 0xaf))),
            ("#5f87a", None),
            ("#+f87af", None),
            ("#éééé", None),
            ("rouge", None),
            ("", None),
        ] {
            assert_eq!(Color::parse(written), color, "{written}");
        }
    }

    #[test]
    fn a_face_over_another_keeps_what_it_does_not_say() {
        let below = Face { fg: Some(Color::Named(1)), dim: true, italic: true, ..Face::default() };
        let above = Face { bold: true, reverse: true, ..Face::default() };
        let both = Face { fg: Some(Color::Named(1)), bold: true, reverse: true, italic: true, ..Face::default() };
        assert_eq!(above.over(below), both);
        assert_eq!(Face::default().over(below), below);
    }
}
