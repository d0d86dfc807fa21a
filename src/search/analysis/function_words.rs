//! Function words (« de », « la », “of”): they affect the ranking, but a document need not contain them. Which words
//! these are depends on the document's language.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::stem::Languages;
use super::words;
use crate::text::Language;
use crate::text::function_words::FUNCTION_WORDS;

/// Words that an apostrophe can cut off in French, Italian and Catalan: never required, in documents of any language.
const ELIDED: [&str; 19] = [
    "l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "dell", "all", "nell", "sull",
    "dall", "un",
];

/// A document's language as far as function words go: one with a list, another, or unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StopwordLanguage(u8);

impl StopwordLanguage {
    const UNKNOWN: Self = Self(FUNCTION_WORDS.len() as u8);
    const OTHER: Self = Self(FUNCTION_WORDS.len() as u8 + 1);

    /// Where a document's language belongs.
    pub fn of(language: Option<&Language>) -> Self {
        let Some(language) = language else { return Self::UNKNOWN };
        let list = FUNCTION_WORDS.iter().position(|(tag, _)| *tag == language.primary());
        list.map_or(Self::OTHER, |list| Self(list as u8))
    }

    /// Every one.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..=Self::OTHER.0).map(Self)
    }

    /// A short name, stable because indexes keep it: the language's tag, `und` or `mis` (ISO 639 for undetermined and
    /// for languages without a code).
    pub fn code(self) -> &'static str {
        match FUNCTION_WORDS.get(usize::from(self.0)) {
            Some((tag, _)) => tag,
            None if self == Self::UNKNOWN => "und",
            None => "mis",
        }
    }
}

/// A set of [`StopwordLanguage`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tongues(u16);

impl Tongues {
    /// None of them.
    pub const NONE: Self = Self(0);
    /// All of them.
    pub const ALL: Self = Self((1 << (StopwordLanguage::OTHER.0 + 1)) - 1);

    /// Whether the set contains a language.
    pub fn contains(self, ui_language: StopwordLanguage) -> bool {
        self.0 & (1 << ui_language.0) != 0
    }

    /// Those in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Those not in the other.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether it has one whose words are known, and not only what a text of unknown language may be.
    pub fn has_a_language(self) -> bool {
        self.0 & ((1 << FUNCTION_WORDS.len()) - 1) != 0
    }

    /// The same, but a text of unknown language belongs to it as one in these languages would.
    #[must_use]
    pub fn with_unknown_as(self, languages: Languages) -> Self {
        let listed = FUNCTION_WORDS.iter().enumerate();
        let belongs = listed.filter(|(place, _)| self.0 & 1 << place != 0).any(|(_, (tag, _))| languages.has(tag));
        let unknown = 1 << StopwordLanguage::UNKNOWN.0;
        Self(if belongs { self.0 | unknown } else { self.0 & !unknown })
    }

    /// Whether it has none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Its members.
    pub fn iter(self) -> impl Iterator<Item = StopwordLanguage> {
        StopwordLanguage::all().filter(move |ui_language| self.contains(*ui_language))
    }
}

/// The languages in which a folded word is a function word. A text of unknown language counts as French and English
/// ([`Tongues::with_unknown_as`] for others).
pub fn tongues_of(folded: &str) -> Tongues {
    static WORDS: OnceLock<HashMap<String, Tongues>> = OnceLock::new();
    let table = WORDS.get_or_init(|| {
        let mut table: HashMap<String, Tongues> = HashMap::new();
        for (i, (tag, list)) in FUNCTION_WORDS.iter().enumerate() {
            let unknown = if matches!(*tag, "fr" | "en") { 1 << StopwordLanguage::UNKNOWN.0 } else { 0 };
            for word in words(list) {
                table.entry(word.folded.into_owned()).or_default().0 |= (1 << i) | unknown;
            }
        }
        table
    });
    table.get(folded).copied().unwrap_or_default()
}

/// Whether a folded word that an apostrophe follows is only an elided article or the like.
pub fn is_elided(folded: &str) -> bool {
    ELIDED.contains(&folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_language(word: &str, tag: &str) -> bool {
        tongues_of(word).contains(StopwordLanguage::of(Language::new(tag).as_ref()))
    }

    #[test]
    fn a_function_word_is_one_in_its_own_languages_only() {
        for (word, tag, expected) in [
            ("de", "fr", true),
            ("de", "en", false),
            ("of", "en", true),
            ("of", "fr", false),
            ("die", "de", true),
            ("die", "en", false),
            ("a", "fr", true),
            ("et", "fr-BE", true),
            ("homme", "fr", false),
            ("de", "zh", false),
            ("и", "ru", true),
        ] {
            assert_eq!(in_language(word, tag), expected, "{word} in {tag}");
        }
    }

    #[test]
    fn a_text_of_unknown_language_is_taken_for_french_or_english() {
        let unknown = StopwordLanguage::of(None);
        assert!(tongues_of("de").contains(unknown) && tongues_of("of").contains(unknown));
        assert!(!tongues_of("und").contains(unknown));
    }

    #[test]
    fn codes_are_unique() {
        let mut codes: Vec<_> = StopwordLanguage::all().map(StopwordLanguage::code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), FUNCTION_WORDS.len() + 2);
    }
}
