//! Walking from match to match, and from the last match of a document to the first of the next hit. Steps that are taken
//! while a reply is awaited are counted and taken when it is there.

use super::state::DossierSearch;
use crate::app::{App, Arrival, Effects, ReaderState};
use crate::locale::Message;
use crate::request::SearchScope;

impl App {
    /// Whether a step has to wait for a reply or for a document.
    pub(super) fn steps_wait(&self) -> bool {
        let asks = |dossier: &DossierSearch| dossier.outcome.is_awaited() && self.search.refreshing.is_none();
        self.reader.loading.is_some()
            || self.search.finding.is_awaited()
            || self.search.document.is_none() && self.search.dossier.as_ref().is_some_and(asks)
    }

    /// Goes as many matches on as were asked for while answers were awaited.
    pub(crate) fn take_steps(&mut self, effects: &mut Effects) {
        if self.search.steps != 0 && !self.steps_wait() {
            let steps = std::mem::take(&mut self.search.steps);
            self.settle_page(); // a step begins at what is in view
            self.go_matches(steps, effects);
        }
    }

    /// `n` and `N`: goes `by` matches forwards, or backwards if negative.
    pub(crate) fn go_matches(&mut self, by: i32, effects: &mut Effects) {
        let Some(scope) = self.search.scope() else {
            return self.notices.set(Message::new("search-no-query").with("key", "/"));
        };
        if self.steps_wait() {
            self.search.steps = self.search.steps.saturating_add(by);
            return;
        }
        if self.reader.open.is_none() {
            return self.go_to_hit(0, Arrival::FirstMatch, effects);
        }
        self.leave_place();
        for taken in 1..=by.unsigned_abs() {
            if !self.step_match(by > 0, scope, effects) {
                if self.reader.loading.is_some() {
                    // The others follow in the next document, once it is there.
                    self.search.steps = by.signum() * (by.unsigned_abs() - taken).cast_signed();
                }
                break;
            }
        }
    }

    /// Goes one match forwards or backwards.
    pub(super) fn step_match(&mut self, forward: bool, scope: SearchScope, effects: &mut Effects) -> bool {
        let Some(reading) = &mut self.reader.open else { return false };
        if let Some(index) = next_match(reading, forward) {
            reading.go_to_match(index);
            return true;
        }
        match scope {
            SearchScope::Document => self.wrap_in_document(forward),
            SearchScope::Dossier => {
                self.cross_document(forward, effects);
                false
            }
        }
    }

    /// Up and down in the prompt: the hits of the dossier, or the matches of this document.
    pub(crate) fn move_in_hits(&mut self, by: i32) {
        let in_document = self.search.prompt.as_ref().is_some_and(|prompt| prompt.scope == SearchScope::Document);
        if !in_document {
            return self.move_in_list(by as isize);
        }
        let Some(reading) = &mut self.reader.open else { return };
        let last = reading.matches.len().saturating_sub(1);
        let target = reading.current.map(|at| at.saturating_add_signed(by as isize).min(last));
        if let Some(at) = target {
            reading.go_to_match(at);
        }
    }

    pub(super) fn wrap_in_document(&mut self, forward: bool) -> bool {
        let Some(reading) = &mut self.reader.open else { return false };
        if reading.matches.is_empty() {
            self.notices.set(Message::new("search-no-match"));
            return false;
        }
        let index = if forward { 0 } else { reading.matches.len() - 1 };
        reading.go_to_match(index);
        self.notices.set(Message::new(if forward { "search-wrapped-top" } else { "search-wrapped-bottom" }));
        true
    }

    /// Goes on in the next or previous hit; from the last one to the first, with a notice. Returns whether a document is
    /// loaded.
    pub(super) fn cross_document(&mut self, forward: bool, effects: &mut Effects) {
        let count = self.list.len();
        if count == 0 {
            return self.notices.set(Message::new("search-no-match"));
        }
        let open = self.reader.open.as_ref().and_then(|reading| self.list.position(reading.opened.key));
        let here = open.unwrap_or(self.list.selected());
        let next = if forward { (here + 1) % count } else { (here + count - 1) % count };
        let wrapped = if forward { next <= here } else { next >= here };
        if wrapped {
            self.notices.set(Message::new(if forward { "search-wrapped-first" } else { "search-wrapped-last" }));
        }
        let arrival = if forward { Arrival::FirstMatch } else { Arrival::LastMatch };
        if next == here && open.is_some() {
            if let Some(reading) = &mut self.reader.open {
                arrive_at_match(reading, &arrival);
            }
            return;
        }
        self.go_to_hit(next, arrival, effects);
    }

    pub(super) fn go_to_hit(&mut self, row: usize, arrival: Arrival, effects: &mut Effects) {
        let Some(key) = self.list.key(row) else { return self.notices.set(Message::new("search-no-match")) };
        self.list.select(row);
        self.load(key, arrival, effects);
    }
}

/// The match after or before the current one; relative to the page in view if there is none, or if it was scrolled out of
/// view.
fn next_match(reading: &ReaderState, forward: bool) -> Option<usize> {
    let attention = reading.attention();
    let index = match reading.current_match() {
        Some(range) if range.start() == attention => {
            let current = reading.current?;
            if forward { current.checked_add(1) } else { current.checked_sub(1) }
        }
        _ if forward => Some(reading.matches.partition_point(|range| range.start() < attention)),
        _ => reading.matches.partition_point(|range| range.start() < attention).checked_sub(1),
    };
    index.filter(|index| *index < reading.matches.len())
}

/// Goes to the match that an arrival names, if there is one.
pub(super) fn arrive_at_match(reading: &mut ReaderState, arrival: &Arrival) {
    let index = match arrival {
        Arrival::Resume | Arrival::FirstMatch => (!reading.matches.is_empty()).then_some(0),
        Arrival::LastMatch => reading.matches.len().checked_sub(1),
        Arrival::Offset(offset) => reading.match_near(*offset),
        Arrival::Place(_) | Arrival::Named(_) | Arrival::Mark(..) | Arrival::Interrupted(..) => None,
    };
    reading.current = None;
    if let Some(index) = index {
        reading.go_to_match(index);
    }
}
