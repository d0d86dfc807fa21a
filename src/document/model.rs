//! The document itself, as plain data: text, structure, metadata. What is computed from it (outline, passages, places) is in
//! the files beside this one.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::block::Block;
use super::footnote::Footnote;
use super::inline::Inline;
use super::metadata::Metadata;
use super::part::Part;
use super::source_map::SourceMap;
use crate::text::{Language, TextRange, TextSize};

/// The number the catalogue gave a document; unique and never used again within one library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DocumentKey(pub u64);

/// What kind of official document this is; [`Genre::Document`] where it is none of the others.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is the field's own word")]
#[strum(serialize_all = "kebab-case")]
pub enum Genre {
    WrittenQuestion,
    OralQuestion,
    GovernmentQuestion,
    MinisterialReply,
    Resolution,
    Letter,
    Act,
    Judgment,
    Debate,
    Report,
    #[default]
    Document,
}

impl Genre {
    /// Every genre, in the order people are shown them.
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS.first_chunk().expect("of that length");

    /// The word used in JSON, in queries and in message ids.
    /// It is the variant's name in kebab case: renaming a variant changes it.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// The genre of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        name.parse().ok()
    }
}

/// The code of the warning that a date is in no calendar; its detail is the date.
pub const IMPOSSIBLE_DATE: &str = "impossible-date";

/// Something that was damaged but could be used; `code` is stable, the sentence is the locale's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// A stable word for scripts, also the id of the sentence: `warning-` + code.
    pub code: String,
    /// What the sentence needs to know, usually one word; empty where it needs nothing.
    pub detail: String,
}

/// Text removed from the running text and kept apart, such as running headers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// `furniture`, `menu`, …: why it is not running text.
    pub kind: String,
    /// The text as it was.
    pub text: String,
    /// Position in the running text from which it was removed.
    pub at: TextSize,
    /// Its range in the source, if the format provides one.
    pub source: Option<TextRange>,
}

/// A short form a document defines for a long one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acronym {
    /// The short form, as « APCR ».
    pub short: String,
    /// The expansion.
    pub long: String,
}

/// Words that name another document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// The words.
    pub range: TextRange,
    /// The identifier of the cited document, as listed in [`Document::identifiers`] of that document; empty for
    /// citations in a form that cannot be resolved.
    pub names: String,
    /// The id of the document they name, when it is in the library.
    pub target: Option<String>,
}

/// One document: its text and everything known about it, as ranges over the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The running text: NFC, clean, leaf blocks parted by one `\n`.
    pub text: String,
    /// In document order; containers precede their content.
    pub blocks: Vec<Block>,
    /// Sorted by start, then longest first.
    pub inlines: Vec<Inline>,
    /// Parts that a genre recognised; headings are blocks and are not repeated here. Sorted by start.
    pub parts: Vec<Part>,
    /// Notes with their marks.
    pub footnotes: Vec<Footnote>,
    /// What other documents call this one: `question:43940`, `p8_ta(2017)0485`, `celex:32003l0088`. Lower case.
    pub identifiers: Vec<String>,
    /// Acronyms the document defines.
    pub acronyms: Vec<Acronym>,
    /// References to other documents.
    pub references: Vec<Reference>,
    /// Text removed from the running text.
    pub set_aside: Vec<SetAside>,
    /// Damage that was met and survived.
    pub warnings: Vec<Warning>,
    /// Where the text came from in the source.
    pub source_map: SourceMap,
    /// The title; never empty in a built document.
    pub title: String,
    /// What kind of document it is.
    pub genre: Genre,
    /// The file's format as the JSON says it: `text`, `markdown`, `html`, …
    pub format: String,
    /// Its language, when known.
    pub language: Option<Language>,
    /// ISO 8601, partial where the text is: answered, else adopted, else dated, else asked; never the file's.
    pub date: Option<String>,
    /// Everything else known, by the names of the field.
    pub metadata: Metadata,
    /// The file's path relative to the opened folder, if known. Filled in by the store; not part of the stored
    /// document.
    #[serde(skip)]
    pub path: String,
}

impl Document {
    /// The words of a range.
    pub fn slice(&self, range: TextRange) -> &str {
        &self.text[range]
    }

    /// The text's length in bytes.
    pub fn len(&self) -> TextSize {
        TextSize::of(self.text.as_str())
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The leaf blocks, which tile the text, in order.
    pub fn leaves(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|block| block.kind.is_leaf())
    }
}

/// What lists show of a document, without its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Its number in the library.
    pub key: DocumentKey,
    /// A hash of its root-relative path and member; what people and scripts name it by.
    pub id: String,
    /// The file it came from.
    pub path: String,
    /// Its name inside the file, when the file holds several.
    pub member: Option<String>,
    /// The title.
    pub title: String,
    /// What kind it is.
    pub genre: Genre,
    /// Its language, when known.
    pub language: Option<Language>,
    /// Its own date, ISO 8601, maybe partial.
    pub date: Option<String>,
    /// UAX #29 words of its running text.
    pub words: u64,
}
