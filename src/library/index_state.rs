//! What can be relied upon before an answer is given: what a command without a path looks through, whether that has been
//! read to its end, and how much of it the index should hold.

use rusqlite::OptionalExtension;

use super::scope::to_bytes;
use super::{Library, LibraryError, Scope};

/// What a search without paths covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unnamed {
    /// The last opened scope, else every root.
    Scope(Scope),
    /// There were roots, and none is left, or none is known any more.
    NothingLeft,
    /// There never was a root: the library that is compiled in.
    BuiltIn,
}

impl Library {
    /// Returns what a search without paths covers.
    pub fn unnamed(&self) -> Result<Unnamed, LibraryError> {
        if let Some(last) = self.last_scope()? {
            return Ok(Unnamed::Scope(last));
        }
        let question = "SELECT EXISTS (SELECT 1 FROM roots)";
        if self.store.ask(|connection| connection.query_row(question, [], |row| row.get::<_, bool>(0)))? {
            return Ok(Unnamed::Scope(Scope::everything()));
        }
        let had_roots = self.home.as_ref().is_some_and(|home| home.roots().exists());
        Ok(if had_roots { Unnamed::NothingLeft } else { Unnamed::BuiltIn })
    }

    /// The same part of the library with every path named, so that it means the same elsewhere.
    pub fn with_paths(&self, scope: &Scope) -> Result<Scope, LibraryError> {
        match scope.paths() {
            Some(_) => Ok(scope.clone()),
            None => Ok(Scope::of(self.roots()?.into_iter().map(|root| root.path))),
        }
    }

    /// Whether each path of a scope, without any each root, was once read to its end. A path at which nothing is and nothing
    /// was has nothing to be read.
    pub fn is_read(&self, scope: &Scope) -> Result<bool, LibraryError> {
        let Some(paths) = scope.paths() else { return Ok(self.roots()?.iter().all(|root| root.updated.is_some())) };
        self.store.ask(|connection| {
            let mut statement = connection.prepare_cached("SELECT updated <> 0 FROM roots WHERE path = ?1")?;
            for path in paths {
                let read: Option<bool> = statement.query_row([to_bytes(path)], |row| row.get(0)).optional()?;
                if !read.unwrap_or_else(|| !path.exists()) {
                    return Ok(false);
                }
            }
            Ok(true)
        })
    }

    /// How many documents the index has by the catalogue's book, and how many it has still to learn.
    pub fn index_should_have(&self) -> Result<(u64, u64), LibraryError> {
        self.store.ask(|connection| {
            let count = |question: &str| {
                connection.prepare_cached(question)?.query_row([], |row| row.get(0).map(i64::cast_unsigned))
            };
            let all: u64 = count("SELECT count(*) FROM documents")?;
            let missing: u64 = count("SELECT count(*) FROM documents WHERE indexed <> 1")?;
            Ok((all - missing, missing))
        })
    }
}
