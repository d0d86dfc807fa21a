//! Schedules frames: when a frame may be sent to the terminal, and which of its regions may wait for a later one. While keys
//! arrive, the region a person looks at has priority: the scrolling line, the letters of a query; the surroundings follow
//! when keys pause. While the line is busy frames wait, and then the newest is drawn.
//!
//! Pure: times are values since the start. The application determines priorities, [`Pace`] estimates the speed of the line,
//! and the encoder writes frames.

use std::time::Duration;

use ratatui::layout::Rect;

use crate::app::{RedrawPriority, Region};
use crate::command::KeyChord;
use crate::terminal::flow_control::Pace;
use crate::terminal::guard::Manner;

/// Time without a key after which typing has paused.
const PAUSE: Duration = Duration::from_millis(150);
/// Longest time a low-priority redraw waits for typing to pause.
const LONGEST_LAG: Duration = Duration::from_secs(2);
/// Longest time a held key repeats without a frame on a slow line.
const LONGEST_SKIP: Duration = Duration::from_millis(1500);
/// Longer than this no letter is waited for.
const LONGEST_TYPING_PAUSE: Duration = Duration::from_millis(600);
/// Number of parts in which the result of a query is drawn on a slow line.
const PARTS: u16 = 16;
/// A frame that keeps the line busy for longer is not drawn while a key is held, nor before something that is more urgent.
const UNHURRIED: Duration = Duration::from_millis(250);

/// State of keys, frames and the line.
#[derive(Debug, Default)]
pub struct Drawing {
    /// The line.
    pub pace: Pace,
    /// The key that came last, and when.
    key: Option<(Option<KeyChord>, Duration)>,
    /// Whether it came again and again.
    is_held: bool,
    /// How long after the one before.
    gap: Duration,
    /// Since when something waits for a later frame.
    behind_since: Option<Duration>,
    /// Whether a query was being typed when the last frame was due.
    is_typing: bool,
    /// The panes of the last frame.
    panes: Vec<Rect>,
}

impl Drawing {
    /// Nothing was drawn yet.
    pub fn new(pace: Pace) -> Self {
        Self { pace, ..Self::default() }
    }

    /// A key came, or without a chord a paste or the mouse.
    pub fn key(&mut self, at: Duration, chord: Option<KeyChord>) {
        let again = |(last, then): (Option<KeyChord>, Duration)| chord.is_some() && last == chord && at < then + PAUSE;
        self.is_held = self.key.is_some_and(again);
        self.gap = self.key.map_or(PAUSE, |(_, then)| at.saturating_sub(then));
        self.key = Some((chord, at));
    }

    /// How a frame may be drawn now; `None` when none may, and it waits.
    pub fn manner(&mut self, now: Duration, urgency: &RedrawPriority) -> Option<Manner> {
        self.pace.pass_time(now);
        let panes = rects(&urgency.scrolling);
        // If panes have moved, their former surroundings must be redrawn.
        let same_panes = self.panes == panes;
        self.is_typing = !urgency.later.is_empty();
        let manner =
            if self.is_typing { Some(self.typing(now, panes, urgency)) } else { self.reading(now, panes, same_panes) };
        match &manner {
            Some(manner) => self.panes.clone_from(&manner.panes),
            None => self.behind_since = self.behind_since.or(Some(now)),
        }
        manner
    }

    fn reading(&self, now: Duration, panes: Vec<Rect>, same_panes: bool) -> Option<Manner> {
        if !self.pace.is_open(now) {
            return None;
        }
        // On a fast line deferral is useful only while a key is held.
        let is_worth_it = self.is_held || self.pace.rate().is_some();
        let beside_scrolled = same_panes && is_worth_it && self.keys_come(now);
        // What takes the line long would be old when it is there.
        let may_skip = self.is_held && self.keys_come(now) && !self.waits_longer(now, LONGEST_SKIP);
        let budget = if may_skip { self.pace.carried_in(UNHURRIED) } else { u64::MAX };
        let lags = if may_skip { vec![Vec::new(), vec![Manner::EVERYTHING]] } else { vec![Vec::new()] };
        Some(Manner { panes, lags, beside_scrolled, budget, may_skip })
    }

    /// While a query is typed its letters are drawn first, then its hits, then the text.
    fn typing(&self, now: Duration, panes: Vec<Rect>, urgency: &RedrawPriority) -> Manner {
        let later = rects(&urgency.later);
        let soon = rects(&urgency.soon);
        let both = [soon.clone(), later.clone()].concat();
        let is_typed_on = self.is_typed_on(now);
        let (lags, budget) = if !self.pace.is_open(now) {
            (vec![both], u64::MAX)
        } else if is_typed_on {
            (vec![later, both], self.pace.unfelt())
        } else if self.pace.rate().is_some() {
            // In pieces, from the top: a letter that is typed now waits for one of them at most.
            let of_list = lower_parts(&soon).map(|part| [part, later.clone()].concat());
            let lags = [Vec::new()].into_iter().chain(lower_parts(&later)).chain([later.clone()]).chain(of_list);
            (lags.chain([both]).collect(), self.pace.carried_in(UNHURRIED / 2))
        } else {
            (vec![Vec::new(), later, both], u64::MAX)
        };
        Manner { panes, lags, budget, may_skip: is_typed_on, ..Manner::default() }
    }

    /// Whether another letter of the query is expected soon, by the rhythm of the previous ones.
    fn is_typed_on(&self, now: Duration) -> bool {
        self.key.is_some_and(|(_, at)| now < at + self.typing_pause())
    }

    fn typing_pause(&self) -> Duration {
        if self.pace.rate().is_some() { (self.gap * 2).clamp(PAUSE, LONGEST_TYPING_PAUSE) } else { PAUSE }
    }

    /// A frame was drawn; whether something of it waits for a later one.
    pub fn drawn(&mut self, now: Duration, is_behind: bool) {
        self.behind_since = self.behind_since.or(Some(now)).filter(|_| is_behind);
    }

    /// When deferred regions are due if no other event comes before.
    pub fn catches_up_at(&self, now: Duration) -> Option<Duration> {
        let behind_since = self.behind_since?;
        if !self.pace.is_open(now) {
            return self.pace.gives_up_at();
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

/// Ever more of some rectangles' rows, from the last ones on.
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

    /// A line of 1,200 bytes a second.
    fn slow() -> Pace {
        Pace::expecting(Some(millis(150)), Some(1200))
    }

    #[test]
    fn what_stands_beside_a_line_that_scrolls_follows_when_keys_pause() {
        let mut drawing = Drawing::default();
        drawing.manner(millis(0), &reading());
        drawing.key(millis(900), Some(KeyChord::char('j')));
        assert!(!drawing.manner(millis(900), &reading()).unwrap().beside_scrolled, "a key alone, on a fast line");
        drawing.key(millis(1000), Some(KeyChord::char('j')));
        assert!(drawing.manner(millis(1000), &reading()).unwrap().beside_scrolled);
        drawing.drawn(millis(1000), true);
        assert_eq!(drawing.catches_up_at(millis(1000)), Some(millis(1150)));
        assert!(!drawing.manner(millis(1150), &reading()).unwrap().beside_scrolled);
        drawing.drawn(millis(1150), false);
        assert_eq!(drawing.catches_up_at(millis(1150)), None);
    }

    #[test]
    fn nothing_waits_when_the_panes_have_moved() {
        let mut drawing = Drawing::default();
        drawing.manner(millis(0), &RedrawPriority::default());
        drawing.key(millis(1000), Some(KeyChord::char('z')));
        assert!(!drawing.manner(millis(1000), &reading()).unwrap().beside_scrolled);
    }

    #[test]
    fn a_key_that_is_held_does_not_keep_the_rest_waiting_for_ever() {
        let mut drawing = Drawing::default();
        drawing.manner(millis(0), &reading());
        let mut lagging = Vec::new();
        for at in (1000..4000).step_by(100) {
            drawing.key(millis(at), Some(KeyChord::char('j')));
            let lags = drawing.manner(millis(at), &reading()).unwrap().beside_scrolled;
            drawing.drawn(millis(at), lags);
            lagging.push(lags);
        }
        assert_eq!(lagging.iter().filter(|lags| !**lags).count(), 2, "the first time, and once in two seconds");
    }

    #[test]
    fn the_letters_of_a_query_come_before_what_it_finds_and_that_before_the_text() {
        let mut drawing = Drawing::default();
        drawing.key(millis(1000), Some(KeyChord::char('t')));
        let (soon, later) = (rects(&typing().soon), rects(&typing().later));
        let both = [soon, later.clone()].concat();
        assert_eq!(drawing.manner(millis(1000), &typing()).unwrap().lags, [later.clone(), both.clone()]);
        drawing.drawn(millis(1000), true);
        assert_eq!(drawing.manner(millis(1150), &typing()).unwrap().lags, [vec![], later, both]);
    }

    #[test]
    fn on_a_slow_line_what_follows_a_query_comes_in_parts_once_no_letter_is_to_be_expected() {
        let mut drawing = Drawing::new(slow());
        for at in [1000, 1250, 1500] {
            drawing.key(millis(at), Some(KeyChord::char('t')));
            assert_eq!(drawing.manner(millis(at), &typing()).unwrap().lags.len(), 2);
            drawing.drawn(millis(at), true);
        }
        assert_eq!(drawing.catches_up_at(millis(1500)), Some(millis(2000)), "twice the rhythm");
        let manner = drawing.manner(millis(2000), &typing()).unwrap();
        assert_eq!((manner.budget, manner.lags[0].len()), (150, 0));
        let waiting: Vec<u16> = manner.lags.iter().map(|areas| areas.iter().map(|area| area.height).sum()).collect();
        assert!(waiting.is_sorted() && waiting.len() > 10, "{waiting:?}");
    }

    #[test]
    fn on_a_busy_line_frames_wait_but_the_letters_of_a_query_do_not() {
        let mut drawing = Drawing::new(slow());
        drawing.pace.sent(millis(1000), 2000, true);
        assert_eq!(drawing.manner(millis(1000), &reading()), None);
        assert_eq!(drawing.catches_up_at(millis(1000)), drawing.pace.gives_up_at());
        let manner = drawing.manner(millis(1000), &typing()).unwrap();
        assert_eq!(manner.lags.len(), 1);
        assert_eq!(manner.lags[0].len(), 2, "list and text wait");
        drawing.pace.answered(millis(2800));
        assert!(drawing.manner(millis(2800), &reading()).is_some());
    }

    #[test]
    fn on_a_slow_line_a_held_key_skips_what_would_be_old_but_not_for_long() {
        let mut drawing = Drawing::new(slow());
        for at in [1000, 1033] {
            drawing.key(millis(at), Some(KeyChord::char('j')));
        }
        let manner = drawing.manner(millis(1033), &reading()).unwrap();
        assert!(manner.may_skip);
        assert_eq!(manner.budget, 300);
        drawing.drawn(millis(1033), true);
        drawing.key(millis(2533), Some(KeyChord::char('j')));
        drawing.key(millis(2566), Some(KeyChord::char('j')));
        assert!(!drawing.manner(millis(2566), &reading()).unwrap().may_skip);
        drawing.drawn(millis(2566), false);
        drawing.key(millis(2600), Some(KeyChord::char('G')));
        assert!(!drawing.manner(millis(2600), &reading()).unwrap().may_skip, "another key is answered at once");
    }

    #[test]
    fn a_fast_line_knows_no_budget() {
        let mut drawing = Drawing::default();
        for at in [1000, 1033] {
            drawing.key(millis(at), Some(KeyChord::char('j')));
        }
        assert_eq!(drawing.manner(millis(1033), &reading()).unwrap().budget, u64::MAX);
    }
}
