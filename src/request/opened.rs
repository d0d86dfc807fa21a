//! Plain values that describe an opened dossier and an opened document. Without access to the store.

use std::sync::Arc;

use crate::document::{Document, DocumentKey, Section, Summary};
use crate::locale::{Catalogue, Message};
use crate::text::TextSize;

/// A document with its outline, citations and last place.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenedDocument {
    /// Its key in the catalogue.
    pub key: DocumentKey,
    /// Its row in the list.
    pub summary: Summary,
    /// The document.
    pub document: Arc<Document>,
    /// Its outline.
    pub outline: Arc<[Section]>,
    /// The documents that cite it.
    pub cited_by: Vec<Summary>,
    /// The place where it was left in an earlier run; `None` if the words there are no longer found.
    pub left_at: Option<TextSize>,
}

/// The state of the library within the opened paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LibraryStatus {
    /// Number of documents that can be read.
    pub documents: usize,
    /// Files that gave no document.
    pub not_read: UnreadFiles,
    /// Local date and time of the last complete scan of the files.
    pub updated: Option<String>,
    /// Files examined so far, of files found; `None` unless files are being indexed.
    pub progress: Option<(usize, usize)>,
    /// Whether files are still being read, by this process or another one, so that results are partial.
    pub incomplete: bool,
    /// Whether this is the compiled-in library.
    pub built_in: bool,
}

/// The files that gave no document, or only a part of their text, grouped by reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnreadFiles {
    /// The groups; files that could not be read come first.
    pub groups: Vec<UnreadGroup>,
}

/// The files that were not read for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadGroup {
    /// The reason, worded as a heading.
    pub reason: Message,
    /// Whether the files may hold text that could not be read; else they were passed over or are empty.
    pub failed: bool,
    /// Whether the format is known but not supported yet.
    pub not_yet: bool,
    /// Number of files.
    pub files: usize,
    /// Sanitised paths; incomplete for very large groups, empty if only the number was requested.
    pub paths: Vec<String>,
}

impl UnreadFiles {
    /// Number of files.
    pub fn files(&self) -> usize {
        self.groups.iter().map(|group| group.files).sum()
    }

    /// « Aucun des 16 fichiers n'est encore lisible : pdf 16 », for a dossier without any document.
    pub fn none_read(&self, catalogue: &Catalogue) -> String {
        let reasons: Vec<String> = self
            .groups
            .iter()
            .map(|group| format!("{} {}", catalogue.say_short(&group.reason), catalogue.number(group.files as u64)))
            .collect();
        let id = if self.groups.iter().all(|group| group.not_yet) { "none-read-yet" } else { "none-read" };
        catalogue.say(&Message::new(id).with("files", self.files()).with("reasons", reasons.join(", ")))
    }
}
