//! The documents a command works on: the library's, or what its PATHs name, brought up to date first. When the library's
//! own folder cannot be used, named files are read all the same and nothing is kept; without a path that is an error. What
//! is not whole is filled before it answers, and where another process fills it, the answer says that it is a part.

use std::cell::OnceCell;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::{Desk, Failure, NOTHING};
use crate::cli::ERROR_STATUS;
use crate::dossier::DossierError;
use crate::dossier::aliases::{AliasFiles, widened};
use crate::dossier::indexing;
use crate::dossier::indexing::Progress;
use crate::dossier::not_read::for_people;
use crate::index::{Index, Selection};
use crate::library::{Library, LibraryError, Order, Scope, Unnamed};
use crate::locale::{Catalogue, Message};
use crate::request::UnreadFiles;
use crate::search::names::aliases::Aliases;
use crate::search::{Complaint, Query, Spelling};

/// Standard input, as it is named and as its document is shown.
pub(super) const STANDARD_INPUT: &str = "-";

/// The progress bar is drawn at most this often.
const BAR_INTERVAL: Duration = Duration::from_millis(100);
/// Who waits for another process looks this often whether it has ended.
const TURN_INTERVAL: Duration = Duration::from_millis(100);

/// A library with its index, and the part of it that is meant.
pub(super) struct Shelf {
    pub(super) library: Library,
    pub(super) index: Index,
    pub(super) scope: Scope,
    /// What bringing it up to date did; nothing when that was not asked for.
    pub(super) progress: Option<Progress>,
    /// Whether an error was told, though the rest was read.
    pub(super) told: Told,
    /// Whether the library's own folder could not be used, so that nothing was kept.
    pub(super) unkept: bool,
    /// The documents that are meant, once they were asked for.
    pub(super) selection: OnceCell<Selection>,
    /// Whether all that is meant was read; not while another process reads it.
    pub(super) complete: bool,
}

/// An error that was told and that decides the exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Told {
    /// None.
    Nothing,
    /// Only that a file which was named could not be read.
    Unread,
    /// Any other.
    Error,
}

/// What to do while another process writes the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Answer from what is there, and say so.
    ReadAlong,
    /// Say so, and wait until it has ended.
    Wait,
    /// Do nothing.
    Refuse,
}

impl Shelf {
    /// A scope of a library as it is, without looking at its files.
    fn of(library: &Library, index: Index, scope: Scope, complete: bool) -> Self {
        let (library, told, selection) = (library.clone(), Told::Nothing, OnceCell::new());
        Self { library, index, scope, progress: None, told, unkept: false, selection, complete }
    }

    /// The aliases that hold for what is meant, and what is wrong with the files they stand in.
    pub(super) fn aliases(&self, desk: &Desk) -> Result<(Arc<Aliases>, Vec<Complaint>), Failure> {
        let configuration = desk.home.as_ref().ok().map(|home| home.config.as_path());
        let mut files = AliasFiles::new(configuration);
        let (aliases, complaints) = files.of(&self.library.folders(&self.scope)?);
        Ok((aliases, complaints.to_vec()))
    }

    /// A query with the other names and spellings of what was typed.
    pub(super) fn widened(&self, aliases: &Aliases, query: Query, spelling: &Spelling) -> Result<Query, Failure> {
        let selection = self.selection()?;
        Ok(widened(&self.index, aliases, query, spelling, &selection).map_err(DossierError::from)?)
    }

    /// The documents that are meant.
    fn selection(&self) -> Result<Selection, LibraryError> {
        if let Some(known) = self.selection.get() {
            return Ok(known.clone());
        }
        let made = Selection::of(&self.library.keys(&self.scope, Order::Path)?);
        Ok(self.selection.get_or_init(|| made).clone())
    }

    /// The exit status, when all went well with `status`. That nothing was found in a part is not known to be so of the
    /// whole.
    pub(super) fn status(&self, status: u8) -> u8 {
        let is_uncertain = status == NOTHING && !self.complete;
        if self.has_failed() || is_uncertain { ERROR_STATUS } else { status }
    }

    /// Whether an error was told.
    pub(super) fn has_failed(&self) -> bool {
        self.told > Told::Nothing
    }

    /// « … pour l'instant », while not all was read.
    pub(super) fn so_far(&self, desk: &Desk, found: String) -> String {
        if self.complete { found } else { desk.catalogue.say(&Message::new("so-far").with("found", found)) }
    }
}

/// What the paths name, up to date; without any, what was opened last, else every root; the built-in library only where
/// there never was a root.
pub(super) fn open(desk: &mut Desk, paths: &[PathBuf]) -> Result<Shelf, Failure> {
    if !paths.is_empty() {
        return open_named(desk, paths, Turn::ReadAlong);
    }
    let (library, index) = opened(desk, Turn::ReadAlong)?;
    match library.unnamed()? {
        Unnamed::Scope(scope) => filled(desk, &library, index, scope),
        Unnamed::BuiltIn => built_in(desk),
        Unnamed::NothingLeft => Err(LibraryError::NothingLeft.into()),
    }
}

/// What the paths name, else what was opened last or every root: brought up to date and kept, in turn with other
/// processes that write.
pub(super) fn indexed(desk: &mut Desk, paths: &[PathBuf], turn: Turn) -> Result<Shelf, Failure> {
    if !paths.is_empty() {
        return open_named(desk, paths, turn);
    }
    let (library, index) = opened(desk, turn)?;
    match library.unnamed()? {
        Unnamed::Scope(scope) => refreshed(desk, &library, index, scope, turn),
        Unnamed::BuiltIn => Err(Failure::Said(Message::new("library-has-no-root"))),
        Unnamed::NothingLeft => Err(LibraryError::NothingLeft.into()),
    }
}

fn open_named(desk: &mut Desk, paths: &[PathBuf], turn: Turn) -> Result<Shelf, Failure> {
    if paths.iter().any(|path| path == Path::new(STANDARD_INPUT)) {
        let library = with_standard_input(desk)?;
        return named(desk, &library, memory_index()?, paths, turn);
    }
    match kept(desk, turn)? {
        Some((library, index)) => named(desk, &library, index, paths, turn),
        None => Ok(unkept(named(desk, &Library::in_memory()?, memory_index()?, paths, turn)?)),
    }
}

/// Attempts what only one process can do at a time, again and again where it is to wait for the others.
pub(super) fn in_turn<T>(
    desk: &mut Desk,
    turn: Turn,
    mut attempt: impl FnMut(&mut Desk) -> Result<T, DossierError>,
) -> Result<Result<T, DossierError>, Failure> {
    let mut is_said = false;
    loop {
        let done = attempt(desk);
        if turn != Turn::Wait || !done.as_ref().is_err_and(DossierError::is_writer_elsewhere) {
            return Ok(done);
        }
        if !is_said {
            desk.tell(&Message::new("index-waiting"))?;
            is_said = true;
        }
        thread::sleep(TURN_INTERVAL);
    }
}

/// A part of the library as it was read last; brought up to date first where it is not whole.
pub(super) fn filled(desk: &mut Desk, library: &Library, index: Index, scope: Scope) -> Result<Shelf, Failure> {
    if !indexing::is_whole(library, &index, &scope)? {
        // Where another process fills it, that is what is said.
        if !library.is_being_read(&Scope::everything()) {
            desk.tell(&Message::new("index-filling"))?;
        }
        let mut shelf = up_to_date(desk, library, index, scope)?;
        if tell_lost_roots(desk, &shelf)? {
            shelf.told = Told::Error;
        }
        return Ok(shelf);
    }
    let complete = !library.is_being_read(&scope);
    if !complete {
        desk.tell(&Message::new("index-elsewhere"))?;
    }
    Ok(Shelf::of(library, index, scope, complete))
}

/// A root that is away and of which nothing is known: a zero would say nothing of it.
fn tell_lost_roots(desk: &mut Desk, shelf: &Shelf) -> Result<bool, Failure> {
    let roots = shelf.library.roots()?.into_iter();
    let empty: Vec<PathBuf> = roots.filter(|root| root.documents == 0).map(|root| root.path).collect();
    let mut any = false;
    for (path, problem) in shelf.library.problems(&shelf.scope, usize::MAX)? {
        if empty.contains(&path) {
            desk.tell_of(&path, &problem.message())?;
            any = true;
        }
    }
    Ok(any)
}

fn unkept(shelf: Shelf) -> Shelf {
    Shelf { unkept: true, ..shelf }
}

/// The built-in library, in memory; it is said that it is the one that answers.
pub(super) fn built_in(desk: &mut Desk) -> Result<Shelf, Failure> {
    desk.tell(&Message::new("built-in-answers"))?;
    up_to_date(desk, &Library::built_in()?, memory_index()?, Scope::everything())
}

/// The built-in library alone, for what is named in it.
pub(super) fn read_built_in() -> Result<Library, Failure> {
    let library = Library::built_in()?;
    let (mut writer, mut words) = indexing::writers(&library, &memory_index()?)?;
    indexing::bring_up_to_date(&mut writer, &mut words, &Scope::everything(), &mut |_| ControlFlow::Continue(()))?;
    Ok(library)
}

/// The library of the home folder; `None`, told, when it cannot be used.
pub(super) fn kept(desk: &mut Desk, turn: Turn) -> Result<Option<(Library, Index)>, Failure> {
    match home_library(desk, turn)? {
        Ok(opened) => Ok(Some(opened)),
        Err(error) if turn == Turn::Refuse && error.is_writer_elsewhere() => Err(refused()),
        Err(error) => {
            tell_nothing_is_kept(desk, &error)?;
            Ok(None)
        }
    }
}

/// The library of the home folder; without it there is no answer.
pub(super) fn opened(desk: &mut Desk, turn: Turn) -> Result<(Library, Index), Failure> {
    home_library(desk, turn)?.map_err(|error| {
        if error.is_writer_elsewhere() { Failure::Said(Message::new("index-not-ready")) } else { error.into() }
    })
}

fn refused() -> Failure {
    Failure::Said(Message::new("index-refused"))
}

fn home_library(desk: &mut Desk, turn: Turn) -> Result<Result<(Library, Index), DossierError>, Failure> {
    let opened = in_turn(desk, turn, |desk| indexing::open(&desk.home.clone()?))?;
    if let Ok((library, _)) = &opened {
        for notice in library.notices() {
            desk.tell(notice)?;
        }
    }
    Ok(opened)
}

/// What a person named, alone in memory: for a file outside every root.
pub(super) fn in_memory(desk: &mut Desk, paths: &[PathBuf]) -> Result<Shelf, Failure> {
    let library = if paths.iter().any(|path| path == Path::new(STANDARD_INPUT)) {
        with_standard_input(desk)?
    } else {
        Library::in_memory()?
    };
    named(desk, &library, memory_index()?, paths, Turn::ReadAlong)
}

fn with_standard_input(desk: &mut Desk) -> Result<Library, Failure> {
    let library = Library::in_memory()?;
    let mut bytes = Vec::new();
    let read = desk.input.read_to_end(&mut bytes);
    read.map_err(|error| Failure::Said(Message::new("answer-no-input").with("detail", error.to_string())))?;
    library.give(Path::new(STANDARD_INPUT), &bytes)?;
    Ok(library)
}

fn named(desk: &mut Desk, library: &Library, index: Index, paths: &[PathBuf], turn: Turn) -> Result<Shelf, Failure> {
    let (scope, mut errors) = library.scope(paths);
    if let Some(last) = errors.pop_if(|_| scope.is_empty()) {
        for error in &errors {
            desk.tell(&error.message())?;
        }
        return Err(last.into());
    }
    for error in &errors {
        desk.tell(&error.message())?;
    }
    if library.last_scope().ok().flatten().as_ref() != Some(&scope) && !library.is_in_memory() {
        // Before: what was opened is known also when this run is killed. A disk that is full or busy is told by what follows.
        let _ = library.remember_scope(&scope);
    }
    let mut shelf = refreshed(desk, library, index, scope, turn)?;
    if !shelf.library.is_in_memory() {
        let _ = shelf.library.remember_scope(&shelf.scope);
    }
    if tell_problems_of_named(desk, &shelf)? {
        shelf.told = shelf.told.max(Told::Unread);
    }
    if !errors.is_empty() {
        shelf.told = Told::Error;
    }
    Ok(shelf)
}

/// A file or folder that was named and could not be read is an error; one met inside a folder is not.
fn tell_problems_of_named(desk: &mut Desk, shelf: &Shelf) -> Result<bool, Failure> {
    let mut any = false;
    let exactly = shelf.scope.paths().unwrap_or_default();
    for (path, problem) in shelf.library.problems(&shelf.scope, usize::MAX)? {
        if exactly.binary_search(&path).is_ok() {
            desk.tell_of(&path, &problem.message())?;
            any = true;
        }
    }
    Ok(any)
}

pub(super) fn up_to_date(desk: &mut Desk, library: &Library, index: Index, scope: Scope) -> Result<Shelf, Failure> {
    refreshed(desk, library, index, scope, Turn::ReadAlong)
}

fn refreshed(desk: &mut Desk, library: &Library, index: Index, scope: Scope, turn: Turn) -> Result<Shelf, Failure> {
    let (progress, complete) = match in_turn(desk, turn, |desk| refresh(desk, library, &index, &scope))? {
        Ok(progress) => (Some(progress), true),
        Err(error) if turn == Turn::Refuse && error.is_writer_elsewhere() => return Err(refused()),
        Err(error) if error.is_writer_elsewhere() => {
            desk.tell(&Message::new("index-elsewhere"))?;
            if library.status(&scope)?.documents == 0 {
                // What nobody has read yet is read here: a zero must mean that nothing is there.
                return in_memory_instead(desk, library, &scope);
            }
            (None, false)
        }
        Err(error) if library.is_in_memory() => return Err(error.into()),
        Err(error) => {
            tell_nothing_is_kept(desk, &error)?;
            return Ok(unkept(in_memory_instead(desk, library, &scope)?));
        }
    };
    index.reload().map_err(DossierError::from)?;
    Ok(Shelf { progress, ..Shelf::of(library, index, scope, complete) })
}

/// The files that a part of a library means, read once more without it.
fn in_memory_instead(desk: &mut Desk, library: &Library, scope: &Scope) -> Result<Shelf, Failure> {
    up_to_date(desk, &Library::in_memory()?, memory_index()?, library.with_paths(scope)?)
}

fn refresh(desk: &mut Desk, library: &Library, index: &Index, scope: &Scope) -> Result<Progress, DossierError> {
    let (mut writer, mut index_writer) = indexing::writers(library, index)?;
    let mut bar = Bar { err: &mut *desk.err, catalogue: desk.catalogue, drawn: None };
    let shows = desk.screen.shows_progress;
    let done = indexing::bring_up_to_date(&mut writer, &mut index_writer, scope, &mut |progress| {
        if shows {
            let _ = bar.draw(&progress); // a bar that cannot be drawn is no reason to stop
        }
        ControlFlow::Continue(())
    });
    let _ = bar.clear();
    done
}

/// What was not read of all that is meant, for people.
pub(super) fn not_read(shelf: &Shelf) -> Result<UnreadFiles, Failure> {
    Ok(for_people(&shelf.library.not_read(&shelf.scope)?))
}

/// What is not in a zero: where nothing could be read at all that is said, and how the files are named.
pub(super) fn tell_not_read(desk: &mut Desk, shelf: &Shelf, documents: usize) -> Result<(), Failure> {
    let not_read = not_read(shelf)?;
    if not_read.files() == 0 {
        return Ok(());
    }
    if documents == 0 {
        writeln!(desk.err, "{}", not_read.none_read(desk.catalogue))?;
    }
    Ok(writeln!(desk.err, "{}", desk.catalogue.text("not-read-how"))?)
}

fn memory_index() -> Result<Index, Failure> {
    Ok(Index::in_memory().map_err(DossierError::from)?)
}

fn tell_nothing_is_kept(desk: &mut Desk, error: &DossierError) -> io::Result<()> {
    desk.tell(&error.message())?;
    desk.tell(&Message::new("answer-nothing-is-kept"))
}

/// A line of standard error that shows how far indexing is.
struct Bar<'a> {
    err: &'a mut dyn Write,
    catalogue: &'a Catalogue,
    drawn: Option<Instant>,
}

impl Bar<'_> {
    fn draw(&mut self, progress: &Progress) -> io::Result<()> {
        if progress.finished || self.drawn.is_some_and(|at| at.elapsed() < BAR_INTERVAL) {
            return Ok(());
        }
        self.drawn = Some(Instant::now());
        let message = Message::new("status-indexing").with("done", progress.done).with("found", progress.found);
        write!(self.err, "\r{}\u{1b}[K", self.catalogue.say(&message))?;
        self.err.flush()
    }

    fn clear(&mut self) -> io::Result<()> {
        match self.drawn {
            Some(_) => write!(self.err, "\r\u{1b}[K").and_then(|()| self.err.flush()),
            None => Ok(()),
        }
    }
}
