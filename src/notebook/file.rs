//! The notebook's file: one SQLite database, inspected without changing it before it is written to. Created only if
//! nothing exists at its path; a file that is not a known notebook is left alone.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::NotebookError;

/// The schema's number. A newer version upgrades an existing notebook in one transaction; it never starts afresh.
const SCHEMA: i64 = 3;

/// The change from each schema to the next. Never edit these: notebooks with these schemas exist.
const STEPS: [&str; SCHEMA as usize] = [MARKS_AND_PLACES, SEARCHES, INTERRUPTIONS];

const MARKS_AND_PLACES: &str = "
    CREATE TABLE marks (
        name TEXT PRIMARY KEY, path BLOB NOT NULL, member TEXT NOT NULL, id TEXT NOT NULL,
        offset INTEGER NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, made INTEGER NOT NULL) STRICT;
    CREATE TABLE places (
        path BLOB NOT NULL, member TEXT NOT NULL, id TEXT NOT NULL,
        offset INTEGER NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, left_at INTEGER NOT NULL,
        PRIMARY KEY (path, member)) STRICT;
    CREATE INDEX places_by_id ON places (id);
";

/// `known` is what a search had found when its hits were shown last, see `seen_documents`.
const SEARCHES: &str = "
    CREATE TABLE searches (
        name TEXT PRIMARY KEY, source TEXT NOT NULL, sort TEXT NOT NULL, as_typed INTEGER NOT NULL,
        without TEXT NOT NULL, scope BLOB NOT NULL, looked INTEGER NOT NULL, known BLOB NOT NULL,
        made INTEGER NOT NULL) STRICT;
";

/// One interrupted session per scope; see `interruptions`. Optional fields are nullable.
const INTERRUPTIONS: &str = "
    CREATE TABLE interruptions (
        scope BLOB PRIMARY KEY, at INTEGER NOT NULL,
        title TEXT NOT NULL, path BLOB, member TEXT, id TEXT, offset INTEGER, before TEXT, after TEXT,
        matched INTEGER, chosen_path BLOB, chosen_member TEXT, chosen_id TEXT,
        dossier TEXT, document TEXT, prompt TEXT, prompt_scope TEXT NOT NULL,
        sort TEXT NOT NULL, list_sort TEXT NOT NULL, as_typed INTEGER NOT NULL, without TEXT NOT NULL,
        focus TEXT NOT NULL, zoomed INTEGER NOT NULL) STRICT;
";

/// How long one statement waits for another process's.
const PATIENCE: Duration = Duration::from_secs(5);

/// A connection to the notebook at this path.
pub(super) fn open(path: &Path) -> Result<Connection, NotebookError> {
    // An empty file is a notebook whose maker was stopped before its first write.
    if std::fs::metadata(path).is_ok_and(|about| about.len() > 0) {
        look(path)?;
    }
    let prepare = || {
        let mut connection = Connection::open(path)?;
        connection.busy_timeout(PATIENCE)?;
        // FULL: a mark that was said to be set survives a power cut.
        connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")?;
        make_tables(&mut connection)?;
        Ok(connection)
    };
    prepare().map_err(|error| NotebookError::database(path, &error))
}

/// A database of the same form that is forgotten.
pub(super) fn in_memory() -> rusqlite::Result<Connection> {
    let mut connection = Connection::open_in_memory()?;
    make_tables(&mut connection)?;
    Ok(connection)
}

/// Whether the file at this path is an intact notebook; does not change it.
fn look(path: &Path) -> Result<(), NotebookError> {
    let ask = || {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.busy_timeout(PATIENCE)?;
        // One view of the file, however others write to it meanwhile.
        connection.execute_batch("BEGIN")?;
        let version = version(&connection)?;
        let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))?;
        let finding: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        Ok((version, tables, finding))
    };
    match ask().map_err(|error| NotebookError::database(path, &error))? {
        (newer, ..) if newer > SCHEMA => Err(NotebookError::Newer(path.to_owned())),
        (.., finding) if finding != "ok" => Err(NotebookError::Damaged { path: path.to_owned(), detail: finding }),
        (0, 0, _) | (1..=SCHEMA, ..) => Ok(()),
        _ => Err(NotebookError::Damaged { path: path.to_owned(), detail: "not a notebook".to_owned() }),
    }
}

/// Creates missing tables, unless another process has just done so. Existing tables are not changed.
fn make_tables(connection: &mut Connection) -> rusqlite::Result<()> {
    if version(connection)? == SCHEMA {
        return Ok(());
    }
    let making = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let before = usize::try_from(version(&making)?).unwrap_or(STEPS.len());
    for step in STEPS.iter().skip(before) {
        making.execute_batch(step)?;
    }
    making.execute_batch(&format!("PRAGMA user_version = {SCHEMA};"))?;
    making.commit()
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}
