//! A document and a width → lines that keep source offsets.
//!
//! A [`Layout`] maps a row to its content ([`Layout::line`]), an offset to its position ([`Layout::position`]) and a position
//! to an offset ([`Layout::offset`], [`Layout::cells`]). It is lazy and caches: creating one reads only the list of blocks,
//! and each query lays out at most a few pieces of 8 kB. Highlights, cursors and colours are not part of it. Right-to-left
//! text stays in logical order, left aligned: terminals that reorder do so themselves.
//!
//! Properties, tested in `tests`: lines tile the text of each leaf block; no line is wider than the measure unless one
//! cluster is; `offset(position(o)) == o` for every visible cluster; `cells(r)` covers exactly the clusters of `r`.

mod block;
mod indent;
mod line;
mod mapping;
mod marker;
mod piece;
mod role;
mod style;
mod table;
#[cfg(test)]
mod tests;
mod wrap;

use std::sync::Arc;

pub use line::{Content, Line, Position, Run};
pub use role::Role;

use crate::document::Document;
use crate::text::TextSize;
use block::Source;
use piece::{Piece, Pieces};
use style::Marks;
use table::Columns;

/// A document laid out at a measure, as far as it was asked for.
#[derive(Debug)]
pub struct Layout {
    document: Arc<Document>,
    measure: u16,
    plan: Pieces,
    /// By piece.
    lines: Vec<Option<Box<[Line]>>>,
    /// By table.
    columns: Vec<Columns>,
    /// By inline: the furthest end of it and those before, so that those which touch a range are found by search.
    reach: Vec<TextSize>,
}

impl Layout {
    /// A document at a measure of that many cells (at least one). Nothing is laid out yet.
    pub fn new(document: Arc<Document>, measure: u16) -> Self {
        let measure = measure.max(1);
        let plan = piece::plan(&document, measure);
        let mut furthest = TextSize::new(0);
        let reach = document.inlines.iter().map(|inline| {
            furthest = furthest.max(inline.range.end());
            furthest
        });
        let reach = reach.collect();
        let lines = vec![None; plan.pieces.len()];
        let columns = vec![Columns::Unknown; plan.tables.len()];
        Self { document, measure, plan, lines, columns, reach }
    }

    /// The cells of a line.
    pub fn measure(&self) -> u16 {
        self.measure
    }

    /// The document.
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// How many pieces there are; at least one.
    pub fn pieces(&self) -> u32 {
        u32::try_from(self.plan.pieces.len()).unwrap_or(u32::MAX)
    }

    /// The piece that holds an offset; one between two blocks belongs to the block before.
    pub fn piece_at(&self, offset: TextSize) -> u32 {
        let after = self.plan.pieces.partition_point(|piece| piece.text.start() <= offset);
        u32::try_from(after.saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// The lines of a piece, spacing first; none for a piece that does not exist.
    pub fn lines(&mut self, piece: u32) -> &[Line] {
        let at = piece as usize;
        if self.lines.get(at).is_some_and(Option::is_none) {
            self.lines[at] = Some(self.lay_out(at).into());
        }
        self.lines.get(at).and_then(Option::as_deref).unwrap_or(&[])
    }

    /// The line of a position; the nearest one above it where there is none.
    pub fn line(&mut self, position: Position) -> &Line {
        let piece = position.piece.min(self.pieces() - 1);
        let lines = self.lines(piece);
        let row = (position.row as usize).min(lines.len() - 1);
        &lines[row]
    }

    fn lay_out(&mut self, at: usize) -> Vec<Line> {
        if let Some(row) = &self.plan.pieces[at].row {
            self.fit_columns(row.table as usize);
        }
        let piece = &self.plan.pieces[at];
        let source = Source { document: &self.document, measure: self.measure, marks: self.marks(piece) };
        let mut lines = Vec::new();
        if piece.gap {
            lines.push(block::spacing(piece, at.checked_sub(1).map(|before| &self.plan.pieces[before])));
        }
        lines.extend(match &piece.row {
            Some(row) => table::lines(source, piece, row, &self.columns[row.table as usize]),
            None => block::lines(source, piece),
        });
        lines
    }

    fn fit_columns(&mut self, table: usize) {
        if self.columns[table] == Columns::Unknown {
            let rows = self.plan.tables[table].clone();
            let rows = &self.plan.pieces[rows.start as usize..rows.end as usize];
            self.columns[table] = Columns::of(&self.document, self.measure, rows);
        }
    }

    /// The annotations of a piece's text: its inlines and references, which do not overlap.
    fn marks(&self, piece: &Piece) -> Marks<'_> {
        let first = self.reach.partition_point(|&reach| reach <= piece.text.start());
        let inlines = &self.document.inlines[first..];
        let inlines = &inlines[..inlines.partition_point(|inline| inline.range.start() < piece.text.end())];
        let references = &self.document.references;
        let references = &references[references.partition_point(|one| one.range.end() <= piece.text.start())..];
        let references = &references[..references.partition_point(|one| one.range.start() < piece.text.end())];
        Marks { inlines, references }
    }
}
