//! The form of a word that search compares: without case, accents, ligatures and typographic signs. Both sides of a
//! comparison are folded with this one function. It does not stem, and it does not split texts into words.

use unicode_normalization::UnicodeNormalization;

/// A word folded: lower case, compatibility forms resolved, accents off (Latin, Greek, Cyrillic; Hebrew and Arabic
/// points), œ → oe, æ → ae, ß → ss, ł → l, ø → o, typographic apostrophes and hyphens to their ASCII forms, invisible
/// characters dropped. Vowel signs of scripts that cannot do without them stay.
pub fn fold_word(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    fold_latin(word).unwrap_or_else(|| fold_any(word))
}

/// Folds words of composed Latin letters and the punctuation used between them, which covers nearly all text; `None`
/// for other words.
fn fold_latin(word: &str) -> Option<String> {
    let mut folded = String::with_capacity(word.len() + 2);
    for c in word.chars() {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
        } else {
            folded.push_str(latin(c)?);
        }
    }
    Some(folded)
}

/// The letters with accents that French words have in place of a letter.
pub(crate) fn latin_variants(letter: char) -> impl Iterator<Item = char> {
    let variants = match letter {
        'a' => "àâä",
        'c' => "ç",
        'e' => "éèêë",
        'i' => "îï",
        'n' => "ñ",
        'o' => "ôö",
        'u' => "ùûü",
        'y' => "ÿ",
        _ => "",
    };
    variants.chars()
}

fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'À'..='Å' | 'Ā'..='ą' => "a",
        'ç' | 'Ç' | 'Ć'..='č' => "c",
        'Ď' | 'ď' => "d",
        'è'..='ë' | 'È'..='Ë' | 'Ē'..='ě' => "e",
        'Ĝ'..='ģ' => "g",
        'ì'..='ï' | 'Ì'..='Ï' | 'Ĩ'..='į' => "i",
        'Ķ' | 'ķ' => "k",
        'Ĺ'..='ľ' => "l",
        'ñ' | 'Ñ' | 'Ń'..='ň' => "n",
        'ò'..='ö' | 'Ò'..='Ö' | 'Ō'..='ő' | 'º' => "o",
        'Ŕ'..='ř' => "r",
        'Ś'..='š' | 'Ș' | 'ș' => "s",
        'Ţ'..='ť' | 'Ț' | 'ț' => "t",
        'ù'..='ü' | 'Ù'..='Ü' | 'Ũ'..='ų' => "u",
        'ý' | 'ÿ' | 'Ý' | 'Ŷ'..='Ÿ' => "y",
        'Ź'..='ž' => "z",
        '\u{A0}' | '\u{202F}' => " ",
        '«' => "«",
        '»' => "»",
        '“' => "“",
        '”' => "”",
        '–' => "–",
        '—' => "—",
        '…' => "...",
        '°' => "°",
        '€' => "€",
        '§' => "§",
        _ => special(c)?,
    })
}

/// What decomposition does not resolve.
fn special(c: char) -> Option<&'static str> {
    Some(match c {
        'œ' | 'Œ' => "oe",
        'æ' | 'Æ' => "ae",
        'ß' | 'ẞ' => "ss",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' => "d",
        'ħ' | 'Ħ' => "h",
        'ı' => "i",
        'ς' => "σ",
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2BC}' => "'",
        '\u{2010}' | '\u{2011}' => "-",
        '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{640}' => "",
        _ => return None,
    })
}

fn fold_any(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.nfkd().filter(|&c| !is_accent(c)).flat_map(char::to_lowercase).filter(|&c| !is_accent(c)) {
        match special(c) {
            Some(plain) => folded.push_str(plain),
            None => folded.push(c),
        }
    }
    folded.nfc().collect()
}

/// The letters of a word as [`fold_word`] has them, one by one and not composed, each with the accents it loses there. A
/// bar through a letter is an accent (« ł », « ø »); the dot of « i » is none, with which some write it and some do not.
pub fn letters(word: &str) -> impl Iterator<Item = (char, String)> + '_ {
    let lower = word.nfkd().flat_map(char::to_lowercase).nfkd();
    let mut rest = lower.filter(|c| !special(*c).is_some_and(str::is_empty)).peekable();
    let mut second: Option<char> = None;
    std::iter::from_fn(move || {
        if let Some(letter) = second.take() {
            return Some((letter, String::new()));
        }
        let c = rest.find(|c| !is_accent(*c))?;
        let plain = special(c);
        let mut letters = plain.unwrap_or_default().chars();
        let letter = letters.next().unwrap_or(c);
        second = letters.next();
        let mut accents = String::new();
        if matches!(c, 'ł' | 'ø' | 'đ' | 'ħ') {
            accents.push(c);
        }
        while let Some(mark) = rest.next_if(|c| is_accent(*c)) {
            accents.extend(Some(mark).filter(|mark| (letter, *mark) != ('i', '\u{307}')));
        }
        Some((letter, accents))
    })
}

/// Marks that readers of the script leave out when they type: not the vowel signs of Thai or the Indic scripts, nor the
/// kana sound marks.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}'
        | '\u{FE20}'..='\u{FE2F}' // of all scripts that borrow them: Latin, Greek, Cyrillic
        | '\u{483}'..='\u{489}' | '\u{A66F}'..='\u{A672}' | '\u{A674}'..='\u{A67D}' // Cyrillic
        | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}' | '\u{5C4}' | '\u{5C5}' | '\u{5C7}' | '\u{FB1E}' // Hebrew
        | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E4}'
        | '\u{6E7}' | '\u{6E8}' | '\u{6EA}'..='\u{6ED}' | '\u{8CA}'..='\u{8E1}' | '\u{8E3}'..='\u{8FF}') // Arabic
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_folds_every_character_as_the_long_one() {
        for c in ('\0'..='\u{FFFF}').filter(|&c| latin(c).is_some()) {
            assert_eq!(latin(c).map(str::to_owned), Some(fold_any(&c.to_string())), "{c:?}");
        }
    }

    #[test]
    fn words_that_differ_in_dress_only_fold_alike() {
        let table = [
            ("Résolution", "resolution"),
            ("RE\u{301}SOLUTION", "resolution"),
            ("Œuvre", "oeuvre"),
            ("cœur", "coeur"),
            ("Ægidius", "aegidius"),
            ("Straße", "strasse"),
            ("STRAẞE", "strasse"),
            ("Wałęsa", "walesa"),
            ("Tokaïev", "tokaiev"),
            ("Токаёв", "токаев"),
            ("Ἀθήνας", "αθηνασ"),
            ("aujourd’hui", "aujourd'hui"),
            ("sous\u{2011}déclarée", "sous-declaree"),
            ("par\u{ad}le\u{200b}ment\u{feff}", "parlement"),
            ("ﬁn", "fin"),
            ("İstanbul", "istanbul"),
            ("שָׁלוֹם", "שלום"),
            ("مُحَمَّـد", "محمد"),
            ("น้ำ", "น\u{e49}\u{e4d}า"),
            ("हिन्दी", "हिन्दी"),
            ("ガ", "ガ"),
            ("한국", "한국"),
            ("m²", "m2"),
        ];
        for (word, folded) in table {
            assert_eq!(fold_word(word), folded, "{word}");
        }
    }

    #[test]
    fn the_quick_way_and_the_long_way_agree() {
        for c in (0xA0_u32..0x180).filter_map(char::from_u32) {
            if latin(c).is_some() {
                assert_eq!(fold_word(&c.to_string()), fold_any(&c.to_string()), "{c}");
            }
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]
        #[test]
        fn the_letters_of_a_word_are_its_folded_form(word in "(\\PC|[ﬁœßłøıİςﾊéΆα\u{640}\u{301}\u{307}\u{64b}µ]){0,8}") {
            let letters: String = letters(&word).map(|(letter, _)| letter).collect();
            let (letters, folded): (String, String) = (letters.nfc().collect(), fold_word(&word));
            proptest::prop_assert_eq!(letters, folded);
        }

        #[test]
        fn folding_twice_is_folding_once(word in "\\PC{0,12}") {
            let once = fold_word(&word);
            proptest::prop_assert_eq!(fold_word(&once), once);
        }
    }
}
