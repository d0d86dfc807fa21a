//! Detects scrolling: the shift by which most rows of a pane match the new content. Compares grids and writes nothing.

use ratatui::layout::Rect;

use super::grid::Grid;

/// Minimum number of additional rows that a shift must make right to be worth its bytes.
const WORTH: usize = 2;

/// A pane whose rows moved: up by a positive number of rows, down by a negative one. New rows are blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shift {
    /// The rectangle.
    pub area: Rect,
    /// How many rows.
    pub rows: i16,
}

impl Shift {
    /// Where the cell that is at a place now was before; `None` when it came in.
    pub(super) fn source(&self, x: u16, y: u16) -> Option<(u16, u16)> {
        if !self.area.contains((x, y).into()) {
            return Some((x, y));
        }
        let from = y.checked_add_signed(self.rows)?;
        (self.area.top()..self.area.bottom()).contains(&from).then_some((x, from))
    }
}

/// The shift of a pane after which most of its rows are right; `None` when none is worth it.
pub(super) fn find(shown: &Grid, wanted: &Grid, pane: Rect) -> Option<i16> {
    let rows = |grid: &Grid| (pane.top()..pane.bottom()).map(|y| fingerprint(grid, pane, y)).collect::<Vec<_>>();
    let before = rows(shown);
    if before.iter().all(Option::is_none) {
        return None;
    }
    let after = rows(wanted);
    let mut places: Vec<(u64, usize)> =
        before.iter().enumerate().filter_map(|(at, fingerprint)| Some(((*fingerprint)?, at))).collect();
    places.sort_unstable();
    // How many rows each shift makes right, the one by no rows in the middle.
    let middle = before.len();
    let mut votes = vec![0_usize; 2 * middle];
    for (at, fingerprint) in after.iter().enumerate().filter_map(|(at, fingerprint)| Some((at, (*fingerprint)?))) {
        let first = places.partition_point(|(known, _)| *known < fingerprint);
        for (_, from) in places[first..].iter().take_while(|(known, _)| *known == fingerprint) {
            votes[middle + from - at] += 1;
        }
    }
    let still = std::mem::take(&mut votes[middle]);
    let best = votes.iter().enumerate().map(|(at, right)| (*right, at.cast_signed() - middle.cast_signed()));
    let (right, rows) = best.max_by_key(|(right, rows)| (*right, std::cmp::Reverse((rows.abs(), *rows))))?;
    if right < still + WORTH { None } else { i16::try_from(rows).ok() }
}

/// A row's looks as one number; `None` of a blank one, which is like every other. Two rows that by chance have the same
/// number cost bytes, nothing else.
fn fingerprint(grid: &Grid, pane: Rect, y: u16) -> Option<u64> {
    let row = &grid.row(y)[usize::from(pane.left())..usize::from(pane.right())];
    if row.iter().all(|glyph| glyph.is_blank()) {
        return None;
    }
    Some(row.iter().fold(0, |number: u64, glyph| {
        (number.rotate_left(5) ^ glyph.fingerprint()).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }))
}
