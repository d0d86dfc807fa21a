//! What hangs before blocks, and the common column that the markers of neighbours get: as wide as the widest of them,
//! so that texts align and the eye finds the labels.

use super::style::{cells, raised};
use crate::document::{Block, BlockKind, Document, Marker};
use crate::text::TextRange;
use crate::text::breaks::is_blank;
use crate::text::grapheme;
use crate::text::sanitize::sanitize_line;

/// A marker wider than this gets a column of its own.
const COMMON_CELLS: u16 = 6;

/// A measure up to this is narrow: a marker's column takes at most [`NARROW_CELLS`].
const NARROW_MEASURE: u16 = 30;
const NARROW_CELLS: u16 = 4;

/// Minimum measure from which letters and numbers are separated from the text by two cells.
const AIRY_MEASURE: u16 = 41;

/// Markers longer than this are running text.
const MARKER_BYTES: usize = 64;

/// What hangs before a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Hanging {
    /// Its own first bytes, with the blank behind them.
    InText(TextRange),
    /// Characters that are not in the text.
    Virtual(String),
}

/// The column of a marker; its width is 0 where nothing hangs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Column {
    pub width: u16,
}

/// What hangs before a block; a note without a marker gets its raised label.
pub(super) fn of(document: &Document, block: &Block) -> Option<Hanging> {
    let is_note = block.kind == BlockKind::Footnote;
    match (&block.marker, &block.label) {
        (Some(Marker::InText(range)), _) => {
            let is_start = range.start() == block.range.start() && block.range.contains_range(*range);
            let is_short = !range.is_empty() && usize::from(range.len()) <= MARKER_BYTES;
            let is_whole = || grapheme::is_boundary(document.slice(block.range), range.len().into());
            (is_start && is_short && is_whole()).then_some(Hanging::InText(*range))
        }
        (Some(Marker::Virtual(marker)), _) if is_note => Some(Hanging::Virtual(raised(&tame(marker)))),
        (Some(Marker::Virtual(marker)), _) => Some(Hanging::Virtual(tame(marker))),
        (None, Some(label)) if is_note => Some(Hanging::Virtual(raised(&tame(label)))),
        (None, None) if is_note => note_label(document, block).map(|label| Hanging::Virtual(raised(&tame(label)))),
        _ => None,
    }
    .filter(|hanging| width(document, hanging) > 0)
}

/// The label of the note that begins with a block.
fn note_label<'a>(document: &'a Document, block: &Block) -> Option<&'a str> {
    let notes = &document.footnotes;
    let at = notes.partition_point(|note| note.body.start() < block.range.start());
    notes.get(at).filter(|note| note.body.start() == block.range.start()).map(|note| note.label.as_str())
}

/// The cells of a marker without the blank behind it.
pub(super) fn width(document: &Document, hanging: &Hanging) -> u16 {
    cells(grapheme::width(match hanging {
        Hanging::InText(range) => document.slice(*range).trim_end_matches(is_blank),
        Hanging::Virtual(marker) => marker,
    }))
}

fn tame(marker: &str) -> String {
    sanitize_line(&marker[..marker.floor_char_boundary(MARKER_BYTES)]).trim().to_owned()
}

/// The marker columns of all blocks, by their index.
pub(super) fn columns(document: &Document, measure: u16) -> Vec<Column> {
    let mut columns = vec![Column::default(); document.blocks.len()];
    let mut runs: Vec<Siblings> = Vec::new();
    for (at, block) in document.blocks.iter().enumerate().filter(|(_, block)| block.kind.is_leaf()) {
        let own = of(document, block).map(|hanging| width(document, &hanging));
        let ends = |run: &Siblings| run.depth > block.depth || run.depth == block.depth && !run.takes(block, own);
        while runs.last().is_some_and(ends) {
            settle(runs.pop(), measure, &mut columns);
        }
        let Some(own) = own else { continue };
        if own > COMMON_CELLS {
            columns[at].width = column(own, measure);
        } else if let Some(run) = runs.last_mut().filter(|run| run.depth == block.depth) {
            run.widest = run.widest.max(own);
            run.members.push(at);
        } else {
            runs.push(Siblings { kind: block.kind, depth: block.depth, widest: own, members: vec![at] });
        }
    }
    while let Some(run) = runs.pop() {
        settle(Some(run), measure, &mut columns);
    }
    columns
}

/// Labelled blocks of one kind and depth with nothing between them but deeper ones.
struct Siblings {
    kind: BlockKind,
    depth: u8,
    widest: u16,
    members: Vec<usize>,
}

impl Siblings {
    fn takes(&self, block: &Block, marker: Option<u16>) -> bool {
        self.kind == block.kind && marker.is_some()
    }
}

fn settle(run: Option<Siblings>, measure: u16, columns: &mut [Column]) {
    let Some(run) = run else { return };
    for member in run.members {
        columns[member].width = column(run.widest, measure);
    }
}

fn column(marker: u16, measure: u16) -> u16 {
    let gap = if marker > 1 && measure >= AIRY_MEASURE { 2 } else { 1 };
    let column = marker.saturating_add(gap);
    if measure <= NARROW_MEASURE { column.min(NARROW_CELLS) } else { column }
}
