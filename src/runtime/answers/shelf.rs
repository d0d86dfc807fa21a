//! The documents a command works on: the library's, or what its PATHs name, brought up to date first. When the library's
//! own folder cannot be used, the files are read all the same and nothing is kept.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::{Desk, Failure};
use crate::cli::ERROR_STATUS;
use crate::index::Index;
use crate::library::{Library, Scope};
use crate::locale::{Catalogue, Message};
use crate::runtime::aliases::{AliasFiles, widened};
use crate::runtime::indexing::{self, IndexingError, Progress};
use crate::search::aliases::Aliases;
use crate::search::{Complaint, Query, Spelling};

/// Standard input, as it is named and as its document is shown.
pub(super) const STANDARD_INPUT: &str = "-";

/// The progress bar is drawn at most this often.
const BAR_INTERVAL: Duration = Duration::from_millis(100);

/// A library with its index, and the part of it that is meant.
pub(super) struct Shelf {
    pub(super) library: Library,
    pub(super) index: Index,
    pub(super) scope: Scope,
    /// What bringing it up to date did; nothing when that was not asked for.
    pub(super) progress: Option<Progress>,
    /// The status to end with when nothing worse happens: an error was told, though the rest was read.
    pub(super) failed: bool,
    /// Whether the library's own folder could not be used, so that nothing was kept.
    pub(super) unkept: bool,
}

impl Shelf {
    /// The aliases that hold for what is meant, and what is wrong with the files they stand in.
    pub(super) fn aliases(&self, desk: &Desk) -> Result<(Arc<Aliases>, Vec<Complaint>), Failure> {
        let configuration = desk.home.as_ref().ok().map(|home| home.config.as_path());
        let mut files = AliasFiles::new(configuration);
        let (aliases, complaints) = files.of(&self.library.folders(&self.scope)?);
        Ok((aliases, complaints.to_vec()))
    }

    /// A query with the other names and spellings of what was typed.
    pub(super) fn widened(&self, aliases: &Aliases, query: Query, spelling: &Spelling) -> Result<Query, Failure> {
        Ok(widened(&self.index, aliases, query, spelling).map_err(IndexingError::from)?)
    }

    /// The exit status, when all went well with `status`.
    pub(super) fn status(&self, status: u8) -> u8 {
        if self.failed { ERROR_STATUS } else { status }
    }
}

/// What the paths name, up to date; without any, the library last opened, else the built-in one.
pub(super) fn open(desk: &mut Desk, paths: &[PathBuf], refresh: bool) -> Result<Shelf, Failure> {
    if paths.iter().any(|path| path == Path::new(STANDARD_INPUT)) {
        let library = with_standard_input(desk)?;
        return named(desk, &library, Index::in_memory().map_err(IndexingError::from)?, paths);
    }
    let Some((library, index)) = kept(desk)? else {
        let library = Library::in_memory()?;
        let shelf = if paths.is_empty() { built_in(desk)? } else { named(desk, &library, memory_index()?, paths)? };
        return Ok(unkept(shelf));
    };
    if !paths.is_empty() {
        return named(desk, &library, index, paths);
    }
    match library.last_scope()? {
        None => built_in(desk),
        Some(scope) if refresh => up_to_date(desk, &library, index, scope),
        Some(scope) => Ok(Shelf { library, index, scope, progress: None, failed: false, unkept: false }),
    }
}

fn unkept(shelf: Shelf) -> Shelf {
    Shelf { unkept: true, ..shelf }
}

/// The built-in library, in memory.
pub(super) fn built_in(desk: &mut Desk) -> Result<Shelf, Failure> {
    up_to_date(desk, &Library::built_in()?, memory_index()?, Scope::everything())
}

/// The library of the home folder; `None`, told, when it cannot be used.
pub(super) fn kept(desk: &mut Desk) -> Result<Option<(Library, Index)>, Failure> {
    let opened = desk.home.clone().map_err(IndexingError::from).and_then(|home| indexing::open(&home));
    match opened {
        Ok((library, index)) => {
            for notice in library.notices() {
                desk.tell(notice)?;
            }
            Ok(Some((library, index)))
        }
        Err(error) => {
            tell_nothing_is_kept(desk, &error)?;
            Ok(None)
        }
    }
}

/// What a person named, alone in memory: for a file outside every root.
pub(super) fn in_memory(desk: &mut Desk, paths: &[PathBuf]) -> Result<Shelf, Failure> {
    let library = if paths.iter().any(|path| path == Path::new(STANDARD_INPUT)) {
        with_standard_input(desk)?
    } else {
        Library::in_memory()?
    };
    named(desk, &library, memory_index()?, paths)
}

fn with_standard_input(desk: &mut Desk) -> Result<Library, Failure> {
    let library = Library::in_memory()?;
    let mut bytes = Vec::new();
    let read = desk.input.read_to_end(&mut bytes);
    read.map_err(|error| Failure::Said(Message::new("answer-no-input").with("detail", error.to_string())))?;
    library.give(Path::new(STANDARD_INPUT), &bytes)?;
    Ok(library)
}

fn named(desk: &mut Desk, library: &Library, index: Index, paths: &[PathBuf]) -> Result<Shelf, Failure> {
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
    let mut shelf = up_to_date(desk, library, index, scope)?;
    if !shelf.library.is_in_memory() {
        // That a disk is full or busy was told by what came before.
        let _ = shelf.library.remember_scope(&shelf.scope);
    }
    shelf.failed |= !errors.is_empty();
    shelf.failed |= tell_problems_of_named(desk, &shelf)?;
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
    let progress = match refresh(desk, library, &index, &scope) {
        Ok(progress) => Some(progress),
        Err(error) if error.is_writer_elsewhere() => {
            desk.tell(&Message::new("index-elsewhere"))?;
            if library.status(&scope)?.documents == 0 {
                // What nobody has read yet is read here: a zero must mean that nothing is there.
                return up_to_date(desk, &Library::in_memory()?, memory_index()?, scope);
            }
            None
        }
        Err(error) if library.is_in_memory() => return Err(error.into()),
        Err(error) => {
            tell_nothing_is_kept(desk, &error)?;
            return Ok(unkept(up_to_date(desk, &Library::in_memory()?, memory_index()?, scope)?));
        }
    };
    index.reload().map_err(IndexingError::from)?;
    Ok(Shelf { library: library.clone(), index, scope, progress, failed: false, unkept: false })
}

fn refresh(desk: &mut Desk, library: &Library, index: &Index, scope: &Scope) -> Result<Progress, IndexingError> {
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

fn memory_index() -> Result<Index, Failure> {
    Ok(Index::in_memory().map_err(IndexingError::from)?)
}

fn tell_nothing_is_kept(desk: &mut Desk, error: &IndexingError) -> io::Result<()> {
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
