//! Walks a named path and reports its files, folder by folder, sorted by name. [`Rules`] decide what is left out:
//! hidden entries are not reported, ignored ones are, and neither is entered; symbolic links below a named folder are
//! reported and not followed. Other named paths inside make no difference: each is walked separately. Does not read
//! documents.

use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::problem::Problem;
use super::root::{Root, RootKind};
use super::rules::{LeftOut, Rules};

/// A root to be walked.
#[derive(Clone, Debug)]
pub struct Walk {
    /// The root.
    pub root: Root,
}

/// A regular file, as the walk met it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundFile {
    /// Where it is.
    pub path: PathBuf,
    /// Size and modification time of the file.
    pub(super) stamp: Stamp,
}

/// Size and modification time; a file with the same stamp is not read again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) size: u64,
    /// Modification time in nanoseconds since 1970, as stored with the file; 0 for "too recent to be trusted".
    pub(super) modified: i64,
    /// Change time (ctime) in nanoseconds since 1970, which programs cannot set back; 0 where the system provides none.
    pub(super) changed: i64,
}

/// What a walk meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WalkEntry {
    /// A file to be looked into.
    File(FoundFile),
    /// Something that cannot be a document, or a folder that cannot be entered: documents below it are kept.
    Problem(FoundFile, Problem),
    /// An entry excluded by an ignore file: a file, or a folder with its content.
    Ignored {
        /// Where it is.
        path: PathBuf,
        /// Whether it is a folder.
        is_folder: bool,
    },
}

impl WalkEntry {
    /// Where it is.
    pub fn path(&self) -> &Path {
        match self {
            Self::File(file) | Self::Problem(file, _) => &file.path,
            Self::Ignored { path, .. } => path,
        }
    }
}

/// The file with a dossier's aliases: a person's own settings, not a document.
pub const ALIAS_FILE: &str = "aliases.toml";

/// A file changed so shortly before it was seen could change again without a new time: the coarsest clock of a file system
/// (FAT) counts two seconds.
const FRESH: i64 = 2_000_000_000;
/// The same for the system's own time, which is as fine as the kernel's tick, at most ten milliseconds.
const FRESH_CHANGE: i64 = 50_000_000;

/// A folder that is being walked: its entries still to come, the next one last, and what holds for them.
struct Level {
    folder: PathBuf,
    entries: Vec<(OsString, fs::FileType)>,
    rules: Rules,
}

impl FoundFile {
    fn at(path: &Path) -> Self {
        Self { path: path.to_owned(), stamp: Stamp::default() }
    }
}

impl Walk {
    /// Passes everything found to `sink`, sorted by name folder by folder, until that breaks off.
    pub fn run(&self, sink: &mut dyn FnMut(WalkEntry) -> ControlFlow<()>) -> ControlFlow<()> {
        let path = &self.root.path;
        if self.root.kind == RootKind::Given {
            return sink(WalkEntry::File(FoundFile::at(path)));
        }
        match fs::symlink_metadata(path) {
            Ok(about) if about.is_dir() => walk(path, sink),
            Ok(about) => sink(found(path, about.file_type(), || Ok(about)).unwrap_or_else(|| missing(path))),
            // A file is gone when its folder is there without it; a folder may be a disk that is away.
            Err(error) if is_gone(&error) && self.root.kind == RootKind::File && has_folder(path) => {
                ControlFlow::Continue(())
            }
            Err(error) if is_gone(&error) => sink(missing(path)),
            Err(error) => sink(WalkEntry::Problem(FoundFile::at(path), Problem::io(&error))),
        }
    }
}

fn walk(root: &Path, sink: &mut dyn FnMut(WalkEntry) -> ControlFlow<()>) -> ControlFlow<()> {
    let mut levels = Vec::new();
    enter(root, Rules::of_named(root), &mut levels, sink)?;
    while let Some(level) = levels.last_mut() {
        let Some((name, kind)) = level.entries.pop() else {
            levels.pop();
            continue;
        };
        let path = level.folder.join(&name);
        if name == ALIAS_FILE {
            continue;
        }
        if let Some(left_out) = level.rules.leave_out(&path, kind.is_dir()) {
            if left_out == LeftOut::Ignored {
                sink(WalkEntry::Ignored { path, is_folder: kind.is_dir() })?;
            }
        } else if kind.is_dir() {
            let rules = level.rules.inside(&path);
            enter(&path, rules, &mut levels, sink)?;
        } else if let Some(found) = found(&path, kind, || fs::symlink_metadata(&path)) {
            sink(found)?;
        }
    }
    ControlFlow::Continue(())
}

/// Reads the names in a folder; one that went away meanwhile has none.
fn enter(
    folder: &Path,
    rules: Rules,
    levels: &mut Vec<Level>,
    sink: &mut dyn FnMut(WalkEntry) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let read = || {
        let mut entries = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            entries.push((entry.file_name(), entry.file_type()?));
        }
        entries.sort_by(|(a, _), (b, _)| b.cmp(a));
        Ok(entries)
    };
    match read() {
        Ok(entries) => levels.push(Level { folder: folder.to_owned(), entries, rules }),
        Err(error) if is_gone(&error) => {}
        Err(error) => sink(WalkEntry::Problem(FoundFile::at(folder), Problem::io(&error)))?,
    }
    ControlFlow::Continue(())
}

fn found(path: &Path, kind: fs::FileType, about: impl FnOnce() -> io::Result<Metadata>) -> Option<WalkEntry> {
    let file = FoundFile::at(path);
    if kind.is_symlink() {
        return Some(WalkEntry::Problem(file, Problem::skipped("link", "")));
    }
    if !kind.is_file() {
        return Some(WalkEntry::Problem(file, Problem::skipped("not-a-file", "")));
    }
    match about() {
        Ok(about) => Some(WalkEntry::File(FoundFile { stamp: stamp(&about), ..file })),
        Err(error) if is_gone(&error) => None,
        Err(error) => Some(WalkEntry::Problem(file, Problem::io(&error))),
    }
}

fn missing(path: &Path) -> WalkEntry {
    WalkEntry::Problem(FoundFile::at(path), Problem::unreadable("missing", ""))
}

fn has_folder(path: &Path) -> bool {
    path.parent().is_some_and(Path::is_dir)
}

/// Whether a file that a walk did not find still exists at its place: false if a folder above it has become a link.
/// True if it cannot be determined.
pub(super) fn is_there(path: &Path) -> bool {
    match fs::symlink_metadata(path).and_then(|about| Ok((about, fs::canonicalize(path)?))) {
        Ok((about, real)) => about.is_file() && real == path,
        Err(error) => !is_gone(&error),
    }
}

fn stamp(about: &Metadata) -> Stamp {
    let modified = about.modified().map_or(0, nanoseconds);
    let changed = changed(about);
    let now = nanoseconds(SystemTime::now());
    let is_fresh = now.saturating_sub(modified) < FRESH || changed != 0 && now.saturating_sub(changed) < FRESH_CHANGE;
    Stamp { size: about.len(), modified: if is_fresh { 0 } else { modified }, changed }
}

fn nanoseconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |nanos| -nanos),
    }
}

#[cfg(unix)]
fn changed(about: &Metadata) -> i64 {
    use std::os::unix::fs::MetadataExt;
    about.ctime().saturating_mul(1_000_000_000).saturating_add(about.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> i64 {
    0
}

fn is_gone(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let temporary = tempfile::tempdir().unwrap();
        for file in files {
            let path = temporary.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        temporary
    }

    fn walk(path: &Path) -> Walk {
        let kind = if path.is_file() { RootKind::File } else { RootKind::Folder };
        Walk { root: Root { id: 1, path: path.to_owned(), kind, name: None, documents: 0, updated: None } }
    }

    fn names(walk: &Walk, below: &Path) -> Vec<String> {
        let mut names = Vec::new();
        let _ = walk.run(&mut |found| {
            if !matches!(found, WalkEntry::Ignored { .. }) {
                names.push(found.path().strip_prefix(below).unwrap().to_string_lossy().into_owned());
            }
            ControlFlow::Continue(())
        });
        names
    }

    /// The reported ignored entries, folders with a trailing slash.
    fn ignored(walk: &Walk) -> Vec<String> {
        let mut names = Vec::new();
        let _ = walk.run(&mut |found| {
            if let WalkEntry::Ignored { path, is_folder } = found {
                let name = path.strip_prefix(&walk.root.path).unwrap().to_string_lossy().into_owned();
                names.push(name + if is_folder { "/" } else { "" });
            }
            ControlFlow::Continue(())
        });
        names
    }

    #[test]
    fn what_is_ignored_is_told_once_and_an_ignored_folder_is_one() {
        let tree = tree(&["a/1.txt", "a/x.log", "a/b/y.log", "out/1.txt", "out/deep/2.txt", "z.txt", "keep/k.log"]);
        fs::write(tree.path().join(".gitignore"), "*.log\nout/\n.*\n").unwrap();
        fs::write(tree.path().join("keep/.ignore"), "!k.log\n").unwrap();
        assert_eq!(ignored(&walk(tree.path())), ["a/b/y.log", "a/x.log", "out/"], "what is hidden is not told");
        assert_eq!(ignored(&walk(&tree.path().join("a/x.log"))), [""; 0], "what is named is not ignored");
        fs::remove_file(tree.path().join(".gitignore")).unwrap();
        assert_eq!(ignored(&walk(tree.path())), [""; 0]);
    }

    #[test]
    fn hidden_and_ignored_files_are_left_out_below_a_folder_and_read_where_they_are_named() {
        let tree = tree(&["b.txt", "a/1.txt", ".hidden/x.txt", "skip/y.txt", "inner/z.txt", "c.log", "aliases.toml"]);
        fs::write(tree.path().join(".gitignore"), "skip/\n*.log\n").unwrap();
        let walked = |name: &str| names(&walk(&tree.path().join(name)), tree.path());
        assert_eq!(names(&walk(tree.path()), tree.path()), ["a/1.txt", "b.txt", "inner/z.txt"]);
        assert_eq!(walked("c.log"), ["c.log"]);
        assert_eq!(walked("skip"), ["skip/y.txt"]);
        assert_eq!(walked(".hidden"), [".hidden/x.txt"]);
        assert_eq!(walked("aliases.toml"), ["aliases.toml"]);
    }

    #[test]
    fn files_come_in_the_order_of_their_names_folder_by_folder() {
        let tree = tree(&["b/2.txt", "a.txt", "b/1.txt", "c.txt", "b/0/x.txt"]);
        assert_eq!(names(&walk(tree.path()), tree.path()), ["a.txt", "b/0/x.txt", "b/1.txt", "b/2.txt", "c.txt"]);
    }

    #[test]
    fn a_file_that_is_gone_is_not_there_and_one_whose_folder_is_away_is_missing() {
        let tree = tree(&["disk/a.txt"]);
        let file = walk(&tree.path().join("disk/a.txt"));
        fs::remove_file(&file.root.path).unwrap();
        assert!(names(&file, tree.path()).is_empty() && !is_there(&file.root.path));
        fs::remove_dir(tree.path().join("disk")).unwrap();
        assert_eq!(names(&file, tree.path()), ["disk/a.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_named_and_not_followed() {
        let tree = tree(&["a/1.txt"]);
        std::os::unix::fs::symlink(tree.path(), tree.path().join("loop")).unwrap();
        let mut problems = Vec::new();
        let _ = walk(tree.path()).run(&mut |found| {
            if let WalkEntry::Problem(_, problem) = found {
                problems.push(problem.code);
            }
            ControlFlow::Continue(())
        });
        assert_eq!(problems, ["link"]);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_reached_by_a_link_only_is_not_there() {
        let tree = tree(&["real/1.txt"]);
        let real = fs::canonicalize(tree.path()).unwrap();
        std::os::unix::fs::symlink(real.join("real"), real.join("link")).unwrap();
        assert!(is_there(&real.join("real/1.txt")) && !is_there(&real.join("link/1.txt")));
    }
}
