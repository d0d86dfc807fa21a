//! Names of persons in official texts: removes honorifics, puts the first name first where the page shows the usual
//! order, and splits lists of persons. It has no list of known persons.

use super::lines::{fold, one_spaced};

/// Honorifics and offices before a name, folded.
const HONORIFICS: [&str; 36] = [
    "monsieur",
    "madame",
    "messieurs",
    "mesdames",
    "mademoiselle",
    "mlle",
    "mmes",
    "mme",
    "mm.",
    "mm",
    "m.",
    "m",
    "honorable",
    "honorables",
    "depute",
    "deputee",
    "deputes",
    "deputees",
    "senateur",
    "senatrice",
    "honourable",
    "member",
    "members",
    "deputy",
    "deputies",
    "abgeordneten",
    "abgeordnete",
    "herrn",
    "herr",
    "frau",
    "mrs.",
    "mrs",
    "mr.",
    "mr",
    "ms",
    "ms.",
];

/// Words that lead to a name in a sentence. Only in lower case and before the first name, because surnames also begin
/// with them.
const ARTICLES: [&str; 10] = ["de", "des", "du", "le", "la", "les", "der", "den", "die", "the"];

/// Removes honorifics before a name: « Mme Danielle Bousquet » gives « Danielle Bousquet ».
pub(crate) fn bare(name: &str) -> String {
    let spaced = one_spaced(name).replace(" l'", " l' ").replace(" l’", " l' ");
    let spaced = spaced.strip_prefix("l'").or(spaced.strip_prefix("l’")).unwrap_or(&spaced);
    let words: Vec<&str> = spaced.split_whitespace().filter(|word| *word != "l'").collect();
    let is_title = |at: usize| words.get(at).is_some_and(|word| HONORIFICS.contains(&fold(word).as_str()));
    let is_article = |at: usize| words.get(at).is_some_and(|word| ARTICLES.contains(word));
    let mut at = 0;
    while is_title(at) || is_article(at) && (at == 0 || is_title(at + 1)) {
        at += 1;
    }
    words[at..].join(" ").trim_end_matches([',', ';', '.', ':', '-', '–', ' ']).to_owned()
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Splits a list of names: « Gilles Baum et Gusty Graas », « Mme A, M. B und Herr C ».
pub(crate) fn several(names: &str) -> Vec<String> {
    let mut parts: Vec<String> = vec![one_spaced(names)];
    for separator in [", ", " et ", " and ", " und ", " en ", " ; ", "; ", " & "] {
        parts = parts.iter().flat_map(|part| part.split(separator).map(str::to_owned)).collect();
    }
    parts.iter().map(|part| bare(part)).filter(|name| is_name(name)).collect()
}

/// Whether a text can be a person's name: two to six words, the first and the last capitalised.
pub(crate) fn is_name(words: &str) -> bool {
    let parts: Vec<&str> = words.split([' ', '\u{a0}']).filter(|part| !part.is_empty()).collect();
    let lettered = words.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '\u{a0}' | '-' | '\'' | '’' | '.'));
    (2..=6).contains(&parts.len())
        && lettered
        && is_capital(parts[0])
        && parts.last().is_some_and(|last| is_capital(last))
}

/// Puts the first name first in « Brard Jean-Pierre »: in the order used by the text, otherwise by swapping two words.
pub(crate) fn first_name_first(name: &str, text: &str) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    let opening = format!(" {} ", fold(&text[..text.floor_char_boundary(2_000)]));
    let turned = |at: usize| words[at..].iter().chain(&words[..at]).copied().collect::<Vec<_>>().join(" ");
    let written = (0..words.len()).map(turned).find(|name| opening.contains(&format!(" {} ", fold(name))));
    written.unwrap_or_else(|| if words.len() == 2 { turned(1) } else { name.to_owned() })
}

/// Moves a surname in capitals to the end: « RUFIN Michel » gives « Michel Rufin ».
pub(crate) fn surname_in_capitals_last(name: &str) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    let is_capitals =
        |word: &&&str| word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !word.contains(char::is_lowercase);
    let surnames = words.iter().take_while(is_capitals).count();
    if surnames == 0 || surnames == words.len() {
        return name.to_owned();
    }
    let usual: Vec<String> = words[surnames..]
        .iter()
        .map(|word| (*word).to_owned())
        .chain(words[..surnames].iter().map(|word| title_case(word)))
        .collect();
    usual.join(" ")
}

fn title_case(word: &str) -> String {
    let mut begins = true;
    let cased = word.chars().flat_map(|c| {
        let lower: Vec<char> = if begins { vec![c] } else { c.to_lowercase().collect() };
        begins = !c.is_alphabetic();
        lower
    });
    cased.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn honorifics_before_a_name_are_removed() {
        for (written, name) in [
            ("Mme Danielle Bousquet", "Danielle Bousquet"),
            ("M.\u{a0}Rémi Unetel", "Rémi Unetel"),
            ("de M. \u{a0} Delarue André", "Delarue André"),
            ("Madame la députée Anne Le Goff", "Anne Le Goff"),
            ("l'honorable député Charles de Ville", "Charles de Ville"),
            ("Le Goff Anne", "Le Goff Anne"),
            ("Herrn Hans Muster", "Hans Muster"),
            ("Max Unetel", "Max Unetel"),
        ] {
            assert_eq!(bare(written), name, "{written}");
        }
    }

    #[test]
    fn a_list_of_persons_is_split() {
        assert_eq!(several("des honorables députés Anne Une et Charles Deux"), ["Anne Une", "Charles Deux"]);
        assert_eq!(several("Mme A. Une, M. B. Deux et Mme C. Trois"), ["A. Une", "B. Deux", "C. Trois"]);
        assert_eq!(several("the Government"), Vec::<String>::new());
    }

    #[test]
    fn surnames_in_first_place_are_moved() {
        assert_eq!(first_name_first("Unetel Jean Pierre", "M. Jean Pierre Unetel demande"), "Jean Pierre Unetel");
        assert_eq!(first_name_first("Unetel Jean", ""), "Jean Unetel");
        assert_eq!(surname_in_capitals_last("DE LA RUE Michel"), "Michel De La Rue");
        assert_eq!(surname_in_capitals_last("Michel Rue"), "Michel Rue");
    }
}
