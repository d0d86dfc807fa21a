//! Parses the headline of a question: its kind, its number, and the text after the number; also the line that names the
//! legislature.

use crate::document::Genre;
use crate::genre::reading::key_data::number_in;
use crate::genre::reading::lines::{FoldedLine, one_spaced};

/// Number of lines searched for the headline.
pub(super) const HEAD_LINES: usize = 40;

/// Words that name a kind of question, folded; a phrase precedes its own prefixes.
const KINDS: [(&str, Genre, &str); 11] = [
    ("question ecrite", Genre::WrittenQuestion, "Question écrite"),
    ("question orale sans debat", Genre::OralQuestion, "Question orale sans débat"),
    ("question orale avec debat", Genre::OralQuestion, "Question orale avec débat"),
    ("question orale", Genre::OralQuestion, "Question orale"),
    ("question d'actualite au gouvernement", Genre::GovernmentQuestion, "Question d'actualité au Gouvernement"),
    ("question d'actualite", Genre::GovernmentQuestion, "Question d'actualité au Gouvernement"),
    ("question au gouvernement", Genre::GovernmentQuestion, "Question au Gouvernement"),
    ("qe", Genre::WrittenQuestion, "Question écrite"),
    ("qosd", Genre::OralQuestion, "Question orale sans débat"),
    ("qg", Genre::GovernmentQuestion, "Question au Gouvernement"),
    ("qag", Genre::GovernmentQuestion, "Question au Gouvernement"),
];

/// A kind of question and its name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct QuestionKind {
    pub genre: Genre,
    /// Name as written, with abbreviations expanded.
    pub name: String,
}

/// Whether a text begins with the first letter of all kinds; other texts need not be folded.
pub(super) fn may_be_named(text: &str) -> bool {
    text.starts_with(['q', 'Q'])
}

/// Returns the kind named at the beginning of a text, and the length of the name in bytes of the folded text.
pub(super) fn kind(text: &str, folded: &str) -> Option<(QuestionKind, usize)> {
    let (phrase, genre, full) = KINDS.iter().find(|(phrase, ..)| {
        folded.strip_prefix(phrase).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })?;
    let whole = phrase.len() == folded.len() && phrase.contains(' ');
    let name = if whole { text.to_owned() } else { (*full).to_owned() };
    Some((QuestionKind { genre: *genre, name }, phrase.len()))
}

/// Parses a number, « n° 43940 » or « no : 12 », and returns it with the text after it.
pub(super) fn numbered(folded: &str) -> Option<(String, &str)> {
    let rest = folded.trim_start();
    let sign = ["n°", "no.", "no", "nr.", "nr"].iter().find(|sign| rest.starts_with(**sign))?;
    let rest = rest[sign.len()..].trim_start_matches([' ', ':']);
    let number = rest.starts_with(|c: char| c.is_ascii_digit()).then(|| number_in_folded(rest))??;
    let behind = rest[number.len()..].trim_start();
    Some((number.to_owned(), behind))
}

fn number_in_folded(rest: &str) -> Option<&str> {
    let digits = number_in(rest)?;
    let letter = rest[digits.len()..].starts_with(['s', 'g', 'a', 'c', 'e']);
    let end = digits.len() + usize::from(letter && !rest[digits.len() + 1..].starts_with(char::is_alphanumeric));
    Some(&rest[..end])
}

#[derive(Debug)]
pub(super) struct Headline {
    /// Index of its line.
    pub line: usize,
    /// Kind of question; `None` for « Question n° 12 ».
    pub kind: Option<QuestionKind>,
    /// Number, with letters in upper case.
    pub number: String,
    /// Text after the number, as written.
    pub behind: String,
}

/// Finds the headline among the first lines; `None` if two of them have different numbers, as in a collection.
pub(super) fn find_headline(lines: &[FoldedLine]) -> Option<Headline> {
    let mut found = lines.iter().take(HEAD_LINES).enumerate().filter_map(|(at, line)| parse_headline(at, line));
    let first = found.next()?;
    let same = found.all(|other| other.number == first.number);
    same.then_some(first)
}

fn parse_headline(at: usize, line: &FoldedLine) -> Option<Headline> {
    if !(line.is_short() && may_be_named(line.text)) {
        return None;
    }
    let kind = kind(line.text, line.folded()).filter(|(kind, length)| kind.name.len() > 4 && *length > 4);
    let length = match &kind {
        Some((_, length)) => *length,
        None => line.folded().strip_prefix("question ").map(|_| "question".len())?,
    };
    let (number, behind) = numbered(&line.folded()[length..])?;
    let behind = last_of(line.text, behind);
    Some(Headline { line: at, kind: kind.map(|(kind, _)| kind), number: number.to_uppercase(), behind })
}

/// Returns the end of a text with as many words as the folded remainder.
fn last_of(text: &str, folded: &str) -> String {
    let count = folded.split_whitespace().count();
    let spaced = one_spaced(text);
    let words: Vec<&str> = spaced.split(' ').collect();
    words[words.len().saturating_sub(count)..].join(" ")
}

/// Returns the number of the legislature: « 15ème législature », « XVe législature » give 15.
pub(super) fn legislature(lines: &[FoldedLine]) -> Option<String> {
    lines.iter().take(HEAD_LINES).filter(|line| line.is_short()).find_map(|line| {
        let before = &line.folded()[..line.folded().find("legislature")?];
        let word = before.split_whitespace().next_back()?;
        let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
        if digits.is_empty() { roman(word.trim_end_matches("eme").trim_end_matches('e')) } else { Some(digits) }
    })
}

fn roman(word: &str) -> Option<String> {
    let value = |c: char| match c {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        _ => None,
    };
    let values: Vec<u32> = word.chars().map(value).collect::<Option<_>>()?;
    let sum: u32 = values.iter().sum();
    let less: u32 = values.windows(2).filter(|pair| pair[0] < pair[1]).map(|pair| 2 * pair[0]).sum();
    (sum > less).then(|| (sum - less).to_string())
}
