//! SearchState as commands do it: the prompt opens, each key asks again, Enter settles, n and N walk the matches and cross
//! into other documents, Esc goes back to where one was. Answers come as events; whether one is still wanted is decided
//! here by its number.

use std::sync::Arc;
use std::time::Duration;

use super::state::{Accepting, Attempt, DocumentSearch, DossierSearch, Outcome, PromptOrigin, Refresh, SearchPrompt};
use crate::app::line_editor::LineInput;
use crate::app::list::Choice;
use crate::app::{App, Arrival, Effects, Notice, Pane, ReaderState, SOON};
use crate::document::DocumentKey;
use crate::locale::Message;
use crate::request::{Request, SearchScope};
use crate::search::results::SearchResult;
use crate::search::{Complaint, Generation, LastWord, Query, Spelling, parse};
use crate::text::{TextRange, TextSize};

impl App {
    /// `/`: the list searches the dossier, the reader its document, an overlay its rows.
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
    fn open_new_prompt(&mut self, scope: SearchScope, origin: PromptOrigin) {
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

    fn origin(&self) -> PromptOrigin {
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

    fn search_for_prompt(&mut self, last_word: LastWord, effects: &mut Effects) {
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

    /// Other spellings of names: all of them, or what was typed alone.
    pub(crate) fn toggle_variants(&mut self, effects: &mut Effects) {
        let spelling = &mut self.search.spelling;
        spelling.as_typed = !spelling.as_typed;
        spelling.without.clear();
        self.notices.set(Message::new(if self.search.spelling.as_typed { "variants-off" } else { "variants-on" }));
        self.spell_again(effects);
    }

    /// Leaves out one of the spellings that are looked for beside what was typed, counted from 1.
    pub(crate) fn drop_variant(&mut self, number: usize, effects: &mut Effects) {
        let dropped = self.search.variants().nth(number.saturating_sub(1)).map(|(form, _)| form.to_owned());
        let Some(dropped) = dropped else { return self.notices.set(Message::new("variants-none")) };
        self.search.spelling.without.push(dropped);
        self.spell_again(effects);
    }

    /// Asks the newest question again, with the spellings that are wanted now.
    fn spell_again(&mut self, effects: &mut Effects) {
        match self.search.document {
            Some(_) => self.find_again(effects),
            None => self.ask_again(Refresh::Person, effects),
        }
    }

    /// Asks something else in the place of the newest question, from where one is; nothing at all forgets it.
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

    /// Asks the dossier's question again.
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

    fn install(&mut self, answer: SearchResult, choice: Choice) {
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
    fn complain(&mut self, complaints: &[Complaint]) {
        if let Some(first) = complaints.first() {
            self.notices.set(Message::new(format!("hint-{}", first.code)).with("detail", first.detail.clone()));
        }
    }

    /// Something failed: it is said.
    pub(crate) fn failed(&mut self, message: Message) {
        self.notices.report(Notice::alert(message));
    }

    /// The dossier could not be searched: it is said, and its answer is not awaited any more.
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

    /// The open document could not be searched: likewise.
    pub(crate) fn find_failed(&mut self, generation: Generation, message: Message) {
        if generation == self.search.find_generation {
            self.search.finding = Outcome::Failed;
            self.search.announce = false;
            self.search.steps = 0;
        }
        self.failed(message);
    }

    /// Whether a step from match to match has to wait: for the answer to a question, or for a document.
    fn steps_wait(&self) -> bool {
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

    /// Enter in the prompt.
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

    fn accept_document_query(&mut self, source: &str, origin: &PromptOrigin, effects: &mut Effects) {
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

    /// The answer to a query that was accepted: whole words, unless that would lose what was on the screen.
    fn settle_query(&mut self, accepting: Accepting, answer: SearchResult, effects: &mut Effects) {
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

    /// How an accepted query that would lose what was on the screen is asked next: half a word that was accepted is a
    /// beginning, which a star then says. `None` when there is no other way.
    fn next_attempt(&self, attempt: Attempt) -> Option<(String, Attempt)> {
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

    /// Esc in the prompt: everything as it was before.
    pub(crate) fn cancel_prompt(&mut self, effects: &mut Effects) {
        if let Some(prompt) = self.search.prompt.take() {
            self.restore(prompt.origin, effects);
        }
    }

    fn restore(&mut self, origin: PromptOrigin, effects: &mut Effects) {
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

    /// Forgets the newest search: the document's first, then the dossier's.
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

    fn drop_matches(&mut self) {
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

    /// Looks for words in the open document, and goes to the first match from a place on.
    fn search_document(&mut self, source: &str, last_word: LastWord, from: Option<TextSize>, effects: &mut Effects) {
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

    /// Asks for the matches of the newest search once more, for another text or after another search; nothing moves.
    pub(crate) fn find_again(&mut self, effects: &mut Effects) {
        if let Some(query) = self.search.query().cloned() {
            self.find_in_open_document(&query, None, effects);
        }
    }

    /// Asks for the matches in the open document and says where to go when they are there.
    fn find_in_open_document(&mut self, query: &Arc<Query>, arrival: Option<Arrival>, effects: &mut Effects) {
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

    /// A document has just been opened: its matches are shown, or asked for when the query has changed meanwhile.
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

    /// Half a word that was accepted and is nowhere a word of its own: it is looked for as a beginning, as while it was
    /// typed, which a star then says. Whether that is asked now.
    fn grow_last_word(&mut self, arrival: Option<&Arrival>, effects: &mut Effects) -> bool {
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

    fn take_matches(&mut self, matches: Arc<[TextRange]>, arrival: Option<Arrival>) {
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

    /// n and N: from match to match, and from document to document.
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

    /// One match on or back. Whether the next step can follow at once.
    fn step_match(&mut self, forward: bool, scope: SearchScope, effects: &mut Effects) -> bool {
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

    fn wrap_in_document(&mut self, forward: bool) -> bool {
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

    /// Goes on into the next or previous document that was found; from the last one to the first, saying so.
    fn cross_document(&mut self, forward: bool, effects: &mut Effects) {
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

    fn go_to_hit(&mut self, row: usize, arrival: Arrival, effects: &mut Effects) {
        let Some(key) = self.list.key(row) else { return self.notices.set(Message::new("search-no-match")) };
        self.list.select(row);
        self.load(key, arrival, effects);
    }
}

/// A query to which more can be added: quotes and brackets are closed, and the beginning of a word stays one.
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

/// The match after, or before, the one that is current; from the page in view when none is, or when the current one was
/// scrolled away.
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

/// Goes to the match an arrival means, when there is one.
fn arrive_at_match(reading: &mut ReaderState, arrival: &Arrival) {
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
