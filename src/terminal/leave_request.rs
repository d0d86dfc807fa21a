//! Flags that the signal thread sets and others read: the termination request, and whether another program has the
//! terminal.

use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};

/// The number of the first termination signal; 0 before.
pub(super) static LEAVING: AtomicI32 = AtomicI32::new(0);

/// Whether another program has the terminal.
pub(super) static LENT: AtomicBool = AtomicBool::new(false);

/// Sets whether another program has the terminal: then signals of its keys to the whole job (Ctrl-C, Ctrl-Z) are meant
/// for it.
pub(crate) fn set_lent(lent: bool) {
    LENT.store(lent, Ordering::SeqCst);
}

/// The signal that requested termination, if any.
pub fn termination_requested() -> Option<i32> {
    Some(LEAVING.load(Ordering::SeqCst)).filter(|signal| *signal != 0)
}
