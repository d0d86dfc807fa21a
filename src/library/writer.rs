//! Changes the catalogue: registers roots, replaces a file's documents, removes deleted ones, and records what the
//! index still has to add and to delete. Changes between [`Writer::begin`] and [`Writer::commit`] become visible
//! together. Reads no files and does not use the index.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension};

use super::documents::{self, Prepared};
use super::read_file::READER;
use super::root::{Root, RootKind};
use super::roots::{forget_scope, root};
use super::rows::{key, number, printed};
use super::scope::{at_and_below, from_bytes, to_bytes};
use super::walk::{Stamp, Walk, is_there};
use super::{FoundFile, Library, LibraryError, Problem, Scope, catalogue, citations, presence};
use crate::document::{Document, DocumentKey};

/// State of a document in the index, as stored in the catalogue.
mod standing {
    /// The index does not have it.
    pub(super) const MISSING: i64 = 0;
    /// The index has it as it is.
    pub(super) const CURRENT: i64 = 1;
    /// The index may hold an older form: delete it there before adding the new one.
    pub(super) const STALE: i64 = 2;
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
    path: PathBuf,
    /// Documents it had, by member; each is taken out when it is seen again.
    old: HashMap<String, (i64, i64)>,
    seen: HashSet<String>,
}

impl OpenFile {
    /// Where it is, as [`Document::path`] has it.
    pub fn path(&self) -> String {
        printed(&self.path)
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

impl Library {
    /// Becomes the one writer; [`LibraryError::WriterElsewhere`] if there is another.
    pub fn writer(&self) -> Result<Writer, LibraryError> {
        Writer::new(self)
    }
}

impl Writer {
    /// Announces to other processes which scope is being read.
    pub fn announce(&self, scope: &Scope) {
        if let Some(lock) = self.lock() {
            presence::announce(lock, scope);
        }
    }

    pub(super) fn new(library: &Library) -> Result<Self, LibraryError> {
        let lock = match &library.home {
            Some(home) => Some(catalogue::lock(home)?.ok_or(LibraryError::WriterElsewhere)?),
            None => None,
        };
        if let Some(lock) = &lock {
            presence::begin(lock);
        }
        let library = library.reader()?;
        // A kill may have happened between the index's commit and ours: documents that are not marked may be in the
        // index.
        library.store.ask(|connection| {
            let mistrust = "UPDATE documents SET indexed = ?1 WHERE indexed = ?2";
            connection.execute(mistrust, [standing::STALE, standing::MISSING])
        })?;
        Ok(Self { library, lock })
    }

    /// The library, for reading; includes uncommitted changes.
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

    /// The walks for a scope: one for each of its paths, which become roots; without paths, every root.
    pub fn walks(&mut self, scope: &Scope) -> Result<Vec<Walk>, LibraryError> {
        let mut paths: Vec<PathBuf> = match scope.paths() {
            Some(paths) => paths.to_vec(),
            None => self.library.roots()?.into_iter().map(|root| root.path).collect(),
        };
        paths.sort();
        let roots = paths.iter().filter_map(|path| self.register(path).transpose());
        roots.map(|root| root.map(|root| Walk { root })).collect()
    }

    /// The root of a path, made or brought up to date; `None` when nothing is there and nothing was.
    fn register(&self, path: &Path) -> Result<Option<Root>, LibraryError> {
        let about = std::fs::metadata(path).ok();
        let kind = about.map(|about| if about.is_dir() { RootKind::Folder } else { RootKind::File });
        self.library.store.ask(|connection| {
            if let Some(kind) = kind {
                let register = "INSERT INTO roots (path, kind) VALUES (?1, ?2)
                    ON CONFLICT (path) DO UPDATE SET kind = ?2 WHERE kind <> ?2 AND kind <> 'given'";
                connection.execute(register, (to_bytes(path), kind.name()))?;
            }
            let question = "SELECT id, path, kind, name, updated, 0 FROM roots WHERE path = ?1";
            connection.query_row(question, [to_bytes(path)], root).optional()
        })
    }

    /// The files that count for a root.
    pub fn members(&self, walk: &Walk) -> Result<HashSet<i64>, LibraryError> {
        self.library.store.ask(|connection| {
            let mut statement = connection.prepare_cached("SELECT file FROM members WHERE root = ?1")?;
            let files = statement.query_map([walk.root.id], |row| row.get(0))?;
            files.collect()
        })
    }

    /// From now on a file counts for a root.
    pub fn add_member(&mut self, walk: &Walk, file: i64) -> Result<(), LibraryError> {
        self.library.store.ask(|connection| {
            let add = "INSERT OR IGNORE INTO members (root, file) VALUES (?1, ?2)";
            connection.prepare_cached(add)?.execute([walk.root.id, file]).map(|_| ())
        })
    }

    /// The number of the file at a path, when it is known.
    pub fn file_at(&self, path: &Path) -> Result<Option<i64>, LibraryError> {
        self.library.store.ask(|connection| file_at(connection, &to_bytes(path)))
    }

    /// Begins to replace a file's documents. Until [`finish`](Self::finish) the file counts as not read.
    pub fn open_file(&mut self, file: &FoundFile) -> Result<OpenFile, LibraryError> {
        let path = to_bytes(&file.path);
        let (id, old) = self.library.store.ask(|connection| {
            let Some(id) = file_at(connection, &path)? else {
                return Ok((insert_file(connection, &path)?, HashMap::new()));
            };
            connection.prepare_cached("UPDATE files SET modified = 0, sha256 = NULL WHERE id = ?1")?.execute([id])?;
            Ok((id, documents_of(connection, id)?))
        })?;
        Ok(OpenFile { id, path: file.path.clone(), old, seen: HashSet::new() })
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
            citations::remember(connection, number(key), &prepared.document)?;
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
                delete_with_tombstone(connection, *key)?;
            }
            connection
                .prepare_cached(
                    "UPDATE files SET size = ?2, modified = ?3, changed = ?4, sha256 = ?5, reader = ?6,
                        problem = ?7, code = ?8, detail = ?9 WHERE id = ?1",
                )?
                .execute((
                    file.id,
                    found.stamp.size.cast_signed(),
                    found.stamp.modified,
                    found.stamp.changed,
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
            let id = match file_at(connection, &path)? {
                Some(id) => id,
                None => insert_file(connection, &path)?,
            };
            connection
                .prepare_cached("UPDATE files SET problem = ?2, code = ?3, detail = ?4 WHERE id = ?1")?
                .execute((id, problem.kind.name(), &problem.code, &problem.detail))?;
            Ok(id)
        })
    }

    /// Remembers the new size and times of a file whose bytes are as they were.
    pub fn restamp(&mut self, file: i64, found: &FoundFile) -> Result<(), LibraryError> {
        let Stamp { size, modified, changed } = found.stamp;
        self.library.store.ask(|connection| {
            let restamp = "UPDATE files SET size = ?2, modified = ?3, changed = ?4 WHERE id = ?1";
            connection.prepare_cached(restamp)?.execute((file, size.cast_signed(), modified, changed))?;
            Ok(())
        })
    }

    /// After a whole walk: files that were not met, except below folders that could not be entered, count for the root no
    /// longer, and those that are not there any more for none. Remembers when. Returns how many documents went.
    pub fn sweep(&mut self, walk: &Walk, met: &HashSet<i64>, unentered: &[PathBuf]) -> Result<usize, LibraryError> {
        let mut removed = 0;
        if walk.root.kind != RootKind::Given {
            for (id, path) in self.files_in(&walk.root.path)?.into_iter().filter(|(id, _)| !met.contains(id)) {
                if unentered.iter().any(|folder| path.starts_with(folder)) {
                    continue;
                }
                let stays = is_there(&path);
                removed += self.library.store.ask(|connection| {
                    if stays { leave(connection, walk.root.id, id) } else { remove_file(connection, id) }
                })?;
            }
            self.forget_empty_roots(&walk.root.path)?;
        }
        let now = jiff::Timestamp::now().as_millisecond();
        self.library
            .store
            .ask(|connection| connection.execute("UPDATE roots SET updated = ?2 WHERE id = ?1", [walk.root.id, now]))?;
        Ok(removed)
    }

    /// The files at and below a path, of any root.
    fn files_in(&self, path: &Path) -> Result<Vec<(i64, PathBuf)>, LibraryError> {
        self.library.store.ask(|connection| {
            let mut files = Vec::new();
            let mut statement =
                connection.prepare_cached("SELECT id, path FROM files WHERE path >= ?1 AND path < ?2")?;
            for range in at_and_below(path) {
                let rows =
                    statement.query_map(range, |row| Ok((row.get(0)?, from_bytes(&row.get::<_, Vec<u8>>(1)?))))?;
                files.extend(rows.collect::<Result<Vec<_>, _>>()?);
            }
            Ok(files)
        })
    }

    /// Paths in one that was walked which were named, have no files any more and are not there: nothing is left of them but
    /// a name, if a person gave them one.
    fn forget_empty_roots(&self, path: &Path) -> Result<(), LibraryError> {
        self.library.store.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT r.id, r.path FROM roots r WHERE r.path >= ?1 AND r.path < ?2 AND r.name IS NULL
                 AND NOT EXISTS (SELECT 1 FROM members m WHERE m.root = r.id)",
            )?;
            for range in at_and_below(path) {
                let rows: Vec<(i64, Vec<u8>)> =
                    statement.query_map(range, |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
                for (id, path) in rows {
                    if from_bytes(&path).symlink_metadata().is_err() {
                        forget_root(connection, id)?;
                    }
                }
            }
            Ok(())
        })
    }

    /// Deletes a root with all its documents, and the roots inside it, except for files that belong to other roots; the
    /// index still has to delete them. False if there is no such root.
    pub fn forget(&mut self, path: &Path) -> Result<bool, LibraryError> {
        let listed = self.library.roots()?;
        if !listed.iter().any(|root| root.path == path) {
            return Ok(false);
        }
        let others: Vec<Root> = listed.into_iter().filter(|root| root.path != path).collect();
        let stays = |root: &Root| others.iter().any(|other| other.path == root.path);
        let inside = self.library.named()?.into_iter().filter(|root| root.path.starts_with(path) && !stays(root));
        let inside: Vec<i64> = inside.map(|root| root.id).collect();
        // That there was a root is remembered before it goes.
        self.library.keep_roots()?;
        self.begin()?;
        let forget = self.library.store.ask(|connection| {
            for root in inside {
                let mut files = connection.prepare_cached("SELECT file FROM members WHERE root = ?1")?;
                let files: Vec<i64> = files.query_map([root], |row| row.get(0))?.collect::<Result<_, _>>()?;
                for file in files {
                    leave(connection, root, file)?;
                }
                forget_root(connection, root)?;
            }
            connection.execute("DELETE FROM sources WHERE path = ?1", [to_bytes(path)])?;
            forget_scope(connection, path, &others)
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

    /// The index is empty: marks every document to be added.
    pub fn index_is_empty(&mut self) -> Result<(), LibraryError> {
        self.library.store.ask(|connection| {
            connection.execute_batch(&format!(
                "BEGIN IMMEDIATE; UPDATE documents SET indexed = {}; DELETE FROM tombstones; COMMIT",
                standing::MISSING
            ))
        })
    }

    /// Documents that the index still has to add, by key after `after`, at most `most`, and whether it may hold an
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

    /// Number of documents in the index, provided that it kept its commits.
    pub fn promised_to_index(&self) -> Result<u64, LibraryError> {
        self.library.store.ask(|connection| {
            let question =
                "SELECT (SELECT count(*) FROM documents) - (SELECT count(*) FROM documents WHERE indexed <> 1)";
            connection.query_row(question, [], |row| row.get(0).map(i64::cast_unsigned))
        })
    }

    /// Marks the file of a document to be read again, because the stored document cannot be used.
    pub fn mark_stale(&mut self, key: DocumentKey) -> Result<(), LibraryError> {
        self.library.store.ask(|connection| {
            let mark_stale = "UPDATE files SET modified = 0, sha256 = NULL
                WHERE id = (SELECT file FROM documents WHERE key = ?1)";
            connection.execute(mark_stale, [number(key)]).map(|_| ())
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
            let mut delete_with_tombstone = connection.prepare_cached("DELETE FROM tombstones WHERE key = ?1")?;
            for key in forgotten {
                delete_with_tombstone.execute([number(*key)])?;
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

fn forget_root(connection: &Connection, root: i64) -> rusqlite::Result<()> {
    for statement in ["DELETE FROM roots WHERE id = ?1", "DELETE FROM ignored WHERE root = ?1"] {
        connection.prepare_cached(statement)?.execute([root])?;
    }
    Ok(())
}

fn file_at(connection: &Connection, path: &[u8]) -> rusqlite::Result<Option<i64>> {
    let mut statement = connection.prepare_cached("SELECT id FROM files WHERE path = ?1")?;
    statement.query_row([path], |row| row.get(0)).optional()
}

fn insert_file(connection: &Connection, path: &[u8]) -> rusqlite::Result<i64> {
    let insert = "INSERT INTO files (path, size, modified, changed, reader) VALUES (?1, 0, 0, 0, 0)";
    connection.prepare_cached(insert)?.insert([path])
}

/// A file counts for a root no longer; one that counts for none is removed. Returns how many documents went from the root.
fn leave(connection: &Connection, root: i64, file: i64) -> rusqlite::Result<usize> {
    let left = "DELETE FROM members WHERE root = ?1 AND file = ?2";
    let was_member = connection.prepare_cached(left)?.execute([root, file])? > 0;
    if !connection.prepare_cached("SELECT 1 FROM members WHERE file = ?1")?.exists([file])? {
        return remove_file(connection, file);
    }
    let count = "SELECT count(*) FROM documents WHERE file = ?1";
    let documents: i64 = connection.prepare_cached(count)?.query_row([file], |row| row.get(0))?;
    Ok(if was_member { usize::try_from(documents).unwrap_or(0) } else { 0 })
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
            documents::id(&file.path, member),
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
        delete_with_tombstone(connection, *key)?;
    }
    for statement in ["DELETE FROM files WHERE id = ?1", "DELETE FROM members WHERE file = ?1"] {
        connection.prepare_cached(statement)?.execute([file])?;
    }
    Ok(documents.len())
}

fn delete_with_tombstone(connection: &Connection, key: i64) -> rusqlite::Result<()> {
    citations::forget(connection, key)?;
    for statement in [
        "DELETE FROM documents WHERE key = ?1",
        "DELETE FROM bodies WHERE key = ?1",
        "INSERT OR IGNORE INTO tombstones (key) VALUES (?1)",
    ] {
        connection.prepare_cached(statement)?.execute([key])?;
    }
    Ok(())
}
