//! The search of the dossier: sending a query, sending it again after a change, and taking its hits. Whether a reply is
//! still wanted is decided by its generation. Finding hits is the dossier's work.

use std::sync::Arc;
use std::time::Duration;

use super::state::{Accepting, Attempt, DossierSearch, Outcome, Refresh};
use crate::app::list::document_list::Choice;
use crate::app::{App, Arrival, Effects, Notice, Pane, ReaderState, SOON};
use crate::locale::Message;
use crate::request::{Request, SearchScope};
use crate::search::results::SearchResult;
use crate::search::{Complaint, Generation, LastWord, parse};
use crate::text::TextRange;

impl App {
    pub(crate) fn search_dossier(&mut self, source: String, last_word: LastWord, effects: &mut Effects) {
        self.search.document = None;
        self.search.refreshing = None;
        self.leave_saved(&source);
        let generation = self.list.ask();
        if source.trim().is_empty() {
            self.drop_matches();
            self.search.dossier = None;
            self.search.spelling.without.clear();
            effects.ask(Request::CancelSearch { generation });
            return self.ask_for_list(effects);
        }
        let before = self.search.dossier.take().unwrap_or_default();
        self.search.dossier =
            Some(DossierSearch { source: source.clone(), outcome: Outcome::Awaited(self.clock), ..before });
        let (sort, spelling) = (self.search.sort, self.search.spelling.clone());
        effects.ask(Request::Search { generation, source, last_word, sort, spelling });
    }

    /// Searches with all other spellings of names, or only with those that were typed.
    pub(crate) fn toggle_variants(&mut self, effects: &mut Effects) {
        let spelling = &mut self.search.spelling;
        spelling.as_typed = !spelling.as_typed;
        spelling.without.clear();
        self.notices.set(Message::new(if self.search.spelling.as_typed { "variants-off" } else { "variants-on" }));
        self.spell_again(effects);
    }

    /// Leaves out one of the other spellings, counted from 1.
    pub(crate) fn drop_variant(&mut self, number: usize, effects: &mut Effects) {
        let dropped = self.search.variants().nth(number.saturating_sub(1)).map(|(form, _)| form.to_owned());
        let Some(dropped) = dropped else { return self.notices.set(Message::new("variants-none")) };
        self.search.spelling.without.push(dropped);
        self.spell_again(effects);
    }

    /// Asks the newest question again, with the spellings that are wanted now.
    pub(super) fn spell_again(&mut self, effects: &mut Effects) {
        match self.search.document {
            Some(_) => self.find_again(effects),
            None => self.ask_again(Refresh::Person, effects),
        }
    }

    /// Searches for another query in place of the newest one, from the present place; an empty one ends the search.
    pub(crate) fn ask_instead(&mut self, source: &str, effects: &mut Effects) {
        if source.is_empty() {
            return self.clear_search(effects);
        }
        self.search.remember(source);
        if self.search.document.is_some() {
            let matched = self.reader.open.as_ref().and_then(ReaderState::current_match).map(TextRange::start);
            let from = matched.or(self.here().map(|(_, offset)| offset));
            return self.search_document(source, LastWord::Whole, from, effects);
        }
        self.list.wanted = self.list.selected_key();
        self.search_dossier(source.to_owned(), LastWord::Whole, effects);
    }

    /// Sends the query of the dossier again.
    pub(crate) fn ask_again(&mut self, why: Refresh, effects: &mut Effects) {
        let last_word = if self.last_word_grows() { LastWord::Prefix } else { LastWord::Whole };
        let generation = self.list.ask();
        let Some(dossier) = &mut self.search.dossier else { return };
        // A question that is still out is asked again, and stays a new one.
        let refreshes = !dossier.outcome.is_awaited() || self.search.refreshing.is_some();
        if !dossier.outcome.is_awaited() {
            dossier.outcome = Outcome::Awaited(self.clock);
        }
        self.search.refreshing = refreshes.then_some((generation, why));
        effects.ask(Request::Search {
            generation,
            source: dossier.source.clone(),
            last_word,
            sort: self.search.sort,
            spelling: self.search.spelling.clone(),
        });
    }

    /// Whether the last word of the dossier's query is taken for the beginning of one.
    pub(crate) fn last_word_grows(&self) -> bool {
        self.search.prompt.as_ref().is_some_and(|prompt| prompt.scope == SearchScope::Dossier)
    }

    pub(crate) fn hits_found(&mut self, generation: Generation, answer: SearchResult, effects: &mut Effects) {
        if generation != self.list.generation || self.search.dossier.is_none() {
            return;
        }
        let refresh = self.search.refreshing.take().filter(|(asked, _)| *asked == generation).map(|(_, why)| why);
        self.look_at_saved(Arc::clone(&answer.order), effects);
        if let Some(accepting) = self.search.accepting.take() {
            return self.settle_query(accepting, answer, effects);
        }
        let choice = match (refresh, self.panes.focus) {
            (None, _) => Choice::First,
            (Some(Refresh::Library), Pane::Reader | Pane::Sidebar) => Choice::Standing,
            (Some(_), _) => Choice::Same,
        };
        let query = Arc::clone(&answer.query);
        self.install(answer, choice);
        // Nobody types: what is open is searched at once.
        if refresh.is_some() || self.panes.focus != Pane::List || self.search.prompt.is_none() {
            self.find_in_open_document(&query, None, effects);
        }
        if refresh != Some(Refresh::Library) {
            self.open_chosen_instead(effects);
        }
        if refresh.is_none() && self.panes.focus == Pane::List {
            self.list.follow_at = Some(self.clock + crate::app::list::open::REST);
        }
    }

    pub(super) fn install(&mut self, answer: SearchResult, choice: Choice) {
        let Some(dossier) = &mut self.search.dossier else { return };
        dossier.outcome = Outcome::Known;
        dossier.query = Some(answer.query);
        dossier.relaxed_hits = answer.relaxed_hits;
        dossier.matches = answer.order.is_empty().then_some(0);
        if !answer.order.is_empty() {
            // That nothing matches is no longer so.
            self.notices.dismiss("empty-search");
        }
        if answer.order.is_empty() {
            self.drop_matches();
        }
        self.list.replace(answer.order, answer.rows, choice);
        // An order that stands still is another one than was answered.
        if choice != Choice::Standing {
            self.list.fold(answer.folds);
        }
        self.complain(&answer.complaints);
    }

    /// Opens the group of duplicates of the chosen document, or folds it.
    pub(crate) fn toggle_group(&mut self) {
        if !self.list.toggle_group() {
            self.notices.set(Message::new("group-none"));
        }
    }

    /// Folds duplicates, or lists them all.
    pub(crate) fn toggle_groups(&mut self) {
        let folded = self.list.toggle_groups();
        self.notices.set(Message::new(if folded { "groups-on" } else { "groups-off" }));
    }

    /// Says what of a query was not understood.
    pub(super) fn complain(&mut self, complaints: &[Complaint]) {
        if let Some(first) = complaints.first() {
            self.notices.set(Message::new(format!("hint-{}", first.code)).with("detail", first.detail.clone()));
        }
    }

    /// Something failed: it is said.
    pub(crate) fn failed(&mut self, message: Message) {
        self.notices.report(Notice::alert(message));
    }

    /// The dossier could not be searched: its reply is no longer awaited.
    pub(crate) fn search_failed(&mut self, generation: Generation, message: Message) {
        if generation == self.list.generation {
            self.search.accepting = None;
            self.search.refreshing = None;
            self.search.steps = 0;
            if let Some(dossier) = &mut self.search.dossier {
                dossier.outcome = Outcome::Failed;
                dossier.matches = None;
            }
        }
        self.failed(message);
    }

    /// Whether an answer is awaited long enough to say so.
    pub fn waits_long(&self, outcome: Outcome) -> bool {
        matches!(outcome, Outcome::Awaited(since) if self.clock >= since + SOON)
    }

    /// When it is to be said that an answer is awaited.
    pub(crate) fn waits_long_at(&self) -> Option<Duration> {
        let dossier = self.search.dossier.as_ref().map(|dossier| dossier.outcome);
        let due = |outcome| match outcome {
            Outcome::Awaited(since) => Some(since + SOON).filter(|at| *at > self.clock),
            Outcome::Known | Outcome::Failed => None,
        };
        [dossier, Some(self.search.finding)].into_iter().flatten().filter_map(due).min()
    }

    pub(crate) fn matches_counted(&mut self, generation: Generation, matches: usize) {
        if generation == self.list.generation
            && let Some(dossier) = &mut self.search.dossier
        {
            dossier.matches = Some(matches);
        }
    }

    /// Takes the hits of an accepted query: those of whole words, unless that would lose hits that are shown.
    pub(super) fn settle_query(&mut self, accepting: Accepting, answer: SearchResult, effects: &mut Effects) {
        let lost = match accepting.chosen {
            Some(chosen) => !answer.order.contains(&chosen),
            None => answer.order.is_empty(),
        };
        if lost && let Some((source, attempt)) = self.next_attempt(accepting.attempt) {
            self.search_dossier(source, LastWord::Whole, effects);
            self.search.accepting = Some(Accepting { attempt, ..accepting });
            return;
        }
        let row = accepting.chosen.and_then(|chosen| answer.order.iter().position(|key| *key == chosen)).unwrap_or(0);
        let (none, understood) = (answer.order.is_empty(), answer.complaints.is_empty());
        self.install(answer, Choice::First);
        if none {
            self.panes.focus = Pane::List;
            if !understood {
                return; // which says more
            }
            let source = self.search.source().unwrap_or_default().to_owned();
            return self.notices.set(Message::new("empty-search").with("query", source));
        }
        self.list.select(row);
        self.panes.focus = Pane::Reader;
        if let Some(key) = self.list.selected_key() {
            self.load(key, Arrival::FirstMatch, effects);
        }
    }

    /// The next form of an accepted query that would lose hits that are shown: first its last word as a prefix, which a
    /// star then shows, then as typed. `None` if there is no other form.
    pub(super) fn next_attempt(&self, attempt: Attempt) -> Option<(String, Attempt)> {
        match attempt {
            Attempt::Typed => {
                let typed = self.search.dossier.as_ref()?.source.clone();
                let beginning = closed(&typed, true);
                let grows = beginning != typed && parse(&beginning, LastWord::Whole).1.is_empty();
                grows.then_some((beginning, Attempt::Beginning(typed)))
            }
            Attempt::Beginning(typed) => Some((typed, Attempt::Last)),
            Attempt::Last => None,
        }
    }

    /// Ends the newest search: that of the document first, then that of the dossier.
    pub(crate) fn clear_search(&mut self, effects: &mut Effects) {
        self.drop_matches();
        if self.search.document.take().is_some() {
            self.find_again(effects);
        } else if self.search.dossier.take().is_some() {
            self.saved.run = None;
            self.search.spelling.without.clear();
            let generation = self.list.ask();
            effects.ask(Request::CancelSearch { generation });
            self.ask_for_list(effects);
        }
    }
}

/// A query to which more can be added: quotes and brackets are closed, and the prefix of a word stays one.
pub(crate) fn closed(source: &str, last_word_grows: bool) -> String {
    let mut source = source.trim_end().to_owned();
    if last_word_grows && source.ends_with(char::is_alphanumeric) {
        source.push('*');
    }
    for (code, closing) in [("unclosed-quote", "\""), ("unclosed-bracket", ")")] {
        let is_open = |source: &str| parse(source, LastWord::Whole).1.iter().any(|complaint| complaint.code == code);
        for _ in 0..source.len() {
            if !is_open(&source) {
                break;
            }
            source.push_str(closing);
        }
    }
    source
}
