//! The search of the open document, and the matches in it of either search. The matches themselves are found by the dossier
//! and kept by the reader; walking them is done in `match_walk`.

use std::sync::Arc;
use std::time::Duration;

use super::dossier_search::{closed, complaint};
use super::match_walk::arrive_at_match;
use super::state::{DocumentSearch, Outcome, SearchState};
use crate::app::action::{Actions, PaneRequest};
use crate::app::reader::arrival::Arrival;
use crate::app::reader::pane::ReaderPane;
use crate::document::DocumentKey;
use crate::request::{Pane, Request};
use crate::search::{Generation, LastWord, Query, parse};
use crate::text::{TextRange, TextSize};

impl SearchState {
    /// Forgets the matches in the open document.
    pub(crate) fn drop_matches(&mut self, reader: &mut ReaderPane) {
        self.find_generation = self.find_generation.next();
        self.arrival = None;
        self.finding = Outcome::Known;
        if let Some(reader) = &mut reader.open {
            reader.matches = Arc::from([]);
            reader.current = None;
        }
    }

    /// Searches the open document for the words of the command line.
    pub(crate) fn search_first_words(&mut self, words: &str, reader: &mut ReaderPane, now: Duration) -> Actions {
        self.remember(words);
        let actions = self.search_document(words, LastWord::Whole, None, reader, now);
        self.announce = true;
        actions
    }

    /// Searches the open document without moving in it.
    pub(crate) fn search_in_place(&mut self, source: String, reader: &ReaderPane, now: Duration) -> Actions {
        let query = Arc::new(parse(&source, LastWord::Whole).0);
        self.document = Some(DocumentSearch { source, query, last_word: LastWord::Whole, typed: None });
        self.find_again(reader, now)
    }

    /// Searches the open document and goes to the first match from an offset on.
    pub(crate) fn search_document(
        &mut self,
        source: &str,
        last_word: LastWord,
        from: Option<TextSize>,
        reader: &mut ReaderPane,
        now: Duration,
    ) -> Actions {
        if source.trim().is_empty() {
            self.document = None;
            self.drop_matches(reader);
            return Actions::none();
        }
        let (query, complaints) = parse(source, last_word);
        let query = Arc::new(query);
        self.document =
            Some(DocumentSearch { source: source.to_owned(), query: Arc::clone(&query), last_word, typed: None });
        let arrival = from.map_or(Arrival::FirstMatch, Arrival::Offset);
        complaint(&complaints).and(self.find_in_open_document(&query, Some(arrival), reader, now))
    }

    /// Requests the matches of the newest search again, for another text or after another search, without moving.
    pub(crate) fn find_again(&mut self, reader: &ReaderPane, now: Duration) -> Actions {
        match self.query().cloned() {
            Some(query) => self.find_in_open_document(&query, None, reader, now),
            None => Actions::none(),
        }
    }

    /// Requests the matches in the open document; `arrival` is where to go when they arrive.
    pub(crate) fn find_in_open_document(
        &mut self,
        query: &Arc<Query>,
        arrival: Option<Arrival>,
        reader: &ReaderPane,
        now: Duration,
    ) -> Actions {
        let Some(reader) = &reader.open else { return Actions::none() };
        self.find_generation = self.find_generation.next();
        self.arrival = arrival;
        if !self.finding.is_awaited() {
            self.finding = Outcome::Awaited(now);
        }
        Actions::from(Request::Find {
            generation: self.find_generation,
            key: reader.opened.key,
            document: Arc::clone(&reader.opened.document),
            query: Arc::clone(query),
            spelling: self.document.is_some().then(|| self.spelling.clone()),
        })
    }

    /// Shows the matches that came with a document that has just been opened; requests them if the query has changed.
    pub(crate) fn show_matches(
        &mut self,
        found: Option<(Arc<Query>, Arc<[TextRange]>)>,
        arrival: Arrival,
        reader: &mut ReaderPane,
        (focus, now): (Pane, Duration),
        restored: &mut Option<TextSize>,
    ) -> Actions {
        self.finding = Outcome::Known;
        let Some(query) = self.query().cloned() else { return Actions::none() };
        match found {
            Some((asked, matches)) if Arc::ptr_eq(&asked, &query) => {
                self.take_matches(matches, Some(arrival), reader, focus, restored)
            }
            _ => self.find_in_open_document(&query, Some(arrival), reader, now),
        }
    }

    /// Takes the matches in the open document. `restored`: the start of the current match of a restored session.
    pub(crate) fn matches_found(
        &mut self,
        (generation, key): (Generation, DocumentKey),
        (query, matches): (Arc<Query>, Arc<[TextRange]>),
        reader: &mut ReaderPane,
        (focus, now): (Pane, Duration),
        restored: &mut Option<TextSize>,
    ) -> Actions {
        if generation != self.find_generation || reader.key() != Some(key) {
            return Actions::none();
        }
        self.finding = Outcome::Known;
        if let Some(search) = &mut self.document {
            search.query = query;
        }
        let arrival = self.arrival.take();
        if matches.is_empty()
            && self.announce
            && let Some(actions) = self.grow_last_word(arrival.as_ref(), reader, now)
        {
            return actions;
        }
        let in_vain = matches.is_empty().then_some(self.document.as_mut()).flatten();
        if let Some((search, typed)) = in_vain.and_then(|search| search.typed.take().map(|typed| (search, typed))) {
            search.query = Arc::new(parse(&typed, LastWord::Whole).0);
            search.source = typed;
        }
        self.take_matches(matches, arrival, reader, focus, restored)
    }

    /// Searches for the last word of an accepted query as a prefix, as while it was typed, if it does not occur as a word.
    /// A star then shows it. `None` if there is no such prefix.
    fn grow_last_word(&mut self, arrival: Option<&Arrival>, reader: &mut ReaderPane, now: Duration) -> Option<Actions> {
        let typed = self.document.as_ref()?.source.clone();
        let prefix = closed(&typed, true);
        if prefix == typed || !parse(&prefix, LastWord::Whole).1.is_empty() {
            return None;
        }
        let from = match arrival {
            Some(Arrival::Offset(offset)) => Some(*offset),
            _ => None,
        };
        let actions = self.search_document(&prefix, LastWord::Whole, from, reader, now);
        if let Some(search) = &mut self.document {
            search.typed = Some(typed);
        }
        Some(actions)
    }

    fn take_matches(
        &mut self,
        matches: Arc<[TextRange]>,
        arrival: Option<Arrival>,
        reader: &mut ReaderPane,
        focus: Pane,
        restored: &mut Option<TextSize>,
    ) -> Actions {
        let Some(reader) = &mut reader.open else { return Actions::none() };
        let current = reader.current_match().map(TextRange::start).or(*restored);
        reader.matches = matches;
        if let Some(arrival) = arrival.filter(|arrival| !matches!(arrival, Arrival::Interrupted(..))) {
            let only_shown = focus == Pane::List && !reader.has_moved();
            arrive_at_match(reader, &arrival);
            if only_shown {
                reader.record_arrival(reader.place());
            }
        } else {
            let same = |start: TextSize| reader.matches.iter().position(|found| found.start() == start);
            reader.current = current.and_then(same);
            restored.take_if(|_| reader.current.is_some());
        }
        let actions = Actions::from(PaneRequest::FilterOverlay);
        if std::mem::take(&mut self.announce) && reader.matches.is_empty() {
            return actions.and(Actions::notice_of("search-no-match"));
        }
        actions
    }

    /// The open document could not be searched: its matches are no longer awaited.
    pub(crate) fn find_failed(&mut self, generation: Generation) {
        if generation == self.find_generation {
            self.finding = Outcome::Failed;
            self.announce = false;
            self.steps = 0;
        }
    }
}
