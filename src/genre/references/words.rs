//! The words of a leaf with their offsets, and helpers for references: a number after « n° », a date. Words are
//! separated by white space; surrounding punctuation and elided articles (« l’ ») are not part of a word.

use crate::text::date;

/// Number of bytes after a word that are searched for a date.
const DATE_WINDOW: usize = 40;
/// Maximum distance, in words, from the first word of a reference to its first digit.
const MAX_DIGIT_DISTANCE: usize = 12;
/// Number of bytes on each side of a word that form its neighbourhood.
const NEIGHBOURHOOD: usize = 160;

/// A word of a leaf.
#[derive(Clone, Copy, Debug)]
pub(super) struct LeafWord<'a> {
    /// Start offset in the leaf.
    pub start: usize,
    /// End offset in the leaf.
    pub end: usize,
    pub text: &'a str,
    /// Punctuation after the word.
    pub behind: &'a str,
}

impl LeafWord<'_> {
    /// Whether the word equals one of these lower-case words, ignoring case.
    pub(super) fn is(&self, words: &[&str]) -> bool {
        let same = |word: &str| {
            self.text.eq_ignore_ascii_case(word)
                || !word.is_ascii() && self.text.chars().flat_map(char::to_lowercase).eq(word.chars())
        };
        words.iter().any(|word| word.len() == self.text.len() && same(word))
    }
}

pub(super) struct LeafWords<'a> {
    pub text: &'a str,
    all: Vec<LeafWord<'a>>,
    /// For each word, the index of the next word with a digit, itself included.
    figures: Vec<usize>,
}

impl<'a> LeafWords<'a> {
    /// Splits a text into words.
    pub(super) fn split(text: &'a str) -> Self {
        let mut all = Vec::with_capacity(text.len() / 6);
        let mut at = 0;
        while at < text.len() {
            let run = text.as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            let behind = text.as_bytes().get(at + run);
            if run > 0 && behind.is_none_or(u8::is_ascii_whitespace) {
                all.push(LeafWord { start: at, end: at + run, text: &text[at..at + run], behind: "" });
                at += run + 1;
                continue;
            }
            let raw = text[at..].split(char::is_whitespace).next().unwrap_or("");
            all.extend(word(raw, at));
            at += raw.len();
            at += text[at..].chars().next().map_or(0, char::len_utf8);
        }
        let mut next = usize::MAX;
        let mut figures = vec![next; all.len()];
        for (at, word) in all.iter().enumerate().rev() {
            if word.text.bytes().any(|byte| byte.is_ascii_digit()) {
                next = at;
            }
            figures[at] = next;
        }
        Self { text, all, figures }
    }

    /// Whether this word or one of the next few has a digit, as every reference does.
    pub(super) fn may_name(&self, at: usize) -> bool {
        self.figures.get(at).is_some_and(|figure| *figure <= at + MAX_DIGIT_DISTANCE)
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<LeafWord<'a>> {
        self.all.get(at).copied()
    }

    /// Returns a word by index, unless a sentence or clause ends between it and the previous word.
    pub(super) fn next(&self, at: usize) -> Option<LeafWord<'a>> {
        let before = self.get(at.checked_sub(1)?)?;
        self.get(at).filter(|_| !before.behind.contains(['.', ';', ':', ',', '!', '?', '»']))
    }

    /// Parses a number after a sign, « n° 12 345 », « n°5 » or « No. 5 », with the sign at `at`; returns it with the
    /// index of the next word.
    pub(super) fn numbered(&self, at: usize) -> Option<(String, usize)> {
        let sign = self.get(at)?;
        let lower = sign.text.to_lowercase();
        let glued = ["n°", "nº", "n\u{b0}", "n.º"].iter().find_map(|prefix| lower.strip_prefix(prefix));
        if let Some(number) = glued.filter(|number| number.starts_with(|c: char| c.is_ascii_digit())) {
            return Some((number.to_owned(), at + 1));
        }
        let is_sign = ["n°", "nº", "n°s", "nos", "no", "nr", "n", "n.º", "num", "numéro", "number", "nummer"]
            .contains(&lower.as_str());
        let at = match (is_sign, self.get(at + 1)?.text) {
            (true, "°" | "º" | "o") => at + 2,
            (true, _) => at + 1,
            _ => return None,
        };
        let first = self.get(at)?;
        let figures = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let mut number = first.text.to_owned();
        let mut next = at + 1;
        while figures(&number) && self.get(next - 1)?.behind.is_empty() && number.len() <= 9 {
            match self.get(next).filter(|word| word.text.len() == 3 && figures(word.text)) {
                Some(thousands) => number.push_str(thousands.text),
                None => break,
            }
            next += 1;
        }
        number.starts_with(|c: char| c.is_ascii_digit()).then_some((number, next))
    }

    /// Parses a complete date at a word; returns it in ISO 8601 with its end offset.
    pub(super) fn date(&self, at: usize) -> Option<(String, usize)> {
        let start = self.get(at)?.start;
        let window = &self.text[start..];
        let window = &window[..window.floor_char_boundary(DATE_WINDOW)];
        if !window.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return None;
        }
        let date =
            date::dates(window).into_iter().next().filter(|date| date.bytes.start == 0 && date.iso.len() == 10)?;
        Some((date.iso, start + date.bytes.end))
    }

    /// Returns the index of the first word, from `from` on, that starts at or after the offset `byte`.
    pub(super) fn behind(&self, from: usize, byte: usize) -> usize {
        (from..self.len()).find(|&at| self.all[at].start >= byte).unwrap_or(self.len())
    }

    /// Returns the text around a word in lower case.
    pub(super) fn neighbourhood(&self, at: usize) -> String {
        let Some(word) = self.get(at) else { return String::new() };
        let start = self.text.floor_char_boundary(word.start.saturating_sub(NEIGHBOURHOOD));
        let end = self.text.floor_char_boundary(word.end + NEIGHBOURHOOD);
        self.text[start..end].to_lowercase().replace('’', "'")
    }
}

/// Strips punctuation from a word. A bracket that it opens itself is kept: « (UE) » gives « UE », « RES(2017) » is
/// unchanged.
fn word(raw: &str, at: usize) -> Option<LeafWord<'_>> {
    let opened = raw.trim_start_matches(['(', '[', '«', '"', '“', '‘', '\'', '*', '„', '–', '-']);
    let from = opened.rfind(['’', '\'']).filter(|cut| *cut > 0).map_or(0, |cut| elided(opened, cut));
    let body = &opened[from..];
    let mut text = body.trim_end_matches(['.', ',', ';', ':', '!', '?', '»', '"', '”', '’', '\'', ']', '*', '…']);
    if !text.contains(')') {
        // No bracket to remove.
    } else if text.ends_with(')') && !text.contains('(') {
        text = text.trim_end_matches([')', '.', ',', ';', '»']);
    } else if text.matches(')').count() > text.matches('(').count() {
        text = text.strip_suffix(')').unwrap_or(text);
    }
    let start = at + raw.len() - opened.len() + from;
    let end = start + text.len();
    (!text.is_empty()).then(|| LeafWord { start, end, text, behind: &raw[end - at..] })
}

/// Returns the offset after the apostrophe if a short word is elided before it, otherwise 0.
fn elided(word: &str, cut: usize) -> usize {
    let behind = cut + word[cut..].chars().next().map_or(0, char::len_utf8);
    if cut <= 5 && behind < word.len() { behind } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_without_punctuation_and_elision() {
        let text = "l’article 4, «(UE)» P8_TA(2017)0485. (2019/26(RSP))\u{a0}; d'un";
        let words = LeafWords::split(text);
        let found: Vec<&str> = (0..words.len()).filter_map(|at| words.get(at)).map(|word| word.text).collect();
        assert_eq!(found, ["article", "4", "UE", "P8_TA(2017)0485", "2019/26(RSP)", "un"]);
        for word in (0..words.len()).filter_map(|at| words.get(at)) {
            assert_eq!(&text[word.start..word.end], word.text);
        }
    }

    #[test]
    fn numbers_are_read_with_their_thousands() {
        for (text, number) in [
            ("n° 43940 de", Some("43940")),
            ("n° 12\u{202f}345 de", Some("12345")),
            ("n°5747", Some("5747")),
            ("No. 12", Some("12")),
            ("nº 2004-575", Some("2004-575")),
            ("n° 12, 345", Some("12")),
            ("nous 12", None),
            ("n°", None),
        ] {
            assert_eq!(LeafWords::split(text).numbered(0).map(|(number, _)| number).as_deref(), number, "{text}");
        }
    }
}
