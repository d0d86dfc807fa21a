//! `lutrin list`: the documents, one a line; with `--not-read` the files that are none, and why.

use std::path::PathBuf;

use super::output::json;
use super::shelf::{self, Shelf, Told};
use super::{DONE, Desk, Failure, NOTHING, labelled, shown, whereabouts};
use crate::document::{DocumentKey, Summary};
use crate::library::Order;
use crate::locale::Message;
use crate::search::Sort;

/// How many are looked up at a time.
const STEP: usize = 512;

pub(super) fn answer(desk: &mut Desk, paths: &[PathBuf], json: bool, sort: Option<Sort>) -> Result<u8, Failure> {
    let shelf = shelf::open(desk, paths)?;
    let keys = shelf.library.keys(&shelf.scope, order(sort))?;
    for some in keys.chunks(STEP) {
        write_all(desk, &shelf.library.summaries(some)?, json)?;
    }
    desk.out.flush()?;
    if keys.is_empty() || !json {
        tell_rest(desk, &shelf, &keys)?;
    }
    Ok(shelf.status(status(&keys)))
}

/// The files that gave no document, by path.
pub(super) fn not_read(desk: &mut Desk, paths: &[PathBuf], json: bool) -> Result<u8, Failure> {
    let mut shelf = shelf::open(desk, paths)?;
    if shelf.told == Told::Unread {
        shelf.told = Told::Nothing; // it is what was asked for here
    }
    let problems = shelf.library.problems(&shelf.scope, usize::MAX)?;
    for (path, problem) in &problems {
        let message = desk.catalogue.say(&problem.message());
        if json {
            json::line(desk.out, &json::NotReadObject::of(path, problem, &message))?;
        } else {
            writeln!(desk.out, "{}", labelled(desk.catalogue, &shown(&path.to_string_lossy()), &message))?;
        }
    }
    Ok(shelf.status(if problems.is_empty() { NOTHING } else { DONE }))
}

/// What a list cannot show: that it is a part, and how many files gave no document.
fn tell_rest(desk: &mut Desk, shelf: &Shelf, keys: &[DocumentKey]) -> Result<(), Failure> {
    let not_read = shelf::not_read(shelf)?.files();
    if shelf.has_failed() || (shelf.complete && not_read == 0 && !keys.is_empty()) {
        return Ok(());
    }
    let documents = desk.catalogue.say(&Message::new("documents").with("documents", keys.len()));
    let mut pieces = vec![shelf.so_far(desk, documents)];
    if not_read > 0 {
        pieces.push(desk.catalogue.say(&Message::new("files-not-read").with("files", not_read)));
    }
    writeln!(desk.err, "{}", pieces.join(" · "))?;
    shelf::tell_not_read(desk, shelf, keys.len())
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

fn write_all(desk: &mut Desk, summaries: &[Summary], json: bool) -> Result<(), Failure> {
    for summary in summaries {
        if json {
            json::line(desk.out, &json::Listed::of(summary))?;
            continue;
        }
        let date = summary.date.as_deref().map_or_else(String::new, |date| format!(" ({})", desk.catalogue.date(date)));
        writeln!(desk.out, "{}: {}{date}", whereabouts(summary), shown(&summary.title))?;
    }
    Ok(())
}
