//! Parses lines of key data: « Auteur : Mme Unetelle », « Rubrique > transports », « Question publiée au JO le :
//! 07/02/2017 page : 12 », also with the value on the next line. It names the facts and parses dates and pages; each
//! genre interprets the facts.

use super::lines::{FoldedLine, fold, one_spaced};
use super::people;
use crate::document::{Key, Metadata};
use crate::text::date;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fact {
    Author,
    CoSigners,
    /// Constituency of the author, often with the group.
    Constituency,
    Group,
    /// Type of question: « Question écrite », « QE ».
    Type,
    Number,
    /// Subject in the institution's index, most general term.
    Heading,
    /// Subject, narrower term.
    Topic,
    /// Subject, narrowest term.
    Analysis,
    Title,
    Asked,
    /// Ministry that answers.
    Answering,
    /// Date of publication of the question.
    AskedOn,
    /// Date of publication of the answer.
    AnsweredOn,
    /// Date of the sitting at which both were spoken.
    Sitting,
    /// Any other fact: renewals, withdrawals, changes of ministry.
    Other,
}

/// Names of facts, folded.
const NAMES: [(&str, Fact); 41] = [
    ("auteur", Fact::Author),
    ("auteur de la question", Fact::Author),
    ("co-signataires", Fact::CoSigners),
    ("cosignataires", Fact::CoSigners),
    ("co-signataire", Fact::CoSigners),
    ("cosignataire", Fact::CoSigners),
    ("co-auteurs", Fact::CoSigners),
    ("circonscription", Fact::Constituency),
    ("departement", Fact::Constituency),
    ("groupe", Fact::Group),
    ("groupe politique", Fact::Group),
    ("type de question", Fact::Type),
    ("type", Fact::Type),
    ("numero de la question", Fact::Number),
    ("numero", Fact::Number),
    ("rubrique", Fact::Heading),
    ("tete d'analyse", Fact::Topic),
    ("analyse", Fact::Analysis),
    ("titre", Fact::Title),
    ("ministere interroge", Fact::Asked),
    ("ministere attributaire", Fact::Answering),
    ("ministere repondant", Fact::Answering),
    ("question publiee au jo le", Fact::AskedOn),
    ("question publiee au jo", Fact::AskedOn),
    ("question publiee le", Fact::AskedOn),
    ("publiee au jo le", Fact::AskedOn),
    ("reponse publiee au jo le", Fact::AnsweredOn),
    ("reponse publiee au jo", Fact::AnsweredOn),
    ("reponse publiee le", Fact::AnsweredOn),
    ("date de la seance", Fact::Sitting),
    ("question retiree le", Fact::Other),
    ("question caduque le", Fact::Other),
    ("date de renouvellement", Fact::Other),
    ("question renouvelee le", Fact::Other),
    ("date de signalement", Fact::Other),
    ("question signalee le", Fact::Other),
    ("date de changement d'attribution", Fact::Other),
    ("erratum de la question publie au jo le", Fact::Other),
    ("erratum de la reponse publie au jo le", Fact::Other),
    ("nature", Fact::Type),
    ("cause de retrait", Fact::Other),
];

/// A fact as written.
#[derive(Clone, Debug)]
pub(crate) struct StatedFact {
    pub fact: Fact,
    pub value: String,
    pub lines: std::ops::Range<usize>,
}

/// Maximum length of the name of a fact, in bytes.
const MAX_NAME_BYTES: usize = 100;

/// Parses the facts in lines; `from` is the index of the first line.
pub(crate) fn parse_facts(lines: &[FoldedLine], from: usize) -> Vec<StatedFact> {
    let mut found: Vec<StatedFact> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let (length, stated) = match name(&lines[at]) {
            Some((fact, value)) if !value.is_empty() => (1, Some((fact, value))),
            Some((fact, _)) => match lines.get(at + 1).filter(|next| next.is_short() && name(next).is_none()) {
                Some(next) => (2, Some((fact, one_spaced(next.text)))),
                None => (1, Some((fact, String::new()))),
            },
            None => (1, None),
        };
        found.extend(stated.map(|(fact, value)| StatedFact { fact, value, lines: from + at..from + at + length }));
        at += length;
    }
    found
}

/// Returns the fact that a line names, and its value if it is on the same line.
fn name(line: &FoldedLine) -> Option<(Fact, String)> {
    if !line.is_short() {
        return None;
    }
    let named = [':', '>'].iter().filter_map(|sign| line.text.split_once(*sign)).min_by_key(|(label, _)| label.len());
    if let Some((label, value)) = named
        && label.len() <= MAX_NAME_BYTES
        && let Some(fact) = fact(&fold(label))
    {
        return Some((fact, one_spaced(value)));
    }
    // « Question publiée au JO le 12/03/2020, page 12 », without a separator.
    if !line.text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let dated = NAMES.iter().rev().find(|(name, fact)| {
        matches!(fact, Fact::AskedOn | Fact::AnsweredOn | Fact::Other)
            && line.folded().strip_prefix(name).is_some_and(|rest| rest.starts_with(' '))
    });
    dated.filter(|_| date::first(line.text).is_some()).map(|(_, fact)| (*fact, one_spaced(line.text)))
}

fn fact(name: &str) -> Option<Fact> {
    let name = name.trim();
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, fact)| *fact)
}

/// Returns the first value of a fact that is not empty.
pub(crate) fn value(stated: &[StatedFact], fact: Fact) -> Option<&str> {
    stated.iter().find(|stated| stated.fact == fact && !stated.value.is_empty()).map(|stated| stated.value.as_str())
}

pub(crate) fn metadata(stated: &[StatedFact]) -> Metadata {
    let mut metadata = Metadata::default();
    let plain = [
        (Key::Heading, Fact::Heading),
        (Key::MinistryAsked, Fact::Asked),
        (Key::MinistryAnswering, Fact::Answering),
        (Key::Group, Fact::Group),
        (Key::QuestionType, Fact::Type),
    ];
    for (key, fact) in plain {
        metadata.set(key, value(stated, fact).unwrap_or(""));
    }
    metadata.set(Key::Number, value(stated, Fact::Number).and_then(number_in).unwrap_or(""));
    if let Some(author) = value(stated, Fact::Author) {
        person(author, &mut metadata);
    }
    if let Some(constituency) = value(stated, Fact::Constituency) {
        let (constituency, group) = constituency_and_group(constituency);
        metadata.set(Key::Constituency, constituency);
        if let Some(group) = group {
            metadata.set(Key::Group, group);
        }
    }
    if let Some(others) = value(stated, Fact::CoSigners) {
        let author = metadata.get(Key::Author).map(str::to_owned);
        metadata.set_all(Key::AskedBy, author.into_iter().chain(people::several(others)).collect());
    }
    let dates = [
        (Fact::Sitting, Key::AskedOn, None),
        (Fact::AskedOn, Key::AskedOn, Some(Key::AskedPage)),
        (Fact::AnsweredOn, Key::AnsweredOn, Some(Key::AnsweredPage)),
    ];
    for (fact, on, page) in dates {
        let value = value(stated, fact).unwrap_or("");
        if let Some(date) = date::first(value) {
            metadata.set(on, date);
        }
        if let Some((key, page)) = page.zip(page_in(value)) {
            metadata.set(key, page);
        }
    }
    metadata
}

/// Sets the author, and the group if it is in brackets: « Mme Unetelle (Groupe) ».
fn person(written: &str, metadata: &mut Metadata) {
    let (name, group) = written.split_once('(').unwrap_or((written, ""));
    metadata.set(Key::Author, people::bare(name));
    if !group.is_empty() && metadata.get(Key::Group).is_none() {
        metadata.set(Key::Group, group.trim_end_matches([')', ' ']));
    }
}

/// Splits « Rhône (2e circonscription) - Non inscrit ».
fn constituency_and_group(value: &str) -> (&str, Option<&str>) {
    let split = value.find(") - ").map(|at| (&value[..=at], &value[at + 4..])).or_else(|| value.split_once(" - "));
    split.map_or((value, None), |(constituency, group)| (constituency.trim(), Some(group.trim())))
}

/// Returns the number of a page: « page 601 », « page : 2043 », « p. 12 ».
pub(crate) fn page_in(value: &str) -> Option<&str> {
    let lower = value.find("page").map(|at| at + 4).or_else(|| value.find("p. ").map(|at| at + 3))?;
    let rest = value[lower..].trim_start_matches([' ', '\u{a0}', ':', '.']);
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    (end > 0).then(|| &rest[..end])
}

/// Returns the first number in a value: digits, possibly followed by a letter.
pub(crate) fn number_in(value: &str) -> Option<&str> {
    let rest = &value[value.find(|c: char| c.is_ascii_digit())?..];
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let letter =
        rest[digits..].starts_with(['S', 'G', 'A', 'C', 'E']) && !rest[digits + 1..].starts_with(char::is_alphanumeric);
    Some(&rest[..digits + usize::from(letter)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constituency_and_a_group_are_distinguished() {
        for (value, expected) in [
            ("Rhône (2e circonscription) - Non inscrit", ("Rhône (2e circonscription)", Some("Non inscrit"))),
            (
                "Bas-Rhin (1re circonscription) - Gauche - Unie",
                ("Bas-Rhin (1re circonscription)", Some("Gauche - Unie")),
            ),
            ("Rhône", ("Rhône", None)),
        ] {
            assert_eq!(constituency_and_group(value), expected);
        }
    }

    #[test]
    fn pages_and_numbers_are_parsed_within_a_value() {
        for (value, page) in
            [("07/02/2017 page : 961", Some("961")), ("1er mars 2011, page 21", Some("21")), ("12/03/2020", None)]
        {
            assert_eq!(page_in(value), page, "{value}");
        }
        for (value, number) in [("n° 0123S de M. Untel", Some("0123S")), (": 39461", Some("39461")), ("sans", None)] {
            assert_eq!(number_in(value), number, "{value}");
        }
    }
}
