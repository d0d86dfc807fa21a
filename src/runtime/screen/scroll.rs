//! What scrolled: by how many rows most of a pane's rows are found again. It compares what is shown with what is wanted
//! and writes nothing.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use ratatui::layout::Rect;

use super::grid::{Glyph, Grid};

/// So many more rows must be right after a shift than without, or it is not worth its bytes.
const WORTH: usize = 2;

/// A pane whose rows moved: up by a positive number of rows, down by a negative one. What comes in is blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// The rectangle.
    pub area: Rect,
    /// How many rows.
    pub rows: i16,
}

impl Shift {
    /// Where the cell that is at a place now was before; `None` when it came in.
    pub fn source(&self, x: u16, y: u16) -> Option<(u16, u16)> {
        if !self.area.contains((x, y).into()) {
            return Some((x, y));
        }
        let from = y.checked_add_signed(self.rows)?;
        (self.area.top()..self.area.bottom()).contains(&from).then_some((x, from))
    }
}

/// The shift of a pane after which most of its rows are right; `None` when none is worth it.
pub fn find(shown: &Grid, wanted: &Grid, pane: Rect) -> Option<i16> {
    let rows = |grid: &Grid| (pane.top()..pane.bottom()).map(|y| fingerprint(grid, pane, y)).collect::<Vec<_>>();
    let (before, after) = (rows(shown), rows(wanted));
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, fingerprint) in before.iter().enumerate().filter_map(|(at, fingerprint)| Some((at, (*fingerprint)?))) {
        places.entry(fingerprint).or_default().push(at);
    }
    let mut votes: HashMap<isize, usize> = HashMap::new();
    for (at, fingerprint) in after.iter().enumerate() {
        for from in fingerprint.and_then(|fingerprint| places.get(&fingerprint)).into_iter().flatten() {
            *votes.entry(from.cast_signed() - at.cast_signed()).or_default() += 1;
        }
    }
    let still = votes.remove(&0).unwrap_or(0);
    let (rows, right) =
        votes.into_iter().max_by_key(|(rows, right)| (*right, std::cmp::Reverse((rows.abs(), *rows))))?;
    if right < still + WORTH { None } else { i16::try_from(rows).ok() }
}

/// A row's looks as one number; `None` of a blank one, which is like every other.
fn fingerprint(grid: &Grid, pane: Rect, y: u16) -> Option<u64> {
    let row = &grid.row(y)[usize::from(pane.left())..usize::from(pane.right())];
    if row.iter().all(|glyph| glyph.blank().is_some()) {
        return None;
    }
    let mut hasher = DefaultHasher::new();
    for glyph in row {
        hash(glyph, &mut hasher);
    }
    Some(hasher.finish())
}

fn hash(glyph: &Glyph, hasher: &mut DefaultHasher) {
    if let Some(background) = glyph.blank() {
        return background.hash(hasher);
    }
    let pen = glyph.pen();
    (glyph.symbol(), pen.fg, pen.bg, pen.modifier).hash(hasher);
}
