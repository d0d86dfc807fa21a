//! The prompt: opening it, searching with every key, accepting the query, and going back to where the prompt was opened.
//! The searches themselves are in `dossier_search` and `document_search`.

use super::dossier_search::closed;
use super::state::{Accepting, Attempt, Outcome, PromptOrigin, Refresh, SearchPrompt};
use crate::app::line_editor::LineInput;
use crate::app::{App, Effects, Pane};
use crate::request::SearchScope;
use crate::search::{LastWord, Spelling};
use crate::text::TextRange;

impl App {
    /// Opens an empty prompt. Spellings that were left out of the search before are not left out of the next one: nothing
    /// on the screen would say so.
    pub(crate) fn open_prompt(&mut self) {
        if let Some(overlay) = &mut self.overlay {
            overlay.typing = true;
            return;
        }
        let in_document = self.panes.focus != Pane::List && self.reader.open.is_some();
        self.open_prompt_in(if in_document { SearchScope::Document } else { SearchScope::Dossier });
    }

    /// Opens an empty prompt that searches there.
    pub(crate) fn open_prompt_in(&mut self, scope: SearchScope) {
        self.open_new_prompt(scope, self.origin());
    }

    /// Opens an empty prompt. What is left out of one search is not left out of the next: nobody would see why.
    pub(super) fn open_new_prompt(&mut self, scope: SearchScope, origin: PromptOrigin) {
        self.search.accepting = None;
        self.search.spelling = Spelling::default();
        self.search.prompt = Some(SearchPrompt::new(scope, origin));
    }

    /// Opens the prompt on the newest search, with room for more of it.
    pub(crate) fn open_prompt_within(&mut self) {
        let Some(scope) = self.search.scope() else {
            let origin = self.origin();
            self.focus_list();
            return self.open_new_prompt(SearchScope::Dossier, origin);
        };
        let last_word_grows =
            self.search.document.as_ref().is_some_and(|document| document.last_word == LastWord::Prefix);
        let mut prompt = SearchPrompt::new(scope, self.origin());
        prompt.input = LineInput::new(closed(self.search.source().unwrap_or_default(), last_word_grows) + " ");
        self.search.accepting = None;
        self.search.prompt = Some(prompt);
    }

    pub(super) fn origin(&self) -> PromptOrigin {
        PromptOrigin {
            focus: self.panes.focus,
            selected: self.list.selected_key(),
            reading: self.here(),
            current: self.reader.open.as_ref().and_then(|reading| reading.current),
            dossier: self.search.dossier.clone(),
            document: self.search.document.clone(),
            saved: self.saved.run.clone(),
            spelling: self.search.spelling.clone(),
        }
    }

    /// The line of the prompt changed.
    pub(crate) fn query_edited(&mut self, effects: &mut Effects) {
        if self.settings.search_while_typing {
            self.search_for_prompt(LastWord::Prefix, effects);
        }
    }

    /// Up and down in the history of queries.
    pub(crate) fn recall(&mut self, older: bool, effects: &mut Effects) {
        if self.overlay.is_some() {
            self.move_lines(if older { -1 } else { 1 });
        } else if self.search.recall(older) {
            self.query_edited(effects);
        }
    }

    pub(super) fn search_for_prompt(&mut self, last_word: LastWord, effects: &mut Effects) {
        let Some(prompt) = &self.search.prompt else { return };
        let (scope, source) = (prompt.scope, prompt.input.text().to_owned());
        match scope {
            SearchScope::Dossier => self.search_dossier(source, last_word, effects),
            SearchScope::Document => {
                let from = prompt.origin.reading.map(|(_, offset)| offset);
                self.search_document(&source, last_word, from, effects);
            }
        }
    }

    /// Enter in the prompt. `typed_searches`: whether the matches on screen are already those of the line.
    pub(crate) fn accept_query(&mut self, effects: &mut Effects) {
        let Some(prompt) = self.search.prompt.take() else { return };
        let source = prompt.input.text().to_owned();
        self.search.remember(&source);
        match prompt.scope {
            SearchScope::Document => self.accept_document_query(&source, &prompt.origin, effects),
            SearchScope::Dossier if source.trim().is_empty() => {
                self.panes.focus = prompt.origin.focus;
                self.search.spelling = prompt.origin.spelling;
            }
            SearchScope::Dossier => {
                self.leave_place();
                let moved = self.list.selected() > 0
                    && self.search.dossier.as_ref().is_some_and(|d| d.outcome == Outcome::Known);
                let chosen = moved.then(|| self.list.selected_key()).flatten();
                self.search_dossier(source, LastWord::Whole, effects);
                self.search.accepting = Some(Accepting { chosen, attempt: Attempt::Typed });
            }
        }
    }

    pub(super) fn accept_document_query(&mut self, source: &str, origin: &PromptOrigin, effects: &mut Effects) {
        if source.trim().is_empty() {
            self.restore(origin.clone(), effects);
            return;
        }
        let shown = self.reader.open.as_ref().and_then(|reading| reading.current_match().map(TextRange::start));
        let shown = shown.filter(|_| self.search.document.is_some() && self.settings.search_while_typing);
        let from = shown.or(origin.reading.map(|(_, offset)| offset));
        self.leave_place();
        self.search_document(source, LastWord::Whole, from, effects);
        self.search.announce = true;
    }

    /// Esc in the prompt: restores the state in which it was opened.
    pub(crate) fn cancel_prompt(&mut self, effects: &mut Effects) {
        if let Some(prompt) = self.search.prompt.take() {
            self.restore(prompt.origin, effects);
        }
    }

    pub(super) fn restore(&mut self, origin: PromptOrigin, effects: &mut Effects) {
        let dossier_changed = self.search.dossier != origin.dossier;
        self.panes.focus = origin.focus;
        self.search.dossier = origin.dossier;
        self.search.document = origin.document;
        self.saved.run = origin.saved;
        self.search.spelling = origin.spelling;
        self.search.accepting = None;
        if dossier_changed {
            match self.search.dossier {
                Some(_) => self.ask_again(Refresh::Person, effects),
                None => self.ask_for_list(effects),
            }
            self.list.wanted = origin.selected;
        }
        match origin.reading {
            Some(place) => self.go_to_place(place, effects),
            None => self.list.follow_at = Some(self.clock + crate::app::list::open::REST),
        }
        if self.search.query().is_none() {
            self.drop_matches();
        }
        self.find_again(effects);
        if let Some(reading) = &mut self.reader.open {
            reading.current = origin.current;
        }
    }
}
