//! The processor's time of this thread, so that what else the machine does is not measured; wall time where the system
//! does not tell.

use std::time::Duration;

/// A moment of this thread's work.
pub(crate) struct Clock(Duration);

impl Clock {
    /// Now.
    pub(crate) fn now() -> Self {
        Self(time())
    }

    /// How long this thread has worked since.
    pub(crate) fn elapsed(&self) -> Duration {
        time().saturating_sub(self.0)
    }
}

#[cfg(unix)]
fn time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

#[cfg(not(unix))]
fn time() -> Duration {
    static START: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    START.elapsed()
}
