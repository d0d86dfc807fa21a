//! Inflected forms of French words, from a dictionary: « loi » and « lois », « aller » and « iront ». The table is made by
//! `assets/forms/make.py`, which decides there which readings of a homograph count (« visa » is no form of « viser »).
//! It has neither names nor relatives by derivation (« nation », « national »), and knows no context.
//!
//! The representation is that of paradigm dictionaries (as in pymorphy): a family of forms is a stem and a paradigm, the
//! list of its endings, and a form is stored with its places in paradigms. `forms.fst` maps each form to the number of a
//! list of such places; a stem follows from a form by removing its ending. So a form leads to its family and the family to
//! all its forms, without a list of families.

use std::sync::LazyLock;

use fst::Map;
use fst::raw::{Fst, Node, Output};

use crate::text::fold::{fold_word, latin_variants};

/// A paradigm's number, and the number of an ending in it.
type Place = (u16, u8);

/// The paradigms, each as its endings separated by commas; where each list of places ends; and the places of all lists.
/// Stored by postcard. Flat, because every run that searches decodes it.
type Tables = (Vec<String>, Vec<u32>, Vec<Place>);

static FORMS: LazyLock<Map<&[u8]>> = LazyLock::new(|| {
    Map::new(include_bytes!("../../../assets/forms/forms.fst").as_slice()).expect("the table is part of the program")
});

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    postcard::from_bytes(include_bytes!("../../../assets/forms/paradigms.bin"))
        .expect("the table is part of the program")
});

/// Whether the dictionary has this form, given in lower case with its accents.
pub(super) fn is_known(form: &str) -> bool {
    FORMS.contains_key(form)
}

/// All forms of the word or the words that have this form, which is given in lower case with its accents; sorted, the form
/// among them. If the dictionary has no such form, of those that differ from it only by accents which it lacks: people
/// type « arrete ». `None` if there is none of these either.
pub(super) fn forms(word: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    let with_ligatures = word.replace("oe", "œ").replace("ae", "æ");
    match [word, &with_ligatures].into_iter().find_map(|form| Some((form, FORMS.get(form)?))) {
        Some((form, places)) => add_families(form, places, &mut found),
        None => with_accents(word).iter().for_each(|(form, places)| add_families(form, *places, &mut found)),
    }
    found.sort_unstable();
    found.dedup();
    (!found.is_empty()).then_some(found)
}

/// Adds all forms of the families of a form.
fn add_families(form: &str, places: u64, found: &mut Vec<String>) {
    let (paradigms, ends, all) = &*TABLES;
    let number = places as usize;
    let start = number.checked_sub(1).map_or(0, |before| ends[before]);
    for (paradigm, ending) in &all[start as usize..ends[number] as usize] {
        let endings = || paradigms[usize::from(*paradigm)].split(',');
        let own = endings().nth(usize::from(*ending)).unwrap_or_default();
        let stem = form.strip_suffix(own).unwrap_or(form);
        found.extend(endings().map(|ending| format!("{stem}{ending}")));
    }
}

/// The forms that have the same letters as a word, and at least its accents. Walks the automaton along all spellings of
/// each letter at once; only those that occur are followed.
fn with_accents(word: &str) -> Vec<(String, u64)> {
    let fst = FORMS.as_fst();
    let mut found = Vec::new();
    let letters: Vec<char> = word.chars().collect();
    walk(fst, (fst.root(), Output::zero()), &letters, &mut String::new(), &mut found);
    found
}

fn walk(
    fst: &Fst<&[u8]>,
    (node, output): (Node<'_>, Output),
    letters: &[char],
    form: &mut String,
    found: &mut Vec<(String, u64)>,
) {
    let Some((letter, rest)) = letters.split_first() else {
        if node.is_final() {
            found.push((form.clone(), output.cat(node.final_output()).value()));
        }
        return;
    };
    let ligature = match (letter, rest) {
        ('o', ['e', rest @ ..]) => Some(('œ', rest)),
        ('a', ['e', rest @ ..]) => Some(('æ', rest)),
        _ => None,
    };
    let spellings = std::iter::once(*letter).chain(latin_variants(*letter)).map(|spelling| (spelling, rest));
    for (spelling, rest) in spellings.chain(ligature) {
        if let Some(next) = follow(fst, (node, output), spelling) {
            form.push(spelling);
            walk(fst, next, rest, form, found);
            form.pop();
        }
    }
}

/// Follows the bytes of a character.
fn follow<'f>(fst: &'f Fst<&[u8]>, start: (Node<'f>, Output), letter: char) -> Option<(Node<'f>, Output)> {
    let mut bytes = [0; 4];
    letter.encode_utf8(&mut bytes).bytes().try_fold(start, |(node, output), byte| {
        let transition = node.transition(node.find_input(byte)?);
        Some((fst.node(transition.addr), output.cat(transition.out)))
    })
}

/// A set of forms, to be compared with words of texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FormSet {
    /// Sorted.
    forms: Vec<String>,
    /// The forms folded, sorted, each once.
    folded: Vec<String>,
}

impl FormSet {
    /// The forms of a word in lower case; `None` if the dictionary does not have it.
    pub(super) fn of(word: &str) -> Option<Self> {
        let forms = forms(word)?;
        let mut folded: Vec<String> = forms.iter().map(|form| fold_word(form)).collect();
        folded.sort_unstable();
        folded.dedup();
        Some(Self { forms, folded })
    }

    /// The forms folded, sorted, each once.
    pub(super) fn folded(&self) -> &[String] {
        &self.folded
    }

    /// Whether a word is among the forms. A word that lacks accents, as in capitals, is, unless it is another word without
    /// them: « COTES » may be « côtés », but is the plural of « cote ».
    pub(super) fn contains(&self, folded: &str, accented: &str) -> bool {
        self.folded.binary_search_by(|form| form.as_str().cmp(folded)).is_ok()
            && (self.forms.binary_search_by(|form| form.as_str().cmp(accented)).is_ok() || !is_known(accented))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_its_inflected_forms_and_no_other_word() {
        for (word, has, lacks) in [
            ("loi", "lois", "loin"),
            ("lois", "loi", "loir"),
            ("égalité", "égalités", "également"),
            ("national", "nationaux", "nation"),
            ("allons", "iront", "allonge"),
            ("permet", "permettait", "permis2"),
            ("œuvre", "œuvres", "ouvre"),
            ("visa", "visas", "viser"),
            ("commissions", "commission", "commettre"),
            ("cour", "cour", "courir"),
            ("arrêté", "arrêtée", "arrêt"),
        ] {
            let forms = forms(word).unwrap();
            assert!(forms.iter().any(|form| form == has), "{word}: {forms:?}");
            assert!(forms.iter().all(|form| form != lacks), "{word}: {forms:?}");
        }
    }

    #[test]
    fn function_words_have_no_other_forms() {
        for word in ["son", "mais", "les", "est", "ont", "par", "sous", "sur"] {
            assert_eq!(forms(word).unwrap(), [word], "{word}");
        }
    }

    #[test]
    fn a_word_typed_without_its_accents_has_the_forms_of_the_word_with_them() {
        assert_eq!(forms("egalite"), forms("égalité"));
        assert_eq!(forms("oeuvre"), forms("œuvre"));
        assert!(forms("arrete").unwrap().contains(&"arrêtées".to_owned()));
        assert_eq!(forms("tokaïev"), None);
    }

    #[test]
    fn each_form_leads_to_every_other_one_of_its_word() {
        let all = forms("gouvernement").unwrap().into_iter().chain(forms("ministre").unwrap());
        for word in all {
            let forms = forms(&word).unwrap();
            assert!(forms.iter().all(|form| super::forms(form).unwrap().contains(&word)), "{word}: {forms:?}");
        }
    }

    #[test]
    fn a_word_in_capitals_without_accents_is_a_form_unless_it_is_another_word() {
        let forms = FormSet::of("côté").unwrap();
        assert!(forms.contains("cotes", "côtés") && !forms.contains("cotes", "cotes"));
        let forms = FormSet::of("égalité").unwrap();
        assert!(forms.contains("egalites", "egalites") && !forms.contains("egaliser", "égaliser"));
    }
}
