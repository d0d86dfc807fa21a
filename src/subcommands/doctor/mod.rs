//! `lutrin doctor`: what this terminal can do, where the files are, and how the index is; for a person, and for the report
//! of a fault. It mends nothing.

mod facts;
mod terminal;

use std::path::Path;
use std::time::Duration;

use super::output::{CommandError, DONE, OutputContext};
use crate::cli::{self, ERROR_STATUS};
use crate::dossier::indexing;
use crate::library::{Home, Scope};
use crate::locale::Message;
use crate::terminal::probe;
use crate::terminal::probe::ProbeOutcome;
use facts::{fact, heading};

/// How long the terminal's answers are waited for.
const PATIENCE: Duration = Duration::from_millis(1500);

pub(super) fn answer(output: &mut OutputContext) -> Result<u8, CommandError> {
    write!(output.out, "{}", cli::version())?;
    output.out.flush()?;
    // Only on a terminal: a piped report needs no queries to the terminal.
    let answers = match output.screen.columns.and_then(|_| probe::ask(PATIENCE)) {
        Some(ProbeOutcome::Leave(status)) => return Ok(status),
        Some(ProbeOutcome::Answers(answers)) => Some(answers),
        None => None,
    };
    terminal::environment(output, answers.as_ref())?;
    if let Some(answers) = &answers {
        terminal::answered(output, answers)?;
    }
    match output.home.clone() {
        Err(error) => {
            output.report(&error.message())?;
            Ok(ERROR_STATUS)
        }
        Ok(home) => {
            terminal::last_run(output, &home)?;
            files(output, &home)?;
            health(output, &home)
        }
    }
}

fn files(output: &mut OutputContext, home: &Home) -> Result<(), CommandError> {
    heading(output, "doctor-files")?;
    fact(output, "doctor-configuration", &sized(output, &home.config.join("config.toml")))?;
    fact(output, "doctor-catalogue", &sized(output, &home.catalogue()))?;
    fact(output, "doctor-index", &sized(output, &home.index()))?;
    fact(output, "doctor-state", &sized(output, &home.state))
}

fn sized(output: &OutputContext, path: &Path) -> String {
    let size = match std::fs::metadata(path) {
        Err(_) => output.catalogue.text("doctor-absent"),
        Ok(metadata) if metadata.is_dir() => kilobytes(output, folder_size(path)),
        Ok(metadata) => kilobytes(output, metadata.len()),
    };
    format!("{} ({size})", path.display())
}

fn kilobytes(output: &OutputContext, bytes: u64) -> String {
    output.catalogue.say(&Message::new("doctor-kilobytes").with("kilobytes", bytes.div_ceil(1024)))
}

/// The files directly in a folder: the index has no folders below it.
fn folder_size(path: &Path) -> u64 {
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.metadata().ok()).map(|metadata| metadata.len()).sum()
}

fn health(output: &mut OutputContext, home: &Home) -> Result<u8, CommandError> {
    heading(output, "doctor-health")?;
    let (library, index) = match indexing::open(home) {
        Ok(opened) => opened,
        Err(error) => {
            output.out.flush()?;
            output.report(&error.message())?;
            return Ok(ERROR_STATUS);
        }
    };
    for notice in library.notices() {
        output.report(notice)?;
    }
    let status = library.status(&Scope::everything())?;
    let roots = library.roots()?.len() as u64;
    let numbers = [
        ("doctor-roots", roots),
        ("doctor-documents", status.documents),
        ("doctor-in-index", index.documents()),
        ("doctor-unreadable", status.not_read.unreadable()),
        ("doctor-skipped", status.not_read.skipped()),
        ("doctor-without-text", status.not_read.without_text()),
    ];
    for (id, number) in numbers {
        let number = output.catalogue.number(number);
        fact(output, id, &number)?;
    }
    let updated = status.updated.map_or_else(|| output.catalogue.text("doctor-never"), crate::dossier::clock::local);
    fact(output, "doctor-updated", &updated)?;
    let writer = if library.writer().is_ok() { "doctor-writer-free" } else { "doctor-writer-elsewhere" };
    let writer = output.catalogue.text(writer);
    fact(output, "doctor-writer", &writer)?;
    let is_sound = library.is_sound()?;
    let sound = output.catalogue.text(if is_sound { "doctor-sound" } else { "doctor-damaged" });
    fact(output, "doctor-catalogue", &sound)?;
    Ok(if is_sound { DONE } else { ERROR_STATUS })
}
