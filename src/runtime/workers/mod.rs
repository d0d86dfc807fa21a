//! The threads that do what takes longer than a frame. Each owns its part of the dossier and reads an inbox; a newer
//! question of the same kind takes the place of an older one, and what is stale is dropped between pieces of work. That
//! late answers do no harm is `app`'s doing; cancelling only saves time. A piece of work that panics is answered with its
//! failure, and the worker goes on with the next.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::thread;
use std::time::{Duration, Instant};

use crate::app::{Effect, Event, LibraryStatus, Unopened};
use crate::document::DocumentKey;
use crate::dossier::Dossier;
use crate::dossier::indexing;
use crate::dossier::indexing::{IndexingError, Progress};
use crate::dossier::marks::{mark_unkept, place_unkept};
use crate::dossier::not_read::for_people;
use crate::library::LibraryError;
use crate::locale::Message;
use crate::search::{Generation, Latest, Query, find};

/// Progress is shown at most this often: each line of it costs the terminal bytes.
const PROGRESS: Duration = Duration::from_millis(250);
/// How long a program that is cut off waits until a person's own is kept: a little longer than the notebook waits for
/// another process.
const KEEPING: Duration = Duration::from_secs(6);
/// How long a program that is cut off waits for the rest, which is done again the next time.
const WINDING_UP: Duration = Duration::from_secs(2);
/// How often it is looked whether a worker has ended.
const LOOK: Duration = Duration::from_millis(5);
/// What takes no longer is not told.
const WORTH_TELLING: Duration = Duration::from_millis(600);
/// How often a second process looks whether the first one has written or has left.
const FOLLOW: Duration = Duration::from_secs(1);

/// The workers' inboxes; dropping it ends them.
#[derive(Debug)]
pub struct Workers {
    searcher: Sender<Effect>,
    loader: Sender<Effect>,
    keeper: Sender<Effect>,
    scribe: Sender<Effect>,
    latest: Latest,
    indexer: Option<Sender<()>>,
    writing: Option<thread::JoinHandle<()>>,
    /// The others whose work is not to be lost.
    working: Vec<thread::JoinHandle<()>>,
}

impl Workers {
    /// Starts them over a dossier. `emit` says whether anyone still listens.
    pub fn start(
        dossier: &Dossier,
        emit: impl Fn(Event) -> bool + Clone + Send + 'static,
    ) -> Result<Self, LibraryError> {
        let latest = Latest::default();
        let (searcher, questions) = mpsc::channel();
        let (loader, requests) = mpsc::channel();
        let (keeper, wishes) = mpsc::channel();
        let (scribe, notes) = mpsc::channel();
        let (mut searching, mut read, mut kept) = (dossier.again()?, dossier.again()?, dossier.again()?);
        let (tell, answer, keep, newest) = (emit.clone(), emit.clone(), emit.clone(), latest.clone());
        let (written, note) = (dossier.again()?, emit.clone());
        spawn("searcher", emit.clone(), move || search(&mut searching, &questions, &newest, &tell));
        spawn("loader", emit.clone(), move || load(&mut read, &requests, &answer));
        let keeping = spawn("keeper", emit.clone(), move || keep_searches(&mut kept, &wishes, &keep));
        let writing = spawn("scribe", emit.clone(), move || write_down(&written, &notes, &note));
        let (indexer, stop) = mpsc::channel();
        let read = dossier.again()?;
        let indexing = spawn("indexer", emit.clone(), move || index(&read, &stop, &emit));
        let working = [keeping, indexing].into_iter().flatten().collect();
        Ok(Self { searcher, loader, keeper, scribe, latest, indexer: Some(indexer), writing, working })
    }

    /// Hands an effect to the worker whose work it is. Gives back what is no worker's.
    pub fn take(&self, effect: Effect) -> Option<Effect> {
        let inbox = match &effect {
            Effect::Search { generation, .. }
            | Effect::CancelSearch { generation }
            | Effect::List { generation, .. } => {
                self.latest.set(*generation);
                &self.searcher
            }
            Effect::CatchUp | Effect::Complete { .. } | Effect::FetchRows { .. } | Effect::CountFacets { .. } => {
                &self.searcher
            }
            Effect::Load { .. }
            | Effect::Find { .. }
            | Effect::AskAlike { .. }
            | Effect::LoadOriginal(_)
            | Effect::LocateFile { .. }
            | Effect::ListProblems
            | Effect::FindDocument(_) => &self.loader,
            Effect::KeepMark { .. }
            | Effect::KeepPlace { .. }
            | Effect::FindMark(_)
            | Effect::KeepSession(_)
            | Effect::FindInterruption
            | Effect::FindSession(_)
            | Effect::ForgetInterruption(_) => &self.scribe,
            Effect::SaveSearch(_)
            | Effect::ListSearches
            | Effect::LookAtSearch { .. }
            | Effect::RenameSearch { .. }
            | Effect::ForgetSearch(_) => &self.keeper,
            _ => return Some(effect),
        };
        // A worker that is gone has told why.
        let _ = inbox.send(effect);
        None
    }

    /// Breaks the indexer off and waits until what it has read, and what a person made, is kept. Nobody waits long for a
    /// program that is `cut_off`: what can be done again is given up after a while, however busy a worker is.
    pub fn finish(self, cut_off: bool) {
        drop((self.loader, self.keeper, self.scribe, self.indexer));
        join(self.writing, cut_off.then_some(KEEPING));
        join(self.working, cut_off.then_some(WINDING_UP));
    }
}

/// Waits for threads to end, all together no longer than `patience`.
fn join(threads: impl IntoIterator<Item = thread::JoinHandle<()>>, patience: Option<Duration>) {
    let deadline = patience.map(|patience| Instant::now() + patience);
    for thread in threads {
        while deadline.is_some_and(|deadline| Instant::now() < deadline) && !thread.is_finished() {
            thread::sleep(LOOK);
        }
        if deadline.is_none() || thread.is_finished() {
            // A panic of the thread has been told.
            let _ = thread.join();
        }
    }
}

/// Starts a worker; when it cannot start, or panics, that is told.
fn spawn(
    name: &str,
    emit: impl Fn(Event) -> bool + Clone + Send + 'static,
    work: impl FnOnce() + Send + 'static,
) -> Option<thread::JoinHandle<()>> {
    let tell = emit.clone();
    let told = move || {
        if attempt(work).is_none() {
            tell(Event::Failed(failure()));
        }
    };
    let started = thread::Builder::new().name(name.to_owned()).spawn(told);
    if started.is_err() {
        emit(Event::Failed(failure()));
    }
    started.ok()
}

/// Does a piece of work; `None` when it panicked, of which the panic hook keeps the words. What it worked on is a
/// connection and caches that are replaced as a whole, so the next piece finds nothing half done.
fn attempt<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

fn failure() -> Message {
    Message::new("worker-failed")
}

/// Matches of all hits, being counted between other work.
struct Counting {
    generation: Generation,
    query: Arc<Query>,
    order: Arc<[DocumentKey]>,
    done: usize,
    matches: usize,
}

fn search(dossier: &mut Dossier, questions: &Receiver<Effect>, latest: &Latest, emit: &dyn Fn(Event) -> bool) {
    let mut counting: Option<Counting> = None;
    loop {
        let question = match &mut counting {
            None => questions.recv().ok(),
            Some(_) => match questions.try_recv() {
                Ok(question) => Some(question),
                Err(TryRecvError::Disconnected) => None,
                Err(TryRecvError::Empty) => {
                    match attempt(|| count_on(dossier, &mut counting, emit)) {
                        Some(true) => {}
                        Some(false) => return,
                        None => counting = None, // the total stays unknown
                    }
                    continue;
                }
            },
        };
        let Some(question) = question else { return };
        let more: Vec<Effect> = questions.try_iter().collect();
        for question in newest_of(question, more) {
            let in_vain = failed(&question);
            let listened = attempt(|| answer(dossier, question, latest, &mut counting, emit));
            if !listened.unwrap_or_else(|| emit(in_vain)) {
                return;
            }
        }
    }
}

/// Of questions about the order only the newest is worth an answer, and of those about facets and about what could be
/// typed; rows are wanted with it.
fn newest_of(first: Effect, more: Vec<Effect>) -> Vec<Effect> {
    let mut questions = vec![first];
    questions.extend(more);
    let of_one_kind = |effect: &Effect| match effect {
        Effect::FetchRows { .. } => None,
        Effect::CountFacets { .. } => Some(1),
        Effect::Complete { .. } => Some(2),
        Effect::CatchUp => Some(3),
        _ => Some(0),
    };
    let last = [0, 1, 2, 3].map(|kind| questions.iter().rposition(|effect| of_one_kind(effect) == Some(kind)));
    let mut number = 0;
    questions.retain(|effect| {
        number += 1;
        of_one_kind(effect).is_none_or(|kind| last[kind] == Some(number - 1))
    });
    questions
}

fn answer(
    dossier: &mut Dossier,
    question: Effect,
    latest: &Latest,
    counting: &mut Option<Counting>,
    emit: &dyn Fn(Event) -> bool,
) -> bool {
    let changed = matches!(question, Effect::List { .. } | Effect::Search { .. }) && dossier.catch_up();
    let listened = answer_now(dossier, question, latest, counting, emit);
    // After the answer, which is of what is new already.
    listened && (!changed || emit(Event::LibraryChanged(status(dossier, None))))
}

fn answer_now(
    dossier: &mut Dossier,
    question: Effect,
    latest: &Latest,
    counting: &mut Option<Counting>,
    emit: &dyn Fn(Event) -> bool,
) -> bool {
    match question {
        Effect::List { generation, sort } => {
            *counting = None;
            emit(dossier.list(generation, sort))
        }
        Effect::CancelSearch { .. } => {
            *counting = None;
            true
        }
        Effect::Search { generation, source, last_word, sort, spelling } => {
            *counting = None;
            let found = dossier.search(generation, (&source, last_word), sort, &spelling, &latest.cancel(generation));
            if let Some(Event::HitsFound { query, order, .. }) = &found
                && query.has_words()
            {
                let (query, order) = (Arc::clone(query), Arc::clone(order));
                *counting = Some(Counting { generation, query, order, done: 0, matches: 0 });
            }
            found.is_none_or(emit)
        }
        Effect::CatchUp if dossier.catch_up() => emit(Event::LibraryRenewed(status(dossier, None))),
        Effect::CountFacets { generation, keys } => {
            dossier.facets(generation, &keys, &latest.cancel(generation)).is_none_or(emit)
        }
        Effect::Complete { generation, field, typed } => emit(dossier.complete(generation, field, &typed)),
        // A newer question has rows of its own, and waits for this thread.
        Effect::FetchRows { generation, .. } if latest.cancel(generation).is_stale() => true,
        Effect::FetchRows { generation, keys, query } => match dossier.rows(&keys, query.as_ref()) {
            Ok(rows) => emit(Event::RowsFetched { generation, rows }),
            Err(error) => emit(Event::Failed(error.message())),
        },
        _ => true,
    }
}

/// Counts one more document; tells the total when it was the last.
fn count_on(dossier: &Dossier, counting: &mut Option<Counting>, emit: &dyn Fn(Event) -> bool) -> bool {
    let Some(work) = counting else { return true };
    if let Some(key) = work.order.get(work.done) {
        work.matches += dossier.count(*key, &work.query);
        work.done += 1;
        return true;
    }
    let told = emit(Event::MatchesCounted { generation: work.generation, matches: work.matches });
    *counting = None;
    told
}

/// Reads, in the order asked. Of documents to open and of searches of the open one only the newest is worth an answer.
fn load(dossier: &mut Dossier, requests: &Receiver<Effect>, emit: &dyn Fn(Event) -> bool) {
    while let Ok(first) = requests.recv() {
        let mut waiting = vec![first];
        waiting.extend(requests.try_iter());
        let load = waiting.iter().rposition(|effect| matches!(effect, Effect::Load { .. }));
        let find = waiting.iter().rposition(|effect| matches!(effect, Effect::Find { .. }));
        for (number, request) in waiting.into_iter().enumerate() {
            let newest = match request {
                Effect::Load { .. } => load,
                Effect::Find { .. } => find,
                _ => Some(number),
            };
            if newest != Some(number) {
                continue;
            }
            let in_vain = failed(&request);
            let event = attempt(|| fulfil(dossier, request)).unwrap_or(Some(in_vain));
            if event.is_some_and(|event| !emit(event)) {
                return;
            }
        }
    }
}

/// Keeps and finds what is in the notebook, in the order asked: a mark is there once it was set. It does nothing that takes
/// long, so that what the person is at is kept at once when the line is cut, whatever the others are at.
fn write_down(dossier: &Dossier, notes: &Receiver<Effect>, emit: &dyn Fn(Event) -> bool) {
    while let Ok(note) = notes.recv() {
        let in_vain = failed(&note);
        let event = attempt(|| note_down(dossier, note)).unwrap_or(Some(in_vain));
        // What is to be kept is kept also when nobody listens any more.
        let _ = event.is_some_and(emit);
    }
}

fn note_down(dossier: &Dossier, note: Effect) -> Option<Event> {
    match note {
        Effect::KeepMark { name, key, locator } => Some(dossier.keep_mark(name, key, &locator)),
        Effect::KeepPlace { key, locator } => dossier.keep_place(key, &locator),
        Effect::FindMark(name) => Some(dossier.find_mark(name)),
        Effect::KeepSession(session) => dossier.keep_session(&session),
        Effect::FindInterruption => dossier.find_interruption(),
        Effect::FindSession(number) => Some(dossier.find_session(number)),
        Effect::ForgetInterruption(number) => dossier.forget_interruption(number),
        _ => None,
    }
}

/// Keeps searches and tells what is new in them. To count them takes a while, so that is done one by one between what is
/// asked; nobody waits for it when one leaves.
fn keep_searches(dossier: &mut Dossier, wishes: &Receiver<Effect>, emit: &dyn Fn(Event) -> bool) {
    let mut to_count: VecDeque<String> = VecDeque::new();
    loop {
        let wish = match to_count.front() {
            None => wishes.recv().ok(),
            Some(_) => match wishes.try_recv() {
                Ok(wish) => Some(wish),
                Err(TryRecvError::Disconnected) => None,
                Err(TryRecvError::Empty) => {
                    let name = to_count.pop_front().unwrap_or_default();
                    // One that cannot be counted stays without a count.
                    if let Some(Some(counted)) = attempt(|| dossier.count_search(&name)) {
                        emit(counted);
                    }
                    continue;
                }
            },
        };
        let Some(wish) = wish else { return };
        if matches!(wish, Effect::ListSearches) && attempt(|| dossier.catch_up()) == Some(true) {
            emit(Event::LibraryChanged(status(dossier, None)));
        }
        let event = attempt(|| keep_search(dossier, wish)).flatten().unwrap_or_else(|| Event::Failed(failure()));
        if let Event::SearchesListed(rows) = &event {
            to_count = rows.iter().filter(|row| row.elsewhere.is_none()).map(|row| row.name.clone()).collect();
        }
        // What is to be kept is kept also when nobody listens any more.
        emit(event);
    }
}

fn keep_search(dossier: &mut Dossier, wish: Effect) -> Option<Event> {
    match wish {
        Effect::SaveSearch(keeping) => Some(dossier.save_search(&keeping)),
        Effect::ListSearches => Some(dossier.saved_searches()),
        Effect::LookAtSearch { name, found } => Some(dossier.look_at_search(&name, &found)),
        Effect::RenameSearch { name, new } => Some(dossier.rename_search(&name, &new)),
        Effect::ForgetSearch(name) => Some(dossier.forget_search(&name)),
        _ => None,
    }
}

fn fulfil(dossier: &mut Dossier, request: Effect) -> Option<Event> {
    match request {
        Effect::Load { generation, key, id, query } => Some(dossier.load(generation, (key, id.as_deref()), query)),
        Effect::Find { generation, key, document, query, spelling } => {
            let query = dossier.spelled(query, spelling.as_ref());
            let matches = find(&query, &document).into();
            Some(Event::Found { generation, key, query, matches })
        }
        Effect::AskAlike { generation, key, passage } => Some(dossier.alike(generation, key, passage)),
        Effect::LoadOriginal(key) => Some(dossier.original(key)),
        Effect::LocateFile { key, source } => Some(dossier.locate_file(key, source)),
        Effect::ListProblems => Some(dossier.problems()),
        Effect::FindDocument(id) => Some(dossier.find_document(&id)),
        _ => None,
    }
}

/// The answer to a request whose work panicked: whoever waits for it is told, and waits no more.
fn failed(request: &Effect) -> Event {
    match request {
        Effect::Load { generation, .. } => {
            Event::Loaded { generation: *generation, opened: Err(Unopened::Failed(failure())), found: None }
        }
        Effect::AskAlike { generation, .. } => Event::AlikeAsked { generation: *generation, source: Err(failure()) },
        Effect::LoadOriginal(key) => Event::OriginalLoaded { key: *key, original: Err(failure()) },
        Effect::LocateFile { .. } => Event::FileLocated(Err(failure())),
        Effect::KeepMark { name, .. } => mark_unkept(*name, failure()),
        Effect::KeepPlace { .. } => place_unkept(failure()),
        Effect::FindMark(name) => Event::MarkFound { name: *name, found: Err(failure()) },
        Effect::FindSession(_) => Event::SessionFound { session: Err(failure()), lost: None },
        Effect::FindDocument(id) => Event::DocumentFound { id: id.clone(), found: Err(failure()) },
        Effect::Find { generation, .. } => Event::FindFailed { generation: *generation, message: failure() },
        Effect::Search { generation, .. } | Effect::List { generation, .. } => {
            Event::SearchFailed { generation: *generation, message: failure() }
        }
        _ => Event::Failed(failure()),
    }
}

/// Brings the dossier up to date, or follows another process that does.
fn index(dossier: &Dossier, stop: &Receiver<()>, emit: &dyn Fn(Event) -> bool) {
    dossier.edition.set_followed(true);
    emit(Event::LibraryChanged(status(dossier, Some((0, 0)))));
    // What fails here fails again, and is told, when it is asked for.
    let _ = dossier.index.prepare();
    if !dossier.library.is_in_memory() {
        // A full or busy disk is told by what comes next.
        let _ = dossier.library.remember_scope(&dossier.scope);
    }
    let (mut said, mut is_broken_off) = (false, false);
    loop {
        match attempt(|| bring_up_to_date(dossier, stop, emit)) {
            Some(Ok(())) => break,
            Some(Err(error)) if error.is_writer_elsewhere() => {
                if !said {
                    said = true;
                    emit(Event::Said(Message::new("index-elsewhere")));
                }
                match stop.recv_timeout(FOLLOW) {
                    Err(RecvTimeoutError::Timeout) => {
                        emit(Event::LibraryChanged(refreshed(dossier, Some((0, 0)))));
                    }
                    _ => return,
                }
            }
            Some(Err(error)) => {
                emit(Event::Failed(error.message()));
                is_broken_off = true;
                break;
            }
            None => {
                emit(Event::Failed(failure()));
                is_broken_off = true;
                break;
            }
        }
    }
    let told = refreshed(dossier, None);
    emit(Event::LibraryChanged(LibraryStatus { incomplete: told.incomplete || is_broken_off, ..told }));
    dossier.edition.set_followed(false);
}

fn refreshed(dossier: &Dossier, progress: Option<(usize, usize)>) -> LibraryStatus {
    // What cannot be reloaded shows what was there.
    let _ = dossier.index.reload().and_then(|()| dossier.index.prepare());
    dossier.edition.advance();
    status(dossier, progress)
}

fn bring_up_to_date(dossier: &Dossier, stop: &Receiver<()>, emit: &dyn Fn(Event) -> bool) -> Result<(), IndexingError> {
    let (mut writer, mut words) = indexing::writers(&dossier.library, &dossier.index)?;
    let mut commits = 0;
    let started = Instant::now();
    let mut told = started;
    let mut known = status(dossier, Some((0, 0)));
    let mut progress = |progress: Progress| {
        let grown = progress.commits > commits;
        if grown {
            commits = progress.commits;
            let _ = dossier.index.reload().and_then(|()| dossier.index.prepare());
            dossier.edition.advance();
            known = status(dossier, Some((0, 0)));
        }
        let is_worth_telling = started.elapsed() >= WORTH_TELLING;
        if grown || is_worth_telling && told.elapsed() >= PROGRESS {
            told = Instant::now();
            let (done, found) = if is_worth_telling { (progress.done, progress.found) } else { (0, 0) };
            known.progress = Some((done as usize, found as usize));
            if !emit(Event::LibraryChanged(known.clone())) {
                return ControlFlow::Break(());
            }
        }
        match stop.try_recv() {
            Err(TryRecvError::Empty) => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        }
    };
    indexing::bring_up_to_date(&mut writer, &mut words, &dossier.scope, &mut progress)?;
    Ok(())
}

fn status(dossier: &Dossier, progress: Option<(usize, usize)>) -> LibraryStatus {
    let status = dossier.library.status(&dossier.scope).unwrap_or_default();
    LibraryStatus {
        documents: status.documents as usize,
        not_read: for_people(&status.not_read),
        updated: status.updated.map(crate::dossier::clock::local),
        incomplete: progress.is_some() || dossier.library.is_being_read(&dossier.scope),
        built_in: dossier.library.is_built_in(),
        progress,
    }
}

#[cfg(test)]
mod tests;
