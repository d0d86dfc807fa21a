//! An opened dossier: a library, its index, a notebook, and the part of the library that was named. The one use case
//! "open these paths and search them" of the screen, the command line, batches, saved searches and the tests: they open it by
//! [`Dossier::open`] and ask it by [`Dossier::answer`] or [`Dossier::search`]. Returns plain values; every call may take
//! long and belongs on a worker's thread. Knows no threads, keys or screen.

pub mod aliases;
mod answer;
pub mod clock;
mod documents;
mod error;
pub mod indexing;
mod marks;
pub mod not_read;
mod open;
mod revision;
pub mod saved_searches;
mod search;
mod sessions;
mod work;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

pub use error::DossierError;
pub use open::{
    Freshness, IfBusy, LibraryAndIndex, OpenContext, OpenObserver, OpenedDossier, OpenedTargets, STANDARD_INPUT,
    Severity, read_built_in,
};
pub use revision::Revision;
pub use search::SearchRequest;

use crate::document::DocumentKey;
use crate::index::{Index, Selection};
use crate::library::{Library, LibraryError, Order, Scope};
use crate::notebook::{DocumentRef, Notebook, SeenDocuments};
use crate::request::LibraryStatus;
use crate::search::Complaint;
use crate::search::names::aliases::Aliases;
use aliases::AliasFiles;
use not_read::for_people;
use work::Work;

/// A library, its index, and the part of both that was named.
#[derive(Clone)]
pub struct Dossier {
    /// The documents.
    pub library: Library,
    /// The index of their words.
    pub index: Index,
    /// The opened paths.
    pub scope: Scope,
    /// Advances whenever documents change.
    pub revision: Revision,
    /// What a person made.
    pub notebook: Notebook,
    /// Locations of documents that were opened, known also once their keys are gone; shared by copies.
    document_refs: Arc<Mutex<HashMap<DocumentKey, DocumentRef>>>,
    /// What saved searches had found when they were first run here.
    looked_at: HashMap<String, SeenDocuments>,
    /// The revision, and the catalogue's version, at the last check whether another process has written.
    checked: (u64, Option<i64>),
    /// Whether another process was reading the scope at that check.
    was_being_read: bool,
    alias_files: AliasFiles,
    folders: Option<(u64, Vec<PathBuf>)>,
    orders: HashMap<Order, (u64, Arc<[DocumentKey]>)>,
    path_ranks: Option<(u64, Arc<HashMap<DocumentKey, u32>>)>,
    selection: Option<(u64, Selection)>,
    work: Option<Work>,
}

impl Dossier {
    /// A dossier over a library, with a notebook in memory.
    pub fn new(library: Library, index: Index, scope: Scope) -> Self {
        Self {
            library,
            index,
            scope,
            revision: Revision::default(),
            notebook: Notebook::in_memory(),
            document_refs: Arc::default(),
            looked_at: HashMap::new(),
            checked: (0, None),
            was_being_read: false,
            alias_files: AliasFiles::default(),
            folders: None,
            orders: HashMap::new(),
            path_ranks: None,
            selection: None,
            work: None,
        }
    }

    /// Replaces the notebook.
    #[must_use]
    pub fn with_notebook(self, notebook: Notebook) -> Self {
        Self { notebook, ..self }
    }

    /// Adds the aliases of a configuration folder.
    #[must_use]
    pub fn with_configuration(self, folder: &Path) -> Self {
        Self { alias_files: AliasFiles::new(Some(folder)), ..self }
    }

    /// The same dossier by a connection of its own, for another thread.
    pub fn again(&self) -> Result<Self, LibraryError> {
        let library = self.library.reader()?;
        let checked = (self.revision.number(), library.version().ok());
        Ok(Self { library, checked, work: None, ..self.clone() })
    }

    /// Makes this process's commits to the index visible, and advances the revision.
    pub fn refresh(&self) {
        // If the index cannot be reloaded, its previous state stays visible.
        let _ = self.index.reload().and_then(|()| self.index.prepare());
        self.revision.advance();
    }

    /// The state of the library within the opened paths. `progress` is files examined, of files found, while indexing.
    pub fn status(&self, progress: Option<(usize, usize)>) -> LibraryStatus {
        let status = self.library.status(&self.scope).unwrap_or_default();
        LibraryStatus {
            documents: status.documents as usize,
            not_read: for_people(&status.not_read),
            updated: status.updated.map(clock::local),
            incomplete: progress.is_some() || self.library.is_being_read(&self.scope),
            built_in: self.library.is_built_in(),
            progress,
        }
    }

    /// Makes visible what another process has written since the last call. Returns whether there is anything; then every
    /// order and every count must be requested again. A catalogue that cannot be read counts as unchanged.
    pub fn catch_up(&mut self) -> bool {
        if self.library.is_in_memory() || self.revision.is_followed() {
            return false;
        }
        let now = (self.revision.number(), self.library.version().ok());
        let before = std::mem::replace(&mut self.checked, now);
        let is_being_read = self.library.is_being_read(&self.scope);
        let is_more_or_less = std::mem::replace(&mut self.was_being_read, is_being_read) != is_being_read;
        let index_is_new = self.index.is_outdated().unwrap_or(false);
        // A newer revision comes from a thread of this process that has seen the same.
        if !index_is_new && (before.0 != now.0 || before.1 == now.1) {
            return is_more_or_less;
        }
        if index_is_new && self.index.reload().is_err() {
            return is_more_or_less;
        }
        self.revision.advance();
        self.checked.0 = self.revision.number();
        true
    }

    /// The aliases of the opened folders and of the configuration, with the problems of their files.
    pub fn aliases(&mut self) -> (Arc<Aliases>, Vec<Complaint>) {
        let revision = self.revision.number();
        if self.folders.as_ref().is_none_or(|(known, _)| *known != revision) {
            // A catalogue that fails is reported by the next query.
            self.folders = Some((revision, self.library.folders(&self.scope).unwrap_or_default()));
        }
        let folders = self.folders.as_ref().map_or(&[][..], |(_, folders)| folders);
        let (aliases, complaints) = self.alias_files.of(folders);
        (aliases, complaints.to_vec())
    }
}
