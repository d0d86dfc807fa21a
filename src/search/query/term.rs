//! Terms: which words of a text match one word of a query. Combinations of words are in `query`.
//!
//! A term is prepared for the documents of one language as a [`TermMatcher`], because stems depend on the language. Index
//! and matcher use the same meaning, so that they agree.

use std::borrow::Cow;

use super::pattern::WordPattern;
use crate::search::analysis::accented;
use crate::search::analysis::stem::{Languages, Stemming};
use crate::search::analysis::word_class::{WordClass, WordRange};
use crate::text::fold::letters;

/// A word of a query, to be compared with single words of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Term {
    /// The word or its beginning, folded as analysis folds.
    pub folded: String,
    /// As it was typed, in lower case with its accents.
    pub typed: String,
    /// Whether words that only begin so match too.
    pub prefix: bool,
    /// What else than the word itself it means.
    pub reach: MatchMode,
    /// Other spellings of the name it may be, sorted; an index knows them.
    pub variants: Vec<Variant>,
    /// What alone decides, where a pattern was typed and not a word.
    pub pattern: Option<WordPattern>,
    /// The languages whose forms match in a document of unknown language.
    pub undetermined: Languages,
}

/// Another spelling of a name, as documents have it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Variant {
    /// Folded.
    pub form: String,
    /// How many documents have it.
    pub documents: u32,
    /// In lower case with its accents, in each way documents have it as a name. A word with other accents is another word:
    /// « puțin » is not Putin.
    pub accented: Vec<String>,
}

impl Variant {
    /// Whether a word has this spelling, given folded and, on demand, in lower case with its accents. A word without
    /// accents matches, because capitals are often written without.
    pub fn is_meant<'w>(&self, folded: &str, word: impl FnOnce() -> Cow<'w, str>) -> bool {
        folded == self.form && {
            let word = word();
            word == folded || self.accented.iter().any(|accented| *accented == word)
        }
    }
}

/// Which other spellings of names a search leaves out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spelling {
    /// All of them.
    pub as_typed: bool,
    /// These, folded.
    pub without: Vec<String>,
}

impl Spelling {
    /// Whether a spelling is searched.
    pub fn wants(&self, form: &str) -> bool {
        !self.as_typed && !self.without.iter().any(|left_out| left_out == form)
    }
}

/// What else than the word itself a term means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum MatchMode {
    /// The words of its class too: « opposants » for « opposant ».
    #[default]
    Class,
    /// The word however accented: part of an identifier, of a word with a hyphen.
    Folded,
    /// That form only: an accent that was typed must be there, one that was not may be.
    Exact,
    /// Words a slip of the pen away: one letter, two in long words, but the first is right.
    Fuzzy,
}

impl Term {
    /// The term of a word as written in a query, with its folded form.
    pub fn new(word: &str, folded: &str, reach: MatchMode) -> Self {
        Self {
            folded: folded.to_owned(),
            typed: accented(word).into_owned(),
            prefix: false,
            reach,
            variants: Vec::new(),
            pattern: None,
            undetermined: Languages::default(),
        }
    }

    /// Whether a word is one of its other spellings, given folded and, on demand, in lower case with its accents.
    pub fn is_variant<'w>(&self, folded: &str, word: impl FnOnce() -> Cow<'w, str>) -> bool {
        let known = self.variants.binary_search_by(|variant| variant.form.as_str().cmp(folded));
        known.is_ok_and(|at| self.variants[at].is_meant(folded, word))
    }

    /// The term of a pattern as it was typed.
    pub fn of_pattern(typed: &str, pattern: WordPattern) -> Self {
        Self { pattern: Some(pattern), ..Self::new(typed, typed, MatchMode::Folded) }
    }

    /// Prepares the term for documents of a language.
    pub fn matcher(&self, stemming: Stemming) -> TermMatcher<'_> {
        let class =
            (self.reach == MatchMode::Class).then(|| WordClass::of(stemming, self.undetermined, &self.typed)).flatten();
        TermMatcher { term: self, class }
    }
}

/// What a term means in documents of one language.
#[derive(Clone, Debug)]
pub struct TermMatcher<'t> {
    term: &'t Term,
    class: Option<WordClass>,
}

impl TermMatcher<'_> {
    /// Ranges that contain every word that matches, variants of names among them. Not every word in them matches.
    pub fn ranges(&self) -> Vec<WordRange<'_>> {
        if let Some(pattern) = &self.term.pattern {
            return vec![WordRange::Beginning(pattern.beginning())];
        }
        let own = self.term.folded.as_str();
        let mut ranges = vec![if self.term.reach == MatchMode::Fuzzy {
            WordRange::Beginning(&own[..own.chars().next().map_or(0, char::len_utf8)])
        } else if self.term.prefix {
            WordRange::Beginning(own)
        } else {
            WordRange::Word(own)
        }];
        ranges.extend(self.class.iter().flat_map(WordClass::ranges));
        ranges.extend(self.variants().map(WordRange::Word));
        ranges
    }

    /// Whether only the folded word itself is meant.
    pub fn is_one_word(&self) -> bool {
        let narrow = matches!(self.term.reach, MatchMode::Class | MatchMode::Folded | MatchMode::Exact);
        narrow
            && self.class.is_none()
            && self.term.pattern.is_none()
            && !self.term.prefix
            && self.term.variants.is_empty()
    }

    /// Other spellings that are meant, folded and sorted.
    pub fn variants(&self) -> impl Iterator<Item = &str> {
        self.term.variants.iter().map(|variant| variant.form.as_str())
    }

    /// Whether a word of a text is meant, given folded and, on demand, in lower case with its accents.
    pub fn matches<'w>(&self, folded: &str, word: impl FnOnce() -> Cow<'w, str>) -> bool {
        let Term { folded: own, typed, prefix, reach, variants: _, pattern, undetermined: _ } = self.term;
        if let Some(pattern) = pattern {
            return pattern.matches(folded);
        }
        if *prefix && folded.starts_with(own.as_str()) || folded == own {
            return *reach != MatchMode::Exact || has_accents(typed, &word(), *prefix);
        }
        if *reach == MatchMode::Fuzzy {
            return is_a_slip(own, folded);
        }
        let word = word();
        self.term.is_variant(folded, || Cow::Borrowed(&word))
            || self.class.as_ref().is_some_and(|class| class.contains(folded, &word))
    }
}

/// Whether one word is the other with a slip or two: a letter more, less, wrong, or two in the other's place.
fn is_a_slip(typed: &str, word: &str) -> bool {
    let slips = match typed.chars().count() {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    };
    let same_start = typed.chars().next() == word.chars().next();
    same_start && typed.len().abs_diff(word.len()) <= slips * 4 && strsim::osa_distance(typed, word) <= slips
}

/// Whether every accent that was typed is there; both words have the same letters, or the first begins the second. What else
/// folding does away with (ligatures, widths, forms of a letter) counts no more than in other words.
fn has_accents(typed: &str, word: &str, open: bool) -> bool {
    if typed.is_ascii() || typed == word || open && word.starts_with(typed) {
        return true;
    }
    let mut there = letters(word);
    letters(typed).all(|(letter, accents)| {
        there.next().is_some_and(|(other, found)| letter == other && (accents.is_empty() || accents == found))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;
    use crate::text::fold::fold_word;

    fn means(typed: &str, reach: MatchMode, prefix: bool, word: &str) -> bool {
        let term = Term { prefix, ..Term::new(typed, &fold_word(typed), reach) };
        let matcher = term.matcher(Stemming::of(Language::new("fr").as_ref()));
        let found = matcher.matches(&fold_word(word), || accented(word));
        let folded = fold_word(word);
        assert!(!found || matcher.ranges().iter().any(|range| range.contains(&folded)), "{typed} {word}");
        found
    }

    #[test]
    fn an_accent_that_is_typed_must_be_there_in_an_exact_word_and_one_that_is_not_may_be() {
        for (typed, word, expected) in [
            ("arrêté", "Arrêté", true),
            ("arrêté", "arrêtée", false),
            ("arrêté", "arrete", false),
            ("arrêté", "arrête", false),
            ("arrete", "arrêté", true),
            ("arreté", "arrêté", true),
            ("oeuvre", "Œuvre", true),
            ("œuvre", "OEUVRE", true),
            ("détention", "DETENTION", false),
            ("e\u{301}te\u{301}", "été", true),
            ("définir", "dé\u{fb01}nir", true),
            ("dé\u{fb01}nir", "définir", true),
            ("définir", "de\u{fb01}nir", false),
            ("\u{b5}g", "\u{3bc}g", true),
            ("\u{3bc}g", "\u{b5}g", true),
            ("οδος", "ΟΔΟΣ", true),
            ("ΟΔΟΣ", "οδος", true),
            ("όδος", "οδος", false),
            ("محمد", "محـمد", true),
            ("محمد", "مُحَمَّد", true),
            ("مُحمد", "محمد", false),
            ("سلام", "ﺳﻼﻡ", true),
            ("ısparta", "Isparta", true),
            ("isparta", "ısparta", true),
            ("İzmir", "izmir", true),
            ("ｅté", "été", true),
            ("Wałęsa", "Walesa", false),
            ("Walęsa", "Wałęsa", true),
        ] {
            assert_eq!(means(typed, MatchMode::Exact, false, word), expected, "{typed} {word}");
        }
    }

    #[test]
    fn a_word_means_its_class_and_a_beginning_what_begins_so() {
        for (typed, reach, prefix, word, expected) in [
            ("opposant", MatchMode::Class, false, "opposants", true),
            ("opposant", MatchMode::Folded, false, "opposants", false),
            ("détention", MatchMode::Class, false, "DETENTION", true),
            ("déten", MatchMode::Folded, true, "detention", true),
            ("opposants", MatchMode::Class, true, "opposant", true),
            ("dét", MatchMode::Exact, true, "détention", true),
            ("dét", MatchMode::Exact, true, "detention", false),
            ("tokaev", MatchMode::Fuzzy, false, "Tokaïev", true),
            ("kazakstan", MatchMode::Fuzzy, false, "Kazakhstan", true),
            ("kazkahstna", MatchMode::Fuzzy, false, "Kazakhstan", true),
            ("loi", MatchMode::Fuzzy, false, "roi", false),
            ("lois", MatchMode::Fuzzy, false, "rois", false),
            ("lois", MatchMode::Fuzzy, false, "loi", true),
        ] {
            assert_eq!(means(typed, reach, prefix, word), expected, "{typed} {word}");
        }
    }
}
