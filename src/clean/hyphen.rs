//! Decides whether a hyphen at a line's end belongs to the word (« sous-déclarée ») or only to the line (« informa-tion
//! »). Evidence, in order: the document's own spellings, the built-in word list, prefixes and suffixes that keep their
//! hyphen. Other documents are never used.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::words::is_word;
use crate::text::Language;

/// First halves that keep their hyphen when the halves joined are not in the word list.
const PREFIXES: [&str; 39] = [
    "sous", "non", "ex", "vice", "demi", "semi", "quasi", "mi", "après", "arrière", "avant", "outre", "sans", "nord",
    "sud", "est", "ouest", "saint", "sainte", "grand", "haut", "franco", "socio", "presque", "contre", "self", "well",
    "cross", "all", "inter", "anti", "pre", "post", "pro", "pan", "long", "short", "high", "low",
];
/// First halves that keep their hyphen before any listed word, even if the joined form is listed too: usage varies.
const BOUND: [&str; 2] = ["non", "self"];
/// Second halves that French joins to a verb or a pronoun with a hyphen.
const TIED: [&str; 21] = [
    "il", "elle", "ils", "elles", "on", "je", "tu", "nous", "vous", "ce", "ci", "là", "même", "mêmes", "t", "y", "moi",
    "toi", "lui", "leur", "être",
];
/// Second words after a suspended hyphen: « Vor- und Nachteile ».
const LINKING: [&str; 10] = ["und", "oder", "bzw", "sowie", "en", "of", "et", "ou", "and", "or"];

/// What to do with a hyphen at a line's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hyphen {
    /// It is part of the word: remove only the line break.
    Kept,
    /// It only marks the line break: remove both.
    Dropped,
    /// It is suspended: keep it, and put a space after it.
    Linking,
}

/// Splits a word broken over two lines: the letters before the hyphen and the letters that open the next line.
pub(super) fn halves<'a>(above: &'a str, below: &'a str) -> Option<(&'a str, &'a str)> {
    let stem = above.strip_suffix(['-', '\u{2010}', '¬'])?;
    let start = stem.char_indices().rev().take_while(|(_, c)| c.is_alphabetic()).last()?.0;
    let end = below.find(|c: char| !c.is_alphabetic()).unwrap_or(below.len());
    (end > 0).then(|| (&stem[start..], &below[..end]))
}

/// How often the document itself writes each broken word, without and with a hyphen.
pub(super) struct OwnWords<'a> {
    text: &'a str,
    counts: HashMap<String, usize>,
    language: OnceCell<Option<Language>>,
}

impl<'a> OwnWords<'a> {
    /// Counts both spellings of the broken words in `text`.
    pub(super) fn count_in(text: &'a str, parted: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let forms = parted.flat_map(|(first, second)| [format!("{first}{second}"), format!("{first}-{second}")]);
        let mut counts: HashMap<String, usize> = forms.map(|form| (form.to_lowercase(), 0)).collect();
        if !counts.is_empty() {
            let inner = |c: char| !(c.is_alphabetic() || c == '-');
            for word in text.split(inner).map(|word| word.trim_matches('-')).filter(|word| word.len() > 3) {
                if let Some(count) = counts.get_mut(&word.to_lowercase()) {
                    *count += 1;
                }
            }
        }
        Self { text, counts, language: OnceCell::new() }
    }

    /// Decides what to do with the hyphen between two halves.
    pub(super) fn judge(&self, first: &str, second: &str) -> Hyphen {
        let (head, tail) = (first.to_lowercase(), second.to_lowercase());
        if LINKING.contains(&tail.as_str()) && head.chars().count() > 2 && !is_word(&format!("{head}{tail}")) {
            return Hyphen::Linking;
        }
        let count = |form: String| self.counts.get(&form).copied().unwrap_or(0);
        let (whole, hyphened) = (count(format!("{head}{tail}")), count(format!("{head}-{tail}")));
        let shouted = first.chars().all(char::is_uppercase) && first.chars().count() > 1;
        let dropped = match whole.cmp(&hyphened) {
            std::cmp::Ordering::Greater => true,
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal if second.starts_with(char::is_uppercase) && !shouted => false,
            std::cmp::Ordering::Equal => self.is_one_word(&head, &tail),
        };
        if dropped { Hyphen::Dropped } else { Hyphen::Kept }
    }

    /// Decides by the word list, the known prefixes and suffixes, and the language of the document.
    fn is_one_word(&self, head: &str, tail: &str) -> bool {
        if head.chars().count() == 1 || BOUND.contains(&head) && is_word(tail) {
            return false;
        }
        if is_word(&format!("{head}{tail}")) {
            return true;
        }
        let language = || self.language.get_or_init(|| Language::detect(self.text)).as_ref();
        let listed = || language().is_some_and(|language| ["fr", "en"].contains(&language.primary()));
        let both = || is_word(head) && is_word(tail) && listed();
        !(PREFIXES.contains(&head) || TIED.contains(&tail) || both())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_words_hyphen_stays_and_a_lines_hyphen_goes() {
        let table = [
            ("", "sous", "déclarée", Hyphen::Kept),
            ("", "informa", "tion", Hyphen::Dropped),
            ("", "INFORMA", "TION", Hyphen::Dropped),
            ("", "Secretary", "General", Hyphen::Kept),
            ("", "peut", "être", Hyphen::Kept),
            ("", "pensent", "ils", Hyphen::Kept),
            ("", "non", "proliferation", Hyphen::Kept),
            ("", "sous", "traction", Hyphen::Dropped),
            ("", "Kasachs", "tans", Hyphen::Dropped),
            ("", "Vor", "und", Hyphen::Linking),
            ("le site-pilote, un site-pilote", "site", "pilote", Hyphen::Kept),
            ("la cyber-sécurité", "cyber", "sécurité", Hyphen::Kept),
            ("la Cybersécurité et la cybersécurité", "cyber", "sécurité", Hyphen::Dropped),
        ];
        for (text, first, second, expected) in table {
            let own = OwnWords::count_in(text, std::iter::once((first, second)));
            assert_eq!(own.judge(first, second), expected, "{first}-{second} in {text:?}");
        }
    }

    #[test]
    fn halves_are_the_letters_on_both_sides() {
        assert_eq!(halves("est sous-", "déclarée et"), Some(("sous", "déclarée")));
        assert_eq!(halves("(l’infor-", "mation)"), Some(("infor", "mation")));
        assert_eq!(halves("2019-", "2020"), None);
        assert_eq!(halves("fin –", "suite"), None);
        assert_eq!(halves("a -", "b"), None);
    }
}
