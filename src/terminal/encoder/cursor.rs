//! Finds the shortest cursor movement, with the sequences of the whole VT100 family: CUP, CUF, CUB, CUU, CUD, and the
//! C0 controls CR, LF, BS.

use super::bytes::Bytes;

/// CUP to the upper left corner.
const SHORTEST: usize = b"\x1b[H".len();

/// Bytes of a movement: at most a few sequences.
type Way = Bytes<24>;

/// The scrolling region: DECSTBM, and DECSLRM if it has fewer columns than the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Margins {
    /// The first row.
    pub top: u16,
    /// The last row.
    pub bottom: u16,
    /// The first column.
    pub left: u16,
    /// The last column.
    pub right: u16,
}

/// A cursor position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    /// The column; after writing to the last column, the one it would be in next.
    pub x: u16,
    /// The row.
    pub y: u16,
    /// Whether the last column of its line was written: terminals differ in the effect of the next character, except
    /// for CR and CUP.
    pub pending: bool,
}

/// Writes the shortest movement to a column and a row. `from` is `None` if the position of the cursor is unknown.
pub(super) fn write(from: Option<Cursor>, to: (u16, u16), margins: Margins, width: u16, out: &mut Vec<u8>) {
    out.extend(way(from, to, margins, width).all());
}

/// Number of bytes that move the cursor from the end of a line to a column of the next line by CR and CUF, besides the
/// line feed.
pub(super) fn line_feed(left: u16, x: u16) -> usize {
    let mut way = Way::new();
    forward(x - left, &mut way);
    1 + way.len()
}

/// The shortest movement to a column and a row. `from` is `None` if the position of the cursor is unknown.
pub(super) fn way(from: Option<Cursor>, (x, y): (u16, u16), margins: Margins, width: u16) -> Way {
    let relative = from.and_then(|from| relative(from, (x, y), margins, width));
    if let Some(way) = relative.filter(|way| way.len() < SHORTEST) {
        return way;
    }
    let absolute = absolute(x, y);
    relative.filter(|way| way.len() < absolute.len()).unwrap_or(absolute)
}

fn absolute(x: u16, y: u16) -> Way {
    let mut way = Way::new();
    way.extend(b"\x1b[");
    if y > 0 {
        way.number(y + 1);
    }
    if x > 0 {
        way.push(b';');
        way.number(x + 1);
    }
    way.push(b'H');
    way
}

/// The shortest relative movement; `None` if only an absolute one is safe.
fn relative(from: Cursor, (x, y): (u16, u16), margins: Margins, width: u16) -> Option<Way> {
    if !from.pending && (from.x, from.y) == (x, y) {
        return Some(Way::new());
    }
    let narrow = margins.left > 0 || margins.right + 1 < width;
    let inside = |x: u16| (margins.left..=margins.right).contains(&x);
    let here = if from.pending { from.x.saturating_sub(1) } else { from.x };
    if narrow && !(inside(here) && inside(x)) {
        return None;
    }
    let start = if narrow { margins.left } else { 0 };
    let rows = vertical(from.y, y, margins)?;
    // Behind the last column only CR is safe, and it comes first.
    let mut carriage = Way::new();
    carriage.push(b'\r');
    forward(x - start, &mut carriage);
    carriage.extend(rows.all());
    if from.pending {
        return Some(carriage);
    }
    let mut columns = rows;
    if x >= from.x {
        forward(x - from.x, &mut columns);
    } else {
        let back = from.x - x;
        if back < 4 {
            columns.extend(&b"\x08\x08\x08"[..usize::from(back)]);
        } else {
            columns.control(back, b'D');
        }
    }
    Some(if columns.len() < carriage.len() { columns } else { carriage })
}

fn forward(cells: u16, way: &mut Way) {
    match cells {
        0 => {}
        1 => way.extend(b"\x1b[C"),
        _ => way.control(cells, b'C'),
    }
}

/// The way between rows; `None` where a margin is in the way.
fn vertical(from: u16, to: u16, margins: Margins) -> Option<Way> {
    let mut way = Way::new();
    if to > from {
        let rows = to - from;
        let crosses = from <= margins.bottom && margins.bottom < to;
        if rows <= 4 {
            way.extend(&b"\n\n\n\n"[..usize::from(rows)]);
        } else {
            way.control(rows, b'B');
        }
        return (!crosses).then_some(way);
    }
    if to < from {
        let rows = from - to;
        let crosses = from >= margins.top && margins.top > to;
        if rows == 1 {
            way.extend(b"\x1b[A");
        } else {
            way.control(rows, b'A');
        }
        return (!crosses).then_some(way);
    }
    Some(way)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: Margins = Margins { top: 0, bottom: 23, left: 0, right: 79 };

    fn way(from: (u16, u16), to: (u16, u16), margins: Margins) -> String {
        let mut out = Vec::new();
        write(Some(Cursor { x: from.0, y: from.1, pending: false }), to, margins, 80, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_shortest_way_is_taken() {
        for (from, to, expected) in [
            ((5, 5), (5, 5), ""),
            ((5, 5), (0, 5), "\r"),
            ((5, 5), (0, 6), "\r\n"),
            ((5, 5), (6, 5), "\x1b[C"),
            ((5, 5), (3, 5), "\x08\x08"),
            ((70, 5), (60, 5), "\x1b[10D"),
            ((70, 5), (2, 6), "\x1b[7;3H"),
            ((70, 15), (2, 16), "\r\x1b[2C\n"),
            ((70, 5), (0, 0), "\x1b[H"),
            ((5, 5), (5, 4), "\x1b[A"),
            ((3, 0), (3, 2), "\n\n"),
        ] {
            assert_eq!(way(from, to, WHOLE), expected, "{from:?} to {to:?}");
        }
    }

    #[test]
    fn a_line_feed_never_scrolls() {
        let margins = Margins { top: 1, bottom: 10, ..WHOLE };
        assert_eq!(way((0, 10), (0, 11), margins), "\x1b[12H");
        assert_eq!(way((0, 9), (0, 10), margins), "\n");
        assert_eq!(way((0, 11), (0, 12), margins), "\n");
        assert_eq!(way((4, 1), (4, 0), margins), "\x1b[;5H");
    }

    #[test]
    fn behind_the_last_column_only_a_return_is_trusted() {
        let mut out = Vec::new();
        write(Some(Cursor { x: 80, y: 3, pending: true }), (0, 4), WHOLE, 80, &mut out);
        assert_eq!(out, b"\r\n");
        out.clear();
        write(Some(Cursor { x: 80, y: 3, pending: true }), (78, 12), WHOLE, 80, &mut out);
        assert_eq!(out, b"\x1b[13;79H");
    }
}
