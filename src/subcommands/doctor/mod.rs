//! `lutrin doctor`: what this terminal can do, where the files are, and how the index is; for a person, and for the report
//! of a fault. It mends nothing.

mod terminal;

use std::path::Path;
use std::time::Duration;

use super::{DONE, Desk, Failure, labelled, shown};
use crate::cli::{self, ERROR_STATUS};
use crate::dossier::indexing;
use crate::library::{Home, Scope};
use crate::locale::Message;
use crate::terminal::probe;
use crate::terminal::probe::Asked;

/// How long the terminal's answers are waited for.
const PATIENCE: Duration = Duration::from_millis(1500);

pub(super) fn answer(desk: &mut Desk) -> Result<u8, Failure> {
    write!(desk.out, "{}", cli::version())?;
    desk.out.flush()?;
    // Only where a person looks: whoever pipes a report wants no questions on the way.
    let answers = match desk.screen.columns.and_then(|_| probe::ask(PATIENCE)) {
        Some(Asked::Leave(status)) => return Ok(status),
        Some(Asked::Answers(answers)) => Some(answers),
        None => None,
    };
    terminal::environment(desk, answers.as_ref())?;
    if let Some(answers) = &answers {
        terminal::answered(desk, answers)?;
    }
    match desk.home.clone() {
        Err(error) => {
            desk.tell(&error.message())?;
            Ok(ERROR_STATUS)
        }
        Ok(home) => {
            terminal::last_run(desk, &home)?;
            files(desk, &home)?;
            health(desk, &home)
        }
    }
}

fn heading(desk: &mut Desk, id: &str) -> Result<(), Failure> {
    Ok(writeln!(desk.out, "\n{}", desk.catalogue.text(id))?)
}

fn fact(desk: &mut Desk, id: &str, value: &str) -> Result<(), Failure> {
    let line = labelled(desk.catalogue, &desk.catalogue.text(id), &shown(value));
    Ok(writeln!(desk.out, "  {}", line.trim_end())?)
}

fn files(desk: &mut Desk, home: &Home) -> Result<(), Failure> {
    heading(desk, "doctor-files")?;
    fact(desk, "doctor-configuration", &sized(desk, &home.config.join("config.toml")))?;
    fact(desk, "doctor-catalogue", &sized(desk, &home.catalogue()))?;
    fact(desk, "doctor-index", &sized(desk, &home.index()))?;
    fact(desk, "doctor-state", &sized(desk, &home.state))
}

fn sized(desk: &Desk, path: &Path) -> String {
    let size = match std::fs::metadata(path) {
        Err(_) => desk.catalogue.text("doctor-absent"),
        Ok(metadata) if metadata.is_dir() => kilobytes(desk, folder_size(path)),
        Ok(metadata) => kilobytes(desk, metadata.len()),
    };
    format!("{} ({size})", path.display())
}

fn kilobytes(desk: &Desk, bytes: u64) -> String {
    desk.catalogue.say(&Message::new("doctor-kilobytes").with("kilobytes", bytes.div_ceil(1024)))
}

/// The files directly in a folder: the index has no folders below it.
fn folder_size(path: &Path) -> u64 {
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.metadata().ok()).map(|metadata| metadata.len()).sum()
}

fn health(desk: &mut Desk, home: &Home) -> Result<u8, Failure> {
    heading(desk, "doctor-health")?;
    let (library, index) = match indexing::open(home) {
        Ok(opened) => opened,
        Err(error) => {
            desk.out.flush()?;
            desk.tell(&error.message())?;
            return Ok(ERROR_STATUS);
        }
    };
    for notice in library.notices() {
        desk.tell(notice)?;
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
        let number = desk.catalogue.number(number);
        fact(desk, id, &number)?;
    }
    let updated = status.updated.map_or_else(|| desk.catalogue.text("doctor-never"), crate::dossier::clock::local);
    fact(desk, "doctor-updated", &updated)?;
    let writer = if library.writer().is_ok() { "doctor-writer-free" } else { "doctor-writer-elsewhere" };
    let writer = desk.catalogue.text(writer);
    fact(desk, "doctor-writer", &writer)?;
    let is_sound = library.is_sound()?;
    let sound = desk.catalogue.text(if is_sound { "doctor-sound" } else { "doctor-damaged" });
    fact(desk, "doctor-catalogue", &sound)?;
    Ok(if is_sound { DONE } else { ERROR_STATUS })
}
