//! `lutrin index`: brings the index up to date and prints the numbers of added, changed and removed documents, and the
//! files that gave none with their reasons.

use std::path::PathBuf;

use super::output::exit_status;
use super::output::{CommandError, DONE, OutputContext, shown};
use crate::cli::ERROR_STATUS;
use crate::dossier::{Freshness, IfBusy};
use crate::locale::Message;

pub(super) fn answer(output: &mut OutputContext, paths: &[PathBuf], wait: bool) -> Result<u8, CommandError> {
    let busy = if wait { IfBusy::Wait } else { IfBusy::Refuse };
    let opened = output.open(paths, Freshness::UpToDate(busy))?;
    let Some(progress) = &opened.progress else { return Ok(exit_status(&opened, DONE)) };
    let report = Message::new("index-report")
        .with("added", progress.added)
        .with("changed", progress.changed)
        .with("removed", progress.removed)
        .with("skipped", progress.skipped)
        .with("unreadable", progress.unreadable)
        .with("empty", progress.without_text);
    writeln!(output.out, "{}", output.catalogue.say(&report))?;
    for (path, problem) in opened.dossier.library.problems(&opened.dossier.scope, usize::MAX)? {
        let kind = output.catalogue.text(format!("index-{}-one", problem.kind.name().replace('_', "-")));
        let reason = output.catalogue.say(&problem.message());
        writeln!(output.out, "{kind}: {}: {reason}", shown(&path.to_string_lossy()))?;
    }
    // What cannot be stored was not indexed, however well it was read.
    Ok(exit_status(&opened, if opened.unkept { ERROR_STATUS } else { DONE }))
}
