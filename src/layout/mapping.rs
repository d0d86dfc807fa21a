//! From offsets to places and back, and from row to row. Every answer looks at one piece, or at those between two rows
//! that are named.

use std::ops::Range;

use super::Layout;
use super::line::{Line, Position, Run};
use super::style::{cells, within};
use crate::text::grapheme::{self, Cluster};
use crate::text::{Affinity, TextRange, TextSize};

impl Layout {
    /// The position of an offset. An offset in spaces that a wrap removed is placed after the last cell of the line,
    /// possibly one cell beyond the measure. At the start of a wrapped line, `affinity` selects between that line and
    /// the end of the previous one.
    pub fn position(&mut self, offset: TextSize, affinity: Affinity) -> Position {
        let piece = self.piece_at(offset);
        if affinity == Affinity::Upstream && self.goes_on(piece, offset) {
            let piece = piece - 1;
            let row = self.lines(piece).len() - 1;
            return self.at(piece, row, offset);
        }
        let lines = self.lines(piece);
        let row = lines.partition_point(|line| line.text.start() <= offset).saturating_sub(1);
        let wraps = row > 0 && lines[row].text.start() == offset && lines[row - 1].text.end() == offset;
        let upstream = affinity == Affinity::Upstream && wraps && !lines[row - 1].text.is_empty();
        self.at(piece, row - usize::from(upstream), offset)
    }

    /// The offset of the cluster at a position. To the left of the text it is the first cluster of the line; to the
    /// right, the end of the visible text (the start of the last cluster, if the end is also the start of the next
    /// line); in spacing, the following cluster.
    pub fn offset(&mut self, position: Position) -> TextSize {
        let document = self.document().clone();
        let line = self.line(position).clone();
        let mut end = line.text.start();
        let mut last = end;
        for (run, source) in line.sources() {
            if position.column < run.column {
                return source.start();
            }
            let text = document.slice(source);
            let mut column = usize::from(run.column);
            for cluster in grapheme::clusters(text) {
                column += cluster.width;
                if cluster.width > 0 {
                    last = within(source.start(), cluster.start);
                    if column > position.column.into() {
                        return last;
                    }
                }
            }
            end = source.end();
        }
        let wraps =
            end == line.text.end() && self.position(end, Affinity::Downstream).row_start() != position.row_start();
        if wraps { last } else { end }
    }

    /// The cells that show a range, from the row of `from` to the row of `to`, both included: for each row its first cell
    /// as a position, and its columns. A cluster that is only partly in the range counts whole.
    pub fn cells(&mut self, range: TextRange, from: Position, to: Position) -> Vec<(Position, Range<u16>)> {
        let document = self.document().clone();
        let mut found = Vec::new();
        let last = to.piece.min(self.pieces() - 1).min(self.piece_at(range.end()));
        for piece in from.piece.max(self.piece_at(range.start()))..=last {
            for (row, line) in (0_u32..).zip(self.lines(piece)) {
                let place = Position { piece, row, column: 0 };
                let on_screen = from.row_start() <= place && place <= to.row_start();
                if on_screen && line.text.intersect(range).is_some_and(|common| !common.is_empty()) {
                    cells_of(line, &document.text, range, place, &mut found);
                }
            }
        }
        found
    }

    /// The row below, in the same column.
    pub fn next_row(&mut self, position: Position) -> Option<Position> {
        if (position.row as usize) + 1 < self.lines(position.piece).len() {
            return Some(Position { row: position.row + 1, ..position });
        }
        let piece = position.piece.checked_add(1).filter(|&piece| piece < self.pieces())?;
        Some(Position { piece, row: 0, ..position })
    }

    /// The row above, in the same column.
    pub fn previous_row(&mut self, position: Position) -> Option<Position> {
        if let Some(row) = position.row.checked_sub(1) {
            return Some(Position { row, ..position });
        }
        let piece = position.piece.checked_sub(1)?;
        Some(Position { row: self.last_row_of(piece), piece, ..position })
    }

    /// The first row of the document.
    pub fn first_row(&self) -> Position {
        Position::default()
    }

    /// The last row of the document.
    pub fn last_row(&mut self) -> Position {
        let piece = self.pieces() - 1;
        Position { piece, row: self.last_row_of(piece), column: 0 }
    }

    fn last_row_of(&mut self, piece: u32) -> u32 {
        u32::try_from(self.lines(piece).len().saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// Whether an offset is where a long block was cut in two pieces.
    fn goes_on(&self, piece: u32, offset: TextSize) -> bool {
        let piece = &self.plan.pieces[piece as usize];
        !piece.is_first && piece.text.start() == offset
    }

    fn at(&mut self, piece: u32, row: usize, offset: TextSize) -> Position {
        let document = self.document().clone();
        let column = column_of(&self.lines(piece)[row], &document.text, offset);
        Position { piece, row: u32::try_from(row).unwrap_or(u32::MAX), column }
    }
}

fn column_of(line: &Line, text: &str, offset: TextSize) -> u16 {
    let mut column = line.start;
    for (run, source) in line.sources() {
        if offset < source.end() {
            let before =
                clusters(text, source).take_while(|(start, cluster)| within(*start, cluster.text.len()) <= offset);
            return run.column + cells(before.map(|(_, cluster)| cluster.width).sum());
        }
        column = run.end();
    }
    column
}

fn clusters(text: &str, source: TextRange) -> impl Iterator<Item = (TextSize, Cluster<'_>)> {
    grapheme::clusters(&text[source]).map(move |cluster| (within(source.start(), cluster.start), cluster))
}

fn cells_of(line: &Line, text: &str, range: TextRange, place: Position, found: &mut Vec<(Position, Range<u16>)>) {
    for (run, source) in line.sources().filter(|(_, source)| source.intersect(range).is_some()) {
        let Some(columns) = columns_of(run, text, source, range) else { continue };
        match found.last_mut() {
            Some((last, known)) if last.row_start() == place && known.end == columns.start => known.end = columns.end,
            _ => found.push((Position { column: columns.start, ..place }, columns)),
        }
    }
}

/// The columns of a run's clusters that touch a range.
fn columns_of(run: &Run, text: &str, source: TextRange, range: TextRange) -> Option<Range<u16>> {
    let mut column = run.column;
    let mut columns: Option<Range<u16>> = None;
    for (start, cluster) in clusters(text, source) {
        let end = column.saturating_add(cells(cluster.width));
        let touched = start < range.end() && within(start, cluster.text.len()) > range.start();
        if touched && end > column {
            columns = Some(columns.map_or(column, |known| known.start)..end);
        }
        column = end;
    }
    columns
}
