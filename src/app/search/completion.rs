//! Completion in the prompt: Tab completes a field name or a value; if several fit, they are shown in a row under the
//! prompt, and Tab goes from one to the next. Names are known here; values are requested from the dossier, and stale
//! replies are dropped.

use crate::request::Request;
use std::ops::Range;

use crate::app::{App, Effects};
use crate::document::{Genre, PartKind};
use crate::locale::{Catalogue, Message, Tongue};
use crate::search::query::complete::{Unfinished, begins, field_names, quoted, unfinished};
use crate::search::{Field, Generation};

/// Something that could stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompletionCandidate {
    /// As it is shown.
    pub said: String,
    /// How many documents have it, when it is a value.
    pub documents: Option<u32>,
    inserted: String,
}

/// A completion that is going on.
#[derive(Clone, Debug, PartialEq)]
pub struct Completion {
    /// What could stand there; none while they are awaited.
    pub candidates: Vec<CompletionCandidate>,
    /// The one that stands there now.
    pub chosen: Option<usize>,
    what: Unfinished,
    /// Where it stands in the line by now.
    range: Range<usize>,
    /// What was typed there.
    typed: String,
    /// Whether a lone candidate is taken at once: a key asked for it, not a letter.
    takes_one: bool,
}

impl App {
    /// Tab in the prompt: completes, or chooses the next candidate; Shift-Tab the previous one.
    pub(crate) fn complete(&mut self, forward: bool, effects: &mut Effects) {
        if self.overlay.is_some() {
            return;
        }
        match &self.search.completion {
            Some(open) if !open.candidates.is_empty() => self.choose_candidate(forward, effects),
            _ => self.begin_completion(true, effects),
        }
    }

    /// Updates the candidates after the line was edited.
    pub(crate) fn refine_completion(&mut self, effects: &mut Effects) {
        let Some(open) = self.search.completion.take() else { return };
        let now = self.unfinished();
        if now.is_some_and(|now| now.field == open.what.field && now.range.start == open.what.range.start) {
            self.begin_completion(false, effects);
        }
    }

    /// Ends a completion and restores the typed text. Returns also whether candidates were shown.
    pub(crate) fn drop_completion(&mut self, effects: &mut Effects) -> bool {
        let Some(open) = self.search.completion.take() else { return false };
        if open.chosen.is_some() {
            self.put_in_line(open.range, &open.typed, effects);
        }
        !open.candidates.is_empty()
    }

    /// Ends a completion and keeps the chosen candidate. Returns whether there is one.
    pub(crate) fn take_candidate(&mut self) -> bool {
        self.search.completion.take().is_some_and(|open| open.chosen.is_some())
    }

    /// Takes the requested values of a field.
    pub(crate) fn completed(&mut self, generation: Generation, values: &[(String, u32)], effects: &mut Effects) {
        if generation != self.search.completion_generation {
            return;
        }
        let Some(mut open) = self.search.completion.take() else { return };
        let Some(field) = open.what.field else { return };
        open.candidates = candidates(field, &open.what.typed, values, &self.catalogue);
        self.show_candidates(open, effects);
    }

    fn unfinished(&self) -> Option<Unfinished> {
        unfinished(self.search.prompt.as_ref()?.input.before_cursor())
    }

    fn begin_completion(&mut self, takes_one: bool, effects: &mut Effects) {
        let Some(what) = self.unfinished() else {
            return self.notices.set(Message::new("complete-none"));
        };
        let typed = self.search.prompt.as_ref().and_then(|prompt| prompt.input.text().get(what.range.clone()));
        let typed = typed.unwrap_or_default().to_owned();
        let range = what.range.clone();
        let mut open = Completion { candidates: Vec::new(), chosen: None, what, range, typed, takes_one };
        self.search.completion_generation = self.search.completion_generation.next();
        if open.what.field == Some(Field::In) {
            open.candidates = part_candidates(&open.what.typed, &self.catalogue);
            self.show_candidates(open, effects);
        } else if let Some(field) = open.what.field {
            let (generation, typed) = (self.search.completion_generation, open.what.typed.clone());
            effects.ask(Request::Complete { generation, field, typed });
            self.search.completion = Some(open);
        } else {
            let names = field_names(&open.what.typed, self.settings.tongue == Tongue::French);
            let candidate = |name: &str| CompletionCandidate {
                said: name.to_owned(),
                documents: None,
                inserted: format!("{name}:"),
            };
            open.candidates = names.into_iter().map(candidate).collect();
            self.show_candidates(open, effects);
        }
    }

    fn show_candidates(&mut self, mut open: Completion, effects: &mut Effects) {
        match open.candidates.as_slice() {
            [] if open.takes_one => self.notices.set(Message::new("complete-none")),
            [] => {}
            [only] if open.takes_one => {
                let inserted = only.inserted.clone();
                self.put_in_line(open.range, &inserted, effects);
            }
            _ => {
                open.takes_one = false;
                self.search.completion = Some(open);
            }
        }
    }

    fn choose_candidate(&mut self, forward: bool, effects: &mut Effects) {
        let Some(mut open) = self.search.completion.take() else { return };
        let count = open.candidates.len();
        let next = match (open.chosen, forward) {
            (None, true) => 0,
            (None, false) => count - 1,
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at + count - 1) % count,
        };
        let inserted = open.candidates[next].inserted.clone();
        self.put_in_line(open.range.clone(), &inserted, effects);
        if count == 1 {
            return;
        }
        open.range.end = open.range.start + inserted.len();
        open.chosen = Some(next);
        self.search.completion = Some(open);
    }

    fn put_in_line(&mut self, range: Range<usize>, text: &str, effects: &mut Effects) {
        if let Some(prompt) = &mut self.search.prompt {
            prompt.input.replace(range, text);
            self.query_edited(effects);
        }
    }
}

/// The values that begin as what was typed does; of codes, also those that are called so in the interface's language.
fn candidates(field: Field, typed: &str, values: &[(String, u32)], catalogue: &Catalogue) -> Vec<CompletionCandidate> {
    let each = |(value, documents): &(String, u32)| {
        let said = match field {
            Field::Kind if Genre::from_name(value).is_some() => catalogue.text(format!("genre-{value}")),
            Field::Language => catalogue.language(value),
            Field::Country => catalogue.country(value),
            _ => value.clone(),
        };
        let fits = begins(value, typed) || begins(&said, typed);
        fits.then(|| CompletionCandidate { said, documents: Some(*documents), inserted: quoted(value) })
    };
    values.iter().filter_map(each).collect()
}

/// The parts of documents that are called so, and the title.
fn part_candidates(typed: &str, catalogue: &Catalogue) -> Vec<CompletionCandidate> {
    let title = ("title", catalogue.text("field-title"));
    let parts =
        PartKind::ALL.into_iter().map(|kind| (kind.name(), catalogue.text(format!("place-{}.bare", kind.name()))));
    let fits = |(code, said): &(&str, String)| begins(code, typed) || begins(said, typed);
    let candidate = |(_, said): (&str, String)| CompletionCandidate { inserted: quoted(&said), said, documents: None };
    std::iter::once(title).chain(parts).filter(fits).map(candidate).collect()
}
