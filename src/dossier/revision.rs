//! The revision of an opened dossier: a counter that invalidates cached orders and counts.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Counts the commits of the indexer, and those of other processes once they were noticed. Copies share the counter.
#[derive(Clone, Debug, Default)]
pub struct Revision {
    number: Arc<AtomicU64>,
    is_followed: Arc<AtomicBool>,
}

impl Revision {
    /// Makes every cached order and count stale.
    pub fn advance(&self) {
        self.number.fetch_add(1, Ordering::Relaxed);
    }

    /// Sets whether an indexer is at work, which notices commits itself.
    pub fn set_followed(&self, is_followed: bool) {
        self.is_followed.store(is_followed, Ordering::Relaxed);
    }

    pub(super) fn is_followed(&self) -> bool {
        self.is_followed.load(Ordering::Relaxed)
    }

    pub(super) fn number(&self) -> u64 {
        self.number.load(Ordering::Relaxed)
    }
}
