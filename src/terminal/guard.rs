//! Takes and restores the terminal. [`TerminalGuard`] sets raw mode, the alternate screen, bracketed paste, hides the cursor
//! and captures the mouse if requested. The terminal is restored when the guard is dropped, when the process panics, stops,
//! lends the terminal to an editor, or receives a second termination request; restoring twice has no effect.
//!
//! Capabilities are queried with the first bytes, and no reply is waited for, which would cost a slow line a round trip.
//! Outstanding replies are consumed before the terminal is restored ([`TerminalGuard::leave_screen`]). A background process
//! does not touch the terminal, because another program owns it.

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread::ThreadId;
use std::time::Duration;

use ratatui::layout::Size;
use ratatui::{TerminalOptions, Viewport};

pub use super::output::backend::{Manner, Screen, TtyBackend, backend, hand_over_all};
pub use super::output::frame_writer::{FrameWriter, Traffic};
pub(crate) use super::panic_hook::outlive;

use super::encoder::Capabilities;
use super::recording::recorder::Tape;
use super::signals;
use super::tty::Line;
use crate::locale::Message;

/// Attributes reset, alternate screen and a clean one where there is none, cursor hidden, pastes bracketed.
const TAKE: &[u8] = b"\x1b[m\x1b[?1049h\x1b[2J\x1b[?25l\x1b[?2004h";
/// Asks whether frames can be shown at once (DECRQM of mode 2026), and tries on the empty screen what an answer alone
/// cannot be trusted in: four blanks between margins three columns apart (DECSLRM), one more by REP, and where is the
/// cursor (CPR)? The last blank is a no-break space, because tmux repeats only ASCII. [`Tried::of_cursor`] reads the answer.
const TRY: &[u8] = b"\x1b[?2026$p\x1b[?69h\x1b[;3s\x1b[H   \xc2\xa0\x1b[b\x1b[6n\x1b[?69l";
/// The sequences that restore the terminal. Attributes first, so that leaving does not paint; then the margins, with
/// the cursor in the last row for a terminal without an alternate screen; the cursor last.
const GIVE_BACK: &[u8] = b"\x1b[m\x1b[?69l\x1b[r\x1b[999H\x1b[?2004l\x1b[?1049l\x1b[?25h";
/// Presses, drags and the wheel, in SGR's form; moves without a button stay unsaid.
const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1002l\x1b[?1000l";
/// Begins and ends a frame that is shown at once, mode 2026.
pub const SYNCHRONIZED: (&[u8], &[u8]) = (b"\x1b[?2026h", b"\x1b[?2026l");
/// Asks whether the terminal is in order: DSR, ECMA-48 8.3.35. It answers when it has shown what came before.
pub const QUESTION: &[u8] = b"\x1b[5n";
/// Larger than any window; a hostile size must not cost gigabytes.
const LARGEST: Size = Size { width: 2000, height: 1000 };
/// How long a recording may take to be whole when the process ends by force.
const SETTLES: Duration = Duration::from_millis(200);

/// Why the reader cannot be shown.
#[derive(Debug)]
pub enum TerminalError {
    /// Standard output is no terminal, or there is none to read keys from: print plainly.
    NotATerminal,
    /// `TERM` is unset or a terminal without a movable cursor: print plainly.
    Dumb,
    /// The terminal refused.
    Io(io::Error),
}

impl TerminalError {
    /// The sentence for people.
    pub fn message(&self) -> Message {
        match self {
            Self::NotATerminal => Message::new("terminal-none"),
            Self::Dumb => Message::new("terminal-dumb"),
            Self::Io(error) => Message::new("terminal-failed").with("error", error.to_string()),
        }
    }
}

impl From<io::Error> for TerminalError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// What came of stopping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resumed {
    /// The terminal is ours again and its screen empty: draw everything.
    InForeground,
    /// A termination request while stopped or in the background: save, and do not touch the terminal.
    Leaving,
}

/// What of the terminal is ours now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ours {
    /// Not ours: another program has it, or it was restored.
    Nothing,
    /// The line's modes, and no longer the screen.
    Line,
    /// The screen too.
    All,
}

/// The terminal as it was, while it is ours.
struct Taken {
    line: Line,
    mouse: bool,
    ours: Ours,
    owner: ThreadId,
    tape: Option<Tape>,
    /// Whether the line's modes are all that is taken.
    only_line: bool,
}

impl Taken {
    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        self.record(bytes);
        self.line.write(bytes)
    }

    fn record(&self, bytes: &[u8]) {
        if let Some(tape) = &self.tape {
            tape.output(bytes);
        }
    }
}

/// One process has one terminal: the guard, the panic hook and the signal thread all give this one back.
static TAKEN: Mutex<Option<Taken>> = Mutex::new(None);

/// The terminal is ours while this lives.
#[derive(Debug)]
pub struct TerminalGuard {
    writer: FrameWriter,
    tries: bool,
}

/// What came of trying: where the cursor was afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tried {
    /// Columns between margins scroll.
    pub scrolls_columns: bool,
    /// The character before is repeated.
    pub repeats: bool,
}

impl Tried {
    /// The probe result for a cursor at this row and column, from 1; `None` at a position that no terminal would
    /// report.
    pub fn of_cursor(row: u16, column: u16) -> Option<Self> {
        match (row, column) {
            (1, 5) => Some(Self { scrolls_columns: false, repeats: false }),
            (1, 6) => Some(Self { scrolls_columns: false, repeats: true }),
            (2, 2) => Some(Self { scrolls_columns: true, repeats: false }),
            (2, 3) => Some(Self { scrolls_columns: true, repeats: true }),
            _ => None,
        }
    }
}

impl TerminalGuard {
    /// Takes the terminal, and probes its capabilities where `TERM` makes that worthwhile. All output is also recorded
    /// on the tape.
    pub fn enter(mouse: bool, tape: Option<Tape>) -> Result<Self, TerminalError> {
        check()?;
        let line = Line::open()?;
        let writer = FrameWriter::new(line.output()?, tape.clone());
        super::panic_hook::install_hook();
        let owner = std::thread::current().id();
        let tries = cfg!(unix) && Capabilities::is_worth_asking(&std::env::var("TERM").unwrap_or_default());
        let taken_now = Taken { line, mouse, ours: Ours::Nothing, owner, tape, only_line: false };
        let entered = take(taken().insert(taken_now), if tries { TRY } else { b"" });
        // From here on dropping restores all changes, also after only some of them.
        let guard = Self { writer, tries };
        entered?;
        Ok(guard)
    }

    /// How many bytes it took to take the terminal.
    pub fn bytes_taken(&self) -> u64 {
        (TAKE.len() + if self.tries { TRY.len() } else { 0 }) as u64
    }

    /// Whether the terminal can be expected to answer at all: DSR is the VT100's.
    pub fn answers(&self) -> bool {
        cfg!(unix) && Capabilities::of_term(&std::env::var("TERM").unwrap_or_default()).scrolls
    }

    /// Whether the terminal was asked for something, so that an answer may come.
    pub fn tries(&self) -> bool {
        self.tries
    }

    /// Where frames are written; clones write the same frame.
    pub fn writer(&self) -> FrameWriter {
        self.writer.clone()
    }

    /// A screen for ratatui over the whole terminal.
    pub fn screen(&self) -> io::Result<Screen> {
        let options = TerminalOptions { viewport: Viewport::Fullscreen };
        let term = std::env::var("TERM").unwrap_or_default();
        Screen::with_options(backend(self.writer(), size(), &term), options)
    }

    /// Mouse capture on or off.
    pub fn set_mouse(&mut self, on: bool) -> io::Result<()> {
        let mut guard = taken();
        let Some(taken) = guard.as_mut().filter(|taken| taken.mouse != on) else { return Ok(()) };
        taken.mouse = on;
        if taken.ours == Ours::All { taken.write(if on { MOUSE_ON } else { MOUSE_OFF }) } else { Ok(()) }
    }

    /// Restores the screen and keeps the line in raw mode: outstanding replies must not reach the next reader of the
    /// terminal.
    pub fn leave_screen(&mut self) {
        self.writer.forget();
        if let Some(taken) = taken().as_mut().filter(|taken| taken.ours == Ours::All && taken.line.in_foreground()) {
            leave_screen(taken);
        }
    }

    /// Discards unread replies of the terminal.
    pub fn drop_input(&self) {
        if let Some(taken) = taken().as_ref() {
            taken.line.drop_input();
        }
    }

    /// Gives the terminal back, stops the process until it is continued in the foreground, and takes the terminal again.
    pub fn suspend(&mut self) -> io::Result<Resumed> {
        give_back();
        loop {
            signals::stop();
            if signals::told_to_leave_in_background(in_foreground) {
                return Ok(Resumed::Leaving);
            }
            if in_foreground() {
                self.reenter()?;
                return Ok(Resumed::InForeground);
            }
        }
    }

    /// Takes the terminal again after the process was stopped by force; a shell may have changed its modes. Draw
    /// everything anew.
    pub fn reenter(&mut self) -> io::Result<()> {
        self.writer.forget();
        match taken().as_mut() {
            Some(taken) => take(taken, b""),
            None => Ok(()),
        }
    }

    /// Restores the terminal while another program runs. Pause the input first, and redraw everything after; after a
    /// termination request the terminal is not touched again.
    pub fn lend<T>(&mut self, run: impl FnOnce() -> T) -> io::Result<T> {
        give_back();
        signals::set_lent(true);
        let result = run();
        signals::set_lent(false);
        if signals::told_to_leave().is_none() {
            self.reenter()?;
        }
        Ok(result)
    }
}

impl Drop for TerminalGuard {
    fn drop(&mut self) {
        self.writer.forget();
        give_back();
        super::panic_hook::print_kept();
    }
}

/// The line in raw mode with the screen unchanged, for queries; restored like the whole terminal, also after a panic or
/// a second termination request.
#[cfg(unix)]
#[derive(Debug)]
pub struct RawLine(());

#[cfg(unix)]
impl RawLine {
    /// Takes the line; `None` where there is no terminal that could answer, or it listens to another.
    pub fn enter() -> Result<Option<Self>, TerminalError> {
        check()?;
        let line = Line::open()?;
        if !line.in_foreground() {
            return Ok(None);
        }
        super::panic_hook::install_hook();
        let owner = std::thread::current().id();
        let taken = Taken { line, mouse: false, ours: Ours::Nothing, owner, tape: None, only_line: true };
        let entered = take(self::taken().insert(taken), b"");
        let line = Self(());
        entered?;
        Ok(Some(line))
    }

    /// Writes to the terminal.
    pub fn write(&self, bytes: &[u8]) -> io::Result<()> {
        taken().as_ref().map_or(Ok(()), |taken| taken.line.write(bytes))
    }

    /// Restores the line. Erases what a terminal prints of queries that it does not understand, and discards unread
    /// replies unless all were read.
    pub fn end(self, heard_all: bool) {
        if let Some(taken) = taken().as_ref() {
            let _ = taken.line.write_at_last(b"\r\x1b[K"); // the line may be cut
            if !heard_all {
                taken.line.drop_input();
            }
        }
    }
}

#[cfg(unix)]
impl Drop for RawLine {
    fn drop(&mut self) {
        give_back();
        super::panic_hook::print_kept();
    }
}

/// Gives the terminal back at once, from any thread, if it is ours; the guard's drop does nothing then.
pub fn restore_now() {
    let guard = match TAKEN.try_lock() {
        Ok(guard) => guard,
        Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
        // Somebody is at it already.
        Err(TryLockError::WouldBlock) => return,
    };
    let tape = guard.as_ref().filter(|taken| taken.ours != Ours::Nothing).and_then(|taken| taken.tape.clone());
    give_back_locked(guard);
    if let Some(tape) = tape {
        tape.settle(SETTLES);
    }
}

/// The size in cells, at least 1 by 1: the terminal's, else `COLUMNS` and `LINES`, else 80 by 24.
pub fn size() -> Size {
    size_or(super::tty::size(), |name| std::env::var(name).ok())
}

/// Whether a person sits behind an ssh line, by the environment.
pub fn over_ssh(environment: impl Fn(&str) -> Option<String>) -> bool {
    ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"].into_iter().any(|name| environment(name).is_some_and(|v| !v.is_empty()))
}

fn size_or(told: Option<Size>, environment: impl Fn(&str) -> Option<String>) -> Size {
    let told = told.unwrap_or_default();
    let or = |cells: u16, name: &str, default: u16| match cells {
        0 => environment(name).and_then(|text| text.parse().ok()).filter(|&cells| cells > 0).unwrap_or(default),
        _ => cells,
    };
    Size {
        width: or(told.width, "COLUMNS", 80).min(LARGEST.width),
        height: or(told.height, "LINES", 24).min(LARGEST.height),
    }
}

/// Whether the reader can be shown here.
pub fn check() -> Result<(), TerminalError> {
    if !super::tty::is_terminal() {
        return Err(TerminalError::NotATerminal);
    }
    if is_dumb() { Err(TerminalError::Dumb) } else { Ok(()) }
}

/// Whether the terminal understands no escape sequences, by the environment.
pub fn is_dumb() -> bool {
    match std::env::var("TERM").ok().as_deref() {
        None | Some("") => cfg!(unix),
        Some(term) => matches!(term, "dumb" | "unknown"),
    }
}

fn taken() -> MutexGuard<'static, Option<Taken>> {
    TAKEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the terminal; `more` comes in the same write.
fn take(taken: &mut Taken, more: &[u8]) -> io::Result<()> {
    // Modes first: in the background this stops the process before anything is written.
    taken.ours = if taken.only_line { Ours::Line } else { Ours::All };
    taken.line.raw()?;
    if taken.only_line {
        return Ok(());
    }
    let mouse: &[u8] = if taken.mouse { MOUSE_ON } else { b"" };
    taken.write(&[TAKE, mouse, more].concat())
}

fn give_back() {
    give_back_locked(taken());
}

fn give_back_locked(mut guard: MutexGuard<'_, Option<Taken>>) {
    let Some(taken) = guard.as_mut().filter(|taken| taken.ours != Ours::Nothing) else { return };
    if taken.line.in_foreground() {
        if taken.ours == Ours::All {
            leave_screen(taken);
        }
        let _ = taken.line.restore(); // the line may be cut
    }
    taken.ours = Ours::Nothing;
}

fn leave_screen(taken: &mut Taken) {
    taken.ours = Ours::Line;
    let mut bytes = GIVE_BACK.to_vec();
    if taken.mouse {
        bytes.splice(0..0, MOUSE_OFF.iter().copied());
    }
    taken.record(&bytes);
    // The line may be cut or stuck; then nothing can be reported.
    let _ = taken.line.write_at_last(&bytes);
}

fn in_foreground() -> bool {
    taken().as_ref().is_none_or(|taken| taken.line.in_foreground())
}

/// Whether this thread owns the terminal; `None` without an owner.
pub(super) fn owns_terminal(thread: ThreadId) -> Option<bool> {
    let guard = match TAKEN.try_lock() {
        Ok(guard) => guard,
        Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
        Err(TryLockError::WouldBlock) => return None,
    };
    guard.as_ref().filter(|taken| taken.ours != Ours::Nothing).map(|taken| taken.owner == thread)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_of_nothing_is_filled_from_the_environment_or_is_80_by_24() {
        let environment = |name: &str| (name == "COLUMNS").then(|| "132".to_owned());
        let told = |width, height| Some(Size { width, height });
        assert_eq!(size_or(told(100, 30), environment), Size { width: 100, height: 30 });
        assert_eq!(size_or(told(0, 0), environment), Size { width: 132, height: 24 });
        assert_eq!(size_or(None, |_| None), Size { width: 80, height: 24 });
        assert_eq!(size_or(None, |_| Some("many".to_owned())), Size { width: 80, height: 24 });
        assert_eq!(size_or(told(u16::MAX, u16::MAX), |_| None), LARGEST);
    }

    #[test]
    fn ssh_is_known_by_its_variables() {
        assert!(over_ssh(|name| (name == "SSH_CONNECTION").then(|| "10.0.0.1 5 10.0.0.2 22".to_owned())));
        assert!(!over_ssh(|_| None));
    }

    #[test]
    fn what_is_switched_on_is_switched_off() {
        let modes = |bytes: &[u8], last: char| {
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            let mut modes: Vec<String> = text
                .split('\x1b')
                .filter_map(|one| one.strip_prefix("[?")?.strip_suffix(last).map(str::to_owned))
                .collect();
            modes.sort();
            modes
        };
        assert_eq!(modes(MOUSE_ON, 'h'), modes(MOUSE_OFF, 'l'));
        assert_eq!([modes(TAKE, 'h'), modes(GIVE_BACK, 'h')].concat(), ["1049", "2004", "25"]);
        // 69 is the encoder's.
        assert_eq!([modes(GIVE_BACK, 'l'), modes(TAKE, 'l')].concat(), ["1049", "2004", "69", "25"]);
    }
}
