//! The language of a text, as a BCP 47 tag, and the direction it is written in. Detection reads the text alone; it does
//! not look at declarations, which extractors pass on.
//!
//! The detector is whatlang. Measured on the Universal Declaration in 187 languages, 3,000 and 200 characters of each: it
//! names all 40 of its own right and claims 53 (71) of 147 others; lingua names all 43 of its own and claims 136 of 144,
//! at a fortieth of the speed and 270 MB of models; whichlang names its 9 and claims every other. A language left open
//! harms less than a wrong one, whose elisions and function words would be applied.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use icu_locale::{LanguageIdentifier, Locale, LocaleCanonicalizer, LocaleDirectionality};
use serde::{Deserialize, Serialize};

use super::function_words::FUNCTION_WORDS;

/// A language by its BCP 47 tag in lower case (`fr`, `en`, `zh`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Language(String);

impl Language {
    /// A language from a tag; case and surrounding space do not matter. `None` for what cannot be a tag.
    pub fn new(tag: &str) -> Option<Self> {
        let tag = tag.trim().to_ascii_lowercase().replace('_', "-");
        let primary = tag.split('-').next().unwrap_or("");
        let plausible = (2..=3).contains(&primary.len())
            && tag.len() <= 35
            && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let tag = two_letters(primary).map_or_else(|| tag.clone(), |two| tag.replacen(primary, &two, 1));
        plausible.then_some(Self(tag))
    }

    /// The whole tag.
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The primary subtag: `fr` of `fr-BE`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// The language a text is written in, from its beginning and, where it is long, its middle; `None` when it is too
    /// short or unsure.
    pub fn detect(text: &str) -> Option<Self> {
        if let Some(plain) = full_of_function_words(piece(text, 0, WORDS_BYTES)) {
            return Self::new(plain);
        }
        let mut sample = Cow::Borrowed(text);
        if text.len() > SAMPLE_BYTES {
            sample =
                Cow::Owned([piece(text, 0, SAMPLE_BYTES / 2), piece(text, text.len() / 2, SAMPLE_BYTES / 2)].join(" "));
        }
        let start = sample.as_ref();
        let letters = start.chars().filter(|c| c.is_alphabetic()).map(char::len_utf8);
        if letters.sum::<usize>() < LETTER_BYTES {
            return None;
        }
        let found = whatlang::detect(start).filter(whatlang::Info::is_reliable)?;
        match found.script() {
            whatlang::Script::Cyrillic => turkic_or(start, found.lang()),
            _ => Self::new(found.lang().code()),
        }
    }

    /// Whether it is written from right to left: by its script subtag, else by the script it is usually written in
    /// (CLDR's likely subtags).
    pub fn is_right_to_left(&self) -> bool {
        let tag =
            LanguageIdentifier::try_from_str(&self.0).or_else(|_| LanguageIdentifier::try_from_str(self.primary()));
        tag.is_ok_and(|tag| LocaleDirectionality::new_extended().is_right_to_left(&tag))
    }
}

/// A piece of at most `bytes` bytes of a text, starting at `from`.
fn piece(text: &str, from: usize, bytes: usize) -> &str {
    let rest = &text[text.floor_char_boundary(from)..];
    &rest[..rest.floor_char_boundary(bytes)]
}

/// French, English, German or Dutch if at least 35 % of the words are function words of it and no other language
/// reaches two thirds of that: agrees with the full detector at a hundredth of its cost. Related languages have lists
/// of their own for this test: in the same text in 187 languages only these four are accepted, although up to 34 % of
/// the words of another Romance language are in the French list.
fn full_of_function_words(text: &str) -> Option<&'static str> {
    static LISTED: LazyLock<HashMap<&'static str, [bool; LISTS]>> = LazyLock::new(|| {
        let mut words: HashMap<&'static str, [bool; LISTS]> = HashMap::new();
        for (at, (_, list)) in FUNCTION_WORDS.iter().enumerate() {
            for word in list.split_whitespace() {
                words.entry(word).or_default()[at] = true;
            }
        }
        words
    });
    let (mut counts, mut all) = ([0_usize; LISTS], 0_usize);
    let mut lower = String::new();
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 1) {
        all += 1;
        if word.len() <= LONGEST_FUNCTION_WORD {
            lower.clear();
            lower.extend(word.chars().map(|c| c.to_ascii_lowercase()));
            for (count, listed) in counts.iter_mut().zip(LISTED.get(lower.as_str()).unwrap_or(&[false; LISTS])) {
                *count += usize::from(*listed);
            }
        }
        if all % FEWEST_WORDS == 0
            && let Some(plain) = clear(counts, all)
        {
            return Some(plain);
        }
    }
    (all >= FEWEST_WORDS).then(|| clear(counts, all)).flatten()
}

/// The language with a clear majority of function words.
fn clear(counts: [usize; LISTS], all: usize) -> Option<&'static str> {
    let most = counts.iter().copied().max()?;
    let rivals = counts.iter().filter(|count| **count * 3 > most * 2).count();
    let found = counts.iter().position(|count| *count == most)?;
    let told = TOLD.into_iter().find(|tag| *tag == FUNCTION_WORDS[found].0)?;
    (most * 100 >= all * 35 && rivals == 1).then_some(told)
}

/// How many lists there are.
const LISTS: usize = FUNCTION_WORDS.len();

/// The languages that are known by their function words; the kin of the others are too near for so few.
const TOLD: [&str; 4] = ["fr", "en", "de", "nl"];

/// Number of bytes in which function words are counted, and the minimum number of words.
const WORDS_BYTES: usize = 1_200;
const FEWEST_WORDS: usize = 40;
/// The longest function word of the lists, in bytes.
const LONGEST_FUNCTION_WORD: usize = 12;

/// A text in Cyrillic letters is Slavic only when it does without the letters that Kazakh, Yakut and their kin add;
/// the detector knows none of these and would call them Russian or Belarusian.
fn turkic_or(text: &str, heard: whatlang::Lang) -> Option<Language> {
    let letters = text.chars().filter(|c| matches!(c, '\u{400}'..='\u{52f}')).count();
    let added = text.chars().filter(|c| matches!(c, '\u{48a}'..='\u{52f}') && !matches!(c, 'Ґ' | 'ґ')).count();
    if added * 100 < letters {
        return Language::new(heard.code());
    }
    let kazakh = ['қ', 'ғ', 'ұ', 'і', 'ә'].iter().all(|letter| text.contains(*letter));
    kazakh.then(|| Language::new("kk")).flatten()
}

/// Number of bytes given to the detector.
const SAMPLE_BYTES: usize = 3_000;

/// The fewest bytes of letters that are evidence: 24 letters of Latin, 8 of Chinese.
const LETTER_BYTES: usize = 24;

/// The two letters of ISO 639-1 that BCP 47 requires in place of a code of three, by CLDR's aliases; `None` where there are
/// none.
fn two_letters(code: &str) -> Option<String> {
    match code {
        // CLDR takes Tagalog for Filipino, which has no code of two letters.
        "tgl" => Some("tl".to_owned()),
        _ if code.len() == 3 => {
            let mut locale = Locale::try_from_str(code).ok()?;
            LocaleCanonicalizer::new_common().canonicalize(&mut locale);
            Some(locale.id.language.to_string()).filter(|code| code.len() == 2)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_tells_its_language() {
        let table = [
            ("Le Parlement européen demande aux autorités de libérer les détenus sans condition et sans délai.", "fr"),
            ("The European Parliament calls on the authorities to release the detainees without any condition.", "en"),
            ("Das Europäische Parlament fordert die Behörden auf, die Gefangenen unverzüglich freizulassen.", "de"),
            ("Европейский парламент призывает власти немедленно освободить задержанных.", "ru"),
            (
                "Барлық адамдар тумысынан азат және қадір-қасиеті мен құқықтары тең болып дүниеге келеді, ұят пен ғылым.",
                "kk",
            ),
            (
                "Alle menslike wesens word vry, met gelyke waardigheid en regte, gebore. Hulle het rede en gewete en behoort \
                 in die gees van broederskap teenoor mekaar op te tree. Iedereen het aanspraak op al die regte en vryhede \
                 in hierdie Verklaring uiteengesit, sonder onderskeid van enige aard, soos ras, kleur, geslag, taal, \
                 godsdiens, politieke of ander mening, nasionale of sosiale herkoms, eiendom, geboorte of ander status.",
                "af",
            ),
            ("Всі люди народжуються вільними і рівними у своїй гідності та правах, ґрунтуючись на розумі.", "uk"),
            ("欧洲议会要求当局立即释放被拘留者", "zh"),
            ("欧州議会は当局に対し被拘禁者の即時釈放を求める", "ja"),
        ];
        for (text, tag) in table {
            assert_eq!(Language::detect(text).as_ref().map(Language::tag), Some(tag), "{text}");
        }
    }

    #[test]
    fn too_little_text_has_no_language() {
        for text in ["", "Kazakhstan", "12 345 – 67", "日本"] {
            assert_eq!(Language::detect(text), None, "{text}");
        }
    }

    #[test]
    fn every_language_that_can_be_detected_has_its_two_letters() {
        for language in whatlang::Lang::all() {
            assert!(two_letters(language.code()).is_some(), "{language:?}");
        }
    }

    #[test]
    fn a_code_of_three_letters_becomes_one_of_two_where_there_is_one() {
        let table = [
            ("fra", "fr"),
            ("cmn-Hant", "zh-hant"),
            ("pes", "fa"),
            ("tgl", "tl"),
            ("gle", "ga"),
            ("ary", "ary"),
            ("iw", "iw"),
        ];
        for (tag, expected) in table {
            assert_eq!(Language::new(tag).as_ref().map(Language::tag), Some(expected), "{tag}");
        }
    }

    #[test]
    fn direction_follows_the_script_when_the_tag_names_one() {
        let table =
            [("ar", true), ("fa-AF", true), ("fr", false), ("az-Arab", true), ("ks-Arab-IN", true), ("ur-Latn", false)];
        for (tag, expected) in table {
            assert_eq!(Language::new(tag).map(|language| language.is_right_to_left()), Some(expected), "{tag}");
        }
    }
}
