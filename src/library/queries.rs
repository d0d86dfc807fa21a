//! Read-only queries of the catalogue: keys in an order, rows of lists, a document, its original, counts. Each query
//! costs in proportion to its result.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Row};

use super::rows::{key, moment, number, printed};
use super::scope::{from_bytes, to_bytes};
use super::walk::Stamp;
use super::{Library, LibraryError, NotRead, ProblemKind, Scope, documents};
use crate::document::{Document, DocumentKey, Genre, Summary};
use crate::extract::Original;
use crate::text::sanitize::sanitize;
use crate::text::{Language, TextSize};

/// In which order documents are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// By file, and by place in the file.
    #[default]
    Path,
    /// By title, in dictionary order, ignoring case and accents.
    Title,
    /// The newest first, what has no date last.
    Date,
    /// By kind, then by title.
    Kind,
}

/// How much there is, and how fresh it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// Documents that can be read.
    pub documents: u64,
    /// Files that gave no document.
    pub not_read: NotRead,
    /// When a scan of one of the roots last ended.
    pub updated: Option<jiff::Timestamp>,
}

/// The identity of a document across changes of its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Its key today.
    pub key: DocumentKey,
    /// What people and scripts call it.
    pub id: String,
    /// A hash of its letters and digits as its file has them.
    pub content: u64,
    /// Its file, absolute.
    pub path: PathBuf,
    /// Its name inside the file, when the file holds several.
    pub member: Option<String>,
}

impl Identity {
    /// Its id relative to each folder above it, and its file's name alone: the possible ids from before ids became
    /// absolute, for any root.
    pub fn relative_ids(&self) -> impl Iterator<Item = String> {
        let folders = self.path.ancestors().map(Some).chain([None]);
        folders.map(|folder| documents::relative_id(folder, &self.path, self.member.as_deref()))
    }
}

/// What the catalogue remembers of a file.
#[derive(Clone, Debug)]
pub(super) struct StoredFile {
    pub(super) file: i64,
    pub(super) stamp: Stamp,
    pub(super) sha256: Option<[u8; 32]>,
    pub(super) reader: i64,
    pub(super) problem: Option<ProblemKind>,
}

impl Library {
    /// A number that changes when anyone else, another process too, has written to the catalogue. It can only be compared
    /// with one this same connection gave before; in memory it stays the same.
    pub fn version(&self) -> Result<i64, LibraryError> {
        self.store.ask(|connection| connection.query_row("PRAGMA data_version", [], |row| row.get(0)))
    }

    /// Every document in scope.
    pub fn keys(&self, scope: &Scope, order: Order) -> Result<Vec<DocumentKey>, LibraryError> {
        self.store.ask_in(scope, |connection, files| {
            let question =
                format!("SELECT d.key {files} CROSS JOIN documents d ON d.file = f.id ORDER BY {}", order_by(order));
            let mut statement = connection.prepare_cached(&question)?;
            let keys = statement.query_map([], |row| row.get(0).map(key))?;
            keys.collect()
        })
    }

    /// What lists show of these documents, in their order; those that are gone are left out.
    pub fn summaries(&self, keys: &[DocumentKey]) -> Result<Vec<Summary>, LibraryError> {
        self.store.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT d.key, d.id, f.path, d.member, d.title, d.genre, d.language, d.date, d.words
                 FROM documents d JOIN files f ON f.id = d.file WHERE d.key = ?1",
            )?;
            let found = keys.iter().map(|key| statement.query_row([number(*key)], summary).optional());
            found.filter_map(Result::transpose).collect()
        })
    }

    /// The identities of documents. Deleted documents are skipped.
    pub fn identities(&self, keys: &[DocumentKey]) -> Result<Vec<Identity>, LibraryError> {
        self.store.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT d.id, d.content, f.path, d.member FROM documents d JOIN files f ON f.id = d.file WHERE d.key = ?1",
            )?;
            let identity = |wanted: &DocumentKey| {
                let found = statement.query_row([number(*wanted)], |row| {
                    Ok(Identity {
                        key: *wanted,
                        id: row.get(0)?,
                        content: row.get::<_, i64>(1)?.cast_unsigned(),
                        path: from_bytes(&row.get::<_, Vec<u8>>(2)?),
                        member: row.get(3)?,
                    })
                });
                found.optional().transpose()
            };
            keys.iter().filter_map(identity).collect()
        })
    }

    /// A document.
    pub fn document(&self, key: DocumentKey) -> Result<Arc<Document>, LibraryError> {
        let question = "SELECT b.body, f.path FROM bodies b JOIN documents d ON d.key = b.key
            JOIN files f ON f.id = d.file WHERE b.key = ?1";
        let kept: Option<(Vec<u8>, Vec<u8>)> = self.store.ask(|connection| {
            let mut statement = connection.prepare_cached(question)?;
            statement.query_row([number(key)], |row| Ok((row.get(0)?, row.get(1)?))).optional()
        })?;
        let (body, path) = kept.ok_or(LibraryError::Gone)?;
        let mut document = documents::decode(&body).ok_or_else(|| documents::damaged(self.store.path()))?;
        document.path = printed(&from_bytes(&path));
        Ok(Arc::new(document))
    }

    /// A document's text before cleaning, from its file as it is now, made safe to show; ranges of the source map point
    /// into it before it is made safe.
    pub fn original(&self, key: DocumentKey) -> Result<String, LibraryError> {
        Ok(sanitize(&self.raw_original(key)?.into_text()).into_owned())
    }

    /// The line of the file, from 1, of a place in the source; 1 if unknown.
    pub fn line(&self, key: DocumentKey, source: TextSize) -> Result<u32, LibraryError> {
        Ok(match self.raw_original(key)? {
            Original::File(text) => {
                let before = text.get(..usize::from(source).min(text.len())).unwrap_or("");
                before.matches('\n').count() as u32 + 1
            }
            Original::Extracted(_) => 1,
        })
    }

    fn raw_original(&self, key: DocumentKey) -> Result<Original, LibraryError> {
        let path = self.path(key)?;
        let bytes = match self.source(&path)? {
            Some(bytes) => bytes,
            None => std::fs::read(&path).map_err(|error| LibraryError::named(&path, &error))?,
        };
        let member = self.summaries(&[key])?.pop().and_then(|summary| summary.member);
        Ok(documents::original(&bytes, &path, member.as_deref()))
    }

    /// Where a document's file is.
    pub fn path(&self, key: DocumentKey) -> Result<PathBuf, LibraryError> {
        let path: Option<Vec<u8>> = self.store.ask(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT f.path FROM documents d JOIN files f ON f.id = d.file WHERE d.key = ?1")?;
            statement.query_row([number(key)], |row| row.get(0)).optional()
        })?;
        path.map(|path| from_bytes(&path)).ok_or(LibraryError::Gone)
    }

    /// How much is in scope.
    pub fn status(&self, scope: &Scope) -> Result<Status, LibraryError> {
        let (documents, updated) = self.store.ask_in(scope, |connection, files| {
            let question = format!("SELECT count(*) {files} CROSS JOIN documents d ON d.file = f.id");
            let documents: i64 = connection.prepare_cached(&question)?.query_row([], |row| row.get(0))?;
            Ok((documents.cast_unsigned(), updated(connection, scope)?))
        })?;
        Ok(Status { documents, not_read: self.not_read(scope)?, updated })
    }

    /// Whether a document counts in scope.
    pub fn is_in(&self, scope: &Scope, key: DocumentKey) -> Result<bool, LibraryError> {
        let in_some = "SELECT 1 FROM documents d JOIN members m ON m.file = d.file
            WHERE d.key = ?1 AND m.root IN (SELECT root FROM temp.scope)";
        let in_all = "SELECT 1 FROM documents d WHERE d.key = ?1";
        let question = if scope.paths().is_none() { in_all } else { in_some };
        self.store.ask_in(scope, |connection, _| connection.prepare_cached(question)?.exists([number(key)]))
    }

    /// The relative id by which a document is recognised after its folder was moved: its path below the scope's path,
    /// or below the root, that contains it.
    pub fn relative_id(&self, scope: &Scope, path: &Path, member: Option<&str>) -> Result<String, LibraryError> {
        let root = match scope.above(path) {
            Some(above) => Some(above.to_owned()),
            None => self.highest_root(path)?,
        };
        Ok(documents::relative_id(root.as_deref(), path, member))
    }

    /// The first document in scope that has this relative id; looks at every one of this member's name.
    pub fn find_by_relative_id(
        &self,
        scope: &Scope,
        id: &str,
        member: Option<&str>,
    ) -> Result<Option<DocumentKey>, LibraryError> {
        let candidates: Vec<(PathBuf, DocumentKey)> = self.store.ask_in(scope, |connection, files| {
            let question = format!(
                "SELECT f.path, d.key {files} CROSS JOIN documents d ON d.file = f.id
                 WHERE d.member IS ?1 ORDER BY f.path, d.number"
            );
            let mut statement = connection.prepare_cached(&question)?;
            let rows =
                statement.query_map([member], |row| Ok((from_bytes(&row.get::<_, Vec<u8>>(0)?), key(row.get(1)?))))?;
            rows.collect()
        })?;
        for (path, key) in candidates {
            if self.relative_id(scope, &path, member)? == id {
                return Ok(Some(key));
            }
        }
        Ok(None)
    }

    /// The documents that a person means by an id or by a path, those in scope first.
    pub fn find_by_id_or_path(&self, text: &str, scope: &Scope) -> Result<Vec<DocumentKey>, LibraryError> {
        let path = self.locate(Path::new(text)).or_else(|_| std::path::absolute(text));
        let path = path.map_or_else(|_| text.as_bytes().to_vec(), |path| to_bytes(&path));
        let mut found: Vec<(PathBuf, DocumentKey)> = self.store.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT f.path, d.key FROM documents d JOIN files f ON f.id = d.file
                 WHERE d.id = ?1 OR d.file = (SELECT id FROM files WHERE path = ?2) ORDER BY f.path, d.number",
            )?;
            let rows = statement.query_map((text.to_ascii_lowercase(), path), |row| {
                Ok((from_bytes(&row.get::<_, Vec<u8>>(0)?), key(row.get(1)?)))
            })?;
            rows.collect()
        })?;
        found.sort_by_key(|(path, _)| !scope.covers(path));
        Ok(found.into_iter().map(|(_, key)| key).collect())
    }

    /// The documents of a file.
    pub fn keys_of_file(&self, path: &Path) -> Result<Vec<DocumentKey>, LibraryError> {
        self.store.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT key FROM documents WHERE file = (SELECT id FROM files WHERE path = ?1) ORDER BY number",
            )?;
            let keys = statement.query_map([to_bytes(path)], |row| row.get(0).map(key))?;
            keys.collect()
        })
    }

    /// Whether the database finds itself whole; reads all of it.
    pub fn is_sound(&self) -> Result<bool, LibraryError> {
        let question = "PRAGMA quick_check(1)";
        self.store.ask(|connection| connection.query_row(question, [], |row| Ok(row.get::<_, String>(0)? == "ok")))
    }

    /// What the catalogue remembers of a file.
    pub(super) fn known(&self, path: &Path) -> Result<Option<StoredFile>, LibraryError> {
        self.store.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, size, modified, changed, sha256, reader, problem FROM files WHERE path = ?1",
            )?;
            statement.query_row([to_bytes(path)], known).optional()
        })
    }

    /// The bytes of a text that was handed over.
    pub(super) fn source(&self, path: &Path) -> Result<Option<Vec<u8>>, LibraryError> {
        self.store.ask(|connection| {
            let mut statement = connection.prepare_cached("SELECT bytes FROM sources WHERE path = ?1")?;
            statement.query_row([to_bytes(path)], |row| row.get(0)).optional()
        })
    }
}

fn order_by(order: Order) -> String {
    match order {
        Order::Path => "f.path, d.number".to_owned(),
        Order::Title => "d.sorting, f.path, d.number".to_owned(),
        Order::Date => "d.date IS NULL, d.date DESC, d.sorting, f.path, d.number".to_owned(),
        Order::Kind => {
            let cases = Genre::ALL.iter().enumerate().map(|(i, genre)| format!(" WHEN '{}' THEN {i}", genre.name()));
            format!("CASE d.genre{} END, d.sorting, f.path, d.number", cases.collect::<String>())
        }
    }
}

/// When a scan of a root in scope last ended.
fn updated(connection: &Connection, scope: &Scope) -> rusqlite::Result<Option<jiff::Timestamp>> {
    let question = match scope.paths() {
        None => "SELECT max(updated) FROM roots",
        Some(_) => "SELECT max(updated) FROM roots WHERE id IN (SELECT root FROM temp.scope)",
    };
    let latest: Option<i64> = connection.prepare_cached(question)?.query_row([], |row| row.get(0))?;
    Ok(latest.and_then(moment))
}

fn known(row: &Row) -> rusqlite::Result<StoredFile> {
    Ok(StoredFile {
        file: row.get(0)?,
        stamp: Stamp { size: row.get::<_, i64>(1)?.cast_unsigned(), modified: row.get(2)?, changed: row.get(3)? },
        sha256: row.get::<_, Option<Vec<u8>>>(4)?.and_then(|bytes| bytes.try_into().ok()),
        reader: row.get(5)?,
        problem: row.get::<_, Option<String>>(6)?.map(|name| ProblemKind::from_name(&name)),
    })
}

fn summary(row: &Row) -> rusqlite::Result<Summary> {
    Ok(Summary {
        key: key(row.get(0)?),
        id: row.get(1)?,
        path: printed(&from_bytes(&row.get::<_, Vec<u8>>(2)?)),
        member: row.get(3)?,
        title: row.get(4)?,
        genre: Genre::from_name(&row.get::<_, String>(5)?).unwrap_or_default(),
        language: row.get::<_, Option<String>>(6)?.and_then(|tag| Language::new(&tag)),
        date: row.get(7)?,
        words: row.get::<_, i64>(8)?.cast_unsigned(),
    })
}
