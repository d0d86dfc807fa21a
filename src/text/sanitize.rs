//! Sanitises untrusted text so that it cannot control a terminal, with a visible mark in place of removed characters.
//! Every text of a document passes here once, where bytes become text: the result is NFC and has no control characters
//! other than line ends (and tabs, which extractors expand). Does not change words: look-alike letters and unusual
//! spaces remain.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::grapheme;

/// Replacement for characters without a picture of their own: U+2426, symbol for substitute form two.
pub const MARK: char = '␦';

/// The most marks that one base keeps; no script piles up as many.
const MARKS_A_BASE: usize = 8;

/// Cells between tab stops.
const TAB: usize = 8;

/// A text that cannot drive a terminal. `\r\n`, `\r`, U+2028 and U+2029 become `\n`; tabs are kept.
pub fn sanitize(text: &str) -> Cow<'_, str> {
    if is_sane(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(cap_marks(replace(text).nfc()))
}

/// The same for one line (a title, a name): tabs become spaces up to the next stop, a line end one space.
pub fn sanitize_line(text: &str) -> Cow<'_, str> {
    let text = sanitize(text);
    if !text.contains(['\t', '\n']) {
        return text;
    }
    let mut line = String::with_capacity(text.len());
    let mut cells = 0;
    for piece in text.split_inclusive(['\t', '\n']) {
        let words = piece.trim_end_matches(['\t', '\n']);
        line.push_str(words);
        cells += grapheme::width(words);
        if words.len() < piece.len() {
            let blanks = if piece.ends_with('\t') { TAB - cells % TAB } else { 1 };
            line.extend(std::iter::repeat_n(' ', blanks));
            cells += blanks;
        }
    }
    Cow::Owned(line)
}

/// Whether a character is a visible mark for something that may not reach a terminal, or for bytes that were no text.
pub fn is_mark(c: char) -> bool {
    matches!(c, '\u{2400}'..='\u{241F}' | '\u{2421}' | MARK | '\u{FFFD}')
}

/// What becomes of one character.
#[derive(PartialEq, Eq)]
enum Fate {
    Kept,
    Dropped,
    Shown(char),
}

fn fate(c: char) -> Fate {
    match c {
        '\n' | '\t' | ' '..='~' => Fate::Kept,
        '\r' | '\u{2028}' | '\u{2029}' => Fate::Shown('\n'),
        '\0'..='\u{1F}' => Fate::Shown(char::from_u32(0x2400 + u32::from(c)).unwrap_or(MARK)),
        '\u{7F}' => Fate::Shown('\u{2421}'),
        '\u{AD}' | '\u{200B}' | '\u{FEFF}' => Fate::Dropped,
        _ if c.is_control() || reorders(c) || has_no_meaning(c) => Fate::Shown(MARK),
        _ => Fate::Kept,
    }
}

/// Embeddings, overrides, isolates (UAX #9) and the deprecated format characters behind them.
fn reorders(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}')
}

/// Noncharacters, private use, tags and the unassigned ignorable characters around them.
fn has_no_meaning(c: char) -> bool {
    let code = u32::from(c);
    code & 0xFFFE == 0xFFFE
        || matches!(code, 0xE000..=0xF8FF | 0xFDD0..=0xFDEF | 0xE0000..=0xE00FF | 0xE01F0..=0xE0FFF | 0xF_0000..)
}

fn is_sane(text: &str) -> bool {
    if text.bytes().all(|byte| matches!(byte, b'\n' | b'\t' | b' '..=b'~')) {
        return true;
    }
    let mut marks = 0;
    let few_marks = text.chars().all(|c| {
        marks = if extends(c) { marks + 1 } else { 0 };
        marks <= MARKS_A_BASE && fate(c) == Fate::Kept
    });
    few_marks && is_nfc(text)
}

fn replace(text: &str) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut previous = '\0';
    for c in text.chars() {
        match fate(c) {
            _ if previous == '\r' && c == '\n' => {}
            Fate::Kept => replaced.push(c),
            Fate::Dropped => {}
            Fate::Shown(shown) => replaced.push(shown),
        }
        previous = c;
    }
    replaced
}

/// Truncating only the end of a run of marks keeps NFC: the remaining marks still separate the base from the following
/// text.
fn cap_marks(text: impl Iterator<Item = char>) -> String {
    let mut marks = 0;
    text.filter(|&c| {
        marks = if extends(c) { marks + 1 } else { 0 };
        marks <= MARKS_A_BASE
    })
    .collect()
}

fn extends(c: char) -> bool {
    !c.is_ascii() && (is_combining_mark(c) || matches!(c, '\u{200C}' | '\u{200D}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_drive_a_terminal_is_shown_as_a_mark() {
        let table = [
            ("\u{1b}]0;titre\u{7}", "␛]0;titre␇"),
            ("a\u{7f}b\u{0}", "a␡b␀"),
            ("\u{9b}2J", "␦2J"),
            ("a\u{202e}b\u{2066}c", "a␦b␦c"),
            ("so\u{ad}ft\u{200b} \u{feff}x", "soft x"),
            ("\u{f8ff}\u{fdd0}\u{e0041}\u{10ffff}", "␦␦␦␦"),
            ("un\r\ndeux\rtrois\u{2028}quatre\n\r\n", "un\ndeux\ntrois\nquatre\n\n"),
            ("e\u{301}te\u{301}", "été"),
            ("e\u{200b}\u{301}", "é"),
            ("l’été 5\u{a0}%\t«\u{202f}x\u{202f}»", "l’été 5\u{a0}%\t«\u{202f}x\u{202f}»"),
        ];
        for (text, sane) in table {
            assert_eq!(sanitize(text), sane, "{text:?}");
        }
    }

    #[test]
    fn marks_are_known_again_and_letters_are_not_marks() {
        assert!(sanitize("\u{1b}\u{7f}\u{85}").chars().all(is_mark));
        assert!(!"Aé日\u{2423}".chars().any(is_mark));
    }

    #[test]
    fn a_tower_of_marks_is_cut() {
        let tower = format!("x{}y", "\u{316}".repeat(1000));
        assert_eq!(sanitize(&tower), format!("x{}y", "\u{316}".repeat(8)));
    }

    #[test]
    fn a_sane_text_is_not_copied() {
        assert!(matches!(sanitize("Été à l’œuvre — 日本語 🇫🇷\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_line_has_neither_tabs_nor_line_ends() {
        assert_eq!(sanitize_line("ab\tc\r\nd"), "ab      c d");
        assert_eq!(sanitize_line("\t"), " ".repeat(8));
    }

    fn hostile() -> impl proptest::strategy::Strategy<Value = String> {
        use proptest::prelude::*;
        let odd = proptest::sample::select(vec![
            "\u{1b}",
            "\r",
            "\n",
            "\t",
            "e",
            "\u{301}",
            "\u{316}",
            "\u{ad}",
            "\u{200d}",
            "\u{202e}",
            "\u{85}",
            "\u{9c7}",
            "\u{9be}",
            "\u{1100}",
            "\u{1161}",
            "\u{fb1d}",
            "\u{344}",
            "\u{2126}",
            "\u{e0020}",
            "\u{ffff}",
            "가",
            "\u{11a8}",
        ]);
        prop_oneof![
            any::<String>(),
            proptest::collection::vec(odd.prop_map(str::to_owned), 0..40).prop_map(|parts| parts.concat()),
        ]
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]
        #[test]
        fn the_result_is_tame_nfc_and_final(text in hostile()) {
            let sane = sanitize(&text).into_owned();
            proptest::prop_assert!(!sane.chars().any(|c| c.is_control() && c != '\n' && c != '\t'), "{:?}", sane);
            proptest::prop_assert!(is_nfc(&sane), "{:?}", sane);
            proptest::prop_assert_eq!(sanitize(&sane), sane.as_str());
            let line = sanitize_line(&text).into_owned();
            proptest::prop_assert!(!line.chars().any(char::is_control), "{:?}", line);
            proptest::prop_assert!(is_nfc(&line), "{:?}", line);
            proptest::prop_assert_eq!(sanitize_line(&line), line.as_str());
        }
    }
}
