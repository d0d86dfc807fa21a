//! The analysis of text: words, folded, each with its range. Index, query parser, matcher and highlighting all use it,
//! so that they agree on what a word is.
//!
//! A word is a run of letters and digits with their combining marks. Apostrophes, hyphens, underscores, punctuation and
//! superscript digits (« mot² ») end it; soft hyphens and zero-width spaces inside it are ignored. In scripts without
//! spaces (Han, kana, Thai, Lao, Khmer) each character is a word: a query is split in the same way and its words must
//! be adjacent, so any part of a sentence is found. Without stems, variants and stop words. The result is stored in
//! indexes: a change must raise [`NUMBER`].

pub mod forms;
pub mod function_words;
pub mod stem;
pub mod word_class;

use std::borrow::Cow;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::TextRange;
use crate::text::fold::fold_word;
use crate::text::offset::range;

/// The number of this analysis. An index of another number is rebuilt.
pub const NUMBER: u32 = 2;

/// The most bytes one word has; longer runs of letters are cut into words of this length. Engines have limits of their
/// own, which no folded word reaches.
const LONGEST: usize = 1024;

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// As it is compared: lower case, without accents; never empty.
    pub folded: Cow<'a, str>,
    /// Its range, in bytes of the text given to [`words`].
    pub range: TextRange,
}

/// The words of a text in order.
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

/// See [`words`].
#[derive(Clone, Debug)]
pub struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        loop {
            let (start, end, case) = self.next_run()?;
            let run = &self.text[start..end];
            let folded = match case {
                Case::Folded => Cow::Borrowed(run),
                Case::Mixed => {
                    let mut buffer = String::with_capacity(run.len());
                    fold_into(run, &mut buffer);
                    Cow::Owned(buffer)
                }
            };
            if !folded.is_empty() {
                return Some(Word { folded, range: range(start, end) });
            }
        }
    }
}

/// A word in lower case with its accents, composed, without ignorable characters: the information that its folded form
/// loses.
pub fn accented(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    let mut buffer = String::with_capacity(word.len());
    accented_into(word, &mut buffer);
    Cow::Owned(buffer)
}

/// Adds [`accented`] of a word to a buffer.
pub fn accented_into(word: &str, buffer: &mut String) {
    let start = buffer.len();
    if word.is_ascii() {
        buffer.push_str(word);
        buffer[start..].make_ascii_lowercase();
    } else if word.chars().all(is_composed) {
        for c in word.chars() {
            match c {
                'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' => buffer.extend(c.to_lowercase()),
                '\u{0}'..='\u{ff}' => buffer.push(c),
                _ => buffer.extend(c.to_lowercase()),
            }
        }
    } else {
        let seen = word.chars().filter(|c| class(*c) != Class::Joiner).flat_map(char::to_lowercase);
        buffer.extend(seen.nfc());
    }
}

/// Whether a character is the same in any context: letters of Latin, Greek and Cyrillic, ideographs.
fn is_composed(c: char) -> bool {
    matches!(c, '\0'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{370}'..='\u{482}' | '\u{48a}'..='\u{52f}'
        | '\u{4e00}'..='\u{9fff}')
}

/// The class of a character for splitting words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// A letter or digit that makes words with its neighbours.
    Letter,
    /// A letter of a script without spaces: a word of its own.
    Single,
    /// Belongs to the letter before it.
    Mark,
    /// Not seen between two letters, and a separator elsewhere: soft hyphen, zero-width space and joiners.
    Joiner,
    /// Everything else.
    Separator,
}

/// Whether a run is already as it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    Folded,
    Mixed,
}

impl<'a> Words<'a> {
    /// The next word without an allocation: `buffer` holds its folded form where that differs from the text.
    pub fn next_into<'b>(&mut self, buffer: &'b mut String) -> Option<(&'b str, TextRange)>
    where
        'a: 'b,
    {
        loop {
            let (start, end, case) = self.next_run()?;
            let run = &self.text[start..end];
            if case == Case::Folded {
                return Some((run, range(start, end)));
            }
            buffer.clear();
            fold_into(run, buffer);
            if !buffer.is_empty() {
                return Some((buffer, range(start, end)));
            }
        }
    }

    /// The bounds of the next run of word characters.
    fn next_run(&mut self) -> Option<(usize, usize, Case)> {
        let (start, first) = self.skip_separators()?;
        self.at = start;
        match first {
            Class::Single => Some(self.single(start)),
            _ => Some(self.run(start)),
        }
    }

    fn skip_separators(&self) -> Option<(usize, Class)> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        while at < bytes.len() {
            if bytes[at].is_ascii() {
                if bytes[at].is_ascii_alphanumeric() {
                    return Some((at, Class::Letter));
                }
                at += 1;
                continue;
            }
            let c = char_at(self.text, at);
            match class(c) {
                found @ (Class::Letter | Class::Single) => return Some((at, found)),
                _ => at += c.len_utf8(),
            }
        }
        None
    }

    /// One character of a script without spaces, with its marks.
    fn single(&mut self, start: usize) -> (usize, usize, Case) {
        let first = char_at(self.text, start);
        let mut end = start + first.len_utf8();
        while end - start < LONGEST
            && let Some(c) = self.text[end..].chars().next()
            && class(c) == Class::Mark
        {
            end += c.len_utf8();
        }
        self.at = end;
        let alone = end - start == first.len_utf8();
        (start, end, if alone && folds_to_itself(first) { Case::Folded } else { Case::Mixed })
    }

    /// Letters and digits up to what ends the word.
    fn run(&mut self, start: usize) -> (usize, usize, Case) {
        let bytes = self.text.as_bytes();
        let mut case = Case::Folded;
        let (mut at, mut end) = (start, start);
        while at < bytes.len() && at - start < LONGEST {
            let byte = bytes[at];
            if byte.is_ascii() {
                if !byte.is_ascii_alphanumeric() {
                    break;
                }
                if byte.is_ascii_uppercase() {
                    case = Case::Mixed;
                }
                at += 1;
                end = at;
                continue;
            }
            let c = char_at(self.text, at);
            match class(c) {
                Class::Letter | Class::Mark => {
                    case = Case::Mixed;
                    at += c.len_utf8();
                    end = at;
                }
                Class::Joiner => {
                    case = Case::Mixed;
                    at += c.len_utf8();
                }
                Class::Single | Class::Separator => break,
            }
        }
        self.at = end;
        (start, end, case)
    }
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().expect("`at` is before the end")
}

fn class(c: char) -> Class {
    match c as u32 {
        0..=0x7F => ascii(c),
        0xAD | 0x200B..=0x200D | 0x2060 | 0xFEFF => Class::Joiner,
        // Superscript digits and ordinal signs follow words without being part of them; U+02BC is an apostrophe that
        // Unicode classifies as a letter.
        0x2BC | 0xAA | 0xB2 | 0xB3 | 0xB9 | 0xBA | 0x2070 | 0x2074..=0x2079 => Class::Separator,
        // Latin letters, of which French is made.
        0xC0..=0x24F if c != '×' && c != '÷' => Class::Letter,
        // Thai, Lao, Khmer; kana; Han.
        0x0E00..=0x0EFF
        | 0x1780..=0x17FF
        | 0x3005..=0x3007
        | 0x3021..=0x302F
        | 0x3031..=0x3035
        | 0x303B
        | 0x3041..=0x30FF
        | 0x31F0..=0x31FF
        | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF
        | 0xF900..=0xFAFF
        | 0xFF66..=0xFF9F
        | 0x1AFF0..=0x1B16F
        | 0x20000..=0x3FFFF => spaceless(c),
        _ if is_combining_mark(c) => Class::Mark,
        _ if c.is_alphanumeric() => Class::Letter,
        _ => Class::Separator,
    }
}

fn ascii(c: char) -> Class {
    if c.is_ascii_alphanumeric() { Class::Letter } else { Class::Separator }
}

fn spaceless(c: char) -> Class {
    if is_combining_mark(c) {
        Class::Mark
    } else if c.is_alphanumeric() {
        Class::Single
    } else {
        Class::Separator
    }
}

/// Han and kana in their usual blocks, of which whole texts are made and which have no case or accents.
fn folds_to_itself(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}')
}

/// Folds a run into a buffer: Latin letters from a table made of [`fold_word`] itself, anything else by it.
fn fold_into(run: &str, buffer: &mut String) {
    static LATIN: OnceLock<Vec<String>> = OnceLock::new();
    const END: u32 = 0x250;
    if run.is_ascii() {
        buffer.push_str(run);
        buffer.make_ascii_lowercase();
        return;
    }
    let latin = LATIN
        .get_or_init(|| (0..END).filter_map(char::from_u32).map(|c| fold_word(c.encode_utf8(&mut [0; 4]))).collect());
    if run.chars().all(|c| (c as u32) < END) {
        for c in run.chars() {
            buffer.push_str(&latin[c as usize]);
        }
    } else {
        buffer.push_str(&fold_word(run));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).map(|word| word.folded.into_owned()).collect()
    }

    #[test]
    fn words_are_what_stands_between_separators() {
        for (text, expected) in [
            ("Les droits de l'homme", "les droits de l homme"),
            ("l’homme, L‘Homme", "l homme l homme"),
            ("Assemblée nationale", "assemblee nationale"),
            ("Œuvre, ÆTHER", "oeuvre aether"),
            ("sous-déclarée, sous‑déclarée, sous‐déclarée", "sous declaree sous declaree sous declaree"),
            ("P8_TA(2017)0485", "p8 ta 2017 0485"),
            ("2019/2610(RSP)", "2019 2610 rsp"),
            ("n°\u{a0}5747", "n 5747"),
            ("2e 1er XIVe", "2e 1er xive"),
            ("mot² mot³", "mot mot"),
            ("nº 5", "n 5"),
            ("so\u{ad}ft ze\u{200b}ro b\u{feff}om jo\u{2060}in", "soft zero bom join"),
            ("e\u{301}te\u{301}", "ete"),
            ("Нурсултан Назарбаев", "нурсултан назарбаев"),
            ("Αθήνα", "αθηνα"),
            ("欧洲议会", "欧 洲 议 会"),
            ("EU欧洲2019", "eu 欧 洲 2019"),
            ("カサフ", "カ サ フ"),
            ("--- « » … \u{301}", ""),
            ("", ""),
        ] {
            assert_eq!(folded(text).join(" "), expected, "{text:?}");
        }
    }

    #[test]
    fn a_word_in_a_script_without_spaces_keeps_its_marks() {
        let ranges: Vec<_> = words("กำลังที่").map(|word| usize::from(word.range.len()) / 3).collect();
        assert_eq!(ranges.iter().sum::<usize>(), "กำลังที่".chars().count());
        assert!(ranges.len() < "กำลังที่".chars().count(), "{ranges:?}");
    }

    #[test]
    fn what_is_taken_for_folded_is() {
        for c in ('\u{3000}'..='\u{9FFF}').filter(|c| folds_to_itself(*c)) {
            assert_eq!(fold_word(&c.to_string()), c.to_string());
        }
    }

    #[test]
    fn what_is_not_seen_at_a_words_end_is_not_in_its_range() {
        let text = "so\u{ad}ft\u{ad} x";
        let first = words(text).next().unwrap();
        assert_eq!(&text[first.range], "so\u{ad}ft");
    }

    #[test]
    fn a_line_without_spaces_is_cut_into_words_an_engine_can_hold() {
        let text = "é".repeat(100_000);
        let longest = words(&text).map(|word| word.folded.len()).max().unwrap();
        assert!(longest <= LONGEST + 4);
        assert_eq!(words(&text).map(|word| usize::from(word.range.len())).sum::<usize>(), text.len());
    }

    #[test]
    fn a_word_keeps_its_accents_and_is_composed() {
        for (word, expected) in [
            ("Détention", "détention"),
            ("e\u{301}TE\u{301}", "été"),
            ("Œuvre", "œuvre"),
            ("par\u{ad}lement", "parlement"),
            ("İ", "i\u{307}"),
            ("ТОКАЕВ", "токаев"),
            ("2019", "2019"),
        ] {
            assert_eq!(accented(word), expected, "{word}");
        }
    }

    proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

        #[test]
        fn an_accented_word_is_composed_lower_case_and_folds_alike(word in "[a-zA-ZéÀœßİǅñ0-9жЁΣ欧\u{301}\u{ad}]{0,12}") {
            let found = accented(&word);
            let composed: String = found.nfc().collect();
            prop_assert_eq!(found.as_ref(), composed);
            prop_assert_eq!(fold_word(&found), fold_word(&word));
        }

        #[test]
        fn words_are_in_order_and_folded_as_text_folds_them(text in "[a-zA-ZéÀœßİſǅñ0-9'’ \\-²ªжЁΣ欧กั\u{301}\u{ad}\u{200d}]{0,40}") {
            let mut end = 0;
            for word in words(&text) {
                prop_assert!(usize::from(word.range.start()) >= end && !word.range.is_empty());
                end = word.range.end().into();
                prop_assert_eq!(word.folded.as_ref(), fold_word(&text[word.range]));
            }
        }

        #[test]
        fn both_ways_of_reading_words_agree_on_any_text(text in "\\PC{0,60}") {
            let mut buffer = String::new();
            let mut reader = words(&text);
            for word in words(&text) {
                let (folded, range) = reader.next_into(&mut buffer).unwrap();
                prop_assert_eq!((folded, range), (word.folded.as_ref(), word.range));
            }
            prop_assert!(reader.next_into(&mut buffer).is_none());
        }
    }
}
