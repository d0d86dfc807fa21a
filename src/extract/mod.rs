//! Turns the bytes of a file into raw documents: the structure that the format marks and the file's own text, before
//! cleaning. The format is detected by the bytes, then by the name. A file may contain several documents; each is
//! passed to the sink.
//!
//! To add a format: write its reader in a file of its own, and give it a row in [`format::FORMATS`]. No other file
//! names formats. Extraction does not interpret content: joining lines, furniture and titles are tasks of `clean` and
//! `genre`.

mod assemblee;
mod declared;
pub mod encoding;
mod format;
mod html;
mod json;
mod leaves;
mod markdown;
mod original;
mod plain;
mod sourced;
mod string_markup;
mod transcript;
mod xml;

pub use format::{FORMATS, Format, FormatRow, Head, detect};
pub use original::Original;
pub use sourced::{SourcedText, beginning};

use crate::document::{BlockKind, Genre, InlineKind, Metadata, PartKind, SetAside, Warning};
use crate::locale::Message;
use crate::text::{Language, TextRange};

/// Maximum size of a file, in bytes: offsets into its text must fit a [`crate::text::TextSize`] even if every byte is
/// replaced by a longer sequence.
pub const MOST_BYTES: usize = 512 << 20;

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
    /// Larger than [`MOST_BYTES`].
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
            Self::TooLarge => Message::new("extract-too-large").with("megabytes", MOST_BYTES >> 20),
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
    Marked(Vec<Event>),
}

impl Default for RawBody {
    fn default() -> Self {
        Self::Marked(Vec::new())
    }
}

/// An event of marked content, in document order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
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
    GoesOn,
    /// Text of the leaf, sanitised and without line breaks.
    Text {
        /// The text.
        text: String,
        /// Range in the decoded source, if the format provides it. Otherwise `None`, which [`extract`] replaces with
        /// the range in the extracted text, see [`Original`].
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

/// Reads a file and passes each document in it to the sink. `name` is the file's name, with or without its folder.
///
/// # Errors
///
/// Returns an error if the file is empty, binary, too large, of an unsupported format or damaged.
pub fn extract(bytes: &[u8], name: &str, sink: &mut dyn FnMut(RawDocument)) -> Result<(), ExtractError> {
    each(bytes, name, &mut |raw, _| sink(raw))
}

/// Returns the text before cleaning of the member `member` of a file: the text that the source ranges of [`extract`]
/// refer to.
pub fn original(bytes: &[u8], name: &str, member: Option<&str>) -> Result<Original, ExtractError> {
    let mut found = None;
    each(bytes, name, &mut |raw, extracted| {
        if raw.member.as_deref() == member {
            found = found.take().or(extracted);
        }
    })?;
    Ok(found.map_or_else(|| Original::File(encoding::decode(bytes).text), Original::Extracted))
}

/// Reads each document of a file, together with the text its ranges refer to if that is not the decoded file.
fn each(bytes: &[u8], name: &str, sink: &mut dyn FnMut(RawDocument, Option<String>)) -> Result<(), ExtractError> {
    if bytes.len() > MOST_BYTES {
        return Err(ExtractError::TooLarge);
    }
    let format = detect(bytes, name);
    if format == Format::Binary {
        let empty = bytes.iter().all(u8::is_ascii_whitespace);
        return Err(if empty { ExtractError::Empty } else { ExtractError::Binary });
    }
    let row = format.row();
    let read = row.read.ok_or(ExtractError::Unsupported(row.name))?;
    read(bytes, row.name, &mut |mut raw| {
        let extracted = original::extracted(&mut raw);
        sink(raw, extracted);
    })
}

/// Decodes a file for a reader. Adds a warning if bytes were invalid; returns an error if there is no text.
fn text_of(bytes: &[u8]) -> Result<(String, Vec<Warning>), ExtractError> {
    let decoded = encoding::decode(bytes);
    if decoded.text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
        return Err(ExtractError::Empty);
    }
    let lost = (decoded.invalid > 0)
        .then(|| Warning { code: "invalid-bytes".to_owned(), detail: decoded.invalid.to_string() });
    Ok((decoded.text, lost.into_iter().collect()))
}
