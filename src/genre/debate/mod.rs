//! Recognises parliamentary debates: speeches from the chair and from the floor. Evidence is many paragraphs that open
//! with a speaker, several alternating speakers, and a chair or the formulas of a sitting. Names at the head of
//! paragraphs in letters or reports are not enough, nor is a single speech. Parts that the format marks are kept, and
//! only the facts of the sitting are added.

mod opening;
mod sitting;

use std::collections::{HashMap, HashSet};

use self::opening::{OpeningStyle, TurnOpening};
use super::Recognised;
use crate::document::{Block, BlockKind, Document, Genre, InlineKind, Key, Metadata, Part, PartKind};
use crate::text::TextRange;

/// Minimum number of turns of a debate.
const MIN_TURNS: usize = 4;
/// Maximum number of turns per turn of the chair.
const MAX_TURNS_PER_CHAIR_TURN: usize = 60;
/// Formulas of a sitting, in lower case.
const FORMULAS: &[&str] = &[
    "la séance est ouverte",
    "la séance est reprise",
    "la séance est levée",
    "la parole est à",
    "l'ordre du jour appelle",
    "l’ordre du jour appelle",
    "applaudissements",
    "the sitting opened",
    "the sitting was",
    "the meeting was called to order",
    "i call on the representative",
    "i give the floor",
    "hon. members",
    "het woord is aan",
    "heeft het woord",
    "die sitzung ist eröffnet",
    "beifall bei",
    "se abre la sesión",
    "tiene la palabra",
    "la seduta è aperta",
    "本會現在",
    "我現在請",
];

pub(super) fn recognise(document: &Document) -> Option<Recognised> {
    let declared = document.genre == Genre::Debate;
    if !declared && (document.leaves().nth(MIN_TURNS - 1).is_none() || is_a_question_page(document)) {
        return None;
    }
    let turns = turns(document);
    let marked = document.parts.iter().any(|part| part.kind == PartKind::Speech);
    let confidence = if declared { 1.0 } else { confidence(document, &turns)? };
    let mut found = Recognised::new(Genre::Debate, confidence);
    found.parts = if marked { below_headings(document) } else { parts(document, &turns) };
    add_sitting_facts(document, &mut found);
    Some(found)
}

/// Recognises an exchange: questions to the Government in the open data have the whole exchange as their answer. The
/// turns before the first one of the Government are the question, the others the answer.
pub(super) fn recognise_exchange(document: &Document) -> Option<Recognised> {
    if document.genre != Genre::GovernmentQuestion || !document.format.starts_with("an-") {
        return None;
    }
    let turns = turns(document);
    let speeches = parts(document, &turns);
    let chair = |part: &Part| turns.iter().any(|turn| turn.opening.chair && turn.start == part.range.start());
    let asker = speeches.iter().find(|part| !chair(part))?.label.clone()?;
    let answering = |part: &&Part| is_of_the_government(document.slice(part.range));
    let answer = speeches.iter().find(answering).map(|part| part.range.start())?;
    let (first, end) = (speeches.first()?.range.start(), speeches.last()?.range.end());
    let mut found = Recognised::new(Genre::GovernmentQuestion, 0.95);
    found.parts = vec![
        Part::new(PartKind::Question, None, 2, TextRange::new(first, answer)),
        Part::new(PartKind::Answer, None, 2, TextRange::new(answer, end)),
    ];
    found.parts.extend(speeches.into_iter().map(|part| Part { level: 3, ..part }));
    found.parts.sort_by_key(|part| (part.range.start(), part.level));
    found.metadata.set(Key::Author, asker);
    Some(found)
}

/// Whether a turn opens with an office of the Government: « M. Untel, ministre de l'agriculture. »
fn is_of_the_government(turn: &str) -> bool {
    const OFFICES: [&str; 5] =
        ["ministre", "premier ministre", "première ministre", "secrétaire d'état", "garde des sceaux"];
    let head = turn[..turn.floor_char_boundary(120)].to_lowercase().replace('’', "'");
    let role = head.split_once(',').map_or("", |(_, role)| role.trim_start());
    let own = head.trim_start_matches("m. le ").trim_start_matches("mme la ");
    OFFICES.iter().any(|office| role.starts_with(office) || own.len() < head.len() && own.starts_with(office))
}

/// Whether the document is the page of a question, which also prints speeches but is a question.
fn is_a_question_page(document: &Document) -> bool {
    let numbered = document.title.to_lowercase();
    if ["question n°", "question écrite n°", "question orale"].iter().any(|words| numbered.starts_with(words)) {
        return true;
    }
    document.leaves().filter(|block| matches!(block.kind, BlockKind::Heading { .. })).any(|block| {
        let heading = document.slice(block.range).trim().to_lowercase();
        heading == "texte de la question" || heading == "texte de la réponse" || heading == "texte de la reponse"
    })
}

/// A turn: its start and its speaker.
struct Turn {
    /// Index of its first leaf among the leaves.
    leaf: usize,
    start: crate::text::TextSize,
    opening: TurnOpening,
}

/// Finds the turns of a document. One style of opening applies to the whole document: where names are bold or followed
/// by a stop, names alone on a line are ignored. Where they are alone on a line, plain names count once the chair has
/// spoken twice.
fn turns(document: &Document) -> Vec<Turn> {
    let strong = strong_lengths(document);
    let read = |(leaf, block): (usize, &Block)| {
        let spoken =
            matches!(block.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Cell | BlockKind::Heading { .. });
        let length = strong.get(&usize::from(block.range.start())).copied().unwrap_or(0);
        let opening = spoken.then(|| opening::parse_opening(document.slice(block.range), length)).flatten()?;
        // Headings of the agenda stay headings, so a heading counts only if it is nothing but a name.
        let heading = matches!(block.kind, BlockKind::Heading { .. });
        (!heading || opening.style == OpeningStyle::Alone && opening.sure).then(|| Turn {
            leaf,
            start: block.range.start(),
            opening,
        })
    };
    let found: Vec<Turn> = document.leaves().enumerate().filter_map(read).collect();
    let Some(style) = prevailing_style(&found) else { return Vec::new() };
    let presided = found.iter().filter(|turn| turn.opening.style == style && turn.opening.chair).count() >= 2;
    let followed = |at: usize| found.get(at + 1).is_some_and(|next| next.leaf == found[at].leaf + 1);
    let is_turn = |at: usize| {
        let TurnOpening { style: own, sure, .. } = found[at].opening;
        // Names on consecutive lines are a list of those present.
        own == style && (sure || presided && !(style == OpeningStyle::Alone && followed(at)))
    };
    let kept: Vec<bool> = (0..found.len()).map(is_turn).collect();
    found.into_iter().zip(kept).filter_map(|(turn, kept)| kept.then_some(turn)).collect()
}

/// Returns the style that opens most turns, counting only certain openings.
fn prevailing_style(found: &[Turn]) -> Option<OpeningStyle> {
    let count =
        |style: OpeningStyle| found.iter().filter(|turn| turn.opening.style == style && turn.opening.sure).count();
    let shapes = [OpeningStyle::Strong, OpeningStyle::Led, OpeningStyle::Alone];
    shapes
        .into_iter()
        .max_by_key(|&style| (count(style), style != OpeningStyle::Alone))
        .filter(|&style| count(style) > 0)
}

/// Maps the start of a leaf to the length, in bytes, of the bold text at its beginning.
fn strong_lengths(document: &Document) -> HashMap<usize, usize> {
    let strong = document.inlines.iter().filter(|inline| inline.kind == InlineKind::Strong);
    let mut lengths = HashMap::new();
    for inline in strong {
        lengths.entry(usize::from(inline.range.start())).or_insert(usize::from(inline.range.len()));
    }
    lengths
}

/// Returns the confidence that the turns form a debate.
fn confidence(document: &Document, turns: &[Turn]) -> Option<f32> {
    let speakers: HashSet<&str> = turns.iter().map(|turn| turn.opening.speaker.as_str()).collect();
    let sure = turns.iter().filter(|turn| turn.opening.sure).count();
    let chair = turns.iter().filter(|turn| turn.opening.chair).count();
    let changes = turns.windows(2).filter(|pair| pair[0].opening.speaker != pair[1].opening.speaker).count();
    if turns.len() < MIN_TURNS || sure < 2 || speakers.len() < 2 || changes < 3 {
        return None;
    }
    let text = document.text.to_lowercase();
    let formulas = FORMULAS.iter().filter(|formula| text.contains(**formula)).count();
    let presided = chair * MAX_TURNS_PER_CHAIR_TURN >= turns.len() && chair > 0;
    let crowded = sure >= 12 && speakers.len() >= 4 && turns.len() * 4 >= document.leaves().count();
    let alone = turns[0].opening.style == OpeningStyle::Alone;
    match (presided, formulas) {
        // « Le président » alone on a line also signs acts.
        (_, 0) if alone => None,
        (true, 2..) => Some(0.92),
        (true, 1) => Some(0.85),
        (true, 0) if turns.len() >= 6 => Some(0.65),
        (false, 2..) if sure >= 8 => Some(0.7),
        _ => (crowded && formulas > 0).then_some(0.55),
    }
}

/// Returns the parts that the format marks, with the level of the heading above them.
fn below_headings(document: &Document) -> Vec<Part> {
    let mut headings = document.leaves().filter_map(|block| match block.kind {
        BlockKind::Heading { level } => Some((block.range.start(), level)),
        _ => None,
    });
    let mut next = headings.next();
    let mut level = 1;
    let mut place = |part: &Part| {
        while let Some((_, heading)) = next.filter(|(start, _)| *start < part.range.start()) {
            level = heading;
            next = headings.next();
        }
        Part { level: level + part.level, ..part.clone() }
    };
    document.parts.iter().map(&mut place).collect()
}

/// Returns turns as parts: each extends to the next turn or heading, and its level is one below the heading above it.
fn parts(document: &Document, turns: &[Turn]) -> Vec<Part> {
    let leaves: Vec<&Block> = document.leaves().collect();
    let mut parts = Vec::with_capacity(turns.len());
    let mut level = 1;
    let mut seen = 0;
    for (at, turn) in turns.iter().enumerate() {
        for leaf in &leaves[seen..turn.leaf] {
            if let BlockKind::Heading { level: heading } = leaf.kind {
                level = heading;
            }
        }
        seen = turn.leaf;
        let reach = turns.get(at + 1).map_or(leaves.len(), |next| next.leaf);
        let is_heading = |leaf: &&&Block| matches!(leaf.kind, BlockKind::Heading { .. } | BlockKind::Footnote);
        let behind = turn.leaf + 1;
        let length = leaves[behind..reach].iter().position(|leaf| is_heading(&leaf)).unwrap_or(reach - behind);
        let range = TextRange::new(turn.start, leaves[turn.leaf + length].range.end());
        parts.push(Part::new(PartKind::Speech, Some(turn.opening.speaker.clone()), level + 1, range));
    }
    parts
}

/// Adds the facts of the sitting that the source does not declare.
fn add_sitting_facts(document: &Document, found: &mut Recognised) {
    let mut sitting = sitting::read_sitting(document);
    let declared = document.metadata.get(Key::Institution).and_then(sitting::house);
    sitting.house = declared.or(sitting.house);
    let unknown = |key: Key| document.metadata.get(key).is_none();
    let state = |key: Key, value: Option<String>, metadata: &mut Metadata| {
        if let Some(value) = value.filter(|_| unknown(key)) {
            metadata.set(key, value);
        }
    };
    state(Key::Institution, sitting.house.map(|(name, _)| name.to_owned()), &mut found.metadata);
    state(Key::Country, sitting.house.map(|(_, country)| country.to_owned()), &mut found.metadata);
    state(Key::Legislature, sitting.legislature, &mut found.metadata);
    state(Key::Dated, sitting.date.clone().or_else(|| document.date.clone()), &mut found.metadata);
    if document.date.is_none() {
        found.date = sitting.date;
    }
    if document.genre != Genre::Debate {
        found.title = sitting.title;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::DocumentBuilder;

    fn document(lines: &[(BlockKind, &str)]) -> Document {
        let mut builder = DocumentBuilder::new();
        for (kind, line) in lines {
            builder.start(*kind, 0);
            builder.push(line, None);
        }
        builder.finish(None)
    }

    const P: BlockKind = BlockKind::Paragraph;
    const H: BlockKind = BlockKind::Heading { level: 2 };

    #[test]
    fn turns_are_parts_and_the_paragraphs_behind_belong_to_them() {
        let document = document(&[
            (BlockKind::Heading { level: 1 }, "Séance du mardi 29 janvier 2013"),
            (P, "M. le président. La séance est ouverte."),
            (H, "Questions"),
            (P, "M. le président. La parole est à Mme Unetelle."),
            (P, "Mme Jeanne Unetelle. Oui."),
            (P, "Encore un mot."),
            (P, "(Applaudissements.)"),
            (P, "M. Jean Untel, ministre. Non."),
            (P, "M. le président. La séance est levée."),
        ]);
        let found = recognise(&document).unwrap();
        let parts: Vec<(u8, &str, &str)> = found
            .parts
            .iter()
            .map(|part| (part.level, part.label.as_deref().unwrap(), document.slice(part.range)))
            .collect();
        assert_eq!(
            parts,
            [
                (2, "le président", "M. le président. La séance est ouverte."),
                (3, "le président", "M. le président. La parole est à Mme Unetelle."),
                (3, "Jeanne Unetelle", "Mme Jeanne Unetelle. Oui.\nEncore un mot.\n(Applaudissements.)"),
                (3, "Jean Untel", "M. Jean Untel, ministre. Non."),
                (3, "le président", "M. le président. La séance est levée."),
            ]
        );
        assert_eq!((found.date.as_deref(), found.metadata.get(Key::Dated)), (Some("2013-01-29"), Some("2013-01-29")));
        assert!(found.confidence > 0.9);
    }

    #[test]
    fn names_alone_on_their_lines_are_turns_when_the_chair_uses_this_style() {
        let mut lines = vec![(P, "Présidence de M. Untel")];
        for name in ["Jeanne Unetelle", "Jean Untel", "Jacques Autre"] {
            lines.extend([(P, "le président"), (P, "La parole est à l'orateur."), (P, name), (P, "Merci !")]);
        }
        let found = recognise(&document(&lines)).unwrap();
        let labels: Vec<&str> = found.parts.iter().filter_map(|part| part.label.as_deref()).collect();
        assert_eq!(
            labels,
            ["le président", "Jeanne Unetelle", "le président", "Jean Untel", "le président", "Jacques Autre"]
        );
    }

    #[test]
    fn letters_reports_and_single_speeches_are_no_debates() {
        let letter = [(P, "Monsieur le Président,"), (P, "M. Untel. a dit cela."), (P, "Mme Unetelle."), (P, "Fin.")];
        let speech = [(P, "Mr. President, I thank you."), (P, "The question is: how?"), (P, "Mr. Smith: he said so.")];
        let key_facts = [(P, "Auteur : M. Untel"), (P, "Ministère : Justice"), (P, "Date : 3 mars 2019")];
        for lines in [letter.as_slice(), &speech, &key_facts] {
            assert_eq!(recognise(&document(lines)), None);
        }
    }
}
