//! Which entries below a named folder are left out: hidden ones, and those that `.gitignore` and `.ignore` files name.
//!
//! The rules below a folder depend on the files alone, above all not on what was named before. The ignore files of the
//! folder and of those below it apply, and those of its parents up to the top of the repository that contains it (the
//! nearest folder with a `.git`); outside a repository the named folder is the top. The named folder itself is never left
//! out. As in git a deeper file overrides a higher one and the last matching line decides; as in ripgrep `.ignore`
//! overrides `.gitignore`, and `!name` also restores hidden entries. Git's settings outside the tree (`core.excludesFile`,
//! `.git/info/exclude`) apply to one machine and are not read.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// The most bytes that are read of an ignore file; a longer one holds no list of names.
const MOST_BYTES: u64 = 1 << 20;

/// What holds for the entries of one folder. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules {
    /// The ignore files that hold, the highest first.
    layers: Vec<Arc<Layer>>,
}

/// Why an entry is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LeftOut {
    /// Its name begins with a dot, whether or not a rule names it too.
    Hidden,
    /// A rule of the dossier's own names it.
    Ignored,
}

/// The ignore files of one folder.
#[derive(Debug)]
struct Layer {
    /// `.ignore`.
    own: Gitignore,
    /// `.gitignore`.
    git: Gitignore,
}

impl Rules {
    /// What holds for the entries of a folder that was named.
    pub(super) fn of_named(folder: &Path) -> Self {
        let mut rules = Self::default();
        let top = repository(folder).unwrap_or(folder);
        let mut chain: Vec<&Path> = folder.ancestors().take_while(|above| above.starts_with(top)).collect();
        chain.reverse();
        for folder in chain {
            rules.add(folder);
        }
        rules
    }

    /// What holds for the entries of a folder in this one.
    #[must_use]
    pub(super) fn inside(&self, folder: &Path) -> Self {
        let mut rules = self.clone();
        rules.add(folder);
        rules
    }

    /// Whether an entry is left out, with everything below it, and why.
    pub(super) fn leave_out(&self, path: &Path, is_folder: bool) -> Option<LeftOut> {
        let is_left_out = self.is_left_out(path, is_folder);
        is_left_out.then(|| if is_hidden(path) { LeftOut::Hidden } else { LeftOut::Ignored })
    }

    fn is_left_out(&self, path: &Path, is_folder: bool) -> bool {
        let decided = |file: fn(&Layer) -> &Gitignore| {
            self.layers.iter().rev().map(|layer| file(layer).matched(path, is_folder)).find(|found| !found.is_none())
        };
        match decided(|layer| &layer.own).or_else(|| decided(|layer| &layer.git)) {
            Some(found) => found.is_ignore(),
            None => is_hidden(path),
        }
    }

    fn add(&mut self, folder: &Path) {
        let layer = Layer { own: read(folder, ".ignore"), git: read(folder, ".gitignore") };
        if !layer.own.is_empty() || !layer.git.is_empty() {
            self.layers.push(Arc::new(layer));
        }
    }
}

/// Whether a file or folder counts below a folder above it that was named.
pub(super) fn counts_below(named: &Path, path: &Path, is_folder: bool) -> bool {
    let Ok(way) = path.strip_prefix(named) else { return false };
    let mut rules = Rules::of_named(named);
    let mut at = PathBuf::from(named);
    let mut left = way.components().count();
    for component in way.components() {
        at.push(component);
        left -= 1;
        if rules.is_left_out(&at, left > 0 || is_folder) {
            return false;
        }
        if left > 0 {
            rules.add(&at);
        }
    }
    true
}

/// The top folder of the repository that contains a folder: in a worktree or submodule `.git` is a file.
fn repository(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|above| above.join(".git").symlink_metadata().is_ok())
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// The rules of one file; none for anything but a regular file, because opening a pipe or a device could block.
fn read(folder: &Path, name: &str) -> Gitignore {
    let path = folder.join(name);
    let is_list = fs::metadata(&path).is_ok_and(|about| about.is_file() && about.len() <= MOST_BYTES);
    if !is_list {
        return Gitignore::empty();
    }
    let mut bytes = Vec::new();
    let bounded = File::open(&path).and_then(|file| file.take(MOST_BYTES).read_to_end(&mut bytes));
    if bounded.is_err() {
        return Gitignore::empty();
    }
    let text = String::from_utf8_lossy(bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes));
    let mut builder = GitignoreBuilder::new(folder);
    for line in text.lines() {
        let _ = builder.add_line(None, line); // a line that is no pattern costs the others nothing, as in git
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
        let temporary = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = temporary.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        temporary
    }

    fn counts(tree: &tempfile::TempDir, named: &str, file: &str) -> bool {
        counts_below(&tree.path().join(named), &tree.path().join(file), false)
    }

    #[test]
    fn rules_of_parents_hold_up_to_the_top_of_the_repository() {
        let tree = tree(&[(".gitignore", "*.md\n"), ("o/.git/HEAD", ""), ("o/.gitignore", "*.log\n")]);
        assert!(!counts(&tree, "o", "o/sub/x.log"));
        assert!(!counts(&tree, "o/sub", "o/sub/x.log"));
        assert!(counts(&tree, "o/sub", "o/sub/x.md"), "what stands above the repository does not hold in it");
        assert!(!counts(&tree, "", "o/sub/x.md"));
    }

    #[test]
    fn outside_a_repository_the_named_folder_is_the_top() {
        let tree = tree(&[("o/.gitignore", "*.log\n")]);
        assert!(!counts(&tree, "o", "o/sub/x.log"));
        assert!(counts(&tree, "o/sub", "o/sub/x.log"));
    }

    #[test]
    fn a_named_folder_is_never_left_out_and_hidden_ones_below_it_are() {
        let tree = tree(&[(".git/HEAD", ""), (".gitignore", "build/\n")]);
        assert!(counts(&tree, "build", "build/x.txt"));
        assert!(!counts(&tree, "", "build/x.txt"));
        assert!(counts(&tree, ".notes", ".notes/x.txt"));
        assert!(!counts(&tree, "", ".notes/x.txt"));
        assert!(!counts(&tree, ".notes", ".notes/.y/x.txt"));
    }

    #[test]
    fn the_nearest_rule_decides_and_ignore_outweighs_gitignore() {
        let tree = tree(&[
            (".gitignore", "*.log\n.*\n"),
            ("a/.gitignore", "!keep.log\n"),
            ("b/.gitignore", "!keep.log\n"),
            ("b/.ignore", "keep.log\n"),
            ("c/.gitignore", "!.kept\n"),
        ]);
        assert!(counts(&tree, "", "a/keep.log"));
        assert!(!counts(&tree, "", "a/other.log"));
        assert!(!counts(&tree, "", "b/keep.log"));
        assert!(counts(&tree, "", "c/.kept"));
    }

    #[test]
    fn a_pattern_that_is_none_costs_the_others_nothing() {
        let tree = tree(&[(".gitignore", "\u{feff}*.log\n[z-a]{\n*.tmp\n")]);
        assert!(!counts(&tree, "", "x.log") && !counts(&tree, "", "x.tmp") && counts(&tree, "", "x.txt"));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_holds_no_rules() {
        let tree = tree(&[("x.txt", "")]);
        std::os::unix::fs::symlink("/dev/zero", tree.path().join(".gitignore")).unwrap();
        assert!(counts(&tree, "", "x.txt"));
    }
}
