//! The threads that answer requests and index. Each has the dossier by a connection of its own and an inbox; the
//! requests themselves are answered by [`Dossier::answer`]. A newer request replaces an older one of the same kind in the
//! inbox, and stale work is dropped between steps: `app` discards late replies anyway, cancelling only saves time. A
//! request whose work panics is answered with its failure, and the thread goes on with the next.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::thread;
use std::time::{Duration, Instant};

use crate::dossier::indexing::{self, Progress};
use crate::dossier::{Dossier, DossierError};
use crate::library::LibraryError;
use crate::locale::Message;
use crate::request::{LibraryStatus, Reply, Request};
use crate::search::{Cancel, Latest};

/// Shortest time between two reports of progress: each line of it costs the terminal bytes.
const PROGRESS: Duration = Duration::from_millis(250);
/// Longest wait, when the program is cut off, for what a person made to be stored: a little longer than the notebook waits
/// for another process.
const KEEPING: Duration = Duration::from_secs(6);
/// Longest wait, when the program is cut off, for the rest, which is done again the next time.
const WINDING_UP: Duration = Duration::from_secs(2);
/// Interval at which the end of a thread is checked.
const LOOK: Duration = Duration::from_millis(5);
/// Indexing that takes no longer than this shows no progress.
const WORTH_TELLING: Duration = Duration::from_millis(600);
/// Interval at which a second process checks the progress of the first one.
const FOLLOW: Duration = Duration::from_secs(1);

/// The threads that answer requests. Requests of one lane are answered in order; lanes do not wait for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lane {
    /// Orders and rows of the list.
    Search,
    /// Single documents.
    Documents,
    /// Marks, places and sessions. All of it is quick, so that a session is stored at once when the line is cut,
    /// however busy the other threads are.
    Notebook,
    /// Saved searches, whose counting takes a while.
    SavedSearches,
}

impl Lane {
    const ALL: [Self; 4] = [Self::Search, Self::Documents, Self::Notebook, Self::SavedSearches];

    fn for_request(request: &Request) -> Self {
        match request {
            Request::List { .. }
            | Request::Search { .. }
            | Request::CancelSearch { .. }
            | Request::CatchUp
            | Request::Complete { .. }
            | Request::FetchRows { .. }
            | Request::CountFacets { .. } => Self::Search,
            Request::KeepMark { .. }
            | Request::KeepPlace { .. }
            | Request::FindMark(_)
            | Request::KeepSession(_)
            | Request::FindInterruption
            | Request::FindSession(_)
            | Request::ForgetInterruption(_) => Self::Notebook,
            Request::SaveSearch { .. }
            | Request::ListSearches
            | Request::LookAtSearch { .. }
            | Request::RenameSearch { .. }
            | Request::ForgetSearch(_) => Self::SavedSearches,
            _ => Self::Documents,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Search => "searcher",
            Self::Documents => "loader",
            Self::Notebook => "scribe",
            Self::SavedSearches => "keeper",
        }
    }

    /// Whether its requests store data that a person made, and are carried out also if the replies are not received.
    fn stores(self) -> bool {
        matches!(self, Self::Notebook | Self::SavedSearches)
    }
}

/// The threads and their inboxes; dropping it ends them.
#[derive(Debug)]
pub struct Workers {
    /// One inbox a lane, in the order of [`Lane::ALL`].
    inboxes: Vec<Sender<Request>>,
    latest: Latest,
    indexer: Option<Sender<()>>,
    scribe: Option<thread::JoinHandle<()>>,
    /// The other threads whose work must not be lost.
    storing: Vec<thread::JoinHandle<()>>,
}

impl Workers {
    /// Starts the threads. `emit` receives the replies and returns whether anyone still wants them.
    pub fn start(
        dossier: &Dossier,
        emit: impl Fn(Reply) -> bool + Clone + Send + 'static,
    ) -> Result<Self, LibraryError> {
        let latest = Latest::default();
        let (mut inboxes, mut scribe, mut storing) = (Vec::new(), None, Vec::new());
        for lane in Lane::ALL {
            let (inbox, requests) = mpsc::channel();
            let (dossier, latest, reply) = (dossier.again()?, latest.clone(), emit.clone());
            let thread = spawn(lane.name(), emit.clone(), move || work(lane, dossier, &requests, &latest, &reply));
            match lane {
                Lane::Notebook => scribe = thread,
                Lane::SavedSearches => storing.extend(thread),
                Lane::Search | Lane::Documents => {}
            }
            inboxes.push(inbox);
        }
        let (indexer, stop) = mpsc::channel();
        let read = dossier.again()?;
        storing.extend(spawn("indexer", emit.clone(), move || index(&read, &stop, &emit)));
        Ok(Self { inboxes, latest, indexer: Some(indexer), scribe, storing })
    }

    /// Sends a request to the thread of its lane.
    pub fn send(&self, request: Request) {
        if let Request::List { generation, .. }
        | Request::Search { generation, .. }
        | Request::CancelSearch { generation } = &request
        {
            self.latest.set(*generation);
        }
        let lane = Lane::for_request(&request);
        if let Some(inbox) = Lane::ALL.iter().position(|one| *one == lane).and_then(|at| self.inboxes.get(at)) {
            // A thread that has ended has reported why.
            let _ = inbox.send(request);
        }
    }

    /// Stops the indexer and waits until its work and a person's data are stored. If the program is `cut_off` the wait
    /// is short: work that can be repeated is given up, however busy a thread is.
    pub fn finish(self, cut_off: bool) {
        drop((self.inboxes, self.indexer));
        join(self.scribe, cut_off.then_some(KEEPING));
        join(self.storing, cut_off.then_some(WINDING_UP));
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
            // A panic of the thread was reported.
            let _ = thread.join();
        }
    }
}

/// Starts a thread. That it cannot start, or panics, is emitted.
fn spawn(
    name: &str,
    emit: impl Fn(Reply) -> bool + Clone + Send + 'static,
    work: impl FnOnce() + Send + 'static,
) -> Option<thread::JoinHandle<()>> {
    let report = emit.clone();
    let guarded = move || {
        if catching_panic(work).is_none() {
            report(Reply::WorkFailed(failure()));
        }
    };
    let started = thread::Builder::new().name(name.to_owned()).spawn(guarded);
    if started.is_err() {
        emit(Reply::WorkFailed(failure()));
    }
    started.ok()
}

/// Runs `work`; `None` if it panicked, which the panic hook records. The state it works on is a connection and caches that
/// are replaced as a whole, so the next request finds nothing half done.
fn catching_panic<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

fn failure() -> Message {
    Message::new("worker-failed")
}

/// Answers the requests of a lane until its inbox is closed; in between does the background work that answers leave.
fn work(lane: Lane, mut dossier: Dossier, requests: &Receiver<Request>, latest: &Latest, emit: &dyn Fn(Reply) -> bool) {
    loop {
        let first = if dossier.has_work() {
            match requests.try_recv() {
                Ok(request) => request,
                Err(TryRecvError::Disconnected) => return,
                Err(TryRecvError::Empty) => {
                    let reply = catching_panic(|| dossier.step()).flatten();
                    if reply.is_some_and(|reply| !emit(reply)) && !lane.stores() {
                        return;
                    }
                    continue;
                }
            }
        } else {
            match requests.recv() {
                Ok(request) => request,
                Err(_) => return,
            }
        };
        let waiting = std::iter::once(first).chain(requests.try_iter()).collect();
        for request in without_superseded(waiting) {
            let cancel = cancel(&request, latest);
            for reply in answer_or_failure(request, |request| dossier.answer(request, &cancel)) {
                if !emit(reply) && !lane.stores() {
                    return;
                }
            }
        }
    }
}

/// The replies of `answer`; if it panics, the request's failure: the reader must not wait for a reply that never comes.
fn answer_or_failure(request: Request, answer: impl FnOnce(&Request) -> Vec<Reply>) -> Vec<Reply> {
    catching_panic(|| answer(&request))
        .unwrap_or_else(|| vec![Reply::Failed { request: Box::new(request), message: failure() }])
}

/// The cancellation token of a request about the order of the list.
fn cancel(request: &Request, latest: &Latest) -> Cancel {
    match request {
        Request::Search { generation, .. }
        | Request::CountFacets { generation, .. }
        | Request::FetchRows { generation, .. } => latest.cancel(*generation),
        _ => Cancel::never(),
    }
}

/// Drops each request that a newer one of its kind replaces: only the newest order, facets, completions, document to open
/// and search of the open document are worth an answer.
fn without_superseded(mut requests: Vec<Request>) -> Vec<Request> {
    let kind = |request: &Request| match request {
        Request::List { .. } | Request::Search { .. } | Request::CancelSearch { .. } => Some(0),
        Request::CountFacets { .. } => Some(1),
        Request::Complete { .. } => Some(2),
        Request::CatchUp => Some(3),
        Request::Load { .. } => Some(4),
        Request::Find { .. } => Some(5),
        _ => None,
    };
    let newest = [0, 1, 2, 3, 4, 5].map(|one| requests.iter().rposition(|request| kind(request) == Some(one)));
    let mut number = 0;
    requests.retain(|request| {
        number += 1;
        kind(request).is_none_or(|kind| newest[kind] == Some(number - 1))
    });
    requests
}

/// Brings the dossier up to date, or follows another process that does.
fn index(dossier: &Dossier, stop: &Receiver<()>, emit: &dyn Fn(Reply) -> bool) {
    dossier.revision.set_followed(true);
    emit(Reply::LibraryChanged(dossier.status(Some((0, 0)))));
    // A failure here recurs, and is reported, with the next request.
    let _ = dossier.index.prepare();
    if !dossier.library.is_in_memory() {
        // A full or busy disk is reported by the steps that follow.
        let _ = dossier.library.remember_scope(&dossier.scope);
    }
    let (mut said, mut is_broken_off) = (false, false);
    loop {
        match catching_panic(|| bring_up_to_date(dossier, stop, emit)) {
            Some(Ok(())) => break,
            Some(Err(error)) if error.is_writer_elsewhere() => {
                if !said {
                    said = true;
                    emit(Reply::Notice(Message::new("index-elsewhere")));
                }
                match stop.recv_timeout(FOLLOW) {
                    Err(RecvTimeoutError::Timeout) => {
                        emit(Reply::LibraryChanged(refreshed(dossier, Some((0, 0)))));
                    }
                    _ => return,
                }
            }
            Some(Err(error)) => {
                emit(Reply::WorkFailed(error.message()));
                is_broken_off = true;
                break;
            }
            None => {
                emit(Reply::WorkFailed(failure()));
                is_broken_off = true;
                break;
            }
        }
    }
    let told = refreshed(dossier, None);
    emit(Reply::LibraryChanged(LibraryStatus { incomplete: told.incomplete || is_broken_off, ..told }));
    dossier.revision.set_followed(false);
}

fn refreshed(dossier: &Dossier, progress: Option<(usize, usize)>) -> LibraryStatus {
    dossier.refresh();
    dossier.status(progress)
}

fn bring_up_to_date(dossier: &Dossier, stop: &Receiver<()>, emit: &dyn Fn(Reply) -> bool) -> Result<(), DossierError> {
    let (mut writer, mut words) = indexing::writers(&dossier.library, &dossier.index)?;
    let mut commits = 0;
    let started = Instant::now();
    let mut told = started;
    let mut known = dossier.status(Some((0, 0)));
    let mut progress = |progress: Progress| {
        let grown = progress.commits > commits;
        if grown {
            commits = progress.commits;
            dossier.refresh();
            known = dossier.status(Some((0, 0)));
        }
        let is_worth_telling = started.elapsed() >= WORTH_TELLING;
        if grown || is_worth_telling && told.elapsed() >= PROGRESS {
            told = Instant::now();
            let (done, found) = if is_worth_telling { (progress.done, progress.found) } else { (0, 0) };
            known.progress = Some((done as usize, found as usize));
            if !emit(Reply::LibraryChanged(known.clone())) {
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

#[cfg(test)]
mod tests;
