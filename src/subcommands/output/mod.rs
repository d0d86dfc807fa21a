//! Output of subcommands: the context they write to, messages on standard error, JSON objects, tab-separated tables,
//! the progress bar. The subcommands decide the content.

pub(super) mod json;
mod progress_bar;
pub(super) mod tsv;
mod wording;

use std::io::{self, Read, Write};
use std::path::PathBuf;

use crate::cli::ERROR_STATUS;
use crate::dossier::not_read::for_people;
use crate::dossier::{Dossier, DossierError, Freshness, IfBusy, OpenContext, OpenedDossier, Severity};
use crate::library::{Home, LibraryError};
use crate::locale::{Catalogue, Message};
use crate::notebook::NotebookError;
use crate::request::UnreadFiles;
use progress_bar::Reporter;
pub(super) use wording::{labelled, shown, whereabouts};

/// Done, and something was found.
pub(super) const DONE: u8 = 0;
/// Nothing was found.
pub(super) const NOTHING: u8 = 1;

/// What a command reads from, writes to, and knows of where it writes.
pub struct OutputContext<'a> {
    /// In which language people are spoken to.
    pub catalogue: &'a Catalogue,
    /// Where Lutrin's own files are; the reason when that is not known.
    pub home: Result<Home, LibraryError>,
    /// Standard input.
    pub input: &'a mut dyn Read,
    /// Standard output, best buffered.
    pub out: &'a mut dyn Write,
    /// Standard error.
    pub err: &'a mut dyn Write,
    /// Properties of the terminal.
    pub screen: OutputScreen,
}

/// Properties of the terminal that a command writes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutputScreen {
    /// The columns when standard output is a terminal.
    pub columns: Option<u16>,
    /// Whether standard error is a terminal that can draw a progress bar.
    pub shows_progress: bool,
    /// Whether matches may be set in bold.
    pub bold: bool,
}

/// Why a command stopped.
#[derive(Debug)]
pub(super) enum CommandError {
    /// In one sentence.
    Worded(Message),
    /// Standard output or error could not be written.
    Write(io::Error),
}

impl From<io::Error> for CommandError {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

impl From<LibraryError> for CommandError {
    fn from(error: LibraryError) -> Self {
        Self::Worded(error.message())
    }
}

impl From<NotebookError> for CommandError {
    fn from(error: NotebookError) -> Self {
        Self::Worded(error.message())
    }
}

impl From<DossierError> for CommandError {
    fn from(error: DossierError) -> Self {
        Self::Worded(error.message())
    }
}

/// The files of a dossier that gave no document.
pub(super) fn not_read(opened: &OpenedDossier) -> Result<UnreadFiles, CommandError> {
    Ok(for_people(&opened.dossier.library.not_read(&opened.dossier.scope)?))
}

/// Whether an error was reported while the dossier was opened.
pub(super) fn has_failed(opened: &OpenedDossier) -> bool {
    opened.severity > Severity::None
}

/// The exit status if all else went well with `status`. That nothing was found in a part says nothing about the whole.
pub(super) fn exit_status(opened: &OpenedDossier, status: u8) -> u8 {
    let is_uncertain = status == NOTHING && !opened.complete;
    if has_failed(opened) || is_uncertain { ERROR_STATUS } else { status }
}

/// The freshness of a command's documents: named paths are brought up to date, the last opened scope is only completed.
pub(super) fn freshness(paths: &[PathBuf]) -> Freshness {
    if paths.is_empty() { Freshness::Complete } else { Freshness::UpToDate(IfBusy::UseStored) }
}

impl OutputContext<'_> {
    /// Opens paths as [`Dossier::open`] does.
    pub(super) fn open(&mut self, paths: &[PathBuf], freshness: Freshness) -> Result<OpenedDossier, CommandError> {
        self.opening(|context| Dossier::open(paths, freshness, context))
    }

    /// Runs `open` with the home folder and standard input of the subcommand; notices and progress go to standard error.
    pub(super) fn opening<T>(
        &mut self,
        open: impl FnOnce(&mut OpenContext) -> Result<T, DossierError>,
    ) -> Result<T, CommandError> {
        let shows_progress = self.screen.shows_progress;
        let mut reporter = Reporter::new(&mut *self.err, self.catalogue, shows_progress);
        let mut context = OpenContext { home: self.home.clone(), input: &mut *self.input, observer: &mut reporter };
        let opened = open(&mut context);
        reporter.finish()?;
        Ok(opened?)
    }

    /// « … pour l'instant », if another process is still reading files of the dossier.
    pub(super) fn so_far(&self, opened: &OpenedDossier, found: String) -> String {
        if opened.complete { found } else { self.catalogue.say(&Message::new("so-far").with("found", found)) }
    }

    /// Reports what an empty result does not cover: that no file could be read at all, and how to list such files.
    pub(super) fn report_not_read(&mut self, opened: &OpenedDossier, documents: usize) -> Result<(), CommandError> {
        let not_read = not_read(opened)?;
        if not_read.files() == 0 {
            return Ok(());
        }
        if documents == 0 {
            writeln!(self.err, "{}", not_read.none_read(self.catalogue))?;
        }
        Ok(writeln!(self.err, "{}", self.catalogue.text("not-read-how"))?)
    }

    /// Writes a message to standard error.
    pub(super) fn report(&mut self, message: &Message) -> io::Result<()> {
        writeln!(self.err, "lutrin: {}", self.catalogue.say(message))
    }
}
