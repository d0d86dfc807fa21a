//! Finds what a walk passes over by a rule of the dossier's own (`.gitignore`, `.ignore`): the entries of a folder that are
//! neither hidden nor met by the walk. A folder that is ignored is one entry, whatever lies in it, and is not entered; hidden
//! files and folders, the alias file and roots of their own are none. Only folders at and below one with rules are looked
//! into a second time, so that a tree without rules costs two questions a folder.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// The files that hold such rules.
const RULES: [&str; 2] = [".gitignore", ".ignore"];

/// What a walk has still to meet in the folders it is in. The walk goes in depth first: when it meets something that lies
/// in an outer folder, whatever is left of the inner ones was passed over.
pub(super) struct PassedOver<W> {
    /// Whether a path is the walk's business.
    wanted: W,
    open: Vec<OpenFolder>,
}

struct OpenFolder {
    path: PathBuf,
    /// Whether rules stand in it or above it.
    has_rules: bool,
    left: HashSet<OsString>,
}

impl<W: Fn(&Path) -> bool> PassedOver<W> {
    pub(super) fn new(wanted: W) -> Self {
        Self { wanted, open: Vec::new() }
    }

    /// The walk meets an entry, or what went wrong with it; what was passed over before it goes to `tell`, with whether it
    /// is a folder.
    pub(super) fn meet(
        &mut self,
        path: &Path,
        is_folder: bool,
        tell: &mut dyn FnMut(PathBuf, bool) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        while self.open.last().is_some_and(|folder| path.parent() != Some(&folder.path) && path != folder.path) {
            self.close(tell)?;
        }
        if let (Some(folder), Some(name)) = (self.open.last_mut(), path.file_name()) {
            folder.left.remove(name);
        }
        if is_folder {
            self.enter(path);
        }
        ControlFlow::Continue(())
    }

    /// The walk has ended.
    pub(super) fn end(&mut self, tell: &mut dyn FnMut(PathBuf, bool) -> ControlFlow<()>) -> ControlFlow<()> {
        while !self.open.is_empty() {
            self.close(tell)?;
        }
        ControlFlow::Continue(())
    }

    fn enter(&mut self, path: &Path) {
        let above = self.open.last().is_some_and(|folder| folder.has_rules);
        let has_rules = above || RULES.iter().any(|name| path.join(name).exists());
        let left = if has_rules { self.entries(path) } else { HashSet::new() };
        self.open.push(OpenFolder { path: path.to_owned(), has_rules, left });
    }

    fn entries(&self, folder: &Path) -> HashSet<OsString> {
        // A folder that cannot be read is told by the walk.
        let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
        let is_hidden = |name: &OsString| name.as_encoded_bytes().starts_with(b".");
        entries.filter(|name| !is_hidden(name) && (self.wanted)(&folder.join(name))).collect()
    }

    fn close(&mut self, tell: &mut dyn FnMut(PathBuf, bool) -> ControlFlow<()>) -> ControlFlow<()> {
        let Some(folder) = self.open.pop() else { return ControlFlow::Continue(()) };
        let mut left: Vec<PathBuf> = folder.left.iter().map(|name| folder.path.join(name)).collect();
        left.sort();
        for path in left {
            // What went away meanwhile was not passed over.
            if let Ok(metadata) = fs::symlink_metadata(&path) {
                tell(path, metadata.is_dir())?;
            }
        }
        ControlFlow::Continue(())
    }
}
