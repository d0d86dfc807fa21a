//! Completion in the prompt: Tab completes a field name or a value; if several fit, they are shown in a row under the
//! prompt, and Tab goes from one to the next. Names are known here; values are requested from the dossier, and stale
//! replies are dropped.

use std::ops::Range;

use super::candidates::{Completion, field_candidates, part_candidates, value_candidates};
use super::state::SearchState;
use crate::app::action::{Actions, PaneRequest};
use crate::locale::{Catalogue, UiLanguage};
use crate::request::Request;
use crate::search::query::complete::{Unfinished, unfinished};
use crate::search::{Field, Generation};

impl SearchState {
    /// Tab in the prompt: completes, or chooses the next candidate; Shift-Tab the previous one.
    pub(crate) fn complete(&mut self, forward: bool, ui_language: UiLanguage, catalogue: &Catalogue) -> Actions {
        match &self.completion {
            Some(open) if !open.candidates.is_empty() => self.choose_candidate(forward),
            _ => self.begin_completion(true, ui_language, catalogue),
        }
    }

    /// Updates the candidates after the line was edited.
    pub(crate) fn refine_completion(&mut self, ui_language: UiLanguage, catalogue: &Catalogue) -> Actions {
        let Some(open) = self.completion.take() else { return Actions::none() };
        let now = self.unfinished();
        if now.is_some_and(|now| now.field == open.what.field && now.range.start == open.what.range.start) {
            return self.begin_completion(false, ui_language, catalogue);
        }
        Actions::none()
    }

    /// Ends a completion and restores the typed text. Returns also whether candidates were shown.
    pub(crate) fn drop_completion(&mut self) -> (bool, Actions) {
        let Some(open) = self.completion.take() else { return (false, Actions::none()) };
        let restored = match open.chosen {
            Some(_) => self.put_in_line(open.range, &open.typed),
            None => Actions::none(),
        };
        (!open.candidates.is_empty(), restored)
    }

    /// Ends a completion and keeps the chosen candidate. Returns whether there is one.
    pub(crate) fn take_candidate(&mut self) -> bool {
        self.completion.take().is_some_and(|open| open.chosen.is_some())
    }

    /// Takes the requested values of a field.
    pub(crate) fn completed(
        &mut self,
        generation: Generation,
        values: &[(String, u32)],
        catalogue: &Catalogue,
    ) -> Actions {
        if generation != self.completion_generation {
            return Actions::none();
        }
        let Some(mut open) = self.completion.take() else { return Actions::none() };
        let Some(field) = open.what.field else { return Actions::none() };
        open.candidates = value_candidates(field, &open.what.typed, values, catalogue);
        self.show_candidates(open)
    }

    fn unfinished(&self) -> Option<Unfinished> {
        unfinished(self.prompt.as_ref()?.input.before_cursor())
    }

    fn begin_completion(&mut self, takes_one: bool, ui_language: UiLanguage, catalogue: &Catalogue) -> Actions {
        let Some(what) = self.unfinished() else { return Actions::notice_of("complete-none") };
        let typed = self.prompt.as_ref().and_then(|prompt| prompt.input.text().get(what.range.clone()));
        let typed = typed.unwrap_or_default().to_owned();
        let range = what.range.clone();
        let mut open = Completion { candidates: Vec::new(), chosen: None, what, range, typed, takes_one };
        self.completion_generation = self.completion_generation.next();
        match open.what.field {
            Some(Field::In) => open.candidates = part_candidates(&open.what.typed, catalogue),
            Some(field) => {
                let (generation, typed) = (self.completion_generation, open.what.typed.clone());
                self.completion = Some(open);
                return Request::Complete { generation, field, typed }.into();
            }
            None => open.candidates = field_candidates(&open.what.typed, ui_language),
        }
        self.show_candidates(open)
    }

    fn show_candidates(&mut self, mut open: Completion) -> Actions {
        match open.candidates.as_slice() {
            [] if open.takes_one => Actions::notice_of("complete-none"),
            [] => Actions::none(),
            [only] if open.takes_one => {
                let inserted = only.inserted.clone();
                self.put_in_line(open.range, &inserted)
            }
            _ => {
                open.takes_one = false;
                self.completion = Some(open);
                Actions::none()
            }
        }
    }

    fn choose_candidate(&mut self, forward: bool) -> Actions {
        let Some(mut open) = self.completion.take() else { return Actions::none() };
        let count = open.candidates.len();
        let next = match (open.chosen, forward) {
            (None, true) => 0,
            (None, false) => count - 1,
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at + count - 1) % count,
        };
        let inserted = open.candidates[next].inserted.clone();
        let edited = self.put_in_line(open.range.clone(), &inserted);
        if count > 1 {
            open.range.end = open.range.start + inserted.len();
            open.chosen = Some(next);
            self.completion = Some(open);
        }
        edited
    }

    fn put_in_line(&mut self, range: Range<usize>, text: &str) -> Actions {
        let Some(prompt) = &mut self.prompt else { return Actions::none() };
        prompt.input.replace(range, text);
        PaneRequest::QueryEdited.into()
    }
}
