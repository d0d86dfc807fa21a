//! Blocks: paragraphs, headings, items, tables. A flat list in document order where depth says what contains what;
//! leaf blocks hold text, containers (list, quote, table, row) only span it.

use serde::{Deserialize, Serialize};

use crate::text::TextRange;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// Running prose.
    Paragraph,
    /// A title of a section, 1 the highest.
    Heading {
        /// 1 to 6.
        level: u8,
    },
    /// One item of a list.
    Item,
    /// A container: what someone else said, set apart.
    Quote,
    /// A container of rows.
    Table,
    /// A container of cells.
    Row,
    /// A cell of a row.
    Cell,
    /// Text whose line breaks and spaces count. Its lines are leaf blocks of this kind, one each.
    Preformatted,
    /// The name of the institution and the like at the head of a first page.
    Masthead,
    /// Facts about the document printed in it: author, dates, pages.
    KeyData,
    /// « Monsieur le Président, »
    Salutation,
    /// A letter's polite ending.
    Closing,
    /// Who signed.
    Signature,
    /// A note's body.
    Footnote,
    /// A line between sections; it has no text of its own.
    Rule,
}

impl BlockKind {
    /// Whether it holds text itself.
    pub fn is_leaf(self) -> bool {
        !matches!(self, Self::Quote | Self::Table | Self::Row)
    }

    /// The word used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Paragraph => "paragraph",
            Self::Heading { .. } => "heading",
            Self::Item => "item",
            Self::Quote => "quote",
            Self::Table => "table",
            Self::Row => "row",
            Self::Cell => "cell",
            Self::Preformatted => "preformatted",
            Self::Masthead => "masthead",
            Self::KeyData => "key-data",
            Self::Salutation => "salutation",
            Self::Closing => "closing",
            Self::Signature => "signature",
            Self::Footnote => "footnote",
            Self::Rule => "rule",
        }
    }
}

/// What hangs in the margin before a block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Marker {
    /// The first bytes of the block itself, with the space behind them: « B. », « 12. », « – ».
    InText(TextRange),
    /// Not in the text: a bullet or number that markup stands for.
    Virtual(String),
    /// Nothing hangs before it: a line break parts it from the leaf before, whose words its own go on with.
    GoesOn,
}

/// One block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// The text it covers; for a container, from its first leaf's start to its last leaf's end.
    pub range: TextRange,
    /// How many containers or lists it stands in; items of a nested list are one deeper.
    pub depth: u8,
    /// The bare label, as « B » or « 12 », when it has one.
    pub label: Option<String>,
    /// What hangs before its first line.
    pub marker: Option<Marker>,
}
