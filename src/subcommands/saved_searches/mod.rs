//! `lutrin search --save` and `--saved`, `lutrin searches`: saved searches of the notebook, run again over their paths,
//! with the hits that are new since they were shown last.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::PathBuf;

use jiff::Timestamp;

use super::output::has_failed;
use super::output::json;
use super::output::json::{Said, SavedObject};
use super::output::{CommandError, DONE, NOTHING, OutputContext, labelled, shown};
use super::search::{self, Printed, SearchArguments, Seen};
use crate::cli::{Again, ERROR_STATUS};
use crate::document::DocumentKey;
use crate::dossier::saved_searches::last_viewed;
use crate::dossier::{IfBusy, OpenedDossier, Severity};
use crate::index::Index;
use crate::library::{Library, Scope};
use crate::locale::Message;
use crate::notebook::{Notebook, StoredSearch};
use crate::search::saved::{SavedSearch, mark, marked};
use crate::search::{LastWord, Sort, parse};

/// Runs a saved search again; the documents that were printed are known from now on.
pub(super) fn again(output: &mut OutputContext, again: &Again) -> Result<u8, CommandError> {
    let notebook = notebook(output)?;
    let Some((StoredSearch { search: saved, scope, .. }, known)) = notebook.search(&again.name)? else {
        return Err(unknown(&again.name));
    };
    let asked = SearchArguments {
        query: &saved.source,
        paths: &scope,
        limit: again.limit,
        sort: again.sort.or(Some(saved.sort)),
        spelling: saved.spelling.clone(),
        seen: Some(Seen { known: &known, only_new: again.only_new }),
    };
    let Printed { opened, status, found } = search::answer(output, &asked, again.json)?;
    let printed: Vec<DocumentKey> = found.iter().filter(|(_, printed)| *printed).map(|(key, _)| *key).collect();
    opened.dossier.with_notebook(notebook).mark_viewed(&saved.name, &printed)?;
    Ok(status)
}

/// Searches, prints the hits and saves the search under a name. Reports that on standard error.
pub(super) fn search_and_save(
    output: &mut OutputContext,
    name: &str,
    asked: &SearchArguments,
    json: bool,
) -> Result<u8, CommandError> {
    let Printed { opened, status, found } = search::answer(output, asked, json)?;
    let name = name.trim();
    if name.is_empty() {
        return Err(CommandError::Worded(Message::new("save-no-name")));
    }
    if opened.dossier.library.is_in_memory() {
        return Err(CommandError::Worded(Message::new("search-not-kept").with("name", shown(name))));
    }
    let marked = marked(asked.query, output.catalogue);
    let search = SavedSearch {
        name: name.to_owned(),
        source: asked.query.to_owned(),
        sort: asked.sort.unwrap_or(Sort::Relevance),
        spelling: asked.spelling.clone(),
    };
    let found: Vec<DocumentKey> = found.into_iter().map(|(key, _)| key).collect();
    opened.dossier.with_notebook(notebook(output)?).save_search(search, &found)?;
    output.report(&Message::new("search-kept").with("name", shown(name)).with("marked", marked))?;
    Ok(status)
}

/// `lutrin searches`: every saved search with how many documents it finds in its paths brought up to date, and how many of
/// them are new.
pub(super) fn list(output: &mut OutputContext, json: bool) -> Result<u8, CommandError> {
    let notebook = notebook(output)?;
    let searches = notebook.searches()?;
    if searches.is_empty() {
        if !json {
            output.report(&Message::new("searches-none-yet"))?;
        }
        return Ok(NOTHING);
    }
    let Some((library, index)) = output.opening(|context| context.stored(IfBusy::UseStored))? else {
        return Ok(ERROR_STATUS);
    };
    let mut dossiers: HashMap<Vec<PathBuf>, OpenedDossier> = HashMap::new();
    for stored in searches {
        let opened = match dossiers.entry(stored.scope.clone()) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(fresh(output, &library, &index, &stored.scope)?),
        };
        let known = notebook.search(&stored.search.name)?.map(|(_, known)| known).unwrap_or_default();
        let counts = opened.dossier.count_saved(&stored.search, &known)?;
        report(output, (&stored, opened), counts, json)?;
    }
    Ok(if dossiers.values().any(has_failed) { ERROR_STATUS } else { DONE })
}

/// The paths of a saved search, up to date. A path that is gone is reported; its documents count as they were read last.
fn fresh(
    output: &mut OutputContext,
    library: &Library,
    index: &Index,
    paths: &[PathBuf],
) -> Result<OpenedDossier, CommandError> {
    let (_, missing) = library.scope(paths);
    for error in &missing {
        output.report(&error.message())?;
    }
    let scope = Scope::of(paths.iter().cloned());
    if missing.is_empty() {
        return output.opening(|context| context.up_to_date(library, index.clone(), scope, IfBusy::UseStored));
    }
    let opened = output.opening(|context| context.complete(library, index.clone(), scope))?;
    Ok(OpenedDossier { severity: Severity::Error, ..opened })
}

/// Prints one saved search with its counts.
fn report(
    output: &mut OutputContext,
    (stored, opened): (&StoredSearch, &OpenedDossier),
    (documents, new): (usize, usize),
    json: bool,
) -> Result<(), CommandError> {
    let StoredSearch { search, scope, looked } = stored;
    if json {
        let looked = Timestamp::from_millisecond(*looked).map(|at| at.to_string()).unwrap_or_default();
        let paths = scope.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        let SavedSearch { name, source, .. } = search;
        let hints = parse(source, LastWord::Whole).1.into_iter();
        let hints = hints.map(|one| Said::of(output.catalogue, "hint", one.code, &one.detail)).collect();
        let complete = opened.complete;
        let object = SavedObject { name, query: source, hints, documents, new, looked, paths, complete };
        return Ok(json::line(output.out, &object)?);
    }
    let catalogue = output.catalogue;
    let found = catalogue.say(&Message::new("documents").with("documents", documents));
    let mut pieces = vec![output.so_far(opened, found)];
    if new > 0 {
        pieces.push(catalogue.say(&Message::new("new-documents").with("documents", new)));
    }
    let moment = catalogue.moment(&last_viewed(stored));
    pieces.push(catalogue.say(&Message::new("search-looked").with("moment", moment)));
    pieces.extend(mark(&search.source).map(|mark| catalogue.say(&mark)));
    let source = if search.source == search.name { String::new() } else { format!(" ({})", shown(&search.source)) };
    let name = shown(&search.name) + &source;
    writeln!(output.out, "{}", labelled(catalogue, &name, &pieces.join(" · ")))?;
    Ok(())
}

/// `lutrin searches --forget NAME`.
pub(super) fn forget(output: &mut OutputContext, name: &str) -> Result<u8, CommandError> {
    if !notebook(output)?.forget_search(name)? {
        return Err(unknown(name));
    }
    output.report(&Message::new("search-forgotten").with("name", shown(name)))?;
    Ok(DONE)
}

fn notebook(output: &OutputContext) -> Result<Notebook, CommandError> {
    let home = output.home.clone()?;
    home.make()?;
    Ok(Notebook::open(&home.notebook())?)
}

fn unknown(name: &str) -> CommandError {
    CommandError::Worded(Message::new("search-unknown").with("name", shown(name)))
}

#[cfg(test)]
mod tests;
