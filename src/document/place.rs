//! Places in a document as people name them behind `#`: `recital-C`, `note-4`, `speech-7`, `article-13~2`, `@123`. Read,
//! written and found; how a place is said in a person's language is the locale's business.

use std::collections::{HashMap, HashSet};
use std::fmt;

use super::{Document, PartKind, Section, section_at};
use crate::text::offset::{offset, range};
use crate::text::{TextRange, TextSize};

/// A place by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceName {
    /// `@123`: a byte offset into the text.
    At(usize),
    /// `recital-C`, `speech-7`, `article-13~2`: a part by its kind and what [`place_names`] writes behind it; without that,
    /// the first of its kind.
    Part(PartKind, Option<String>),
}

/// A resolved place: its range and the section that it is or belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The part, or the block that contains the offset.
    pub range: TextRange,
    /// Where to scroll to: the start of the part, or the offset.
    pub start: TextSize,
    /// The section that it is or belongs to.
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

/// The names of all sections of a document in order: the text after `#` by which [`Document::locate`] finds each again.
/// No two names are equal under ASCII case folding.
///
///
/// A name is the kind and the label (`recital-C`), or for sections without a label the kind and the ordinal among all
/// of its kind (`speech-7`); repeated names end in their occurrence (`article-13~2`). Labels have priority, so that the
/// plain `article-13` is always the first article with that label, independent of the section with ordinal 13. A `#` in
/// a label is written `_`.
pub fn place_names(sections: &[Section]) -> Vec<String> {
    let mut names = vec![String::new(); sections.len()];
    let mut taken = HashSet::new();
    let mut occurrences: HashMap<String, usize> = HashMap::new();
    let mut name = |section: &Section, behind: &str| {
        let plain = format!("{}-{behind}", section.kind.name());
        let occurrence = occurrences.entry(plain.to_ascii_lowercase()).or_default();
        loop {
            *occurrence += 1;
            let name = if *occurrence == 1 { plain.clone() } else { format!("{plain}~{occurrence}") };
            if taken.insert(name.to_ascii_lowercase()) {
                return name;
            }
        }
    };
    for (at, section) in sections.iter().enumerate() {
        if let Some(label) = &section.label {
            names[at] = name(section, &label.replace('#', "_"));
        }
    }
    let mut ordinals: HashMap<PartKind, usize> = HashMap::new();
    for (at, section) in sections.iter().enumerate() {
        let ordinal = ordinals.entry(section.kind).or_default();
        *ordinal += 1;
        if section.label.is_none() {
            names[at] = name(section, &ordinal.to_string());
        }
    }
    names
}

impl Document {
    /// Resolves a place; for a byte offset, the block that contains it. `None` if the document has no such place.
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
    let mut sections = document.outline();
    let at = match label {
        None => sections.iter().position(|section| section.kind == kind)?,
        Some(label) => {
            let name = format!("{}-{label}", kind.name());
            place_names(&sections).iter().position(|known| known.eq_ignore_ascii_case(&name))?
        }
    };
    let section = sections.swap_remove(at);
    Some(Located { range: section.range, start: section.range.start(), section: Some(section) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
    fn names_that_come_again_and_parts_without_a_label_are_told_apart() {
        let section = |kind, label: Option<&str>| Section {
            kind,
            label: label.map(str::to_owned),
            title: "t".to_owned(),
            level: 1,
            range: range(0, 1),
            language: None,
        };
        let labels = [Some("13"), Some("13~2"), Some("13"), None, Some("4"), Some("a"), Some("A"), Some("n#1")];
        let sections: Vec<Section> = labels.map(|label| section(PartKind::Article, label)).into();
        let expected = ["13", "13~2", "13~3", "4~2", "4", "a", "A~2", "n_1"].map(|name| format!("article-{name}"));
        assert_eq!(place_names(&sections), expected);
        let speeches = [PartKind::Speech, PartKind::Heading, PartKind::Speech].map(|kind| section(kind, None));
        assert_eq!(place_names(&speeches), ["speech-1", "heading-1", "speech-2"]);
    }

    proptest! {
        #[test]
        fn every_part_is_found_by_its_name_and_no_two_share_one(
            parts in prop::collection::vec((0..PartKind::ALL.len(), prop::option::of("[aA1~2#-]{1,4}")), 0..24),
        ) {
            let mut builder = DocumentBuilder::new();
            for number in 0..parts.len() {
                builder.start(BlockKind::Paragraph, 0);
                builder.push(&format!("mot {number}"), None);
            }
            let mut document = builder.finish(None);
            for ((kind, label), block) in parts.iter().zip(document.blocks.clone()) {
                document.parts.push(Part::new(PartKind::ALL[*kind], label.clone(), 1, block.range));
            }
            let sections = document.outline();
            for (name, section) in place_names(&sections).iter().zip(&sections) {
                let place = PlaceName::parse(name).and_then(|place| document.locate(&place));
                let found = place.and_then(|place| place.section);
                prop_assert_eq!(found.as_ref(), Some(section), "{}", name);
            }
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
