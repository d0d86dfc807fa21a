//! Panics while the terminal is in use: restores it first, prints the message, and then lets the session be saved. A
//! panic of a worker thread leaves the screen to the reader; its message is kept and printed when the terminal is
//! restored.

use std::any::Any;
use std::io::Write;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::{Mutex, Once, PoisonError};

/// Maximum number of kept messages: a worker may fail on every file of an archive.
const MOST_KEPT: usize = 10;

static KEPT: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Installs the hook before the present one; later calls do nothing.
pub(crate) fn install_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if super::terminal_state::owns_terminal(std::thread::current().id()) == Some(false) {
                keep(panic);
            } else {
                super::terminal_state::restore_now();
                previous(panic);
            }
        }));
    });
}

/// Runs `work`; if it panics, calls `save` on the state and returns the payload so that the caller can resume
/// unwinding. The state may be inconsistent: `save` must only read it; a panic of `save` is reported after the first
/// one.
pub(crate) fn run_catching_panic<T>(
    state: &mut T,
    work: impl FnOnce(&mut T),
    save: impl FnOnce(&mut T),
) -> Option<Box<dyn Any + Send>> {
    let panic = catch_unwind(AssertUnwindSafe(|| work(state))).err()?;
    let _ = catch_unwind(AssertUnwindSafe(|| save(state)));
    Some(panic)
}

fn keep(panic: &PanicHookInfo<'_>) {
    let thread = std::thread::current();
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() < MOST_KEPT {
        kept.push(format!("thread '{}' {panic}", thread.name().unwrap_or("?")));
    }
}

/// Prints kept messages to standard error.
pub(crate) fn print_kept() {
    for message in std::mem::take(&mut *KEPT.lock().unwrap_or_else(PoisonError::into_inner)) {
        // Without standard error nothing can be reported.
        let _ = writeln!(std::io::stderr(), "{message}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_panic_leaves_is_saved_and_the_panic_goes_on() {
        let mut saved = None;
        let work = |state: &mut Vec<&str>| {
            state.push("place");
            panic!("the first");
        };
        let panic = run_catching_panic(&mut Vec::new(), work, |state| {
            saved = Some(state.clone());
            panic!("the second");
        });
        assert_eq!(saved, Some(vec!["place"]));
        assert_eq!(panic.and_then(|panic| panic.downcast_ref().copied()), Some("the first"));
        assert!(run_catching_panic(&mut 0, |_| {}, |_| unreachable!("nothing panicked")).is_none());
    }
}
