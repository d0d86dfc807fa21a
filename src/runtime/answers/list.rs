//! `lutrin list`: the documents, one a line.

use std::path::PathBuf;

use super::{DONE, Desk, Failure, NOTHING, json, shelf, shown, whereabouts};
use crate::config::Sort;
use crate::document::{DocumentKey, Summary};
use crate::library::Order;

/// How many are looked up at a time.
const STEP: usize = 512;

pub(super) fn answer(desk: &mut Desk, paths: &[PathBuf], json: bool, sort: Option<Sort>) -> Result<u8, Failure> {
    let shelf = shelf::open(desk, paths, false)?;
    let keys = shelf.library.keys(&shelf.scope, order(sort))?;
    for some in keys.chunks(STEP) {
        write_all(desk, &shelf.library.summaries(some)?, json)?;
    }
    Ok(shelf.status(status(&keys)))
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
