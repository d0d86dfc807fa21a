//! The outline: sections derived from headings, from the parts a genre recognised, and from notes. Derived each time it is
//! asked for, never stored; parts are kind and label, and how a person says them is the locale's business. A heading that
//! begins where a part begins is that part's own title and no entry beside it; a note is inside nothing.

use super::part::PartKind;
use super::{BlockKind, Document, Footnote, Marker};
use crate::text::{Language, TextRange, TextSize};

/// One entry of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Kind of the part.
    pub kind: PartKind,
    /// Bare label, when it has one.
    pub label: Option<String>,
    /// A heading's words, or the first words of a part behind its label.
    pub title: String,
    /// 1 the highest.
    pub level: u8,
    /// From its start to the next section that is not inside it.
    pub range: TextRange,
    /// Its language, where it differs from the document's.
    pub language: Option<Language>,
}

/// A place as people name it: the innermost section of an offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Kind of the part.
    pub kind: PartKind,
    /// Bare label, when it has one.
    pub label: Option<String>,
    /// A heading's words; first words of a part.
    pub title: String,
}

/// Number of preceding sections searched for the one that contains a section.
const FURTHEST: usize = 2000;

/// Maximum length of a title taken from a part's text, in bytes.
const TITLE_BYTES: usize = 72;

impl Document {
    /// Headings, parts and notes in one list, in document order; a heading reaches to the next of its level or above.
    pub fn outline(&self) -> Vec<Section> {
        outline(self)
    }
}

fn outline(document: &Document) -> Vec<Section> {
    let mut sections: Vec<Section> =
        headings(document).chain(parts(document)).chain(notes(document)).filter(|one| !one.title.is_empty()).collect();
    sections.sort_by_key(|section| (section.range.start(), section.level));
    close(&mut sections, body_end(document));
    sections
}

/// The headings that are not the title of a part; how far they reach is not known yet.
fn headings(document: &Document) -> impl Iterator<Item = Section> {
    document.blocks.iter().filter_map(|block| {
        let BlockKind::Heading { level } = block.kind else { return None };
        let start = block.range.start();
        let is_own_title = document.parts.binary_search_by_key(&start, |part| part.range.start()).is_ok();
        (!is_own_title).then(|| Section {
            kind: PartKind::Heading,
            label: block.label.clone(),
            title: document.slice(block.range).trim().to_owned(),
            level,
            range: TextRange::empty(start),
            language: None,
        })
    })
}

fn parts(document: &Document) -> impl Iterator<Item = Section> {
    let mut leaves = document.leaves().peekable();
    let mut citations = 0;
    document.parts.iter().map(move |part| {
        while leaves.next_if(|leaf| leaf.range.end() <= part.range.start()).is_some() {}
        let marker = leaves.peek().and_then(|leaf| match leaf.marker {
            Some(Marker::InText(marker)) if leaf.range.start() == part.range.start() => Some(marker.end()),
            _ => None,
        });
        let words =
            TextRange::new(marker.unwrap_or_default().clamp(part.range.start(), part.range.end()), part.range.end());
        citations += usize::from(part.kind == PartKind::Citation);
        // Citations carry no number in print, and are counted when people refer to them.
        let counted = || (part.kind == PartKind::Citation).then(|| citations.to_string());
        Section {
            kind: part.kind,
            label: part.label.clone().or_else(counted),
            title: first_words(document.slice(words)),
            level: part.level,
            range: part.range,
            language: part.language.clone().filter(|language| document.language.as_ref() != Some(language)),
        }
    })
}

/// Notes, at the level of the highest parts and not nested.
fn notes(document: &Document) -> impl Iterator<Item = Section> {
    let level = document.parts.iter().map(|part| part.level).min().unwrap_or(1);
    let is_part =
        |note: &&Footnote| document.parts.binary_search_by_key(&note.body.start(), |part| part.range.start()).is_ok();
    document.footnotes.iter().filter(move |note| !is_part(note)).map(move |note| Section {
        kind: PartKind::Note,
        label: Some(note.label.clone()),
        title: first_words(document.slice(note.body)),
        level,
        range: note.body,
        language: None,
    })
}

/// Where the notes at the end of the text begin.
fn body_end(document: &Document) -> TextSize {
    let leaves = document.blocks.iter().rev().filter(|block| block.kind.is_leaf());
    let first = leaves.take_while(|block| block.kind == BlockKind::Footnote).last();
    first.map_or(document.len(), |block| block.range.start())
}

/// Headings reach to the next section of their level or above, and not into the notes at the end.
fn close(sections: &mut [Section], end: TextSize) {
    for i in 0..sections.len() {
        if sections[i].range.is_empty() {
            let (level, start) = (sections[i].level, sections[i].range.start());
            let next = sections[i + 1..].iter().find(|later| later.level <= level && later.kind != PartKind::Note);
            let reach = next.map_or(end, |later| later.range.start());
            sections[i].range = TextRange::new(start, reach.max(start));
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

/// The innermost section that holds an offset: the last of those that start before it and reach beyond it.
pub fn section_at(sections: &[Section], offset: TextSize) -> Option<usize> {
    let started = sections.partition_point(|section| section.range.start() <= offset);
    sections[..started].iter().rposition(|section| offset < section.range.end())
}

/// The section of one of these kinds that holds another one, the nearest first.
pub fn section_around(sections: &[Section], inner: usize, kinds: &[PartKind]) -> Option<usize> {
    let Section { range, level, .. } = sections.get(inner)?;
    let holds =
        |outer: &Section| kinds.contains(&outer.kind) && outer.level < *level && outer.range.contains_range(*range);
    let first = inner.saturating_sub(FURTHEST);
    sections[first..inner].iter().rposition(holds).map(|at| first + at)
}

/// The other half of a question and its answer. Halves of the same label belong together; those without one by their
/// order, when there are as many questions as answers; and one answer alone answers every question.
pub fn counterpart(sections: &[Section], half: usize) -> Option<usize> {
    let one = sections.get(half)?;
    let other = match one.kind {
        PartKind::Question => PartKind::Answer,
        PartKind::Answer => PartKind::Question,
        _ => return None,
    };
    let of = |kind: PartKind| sections.iter().enumerate().filter(move |(_, section)| section.kind == kind);
    let same_label = of(other).filter(|(_, section)| one.label.is_some() && section.label == one.label);
    let nearest = same_label.min_by_key(|(at, _)| at.abs_diff(half));
    if let Some((found, _)) = nearest {
        return Some(found);
    }
    let others: Vec<usize> = of(other).map(|(at, _)| at).collect();
    let number = of(one.kind).position(|(at, _)| at == half)?;
    let labelled = one.label.is_some() && others.iter().any(|at| sections[*at].label.is_some());
    match others.len() {
        1 => others.first().copied(),
        count if count == of(one.kind).count() && !labelled => others.get(number).copied(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{DocumentBuilder, Part};

    /// A document of leaves: its blocks by kind and words, with a marker where words are parted by `|`.
    fn document(leaves: &[(BlockKind, &str)]) -> Document {
        let mut builder = DocumentBuilder::new();
        for (kind, words) in leaves {
            builder.start(*kind, 0);
            if let Some((marker, rest)) = words.split_once('|') {
                let start = builder.at();
                builder.push(marker, None);
                builder.label(None, Some(Marker::InText(TextRange::new(start, builder.at()))));
                builder.push(rest, None);
            } else {
                builder.push(words, None);
            }
        }
        builder.finish(None)
    }

    fn part(
        document: &Document,
        kind: PartKind,
        label: Option<&str>,
        level: u8,
        blocks: std::ops::Range<usize>,
    ) -> Part {
        let range = document.blocks[blocks.start].range.cover(document.blocks[blocks.end - 1].range);
        Part::new(kind, label.map(str::to_owned), level, range)
    }

    fn told(sections: &[Section]) -> Vec<(&'static str, Option<&str>, &str)> {
        sections.iter().map(|one| (one.kind.name(), one.label.as_deref(), one.title.as_str())).collect()
    }

    fn resolution() -> Document {
        let mut document = document(&[
            (BlockKind::Heading { level: 1 }, "Résolution"),
            (BlockKind::Item, "– |vu sa résolution,"),
            (BlockKind::Item, "– |vu l'accord,"),
            (BlockKind::Paragraph, "A. |considérant que"),
            (BlockKind::Paragraph, "12. |demande"),
            (BlockKind::Paragraph, "a) |de libérer"),
            (BlockKind::Footnote, "JO C 45."),
            (BlockKind::Footnote, "JO C 46."),
        ]);
        document.parts = vec![
            part(&document, PartKind::Citation, None, 2, 1..2),
            part(&document, PartKind::Citation, None, 2, 2..3),
            part(&document, PartKind::Recital, Some("A"), 2, 3..4),
            part(&document, PartKind::Paragraph, Some("12"), 2, 4..6),
            part(&document, PartKind::Paragraph, Some("a"), 3, 5..6),
        ];
        for (label, block) in [("1", 6), ("2", 7)] {
            let body = document.blocks[block].range;
            document.footnotes.push(Footnote { label: label.to_owned(), body, references: Vec::new() });
        }
        document
    }

    #[test]
    fn headings_parts_and_notes_stand_in_one_list_and_citations_are_counted() {
        let sections = resolution().outline();
        assert_eq!(
            told(&sections),
            [
                ("heading", None, "Résolution"),
                ("citation", Some("1"), "vu sa résolution,"),
                ("citation", Some("2"), "vu l'accord,"),
                ("recital", Some("A"), "considérant que"),
                ("paragraph", Some("12"), "demande"),
                ("paragraph", Some("a"), "de libérer"),
                ("note", Some("1"), "JO C 45."),
                ("note", Some("2"), "JO C 46."),
            ]
        );
    }

    #[test]
    fn a_note_is_inside_nothing_and_a_point_inside_its_paragraph() {
        let document = resolution();
        let sections = document.outline();
        let at = |words: &str| {
            let offset = crate::text::offset::offset(document.text.find(words).unwrap());
            section_at(&sections, offset)
        };
        assert_eq!((at("Résol"), at("accord"), at("demande"), at("libérer")), (Some(0), Some(2), Some(4), Some(5)));
        assert_eq!((at("JO C 45"), at("JO C 46")), (Some(6), Some(7)));
        assert!(!sections[0].range.contains_range(sections[6].range));
        assert_eq!(section_around(&sections, 5, &[PartKind::Paragraph]), Some(4));
        assert_eq!(section_around(&sections, 4, &[PartKind::Paragraph]), None);
    }

    #[test]
    fn a_heading_that_begins_a_part_is_its_title_and_a_note_ends_no_section() {
        let mut document = document(&[
            (BlockKind::Heading { level: 2 }, "Texte de la réponse"),
            (BlockKind::Paragraph, "Le Gouvernement"),
            (BlockKind::Heading { level: 2 }, "Annexe"),
            (BlockKind::Footnote, "Une note."),
            (BlockKind::Paragraph, "Suite de l'annexe"),
        ]);
        document.parts = vec![part(&document, PartKind::Answer, None, 2, 0..2)];
        let body = document.blocks[3].range;
        document.footnotes.push(Footnote { label: "1".to_owned(), body, references: Vec::new() });
        let sections = document.outline();
        assert_eq!(
            told(&sections),
            [("answer", None, "Texte de la réponse"), ("heading", None, "Annexe"), ("note", Some("1"), "Une note.")]
        );
        assert_eq!(section_at(&sections, document.blocks[4].range.start()), Some(1));
    }

    #[test]
    fn the_language_of_a_part_is_told_where_it_is_another() {
        let mut document = document(&[(BlockKind::Paragraph, "un"), (BlockKind::Paragraph, "two")]);
        document.language = Language::new("fr");
        document.parts = vec![
            Part { language: Language::new("fr"), ..part(&document, PartKind::Speech, None, 1, 0..1) },
            Part { language: Language::new("en"), ..part(&document, PartKind::Speech, None, 1, 1..2) },
        ];
        let languages: Vec<_> = document.outline().into_iter().map(|section| section.language).collect();
        assert_eq!(languages, [None, Language::new("en")]);
    }

    #[test]
    fn questions_and_answers_are_paired_by_label_else_by_order() {
        use PartKind::{Answer, Heading, Question};
        type Row<'a> = (PartKind, Option<&'a str>);
        let table: [(&[Row], usize, Option<usize>); 8] = [
            (&[(Question, None), (Answer, None)], 0, Some(1)),
            (&[(Question, None), (Answer, None)], 1, Some(0)),
            (&[(Question, Some("1")), (Question, Some("2")), (Answer, Some("1")), (Answer, Some("2"))], 1, Some(3)),
            (&[(Question, Some("1")), (Question, Some("2")), (Answer, Some("1")), (Answer, Some("2"))], 2, Some(0)),
            (&[(Question, None), (Answer, None), (Question, None), (Answer, None)], 3, Some(2)),
            (&[(Question, Some("1")), (Question, Some("2")), (Answer, None)], 1, Some(2)),
            (&[(Question, None)], 0, None),
            (&[(Heading, None), (Answer, None)], 0, None),
        ];
        for (rows, half, expected) in table {
            let section = |(kind, label): &Row| Section {
                kind: *kind,
                label: label.map(str::to_owned),
                title: String::new(),
                level: 2,
                range: TextRange::default(),
                language: None,
            };
            let sections: Vec<Section> = rows.iter().map(section).collect();
            assert_eq!(counterpart(&sections, half), expected, "{rows:?} from {half}");
        }
    }
}
