//! Styles of cells as numbers that compare quickly, and the shortest change from one to another (SGR, ECMA-48 8.3.117):
//! either a reset and all attributes, or only the difference.

use ratatui::style::{Color, Modifier};

use super::bytes;

/// The numbers of one sequence: all attributes and both colours in full, with room to spare.
type Numbers = bytes::Bytes<80>;

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

/// A colour as a number: the SGR number of a named colour, 256 + index, or 24 bits with a flag. Equal colours have
/// equal numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SgrColor(u32);

/// Flag of an index into the 256 colours.
const INDEXED: u32 = 1 << 8;
/// Flag of red, green and blue.
const RGB: u32 = 1 << 24;

impl SgrColor {
    /// The terminal's default colour.
    pub(super) const RESET: Self = Self(9);

    /// Converts a colour; the first sixteen indexed colours are the named ones.
    pub(super) fn of(color: Color) -> Self {
        Self(match color {
            Color::Reset => return Self::RESET,
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
            Color::Indexed(index) if index < 8 => index.into(),
            Color::Indexed(index) if index < 16 => u32::from(index) + 52,
            Color::Indexed(index) => u32::from(index) | INDEXED,
            Color::Rgb(r, g, b) => u32::from_be_bytes([0, r, g, b]) | RGB,
        })
    }

    /// Writes the SGR parameters, relative to the base 30 of foregrounds or 40 of backgrounds.
    fn write(self, base: u16, numbers: &mut Numbers) {
        let [kind, r, g, b] = self.0.to_be_bytes();
        let mut one = |number: u16| {
            numbers.number(number);
            numbers.push(b';');
        };
        if kind > 0 {
            [base + 8, 2, r.into(), g.into(), b.into()].into_iter().for_each(one);
        } else if self.0 & INDEXED > 0 {
            [base + 8, 5, b.into()].into_iter().for_each(one);
        } else {
            one(base + u16::from(b));
        }
    }
}

/// Colours and attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CellStyle {
    /// Foreground.
    pub fg: SgrColor,
    /// Background.
    pub bg: SgrColor,
    /// Attributes: bold, underlined and so on.
    pub modifier: Modifier,
}

impl CellStyle {
    /// The default style.
    pub(super) const PLAIN: Self = Self { fg: SgrColor::RESET, bg: SgrColor::RESET, modifier: Modifier::empty() };

    /// The style of a cell.
    pub(super) fn of(fg: Color, bg: Color, modifier: Modifier) -> Self {
        Self { fg: SgrColor::of(fg), bg: SgrColor::of(bg), modifier }
    }

    /// This style with the background `bg`, without attributes that a blank does not show.
    pub(super) fn for_blank(self, bg: SgrColor) -> Self {
        let seen = Modifier::REVERSED | Modifier::UNDERLINED | Modifier::CROSSED_OUT;
        Self { bg, modifier: self.modifier - seen, ..self }
    }

    /// Writes the change from a known style to this one; nothing if they are equal.
    pub(super) fn write_from(self, known: Option<Self>, out: &mut Vec<u8>) {
        if known == Some(self) {
            return;
        }
        let anew = self.anew();
        match known.map(|known| self.change(known)) {
            Some(change) if change.len() <= anew.len() => finish(change, out),
            _ => finish(anew, out),
        }
    }

    fn anew(self) -> Numbers {
        let mut numbers = Numbers::new();
        if self != Self::PLAIN {
            numbers.extend(b"0;");
        }
        for (attribute, set, _) in ATTRIBUTES {
            if self.modifier.contains(attribute) {
                numbers.extend(&[b'0' + set, b';']);
            }
        }
        if self.fg != SgrColor::RESET {
            self.fg.write(30, &mut numbers);
        }
        if self.bg != SgrColor::RESET {
            self.bg.write(40, &mut numbers);
        }
        numbers
    }

    fn change(self, known: Self) -> Numbers {
        let mut numbers = Numbers::new();
        let mut set = self.modifier - known.modifier;
        let mut reset = 0;
        for (attribute, _, off) in ATTRIBUTES {
            if (known.modifier - self.modifier).contains(attribute) && reset != off {
                numbers.number(off.into());
                numbers.push(b';');
                reset = off;
                if off == 22 {
                    set |= self.modifier & (Modifier::BOLD | Modifier::DIM); // one number resets both
                }
            }
        }
        for (attribute, on, _) in ATTRIBUTES {
            if set.contains(attribute) {
                numbers.extend(&[b'0' + on, b';']);
            }
        }
        if self.fg != known.fg {
            self.fg.write(30, &mut numbers);
        }
        if self.bg != known.bg {
            self.bg.write(40, &mut numbers);
        }
        numbers
    }
}

fn finish(mut numbers: Numbers, out: &mut Vec<u8>) {
    numbers.strip(b';');
    out.extend(b"\x1b[");
    out.extend(numbers.all());
    out.push(b'm');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(from: Option<CellStyle>, to: CellStyle) -> String {
        let mut out = Vec::new();
        to.write_from(from, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn only_what_differs_is_written_unless_all_anew_is_shorter() {
        let bold = CellStyle { modifier: Modifier::BOLD, ..CellStyle::PLAIN };
        let red = CellStyle { fg: SgrColor::of(Color::Red), ..bold };
        let dim_red = CellStyle { modifier: Modifier::DIM, ..red };
        assert_eq!(written(Some(bold), bold), "");
        assert_eq!(written(None, CellStyle::PLAIN), "\x1b[m");
        assert_eq!(written(Some(bold), red), "\x1b[31m");
        assert_eq!(written(Some(red), CellStyle::PLAIN), "\x1b[m");
        assert_eq!(written(Some(red), dim_red), "\x1b[22;2m");
        assert_eq!(written(None, red), "\x1b[0;1;31m");
        let both = CellStyle { modifier: Modifier::BOLD | Modifier::DIM, ..CellStyle::PLAIN };
        assert_eq!(written(Some(both), bold), "\x1b[0;1m");
    }
}
