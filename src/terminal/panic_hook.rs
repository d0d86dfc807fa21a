//! Panics while the terminal is ours: it is given back first, then the message is printed, and then what the person is at
//! can be saved. A panic of a worker thread does not take the screen away from the reader; its message is kept and printed
//! when the terminal is given back.

use std::any::Any;
use std::io::Write;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::{Mutex, Once, PoisonError};

/// One worker may fail on every file of an archive.
const MOST_KEPT: usize = 10;

static KEPT: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Puts our hook before the one that is there; once.
pub(crate) fn install_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if super::guard::owns_terminal(std::thread::current().id()) == Some(false) {
                keep(panic);
            } else {
                super::guard::restore_now();
                previous(panic);
            }
        }));
    });
}

/// Works on something; when that panics, saves what is to be saved of it and gives the panic back, to go on with. What the
/// panic left may be half done: it is looked at, not worked on, and a panic of that comes after the first.
pub(crate) fn outlive<T>(
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

/// Prints what was kept on standard error.
pub(crate) fn print_kept() {
    for message in std::mem::take(&mut *KEPT.lock().unwrap_or_else(PoisonError::into_inner)) {
        // Nobody is left to tell when standard error is gone.
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
        let panic = outlive(&mut Vec::new(), work, |state| {
            saved = Some(state.clone());
            panic!("the second");
        });
        assert_eq!(saved, Some(vec!["place"]));
        assert_eq!(panic.and_then(|panic| panic.downcast_ref().copied()), Some("the first"));
        assert!(outlive(&mut 0, |_| {}, |_| unreachable!("nothing panicked")).is_none());
    }
}
