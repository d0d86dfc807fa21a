//! Line break opportunities: UAX #14 (including dictionary-like models for Thai, Khmer and related scripts), restricted
//! by the spacing rules of French typography, also for plain spaces that replace no-break spaces. Does not know widths
//! and never prevents a break inside an over-long word: the layout cuts those.

use std::sync::OnceLock;

use icu_segmenter::LineSegmenter;
use icu_segmenter::LineSegmenterBorrowed;
use icu_segmenter::options::LineBreakOptions;

use super::grapheme;

/// The longest abbreviation, in bytes: how far back a rule looks.
const ABBREVIATION_BYTES: usize = 8;

/// Titles that stay with the name behind them.
const TITLES: [&str; 16] =
    ["M.", "MM.", "Mme", "Mmes", "Mlle", "Mlles", "Me", "Dr", "Dr.", "Pr", "Pr.", "Mr", "Mr.", "Mrs", "Mrs.", "Ms"];

/// Abbreviations that stay with the number behind them.
const NUMBERED: [&str; 26] = [
    "n°",
    "N°",
    "nº",
    "nos",
    "n\u{2070}",
    "no.",
    "No.",
    "No",
    "no",
    "nr.",
    "Nr.",
    "p.",
    "pp.",
    "P.",
    "art.",
    "Art.",
    "al.",
    "§",
    "§§",
    "chap.",
    "Chap.",
    "vol.",
    "t.",
    "sect.",
    "fig.",
    "ch.",
];

/// Byte offsets of break opportunities, ascending, without 0 and with the text's length, never inside a grapheme
/// cluster. Spaces precede the offset. The text is a leaf block or a piece of one.
pub fn opportunities(text: &str) -> Vec<usize> {
    let is_open = |at: usize| at == text.len() || !is_bound(text, at) && grapheme::is_boundary(text, at);
    segmenter().segment_str(text).filter(|&at| at > 0 && is_open(at)).collect()
}

/// Whether a character is a blank at which a line may end; no-break spaces are not.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{202F}' | '\u{2007}')
}

fn segmenter() -> LineSegmenterBorrowed<'static> {
    static SEGMENTER: OnceLock<LineSegmenterBorrowed<'static>> = OnceLock::new();
    *SEGMENTER.get_or_init(|| LineSegmenter::new_auto(LineBreakOptions::default()))
}

/// Whether French spacing forbids a break that UAX #14 allows.
fn is_bound(text: &str, at: usize) -> bool {
    let (before, after) = (text[..at].trim_end(), &text[at..]);
    if before.is_empty() || before.len() == at {
        return false;
    }
    after.starts_with([';', ':', '!', '?'])
        || closes(after, ['»', '›'])
        || opens(before, ['«', '‹'])
        || before.ends_with(|c: char| c.is_ascii_digit()) && continues_number(before, after)
        || is_abbreviated(before, after)
}

/// « x »: the sign is followed by no letter. Where it is (»x«), it opens.
fn closes(after: &str, signs: [char; 2]) -> bool {
    after.strip_prefix(signs).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// « x »: the sign follows a space or a bracket. After a letter it closes (»x«).
fn opens(before: &str, signs: [char; 2]) -> bool {
    before.strip_suffix(signs).is_some_and(|rest| rest.ends_with(|c: char| !c.is_alphanumeric()) || rest.is_empty())
}

/// 1 000, 5 %, 10 €.
fn continues_number(before: &str, after: &str) -> bool {
    let group = before.bytes().rev().take(4).take_while(u8::is_ascii_digit).count();
    let digits = after.bytes().take(4).take_while(u8::is_ascii_digit).count();
    digits == 3 && group <= 3 || after.starts_with(['%', '‰', '€', '$', '£', '°'])
}

fn is_abbreviated(before: &str, after: &str) -> bool {
    let window = &before[before.ceil_char_boundary(before.len().saturating_sub(ABBREVIATION_BYTES))..];
    let is_edge = |c: char| c.is_whitespace() || matches!(c, '(' | '[' | '«' | '“' | '"' | '\'' | '’' | '-' | '/');
    let start = window.char_indices().rev().find(|&(_, c)| is_edge(c)).map_or(0, |(at, c)| at + c.len_utf8());
    let word = &window[start..];
    let next = after.chars().next().unwrap_or(' ');
    NUMBERED.contains(&word) && (next.is_ascii_digit() || is_roman(after))
        || TITLES.contains(&word) && next.is_uppercase()
        || is_initial(word) && next.is_uppercase()
}

/// « A. Dupont »: an initial stays with the name behind it.
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.as_str() == "."
}

fn is_roman(after: &str) -> bool {
    let numeral = after.chars().take(8).take_while(|c| "IVXLCDM".contains(*c)).count();
    numeral > 0 && !after[numeral..].starts_with(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with « | » at each break opportunity.
    fn broken(text: &str) -> String {
        let mut start = 0;
        let mut parts = Vec::new();
        for at in opportunities(text) {
            parts.push(&text[start..at]);
            start = at;
        }
        parts.join("|")
    }

    #[test]
    fn french_spacing_holds_together_what_belongs_together() {
        let table = [
            ("le droit ; il dit : oui ! non ?", "le |droit ; |il |dit : |oui ! |non ?"),
            ("des « aveux » faits", "des |« aveux » |faits"),
            ("des « aveux forcés » ; ils", "des |« aveux |forcés » ; |ils"),
            ("sagte »Hallo« und ging", "sagte |»Hallo« |und |ging"),
            ("question n° 5 du jour", "question |n° 5 |du |jour"),
            ("(p. 601, pp. 5 à 7)", "(p. 601, |pp. 5 |à |7)"),
            ("M. Karim, MM. X et Mme Y", "M. Karim, |MM. X |et |Mme Y"),
            ("l’art. 5, al. 2, § 12", "l’art. 5, |al. 2, |§ 12"),
            ("chap. IV du t. II", "chap. IV |du |t. II"),
            ("plus de 1 000 000 euros", "plus |de |1 000 000 |euros"),
            ("en 2019 150 morts et 10 2000", "en |2019 |150 |morts |et |10 |2000"),
            ("5 % de 10 €", "5 % |de |10 €"),
            ("il dit no. Puis rien", "il |dit |no. |Puis |rien"),
            ("droit\u{a0}; n°\u{202f}5", "droit\u{a0}; |n°\u{202f}5"),
            ("aujourd’hui l'homme", "aujourd’hui |l'homme"),
            ("sous-déclarée", "sous-|déclarée"),
            ("§  12", "§  12"),
        ];
        for (text, expected) in table {
            assert_eq!(broken(text), expected);
        }
    }

    #[test]
    fn scripts_without_spaces_have_breaks() {
        assert!(opportunities("日本語の決議").len() > 3);
        assert!(opportunities("สิทธิมนุษยชนในประเทศ").len() > 2);
        assert_eq!(opportunities(""), Vec::<usize>::new());
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]
        #[test]
        fn breaks_ascend_to_the_end_on_cluster_boundaries(text in "[ a-zé«»:;?.0-9%M§°\\PC]{0,40}") {
            let breaks = opportunities(&text);
            proptest::prop_assert!(breaks.is_sorted_by(|a, b| a < b));
            proptest::prop_assert!(breaks.iter().all(|&at| at > 0 && grapheme::is_boundary(&text, at)));
            proptest::prop_assert_eq!(breaks.last().copied().unwrap_or(0), text.len());
        }
    }
}
