//! The prompt: opening it, searching with every key, accepting the query, and going back to where the prompt was opened.
//! The searches themselves are in `dossier_search` and `document_search`.

use std::time::Duration;

use super::dossier_search::closed;
use super::state::{Accepting, Attempt, Outcome, PromptOrigin, Refresh, SearchPrompt, SearchState};
use crate::app::action::{Actions, PaneRequest};
use crate::app::line_editor::LineInput;
use crate::app::list::document_list::DocumentList;
use crate::app::list::document_list::REST;
use crate::app::reader::pane::ReaderPane;
use crate::request::{Pane, SearchScope};
use crate::search::{LastWord, Spelling};
use crate::text::TextRange;

impl SearchState {
    /// Opens an empty prompt. Spellings that were left out of the search before are not left out of the next one: nothing
    /// on the screen would say so.
    pub(crate) fn open_prompt(&mut self, scope: SearchScope, origin: PromptOrigin) {
        self.accepting = None;
        self.spelling = Spelling::default();
        self.prompt = Some(SearchPrompt::new(scope, origin));
    }

    /// Opens the prompt on the newest query, to which more can be added.
    pub(crate) fn extend_query(&mut self, scope: SearchScope, origin: PromptOrigin) {
        let last_word_grows = self.document.as_ref().is_some_and(|document| document.last_word == LastWord::Prefix);
        let mut prompt = SearchPrompt::new(scope, origin);
        prompt.input = LineInput::new(closed(self.source().unwrap_or_default(), last_word_grows) + " ");
        self.accepting = None;
        self.prompt = Some(prompt);
    }

    /// The state that Esc will restore if a prompt is opened now.
    pub(crate) fn origin(&self, focus: Pane, list: &DocumentList, reader: &ReaderPane) -> PromptOrigin {
        PromptOrigin {
            focus,
            selected: list.selected_key(),
            reading: reader.here(),
            current: reader.open.as_ref().and_then(|reader| reader.current),
            dossier: self.dossier.clone(),
            document: self.document.clone(),
            saved: self.saved.clone(),
            spelling: self.spelling.clone(),
        }
    }

    /// Searches for the line of the prompt; its last word may be unfinished.
    pub(crate) fn search_for_prompt(
        &mut self,
        list: &mut DocumentList,
        reader: &mut ReaderPane,
        now: Duration,
    ) -> Actions {
        let Some(prompt) = &self.prompt else { return Actions::none() };
        let (scope, source) = (prompt.scope, prompt.input.text().to_owned());
        match scope {
            SearchScope::Dossier => self.search_dossier(source, LastWord::Prefix, list, reader, now),
            SearchScope::Document => {
                let from = prompt.origin.reading.map(|(_, offset)| offset);
                self.search_document(&source, LastWord::Prefix, from, reader, now)
            }
        }
    }

    /// Enter in the prompt. `typed_searches`: whether the matches on screen are already those of the line.
    pub(crate) fn accept_query(
        &mut self,
        list: &mut DocumentList,
        reader: &mut ReaderPane,
        typed_searches: bool,
        now: Duration,
    ) -> Actions {
        let Some(prompt) = self.prompt.take() else { return Actions::none() };
        let source = prompt.input.text().to_owned();
        self.remember(&source);
        match prompt.scope {
            SearchScope::Document if source.trim().is_empty() => self.restore(prompt.origin, list, reader, now),
            SearchScope::Document => {
                let shown = reader.open.as_ref().and_then(|reader| reader.current_match().map(TextRange::start));
                let shown = shown.filter(|_| self.document.is_some() && typed_searches);
                let from = shown.or(prompt.origin.reading.map(|(_, offset)| offset));
                reader.leave_place();
                let actions = self.search_document(&source, LastWord::Whole, from, reader, now);
                self.announce = true;
                actions
            }
            SearchScope::Dossier if source.trim().is_empty() => {
                self.spelling = prompt.origin.spelling;
                PaneRequest::Focus(prompt.origin.focus).into()
            }
            SearchScope::Dossier => {
                reader.leave_place();
                let is_known = self.dossier.as_ref().is_some_and(|dossier| dossier.outcome == Outcome::Known);
                let chosen = (list.selected() > 0 && is_known).then(|| list.selected_key()).flatten();
                let actions = self.search_dossier(source, LastWord::Whole, list, reader, now);
                self.accepting = Some(Accepting { chosen, attempt: Attempt::Typed });
                actions
            }
        }
    }

    /// Esc in the prompt: restores the state in which it was opened.
    pub(crate) fn cancel_prompt(&mut self, list: &mut DocumentList, reader: &mut ReaderPane, now: Duration) -> Actions {
        match self.prompt.take() {
            Some(prompt) => self.restore(prompt.origin, list, reader, now),
            None => Actions::none(),
        }
    }

    fn restore(
        &mut self,
        origin: PromptOrigin,
        list: &mut DocumentList,
        reader: &mut ReaderPane,
        now: Duration,
    ) -> Actions {
        let mut actions = Actions::from(PaneRequest::Focus(origin.focus));
        let dossier_changed = self.dossier != origin.dossier;
        self.dossier = origin.dossier;
        self.document = origin.document;
        self.saved = origin.saved;
        self.spelling = origin.spelling;
        self.accepting = None;
        if dossier_changed {
            actions.extend(match self.dossier {
                Some(_) => self.ask_again(Refresh::Person, list, now),
                None => list.request(),
            });
            list.select_next = origin.selected;
        }
        match origin.reading {
            Some(place) => actions.extend(reader.go_to_place(place, list)),
            None => list.follow_at = Some(now + REST),
        }
        if self.query().is_none() {
            self.drop_matches(reader);
        }
        actions.extend(self.find_again(reader, now));
        if let Some(reader) = &mut reader.open {
            reader.current = origin.current;
        }
        actions
    }
}
