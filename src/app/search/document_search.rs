//! The search of the open document, and the matches in it of either search. The matches themselves are found by the dossier
//! and kept by the reader; walking them is done in `match_walk`.

use std::sync::Arc;

use super::dossier_search::closed;
use super::match_walk::arrive_at_match;
use super::state::{DocumentSearch, Outcome};
use crate::app::{App, Arrival, Effects, Pane};
use crate::document::DocumentKey;
use crate::locale::Message;
use crate::request::Request;
use crate::search::{Generation, LastWord, Query, parse};
use crate::text::{TextRange, TextSize};

impl App {
    /// The open document could not be searched: its matches are no longer awaited.
    pub(crate) fn find_failed(&mut self, generation: Generation, message: Message) {
        if generation == self.search.find_generation {
            self.search.finding = Outcome::Failed;
            self.search.announce = false;
            self.search.steps = 0;
        }
        self.failed(message);
    }

    pub(super) fn drop_matches(&mut self) {
        self.search.find_generation = self.search.find_generation.next();
        self.search.arrival = None;
        self.search.finding = Outcome::Known;
        if let Some(reading) = &mut self.reader.open {
            reading.matches = Arc::from([]);
            reading.current = None;
        }
    }

    /// Looks for words in the open document, as when the program was started with them.
    pub(crate) fn search_document_for(&mut self, words: &str, effects: &mut Effects) {
        self.search.remember(words);
        self.search_document(words, LastWord::Whole, None, effects);
        self.search.announce = true;
    }

    /// Looks for words in the open document once more; nothing moves.
    pub(crate) fn look_for_again(&mut self, source: String, effects: &mut Effects) {
        let query = Arc::new(parse(&source, LastWord::Whole).0);
        self.search.document = Some(DocumentSearch { source, query, last_word: LastWord::Whole, typed: None });
        self.find_again(effects);
    }

    /// Searches the open document and goes to the first match from an offset on.
    pub(super) fn search_document(
        &mut self,
        source: &str,
        last_word: LastWord,
        from: Option<TextSize>,
        effects: &mut Effects,
    ) {
        if source.trim().is_empty() {
            self.search.document = None;
            return self.drop_matches();
        }
        let (query, complaints) = parse(source, last_word);
        self.complain(&complaints);
        let query = Arc::new(query);
        self.search.document =
            Some(DocumentSearch { source: source.to_owned(), query: Arc::clone(&query), last_word, typed: None });
        let arrival = from.map_or(Arrival::FirstMatch, Arrival::Offset);
        self.find_in_open_document(&query, Some(arrival), effects);
    }

    /// Requests the matches of the newest search again, for another text or after another search, without moving.
    pub(crate) fn find_again(&mut self, effects: &mut Effects) {
        if let Some(query) = self.search.query().cloned() {
            self.find_in_open_document(&query, None, effects);
        }
    }

    /// Requests the matches in the open document; `arrival` is where to go when they arrive.
    pub(super) fn find_in_open_document(
        &mut self,
        query: &Arc<Query>,
        arrival: Option<Arrival>,
        effects: &mut Effects,
    ) {
        let Some(reading) = &self.reader.open else { return };
        self.search.find_generation = self.search.find_generation.next();
        self.search.arrival = arrival;
        if !self.search.finding.is_awaited() {
            self.search.finding = Outcome::Awaited(self.clock);
        }
        effects.ask(Request::Find {
            generation: self.search.find_generation,
            key: reading.opened.key,
            document: Arc::clone(&reading.opened.document),
            query: Arc::clone(query),
            spelling: self.search.document.is_some().then(|| self.search.spelling.clone()),
        });
    }

    /// Shows the matches that came with a document that has just been opened; requests them if the query has changed.
    pub(crate) fn show_matches(
        &mut self,
        found: Option<(Arc<Query>, Arc<[TextRange]>)>,
        arrival: Arrival,
        effects: &mut Effects,
    ) {
        self.search.finding = Outcome::Known;
        let Some(query) = self.search.query().cloned() else { return };
        match found {
            Some((asked, matches)) if Arc::ptr_eq(&asked, &query) => self.take_matches(matches, Some(arrival)),
            _ => self.find_in_open_document(&query, Some(arrival), effects),
        }
    }

    pub(crate) fn found(
        &mut self,
        generation: Generation,
        key: DocumentKey,
        (query, matches): (Arc<Query>, Arc<[TextRange]>),
        effects: &mut Effects,
    ) {
        let open = self.reader.open.as_ref().is_some_and(|reading| reading.opened.key == key);
        if generation != self.search.find_generation || !open {
            return;
        }
        self.search.finding = Outcome::Known;
        if let Some(search) = &mut self.search.document {
            search.query = query;
        }
        let arrival = self.search.arrival.take();
        if matches.is_empty() && self.search.announce && self.grow_last_word(arrival.as_ref(), effects) {
            return;
        }
        let in_vain = matches.is_empty().then_some(self.search.document.as_mut()).flatten();
        if let Some((search, typed)) = in_vain.and_then(|search| search.typed.take().map(|typed| (search, typed))) {
            search.query = Arc::new(parse(&typed, LastWord::Whole).0);
            search.source = typed;
        }
        self.take_matches(matches, arrival);
    }

    /// Searches for the last word of an accepted query as a prefix, as while it was typed, if it does not occur as a word.
    /// A star then shows it. `None` if there is no such prefix.
    pub(super) fn grow_last_word(&mut self, arrival: Option<&Arrival>, effects: &mut Effects) -> bool {
        let Some(DocumentSearch { source: typed, .. }) = self.search.document.clone() else { return false };
        let beginning = closed(&typed, true);
        if beginning == typed || !parse(&beginning, LastWord::Whole).1.is_empty() {
            return false;
        }
        let from = match arrival {
            Some(Arrival::Offset(offset)) => Some(*offset),
            _ => None,
        };
        self.search_document(&beginning, LastWord::Whole, from, effects);
        if let Some(search) = &mut self.search.document {
            search.typed = Some(typed);
        }
        true
    }

    pub(super) fn take_matches(&mut self, matches: Arc<[TextRange]>, arrival: Option<Arrival>) {
        let Some(reading) = &mut self.reader.open else { return };
        let current = reading.current_match().map(TextRange::start).or(self.session.restore.matched);
        reading.matches = matches;
        if let Some(arrival) = arrival.filter(|arrival| !matches!(arrival, Arrival::Interrupted(..))) {
            let looked_at = self.panes.focus == Pane::List && !reading.has_moved();
            arrive_at_match(reading, &arrival);
            if looked_at {
                reading.arrived_at(reading.place());
            }
        } else {
            let same = |start: TextSize| reading.matches.iter().position(|one| one.start() == start);
            reading.current = current.and_then(same);
            self.session.restore.matched.take_if(|_| reading.current.is_some());
        }
        let none = reading.matches.is_empty();
        self.filter_rows();
        if std::mem::take(&mut self.search.announce) && none {
            self.notices.set(Message::new("search-no-match"));
        }
    }
}
