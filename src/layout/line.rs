//! What a layout is made of: positions on the endless page, lines, and runs of one role that know where their text came
//! from. Columns are cells; offsets are never columns.

use crate::layout::Role;
use crate::text::TextRange;

/// A place on the page: a row of a piece, and a cell in it. Ordered as one reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The piece: a leaf block, a stretch of a very long one, or a row of a table.
    pub piece: u32,
    /// The row in the piece; spacing rows are at its head.
    pub row: u32,
    /// The cell in the row.
    pub column: u16,
}

impl Position {
    /// The same row at its first cell.
    #[must_use]
    pub fn row_start(self) -> Self {
        Self { column: 0, ..self }
    }
}

/// One row of the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The text it covers, with the blanks that the wrap swallowed and the bytes of its marker. Empty for spacing and rules.
    pub text: TextRange,
    /// From left to right, without overlap; cells between them are empty.
    pub runs: Vec<Run>,
    /// Where its text starts, or would.
    pub(super) start: u16,
}

impl Line {
    /// Whether the line has nothing but the bars of quotes.
    pub fn is_blank(&self) -> bool {
        self.runs.iter().all(|run| run.role == Role::Quote && matches!(run.content, Content::Virtual(_)))
    }

    /// The cells up to the end of its last run.
    pub fn width(&self) -> u16 {
        self.runs.last().map_or(0, Run::end)
    }

    /// The runs that show text, with the text they show.
    pub(super) fn sources(&self) -> impl Iterator<Item = (&Run, TextRange)> {
        self.runs.iter().filter_map(|run| run.source().map(|source| (run, source)))
    }
}

/// A stretch of a line in one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its first cell.
    pub column: u16,
    /// Its cells.
    pub width: u16,
    /// Its role.
    pub role: Role,
    /// Its content.
    pub content: Content,
}

impl Run {
    /// The cell behind its last one.
    pub fn end(&self) -> u16 {
        self.column.saturating_add(self.width)
    }

    /// The range of text that it shows; `None` for text added by the layout.
    pub fn source(&self) -> Option<TextRange> {
        match self.content {
            Content::Source(source) | Content::Replaced { source, .. } => Some(source),
            Content::Virtual(_) => None,
        }
    }

    /// The words to draw, of a document's text.
    pub fn shown<'a>(&'a self, text: &'a str) -> &'a str {
        match &self.content {
            Content::Source(source) => &text[*source],
            Content::Virtual(shown) | Content::Replaced { shown, .. } => shown,
        }
    }
}

/// What a run shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The document's own words.
    Source(TextRange),
    /// Something that is not in the text: bars, bullets, rules.
    Virtual(String),
    /// Other characters for the document's, cluster for cluster and cell for cell: raised figures.
    Replaced {
        /// The range of text that it replaces.
        source: TextRange,
        /// The text to draw.
        shown: String,
    },
}
