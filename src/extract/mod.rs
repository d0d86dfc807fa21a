//! Bytes of a file → raw documents: what the format says about structure, and the file's own text, before cleaning.
//! A file's format is known by its bytes, then by its name. One file may hold several documents; each goes to the sink.
//!
//! To add a format: write its reader in a file of its own, and give it a row in [`format::FORMATS`]. Nothing else names
//! formats. Extraction judges no content: joins, furniture and titles are the business of `clean` and `genre`.

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

/// The largest file that is read, in bytes: offsets into its text must fit a [`crate::text::TextSize`] even when every
/// byte grows on the way.
pub const MOST_BYTES: usize = 512 << 20;

/// Why a file gave no document. The path is known to the caller, not here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExtractError {
    /// No text at all, or only white space.
    Empty,
    /// Not text, and no format that is known.
    Binary,
    /// A format that is known by name but cannot be read yet.
    Unsupported(&'static str),
    /// The format it says it is, but nothing could be read of it.
    Damaged(&'static str),
    /// More than [`MOST_BYTES`].
    TooLarge,
}

impl ExtractError {
    /// The sentence that says so, without the path.
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

/// One document as its format gives it.
#[derive(Debug, Default)]
pub struct RawDocument {
    /// Its name inside the file, when the file holds several.
    pub member: Option<String>,
    /// The format's JSON name.
    pub format: &'static str,
    /// The title the source declares.
    pub title: Option<String>,
    /// The language the source declares.
    pub language: Option<Language>,
    /// The date the source declares for the document, ISO 8601.
    pub date: Option<String>,
    /// The kind of document its vocabulary or its marks declare; none when the content must tell.
    pub genre: Option<Genre>,
    /// Other facts the source declares.
    pub metadata: Metadata,
    /// The content.
    pub body: RawBody,
    /// What the extractor left out of the content.
    pub set_aside: Vec<SetAside>,
    /// Damage met so far.
    pub warnings: Vec<Warning>,
}

/// The content of a raw document.
#[derive(Debug)]
pub enum RawBody {
    /// Lines whose structure is still to be found.
    Lines(SourcedText),
    /// Structure that the format marks.
    Marked(Vec<Event>),
}

impl Default for RawBody {
    fn default() -> Self {
        Self::Marked(Vec::new())
    }
}

/// One step of marked content, in document order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A container opens.
    Open(BlockKind),
    /// The innermost container closes.
    Close,
    /// A leaf starts; the one before ends.
    Start {
        /// What it is.
        kind: BlockKind,
        /// How many lists it stands in beyond the first.
        depth: u8,
        /// The bullet or number that markup stands for.
        marker: Option<String>,
    },
    /// The leaf ends.
    End,
    /// The leaf that starts next goes on with the one before: a line break parts them, and a phrase runs over it.
    GoesOn,
    /// Text of the leaf: sanitised, on one line.
    Text {
        /// The words.
        text: String,
        /// Where they stand in the decoded source, when the format can tell; else a reader says nothing, and [`extract`]
        /// gives them their place in the extracted text, see [`Original`].
        source: Option<TextRange>,
    },
    /// An inline opens.
    OpenInline(InlineKind),
    /// The innermost inline closes.
    CloseInline,
    /// The leaves from here to [`Event::EndNote`] are the body of the note of that label.
    Note(String),
    /// The note's body ends.
    EndNote,
    /// The leaves from here to [`Event::ClosePart`] are a part of an official document, as the format marks it; parts
    /// may contain parts.
    OpenPart {
        /// What it is.
        kind: PartKind,
        /// Bare: « C », « 12 »; of a speech who speaks.
        label: Option<String>,
    },
    /// The innermost open part ends.
    ClosePart,
}

/// Reads a file's bytes; each document in it goes to the sink. `name` is the file's name, with or without its folder.
pub fn extract(bytes: &[u8], name: &str, sink: &mut dyn FnMut(RawDocument)) -> Result<(), ExtractError> {
    each(bytes, name, &mut |raw, _| sink(raw))
}

/// The text before cleaning of the document of that name inside a file: what the source ranges of [`extract`] point into.
pub fn original(bytes: &[u8], name: &str, member: Option<&str>) -> Result<Original, ExtractError> {
    let mut found = None;
    each(bytes, name, &mut |raw, extracted| {
        if raw.member.as_deref() == member {
            found = found.take().or(extracted);
        }
    })?;
    Ok(found.map_or_else(|| Original::File(encoding::decode(bytes).text), Original::Extracted))
}

/// Reads each document of a file, with the text its ranges point into where that is not the decoded file.
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

/// Decodes a file for a reader: its text, a warning where bytes were lost, an error where there is none.
fn text_of(bytes: &[u8]) -> Result<(String, Vec<Warning>), ExtractError> {
    let decoded = encoding::decode(bytes);
    if decoded.text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
        return Err(ExtractError::Empty);
    }
    let lost = (decoded.invalid > 0)
        .then(|| Warning { code: "invalid-bytes".to_owned(), detail: decoded.invalid.to_string() });
    Ok((decoded.text, lost.into_iter().collect()))
}
