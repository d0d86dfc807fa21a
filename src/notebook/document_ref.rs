//! Refers to a document by location and id, so that it is found again after its file has changed or its folder was
//! moved.

use std::path::{Path, PathBuf};

/// A reference to a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRef {
    /// Its file, absolute.
    pub path: PathBuf,
    /// Its name inside the file, when the file holds several.
    pub member: Option<String>,
    /// Its relative id: unchanged as long as its path below the opened folder is unchanged, also when that folder
    /// moves.
    pub id: String,
}

impl DocumentRef {
    /// Whether nothing exists any more at its path.
    pub fn is_gone(&self) -> bool {
        !self.path.exists()
    }

    /// Path, member and id as stored; without a member it is the empty string, so that SQL can compare it.
    pub(super) fn columns(&self) -> (Vec<u8>, &str, &str) {
        (to_bytes(&self.path), self.member.as_deref().unwrap_or(""), &self.id)
    }

    /// Decodes stored columns.
    pub(super) fn of_columns(path: &[u8], member: String, id: String) -> Self {
        Self { path: from_bytes(path), member: Some(member).filter(|member| !member.is_empty()), id }
    }
}

/// The system's own bytes, because a file's name need not be UTF-8.
#[cfg(unix)]
pub(super) fn to_bytes(path: &Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt;
    path.as_os_str().as_bytes().to_vec()
}

#[cfg(unix)]
pub(super) fn from_bytes(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
pub(super) fn to_bytes(path: &Path) -> Vec<u8> {
    path.to_string_lossy().into_owned().into_bytes()
}

#[cfg(not(unix))]
pub(super) fn from_bytes(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}
