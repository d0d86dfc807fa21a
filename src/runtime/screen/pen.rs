//! How cells are painted, and the fewest bytes from one way to another (SGR, ECMA-48 8.3.117): either all anew or only
//! what differs.

use std::io::Write;

use ratatui::style::{Color, Modifier};

/// Attributes with the number that sets each and the one that resets it.
const ATTRIBUTES: [(Modifier, u8, u8); 8] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// Colours and attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pen {
    /// Of the letters.
    pub fg: Color,
    /// Behind them.
    pub bg: Color,
    /// Bold and the like.
    pub modifier: Modifier,
}

impl Pen {
    /// The terminal's own.
    pub const PLAIN: Self = Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

    /// The pen nearest to this one that paints a blank on `bg`.
    pub fn for_blank(self, bg: Color) -> Self {
        let seen = Modifier::REVERSED | Modifier::UNDERLINED | Modifier::CROSSED_OUT;
        Self { bg, modifier: self.modifier - seen, ..self }
    }

    /// Writes what makes this pen of another; nothing when they are the same.
    pub fn write_from(self, known: Option<Self>, out: &mut Vec<u8>) {
        if known == Some(self) {
            return;
        }
        let anew = self.anew();
        match known.map(|known| self.change(known)) {
            Some(change) if change.len() <= anew.len() => finish(&change, out),
            _ => finish(&anew, out),
        }
    }

    fn anew(self) -> Vec<u8> {
        let mut numbers = Vec::new();
        if self != Self::PLAIN {
            numbers.extend(b"0;");
        }
        for (attribute, set, _) in ATTRIBUTES {
            if self.modifier.contains(attribute) {
                number(set.into(), &mut numbers);
            }
        }
        if self.fg != Color::Reset {
            color(self.fg, 30, &mut numbers);
        }
        if self.bg != Color::Reset {
            color(self.bg, 40, &mut numbers);
        }
        numbers
    }

    fn change(self, known: Self) -> Vec<u8> {
        let mut numbers = Vec::new();
        let mut set = self.modifier - known.modifier;
        let mut reset = 0;
        for (attribute, _, off) in ATTRIBUTES {
            if (known.modifier - self.modifier).contains(attribute) && reset != off {
                number(off.into(), &mut numbers);
                reset = off;
                if off == 22 {
                    set |= self.modifier & (Modifier::BOLD | Modifier::DIM); // one number resets both
                }
            }
        }
        for (attribute, on, _) in ATTRIBUTES {
            if set.contains(attribute) {
                number(on.into(), &mut numbers);
            }
        }
        if self.fg != known.fg {
            color(self.fg, 30, &mut numbers);
        }
        if self.bg != known.bg {
            color(self.bg, 40, &mut numbers);
        }
        numbers
    }
}

fn finish(numbers: &[u8], out: &mut Vec<u8>) {
    out.extend(b"\x1b[");
    out.extend(numbers.strip_suffix(b";").unwrap_or(numbers));
    out.push(b'm');
}

fn number(number: u16, out: &mut Vec<u8>) {
    // Writing to memory does not fail.
    let _ = write!(out, "{number};");
}

/// A colour over the base 30 of letters or 40 of backgrounds.
fn color(color: Color, base: u16, out: &mut Vec<u8>) {
    let own = match color {
        Color::Reset => 9,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 60,
        Color::LightRed => 61,
        Color::LightGreen => 62,
        Color::LightYellow => 63,
        Color::LightBlue => 64,
        Color::LightMagenta => 65,
        Color::LightCyan => 66,
        Color::White => 67,
        Color::Indexed(index) if index < 8 => u16::from(index),
        Color::Indexed(index) if index < 16 => u16::from(index) + 52,
        Color::Indexed(index) => {
            let _ = write!(out, "{};5;{index};", base + 8);
            return;
        }
        Color::Rgb(r, g, b) => {
            let _ = write!(out, "{};2;{r};{g};{b};", base + 8);
            return;
        }
    };
    number(base + own, out);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(from: Option<Pen>, to: Pen) -> String {
        let mut out = Vec::new();
        to.write_from(from, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn only_what_differs_is_written_unless_all_anew_is_shorter() {
        let bold = Pen { modifier: Modifier::BOLD, ..Pen::PLAIN };
        let red = Pen { fg: Color::Red, ..bold };
        let dim_red = Pen { modifier: Modifier::DIM, ..red };
        assert_eq!(written(Some(bold), bold), "");
        assert_eq!(written(None, Pen::PLAIN), "\x1b[m");
        assert_eq!(written(Some(bold), red), "\x1b[31m");
        assert_eq!(written(Some(red), Pen::PLAIN), "\x1b[m");
        assert_eq!(written(Some(red), dim_red), "\x1b[22;2m");
        assert_eq!(written(None, red), "\x1b[0;1;31m");
        let both = Pen { modifier: Modifier::BOLD | Modifier::DIM, ..Pen::PLAIN };
        assert_eq!(written(Some(both), bold), "\x1b[0;1m");
    }
}
