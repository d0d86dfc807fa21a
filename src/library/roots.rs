//! Queries about roots: the list, the last opened scope, the folders that apply to a scope. A root is a path given by a
//! person; roots whose files all belong to a root above them are not listed and have no name of their own.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, Row};

use super::root::{Root, RootKind};
use super::rows::moment;
use super::rules::counts_below;
use super::scope::{from_bytes, to_bytes};
use super::walk::is_there;
use super::{Library, LibraryError, Scope, kept_roots};

impl Library {
    /// Every root that is not part of another, the last opened first.
    pub fn roots(&self) -> Result<Vec<Root>, LibraryError> {
        let all = self.named()?;
        let mut roots = Vec::new();
        for root in &all {
            let above = all.iter().filter(|above| above.path != root.path && root.path.starts_with(&above.path));
            if root.name.is_some() || !self.is_part_of_any(root, above)? {
                roots.push(root.clone());
            }
        }
        Ok(roots)
    }

    /// Every path that was named, the last opened first.
    pub(super) fn named(&self) -> Result<Vec<Root>, LibraryError> {
        self.store.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT r.id, r.path, r.kind, r.name, r.updated,
                    (SELECT count(*) FROM members m JOIN documents d ON d.file = m.file WHERE m.root = r.id)
                 FROM roots r ORDER BY r.last_opened DESC, r.path",
            )?;
            let rows = statement.query_map([], root)?;
            rows.collect()
        })
    }

    /// Whether all files of a root count, or will once they are met there, for one of the folders above it.
    fn is_part_of_any<'r>(&self, root: &Root, mut above: impl Iterator<Item = &'r Root>) -> Result<bool, LibraryError> {
        let part = |above: &Root| {
            if root.kind == RootKind::File || !self.has_members(root)? {
                return Ok(counts_below(&above.path, &root.path, root.kind == RootKind::Folder));
            }
            let alone = self.files_of_one_alone(root, above)?;
            Ok(alone.iter().all(|file| counts_below(&above.path, file, false)))
        };
        above.try_fold(false, |found, above| if found { Ok(true) } else { part(above) })
    }

    fn has_members(&self, root: &Root) -> Result<bool, LibraryError> {
        let question = "SELECT 1 FROM members WHERE root = ?1";
        self.store.ask(|connection| connection.prepare_cached(question)?.exists([root.id]))
    }

    fn files_of_one_alone(&self, root: &Root, other: &Root) -> Result<Vec<PathBuf>, LibraryError> {
        self.store.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT f.path FROM members m JOIN files f ON f.id = m.file WHERE m.root = ?1
                 AND NOT EXISTS (SELECT 1 FROM members o WHERE o.root = ?2 AND o.file = m.file)",
            )?;
            let paths = statement.query_map([root.id, other.id], |row| Ok(from_bytes(&row.get::<_, Vec<u8>>(0)?)))?;
            paths.collect()
        })
    }

    /// Whether a path is a root, or inside a folder that is one.
    pub fn is_known(&self, path: &Path) -> Result<bool, LibraryError> {
        Ok(self.highest_root(path)?.is_some())
    }

    /// Whether a file is missing although its folder, or a root above it, exists. If these are missing too, a disk is
    /// away, and its documents still count.
    pub fn is_gone(&self, path: &Path) -> Result<bool, LibraryError> {
        if !path.is_absolute() || is_there(path) {
            return Ok(false);
        }
        Ok(path.parent().is_some_and(Path::is_dir)
            || self.highest_root(path)?.is_some_and(|root| root != path && root.is_dir()))
    }

    /// The highest path at or above this one that was named.
    pub(super) fn highest_root(&self, path: &Path) -> Result<Option<PathBuf>, LibraryError> {
        self.store.ask(|connection| {
            let mut statement = connection.prepare_cached("SELECT 1 FROM roots WHERE path = ?1")?;
            let mut highest = None;
            for above in path.ancestors() {
                if statement.exists([to_bytes(above)])? {
                    highest = Some(above.to_owned());
                }
            }
            Ok(highest)
        })
    }

    /// The folders whose alias files apply to a scope: named folders, or the folders of named files, and the folders
    /// above them as far up as they belong to the same user. Depends on the paths alone.
    pub fn folders(&self, scope: &Scope) -> Result<Vec<PathBuf>, LibraryError> {
        let named = match scope.paths() {
            Some(paths) => paths.to_vec(),
            None => {
                self.roots()?.into_iter().filter(|root| root.kind != RootKind::Given).map(|root| root.path).collect()
            }
        };
        let mut folders: Vec<PathBuf> =
            named.iter().filter(|path| path.is_absolute()).flat_map(|path| above(path)).collect();
        folders.sort();
        folders.dedup();
        Ok(folders)
    }

    /// The last opened scope; `None` before the first.
    pub fn last_scope(&self) -> Result<Option<Scope>, LibraryError> {
        self.store.ask(last_scope)
    }

    /// Stores the opened scope.
    pub fn remember_scope(&self, scope: &Scope) -> Result<(), LibraryError> {
        if scope.is_empty() {
            return Ok(());
        }
        let now = jiff::Timestamp::now().as_millisecond();
        self.store.ask_in(scope, |connection, _| {
            keep_last_scope(connection, scope)?;
            let opened = "UPDATE roots SET last_opened = ?1 WHERE id IN (SELECT root FROM temp.scope)";
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
}

impl Library {
    /// Writes the list of roots beside the catalogue. Does nothing for a library in memory.
    pub fn keep_roots(&self) -> Result<(), LibraryError> {
        let Some(home) = &self.home else { return Ok(()) };
        kept_roots::write(home, &self.store.ask(kept_roots::roots_of)?)
    }
}

/// Removes the paths of a deleted root from the last opened scope, unless another root holds them; if nothing remains,
/// the scope is all roots again.
pub(super) fn forget_scope(connection: &Connection, gone: &Path, others: &[Root]) -> rusqlite::Result<()> {
    let Some(last) = last_scope(connection)? else { return Ok(()) };
    let stays = |path: &&PathBuf| !path.starts_with(gone) || others.iter().any(|root| path.starts_with(&root.path));
    let left = Scope::of(last.paths().unwrap_or_default().iter().filter(stays).cloned());
    if left.is_empty() {
        return connection.execute("DELETE FROM settings WHERE name = 'last-scope'", []).map(|_| ());
    }
    keep_last_scope(connection, &left)
}

fn last_scope(connection: &Connection) -> rusqlite::Result<Option<Scope>> {
    let question = "SELECT value FROM settings WHERE name = 'last-scope'";
    let value: Option<Vec<u8>> = connection.query_row(question, [], |row| row.get(0)).optional()?;
    Ok(value.map(|bytes| Scope::from_bytes(&bytes)))
}

fn keep_last_scope(connection: &Connection, scope: &Scope) -> rusqlite::Result<()> {
    let remember = "INSERT OR REPLACE INTO settings (name, value) VALUES ('last-scope', ?1)";
    connection.execute(remember, [scope.to_bytes()]).map(|_| ())
}

/// The folder of a path and those above it that belong to the same person.
fn above(path: &Path) -> Vec<PathBuf> {
    let first = if path.is_dir() { Some(path) } else { path.parent() };
    let Some(first) = first else { return Vec::new() };
    let owner = owner(first);
    let same = |folder: &&Path| *folder == first || owner.is_some() && self::owner(folder) == owner;
    first.ancestors().take_while(same).map(Path::to_owned).collect()
}

#[cfg(unix)]
fn owner(folder: &Path) -> Option<u32> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(folder).ok().map(|about| about.uid())
}

#[cfg(not(unix))]
fn owner(_: &Path) -> Option<u32> {
    None
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
