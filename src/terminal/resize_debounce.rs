//! Debounces window sizes: of several sizes in quick succession only the last is drawn, because each costs a whole
//! screen. A single change is drawn almost at once; while sizes keep coming, the wait is twice the gap between them, so
//! that a drag over a slow line, whose sizes come far apart, still is one frame.

use std::time::{Duration, Instant};

/// Minimum time for which a window must keep its size before it is drawn.
const CALM: Duration = Duration::from_millis(30);
/// Sizes further apart than this are unrelated; also the longest wait for a redraw.
const LONGEST: Duration = Duration::from_millis(400);

/// The sizes that came and are not yet drawn.
#[derive(Debug, Default)]
pub struct Resizing {
    /// Time of the last size.
    last: Option<Instant>,
    /// How long the window must keep its size.
    calm: Duration,
    /// Whether the last size is drawn.
    is_drawn: bool,
}

impl Resizing {
    /// Records a new size.
    pub fn saw(&mut self, now: Instant) {
        let gap = self.last.map(|last| now.saturating_duration_since(last)).filter(|gap| *gap <= LONGEST);
        self.calm = gap.map_or(CALM, |gap| (2 * gap).max(self.calm * 7 / 8).clamp(CALM, LONGEST));
        self.last = Some(now);
        self.is_drawn = false;
    }

    /// Time until the new size may be drawn; `None` if it is drawn.
    pub fn wait(&self, now: Instant) -> Option<Duration> {
        let last = self.last.filter(|_| !self.is_drawn)?;
        Some(self.calm.saturating_sub(now.saturating_duration_since(last)))
    }

    /// Whether the window may still be changing.
    pub fn goes_on(&self, now: Instant) -> bool {
        self.wait(now).is_some_and(|wait| !wait.is_zero())
    }

    /// Records that the screen was drawn. Returns whether its size had changed.
    pub fn drawn(&mut self) -> bool {
        let is_news = self.last.is_some() && !self.is_drawn;
        self.is_drawn = true;
        is_news
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many frames a storm of sizes costs, and how long after the last the right one comes, in milliseconds.
    fn storm(gaps: &[u64]) -> (usize, u64) {
        let start = Instant::now();
        let (mut resizing, mut frames, mut at) = (Resizing::default(), 0, 0);
        for gap in gaps {
            resizing.saw(start + Duration::from_millis(at));
            let waits = resizing.wait(start + Duration::from_millis(at)).map_or(0, |wait| wait.as_millis());
            if u128::from(*gap) >= waits {
                frames += usize::from(resizing.drawn());
            }
            at += gap;
        }
        resizing.saw(start + Duration::from_millis(at));
        let wait = resizing.wait(start + Duration::from_millis(at)).map_or(0, |wait| wait.as_millis() as u64);
        (frames + usize::from(resizing.drawn()), wait)
    }

    #[test]
    fn a_window_that_changes_once_is_drawn_almost_at_once() {
        assert_eq!(storm(&[]), (1, 30));
        assert_eq!(storm(&[2000, 2000]), (3, 30), "three times is no storm");
    }

    #[test]
    fn a_storm_costs_few_frames_however_far_apart_its_sizes_are() {
        for gap in [1, 16, 29, 40, 60, 100, 200, 350] {
            let (frames, wait) = storm(&[gap; 200]);
            assert!(frames <= 2 && wait <= 400, "{gap} ms apart: {frames} frames, {wait} ms");
        }
        let uneven: Vec<u64> = (0..200).map(|number| [20, 90, 45, 120, 33][number % 5]).collect();
        let (frames, _) = storm(&uneven);
        assert!(frames <= 5, "{frames}");
    }

    #[test]
    fn what_is_drawn_is_not_waited_for() {
        let mut resizing = Resizing::default();
        let now = Instant::now();
        assert!(!resizing.drawn() && resizing.wait(now).is_none());
        resizing.saw(now);
        assert!(resizing.goes_on(now) && !resizing.goes_on(now + CALM));
        assert!(resizing.drawn() && resizing.wait(now).is_none() && !resizing.drawn());
    }
}
