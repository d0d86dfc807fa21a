//! Reads questions of the Sénat: « Question écrite n° 01234 de Mme Unetelle (Département - GROUPE) », « publiée dans le
//! JO Sénat du 12/03/2020 - page 1234 », the text, « Réponse du Ministère … publiée … ». Older and newer pages have the
//! author on a line of its own: « Question de M. UNTEL … publiée le … ».

use super::form::FormResult;
use super::headline::{self, HEAD_LINES};
use crate::document::{Genre, Key, Metadata, PartKind};
use crate::genre::reading::key_data::page_in;
use crate::genre::reading::lines::{FoldedLine, one_spaced};
use crate::genre::reading::people;
use crate::text::date;

pub(super) fn read_form(lines: &[FoldedLine]) -> Option<FormResult> {
    let asked = lines.iter().take(HEAD_LINES).position(is_asked)?;
    let published = lines.iter().skip(asked).take(3).position(is_published).map(|at| asked + at)?;
    let head = headline::find_headline(&lines[..lines.len().min(asked + 2)]);
    let (name, genre) = kind(lines, asked, head.as_ref());
    let mut result = FormResult::new(genre, if head.is_some() { 0.95 } else { 0.75 });
    result.facts = facts(lines, asked, published);
    result.facts.set(Key::QuestionType, name);
    if let Some(head) = &head {
        result.facts.set(Key::Number, head.number.as_str());
    }
    let first = head.as_ref().map_or(asked, |head| head.line.min(asked));
    result.title = Some(title(lines, first));
    result.key_data = (first..=published).collect();
    result.sections = sections(lines, first, published, &mut result.facts);
    Some(result)
}

/// Whether a line names the author, at the end of the headline or alone: « … de M. Untel (Rhône - SOC) … ».
fn is_asked(line: &FoldedLine) -> bool {
    line.is_short()
        && headline::may_be_named(line.text)
        && line.folded().starts_with("question")
        && author(line.text).is_some()
}

fn is_published(line: &FoldedLine) -> bool {
    let dated = ["publiee dans le jo", "publiee au jo", "publiee le", "publie dans le jo"];
    line.is_short() && dated.iter().any(|words| line.folded().contains(words)) && date::first(line.text).is_some()
}

/// Returns the author's name, and the text in brackets after it.
fn author(text: &str) -> Option<(&str, &str)> {
    let (before, rest) = text.split_once('(')?;
    let at = before.find(" de ").map(|at| at + 4)?;
    let (inside, _) = rest.split_once(')')?;
    (before.len() <= 160 && inside.contains('-')).then_some((before[at..].trim(), inside))
}

fn kind(lines: &[FoldedLine], asked: usize, head: Option<&headline::Headline>) -> (String, Genre) {
    let own = headline::kind(lines[asked].text, lines[asked].folded()).map(|(kind, _)| kind);
    let kind = head.and_then(|head| head.kind.clone()).or(own);
    kind.map_or(("Question".to_owned(), Genre::WrittenQuestion), |kind| (kind.name, kind.genre))
}

fn facts(lines: &[FoldedLine], asked: usize, published: usize) -> Metadata {
    let mut facts = Metadata::default();
    facts.set(Key::Institution, "Sénat");
    facts.set(Key::Country, "FR");
    if let Some(number) = headline::legislature(lines) {
        facts.set(Key::Legislature, number);
    }
    if let Some((name, inside)) = author(lines[asked].text) {
        facts.set(Key::Author, people::surname_in_capitals_last(&people::bare(name)));
        let (constituency, group) = inside.rsplit_once('-').unwrap_or((inside, ""));
        let spaced = inside.rsplit_once(" - ").unwrap_or((constituency, group));
        facts.set(Key::Constituency, spaced.0.trim());
        facts.set(Key::Group, spaced.1.trim());
    }
    dated(lines[published].text, Key::AskedOn, Key::AskedPage, &mut facts);
    facts
}

fn dated(text: &str, on: Key, page: Key, facts: &mut Metadata) {
    let text = one_spaced(text);
    let from = text.find("publié").unwrap_or(0);
    if let Some(date) = date::first(&text[from..]) {
        facts.set(on, date);
    }
    if let Some(number) = page_in(&text[from..]) {
        facts.set(page, number);
    }
}

/// Returns the line before the headline as the title.
fn title(lines: &[FoldedLine], first: usize) -> String {
    let above = lines[..first].iter().rev().take(3);
    let names = |line: &&FoldedLine| {
        !["legislature", "senat", "accueil"].iter().any(|word| line.folded().contains(word)) && line.text.len() <= 300
    };
    let found = above.take_while(names).next().map_or(lines[first].text, |line| line.text);
    found.to_owned()
}

fn sections(
    lines: &[FoldedLine],
    first: usize,
    published: usize,
    facts: &mut Metadata,
) -> Vec<(PartKind, std::ops::Range<usize>)> {
    let is_answer = |line: &FoldedLine| line.is_short() && line.folded().starts_with("reponse d");
    let answer = (published + 1..lines.len()).find(|at| {
        let minister = lines[*at].folded().contains("minist") || lines[*at].folded().contains("secretariat");
        is_answer(&lines[*at]) && minister
    });
    let end = answer.unwrap_or(lines.len());
    let mut sections = vec![(PartKind::KeyData, first..published + 1), (PartKind::Question, published + 1..end)];
    if let Some(at) = answer {
        facts.set(Key::MinistryAnswering, ministry(lines[at].text));
        let dated_line = lines[at..lines.len().min(at + 2)].iter().find(|line| is_published(line));
        if let Some(line) = dated_line {
            dated(line.text, Key::AnsweredOn, Key::AnsweredPage, facts);
        }
        sections.push((PartKind::Answer, at..lines.len()));
    }
    sections.retain(|(_, span)| !span.is_empty());
    sections
}

/// Returns the ministry: « Réponse du Ministère de l'intérieur publiée … » gives « Ministère de l'intérieur ».
fn ministry(text: &str) -> String {
    let text = one_spaced(text);
    let from = text.find("inistère").map_or(0, |at| at - 1);
    let until = text.find(" publié").unwrap_or(text.len());
    let words = text.get(from..until).unwrap_or(&text);
    words.split_once(": ").map_or(words, |(_, name)| name).trim().to_owned()
}
