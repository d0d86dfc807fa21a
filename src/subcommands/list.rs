//! `lutrin list`: the documents, one a line; with `--not-read` the files that are none, and why.

use std::path::PathBuf;

use super::output::json;
use super::output::{CommandError, DONE, NOTHING, OutputContext, freshness, labelled, shown, whereabouts};
use super::output::{exit_status, has_failed, not_read as files_not_read};
use crate::document::{DocumentKey, Summary};
use crate::dossier::{OpenedDossier, Severity};
use crate::library::Order;
use crate::locale::Message;
use crate::search::Sort;

/// How many are looked up at a time.
const STEP: usize = 512;

pub(super) fn answer(
    output: &mut OutputContext,
    paths: &[PathBuf],
    json: bool,
    sort: Option<Sort>,
) -> Result<u8, CommandError> {
    let mut opened = output.open(paths, freshness(paths))?;
    let keys = opened.dossier.order(order(sort))?;
    for some in keys.chunks(STEP) {
        write_all(output, &opened.dossier.library.summaries(some)?, json)?;
    }
    output.out.flush()?;
    if keys.is_empty() || !json {
        report_rest(output, &opened, &keys)?;
    }
    Ok(exit_status(&opened, status(&keys)))
}

/// The files that gave no document, by path.
pub(super) fn not_read(output: &mut OutputContext, paths: &[PathBuf], json: bool) -> Result<u8, CommandError> {
    let mut opened = output.open(paths, freshness(paths))?;
    if opened.severity == Severity::UnreadFile {
        opened.severity = Severity::None; // unread files are what was asked for
    }
    let problems = opened.dossier.library.problems(&opened.dossier.scope, usize::MAX)?;
    for (path, problem) in &problems {
        let message = output.catalogue.say(&problem.message());
        if json {
            json::line(output.out, &json::NotReadObject::of(path, problem, &message))?;
        } else {
            writeln!(output.out, "{}", labelled(output.catalogue, &shown(&path.to_string_lossy()), &message))?;
        }
    }
    Ok(exit_status(&opened, if problems.is_empty() { NOTHING } else { DONE }))
}

/// What a list cannot show: that it is a part, and how many files gave no document.
fn report_rest(output: &mut OutputContext, opened: &OpenedDossier, keys: &[DocumentKey]) -> Result<(), CommandError> {
    let not_read = files_not_read(opened)?.files();
    if has_failed(opened) || (opened.complete && not_read == 0 && !keys.is_empty()) {
        return Ok(());
    }
    let documents = output.catalogue.say(&Message::new("documents").with("documents", keys.len()));
    let mut pieces = vec![output.so_far(opened, documents)];
    if not_read > 0 {
        pieces.push(output.catalogue.say(&Message::new("files-not-read").with("files", not_read)));
    }
    writeln!(output.err, "{}", pieces.join(" · "))?;
    output.report_not_read(opened, keys.len())
}

/// The catalogue's order for one that was asked for.
pub(super) fn order(sort: Option<Sort>) -> Order {
    match sort {
        None => Order::Path,
        Some(Sort::Title) => Order::Title,
        Some(Sort::Date | Sort::Relevance) => Order::Date,
    }
}

fn status(keys: &[DocumentKey]) -> u8 {
    if keys.is_empty() { NOTHING } else { DONE }
}

fn write_all(output: &mut OutputContext, summaries: &[Summary], json: bool) -> Result<(), CommandError> {
    for summary in summaries {
        if json {
            json::line(output.out, &json::Listed::of(summary))?;
            continue;
        }
        let date =
            summary.date.as_deref().map_or_else(String::new, |date| format!(" ({})", output.catalogue.date(date)));
        writeln!(output.out, "{}: {}{date}", whereabouts(summary), shown(&summary.title))?;
    }
    Ok(())
}
