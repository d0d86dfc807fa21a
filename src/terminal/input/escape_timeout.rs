//! The wait after a lone ESC before it is reported as the Esc key: twice the longest gap seen between two bytes of one
//! sequence on this line. Too short turns arrow keys into Esc, too long delays Esc; so it starts from the kind of
//! connection (ssh or not), grows at once when a sequence comes in pieces, and shrinks slowly. Has no clock: gaps are
//! passed in.

use std::time::Duration;

use super::Pending;

const LOCAL: Duration = Duration::from_millis(50);
const OVER_SSH: Duration = Duration::from_millis(125);
const LONGEST: Duration = Duration::from_millis(800);
/// A sequence that has begun is given up only when its rest is surely lost.
const SEQUENCE: Duration = Duration::from_secs(2);
/// A paste whose end does not come must not swallow keys for ever.
const PASTE: Duration = Duration::from_secs(10);

/// A time-out that adapts to the line.
#[derive(Clone, Copy, Debug)]
pub struct EscapeTimeout {
    base: Duration,
    wait: Duration,
}

impl EscapeTimeout {
    /// The initial time-out on this machine or over ssh.
    pub fn new(over_ssh: bool) -> Self {
        let base = if over_ssh { OVER_SSH } else { LOCAL };
        Self { base, wait: base }
    }

    /// The wait for incomplete input.
    pub fn wait(&self, pending: Pending) -> Duration {
        match pending {
            Pending::Escape => self.wait,
            Pending::Sequence => SEQUENCE,
            Pending::Paste => PASTE,
        }
    }

    /// Lengthens the time-out: a sequence came in two pieces with this gap.
    pub fn saw_gap(&mut self, gap: Duration) {
        self.wait = self.wait.max(gap.saturating_mul(2)).min(LONGEST);
    }

    /// Shortens the time-out a little: a sequence came in one piece.
    pub fn saw_whole(&mut self) {
        self.wait = (self.wait * 31 / 32).max(self.base);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_seen_makes_the_wait_longer_and_whole_keys_make_it_shorter_again() {
        let mut patience = EscapeTimeout::new(false);
        patience.saw_gap(Duration::from_millis(150));
        assert_eq!(patience.wait(Pending::Escape), Duration::from_millis(300));
        for _ in 0..1000 {
            patience.saw_whole();
        }
        assert_eq!(patience.wait(Pending::Escape), LOCAL);
    }

    #[test]
    fn the_wait_never_makes_the_escape_key_feel_dead() {
        let mut patience = EscapeTimeout::new(true);
        patience.saw_gap(Duration::from_mins(1));
        assert_eq!(patience.wait(Pending::Escape), LONGEST);
    }
}
