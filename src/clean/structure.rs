//! Builds blocks from paragraphs of plain text: mastheads, headings, key data, items, labels. A missing heading is
//! better than a wrong one: a line is a heading only if it is a known name of a section, a numbered title, or separate
//! and in capitals.

use std::collections::{BTreeSet, HashMap};

use super::notes::Note;
use super::paragraphs::Paragraph;
use super::{markup, title};
use crate::document::{BlockKind, DocumentBuilder, Footnote, InlineKind, Marker};
use crate::text::offset::offset;
use crate::text::{TextRange, TextSize};

/// Maximum length of a heading, in bytes.
const MAX_HEADING_BYTES: usize = 120;

/// Names of sections in lower case, with their level.
const SECTIONS: [(&str, u8); 14] = [
    ("texte de la question", 2),
    ("texte de la réponse", 2),
    ("texte de la reponse", 2),
    ("données clés", 2),
    ("donnees cles", 2),
    ("date(s) clé(s)", 3),
    ("date(s) clé(e)s", 3),
    ("dates clés", 3),
    ("exposé des motifs", 2),
    ("exposé sommaire", 2),
    ("question", 2),
    ("réponse", 2),
    ("answer", 2),
    ("antwort", 2),
];

/// Words that precede the number of a title, in lower case, with their level.
const NUMBERED: [(&str, u8); 24] = [
    ("livre", 2),
    ("partie", 2),
    ("part", 2),
    ("titre", 3),
    ("title", 3),
    ("annexe", 2),
    ("annex", 2),
    ("chapitre", 4),
    ("chapter", 4),
    ("kapitel", 4),
    ("hoofdstuk", 4),
    ("capítulo", 4),
    ("capitolo", 4),
    ("section", 5),
    ("abschnitt", 5),
    ("afdeling", 5),
    ("sezione", 5),
    ("sección", 5),
    ("article", 6),
    ("artikel", 6),
    ("artículo", 6),
    ("articolo", 6),
    ("artigo", 6),
    ("статья", 6),
];

/// Result of [`build`].
pub(super) struct BuiltStructure {
    /// The title, if a line was chosen.
    pub title: Option<String>,
    /// Offset where the running text ends and the notes begin.
    pub end: TextSize,
}

/// Builds the blocks of a text, followed by its notes.
pub(super) fn build(
    paragraphs: &[Paragraph],
    notes: &[(Note, Paragraph)],
    builder: &mut DocumentBuilder,
) -> BuiltStructure {
    let title = title::choose(paragraphs.iter().map(|paragraph| paragraph.text.text()));
    let whole = title.as_ref().and_then(|title| title.whole);
    let mut references = vec![Vec::new(); notes.len()];
    for (paragraph, kind) in paragraphs.iter().zip(kinds(paragraphs, whole)) {
        builder.start(kind, 0);
        push(paragraph, builder, |number, mark, builder| {
            let label = notes[number].0.label.clone();
            builder.mark(InlineKind::FootnoteReference { label }, mark);
            references[number].push(mark.start());
        });
    }
    let end = builder.at();
    for ((note, body), references) in notes.iter().zip(references) {
        builder.start(BlockKind::Footnote, 0);
        let words = push(body, builder, |_, _, _| {});
        builder.footnote(Footnote { label: note.label.clone(), body: TextRange::new(words, builder.at()), references });
    }
    BuiltStructure { title: title.map(|title| title.text), end }
}

/// Appends a paragraph to the open leaf with its label. Calls `take` with the note and the range of each mark, and
/// returns the offset of the first word after the label.
fn push(
    paragraph: &Paragraph,
    builder: &mut DocumentBuilder,
    mut take: impl FnMut(usize, TextRange, &mut DocumentBuilder),
) -> TextSize {
    let start = builder.at();
    let mut marks = paragraph.marks.iter().peekable();
    let mut placed = Vec::with_capacity(paragraph.marks.len());
    markup::push(&paragraph.text, builder, |piece, at| {
        while let Some((mark, number)) = marks.next_if(|(mark, _)| mark.end() <= piece.end()) {
            if mark.start() >= piece.start() {
                placed.push((*number, *mark - piece.start() + at));
            }
        }
    });
    for (number, mark) in placed {
        take(number, mark, builder);
    }
    let Some(label) = &paragraph.label else { return start };
    let words = (start + offset(label.length)).min(builder.at());
    let marker = (label.length > 0 && start + offset(label.length) <= builder.at())
        .then(|| Marker::InText(TextRange::new(start, words)));
    builder.label(label.text.clone(), marker);
    words
}

fn kinds(paragraphs: &[Paragraph], title: Option<usize>) -> Vec<BlockKind> {
    let evidence = Evidence::collect(paragraphs);
    let mut in_key_data = false;
    let mut kinds: Vec<BlockKind> = Vec::with_capacity(paragraphs.len());
    for (i, paragraph) in paragraphs.iter().enumerate() {
        let line = if paragraph.text.text().len() <= MAX_HEADING_BYTES * 2 {
            markup::bare(paragraph.text.text()).trim().to_owned()
        } else {
            String::new()
        };
        let kind = if title == Some(i) {
            BlockKind::Heading { level: 1 }
        } else if i < 8 && title::is_masthead(&line) {
            BlockKind::Masthead
        } else if let Some(level) = evidence.heading(paragraphs, i, &line) {
            in_key_data =
                level > 2 && in_key_data || line.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("donn"));
            BlockKind::Heading { level }
        } else if in_key_data && is_fact(&line) {
            BlockKind::KeyData
        } else if evidence.lists_are_tight && paragraph.label.is_some() && is_tight(paragraphs, i) {
            BlockKind::Item
        } else {
            BlockKind::Paragraph
        };
        kinds.push(kind);
    }
    renumber_levels(&mut kinds);
    kinds
}

/// Properties of the whole text that decide which lines are headings.
struct Evidence {
    /// Capitals indicate headings only in a text where few lines are in capitals.
    capitals_are_rare: bool,
    /// First words of lines like « Word 3 » with their number of occurrences; a frequent word is treated as the word
    /// for a numbered title, in any language.
    counted: HashMap<String, usize>,
    /// Whether most labelled paragraphs are short and adjacent: they form lists, not numbered provisions.
    lists_are_tight: bool,
}

impl Evidence {
    fn collect(paragraphs: &[Paragraph]) -> Self {
        let capitals = paragraphs.iter().filter(|paragraph| is_capitals(paragraph.text.text())).count();
        let mut counted = HashMap::new();
        for (word, _) in paragraphs.iter().filter_map(|paragraph| word_and_number(paragraph.text.text())) {
            *counted.entry(word.to_owned()).or_insert(0) += 1;
        }
        let labelled = paragraphs.iter().filter(|paragraph| paragraph.label.is_some()).count();
        let bytes: usize =
            paragraphs.iter().filter(|paragraph| paragraph.label.is_some()).map(|p| p.text.text().len()).sum();
        let tight = (0..paragraphs.len()).filter(|&i| paragraphs[i].label.is_some() && is_tight(paragraphs, i)).count();
        Self {
            capitals_are_rare: capitals * 3 <= paragraphs.len(),
            counted,
            lists_are_tight: tight * 2 > labelled && bytes <= labelled * 240,
        }
    }

    fn heading(&self, paragraphs: &[Paragraph], at: usize, line: &str) -> Option<u8> {
        if line.is_empty() || line.len() > MAX_HEADING_BYTES {
            return None;
        }
        if let Some(level) = named_heading(line) {
            return Some(level);
        }
        if word_and_number(line).is_some_and(|(word, _)| self.counted.get(word).is_some_and(|&count| count >= 4)) {
            return Some(6);
        }
        let alone = paragraphs[at].apart && paragraphs.get(at + 1).is_some_and(|next| next.apart);
        (self.capitals_are_rare && alone && paragraphs[at].label.is_none() && is_capitals(line)).then_some(2)
    }
}

/// Returns the level of a line that is a known name of a section or a numbered title.
pub(super) fn named_heading(line: &str) -> Option<u8> {
    if line.is_empty() || line.len() > MAX_HEADING_BYTES {
        return None;
    }
    let lower = line.to_lowercase();
    let name = lower.trim_end_matches([':', ' ', '\u{a0}']);
    let section = SECTIONS.iter().find(|(section, _)| *section == name).map(|(_, level)| *level);
    section.or_else(|| numbered(&lower))
}

/// Returns the level of a numbered title, « Chapitre II », « Article premier », « Annex 3 — Forms »: a known word and a
/// number, not followed by a sentence.
fn numbered(lower: &str) -> Option<u8> {
    let mut words = lower.split_whitespace();
    let first = words.next()?;
    let (_, level) = NUMBERED.iter().find(|(word, _)| *word == first)?;
    let number = words.next()?.trim_end_matches(['.', ':', ',', '-', '–', '—']);
    let counts = number.starts_with(|c: char| c.is_ascii_digit())
        || number.chars().all(|c| "ivxlc".contains(c)) && !number.is_empty()
        || ["premier", "première", "unique", "liminaire", "preliminary"].contains(&number);
    let short = words.next().is_none();
    (counts && (short || !lower.ends_with(['.', ';', ',', ':', '!', '?']) && lower.len() <= 90)).then_some(*level)
}

fn word_and_number(line: &str) -> Option<(&str, u32)> {
    let (word, number) = line.trim().trim_end_matches(['.', ':']).split_once([' ', '\u{a0}'])?;
    let number = number.trim().parse().ok().filter(|number| *number < 1000)?;
    (word.len() <= 40 && word.chars().all(char::is_alphabetic)).then_some((word, number))
}

/// Whether a short line has several letters and all of them are capitals.
fn is_capitals(line: &str) -> bool {
    if line.len() > MAX_HEADING_BYTES || line.chars().any(char::is_lowercase) {
        return false;
    }
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 4
        && letters * 2 >= line.chars().count()
        && !line.ends_with([',', ';'])
        && line.chars().all(|c| !c.is_alphabetic() || c.is_uppercase())
}

/// Whether a line is a name and a value: « Auteur : Mme Unetelle ».
fn is_fact(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, value)| {
        (2..=48).contains(&name.trim().len()) && !value.trim().is_empty() && value.len() <= 160
    })
}

/// Whether a labelled paragraph directly follows or precedes another; they are then items of one list.
fn is_tight(paragraphs: &[Paragraph], at: usize) -> bool {
    let above = !paragraphs[at].apart && at > 0 && paragraphs[at - 1].label.is_some();
    let below = paragraphs.get(at + 1).is_some_and(|next| !next.apart && next.label.is_some());
    above || below
}

/// Renumbers the levels of the headings that occur without gaps, from 2.
pub(super) fn renumber_levels(kinds: &mut [BlockKind]) {
    let level_of = |kind: &BlockKind| if let BlockKind::Heading { level } = kind { Some(*level) } else { None };
    let used: BTreeSet<u8> = kinds.iter().filter_map(level_of).filter(|level| *level > 1).collect();
    for kind in kinds {
        if let BlockKind::Heading { level } = kind
            && let Some(rank) = used.iter().position(|known| known == level)
        {
            *level = u8::try_from(rank + 2).unwrap_or(6);
        }
    }
}
