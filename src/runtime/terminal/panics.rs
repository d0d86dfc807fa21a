//! Panics while the terminal is ours: it is given back first, then the message is printed. A panic of a worker thread does
//! not take the screen away from the reader; its message is kept and printed when the terminal is given back.

use std::io::Write;
use std::panic::PanicHookInfo;
use std::sync::{Mutex, Once, PoisonError};

/// One worker may fail on every file of an archive.
const MOST_KEPT: usize = 10;

static KEPT: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Puts our hook before the one that is there; once.
pub(super) fn install_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if super::owns_terminal(std::thread::current().id()) == Some(false) {
                keep(panic);
            } else {
                super::restore_now();
                previous(panic);
            }
        }));
    });
}

fn keep(panic: &PanicHookInfo<'_>) {
    let thread = std::thread::current();
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() < MOST_KEPT {
        kept.push(format!("thread '{}' {panic}", thread.name().unwrap_or("?")));
    }
}

/// Prints what was kept on standard error.
pub(super) fn print_kept() {
    for message in std::mem::take(&mut *KEPT.lock().unwrap_or_else(PoisonError::into_inner)) {
        // Nobody is left to tell when standard error is gone.
        let _ = writeln!(std::io::stderr(), "{message}");
    }
}
