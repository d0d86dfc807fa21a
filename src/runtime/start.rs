//! From the command line to an exit status: gathers settings, runs a subcommand, or opens the reader. What cannot be
//! stored is kept in memory; what cannot be read is reported with its path.

use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::event_loop;
use super::event_loop::{End, LaunchContext};
use super::replay;
use crate::app::{LaunchOptions, Settings};
use crate::cli::{self, CommandLine, ERROR_STATUS, Form, Invocation, Options, Record};
use crate::config::{self, Config, Theme};
use crate::document::{DocumentKey, Target};
use crate::dossier::{Dossier, DossierError, OpenContext, OpenObserver, OpenedTargets};
use crate::library::{Home, LibraryError, Problem};
use crate::locale::{Catalogue, Message, UiLanguage};
use crate::subcommands;
use crate::subcommands::OutputContext;
use crate::terminal::guard;
use crate::terminal::guard::{is_dumb, over_ssh, size};
use crate::terminal::recording::recorder::RecordingFile;
use crate::text::sanitize::sanitize;

/// Does what the arguments (without the program's name) ask for. Returns the exit status.
pub fn run(arguments: Vec<OsString>) -> u8 {
    let home = Home::from_environment();
    let (config, complaints) = home.as_ref().map_or_else(|_| (Config::default(), Vec::new()), configuration);
    let ui_language =
        cli::language(&arguments).or(config.language).unwrap_or_else(|| UiLanguage::from_environment(variable));
    let catalogue = Catalogue::new(ui_language);
    let CommandLine { invocation, options } = match cli::parse(arguments, &catalogue) {
        Ok(command_line) => command_line,
        Err(error) => {
            report(&catalogue, error.message());
            return ERROR_STATUS;
        }
    };
    if let Invocation::Replay(file) = &invocation {
        return replay::run(file, &catalogue);
    }
    if let Invocation::Open { targets, words, record } = invocation {
        let record = match record.as_ref().map(recording_file).transpose() {
            Ok(record) => record,
            Err(message) => {
                report(&catalogue, &message);
                return ERROR_STATUS;
            }
        };
        // Checked before anything is read, because standard input can be read only once.
        if let Err(error) = guard::check() {
            for complaint in &complaints {
                report(&catalogue, complaint);
            }
            report(&catalogue, &error.message());
            return run_subcommand(&plain(&targets), home, &catalogue);
        }
        let mut notices = complaints;
        let mut settings = settings(config, &options, ui_language);
        if let Ok(home) = &home {
            notices.extend(find_theme(home, &mut settings));
        }
        return Start { home, settings, catalogue, notices, record }.open(&targets, words);
    }
    for complaint in &complaints {
        report(&catalogue, complaint);
    }
    run_subcommand(&invocation, home, &catalogue)
}

/// Opens the file to record into, unless the reader cannot be shown.
fn recording_file(record: &Record) -> Result<RecordingFile, Message> {
    guard::check().map_err(|error| error.message())?;
    RecordingFile::open(&record.path, record.mask)
}

/// Runs a subcommand. Returns the exit status.
fn run_subcommand(invocation: &Invocation, home: Result<Home, LibraryError>, catalogue: &Catalogue) -> u8 {
    let (stdout, mut stderr) = (io::stdout(), io::stderr());
    let screen = subcommands::OutputScreen {
        columns: stdout.is_terminal().then(|| size().width),
        shows_progress: stderr.is_terminal() && !is_dumb(),
        bold: stdout.is_terminal() && !is_dumb() && variable("NO_COLOR").is_none_or(|value| value.is_empty()),
    };
    let mut output = OutputContext {
        catalogue,
        home,
        input: &mut io::stdin().lock(),
        out: &mut BufWriter::new(stdout.lock()),
        err: &mut stderr, // not locked: a thread that panics must be able to say so
        screen,
    };
    subcommands::answer(invocation, &mut output).unwrap_or(0)
}

/// Reads `config.toml` if it exists.
fn configuration(home: &Home) -> (Config, Vec<Message>) {
    let path = home.config.join("config.toml");
    let shown = path.to_string_lossy();
    match std::fs::read_to_string(&path) {
        Ok(text) => config::load(&text, &shown),
        Err(error) if error.kind() == io::ErrorKind::NotFound => (Config::default(), Vec::new()),
        Err(_) => {
            let message = Message::new("config-unreadable").with("path", shown.as_ref());
            (Config::default(), vec![message])
        }
    }
}

fn settings(config: Config, options: &Options, ui_language: UiLanguage) -> Settings {
    let utf8 = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(variable).find(|value| !value.is_empty());
    let shows_unicode = utf8.is_none_or(|locale| locale.to_ascii_lowercase().replace('-', "").contains("utf8"));
    Settings {
        theme: Theme::choose(options.theme.as_deref(), config.theme.as_deref(), variable),
        own_theme: None,
        keymap: config.keymap,
        ui_language,
        measure: config.measure,
        mouse: options.mouse.or(config.mouse.or(!over_ssh(variable))),
        search_while_typing: config.search_while_typing,
        ascii: options.ascii.or(config.ascii.or(!shows_unicode)),
        sort: config.sort,
        side_panes: config.side_panes,
    }
}

/// Reads the theme from the person's folder if it is not built in. If there is no such theme, uses the terminal's
/// colours and reports it.
fn find_theme(home: &Home, settings: &mut Settings) -> Vec<Message> {
    if Theme::named(&settings.theme).is_some() {
        return Vec::new();
    }
    let path = home.config.join("themes").join(format!("{}.toml", settings.theme));
    if let Ok(text) = std::fs::read_to_string(&path) {
        let (theme, complaints) = Theme::load(&text, &path.to_string_lossy(), &settings.theme);
        settings.own_theme = Some(theme);
        return complaints;
    }
    let unknown = Theme::unknown(&settings.theme, []);
    settings.theme = Theme::choose(None, None, variable);
    vec![unknown]
}

/// What the reader needs before it can open.
struct Start {
    home: Result<Home, LibraryError>,
    settings: Settings,
    catalogue: Catalogue,
    /// Messages to show once the screen is up.
    notices: Vec<Message>,
    /// What the run is recorded into.
    record: Option<RecordingFile>,
}

impl Start {
    fn open(mut self, targets: &[Target], words: Option<String>) -> u8 {
        let opened = match self.opened(targets, words.is_some()) {
            Ok(opened) => opened,
            Err(messages) => {
                for message in messages {
                    report(&self.catalogue, &message);
                }
                return ERROR_STATUS;
            }
        };
        let OpenedTargets { dossier, document, place, few_files } = opened;
        let document = document.or_else(|| dossier.only_document().filter(|_| few_files));
        let one_file =
            targets.len() == 1 && dossier.scope.paths().is_some_and(|paths| paths.iter().all(|path| path.is_file()));
        let is_built_in = dossier.library.is_built_in();
        let chosen = is_built_in.then(|| guide(&dossier, self.settings.ui_language)).flatten();
        let opening = LaunchOptions { document, chosen, place, words, one_file };
        self.show(&dossier, opening)
    }

    /// Opens the dossier; a few files, and those in which a place or words are searched at once, are read first.
    /// Returns the reasons if there is nothing to show.
    fn opened(&mut self, targets: &[Target], has_words: bool) -> Result<OpenedTargets, Vec<Message>> {
        let mut reports = StartReports::default();
        let mut input = io::stdin().lock();
        let mut context = OpenContext { home: self.home.clone(), input: &mut input, observer: &mut reports };
        let opened = Dossier::open_targets(targets, &mut context);
        let opened = opened.map_err(|errors| errors.iter().map(DossierError::message).collect::<Vec<_>>())?;
        let is_built_in = opened.dossier.library.is_built_in();
        let reads_first = is_built_in || opened.few_files || opened.place.is_some() || has_words;
        let opened = if reads_first { opened.read_first(&mut context) } else { Some(opened) };
        let Some(opened) = opened else { return Err(reports.unread) };
        self.notices.extend(reports.notices);
        self.notices.extend(reports.unread);
        Ok(opened)
    }

    fn show(self, dossier: &Dossier, opening: LaunchOptions) -> u8 {
        let surroundings =
            LaunchContext { home: self.home.as_ref().ok().cloned(), record: self.record, notices: self.notices };
        match event_loop::read(dossier, self.settings, opening, surroundings) {
            Ok(End { status, unkept }) => {
                for message in &unkept {
                    report(&self.catalogue, message);
                }
                if unkept.is_empty() { status } else { status.max(ERROR_STATUS) }
            }
            Err(error) => {
                report(&self.catalogue, &error.message());
                ERROR_STATUS
            }
        }
    }
}

/// Collects reports while the reader's dossier is opened, for the screen, or for standard error if there is nothing to
/// show.
#[derive(Default)]
struct StartReports {
    notices: Vec<Message>,
    unread: Vec<Message>,
}

impl OpenObserver for StartReports {
    fn notice(&mut self, message: &Message) {
        self.notices.push(message.clone());
    }

    fn unread(&mut self, path: &Path, problem: &Problem) {
        let path = sanitize(&path.to_string_lossy()).into_owned();
        self.unread.push(Message::new("problem-of").with("path", path).with("problem", problem.message()));
    }
}

/// The guide of the built-in library in the reader's language.
fn guide(dossier: &Dossier, ui_language: UiLanguage) -> Option<DocumentKey> {
    let path = format!("lutrin:guide.{}.md", ui_language.tag());
    dossier.library.find_by_id_or_path(&path, &dossier.scope).ok()?.first().copied()
}

/// The subcommand that replaces the reader where it cannot be shown: prints the document, or the list of several.
fn plain(targets: &[Target]) -> Invocation {
    match targets {
        [target] if !target.whole.is_dir() => {
            Invocation::Show { target: target.clone(), form: Form::Text, width: None }
        }
        _ => {
            let paths: Vec<PathBuf> = targets.iter().map(|target| target.whole.clone()).collect();
            Invocation::List { paths, json: false, sort: None, not_read: false }
        }
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Writes a message to standard error. If that cannot be written, the exit status still says it.
fn report(catalogue: &Catalogue, message: &Message) {
    let _ = writeln!(io::stderr(), "lutrin: {}", catalogue.say(message));
}
