//! The command line that is not the reader: `index`, `list`, `search`, `show`, `library`, `doctor`. Results go to standard
//! output, everything else to standard error; statuses are 0 done, 1 nothing found, 2 an error. A closed pipe ends quietly.
//!
//! Each command is a file; they share an [`OutputContext`] to write to and open dossiers through it. Nothing here draws.

mod batch;
mod doctor;
mod index;
mod library;
mod list;
mod output;
mod saved_searches;
mod search;
mod show;

use std::io;

pub use output::{OutputContext, OutputScreen};

use crate::cli::{self, Invocation};
use crate::locale::Message;
use crate::search::Spelling;
use output::{CommandError, DONE};

/// Runs a subcommand and returns the exit status; `None` for the reader itself and for replaying a recording.
pub fn answer(invocation: &Invocation, output: &mut OutputContext) -> Option<u8> {
    let done = match invocation {
        Invocation::Open { .. } | Invocation::Replay(_) => return None,
        Invocation::Index { paths, wait } => index::answer(output, paths, *wait),
        Invocation::List { paths, json, not_read: true, .. } => list::not_read(output, paths, *json),
        Invocation::List { paths, json, sort, .. } => list::answer(output, paths, *json, *sort),
        Invocation::Search { query, paths, json, limit, sort, variants, save } => {
            let spelling = Spelling { as_typed: !*variants, ..Spelling::default() };
            let asked = search::SearchArguments { query, paths, limit: *limit, sort: *sort, spelling, seen: None };
            match save {
                Some(name) => saved_searches::search_and_save(output, name, &asked, *json),
                None => search::answer(output, &asked, *json).map(|printed| printed.status),
            }
        }
        Invocation::SearchAgain(again) => saved_searches::again(output, again),
        Invocation::Searches { forget: Some(name), .. } => saved_searches::forget(output, name),
        Invocation::Searches { json, forget: None } => saved_searches::list(output, *json),
        Invocation::Batch { file, paths, form, variants } => {
            batch::answer(output, &batch::BatchArguments { file, paths, form: *form, variants: *variants })
        }
        Invocation::Show { target, form, width } => show::answer(output, target, *form, *width),
        Invocation::Library(asked) => library::answer(output, asked),
        Invocation::Doctor => doctor::answer(output),
        Invocation::Completions(shell) => print(output, &cli::completions(*shell, output.catalogue)),
        Invocation::Man => print(output, &cli::man(output.catalogue)),
        Invocation::Help(text) => print(output, text),
        Invocation::Version => print(output, &cli::version()),
    };
    let done = done.and_then(|status| {
        output.out.flush()?;
        Ok(status)
    });
    Some(done.unwrap_or_else(|failure| fail(output, failure)))
}

fn fail(output: &mut OutputContext, failure: CommandError) -> u8 {
    match failure {
        CommandError::Write(error) if error.kind() == io::ErrorKind::BrokenPipe => DONE,
        CommandError::Write(error) => {
            let _ = output.report(&Message::new("answer-not-written").with("detail", error.to_string()));
            cli::ERROR_STATUS
        }
        CommandError::Worded(message) => {
            let _ = output.out.flush();
            let _ = output.report(&message); // where this cannot be written, the status still says it
            cli::ERROR_STATUS
        }
    }
}

fn print(output: &mut OutputContext, text: &str) -> Result<u8, CommandError> {
    output.out.write_all(text.as_bytes())?;
    Ok(DONE)
}

#[cfg(test)]
mod tests;
