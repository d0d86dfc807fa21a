//! References to resolutions by date or number: « sa résolution du 12 décembre 2017 », « celles du 18 avril 2013, du 15
//! mars 2012 et du 17 septembre 2009 », « résolution 1325 (2000) du Conseil de sécurité », « resolution 60/251 ». Each
//! date is a reference; « celle du … » counts only while resolutions are the topic of the sentence.

use super::found::FoundReference;
use super::words::LeafWords;
use crate::genre::reading::identifier;

/// Words for a resolution, singular and plural.
const ONE: &[&str] = &["résolution", "resolution", "entschließung", "resolución", "risoluzione"];
const SEVERAL: &[&str] = &["résolutions", "resolutions", "entschließungen", "resoluciones", "risoluzioni"];
/// Minimum length of these words, in bytes.
const MIN_WORD_BYTES: usize = 10;
/// Pronouns for resolutions mentioned before.
const THAT: &[&str] = &["celle", "that", "celles", "those"];
/// Words that lead to a date.
const LEADING: &[&str] = &["du", "of", "le", "vom", "del", "de"];
/// Words that join a further date.
const JOINING: &[&str] = &["et", "and", "ou", "or", "und", "y", "e", "ainsi", "que"];
/// Words that may be between the word and the date or number.
const BETWEEN: &[&str] = &[
    "législative",
    "commune",
    "du",
    "de",
    "la",
    "le",
    "parlement",
    "européen",
    "conseil",
    "assemblée",
    "générale",
    "sécurité",
    "nationale",
    "des",
    "nations",
    "unies",
    "droits",
    "homme",
    "legislative",
    "joint",
    "non-législative",
    "n°",
    "nº",
    "no",
    "antérieures",
    "précédentes",
    "previous",
    "european",
    "parliament",
];

/// Whether resolutions are the topic of a sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Topic {
    /// The topic is something else.
    #[default]
    Other,
    /// The topic is one resolution.
    One,
    /// The topic is several resolutions: each further joined date is one of them.
    Several,
}

/// Words for other documents with dates, to which « celle » may refer; they end the topic.
const OTHER_TOPICS: &[&str] = &[
    "conclusions",
    "déclaration",
    "décision",
    "directive",
    "convention",
    "position",
    "recommandation",
    "communication",
    "loi",
    "statement",
    "directive",
];
/// Words for other documents with dates: a date joined to them is their own, but « celle du … » still refers to a
/// resolution.
const APART: &[&str] = &["règlement", "accord", "rapport", "agreement", "report", "regulation"];

/// Returns the topic of the sentence after this word.
pub(super) fn topic(words: &LeafWords, at: usize, before: Topic) -> Topic {
    let Some(word) = words.get(at) else { return before };
    let may = || word.text.len() >= MIN_WORD_BYTES && word.text.starts_with(['r', 'R', 'e', 'E']);
    if before == Topic::Other && !(may() && (word.is(SEVERAL) || word.is(ONE))) {
        return before;
    }
    let ended = word.behind.contains([';', '!', '?']) || word.behind.contains('.') && word.text.len() > 3;
    match before {
        _ if ended || word.is(OTHER_TOPICS) => Topic::Other,
        _ if word.is(SEVERAL) => Topic::Several,
        _ if word.is(ONE) => Topic::One,
        Topic::One if word.is(&["celles", "those"]) => Topic::Several,
        Topic::Several if word.is(APART) => Topic::One,
        before => before,
    }
}

/// Parses a reference to a resolution at a word.
pub(super) fn parse_resolution(words: &LeafWords, at: usize, topic: Topic) -> Option<FoundReference> {
    let word = words.get(at)?;
    if word.is(ONE) || word.is(SEVERAL) {
        return parse_named(words, at);
    }
    match topic {
        Topic::Other => None,
        _ if word.is(THAT) => parse_dated(words, at, at + 1),
        Topic::Several if word.is(LEADING) && is_joined(words, at) => {
            parse_dated(words, at + 1, at + 1).or_else(|| parse_in_brackets(words, at))
        }
        Topic::Several if is_joined(words, at) => parse_dated(words, at, at).or_else(|| parse_in_brackets(words, at)),
        _ => None,
    }
}

/// Whether a word is joined to the previous one by a comma or « et ».
fn is_joined(words: &LeafWords, at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|before| words.get(before))
        .is_some_and(|before| before.behind.contains(',') || before.is(JOINING))
}

fn parse_named(words: &LeafWords, at: usize) -> Option<FoundReference> {
    let mut next = at + 1;
    while words.next(next).is_some_and(|word| next <= at + 8 && word.is(BETWEEN)) {
        if let Some(found) = parse_dated(words, at, next) {
            return Some(found);
        }
        next += 1;
    }
    let start = words.get(at)?.start;
    parse_in_brackets(words, next)
        .or_else(|| parse_session_number(words, next))
        .map(|found| FoundReference { start, ..found })
        .or_else(|| parse_dated(words, at, next))
}

/// Parses the date at `day`, or after « du » at `day`, as a reference that starts at `from`.
fn parse_dated(words: &LeafWords, from: usize, day: usize) -> Option<FoundReference> {
    let day = if words.next(day).is_some_and(|word| word.is(LEADING)) { day + 1 } else { day };
    words.get(day).filter(|_| day == from || words.next(day).is_some())?;
    let (iso, end) = words.date(day)?;
    let start = words.get(if words.get(from)?.is(THAT) { day } else { from })?.start;
    Some(FoundReference::new(start, end, words.behind(day, end), identifier::resolution(&iso)))
}

/// Parses « 1325 (2000) »: of the Security Council, unless the Parliamentary Assembly of the Council of Europe is named
/// nearby.
fn parse_in_brackets(words: &LeafWords, at: usize) -> Option<FoundReference> {
    let (number, year) = (words.get(at)?, words.get(at + 1)?);
    let figures =
        |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let bracketed = words.text[..year.start].ends_with('(') && number.behind.is_empty();
    if !bracketed || !figures(number.text, 4) {
        return None;
    }
    let near = || words.neighbourhood(at);
    let end = year.end + 1;
    if figures(year.text, 4) && year.text.len() == 4 {
        let assembly = [
            "assemblée parlementaire",
            "parliamentary assembly",
            "apce",
            "pace ",
            "conseil de l'europe",
            "council of europe",
        ];
        let of_europe = assembly.iter().any(|name| near().contains(name));
        let series = if of_europe { "resolution:" } else { "s/res/" };
        return Some(FoundReference::new(
            number.start,
            end,
            at + 2,
            identifier::adopted_text(&format!("{series}{}({})", number.text, year.text)),
        ));
    }
    let roman = !year.text.is_empty() && year.text.bytes().all(|byte| b"IVX".contains(&byte));
    roman.then(|| {
        FoundReference::new(
            number.start,
            end,
            at + 2,
            identifier::adopted_text(&format!("a/res/{}({})", number.text, year.text)),
        )
    })
}

/// Parses « 60/251 »: of the General Assembly, unless the Human Rights Council is named nearby.
fn parse_session_number(words: &LeafWords, at: usize) -> Option<FoundReference> {
    let word = words.get(at)?;
    let (session, number) = word.text.split_once('/')?;
    let figures = |text: &str| (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if !figures(session) || !figures(number) {
        return None;
    }
    let rest = &words.text[word.end..];
    let behind = rest[..rest.floor_char_boundary(60)].to_lowercase().replace('’', "'");
    let of_council = ["conseil des droits de l'homme", "human rights council"].iter().any(|name| behind.contains(name));
    let series = if of_council { "a/hrc/res" } else { "a/res" };
    Some(FoundReference::new(
        word.start,
        word.end,
        at + 1,
        identifier::adopted_text(&format!("{series}/{session}/{number}")),
    ))
}
