//! What a component returns from a transition: effects for the outside and requests to other panes, in order. `update`
//! carries out the requests; a component never reaches into another one that it was not handed.

use super::effect::{Effect, Effects};
use super::pending_keys::CountedCommand;
use super::reader::arrival::Arrival;
use crate::document::DocumentKey;
use crate::locale::Message;
use crate::request::{Pane, Request};
use crate::search::saved::SavedSearchRow;
use crate::search::{LastWord, Sort};

/// A request of one component to another one.
#[derive(Debug)]
pub(crate) enum PaneRequest {
    /// Show the answer to a command.
    Notice(Message),
    /// Show an error.
    Alert(Message),
    /// Dismiss the notice with this message code.
    DismissNotice(&'static str),
    /// Give a pane the focus.
    Focus(Pane),
    /// Load a document and show this place in it.
    Load(DocumentKey, Arrival),
    /// Request the list or the hits again.
    RefreshList,
    /// Request the matches in the open document again.
    FindAgain,
    /// Restore the searches of an interrupted session.
    RestoreSearches,
    /// Search for the line of the prompt, which was edited.
    QueryEdited,
    /// Filter the rows of the overlay again: the matches or the document have changed.
    FilterOverlay,
    /// Report something that no key caused.
    Report(Message),
    /// Close the overlay.
    CloseOverlay,
    /// Empty the filter of the overlay.
    ClearFilter,
    /// Go to a section of the open document, by its index.
    GoToSection(usize),
    /// Go to a match in the open document, by its index.
    GoToMatch(usize),
    /// Run a command.
    Run(CountedCommand),
    /// Use the theme of this name, or the next one.
    SetTheme(Option<String>),
    /// Use the language of this tag, or the other one.
    SetLanguage(Option<String>),
    /// Sort the hits, or without a search the list.
    SortBy(Sort),
    /// Search the dossier for a query in place of the present one.
    ReplaceQuery(String, LastWord),
    /// Run a saved search.
    RunSaved(Box<SavedSearchRow>),
    /// Save the search of the dossier under a name.
    SaveSearch(String),
}

/// An effect or a request.
#[derive(Debug)]
pub(crate) enum Action {
    /// For the runtime.
    Effect(Effect),
    /// For another component.
    Pane(PaneRequest),
}

/// What a transition leads to, in order.
#[must_use = "actions are carried out by `update`"]
#[derive(Debug, Default)]
pub(crate) struct Actions(pub(super) Vec<Action>);

impl Actions {
    /// No action.
    pub(crate) fn none() -> Self {
        Self::default()
    }

    /// A notice.
    pub(crate) fn notice(message: Message) -> Self {
        PaneRequest::Notice(message).into()
    }

    /// The notice with this code, which has no arguments.
    pub(crate) fn notice_of(id: &str) -> Self {
        Self::notice(Message::new(id))
    }

    /// An error.
    pub(crate) fn alert(message: Message) -> Self {
        PaneRequest::Alert(message).into()
    }

    /// The load of a document.
    pub(crate) fn load(key: DocumentKey, arrival: Arrival) -> Self {
        PaneRequest::Load(key, arrival).into()
    }

    /// These actions and then more.
    pub(crate) fn and(mut self, more: impl Into<Self>) -> Self {
        self.extend(more);
        self
    }

    /// Appends actions.
    pub(crate) fn extend(&mut self, more: impl Into<Self>) {
        self.0.extend(more.into().0);
    }
}

impl From<PaneRequest> for Actions {
    fn from(request: PaneRequest) -> Self {
        Self(vec![Action::Pane(request)])
    }
}

impl From<Effect> for Actions {
    fn from(effect: Effect) -> Self {
        Self(vec![Action::Effect(effect)])
    }
}

impl From<Request> for Actions {
    fn from(request: Request) -> Self {
        Effect::Ask(request).into()
    }
}

impl From<Effects> for Actions {
    fn from(effects: Effects) -> Self {
        Self(effects.0.into_iter().map(Action::Effect).collect())
    }
}
