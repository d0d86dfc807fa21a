//! The cells that a frame leaves unchanged because they can wait for a later one: on a slow line the words that a
//! person reads or types are drawn first. The caller decides when to defer.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::layout::Rect;

use super::grid::{Glyph, Grid};
use super::model::Encoder;

/// What a frame may leave unchanged.
#[derive(Clone, Copy, Debug, Default)]
pub struct Deferral<'a> {
    /// Rectangles that may be deferred.
    pub areas: &'a [Rect],
    /// Whether everything outside of a scrolling pane may be deferred.
    pub beside_scrolled: bool,
}

/// The deferred cells of one frame.
#[derive(Debug, Default)]
pub(super) struct DeferredCells {
    areas: Vec<Rect>,
    /// Everything outside of this pane.
    beside: Option<Rect>,
    /// Rows in which a wide character crosses the border: none of their cells is deferred.
    split: Vec<u16>,
}

impl DeferredCells {
    /// Determines the deferred cells. `scrolled`: the pane that scrolls.
    pub(super) fn new(encoder: &Encoder, deferral: Deferral<'_>, scrolled: Option<Rect>) -> Self {
        let beside = scrolled.filter(|_| deferral.beside_scrolled);
        let areas = deferral.areas.to_vec();
        if areas.is_empty() && beside.is_none() {
            return Self::default();
        }
        let rows = encoder.touched.iter().enumerate().filter(|(_, touched)| **touched).map(|(y, _)| y as u16);
        let is_split = |y: u16| {
            let here = areas.iter().chain(&beside).filter(|area| (area.top()..area.bottom()).contains(&y));
            here.flat_map(|area| [area.left(), area.right()])
                .any(|x| cuts(&encoder.shown, x, y) || cuts(&encoder.wanted, x, y))
        };
        let split = rows.filter(|y| is_split(*y)).collect();
        Self { areas, beside, split }
    }

    /// The content to draw in a row now: the new content, except for deferred cells, which keep their present content.
    pub(super) fn row<'a>(&self, shown: &[Glyph], wanted: &'a [Glyph], y: u16) -> Cow<'a, [Glyph]> {
        let columns = wanted.len() as u16;
        let spans = self.spans(y, columns).map(|span| usize::from(span.start)..usize::from(span.end));
        let mut row = Cow::Borrowed(wanted);
        for span in spans.filter(|span| shown[span.clone()] != wanted[span.clone()]) {
            row.to_mut()[span.clone()].copy_from_slice(&shown[span]);
        }
        row
    }

    /// The deferred columns of a row.
    fn spans(&self, y: u16, columns: u16) -> impl Iterator<Item = Range<u16>> {
        let waits = !self.split.contains(&y);
        let inside = move |area: &Rect| (area.top()..area.bottom()).contains(&y);
        let beside = self.beside.filter(|_| waits).map(|pane| {
            let (left, right) = if inside(&pane) { (pane.left(), pane.right()) } else { (columns, columns) };
            [0..left, right..columns]
        });
        let areas = self.areas.iter().filter(move |area| waits && inside(area)).map(|area| area.left()..area.right());
        let cut = move |span: Range<u16>| span.start.min(columns)..span.end.min(columns);
        beside.into_iter().flatten().chain(areas).map(cut)
    }
}

/// Whether a border before this column goes through a wide character.
pub(super) fn cuts(grid: &Grid, x: u16, y: u16) -> bool {
    x < grid.width() && grid.at(x, y).width() == 0
}
