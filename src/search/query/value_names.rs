//! Codes as people call them: `kind:lettre`, `language:français`, `country:France`, `in:réponse` ask for what documents keep
//! as a code. The words are those of the interface in both its languages, and for languages their own; a plural is as good
//! as its singular. It does not know which codes there are in a dossier.

use std::sync::LazyLock;

use super::field::{Field, TITLE};
use super::term::Term;
use crate::locale::{Catalogue, UiLanguage};
use crate::search::analysis::words;

/// Minimum length of a prefix that matches a name while it is typed; shorter ones are codes.
const SHORTEST_BEGINNING: usize = 3;

/// What languages are called in themselves, where that is not among the names of the interface.
const OWN_NAMES: [(&str, &str); 36] = [
    ("ar", "العربية"),
    ("bg", "български"),
    ("bs", "bosanski"),
    ("ca", "català"),
    ("cs", "čeština"),
    ("da", "dansk"),
    ("de", "Deutsch"),
    ("el", "ελληνικά"),
    ("es", "español"),
    ("et", "eesti"),
    ("eu", "euskara"),
    ("fi", "suomi"),
    ("ga", "Gaeilge"),
    ("gl", "galego"),
    ("hr", "hrvatski"),
    ("hu", "magyar"),
    ("is", "íslenska"),
    ("it", "italiano"),
    ("kk", "қазақша"),
    ("lb", "Lëtzebuergesch"),
    ("lt", "lietuvių"),
    ("lv", "latviešu"),
    ("mt", "Malti"),
    ("nb", "norsk"),
    ("nl", "Nederlands"),
    ("no", "norsk"),
    ("pl", "polski"),
    ("pt", "português"),
    ("ro", "română"),
    ("ru", "русский"),
    ("sk", "slovenčina"),
    ("sl", "slovenščina"),
    ("sr", "srpski"),
    ("sv", "svenska"),
    ("tr", "Türkçe"),
    ("uk", "українська"),
];

/// Whether documents keep codes as the values of a field.
pub(crate) fn has_codes(field: Field) -> bool {
    matches!(field, Field::Kind | Field::Language | Field::Country | Field::In)
}

/// Whether a code, as folded words, is called so: some words side by side of a name, or all of them.
pub(crate) fn is_called(field: Field, code: &str, terms: &[Term], whole: bool) -> bool {
    let Some(last) = terms.last() else { return false };
    if last.prefix && terms.len() == 1 && last.folded.chars().count() < SHORTEST_BEGINNING {
        return false;
    }
    let is_same = |term: &Term, word: &String| {
        (term.prefix && word.starts_with(&term.folded)) || singular(word) == singular(&term.folded)
    };
    names(field, code).iter().any(|name| {
        let name: Vec<String> = words(name).map(|word| word.folded.into_owned()).collect();
        let fits = !whole || name.len() == terms.len();
        fits && name.windows(terms.len()).any(|window| terms.iter().zip(window).all(|(term, word)| is_same(term, word)))
    })
}

/// What a code is called.
fn names(field: Field, code: &str) -> Vec<String> {
    static CATALOGUES: LazyLock<[Catalogue; 2]> = LazyLock::new(|| UiLanguage::ALL.map(Catalogue::new));
    let primary = code.split(' ').next().unwrap_or(code);
    let id = match field {
        Field::In if code == TITLE => return Field::Title.names().map(str::to_owned).collect(),
        Field::Kind => format!("genre-{}", code.replace(' ', "-")),
        Field::Language => format!("language-{primary}"),
        Field::Country => format!("country-{primary}"),
        Field::In => format!("place-{}.bare", code.replace(' ', "-")),
        _ => return Vec::new(),
    };
    let said = CATALOGUES.iter().filter(|catalogue| catalogue.has(&id)).map(|catalogue| catalogue.text(&id));
    let own = OWN_NAMES.iter().filter(|(of, _)| field == Field::Language && *of == primary);
    said.chain(own.map(|(_, name)| (*name).to_owned())).collect()
}

/// A word without the sign of its plural, near enough to compare two by.
fn singular(word: &str) -> String {
    if let Some(start) = word.strip_suffix("ies") {
        return format!("{start}y");
    }
    let singular = word.strip_suffix('s').filter(|start| start.len() >= SHORTEST_BEGINNING);
    singular.unwrap_or(word).to_owned()
}
