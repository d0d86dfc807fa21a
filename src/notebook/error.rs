//! Errors of the notebook, distinguished by what a person can do about them. None of them loses stored data.

use std::path::{Path, PathBuf};

use crate::locale::Message;
use crate::text::sanitize::sanitize;

/// Why an operation of the notebook failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotebookError {
    /// A newer Lutrin made it: use that one.
    Newer(PathBuf),
    /// It cannot be read, or is something else: bring it back from a copy, or move it away.
    Damaged {
        /// The file.
        path: PathBuf,
        /// What the database said.
        detail: String,
    },
    /// The disk is full: make room.
    Full(PathBuf),
    /// Another Lutrin is writing for longer than one waits: try again.
    Busy(PathBuf),
    /// The system refused something; its own words say what.
    Unusable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        detail: String,
    },
}

impl NotebookError {
    /// The sentence for it.
    pub fn message(&self) -> Message {
        let (id, path, detail) = match self {
            Self::Newer(path) => ("notebook-newer", path, None),
            Self::Damaged { path, detail } => ("notebook-damaged", path, Some(detail)),
            Self::Full(path) => ("notebook-full", path, None),
            Self::Busy(path) => ("notebook-busy", path, None),
            Self::Unusable { path, detail } => ("notebook-unusable", path, Some(detail)),
        };
        let message = Message::new(id).with("path", sanitize(&path.to_string_lossy()).into_owned());
        match detail {
            Some(detail) => message.with("detail", sanitize(detail).into_owned()),
            None => message,
        }
    }

    pub(super) fn database(path: &Path, error: &rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let (path, detail) = (path.to_owned(), error.to_string());
        match error.sqlite_error_code() {
            Some(Code::DiskFull) => Self::Full(path),
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Busy(path),
            Some(Code::NotADatabase | Code::DatabaseCorrupt) => Self::Damaged { path, detail },
            _ => Self::Unusable { path, detail },
        }
    }
}
