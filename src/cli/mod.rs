//! The command line: parses words into an [`Invocation`], or into a sentence about the error. Touches nothing:
//! `runtime` finds out whether a path exists. `cite` comes with the citations.

mod command;
mod error;
mod manual;

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::ArgMatches;
use clap::error::ErrorKind;
pub use clap_complete::Shell;

pub use error::CliError;
pub use manual::{completions, keys_markdown, man};

use crate::config::Switch;
use crate::document::Target;
use crate::locale::{Catalogue, UiLanguage};
use crate::search::Sort;

/// The exit status of an error.
pub const ERROR_STATUS: u8 = 2;

/// What the command line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandLine {
    /// The action.
    pub invocation: Invocation,
    /// How.
    pub options: Options,
}

/// Options before or after any command; they override the settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// `--theme`: the name of a theme.
    pub theme: Option<String>,
    /// `--language`.
    pub language: Option<UiLanguage>,
    /// `--ascii`: only ASCII for rules, ticks and bars.
    pub ascii: Switch,
    /// `--no-mouse`.
    pub mouse: Switch,
}

/// An action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invocation {
    /// Open the reader.
    Open {
        /// Files, folders, ids or `-`, maybe with a place; empty for the library last opened.
        targets: Vec<Target>,
        /// `+/WORDS`: open at the first match of these.
        words: Option<String>,
        /// `--record`: the file that the run is recorded into.
        record: Option<Record>,
    },
    /// `--replay`: show a recording.
    Replay(PathBuf),
    /// Bring the index up to date.
    Index {
        /// Files and folders; empty for the library.
        paths: Vec<PathBuf>,
        /// Whether to wait while another process writes the index: not with `--no-wait`.
        wait: bool,
    },
    /// List the documents.
    List {
        /// Files and folders; empty for the library.
        paths: Vec<PathBuf>,
        /// One JSON object a line.
        json: bool,
        /// `--sort`.
        sort: Option<Sort>,
        /// `--not-read`: the files that are no document instead.
        not_read: bool,
    },
    /// Search the documents.
    Search {
        /// The query.
        query: String,
        /// Files and folders; empty for the library.
        paths: Vec<PathBuf>,
        /// One JSON object.
        json: bool,
        /// `--limit`: maximum number of hits.
        limit: Option<usize>,
        /// `--sort`.
        sort: Option<Sort>,
        /// Whether to search other spellings of names.
        variants: bool,
        /// `--save`: the name it is kept under.
        save: Option<String>,
    },
    /// Run a saved search again.
    SearchAgain(Again),
    /// List the saved searches.
    Searches {
        /// One JSON object a line.
        json: bool,
        /// `--forget`: the name of the one to forget instead.
        forget: Option<String>,
    },
    /// Run many queries at once.
    Batch {
        /// A query a line; `-` is standard input.
        file: PathBuf,
        /// Files and folders; empty for the library.
        paths: Vec<PathBuf>,
        /// The output format.
        form: BatchForm,
        /// Whether to search other spellings of names.
        variants: bool,
    },
    /// Write a document, or the part of it at a place.
    Show {
        /// The document.
        target: Target,
        /// What of it.
        form: Form,
        /// `--width`: wrap the text at that many columns.
        width: Option<u16>,
    },
    /// The roots that are indexed.
    Library(LibraryAction),
    /// What this terminal can do, where the files are, the index's health.
    Doctor,
    /// Completions for a shell: [`completions`].
    Completions(Shell),
    /// The manual page: [`man`].
    Man,
    /// Print this text.
    Help(String),
    /// Print `lutrin` and its version: [`version`].
    Version,
}

/// A file that a run is recorded into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its path.
    pub path: PathBuf,
    /// `--mask`: without the words of documents.
    pub mask: bool,
}

/// A saved search that is run again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Again {
    /// Its name.
    pub name: String,
    /// One JSON object.
    pub json: bool,
    /// `--limit`: maximum number of hits.
    pub limit: Option<usize>,
    /// `--sort`: another order than it was saved with.
    pub sort: Option<Sort>,
    /// `--new`: only new documents.
    pub only_new: bool,
}

/// What `search --batch` writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BatchForm {
    /// A table: a row a document, a column a query, counts.
    #[default]
    Table,
    /// A table: a row for each place of a match.
    Places,
    /// One JSON object a query.
    Json,
}

/// What `show` writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// The running text.
    #[default]
    Text,
    /// Everything, as one JSON object.
    Json,
    /// The outline.
    Outline,
    /// The text as it was in the file.
    Original,
}

/// An action on the roots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LibraryAction {
    /// Tell them.
    List,
    /// Give one a name.
    Name {
        /// The root.
        root: PathBuf,
        /// Its name.
        name: String,
    },
    /// Remove index, text and places of roots; notes stay.
    Forget {
        /// The roots, by path or name.
        roots: Vec<PathBuf>,
        /// Whether to wait while another process writes the index: not with `--no-wait`.
        wait: bool,
    },
}

/// What follows the program's own name on the command line.
pub fn parse(arguments: impl IntoIterator<Item = OsString>, catalogue: &Catalogue) -> Result<CommandLine, CliError> {
    let words = std::iter::once(OsString::from("lutrin")).chain(arguments);
    match command::command(catalogue).try_get_matches_from(words) {
        Ok(matches) => Ok(CommandLine { invocation: invocation(&matches)?, options: options(&matches) }),
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp => Ok(answered(Invocation::Help(error.to_string()))),
            ErrorKind::DisplayVersion => Ok(answered(Invocation::Version)),
            _ => Err(CliError::from_clap(&error)),
        },
    }
}

/// The language asked for by `--language`, before anything else is understood, so that errors and help speak it.
pub fn language(arguments: &[OsString]) -> Option<UiLanguage> {
    let words = arguments.iter().map(|word| word.to_str().unwrap_or_default());
    let mut words = words.take_while(|word| *word != "--");
    while let Some(word) = words.next() {
        let value = if word == "--language" { words.next() } else { word.strip_prefix("--language=") };
        if let Some(value) = value {
            return UiLanguage::from_tag(value);
        }
    }
    None
}

/// The line `--version` prints.
pub fn version() -> String {
    format!("lutrin {}\n", env!("CARGO_PKG_VERSION"))
}

fn answered(invocation: Invocation) -> CommandLine {
    CommandLine { invocation, options: Options::default() }
}

fn options(matches: &ArgMatches) -> Options {
    let set = |name, switch| if matches.get_flag(name) { switch } else { Switch::Auto };
    Options {
        theme: matches.get_one("theme").cloned(),
        language: matches.get_one::<String>("language").and_then(|tag| UiLanguage::from_tag(tag)),
        ascii: set("ascii", Switch::On),
        mouse: set("no-mouse", Switch::Off),
    }
}

fn invocation(matches: &ArgMatches) -> Result<Invocation, CliError> {
    let of_reader = ["record", "mask", "replay"]
        .into_iter()
        .find(|name| matches.value_source(name) == Some(clap::parser::ValueSource::CommandLine));
    if let Some(name) = of_reader.filter(|_| matches.subcommand().is_some()) {
        return Err(CliError::unexpected(&format!("--{name}")));
    }
    Ok(match matches.subcommand() {
        None => open(matches)?,
        Some(("index", matches)) => Invocation::Index { paths: paths(matches), wait: !matches.get_flag("no-wait") },
        Some(("list", matches)) => {
            let (json, not_read) = (matches.get_flag("json"), matches.get_flag("not-read"));
            Invocation::List { paths: paths(matches), json, sort: sort(matches), not_read }
        }
        Some(("search", matches)) => search(matches)?,
        Some(("searches", matches)) => {
            Invocation::Searches { json: matches.get_flag("json"), forget: matches.get_one("forget").cloned() }
        }
        Some(("show", matches)) => Invocation::Show {
            target: Target::parse(matches.get_one::<OsString>("document").map_or(OsStr::new(""), OsString::as_os_str)),
            form: form(matches),
            width: matches.get_one("width").copied(),
        },
        Some(("library", matches)) => Invocation::Library(library(matches)),
        Some(("doctor", _)) => Invocation::Doctor,
        Some(("completions", matches)) => {
            Invocation::Completions(matches.get_one("shell").copied().unwrap_or(Shell::Bash))
        }
        Some(("man", _)) => Invocation::Man,
        Some((name, _)) => unreachable!("`{name}` is not in the table of commands"),
    })
}

fn search(matches: &ArgMatches) -> Result<Invocation, CliError> {
    let query: Option<&OsString> = matches.get_one("query");
    let json = matches.get_flag("json");
    let variants = !matches.get_flag("no-variants");
    if let Some(file) = matches.get_one::<OsString>("batch") {
        // Without a query, the word in its place is the first path.
        let paths = query.map(PathBuf::from).into_iter().chain(paths(matches)).collect();
        let form = match (json, matches.get_flag("places")) {
            (true, _) => BatchForm::Json,
            (_, true) => BatchForm::Places,
            _ => BatchForm::Table,
        };
        return Ok(Invocation::Batch { file: PathBuf::from(file), paths, form, variants });
    }
    let (limit, sort) = (matches.get_one("limit").copied(), sort(matches));
    if let Some(name) = matches.get_one::<String>("saved") {
        let only_new = matches.get_flag("new");
        return match query {
            // It searches the paths it was saved over.
            Some(path) => Err(CliError::unexpected(&path.to_string_lossy())),
            None => Ok(Invocation::SearchAgain(Again { name: name.clone(), json, limit, sort, only_new })),
        };
    }
    let query = query.map_or(Some(""), |query| query.to_str()).ok_or_else(CliError::not_text)?;
    Ok(Invocation::Search {
        query: query.to_owned(),
        paths: paths(matches),
        json,
        limit,
        sort,
        variants,
        save: matches.get_one("save").cloned(),
    })
}

fn open(matches: &ArgMatches) -> Result<Invocation, CliError> {
    let (mut targets, mut words) = (Vec::new(), None);
    for word in matches.get_many::<OsString>("paths").into_iter().flatten() {
        match word.to_str().and_then(|text| text.strip_prefix("+/")) {
            Some(_) if words.is_some() => return Err(CliError::words_twice()),
            Some(searched) => words = Some(searched.to_owned()),
            None => targets.push(Target::parse(word)),
        }
    }
    if let Some(path) = matches.get_one::<OsString>("replay") {
        return Ok(Invocation::Replay(path.into()));
    }
    let record = matches.get_one::<OsString>("record").map(PathBuf::from);
    let record = record.map(|path| Record { path, mask: matches.get_flag("mask") });
    Ok(Invocation::Open { targets, words, record })
}

fn paths(matches: &ArgMatches) -> Vec<PathBuf> {
    matches.get_many::<OsString>("paths").into_iter().flatten().map(PathBuf::from).collect()
}

fn sort(matches: &ArgMatches) -> Option<Sort> {
    matches.get_one::<String>("sort").and_then(|name| Sort::from_name(name))
}

fn form(matches: &ArgMatches) -> Form {
    let forms = [("json", Form::Json), ("outline", Form::Outline), ("original", Form::Original)];
    forms.into_iter().find(|(name, _)| matches.get_flag(name)).map(|(_, form)| form).unwrap_or_default()
}

fn library(matches: &ArgMatches) -> LibraryAction {
    match matches.subcommand() {
        Some(("name", matches)) => LibraryAction::Name {
            root: matches.get_one::<OsString>("root").map(PathBuf::from).unwrap_or_default(),
            name: matches.get_one("name").cloned().unwrap_or_default(),
        },
        Some(("forget", matches)) => {
            LibraryAction::Forget { roots: paths(matches), wait: !matches.get_flag("no-wait") }
        }
        _ => LibraryAction::List,
    }
}

#[cfg(test)]
mod tests;
