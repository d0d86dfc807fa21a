//! Completion of the word before the cursor: the name of a field, or a value of one. Knows how fields and quotes are
//! written; the values themselves come from the dossier.

use std::ops::Range;

use super::field::Field;
use crate::search::analysis::words;
use crate::text::fold::fold_word;

/// The text to complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// Its range in the query, up to the cursor; bytes.
    pub range: Range<usize>,
    /// The field whose value it is; without one it is the beginning of a name.
    pub field: Option<Field>,
    /// Its characters so far, without quotes.
    pub typed: String,
}

/// The text before the cursor, if it can be completed.
pub fn unfinished(before_cursor: &str) -> Option<Unfinished> {
    let start = word_start(before_cursor);
    let word = &before_cursor[start..];
    let signs = word.len() - word.trim_start_matches(['-', '(']).len();
    let (start, word) = (start + signs, &word[signs..]);
    if let Some((name, value)) = word.split_once(':') {
        let field = Field::from_name(name)?;
        let start = start + name.len() + 1;
        let typed = value.trim_start_matches(['=', '"', '«', '“', '„']).trim_start();
        return Some(Unfinished { range: start..before_cursor.len(), field: Some(field), typed: typed.to_owned() });
    }
    let is_name = word.chars().all(char::is_alphabetic);
    is_name.then(|| Unfinished { range: start..before_cursor.len(), field: None, typed: word.to_owned() })
}

/// The names of fields that begin so, one for each field; of several names, one in French where that is wanted, else those
/// in English before others.
pub fn field_names(typed: &str, french: bool) -> Vec<&'static str> {
    let typed = fold_word(typed);
    let begins = |name: &&str| fold_word(name).starts_with(&typed);
    let each = |field: &Field| {
        let mut names = field.names().filter(begins);
        let first = names.next()?;
        let is_own = first == field.name();
        if french && is_own { names.next().or(Some(first)) } else { Some(first) }
    };
    let mut names: Vec<_> = Field::ALL.iter().filter_map(each).collect();
    if !french {
        names.sort_by_key(|name| Field::ALL.iter().all(|field| field.name() != *name));
    }
    names
}

/// Whether a value has words side by side that begin so.
pub fn begins(value: &str, typed: &str) -> bool {
    let folded = |text: &str| words(text).map(|word| word.folded.into_owned()).collect::<Vec<_>>();
    let (value, typed) = (folded(value), folded(typed));
    let Some((last, before)) = typed.split_last() else { return true };
    value.windows(typed.len()).any(|window| {
        let (end, start) = window.split_last().unwrap_or((last, &[]));
        start == before && end.starts_with(last.as_str())
    })
}

/// A value as it is written behind a field's name: in quotes where it is several words.
pub fn quoted(value: &str) -> String {
    let is_one = !value.is_empty() && value.chars().all(|c| c.is_alphanumeric() || c == '-');
    // Quotes part words and are no words.
    let inside = || value.replace(['"', '“', '”', '„', '«', '»', '*'], " ");
    if is_one { value.to_owned() } else { format!("\"{}\"", inside().trim()) }
}

/// Where the word at the end starts: behind the last space that is not in quotes.
fn word_start(text: &str) -> usize {
    let (mut start, mut closing) = (0, None);
    for (at, c) in text.char_indices() {
        match (closing, c) {
            (Some(end), c) if c == end => closing = None,
            (None, '"') => closing = Some('"'),
            (None, '«') => closing = Some('»'),
            (None, '“' | '„') => closing = Some('”'),
            (None, c) if c.is_whitespace() => start = at + c.len_utf8(),
            _ => {}
        }
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_before_the_cursor_is_a_name_or_a_value() {
        for (before, expected) in [
            ("aut", Some((0..3, None, "aut"))),
            ("torture -aut", Some((9..12, None, "aut"))),
            ("(x OR kind:l", Some((11..12, Some(Field::Kind), "l"))),
            ("x auteur:\"Jean du", Some((9..17, Some(Field::Author), "Jean du"))),
            ("x author:=\"Jean", Some((9..15, Some(Field::Author), "Jean"))),
            ("author:", Some((7..7, Some(Field::Author), ""))),
            ("x ", Some((2..2, None, ""))),
            ("2019/2", None),
            ("foo:b", None),
            ("\"droits de aut", None),
        ] {
            let found = unfinished(before).map(|one| (one.range, one.field, one.typed));
            assert_eq!(found, expected.map(|(range, field, typed)| (range, field, typed.to_owned())), "{before}");
        }
    }

    #[test]
    fn names_come_in_the_language_of_the_interface_once_for_a_field() {
        assert_eq!(field_names("aut", false), ["author"]);
        assert_eq!(field_names("aut", true), ["auteur"]);
        assert_eq!(field_names("rub", false), ["rubrique"]);
        assert_eq!(field_names("repo", true), ["répondue"]);
        assert_eq!(field_names("t", false), ["title", "type"]);
        assert_eq!(field_names("x", false), Vec::<&str>::new());
    }

    #[test]
    fn a_value_is_found_by_the_beginning_of_any_of_its_words() {
        for (typed, expected) in [("", true), ("parl", true), ("EURO", true), ("parlement e", true), ("ement", false)] {
            assert_eq!(begins("Parlement européen", typed), expected, "{typed}");
        }
        assert_eq!(quoted("Parlement européen"), "\"Parlement européen\"");
        assert_eq!(quoted("written-question"), "written-question");
        assert_eq!(quoted("« Les Verts »"), "\"Les Verts\"");
    }
}
