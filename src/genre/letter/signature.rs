//! Who signs a letter: the people, or where none is named the organisations; and who sends it.

use super::name;
use super::shape::{Letter, Line};

/// More organisations than this are a list of signatories; none of them alone is the sender.
const SENDERS: usize = 1;

/// What the signature says.
#[derive(Default)]
pub struct Signature {
    /// Who signs, in order.
    pub signatories: Vec<String>,
    /// The one organisation that signs.
    pub organisation: Option<String>,
}

/// Reads a letter's signature.
pub fn read(letter: &Letter) -> Signature {
    let lines = || letter.lines[letter.signature.clone()].iter();
    let people: Vec<String> = lines().filter_map(person).collect();
    let organisations: Vec<String> = lines().filter_map(|line| organisation(line, people.is_empty())).collect();
    let organisation = (organisations.len() == SENDERS).then(|| organisations[0].clone());
    let signatories = if people.is_empty() { organisations } else { people };
    Signature { signatories, organisation }
}

/// « Jane Doe, Director, Some Organisation » names a person before its first comma.
fn person(line: &Line) -> Option<String> {
    let first = line.text.split([',', '\u{2013}', '\u{2014}', '(']).next().unwrap_or("").trim();
    let first = first.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' ' | '-' | '•'));
    name::is_person(first).then(|| name::bare(first).to_owned())
}

/// A line that is an organisation's name. Behind people's names a function could look like one, so there it must have
/// its acronym in brackets or three words.
fn organisation(line: &Line, alone: bool) -> Option<String> {
    let text = line.text.trim().trim_start_matches(['-', '•', '–', ' ']);
    let telling = alone || text.ends_with(')') || text.split_whitespace().count() >= 3;
    let function = ["direct", "présid", "presid", "secr", "chair", "head ", "minist", "execut", "membre", "member"];
    let is_function = function.iter().any(|word| line.words.starts_with(word));
    let sound = name::is_organisation(text) && !name::is_person(text) && !is_function && telling;
    sound.then(|| name::without_acronym(text).to_owned())
}

/// The organisation of « Au nom de X (Y), une organisation … » at the body's start.
pub fn on_behalf(letter: &Letter) -> Option<String> {
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
