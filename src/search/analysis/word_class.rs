//! The other words that match a word of a query: its inflected forms from the dictionary where it is a French
//! word, else words of the same stem. This depends on the two words and the languages alone: not on positions, nor on
//! which other words exist. Spellings of names and typing errors are elsewhere.
//!
//! A word that the French dictionary knows has its forms and nothing else in French documents, and a word that it knows is
//! nobody's relative by a stem. In documents of other languages, where « permet » would share a stem with the Hungarian
//! « perben », a French word is stemmed only as far as languages have endings in common (« information », « informations »).

use super::forms::{FormSet, is_known};
use super::stem::{Languages, StemClass, Stemming};

/// A range of a sorted dictionary of folded words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordRange<'t> {
    /// This word.
    Word(&'t str),
    /// All words that begin so.
    Beginning(&'t str),
}

impl<'t> WordRange<'t> {
    /// The word or beginning.
    pub fn text(self) -> &'t str {
        match self {
            Self::Word(text) | Self::Beginning(text) => text,
        }
    }

    /// Whether a folded word is in the range.
    pub fn contains(self, folded: &str) -> bool {
        match self {
            Self::Word(word) => folded == word,
            Self::Beginning(beginning) => folded.starts_with(beginning),
        }
    }
}

/// Number of letters that an ending has in French, at most, for words that the dictionary does not know.
const FRENCH_ENDING: usize = 3;
/// The same in other languages; endings of Finnish or Hungarian are long.
const OTHER_ENDING: usize = 5;
/// The same of a French word in another language.
const COGNATE_ENDING: usize = 2;

/// The words of one class with a word, in documents of one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordClass {
    /// The forms of a French word, in French documents.
    forms: Option<FormSet>,
    /// By French rules: words that the dictionary does not know.
    french: Option<StemClass>,
    /// By the rules of other languages.
    others: Option<StemClass>,
}

impl WordClass {
    /// The class of a word given in lower case with its accents; `None` if it has only itself. A document of unknown
    /// language is assumed to be in one of the `undetermined`.
    pub fn of(stemming: Stemming, undetermined: Languages, word: &str) -> Option<Self> {
        let languages = stemming.languages(undetermined);
        let known = FormSet::of(word);
        let ending = if known.is_some() { COGNATE_ENDING } else { OTHER_ENDING };
        let others = StemClass::of(languages.without_french(), word, ending);
        let french = languages.has_french() && known.is_none();
        let french = french.then(|| StemClass::of(languages.only_french(), word, FRENCH_ENDING)).flatten();
        let forms = known.filter(|forms| languages.has_french() && forms.folded().len() > 1);
        (forms.is_some() || french.is_some() || others.is_some()).then_some(Self { forms, french, others })
    }

    /// Ranges that contain every word of the class, folded.
    pub fn ranges(&self) -> impl Iterator<Item = WordRange<'_>> {
        let forms = self.forms.iter().flat_map(FormSet::folded).map(|form| WordRange::Word(form));
        let stems = self.french.iter().chain(&self.others).map(|class| WordRange::Beginning(class.beginning()));
        forms.chain(stems)
    }

    /// Whether a word is of the class, given folded and in lower case with its accents.
    pub fn contains(&self, folded: &str, accented: &str) -> bool {
        self.forms.as_ref().is_some_and(|forms| forms.contains(folded, accented))
            || self.french.as_ref().is_some_and(|class| class.contains(folded, accented) && !is_known(accented))
            || self.others.as_ref().is_some_and(|class| class.contains(folded, accented))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;
    use crate::text::fold::fold_word;

    fn stemming(tag: &str) -> Stemming {
        Stemming::of(Language::new(tag).as_ref())
    }

    fn are_one(tag: &str, a: &str, b: &str) -> bool {
        WordClass::of(stemming(tag), Languages::default(), a).is_some_and(|class| class.contains(&fold_word(b), b))
    }

    #[test]
    fn forms_of_a_word_are_one_whether_accents_were_typed_or_not() {
        for (tag, a, b) in [
            ("fr", "opposant", "opposants"),
            ("fr", "opposante", "opposants"),
            ("fr", "arrêté", "arrêtée"),
            ("fr", "arrete", "arrêtées"),
            ("fr", "arretees", "arrêté"),
            ("fr", "arretee", "arretes"),
            ("fr", "national", "nationaux"),
            ("fr", "loi", "lois"),
            ("fr", "aller", "iront"),
            ("en", "information", "informations"),
            ("fr", "activites", "activité"),
            ("fr", "premiere", "premier"),
            ("fr", "liberte", "libertés"),
            ("fr", "assemblee", "assemblées"),
            ("en", "detention", "detentions"),
            ("en", "detained", "detain"),
            ("de", "häuser", "haus"),
            ("es", "detenciones", "detención"),
            ("ru", "задержанных", "задержанные"),
            ("", "opposant", "opposants"),
            ("", "detained", "detain"),
        ] {
            assert!(are_one(tag, a, b), "{a} ~ {b}");
            assert!(are_one(tag, b, a), "{b} ~ {a}");
        }
    }

    #[test]
    fn other_words_are_other_words() {
        for (tag, a, b) in [
            ("fr", "mandat", "mander"),
            ("fr", "égalité", "également"),
            ("fr", "visa", "viser"),
            ("fr", "nation", "national"),
            ("hu", "permet", "perben"),
            ("fr", "droit", "droite2"),
            ("fr", "pas", "pa"),
            ("fr", "acces", "accent"),
            ("fr", "2019", "2018"),
            ("zh", "opposant", "opposants"),
        ] {
            assert!(!are_one(tag, a, b), "{a} ~ {b}");
        }
    }
}
