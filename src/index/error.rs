//! Errors of the index, distinguished by what a person can do about them. The index is derived from the catalogue, so
//! none of them loses a document.

use std::io;
use std::path::{Path, PathBuf};

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

use crate::locale::Message;

/// An error of the index, with the folder it lives in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IndexError {
    /// Another process writes to it: read on, try to write later.
    Locked(PathBuf),
    /// The disk is full: make room. Earlier commits are still there.
    Full(PathBuf),
    /// It cannot be read as an index: rebuild it.
    Damaged(PathBuf, String),
    /// The system refused something; its own words say what.
    Io(PathBuf, String),
}

impl IndexError {
    /// The sentence for people.
    pub fn message(&self) -> Message {
        let (id, path) = match self {
            Self::Locked(path) => ("index-locked", path),
            Self::Full(path) => ("index-full", path),
            Self::Damaged(path, _) => ("index-damaged", path),
            Self::Io(path, _) => ("index-io", path),
        };
        let message = Message::new(id).with("path", path.display().to_string());
        match self {
            Self::Locked(_) | Self::Full(_) => message,
            Self::Damaged(_, detail) | Self::Io(_, detail) => message.with("detail", detail.as_str()),
        }
    }

    pub(super) fn from_io(path: &Path, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full(path.to_owned()),
            io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData => {
                Self::Damaged(path.to_owned(), error.to_string())
            }
            _ => Self::Io(path.to_owned(), error.to_string()),
        }
    }

    pub(super) fn from_tantivy(path: &Path, error: &TantivyError) -> Self {
        match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => Self::Locked(path.to_owned()),
            TantivyError::IoError(error)
            | TantivyError::LockFailure(LockError::IoError(error), _)
            | TantivyError::OpenDirectoryError(
                OpenDirectoryError::IoError { io_error: error, .. } | OpenDirectoryError::FailedToCreateTempDir(error),
            )
            | TantivyError::OpenReadError(OpenReadError::IoError { io_error: error, .. })
            | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: error, .. }) => {
                Self::from_io(path, error)
            }
            TantivyError::OpenDirectoryError(_) => Self::Io(path.to_owned(), error.to_string()),
            // A thread's error has only words left.
            _ if is_about_space(&error.to_string()) => Self::Full(path.to_owned()),
            TantivyError::ErrorInThread(_) | TantivyError::SystemError(_) | TantivyError::Poisoned => {
                Self::Io(path.to_owned(), error.to_string())
            }
            _ => Self::Damaged(path.to_owned(), error.to_string()),
        }
    }
}

fn is_about_space(words: &str) -> bool {
    ["StorageFull", "QuotaExceeded", "No space left"].iter().any(|sign| words.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn errors_are_told_apart_by_what_one_can_do() {
        let path = Path::new("i");
        let full = io::Error::from(io::ErrorKind::StorageFull);
        for (error, id) in [
            (TantivyError::LockFailure(LockError::LockBusy, None), "index-locked"),
            (TantivyError::IoError(Arc::new(full)), "index-full"),
            (TantivyError::ErrorInThread("IoError(… kind: StorageFull …)".to_owned()), "index-full"),
            (TantivyError::OpenReadError(OpenReadError::FileDoesNotExist("x".into())), "index-damaged"),
            (TantivyError::IoError(Arc::new(io::Error::from(io::ErrorKind::PermissionDenied))), "index-io"),
        ] {
            assert_eq!(IndexError::from_tantivy(path, &error).message().id, id, "{error:?}");
        }
    }
}
