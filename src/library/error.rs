//! Errors of the store, distinguished by what a person can do about them. A file that cannot be read is not an error of
//! the store but a [`Problem`](super::Problem) of that file; the others are still read.

use std::io;
use std::path::{Path, PathBuf};

use crate::locale::Message;
use crate::text::sanitize::sanitize;

/// Why an operation of the library failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LibraryError {
    /// The path that was named does not exist: check its spelling.
    Missing(PathBuf),
    /// The path that was named may not be read: ask its owner.
    Forbidden(PathBuf),
    /// The path that was named is a device, a socket or the like: name a file or a folder.
    NotAFile(PathBuf),
    /// No home folder is known: set `LUTRIN_HOME`.
    NoHome,
    /// The folder of the catalogue cannot be used: set `LUTRIN_HOME` to one that can be written.
    HomeUnusable {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        detail: String,
    },
    /// The disk of the catalogue is full: make room.
    DiskFull(PathBuf),
    /// Another Lutrin is writing to this catalogue: wait for it, or read the stored documents.
    WriterElsewhere,
    /// The catalogue cannot be read any more: opening it again moves it aside and rebuilds it.
    Damaged {
        /// The catalogue.
        path: PathBuf,
        /// What the database said.
        detail: String,
    },
    /// The document is not in the library any more.
    Gone,
    /// No path was named, and of the roots there were none is left: name one.
    NothingLeft,
}

impl LibraryError {
    /// The sentence for it.
    pub fn message(&self) -> Message {
        // A path may hold anything; the sentence goes to a terminal.
        let shown = |path: &Path| sanitize(&path.to_string_lossy()).into_owned();
        match self {
            Self::Missing(path) => Message::new("library-missing").with("path", shown(path)),
            Self::Forbidden(path) => Message::new("library-forbidden").with("path", shown(path)),
            Self::NotAFile(path) => Message::new("library-not-a-file").with("path", shown(path)),
            Self::NoHome => Message::new("library-no-home"),
            Self::HomeUnusable { path, detail } => {
                Message::new("library-home-unusable").with("path", shown(path)).with("detail", detail.as_str())
            }
            Self::DiskFull(path) => Message::new("library-disk-full").with("path", shown(path)),
            Self::WriterElsewhere => Message::new("library-writer-elsewhere"),
            Self::Damaged { path, detail } => {
                Message::new("library-damaged").with("path", shown(path)).with("detail", detail.as_str())
            }
            Self::Gone => Message::new("library-gone"),
            Self::NothingLeft => Message::new("library-nothing-left"),
        }
    }

    /// What a failure to use a path that a person named means.
    pub(super) fn named(path: &Path, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::PermissionDenied => Self::Forbidden(path.to_owned()),
            _ => Self::Missing(path.to_owned()),
        }
    }

    /// What a failure in the store's own folder means.
    pub(super) fn home(path: &Path, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull(path.to_owned()),
            _ => Self::HomeUnusable { path: path.to_owned(), detail: error.to_string() },
        }
    }

    /// What a failure of the database at `path` means.
    pub(super) fn database(path: &Path, error: &rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let (path, detail) = (path.to_owned(), error.to_string());
        match error.sqlite_error_code() {
            Some(Code::DiskFull) => Self::DiskFull(path),
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::WriterElsewhere,
            Some(
                Code::CannotOpen
                | Code::ReadOnly
                | Code::PermissionDenied
                | Code::SystemIoFailure
                | Code::FileLockingProtocolFailed,
            ) => Self::HomeUnusable { path, detail },
            _ => Self::Damaged { path, detail },
        }
    }
}
