//! The dossier and saved searches: keeping what is on the screen under a name, and telling what is new since a search was
//! looked at last. A search is of this dossier when it was made over the same paths; what others find is not told here.
//!
//! **What is new**: a document that answers now and did not at any look before, or whose words have changed since. When a
//! saved search is run its state is renewed at once, but as long as this process lives, what is new is told by what was
//! known when it was first run here: marks do not go while one reads. The list of searches counts only what nobody has
//! looked at yet.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use super::Dossier;
use super::aliases::widened;
use super::clock;
use crate::app::{self, Event, Keeping, SearchRow};
use crate::document::DocumentKey;
use crate::library::{Identity, Library, LibraryError, Scope};
use crate::locale::Message;
use crate::notebook::{Known, Notebook, SavedSearch, fingerprint};
use crate::search::Sort;
use crate::search::{Cancel, LastWord, Spelling, parse};
use crate::text::sanitize::sanitize;

/// A document with what saved searches know it by.
#[derive(Clone, Debug)]
pub struct Fingerprinted {
    /// Its key today.
    pub key: DocumentKey,
    /// A hash of its id and its words.
    pub fingerprint: u64,
    identity: Identity,
}

impl Fingerprinted {
    /// Whether a saved search knows it. One that was kept before ids were absolute knows it by one relative to its root.
    pub fn is_known(&self, known: &Known) -> bool {
        let relative = |id: String| known.has(fingerprint(&id, self.identity.content));
        known.has(self.fingerprint) || self.identity.relative_ids().any(relative)
    }
}

/// By what each of these documents is known to saved searches; those that are gone are left out.
pub fn fingerprints(library: &Library, keys: &[DocumentKey]) -> Result<Vec<Fingerprinted>, LibraryError> {
    let identities = library.identities(keys)?.into_iter();
    let known_by = |identity: Identity| Fingerprinted {
        key: identity.key,
        fingerprint: fingerprint(&identity.id, identity.content),
        identity,
    };
    Ok(identities.map(known_by).collect())
}

/// A search as the notebook keeps it.
pub fn saved(keeping: &Keeping, scope: &Scope) -> SavedSearch {
    SavedSearch {
        name: keeping.name.clone(),
        source: keeping.source.clone(),
        sort: keeping.sort.name().to_owned(),
        as_typed: keeping.spelling.as_typed,
        without: keeping.spelling.without.clone(),
        scope: paths(scope),
        looked: Timestamp::now().as_millisecond(),
    }
}

/// Which other spellings a saved search leaves out.
pub fn spelling(search: &SavedSearch) -> Spelling {
    Spelling { as_typed: search.as_typed, without: search.without.clone() }
}

/// When a saved search was looked at, as a local date and time.
pub fn looked(search: &SavedSearch) -> String {
    Timestamp::from_millisecond(search.looked).map_or_else(|_| String::new(), clock::local)
}

/// Keeps a search with what it found.
pub fn keep(
    notebook: &Notebook,
    library: &Library,
    search: &SavedSearch,
    found: &[DocumentKey],
) -> Result<(), Message> {
    let known = fingerprints(library, found).map_err(|error| error.message())?;
    let known = Known::of(known.into_iter().map(|document| document.fingerprint));
    match notebook.keep_search(search, &known) {
        Ok(true) => Ok(()),
        Ok(false) => Err(Message::new("search-name-taken").with("name", search.name.clone())),
        Err(error) => Err(error.message()),
    }
}

/// The paths of a scope as the notebook keeps them; none for everything.
pub(crate) fn paths(scope: &Scope) -> Vec<PathBuf> {
    scope.paths().unwrap_or_default().to_vec()
}

impl Dossier {
    /// Keeps the search that is on the screen.
    pub fn save_search(&mut self, keeping: &Keeping) -> Event {
        let search = saved(keeping, &self.scope);
        let kept = keep(&self.notebook, &self.library, &search, &keeping.found);
        // From here on what is new is new since now.
        self.looked_at.remove(&keeping.name);
        let kept = kept.map(|()| self.notebook.is_in_memory());
        Event::SearchSaved { name: keeping.name.clone(), kept }
    }

    /// Every saved search, not yet counted.
    pub fn saved_searches(&mut self) -> Event {
        let row = |search: SavedSearch| SearchRow {
            elsewhere: (search.scope != paths(&self.scope)).then(|| shown(&search.scope)),
            sort: Sort::from_name(&search.sort).unwrap_or(Sort::Relevance),
            spelling: spelling(&search),
            looked: looked(&search),
            mark: app::mark(&search.source),
            name: search.name,
            source: search.source,
            counts: None,
        };
        match self.notebook.searches() {
            Ok(searches) => Event::SearchesListed(searches.into_iter().map(row).collect()),
            Err(error) => Event::Failed(error.message()),
        }
    }

    /// How many documents a saved search finds, and how many of them are new; nothing for one of another dossier.
    pub fn count_search(&mut self, name: &str) -> Option<Event> {
        let (search, known) = self.notebook.search(name).ok().flatten()?;
        if search.scope != paths(&self.scope) {
            return None;
        }
        let query = parse(&search.source, LastWord::Whole).0;
        let (aliases, _) = self.aliases();
        let selection = self.selection().ok()?;
        let query = widened(&self.index, &aliases, query, &spelling(&search), &selection).ok()?;
        let hits = self.index.search(&query, &Cancel::never()).ok()??;
        let found = self.sorted(&hits, Sort::Relevance).ok()?;
        let found = fingerprints(&self.library, &found).ok()?;
        let new = found.iter().filter(|document| !document.is_known(&known)).count();
        Some(Event::SearchCounted { name: name.to_owned(), documents: found.len(), new })
    }

    /// A saved search is on the screen: tells what is new, and renews what it is known to have found.
    pub fn look_at_search(&mut self, name: &str, found: &[DocumentKey]) -> Event {
        match self.news(name, found) {
            Ok(new) => Event::NewFound { name: name.to_owned(), new: Arc::new(new) },
            Err(message) => Event::Failed(message),
        }
    }

    fn news(&mut self, name: &str, found: &[DocumentKey]) -> Result<HashSet<DocumentKey>, Message> {
        let found = fingerprints(&self.library, found).map_err(|error| error.message())?;
        let search = self.notebook.search(name).map_err(|error| error.message())?;
        let Some((_, known)) = search else { return Ok(HashSet::new()) };
        let known = self.looked_at.entry(name.to_owned()).or_insert(known);
        let new = found.iter().filter(|document| !document.is_known(known)).map(|document| document.key).collect();
        let all: Vec<u64> = found.into_iter().map(|document| document.fingerprint).collect();
        let now = Timestamp::now().as_millisecond();
        self.notebook.look_at_search(name, &all, now).map_err(|error| error.message())?;
        Ok(new)
    }

    /// Gives a saved search another name.
    pub fn rename_search(&mut self, name: &str, new: &str) -> Event {
        match self.notebook.rename_search(name, new) {
            Ok(true) => {
                if let Some(known) = self.looked_at.remove(name) {
                    self.looked_at.insert(new.to_owned(), known);
                }
                self.saved_searches()
            }
            Ok(false) => Event::Failed(Message::new("search-name-taken").with("name", new)),
            Err(error) => Event::Failed(error.message()),
        }
    }

    /// Forgets a saved search.
    pub fn forget_search(&mut self, name: &str) -> Event {
        self.looked_at.remove(name);
        match self.notebook.forget_search(name) {
            Ok(_) => self.saved_searches(),
            Err(error) => Event::Failed(error.message()),
        }
    }
}

/// Paths on one line.
fn shown(paths: &[PathBuf]) -> String {
    let each = paths.iter().map(|path| sanitize(&path.to_string_lossy()).replace(['\n', '\t'], " "));
    each.collect::<Vec<_>>().join(" ")
}
