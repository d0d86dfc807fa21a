//! What a reader of a format produces: raw documents with their events, or the reason why a file has none.

use super::SourcedText;
use crate::document::{BlockKind, Genre, InlineKind, Metadata, PartKind, SetAside, Warning};
use crate::locale::Message;
use crate::text::{Language, TextRange};

/// Maximum size of a file, in bytes: offsets into its text must fit a [`crate::text::TextSize`] even if every byte is
/// replaced by a longer sequence.
pub const MAX_FILE_BYTES: usize = 512 << 20;

/// Reason why a file contains no document. The path is known only to the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExtractError {
    /// No text, or only white space.
    Empty,
    /// Neither text nor a known format.
    Binary,
    /// A format that is recognised but not supported.
    Unsupported(&'static str),
    /// A file of the named format from which nothing could be extracted.
    Damaged(&'static str),
    /// Larger than [`MAX_FILE_BYTES`].
    TooLarge,
}

impl ExtractError {
    /// Returns the message for the user, without the path.
    pub fn message(&self) -> Message {
        match self {
            Self::Empty => Message::new("extract-empty"),
            Self::Binary => Message::new("extract-binary"),
            Self::Unsupported(format) => Message::new("extract-unsupported").with("format", *format),
            Self::Damaged(format) => Message::new("extract-damaged").with("format", *format),
            Self::TooLarge => Message::new("extract-too-large").with("megabytes", MAX_FILE_BYTES >> 20),
        }
    }
}

/// A document as its format provides it.
#[derive(Debug, Default)]
pub struct RawDocument {
    /// Name inside the file, if the file contains several documents.
    pub member: Option<String>,
    /// Name of the format, as used in JSON.
    pub format: &'static str,
    /// Title declared by the source.
    pub title: Option<String>,
    /// Language declared by the source.
    pub language: Option<Language>,
    /// Date of the document declared by the source, ISO 8601.
    pub date: Option<String>,
    /// Genre given by the vocabulary or the markup; `None` if it must be recognised by content.
    pub genre: Option<Genre>,
    /// Other metadata declared by the source.
    pub metadata: Metadata,
    /// The content.
    pub body: RawBody,
    /// Text that the extractor removed from the content.
    pub set_aside: Vec<SetAside>,
    /// Damage found so far.
    pub warnings: Vec<Warning>,
}

/// The content of a raw document.
#[derive(Debug)]
pub enum RawBody {
    /// Lines whose structure is not known yet.
    Lines(SourcedText),
    /// Structure that the format marks.
    Marked(Vec<RawEvent>),
}

impl Default for RawBody {
    fn default() -> Self {
        Self::Marked(Vec::new())
    }
}

/// An event of marked content, in document order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawEvent {
    /// Opens a container.
    Open(BlockKind),
    /// Closes the innermost container.
    Close,
    /// Starts a leaf; the previous one ends.
    Start {
        /// Kind of block.
        kind: BlockKind,
        /// Depth of nested lists, 0 in the outermost list.
        depth: u8,
        /// Bullet or number that the markup generates.
        marker: Option<String>,
    },
    /// Ends the leaf.
    End,
    /// The next leaf continues the previous one: a line break separates them, and a phrase may extend over it.
    Continuation,
    /// Text of the leaf, sanitised and without line breaks.
    Text {
        /// The text.
        text: String,
        /// Range in the decoded source, if the format provides it. Otherwise `None`, which [`super::extract`] replaces
        /// with the range in the extracted text, see [`super::Original`].
        source: Option<TextRange>,
    },
    /// Opens an inline.
    OpenInline(InlineKind),
    /// Closes the innermost inline.
    CloseInline,
    /// The leaves from here to `EndNote` are the body of the note with this label.
    Note(String),
    /// Ends the body of a note.
    EndNote,
    /// The leaves from here to `ClosePart` are a part of an official document that the format marks. Parts may be
    /// nested.
    OpenPart {
        /// Kind of part.
        kind: PartKind,
        /// Label without punctuation, « C » or « 12 »; for a speech, the speaker.
        label: Option<String>,
    },
    /// Closes the innermost part.
    ClosePart,
}
