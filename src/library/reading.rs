//! Questions to the catalogue: keys in an order, what lists show, a document, its original, how much there is. Each costs
//! what it returns. Nothing here changes a document.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Row};

use super::scope::{from_bytes, to_bytes};
use super::walk::Stamp;
use super::writer::place;
use super::{Library, LibraryError, NotRead, ProblemKind, Root, RootKind, Scope, documents};
use crate::document::{Document, DocumentKey, Genre, Summary};
use crate::extract::Original;
use crate::text::sanitize::sanitize;
use crate::text::{Language, TextSize};

/// In which order documents are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By file, and by place in the file.
    #[default]
    Path,
    /// By title, as a dictionary would, whatever the case and the accents.
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

/// What the catalogue remembers of a file.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) file: i64,
    pub(super) stamp: Stamp,
    pub(super) sha256: Option<[u8; 32]>,
    pub(super) reader: i64,
    pub(super) problem: Option<ProblemKind>,
}

/// Joins what is in scope; each file is in one range at most.
pub(super) const IN_SCOPE: &str = "FROM temp.scope s CROSS JOIN files f ON f.path >= s.low AND f.path < s.high";

impl Library {
    /// A number that changes when anyone else, another process too, has written to the catalogue. It can only be compared
    /// with one this same connection gave before; in memory it stays the same.
    pub fn version(&self) -> Result<i64, LibraryError> {
        self.store.ask(|connection| connection.query_row("PRAGMA data_version", [], |row| row.get(0)))
    }

    /// Every document in scope.
    pub fn keys(&self, scope: &Scope, order: Order) -> Result<Vec<DocumentKey>, LibraryError> {
        let question =
            format!("SELECT d.key {IN_SCOPE} CROSS JOIN documents d ON d.file = f.id ORDER BY {}", order_by(order));
        self.store.ask_in(scope, |connection| {
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

    /// The id of each of these documents, and the hash of its letters and digits as its file has them: two things that stay
    /// the same as long as the document does. Those that are gone are left out.
    pub fn identities(&self, keys: &[DocumentKey]) -> Result<Vec<(DocumentKey, String, u64)>, LibraryError> {
        self.store.ask(|connection| {
            let mut statement = connection.prepare_cached("SELECT id, content FROM documents WHERE key = ?1")?;
            let identity = |wanted: &DocumentKey| {
                let found = statement.query_row([number(*wanted)], |row| {
                    Ok((*wanted, row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned()))
                });
                found.optional().transpose()
            };
            keys.iter().filter_map(identity).collect()
        })
    }

    /// A document.
    pub fn document(&self, key: DocumentKey) -> Result<Arc<Document>, LibraryError> {
        let question = "SELECT b.body, f.path, r.path, r.kind FROM bodies b LEFT JOIN documents d ON d.key = b.key
            LEFT JOIN files f ON f.id = d.file LEFT JOIN roots r ON r.id = f.root WHERE b.key = ?1";
        let kept: Option<(Vec<u8>, String)> = self.store.ask(|connection| {
            let mut statement = connection.prepare_cached(question)?;
            let kept = statement.query_row([number(key)], |row| {
                let (path, root): (Option<Vec<u8>>, Option<Vec<u8>>) = (row.get(1)?, row.get(2)?);
                Ok((row.get(0)?, below_root(path.as_deref(), root.as_deref(), row.get(3)?)))
            });
            kept.optional()
        })?;
        let (body, path) = kept.ok_or(LibraryError::Gone)?;
        let mut document = documents::decode(&body).ok_or_else(|| documents::damaged(self.store.path()))?;
        document.path = path;
        Ok(Arc::new(document))
    }

    /// A document's text before cleaning, from its file as it is now, made safe to show; ranges of the source map point
    /// into it before it is made safe.
    pub fn original(&self, key: DocumentKey) -> Result<String, LibraryError> {
        Ok(sanitize(&self.raw_original(key)?.into_text()).into_owned())
    }

    /// The line of the file, from 1, on which a place of the source stands; the first where that is not known.
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
        let (documents, updated) = self.store.ask_in(scope, |connection| {
            let question = format!("SELECT count(*) {IN_SCOPE} CROSS JOIN documents d ON d.file = f.id");
            let documents: i64 = connection.prepare_cached(&question)?.query_row([], |row| row.get(0))?;
            Ok((documents.cast_unsigned(), updated(connection)?))
        })?;
        Ok(Status { documents, not_read: self.not_read(scope)?, updated })
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

    /// Every root, the last opened first.
    pub fn roots(&self) -> Result<Vec<Root>, LibraryError> {
        self.store.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT r.id, r.path, r.kind, r.name, r.updated,
                    (SELECT count(*) FROM files f JOIN documents d ON d.file = f.id WHERE f.root = r.id)
                 FROM roots r ORDER BY r.last_opened DESC, r.path",
            )?;
            let rows = statement.query_map([], root)?;
            rows.collect()
        })
    }

    /// The folders that hold what is in scope: the roots in it and above it, and the folders that were named.
    pub fn folders(&self, scope: &Scope) -> Result<Vec<PathBuf>, LibraryError> {
        let roots: Vec<PathBuf> = self.store.ask(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT path FROM roots WHERE kind = 'folder' ORDER BY path")?;
            let rows = statement.query_map([], |row| Ok(from_bytes(&row.get::<_, Vec<u8>>(0)?)))?;
            rows.collect()
        })?;
        let named = scope.paths().unwrap_or_default();
        let holds = |root: &PathBuf| scope.covers(root) || named.iter().any(|path| path.starts_with(root));
        let mut folders: Vec<PathBuf> = roots.into_iter().filter(holds).collect();
        folders.extend(named.iter().filter(|path| !folders.contains(path)).cloned().collect::<Vec<_>>());
        Ok(folders)
    }

    /// What was opened last; `None` before anything was.
    pub fn last_scope(&self) -> Result<Option<Scope>, LibraryError> {
        let value: Option<Vec<u8>> = self.store.ask(|connection| {
            let question = "SELECT value FROM settings WHERE name = 'last-scope'";
            connection.query_row(question, [], |row| row.get(0)).optional()
        })?;
        Ok(value.map(|bytes| Scope::from_bytes(&bytes)))
    }

    /// Remembers what was opened.
    pub fn remember_scope(&self, scope: &Scope) -> Result<(), LibraryError> {
        if scope.is_empty() {
            return Ok(());
        }
        let now = jiff::Timestamp::now().as_millisecond();
        self.store.ask_in(scope, |connection| {
            let remember = "INSERT OR REPLACE INTO settings (name, value) VALUES ('last-scope', ?1)";
            connection.execute(remember, [scope.to_bytes()])?;
            let opened = "UPDATE roots SET last_opened = ?1
                WHERE EXISTS (SELECT 1 FROM temp.scope s WHERE roots.path >= s.low AND roots.path < s.high)";
            connection.execute(opened, [now])?;
            Ok(())
        })
    }

    /// Gives a root a name, or takes it away; false when there is no such root.
    pub fn name_root(&self, path: &Path, name: Option<&str>) -> Result<bool, LibraryError> {
        let change = |connection: &Connection| {
            connection.execute("UPDATE roots SET name = ?2 WHERE path = ?1", (to_bytes(path), name))
        };
        let changed = self.store.ask(change)? > 0;
        self.keep_roots()?;
        Ok(changed)
    }

    /// What the catalogue remembers of a file.
    pub(super) fn known(&self, path: &Path) -> Result<Option<Known>, LibraryError> {
        self.store.ask(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT id, size, modified, sha256, reader, problem FROM files WHERE path = ?1")?;
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

/// The path of a file below its root; nothing of a document whose file nobody knows.
fn below_root(path: Option<&[u8]>, root: Option<&[u8]>, kind: Option<String>) -> String {
    let (Some(path), Some(root), Some(kind)) = (path, root, kind) else { return String::new() };
    let place = place((RootKind::from_name(&kind), &from_bytes(root)), &from_bytes(path));
    String::from_utf8_lossy(&place).into_owned()
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

/// When a scan of a root that touches the scope last ended.
fn updated(connection: &Connection) -> rusqlite::Result<Option<jiff::Timestamp>> {
    let question = format!("SELECT max(updated) FROM roots WHERE id IN (SELECT f.root {IN_SCOPE})");
    let latest: Option<i64> = connection.prepare_cached(&question)?.query_row([], |row| row.get(0))?;
    Ok(latest.and_then(moment))
}

pub(super) fn moment(milliseconds: i64) -> Option<jiff::Timestamp> {
    (milliseconds != 0).then(|| jiff::Timestamp::from_millisecond(milliseconds).ok()).flatten()
}

pub(super) fn key(number: i64) -> DocumentKey {
    DocumentKey(number.cast_unsigned())
}

pub(super) fn number(key: DocumentKey) -> i64 {
    key.0.cast_signed()
}

pub(super) fn root(row: &Row) -> rusqlite::Result<Root> {
    Ok(Root {
        id: row.get(0)?,
        path: from_bytes(&row.get::<_, Vec<u8>>(1)?),
        kind: RootKind::from_name(&row.get::<_, String>(2)?),
        name: row.get(3)?,
        updated: moment(row.get(4)?),
        documents: row.get::<_, i64>(5)?.cast_unsigned(),
    })
}

fn known(row: &Row) -> rusqlite::Result<Known> {
    Ok(Known {
        file: row.get(0)?,
        stamp: Stamp { size: row.get::<_, i64>(1)?.cast_unsigned(), modified: row.get(2)? },
        sha256: row.get::<_, Option<Vec<u8>>>(3)?.and_then(|bytes| bytes.try_into().ok()),
        reader: row.get(4)?,
        problem: row.get::<_, Option<String>>(5)?.map(|name| ProblemKind::from_name(&name)),
    })
}

fn summary(row: &Row) -> rusqlite::Result<Summary> {
    Ok(Summary {
        key: key(row.get(0)?),
        id: row.get(1)?,
        path: from_bytes(&row.get::<_, Vec<u8>>(2)?).to_string_lossy().into_owned(),
        member: row.get(3)?,
        title: row.get(4)?,
        genre: Genre::from_name(&row.get::<_, String>(5)?).unwrap_or_default(),
        language: row.get::<_, Option<String>>(6)?.and_then(|tag| Language::new(&tag)),
        date: row.get(7)?,
        words: row.get::<_, i64>(8)?.cast_unsigned(),
    })
}
