//! The document store: roots, what a scan finds in them, the catalogue, documents by key.
//!
//! A library is a set of roots: every path that was named (folders, single files, texts from standard input). The
//! catalogue, one SQLite file under [`Home`], is authoritative: it holds every cleaned document, so that reading never
//! waits for extraction. The full-text index is derived from it; the catalogue marks documents that are not yet in the
//! index, and keys that the index must delete, so that a kill between any two steps loses nothing and the next opening
//! repairs it.
//!
//! **The same files, the same answer.** A file has one row, by its absolute path with all links resolved, independent of
//! the named paths: its documents, keys and ids depend on nothing else. Which files belong to a root is stored separately
//! (`members`), as found by the root's own walk under its own rules (`rules`), with the entries it skipped (`ignored`), so
//! that one root changes nothing in another. A file is kept as long as it exists and belongs to some root: any walk that
//! finds it deleted removes it for all.
//!
//! [`Library`] reads and may be shared between threads; [`Writer`] changes, guarded by a lock between processes. Nothing
//! is ever written into the documents' folders. Does not know the index and displays nothing.

mod built_in;
mod catalogue;
mod citations;
mod documents;
mod error;
mod home;
mod index_state;
mod kept_roots;
mod not_read;
mod presence;
mod problem;
mod queries;
mod read_file;
mod root;
mod roots;
mod rows;
mod rules;
mod scope;
mod walk;
mod writer;

use std::path::{Path, PathBuf};

pub use built_in::{BUILT_IN, BUILT_IN_LEAD};
pub use documents::{Prepared, read_documents};
pub use error::LibraryError;
pub use home::Home;
pub use index_state::Unnamed;
pub use not_read::NotRead;
pub use problem::{Problem, ProblemKind};
pub use queries::{Identity, Order, Status};
pub use read_file::Intake;
pub use root::{Root, RootKind};
pub use scope::Scope;
pub use walk::{ALIAS_FILE, FoundFile, Walk, WalkEntry};
pub use writer::{Added, OpenFile, Writer};

use crate::locale::Message;
use catalogue::Store;

/// The documents of one catalogue, to be read. Clones share a connection.
#[derive(Clone, Debug)]
pub struct Library {
    store: Store,
    /// Whose catalogue it is; `None` for one in memory.
    home: Option<Home>,
    /// Whether it is the one that is compiled in.
    is_built_in: bool,
    notices: Vec<Message>,
}

impl Library {
    /// Opens the library of a home folder, creating missing files. [`Self::notices`] has the messages to report.
    pub fn open(home: &Home) -> Result<Self, LibraryError> {
        let (store, notices) = Store::open(home)?;
        Ok(Self { store, home: Some(home.clone()), is_built_in: false, notices })
    }

    /// An empty library that lives as long as the process and writes nothing to the disk.
    pub fn in_memory() -> Result<Self, LibraryError> {
        Ok(Self { store: Store::in_memory()?, home: None, is_built_in: false, notices: Vec::new() })
    }

    /// The library that is compiled in, still to be brought up to date like any other.
    pub fn built_in() -> Result<Self, LibraryError> {
        let library = Self { is_built_in: true, ..Self::in_memory()? };
        for (name, bytes) in BUILT_IN {
            library.give(&built_in::path(name), bytes)?;
        }
        Ok(library)
    }

    /// The same library by a connection of its own, for another thread.
    pub fn reader(&self) -> Result<Self, LibraryError> {
        Ok(Self { store: self.store.again()?, notices: Vec::new(), ..self.clone() })
    }

    /// What happened while opening that a person should know.
    pub fn notices(&self) -> &[Message] {
        &self.notices
    }

    /// Whether nothing of it is kept.
    pub fn is_in_memory(&self) -> bool {
        self.home.is_none()
    }

    /// Whether it is the one that is compiled in.
    pub fn is_built_in(&self) -> bool {
        self.is_built_in
    }

    /// Hands over a text that is no file, under the path it shall be shown by.
    pub fn give(&self, path: &Path, bytes: &[u8]) -> Result<(), LibraryError> {
        let path = scope::to_bytes(path);
        self.store.ask(|connection| {
            connection.execute("INSERT OR REPLACE INTO sources (path, bytes) VALUES (?1, ?2)", (&path, bytes))?;
            connection.execute("INSERT OR IGNORE INTO roots (path, kind) VALUES (?1, 'given')", [&path])?;
            Ok(())
        })
    }

    /// Resolves paths given by a person to a scope, following links. Returns the errors of the paths that cannot be
    /// resolved; the others still count.
    pub fn scope(&self, paths: &[PathBuf]) -> (Scope, Vec<LibraryError>) {
        let mut errors = Vec::new();
        let named = paths.iter().filter_map(|path| self.locate(path).map_err(|error| errors.push(error)).ok());
        let named: Vec<PathBuf> = named.collect();
        (Scope::of(named), errors)
    }

    /// The absolute path of one that a person named.
    pub fn locate(&self, path: &Path) -> Result<PathBuf, LibraryError> {
        if self.source(path)?.is_some() {
            return Ok(path.to_owned());
        }
        let absolute = std::fs::canonicalize(path).map_err(|error| LibraryError::named(path, &error))?;
        let metadata = std::fs::metadata(&absolute).map_err(|error| LibraryError::named(path, &error))?;
        if metadata.is_dir() || metadata.is_file() {
            Ok(absolute)
        } else {
            Err(LibraryError::NotAFile(path.to_owned()))
        }
    }
}

#[cfg(test)]
mod tests;
