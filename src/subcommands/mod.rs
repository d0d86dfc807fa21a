//! The command line that is not the reader: `index`, `list`, `search`, `show`, `library`, `doctor`. Results go to standard
//! output, everything else to standard error; statuses are 0 done, 1 nothing found, 2 an error. A closed pipe ends quietly.
//!
//! Each command is a file; what they share is a [`Desk`] to write on and a `shelf` of documents. Nothing here draws.

mod batch;
mod doctor;
mod index;
mod library;
mod list;
mod output;
mod saved_searches;
mod search;
mod shelf;
mod show;

use std::io::{self, Read, Write};
use std::path::Path;

use crate::cli::{self, Invocation};
use crate::document::Summary;
use crate::dossier::DossierError;
use crate::library::{Home, LibraryError};
use crate::locale::{Catalogue, Message};
use crate::notebook::NotebookError;
use crate::search::Spelling;
use crate::text::sanitize::sanitize;

/// Done, and something was found.
const DONE: u8 = 0;
/// Nothing was found.
const NOTHING: u8 = 1;

/// What a command reads from, writes to, and knows of where it writes.
pub struct Desk<'a> {
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
    /// What is known of the terminal.
    pub screen: Screen,
}

/// What is known of the terminal that a command writes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    /// The columns when standard output is a terminal.
    pub columns: Option<u16>,
    /// Whether standard error is a terminal that can draw a progress bar.
    pub shows_progress: bool,
    /// Whether matches may be set in bold.
    pub bold: bool,
}

/// Why a command stopped.
#[derive(Debug)]
enum Failure {
    /// In one sentence.
    Said(Message),
    /// Standard output or error could not be written.
    Write(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

impl From<LibraryError> for Failure {
    fn from(error: LibraryError) -> Self {
        Self::Said(error.message())
    }
}

impl From<NotebookError> for Failure {
    fn from(error: NotebookError) -> Self {
        Self::Said(error.message())
    }
}

impl From<DossierError> for Failure {
    fn from(error: DossierError) -> Self {
        Self::Said(error.message())
    }
}

/// Does what was asked and returns the exit status; `None` when the reader itself, or a recording of it, was
/// asked for.
pub fn answer(invocation: &Invocation, desk: &mut Desk) -> Option<u8> {
    let done = match invocation {
        Invocation::Open { .. } | Invocation::Replay(_) => return None,
        Invocation::Index { paths, wait } => index::answer(desk, paths, *wait),
        Invocation::List { paths, json, not_read: true, .. } => list::not_read(desk, paths, *json),
        Invocation::List { paths, json, sort, .. } => list::answer(desk, paths, *json, *sort),
        Invocation::Search { query, paths, json, limit, sort, variants, save } => {
            let spelling = Spelling { as_typed: !*variants, ..Spelling::default() };
            let (limit, sort, save) = (*limit, *sort, save.as_deref());
            let asked = search::Asked { query, paths, limit, sort, spelling, save, news: None };
            search::answer(desk, &asked, *json)
        }
        Invocation::SearchAgain(again) => saved_searches::again(desk, again),
        Invocation::Searches { forget: Some(name), .. } => saved_searches::forget(desk, name),
        Invocation::Searches { json, forget: None } => saved_searches::list(desk, *json),
        Invocation::Batch { file, paths, form, variants } => {
            batch::answer(desk, &batch::Asked { file, paths, form: *form, variants: *variants })
        }
        Invocation::Show { target, form, width } => show::answer(desk, target, *form, *width),
        Invocation::Library(asked) => library::answer(desk, asked),
        Invocation::Doctor => doctor::answer(desk),
        Invocation::Completions(shell) => print(desk, &cli::completions(*shell, desk.catalogue)),
        Invocation::Man => print(desk, &cli::man(desk.catalogue)),
        Invocation::Help(text) => print(desk, text),
        Invocation::Version => print(desk, &cli::version()),
    };
    let done = done.and_then(|status| {
        desk.out.flush()?;
        Ok(status)
    });
    Some(done.unwrap_or_else(|failure| fail(desk, failure)))
}

fn fail(desk: &mut Desk, failure: Failure) -> u8 {
    match failure {
        Failure::Write(error) if error.kind() == io::ErrorKind::BrokenPipe => DONE,
        Failure::Write(error) => {
            let _ = desk.tell(&Message::new("answer-not-written").with("detail", error.to_string()));
            cli::ERROR_STATUS
        }
        Failure::Said(message) => {
            let _ = desk.out.flush();
            let _ = desk.tell(&message); // where this cannot be written, the status still says it
            cli::ERROR_STATUS
        }
    }
}

fn print(desk: &mut Desk, text: &str) -> Result<u8, Failure> {
    desk.out.write_all(text.as_bytes())?;
    Ok(DONE)
}

impl Desk<'_> {
    /// Tells a person something on standard error.
    fn tell(&mut self, message: &Message) -> io::Result<()> {
        writeln!(self.err, "lutrin: {}", self.catalogue.say(message))
    }

    /// Tells why a path gave nothing.
    fn tell_of(&mut self, path: &Path, reason: &Message) -> io::Result<()> {
        let told = labelled(self.catalogue, &shown(&path.to_string_lossy()), &self.catalogue.say(reason));
        writeln!(self.err, "lutrin: {told}")
    }
}

/// « chemin : titre », as the language sets its colon.
fn labelled(catalogue: &Catalogue, label: &str, text: &str) -> String {
    catalogue.say(&Message::new("labelled").with("label", label).with("value", text))
}

/// Words that come from outside, safe for a terminal and on one line.
fn shown(text: &str) -> String {
    sanitize(text).replace(['\n', '\t'], " ")
}

/// Where a document is: its path, and its name inside the file.
fn whereabouts(summary: &Summary) -> String {
    match &summary.member {
        Some(member) => format!("{} ({})", shown(&summary.path), shown(member)),
        None => shown(&summary.path),
    }
}

#[cfg(test)]
mod tests;
