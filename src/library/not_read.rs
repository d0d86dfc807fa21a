//! The files that gave no document, counted by reason and named: what a search could not look into.

use std::path::PathBuf;

use rusqlite::OptionalExtension;

use super::reading::IN_SCOPE;
use super::scope::{from_bytes, to_bytes};
use super::{FoundFile, Library, LibraryError, Problem, ProblemKind, Scope, Writer};

/// How many files gave no document, or not all of it, by reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotRead {
    /// What could not be read first, then what was passed over, then what has no text; of these the most frequent first.
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
        let question = format!(
            "SELECT f.problem, f.code, f.detail, count(*) {IN_SCOPE}
             WHERE f.problem IS NOT NULL GROUP BY f.problem, f.code, f.detail"
        );
        let mut groups: Vec<(Problem, u64)> = self.store.ask_in(scope, |connection| {
            let mut statement = connection.prepare_cached(&question)?;
            let rows = statement.query_map([], |row| {
                let kind: String = row.get(0)?;
                Ok((Problem::kept(&kind, row.get(1)?, row.get(2)?), row.get::<_, i64>(3)?.cast_unsigned()))
            })?;
            rows.collect()
        })?;
        groups.sort_by(|(one, files), (other, others)| {
            let by_kind = weight(one.kind).cmp(&weight(other.kind));
            by_kind.then(others.cmp(files)).then_with(|| (&one.code, &one.detail).cmp(&(&other.code, &other.detail)))
        });
        Ok(NotRead { groups })
    }

    /// The files in scope that gave no document, or not all of it, and why, by path; at most so many.
    pub fn problems(&self, scope: &Scope, most: usize) -> Result<Vec<(PathBuf, Problem)>, LibraryError> {
        let question = format!(
            "SELECT f.path, f.problem, f.code, f.detail {IN_SCOPE} WHERE f.problem IS NOT NULL ORDER BY f.path LIMIT ?1"
        );
        self.store.ask_in(scope, |connection| {
            let mut statement = connection.prepare_cached(&question)?;
            let rows = statement.query_map([i64::try_from(most).unwrap_or(i64::MAX)], |row| {
                let kind: String = row.get(1)?;
                Ok((from_bytes(&row.get::<_, Vec<u8>>(0)?), Problem::kept(&kind, row.get(2)?, row.get(3)?)))
            })?;
            rows.collect()
        })
    }
}

impl Writer {
    /// The number of a path that the catalogue knows to give no document for this very reason.
    pub fn noted(&self, found: &FoundFile, problem: &Problem) -> Result<Option<i64>, LibraryError> {
        let question = "SELECT id FROM files
            WHERE path = ?1 AND root = ?2 AND problem = ?3 AND code = ?4 AND detail = ?5";
        self.library().store.ask(|connection| {
            let (kind, code, detail) = (problem.kind.name(), problem.code.as_str(), problem.detail.as_str());
            let mut statement = connection.prepare_cached(question)?;
            statement.query_row((to_bytes(&found.path), found.root, kind, code, detail), |row| row.get(0)).optional()
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
