//! `lutrin index`: brings the index up to date and says what was added, changed, removed, and what gave no document and
//! why.

use std::path::PathBuf;

use super::shelf::Turn;
use super::{DONE, Desk, Failure, shelf, shown};
use crate::cli::ERROR_STATUS;
use crate::locale::Message;

pub(super) fn answer(desk: &mut Desk, paths: &[PathBuf], wait: bool) -> Result<u8, Failure> {
    let shelf = shelf::indexed(desk, paths, if wait { Turn::Wait } else { Turn::Refuse })?;
    let Some(progress) = &shelf.progress else { return Ok(shelf.status(DONE)) };
    let report = Message::new("index-report")
        .with("added", progress.added)
        .with("changed", progress.changed)
        .with("removed", progress.removed)
        .with("skipped", progress.skipped)
        .with("unreadable", progress.unreadable)
        .with("empty", progress.without_text);
    writeln!(desk.out, "{}", desk.catalogue.say(&report))?;
    for (path, problem) in shelf.library.problems(&shelf.scope, usize::MAX)? {
        let kind = desk.catalogue.text(format!("index-{}-one", problem.kind.name().replace('_', "-")));
        let reason = desk.catalogue.say(&problem.message());
        writeln!(desk.out, "{kind}: {}: {reason}", shown(&path.to_string_lossy()))?;
    }
    // What could not be kept was not indexed, however well it was read.
    Ok(shelf.status(if shelf.unkept { ERROR_STATUS } else { DONE }))
}
