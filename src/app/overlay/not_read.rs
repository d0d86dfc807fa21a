//! The overlay that names the files that gave no document, by reason. Their number is shown beside every number of
//! documents by `ui`.

use super::filter::{FilteredList, filtered};
use crate::locale::Catalogue;
use crate::request::{UnreadFiles, UnreadGroup};

/// The files that gave no document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotReadList {
    /// Filter and selection.
    pub list: FilteredList,
    /// The files, by reason.
    files: UnreadFiles,
}

/// A row of the overlay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotReadRow<'a> {
    /// A reason.
    Reason {
        /// The files with this reason.
        group: &'a UnreadGroup,
        /// Number of files of the group that pass the filter.
        files: usize,
    },
    /// A file.
    File {
        /// Its path.
        path: &'a str,
        /// Whether it may hold text that could not be read.
        failed: bool,
    },
}

impl NotReadList {
    /// A list of these files.
    pub(crate) fn new(files: UnreadFiles) -> Self {
        Self { list: FilteredList::default(), files }
    }

    /// The rows: each reason above those of its files that pass the filter.
    pub fn rows(&self, catalogue: &Catalogue) -> Vec<NotReadRow<'_>> {
        let filter = self.list.filter.text();
        let mut rows = Vec::new();
        for group in &self.files.groups {
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
