//! Word stems by the rules of a language (Snowball), so that « opposant » matches « opposants », with or without typed
//! accents. Two words are equivalent if they share a folded stem. This depends on the two
//! words alone: not on positions, nor on which other words exist.
//!
//! The French rules depend on accents (« -ée », « -ité »), but people type none and old texts have none. A word without
//! accents is therefore also stemmed with the accents that its ending may have lost, and has a stem for each reading.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use frostem::{Algorithm, Stemmer};

use crate::text::Language;
use crate::text::fold::fold_word;

/// Languages with rules, numbered from 1 in this order.
const LANGUAGES: [(&str, Algorithm); 27] = [
    ("fr", Algorithm::French),
    ("en", Algorithm::English),
    ("de", Algorithm::German),
    ("nl", Algorithm::Dutch),
    ("es", Algorithm::Spanish),
    ("it", Algorithm::Italian),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("pl", Algorithm::Polish),
    ("uk", Algorithm::Ukrainian),
    ("ar", Algorithm::Arabic),
    ("hy", Algorithm::Armenian),
    ("eu", Algorithm::Basque),
    ("ca", Algorithm::Catalan),
    ("cs", Algorithm::Czech),
    ("da", Algorithm::Danish),
    ("et", Algorithm::Estonian),
    ("fi", Algorithm::Finnish),
    ("el", Algorithm::Greek),
    ("hu", Algorithm::Hungarian),
    ("ga", Algorithm::Irish),
    ("lt", Algorithm::Lithuanian),
    ("nb", Algorithm::Norwegian),
    ("sr", Algorithm::Serbian),
    ("sv", Algorithm::Swedish),
    ("tr", Algorithm::Turkish),
];

/// French's place in [`LANGUAGES`].
const FRENCH: usize = 0;

/// A set of languages with rules: the possible languages of a text too short for detection. Bit `n` stands for
/// `LANGUAGES[n]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Languages(u32);

/// French and English, where nothing else is known.
impl Default for Languages {
    fn default() -> Self {
        Self(0b11)
    }
}

impl Languages {
    /// The languages of these primary tags as far as there are rules for them; where there are none for any, the default.
    pub fn of_tags<'t>(tags: impl IntoIterator<Item = &'t str>) -> Self {
        let places = tags.into_iter().filter_map(|tag| LANGUAGES.iter().position(|(known, _)| *known == tag));
        let set = places.fold(0, |set, place| set | 1 << place);
        if set == 0 { Self::default() } else { Self(set) }
    }

    /// Whether the language of a primary tag is among them.
    pub fn has(self, tag: &str) -> bool {
        LANGUAGES.iter().enumerate().any(|(place, (known, _))| *known == tag && self.0 & 1 << place != 0)
    }

    /// Whether French is among them.
    pub(super) fn has_french(self) -> bool {
        self.0 & 1 << FRENCH != 0
    }

    /// These languages without French.
    pub(super) fn without_french(self) -> Self {
        Self(self.0 & !(1 << FRENCH))
    }

    /// French, if it is among them.
    pub(super) fn only_french(self) -> Self {
        Self(self.0 & 1 << FRENCH)
    }

    fn stems(self, word: &str) -> Vec<String> {
        let places = (0..LANGUAGES.len()).filter(|place| self.0 & 1 << place != 0);
        let mut stems: Vec<String> = places.flat_map(|place| stems(place, word)).collect();
        stems.sort_unstable();
        stems.dedup();
        stems
    }
}

/// The shortest word with a stem of its own, in characters: « pas » is not « pa ».
const SHORTEST: usize = 4;
/// The shortest stem two words may share, in characters.
const SHORTEST_STEM: usize = 3;
/// How many letters of a stem may be no letters of its words: « nationaux » has the stem « national ».
const CHANGED: usize = 3;

/// Endings of French words as they look without accents, and with the accents that rules read. A verb's rare forms
/// (« -ât », « -îmes ») are left out: they would make « mandat » a form of « mander ».
const FRENCH_ENDINGS: [(&str, &str); 12] = [
    ("ees", "ées"),
    ("ee", "ée"),
    ("es", "és"),
    ("e", "é"),
    ("erent", "èrent"),
    ("iere", "ière"),
    ("ieres", "ières"),
    ("ite", "ité"),
    ("ites", "ités"),
    ("ivite", "ivité"),
    ("ivites", "ivités"),
    ("ement", "ément"),
];

/// The rules a document's words are stemmed by; of some languages there are none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Stemming(u8);

impl Stemming {
    /// No rules: every word is its own class.
    pub const NONE: Self = Self(0);

    /// The rules of several [`Languages`] together, for a text too short for detection: it must be found by the rules
    /// of the documents that surround it.
    const UNKNOWN: Self = Self(LANGUAGES.len() as u8 + 1);

    /// The rules of a document's language.
    pub fn of(language: Option<&Language>) -> Self {
        let Some(language) = language else { return Self::UNKNOWN };
        let place = LANGUAGES.iter().position(|(tag, _)| *tag == language.primary());
        place.map_or(Self::NONE, |place| Self(place as u8 + 1))
    }

    /// All of them, none among them, by their numbers.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..=Self::UNKNOWN.0).map(Self)
    }

    /// Its number, from 0 on.
    pub fn number(self) -> usize {
        usize::from(self.0)
    }

    /// Encodes the rules as one character, stable because it is stored in indexes.
    pub fn code(self) -> char {
        char::from(b'@' + self.0)
    }

    /// Decodes rules from their character.
    pub fn from_code(code: char) -> Self {
        let number = u32::from(code).wrapping_sub(u32::from('@'));
        u8::try_from(number).ok().filter(|number| *number <= Self::UNKNOWN.0).map_or(Self::NONE, Self)
    }

    /// The folded stems of a word given in lower case with its accents, sorted; none of a word that is its own class.
    pub fn stems(self, word: &str) -> Vec<String> {
        self.languages(Languages::default()).stems(word)
    }

    /// The languages of these rules; `undetermined` for those of a text of unknown language.
    pub(super) fn languages(self, undetermined: Languages) -> Languages {
        match self {
            Self::UNKNOWN => undetermined,
            Self::NONE => Languages(0),
            Self(number) => Languages(1 << (number - 1)),
        }
    }
}

/// The folded stems of a word by the rules of the language at a place of [`LANGUAGES`].
fn stems(place: usize, word: &str) -> Vec<String> {
    static STEMMERS: LazyLock<Vec<Stemmer>> =
        LazyLock::new(|| LANGUAGES.iter().map(|(_, algorithm)| Stemmer::new(*algorithm)).collect());
    if word.chars().count() < SHORTEST || !word.chars().all(char::is_alphabetic) {
        return Vec::new();
    }
    let stem = |reading: &str| fold_word(&STEMMERS[place].stem(reading));
    let mut stems = vec![stem(word)];
    if place == FRENCH && word.is_ascii() {
        let read = FRENCH_ENDINGS.iter().filter_map(|(plain, accented)| {
            let head = word.strip_suffix(plain)?;
            (head.len() >= SHORTEST_STEM).then(|| stem(&format!("{head}{accented}")))
        });
        stems.extend(read);
    }
    stems.retain(|stem| stem.chars().count() >= SHORTEST_STEM);
    stems
}

/// The words that share a stem with a word, in documents of some languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StemClass {
    languages: Languages,
    /// The word, folded.
    folded: String,
    stems: Vec<String>,
    /// How the folded form of every word of the class begins.
    beginning: String,
    /// Maximum number of letters of the longer word after the common beginning.
    longest_ending: usize,
}

impl StemClass {
    /// The class of a word given in lower case with its accents; `None` if it has only itself. Words that differ by an ending
    /// of more letters than `longest_ending` are not of the class, whatever their stems: the rules of a language give the same
    /// stem to strangers more often than to such relatives.
    pub(super) fn of(languages: Languages, word: &str, longest_ending: usize) -> Option<Self> {
        let stems = languages.stems(word);
        let folded = fold_word(word);
        let shared = stems.iter().map(|stem| {
            let trimmed = stem.chars().count().saturating_sub(CHANGED).max(SHORTEST_STEM);
            stem.chars().zip(folded.chars()).take(trimmed).take_while(|(a, b)| a == b).count()
        });
        let shared = shared.min().filter(|shared| *shared >= SHORTEST_STEM)?;
        let beginning = folded.chars().take(shared).collect();
        Some(Self { languages, folded, stems, beginning, longest_ending })
    }

    /// How the folded form of every word of the class begins.
    pub(super) fn beginning(&self) -> &str {
        &self.beginning
    }

    /// Whether a word is of the class, given folded and in lower case with its accents.
    pub(super) fn contains(&self, folded: &str, accented: &str) -> bool {
        folded.starts_with(&self.beginning)
            && ending(&self.folded, folded) <= self.longest_ending
            && lately(self.languages, accented, |stems| stems.iter().any(|stem| self.stems.binary_search(stem).is_ok()))
    }
}

/// Number of letters of the longer of two words after their common beginning.
fn ending(a: &str, b: &str) -> usize {
    let common = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    a.chars().count().max(b.chars().count()) - common
}

/// The stems of words, by the languages of the rules.
type Remembered = HashMap<Languages, HashMap<String, Box<[String]>>>;

/// How many words' stems a thread remembers.
const MOST_REMEMBERED: usize = 1 << 15;

/// Calls `ask` with the stems of a word, which are cached: while a query is typed the same words are stemmed
/// repeatedly, and stemming is most of the cost.
fn lately<T>(languages: Languages, word: &str, ask: impl FnOnce(&[String]) -> T) -> T {
    thread_local! {
        static REMEMBERED: RefCell<Remembered> = RefCell::default();
    }
    REMEMBERED.with_borrow_mut(|remembered| {
        let words = remembered.entry(languages).or_default();
        if let Some(stems) = words.get(word) {
            return ask(stems);
        }
        if words.len() >= MOST_REMEMBERED {
            words.clear();
        }
        let stems = languages.stems(word).into_boxed_slice();
        let answer = ask(&stems);
        words.insert(word.to_owned(), stems);
        answer
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stemming(tag: &str) -> Stemming {
        Stemming::of(Language::new(tag).as_ref())
    }

    #[test]
    fn codes_are_letters_and_lead_back() {
        for tag in LANGUAGES.map(|(tag, _)| tag).into_iter().chain([""]) {
            assert_eq!(Stemming::from_code(stemming(tag).code()), stemming(tag), "{tag}");
        }
        assert_eq!(Stemming::from_code('é'), Stemming::NONE);
    }
}
