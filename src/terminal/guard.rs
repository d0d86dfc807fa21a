//! Takes and restores the terminal. [`TerminalGuard`] sets raw mode, the alternate screen, bracketed paste, hides the cursor
//! and captures the mouse if requested. The terminal is restored when the guard is dropped, when the process panics, stops,
//! lends the terminal to an editor, or receives a second termination request; restoring twice has no effect.
//!
//! Capabilities are queried with the first bytes, and no reply is waited for, which would cost a slow line a round trip.
//! Outstanding replies are consumed before the terminal is restored ([`TerminalGuard::leave_screen`]). A background process
//! does not touch the terminal, because another program owns it.

use std::io;

use ratatui::{TerminalOptions, Viewport};

pub use super::environment::{TerminalError, check, is_dumb, over_ssh, size};
pub use super::output::backend::{FramePolicy, Screen, TtyBackend, backend, hand_over_all};
pub use super::output::frame_writer::{FrameWriter, Traffic};
pub(crate) use super::panic_hook::run_catching_panic;

use super::encoder::Capabilities;
use super::recording::recorder::Tape;
use super::signals;
use super::terminal_state::{
    ENTER, MOUSE_OFF, MOUSE_ON, Ownership, TerminalState, in_foreground, leave_screen, restore, take, terminal_state,
};
use super::tty::TtyLine;

/// Queries synchronized output (DECRQM of mode 2026), and tests on the empty screen what terminals' replies are known
/// to get wrong: writes four blanks between margins three columns apart (DECSLRM), repeats one by REP, and requests the
/// cursor position (CPR). The last blank is a no-break space, because tmux repeats only ASCII.
/// [`ProbeResult::from_cursor`] interprets the position.
const TRY: &[u8] = b"\x1b[?2026$p\x1b[?69h\x1b[;3s\x1b[H   \xc2\xa0\x1b[b\x1b[6n\x1b[?69l";

/// Begin and end a synchronized update (mode 2026), which the terminal shows at once.
pub const SYNCHRONIZED: (&[u8], &[u8]) = (b"\x1b[?2026h", b"\x1b[?2026l");
/// Requests the terminal's status: DSR, ECMA-48 8.3.35. The terminal replies after it has processed all preceding
/// output.
pub const QUESTION: &[u8] = b"\x1b[5n";

/// How a stop of the process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resumed {
    /// The process is in the foreground and the screen is empty: draw everything.
    InForeground,
    /// Termination was requested while the process was stopped or in the background: save, and do not write to the
    /// terminal.
    Leaving,
}

/// Owns the terminal until it is dropped.
#[derive(Debug)]
pub struct TerminalGuard {
    writer: FrameWriter,
    tries: bool,
}

/// What a terminal does, determined from the cursor position after the probe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProbeResult {
    /// Whether columns between margins scroll.
    pub scrolls_columns: bool,
    /// Whether REP repeats the preceding character.
    pub repeats: bool,
}

impl ProbeResult {
    /// The probe result for a cursor at this row and column, from 1; `None` at a position that no terminal would
    /// report.
    pub fn from_cursor(row: u16, column: u16) -> Option<Self> {
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
        let line = TtyLine::open()?;
        let writer = FrameWriter::new(line.output()?, tape.clone());
        super::panic_hook::install_hook();
        let owner = std::thread::current().id();
        let tries = cfg!(unix) && Capabilities::is_worth_asking(&std::env::var("TERM").unwrap_or_default());
        let taken_now = TerminalState { line, mouse, ownership: Ownership::Nothing, owner, tape, only_line: false };
        let entered = take(terminal_state().insert(taken_now), if tries { TRY } else { b"" });
        // From here on dropping restores all changes, also after only some of them.
        let guard = Self { writer, tries };
        entered?;
        Ok(guard)
    }

    /// Number of bytes that were written to set up the terminal.
    pub fn bytes_taken(&self) -> u64 {
        (ENTER.len() + if self.tries { TRY.len() } else { 0 }) as u64
    }

    /// Whether the terminal can be expected to reply: DSR is supported since the VT100.
    pub fn answers(&self) -> bool {
        cfg!(unix) && Capabilities::of_term(&std::env::var("TERM").unwrap_or_default()).scrolls
    }

    /// Whether the terminal was probed, so that a reply may come.
    pub fn tries(&self) -> bool {
        self.tries
    }

    /// Where frames are written; clones write the same frame.
    pub fn writer(&self) -> FrameWriter {
        self.writer.clone()
    }

    /// A ratatui terminal over the whole window.
    pub fn screen(&self) -> io::Result<Screen> {
        let options = TerminalOptions { viewport: Viewport::Fullscreen };
        let term = std::env::var("TERM").unwrap_or_default();
        Screen::with_options(backend(self.writer(), size(), &term), options)
    }

    /// Sets mouse capture.
    pub fn set_mouse(&mut self, on: bool) -> io::Result<()> {
        let mut guard = terminal_state();
        let Some(terminal_state) = guard.as_mut().filter(|terminal_state| terminal_state.mouse != on) else {
            return Ok(());
        };
        terminal_state.mouse = on;
        if terminal_state.ownership == Ownership::All {
            terminal_state.write(if on { MOUSE_ON } else { MOUSE_OFF })
        } else {
            Ok(())
        }
    }

    /// Restores the screen and keeps the line in raw mode: outstanding replies must not reach the next reader of the
    /// terminal.
    pub fn leave_screen(&mut self) {
        self.writer.forget();
        if let Some(terminal_state) = terminal_state()
            .as_mut()
            .filter(|terminal_state| terminal_state.ownership == Ownership::All && terminal_state.line.in_foreground())
        {
            leave_screen(terminal_state);
        }
    }

    /// Discards unread replies of the terminal.
    pub fn drop_input(&self) {
        if let Some(terminal_state) = terminal_state().as_ref() {
            terminal_state.line.drop_input();
        }
    }

    /// Restores the terminal, stops the process until it is continued in the foreground, and takes the terminal again.
    pub fn suspend(&mut self) -> io::Result<Resumed> {
        restore();
        loop {
            signals::stop();
            if signals::termination_requested_in_background(in_foreground) {
                return Ok(Resumed::Leaving);
            }
            if in_foreground() {
                self.reenter()?;
                return Ok(Resumed::InForeground);
            }
        }
    }

    /// Takes the terminal again after the process was stopped by SIGSTOP; a shell may have changed its modes. The
    /// caller redraws everything.
    pub fn reenter(&mut self) -> io::Result<()> {
        self.writer.forget();
        match terminal_state().as_mut() {
            Some(terminal_state) => take(terminal_state, b""),
            None => Ok(()),
        }
    }

    /// Restores the terminal while another program runs. Pause the input first, and redraw everything after; after a
    /// termination request the terminal is not touched again.
    pub fn lend<T>(&mut self, run: impl FnOnce() -> T) -> io::Result<T> {
        restore();
        super::leave_request::set_lent(true);
        let result = run();
        super::leave_request::set_lent(false);
        if signals::termination_requested().is_none() {
            self.reenter()?;
        }
        Ok(result)
    }
}

impl Drop for TerminalGuard {
    fn drop(&mut self) {
        self.writer.forget();
        restore();
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
    /// Sets raw mode; `None` if there is no terminal that could reply, or the process is in the background.
    pub fn enter() -> Result<Option<Self>, TerminalError> {
        check()?;
        let line = TtyLine::open()?;
        if !line.in_foreground() {
            return Ok(None);
        }
        super::panic_hook::install_hook();
        let owner = std::thread::current().id();
        let terminal_state =
            TerminalState { line, mouse: false, ownership: Ownership::Nothing, owner, tape: None, only_line: true };
        let entered = take(self::terminal_state().insert(terminal_state), b"");
        let line = Self(());
        entered?;
        Ok(Some(line))
    }

    /// Writes to the terminal.
    pub fn write(&self, bytes: &[u8]) -> io::Result<()> {
        terminal_state().as_ref().map_or(Ok(()), |terminal_state| terminal_state.line.write(bytes))
    }

    /// Restores the line. Erases what a terminal prints of queries that it does not understand, and discards unread
    /// replies unless all were read.
    pub fn end(self, heard_all: bool) {
        if let Some(terminal_state) = terminal_state().as_ref() {
            let _ = terminal_state.line.write_at_last(b"\r\x1b[K"); // the line may be cut
            if !heard_all {
                terminal_state.line.drop_input();
            }
        }
    }
}

#[cfg(unix)]
impl Drop for RawLine {
    fn drop(&mut self) {
        restore();
        super::panic_hook::print_kept();
    }
}
