//! Brings library and index up to date with the files: the one indexer of the command line and of the reader.
//!
//! A walker finds files, reader threads extract their documents, and the caller's thread writes: the catalogue first, then
//! the index, then the catalogue's mark that the document is in the index. A kill between any two of these loses nothing:
//! unmarked documents are added to the index again. The first documents are committed early, so that they can be read and
//! found at once; later commits are up to two seconds apart. Displays nothing: progress is passed to the caller.

use crate::dossier::DossierError;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::document::DocumentKey;
use crate::index::{Index, IndexWriter};
use crate::library::{FoundFile, Home, Intake, Library, LibraryError, OpenFile, Problem, ProblemKind, WalkEntry};
use crate::library::{Scope, Walk, Writer};

/// Number of documents before the first commit;
const FIRST_DOCUMENTS: usize = 32;
/// or time before the first commit; each later interval may be twice as long,
const FIRST_INTERVAL: Duration = Duration::from_millis(150);
/// up to this.
const LONGEST_INTERVAL: Duration = Duration::from_secs(2);
/// Shortest time between two progress reports, apart from commits.
const PROGRESS_INTERVAL: Duration = Duration::from_millis(50);
/// How many things that were read may wait to be written.
const WAITING: usize = 32;

/// How far the indexer is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files found so far; grows while walking.
    pub found: u64,
    /// Files done with.
    pub done: u64,
    /// Documents that were not known before.
    pub added: u64,
    /// Documents that were known and read again.
    pub changed: u64,
    /// Documents that are gone.
    pub removed: u64,
    /// Files met that were passed over; at the end, all of them in scope.
    pub skipped: u64,
    /// Files met that have no text; at the end, all of them in scope.
    pub without_text: u64,
    /// Files met that could not be read; at the end, all of them in scope.
    pub unreadable: u64,
    /// Commits so far: when it grows, more can be read and found.
    pub commits: u64,
    /// Whether everything in scope is up to date.
    pub finished: bool,
    /// The file at hand.
    pub current: Option<PathBuf>,
}

/// Opens the library of a home with its index.
pub fn open(home: &Home) -> Result<(Library, Index), DossierError> {
    let library = Library::open(home)?;
    let index = Index::open(&home.index())?.index;
    Ok((library, index))
}

/// Whether the index holds every document of the catalogue, and every root in a scope was once read to its end. Where it
/// is not, as after an upgrade or a kill, nothing that is not found means anything before it is brought up to date.
pub fn is_whole(library: &Library, index: &Index, scope: &Scope) -> Result<bool, DossierError> {
    let (promised, missing) = library.index_should_have()?;
    Ok(missing == 0 && index.documents() >= promised && library.is_read(scope)?)
}

/// Becomes the only writer of a library and its index. An index that lacks committed documents is refilled.
pub fn writers(library: &Library, index: &Index) -> Result<(Writer, IndexWriter), DossierError> {
    let mut writer = library.writer()?;
    let mut index_writer = index.writer()?;
    index.reload()?;
    if index.documents() < writer.promised_to_index()? {
        index_writer.clear()?;
        index_writer.commit()?;
        writer.index_is_empty()?;
    }
    Ok((writer, index_writer))
}

/// Reads what changed in scope since the last scan and updates the index. `progress` may break off: then everything
/// done so far is kept and `finished` is false. After an error both writers must be dropped.
pub fn bring_up_to_date(
    library: &mut Writer,
    index: &mut IndexWriter,
    scope: &Scope,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Progress, DossierError> {
    library.announce(scope);
    let mut run = Run::new(library, index, progress);
    run.forget_gone()?;
    if run.heal()?.is_continue() {
        let walks = run.library.walks(scope)?;
        run.library.library().keep_roots()?;
        run.read(&walks)?;
    }
    run.finish(scope)
}

/// A file on its way: a number of its own, and its walk's place among the walks.
struct Task {
    number: u64,
    walk: usize,
    found: WalkEntry,
    /// Whether another walk has met it before, so that it is read there.
    again: bool,
}

/// What a reader says about a task.
enum ReadOutcome {
    Again(PathBuf),
    Ignored(PathBuf, bool),
    Noted(FoundFile, Problem),
    Took(FoundFile, Intake),
    Failed(LibraryError),
}

struct Answer {
    number: u64,
    walk: usize,
    outcome: ReadOutcome,
}

/// The state of one call, on the caller's thread.
struct Run<'a> {
    library: &'a mut Writer,
    index: &'a mut IndexWriter,
    progress: &'a mut dyn FnMut(Progress) -> ControlFlow<()>,
    so_far: Progress,
    reported_at: Instant,
    batch: Option<Batch>,
    interval: Duration,
    /// Files whose documents are being replaced, by the number of their task.
    open: HashMap<u64, OpenFile>,
    /// Of each walk, which files count for its root.
    counting: Vec<Counting>,
    /// Files that several walks found, with the indices of the later walks.
    again: Vec<(usize, PathBuf)>,
    unentered: Vec<PathBuf>,
}

/// Which files count for the root of a walk: before, and as it met them.
#[derive(Default)]
struct Counting {
    before: HashSet<i64>,
    met: HashSet<i64>,
    /// Entries it skipped by a rule, and whether each is a folder.
    ignored: BTreeMap<PathBuf, bool>,
}

struct Batch {
    since: Instant,
    learnt: Vec<DocumentKey>,
}

impl<'a> Run<'a> {
    fn new(
        library: &'a mut Writer,
        index: &'a mut IndexWriter,
        progress: &'a mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Self {
        Self {
            library,
            index,
            progress,
            so_far: Progress::default(),
            reported_at: Instant::now(),
            batch: None,
            interval: FIRST_INTERVAL,
            open: HashMap::new(),
            counting: Vec::new(),
            again: Vec::new(),
            unentered: Vec::new(),
        }
    }

    /// Gives the index what a killed process had no time to give it.
    fn heal(&mut self) -> Result<ControlFlow<()>, DossierError> {
        let mut last = DocumentKey(0);
        let (_, missing) = self.library.library().index_should_have()?;
        self.so_far.found = missing;
        loop {
            let some = self.library.to_index(last, 256)?;
            let Some((key, _)) = some.last() else { break };
            last = *key;
            for (key, is_stale) in some {
                if is_stale {
                    self.index.delete(key);
                }
                self.begin()?;
                match self.library.library().document(key) {
                    Ok(document) => self.index.add(key, &document)?,
                    Err(LibraryError::Damaged { .. }) => self.library.mark_stale(key)?,
                    Err(error) => return Err(error.into()),
                }
                self.learnt(key);
                self.so_far.done += 1;
            }
            if self.pulse()?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        self.commit()?;
        (self.so_far.found, self.so_far.done) = (0, 0);
        Ok(self.report_progress(false))
    }

    /// Deletes from the index documents that are no longer in the catalogue.
    fn forget_gone(&mut self) -> Result<(), DossierError> {
        if !self.library.tombstones()?.is_empty() {
            self.begin()?;
            self.commit()?;
        }
        Ok(())
    }

    /// Walks, reads and writes until all is done or `progress` breaks off.
    fn read(&mut self, walks: &[Walk]) -> Result<(), DossierError> {
        for walk in walks {
            self.counting.push(Counting { before: self.library.members(walk)?, ..Counting::default() });
        }
        let stop = AtomicBool::new(false);
        let found = AtomicU64::new(0);
        let (to_readers, tasks) = mpsc::channel();
        let tasks = Mutex::new(tasks);
        let readers = (0..reader_threads()).map(|_| self.library.library().reader()).collect::<Result<Vec<_>, _>>()?;
        let (to_writer, answers) = mpsc::sync_channel(WAITING);
        let written = thread::scope(|threads| {
            threads.spawn(|| walk(walks, to_readers, &found, &stop));
            for reader in readers {
                let (tasks, to_writer, stop) = (&tasks, to_writer.clone(), &stop);
                threads.spawn(move || look_into(&reader, tasks, &to_writer, stop));
            }
            drop(to_writer);
            let written = self.write(walks, &answers, &found);
            stop.store(true, Ordering::Relaxed);
            drop(answers); // readers that wait to send something give up
            written
        });
        self.so_far.found = found.into_inner();
        if written?.is_continue() {
            self.meet_again(walks)?;
            self.sweep(walks)?;
            self.so_far.finished = true;
        }
        Ok(())
    }

    fn write(
        &mut self,
        walks: &[Walk],
        answers: &Receiver<Answer>,
        found: &AtomicU64,
    ) -> Result<ControlFlow<()>, DossierError> {
        loop {
            let answer = answers.recv_timeout(self.patience());
            self.so_far.found = found.load(Ordering::Relaxed);
            match answer {
                Ok(answer) => self.take(walks, answer)?,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(ControlFlow::Continue(())),
            }
            if self.pulse()?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
    }

    fn take(&mut self, walks: &[Walk], answer: Answer) -> Result<(), DossierError> {
        self.begin()?;
        let by = (answer.walk, &walks[answer.walk]);
        match answer.outcome {
            ReadOutcome::Again(path) => {
                self.again.push((answer.walk, path));
                Ok(())
            }
            ReadOutcome::Ignored(path, is_folder) => {
                self.so_far.skipped += 1;
                self.done(path.clone());
                self.counting[answer.walk].ignored.insert(path, is_folder);
                Ok(())
            }
            ReadOutcome::Noted(file, problem) => self.note(by, file, &problem),
            ReadOutcome::Took(file, intake) => self.take_in(by, answer.number, file, intake),
            ReadOutcome::Failed(error) => Err(error.into()),
        }
    }

    /// A walk has met a file, which counts for its root from now on.
    fn meet(&mut self, (place, walk): (usize, &Walk), file: i64) -> Result<(), LibraryError> {
        let counting = &mut self.counting[place];
        if counting.met.insert(file) && !counting.before.contains(&file) {
            self.library.add_member(walk, file)?;
        }
        Ok(())
    }

    /// Files that several walks have met, once all are read.
    fn meet_again(&mut self, walks: &[Walk]) -> Result<(), DossierError> {
        for (place, path) in std::mem::take(&mut self.again) {
            self.begin()?;
            // One that went away meanwhile is at no path.
            if let Some(file) = self.library.file_at(&path)? {
                self.meet((place, &walks[place]), file)?;
            }
        }
        Ok(())
    }

    fn note(&mut self, by: (usize, &Walk), file: FoundFile, problem: &Problem) -> Result<(), DossierError> {
        if problem.kind == ProblemKind::Unreadable {
            let id = self.library.note(&file, problem)?;
            self.meet(by, id)?;
            self.count(problem);
            self.done(file.path.clone());
            self.unentered.push(file.path);
            return Ok(());
        }
        if let Some(known) = self.library.noted(&file, problem)? {
            self.meet(by, known)?;
            self.count(problem);
            self.done(file.path);
            return Ok(());
        }
        let open = self.library.open_file(&file)?;
        self.close(by, &open, file, None, Some(problem))
    }

    fn take_in(
        &mut self,
        by: (usize, &Walk),
        number: u64,
        file: FoundFile,
        intake: Intake,
    ) -> Result<(), DossierError> {
        match intake {
            Intake::Unchanged(id) => {
                self.meet(by, id)?;
                self.done(file.path);
            }
            Intake::Touched(id) => {
                self.meet(by, id)?;
                self.library.restamp(id, &file)?;
                self.done(file.path);
            }
            Intake::Vanished => self.done(file.path),
            Intake::Document(mut prepared) => {
                let mut open = self.opened(by, number, &file)?;
                prepared.document.path = open.path();
                let added = self.library.put(&mut open, &prepared)?;
                self.open.insert(number, open);
                if added.in_index {
                    self.index.delete(added.key);
                }
                self.index.add(added.key, &prepared.document)?;
                self.learnt(added.key);
                let count = if added.is_new { &mut self.so_far.added } else { &mut self.so_far.changed };
                *count += 1;
                self.so_far.current = Some(file.path);
            }
            Intake::Read { sha256, problem } => {
                let open = self.opened(by, number, &file)?;
                self.close(by, &open, file, sha256, problem.as_ref())?;
            }
        }
        Ok(())
    }

    /// The file of a task whose documents are being replaced. It counts at once, so that it can be seen while it grows.
    fn opened(&mut self, by: (usize, &Walk), number: u64, file: &FoundFile) -> Result<OpenFile, LibraryError> {
        if let Some(open) = self.open.remove(&number) {
            return Ok(open);
        }
        let open = self.library.open_file(file)?;
        self.meet(by, open.id())?;
        Ok(open)
    }

    fn close(
        &mut self,
        by: (usize, &Walk),
        open: &OpenFile,
        file: FoundFile,
        sha256: Option<[u8; 32]>,
        problem: Option<&Problem>,
    ) -> Result<(), DossierError> {
        self.meet(by, open.id())?;
        self.so_far.removed += self.library.finish(open, &file, sha256, problem)? as u64;
        if let Some(problem) = problem {
            self.count(problem);
        }
        self.done(file.path);
        Ok(())
    }

    fn sweep(&mut self, walks: &[Walk]) -> Result<(), DossierError> {
        self.begin()?;
        for (walk, counting) in walks.iter().zip(&self.counting) {
            self.so_far.removed += self.library.sweep(walk, &counting.met, &self.unentered)? as u64;
            self.library.keep_ignored(walk, &counting.ignored, &self.unentered)?;
        }
        Ok(())
    }

    fn finish(mut self, scope: &Scope) -> Result<Progress, DossierError> {
        self.commit()?;
        let not_read = self.library.library().not_read(scope)?;
        (self.so_far.skipped, self.so_far.unreadable) = (not_read.skipped(), not_read.unreadable());
        self.so_far.without_text = not_read.without_text();
        self.so_far.current = None;
        let is_finished = self.so_far.finished;
        let _ = self.report_progress(is_finished);
        Ok(self.so_far)
    }

    fn count(&mut self, problem: &Problem) {
        match problem.kind {
            ProblemKind::Skipped => self.so_far.skipped += 1,
            ProblemKind::WithoutText => self.so_far.without_text += 1,
            ProblemKind::Unreadable => self.so_far.unreadable += 1,
        }
    }

    fn done(&mut self, path: PathBuf) {
        self.so_far.done += 1;
        self.so_far.current = Some(path);
    }

    fn begin(&mut self) -> Result<(), LibraryError> {
        if self.batch.is_none() {
            self.library.begin()?;
            self.batch = Some(Batch { since: Instant::now(), learnt: Vec::new() });
        }
        Ok(())
    }

    fn learnt(&mut self, key: DocumentKey) {
        let batch = self.batch.as_mut().expect("a document is written inside a batch");
        batch.learnt.push(key);
    }

    /// How long the next answer may take before the batch is due.
    fn patience(&self) -> Duration {
        let due = self.batch.as_ref().map(|batch| self.interval.saturating_sub(batch.since.elapsed()));
        due.unwrap_or(LONGEST_INTERVAL).min(Duration::from_millis(200))
    }

    /// Commits and reports progress when due.
    fn pulse(&mut self) -> Result<ControlFlow<()>, DossierError> {
        let is_due = self.batch.as_ref().is_some_and(|batch| {
            let enough = self.so_far.commits == 0 && batch.learnt.len() >= FIRST_DOCUMENTS;
            enough || batch.since.elapsed() >= self.interval
        });
        if is_due {
            self.commit()?;
            self.interval = (self.interval * 2).min(LONGEST_INTERVAL);
            return Ok(self.report_progress(false));
        }
        if self.reported_at.elapsed() < PROGRESS_INTERVAL {
            return Ok(ControlFlow::Continue(()));
        }
        Ok(self.report_progress(false))
    }

    fn report_progress(&mut self, is_finished: bool) -> ControlFlow<()> {
        self.reported_at = Instant::now();
        (self.progress)(Progress { finished: is_finished, ..self.so_far.clone() })
    }

    /// Catalogue, index, mark: in this order, see the head of this file.
    fn commit(&mut self) -> Result<(), DossierError> {
        let Some(batch) = self.batch.take() else { return Ok(()) };
        self.library.commit()?;
        let gone = self.library.tombstones()?;
        for key in &gone {
            self.index.delete(*key);
        }
        if !batch.learnt.is_empty() || !gone.is_empty() {
            self.index.commit()?;
            self.library.indexed(&batch.learnt, &gone)?;
        }
        self.so_far.commits += 1;
        Ok(())
    }
}

/// One core is for the writer; more than a few readers only wait for it.
fn reader_threads() -> usize {
    thread::available_parallelism().map_or(1, |cores| (cores.get() - 1).clamp(1, 4))
}

/// The walker's thread: it may run far ahead, so that progress knows how much there is.
#[expect(clippy::needless_pass_by_value, reason = "the readers end when the channel does")]
fn walk(walks: &[Walk], to_readers: mpsc::Sender<Task>, found: &AtomicU64, stop: &AtomicBool) {
    let mut number = 0;
    let overlap = walks.windows(2).any(|pair| pair[1].root.path.starts_with(&pair[0].root.path));
    let mut met: HashSet<PathBuf> = HashSet::new();
    for (place, walk) in walks.iter().enumerate() {
        let flow = walk.run(&mut |one| {
            let is_read = !matches!(one, WalkEntry::Ignored { .. });
            let again = overlap && is_read && !met.insert(one.path().to_owned());
            number += u64::from(!again);
            found.store(number, Ordering::Relaxed);
            let sent = to_readers.send(Task { number, walk: place, found: one, again });
            if sent.is_err() || stop.load(Ordering::Relaxed) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        if flow.is_break() {
            return;
        }
    }
}

/// A reader's thread.
fn look_into(library: &Library, tasks: &Mutex<Receiver<Task>>, to_writer: &SyncSender<Answer>, stop: &AtomicBool) {
    loop {
        let task = tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Task { number, walk, found, again }) = task else { return };
        let send = |outcome| match to_writer.send(Answer { number, walk, outcome }) {
            Ok(()) if !stop.load(Ordering::Relaxed) => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        };
        let flow = match found {
            WalkEntry::Ignored { path, is_folder } => send(ReadOutcome::Ignored(path, is_folder)),
            WalkEntry::File(file) | WalkEntry::Problem(file, _) if again => send(ReadOutcome::Again(file.path)),
            WalkEntry::Problem(file, problem) => send(ReadOutcome::Noted(file, problem)),
            WalkEntry::File(file) => library
                .take_in(&file, &mut |intake| send(ReadOutcome::Took(file.clone(), intake)))
                .unwrap_or_else(|error| send(ReadOutcome::Failed(error))),
        };
        if flow.is_break() {
            return;
        }
    }
}

#[cfg(test)]
mod tests;
