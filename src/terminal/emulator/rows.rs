//! The rows of an emulated screen, and operations on them. A wide character occupies its cell and an empty one after
//! it; an operation that splits it blanks both.

use std::ops::Range;

use ratatui::buffer::Cell;
use ratatui::style::Color;

use crate::terminal::encoder::pen::Pen;

/// Bytes that one cell takes: no character and its marks are longer.
const LONGEST_CELL: usize = 64;

/// The rows from top to bottom.
pub(super) type Rows = Vec<Vec<Spot>>;

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    cell: Cell,
    /// Whether it goes on in the next cell.
    pub(super) is_wide: bool,
    is_behind_wide: bool,
}

impl Spot {
    /// A space on a background.
    pub(super) fn blank(bg: Color) -> Self {
        Self::of(" ", Pen { bg, ..Pen::PLAIN })
    }

    /// A character and its marks.
    pub(super) fn of(symbol: &str, pen: Pen) -> Self {
        let mut cell = Cell::EMPTY;
        cell.set_symbol(&symbol[..symbol.floor_char_boundary(LONGEST_CELL)]);
        (cell.fg, cell.bg, cell.modifier) = (pen.fg, pen.bg, pen.modifier);
        Self { cell, is_wide: false, is_behind_wide: false }
    }

    /// The second half of a wide character.
    pub(super) fn behind_wide(pen: Pen) -> Self {
        Self { is_behind_wide: true, ..Self::of(" ", pen) }
    }

    pub(super) fn cell(&self) -> &Cell {
        &self.cell
    }

    /// The content of the cell; empty for the second cell of a wide character.
    pub(super) fn symbol(&self) -> &str {
        if self.is_behind_wide { "" } else { self.cell.symbol() }
    }

    pub(super) fn is_behind_wide(&self) -> bool {
        self.is_behind_wide
    }

    pub(super) fn is_blank(&self) -> bool {
        self.symbol() == " "
    }

    /// Adds a combining mark to the cell, as far as there is room.
    pub(super) fn add_mark(&mut self, mark: &str) {
        if self.symbol().len() + mark.len() <= LONGEST_CELL {
            let whole = format!("{}{mark}", self.symbol());
            self.cell.set_symbol(&whole);
        }
    }
}

/// A screen of spaces.
pub(super) fn blank(width: usize, height: usize) -> Rows {
    vec![vec![Spot::blank(Color::Reset); width]; height]
}

/// Blanks both halves of a wide character that crosses the left edge of a column.
pub(super) fn split(row: &mut [Spot], at: usize) {
    if at > 0 && row.get(at).is_some_and(Spot::is_behind_wide) {
        row[at - 1] = Spot::blank(row[at - 1].cell.bg);
        row[at] = Spot::blank(row[at].cell.bg);
    }
}

/// Blanks the first half of a wide character at the end of a row that was cut there.
pub(super) fn mend(row: &mut [Spot]) {
    if let Some(last) = row.last_mut().filter(|spot| spot.is_wide) {
        *last = Spot::blank(last.cell.bg);
    }
}

/// Scrolls some columns of rows up by a positive number of rows, down by a negative one. New cells are blank.
pub(super) fn scroll(rows: &mut [Vec<Spot>], columns: Range<usize>, by: isize, bg: Color) {
    let height = rows.len();
    let many = by.unsigned_abs().min(height);
    for row in rows.iter_mut() {
        split(row, columns.start);
        split(row, columns.end);
    }
    let is_whole = rows.first().is_some_and(|row| columns == (0..row.len()));
    match (is_whole, by > 0) {
        (true, true) => rows.rotate_left(many),
        (true, false) => rows.rotate_right(many),
        (false, true) => (many..height).for_each(|y| swap(rows, y - many, y, &columns)),
        (false, false) => (many..height).rev().for_each(|y| swap(rows, y - many, y, &columns)),
    }
    let fresh = if by > 0 { height - many..height } else { 0..many };
    for row in &mut rows[fresh] {
        row[columns.clone()].fill(Spot::blank(bg));
    }
}

/// Swaps some columns of two rows, the upper one named first.
fn swap(rows: &mut [Vec<Spot>], upper: usize, lower: usize, columns: &Range<usize>) {
    if upper < lower {
        let (above, below) = rows.split_at_mut(lower);
        above[upper][columns.clone()].swap_with_slice(&mut below[0][columns.clone()]);
    }
}
