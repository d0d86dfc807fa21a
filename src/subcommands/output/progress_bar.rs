//! Reports on standard error while a dossier is opened: notices, files that could not be read, and a progress bar, which is
//! one line that rewrites itself. Decides nothing.

use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use super::wording::{labelled, shown};
use crate::dossier::OpenObserver;
use crate::dossier::indexing::Progress;
use crate::library::Problem;
use crate::locale::{Catalogue, Message};

/// Shortest time between two states of the progress bar.
const BAR_INTERVAL: Duration = Duration::from_millis(100);

/// Writes to standard error what an opening dossier reports.
pub(super) struct Reporter<'a> {
    err: &'a mut dyn Write,
    catalogue: &'a Catalogue,
    shows_progress: bool,
    /// When the progress bar was drawn last.
    drawn: Option<Instant>,
    failed: Option<io::Error>,
}

impl<'a> Reporter<'a> {
    pub(super) fn new(err: &'a mut dyn Write, catalogue: &'a Catalogue, shows_progress: bool) -> Self {
        Self { err, catalogue, shows_progress, drawn: None, failed: None }
    }

    /// Returns the first error of writing a notice. A bar that could not be drawn is none.
    pub(super) fn finish(self) -> io::Result<()> {
        self.failed.map_or(Ok(()), Err)
    }

    fn line(&mut self, text: &str) {
        if self.failed.is_none() {
            self.failed = writeln!(self.err, "lutrin: {text}").err();
        }
    }

    fn draw(&mut self, progress: &Progress) -> io::Result<()> {
        self.drawn = Some(Instant::now());
        let message = Message::new("status-indexing").with("done", progress.done).with("found", progress.found);
        write!(self.err, "\r{}\u{1b}[K", self.catalogue.say(&message))?;
        self.err.flush()
    }
}

impl OpenObserver for Reporter<'_> {
    fn notice(&mut self, message: &Message) {
        let text = self.catalogue.say(message);
        self.line(&text);
    }

    fn unread(&mut self, path: &Path, problem: &Problem) {
        let reason = self.catalogue.say(&problem.message());
        let text = labelled(self.catalogue, &shown(&path.to_string_lossy()), &reason);
        self.line(&text);
    }

    fn progress(&mut self, progress: &Progress) {
        let is_due = self.drawn.is_none_or(|at| at.elapsed() >= BAR_INTERVAL);
        if self.shows_progress && is_due && !progress.finished {
            let _ = self.draw(progress); // a bar that cannot be drawn is no reason to stop
        }
    }

    fn progress_ended(&mut self) {
        if self.drawn.take().is_some() {
            let _ = write!(self.err, "\r\u{1b}[K").and_then(|()| self.err.flush());
        }
    }
}
