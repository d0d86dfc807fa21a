//! Starts other programs: the editor on a file at a line, the browser on an address. No shell parses a path or an
//! address, and because addresses come from documents only plain `http` and `https` ones are passed. Programs that need
//! the terminal are marked ([`Program::in_terminal`]); the caller lends it to them.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::signals;
use crate::locale::Message;

/// Interval at which a termination request is checked while a program has the terminal.
const LOOK: Duration = Duration::from_millis(200);
/// How long such a program may take to leave with us.
const MOMENT: Duration = Duration::from_millis(700);

/// A program to run, with its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// Its name or path.
    pub name: OsString,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// Whether it wants the terminal, so that one waits for its end.
    pub in_terminal: bool,
}

/// Why a program did not do its work.
#[derive(Debug)]
pub enum ProgramError {
    /// It could not be started: not there, not allowed.
    NotStarted {
        /// Its name.
        program: String,
        /// What the system said.
        error: io::Error,
    },
    /// It ended with an error.
    Failed {
        /// Its name.
        program: String,
        /// How it ended.
        status: String,
    },
    /// Not an address of the web.
    NotAnAddress,
}

impl ProgramError {
    /// The sentence for people.
    pub fn message(&self) -> Message {
        match self {
            Self::NotStarted { program, error } => {
                Message::new("program-not-started").with("program", program.as_str()).with("error", error.to_string())
            }
            Self::Failed { program, status } => {
                Message::new("program-failed").with("program", program.as_str()).with("status", status.as_str())
            }
            Self::NotAnAddress => Message::new("program-not-an-address"),
        }
    }
}

/// The editor of `VISUAL`, `EDITOR` or the system, on `file` at `line` (from 1) where it is known how to say so.
pub fn editor(environment: impl Fn(&str) -> Option<String>, file: &Path, line: Option<u32>) -> Program {
    let words = ["VISUAL", "EDITOR"]
        .into_iter()
        .find_map(|name| environment(name).map(|text| words(&text)).filter(|words| !words.is_empty()))
        .unwrap_or_else(|| vec![if cfg!(windows) { "notepad" } else { "vi" }.to_owned()]);
    let mut words = words.into_iter().map(OsString::from);
    let name = words.next().unwrap_or_default();
    let mut arguments: Vec<OsString> = words.collect();
    arguments.extend(place(&stem(&name), &not_an_option(file), line));
    Program { name, arguments, in_terminal: true }
}

/// The browser of `BROWSER` or the system, on `address`.
pub fn browser(environment: impl Fn(&str) -> Option<String>, address: &str) -> Result<Program, ProgramError> {
    if !is_web_address(address) {
        return Err(ProgramError::NotAnAddress);
    }
    // Several may be named, parted by colons, the first preferred.
    let named = environment("BROWSER").and_then(|text| text.split(':').map(words).find(|words| !words.is_empty()));
    let mut words = named.unwrap_or_else(system_browser);
    if words.iter().any(|word| word.contains("%s")) {
        words = words.into_iter().map(|word| word.replace("%s", address)).collect();
    } else {
        words.push(address.to_owned());
    }
    let mut words = words.into_iter().map(OsString::from);
    let name = words.next().unwrap_or_default();
    let in_terminal = ["w3m", "lynx", "links", "links2", "elinks", "browsh", "www-browser"].contains(&&*stem(&name));
    Ok(Program { name, arguments: words.collect(), in_terminal })
}

/// `http` or `https`, a host, and nothing that a program could take for more than an address.
pub fn is_web_address(address: &str) -> bool {
    let rest = ["http://", "https://"].into_iter().find_map(|scheme| {
        let (start, rest) = address.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    });
    let host = |rest: &str| rest.starts_with(|c: char| c.is_alphanumeric() || c == '[');
    let plain = |c: char| c.is_ascii_graphic() && !"\"'<>\\^`{|}".contains(c) || c.is_alphanumeric() && !c.is_ascii();
    rest.is_some_and(host) && address.len() <= 8192 && address.chars().all(plain)
}

impl Program {
    /// Runs it. In the terminal: to its end, with the terminal as its input even when ours is a pipe. Else it is left to
    /// itself, silent, and outlives us.
    pub fn run(&self) -> Result<(), ProgramError> {
        let mut command = Command::new(&self.name);
        command.args(&self.arguments);
        if self.in_terminal { self.run_to_end(command) } else { self.start(command) }
    }

    fn run_to_end(&self, mut command: Command) -> Result<(), ProgramError> {
        #[cfg(unix)]
        if let Ok(terminal) = super::input::open_terminal() {
            command.stdin(Stdio::from(terminal));
        }
        let child = command.spawn().map_err(|error| self.not_started(error))?;
        let status = wait(child).map_err(|error| self.not_started(error))?;
        if status.success() {
            return Ok(());
        }
        Err(ProgramError::Failed { program: self.shown(), status: status.to_string() })
    }

    fn start(&self, mut command: Command) -> Result<(), ProgramError> {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn().map_err(|error| self.not_started(error))?;
        // Somebody must take note of its end, or it stays in the process table as long as we run.
        std::thread::spawn(move || child.wait());
        Ok(())
    }

    fn not_started(&self, error: io::Error) -> ProgramError {
        ProgramError::NotStarted { program: self.shown(), error }
    }

    fn shown(&self) -> String {
        self.name.to_string_lossy().into_owned()
    }
}

/// Waits for a program's end. After a termination request it is forwarded to the program, with a short wait: the
/// program has the terminal, and may not have noticed that the line is cut.
fn wait(mut child: Child) -> io::Result<ExitStatus> {
    let number = child.id();
    let (tell, end) = mpsc::channel();
    std::thread::Builder::new().name("program".to_owned()).spawn(move || tell.send(child.wait()))?;
    let mut told = None;
    loop {
        match end.recv_timeout(LOOK) {
            Ok(status) => return status,
            Err(RecvTimeoutError::Disconnected) => return Err(io::ErrorKind::BrokenPipe.into()),
            Err(RecvTimeoutError::Timeout) => {}
        }
        let Some(signal) = signals::termination_requested() else { continue };
        let told = told.get_or_insert_with(|| {
            signals::forward_signal(signal, number);
            Instant::now()
        });
        if told.elapsed() >= MOMENT {
            return Err(io::ErrorKind::TimedOut.into());
        }
    }
}

fn system_browser() -> Vec<String> {
    let words: &[&str] = if cfg!(target_os = "macos") {
        &["open"]
    } else if cfg!(windows) {
        &["rundll32", "url.dll,FileProtocolHandler"]
    } else {
        &["xdg-open"]
    };
    words.iter().map(|&word| word.to_owned()).collect()
}

/// The arguments by which this editor opens a file at a line.
fn place(editor: &str, file: &Path, line: Option<u32>) -> Vec<OsString> {
    let path = || file.as_os_str().to_owned();
    let Some(line) = line else { return vec![path()] };
    let with_line = || {
        let mut text = path();
        text.push(format!(":{line}"));
        text
    };
    match editor {
        "vi" | "vim" | "nvim" | "gvim" | "view" | "vis" | "elvis" | "nano" | "pico" | "emacs" | "emacsclient"
        | "mg" | "zile" | "jed" | "joe" | "ne" | "kak" | "micro" | "gedit" | "less" => {
            vec![format!("+{line}").into(), path()]
        }
        "code" | "code-insiders" | "codium" | "vscodium" | "cursor" => {
            vec!["--wait".into(), "--goto".into(), with_line()]
        }
        "hx" | "helix" | "zed" | "subl" | "sublime_text" => vec![with_line()],
        "kate" | "kwrite" => vec!["--line".into(), line.to_string().into(), path()],
        _ => vec![path()],
    }
}

/// A name that begins with `-` or `+` is a file all the same.
fn not_an_option(file: &Path) -> std::path::PathBuf {
    let is_option = file.as_os_str().as_encoded_bytes().first().is_some_and(|byte| b"-+".contains(byte));
    if is_option { Path::new(".").join(file) } else { file.to_owned() }
}

fn stem(name: &OsStr) -> String {
    Path::new(name).file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Splits a command into words as a POSIX shell does, without expansions. A command with an unclosed quote is one word, so
/// that the message that it cannot be started shows all of it.
fn words(text: &str) -> Vec<String> {
    // On Windows an unquoted backslash separates the folders of a path.
    if cfg!(windows) && !text.contains(['"', '\'']) {
        return text.split_whitespace().map(str::to_owned).collect();
    }
    shlex::split(text).unwrap_or_else(|| vec![text.trim().to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(variable: &str, file: &str) -> Vec<String> {
        let program = editor(|name| (name == "EDITOR").then(|| variable.to_owned()), Path::new(file), Some(12));
        std::iter::once(program.name).chain(program.arguments).map(|word| word.into_string().unwrap()).collect()
    }

    #[test]
    fn each_editor_is_told_the_line_its_own_way() {
        assert_eq!(edit("vim", "a b.txt"), ["vim", "+12", "a b.txt"]);
        assert_eq!(edit("/usr/bin/nano -w", "a.txt"), ["/usr/bin/nano", "-w", "+12", "a.txt"]);
        assert_eq!(edit("code", "a.txt"), ["code", "--wait", "--goto", "a.txt:12"]);
        assert_eq!(edit("hx", "a.txt"), ["hx", "a.txt:12"]);
        assert_eq!(edit("ed", "a.txt"), ["ed", "a.txt"]);
        assert_eq!(edit("'/opt/my editor/run' -x", "a.txt"), ["/opt/my editor/run", "-x", "a.txt"]);
        assert_eq!(edit("  ", "a.txt")[1..], ["+12", "a.txt"]);
    }

    #[test]
    fn a_file_is_never_an_option() {
        assert_eq!(edit("vim", "+q"), ["vim", "+12", "./+q"]);
        assert_eq!(edit("ed", "-rf"), ["ed", "./-rf"]);
    }

    #[test]
    fn words_are_parted_as_a_person_means_them() {
        let table: &[(&str, &[&str])] = &[
            ("a  b\tc", &["a", "b", "c"]),
            ("'a b' \"c d\"e", &["a b", "c de"]),
            (r#"a\ b "c\d""#, &["a b", r"c\d"]),
            (r"'a\b' ''", &[r"a\b", ""]),
            ("'never closed", &["'never closed"]),
        ];
        for (text, expected) in table {
            assert_eq!(words(text), *expected, "{text}");
        }
    }

    #[test]
    fn only_addresses_of_the_web_go_to_a_browser() {
        for good in
            ["http://a.fr", "HTTPS://www.europarl.europa.eu/doceo/RC-8-2019_FR.html?x=1&y=2#C", "https://é.fr/œ"]
        {
            assert!(is_web_address(good), "{good}");
        }
        for bad in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "https://",
            "https:///x",
            "https://-x",
            "-https://a.fr",
            "https://a.fr/ b",
            "https://a.fr/\n",
            "https://a.fr/\u{202e}x",
            "https://a.fr/`x`",
            "httpsé://a",
            "",
        ] {
            assert!(!is_web_address(bad), "{bad:?}");
        }
    }

    #[test]
    fn the_address_is_one_argument_of_the_browser() {
        let open = |variable: &'static str| {
            let program =
                browser(|_| Some(variable.to_owned()).filter(|text| !text.is_empty()), "https://a.fr/?x=$(id);y")
                    .unwrap();
            (program.name.into_string().unwrap(), program.arguments, program.in_terminal)
        };
        assert_eq!(open("firefox"), ("firefox".to_owned(), vec!["https://a.fr/?x=$(id);y".into()], false));
        assert_eq!(
            open("w3m -o x=%s:firefox"),
            ("w3m".to_owned(), vec!["-o".into(), "x=https://a.fr/?x=$(id);y".into()], true)
        );
        assert_eq!(open(":firefox").0, "firefox");
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_is_not_there_or_fails_is_told() {
        let run = |name: &str| Program { name: name.into(), arguments: Vec::new(), in_terminal: true }.run();
        assert!(run("true").is_ok());
        assert_eq!(run("false").unwrap_err().message().id, "program-failed");
        assert_eq!(run("/nowhere/at/all").unwrap_err().message().id, "program-not-started");
    }
}
