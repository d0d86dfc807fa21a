//! Saved searches and the rows that list them. The notebook stores them; the dossier finds new hits.

use super::{LastWord, Sort, Spelling, TOO_LONG, parse};
use crate::locale::{Catalogue, Message};

/// A search with the name under which a person saved it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedSearch {
    /// Its name, unique in a notebook.
    pub name: String,
    /// The query as typed.
    pub source: String,
    /// The order of its hits.
    pub sort: Sort,
    /// Spellings of names that it leaves out.
    pub spelling: Spelling,
}

/// A saved search, as the list of them shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedSearchRow {
    /// The search.
    pub search: SavedSearch,
    /// Its paths, if they are not the open ones: new documents are only known for the open ones.
    pub elsewhere: Option<String>,
    /// Local date and time when its hits were shown last.
    pub looked: String,
    /// Number of documents it finds and number of new ones among them, once counted.
    pub counts: Option<(usize, usize)>,
    /// That the query was not fully understood.
    pub mark: Option<Message>,
}

/// What marks a saved search whose query was cut off, or was not fully understood.
pub fn mark(source: &str) -> Option<Message> {
    let complaints = parse(source, LastWord::Whole).1;
    let is_cut = complaints.iter().any(|complaint| complaint.code == TOO_LONG);
    (!complaints.is_empty()).then(|| Message::new(if is_cut { "search-cut" } else { "search-in-part" }))
}

/// [`mark`] as words in brackets to follow the name; empty without a mark.
pub fn marked(source: &str, catalogue: &Catalogue) -> String {
    mark(source).map_or_else(String::new, |mark| {
        catalogue.say(&Message::new("search-marked").with("mark", catalogue.say(&mark)))
    })
}
