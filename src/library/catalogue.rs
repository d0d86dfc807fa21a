//! The catalogue file: one SQLite database, opened, created, or moved aside if it cannot be used. It is authoritative
//! for documents; the full-text index is derived from it, so a new catalogue deletes any existing index beside it,
//! whose keys would refer to other documents. Queries are in the other files of this folder.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::Connection;

use super::scope::to_bytes;
use super::{Home, LibraryError, Scope, kept_roots};
use crate::locale::Message;

/// The number of this schema, and of how documents are encoded in it: raise it when either changes.
pub(super) const SCHEMA: i64 = 4;

const TABLES: &str = "
    CREATE TABLE settings (name TEXT PRIMARY KEY, value BLOB) STRICT;
    CREATE TABLE roots (
        id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT,
        last_opened INTEGER NOT NULL DEFAULT 0, updated INTEGER NOT NULL DEFAULT 0) STRICT;
    CREATE TABLE files (
        id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE,
        size INTEGER NOT NULL, modified INTEGER NOT NULL, changed INTEGER NOT NULL, sha256 BLOB, reader INTEGER NOT NULL,
        problem TEXT, code TEXT, detail TEXT) STRICT;
    CREATE TABLE members (root INTEGER NOT NULL, file INTEGER NOT NULL, PRIMARY KEY (root, file)) STRICT, WITHOUT ROWID;
    CREATE INDEX members_of_file ON members (file);
    CREATE TABLE ignored (root INTEGER NOT NULL, path BLOB NOT NULL, is_folder INTEGER NOT NULL,
        PRIMARY KEY (root, path)) STRICT, WITHOUT ROWID;
    CREATE TABLE documents (
        key INTEGER PRIMARY KEY AUTOINCREMENT, file INTEGER NOT NULL, number INTEGER NOT NULL, member TEXT,
        id TEXT NOT NULL, title TEXT NOT NULL, sorting TEXT NOT NULL, genre TEXT NOT NULL, language TEXT, date TEXT,
        words INTEGER NOT NULL, content INTEGER NOT NULL, indexed INTEGER NOT NULL) STRICT;
    CREATE INDEX documents_of_file ON documents (file);
    CREATE INDEX documents_by_id ON documents (id);
    CREATE INDEX documents_to_index ON documents (indexed) WHERE indexed <> 1;
    CREATE TABLE bodies (key INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
    CREATE TABLE tombstones (key INTEGER PRIMARY KEY) STRICT;
    CREATE TABLE sources (path BLOB PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
";

/// Identifiers and references of documents, see `citations`.
const CITATION_TABLES: &str = "
    CREATE TABLE names (key INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (name, key)) STRICT, WITHOUT ROWID;
    CREATE INDEX names_of_document ON names (key);
    CREATE TABLE citations (key INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (name, key)) STRICT, WITHOUT ROWID;
    CREATE INDEX citations_of_document ON citations (key);
";

/// Every file.
const ALL: &str = "FROM files f";
/// Files of roots that are not nested.
const APART: &str = "FROM temp.scope s CROSS JOIN members m ON m.root = s.root CROSS JOIN files f ON f.id = m.file";
/// The files that count for any roots, each once.
const NESTED: &str = "FROM (SELECT DISTINCT m.file FROM temp.scope s CROSS JOIN members m ON m.root = s.root) m
    CROSS JOIN files f ON f.id = m.file";

/// How long one statement waits for another process's.
const PATIENCE: Duration = Duration::from_secs(5);

/// A connection that several threads may share, with the path its errors name.
#[derive(Clone, Debug)]
pub(super) struct Store {
    connection: Arc<Mutex<Connection>>,
    path: PathBuf,
}

impl Store {
    /// A catalogue that lives as long as the process.
    pub(super) fn in_memory() -> Result<Self, LibraryError> {
        let path = PathBuf::from(":memory:");
        let prepare = || {
            let connection = Connection::open_in_memory()?;
            configure(&connection)?;
            make_tables(&connection)?;
            Ok(connection)
        };
        let connection = prepare().map_err(|error| LibraryError::database(&path, &error))?;
        Ok(Self::new(connection, path))
    }

    /// The catalogue of a home, made when it is missing, and what a person should know about how that went.
    pub(super) fn open(home: &Home) -> Result<(Self, Vec<Message>), LibraryError> {
        home.make()?;
        for _ in 0..40 {
            if let State::Ready(store) = inspect(&home.catalogue())? {
                return Ok((store, Vec::new()));
            }
            if let Some(_lock) = lock(home)? {
                return make(home);
            }
            std::thread::sleep(Duration::from_millis(50)); // another process is making it
        }
        Err(LibraryError::WriterElsewhere)
    }

    /// A second connection to the same catalogue; the same one when it lives in memory.
    pub(super) fn again(&self) -> Result<Self, LibraryError> {
        if self.is_in_memory() {
            return Ok(self.clone());
        }
        match inspect(&self.path)? {
            State::Ready(store) => Ok(store),
            State::New | State::Unusable => Err(LibraryError::WriterElsewhere),
        }
    }

    /// Asks the database.
    pub(super) fn ask<T>(&self, question: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, LibraryError> {
        let answer = question(&self.lock());
        answer.map_err(|error| {
            if is_corrupt(&error) {
                // Read by the next opening; if even this cannot be written, nothing more can be done here.
                let _ = File::create(marker(&self.path));
            }
            LibraryError::database(&self.path, &error)
        })
    }

    /// Runs a query about a scope, whose roots are in `temp.scope (root)`. Passes the `FROM` clause that yields each
    /// file in scope once, as `f`.
    pub(super) fn ask_in<T>(
        &self,
        scope: &Scope,
        question: impl FnOnce(&Connection, &str) -> rusqlite::Result<T>,
    ) -> Result<T, LibraryError> {
        self.ask(|connection| {
            connection.execute("DELETE FROM temp.scope", [])?;
            let insert = "INSERT INTO temp.scope (root) SELECT id FROM roots WHERE path = ?1";
            let mut insert = connection.prepare_cached(insert)?;
            for path in scope.paths().unwrap_or_default() {
                insert.execute([to_bytes(path)])?;
            }
            drop(insert);
            question(
                connection,
                if scope.paths().is_none() {
                    ALL
                } else if scope.is_nested() {
                    NESTED
                } else {
                    APART
                },
            )
        })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    fn new(connection: Connection, path: PathBuf) -> Self {
        Self { connection: Arc::new(Mutex::new(connection)), path }
    }

    fn is_in_memory(&self) -> bool {
        self.path == Path::new(":memory:")
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes the lock of the one writer; `None` while another holds it. It is held as long as the file is kept.
pub(super) fn lock(home: &Home) -> Result<Option<File>, LibraryError> {
    let path = home.writer_lock();
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(|error| LibraryError::home(&path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(LibraryError::home(&path, &error)),
    }
}

enum State {
    Ready(Store),
    New,
    Unusable,
}

/// Inspects the file at the catalogue's path.
fn inspect(path: &Path) -> Result<State, LibraryError> {
    if marker(path).exists() {
        return Ok(State::Unusable);
    }
    let look = || {
        let connection = Connection::open(path)?;
        configure(&connection)?;
        let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))?;
        Ok((connection, version, tables))
    };
    match look() {
        Ok((connection, SCHEMA, _)) => Ok(State::Ready(Store::new(connection, path.to_owned()))),
        Ok((_, 0, 0)) => Ok(State::New),
        Ok(_) => Ok(State::Unusable),
        Err(error) if is_corrupt(&error) => Ok(State::Unusable),
        Err(error) => Err(LibraryError::database(path, &error)),
    }
}

/// Creates the catalogue; the caller holds the writer's lock.
fn make(home: &Home) -> Result<(Store, Vec<Message>), LibraryError> {
    let path = home.catalogue();
    let mut notices = Vec::new();
    let roots = match inspect(&path)? {
        State::Ready(store) => return Ok((store, notices)), // made while this process waited
        State::New => kept_roots::known(home, None),
        State::Unusable => {
            let roots = kept_roots::known(home, Some(&path));
            let aside = move_aside(&path).map_err(|error| LibraryError::home(&path, &error))?;
            notices.push(Message::new("library-moved-aside").with("path", aside.display().to_string()));
            roots
        }
    };
    let index = home.index();
    if index.exists() {
        std::fs::remove_dir_all(&index).map_err(|error| LibraryError::home(&index, &error))?;
    }
    let prepare = || {
        let connection = Connection::open(&path)?;
        configure(&connection)?;
        make_tables(&connection)?;
        Ok(connection)
    };
    let connection = prepare().map_err(|error| LibraryError::database(&path, &error))?;
    if let Some(roots) = roots {
        kept_roots::restore(home, &connection, &roots)?;
    }
    Ok((Store::new(connection, path), notices))
}

fn configure(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(64);
    // FULL: acknowledged commits survive a power failure, else keys could be assigned twice. Once per batch, the cost
    // is small.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;
         CREATE TEMP TABLE scope (root INTEGER NOT NULL) STRICT;",
    )
}

fn make_tables(connection: &Connection) -> rusqlite::Result<()> {
    let names = CITATION_TABLES;
    connection.execute_batch(&format!("BEGIN IMMEDIATE; {TABLES} {names} PRAGMA user_version = {SCHEMA}; COMMIT;"))
}

fn is_corrupt(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode as Code;
    matches!(error.sqlite_error_code(), Some(Code::NotADatabase | Code::DatabaseCorrupt))
}

/// Marker file of a catalogue that was found damaged while it was open.
fn marker(catalogue: &Path) -> PathBuf {
    catalogue.with_extension("sqlite.is-damaged")
}

/// Renames the catalogue and what SQLite keeps beside it to the first free number.
fn move_aside(catalogue: &Path) -> std::io::Result<PathBuf> {
    let numbered = |number: u32| catalogue.with_extension(format!("sqlite.damaged-{number}"));
    let aside = (1..=u32::MAX)
        .map(numbered)
        .find(|path| !path.exists())
        .expect("nobody has four thousand million damaged catalogues");
    std::fs::rename(catalogue, &aside)?;
    for beside in ["-wal", "-shm"] {
        let with = |path: &Path| {
            let mut name = path.as_os_str().to_owned();
            name.push(beside);
            PathBuf::from(name)
        };
        match std::fs::rename(with(catalogue), with(&aside)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    match std::fs::remove_file(marker(catalogue)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(aside),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home() -> (tempfile::TempDir, Home) {
        let temporary = tempfile::tempdir().unwrap();
        let home = Home::under(temporary.path());
        (temporary, home)
    }

    #[test]
    fn a_catalogue_opens_again_without_a_notice() {
        let (_temporary, home) = home();
        assert_eq!(Store::open(&home).unwrap().1, []);
        assert_eq!(Store::open(&home).unwrap().1, []);
    }

    #[test]
    fn a_catalogue_that_is_none_is_moved_aside_and_said() {
        let (_temporary, home) = home();
        home.make().unwrap();
        std::fs::write(home.catalogue(), "this is not a database, whatever its name says; ".repeat(50)).unwrap();
        std::fs::create_dir(home.index()).unwrap();
        let (_, notices) = Store::open(&home).unwrap();
        assert_eq!(notices.len(), 1);
        assert!(home.data.join("catalogue.sqlite.damaged-1").exists());
        assert!(!home.index().exists(), "an index of other keys must go");
    }

    #[test]
    fn a_catalogue_of_another_version_is_moved_aside() {
        let (_temporary, home) = home();
        let (store, _) = Store::open(&home).unwrap();
        store.ask(|connection| connection.execute_batch("PRAGMA user_version = 99")).unwrap();
        drop(store);
        assert_eq!(Store::open(&home).unwrap().1.len(), 1);
        assert_eq!(Store::open(&home).unwrap().1, []);
    }

    #[test]
    fn of_an_older_catalogue_the_roots_and_their_names_stay() {
        let (_temporary, home) = home();
        home.make().unwrap();
        let old = Connection::open(home.catalogue()).unwrap();
        old.execute_batch(
            "CREATE TABLE settings (name TEXT PRIMARY KEY, value BLOB) STRICT;
             CREATE TABLE roots (id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT,
                last_opened INTEGER NOT NULL DEFAULT 0, updated INTEGER NOT NULL DEFAULT 0) STRICT;
             CREATE TABLE files (id INTEGER PRIMARY KEY, root INTEGER NOT NULL, path BLOB NOT NULL UNIQUE) STRICT;
             CREATE TABLE sources (path BLOB PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
             INSERT INTO roots (path, kind, name, updated) VALUES (CAST('/d' AS BLOB), 'folder', 'Dossier', 7);
             INSERT INTO settings VALUES ('last-scope', CAST('/d' AS BLOB));
             INSERT INTO files (root, path) VALUES (1, CAST('/d/a.txt' AS BLOB));
             PRAGMA user_version = 3;",
        )
        .unwrap();
        drop(old);
        std::fs::create_dir(home.index()).unwrap();
        let library = crate::library::Library::open(&home).unwrap();
        assert_eq!(library.notices().len(), 1);
        let roots = library.roots().unwrap();
        assert_eq!((roots.len(), roots[0].name.as_deref(), roots[0].updated), (1, Some("Dossier"), None));
        assert!(!library.is_read(&Scope::everything()).unwrap(), "it is still to be read again");
        assert_eq!(library.status(&Scope::everything()).unwrap().documents, 0);
        assert!(!home.index().exists(), "an index of other keys must go");
    }

    #[test]
    fn damage_met_while_open_is_mended_at_the_next_opening() {
        let (_temporary, home) = home();
        let (store, _) = Store::open(&home).unwrap();
        std::fs::write(marker(store.path()), "").unwrap();
        drop(store);
        assert_eq!(Store::open(&home).unwrap().1.len(), 1);
        assert_eq!(Store::open(&home).unwrap().1, []);
    }
}
