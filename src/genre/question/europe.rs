//! Reads questions for written or oral answer of the European Parliament, in English, French and German: « Question for
//! written answer E-004819/2020 to the Commission », « Subject: … », « Answer given by … on behalf of the European
//! Commission ».

use super::form::FormResult;
use super::headline::HEAD_LINES;
use crate::document::{Genre, Key, Metadata, PartKind};
use crate::genre::reading::lines::{FoldedLine, fold, one_spaced};
use crate::genre::reading::people;
use crate::text::date;

/// Words that open the headline, folded, with the genre.
const HEADLINES: [(&str, Genre); 10] = [
    ("question for written answer", Genre::WrittenQuestion),
    ("priority question for written answer", Genre::WrittenQuestion),
    ("written question", Genre::WrittenQuestion),
    ("question avec demande de reponse ecrite", Genre::WrittenQuestion),
    ("anfrage zur schriftlichen beantwortung", Genre::WrittenQuestion),
    ("question for oral answer", Genre::OralQuestion),
    ("question avec demande de reponse orale", Genre::OralQuestion),
    ("anfrage zur mundlichen beantwortung", Genre::OralQuestion),
    ("parliamentary question", Genre::WrittenQuestion),
    ("question parlementaire", Genre::WrittenQuestion),
];

const SUBJECTS: [&str; 3] = ["subject", "objet", "betrifft"];
const ANSWERS: [&str; 8] = [
    "answer given by",
    "joint answer given by",
    "reponse donnee par",
    "reponse commune donnee par",
    "reponse de ",
    "antwort von ",
    "answer in writing given by",
    "reply",
];
const FOR_THE_COMMISSION: [&str; 4] =
    ["on behalf of the", "au nom de la commission", "im namen der", "au nom du conseil"];

pub(super) fn read_form(lines: &[FoldedLine]) -> Option<FormResult> {
    let (head, genre) =
        lines.iter().take(HEAD_LINES).enumerate().find_map(|(at, line)| kind(line).map(|genre| (at, genre)))?;
    let answer = lines.iter().position(is_answer);
    let number = number(&lines[head.saturating_sub(2)..lines.len().min(head + 2)])?;
    let subject = lines.iter().take(HEAD_LINES).position(|line| subject(line).is_some());
    subject.or(answer)?;
    let mut result = FormResult::new(genre, 0.95);
    result.title = subject.and_then(|at| self::subject(&lines[at]).map(str::to_owned));
    let last = subject.unwrap_or(head).max(head);
    result.facts = facts(lines, head, last, answer);
    result.facts.set(Key::Number, number);
    result.key_data = (head..=last).filter(|at| Some(*at) != subject).collect();
    let asked = (last + 1).min(answer.unwrap_or(lines.len()))..answer.unwrap_or(lines.len());
    result.sections.extend((!asked.is_empty()).then_some((PartKind::Question, asked)));
    result.sections.extend(answer.map(|at| (PartKind::Answer, at..lines.len())));
    Some(result)
}

fn kind(line: &FoldedLine) -> Option<Genre> {
    let begins = line.may_begin(HEADLINES.iter().map(|(words, _)| *words));
    let found = HEADLINES.iter().find(|(words, _)| begins && line.is_short() && line.folded().starts_with(words));
    found.map(|(_, genre)| *genre)
}

fn is_answer(line: &FoldedLine) -> bool {
    let opens = ANSWERS.iter().any(|words| line.folded().starts_with(words));
    line.is_short() && opens && FOR_THE_COMMISSION.iter().any(|words| line.folded().contains(words))
}

fn subject<'a>(line: &FoldedLine<'a>) -> Option<&'a str> {
    let (name, rest) = line.text.split_once(':')?;
    let known = SUBJECTS.contains(&fold(name).as_str());
    (known && !rest.trim().is_empty() && rest.len() <= 400).then(|| rest.trim())
}

/// Returns the number: « E-004819/2020 », « E-2538/08 », « P-001234/2019/rev.1 ».
fn number(lines: &[FoldedLine]) -> Option<String> {
    let words = lines.iter().flat_map(|line| line.text.split([' ', '\u{a0}', ',', '(']));
    let is_number = |word: &&str| {
        let mut bytes = word.bytes();
        let letter = bytes.next().is_some_and(|byte| b"EPOHQ".contains(&byte)) && bytes.next() == Some(b'-');
        letter && word.contains('/') && bytes.next().is_some_and(|byte| byte.is_ascii_digit())
    };
    words.into_iter().find(is_number).map(|word| word.trim_end_matches(['.', ')', ';']).to_owned())
}

fn facts(lines: &[FoldedLine], head: usize, last: usize, answer: Option<usize>) -> Metadata {
    let mut facts = Metadata::default();
    facts.set(
        Key::Institution,
        if lines[head].folded().contains("beantwortung") {
            "Europäisches Parlament"
        } else if lines[head].folded().starts_with("question avec") {
            "Parlement européen"
        } else {
            "European Parliament"
        },
    );
    facts.set(Key::Country, "EU");
    let (kind, _) = lines[head].text.split_once([':', '(']).unwrap_or((lines[head].text, ""));
    let kind: Vec<&str> =
        kind.split_whitespace().take_while(|word| !word.contains(|c: char| c.is_ascii_digit())).collect();
    facts.set(Key::QuestionType, kind.join(" "));
    let around = head.saturating_sub(3)..=last;
    let asked =
        lines[around.clone()].iter().filter(|line| line.text.len() <= 160).find_map(|line| date::first(line.text));
    if let Some(date) = asked {
        facts.set(Key::AskedOn, date);
    }
    askers(&lines[around], &mut facts);
    if let Some(at) = answer {
        answered(lines, at, &mut facts);
    }
    facts
}

/// Sets the authors and their groups: « Elżbieta Kruk (ECR), Anna Una (PPE) », with or without « by » before them.
fn askers(lines: &[FoldedLine], facts: &mut Metadata) {
    let named = lines.iter().filter(|line| line.is_short()).find_map(|line| {
        let text = one_spaced(line.text);
        let from = text.find(" by ").map_or(0, |at| at + 4);
        let (names, groups) = pairs(&text[from..]);
        (!names.is_empty()).then_some((names, groups))
    });
    let Some((askers, groups)) = named else { return };
    facts.set(Key::Author, askers[0].as_str());
    facts.set(Key::Group, groups[0].as_str());
    if askers.len() > 1 {
        facts.set_all(Key::AskedBy, askers);
    }
}

fn pairs(text: &str) -> (Vec<String>, Vec<String>) {
    let pieces = text.split(')').filter_map(|piece| piece.split_once('('));
    let named = pieces.filter_map(|(name, group)| {
        let name = people::bare(name.trim_start_matches([',', ' ', ';']).trim_start_matches("and "));
        (people::is_name(&name) && group.len() <= 20).then(|| (name, group.trim().to_owned()))
    });
    named.unzip()
}

fn answered(lines: &[FoldedLine], at: usize, facts: &mut Metadata) {
    let near = lines[at..lines.len().min(at + 3)].iter().chain(lines[at.saturating_sub(1)..at].iter());
    let date = near.filter(|line| line.text.len() <= 200).find_map(|line| date::first(line.text));
    if let Some(date) = date {
        facts.set(Key::AnsweredOn, date);
    }
    let text = one_spaced(lines[at].text);
    let body = ["on behalf of the ", "au nom de la ", "im Namen der "].iter().find_map(|words| text.split_once(*words));
    if let Some((_, body)) = body {
        facts.set(Key::MinistryAnswering, body.split(['(', ',']).next().unwrap_or(body).trim());
    }
}
