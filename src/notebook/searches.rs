//! Saved searches in the notebook: the query and its paths by name, when its hits were shown last and which were known
//! by then. Does not search; times come from the caller.

use std::path::PathBuf;

use rusqlite::{OptionalExtension, Row};

use super::document_ref::{from_bytes, to_bytes};
use super::{Notebook, NotebookError, SeenDocuments};
use crate::search::saved::SavedSearch;
use crate::search::{Sort, Spelling};

/// A saved search with the paths it was saved over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSearch {
    /// The search.
    pub search: SavedSearch,
    /// The absolute paths it looks through; none for everything there is.
    pub scope: Vec<PathBuf>,
    /// When its hits were shown last, in milliseconds since 1970.
    pub looked: i64,
}

const COLUMNS: &str = "name, source, sort, as_typed, without, scope, looked";

impl Notebook {
    /// Saves a search with its present hits. Returns false, and saves nothing, if a search of that name exists with
    /// another query.
    pub fn keep_search(&self, stored: &StoredSearch, seen_documents: &SeenDocuments) -> Result<bool, NotebookError> {
        self.ask(|connection| {
            let keep = "INSERT INTO searches (name, source, sort, as_typed, without, scope, looked, known, made)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?7)
                ON CONFLICT (name) DO UPDATE SET
                    sort = ?3, as_typed = ?4, without = ?5, looked = ?7, known = ?8
                WHERE source = ?2 AND scope = ?6";
            let StoredSearch { search: SavedSearch { name, source, sort, spelling }, scope, looked } = stored;
            let (sort, as_typed) = (sort.name(), spelling.as_typed);
            let (without, scope) = (spelling.without.join("\n"), scope_bytes(scope));
            let mut statement = connection.prepare_cached(keep)?;
            let kept =
                statement.execute((name, source, sort, as_typed, without, scope, looked, seen_documents.to_bytes()))?;
            Ok(kept > 0)
        })
    }

    /// Every saved search, by name.
    pub fn searches(&self) -> Result<Vec<StoredSearch>, NotebookError> {
        self.ask(|connection| {
            let mut statement =
                connection.prepare_cached(&format!("SELECT {COLUMNS} FROM searches ORDER BY lower(name), name"))?;
            let rows = statement.query_map([], search)?;
            rows.collect()
        })
    }

    /// The saved search of that name, and its hits when they were shown last.
    pub fn search(&self, name: &str) -> Result<Option<(StoredSearch, SeenDocuments)>, NotebookError> {
        self.ask(|connection| {
            let mut statement =
                connection.prepare_cached(&format!("SELECT {COLUMNS}, known FROM searches WHERE name = ?1"))?;
            let found = |row: &Row| Ok((search(row)?, SeenDocuments::from_bytes(&row.get::<_, Vec<u8>>(7)?)));
            statement.query_row([name], found).optional()
        })
    }

    /// Stores hits as known to a saved search, and the time they were shown. Hits known before stay known. Does nothing
    /// if there is no search of that name.
    pub fn look_at_search(&self, name: &str, found: &[u64], at: i64) -> Result<(), NotebookError> {
        self.ask(|connection| {
            let before = "SELECT known FROM searches WHERE name = ?1";
            let before: Option<Vec<u8>> =
                connection.prepare_cached(before)?.query_row([name], |row| row.get(0)).optional()?;
            let Some(before) = before else { return Ok(()) };
            let mut seen_documents = SeenDocuments::from_bytes(&before);
            if seen_documents.add(found) {
                let keep = "UPDATE searches SET looked = ?2, known = ?3 WHERE name = ?1";
                connection.prepare_cached(keep)?.execute((name, at, seen_documents.to_bytes()))?;
            } else {
                connection.prepare_cached("UPDATE searches SET looked = ?2 WHERE name = ?1")?.execute((name, at))?;
            }
            Ok(())
        })
    }

    /// Gives a saved search another name; false when there is none of the old name, or one of the new name already.
    pub fn rename_search(&self, name: &str, new: &str) -> Result<bool, NotebookError> {
        self.ask(|connection| {
            let rename = "UPDATE OR IGNORE searches SET name = ?2 WHERE name = ?1";
            Ok(connection.prepare_cached(rename)?.execute((name, new))? > 0)
        })
    }

    /// Forgets a saved search; false when there is none of that name.
    pub fn forget_search(&self, name: &str) -> Result<bool, NotebookError> {
        self.ask(|connection| {
            Ok(connection.prepare_cached("DELETE FROM searches WHERE name = ?1")?.execute([name])? > 0)
        })
    }
}

/// Reads a row of [`COLUMNS`]. An unknown order becomes relevance.
fn search(row: &Row) -> rusqlite::Result<StoredSearch> {
    let sort: String = row.get(2)?;
    Ok(StoredSearch {
        search: SavedSearch {
            name: row.get(0)?,
            source: row.get(1)?,
            sort: Sort::from_name(&sort).unwrap_or(Sort::Relevance),
            spelling: Spelling { as_typed: row.get(3)?, without: without_lines(&row.get::<_, String>(4)?) },
        },
        scope: scope(&row.get::<_, Vec<u8>>(5)?),
        looked: row.get(6)?,
    })
}

/// Splits stored spellings, one per line.
pub(super) fn without_lines(lines: &str) -> Vec<String> {
    lines.lines().map(str::to_owned).collect()
}

/// Joins paths with zero bytes, which no path contains.
pub(super) fn scope_bytes(paths: &[PathBuf]) -> Vec<u8> {
    paths.iter().map(|path| to_bytes(path)).collect::<Vec<_>>().join(&0)
}

fn scope(bytes: &[u8]) -> Vec<PathBuf> {
    bytes.split(|byte| *byte == 0).filter(|path| !path.is_empty()).map(from_bytes).collect()
}
