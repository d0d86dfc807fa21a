//! Flags that the signal thread sets and others read: the termination request, and whether another program has the
//! terminal.

use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};

/// The first termination signal; 0 before.
pub(super) static LEAVING: AtomicI32 = AtomicI32::new(0);

/// Another program has the terminal.
pub(super) static LENT: AtomicBool = AtomicBool::new(false);

/// Says that another program has the terminal: what its keys signal to the whole job (Ctrl-C, Ctrl-Z) is meant for it.
pub(crate) fn set_lent(lent: bool) {
    LENT.store(lent, Ordering::SeqCst);
}

/// The signal that requested termination, if any.
pub fn told_to_leave() -> Option<i32> {
    Some(LEAVING.load(Ordering::SeqCst)).filter(|signal| *signal != 0)
}
