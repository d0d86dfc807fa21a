//! When two spellings can be one name: Tokaïev, Tokayev, Tokajew, Токаев. A word is read aloud under each convention it
//! could have been romanised by (French, English, German, native), which gives canonical romanisations; the consonants of
//! one are its class, and inside a class a short distance between romanisations decides. Dictionaries are keyed by class.
//!
//! It knows rules, not people: it holds no list of names, and what rules cannot know is an alias's business. It does not
//! judge whether a word is a name at all (the caller knows which words were seen capitalised), it does not split texts
//! into words, and it translates nothing: Vladimir is not Volodymyr, Michel is not Mikhaïl.
//!
//! Decided here: a feminine surname is another name (Aliyev, Aliyeva), since it is another person; near vowels are one
//! (Karimov, Kerimov), since one name is written with both.
//!
//! Written here because no crate compares the spellings of a name over conventions of romanisation and scripts.

mod distance;
mod latin;
mod scripts;
mod sounds;
#[cfg(test)]
mod tests;

use crate::text::fold::fold_word;

use sounds::Reading;

/// The most letters of a name; longer words are none.
const LONGEST: usize = 32;

/// The class of a word: the consonants of its usual reading, which the spellings of one name share. `None` when it can be
/// no name: digits, a Roman numeral, fewer than three letters (two consonants in Arabic script), other scripts.
///
/// One class is not enough for words that several conventions read differently: see [`classes`].
pub fn class(word: &str) -> Option<String> {
    readings(word).first().map(Reading::class)
}

/// The phonetic classes of a word, the usual one first; most words have one, none more than eight. A dictionary stores
/// a word under each, and a look-up tries each: two spellings of one name share at least one.
///
/// Ambiguous letters: « ch » is sh in French, tch in English, kh in German; `j` is a consonant in French and English
/// and y in German and Slavic romanisations; `sch` is ш, ж or с-х in German; `w` is v or the Arabic vowel-like w
/// (Walid, Oualid); `c` and `x` are k/s and ks, or ts and kh in native Latin orthographies; `q` is k, or the Arabic q
/// pronounced g; Cyrillic `г` is g, or the h of Ukrainian and of foreign names; an Arabic article may be attached.
pub fn classes(word: &str) -> Vec<String> {
    let mut classes = Vec::new();
    for class in readings(word).iter().map(Reading::class) {
        if !classes.contains(&class) {
            classes.push(class);
        }
    }
    classes
}

/// Whether two spellings can be one name. Case and accents do not count; the same word is always a variant of itself.
/// It is no equivalence: two variants of a third need not be variants of each other.
pub fn are_variants(a: &str, b: &str) -> bool {
    fold_word(a) == fold_word(b) || related(&readings(a), &readings(b))
}

/// The candidates that can be the same name as a word, the word itself among them, in their order.
pub fn of<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let folded = fold_word(word);
    let read = readings(word);
    candidates.filter(|candidate| fold_word(candidate) == folded || related(&read, &readings(candidate))).collect()
}

fn related(a: &[Reading], b: &[Reading]) -> bool {
    a.iter().any(|a| b.iter().any(|b| distance::close(a, b)))
}

/// The ways a word can be read aloud, the usual one first.
///
/// The method is that of phonetic indexing (Soundex, Daitch–Mokotoff), with two differences. A word has a reading for
/// each convention it can have been written by, because one spelling (« ch », `j`, `w`) has different sounds in different
/// conventions: one code for all, as Soundex has it, must either separate the spellings of one name or join
/// strangers. And a common code only makes candidates: vowels, which differ most between romanisations and yet tell names
/// apart, are compared afterwards by a weighted edit distance ([`distance::close`]). This is complete with respect to the
/// rules: two spellings that `close` accepts have equal consonants in one pair of readings, so they share a class, and a
/// look-up by class meets both.
fn readings(word: &str) -> Vec<Reading> {
    let folded = fold_word(word);
    let mut letters = 0;
    for c in folded.chars() {
        if c.is_alphabetic() {
            letters += 1;
        } else if !is_sign(c) {
            return Vec::new();
        }
    }
    let numeral = folded.bytes().all(|letter| matches!(letter, b'i' | b'v' | b'x'));
    if numeral || !(3..=LONGEST).contains(&letters) {
        return Vec::new();
    }
    let mut readings = match folded.chars().find(|c| c.is_alphabetic()) {
        Some('\u{400}'..='\u{52F}') => scripts::cyrillic(&folded),
        Some('\u{620}'..='\u{6FF}') => scripts::arabic(&folded),
        _ => latin::read(word, &folded),
    };
    readings.retain(Reading::can_be_a_name);
    readings
}

/// Signs inside a name that are not pronounced: hyphens, apostrophes and the half rings used as such.
fn is_sign(c: char) -> bool {
    matches!(c, '-' | '\'' | '`' | '\u{2B9}'..='\u{2BF}')
}
