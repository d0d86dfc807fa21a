//! Finds who signs a letter, people or, if none is named, organisations, and who sends it.

use super::name;
use super::shape::{Letter, LetterLine};

/// Maximum number of organisations for one of them to be the sender; more are a list of signatories.
const MAX_SENDERS: usize = 1;

#[derive(Default)]
pub(super) struct Signature {
    /// Signatories, in order.
    pub signatories: Vec<String>,
    /// The organisation that signs, if there is exactly one.
    pub organisation: Option<String>,
}

pub(super) fn read_signature(letter: &Letter) -> Signature {
    let lines = || letter.lines[letter.signature.clone()].iter();
    let people: Vec<String> = lines().filter_map(person).collect();
    let organisations: Vec<String> = lines().filter_map(|line| organisation(line, people.is_empty())).collect();
    let organisation = (organisations.len() == MAX_SENDERS).then(|| organisations[0].clone());
    let signatories = if people.is_empty() { organisations } else { people };
    Signature { signatories, organisation }
}

/// Returns the person named before the first comma: « Jane Doe, Director, Some Organisation ».
fn person(line: &LetterLine) -> Option<String> {
    let first = line.text.split([',', '\u{2013}', '\u{2014}', '(']).next().unwrap_or("").trim();
    let first = first.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' ' | '-' | '•'));
    name::is_person(first).then(|| name::bare(first).to_owned())
}

/// Returns the organisation named on a line. After the names of people a line may also be a function, so it must end
/// with an acronym in brackets or have three words.
fn organisation(line: &LetterLine, alone: bool) -> Option<String> {
    let text = line.text.trim().trim_start_matches(['-', '•', '–', ' ']);
    let is_distinctive = alone || text.ends_with(')') || text.split_whitespace().count() >= 3;
    let function = ["direct", "présid", "presid", "secr", "chair", "head ", "minist", "execut", "membre", "member"];
    let is_function = function.iter().any(|word| line.words.starts_with(word));
    let is_valid = name::is_organisation(text) && !name::is_person(text) && !is_function && is_distinctive;
    is_valid.then(|| name::without_acronym(text).to_owned())
}

/// Returns the organisation named at the start of the body: « Au nom de X (Y), une organisation … ».
pub(super) fn on_behalf(letter: &Letter) -> Option<String> {
    let first = letter.lines.get(letter.body)?.text;
    let phrases = [
        "Au nom de l’",
        "Au nom de l'",
        "Au nom du ",
        "Au nom de ",
        "Au nom d'",
        "Au nom d’",
        "On behalf of the ",
        "On behalf of ",
    ];
    let rest = phrases.iter().find_map(|phrase| first.strip_prefix(phrase))?;
    let name = name::without_acronym(rest.split(',').next()?);
    (name.len() <= 100 && name.starts_with(char::is_uppercase)).then(|| name.to_owned())
}
