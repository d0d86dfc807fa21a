//! Computes the shape of a line: the text without the values of its numbers and dates. « Rapport annuel – 12 » and «
//! Rapport annuel – 13 » have the same shape, and so have « xii Rapport » and « xiv Rapport ». Words are compared as
//! text, not by meaning, and this module does not decide which lines are furniture.

use std::ops::Range;

use crate::text::date;

/// Placeholders for a number and for a date in a shape.
const NUMBER: char = '#';
const DATE: char = '@';
/// Minimum number that is a year rather than the number of pages of a document.
const LEAST_YEAR: u32 = 1000;
/// Words before a page number, or between it and the number of pages.
const PAGE_WORDS: [&str; 15] =
    ["page", "pages", "p", "pg", "folio", "fol", "f°", "seite", "pagina", "página", "of", "sur", "de", "von", "van"];
/// Signs that separate a page number from the words of a running line.
const PARTING: [char; 13] = ['-', '–', '—', '|', '·', '•', '/', '[', ']', '(', ')', '~', '\t'];

/// A line with placeholders for its numbers and dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LineShape {
    /// The line with `#` for each number and `@` for each date, white space normalised.
    pub words: String,
    pub numbers: Vec<ShapeNumber>,
    /// The dates in ISO 8601, in order.
    pub dates: Vec<String>,
}

/// A number in a line, in Arabic or Roman numerals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ShapeNumber {
    /// Value, saturated at `u32::MAX`.
    pub value: u32,
    /// Whether it is where a page number is written: first or last in the line and separate from the words.
    pub is_folio: bool,
}

impl LineShape {
    /// Computes the shape of a line.
    pub(super) fn from_text(text: &str) -> Self {
        let mut shape = Self { words: String::with_capacity(text.len()), numbers: Vec::new(), dates: Vec::new() };
        let mut dates = date::dates(text).into_iter().peekable();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            if let Some(date) = dates.next_if(|date| date.bytes.start <= at) {
                shape.words.push(DATE);
                shape.dates.push(date.iso);
                at = date.bytes.end.max(at);
                continue;
            }
            let end = at + run(&text[at..], c);
            match number(&text[at..end]) {
                Some(value) => {
                    shape.words.push(NUMBER);
                    shape.numbers.push(ShapeNumber { value, is_folio: is_folio(text, at..end) });
                }
                None if c.is_whitespace() => shape.words.push(' '),
                None => shape.words.push_str(&text[at..end]),
            }
            at = end;
        }
        shape
    }

    /// Number of letters outside numbers and dates.
    pub(super) fn letters(&self) -> usize {
        self.words.chars().filter(|c| c.is_alphabetic()).count()
    }

    /// Whether the line is numbered as titles and items are, with at most one word: « Art. 4 », « Annexe II », « 12. »,
    /// « Fiche 3 : ».
    pub(super) fn is_numbering(&self) -> bool {
        let counts = !self.numbers.is_empty() && self.numbers.iter().all(|number| !number.is_folio);
        counts && letter_runs(&self.words).count() <= 1
    }
}

/// Iterates over the runs of letters of a text.
pub(super) fn letter_runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty())
}

/// Length, in bytes, of the run of digits, letters or white space at the start of a text; otherwise of its first
/// character.
fn run(text: &str, first: char) -> usize {
    let class = |c: char| match c {
        '0'..='9' => 1,
        _ if c.is_whitespace() => 2,
        _ if c.is_alphabetic() => 3,
        _ => 4,
    };
    let same = |c: char| class(first) != 4 && class(c) == class(first);
    text.char_indices().skip(1).find(|&(_, c)| !same(c)).map_or(text.len(), |(at, _)| at)
}

fn number(run: &str) -> Option<u32> {
    if run.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(run.parse().unwrap_or(u32::MAX));
    }
    roman(run)
}

/// Returns the value of Roman numerals up to « ccc » in standard form, all lower case or all upper case. « C » and « L
/// » alone are letters.
pub(super) fn roman(run: &str) -> Option<u32> {
    const FIGURES: [(&str, u32); 9] =
        [("c", 100), ("xc", 90), ("l", 50), ("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1)];
    let is_case = |small: bool| run.chars().all(|c| c.is_ascii_alphabetic() && c.is_ascii_lowercase() == small);
    if run.len() > 12 || !(is_case(true) || is_case(false)) || matches!(run, "c" | "C" | "l" | "L") {
        return None;
    }
    let small = run.to_ascii_lowercase();
    let (mut rest, mut value) = (small.as_str(), 0);
    for (figure, worth) in FIGURES {
        let most = if matches!(figure, "c" | "x" | "i") { 3 } else { 1 };
        for _ in 0..most {
            let Some(after) = rest.strip_prefix(figure) else { break };
            (rest, value) = (after, value + worth);
        }
    }
    (rest.is_empty() && value > 0).then_some(value)
}

/// Whether a number is set as a page number: « 12 RAPPORT », « Rapport – 12 », « Rapport   12 », « Rapport, page 12 »,
/// « Rapport 3/12 ». « 12. Rapport » and « Question 12 » are not page numbers.
fn is_folio(text: &str, at: Range<usize>) -> bool {
    let (before, after) = (&text[..at.start], &text[at.end..]);
    let is_edge = |text: &str| text.chars().all(|c| c.is_whitespace() || PARTING.contains(&c));
    if is_edge(before) && (after.starts_with(char::is_whitespace) || is_edge(after)) {
        return true;
    }
    let pages = pages_in_all(after);
    let words = before.trim_end();
    let word = words.trim_end_matches('.').rsplit(|c: char| c.is_whitespace() || PARTING.contains(&c)).next();
    let wide = before.len() - words.len() >= 2;
    let apart = before.len() > words.len() && words.ends_with(|c| PARTING.contains(&c) || c == ',');
    let named = word.is_some_and(|word| PAGE_WORDS.contains(&word.to_lowercase().as_str()));
    (is_edge(after) || pages) && (wide || apart || named) || pages && before.ends_with(char::is_whitespace)
}

/// Whether the line ends with a number of pages: « /12 », « sur 12 », « of 12 ».
fn pages_in_all(after: &str) -> bool {
    let bare = after.trim_matches(|c: char| c.is_whitespace() || ")]-–—".contains(c));
    let start = bare.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let sign = bare[..start].trim();
    let joins = matches!(sign, "/" | "|") || PAGE_WORDS[10..].contains(&sign.to_lowercase().as_str());
    joins && bare[start..].parse::<u32>().is_ok_and(|pages| pages < LEAST_YEAR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates_are_taken_out_of_a_shape() {
        for (line, words, numbers) in [
            ("Rapport annuel   –  12", "Rapport annuel – #", vec![12]),
            ("xiv RAPPORT", "# RAPPORT", vec![14]),
            ("RAPPORT XC", "RAPPORT #", vec![90]),
            ("Séance du 3 mai 2019 – 1/40", "Séance du @ – #/#", vec![1, 40]),
            ("JO C 45, l’if et vic", "JO C #, l’if et vic", vec![45]),
            ("PE635.464v01-00", "PE#.###-#", vec![635, 464, 5, 1, 0]),
            ("99999999999", "#", vec![u32::MAX]),
            ("", "", vec![]),
        ] {
            let shape = LineShape::from_text(line);
            let values: Vec<u32> = shape.numbers.iter().map(|number| number.value).collect();
            assert_eq!((shape.words.as_str(), values), (words, numbers), "{line}");
        }
    }

    #[test]
    fn a_folio_is_at_the_edge_of_its_line_separate_from_the_words() {
        for line in [
            "12 RAPPORT",
            "Rapport – 12",
            "Rapport   12",
            "Rapport, page 12",
            "Rapport – p. xii",
            "Rapport 3/13",
            "Rapport page 3 sur 13",
            "- 3 -",
            "iii",
        ] {
            assert!(LineShape::from_text(line).numbers.iter().any(|number| number.is_folio), "{line}");
        }
        for line in
            ["12. Rapport", "12° les", "Question 12", "Décision 3/2019", "Art. 4. Le", "Titre II – Des", "Doc. 1-3"]
        {
            assert!(!LineShape::from_text(line).numbers.iter().any(|number| number.is_folio), "{line}");
        }
    }

    #[test]
    fn a_numbering_has_one_word_at_most() {
        for (line, is) in [
            ("Art. 4.", true),
            ("12.", true),
            ("Annexe II", true),
            ("Page 3", false),
            ("Les refuges 3", false),
            ("Art.", false),
        ] {
            assert_eq!(LineShape::from_text(line).is_numbering(), is, "{line}");
        }
    }
}
