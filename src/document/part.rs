//! The parts of a document that a genre recognises: questions, answers, articles, recitals, … Their order and nesting are in
//! `outline`.

use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

use crate::text::{Language, TextRange};

/// What a part of an official document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, IntoStaticStr, VariantArray)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum PartKind {
    /// A section with a title.
    Heading,
    /// A question that is asked.
    Question,
    /// The answer to a question.
    Answer,
    /// « vu … »
    Citation,
    /// « considérant … »
    Recital,
    /// A numbered, operative paragraph.
    Paragraph,
    /// An article of an act.
    Article,
    /// A chapter or title of an act.
    Chapter,
    /// A speech by one speaker.
    Speech,
    /// A note.
    Note,
    /// Facts about the document printed in it.
    KeyData,
}

impl PartKind {
    /// Every kind.
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS.first_chunk().expect("of that length");

    /// The word used in JSON, in place names and in message ids.
    /// It is the variant's name in kebab case: renaming a variant changes it.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// A part a genre recognised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Kind of the part.
    pub kind: PartKind,
    /// Bare: « C », « 12 ».
    pub label: Option<String>,
    /// 1 the highest; a part inside a section is deeper than it.
    pub level: u8,
    /// All of it.
    pub range: TextRange,
    /// Its language, where it differs from the document's.
    pub language: Option<Language>,
}

impl Part {
    /// A part in the document's language.
    pub fn new(kind: PartKind, label: Option<String>, level: u8, range: TextRange) -> Self {
        Self { kind, label, level, range, language: None }
    }
}
