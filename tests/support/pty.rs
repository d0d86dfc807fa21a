//! The program in a pseudo terminal: started in an empty home of its own, fed with keys, watched on a vt100 screen. One
//! waits for what is on the screen; the deadline only ends a test that has failed. Unix only.
#![cfg(unix)]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::Duration;

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use vt100::{MouseProtocolMode, Parser, Screen};

/// Long enough for a debug build on a busy machine.
const DEADLINE: Duration = Duration::from_secs(30);

/// A program in its terminal. Dropping it ends the program.
pub(crate) struct Terminal {
    master: Box<dyn MasterPty + Send>,
    // Held so that the line's modes can be read after the program's end.
    _slave: Box<dyn SlavePty + Send>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    seen: Arc<Seen>,
    modes: String,
    _home: tempfile::TempDir,
}

struct Seen {
    parser: Mutex<Parser>,
    bytes: Mutex<Vec<u8>>,
    changed: Condvar,
}

/// What is to be started, and how.
pub(crate) struct Start<'a> {
    /// The command line.
    pub command: &'a [&'a str],
    /// Variables besides the terminal's, the language's and the home's.
    pub environment: &'a [(&'a str, &'a str)],
    /// Columns and rows.
    pub size: (u16, u16),
}

/// The program under test.
pub(crate) fn lutrin() -> &'static str {
    env!("CARGO_BIN_EXE_lutrin")
}

impl Terminal {
    /// Lutrin in English at 80 by 24.
    pub(crate) fn lutrin(arguments: &[&str]) -> Self {
        let command: Vec<&str> = std::iter::once(lutrin()).chain(arguments.iter().copied()).collect();
        Self::start(&Start { command: &command, environment: &[], size: (80, 24) })
    }

    /// Lutrin as a job of a shell that says `stopped` when it stops, and continues it after Enter.
    pub(crate) fn lutrin_as_a_job() -> Self {
        let script = "set -m; \"$0\"; echo stopped; read line; fg >/dev/null; echo gone";
        Self::start(&Start { command: &["sh", "-c", script, lutrin()], environment: &[], size: (80, 24) })
    }

    /// Any command.
    pub(crate) fn start(start: &Start<'_>) -> Self {
        let home = tempfile::tempdir().expect("a temporary folder");
        let (columns, rows) = start.size;
        let pair = native_pty_system().openpty(pty_size(columns, rows)).expect("a pseudo terminal");
        let modes = modes(&*pair.master);
        let child = pair.slave.spawn_command(command(start, home.path())).expect("the program starts");
        let seen = Arc::new(Seen {
            parser: Mutex::new(Parser::new(cells(rows), cells(columns), 0)),
            bytes: Mutex::default(),
            changed: Condvar::new(),
        });
        watch(pair.master.try_clone_reader().expect("a reader"), Arc::clone(&seen));
        let keys = pair.master.take_writer().expect("a writer");
        Self { master: pair.master, _slave: pair.slave, keys, child, seen, modes, _home: home }
    }

    /// Types these bytes at once.
    pub(crate) fn send(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("the terminal takes keys");
        self.keys.flush().expect("the terminal takes keys");
    }

    /// Gives the window another size.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        self.seen.parser.lock().expect("no test panics here").screen_mut().set_size(cells(rows), cells(columns));
        self.master.resize(pty_size(columns, rows)).expect("a resize");
    }

    /// Does something while the terminal takes nothing of what is written.
    pub(crate) fn while_stuck(&mut self, act: impl FnOnce(&mut Self)) {
        let seen = Arc::clone(&self.seen);
        let held = seen.parser.lock().expect("no test panics here");
        act(self);
        drop(held);
    }

    /// Ends the program as nothing else can; of one that others were started by, their line is cut.
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("the program runs");
    }

    /// Sends the program a signal.
    pub(crate) fn signal(&self, signal: Signal) {
        let pid = self.child.process_id().and_then(|pid| Pid::from_raw(i32::try_from(pid).ok()?));
        kill_process(pid.expect("the program runs"), signal).expect("the program runs");
    }

    /// Waits until the screen is so.
    #[track_caller]
    pub(crate) fn wait_for(&self, what: &str, is_so: impl Fn(&Screen) -> bool) {
        let seen = self.seen.parser.lock().expect("no test panics here");
        let late = |parser: &mut Parser| !is_so(parser.screen());
        let (seen, timeout) = self.seen.changed.wait_timeout_while(seen, DEADLINE, late).expect("no test panics here");
        let screen = (!is_so(seen.screen())).then(|| seen.screen().contents());
        drop::<MutexGuard<'_, Parser>>(seen);
        if let Some(screen) = screen.filter(|_| timeout.timed_out()) {
            panic!("waited in vain for {what}; the screen is\n{screen}");
        }
    }

    /// Waits until the text is on the screen.
    #[track_caller]
    pub(crate) fn wait_for_text(&self, text: &str) {
        self.wait_for(text, |screen| screen.contents().contains(text));
    }

    /// Waits until the program has changed the line's modes.
    #[track_caller]
    pub(crate) fn wait_until_raw(&self) {
        let start = std::time::Instant::now();
        while modes(&*self.master) == self.modes {
            assert!(start.elapsed() < DEADLINE, "waited in vain for raw mode");
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// What a look at the screen gives.
    pub(crate) fn look<T>(&self, look: impl Fn(&Screen) -> T) -> T {
        look(self.seen.parser.lock().expect("no test panics here").screen())
    }

    /// All that the program has written so far.
    pub(crate) fn written(&self) -> String {
        String::from_utf8_lossy(&self.seen.bytes.lock().expect("no test panics here")).into_owned()
    }

    /// Waits for the program's end; its exit status.
    pub(crate) fn wait_for_end(&mut self) -> u32 {
        self.child.wait().expect("the program was started").exit_code()
    }

    /// Types a search, sees it find something, closes it and leaves.
    pub(crate) fn search_and_leave(&mut self) {
        self.send("/question");
        self.wait_for_text("match");
        self.send("\x1b");
        self.wait_for("the search closed", |screen| !screen.contents().contains("/ question"));
        self.send("Q");
        assert_eq!(self.wait_for_end(), 0);
    }

    /// Waits until screen and line are as they were before the program: a torn screen or a raw line fails.
    #[track_caller]
    pub(crate) fn assert_restored(&self) {
        self.wait_for("the terminal as it was", |screen| {
            !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && !screen.application_cursor()
                && !screen.application_keypad()
                && screen.mouse_protocol_mode() == MouseProtocolMode::None
                && screen.fgcolor() == vt100::Color::Default
                && screen.bgcolor() == vt100::Color::Default
                && !screen.bold()
                && !screen.inverse()
        });
        assert_eq!(modes(&*self.master), self.modes, "the line's modes are as they were");
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // Fails when it has ended, which is well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(start: &Start<'_>, home: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::from_argv(start.command.iter().map(Into::into).collect());
    command.env_clear();
    for name in ["PATH", "LLVM_PROFILE_FILE"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    command.env("TERM", "xterm-256color");
    command.env("LC_ALL", "en_GB.UTF-8");
    command.env("LUTRIN_HOME", home);
    command.env("HOME", home);
    command.cwd(home);
    for (name, value) in start.environment {
        command.env(name, value);
    }
    command
}

/// Puts on the screen what the program writes, until it and the terminal are gone.
fn watch(mut output: Box<dyn Read + Send>, seen: Arc<Seen>) {
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = output.read(&mut bytes) {
            let Ok(mut parser) = seen.parser.lock() else { return };
            parser.process(&bytes[..count]);
            seen.bytes.lock().expect("no test panics here").extend_from_slice(&bytes[..count]);
            drop(parser);
            seen.changed.notify_all();
        }
    });
}

fn pty_size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a window has cells")
}

fn modes(master: &(dyn MasterPty + Send)) -> String {
    format!("{:?}", master.get_termios())
}
