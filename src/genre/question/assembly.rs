//! Reads questions of the Assemblée nationale, from the pages of the 7th legislature to the current site and the texts
//! exported from them: a headline, lines of key data before or after it, « Texte de la question », « Texte de la
//! réponse ». Evidence is the headline with the names of the sections, or with three facts that occur only on such
//! pages.

use std::ops::Range;

use super::form::FormResult;
use super::headline::{self, HEAD_LINES, Headline, QuestionKind};
use super::turns;
use crate::document::{Key, Metadata, PartKind};
use crate::genre::reading::key_data;
use crate::genre::reading::key_data::{Fact, StatedFact, value};
use crate::genre::reading::lines::{FoldedLine, fold, one_spaced};
use crate::genre::reading::people;

/// Names of sections, folded.
const SECTIONS: [(&str, PartKind); 12] = [
    ("texte de la question", PartKind::Question),
    ("texte question", PartKind::Question),
    ("texte de la reponse", PartKind::Answer),
    ("texte reponse", PartKind::Answer),
    ("question", PartKind::Question),
    ("reponse", PartKind::Answer),
    ("debat", PartKind::Answer),
    ("donnees cles", PartKind::KeyData),
    ("date(s) cle(e)s", PartKind::KeyData),
    ("date(s) cle(s)", PartKind::KeyData),
    ("dates cles", PartKind::KeyData),
    ("date(s) clee(s)", PartKind::KeyData),
];

/// Texts in place of a missing answer, folded.
const NO_ANSWER: [&str; 5] = [
    "en attente de reponse",
    "cette question est en attente",
    "pas encore de reponse",
    "pas de reponse",
    "la question n'a pas encore",
];

pub(super) fn read_form(lines: &[FoldedLine]) -> Option<FormResult> {
    let sections = sections(lines);
    let stated = facts_between(lines, &sections);
    let head = headline::find_headline(lines);
    let kind = kind(lines, head.as_ref(), &stated)?;
    let confidence = confidence(&sections, &stated, head.is_some())?;
    let mut result = FormResult::new(kind.genre, confidence);
    result.facts = facts(lines, head.as_ref(), &stated, &kind);
    result.title = title(lines, head.as_ref(), &stated);
    let key_data = key_data_lines(lines, head.as_ref(), &stated, &sections);
    result.sections = spoken_or_written(lines, &sections, &result.facts);
    result.sections.extend(runs(&key_data, &sections).into_iter().map(|run| (PartKind::KeyData, run)));
    result.headings = sections.iter().map(|(_, span)| span.start).collect();
    result.key_data = key_data;
    Some(result)
}

/// Returns the sections including their headings; each extends to the next.
fn sections(lines: &[FoldedLine]) -> Vec<(PartKind, Range<usize>)> {
    let named = |line: &FoldedLine| {
        let name = (line.text.len() <= 40).then(|| line.folded().trim_end_matches([':', ' ']))?;
        SECTIONS.iter().find(|(section, _)| *section == name).map(|(_, kind)| *kind)
    };
    let starts: Vec<(usize, PartKind)> =
        lines.iter().enumerate().filter_map(|(at, line)| named(line).map(|kind| (at, kind))).collect();
    let end = |i: usize| starts.get(i + 1).map_or(lines.len(), |(next, _)| *next);
    starts.iter().enumerate().map(|(i, (at, kind))| (*kind, *at..end(i))).collect()
}

/// Reads key data outside the question and the answer.
fn facts_between(lines: &[FoldedLine], sections: &[(PartKind, Range<usize>)]) -> Vec<StatedFact> {
    let first = sections.first().map_or(lines.len().min(HEAD_LINES), |(_, span)| span.start);
    let mut stated = key_data::parse_facts(&lines[..first], 0);
    for (_, span) in sections.iter().filter(|(kind, _)| *kind == PartKind::KeyData) {
        stated.extend(key_data::parse_facts(&lines[span.clone()], span.start));
    }
    stated
}

fn kind(lines: &[FoldedLine], head: Option<&Headline>, stated: &[StatedFact]) -> Option<QuestionKind> {
    let of = |text: &str| headline::kind(text, &fold(text)).map(|(kind, _)| kind);
    head.and_then(|head| head.kind.clone()).or_else(|| value(stated, Fact::Type).and_then(of)).or_else(|| {
        let alone = |line: &&FoldedLine| line.text.len() <= 40 && headline::may_be_named(line.text);
        lines.iter().take(HEAD_LINES).filter(alone).find_map(|line| of(line.text))
    })
}

/// Computes the confidence: from the question's section with a headline, from the number of facts, or from both.
fn confidence(sections: &[(PartKind, Range<usize>)], stated: &[StatedFact], headed: bool) -> Option<f32> {
    let questions = sections.iter().filter(|(kind, _)| *kind == PartKind::Question).count();
    let distinctive = [Fact::Asked, Fact::Answering, Fact::Heading, Fact::AskedOn, Fact::Sitting];
    let facts = distinctive.iter().filter(|fact| stated.iter().any(|stated| stated.fact == **fact)).count();
    match (questions, facts, headed) {
        (2.., _, _) => None,
        (1, 1.., true) => Some(0.98),
        (_, 3.., true) => Some(0.95),
        (1, 0, true) => Some(0.9),
        (1, 2.., false) => Some(0.8),
        _ => None,
    }
}

fn facts(lines: &[FoldedLine], head: Option<&Headline>, stated: &[StatedFact], kind: &QuestionKind) -> Metadata {
    let mut facts = key_data::metadata(stated);
    facts.set(Key::Institution, "Assemblée nationale");
    facts.set(Key::Country, "FR");
    let written = value(stated, Fact::Type).filter(|written| written.contains(' '));
    facts.set(Key::QuestionType, written.unwrap_or(&kind.name));
    if let Some(number) = headline::legislature(lines) {
        facts.set(Key::Legislature, number);
    }
    if let Some(head) = head {
        facts.set(Key::Number, head.number.as_str());
        if facts.get(Key::Author).is_none() {
            author(lines, head, &mut facts);
        }
    }
    facts
}

/// Sets the author: « de Mme Unetelle (Groupe - Département) » near the headline, or a name alone on a line.
fn author(lines: &[FoldedLine], head: &Headline, facts: &mut Metadata) {
    let near = || lines.iter().skip(head.line).take(4).filter(|line| line.is_short());
    let bracketed = near().find_map(|line| {
        let (before, rest) = line.text.split_once('(')?;
        let at = if fold(before).starts_with("question") { before.rfind("de ")? } else { 0 };
        let (inside, _) = rest.rsplit_once(')')?;
        let name = before[at..].trim();
        ["de ", "m.", "m ", "mme", "mlle"].iter().any(|start| fold(name).starts_with(start)).then_some((name, inside))
    });
    if let Some((name, inside)) = bracketed {
        let text = lines.iter().map(|line| line.text).find(|text| text.len() > 200).unwrap_or("");
        let name = people::bare(name);
        // Old pages, recognised by « Question N° : 12 », write the surname first.
        let surname_first = lines[head.line].text.contains(':');
        let name = if surname_first { people::first_name_first(&name, text) } else { name };
        facts.set(Key::Author, name);
        let (group, constituency) = inside.rsplit_once(" - ").unwrap_or((inside, ""));
        facts.set(Key::Group, group.trim());
        facts.set(Key::Constituency, constituency.trim());
        return;
    }
    if let Some(name) = signed_alone(near()).or_else(|| named_in_text(lines)) {
        facts.set(Key::Author, name);
    }
}

/// Returns the author's name alone on a line: « Mme Unetelle ».
fn signed_alone<'a>(mut near: impl Iterator<Item = &'a FoldedLine<'a>>) -> Option<String> {
    near.find_map(|line| {
        let name = people::bare(line.text);
        (name.len() < line.text.len() && line.text.len() <= 80 && people::is_name(&name)).then_some(name)
    })
}

/// Returns the author named at the beginning of the question: « Mme Unetelle attire l'attention de … ».
fn named_in_text(lines: &[FoldedLine]) -> Option<String> {
    let asks = ["attire", "appelle", "interroge", "demande", "alerte", "interpelle", "souhaite", "expose", "rappelle"];
    lines.iter().filter(|line| line.text.len() > 80).find_map(|line| {
        let opening = one_spaced(&line.text[..line.text.floor_char_boundary(120)]);
        let end = asks.iter().filter_map(|verb| opening.find(&format!(" {verb} "))).min()?;
        let name = people::bare(&opening[..end]);
        (name.len() < end && people::is_name(&name)).then_some(name)
    })
}

/// Returns the title: the stated one, otherwise the analysis, the text after the number in the headline, or the line
/// before it.
fn title(lines: &[FoldedLine], head: Option<&Headline>, stated: &[StatedFact]) -> Option<String> {
    let tidy = |words: &str| words.trim_end_matches(['.', ' ']).to_owned();
    let of = |fact| value(stated, fact).map(tidy).filter(|words| !words.is_empty());
    if let Some(title) = of(Fact::Title) {
        return Some(title);
    }
    let closer = of(Fact::Topic).or_else(|| of(Fact::Heading));
    if let (Some(topic), Some(analysis)) = (closer, of(Fact::Analysis)) {
        return Some(format!("{topic} – {analysis}"));
    }
    let head = head?;
    let behind = head.behind.trim_start_matches([':', '-', '–', '—', ' ']);
    if behind.len() < head.behind.len() && !behind.is_empty() {
        return Some(behind.to_owned());
    }
    let before = head.line.checked_sub(1).map(|at| &lines[at])?;
    let furniture = ["assemblee nationale", "legislature", "accueil", "question"];
    let names = !furniture.iter().any(|word| before.folded().contains(word)) && before.text.len() <= 300;
    let words = if names { before.text } else { lines[head.line].text };
    Some(words.to_owned())
}

/// Returns the lines of key data, with the lines near the headline if they precede the text of the question.
fn key_data_lines(
    lines: &[FoldedLine],
    head: Option<&Headline>,
    stated: &[StatedFact],
    sections: &[(PartKind, Range<usize>)],
) -> Vec<usize> {
    let mut numbers: Vec<usize> = stated.iter().flat_map(|stated| stated.lines.clone()).collect();
    let first = sections.first().map_or(lines.len(), |(_, span)| span.start);
    // On a web page the headline is in the block of key data; in an exported text it is separate, below the title.
    let in_block = numbers.first().is_some_and(|number| *number < first);
    if let Some(head) = head.filter(|_| in_block) {
        let from = head.line;
        let to = numbers.first().copied().unwrap_or(from).max(from);
        numbers.extend(from..to);
    }
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Groups lines of key data into ranges; a range below « Données clés » starts at that heading.
fn runs(numbers: &[usize], sections: &[(PartKind, Range<usize>)]) -> Vec<Range<usize>> {
    let under = sections.iter().filter(|(kind, _)| *kind == PartKind::KeyData).map(|(_, span)| span.clone());
    let mut runs: Vec<Range<usize>> = Vec::new();
    for span in under {
        match runs.last_mut().filter(|run| run.end == span.start) {
            Some(run) => run.end = span.end,
            None => runs.push(span),
        }
    }
    let first = sections.first().map_or(usize::MAX, |(_, span)| span.start);
    let ahead: Vec<usize> = numbers.iter().copied().filter(|number| *number < first).collect();
    if let (Some(from), Some(to)) = (ahead.first(), ahead.last()) {
        runs.insert(0, *from..to + 1);
    }
    runs
}

/// Returns question and answer by their sections, or by speaker if the record of a sitting replaces both.
fn spoken_or_written(
    lines: &[FoldedLine],
    sections: &[(PartKind, Range<usize>)],
    facts: &Metadata,
) -> Vec<(PartKind, Range<usize>)> {
    let has_text = |span: &Range<usize>| {
        let text = &lines[(span.start + 1).min(span.end)..span.end];
        let waits = |line: &FoldedLine| NO_ANSWER.iter().any(|words| line.folded().starts_with(words));
        let waiting = text.len() <= 2 && text.iter().any(waits);
        !text.is_empty() && !waiting
    };
    let of = |wanted: PartKind| {
        sections.iter().find(|(kind, span)| *kind == wanted && has_text(span)).map(|(_, span)| span.clone())
    };
    let (question, answer) = (of(PartKind::Question), of(PartKind::Answer));
    if question.is_none()
        && let Some(record) = &answer
        && let Some((asked, answered)) = turns::question_and_answer(lines, record.clone(), facts.get(Key::Author))
    {
        return vec![(PartKind::Question, asked), (PartKind::Answer, answered)];
    }
    let question = question.map(|span| (PartKind::Question, span));
    question.into_iter().chain(answer.map(|span| (PartKind::Answer, span))).collect()
}
