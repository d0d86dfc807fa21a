//! Reads written questions of German parliaments in printed papers: « Kleine Anfrage 1297 », « Die Kleine Anfrage … hat
//! folgenden Wortlaut », « Ich frage die Landesregierung », « Antwort der Bundesregierung ». A page that only lists
//! papers has no such text and is not recognised.

use super::form::FormResult;
use super::headline::HEAD_LINES;
use crate::document::{Genre, Key, Metadata, PartKind};
use crate::genre::reading::key_data::number_in;
use crate::genre::reading::lines::FoldedLine;
use crate::text::date;

const KINDS: [&str; 4] = ["kleine anfrage", "grosse anfrage", "schriftliche anfrage", "mundliche anfrage"];
const ASKS: [&str; 5] = ["ich frage", "wir fragen", "fragen wir", "frage ich", "folgenden wortlaut"];
const ANSWERS: [&str; 3] = ["antwort", "vorbemerkung der bundesregierung", "namens der"];

/// Reads a question of this form: a headline, words that introduce the question, and an answer if there is one.
pub(super) fn read_form(lines: &[FoldedLine]) -> Option<FormResult> {
    let head = lines
        .iter()
        .take(HEAD_LINES)
        .position(|line| line.text.len() <= 300 && is_paper(line.text) && kind(line).is_some())?;
    let asks = (head..lines.len()).find(|at| ASKS.iter().any(|words| lines[*at].folded().contains(words)))?;
    let answer = (asks + 1..lines.len()).find(|at| is_answer(&lines[*at]));
    let genre = if lines[head].folded().contains("mundliche") { Genre::OralQuestion } else { Genre::WrittenQuestion };
    let mut result = FormResult::new(genre, if answer.is_some() { 0.85 } else { 0.7 });
    result.facts = facts(lines, head, answer);
    let end = answer.unwrap_or(lines.len());
    result.sections = vec![(PartKind::Question, head + 1..end)];
    result.sections.extend(answer.map(|at| (PartKind::Answer, at..lines.len())));
    result.sections.retain(|(_, span)| !span.is_empty());
    Some(result)
}

/// Whether the text has the word common to all kinds; tested before folding, which is slower.
fn is_paper(text: &str) -> bool {
    ["nfrage", "NFRAGE"].iter().any(|word| text.contains(word))
}

fn kind(line: &FoldedLine) -> Option<&'static str> {
    KINDS.iter().find(|kind| line.folded().starts_with(**kind) || line.folded().contains(&format!(" {kind} "))).copied()
}

fn is_answer(line: &FoldedLine) -> bool {
    line.text.len() <= 300 && ANSWERS.iter().any(|words| line.folded().starts_with(words))
        || line.folded().contains("wie folgt beantwortet")
        || line.folded().contains("beantwortet die kleine anfrage")
}

fn facts(lines: &[FoldedLine], head: usize, answer: Option<usize>) -> Metadata {
    let mut facts = Metadata::default();
    facts.set(Key::Country, "DE");
    let words: Vec<&str> = lines[head].text.split_whitespace().take(3).collect();
    let is_kind = |pair: &&[&str]| pair[1].starts_with("Anfrage");
    let kind = words.windows(2).find(is_kind).map(|pair| pair.join(" "));
    if let Some(kind) = kind {
        facts.set(Key::QuestionType, kind);
    }
    let behind = lines[head].text.find("nfrage").map_or("", |at| &lines[head].text[at..]);
    let number = number_in(behind).filter(|_| behind.len() <= 40);
    if let Some(number) = number {
        facts.set(Key::Number, number);
    }
    if let Some(date) = date::first(lines[head].text) {
        facts.set(Key::AskedOn, date);
    }
    let answered = answer.and_then(|at| date::first(lines[at].text).filter(|_| lines[at].text.len() <= 400));
    if let Some(date) = answered {
        facts.set(Key::AnsweredOn, date);
    }
    facts
}
