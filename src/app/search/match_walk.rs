//! Walking from match to match, and from the last match of a document to the first of the next hit. Steps that are taken
//! while a reply is awaited are counted and taken when it is there.

use super::state::{DossierSearch, SearchState};
use crate::app::action::Actions;
use crate::app::list::document_list::DocumentList;
use crate::app::reader::arrival::Arrival;
use crate::app::reader::pane::ReaderPane;
use crate::app::reader::state::ReaderState;
use crate::locale::Message;
use crate::request::SearchScope;

/// The result of one step.
enum Step {
    /// The next step can follow.
    TerminalState(Actions),
    /// The walk ends here, or goes on in another document once it is loaded.
    Last { actions: Actions, loads: bool },
}

impl SearchState {
    /// Whether a step has to wait for a reply or for a document.
    pub(crate) fn steps_wait(&self, reader: &ReaderPane) -> bool {
        let awaits_hits = |dossier: &DossierSearch| dossier.outcome.is_awaited() && self.refreshing.is_none();
        reader.loading.is_some()
            || self.finding.is_awaited()
            || self.document.is_none() && self.dossier.as_ref().is_some_and(awaits_hits)
    }

    /// Takes the steps that were counted while replies were awaited.
    pub(crate) fn take_waiting_steps(&mut self, list: &mut DocumentList, reader: &mut ReaderPane) -> Actions {
        let steps = std::mem::take(&mut self.steps);
        self.go_matches(steps, list, reader)
    }

    /// `n` and `N`: goes `by` matches forwards, or backwards if negative.
    pub(crate) fn go_matches(&mut self, by: i32, list: &mut DocumentList, reader: &mut ReaderPane) -> Actions {
        let Some(scope) = self.scope() else {
            return Actions::notice(Message::new("search-no-query").with("key", "/"));
        };
        if self.steps_wait(reader) {
            self.steps = self.steps.saturating_add(by);
            return Actions::none();
        }
        if reader.open.is_none() {
            return go_to_hit(0, Arrival::FirstMatch, list).0;
        }
        reader.leave_place();
        let mut actions = Actions::none();
        for taken in 1..=by.unsigned_abs() {
            match step_match(by > 0, scope, list, reader) {
                Step::TerminalState(step) => actions.extend(step),
                Step::Last { actions: step, loads } => {
                    actions.extend(step);
                    if loads {
                        // The others follow in the next document, once it is loaded.
                        self.steps = by.signum() * (by.unsigned_abs() - taken).cast_signed();
                    }
                    break;
                }
            }
        }
        actions
    }
}

/// Goes one match forwards or backwards.
fn step_match(forward: bool, scope: SearchScope, list: &mut DocumentList, reader: &mut ReaderPane) -> Step {
    let Some(open) = &mut reader.open else { return Step::Last { actions: Actions::none(), loads: false } };
    if let Some(index) = next_match(open, forward) {
        open.go_to_match(index);
        return Step::TerminalState(Actions::none());
    }
    match scope {
        SearchScope::Document => wrap_in_document(open, forward),
        SearchScope::Dossier => {
            let (actions, loads) = cross_document(forward, list, open);
            Step::Last { actions, loads }
        }
    }
}

fn wrap_in_document(reader: &mut ReaderState, forward: bool) -> Step {
    if reader.matches.is_empty() {
        return Step::Last { actions: Actions::notice_of("search-no-match"), loads: false };
    }
    let index = if forward { 0 } else { reader.matches.len() - 1 };
    reader.go_to_match(index);
    Step::TerminalState(Actions::notice_of(if forward { "search-wrapped-top" } else { "search-wrapped-bottom" }))
}

/// Goes on in the next or previous hit; from the last one to the first, with a notice. Returns whether a document is
/// loaded.
fn cross_document(forward: bool, list: &mut DocumentList, reader: &mut ReaderState) -> (Actions, bool) {
    let count = list.len();
    if count == 0 {
        return (Actions::notice_of("search-no-match"), false);
    }
    let open = list.position(reader.opened.key);
    let here = open.unwrap_or(list.selected());
    let next = if forward { (here + 1) % count } else { (here + count - 1) % count };
    let wrapped = if forward { next <= here } else { next >= here };
    let notice = if wrapped {
        Actions::notice_of(if forward { "search-wrapped-first" } else { "search-wrapped-last" })
    } else {
        Actions::none()
    };
    let arrival = if forward { Arrival::FirstMatch } else { Arrival::LastMatch };
    if next == here && open.is_some() {
        arrive_at_match(reader, &arrival);
        return (notice, false);
    }
    let (hit, loads) = go_to_hit(next, arrival, list);
    (notice.and(hit), loads)
}

fn go_to_hit(row: usize, arrival: Arrival, list: &mut DocumentList) -> (Actions, bool) {
    let Some(key) = list.key(row) else { return (Actions::notice_of("search-no-match"), false) };
    list.select(row);
    (Actions::load(key, arrival), true)
}

/// Moves the current match, in the prompt of a search of the document.
pub(crate) fn move_current_match(by: i32, reader: &mut ReaderPane) {
    let Some(reader) = &mut reader.open else { return };
    let last = reader.matches.len().saturating_sub(1);
    let target = reader.current.map(|at| at.saturating_add_signed(by as isize).min(last));
    if let Some(at) = target {
        reader.go_to_match(at);
    }
}

/// The match after or before the current one; relative to the page in view if there is none, or if it was scrolled out of
/// view.
fn next_match(reader: &ReaderState, forward: bool) -> Option<usize> {
    let here = reader.present_offset();
    let index = match reader.current_match() {
        Some(range) if range.start() == here => {
            let current = reader.current?;
            if forward { current.checked_add(1) } else { current.checked_sub(1) }
        }
        _ if forward => Some(reader.matches.partition_point(|range| range.start() < here)),
        _ => reader.matches.partition_point(|range| range.start() < here).checked_sub(1),
    };
    index.filter(|index| *index < reader.matches.len())
}

/// Goes to the match that an arrival names, if there is one.
pub(super) fn arrive_at_match(reader: &mut ReaderState, arrival: &Arrival) {
    let index = match arrival {
        Arrival::Resume | Arrival::FirstMatch => (!reader.matches.is_empty()).then_some(0),
        Arrival::LastMatch => reader.matches.len().checked_sub(1),
        Arrival::Offset(offset) => reader.match_near(*offset),
        Arrival::Place(_) | Arrival::Named(_) | Arrival::Mark(..) | Arrival::Interrupted(..) => None,
    };
    reader.current = None;
    if let Some(index) = index {
        reader.go_to_match(index);
    }
}
