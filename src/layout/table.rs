//! Tables: a row is one line of columns where every column of its table fits the measure, else each cell has lines of
//! its own, those behind the first set in. Widths come from a table's first rows, so a long table costs no more.

use super::Role;
use super::block::{Source, bars, stretch};
use super::line::{Content, Line, Run};
use super::piece::{Piece, Row};
use super::style::{self, cells};
use crate::document::{Block, Document};
use crate::text::breaks::is_blank;
use crate::text::grapheme;
use crate::text::{TextRange, TextSize};

/// The rows that a table's widths are taken from.
const SAMPLE_ROWS: usize = 200;

/// Separator between two cells.
const SEPARATOR: &str = " │ ";
const SEPARATOR_CELLS: u16 = 3;

/// How far cells behind the first are set in where they have lines of their own.
const STACKED_CELLS: u16 = 2;

/// Layout of a table at a given measure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Columns {
    /// Not yet computed.
    #[default]
    Unknown,
    /// Side by side, in columns of these widths.
    Abreast(Box<[u16]>),
    /// Too wide for that: each cell has lines of its own.
    Stacked,
}

impl Columns {
    /// From a table's rows.
    pub(super) fn of(document: &Document, measure: u16, rows: &[Piece]) -> Self {
        widths(document, measure, rows).map_or(Self::Stacked, Self::Abreast)
    }
}

/// The widths of a table's columns, from its first rows; `None` where they do not fit side by side.
fn widths(document: &Document, measure: u16, rows: &[Piece]) -> Option<Box<[u16]>> {
    let room = measure.saturating_sub(rows.first()?.indent);
    let mut widths: Vec<u16> = Vec::new();
    for row in rows.iter().filter_map(|piece| piece.row.as_ref()).take(SAMPLE_ROWS) {
        for (column, block) in blocks(document, row).iter().enumerate() {
            let width = cell_width(document, block, room)?;
            match widths.get_mut(column) {
                Some(widest) => *widest = width.max(*widest),
                None => widths.push(width),
            }
        }
    }
    let separators = cells(widths.len().saturating_sub(1)).saturating_mul(SEPARATOR_CELLS);
    let total = widths.iter().fold(separators, |total, width| total.saturating_add(*width));
    (total <= room).then(|| widths.into())
}

/// The lines of a row.
pub(super) fn lines(source: Source, piece: &Piece, row: &Row, columns: &Columns) -> Vec<Line> {
    let abreast = match columns {
        Columns::Abreast(widths) => abreast(source, piece, row, widths),
        Columns::Unknown | Columns::Stacked => None,
    };
    abreast.map_or_else(|| stacked(source, piece, row), |line| vec![line])
}

fn blocks<'a>(document: &'a Document, row: &Row) -> &'a [Block] {
    &document.blocks[row.cells.start as usize..row.cells.end as usize]
}

fn cell_width(document: &Document, block: &Block, room: u16) -> Option<u16> {
    let words = document.slice(block.range).trim_end_matches(is_blank);
    let fits = grapheme::truncate(words, room.into()).len() == words.len();
    fits.then(|| cells(grapheme::width(words)))
}

/// `None` for a row with a cell wider than its column, or with more cells than columns.
fn abreast(source: Source, piece: &Piece, row: &Row, widths: &[u16]) -> Option<Line> {
    let document = source.document;
    let mut runs = bars(&piece.bars);
    let mut column = piece.indent;
    for (at, block) in blocks(document, row).iter().enumerate() {
        let width = *widths.get(at)?;
        cell_width(document, block, width)?;
        if at > 0 {
            let content = Content::Virtual(SEPARATOR.to_owned());
            runs.push(Run { column, width: SEPARATOR_CELLS, role: Role::Rule, content });
            column += SEPARATOR_CELLS;
        }
        let words = document.slice(block.range).trim_end_matches(is_blank);
        let shown = TextRange::at(block.range.start(), TextSize::of(words));
        let spans = style::spans(document, block.range, base(piece), None, source.marks);
        runs.extend(style::runs(&document.text, &spans, shown, column));
        column += width;
    }
    Some(Line { text: piece.text, runs, start: piece.indent })
}

fn stacked(source: Source, piece: &Piece, row: &Row) -> Vec<Line> {
    let mut lines = Vec::new();
    for (at, block) in blocks(source.document, row).iter().enumerate() {
        let room = source.measure.saturating_sub(piece.indent);
        let set_in = if at > 0 && room > 8 { STACKED_CELLS } else { 0 };
        let cell = Piece { indent: piece.indent + set_in, row: None, ..piece.clone() };
        lines.extend(stretch(source, &cell, block, block.range, None));
    }
    lines
}

fn base(piece: &Piece) -> Role {
    if piece.quoted { Role::Quote } else { Role::Text }
}
