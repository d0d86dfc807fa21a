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
pub use super::output::backend::{Manner, Screen, TtyBackend, backend, hand_over_all};
pub use super::output::frame_writer::{FrameWriter, Traffic};
pub(crate) use super::panic_hook::outlive;

use super::encoder::Capabilities;
use super::recording::recorder::Tape;
use super::signals;
use super::taken::{MOUSE_OFF, MOUSE_ON, Ours, TAKE, Taken, give_back, in_foreground, leave_screen, take, taken};
use super::tty::TtyLine;

/// Asks whether frames can be shown at once (DECRQM of mode 2026), and tries on the empty screen what an answer alone
/// cannot be trusted in: four blanks between margins three columns apart (DECSLRM), one more by REP, and where is the
/// cursor (CPR)? The last blank is a no-break space, because tmux repeats only ASCII. [`Tried::of_cursor`] reads the answer.
const TRY: &[u8] = b"\x1b[?2026$p\x1b[?69h\x1b[;3s\x1b[H   \xc2\xa0\x1b[b\x1b[6n\x1b[?69l";

/// Begins and ends a frame that is shown at once, mode 2026.
pub const SYNCHRONIZED: (&[u8], &[u8]) = (b"\x1b[?2026h", b"\x1b[?2026l");
/// Asks whether the terminal is in order: DSR, ECMA-48 8.3.35. It answers when it has shown what came before.
pub const QUESTION: &[u8] = b"\x1b[5n";

/// What came of stopping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resumed {
    /// The terminal is ours again and its screen empty: draw everything.
    InForeground,
    /// A termination request while stopped or in the background: save, and do not touch the terminal.
    Leaving,
}

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
        let line = TtyLine::open()?;
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
        super::leave_request::set_lent(true);
        let result = run();
        super::leave_request::set_lent(false);
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
        let line = TtyLine::open()?;
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
