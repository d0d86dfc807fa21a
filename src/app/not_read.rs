//! The files that gave no document, by reason: their number stands beside every number of documents, and a panel names
//! them.

use super::overlay::filtered;
use crate::locale::{Catalogue, Message};

/// The files that gave no document, or not all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotRead {
    /// What could not be read comes first.
    pub groups: Vec<NotReadGroup>,
}

/// Those of one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotReadGroup {
    /// The reason as a heading.
    pub reason: Message,
    /// Whether they might hold text and could not be read; else they were passed over, or are empty.
    pub failed: bool,
    /// Whether their format is known, and not read today.
    pub not_yet: bool,
    /// How many there are.
    pub files: usize,
    /// Their paths, safe to show; not all where there are very many, and none where only the number was asked for.
    pub paths: Vec<String>,
}

/// A row of the panel that names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotReadRow<'a> {
    /// A reason, and how many files below it pass the filter.
    Reason {
        /// The files of that reason.
        group: &'a NotReadGroup,
        /// How many are meant.
        files: usize,
    },
    /// A file.
    File {
        /// Its path.
        path: &'a str,
        /// Whether it could not be read, though it might hold text.
        failed: bool,
    },
}

impl NotRead {
    /// How many files there are.
    pub fn files(&self) -> usize {
        self.groups.iter().map(|group| group.files).sum()
    }

    /// « Aucun des 16 fichiers n'est encore lisible : pdf 16 », where nothing else is there.
    pub fn none_read(&self, catalogue: &Catalogue) -> String {
        let reasons: Vec<String> = self
            .groups
            .iter()
            .map(|group| format!("{} {}", catalogue.say_short(&group.reason), catalogue.number(group.files as u64)))
            .collect();
        let id = if self.groups.iter().all(|group| group.not_yet) { "none-read-yet" } else { "none-read" };
        catalogue.say(&Message::new(id).with("files", self.files()).with("reasons", reasons.join(", ")))
    }

    /// The rows of the panel: each reason above the files that have it and pass the filter.
    pub fn rows(&self, filter: &str, catalogue: &Catalogue) -> Vec<NotReadRow<'_>> {
        let mut rows = Vec::new();
        for group in &self.groups {
            let reason = catalogue.say(&group.reason);
            let texts = group.paths.iter().map(|path| format!("{path} {reason}"));
            let pass = filtered(filter, texts);
            if pass.is_empty() && !(filter.is_empty() && group.files > 0) {
                continue;
            }
            let files = if filter.is_empty() { group.files } else { pass.len() };
            rows.push(NotReadRow::Reason { group, files });
            let failed = group.failed;
            rows.extend(pass.into_iter().map(|at| NotReadRow::File { path: &group.paths[at], failed }));
        }
        rows
    }
}
