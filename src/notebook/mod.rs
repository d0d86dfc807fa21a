//! What a person made: named marks, the last place in each document, saved searches, interrupted sessions. It cannot be
//! rebuilt, so the file is never deleted, moved or recreated: a damaged file, or one written by a newer Lutrin, is left
//! exactly as it is, and the caller continues with a notebook in memory.
//!
//! A document is identified here by its location and its relative id ([`DocumentRef`]), never by its key, which changes
//! whenever its file does; a place in it is a [`Locator`], which survives a change of the text. Several processes may write
//! at once: each change is one short transaction, and the last one wins. Which present document a location refers to, and
//! where its words are now, is resolved in `dossier`.

mod document_ref;
mod error;
mod file;
mod interruptions;
mod searches;
mod seen_documents;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

pub use document_ref::DocumentRef;
pub use error::NotebookError;
pub use interruptions::Interruption;
pub use searches::StoredSearch;
pub use seen_documents::{SeenDocuments, fingerprint};

use rusqlite::{Connection, OptionalExtension, Row};

use crate::document::Locator;

/// A named mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its letter.
    pub name: char,
    /// The document it was set in.
    pub document_ref: DocumentRef,
    /// The place in it.
    pub locator: Locator,
}

/// The marks, places and saved searches of one person. Clones share a connection.
#[derive(Clone, Debug)]
pub struct Notebook {
    connection: Arc<Mutex<Connection>>,
    path: PathBuf,
}

impl Notebook {
    /// Opens the notebook at this path, creating it if nothing exists there. Its folder must exist.
    pub fn open(path: &Path) -> Result<Self, NotebookError> {
        Ok(Self::over(file::open(path)?, path))
    }

    /// A notebook that is forgotten with the process.
    pub fn in_memory() -> Self {
        let connection = file::in_memory().expect("a database in memory needs nothing from outside");
        Self::over(connection, Path::new(":memory:"))
    }

    /// Whether it is forgotten with the process.
    pub fn is_in_memory(&self) -> bool {
        self.path == Path::new(":memory:")
    }

    /// Sets a mark; the one of that letter before it is replaced.
    pub fn keep_mark(&self, name: char, document_ref: &DocumentRef, locator: &Locator) -> Result<(), NotebookError> {
        self.ask(|connection| {
            let keep = "INSERT OR REPLACE INTO marks (name, path, member, id, offset, before, after, made)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
            let (path, member, id) = document_ref.columns();
            let (offset, before, after) = (locator.offset, &locator.before, &locator.after);
            let mut statement = connection.prepare_cached(keep)?;
            statement.execute((name.to_string(), path, member, id, offset, before, after, now()))?;
            Ok(())
        })
    }

    /// The mark of a letter.
    pub fn mark(&self, name: char) -> Result<Option<Mark>, NotebookError> {
        self.ask(|connection| {
            let question = "SELECT offset, before, after, path, member, id FROM marks WHERE name = ?1";
            let mut statement = connection.prepare_cached(question)?;
            let mark = |row: &Row| Ok(Mark { name, document_ref: document_ref(row)?, locator: locator(row)? });
            statement.query_row([name.to_string()], mark).optional()
        })
    }

    /// Remembers where a document was left.
    pub fn keep_place(&self, document_ref: &DocumentRef, locator: &Locator) -> Result<(), NotebookError> {
        self.ask(|connection| {
            let keep = "INSERT OR REPLACE INTO places (path, member, id, offset, before, after, left_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            let (path, member, id) = document_ref.columns();
            let (offset, before, after) = (locator.offset, &locator.before, &locator.after);
            connection.prepare_cached(keep)?.execute((path, member, id, offset, before, after, now()))?;
            Ok(())
        })
    }

    /// Where a document was left. One whose folder was moved is known by its relative id, once nothing is left where it was.
    pub fn place(&self, of: &DocumentRef) -> Result<Option<Locator>, NotebookError> {
        self.ask(|connection| {
            let (path, member, id) = of.columns();
            let here = "SELECT offset, before, after FROM places WHERE path = ?1 AND member = ?2";
            let here = connection.prepare_cached(here)?.query_row((path, member), locator).optional()?;
            if here.is_some() {
                return Ok(here);
            }
            let moved = "SELECT offset, before, after, path, member, id FROM places
                WHERE id = ?1 AND member = ?2 ORDER BY left_at DESC";
            let mut statement = connection.prepare_cached(moved)?;
            let rows = statement.query_map((id, member), |row| Ok((document_ref(row)?, locator(row)?)))?;
            for row in rows {
                let (document_ref, locator) = row?;
                if document_ref.is_gone() {
                    return Ok(Some(locator));
                }
            }
            Ok(None)
        })
    }

    fn over(connection: Connection, path: &Path) -> Self {
        Self { connection: Arc::new(Mutex::new(connection)), path: path.to_owned() }
    }

    fn ask<T>(&self, question: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, NotebookError> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        question(&connection).map_err(|error| NotebookError::database(&self.path, &error))
    }
}

/// The first three columns as a place.
fn locator(row: &Row) -> rusqlite::Result<Locator> {
    Ok(Locator { offset: row.get(0)?, before: row.get(1)?, after: row.get(2)? })
}

/// The next three columns as a document.
fn document_ref(row: &Row) -> rusqlite::Result<DocumentRef> {
    Ok(DocumentRef::of_columns(&row.get::<_, Vec<u8>>(3)?, row.get(4)?, row.get(5)?))
}

fn now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

#[cfg(test)]
mod tests;
