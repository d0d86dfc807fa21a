//! The writer's state, shared with other processes through the file whose lock it holds: that it is at work, and which
//! scope it is reading. Readers use it to find out whether the documents in scope are complete. Nothing waits and
//! nothing is synced to the disk: after a kill the content remains without the lock, which means that nothing is being
//! written.
//!
//! The file is empty while there is no writer. A writer stores [`AT_WORK`] first, then the scope of each run: its paths
//! separated by one NUL, terminated by two. The last complete scope counts; no scope, or an empty one, means
//! everything.

use std::fs::{File, TryLockError};
use std::io::{Read, Write};

use super::{Home, Library, Scope};

const AT_WORK: &[u8] = b"w";
const END: &[u8] = &[0, 0];

/// A writer begins: until it says more, it may be reading anything.
pub(super) fn begin(mut lock: &File) {
    // If it cannot be written, the file is empty, and a reader assumes that there is no writer. The catalogue, in the
    // same folder, cannot be written either.
    let _ = lock.set_len(0).and_then(|()| lock.write_all(AT_WORK));
}

/// A writer ends.
pub(super) fn end(lock: &File) {
    let _ = lock.set_len(0);
}

/// Announces to other processes which scope is being read.
pub(super) fn announce(mut lock: &File, scope: &Scope) {
    let _ = lock.write_all(&[&scope.to_bytes(), END].concat()); // if it fails, they assume that everything is being read
}

impl Library {
    /// Whether another process, or another part of this one, is reading files of this scope into the library.
    pub fn is_being_read(&self, scope: &Scope) -> bool {
        self.home.as_ref().and_then(being_read).is_some_and(|read| read.meets(scope))
    }
}

fn being_read(home: &Home) -> Option<Scope> {
    let mut file = File::open(home.writer_lock()).ok()?;
    let mut said = Vec::new();
    file.read_to_end(&mut said).ok()?;
    let said = said.strip_prefix(AT_WORK)?;
    // Only if there is an announcement: the check holds the lock for a moment.
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => Some(last_scope(said)),
        _ => None,
    }
}

fn last_scope(said: &[u8]) -> Scope {
    let ends: Vec<usize> = (0..said.len()).filter(|at| said[*at..].starts_with(END)).collect();
    let Some((last, before)) = ends.split_last() else { return Scope::everything() };
    let start = before.last().map_or(0, |end| end + END.len());
    Scope::from_bytes(&said[start..*last])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn scope(paths: &[&str]) -> Scope {
        Scope::of(paths.iter().map(PathBuf::from))
    }

    #[test]
    fn others_see_what_a_writer_reads_until_it_ends() {
        let temporary = tempfile::tempdir().unwrap();
        let library = Library::open(&Home::under(temporary.path())).unwrap();
        let (a, b) = (scope(&["/a"]), scope(&["/b"]));
        assert!(!library.is_being_read(&a));
        let writer = library.writer().unwrap();
        assert!(library.is_being_read(&a) && library.is_being_read(&b), "it may read anything");
        writer.announce(&scope(&["/a/sub", "/c"]));
        assert!(library.is_being_read(&a) && !library.is_being_read(&b));
        writer.announce(&b);
        assert!(!library.is_being_read(&a) && library.is_being_read(&b));
        assert!(library.is_being_read(&Scope::everything()));
        drop(writer);
        assert!(!library.is_being_read(&b));
    }

    #[test]
    fn what_a_killed_writer_has_left_there_says_nothing() {
        let temporary = tempfile::tempdir().unwrap();
        let home = Home::under(temporary.path());
        let library = Library::open(&home).unwrap();
        std::fs::write(home.writer_lock(), b"w/a\0\0").unwrap();
        assert!(!library.is_being_read(&scope(&["/a"])));
        assert!(library.writer().is_ok());
    }
}
