//! The one who changes the catalogue: registers roots, replaces a file's documents, removes what is gone, and keeps book
//! of what the index has still to learn and to forget. Changes between [`Writer::begin`] and [`Writer::commit`] are seen
//! by others together. It reads no file and does not know the index.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension};

use super::documents::{self, Prepared};
use super::intake::READER;
use super::reading::{key, number, root};
use super::scope::{from_bytes, to_bytes};
use super::walk::{Stamp, Walk, reaches};
use super::{FoundFile, Library, LibraryError, Problem, Root, RootKind, Scope, catalogue, naming, presence};
use crate::document::{Document, DocumentKey};

/// Where a document stands with the index, as the catalogue keeps it.
mod standing {
    /// The index does not have it.
    pub const MISSING: i64 = 0;
    /// The index has it as it is.
    pub const CURRENT: i64 = 1;
    /// The index has it as it was, or may have it: it is to be deleted there before it is added.
    pub const STALE: i64 = 2;
}

/// The one writer of a catalogue, as long as it lives.
#[derive(Debug)]
pub struct Writer {
    library: Library,
    /// Holding the file is holding the lock.
    lock: Option<File>,
}

/// A file whose documents are being replaced.
#[derive(Debug)]
pub struct OpenFile {
    id: i64,
    place: Vec<u8>,
    /// Documents it had, by member; each is taken out when it is seen again.
    old: HashMap<String, (i64, i64)>,
    seen: HashSet<String>,
}

impl OpenFile {
    /// Where it lies below its root, as [`Document::path`] has it.
    pub fn path(&self) -> String {
        String::from_utf8_lossy(&self.place).into_owned()
    }
}

/// A document that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Added {
    /// Its key.
    pub key: DocumentKey,
    /// Whether it was not there before.
    pub is_new: bool,
    /// Whether the index may have an older form of it.
    pub in_index: bool,
}

impl Writer {
    pub(super) fn new(library: &Library) -> Result<Self, LibraryError> {
        let lock = match &library.home {
            Some(home) => Some(catalogue::lock(home)?.ok_or(LibraryError::WriterElsewhere)?),
            None => None,
        };
        if let Some(lock) = &lock {
            presence::begin(lock);
        }
        let library = library.reader()?;
        // A kill may have come between the index's commit and ours: what is not marked may be in the index.
        library.store.ask(|connection| {
            let mistrust = "UPDATE documents SET indexed = ?1 WHERE indexed = ?2";
            connection.execute(mistrust, [standing::STALE, standing::MISSING])
        })?;
        Ok(Self { library, lock })
    }

    /// The library, to be read; it sees what was not committed yet.
    pub fn library(&self) -> &Library {
        &self.library
    }

    pub(super) fn lock(&self) -> Option<&File> {
        self.lock.as_ref()
    }

    /// Begins a batch.
    pub fn begin(&mut self) -> Result<(), LibraryError> {
        self.library.store.ask(|connection| connection.execute_batch("BEGIN IMMEDIATE"))
    }

    /// Ends a batch; from here on others see it, and it survives a kill.
    pub fn commit(&mut self) -> Result<(), LibraryError> {
        self.library.store.ask(|connection| connection.execute_batch("COMMIT"))
    }

    /// Gives up a batch, when it is open.
    pub fn roll_back(&mut self) {
        let _ = self.library.store.ask(|connection| connection.execute_batch("ROLLBACK")); // none is open: nothing to do
    }

    /// What is to be walked for a scope. Paths that no root's walk reaches become roots.
    pub fn walks(&mut self, scope: &Scope) -> Result<Vec<Walk>, LibraryError> {
        let mut roots: HashMap<PathBuf, Root> =
            self.library.roots()?.into_iter().map(|root| (root.path.clone(), root)).collect();
        let mut starts: HashMap<PathBuf, Vec<PathBuf>> = HashMap::new();
        match scope.paths() {
            None => starts.extend(roots.keys().map(|path| (path.clone(), vec![path.clone()]))),
            Some(paths) => {
                for path in paths {
                    let owner = match owner(&roots, path) {
                        Some(root) => Some(root.path.clone()),
                        None => self.register(path, &mut roots)?,
                    };
                    if let Some(owner) = owner {
                        starts.entry(owner).or_default().push(path.clone());
                    }
                    for inner in roots.keys().filter(|root| *root != path && root.starts_with(path)) {
                        starts.entry(inner.clone()).or_default().push(inner.clone());
                    }
                }
            }
        }
        let paths: Arc<HashSet<PathBuf>> = Arc::new(roots.keys().cloned().collect());
        let walk = |(path, starts)| {
            roots.get(&path).map(|root| Walk { root: root.clone(), starts, roots: Arc::clone(&paths) })
        };
        let mut walks: Vec<Walk> = starts.into_iter().filter_map(walk).collect();
        walks.sort_by(|a, b| a.root.path.cmp(&b.root.path));
        Ok(walks)
    }

    fn register(&self, path: &Path, roots: &mut HashMap<PathBuf, Root>) -> Result<Option<PathBuf>, LibraryError> {
        let Ok(metadata) = std::fs::metadata(path) else { return Ok(None) };
        let kind = if metadata.is_dir() { RootKind::Folder } else { RootKind::File };
        let root = self.library.store.ask(|connection| {
            // What a rule of the root around it left out is named now.
            connection.execute("DELETE FROM files WHERE path = ?1 AND code = 'ignored'", [to_bytes(path)])?;
            connection.execute("INSERT INTO roots (path, kind) VALUES (?1, ?2)", (to_bytes(path), kind.name()))?;
            let question = "SELECT id, path, kind, name, updated, 0 FROM roots WHERE id = last_insert_rowid()";
            connection.query_row(question, [], root)
        })?;
        roots.insert(path.to_owned(), root);
        Ok(Some(path.to_owned()))
    }

    /// Begins to replace a file's documents. Until [`finish`](Self::finish) the file counts as not read.
    pub fn open_file(&mut self, walk: &Walk, file: &FoundFile) -> Result<OpenFile, LibraryError> {
        let path = to_bytes(&file.path);
        let (id, old) = self.library.store.ask(|connection| {
            let known: Option<i64> = connection
                .prepare_cached("SELECT id FROM files WHERE path = ?1")?
                .query_row([&path], |row| row.get(0))
                .optional()?;
            let Some(id) = known else { return Ok((insert_file(connection, file.root, &path)?, HashMap::new())) };
            connection
                .prepare_cached("UPDATE files SET root = ?2, modified = 0, sha256 = NULL WHERE id = ?1")?
                .execute([id, file.root])?;
            Ok((id, documents_of(connection, id)?))
        })?;
        Ok(OpenFile { id, place: place((walk.root.kind, &walk.root.path), &file.path), old, seen: HashSet::new() })
    }

    /// Writes one document of an open file; one of the same member keeps its key.
    pub fn put(&mut self, file: &mut OpenFile, prepared: &Prepared) -> Result<Added, LibraryError> {
        let member = file.member(prepared.member.as_deref());
        let old = file.old.remove(member.as_deref().unwrap_or(""));
        let position = file.seen.len();
        self.library.store.ask(|connection| {
            let key = insert_document(connection, file, position, member.as_deref(), prepared, old)?;
            connection
                .prepare_cached("INSERT OR REPLACE INTO bodies (key, body) VALUES (?1, ?2)")?
                .execute((number(key), &prepared.body))?;
            naming::remember(connection, number(key), &prepared.document)?;
            let in_index = old.is_some_and(|(_, standing)| standing != standing::MISSING);
            Ok(Added { key, is_new: old.is_none(), in_index })
        })
    }

    /// Ends replacing a file's documents: those not written again are removed. Returns how many.
    pub fn finish(
        &mut self,
        file: &OpenFile,
        found: &FoundFile,
        sha256: Option<[u8; 32]>,
        problem: Option<&Problem>,
    ) -> Result<usize, LibraryError> {
        self.library.store.ask(|connection| {
            for (key, _) in file.old.values() {
                bury(connection, *key)?;
            }
            connection
                .prepare_cached(
                    "UPDATE files SET size = ?2, modified = ?3, sha256 = ?4, reader = ?5,
                        problem = ?6, code = ?7, detail = ?8 WHERE id = ?1",
                )?
                .execute((
                    file.id,
                    found.stamp.size.cast_signed(),
                    found.stamp.modified,
                    sha256.as_ref().map(<[u8; 32]>::as_slice),
                    READER,
                    problem.map(|problem| problem.kind.name()),
                    problem.map(|problem| problem.code.as_str()),
                    problem.map(|problem| problem.detail.as_str()),
                ))?;
            Ok(file.old.len())
        })
    }

    /// Remembers a path that gives no document, without touching documents known from it or from below it.
    pub fn note(&mut self, found: &FoundFile, problem: &Problem) -> Result<i64, LibraryError> {
        let path = to_bytes(&found.path);
        self.library.store.ask(|connection| {
            let known = connection.prepare_cached("SELECT id FROM files WHERE path = ?1")?;
            let mut known = known;
            let id = match known.query_row([&path], |row| row.get(0)).optional()? {
                Some(id) => id,
                None => insert_file(connection, found.root, &path)?,
            };
            connection
                .prepare_cached("UPDATE files SET problem = ?2, code = ?3, detail = ?4 WHERE id = ?1")?
                .execute((id, problem.kind.name(), &problem.code, &problem.detail))?;
            Ok(id)
        })
    }

    /// Remembers the new size and time of a file whose bytes are as they were.
    pub fn restamp(&mut self, file: i64, found: &FoundFile) -> Result<(), LibraryError> {
        let Stamp { size, modified } = found.stamp;
        self.library.store.ask(|connection| {
            let mut statement = connection.prepare_cached("UPDATE files SET size = ?2, modified = ?3 WHERE id = ?1")?;
            statement.execute((file, size.cast_signed(), modified))?;
            Ok(())
        })
    }

    /// After a whole walk: removes the files that were not met, except below folders that could not be entered, and
    /// remembers when. Returns how many documents went.
    pub fn sweep(&mut self, walk: &Walk, met: &HashSet<i64>, unentered: &[PathBuf]) -> Result<usize, LibraryError> {
        let scope = Scope::of(walk.starts.iter().cloned());
        let files: Vec<(i64, Vec<u8>)> = self.library.store.ask(|connection| {
            let mut statement = connection.prepare_cached("SELECT id, path FROM files WHERE root = ?1")?;
            let rows = statement.query_map([walk.root.id], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect()
        })?;
        let mut removed = 0;
        for (id, path) in files.into_iter().filter(|(id, _)| !met.contains(id)) {
            let path = from_bytes(&path);
            if scope.covers(&path) && !unentered.iter().any(|folder| path.starts_with(folder)) {
                removed += self.library.store.ask(|connection| remove_file(connection, id))?;
            }
        }
        let now = jiff::Timestamp::now().as_millisecond();
        // A root of which only a part was ever read is not up to date.
        let whole = scope.covers(&walk.root.path);
        let remember = "UPDATE roots SET updated = ?2 WHERE id = ?1 AND (updated <> 0 OR ?3)";
        self.library.store.ask(|connection| connection.execute(remember, (walk.root.id, now, whole)))?;
        Ok(removed)
    }

    /// Forgets a root with all that is known from it; the index still has to forget it. False when there is no such root.
    pub fn forget(&mut self, path: &Path) -> Result<bool, LibraryError> {
        let mut others = self.library.roots()?;
        let Some(at) = others.iter().position(|root| root.path == path) else { return Ok(false) };
        let root = others.swap_remove(at);
        let last = self.library.last_scope()?;
        // That there was a root is remembered before it goes.
        self.library.keep_roots()?;
        self.begin()?;
        let forget = self.library.store.ask(|connection| {
            let mut files = connection.prepare_cached("SELECT id FROM files WHERE root = ?1")?;
            let files: Vec<i64> = files.query_map([root.id], |row| row.get(0))?.collect::<Result<_, _>>()?;
            for file in files {
                remove_file(connection, file)?;
            }
            connection.execute("DELETE FROM sources WHERE path = ?1", [to_bytes(path)])?;
            connection.execute("DELETE FROM roots WHERE id = ?1", [root.id])?;
            forget_scope(connection, last.as_ref(), path, &others)
        });
        match forget {
            Ok(()) => {
                self.commit()?;
                self.library.keep_roots().map(|()| true)
            }
            Err(error) => {
                self.roll_back();
                Err(error)
            }
        }
    }

    /// The index is empty: every document is to be added to it.
    pub fn index_is_empty(&mut self) -> Result<(), LibraryError> {
        self.library.store.ask(|connection| {
            connection.execute_batch(&format!(
                "BEGIN IMMEDIATE; UPDATE documents SET indexed = {}; DELETE FROM tombstones; COMMIT",
                standing::MISSING
            ))
        })
    }

    /// Documents the index has still to learn, by key behind `after`, at most so many, and whether it may have them in an
    /// older form.
    pub fn to_index(&self, after: DocumentKey, most: usize) -> Result<Vec<(DocumentKey, bool)>, LibraryError> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        self.library.store.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT key, indexed FROM documents WHERE indexed <> 1 AND key > ?1 ORDER BY key LIMIT ?2",
            )?;
            let rows = statement.query_map([number(after), most], |row| {
                Ok((key(row.get(0)?), row.get::<_, i64>(1)? == standing::STALE))
            })?;
            rows.collect()
        })
    }

    /// How many documents the index has, if it kept what it promised.
    pub fn promised_to_index(&self) -> Result<u64, LibraryError> {
        self.library.store.ask(|connection| {
            let question =
                "SELECT (SELECT count(*) FROM documents) - (SELECT count(*) FROM documents WHERE indexed <> 1)";
            connection.query_row(question, [], |row| row.get(0).map(i64::cast_unsigned))
        })
    }

    /// The file of this document is to be read again, because what was kept of it cannot be used.
    pub fn distrust(&mut self, key: DocumentKey) -> Result<(), LibraryError> {
        self.library.store.ask(|connection| {
            let distrust = "UPDATE files SET modified = 0, sha256 = NULL
                WHERE id = (SELECT file FROM documents WHERE key = ?1)";
            connection.execute(distrust, [number(key)]).map(|_| ())
        })
    }

    /// Documents the index has still to forget.
    pub fn tombstones(&self) -> Result<Vec<DocumentKey>, LibraryError> {
        self.library.store.ask(|connection| {
            let mut statement = connection.prepare_cached("SELECT key FROM tombstones")?;
            let rows = statement.query_map([], |row| row.get(0).map(key))?;
            rows.collect()
        })
    }

    /// The index has committed: it has learnt and forgotten these.
    pub fn indexed(&mut self, learnt: &[DocumentKey], forgotten: &[DocumentKey]) -> Result<(), LibraryError> {
        self.begin()?;
        self.library.store.ask(|connection| {
            let mut current = connection.prepare_cached("UPDATE documents SET indexed = ?2 WHERE key = ?1")?;
            for key in learnt {
                current.execute([number(*key), standing::CURRENT])?;
            }
            let mut bury = connection.prepare_cached("DELETE FROM tombstones WHERE key = ?1")?;
            for key in forgotten {
                bury.execute([number(*key)])?;
            }
            Ok(())
        })?;
        self.commit()
    }

    /// A document as it was kept.
    pub fn document(&self, key: DocumentKey) -> Result<Arc<Document>, LibraryError> {
        self.library.document(key)
    }
}

impl Drop for Writer {
    /// A batch that was not committed must not wait in a connection that others share.
    fn drop(&mut self) {
        self.roll_back();
        if let Some(lock) = &self.lock {
            presence::end(lock);
        }
    }
}

impl OpenFile {
    /// The file's number in the catalogue.
    pub fn id(&self) -> i64 {
        self.id
    }

    /// The member's name, made unique in its file.
    fn member(&mut self, member: Option<&str>) -> Option<String> {
        let name = member.unwrap_or("");
        let unique = if self.seen.contains(name) {
            let numbered = (self.seen.len() + 1..).map(|number| format!("{name}#{number}"));
            numbered.into_iter().find(|name| !self.seen.contains(name)).expect("there is always a higher number")
        } else {
            name.to_owned()
        };
        self.seen.insert(unique.clone());
        (!unique.is_empty()).then_some(unique)
    }
}

/// The root a path belongs to: the innermost above it whose walk reaches it.
fn owner<'a>(roots: &'a HashMap<PathBuf, Root>, path: &Path) -> Option<&'a Root> {
    let root = path.ancestors().find_map(|above| roots.get(above))?;
    (root.path == path || reaches(root, path)).then_some(root)
}

/// A file's place below its root, with `/` on every system.
pub(super) fn place((kind, root): (RootKind, &Path), path: &Path) -> Vec<u8> {
    let relative = match kind {
        RootKind::Folder => path.strip_prefix(root).ok().filter(|place| !place.as_os_str().is_empty()),
        RootKind::File => path.file_name().map(Path::new),
        RootKind::Given => None,
    };
    let mut bytes = to_bytes(relative.unwrap_or(path));
    if std::path::MAIN_SEPARATOR != '/' {
        let separator = std::path::MAIN_SEPARATOR as u8;
        bytes.iter_mut().filter(|byte| **byte == separator).for_each(|byte| *byte = b'/');
    }
    bytes
}

fn insert_file(connection: &Connection, root: i64, path: &[u8]) -> rusqlite::Result<i64> {
    let insert = "INSERT INTO files (root, path, size, modified, reader) VALUES (?1, ?2, 0, 0, 0)";
    connection.prepare_cached(insert)?.insert((root, path))
}

fn documents_of(connection: &Connection, file: i64) -> rusqlite::Result<HashMap<String, (i64, i64)>> {
    let mut statement = connection.prepare_cached("SELECT member, key, indexed FROM documents WHERE file = ?1")?;
    let rows = statement.query_map([file], |row| {
        Ok((row.get::<_, Option<String>>(0)?.unwrap_or_default(), (row.get(1)?, row.get(2)?)))
    })?;
    rows.collect()
}

fn insert_document(
    connection: &Connection,
    file: &OpenFile,
    position: usize,
    member: Option<&str>,
    prepared: &Prepared,
    old: Option<(i64, i64)>,
) -> rusqlite::Result<DocumentKey> {
    let document = &prepared.document;
    let standing = match old {
        Some((_, standing::MISSING)) | None => standing::MISSING,
        Some(_) => standing::STALE,
    };
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO documents
                (key, file, number, member, id, title, sorting, genre, language, date, words, content, indexed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .insert(rusqlite::params![
            old.map(|(key, _)| key),
            file.id,
            i64::try_from(position).unwrap_or(i64::MAX),
            member,
            documents::id(&file.place, member),
            document.title,
            documents::sorting(&document.title),
            document.genre.name(),
            document.language.as_ref().map(crate::text::Language::tag),
            document.date,
            prepared.words.cast_signed(),
            prepared.content.cast_signed(),
            standing,
        ])
        .map(key)
}

fn remove_file(connection: &Connection, file: i64) -> rusqlite::Result<usize> {
    let documents = documents_of(connection, file)?;
    for (key, _) in documents.values() {
        bury(connection, *key)?;
    }
    connection.prepare_cached("DELETE FROM files WHERE id = ?1")?.execute([file])?;
    Ok(documents.len())
}

fn bury(connection: &Connection, key: i64) -> rusqlite::Result<()> {
    naming::forget(connection, key)?;
    for statement in [
        "DELETE FROM documents WHERE key = ?1",
        "DELETE FROM bodies WHERE key = ?1",
        "INSERT OR IGNORE INTO tombstones (key) VALUES (?1)",
    ] {
        connection.prepare_cached(statement)?.execute([key])?;
    }
    Ok(())
}

/// Of what was opened last, what lay in the root that went is forgotten, unless another root holds it; when nothing is
/// left, all roots are meant again.
fn forget_scope(connection: &Connection, last: Option<&Scope>, gone: &Path, others: &[Root]) -> rusqlite::Result<()> {
    let Some(paths) = last.and_then(Scope::paths) else { return Ok(()) };
    let stays = |path: &&PathBuf| !path.starts_with(gone) || others.iter().any(|root| path.starts_with(&root.path));
    let left = Scope::of(paths.iter().filter(stays).cloned());
    if left.is_empty() {
        return connection.execute("DELETE FROM settings WHERE name = 'last-scope'", []).map(|_| ());
    }
    let remember = "UPDATE settings SET value = ?1 WHERE name = 'last-scope'";
    connection.execute(remember, [left.to_bytes()]).map(|_| ())
}
