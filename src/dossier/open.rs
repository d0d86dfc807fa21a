//! Opening: from paths to a dossier that can be searched. Finds the library that holds the paths, brings it up to date
//! as far as the caller wants, and falls back to memory where the home folder cannot be used. The reader and every
//! subcommand open here and show reports in their own way, by an [`OpenObserver`]. Does not index in the background.

use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::indexing::{self, Progress};
use super::{Dossier, DossierError};
use crate::document::{DocumentKey, PlaceName, Target};
use crate::index::Index;
use crate::library::{Home, Library, LibraryError, Order, Problem, Scope, Unnamed};
use crate::locale::Message;
use crate::notebook::Notebook;

/// The name of standard input as a path.
pub const STANDARD_INPUT: &str = "-";

/// Interval at which a caller that waits for another process checks whether that has ended.
const TURN_INTERVAL: Duration = Duration::from_millis(100);
/// Maximum total size, in bytes, of files named one by one that the reader reads before its first frame.
const READ_FIRST: u64 = 4 << 20;
/// Maximum number of unread files that the reader reports at its start.
const FIRST_PROBLEMS: usize = 20;

/// What to do if another process is writing the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfBusy {
    /// Answer from the stored state, and report it.
    UseStored,
    /// Report it, and wait until the other process ends.
    Wait,
    /// Fail.
    Refuse,
}

/// How much is read before an opened dossier is returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// What changed since the last scan.
    UpToDate(IfBusy),
    /// What changed, but only if the index is incomplete; else nothing.
    Complete,
}

/// The worst problem that was reported while opening; decides the exit status of a subcommand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing was reported.
    #[default]
    None,
    /// A file that was named could not be read.
    UnreadFile,
    /// Any other problem.
    Error,
}

/// Receives reports while a dossier is opened, as they occur.
pub trait OpenObserver {
    /// Something to report at once, in order.
    fn notice(&mut self, message: &Message);
    /// A file gave no document.
    fn unread(&mut self, path: &Path, problem: &Problem);
    /// Indexing has progressed.
    fn progress(&mut self, _progress: &Progress) {}
    /// Indexing has ended.
    fn progress_ended(&mut self) {}
}

/// What opening needs from outside.
pub struct OpenContext<'a> {
    /// The home folder, or why it is not known.
    pub home: Result<Home, LibraryError>,
    /// Standard input.
    pub input: &'a mut dyn Read,
    /// Receives notices and progress.
    pub observer: &'a mut dyn OpenObserver,
}

/// A dossier, and how it was opened.
pub struct OpenedDossier {
    /// The dossier.
    pub dossier: Dossier,
    /// What indexing did; `None` if nothing was indexed.
    pub progress: Option<Progress>,
    /// The worst problem that was reported.
    pub severity: Severity,
    /// Whether the index is in memory because the home folder cannot be used.
    pub unkept: bool,
    /// Whether everything in scope was read; false while another process reads it.
    pub complete: bool,
}

/// A dossier for the reader, and where the reader begins.
pub struct OpenedTargets {
    /// The dossier, not yet up to date unless [`OpenedTargets::read_first`] was called.
    pub dossier: Dossier,
    /// The document to open at once.
    pub document: Option<DocumentKey>,
    /// The place in it.
    pub place: Option<PlaceName>,
    /// Whether all targets are files that are small enough to be read before the first frame.
    pub few_files: bool,
}

/// A library with its index.
pub type LibraryAndIndex = (Library, Index);

impl Dossier {
    /// Opens paths; without any, the last opened scope, else every root, else the built-in library where there never
    /// was a root.
    pub fn open(
        paths: &[PathBuf],
        freshness: Freshness,
        context: &mut OpenContext,
    ) -> Result<OpenedDossier, DossierError> {
        let busy = match freshness {
            Freshness::UpToDate(busy) => busy,
            Freshness::Complete => IfBusy::UseStored,
        };
        if paths.iter().any(|path| path == Path::new(STANDARD_INPUT)) {
            let library = context.standard_input()?;
            return context.named(&library, Index::in_memory()?, paths, busy);
        }
        if !paths.is_empty() {
            if let Some((library, index)) = context.stored(busy)? {
                return context.named(&library, index, paths, busy);
            }
            let opened = context.named(&Library::in_memory()?, Index::in_memory()?, paths, busy)?;
            return Ok(OpenedDossier { unkept: true, ..opened });
        }
        let (library, index) = context.required(busy)?;
        match (library.unnamed()?, freshness) {
            (Unnamed::Scope(scope), Freshness::Complete) => context.complete(&library, index, scope),
            (Unnamed::Scope(scope), Freshness::UpToDate(_)) => context.up_to_date(&library, index, scope, busy),
            (Unnamed::BuiltIn, Freshness::Complete) => context.built_in(),
            (Unnamed::BuiltIn, Freshness::UpToDate(_)) => Err(Message::new("library-has-no-root").into()),
            (Unnamed::NothingLeft, _) => Err(LibraryError::NothingLeft.into()),
        }
    }

    /// Opens paths alone, in memory: for a file outside of every root.
    pub fn open_alone(paths: &[PathBuf], context: &mut OpenContext) -> Result<OpenedDossier, DossierError> {
        let from_input = paths.iter().any(|path| path == Path::new(STANDARD_INPUT));
        let library = if from_input { context.standard_input()? } else { Library::in_memory()? };
        context.named(&library, Index::in_memory()?, paths, IfBusy::UseStored)
    }

    /// Opens what the reader was started with, without reading any file yet. The errors are those of all targets, if none
    /// of them leads anywhere.
    pub fn open_targets(targets: &[Target], context: &mut OpenContext) -> Result<OpenedTargets, Vec<DossierError>> {
        if targets.is_empty() {
            let dossier = context.unnamed_targets().map_err(|error| vec![error])?;
            return Ok(OpenedTargets { dossier, document: None, place: None, few_files: false });
        }
        let from_input = targets.iter().any(|target| target.whole == Path::new(STANDARD_INPUT));
        let store = if from_input {
            context.standard_input().and_then(|library| Ok((library, Index::in_memory()?)))
        } else {
            context.stored(IfBusy::UseStored).and_then(|store| store.map_or_else(in_memory, Ok))
        };
        let (library, index) = store.map_err(|error| vec![error])?;
        let Resolved { scope, document, place, few_files } = resolve(&library, targets, context.observer)?;
        let dossier = context.with_notebook(Dossier::new(library, index, scope));
        Ok(OpenedTargets { dossier, document, place, few_files })
    }

    /// The one document of the dossier, if it has exactly one.
    pub fn only_document(&self) -> Option<DocumentKey> {
        match self.library.keys(&self.scope, Order::Path).ok()?.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }
}

impl OpenedTargets {
    /// Brings a few files up to date before the first frame. What cannot be stored, and was not stored before, is read
    /// in memory. `None`, with the reasons reported, if there is no document.
    pub fn read_first(self, context: &mut OpenContext) -> Option<Self> {
        let dossier = &self.dossier;
        let failed = refresh(&dossier.library, &dossier.index, &dossier.scope, &mut |_| {}).err();
        let known = || dossier.library.status(&dossier.scope).unwrap_or_default().documents > 0;
        if let Some(error) = failed.filter(|error| !known() || !error.is_writer_elsewhere()) {
            context.observer.notice(&error.message());
            if !known() && !dossier.library.is_in_memory() {
                let scope = dossier.library.with_paths(&dossier.scope).unwrap_or_default();
                let (library, index) = in_memory().ok()?;
                let dossier = context.with_notebook(Dossier::new(library, index, scope));
                return Self { dossier, ..self }.read_first(context);
            }
        }
        let _ = dossier.index.reload(); // if it cannot be reloaded, what was there stays visible
        for (path, problem) in dossier.library.problems(&dossier.scope, FIRST_PROBLEMS).unwrap_or_default() {
            context.observer.unread(&path, &problem);
        }
        known().then_some(self)
    }
}

impl OpenContext<'_> {
    /// The library of the home folder; `None`, with the reason reported, if it cannot be used.
    pub fn stored(&mut self, busy: IfBusy) -> Result<Option<LibraryAndIndex>, DossierError> {
        match self.home_store(busy) {
            Ok(store) => Ok(Some(store)),
            Err(error) if busy == IfBusy::Refuse && error.is_writer_elsewhere() => Err(refused()),
            Err(error) => {
                self.report_nothing_is_kept(&error);
                Ok(None)
            }
        }
    }

    /// The library of the home folder, or the reason why it cannot be used.
    pub fn required(&mut self, busy: IfBusy) -> Result<LibraryAndIndex, DossierError> {
        self.home_store(busy)
            .map_err(|error| if error.is_writer_elsewhere() { Message::new("index-not-ready").into() } else { error })
    }

    fn home_store(&mut self, busy: IfBusy) -> Result<LibraryAndIndex, DossierError> {
        let home = self.home.clone()?;
        let (library, index) = self.in_turn(busy, |_| indexing::open(&home))?;
        for notice in library.notices() {
            self.observer.notice(notice);
        }
        Ok((library, index))
    }

    /// Attempts what only one process can do at a time; repeats it while another process does it, if `busy` says so.
    pub fn in_turn<T>(
        &mut self,
        busy: IfBusy,
        mut attempt: impl FnMut(&mut dyn OpenObserver) -> Result<T, DossierError>,
    ) -> Result<T, DossierError> {
        let mut is_reported = false;
        loop {
            let done = attempt(self.observer);
            if busy != IfBusy::Wait || !done.as_ref().is_err_and(DossierError::is_writer_elsewhere) {
                return done;
            }
            if !is_reported {
                self.observer.notice(&Message::new("index-waiting"));
                is_reported = true;
            }
            thread::sleep(TURN_INTERVAL);
        }
    }

    /// A scope of a library as it was read last; brought up to date first if it was never read completely.
    pub fn complete(&mut self, library: &Library, index: Index, scope: Scope) -> Result<OpenedDossier, DossierError> {
        if !indexing::is_whole(library, &index, &scope)? {
            // If another process reads it, that is reported instead.
            if !library.is_being_read(&Scope::everything()) {
                self.observer.notice(&Message::new("index-filling"));
            }
            let mut opened = self.up_to_date(library, index, scope, IfBusy::UseStored)?;
            if self.report_lost_roots(&opened.dossier)? {
                opened.severity = Severity::Error;
            }
            return Ok(opened);
        }
        let complete = !library.is_being_read(&scope);
        if !complete {
            self.observer.notice(&Message::new("index-elsewhere"));
        }
        Ok(self.opened(library, index, scope, complete))
    }

    /// Opens a scope of a library, brought up to date. While another process writes it, the stored state is used; if
    /// that is empty, or nothing can be stored, its files are read in memory: an empty result must mean that there is
    /// nothing.
    pub fn up_to_date(
        &mut self,
        library: &Library,
        index: Index,
        scope: Scope,
        busy: IfBusy,
    ) -> Result<OpenedDossier, DossierError> {
        let (progress, complete) = match self.refreshed(library, &index, &scope, busy) {
            Ok(progress) => (Some(progress), true),
            Err(error) if busy == IfBusy::Refuse && error.is_writer_elsewhere() => return Err(refused()),
            Err(error) if error.is_writer_elsewhere() => {
                self.observer.notice(&Message::new("index-elsewhere"));
                if library.status(&scope)?.documents == 0 {
                    return self.in_memory_instead(library, &scope);
                }
                (None, false)
            }
            Err(error) if library.is_in_memory() => return Err(error),
            Err(error) => {
                self.report_nothing_is_kept(&error);
                return Ok(OpenedDossier { unkept: true, ..self.in_memory_instead(library, &scope)? });
            }
        };
        index.reload()?;
        Ok(OpenedDossier { progress, ..self.opened(library, index, scope, complete) })
    }

    fn refreshed(
        &mut self,
        library: &Library,
        index: &Index,
        scope: &Scope,
        busy: IfBusy,
    ) -> Result<Progress, DossierError> {
        self.in_turn(busy, |observer| {
            let done = refresh(library, index, scope, &mut |progress| observer.progress(progress));
            observer.progress_ended();
            done
        })
    }

    /// The files of a scope, read in memory.
    fn in_memory_instead(&mut self, library: &Library, scope: &Scope) -> Result<OpenedDossier, DossierError> {
        let (memory, index) = in_memory()?;
        self.up_to_date(&memory, index, library.with_paths(scope)?, IfBusy::UseStored)
    }

    /// The built-in library, in memory. That it answers is reported.
    pub fn built_in(&mut self) -> Result<OpenedDossier, DossierError> {
        self.observer.notice(&Message::new("built-in-answers"));
        self.up_to_date(&Library::built_in()?, Index::in_memory()?, Scope::everything(), IfBusy::UseStored)
    }

    /// The paths within a library, brought up to date. A file or folder that was named and could not be read is a
    /// problem; one found inside a folder is not.
    fn named(
        &mut self,
        library: &Library,
        index: Index,
        paths: &[PathBuf],
        busy: IfBusy,
    ) -> Result<OpenedDossier, DossierError> {
        let (scope, mut errors) = library.scope(paths);
        let last = errors.pop_if(|_| scope.is_empty());
        for error in &errors {
            self.observer.notice(&error.message());
        }
        if let Some(last) = last {
            return Err(last.into());
        }
        if library.last_scope().ok().flatten().as_ref() != Some(&scope) && !library.is_in_memory() {
            // Before reading, so that it is stored also if this run is killed. A full or busy disk is reported by the
            // steps that follow.
            let _ = library.remember_scope(&scope);
        }
        let mut opened = self.up_to_date(library, index, scope, busy)?;
        let Dossier { library, scope, .. } = &opened.dossier;
        if !library.is_in_memory() {
            let _ = library.remember_scope(scope);
        }
        let named = scope.paths().unwrap_or_default();
        for (path, problem) in library.problems(scope, usize::MAX)? {
            if named.binary_search(&path).is_ok() {
                self.observer.unread(&path, &problem);
                opened.severity = opened.severity.max(Severity::UnreadFile);
            }
        }
        if !errors.is_empty() {
            opened.severity = Severity::Error;
        }
        Ok(opened)
    }

    /// Reports roots that are away and of which no document is known. Returns whether there are any.
    fn report_lost_roots(&mut self, dossier: &Dossier) -> Result<bool, DossierError> {
        let roots = dossier.library.roots()?.into_iter();
        let empty: Vec<PathBuf> = roots.filter(|root| root.documents == 0).map(|root| root.path).collect();
        let mut any = false;
        for (path, problem) in dossier.library.problems(&dossier.scope, usize::MAX)? {
            if empty.contains(&path) {
                self.observer.unread(&path, &problem);
                any = true;
            }
        }
        Ok(any)
    }

    /// The last opened scope, else every root; the built-in library only if it is certain that there never was a root.
    fn unnamed_targets(&mut self) -> Result<Dossier, DossierError> {
        match self.home_store(IfBusy::UseStored) {
            Ok((library, index)) => match library.unnamed()? {
                Unnamed::Scope(scope) => return Ok(self.with_notebook(Dossier::new(library, index, scope))),
                Unnamed::NothingLeft => return Err(LibraryError::NothingLeft.into()),
                Unnamed::BuiltIn => {}
            },
            Err(error) if error.is_writer_elsewhere() => return Err(Message::new("index-not-ready").into()),
            Err(error) if self.home.as_ref().is_ok_and(|home| !home.is_new()) => return Err(error),
            Err(error) => self.report_nothing_is_kept(&error),
        }
        Ok(Dossier::new(Library::built_in()?, Index::in_memory()?, Scope::everything()))
    }

    /// The dossier with the notebook and the aliases of the home folder. A notebook that cannot be used is reported and
    /// replaced by one in memory.
    fn with_notebook(&mut self, dossier: Dossier) -> Dossier {
        let Ok(home) = &self.home else { return dossier };
        let dossier = dossier.with_configuration(&home.config);
        if dossier.library.is_in_memory() {
            return dossier;
        }
        let notebook = Notebook::open(&home.notebook()).unwrap_or_else(|error| {
            self.observer.notice(&error.message());
            Notebook::in_memory()
        });
        dossier.with_notebook(notebook)
    }

    fn standard_input(&mut self) -> Result<Library, DossierError> {
        let library = Library::in_memory()?;
        let mut bytes = Vec::new();
        let read = self.input.read_to_end(&mut bytes);
        read.map_err(|error| Message::new("answer-no-input").with("detail", error.to_string()))?;
        library.give(Path::new(STANDARD_INPUT), &bytes)?;
        Ok(library)
    }

    fn report_nothing_is_kept(&mut self, error: &DossierError) {
        self.observer.notice(&error.message());
        self.observer.notice(&Message::new("answer-nothing-is-kept"));
    }

    fn opened(&self, library: &Library, index: Index, scope: Scope, complete: bool) -> OpenedDossier {
        let mut dossier = Dossier::new(library.clone(), index, scope);
        if let Ok(home) = &self.home {
            dossier = dossier.with_configuration(&home.config);
        }
        OpenedDossier { dossier, progress: None, severity: Severity::None, unkept: false, complete }
    }
}

/// The documents of the built-in library.
pub fn read_built_in() -> Result<Library, DossierError> {
    let library = Library::built_in()?;
    refresh(&library, &Index::in_memory()?, &Scope::everything(), &mut |_| {})?;
    Ok(library)
}

fn refresh(
    library: &Library,
    index: &Index,
    scope: &Scope,
    progress: &mut dyn FnMut(&Progress),
) -> Result<Progress, DossierError> {
    let (mut writer, mut index_writer) = indexing::writers(library, index)?;
    indexing::bring_up_to_date(&mut writer, &mut index_writer, scope, &mut |done| {
        progress(&done);
        ControlFlow::Continue(())
    })
}

fn in_memory() -> Result<LibraryAndIndex, DossierError> {
    Ok((Library::in_memory()?, Index::in_memory()?))
}

fn refused() -> DossierError {
    Message::new("index-refused").into()
}

/// What the reader's targets mean.
struct Resolved {
    scope: Scope,
    document: Option<DocumentKey>,
    place: Option<PlaceName>,
    few_files: bool,
}

/// Resolves the reader's targets to a scope and to where the reader begins. Targets that lead nowhere are reported; if
/// none leads anywhere, they are the error.
fn resolve(
    library: &Library,
    targets: &[Target],
    observer: &mut dyn OpenObserver,
) -> Result<Resolved, Vec<DossierError>> {
    let (mut paths, mut failed, mut bytes) = (Vec::new(), Vec::new(), 0);
    let (mut place, mut document, mut few_files) = (None, None, true);
    for target in targets {
        let (path, its_place, its_document) = match locate(library, target) {
            Ok(located) => located,
            Err(error) => {
                failed.push(DossierError::from(error));
                continue;
            }
        };
        let metadata = std::fs::metadata(&path).ok();
        few_files &= metadata.as_ref().is_none_or(std::fs::Metadata::is_file);
        bytes += metadata.map_or(0, |metadata| metadata.len());
        place = its_place.or(place);
        document = its_document.or(document);
        paths.push(path);
    }
    if paths.is_empty() {
        return Err(failed);
    }
    for error in failed {
        observer.notice(&error.message());
    }
    few_files &= bytes <= READ_FIRST;
    Ok(Resolved { scope: Scope::of(paths), document, place, few_files })
}

/// The path of a target, its place, and the document if the target is an id. A file of the whole word comes before a place.
fn locate(
    library: &Library,
    target: &Target,
) -> Result<(PathBuf, Option<PlaceName>, Option<DocumentKey>), LibraryError> {
    let missing = match library.locate(&target.whole) {
        Ok(path) => return Ok((path, None, None)),
        Err(error) => error,
    };
    if let Ok(path) = library.locate(&target.document) {
        return Ok((path, target.place.clone(), None));
    }
    match library.find_by_id_or_path(&target.document.to_string_lossy(), &Scope::everything())?.as_slice() {
        [key] => Ok((library.path(*key)?, target.place.clone(), Some(*key))),
        _ => Err(missing),
    }
}
