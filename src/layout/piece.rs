//! The table of pieces: the units of layout, each with indentation, marker column and spacing. Built in one pass over
//! the blocks that reads only the text of markers; a very long block becomes several pieces, split at offsets that do
//! not depend on the width.

use std::ops::Range;

use super::indent::Indents;
use super::marker::{self, Column};
use crate::document::{Block, BlockKind, Document};
use crate::text::grapheme;
use crate::text::offset::range;
use crate::text::{TextRange, TextSize};

/// The most bytes of a block that are laid out in one go.
pub(super) const PIECE_BYTES: usize = 8192;

/// Minimum measure from which a signature is indented, by a part of the measure.
const AIRY_MEASURE: u16 = 48;
const SIGNATURE_PART: u16 = 3;

/// Maximum distance, in bytes, at which a space is searched before a split.
const SPACE_BYTES: usize = 1024;

/// A unit of layout.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Its leaf block; of a table's row the first cell.
    pub block: u32,
    /// The text it covers.
    pub text: TextRange,
    /// Whether it is the start of its block: there the marker hangs.
    pub is_first: bool,
    /// Whether a blank row precedes it.
    pub gap: bool,
    /// Where its marker's column, or else its text, starts.
    pub indent: u16,
    /// The width of the marker's column, 0 without one.
    pub hang: u16,
    /// Columns of the bars of the enclosing quotes.
    pub bars: Box<[u16]>,
    /// Whether it is inside a quote, with or without room for a bar.
    pub quoted: bool,
    /// For a row of a table: its cells' blocks and its table.
    pub row: Option<Row>,
}

/// A row of a table that is small enough to be one piece.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// The blocks of its cells.
    pub cells: Range<u32>,
    /// The number of its table.
    pub table: u32,
}

/// All pieces, and for each table the pieces of its rows.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    pub pieces: Vec<Piece>,
    pub tables: Vec<Range<u32>>,
}

/// An open container.
struct Container {
    kind: BlockKind,
    end: TextSize,
    table: Option<u32>,
}

struct Planner<'a> {
    document: &'a Document,
    measure: u16,
    columns: Vec<Column>,
    containers: Vec<Container>,
    indents: Indents,
    before: Option<(BlockKind, Option<u32>)>,
    plan: Pieces,
}

/// The pieces of a document at a measure; at least one.
pub(super) fn plan(document: &Document, measure: u16) -> Pieces {
    let mut planner = Planner {
        document,
        measure,
        columns: marker::columns(document, measure),
        containers: Vec::new(),
        indents: Indents::new(measure),
        before: None,
        plan: Pieces::default(),
    };
    let mut next = 0;
    while let Some(block) = document.blocks.get(next) {
        planner.leave(block);
        next = if block.kind.is_leaf() { planner.leaf(next) } else { planner.enter(next) };
    }
    if planner.plan.pieces.is_empty() {
        planner.push(0, range(0, 0), 0, None);
    }
    planner.plan
}

impl Planner<'_> {
    /// Closes the containers that end before a block.
    fn leave(&mut self, block: &Block) {
        while self.containers.last().is_some_and(|container| container.end < block.range.start()) {
            if self.containers.pop().is_some_and(|container| container.kind == BlockKind::Quote) {
                self.indents.leave_quote();
            }
        }
    }

    /// Opens a container, or takes a whole row; the block to go on with.
    fn enter(&mut self, at: usize) -> usize {
        let block = &self.document.blocks[at];
        let mut table = self.containers.last().and_then(|container| container.table);
        match block.kind {
            BlockKind::Quote => self.indents.enter_quote(),
            BlockKind::Table => {
                table = Some(count(self.plan.tables.len()));
                let next = count(self.plan.pieces.len());
                self.plan.tables.push(next..next);
            }
            BlockKind::Row => {
                if let Some((table, cells)) = table.zip(self.cells(at)) {
                    return self.row(table, cells);
                }
            }
            _ => {}
        }
        let table = table.filter(|_| block.kind != BlockKind::Quote);
        self.containers.push(Container { kind: block.kind, end: block.range.end(), table });
        at + 1
    }

    /// The cells of a row that is one piece.
    fn cells(&self, row: usize) -> Option<Range<usize>> {
        let blocks = &self.document.blocks;
        let end = blocks[row].range.end();
        let inside = blocks[row + 1..].iter().take_while(|block| block.range.end() <= end).count();
        let cells = row + 1..row + 1 + inside;
        let bytes = usize::from(blocks[row].range.len());
        let plain = blocks[cells.clone()].iter().all(|block| block.kind == BlockKind::Cell);
        (inside > 0 && plain && bytes <= PIECE_BYTES).then_some(cells)
    }

    fn row(&mut self, table: u32, cells: Range<usize>) -> usize {
        let blocks = &self.document.blocks;
        let text = blocks[cells.start].range.cover(blocks[cells.end - 1].range);
        let row = Row { cells: count(cells.start)..count(cells.end), table };
        let extra = self.extra(&blocks[cells.start]).saturating_sub(1);
        self.indents.settle(extra, false);
        let gap = self.gap(BlockKind::Cell, Some(table));
        self.push(cells.start, text, 0, Some(row));
        if let Some(piece) = self.plan.pieces.last_mut() {
            piece.gap = gap;
        }
        self.plan.tables[table as usize].end = count(self.plan.pieces.len());
        cells.end
    }

    /// One leaf block, in one piece or several; the block to go on with.
    fn leaf(&mut self, at: usize) -> usize {
        let block = &self.document.blocks[at];
        let hang = self.columns.get(at).copied().unwrap_or_default();
        let is_item = hang.width > 0 || block.kind == BlockKind::Item;
        let extra = self.extra(block);
        self.indents.settle(extra, is_item);
        let table = self.containers.last().and_then(|container| container.table);
        let gap = self.gap(block.kind, table);
        let hang = self.indents.hang(hang);
        let set_in = if block.kind == BlockKind::Signature { self.signature_column() } else { 0 };
        let first = self.plan.pieces.len();
        for text in cut(&self.document.text, block.range) {
            self.push(at, text, hang, None);
            let index = self.plan.pieces.len() - 1;
            self.plan.pieces[index].indent = self.plan.pieces[index].indent.max(set_in);
            self.plan.pieces[index].is_first = index == first;
            self.plan.pieces[index].gap = gap && index == first;
        }
        if is_item {
            self.indents.enter_item(extra, hang);
        }
        at + 1
    }

    fn signature_column(&self) -> u16 {
        if self.measure < AIRY_MEASURE { 0 } else { self.measure / SIGNATURE_PART }
    }

    fn extra(&self, block: &Block) -> u8 {
        block.depth.saturating_sub(u8::try_from(self.containers.len()).unwrap_or(u8::MAX))
    }

    fn push(&mut self, block: usize, text: TextRange, hang: u16, row: Option<Row>) {
        self.plan.pieces.push(Piece {
            block: count(block),
            text,
            is_first: true,
            gap: false,
            indent: self.indents.column(),
            hang,
            bars: self.indents.bars(),
            quoted: self.indents.is_quoted(),
            row,
        });
    }

    /// Whether a blank row precedes a block of this kind.
    fn gap(&mut self, kind: BlockKind, table: Option<u32>) -> bool {
        let before = self.before.replace((kind, table));
        before.is_some_and(|(before, its_table)| {
            let joined = match kind {
                BlockKind::Item
                | BlockKind::Preformatted
                | BlockKind::KeyData
                | BlockKind::Masthead
                | BlockKind::Signature
                | BlockKind::Footnote => before == kind,
                _ => table.is_some() && its_table == table,
            };
            !joined
        })
    }
}

/// A range in pieces: each ends behind a space or between two clusters.
fn cut(text: &str, whole: TextRange) -> Vec<TextRange> {
    let end = usize::from(whole.end());
    let mut start = usize::from(whole.start());
    let mut pieces = Vec::new();
    while end - start > PIECE_BYTES {
        let to = cut_at(&text[start..], PIECE_BYTES) + start;
        pieces.push(range(start, to));
        start = to;
    }
    pieces.push(range(start, end));
    pieces
}

/// Where to cut a text of more than `bytes`.
fn cut_at(text: &str, bytes: usize) -> usize {
    let latest = text.floor_char_boundary(bytes);
    let window = &text[..text.floor_char_boundary(bytes + 64)];
    let earliest = text.floor_char_boundary(latest.saturating_sub(SPACE_BYTES));
    let space = text[earliest..latest].rfind(' ').map(|at| earliest + at + 1);
    match space.filter(|&at| grapheme::is_boundary(window, at)) {
        Some(at) => at,
        None => Some(grapheme::previous_cluster(window, latest)).filter(|&at| at > earliest).unwrap_or(latest),
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).expect("a block takes at least one byte of a text below 4 GiB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_block_is_cut_behind_spaces_or_between_clusters() {
        for text in ["abc de".repeat(5000), "e\u{301}".repeat(9000), "x".repeat(20000), "\u{316}".repeat(9000)] {
            let pieces = cut(&text, range(0, text.len()));
            assert!(pieces.len() > 2);
            assert!(pieces.iter().all(|piece| usize::from(piece.len()) <= PIECE_BYTES && !piece.is_empty()));
            assert!(pieces.windows(2).all(|pair| pair[0].end() == pair[1].start()));
        }
        assert!(cut(&"abc de".repeat(5000), range(0, 30000))[0].end() < TextSize::new(8193));
    }
}
