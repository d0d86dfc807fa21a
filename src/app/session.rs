//! The session: its snapshot when the connection drops, and restoring an interrupted one: document, place, searches,
//! unfinished input, focus. An interrupted session is offered in the last line and restored by a command; it is kept until
//! it was restored and the reader left normally, or until another one replaces it. Selections, overlays, the jump list and
//! sizes are not part of it. Storing is the dossier's work.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use super::action::{Actions, PaneRequest};
use super::line_editor::LineInput;
use super::list::document_list::DocumentList;
use super::panes::Panes;
use super::reader::arrival::Arrival;
use super::reader::pane::ReaderPane;
use super::reader::state::ReaderState;
use super::search::dossier_search::closed;
use super::search::state::{DocumentSearch, DossierSearch, SearchState};
use crate::document::{Document, Locator};
use crate::locale::Message;
use crate::request::{InterruptedSession, Pane, Request, SearchScope, SessionDocument, SessionSnapshot};
use crate::search::{LastWord, Spelling};
use crate::text::{TextRange, TextSize};

/// The interrupted session, and how far its restoring has come.
#[derive(Debug, Default)]
pub struct SessionKeeper {
    /// Whether the person has done anything that a lost connection would lose.
    acted: bool,
    /// The interrupted session that can be restored.
    offered: Option<InterruptedSession>,
    /// The number of the session that was restored.
    restored: Option<i64>,
    /// Whether the session to restore is awaited.
    awaited: bool,
    /// The searches to restore once the document is loaded.
    searches: Option<RestoredSearches>,
    /// The start of the current match of the restored session, until the matches arrive.
    pub(crate) matched: Option<TextSize>,
}

/// The searches of an interrupted session that wait for its document.
#[derive(Debug, Default)]
struct RestoredSearches {
    in_document: Option<String>,
    prompt: Option<(SearchScope, String)>,
    spelling: Spelling,
}

/// The components that a session is made of.
#[derive(Clone, Copy)]
pub(crate) struct SessionParts<'a> {
    pub(crate) panes: &'a Panes,
    pub(crate) list: &'a DocumentList,
    pub(crate) reader: &'a ReaderPane,
    pub(crate) search: &'a SearchState,
}

impl<'a> SessionParts<'a> {
    /// The accepted searches. While a query is being typed these are the ones from before.
    fn searches(self) -> (Option<&'a DossierSearch>, Option<&'a DocumentSearch>) {
        match &self.search.prompt {
            Some(prompt) => (prompt.origin.dossier.as_ref(), prompt.origin.document.as_ref()),
            None => (self.search.dossier.as_ref(), self.search.document.as_ref()),
        }
    }

    fn snapshot(self) -> SessionSnapshot {
        let search = self.search;
        let (dossier, document) = self.searches();
        let open = self.reader.open.as_ref().map(|reader| {
            let (document, place) = reader.clean_place();
            let (title, matched) = (document.title.clone(), clean_match(reader));
            SessionDocument { key: reader.opened.key, title, locator: Locator::new(document, place), matched }
        });
        let of_document = |search: &DocumentSearch| closed(&search.source, search.last_word == LastWord::Prefix);
        // An accepted query whose hits are awaited finds at least the hits that were shown while typing.
        let is_settling = search.accepting.is_some();
        SessionSnapshot {
            open,
            chosen: self.list.selected_key(),
            in_dossier: dossier.map(|search| closed(&search.source, is_settling)),
            in_document: document.map(of_document),
            prompt: search.prompt.as_ref().map(|prompt| (prompt.scope, prompt.input.text().to_owned())),
            sort: search.sort,
            list_sort: self.list.sort,
            spelling: search.spelling.clone(),
            focus: self.panes.focus,
            zoomed: self.panes.zoomed,
        }
    }

    /// A hash of everything that the snapshot consists of, without making one: two states with one fingerprint have the
    /// same snapshot.
    pub(crate) fn fingerprint(self) -> u64 {
        let search = self.search;
        let (dossier, document) = self.searches();
        let mut hasher = DefaultHasher::new();
        let open = self.reader.open.as_ref();
        open.map(|reader| (reader.opened.key, u32::from(reader.clean_place().1))).hash(&mut hasher);
        open.and_then(clean_match).map(u32::from).hash(&mut hasher);
        self.list.selected_key().hash(&mut hasher);
        dossier.map(|search| search.source.as_str()).hash(&mut hasher);
        search.accepting.is_some().hash(&mut hasher);
        document.map(|search| (search.source.as_str(), search.last_word == LastWord::Prefix)).hash(&mut hasher);
        let prompt = search.prompt.as_ref();
        prompt.map(|prompt| (prompt.scope == SearchScope::Document, prompt.input.text())).hash(&mut hasher);
        (search.sort, self.list.sort).hash(&mut hasher);
        (search.spelling.as_typed, &search.spelling.without).hash(&mut hasher);
        (self.panes.focus, self.panes.zoomed).hash(&mut hasher);
        hasher.finish()
    }
}

/// The start of the current match in the clean text; the source has other offsets.
fn clean_match(reader: &ReaderState) -> Option<TextSize> {
    reader.current_match().filter(|_| reader.original_of.is_none()).map(TextRange::start)
}

impl SessionKeeper {
    /// Whether the person has not yet done anything that a lost connection would lose. What the reader shows by itself is
    /// no reason to forget a session that was interrupted before.
    pub(crate) fn is_untouched(&self) -> bool {
        !self.acted
    }

    /// Records that the person has done something.
    pub(crate) fn touch(&mut self) {
        self.acted = true;
    }

    /// Stores the session: the connection is lost.
    pub(crate) fn cut_off(&mut self, parts: SessionParts<'_>) -> Actions {
        if !self.acted || self.is_restoring() {
            return Actions::none();
        }
        let session = parts.snapshot();
        if session.is_empty() { self.forget_restored() } else { Request::KeepSession(Box::new(session)).into() }
    }

    /// Deletes the session that was restored: the reader is left normally.
    pub(crate) fn forget_restored(&mut self) -> Actions {
        if self.is_restoring() {
            return Actions::none();
        }
        self.restored.take().map_or_else(Actions::none, |number| Request::ForgetInterruption(number).into())
    }

    fn is_restoring(&self) -> bool {
        self.awaited || self.searches.is_some()
    }

    /// Forgets the searches that wait for a document: another document is requested.
    pub(crate) fn drop_searches(&mut self) {
        self.searches = None;
        self.matched = None;
    }

    /// Offers an interrupted session, behind notices that are already shown.
    pub(crate) fn offer(&mut self, interrupted: InterruptedSession, key: String, moment: String) -> Actions {
        let message = Message::new("interruption-offered")
            .with("key", key)
            .with("moment", moment)
            .with("title", interrupted.title.clone());
        self.offered = Some(interrupted);
        PaneRequest::Report(message).into()
    }

    /// `C`: requests the interrupted session.
    pub(crate) fn request(&mut self) -> Actions {
        let Some(interrupted) = &self.offered else { return Actions::notice_of("interruption-none") };
        self.awaited = true;
        Request::FindSession(interrupted.number).into()
    }

    /// Restores a session: panes, orders and the search of the dossier immediately, the other searches once the
    /// document is loaded. `missing`: the title of a document that is no longer in the dossier.
    pub(crate) fn restore(
        &mut self,
        (session, missing): (SessionSnapshot, Option<String>),
        panes: &mut Panes,
        list: &mut DocumentList,
        reader: &mut ReaderPane,
        search: &mut SearchState,
        now: Duration,
    ) -> Actions {
        if !std::mem::take(&mut self.awaited) {
            return Actions::none();
        }
        self.restored = self.offered.take().map(|interrupted| interrupted.number);
        self.acted = true;
        reader.leave_place();
        let SessionSnapshot { open, chosen, in_dossier, in_document, prompt, sort, list_sort, spelling, focus, zoomed } =
            session;
        (search.sort, list.sort) = (sort, list_sort);
        search.prompt = None;
        search.accepting = None;
        search.spelling = spelling.clone();
        // Without its document, the query for it is searched in the dossier.
        let (in_dossier, in_document, prompt) = match &open {
            Some(_) => (in_dossier, in_document, prompt),
            None => (in_dossier.or(in_document), None, prompt.map(|(_, typed)| (SearchScope::Dossier, typed))),
        };
        for source in in_dossier.iter().chain(&in_document) {
            search.remember(source);
        }
        let mut actions = search.search_dossier(in_dossier.unwrap_or_default(), LastWord::Whole, list, reader, now);
        panes.zoomed = zoomed;
        panes.focus = if open.is_some() { focus } else { Pane::List };
        let read = open.as_ref().map(|open| open.key);
        list.select_next = if panes.focus == Pane::List { chosen.or(read) } else { read.or(chosen) };
        self.matched = None;
        self.searches = Some(RestoredSearches { in_document, prompt, spelling });
        actions.extend(match open {
            Some(open) => PaneRequest::Load(open.key, Arrival::Interrupted(open.locator, open.matched)),
            None => PaneRequest::RestoreSearches,
        });
        match missing {
            Some(title) => actions.and(Actions::alert(Message::new("interruption-gone").with("title", title))),
            None => actions,
        }
    }

    /// Reports why there is no session to restore.
    pub(crate) fn not_found(&mut self, message: Message) -> Actions {
        if std::mem::take(&mut self.awaited) { Actions::alert(message) } else { Actions::none() }
    }

    /// The place of an interrupted session in its document; `None` if its words are gone. The current match is as far from
    /// it as it was.
    pub(crate) fn locate(
        &mut self,
        document: &Document,
        locator: &Locator,
        matched: Option<TextSize>,
    ) -> (Option<TextSize>, Actions) {
        let found = locator.find(document);
        let moved = found.map(|found| i64::from(u32::from(found)) - i64::from(locator.offset));
        let shifted = moved.zip(matched).map(|(moved, matched)| i64::from(u32::from(matched)) + moved);
        self.matched = shifted.and_then(|matched| u32::try_from(matched).ok()).map(TextSize::new);
        let notice = if found.is_none() { Actions::alert(Message::new("interruption-moved")) } else { Actions::none() };
        (found, notice)
    }

    /// Restores the searches that waited for the document, which is loaded or cannot be.
    pub(crate) fn restore_searches(
        &mut self,
        search: &mut SearchState,
        list: &DocumentList,
        reader: &ReaderPane,
        focus: Pane,
        now: Duration,
    ) -> Actions {
        let Some(RestoredSearches { in_document, prompt, spelling }) = self.searches.take() else {
            return Actions::none();
        };
        let mut actions = Actions::none();
        if let Some(source) = in_document {
            search.spelling = spelling.clone();
            actions.extend(search.search_in_place(source, reader, now));
        }
        let Some((scope, typed)) = prompt else { return actions };
        search.open_prompt(scope, search.origin(focus, list, reader));
        search.spelling = spelling;
        if typed.is_empty() {
            return actions; // the hits from before stay in view
        }
        if let Some(prompt) = &mut search.prompt {
            prompt.input = LineInput::new(typed);
        }
        actions.and(PaneRequest::QueryEdited)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::list::document_list::Choice;
    use crate::app::panes::Size;
    use crate::app::search::state::{Outcome, PromptOrigin};
    use crate::document::DocumentKey;
    use crate::search::Sort;

    /// A change of the parts, and whether a session would be another one.
    type Change = (bool, fn(&mut Parts));

    struct Parts {
        panes: Panes,
        list: DocumentList,
        reader: ReaderPane,
        search: SearchState,
    }

    impl Parts {
        fn session(&self) -> SessionParts<'_> {
            let Self { panes, list, reader, search } = self;
            SessionParts { panes, list, reader, search }
        }
    }

    #[test]
    fn the_fingerprint_changes_exactly_when_the_snapshot_does() {
        let mut list = DocumentList::default();
        list.replace(Arc::from([DocumentKey(1), DocumentKey(2)]), Vec::new(), Choice::First);
        let panes = Panes { size: Size::default(), focus: Pane::List, zoomed: false };
        let mut parts = Parts { panes, list, reader: ReaderPane::default(), search: SearchState::new() };
        let changes: [Change; 12] = [
            (true, |parts| parts.panes.focus = Pane::Reader),
            (true, |parts| parts.panes.zoomed = true),
            (true, |parts| parts.list.select(1)),
            (true, |parts| parts.list.sort = Sort::Title),
            (true, |parts| parts.search.sort = Sort::Date),
            (true, |parts| parts.search.spelling.as_typed = true),
            (true, |parts| {
                parts.search.dossier = Some(DossierSearch { source: "ab".into(), ..DossierSearch::default() });
            }),
            (true, |parts| parts.search.open_prompt(SearchScope::Dossier, PromptOrigin::default())),
            (true, |parts| assert!(parts.search.set_dossier_prompt("abc"))),
            (false, |parts| parts.panes.size = Size { columns: 80, rows: 24 }),
            (false, |parts| parts.search.finding = Outcome::Failed),
            (false, |parts| parts.list.added = 3),
        ];
        for (number, (changes, change)) in changes.into_iter().enumerate() {
            let before = (parts.session().snapshot(), parts.session().fingerprint());
            change(&mut parts);
            let after = (parts.session().snapshot(), parts.session().fingerprint());
            assert_eq!((before.0 != after.0, before.1 != after.1), (changes, changes), "change {number}");
        }
    }
}
