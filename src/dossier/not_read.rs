//! Words the library's reasons why files gave no document.

use std::path::PathBuf;

use crate::library::{NotRead, Problem, ProblemKind};
use crate::request::{UnreadFiles, UnreadGroup};
use crate::text::sanitize::sanitize;

/// How many there are by reason.
pub fn for_people(not_read: &NotRead) -> UnreadFiles {
    let group = |(problem, files): &(Problem, u64)| UnreadGroup {
        reason: problem.reason(),
        failed: problem.kind == ProblemKind::Unreadable,
        not_yet: problem.is_unsupported(),
        files: usize::try_from(*files).unwrap_or(usize::MAX),
        paths: Vec::new(),
    };
    UnreadFiles { groups: not_read.groups.iter().map(group).collect() }
}

/// The same with the paths of those that are named, safe to show.
pub fn with_paths(not_read: &NotRead, named: Vec<(PathBuf, Problem)>) -> UnreadFiles {
    let mut shown = for_people(not_read);
    for (path, problem) in named {
        let group = not_read.groups.iter().position(|(reason, _)| *reason == problem);
        if let Some(group) = group.and_then(|at| shown.groups.get_mut(at)) {
            group.paths.push(sanitize(&path.to_string_lossy()).into_owned());
        }
    }
    shown
}
