//! Reads written questions of the Belgian Chamber as exported: « DE KAMER — Schriftelijke vraag 184501 », the date, the
//! author, the minister, « VRAAG », « ANTWOORD », or the same in French.

use super::form::FormResult;
use super::headline::HEAD_LINES;
use crate::document::{Genre, Key, Metadata, PartKind};
use crate::genre::reading::key_data::number_in;
use crate::genre::reading::lines::{FoldedLine, fold, one_spaced};
use crate::genre::reading::people;
use crate::text::date;

const KINDS: [&str; 4] = ["schriftelijke vraag", "question ecrite", "mondelinge vraag", "question orale"];
const QUESTIONS: [&str; 3] = ["vraag", "question", "tekst van de vraag"];
const ANSWERS: [&str; 3] = ["antwoord", "reponse", "antwoord van de minister"];

/// Reads a question of this form: a headline that names the kind, and the names of the sections.
pub(super) fn read_form(lines: &[FoldedLine]) -> Option<FormResult> {
    let named = |names: &[&str]| {
        lines
            .iter()
            .position(|line| line.text.len() <= 40 && names.contains(&line.folded().trim_end_matches([':', ' '])))
    };
    let question = named(&QUESTIONS).filter(|at| *at < HEAD_LINES)?;
    let answer = named(&ANSWERS).filter(|at| *at > question);
    let head = lines[..question].iter().position(|line| KINDS.iter().any(|kind| line.folded().contains(kind)))?;
    let belgian = ["kamer", "chambre"].iter().any(|word| lines[head].folded().contains(word));
    if !belgian && answer.is_none() {
        return None;
    }
    let genre = if lines[head].folded().contains("mond") || lines[head].folded().contains("orale") {
        Genre::OralQuestion
    } else {
        Genre::WrittenQuestion
    };
    let mut result = FormResult::new(genre, if belgian { 0.93 } else { 0.7 });
    result.facts = facts(&lines[head..question], belgian);
    result.title = title(&lines[question + 1..answer.unwrap_or(lines.len())]);
    result.key_data = (head + 1..question).collect();
    result.headings = [Some(question), answer].into_iter().flatten().collect();
    let end = answer.unwrap_or(lines.len());
    result.sections = vec![(PartKind::KeyData, head + 1..question), (PartKind::Question, question..end)];
    result.sections.extend(answer.filter(|at| at + 1 < lines.len()).map(|at| (PartKind::Answer, at..lines.len())));
    result.sections.retain(|(_, span)| !span.is_empty());
    Some(result)
}

/// Returns the facts of the headline and the lines below it, which may have been joined: number, date, author,
/// minister.
fn facts(head: &[FoldedLine], belgian: bool) -> Metadata {
    let mut facts = Metadata::default();
    let text = head.iter().filter(|line| line.is_short()).map(|line| line.text).collect::<Vec<_>>().join(" ");
    if belgian {
        let dutch = head[0].folded().contains("vraag");
        facts.set(
            Key::Institution,
            if dutch { "Kamer van volksvertegenwoordigers" } else { "Chambre des représentants" },
        );
        facts.set(Key::Country, "BE");
    }
    if let Some(number) = number_in(&text) {
        facts.set(Key::Number, number);
        let kind = text.split(number).next().unwrap_or("").rsplit(['—', '–']).next().unwrap_or("");
        facts.set(Key::QuestionType, kind.trim_end_matches(|c: char| !c.is_alphabetic()).trim());
    }
    let Some(asked) = date::dates(&text).into_iter().next() else { return facts };
    facts.set(Key::AskedOn, asked.iso);
    asker_and_minister(&text[asked.bytes.end..], &mut facts);
    facts
}

/// Parses the author, the group and the minister: « Unetelle, Anna (MR) Minister van Mobiliteit ».
fn asker_and_minister(text: &str, facts: &mut Metadata) {
    let Some((name, (group, minister))) =
        text.split_once('(').and_then(|(name, rest)| Some((name, rest.split_once(')')?)))
    else {
        return;
    };
    facts.set(Key::Author, usual_order(name.trim()));
    facts.set(Key::Group, group.trim());
    let folded = fold(minister);
    if ["minist", "staatssecretaris", "secretaire d'etat"].iter().any(|office| folded.contains(office)) {
        facts.set(Key::MinistryAsked, one_spaced(minister));
    }
}

/// Puts the first name first: « Burton, Emmanuel » becomes « Emmanuel Burton ».
fn usual_order(name: &str) -> String {
    let turned = name.split_once(", ").map(|(surname, first)| format!("{first} {surname}"));
    people::bare(&turned.unwrap_or_else(|| name.to_owned()))
}

/// Returns a short first line below « VRAAG » as the title.
fn title(text: &[FoldedLine]) -> Option<String> {
    let first = text.first().filter(|line| text.len() > 1 && line.text.len() <= 200)?;
    (!first.text.ends_with(['?', ':', ';'])).then(|| first.text.trim_end_matches(['.', ' ']).to_owned())
}
