//! Schedules frames: when a frame may be sent to the terminal, and which of its regions may wait for a later one. While keys
//! arrive, the region a person looks at has priority: the scrolling line, the letters of a query; the surroundings follow
//! when keys pause. While the line is busy frames wait, and then the newest is drawn.
//!
//! Pure: times are values since the start. The application determines priorities, [`LineEstimator`] estimates the speed of the line,
//! and the encoder writes frames.

use std::time::Duration;

use ratatui::layout::Rect;

use crate::app::{RedrawPriority, Region};
use crate::command::KeyChord;
use crate::terminal::flow_control::LineEstimator;
use crate::terminal::guard::FramePolicy;

/// Time without a key after which typing has paused.
const PAUSE: Duration = Duration::from_millis(150);
/// Longest time a low-priority redraw waits for typing to pause.
const LONGEST_LAG: Duration = Duration::from_secs(2);
/// Longest time a held key repeats without a frame on a slow line.
const LONGEST_SKIP: Duration = Duration::from_millis(1500);
/// Maximum pause between letters of a query for which a letter is waited for.
const LONGEST_TYPING_PAUSE: Duration = Duration::from_millis(600);
/// Number of parts in which the result of a query is drawn on a slow line.
const PARTS: u16 = 16;
/// A frame that keeps the line busy for longer is not drawn while a key is held, nor before more urgent regions.
const UNHURRIED: Duration = Duration::from_millis(250);

/// State of keys, frames and the line.
#[derive(Debug, Default)]
pub struct FrameScheduler {
    /// The estimate of the line.
    pub estimator: LineEstimator,
    /// The last key, and its time.
    key: Option<(Option<KeyChord>, Duration)>,
    /// Whether the last key repeats.
    is_held: bool,
    /// Time between the last key and the one before.
    gap: Duration,
    /// Time since which deferred regions wait.
    behind_since: Option<Duration>,
    /// Whether a query was being typed when the last frame was due.
    is_typing: bool,
    /// The panes of the last frame.
    panes: Vec<Rect>,
}

impl FrameScheduler {
    /// A scheduler before the first frame.
    pub fn new(estimator: LineEstimator) -> Self {
        Self { estimator, ..Self::default() }
    }

    /// Records a key, or without a chord a paste or a mouse event.
    pub fn key(&mut self, at: Duration, chord: Option<KeyChord>) {
        let again = |(last, then): (Option<KeyChord>, Duration)| chord.is_some() && last == chord && at < then + PAUSE;
        self.is_held = self.key.is_some_and(again);
        self.gap = self.key.map_or(PAUSE, |(_, then)| at.saturating_sub(then));
        self.key = Some((chord, at));
    }

    /// The policy for a frame that is sent now; `None` if no frame may be sent.
    pub fn policy(&mut self, now: Duration, priority: &RedrawPriority) -> Option<FramePolicy> {
        self.estimator.pass_time(now);
        let panes = rects(&priority.scrolling);
        // If panes have moved, their former surroundings must be redrawn.
        let same_panes = self.panes == panes;
        self.is_typing = !priority.later.is_empty();
        let policy =
            if self.is_typing { Some(self.typing(now, panes, priority)) } else { self.reading(now, panes, same_panes) };
        match &policy {
            Some(policy) => self.panes.clone_from(&policy.panes),
            None => self.behind_since = self.behind_since.or(Some(now)),
        }
        policy
    }

    fn reading(&self, now: Duration, panes: Vec<Rect>, same_panes: bool) -> Option<FramePolicy> {
        if !self.estimator.is_open(now) {
            return None;
        }
        // On a fast line deferral is useful only while a key is held.
        let is_worth_it = self.is_held || self.estimator.rate().is_some();
        let beside_scrolled = same_panes && is_worth_it && self.keys_come(now);
        // A frame that occupies the line for long would be out of date on arrival.
        let may_skip = self.is_held && self.keys_come(now) && !self.waits_longer(now, LONGEST_SKIP);
        let budget = if may_skip { self.estimator.carried_in(UNHURRIED) } else { u64::MAX };
        let deferrals = if may_skip { vec![Vec::new(), vec![FramePolicy::EVERYTHING]] } else { vec![Vec::new()] };
        Some(FramePolicy { panes, deferrals, beside_scrolled, budget, may_skip })
    }

    /// The policy while a query is typed: its letters are drawn first, then its hits, then the text.
    fn typing(&self, now: Duration, panes: Vec<Rect>, priority: &RedrawPriority) -> FramePolicy {
        let later = rects(&priority.later);
        let soon = rects(&priority.soon);
        let both = [soon.clone(), later.clone()].concat();
        let is_typed_on = self.is_typed_on(now);
        let (deferrals, budget) = if !self.estimator.is_open(now) {
            (vec![both], u64::MAX)
        } else if is_typed_on {
            (vec![later, both], self.estimator.unfelt())
        } else if self.estimator.rate().is_some() {
            // In parts from the top, so that a letter typed now waits for at most one of them.
            let of_list = lower_parts(&soon).map(|part| [part, later.clone()].concat());
            let deferrals = [Vec::new()].into_iter().chain(lower_parts(&later)).chain([later.clone()]).chain(of_list);
            (deferrals.chain([both]).collect(), self.estimator.carried_in(UNHURRIED / 2))
        } else {
            (vec![Vec::new(), later, both], u64::MAX)
        };
        FramePolicy { panes, deferrals, budget, may_skip: is_typed_on, ..FramePolicy::default() }
    }

    /// Whether another letter of the query is expected soon, by the rhythm of the previous ones.
    fn is_typed_on(&self, now: Duration) -> bool {
        self.key.is_some_and(|(_, at)| now < at + self.typing_pause())
    }

    fn typing_pause(&self) -> Duration {
        if self.estimator.rate().is_some() { (self.gap * 2).clamp(PAUSE, LONGEST_TYPING_PAUSE) } else { PAUSE }
    }

    /// Records that a frame was drawn, and whether regions of it were deferred.
    pub fn drawn(&mut self, now: Duration, is_behind: bool) {
        self.behind_since = self.behind_since.or(Some(now)).filter(|_| is_behind);
    }

    /// When deferred regions are due if no other event comes before.
    pub fn catches_up_at(&self, now: Duration) -> Option<Duration> {
        let behind_since = self.behind_since?;
        if !self.estimator.is_open(now) {
            return self.estimator.gives_up_at();
        }
        let pause = if self.is_typing { self.typing_pause() } else { PAUSE };
        let pause = self.key.map_or(now, |(_, at)| at + pause);
        Some(if self.is_typing { pause } else { pause.min(behind_since + LONGEST_LAG) })
    }

    fn keys_come(&self, now: Duration) -> bool {
        self.key.is_some_and(|(_, at)| now < at + PAUSE) && !self.waits_longer(now, LONGEST_LAG)
    }

    fn waits_longer(&self, now: Duration, time: Duration) -> bool {
        self.behind_since.is_some_and(|since| now >= since + time)
    }
}

/// Growing lower parts of some rectangles.
fn lower_parts(rects: &[Rect]) -> impl Iterator<Item = Vec<Rect>> {
    (1..PARTS).rev().map(|part| {
        let below = |rect: &Rect| {
            let above = (u32::from(rect.height) * u32::from(part) / u32::from(PARTS)) as u16;
            Rect { y: rect.y + above, height: rect.height - above, ..*rect }
        };
        rects.iter().map(below).collect()
    })
}

fn rects(regions: &[Region]) -> Vec<Rect> {
    regions.iter().map(|region| Rect::new(region.x, region.y, region.width, region.height)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn millis(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    fn reading() -> RedrawPriority {
        RedrawPriority { scrolling: vec![Region { x: 30, y: 2, width: 60, height: 30 }], ..RedrawPriority::default() }
    }

    fn typing() -> RedrawPriority {
        let list = Region { x: 0, y: 2, width: 29, height: 30 };
        RedrawPriority { soon: vec![list], later: reading().scrolling, ..reading() }
    }

    /// A line of 1,200 bytes per second.
    fn slow() -> LineEstimator {
        LineEstimator::expecting(Some(millis(150)), Some(1200))
    }

    #[test]
    fn what_stands_beside_a_line_that_scrolls_follows_when_keys_pause() {
        let mut scheduler = FrameScheduler::default();
        scheduler.policy(millis(0), &reading());
        scheduler.key(millis(900), Some(KeyChord::char('j')));
        assert!(!scheduler.policy(millis(900), &reading()).unwrap().beside_scrolled, "a key alone, on a fast line");
        scheduler.key(millis(1000), Some(KeyChord::char('j')));
        assert!(scheduler.policy(millis(1000), &reading()).unwrap().beside_scrolled);
        scheduler.drawn(millis(1000), true);
        assert_eq!(scheduler.catches_up_at(millis(1000)), Some(millis(1150)));
        assert!(!scheduler.policy(millis(1150), &reading()).unwrap().beside_scrolled);
        scheduler.drawn(millis(1150), false);
        assert_eq!(scheduler.catches_up_at(millis(1150)), None);
    }

    #[test]
    fn nothing_waits_when_the_panes_have_moved() {
        let mut scheduler = FrameScheduler::default();
        scheduler.policy(millis(0), &RedrawPriority::default());
        scheduler.key(millis(1000), Some(KeyChord::char('z')));
        assert!(!scheduler.policy(millis(1000), &reading()).unwrap().beside_scrolled);
    }

    #[test]
    fn a_key_that_is_held_does_not_keep_the_rest_waiting_for_ever() {
        let mut scheduler = FrameScheduler::default();
        scheduler.policy(millis(0), &reading());
        let mut lagging = Vec::new();
        for at in (1000..4000).step_by(100) {
            scheduler.key(millis(at), Some(KeyChord::char('j')));
            let deferrals = scheduler.policy(millis(at), &reading()).unwrap().beside_scrolled;
            scheduler.drawn(millis(at), deferrals);
            lagging.push(deferrals);
        }
        assert_eq!(
            lagging.iter().filter(|deferrals| !**deferrals).count(),
            2,
            "the first time, and once in two seconds"
        );
    }

    #[test]
    fn the_letters_of_a_query_come_before_what_it_finds_and_that_before_the_text() {
        let mut scheduler = FrameScheduler::default();
        scheduler.key(millis(1000), Some(KeyChord::char('t')));
        let (soon, later) = (rects(&typing().soon), rects(&typing().later));
        let both = [soon, later.clone()].concat();
        assert_eq!(scheduler.policy(millis(1000), &typing()).unwrap().deferrals, [later.clone(), both.clone()]);
        scheduler.drawn(millis(1000), true);
        assert_eq!(scheduler.policy(millis(1150), &typing()).unwrap().deferrals, [vec![], later, both]);
    }

    #[test]
    fn on_a_slow_line_what_follows_a_query_comes_in_parts_once_no_letter_is_to_be_expected() {
        let mut scheduler = FrameScheduler::new(slow());
        for at in [1000, 1250, 1500] {
            scheduler.key(millis(at), Some(KeyChord::char('t')));
            assert_eq!(scheduler.policy(millis(at), &typing()).unwrap().deferrals.len(), 2);
            scheduler.drawn(millis(at), true);
        }
        assert_eq!(scheduler.catches_up_at(millis(1500)), Some(millis(2000)), "twice the rhythm");
        let policy = scheduler.policy(millis(2000), &typing()).unwrap();
        assert_eq!((policy.budget, policy.deferrals[0].len()), (150, 0));
        let waiting: Vec<u16> =
            policy.deferrals.iter().map(|areas| areas.iter().map(|area| area.height).sum()).collect();
        assert!(waiting.is_sorted() && waiting.len() > 10, "{waiting:?}");
    }

    #[test]
    fn on_a_busy_line_frames_wait_but_the_letters_of_a_query_do_not() {
        let mut scheduler = FrameScheduler::new(slow());
        scheduler.estimator.sent(millis(1000), 2000, true);
        assert_eq!(scheduler.policy(millis(1000), &reading()), None);
        assert_eq!(scheduler.catches_up_at(millis(1000)), scheduler.estimator.gives_up_at());
        let policy = scheduler.policy(millis(1000), &typing()).unwrap();
        assert_eq!(policy.deferrals.len(), 1);
        assert_eq!(policy.deferrals[0].len(), 2, "list and text wait");
        scheduler.estimator.answered(millis(2800));
        assert!(scheduler.policy(millis(2800), &reading()).is_some());
    }

    #[test]
    fn on_a_slow_line_a_held_key_skips_what_would_be_old_but_not_for_long() {
        let mut scheduler = FrameScheduler::new(slow());
        for at in [1000, 1033] {
            scheduler.key(millis(at), Some(KeyChord::char('j')));
        }
        let policy = scheduler.policy(millis(1033), &reading()).unwrap();
        assert!(policy.may_skip);
        assert_eq!(policy.budget, 300);
        scheduler.drawn(millis(1033), true);
        scheduler.key(millis(2533), Some(KeyChord::char('j')));
        scheduler.key(millis(2566), Some(KeyChord::char('j')));
        assert!(!scheduler.policy(millis(2566), &reading()).unwrap().may_skip);
        scheduler.drawn(millis(2566), false);
        scheduler.key(millis(2600), Some(KeyChord::char('G')));
        assert!(!scheduler.policy(millis(2600), &reading()).unwrap().may_skip, "another key is answered at once");
    }

    #[test]
    fn a_fast_line_knows_no_budget() {
        let mut scheduler = FrameScheduler::default();
        for at in [1000, 1033] {
            scheduler.key(millis(at), Some(KeyChord::char('j')));
        }
        assert_eq!(scheduler.policy(millis(1033), &reading()).unwrap().budget, u64::MAX);
    }
}
