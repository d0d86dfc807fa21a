//! The state of the terminal while the process has changed it: what was changed, the line's former modes, and the one place
//! that restores both. The guard, the panic hook and the signal thread share it.

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread::ThreadId;
use std::time::Duration;

use super::recording::recorder::Tape;
use super::tty::TtyLine;

/// Attributes reset, alternate screen and a clean one where there is none, cursor hidden, pastes bracketed.
pub(super) const TAKE: &[u8] = b"\x1b[m\x1b[?1049h\x1b[2J\x1b[?25l\x1b[?2004h";

/// The sequences that restore the terminal. Attributes first, so that leaving does not paint; then the margins, with
/// the cursor in the last row for a terminal without an alternate screen; the cursor last.
const GIVE_BACK: &[u8] = b"\x1b[m\x1b[?69l\x1b[r\x1b[999H\x1b[?2004l\x1b[?1049l\x1b[?25h";

/// Presses, drags and the wheel, in SGR's form; moves without a button stay unsaid.
pub(super) const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";

pub(super) const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// How long a recording may take to be whole when the process ends by force.
const SETTLES: Duration = Duration::from_millis(200);

/// What of the terminal is ours now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ours {
    /// Not ours: another program has it, or it was restored.
    Nothing,
    /// The line's modes, and no longer the screen.
    Line,
    /// The screen too.
    All,
}

/// The terminal as it was, while it is ours.
pub(super) struct Taken {
    pub(super) line: TtyLine,
    pub(super) mouse: bool,
    pub(super) ours: Ours,
    pub(super) owner: ThreadId,
    pub(super) tape: Option<Tape>,
    /// Whether the line's modes are all that is taken.
    pub(super) only_line: bool,
}

impl Taken {
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

/// One process has one terminal: the guard, the panic hook and the signal thread all give this one back.
static TAKEN: Mutex<Option<Taken>> = Mutex::new(None);

/// Gives the terminal back at once, from any thread, if it is ours; the guard's drop does nothing then.
pub(super) fn restore_now() {
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

pub(super) fn taken() -> MutexGuard<'static, Option<Taken>> {
    TAKEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the terminal; `more` comes in the same write.
pub(super) fn take(taken: &mut Taken, more: &[u8]) -> io::Result<()> {
    // Modes first: in the background this stops the process before anything is written.
    taken.ours = if taken.only_line { Ours::Line } else { Ours::All };
    taken.line.raw()?;
    if taken.only_line {
        return Ok(());
    }
    let mouse: &[u8] = if taken.mouse { MOUSE_ON } else { b"" };
    taken.write(&[TAKE, mouse, more].concat())
}

pub(super) fn give_back() {
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

pub(super) fn leave_screen(taken: &mut Taken) {
    taken.ours = Ours::Line;
    let mut bytes = GIVE_BACK.to_vec();
    if taken.mouse {
        bytes.splice(0..0, MOUSE_OFF.iter().copied());
    }
    taken.record(&bytes);
    // The line may be cut or stuck; then nothing can be reported.
    let _ = taken.line.write_at_last(&bytes);
}

pub(super) fn in_foreground() -> bool {
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
