//! From the command line to an exit status: settings are gathered, the command's answer is given, or the reader is opened
//! on what was named. What cannot be kept on the disk is read from memory; what cannot be read is told with its path.

use crate::dossier::DossierError;
use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::event_loop;
use super::event_loop::{End, Surroundings};
use super::replay;
use crate::app::{Opening, Settings};
use crate::cli::{self, CommandLine, ERROR_STATUS, Form, Invocation, Options, Record, Target};
use crate::config::{self, Config, Theme};
use crate::document::{DocumentKey, PlaceName};
use crate::dossier::Dossier;
use crate::dossier::indexing;
use crate::index::Index;
use crate::library::{Home, Library, LibraryError, Order, Scope, Unnamed};
use crate::locale::{Catalogue, Message, Tongue};
use crate::notebook::Notebook;
use crate::subcommands;
use crate::subcommands::Desk;
use crate::terminal::guard;
use crate::terminal::guard::{is_dumb, over_ssh, size};
use crate::terminal::recording::recorder::Blank;
use crate::text::sanitize::sanitize;

/// Standard input, as it is named.
const STANDARD_INPUT: &str = "-";
/// Files named one by one are read before the screen is shown when they have no more bytes than this together: then the
/// screen opens on the text, and what cannot be read is told where the command was typed.
const READ_FIRST: u64 = 4 << 20;

/// Does what the arguments (without the program's name) ask for. Returns the exit status.
pub fn run(arguments: Vec<OsString>) -> u8 {
    let home = Home::from_environment();
    let (config, complaints) = home.as_ref().map_or_else(|_| (Config::default(), Vec::new()), configuration);
    let tongue = cli::language(&arguments).or(config.language).unwrap_or_else(|| Tongue::from_environment(variable));
    let catalogue = Catalogue::new(tongue);
    let CommandLine { invocation, options } = match cli::parse(arguments, &catalogue) {
        Ok(command_line) => command_line,
        Err(error) => {
            tell(&catalogue, error.message());
            return ERROR_STATUS;
        }
    };
    if let Invocation::Replay(file) = &invocation {
        return replay::run(file, &catalogue);
    }
    if let Invocation::Open { targets, words, record } = invocation {
        let record = match record.as_ref().map(blank).transpose() {
            Ok(record) => record,
            Err(message) => {
                tell(&catalogue, &message);
                return ERROR_STATUS;
            }
        };
        // Asked before anything is read: standard input can be read once.
        if let Err(error) = guard::check() {
            for complaint in &complaints {
                tell(&catalogue, complaint);
            }
            tell(&catalogue, &error.message());
            return answered(&plain(&targets), home, &catalogue);
        }
        let mut notices = complaints;
        let mut settings = settings(config, &options, tongue);
        if let Ok(home) = &home {
            notices.extend(find_theme(home, &mut settings));
        }
        return Start { home, settings, catalogue, notices, record }.open(&targets, words);
    }
    for complaint in &complaints {
        tell(&catalogue, complaint);
    }
    answered(&invocation, home, &catalogue)
}

/// The file that the run is recorded into. There is nothing to record where the reader cannot be shown.
fn blank(record: &Record) -> Result<Blank, Message> {
    guard::check().map_err(|error| error.message())?;
    Blank::open(&record.path, record.mask)
}

/// The answer of a command that is not the reader.
fn answered(invocation: &Invocation, home: Result<Home, LibraryError>, catalogue: &Catalogue) -> u8 {
    let (stdout, mut stderr) = (io::stdout(), io::stderr());
    let screen = subcommands::Screen {
        columns: stdout.is_terminal().then(|| size().width),
        shows_progress: stderr.is_terminal() && !is_dumb(),
        bold: stdout.is_terminal() && !is_dumb() && variable("NO_COLOR").is_none_or(|value| value.is_empty()),
    };
    let mut desk = Desk {
        catalogue,
        home,
        input: &mut io::stdin().lock(),
        out: &mut BufWriter::new(stdout.lock()),
        err: &mut stderr, // not locked: a thread that panics must be able to say so
        screen,
    };
    subcommands::answer(invocation, &mut desk).unwrap_or(0)
}

/// Reads `config.toml` when there is one.
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

fn settings(config: Config, options: &Options, tongue: Tongue) -> Settings {
    let utf8 = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(variable).find(|value| !value.is_empty());
    let shows_unicode = utf8.is_none_or(|locale| locale.to_ascii_lowercase().replace('-', "").contains("utf8"));
    Settings {
        theme: Theme::choose(options.theme.as_deref(), config.theme.as_deref(), variable),
        own_theme: None,
        keymap: config.keymap,
        tongue,
        measure: config.measure,
        mouse: options.mouse.or(config.mouse.or(!over_ssh(variable))),
        search_while_typing: config.search_while_typing,
        ascii: options.ascii.or(config.ascii.or(!shows_unicode)),
        sort: config.sort,
        side_panes: config.side_panes,
    }
}

/// Reads the theme that is set from the person's own folder when it is not built in. Without one, the terminal's is set
/// and it is said.
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
    /// What is said once the screen is there.
    notices: Vec<Message>,
    /// What the run is recorded into.
    record: Option<Blank>,
}

impl Start {
    fn open(mut self, targets: &[Target], words: Option<String>) -> u8 {
        let (dossier, named) = match self.dossier(targets) {
            Ok(opened) => opened,
            Err(messages) => {
                for message in messages {
                    tell(&self.catalogue, &message);
                }
                return ERROR_STATUS;
            }
        };
        let is_built_in = dossier.library.is_built_in();
        let first = is_built_in || named.few_files || named.place.is_some() || words.is_some();
        let dossier = if first { self.read_first(dossier) } else { Some(dossier) };
        let Some(dossier) = dossier else { return ERROR_STATUS };
        let document = named.document.or_else(|| only_document(&dossier).filter(|_| named.few_files));
        let one_file =
            targets.len() == 1 && dossier.scope.paths().is_some_and(|paths| paths.iter().all(|path| path.is_file()));
        let chosen = is_built_in.then(|| guide(&dossier, self.settings.tongue)).flatten();
        let opening = Opening { document, chosen, place: named.place, words, one_file };
        self.show(&dossier, opening)
    }

    /// What the targets name, in its library.
    fn dossier(&mut self, targets: &[Target]) -> Result<(Dossier, Named), Vec<Message>> {
        if targets.is_empty() {
            return Ok((self.unnamed().map_err(|message| vec![message])?, Named::default()));
        }
        let from_input = targets.iter().any(|target| target.whole == Path::new(STANDARD_INPUT));
        let (library, index) =
            if from_input { with_standard_input().map_err(|message| vec![message])? } else { self.kept() };
        let (scope, named) = self.named(&library, targets)?;
        Ok((self.kept_dossier(library, index, scope), named))
    }

    /// What was opened last, else every root; the built-in library only where it is certain that there never was a root.
    fn unnamed(&mut self) -> Result<Dossier, Message> {
        let scope = match self.open_home() {
            Ok((library, index)) => match library.unnamed().map_err(|error| error.message())? {
                Unnamed::Scope(scope) => return Ok(self.kept_dossier(library, index, scope)),
                Unnamed::NothingLeft => return Err(LibraryError::NothingLeft.message()),
                Unnamed::BuiltIn => Scope::everything(),
            },
            Err(error) if error.is_writer_elsewhere() => return Err(Message::new("index-not-ready")),
            Err(error) if self.home.as_ref().is_ok_and(|home| !home.is_new()) => return Err(error.message()),
            Err(error) => {
                self.notices.push(error.message());
                self.notices.push(Message::new("answer-nothing-is-kept"));
                Scope::everything()
            }
        };
        let (library, index) = built_in()?;
        Ok(Dossier::new(library, index, scope))
    }

    fn open_home(&mut self) -> Result<(Library, Index), DossierError> {
        let home = self.home.clone()?;
        let (library, index) = indexing::open(&home)?;
        self.notices.extend_from_slice(library.notices());
        Ok((library, index))
    }

    /// The library of the home folder, else one in memory, saying why.
    fn kept(&mut self) -> (Library, Index) {
        match self.open_home() {
            Ok(opened) => opened,
            Err(error) => {
                self.notices.push(error.message());
                self.notices.push(Message::new("answer-nothing-is-kept"));
                in_memory()
            }
        }
    }

    /// A dossier with what a person made: notebook and aliases.
    fn kept_dossier(&mut self, library: Library, index: Index, scope: Scope) -> Dossier {
        let notebook = self.notebook(&library);
        let dossier = Dossier::new(library, index, scope).with_notebook(notebook);
        match &self.home {
            Ok(home) => dossier.with_configuration(&home.config),
            Err(_) => dossier,
        }
    }

    /// The notebook beside a library, else one that is forgotten, saying why.
    fn notebook(&mut self, library: &Library) -> Notebook {
        let Some(home) = self.home.as_ref().ok().filter(|_| !library.is_in_memory()) else {
            return Notebook::in_memory();
        };
        Notebook::open(&home.notebook()).unwrap_or_else(|error| {
            self.notices.push(error.message());
            Notebook::in_memory()
        })
    }

    /// What the targets mean. What means nothing is told, and is all there is to tell when nothing is left.
    fn named(&mut self, library: &Library, targets: &[Target]) -> Result<(Scope, Named), Vec<Message>> {
        let mut named = Named { few_files: true, ..Named::default() };
        let (mut paths, mut failed, mut bytes) = (Vec::new(), Vec::new(), 0);
        for target in targets {
            let (path, place, document) = match meant(library, target) {
                Ok(meant) => meant,
                Err(error) => {
                    failed.push(error.message());
                    continue;
                }
            };
            let about = std::fs::metadata(&path).ok();
            named.few_files &= about.as_ref().is_none_or(std::fs::Metadata::is_file);
            bytes += about.map_or(0, |about| about.len());
            named.place = place.or(named.place);
            named.document = document.or(named.document);
            paths.push(path);
        }
        named.few_files &= bytes <= READ_FIRST;
        if paths.is_empty() {
            return Err(failed);
        }
        self.notices.extend(failed);
        Ok((Scope::of(paths), named))
    }

    /// Brings a few files up to date before the screen is shown; where the library cannot take them in and does not know
    /// them, they are read without it. `None` when there is nothing to show; what there is not is told.
    fn read_first(&mut self, dossier: Dossier) -> Option<Dossier> {
        let failed = bring_up_to_date(&dossier).err();
        let known = || dossier.library.status(&dossier.scope).unwrap_or_default().documents > 0;
        if let Some(error) = failed.filter(|error| !known() || !error.is_writer_elsewhere()) {
            self.notices.push(error.message());
            if !known() && !dossier.library.is_in_memory() {
                let scope = dossier.library.with_paths(&dossier.scope).unwrap_or_default();
                let (library, index) = in_memory();
                let dossier = self.kept_dossier(library, index, scope);
                return self.read_first(dossier);
            }
        }
        let _ = dossier.index.reload(); // what cannot be reloaded shows what was there
        let problems = dossier.library.problems(&dossier.scope, 20).unwrap_or_default();
        let has_documents = dossier.library.status(&dossier.scope).unwrap_or_default().documents > 0;
        for (path, problem) in problems {
            let path = sanitize(&path.to_string_lossy()).into_owned();
            let message = Message::new("problem-of").with("path", path).with("problem", problem.message());
            if has_documents { self.notices.push(message) } else { tell(&self.catalogue, &message) }
        }
        has_documents.then_some(dossier)
    }

    fn show(self, dossier: &Dossier, opening: Opening) -> u8 {
        let surroundings =
            Surroundings { home: self.home.as_ref().ok().cloned(), record: self.record, notices: self.notices };
        match event_loop::read(dossier, self.settings, opening, surroundings) {
            Ok(End { status, unkept }) => {
                for message in &unkept {
                    tell(&self.catalogue, message);
                }
                if unkept.is_empty() { status } else { status.max(ERROR_STATUS) }
            }
            Err(error) => {
                tell(&self.catalogue, &error.message());
                ERROR_STATUS
            }
        }
    }
}

fn bring_up_to_date(dossier: &Dossier) -> Result<(), DossierError> {
    let (mut writer, mut words) = indexing::writers(&dossier.library, &dossier.index)?;
    let nothing = &mut |_| ControlFlow::Continue(());
    indexing::bring_up_to_date(&mut writer, &mut words, &dossier.scope, nothing).map(|_| ())
}

/// The one document there is, when there is one.
fn only_document(dossier: &Dossier) -> Option<DocumentKey> {
    match dossier.library.keys(&dossier.scope, Order::Path).ok()?.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// The guide of the built-in library in the reader's language.
fn guide(dossier: &Dossier, tongue: Tongue) -> Option<DocumentKey> {
    let path = format!("lutrin:guide.{}.md", tongue.tag());
    dossier.library.find_by_id_or_path(&path, &dossier.scope).ok()?.first().copied()
}

/// What is printed where the reader cannot be shown: the document, or the list of several.
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

/// What the targets of the command line mean, beside their paths.
#[derive(Default)]
struct Named {
    /// The document to open at once.
    document: Option<DocumentKey>,
    /// The place in it.
    place: Option<PlaceName>,
    /// Whether all targets are files, and not too long to be read first.
    few_files: bool,
}

/// The path of a target, its place, and for an id the document. A file of the whole word comes before a place.
fn meant(
    library: &Library,
    target: &Target,
) -> Result<(PathBuf, Option<PlaceName>, Option<DocumentKey>), LibraryError> {
    let missing = match library.locate(&target.whole) {
        Ok(path) => return Ok((path, None, None)),
        Err(error) => error,
    };
    if let Ok(path) = library.locate(&target.document) {
        return Ok((path, target.place.clone(), None));
    }
    match library.find_by_id_or_path(&target.document.to_string_lossy(), &Scope::everything())?.as_slice() {
        [key] => Ok((library.path(*key)?, target.place.clone(), Some(*key))),
        _ => Err(missing),
    }
}

fn with_standard_input() -> Result<(Library, Index), Message> {
    let mut bytes = Vec::new();
    let read = io::stdin().lock().read_to_end(&mut bytes);
    read.map_err(|error| Message::new("answer-no-input").with("detail", error.to_string()))?;
    let (library, index) = in_memory();
    library.give(Path::new(STANDARD_INPUT), &bytes).map_err(|error| error.message())?;
    Ok((library, index))
}

fn in_memory() -> (Library, Index) {
    let library = Library::in_memory().expect("a database in memory needs nothing from outside");
    let index = Index::in_memory().expect("an index in memory needs nothing from outside");
    (library, index)
}

fn built_in() -> Result<(Library, Index), Message> {
    let library = Library::built_in().map_err(|error| error.message())?;
    Ok((library, Index::in_memory().map_err(|error| error.message())?))
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Tells a person something on standard error; where that cannot be written, the exit status still says it.
fn tell(catalogue: &Catalogue, message: &Message) {
    let _ = writeln!(io::stderr(), "lutrin: {}", catalogue.say(message));
}
