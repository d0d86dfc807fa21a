//! Names of people and organisations in letters, without honorifics and titles. Names are judged by their form; text
//! that may be a function or an address is rejected.

use super::vocabulary::{HONORIFICS, NOT_NAMES, PARTICLES};
use crate::genre::reading::wording::plain;

/// Returns the name in « Monsieur Emmanuel Macron, Président de la République », or the function in « Madame la
/// Ministre ».
pub(super) fn bare(text: &str) -> &str {
    let name = text.split([',', ';', '\u{2013}', '\u{2014}']).next().unwrap_or("").trim();
    let name = without_honorifics(name);
    for article in ["le ", "la ", "l'", "l’"] {
        if let Some(rest) = name.strip_prefix(article) {
            return rest.trim();
        }
    }
    name
}

/// Removes a final text in brackets: « Human Rights Partnership (HRP) ».
pub(super) fn without_acronym(text: &str) -> &str {
    let text = text.trim().trim_end_matches([',', '.', ';']);
    match text.rfind(" (") {
        Some(open) if text.ends_with(')') && open > 0 => text[..open].trim_end(),
        _ => text,
    }
}

/// Whether a text is a person's name: two to five words, capitalised except for particles, and no word that excludes a
/// name.
pub(super) fn is_person(text: &str) -> bool {
    let words: Vec<&str> = without_honorifics(text.trim()).split_whitespace().collect();
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let is_valid = |word: &&str| {
        let lower = word.to_lowercase();
        let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.' | '\u{2011}'));
        letters && !NOT_NAMES.contains(&lower.as_str()) && (capital(word) || PARTICLES.contains(&lower.as_str()))
    };
    (2..=5).contains(&words.len()) && capital(words[0]) && words.iter().all(is_valid)
}

/// Whether a text can be the name of an organisation: capitalised, short, not a sentence or an address.
pub(super) fn is_organisation(text: &str) -> bool {
    let text = without_acronym(text);
    let is_valid = text.starts_with(char::is_uppercase) && text.len() <= 120 && !text.contains(['@', ':', ';', ',']);
    is_valid && !text.ends_with(['.', '!', '?']) && !text.contains(|c: char| c.is_ascii_digit())
}

/// Whether a line begins with an honorific.
pub(super) fn is_addressed(text: &str) -> bool {
    without_honorifics(text.trim()).len() < text.trim().len()
}

fn without_honorifics(mut name: &str) -> &str {
    // Terminates, since every honorific is longer than zero bytes.
    while let Some(rest) = HONORIFICS.iter().find_map(|honorific| strip(name, honorific)) {
        name = rest.trim_start();
    }
    name
}

/// Removes a prefix in comparable form from a text in any case.
fn strip<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    let rest = &text[prefix.len()..];
    (plain(head) == prefix.trim_end() && !rest.is_empty()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_without_honorifics_titles_and_functions() {
        for (written, name) in [
            ("Monsieur Emmanuel Macron, Président de la République Française", "Emmanuel Macron"),
            ("M. Jean Untel", "Jean Untel"),
            ("His Excellency Mr. John Doe, President", "John Doe"),
            ("Madame la Ministre de la Justice", "Ministre de la Justice"),
            ("Herrn Dr. Max Muster", "Max Muster"),
            ("Monsieur", "Monsieur"),
            ("", ""),
        ] {
            assert_eq!(bare(written), name, "{written}");
        }
    }

    #[test]
    fn people_are_distinguished_from_organisations_and_functions() {
        for (text, person) in [
            ("Brigitte Untel", true),
            ("Dr. Anne-Marie de la Tour", true),
            ("Ursula von der Leyen", true),
            ("Partnership for Human Rights", false),
            ("Executive Director", false),
            ("Human Rights Watch", false),
            ("12 rue Haute", false),
            ("Untel", false),
            ("je vous écris", false),
        ] {
            assert_eq!(is_person(text), person, "{text}");
        }
    }
}
