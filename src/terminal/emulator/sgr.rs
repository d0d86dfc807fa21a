//! Interprets SGR (ECMA-48, 8.3.117, and xterm's colours): applies it to a style.

use ratatui::style::{Color, Modifier};

use crate::terminal::encoder::pen::Pen;

/// Applies SGR parameters, with sub-parameters after colons or semicolons.
pub(super) fn paint(pen: &mut Pen, body: &str) {
    let mut fields = body.split(';');
    while let Some(field) = fields.next() {
        let mut parts = field.split(':').map(|part| part.parse::<u16>().ok());
        let number = parts.next().flatten().unwrap_or(0);
        if matches!(number, 38 | 48 | 58) {
            let own: Vec<Option<u16>> = parts.collect();
            let color = if own.is_empty() { far_color(&mut fields) } else { color_of(&own) };
            match (number, color) {
                (38, Some(color)) => pen.fg = color,
                (48, Some(color)) => pen.bg = color,
                _ => {}
            }
        } else {
            attribute(pen, number, parts.next().flatten());
        }
    }
}

/// The colour of `38;5;n` and `38;2;r;g;b` behind the 38.
fn far_color<'a>(fields: &mut impl Iterator<Item = &'a str>) -> Option<Color> {
    let mut next = || fields.next().map(|field| field.parse::<u16>().unwrap_or(0));
    match next()? {
        5 => color_of(&[Some(5), next()]),
        2 => color_of(&[Some(2), next(), next(), next()]),
        _ => None,
    }
}

/// The colour of the same with colons: `5:n`, `2:r:g:b` and `2:space:r:g:b`.
fn color_of(parts: &[Option<u16>]) -> Option<Color> {
    let byte = |part: Option<u16>| part.unwrap_or(0).min(255) as u8;
    match *parts {
        [Some(5), index, ..] => Some(indexed(byte(index))),
        [Some(2), r, g, b] | [Some(2), _, r, g, b, ..] => Some(Color::Rgb(byte(r), byte(g), byte(b))),
        _ => None,
    }
}

fn indexed(index: u8) -> Color {
    if index < 16 { NAMED[usize::from(index)] } else { Color::Indexed(index) }
}

/// The sixteen colours that have names, by their index.
const NAMED: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

/// One number of SGR that is no colour of many.
fn attribute(pen: &mut Pen, number: u16, kind: Option<u16>) {
    let set = match number {
        0 => return *pen = Pen::PLAIN,
        1 => Modifier::BOLD,
        2 => Modifier::DIM,
        3 => Modifier::ITALIC,
        4 if kind == Some(0) => return pen.modifier.remove(Modifier::UNDERLINED),
        4 | 21 => Modifier::UNDERLINED,
        5 | 6 => Modifier::SLOW_BLINK,
        7 => Modifier::REVERSED,
        8 => Modifier::HIDDEN,
        9 => Modifier::CROSSED_OUT,
        22 => return pen.modifier.remove(Modifier::BOLD | Modifier::DIM),
        23 => return pen.modifier.remove(Modifier::ITALIC),
        24 => return pen.modifier.remove(Modifier::UNDERLINED),
        25 => return pen.modifier.remove(Modifier::SLOW_BLINK),
        27 => return pen.modifier.remove(Modifier::REVERSED),
        28 => return pen.modifier.remove(Modifier::HIDDEN),
        29 => return pen.modifier.remove(Modifier::CROSSED_OUT),
        30..=37 => return pen.fg = NAMED[usize::from(number - 30)],
        39 => return pen.fg = Color::Reset,
        40..=47 => return pen.bg = NAMED[usize::from(number - 40)],
        49 => return pen.bg = Color::Reset,
        90..=97 => return pen.fg = NAMED[usize::from(number - 82)],
        100..=107 => return pen.bg = NAMED[usize::from(number - 92)],
        _ => return,
    };
    pen.modifier.insert(set);
}
