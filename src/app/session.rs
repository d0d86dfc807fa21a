//! The session: its snapshot when the connection drops, and restoring an interrupted one: document, place, searches,
//! unfinished input, focus. An interrupted session is offered in the last line and restored by a command; it is kept until
//! it was restored and the reader left normally, or until another one replaces it. Selections, overlays, the jump list and
//! sizes are not part of it. Storing is the dossier's work.

use super::search::dossier_search::closed;
use super::{App, Arrival, Effects, LineInput, Notice, Pane, ReaderState};
use crate::command::Command;
use crate::document::Locator;
use crate::locale::Message;
use crate::request::{InterruptedSession, Request, SearchScope, SessionDocument, SessionSnapshot};
use crate::search::{LastWord, Spelling};
use crate::text::{TextRange, TextSize};

/// The interrupted session, and how far its restoring has come.
#[derive(Debug, Default)]
pub struct SessionKeeper {
    /// Whether the person has done anything that a lost connection would lose.
    pub(super) acted: bool,
    /// The interrupted session that can be restored.
    pub(super) offered: Option<InterruptedSession>,
    pub(super) restore: SessionRestore,
}

/// How far going on has come.
#[derive(Debug, Default)]
pub(super) struct SessionRestore {
    /// The interruption that was gone on with.
    taken: Option<i64>,
    /// Whether the answer to what to go on with is awaited.
    asked: bool,
    /// What is to be searched once the document is there.
    then: Option<Then>,
    /// The start of the current match of the restored session, until the matches arrive.
    pub(super) matched: Option<TextSize>,
}

#[derive(Debug, Default)]
struct Then {
    in_document: Option<String>,
    prompt: Option<(SearchScope, String)>,
    spelling: Spelling,
}

impl SessionRestore {
    /// Another document is asked for: what was to be searched in the one before is not searched in this one.
    pub(super) fn part(&mut self) {
        self.then = None;
        self.matched = None;
    }

    fn is_under_way(&self) -> bool {
        self.asked || self.then.is_some()
    }
}

impl App {
    /// What the person is at.
    pub fn session(&self) -> SessionSnapshot {
        let searching = &self.search;
        // What is found while one types is not yet accepted: below the prompt stands what was there before.
        let (dossier, document) = match &searching.prompt {
            Some(prompt) => (&prompt.origin.dossier, &prompt.origin.document),
            None => (&searching.dossier, &searching.document),
        };
        let open = self.reader.open.as_ref().map(|reading| {
            let (document, place) = reading.clean_place();
            let title = document.title.clone();
            // In the source matches stand elsewhere.
            let matched = reading.current_match().filter(|_| reading.original_of.is_none()).map(TextRange::start);
            SessionDocument { key: reading.opened.key, title, locator: Locator::new(document, place), matched }
        });
        let of_document = |search: &super::search::state::DocumentSearch| {
            closed(&search.source, search.last_word == LastWord::Prefix)
        };
        // A query that was accepted and not yet answered finds at least what was found while it was typed.
        let is_settling = searching.accepting.is_some();
        SessionSnapshot {
            open,
            chosen: self.list.selected_key(),
            in_dossier: dossier.as_ref().map(|search| closed(&search.source, is_settling)),
            in_document: document.as_ref().map(of_document),
            prompt: searching.prompt.as_ref().map(|prompt| (prompt.scope, prompt.input.text().to_owned())),
            sort: searching.sort,
            list_sort: self.list.sort,
            spelling: searching.spelling.clone(),
            focus: self.panes.focus,
            zoomed: self.panes.zoomed,
        }
    }

    /// Lets a person do something. Until something came of it, nothing is lost when the line is cut: what the reader shows
    /// by itself is no reason to forget what was interrupted before.
    pub(super) fn act(&mut self, act: impl FnOnce(&mut Self)) {
        let before = (!self.session.acted).then(|| self.session());
        act(self);
        self.session.acted = before.is_none_or(|before| before != self.session());
    }

    /// Stores the session: the connection is lost.
    pub(super) fn cut_off(&mut self, effects: &mut Effects) {
        if self.session.acted && !self.session.restore.is_under_way() {
            let session = self.session();
            if session.is_empty() {
                self.forget_interruption(effects);
            } else {
                effects.ask(Request::KeepSession(Box::new(session)));
            }
        }
        self.leave_document(effects);
    }

    /// What was gone on with is forgotten.
    pub(super) fn forget_interruption(&mut self, effects: &mut Effects) {
        if self.session.restore.is_under_way() {
            return;
        }
        if let Some(taken) = self.session.restore.taken.take() {
            effects.ask(Request::ForgetInterruption(taken));
        }
    }

    /// Something was interrupted: it is offered, behind what is to be said already.
    pub(super) fn interruption_found(&mut self, interruption: InterruptedSession) {
        let message = Message::new("interruption-offered")
            .with("key", self.key_of(Command::GoOn))
            .with("moment", self.catalogue.moment(&interruption.moment))
            .with("title", interruption.title.clone());
        self.notices.report(Notice::new(message));
        self.session.offered = Some(interruption);
    }

    /// C: goes on where the line was cut.
    pub(super) fn go_on(&mut self, effects: &mut Effects) {
        let Some(interruption) = &self.session.offered else {
            return self.notices.set(Message::new("interruption-none"));
        };
        self.session.restore.asked = true;
        effects.ask(Request::FindSession(interruption.number));
    }

    /// What to go on with is known: everything is as it was, once the document and what is searched are there.
    pub(super) fn session_found(&mut self, session: SessionSnapshot, lost: Option<String>, effects: &mut Effects) {
        if !std::mem::take(&mut self.session.restore.asked) {
            return;
        }
        self.session.restore.taken = self.session.offered.take().map(|interruption| interruption.number);
        self.session.acted = true;
        self.leave_place();
        self.take_up(session, effects);
        if let Some(title) = lost {
            self.notices.alert(Message::new("interruption-gone").with("title", title));
        }
    }

    /// There is nothing to go on with.
    pub(super) fn session_not_found(&mut self, message: Message) {
        if std::mem::take(&mut self.session.restore.asked) {
            self.notices.alert(message);
        }
    }

    fn take_up(&mut self, session: SessionSnapshot, effects: &mut Effects) {
        let SessionSnapshot { open, chosen, in_dossier, in_document, prompt, sort, list_sort, spelling, focus, zoomed } =
            session;
        (self.search.sort, self.list.sort) = (sort, list_sort);
        self.search.prompt = None;
        self.search.accepting = None;
        self.search.spelling = spelling.clone();
        // Without its document, the query for it is searched in the dossier.
        let (in_dossier, in_document, prompt) = match &open {
            Some(_) => (in_dossier, in_document, prompt),
            None => (in_dossier.or(in_document), None, prompt.map(|(_, typed)| (SearchScope::Dossier, typed))),
        };
        for source in in_dossier.iter().chain(&in_document) {
            self.search.remember(source);
        }
        self.search_dossier(in_dossier.unwrap_or_default(), LastWord::Whole, effects);
        self.panes.zoomed = zoomed;
        self.panes.focus = if open.is_some() { focus } else { Pane::List };
        let read = open.as_ref().map(|open| open.key);
        self.list.wanted = if self.panes.focus == Pane::List { chosen.or(read) } else { read.or(chosen) };
        match open {
            Some(open) => {
                self.load(open.key, Arrival::Interrupted(open.locator, open.matched), effects);
                self.session.restore.then = Some(Then { in_document, prompt, spelling });
            }
            None => self.type_on(prompt, spelling, effects),
        }
    }

    /// The place where one was interrupted, in a document that has just been opened; `None` when its words are gone. The
    /// match one was on is as far from it as it was.
    pub(super) fn interrupted_at(
        &mut self,
        reading: &ReaderState,
        locator: &Locator,
        matched: Option<TextSize>,
    ) -> Option<TextSize> {
        let found = locator.find(&reading.opened.document);
        let moved = found.map(|found| i64::from(u32::from(found)) - i64::from(locator.offset));
        let shifted = moved.zip(matched).map(|(moved, matched)| i64::from(u32::from(matched)) + moved);
        self.session.restore.matched = shifted.and_then(|matched| u32::try_from(matched).ok()).map(TextSize::new);
        if found.is_none() {
            self.notices.alert(Message::new("interruption-moved"));
        }
        found
    }

    /// The document that was gone on with is there, or cannot be: the searches in it follow.
    pub(super) fn go_on_searching(&mut self, effects: &mut Effects) {
        let Some(Then { in_document, prompt, spelling }) = self.session.restore.then.take() else { return };
        if let Some(source) = in_document {
            self.search.spelling = spelling.clone();
            self.look_for_again(source, effects);
        }
        self.type_on(prompt, spelling, effects);
    }

    /// Opens the prompt on what was typed.
    fn type_on(&mut self, prompt: Option<(SearchScope, String)>, spelling: Spelling, effects: &mut Effects) {
        let Some((scope, typed)) = prompt else { return };
        self.open_prompt_in(scope);
        self.search.spelling = spelling;
        if typed.is_empty() {
            return; // what was found before stays in view
        }
        if let Some(prompt) = &mut self.search.prompt {
            prompt.input = LineInput::new(typed);
        }
        self.query_edited(effects);
    }
}
