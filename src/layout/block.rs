//! The lines of one piece: spacing, bars, marker, wrapped text. Rows of tables are laid out by `table`.

use super::Role;
use super::indent::BAR_CELLS;
use super::line::{Content, Line, Run};
use super::marker::{self, Hanging};
use super::piece::Piece;
use super::style::{self, Marks, Span, cells, within};
use super::wrap::wrap;
use crate::document::{Block, BlockKind, Document};
use crate::text::breaks::is_blank;
use crate::text::grapheme;
use crate::text::{TextRange, TextSize};

/// What the lines of a piece are made from.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub document: &'a Document,
    pub measure: u16,
    /// All that may lie over the piece.
    pub marks: Marks<'a>,
}

/// The blank row before a piece; bars of quotes that hold both neighbours go through it.
pub(super) fn spacing(piece: &Piece, before: Option<&Piece>) -> Line {
    let common = before.map_or(0, |before| before.bars.iter().zip(&piece.bars).take_while(|(a, b)| a == b).count());
    Line { text: TextRange::empty(piece.text.start()), runs: bars(&piece.bars[..common]), start: piece.indent }
}

/// The lines of a piece that is not a row of a table.
pub(super) fn lines(source: Source, piece: &Piece) -> Vec<Line> {
    let Some(block) = source.document.blocks.get(piece.block as usize) else {
        return vec![Line::default()];
    };
    if block.kind == BlockKind::Rule {
        return vec![rule(source.measure, piece)];
    }
    let hanging = marker::of(source.document, block).filter(|_| piece.is_first);
    stretch(source, piece, block, piece.text, hanging)
}

/// The lines of a range of a leaf block, hung behind its marker.
pub(super) fn stretch(
    source: Source,
    piece: &Piece,
    block: &Block,
    text: TextRange,
    hanging: Option<Hanging>,
) -> Vec<Line> {
    let label = if let Some(Hanging::InText(range)) = hanging { Some(range) } else { None };
    let spans = style::spans(source.document, text, base(block, piece), label, source.marks);
    let place = Place::new(source, piece, hanging);
    let first = place.marker.as_ref().map_or(text.start(), |marker| marker.text_start(text.start()));
    let body = &source.document.text[TextRange::new(first, text.end())];
    let wrapped = wrap(body, place.cells(place.first), place.cells(place.rest));
    let mut lines = Vec::with_capacity(wrapped.len());
    for (row, line) in wrapped.iter().enumerate() {
        let start = if row == 0 { place.first } else { place.rest };
        let mut runs = bars(&piece.bars);
        if row == 0 {
            runs.extend(place.marker_runs(source.document, &spans));
        }
        let shown = TextRange::new(within(first, line.start), within(first, line.shown));
        runs.extend(style::runs(&source.document.text, &spans, shown, start));
        let from = if row == 0 { text.start() } else { within(first, line.start) };
        lines.push(Line { text: TextRange::new(from, within(first, line.end)), runs, start });
    }
    lines
}

/// Where the marker and the lines of a block start.
struct Place {
    measure: u16,
    indent: u16,
    /// What hangs in its column; a marker too wide for it is running text.
    marker: Option<Hanging>,
    first: u16,
    rest: u16,
}

impl Place {
    fn new(source: Source, piece: &Piece, hanging: Option<Hanging>) -> Self {
        let Piece { indent, hang, .. } = *piece;
        let measure = source.measure;
        let rest = indent + hang;
        let Some(hanging) = hanging else {
            // A block without its marker (a later piece, or none) is aligned with the text above it.
            return Self { measure, indent, marker: None, first: rest, rest };
        };
        let wide = marker::width(source.document, &hanging);
        if wide < hang {
            return Self { measure, indent, marker: Some(hanging), first: rest, rest };
        }
        match hanging {
            Hanging::InText(_) => Self { measure, indent, marker: None, first: indent, rest },
            Hanging::Virtual(marker) => {
                let room = (measure - indent) / 2;
                let shown = grapheme::shorten(&marker, usize::from(room.saturating_sub(1))).into_owned();
                let first = indent + if shown.is_empty() { 0 } else { cells(grapheme::width(&shown)) + 1 };
                let marker = (!shown.is_empty()).then_some(Hanging::Virtual(shown));
                Self { measure, indent, marker, first: first.max(rest), rest }
            }
        }
    }

    fn cells(&self, start: u16) -> usize {
        usize::from(self.measure.saturating_sub(start).max(1))
    }

    fn marker_runs(&self, document: &Document, spans: &[Span]) -> Vec<Run> {
        match &self.marker {
            None => Vec::new(),
            Some(Hanging::Virtual(marker)) => vec![Run {
                column: self.indent,
                width: cells(grapheme::width(marker)),
                role: Role::Label,
                content: Content::Virtual(marker.clone()),
            }],
            Some(Hanging::InText(range)) => {
                let shown = document.slice(*range).trim_end_matches(is_blank).len();
                let shown = TextRange::new(range.start(), within(range.start(), shown));
                style::runs(&document.text, spans, shown, self.indent)
            }
        }
    }
}

impl Hanging {
    /// Where the text behind the marker starts.
    fn text_start(&self, block_start: TextSize) -> TextSize {
        match self {
            Self::InText(range) => range.end(),
            Self::Virtual(_) => block_start,
        }
    }
}

fn base(block: &Block, piece: &Piece) -> Role {
    match block.kind {
        BlockKind::Heading { .. } => Role::Heading,
        BlockKind::Preformatted => Role::Code,
        BlockKind::Masthead | BlockKind::KeyData => Role::Dim,
        _ if piece.quoted => Role::Quote,
        _ => Role::Text,
    }
}

fn rule(measure: u16, piece: &Piece) -> Line {
    let width = measure.saturating_sub(piece.indent).max(1);
    let content = Content::Virtual("─".repeat(width.into()));
    let mut runs = bars(&piece.bars);
    runs.push(Run { column: piece.indent, width, role: Role::Rule, content });
    Line { text: piece.text, runs, start: piece.indent }
}

pub(super) fn bars(columns: &[u16]) -> Vec<Run> {
    let bar =
        |&column: &u16| Run {
            column, width: BAR_CELLS, role: Role::Quote, content: Content::Virtual("│ ".to_owned())
        };
    columns.iter().map(bar).collect()
}
