//! Saved searches: saves a search under a name, and finds out which hits are new since its hits were shown last. A search
//! belongs to this dossier if it was saved over the same paths; hits of other searches are not counted here.
//!
//! **New** is a hit that was not shown before, or whose words have changed since. When a saved search is run, all its hits
//! are stored as known at once, but as long as this process lives, hits are compared with what was known when the search
//! was first run here: the marks of new documents do not disappear while a person reads. The list of searches counts only
//! hits that were never shown.

use std::collections::HashSet;
use std::path::PathBuf;

use jiff::Timestamp;

use super::clock;
use super::{Dossier, DossierError, SearchRequest};
use crate::document::DocumentKey;
use crate::library::{Identity, Library, LibraryError, Scope};
use crate::locale::Message;
use crate::notebook::{SeenDocuments, StoredSearch, fingerprint};
use crate::search::saved::{SavedSearch, SavedSearchRow, mark};
use crate::search::{Cancel, LastWord, Sort};
use crate::text::sanitize::sanitize;

/// A document with the fingerprint by which saved searches recognise it.
pub(crate) struct Fingerprinted {
    /// Its present key.
    pub(crate) key: DocumentKey,
    /// A hash of its id and its words.
    pub(crate) fingerprint: u64,
    identity: Identity,
}

impl Fingerprinted {
    /// Whether a saved search has seen it. A search saved before ids became absolute has seen it under an id relative to
    /// its root.
    pub(crate) fn is_known(&self, known: &SeenDocuments) -> bool {
        let relative = |id: String| known.has(fingerprint(&id, self.identity.content));
        known.has(self.fingerprint) || self.identity.relative_ids().any(relative)
    }
}

/// Fingerprints by which saved searches recognise documents. Documents that are gone are skipped.
pub(crate) fn fingerprints(library: &Library, keys: &[DocumentKey]) -> Result<Vec<Fingerprinted>, LibraryError> {
    let identities = library.identities(keys)?.into_iter();
    let known_by = |identity: Identity| Fingerprinted {
        key: identity.key,
        fingerprint: fingerprint(&identity.id, identity.content),
        identity,
    };
    Ok(identities.map(known_by).collect())
}

/// Local date and time when the hits of a saved search were shown last.
pub fn last_viewed(search: &StoredSearch) -> String {
    Timestamp::from_millisecond(search.looked).map_or_else(|_| String::new(), clock::local)
}

/// The paths of a scope as the notebook stores them; none for everything.
pub(super) fn paths(scope: &Scope) -> Vec<PathBuf> {
    scope.paths().unwrap_or_default().to_vec()
}

impl Dossier {
    /// Saves a search over the opened paths, with its present hits.
    pub fn save_search(&mut self, search: SavedSearch, found: &[DocumentKey]) -> Result<(), DossierError> {
        let known = fingerprints(&self.library, found)?;
        let known = SeenDocuments::of(known.into_iter().map(|document| document.fingerprint));
        let (scope, looked) = (paths(&self.scope), Timestamp::now().as_millisecond());
        let stored = StoredSearch { search, scope, looked };
        let saved = self.notebook.keep_search(&stored, &known)?;
        let StoredSearch { search: SavedSearch { name, .. }, .. } = stored;
        if !saved {
            return Err(Message::new("search-name-taken").with("name", name).into());
        }
        // Documents that come from now on are new.
        self.looked_at.remove(&name);
        Ok(())
    }

    /// Every saved search, not yet counted.
    pub(super) fn saved_searches(&self) -> Result<Vec<SavedSearchRow>, DossierError> {
        let row = |stored: StoredSearch| SavedSearchRow {
            elsewhere: (stored.scope != paths(&self.scope)).then(|| shown(&stored.scope)),
            looked: last_viewed(&stored),
            mark: mark(&stored.search.source),
            search: stored.search,
            counts: None,
        };
        Ok(self.notebook.searches()?.into_iter().map(row).collect())
    }

    /// Number of documents a saved search finds, and of those that are new; `None` for a search over other paths.
    pub(super) fn count_search(&mut self, name: &str) -> Option<(usize, usize)> {
        let (stored, known) = self.notebook.search(name).ok().flatten()?;
        if stored.scope != paths(&self.scope) {
            return None;
        }
        self.count_saved(&stored.search, &known).ok()
    }

    /// Number of documents a saved search finds within the opened paths, and of those that are not `known` to it.
    pub fn count_saved(&mut self, search: &SavedSearch, known: &SeenDocuments) -> Result<(usize, usize), DossierError> {
        let request = SearchRequest {
            source: &search.source,
            last_word: LastWord::Whole,
            spelling: &search.spelling,
            sort: Sort::Relevance,
        };
        let hits = self.hits(&request, &Cancel::never())?.map(|found| found.hits).unwrap_or_default();
        let keys: Vec<DocumentKey> = hits.into_iter().map(|hit| hit.document).collect();
        let found = fingerprints(&self.library, &keys)?;
        let new = found.iter().filter(|document| !document.is_known(known)).count();
        Ok((found.len(), new))
    }

    /// Records that the hits of a saved search were shown: returns the new ones and stores all as known. While this
    /// process lives, new means not known when the search was first run here.
    pub(super) fn look_at_search(
        &mut self,
        name: &str,
        found: &[DocumentKey],
    ) -> Result<HashSet<DocumentKey>, DossierError> {
        let Some((_, known)) = self.notebook.search(name)? else { return Ok(HashSet::new()) };
        let known = self.looked_at.entry(name.to_owned()).or_insert(known).clone();
        let new = self.new_among(&known, found)?;
        self.mark_viewed(name, found)?;
        Ok(new)
    }

    /// The documents that are not known to a saved search.
    pub fn new_among(
        &self,
        known: &SeenDocuments,
        found: &[DocumentKey],
    ) -> Result<HashSet<DocumentKey>, DossierError> {
        let found = fingerprints(&self.library, found)?.into_iter();
        Ok(found.filter(|document| !document.is_known(known)).map(|document| document.key).collect())
    }

    /// Stores documents as known to a saved search.
    pub fn mark_viewed(&self, name: &str, found: &[DocumentKey]) -> Result<(), DossierError> {
        let found = fingerprints(&self.library, found)?;
        let found: Vec<u64> = found.into_iter().map(|document| document.fingerprint).collect();
        Ok(self.notebook.look_at_search(name, &found, Timestamp::now().as_millisecond())?)
    }

    /// Renames a saved search.
    pub(super) fn rename_search(&mut self, name: &str, new: &str) -> Result<(), DossierError> {
        if !self.notebook.rename_search(name, new)? {
            return Err(Message::new("search-name-taken").with("name", new).into());
        }
        if let Some(known) = self.looked_at.remove(name) {
            self.looked_at.insert(new.to_owned(), known);
        }
        Ok(())
    }

    /// Deletes a saved search.
    pub(super) fn forget_search(&mut self, name: &str) -> Result<(), DossierError> {
        self.looked_at.remove(name);
        self.notebook.forget_search(name)?;
        Ok(())
    }
}

/// Paths on one line, sanitised.
fn shown(paths: &[PathBuf]) -> String {
    let each = paths.iter().map(|path| sanitize(&path.to_string_lossy()).replace(['\n', '\t'], " "));
    each.collect::<Vec<_>>().join(" ")
}
