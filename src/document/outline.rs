//! The outline: sections derived from headings and from the parts a genre recognised. Derived each time it is asked for,
//! never stored; parts are kind and label, and how a person says them is the locale's business. A heading that begins
//! where a part begins is that part's own title and no entry beside it.

use serde::{Deserialize, Serialize};

use super::{BlockKind, Document};
use crate::text::{Language, TextRange, TextSize};

/// What a part of an official document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartKind {
    /// A section with a title.
    Heading,
    /// A question that is asked.
    Question,
    /// What was answered.
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
    /// What one speaker said.
    Speech,
    /// A note.
    Note,
    /// Facts about the document printed in it.
    KeyData,
}

impl PartKind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::Heading,
        Self::Question,
        Self::Answer,
        Self::Citation,
        Self::Recital,
        Self::Paragraph,
        Self::Article,
        Self::Chapter,
        Self::Speech,
        Self::Note,
        Self::KeyData,
    ];

    /// The word used in JSON, in place names and in message ids.
    pub fn name(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Question => "question",
            Self::Answer => "answer",
            Self::Citation => "citation",
            Self::Recital => "recital",
            Self::Paragraph => "paragraph",
            Self::Article => "article",
            Self::Chapter => "chapter",
            Self::Speech => "speech",
            Self::Note => "note",
            Self::KeyData => "key-data",
        }
    }
}

/// A part a genre recognised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What it is.
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

/// One entry of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What it is.
    pub kind: PartKind,
    /// Bare label, when it has one.
    pub label: Option<String>,
    /// A heading's words, or the first words of a part.
    pub title: String,
    /// 1 the highest.
    pub level: u8,
    /// From its start to the next section that is not inside it.
    pub range: TextRange,
}

/// A place as people name it: the innermost section of an offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What it is.
    pub kind: PartKind,
    /// Bare label, when it has one.
    pub label: Option<String>,
    /// A heading's words; first words of a part.
    pub title: String,
}

/// How many bytes of a part stand for its title.
const TITLE_BYTES: usize = 72;

pub(super) fn outline(document: &Document) -> Vec<Section> {
    let headings = document.blocks.iter().filter_map(|block| match block.kind {
        BlockKind::Heading { level } => Some(Section {
            kind: PartKind::Heading,
            label: block.label.clone(),
            title: document.slice(block.range).trim().to_owned(),
            level,
            range: TextRange::empty(block.range.start()),
        }),
        _ => None,
    });
    let parts = document.parts.iter().map(|part| Section {
        kind: part.kind,
        label: part.label.clone(),
        title: first_words(document.slice(part.range)),
        level: part.level,
        range: part.range,
    });
    let is_own_title =
        |heading: &Section| document.parts.iter().any(|part| part.range.start() == heading.range.start());
    let headings = headings.filter(|heading| !is_own_title(heading));
    let mut sections: Vec<Section> = headings.chain(parts).filter(|section| !section.title.is_empty()).collect();
    sections.sort_by_key(|section| (section.range.start(), section.level));
    close(&mut sections, document.len());
    sections
}

/// Headings reach to the next section of their level or above.
fn close(sections: &mut [Section], end: TextSize) {
    for i in 0..sections.len() {
        if sections[i].range.is_empty() {
            let level = sections[i].level;
            let next = sections[i + 1..].iter().find(|later| later.level <= level);
            let reach = next.map_or(end, |later| later.range.start());
            sections[i].range = TextRange::new(sections[i].range.start(), reach);
        }
    }
}

fn first_words(text: &str) -> String {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("").trim();
    if line.len() <= TITLE_BYTES {
        return line.to_owned();
    }
    let cut = line.floor_char_boundary(TITLE_BYTES);
    let cut = line[..cut].rfind(' ').unwrap_or(cut);
    format!("{}…", line[..cut].trim_end())
}

/// The innermost section that holds an offset.
pub fn section_at(sections: &[Section], offset: TextSize) -> Option<usize> {
    sections.iter().rposition(|section| section.range.start() <= offset && offset < section.range.end())
}
