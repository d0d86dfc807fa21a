//! The files that gave no document, counted by reason and named: what a search could not look into.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rusqlite::{Connection, OptionalExtension};

use super::scope::{from_bytes, to_bytes};
use super::{FoundFile, Library, LibraryError, Problem, ProblemKind, Scope, Walk, Writer};

/// How many files gave no document, or not all of it, by reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotRead {
    /// Unreadable files first, then skipped ones, then those without text; within these the most frequent reason first.
    pub groups: Vec<(Problem, u64)>,
}

impl NotRead {
    /// Files that were passed over.
    pub fn skipped(&self) -> u64 {
        self.of(ProblemKind::Skipped)
    }

    /// Files without a text.
    pub fn without_text(&self) -> u64 {
        self.of(ProblemKind::WithoutText)
    }

    /// Files and folders that could not be read.
    pub fn unreadable(&self) -> u64 {
        self.of(ProblemKind::Unreadable)
    }

    /// All of them.
    pub fn files(&self) -> u64 {
        self.groups.iter().map(|(_, files)| files).sum()
    }

    fn of(&self, kind: ProblemKind) -> u64 {
        self.groups.iter().filter(|(problem, _)| problem.kind == kind).map(|(_, files)| files).sum()
    }
}

impl Library {
    /// How many files in scope gave no document, or not all of it.
    pub fn not_read(&self, scope: &Scope) -> Result<NotRead, LibraryError> {
        let mut groups: Vec<(Problem, u64)> = self.store.ask_in(scope, |connection, files| {
            let question = format!(
                "SELECT f.problem, f.code, f.detail, count(*) {files}
                 WHERE f.problem IS NOT NULL GROUP BY f.problem, f.code, f.detail"
            );
            let mut statement = connection.prepare_cached(&question)?;
            let rows = statement.query_map([], |row| {
                let kind: String = row.get(0)?;
                Ok((Problem::kept(&kind, row.get(1)?, row.get(2)?), row.get::<_, i64>(3)?.cast_unsigned()))
            })?;
            let mut groups: Vec<_> = rows.collect::<rusqlite::Result<_>>()?;
            let ignored = ignored(connection, scope)?;
            for is_folder in [false, true] {
                let entries = ignored.iter().filter(|(_, folder)| **folder == is_folder).count() as u64;
                groups.extend((entries > 0).then(|| (Problem::ignored(is_folder), entries)));
            }
            Ok(groups)
        })?;
        groups.sort_by(|(one, files), (other, others)| {
            let by_kind = weight(one.kind).cmp(&weight(other.kind));
            by_kind.then(others.cmp(files)).then_with(|| (&one.code, &one.detail).cmp(&(&other.code, &other.detail)))
        });
        Ok(NotRead { groups })
    }

    /// The files in scope that gave no document, or only a part of their text, with the reason, by path; at most
    /// `most`.
    pub fn problems(&self, scope: &Scope, most: usize) -> Result<Vec<(PathBuf, Problem)>, LibraryError> {
        let mut problems: Vec<(PathBuf, Problem)> = self.store.ask_in(scope, |connection, files| {
            let question = format!(
                "SELECT f.path, f.problem, f.code, f.detail {files} WHERE f.problem IS NOT NULL ORDER BY f.path LIMIT ?1"
            );
            let mut statement = connection.prepare_cached(&question)?;
            let rows = statement.query_map([i64::try_from(most).unwrap_or(i64::MAX)], |row| {
                let kind: String = row.get(1)?;
                Ok((from_bytes(&row.get::<_, Vec<u8>>(0)?), Problem::kept(&kind, row.get(2)?, row.get(3)?)))
            })?;
            let mut problems: Vec<_> = rows.collect::<rusqlite::Result<_>>()?;
            let ignored = ignored(connection, scope)?.into_iter();
            problems.extend(ignored.map(|(path, is_folder)| (path, Problem::ignored(is_folder))));
            Ok(problems)
        })?;
        problems.sort_by_cached_key(|(path, _)| to_bytes(path));
        problems.truncate(most);
        Ok(problems)
    }
}

/// What the roots in scope passed over by a rule and no other of them reads: of several that did, once.
fn ignored(connection: &Connection, scope: &Scope) -> rusqlite::Result<BTreeMap<PathBuf, bool>> {
    let (roots, members) = match scope.paths() {
        None => ("SELECT id FROM roots", "SELECT 1 FROM files f WHERE f.path = i.path"),
        Some(_) => (
            "SELECT root FROM temp.scope",
            "SELECT 1 FROM files f JOIN members m ON m.file = f.id
             WHERE f.path = i.path AND m.root IN (SELECT root FROM temp.scope)",
        ),
    };
    let question = format!(
        "SELECT i.path, i.is_folder FROM ignored i WHERE i.root IN ({roots}) AND NOT EXISTS ({members})
         AND NOT EXISTS (SELECT 1 FROM roots r WHERE r.path = i.path AND r.id IN ({roots}))"
    );
    let mut statement = connection.prepare_cached(&question)?;
    let rows = statement.query_map([], |row| Ok((from_bytes(&row.get::<_, Vec<u8>>(0)?), row.get(1)?)))?;
    rows.collect()
}

impl Writer {
    /// The number of a path that the catalogue knows to give no document for this very reason.
    pub fn noted(&self, found: &FoundFile, problem: &Problem) -> Result<Option<i64>, LibraryError> {
        let question = "SELECT id FROM files WHERE path = ?1 AND problem = ?2 AND code = ?3 AND detail = ?4";
        self.library().store.ask(|connection| {
            let (kind, code, detail) = (problem.kind.name(), problem.code.as_str(), problem.detail.as_str());
            let mut statement = connection.prepare_cached(question)?;
            statement.query_row((to_bytes(&found.path), kind, code, detail), |row| row.get(0)).optional()
        })
    }

    /// Stores which entries a complete walk skipped by a rule, replacing those of the previous walk, except below
    /// folders that could not be entered.
    pub fn keep_ignored(
        &mut self,
        walk: &Walk,
        ignored: &BTreeMap<PathBuf, bool>,
        unentered: &[PathBuf],
    ) -> Result<(), LibraryError> {
        let root = walk.root.id;
        self.library().store.ask(|connection| {
            let mut known = connection.prepare_cached("SELECT path, is_folder FROM ignored WHERE root = ?1")?;
            let known = known.query_map([root], |row| Ok((from_bytes(&row.get::<_, Vec<u8>>(0)?), row.get(1)?)))?;
            let known: BTreeMap<PathBuf, bool> = known.collect::<rusqlite::Result<_>>()?;
            let mut forget = connection.prepare_cached("DELETE FROM ignored WHERE root = ?1 AND path = ?2")?;
            for (path, is_folder) in &known {
                let is_unknown = unentered.iter().any(|folder| path.starts_with(folder));
                if ignored.get(path) != Some(is_folder) && !is_unknown {
                    forget.execute((root, to_bytes(path)))?;
                }
            }
            let remember = "INSERT OR REPLACE INTO ignored (root, path, is_folder) VALUES (?1, ?2, ?3)";
            let mut remember = connection.prepare_cached(remember)?;
            for (path, is_folder) in ignored.iter().filter(|(path, is_folder)| known.get(*path) != Some(*is_folder)) {
                remember.execute((root, to_bytes(path), is_folder))?;
            }
            Ok(())
        })
    }
}

/// The loudest first.
fn weight(kind: ProblemKind) -> u8 {
    match kind {
        ProblemKind::Unreadable => 0,
        ProblemKind::Skipped => 1,
        ProblemKind::WithoutText => 2,
    }
}
