//! Numbers of requests: a newer request makes older ones stale. The receiver of a reply compares its number with the
//! newest; cancelling only saves time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The number of one question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Generation(pub u64);

impl Generation {
    /// The number of the next question.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// The newest question asked, shared between who asks and who answers.
#[derive(Clone, Debug, Default)]
pub struct Latest(Arc<AtomicU64>);

impl Latest {
    /// Makes every question before this one stale.
    pub fn set(&self, generation: Generation) {
        self.0.store(generation.0, Ordering::Relaxed);
    }

    /// The token of one question.
    pub fn cancel(&self, mine: Generation) -> Cancel {
        Cancel { latest: self.clone(), mine }
    }
}

/// Lets a search check whether a newer request exists.
#[derive(Clone, Debug)]
pub struct Cancel {
    latest: Latest,
    mine: Generation,
}

impl Cancel {
    /// Whether a newer question was asked.
    pub fn is_stale(&self) -> bool {
        self.latest.0.load(Ordering::Relaxed) != self.mine.0
    }

    /// A token that never goes stale.
    pub fn never() -> Self {
        Latest::default().cancel(Generation::default())
    }
}
