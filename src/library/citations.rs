//! Which documents name which: what each is called and what each names are kept beside the catalogue's rows, so that a
//! reference finds its target, and a document those that cite it, without reading any other. Names are compared as they
//! are written by `genre`; nothing is normalised here.

use std::collections::HashSet;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension};

use super::rows::{key, number};
use super::{Library, LibraryError};
use crate::document::{Document, DocumentKey, Reference};

impl Library {
    /// A document whose references know which document of the library they name.
    pub fn resolved(&self, key: DocumentKey) -> Result<Arc<Document>, LibraryError> {
        let mut document = self.document(key)?;
        self.resolve(key, &mut Arc::make_mut(&mut document).references)?;
        Ok(document)
    }

    /// Resolves references to documents of the library, excluding the document itself. If several match, the first by
    /// path wins.
    pub fn resolve(&self, of: DocumentKey, references: &mut [Reference]) -> Result<(), LibraryError> {
        self.store.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT d.id FROM names n JOIN documents d ON d.key = n.key JOIN files f ON f.id = d.file
                 WHERE n.name = ?1 AND n.key <> ?2 ORDER BY f.path, d.number LIMIT 1",
            )?;
            for reference in references.iter_mut().filter(|reference| !reference.names.is_empty()) {
                let found = statement.query_row((&reference.names, number(of)), |row| row.get(0)).optional()?;
                reference.target = found;
            }
            Ok(())
        })
    }

    /// The documents that name this one, by path.
    pub fn cited_by(&self, cited: DocumentKey) -> Result<Vec<DocumentKey>, LibraryError> {
        self.store.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT DISTINCT c.key, f.path, d.number FROM names n JOIN citations c ON c.name = n.name
                 JOIN documents d ON d.key = c.key JOIN files f ON f.id = d.file
                 WHERE n.key = ?1 AND c.key <> ?1 ORDER BY f.path, d.number",
            )?;
            let keys = statement.query_map([number(cited)], |row| row.get(0).map(key))?;
            keys.collect()
        })
    }
}

/// Stores the identifiers of a document and its references, replacing previous ones.
pub(super) fn remember(connection: &Connection, of: i64, document: &Document) -> rusqlite::Result<()> {
    forget(connection, of)?;
    let mut name = connection.prepare_cached("INSERT OR IGNORE INTO names (key, name) VALUES (?1, ?2)")?;
    for identifier in &document.identifiers {
        name.execute((of, identifier))?;
    }
    let named: HashSet<&str> = document.references.iter().map(|reference| reference.names.as_str()).collect();
    let mut citation = connection.prepare_cached("INSERT OR IGNORE INTO citations (key, name) VALUES (?1, ?2)")?;
    for name in named.into_iter().filter(|name| !name.is_empty()) {
        citation.execute((of, name))?;
    }
    Ok(())
}

/// Forgets a document that went.
pub(super) fn forget(connection: &Connection, of: i64) -> rusqlite::Result<()> {
    for statement in ["DELETE FROM names WHERE key = ?1", "DELETE FROM citations WHERE key = ?1"] {
        connection.prepare_cached(statement)?.execute([of])?;
    }
    Ok(())
}
