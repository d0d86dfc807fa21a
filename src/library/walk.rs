//! Walks a root and says which files stand in it. Hidden files are left out; what `.gitignore` and `.ignore` files inside
//! the root name is told as ignored and not entered. Symbolic links inside it are not followed, and folders that are roots
//! of their own are left to their own walk. A part of a root is walked from the root down, so that the same rules hold for
//! it. Reads no file.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use ignore::{DirEntry, WalkBuilder};

use super::passed_over::PassedOver;
use super::{Problem, Root, RootKind};

/// A root to be walked, and which parts of it.
#[derive(Clone, Debug)]
pub struct Walk {
    /// The root.
    pub root: Root,
    /// Paths in it; the root's own for all of it.
    pub starts: Vec<PathBuf>,
    /// Every root's path: the walk does not enter them.
    pub(super) roots: Arc<HashSet<PathBuf>>,
}

/// A regular file, as the walk met it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundFile {
    /// Where it is.
    pub path: PathBuf,
    /// The number of its root.
    pub(super) root: i64,
    /// Its size and the time of its last change.
    pub(super) stamp: Stamp,
}

/// By what a file is taken for unchanged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) size: u64,
    /// Nanoseconds since 1970; 0 stands for "too fresh to be trusted".
    pub(super) modified: i64,
}

/// What a walk meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A file to be looked into.
    File(FoundFile),
    /// Something that cannot be a document, or a folder that cannot be entered: what is known below it stands.
    Problem(FoundFile, Problem),
}

/// The file with the other names of what a dossier speaks of: a person's own, and no document.
pub const ALIAS_FILE: &str = "aliases.toml";

/// A file changed so shortly before it was seen could change again without a new time.
const FRESH_NANOSECONDS: i64 = 2_000_000_000;

impl Walk {
    /// Tells everything found to `sink`, sorted by name folder by folder, until it breaks off.
    pub fn run(&self, sink: &mut dyn FnMut(Found) -> ControlFlow<()>) -> ControlFlow<()> {
        if self.root.kind == RootKind::Given {
            let path = self.root.path.clone();
            return sink(Found::File(FoundFile { path, root: self.root.id, stamp: Stamp::default() }));
        }
        let starts = Starts::new(&self.starts);
        let mut passed_over = PassedOver::new(|path: &Path| self.wants(&starts, path));
        for entry in self.builder().build() {
            let mut ignored = |path, is_folder| sink(self.ignored(path, is_folder));
            match &entry {
                Ok(entry) => {
                    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
                    passed_over.meet(entry.path(), is_folder, &mut ignored)?;
                }
                Err(error) => path_of(error)
                    .map_or(ControlFlow::Continue(()), |path| passed_over.meet(path, false, &mut ignored))?,
            }
            let found = match entry {
                Ok(entry) => self.found(&entry),
                Err(error) => self.refused(&error),
            };
            if let Some(found) = found {
                sink(found)?;
            }
        }
        passed_over.end(&mut |path, is_folder| sink(self.ignored(path, is_folder)))
    }

    /// Whether something in the root, which has no rule against it, is this walk's.
    fn wants(&self, starts: &Starts, path: &Path) -> bool {
        let is_document = path.file_name().is_none_or(|name| name != ALIAS_FILE);
        is_document && starts.lead_to(path) && !self.roots.contains(path)
    }

    fn ignored(&self, path: PathBuf, is_folder: bool) -> Found {
        let file = FoundFile { path, root: self.root.id, stamp: Stamp::default() };
        Found::Problem(file, Problem::skipped("ignored", if is_folder { "folder" } else { "" }))
    }

    fn builder(&self) -> WalkBuilder {
        let mut builder = WalkBuilder::new(&self.root.path);
        builder
            .parents(false)
            .require_git(false)
            .git_global(false)
            .git_exclude(false)
            .follow_links(false)
            .sort_by_file_name(std::ffi::OsStr::cmp);
        let (starts, roots) = (Starts::new(&self.starts), Arc::clone(&self.roots));
        builder.filter_entry(move |entry| {
            let is_document = entry.depth() == 0 || entry.file_name() != ALIAS_FILE;
            is_document && starts.lead_to(entry.path()) && !roots.contains(entry.path())
        });
        builder
    }

    fn found(&self, entry: &DirEntry) -> Option<Found> {
        let kind = entry.file_type()?;
        if kind.is_dir() {
            return None;
        }
        let file = FoundFile { path: entry.path().to_owned(), root: self.root.id, stamp: Stamp::default() };
        if kind.is_symlink() {
            return Some(Found::Problem(file, Problem::skipped("link", "")));
        }
        if !kind.is_file() {
            return Some(Found::Problem(file, Problem::skipped("not-a-file", "")));
        }
        match entry.metadata() {
            Ok(metadata) => Some(Found::File(FoundFile { stamp: stamp(&metadata), ..file })),
            Err(error) if is_gone(&error) => None,
            Err(error) => Some(Found::Problem(file, problem(&error))),
        }
    }

    fn refused(&self, error: &ignore::Error) -> Option<Found> {
        let path = path_of(error)?.to_owned();
        if is_gone(error) && path != self.root.path {
            return None;
        }
        let file = FoundFile { path, root: self.root.id, stamp: Stamp::default() };
        let problem = if is_gone(error) { Problem::unreadable("missing", "") } else { problem(error) };
        Some(Found::Problem(file, problem))
    }
}

/// Whether a walk of the root meets this path in it: not when it is hidden or ignored.
pub(super) fn reaches(root: &Root, path: &Path) -> bool {
    let walk = Walk { root: root.clone(), starts: vec![path.to_owned()], roots: Arc::default() };
    let depth = path.components().count() - root.path.components().count();
    walk.builder().max_depth(Some(depth)).build().flatten().any(|entry| entry.path() == path)
}

/// The parts of a root to be walked, for quick looking up.
struct Starts {
    starts: HashSet<PathBuf>,
    above: HashSet<PathBuf>,
}

impl Starts {
    fn new(starts: &[PathBuf]) -> Self {
        let above = starts.iter().flat_map(|start| start.ancestors().skip(1)).map(Path::to_owned).collect();
        Self { starts: starts.iter().cloned().collect(), above }
    }

    fn lead_to(&self, path: &Path) -> bool {
        self.above.contains(path) || path.ancestors().any(|above| self.starts.contains(above))
    }
}

fn stamp(metadata: &std::fs::Metadata) -> Stamp {
    let nanoseconds = |time: SystemTime| match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |nanos| -nanos),
    };
    let modified = metadata.modified().map_or(0, nanoseconds);
    let fresh = nanoseconds(SystemTime::now()).saturating_sub(modified) < FRESH_NANOSECONDS;
    Stamp { size: metadata.len(), modified: if fresh { 0 } else { modified } }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

fn is_gone(error: &ignore::Error) -> bool {
    error.io_error().is_some_and(|error| error.kind() == std::io::ErrorKind::NotFound)
}

fn problem(error: &ignore::Error) -> Problem {
    error.io_error().map_or_else(|| Problem::unreadable("io", error.to_string()), Problem::io)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let temporary = tempfile::tempdir().unwrap();
        for file in files {
            let path = temporary.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        temporary
    }

    fn root(path: &Path) -> Root {
        Root { id: 1, path: path.to_owned(), kind: RootKind::Folder, name: None, documents: 0, updated: None }
    }

    fn names(walk: &Walk) -> Vec<String> {
        let mut names = Vec::new();
        let _ = walk.run(&mut |found| {
            if let Found::File(file) = found {
                names.push(file.path.strip_prefix(&walk.root.path).unwrap().to_string_lossy().into_owned());
            }
            ControlFlow::Continue(())
        });
        names
    }

    /// What was told as ignored, folders with a slash behind.
    fn ignored(walk: &Walk) -> Vec<String> {
        let mut names = Vec::new();
        let _ = walk.run(&mut |found| {
            if let Found::Problem(file, problem) = found
                && problem.code == "ignored"
            {
                let name = file.path.strip_prefix(&walk.root.path).unwrap().to_string_lossy().into_owned();
                names.push(name + if problem.detail == "folder" { "/" } else { "" });
            }
            ControlFlow::Continue(())
        });
        names
    }

    #[test]
    fn hidden_and_ignored_files_and_other_roots_are_left_out() {
        let tree = tree(&["b.txt", "a/1.txt", ".hidden/x.txt", "skip/y.txt", "inner/z.txt", "c.log", "aliases.toml"]);
        std::fs::write(tree.path().join(".gitignore"), "skip/\n*.log\n").unwrap();
        let roots = Arc::new(HashSet::from([tree.path().to_owned(), tree.path().join("inner")]));
        let walk = Walk { root: root(tree.path()), starts: vec![tree.path().to_owned()], roots };
        assert_eq!(names(&walk), ["a/1.txt", "b.txt"]);
        assert_eq!(ignored(&walk), ["c.log", "skip/"], "what is hidden, the alias file and other roots are not told");
    }

    #[test]
    fn what_is_ignored_is_told_once_and_an_ignored_folder_is_one() {
        let tree = tree(&["a/1.txt", "a/x.log", "a/b/y.log", "out/1.txt", "out/deep/2.txt", "z.txt", "keep/k.log"]);
        std::fs::write(tree.path().join(".gitignore"), "*.log\nout/\n").unwrap();
        std::fs::write(tree.path().join("keep/.ignore"), "!k.log\n").unwrap();
        let whole = |starts: &[&str]| Walk {
            root: root(tree.path()),
            starts: starts.iter().map(|start| tree.path().join(start)).collect(),
            roots: Arc::default(),
        };
        assert_eq!(ignored(&whole(&[""])), ["a/b/y.log", "a/x.log", "out/"]);
        assert_eq!(names(&whole(&[""])), ["a/1.txt", "keep/k.log", "z.txt"]);
        assert_eq!(ignored(&whole(&["a/b"])), ["a/b/y.log"], "only what is walked");
        std::fs::remove_file(tree.path().join(".gitignore")).unwrap();
        assert_eq!(ignored(&whole(&[""])), [""; 0]);
    }

    #[test]
    fn a_part_of_a_root_is_walked_by_the_rules_of_the_root() {
        let tree = tree(&["a/1.txt", "a/2.log", "b/3.txt", ".hidden/x.txt"]);
        std::fs::write(tree.path().join(".gitignore"), "*.log\n").unwrap();
        let part = |name: &str| Walk {
            root: root(tree.path()),
            starts: vec![tree.path().join(name)],
            roots: Arc::new(HashSet::new()),
        };
        assert_eq!(names(&part("a")), ["a/1.txt"]);
        assert_eq!(names(&part("b/3.txt")), ["b/3.txt"]);
        let root = root(tree.path());
        let cases = [("a", true), ("a/1.txt", true), ("a/2.log", false), (".hidden", false), ("none", false)];
        for (name, reached) in cases {
            assert_eq!(reaches(&root, &tree.path().join(name)), reached, "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_named_and_not_followed() {
        let tree = tree(&["a/1.txt"]);
        std::os::unix::fs::symlink(tree.path(), tree.path().join("loop")).unwrap();
        let walk = Walk { root: root(tree.path()), starts: vec![tree.path().to_owned()], roots: Arc::default() };
        let mut problems = Vec::new();
        let _ = walk.run(&mut |found| {
            if let Found::Problem(_, problem) = found {
                problems.push(problem.code);
            }
            ControlFlow::Continue(())
        });
        assert_eq!(problems, ["link"]);
    }
}
