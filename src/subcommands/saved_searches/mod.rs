//! `lutrin search --save` and `--saved`, `lutrin searches`: searches kept under a name in the notebook, run again over the
//! paths they were made over, saying what is new since they were looked at last.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use jiff::Timestamp;

use super::output::json;
use super::output::json::{Said, SavedObject};
use super::search::{self, Asked};
use super::shelf::{self, Shelf, Told, Turn};
use super::{DONE, Desk, Failure, NOTHING, labelled, shown};
use crate::cli::{Again, ERROR_STATUS};
use crate::document::DocumentKey;
use crate::dossier::DossierError;
use crate::dossier::{Dossier, saved_searches};
use crate::index::Index;
use crate::library::{Library, Order, Scope};
use crate::locale::Message;
use crate::notebook::{Known, Notebook, SavedSearch};
use crate::search::Sort;
use crate::search::saved::{SaveSearchRequest, mark, marked};
use crate::search::{Cancel, LastWord, parse};

/// What a saved search had found when it was looked at last.
pub(super) struct News {
    name: String,
    notebook: Notebook,
    known: Known,
    /// Whether only what is new is told.
    pub(super) only: bool,
}

impl News {
    /// Which of these documents are new.
    pub(super) fn among(&self, of: &Shelf, found: &[DocumentKey]) -> Result<HashSet<DocumentKey>, Failure> {
        let found = saved_searches::fingerprints(&of.library, found)?.into_iter();
        Ok(found.filter(|document| !document.is_known(&self.known)).map(|document| document.key).collect())
    }

    /// These documents were told: from now on they are known.
    pub(super) fn told(&self, of: &Shelf, told: &[DocumentKey]) -> Result<(), Failure> {
        let known = saved_searches::fingerprints(&of.library, told)?.into_iter();
        let known: Vec<u64> = known.map(|document| document.fingerprint).collect();
        Ok(self.notebook.look_at_search(&self.name, &known, Timestamp::now().as_millisecond())?)
    }
}

/// Runs a saved search again.
pub(super) fn again(desk: &mut Desk, again: &Again) -> Result<u8, Failure> {
    let notebook = notebook(desk)?;
    let Some((saved, known)) = notebook.search(&again.name)? else { return Err(unknown(&again.name)) };
    let news = News { name: saved.name.clone(), notebook, known, only: again.only_new };
    let asked = Asked {
        query: &saved.source,
        paths: &saved.scope,
        limit: again.limit,
        sort: again.sort.or_else(|| Sort::from_name(&saved.sort)),
        spelling: saved_searches::spelling(&saved),
        save: None,
        news: Some(&news),
    };
    search::answer(desk, &asked, again.json)
}

/// Keeps a search with what it found. Says so on standard error.
pub(super) fn keep(
    desk: &mut Desk,
    shelf: &Shelf,
    (name, asked): (&str, &Asked),
    found: Vec<DocumentKey>,
) -> Result<(), Failure> {
    if name.trim().is_empty() {
        return Err(Failure::Said(Message::new("save-no-name")));
    }
    if shelf.library.is_in_memory() {
        return Err(Failure::Said(Message::new("search-not-kept").with("name", shown(name))));
    }
    let keeping = SaveSearchRequest {
        name: name.trim().to_owned(),
        source: asked.query.to_owned(),
        sort: asked.sort.unwrap_or(Sort::Relevance),
        spelling: asked.spelling.clone(),
        found: found.into(),
    };
    let dossier = Dossier::new(shelf.library.clone(), shelf.index.clone(), shelf.scope.clone());
    dossier.with_notebook(notebook(desk)?).save_search(&keeping)?;
    let marked = marked(&keeping.source, desk.catalogue);
    Ok(desk.tell(&Message::new("search-kept").with("name", shown(&keeping.name)).with("marked", marked))?)
}

/// `lutrin searches`: every saved search with how many documents it finds in its paths brought up to date, and how many of
/// them are new.
pub(super) fn list(desk: &mut Desk, json: bool) -> Result<u8, Failure> {
    let notebook = notebook(desk)?;
    let searches = notebook.searches()?;
    if searches.is_empty() {
        if !json {
            desk.tell(&Message::new("searches-none-yet"))?;
        }
        return Ok(NOTHING);
    }
    let Some((library, index)) = shelf::kept(desk, Turn::ReadAlong)? else { return Ok(ERROR_STATUS) };
    let mut shelves: HashMap<Vec<PathBuf>, Shelf> = HashMap::new();
    for search in searches {
        let shelf = match shelves.entry(search.scope.clone()) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(fresh(desk, &library, &index, &search)?),
        };
        let known = notebook.search(&search.name)?.map(|(_, known)| known).unwrap_or_default();
        let found = found(desk, shelf, &search)?;
        let new = saved_searches::fingerprints(&shelf.library, &found)?;
        let new = new.iter().filter(|document| !document.is_known(&known)).count();
        tell(desk, (&search, shelf), (found.len(), new), json)?;
    }
    Ok(if shelves.values().any(Shelf::has_failed) { ERROR_STATUS } else { DONE })
}

/// What a saved search looks through, up to date; where a path is gone, that is told, and what was read of it once counts.
fn fresh(desk: &mut Desk, library: &Library, index: &Index, search: &SavedSearch) -> Result<Shelf, Failure> {
    let (_, missing) = library.scope(&search.scope);
    for error in &missing {
        desk.tell(&error.message())?;
    }
    let scope = Scope::of(search.scope.iter().cloned());
    if missing.is_empty() {
        return shelf::up_to_date(desk, library, index.clone(), scope);
    }
    let shelf = shelf::filled(desk, library, index.clone(), scope)?;
    Ok(Shelf { told: Told::Error, ..shelf })
}

/// What a saved search finds in its paths.
fn found(desk: &Desk, shelf: &Shelf, search: &SavedSearch) -> Result<Vec<DocumentKey>, Failure> {
    let query = parse(&search.source, LastWord::Whole).0;
    let query = shelf.widened(&shelf.aliases(desk)?.0, query, &saved_searches::spelling(search))?;
    let hits = shelf.index.search(&query, &Cancel::never()).map_err(DossierError::from)?.unwrap_or_default();
    let hits: HashSet<DocumentKey> = hits.into_iter().map(|hit| hit.document).collect();
    let keys = shelf.library.keys(&shelf.scope, Order::Path)?;
    Ok(keys.into_iter().filter(|key| hits.contains(key)).collect())
}

fn tell(
    desk: &mut Desk,
    (search, shelf): (&SavedSearch, &Shelf),
    (documents, new): (usize, usize),
    json: bool,
) -> Result<(), Failure> {
    if json {
        let looked = Timestamp::from_millisecond(search.looked).map(|at| at.to_string()).unwrap_or_default();
        let paths = search.scope.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        let SavedSearch { name, source, .. } = search;
        let hints = parse(source, LastWord::Whole).1.into_iter();
        let hints = hints.map(|one| Said::of(desk.catalogue, "hint", one.code, &one.detail)).collect();
        let complete = shelf.complete;
        let object = SavedObject { name, query: source, hints, documents, new, looked, paths, complete };
        return Ok(json::line(desk.out, &object)?);
    }
    let catalogue = desk.catalogue;
    let found = catalogue.say(&Message::new("documents").with("documents", documents));
    let mut pieces = vec![shelf.so_far(desk, found)];
    if new > 0 {
        pieces.push(catalogue.say(&Message::new("new-documents").with("documents", new)));
    }
    let moment = catalogue.moment(&saved_searches::last_viewed(search));
    pieces.push(catalogue.say(&Message::new("search-looked").with("moment", moment)));
    pieces.extend(mark(&search.source).map(|mark| catalogue.say(&mark)));
    let source = if search.source == search.name { String::new() } else { format!(" ({})", shown(&search.source)) };
    let name = shown(&search.name) + &source;
    writeln!(desk.out, "{}", labelled(catalogue, &name, &pieces.join(" · ")))?;
    Ok(())
}

/// `lutrin searches --forget NAME`.
pub(super) fn forget(desk: &mut Desk, name: &str) -> Result<u8, Failure> {
    if !notebook(desk)?.forget_search(name)? {
        return Err(unknown(name));
    }
    desk.tell(&Message::new("search-forgotten").with("name", shown(name)))?;
    Ok(DONE)
}

fn notebook(desk: &Desk) -> Result<Notebook, Failure> {
    let home = desk.home.clone()?;
    home.make()?;
    Ok(Notebook::open(&home.notebook())?)
}

fn unknown(name: &str) -> Failure {
    Failure::Said(Message::new("search-unknown").with("name", shown(name)))
}

#[cfg(test)]
mod tests;
