//! A snapshot of a session, stored when the connection drops and restored by the next run over the same paths. Without
//! selections, overlays, the jump list and the window's size.

use crate::document::{DocumentKey, Locator};
use crate::search::{Sort, Spelling};
use crate::text::TextSize;

/// One of the three panes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pane {
    /// The document list.
    #[default]
    List,
    /// The text of the open document.
    Reader,
    /// The metadata and outline of the open document.
    Sidebar,
}

impl Pane {
    /// The name under which the notebook stores it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Reader => "reader",
            Self::Sidebar => "sidebar",
        }
    }

    /// The pane of a stored name; the list for any other.
    pub(crate) fn from_name(name: &str) -> Self {
        [Self::Reader, Self::Sidebar].into_iter().find(|pane| pane.name() == name).unwrap_or_default()
    }
}

/// What a search covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchScope {
    /// Every document of the dossier.
    Dossier,
    /// The open document.
    Document,
}

impl SearchScope {
    /// The name under which the notebook stores it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Dossier => "dossier",
            Self::Document => "document",
        }
    }

    /// The scope of a stored name; the dossier for any other.
    pub(crate) fn from_name(name: &str) -> Self {
        if name == Self::Document.name() { Self::Document } else { Self::Dossier }
    }
}

/// The open document of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionDocument<D = DocumentKey> {
    /// The document.
    pub key: D,
    /// Its title.
    pub title: String,
    /// The place in it.
    pub locator: Locator,
    /// Start of the current match.
    pub matched: Option<TextSize>,
}

/// A session. `D` identifies documents: by key while a dossier is open, by their location in the notebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionSnapshot<D = DocumentKey> {
    /// The open document.
    pub open: Option<SessionDocument<D>>,
    /// The document selected in the list.
    pub chosen: Option<D>,
    /// The accepted query over the dossier.
    pub in_dossier: Option<String>,
    /// The accepted query over the open document.
    pub in_document: Option<String>,
    /// The text of the open prompt, not yet accepted.
    pub prompt: Option<(SearchScope, String)>,
    /// The order of hits.
    pub sort: Sort,
    /// The order of the list without a search.
    pub list_sort: Sort,
    /// Spellings of names to leave out.
    pub spelling: Spelling,
    /// The focused pane.
    pub focus: Pane,
    /// Whether only the reader is shown.
    pub zoomed: bool,
}

impl<D> Default for SessionSnapshot<D> {
    /// A session without document and search, in the usual orders.
    fn default() -> Self {
        Self {
            open: None,
            chosen: None,
            in_dossier: None,
            in_document: None,
            prompt: None,
            sort: Sort::Relevance,
            list_sort: Sort::Date,
            spelling: Spelling::default(),
            focus: Pane::default(),
            zoomed: false,
        }
    }
}

impl<D> SessionSnapshot<D> {
    /// The same session with documents identified in another way; a document that `identify` does not find is left out.
    pub(crate) fn with_documents<E>(self, mut identify: impl FnMut(D) -> Option<E>) -> SessionSnapshot<E> {
        let open = self.open.and_then(|open| {
            let SessionDocument { key, title, locator, matched } = open;
            Some(SessionDocument { key: identify(key)?, title, locator, matched })
        });
        SessionSnapshot {
            open,
            chosen: self.chosen.and_then(identify),
            in_dossier: self.in_dossier,
            in_document: self.in_document,
            prompt: self.prompt,
            sort: self.sort,
            list_sort: self.list_sort,
            spelling: self.spelling,
            focus: self.focus,
            zoomed: self.zoomed,
        }
    }

    /// Whether nothing is open and nothing is being searched.
    pub fn is_empty(&self) -> bool {
        let typed = self.prompt.as_ref().is_some_and(|(_, typed)| !typed.trim().is_empty());
        self.open.is_none() && self.in_dossier.is_none() && self.in_document.is_none() && !typed
    }
}

/// An interrupted session, as it is offered to the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InterruptedSession {
    /// Its number.
    pub number: i64,
    /// Local date and time of the interruption.
    pub moment: String,
    /// The title of the open document, else the query.
    pub title: String,
}
