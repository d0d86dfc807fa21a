//! The order in which a screen is written: pane by pane rather than row by row, so that style and column are kept over
//! many rows. Works on rectangles only.

use std::ops::Range;

use ratatui::layout::Rect;

/// A rectangle that is written from top to bottom before the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Band {
    /// Its rows.
    pub rows: Range<u16>,
    /// Its columns.
    pub columns: Range<u16>,
}

/// Cuts a screen at the sides of its panes, as far down as each pane reaches. The bands are ordered from top to bottom,
/// then from left to right.
pub(super) fn cut(screen: Rect, panes: &[Rect]) -> Vec<Band> {
    let panes: Vec<Rect> = panes.iter().map(|pane| pane.intersection(screen)).filter(|pane| !pane.is_empty()).collect();
    let borders = |ends: Vec<u16>, of: [u16; 2]| {
        let mut borders: Vec<u16> = ends.into_iter().chain(of).collect();
        borders.sort_unstable();
        borders.dedup();
        borders
    };
    let rows = borders(panes.iter().flat_map(|pane| [pane.top(), pane.bottom()]).collect(), [0, screen.height]);
    let mut bands = Vec::new();
    for rows in rows.windows(2).map(|rows| rows[0]..rows[1]) {
        let here = panes.iter().filter(|pane| (pane.top()..pane.bottom()).contains(&rows.start));
        let columns = borders(here.flat_map(|pane| [pane.left(), pane.right()]).collect(), [0, screen.width]);
        let columns = columns.windows(2).map(|columns| columns[0]..columns[1]);
        bands.extend(columns.map(|columns| Band { rows: rows.clone(), columns }));
    }
    bands
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_beside_each_other_are_written_one_after_the_other() {
        let panes = [Rect::new(4, 1, 3, 2), Rect::new(0, 1, 3, 2)];
        let bands: Vec<_> = cut(Rect::new(0, 0, 10, 4), &panes).into_iter().map(|s| (s.rows, s.columns)).collect();
        assert_eq!(bands, [(0..1, 0..10), (1..3, 0..3), (1..3, 3..4), (1..3, 4..7), (1..3, 7..10), (3..4, 0..10)]);
    }

    #[test]
    fn without_panes_a_screen_is_written_row_by_row() {
        assert_eq!(cut(Rect::new(0, 0, 10, 4), &[]), [Band { rows: 0..4, columns: 0..10 }]);
    }
}
