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

/// What a search covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchScope {
    /// Every document of the dossier.
    Dossier,
    /// The open document.
    Document,
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

impl<D> SessionSnapshot<D> {
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
