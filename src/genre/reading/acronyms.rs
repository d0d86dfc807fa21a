//! Finds acronyms that a document defines, with their long form: « accord de partenariat renforcé (APR) », « groupe de
//! travail (le « GT ») », « ONU (Organisation des Nations unies) ». The letters are matched with the initials of the
//! preceding words, where function words are optional; if that fails, with letters inside the words, as in Schwartz and
//! Hearst (2003), provided that most are initials. A missing long form is better than a wrong one.

use std::collections::HashSet;

use super::wording::running;
use crate::document::{Acronym, Document};
use crate::text::fold::fold_word;

/// Number of bytes before a bracket that are examined.
const WINDOW: usize = 320;
/// Maximum length of a text in brackets, in bytes.
const MAX_BRACKETS_BYTES: usize = 200;

/// Function words that acronyms usually omit.
const FREE: &[&str] = &[
    "a", "à", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou", "par", "pour", "sur",
    "dans", "sous", "the", "of", "for", "and", "on", "in", "to", "with", "by", "der", "die", "das", "des", "für",
    "und", "von", "zur", "zum", "del", "los", "las", "el", "y", "para", "di", "della", "dei", "delle", "per", "e",
    "van", "het", "een", "en", "voor",
];

/// Returns the acronyms of a document in the order of their definitions.
pub(crate) fn find_acronyms(document: &Document) -> Vec<Acronym> {
    let mut known = HashSet::new();
    let mut found = Vec::new();
    for (_, leaf) in running(document) {
        let defined = in_leaf(document.slice(leaf.range)).into_iter();
        found.extend(defined.filter(|acronym| known.insert(acronym.short.clone())));
    }
    found
}

fn in_leaf(text: &str) -> Vec<Acronym> {
    let brackets = text.match_indices('(').filter_map(|(open, _)| {
        let window = &text[open + 1..];
        let window = &window[..window.floor_char_boundary(MAX_BRACKETS_BYTES)];
        let close = window.find(['(', ')'])?;
        window[close..].starts_with(')').then(|| (before(text, open), &window[..close]))
    });
    brackets
        .filter_map(|(before, inside)| behind_long_form(before, inside).or_else(|| before_long_form(before, inside)))
        .collect()
}

/// Returns the text before a bracket, from the end of a sentence or of another bracket on.
fn before(text: &str, open: usize) -> &str {
    let from = text.ceil_char_boundary(open.saturating_sub(WINDOW));
    let window = text[from..open].trim_end();
    let window = window.trim_end_matches(['»', '”', '"', '’', ' ', '\u{a0}', '\u{202f}', '*']);
    let cut = window.rfind(['.', ';', ':', '!', '?', '(', ')', '[', ']']).map_or(0, |cut| cut + 1);
    &window[cut..]
}

/// Parses « long form (SHORT) ».
fn behind_long_form(before: &str, inside: &str) -> Option<Acronym> {
    let short = short_form(quoted(inside))?;
    let words = words(before);
    let letters = letters(short);
    let most = (letters.len() + 5).min(letters.len() * 2) + words.iter().filter(|word| word.free).count();
    let words = &words[words.len().saturating_sub(most)..];
    let first = by_initials(&letters, words).or_else(|| by_letters(&letters, words))?;
    long_form(&before[first..], short)
}

/// Parses « SHORT (long form) ».
fn before_long_form(before: &str, inside: &str) -> Option<Acronym> {
    let start = before
        .rfind([' ', '\u{a0}', '’', '\''])
        .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
    let short = short_form(before[start..].trim_start_matches(['«', '“', '"']))?;
    let inside = inside.split([',', ';']).next().unwrap_or("");
    let words = words(inside);
    let first = words.iter().find(|word| !word.free)?.start;
    (by_initials(&letters(short), &words)? == first).then(|| long_form(&inside[first..], short))?
}

/// Returns the text in quotation marks or after « ci-après »: « GT » for « le « GT » ».
fn quoted(inside: &str) -> &str {
    for (open, close) in [('«', '»'), ('“', '”'), ('"', '"'), ('‘', '’'), ('„', '“'), ('\'', '\'')] {
        if let Some((_, rest)) = inside.split_once(open)
            && let Some((words, _)) = rest.split_once(close)
        {
            return words.trim();
        }
    }
    let inside = inside.trim();
    let leads = ["ci-après ", "hereinafter ", "the ", "le ", "la ", "ou ", "or ", "l'", "l’", "dit ", "dite "];
    let inside = leads.iter().find_map(|lead| inside.strip_prefix(lead)).unwrap_or(inside);
    inside.split([',', ';']).next().unwrap_or("").trim()
}

/// Returns a word of two to ten characters, mostly capitals, without a plural « s ».
fn short_form(text: &str) -> Option<&str> {
    let bare = text.strip_suffix('s').filter(|bare| bare.ends_with(char::is_uppercase)).unwrap_or(text);
    let count = bare.chars().count();
    let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = bare.chars().filter(|c| c.is_uppercase()).count();
    let is_valid = (2..=10).contains(&count)
        && bare.starts_with(char::is_uppercase)
        && capitals >= 2
        && capitals * 2 > letters
        && letters * 2 > count
        && bare.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '&' | '/'));
    is_valid.then_some(bare)
}

/// A word of a long form.
struct LongFormWord {
    start: usize,
    folded: String,
    /// Whether an acronym may omit it: a function word or the second half of a compound.
    free: bool,
}

fn words(text: &str) -> Vec<LongFormWord> {
    let mut found: Vec<LongFormWord> = Vec::new();
    let mut start = None;
    let ends = text.char_indices().chain(std::iter::once((text.len(), ' ')));
    for (at, c) in ends {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let folded = fold_word(&text[from..at]);
                let compound = text[..from].ends_with(['-', '\u{2011}']) && !found.is_empty();
                let free = compound || FREE.contains(&text[from..at].to_lowercase().as_str());
                found.push(LongFormWord { start: from, folded, free });
                start = None;
            }
            _ => {}
        }
    }
    found
}

fn letters(short: &str) -> Vec<char> {
    fold_word(short).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Matches the letters with initials, from the last word backwards. Function words are skipped where possible, and at
/// most one other word. Returns the offset of the first word.
fn by_initials(letters: &[char], words: &[LongFormWord]) -> Option<usize> {
    [(false, 0), (true, 0), (false, 1), (true, 1)]
        .into_iter()
        .filter(|(_, passed)| *passed == 0 || letters.len() > 3)
        .find_map(|(free_count, passed)| initials(letters, words, free_count, passed))
}

fn initials(letters: &[char], words: &[LongFormWord], free_count: bool, mut may_pass: usize) -> Option<usize> {
    let mut left = letters.len();
    for (at, word) in words.iter().enumerate().rev() {
        let fits = word.folded.starts_with(letters[left - 1]);
        if fits && (free_count || !word.free) {
            left -= 1;
        } else if !word.free {
            // The last word is always part of the name.
            may_pass = may_pass.checked_sub(1).filter(|_| at + 1 < words.len())?;
        }
        if left == 0 {
            return (!word.free).then_some(word.start);
        }
    }
    None
}

/// Matches the letters backwards with any letters of the words, the first letter with an initial (Schwartz and Hearst
/// 2003). More than half of the letters must be initials, and every word except function words must contribute a
/// letter.
fn by_letters(letters: &[char], words: &[LongFormWord]) -> Option<usize> {
    if letters.len() < 3 {
        return None;
    }
    let mut left = letters.len();
    let mut initial = 0;
    for word in words.iter().rev() {
        let here = word.folded.char_indices().rev();
        let before = left;
        for (at, c) in here {
            let only_first = left == 1 && at > 0;
            if left > 0 && c == letters[left - 1] && !only_first && !(word.free && at > 0) {
                left -= 1;
                initial += usize::from(at == 0);
            }
        }
        if left == 0 {
            return (initial * 2 > letters.len() && !word.free).then_some(word.start);
        }
        if left == before && !word.free {
            return None;
        }
    }
    None
}

/// Builds the pair if the long form is longer than the short form and does not contain it.
fn long_form(text: &str, short: &str) -> Option<Acronym> {
    let long = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '«' | '»' | '“' | '”' | '"' | '*'));
    let long = long.split_whitespace().collect::<Vec<_>>().join(" ");
    let holds = long.split(' ').any(|word| word == short);
    (long.len() > short.len() + 2 && !holds).then(|| Acronym { short: short.to_owned(), long })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genre::test_documents::from_lines;

    #[test]
    fn a_long_form_precedes_its_acronym_or_follows_in_brackets() {
        for (text, short, long) in [
            (
                "signé un accord de partenariat et de coopération renforcé (APCR) visant",
                "APCR",
                "accord de partenariat et de coopération renforcé",
            ),
            ("le groupe de travail (le « GT ») a", "GT", "groupe de travail"),
            (
                "le Service européen pour l’action extérieure (SEAE), à",
                "SEAE",
                "Service européen pour l’action extérieure",
            ),
            ("des organisations non gouvernementales (ONG)", "ONG", "organisations non gouvernementales"),
            ("des petites et moyennes entreprises (ci-après « PME »)", "PME", "petites et moyennes entreprises"),
            ("l’Organisation internationale du travail (OIT) et", "OIT", "Organisation internationale du travail"),
            (
                "the Organisation for Economic Co-operation and Development (OECD)",
                "OECD",
                "Organisation for Economic Co-operation and Development",
            ),
            ("Members of the European Parliament (MEPs)", "MEP", "Members of the European Parliament"),
            ("l’ONU (Organisation des Nations unies) a", "ONU", "Organisation des Nations unies"),
            ("États-Unis d'Amérique (EUA)", "EUA", "États-Unis d'Amérique"),
            ("hexachlorobenzène (HCB)", "", ""),
            ("dans le code pénal (UE)", "", ""),
            ("M. Jean Untel (PS)", "", ""),
            ("la République (II)", "", ""),
            ("(ABC)", "", ""),
            ("", "", ""),
        ] {
            let found = in_leaf(text);
            let pair = found.first().map_or(("", ""), |found| (found.short.as_str(), found.long.as_str()));
            assert_eq!(pair, (short, long), "{text}");
        }
    }

    #[test]
    fn the_first_definition_is_kept() {
        let document = from_lines(["accord de libre échange (ALE)", "amis de la liberté européenne (ALE)"]);
        let found = find_acronyms(&document);
        let expected = Acronym { short: "ALE".to_owned(), long: "accord de libre échange".to_owned() };
        assert_eq!(found, [expected]);
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

        #[test]
        fn a_long_form_is_words_of_the_text(text in "([A-Za-zéÉ«»'’ ,.()-]|\\(ABC\\)|de |ONU ){0,60}") {
            for acronym in in_leaf(&text) {
                let spaced = text.split_whitespace().collect::<Vec<_>>().join(" ");
                proptest::prop_assert!(spaced.contains(&acronym.long), "{:?}", acronym);
            }
        }
    }
}
