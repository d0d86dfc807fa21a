//! Places in a document as people name them behind `#`: `recital-C`, `note-4`, `key-data`, `@123`. Read, written and
//! found; how a place is said in a person's language is the locale's business.

use std::fmt;

use super::{Document, PartKind, Section, section_at};
use crate::text::offset::{offset, range};
use crate::text::{TextRange, TextSize};

/// A place by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceName {
    /// `@123`: a byte offset into the text.
    At(usize),
    /// `recital-C`, `answer-3`: a part by its label; without one, the first of its kind.
    Part(PartKind, Option<String>),
}

/// A place that was found: what it covers, and the section it is or stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The part, or for an offset the block it stands in.
    pub range: TextRange,
    /// Where one is to be taken: the part's start, or the offset.
    pub start: TextSize,
    /// The section it is or stands in.
    pub section: Option<Section>,
}

impl PlaceName {
    /// A place from its name; `None` for what names none.
    pub fn parse(written: &str) -> Option<Self> {
        if let Some(offset) = written.strip_prefix('@') {
            return offset.parse().ok().map(Self::At);
        }
        PartKind::ALL.into_iter().find_map(|kind| match written.strip_prefix(kind.name())? {
            "" => Some(Self::Part(kind, None)),
            rest => rest
                .strip_prefix('-')
                .filter(|label| !label.is_empty())
                .map(|label| Self::Part(kind, Some(label.to_owned()))),
        })
    }
}

impl fmt::Display for PlaceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(offset) => write!(f, "@{offset}"),
            Self::Part(kind, None) => f.write_str(kind.name()),
            Self::Part(kind, Some(label)) => write!(f, "{}-{label}", kind.name()),
        }
    }
}

impl Document {
    /// Finds a place; for a byte offset, the block it stands in. `None` when the document has no such place.
    pub fn locate(&self, place: &PlaceName) -> Option<Located> {
        match place {
            PlaceName::At(at) => at_offset(self, *at),
            PlaceName::Part(kind, label) => part(self, *kind, label.as_deref()),
        }
    }
}

fn at_offset(document: &Document, at: usize) -> Option<Located> {
    if at > document.text.len() {
        return None;
    }
    let at = offset(document.text.floor_char_boundary(at));
    let block = document.leaves().take_while(|block| block.range.start() <= at).last();
    let block = block.map_or(range(0, document.text.len()), |block| block.range);
    Some(Located { range: block, start: at, section: around(document, at) })
}

fn around(document: &Document, at: TextSize) -> Option<Section> {
    let mut sections = document.outline();
    section_at(&sections, at).map(|found| sections.swap_remove(found))
}

fn part(document: &Document, kind: PartKind, label: Option<&str>) -> Option<Located> {
    let named = |section: &Section| match label {
        None => true,
        Some(label) => section.label.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(label)),
    };
    let section = document.outline().into_iter().find(|section| section.kind == kind && named(section))?;
    Some(Located { range: section.range, start: section.range.start(), section: Some(section) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, DocumentBuilder, Footnote, Part};

    fn document() -> Document {
        let mut builder = DocumentBuilder::new();
        builder.start(BlockKind::Paragraph, 0);
        builder.push("C. considérant que", None);
        builder.start(BlockKind::Footnote, 0);
        builder.push("JO C 45", None);
        let mut document = builder.finish(None);
        let recital = document.blocks[0].range;
        document.parts.push(Part::new(PartKind::Recital, Some("C".to_owned()), 1, recital));
        let body = document.blocks[1].range;
        document.footnotes.push(Footnote { label: "4".to_owned(), body, references: Vec::new() });
        document
    }

    #[test]
    fn places_are_found_by_kind_and_label_by_note_and_by_offset() {
        let document = document();
        for (written, words) in [
            ("recital-C", "C. considérant que"),
            ("recital-c", "C. considérant que"),
            ("recital", "C. considérant que"),
            ("note-4", "JO C 45"),
            ("@0", "C. considérant que"),
            ("@8", "C. considérant que"),
            ("@22", "JO C 45"),
        ] {
            let place = PlaceName::parse(written).unwrap();
            let found = document.locate(&place).map(|found| document.slice(found.range).to_owned());
            assert_eq!(found.as_deref(), Some(words), "{written}");
        }
    }

    #[test]
    fn a_place_that_is_not_there_is_not_found() {
        let document = document();
        for written in ["recital-D", "note-5", "article", "@999"] {
            assert_eq!(document.locate(&PlaceName::parse(written).unwrap()), None, "{written}");
        }
    }

    #[test]
    fn any_offset_of_the_text_is_a_place() {
        let document = document();
        for at in 0..=document.text.len() {
            assert!(document.locate(&PlaceName::At(at)).is_some(), "{at}");
        }
    }

    #[test]
    fn a_name_is_written_as_it_was_read() {
        for written in ["recital-C", "key-data", "paragraph-12", "@123", "note-4a"] {
            assert_eq!(PlaceName::parse(written).map(|place| place.to_string()).as_deref(), Some(written));
        }
        for written in ["", "recital-", "recitalC", "@", "@x", "chapitre-2"] {
            assert_eq!(PlaceName::parse(written), None, "{written}");
        }
    }
}
