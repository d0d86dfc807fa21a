//! The candidates of a completion in the prompt: field names, values of a field, kinds of parts. Values arrive from the
//! dossier; choosing among candidates is done in `completion`.

use std::ops::Range;

use crate::document::{Genre, PartKind};
use crate::locale::{Catalogue, UiLanguage};
use crate::search::Field;
use crate::search::query::complete::{Unfinished, begins, field_names, quoted};

/// A text that can complete the word before the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompletionCandidate {
    /// The text as shown.
    pub label: String,
    /// Number of documents that have the value; `None` for names.
    pub documents: Option<u32>,
    pub(super) inserted: String,
}

/// A completion in progress.
#[derive(Clone, Debug, PartialEq)]
pub struct Completion {
    /// The candidates; empty while values are awaited.
    pub candidates: Vec<CompletionCandidate>,
    /// Index of the candidate that is in the line now.
    pub chosen: Option<usize>,
    /// The field or value to complete.
    pub(super) what: Unfinished,
    /// The range of the line that the candidate replaces.
    pub(super) range: Range<usize>,
    /// The typed text that the candidate replaced.
    pub(super) typed: String,
    /// Whether a single candidate is inserted without showing it: a key requested the completion, not a letter.
    pub(super) takes_one: bool,
}

/// The names of fields that begin with the typed letters.
pub(super) fn field_candidates(typed: &str, ui_language: UiLanguage) -> Vec<CompletionCandidate> {
    let candidate =
        |name: &str| CompletionCandidate { label: name.to_owned(), documents: None, inserted: format!("{name}:") };
    field_names(typed, ui_language == UiLanguage::French).into_iter().map(candidate).collect()
}

/// The values that begin with the typed letters; for codes, also those whose name in the language of the interface does.
pub(super) fn value_candidates(
    field: Field,
    typed: &str,
    values: &[(String, u32)],
    catalogue: &Catalogue,
) -> Vec<CompletionCandidate> {
    let each = |(value, documents): &(String, u32)| {
        let label = match field {
            Field::Kind if Genre::from_name(value).is_some() => catalogue.text(format!("genre-{value}")),
            Field::Language => catalogue.language(value),
            Field::Country => catalogue.country(value),
            _ => value.clone(),
        };
        let fits = begins(value, typed) || begins(&label, typed);
        fits.then(|| CompletionCandidate { label, documents: Some(*documents), inserted: quoted(value) })
    };
    values.iter().filter_map(each).collect()
}

/// The kinds of parts, and the title, whose names begin with the typed letters.
pub(super) fn part_candidates(typed: &str, catalogue: &Catalogue) -> Vec<CompletionCandidate> {
    let title = ("title", catalogue.text("field-title"));
    let parts =
        PartKind::ALL.into_iter().map(|kind| (kind.name(), catalogue.text(format!("place-{}.bare", kind.name()))));
    let fits = |(code, label): &(&str, String)| begins(code, typed) || begins(label, typed);
    let candidate =
        |(_, label): (&str, String)| CompletionCandidate { inserted: quoted(&label), label, documents: None };
    std::iter::once(title).chain(parts).filter(fits).map(candidate).collect()
}
