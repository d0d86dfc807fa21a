//! The state of the terminal while the process has changed it: what was changed, the line's former modes, and the one place
//! that restores both. The guard, the panic hook and the signal thread share it.

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread::ThreadId;
use std::time::Duration;

use super::recording::recorder::Tape;
use super::tty::TtyLine;

/// Resets attributes, enters the alternate screen and clears it (for terminals without one), hides the cursor, and
/// enables bracketed paste.
pub(super) const ENTER: &[u8] = b"\x1b[m\x1b[?1049h\x1b[2J\x1b[?25l\x1b[?2004h";

/// The sequences that restore the terminal. Attributes first, so that leaving does not paint; then the margins, with
/// the cursor in the last row for a terminal without an alternate screen; the cursor last.
const RESTORE: &[u8] = b"\x1b[m\x1b[?69l\x1b[r\x1b[999H\x1b[?2004l\x1b[?1049l\x1b[?25h";

/// Reports presses, drags and the wheel in SGR form; movements without a button are not reported.
pub(super) const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";

pub(super) const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// How long a forced end of the process waits until the recording is written.
const SETTLES: Duration = Duration::from_millis(200);

/// Which part of the terminal's state the process owns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ownership {
    /// None: another program has the terminal, or it was restored.
    Nothing,
    /// The modes of the line, no longer the screen.
    Line,
    /// The modes and the screen.
    All,
}

/// The data needed to restore the terminal.
pub(super) struct TerminalState {
    pub(super) line: TtyLine,
    pub(super) mouse: bool,
    pub(super) ownership: Ownership,
    pub(super) owner: ThreadId,
    pub(super) tape: Option<Tape>,
    /// Whether only the modes of the line were changed.
    pub(super) only_line: bool,
}

impl TerminalState {
    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<()> {
        self.record(bytes);
        self.line.write(bytes)
    }

    fn record(&self, bytes: &[u8]) {
        if let Some(tape) = &self.tape {
            tape.output(bytes);
        }
    }
}

/// The state is global, because a process has one terminal: the guard, the panic hook and the signal thread restore the
/// same one.
static TERMINAL: Mutex<Option<TerminalState>> = Mutex::new(None);

/// Restores the terminal at once, from any thread, if the process owns it; dropping the guard then has no effect.
pub(super) fn restore_now() {
    let guard = match TERMINAL.try_lock() {
        Ok(guard) => guard,
        Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
        // Another thread is restoring it.
        Err(TryLockError::WouldBlock) => return,
    };
    let tape = guard
        .as_ref()
        .filter(|terminal_state| terminal_state.ownership != Ownership::Nothing)
        .and_then(|terminal_state| terminal_state.tape.clone());
    restore_locked(guard);
    if let Some(tape) = tape {
        tape.settle(SETTLES);
    }
}

pub(super) fn terminal_state() -> MutexGuard<'static, Option<TerminalState>> {
    TERMINAL.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the terminal; `more` is sent with the same write.
pub(super) fn take(terminal_state: &mut TerminalState, more: &[u8]) -> io::Result<()> {
    // Modes first: in the background this stops the process before anything is written.
    terminal_state.ownership = if terminal_state.only_line { Ownership::Line } else { Ownership::All };
    terminal_state.line.raw()?;
    if terminal_state.only_line {
        return Ok(());
    }
    let mouse: &[u8] = if terminal_state.mouse { MOUSE_ON } else { b"" };
    terminal_state.write(&[ENTER, mouse, more].concat())
}

pub(super) fn restore() {
    restore_locked(terminal_state());
}

fn restore_locked(mut guard: MutexGuard<'_, Option<TerminalState>>) {
    let Some(terminal_state) = guard.as_mut().filter(|terminal_state| terminal_state.ownership != Ownership::Nothing)
    else {
        return;
    };
    if terminal_state.line.in_foreground() {
        if terminal_state.ownership == Ownership::All {
            leave_screen(terminal_state);
        }
        let _ = terminal_state.line.restore(); // the line may be cut
    }
    terminal_state.ownership = Ownership::Nothing;
}

pub(super) fn leave_screen(terminal_state: &mut TerminalState) {
    terminal_state.ownership = Ownership::Line;
    let mut bytes = RESTORE.to_vec();
    if terminal_state.mouse {
        bytes.splice(0..0, MOUSE_OFF.iter().copied());
    }
    terminal_state.record(&bytes);
    // The line may be cut or stuck; then nothing can be reported.
    let _ = terminal_state.line.write_at_last(&bytes);
}

pub(super) fn in_foreground() -> bool {
    terminal_state().as_ref().is_none_or(|terminal_state| terminal_state.line.in_foreground())
}

/// Whether this thread owns the terminal; `None` without an owner.
pub(super) fn owns_terminal(thread: ThreadId) -> Option<bool> {
    let guard = match TERMINAL.try_lock() {
        Ok(guard) => guard,
        Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
        Err(TryLockError::WouldBlock) => return None,
    };
    guard
        .as_ref()
        .filter(|terminal_state| terminal_state.ownership != Ownership::Nothing)
        .map(|terminal_state| terminal_state.owner == thread)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!([modes(ENTER, 'h'), modes(RESTORE, 'h')].concat(), ["1049", "2004", "25"]);
        // 69 is the encoder's.
        assert_eq!([modes(RESTORE, 'l'), modes(ENTER, 'l')].concat(), ["1049", "2004", "69", "25"]);
    }
}
