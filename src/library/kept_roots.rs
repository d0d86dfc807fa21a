//! A copy of the list of roots beside the catalogue, one JSON object a line. Roots and their names are a person's
//! choice and must outlive the catalogue, which is moved aside if it is damaged or of another version: a new catalogue
//! restores its roots from here. Written after each change, read only for a new catalogue.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use serde::{Deserialize, Serialize};

use super::{Home, LibraryError};

/// A root as its line has it.
#[derive(Serialize, Deserialize)]
pub(super) struct KeptRoot {
    path: KeptPath,
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

/// A path: its text, or its bytes where they are no UTF-8.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum KeptPath {
    Text(String),
    Bytes(Vec<u8>),
}

impl KeptPath {
    fn of(bytes: Vec<u8>) -> Self {
        String::from_utf8(bytes).map_or_else(|error| Self::Bytes(error.into_bytes()), Self::Text)
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

/// The roots for a new catalogue: from the list, else from what can be read of the `old` catalogue. `None` if neither
/// exists.
pub(super) fn known(home: &Home, old: Option<&Path>) -> Option<Vec<KeptRoot>> {
    if let Ok(list) = fs::read_to_string(home.roots()) {
        // A line that cannot be read costs only its own root.
        return Some(list.lines().filter_map(|line| serde_json::from_str(line).ok()).collect());
    }
    let old = Connection::open_with_flags(old?, OpenFlags::SQLITE_OPEN_READ_ONLY);
    let roots = old.and_then(|old| roots_of(&old));
    // One without a root is as good as new; one that cannot be read may have had some.
    roots.map_or_else(|_| Some(Vec::new()), |roots| (!roots.is_empty()).then_some(roots))
}

/// Gives roots to a catalogue that was just made, all of them still to be read, and keeps the list, also when it is empty:
/// then it says that there were roots.
pub(super) fn restore(home: &Home, connection: &Connection, roots: &[KeptRoot]) -> Result<(), LibraryError> {
    let insert = || {
        let mut insert = connection.prepare("INSERT OR IGNORE INTO roots (path, kind, name) VALUES (?1, ?2, ?3)")?;
        for root in roots {
            insert.execute((root.path.bytes(), &root.kind, &root.name))?;
        }
        Ok(())
    };
    insert().map_err(|error| LibraryError::database(&home.catalogue(), &error))?;
    let path = home.roots();
    if path.exists() {
        return Ok(());
    }
    replace(&path, list_of(roots).as_bytes()).map_err(|error| LibraryError::home(&path, &error))
}

/// Writes the list of a catalogue's roots if it has changed; not before the first root.
pub(super) fn write(home: &Home, roots: &[KeptRoot]) -> Result<(), LibraryError> {
    let path = home.roots();
    let list = list_of(roots);
    match fs::read(&path) {
        Ok(written) if written == list.as_bytes() => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound && list.is_empty() => Ok(()),
        _ => replace(&path, list.as_bytes()).map_err(|error| LibraryError::home(&path, &error)),
    }
}

fn list_of(roots: &[KeptRoot]) -> String {
    let lines = roots.iter().filter_map(|root| serde_json::to_string(root).ok());
    lines.map(|line| line + "\n").collect()
}

/// The roots in a catalogue.
pub(super) fn roots_of(connection: &Connection) -> rusqlite::Result<Vec<KeptRoot>> {
    let mut statement = connection.prepare("SELECT path, kind, name FROM roots WHERE kind <> 'given' ORDER BY path")?;
    let rows = statement
        .query_map([], |row| Ok(KeptRoot { path: KeptPath::of(row.get(0)?), kind: row.get(1)?, name: row.get(2)? }))?;
    rows.collect()
}

/// Puts bytes in the place of a file in one step: after a kill or a power cut there is the old file or the new one.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut file = File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_is_no_text_is_kept_byte_by_byte() {
        for bytes in [&b"/a/\xff b"[..], "/été\n".as_bytes()] {
            let root = KeptRoot { path: KeptPath::of(bytes.to_vec()), kind: "folder".to_owned(), name: None };
            let line = serde_json::to_string(&root).unwrap();
            let back: KeptRoot = serde_json::from_str(&line).unwrap();
            assert_eq!((back.path.bytes(), line.contains('\n')), (bytes, false), "{line}");
        }
    }
}
