//! The search of the dossier: sending a query, sending it again after a change, and taking its hits. Whether a reply is
//! still wanted is decided by its generation. Finding hits is the dossier's work.

use std::sync::Arc;
use std::time::Duration;

use super::state::{Accepting, Attempt, DossierSearch, Outcome, Refresh, SearchState};
use crate::app::action::{Actions, PaneRequest};
use crate::app::list::document_list::{Choice, DocumentList};
use crate::app::reader::arrival::Arrival;
use crate::app::reader::pane::ReaderPane;
use crate::app::reader::state::ReaderState;
use crate::locale::Message;
use crate::request::{Pane, Request};
use crate::search::results::SearchResult;
use crate::search::{Complaint, Generation, LastWord, Sort, parse};
use crate::text::TextRange;

impl SearchState {
    /// Searches the dossier; an empty query ends the search and shows the whole list.
    pub(crate) fn search_dossier(
        &mut self,
        source: String,
        last_word: LastWord,
        list: &mut DocumentList,
        reader: &mut ReaderPane,
        now: Duration,
    ) -> Actions {
        self.document = None;
        self.refreshing = None;
        self.saved.take_if(|run| run.source != source);
        let generation = list.next_generation();
        if source.trim().is_empty() {
            self.drop_matches(reader);
            self.dossier = None;
            self.spelling.without.clear();
            return Actions::from(Request::CancelSearch { generation }).and(list.request());
        }
        let before = self.dossier.take().unwrap_or_default();
        self.dossier = Some(DossierSearch { source: source.clone(), outcome: Outcome::Awaited(now), ..before });
        let (sort, spelling) = (self.sort, self.spelling.clone());
        Request::Search { generation, source, last_word, sort, spelling }.into()
    }

    /// Sends the query of the dossier again.
    pub(crate) fn ask_again(&mut self, why: Refresh, list: &mut DocumentList, now: Duration) -> Actions {
        let last_word = if self.last_word_grows() { LastWord::Prefix } else { LastWord::Whole };
        let generation = list.next_generation();
        let Some(dossier) = &mut self.dossier else { return Actions::none() };
        // A request that is still unanswered is sent again, and its hits remain those of a new query.
        let refreshes = !dossier.outcome.is_awaited() || self.refreshing.is_some();
        if !dossier.outcome.is_awaited() {
            dossier.outcome = Outcome::Awaited(now);
        }
        self.refreshing = refreshes.then_some((generation, why));
        let (source, spelling) = (dossier.source.clone(), self.spelling.clone());
        Request::Search { generation, source, last_word, sort: self.sort, spelling }.into()
    }

    /// Requests the hits, or without a search the list, again: the library has changed.
    pub(crate) fn refresh(&mut self, list: &mut DocumentList, now: Duration) -> Actions {
        match self.dossier {
            Some(_) => self.ask_again(Refresh::Library, list, now),
            None => list.request(),
        }
    }

    /// Sorts by the next order; without a search there is no relevance.
    pub(crate) fn sort_by_next(&mut self, list: &mut DocumentList, now: Duration) -> Actions {
        let sort = match self.dossier {
            Some(_) => self.sort.next(),
            None if list.sort == Sort::Date => Sort::Title,
            None => Sort::Date,
        };
        self.sort_by(sort, list, now)
    }

    /// Sorts the hits, or without a search the list.
    pub(crate) fn sort_by(&mut self, sort: Sort, list: &mut DocumentList, now: Duration) -> Actions {
        let name = Message::new(format!("sort-{}", sort.name()));
        let notice = Actions::notice(Message::new("sort-is").with("sort", name));
        if self.dossier.is_some() {
            self.sort = sort;
            return notice.and(self.ask_again(Refresh::Person, list, now));
        }
        list.sort = sort;
        notice.and(list.request())
    }

    /// Searches with all other spellings of names, or only with those that were typed.
    pub(crate) fn toggle_variants(&mut self, list: &mut DocumentList, reader: &ReaderPane, now: Duration) -> Actions {
        self.spelling.as_typed = !self.spelling.as_typed;
        self.spelling.without.clear();
        let notice = Actions::notice_of(if self.spelling.as_typed { "variants-off" } else { "variants-on" });
        notice.and(self.ask_with_spelling(list, reader, now))
    }

    /// Leaves out one of the other spellings, counted from 1.
    pub(crate) fn drop_variant(
        &mut self,
        number: usize,
        list: &mut DocumentList,
        reader: &ReaderPane,
        now: Duration,
    ) -> Actions {
        let dropped = self.variants().nth(number.saturating_sub(1)).map(|(form, _)| form.to_owned());
        let Some(dropped) = dropped else { return Actions::notice_of("variants-none") };
        self.spelling.without.push(dropped);
        self.ask_with_spelling(list, reader, now)
    }

    /// Sends the newest query again, with the present spellings.
    fn ask_with_spelling(&mut self, list: &mut DocumentList, reader: &ReaderPane, now: Duration) -> Actions {
        match self.document {
            Some(_) => self.find_again(reader, now),
            None => self.ask_again(Refresh::Person, list, now),
        }
    }

    /// Searches for another query in place of the newest one, from the present place; an empty one ends the search.
    pub(crate) fn ask_instead(
        &mut self,
        source: &str,
        list: &mut DocumentList,
        reader: &mut ReaderPane,
        now: Duration,
    ) -> Actions {
        if source.is_empty() {
            return self.clear_search(list, reader, now);
        }
        self.remember(source);
        if self.document.is_some() {
            let matched = reader.open.as_ref().and_then(ReaderState::current_match).map(TextRange::start);
            let from = matched.or(reader.here().map(|(_, offset)| offset));
            return self.search_document(source, LastWord::Whole, from, reader, now);
        }
        list.select_next = list.selected_key();
        self.search_dossier(source.to_owned(), LastWord::Whole, list, reader, now)
    }

    /// Searches for a query that a facet changed: in the prompt if it searches the dossier, else as if it were accepted.
    pub(crate) fn replace_query(
        &mut self,
        (source, last_word): (String, LastWord),
        list: &mut DocumentList,
        reader: &mut ReaderPane,
        now: Duration,
    ) -> Actions {
        if !self.set_dossier_prompt(&source) {
            self.remember(&source);
        }
        self.search_dossier(source, last_word, list, reader, now)
    }

    /// Ends the newest search: that of the document first, then that of the dossier.
    pub(crate) fn clear_search(&mut self, list: &mut DocumentList, reader: &mut ReaderPane, now: Duration) -> Actions {
        self.drop_matches(reader);
        if self.document.take().is_some() {
            return self.find_again(reader, now);
        }
        if self.dossier.take().is_none() {
            return Actions::none();
        }
        self.saved = None;
        self.spelling.without.clear();
        let generation = list.next_generation();
        Actions::from(Request::CancelSearch { generation }).and(list.request())
    }

    /// Takes the hits of the newest search.
    pub(crate) fn hits_found(
        &mut self,
        generation: Generation,
        result: SearchResult,
        list: &mut DocumentList,
        reader: &mut ReaderPane,
        focus: Pane,
        now: Duration,
    ) -> Actions {
        if generation != list.generation || self.dossier.is_none() {
            return Actions::none();
        }
        let refresh = self.refreshing.take().filter(|(asked, _)| *asked == generation).map(|(_, why)| why);
        let mut actions = self.record_seen(Arc::clone(&result.order));
        if let Some(accepting) = self.accepting.take() {
            return actions.and(self.settle_query(accepting, result, list, reader, now));
        }
        let choice = match (refresh, focus) {
            (None, _) => Choice::First,
            (Some(Refresh::Library), Pane::Reader | Pane::Sidebar) => Choice::KeepRows,
            (Some(_), _) => Choice::Same,
        };
        let query = Arc::clone(&result.query);
        actions.extend(self.install(result, choice, list, reader));
        // Unless a query is being typed in the list, the open document is searched now.
        if refresh.is_some() || focus != Pane::List || self.prompt.is_none() {
            actions.extend(self.find_in_open_document(&query, None, reader, now));
        }
        if refresh != Some(Refresh::Library) {
            actions.extend(list.open_selected_instead(reader, self.list_leads(focus)));
        }
        if refresh.is_none() && focus == Pane::List {
            list.selection_moved(now);
        }
        actions
    }

    fn install(
        &mut self,
        result: SearchResult,
        choice: Choice,
        list: &mut DocumentList,
        reader: &mut ReaderPane,
    ) -> Actions {
        let Some(dossier) = &mut self.dossier else { return Actions::none() };
        let is_empty = result.order.is_empty();
        dossier.outcome = Outcome::Known;
        dossier.query = Some(result.query);
        dossier.relaxed_hits = result.relaxed_hits;
        dossier.matches = is_empty.then_some(0);
        let mut actions = Actions::none();
        if is_empty {
            self.drop_matches(reader);
        } else {
            actions.extend(PaneRequest::DismissNotice("empty-search")); // no longer true
        }
        list.replace(result.order, result.rows, choice);
        // An order in which no row moves is not the order that the groups were computed for.
        if choice != Choice::KeepRows {
            list.fold(result.folds);
        }
        actions.and(complaint(&result.complaints))
    }

    /// Takes the hits of an accepted query: those of whole words, unless that would lose hits that are shown.
    fn settle_query(
        &mut self,
        accepting: Accepting,
        result: SearchResult,
        list: &mut DocumentList,
        reader: &mut ReaderPane,
        now: Duration,
    ) -> Actions {
        let loses_hits = match accepting.chosen {
            Some(chosen) => !result.order.contains(&chosen),
            None => result.order.is_empty(),
        };
        if loses_hits && let Some((source, attempt)) = self.next_attempt(accepting.attempt) {
            let actions = self.search_dossier(source, LastWord::Whole, list, reader, now);
            self.accepting = Some(Accepting { attempt, ..accepting });
            return actions;
        }
        let row = accepting.chosen.and_then(|chosen| result.order.iter().position(|key| *key == chosen)).unwrap_or(0);
        let (none, is_understood) = (result.order.is_empty(), result.complaints.is_empty());
        let installed = self.install(result, Choice::First, list, reader);
        if none {
            let actions = installed.and(PaneRequest::Focus(Pane::List));
            if !is_understood {
                return actions; // the complaint explains more
            }
            let source = self.source().unwrap_or_default().to_owned();
            return actions.and(PaneRequest::Notice(Message::new("empty-search").with("query", source)));
        }
        list.select(row);
        let actions = installed.and(PaneRequest::Focus(Pane::Reader));
        match list.selected_key() {
            Some(key) => actions.and(PaneRequest::Load(key, Arrival::FirstMatch)),
            None => actions,
        }
    }

    /// The next form of an accepted query that would lose hits that are shown: first its last word as a prefix, which a
    /// star then shows, then as typed. `None` if there is no other form.
    fn next_attempt(&self, attempt: Attempt) -> Option<(String, Attempt)> {
        match attempt {
            Attempt::Typed => {
                let typed = self.dossier.as_ref()?.source.clone();
                let prefix = closed(&typed, true);
                let grows = prefix != typed && parse(&prefix, LastWord::Whole).1.is_empty();
                grows.then_some((prefix, Attempt::Prefix(typed)))
            }
            Attempt::Prefix(typed) => Some((typed, Attempt::TypedAgain)),
            Attempt::TypedAgain => None,
        }
    }

    /// The dossier could not be searched: its reply is no longer awaited.
    pub(crate) fn search_failed(&mut self, generation: Generation, list: &DocumentList) {
        if generation == list.generation {
            self.accepting = None;
            self.refreshing = None;
            self.steps = 0;
            if let Some(dossier) = &mut self.dossier {
                dossier.outcome = Outcome::Failed;
                dossier.matches = None;
            }
        }
    }

    /// Takes the total of matches in all hits.
    pub(crate) fn matches_counted(&mut self, generation: Generation, matches: usize, list: &DocumentList) {
        if let Some(dossier) = self.dossier.as_mut().filter(|_| generation == list.generation) {
            dossier.matches = Some(matches);
        }
    }
}

/// The notice that a part of a query was not understood.
pub(super) fn complaint(complaints: &[Complaint]) -> Actions {
    match complaints.first() {
        Some(first) => {
            Actions::notice(Message::new(format!("hint-{}", first.code)).with("detail", first.detail.clone()))
        }
        None => Actions::none(),
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
