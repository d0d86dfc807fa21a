//! Flow control over slow lines: estimates the line's round trip and rate from the terminal's replies, and thus when the
//! next frame may be sent. A slow line buffers frames and shows them late: frames must not queue, or keys seem dead. A
//! frame is followed by a status query (DSR, `CSI 5 n`, ECMA-48 8.3.35), which the terminal answers once it has processed
//! everything before it.
//!
//! Pure: times are values since the start. Neither writes nor waits; frames for a terminal that never replies are not held
//! back.
//!
//! Written here because no crate measures a terminal's line.

use std::collections::VecDeque;
use std::time::Duration;

/// Maximum number of unacknowledged bytes before the line's speed is known.
const UNKNOWN: u64 = 4096;
/// Minimum number of unacknowledged bytes that are allowed: with fewer a slow line would be idle.
const LEAST: u64 = 64;
/// Time after which a terminal that does not reply is no longer waited for.
const PATIENCE: Duration = Duration::from_secs(2);
/// Upper bound of the transmission time that is added to the wait for a reply.
const LONGEST_PATIENCE: Duration = Duration::from_secs(30);
/// Time after which the round trip is measured again.
const OF_LATE: Duration = Duration::from_secs(10);
/// Lower bound of a line's rate, in bytes per second.
const SLOWEST: f64 = 20.0;
/// Replies sooner than this do not reveal the line's bytes per second.
const AT_ONCE: Duration = Duration::from_millis(4);
/// Delay that a person does not notice: a frame may keep the line busy for this long while keys come.
const UNFELT: Duration = Duration::from_millis(80);

/// An outstanding query.
#[derive(Clone, Copy, Debug)]
struct Asked {
    at: Duration,
    /// Number of bytes sent up to and including the query.
    total: u64,
    /// Number of bytes that the terminal had not yet confirmed.
    unshown: u64,
    /// Number of bytes sent without a pause before the query.
    burst: u64,
}

/// The estimated round trip and rate of a line.
#[derive(Clone, Debug, Default)]
pub struct LineEstimator {
    sent: u64,
    shown: u64,
    asked: VecDeque<Asked>,
    /// Number of bytes since the last query.
    unasked: u64,
    /// Number of bytes sent without a pause, and the time of the last of them.
    burst: (u64, Duration),
    /// The shortest recent reply time, with the number of bytes that were outstanding at its query.
    quickest: Option<(u64, Duration)>,
    /// The shortest reply time since a moment. It replaces `quickest`, because a line may become slower.
    newer: (Option<(u64, Duration)>, Duration),
    /// Bytes per second; `None` until known.
    rate: Option<f64>,
    /// Time of the last reply.
    answered: Duration,
    /// Whether round trip and rate are those of an earlier run; the first replies replace them.
    is_guess: bool,
    /// Number of replies that are no longer waited for and may still come.
    overdue: usize,
    /// Whether the terminal does not reply.
    is_mute: bool,
}

impl LineEstimator {
    /// An estimator with the values of an earlier run, if known.
    pub fn expecting(round_trip: Option<Duration>, rate: Option<u64>) -> Self {
        let known = round_trip.zip(rate).filter(|(_, rate)| *rate as f64 >= SLOWEST);
        Self {
            quickest: known.map(|(round_trip, _)| (0, round_trip)),
            rate: known.map(|(_, rate)| rate as f64),
            is_guess: known.is_some(),
            ..Self::default()
        }
    }

    /// An estimator for a terminal that is never queried.
    pub fn mute() -> Self {
        Self { is_mute: true, ..Self::default() }
    }

    /// Records that bytes were sent, and whether a query followed them.
    pub fn sent(&mut self, now: Duration, bytes: u64, asks: bool) {
        self.sent += bytes;
        self.unasked += bytes;
        let before = if now <= self.burst.1 + AT_ONCE * 4 { self.burst.0 } else { 0 };
        self.burst = (before + bytes, now);
        if asks {
            self.unasked = 0;
            let (unshown, burst) = (self.sent - self.shown, self.burst.0);
            self.asked.push_back(Asked { at: now, total: self.sent, unshown, burst });
        }
    }

    /// Whether a frame of this size should be followed by a status query to measure the line.
    pub fn asks(&self, bytes: u64) -> bool {
        let often = if self.rate.is_some() { self.window() / 3 } else { UNKNOWN / 16 };
        !self.is_mute && bytes > 0 && self.unasked + bytes >= often
    }

    /// Records the reply to the oldest query.
    pub fn answered(&mut self, now: Duration) {
        self.is_mute &= self.sent == 0; // or it was never asked
        if self.overdue > 0 {
            self.overdue -= 1;
            self.answered = now;
            return;
        }
        let Some(asked) = self.asked.pop_front() else { return };
        // A reply takes the propagation delay plus the time its bytes queue. As in TCP Vegas and BBR the delay is estimated
        // by the minimum of recent round trips (two windows of `OF_LATE`, so that a route change is noticed), and the
        // excess over it is queueing time: bytes / excess is the rate of the bottleneck. Where there is no excess the line
        // was not saturated and the sample is only a lower bound; the estimate then grows by a quarter, like a slow start.
        // Between two replies of a saturated line their distance gives the rate directly, without the delay (packet
        // pairs); that sample can be too low but not too high, so it enters by maximum or an exponential mean (RFC 6298
        // smooths round trips in the same way).
        let took = now.saturating_sub(asked.at);
        let quickest = self.took((asked.unshown, took), now);
        let queued = took.saturating_sub(quickest.1);
        if took < AT_ONCE {
            self.is_at_least(UNKNOWN);
        } else if queued <= AT_ONCE {
            self.is_at_least(asked.burst.saturating_sub(quickest.0));
            if asked.unshown * 2 >= self.window() {
                // All bytes were carried without delay: allow more.
                self.rate = self.rate.map(|rate| rate * 1.25);
            }
        } else if asked.at < self.answered {
            // At most this many bytes were carried between the two replies; fewer if the line was idle in between.
            let sample = rate_of(asked.total - self.shown, now.saturating_sub(self.answered));
            self.learn(sample, |known, sample| sample.max(known * 0.9 + sample * 0.1));
        } else if asked.burst * 9 >= asked.unshown * 8 {
            // More bytes mean a longer reply time.
            self.learn(rate_of(asked.burst.saturating_sub(quickest.0), queued), f64::midpoint);
        }
        let carried = asked.burst as f64 / took.as_secs_f64().max(0.001);
        self.rate = self.rate.map(|rate| rate.max(carried));
        self.shown = asked.total;
        self.answered = now;
    }

    /// Records a reply time. Returns the shortest recent one.
    fn took(&mut self, answer: (u64, Duration), now: Duration) -> (u64, Duration) {
        let quicker = |known: Option<(u64, Duration)>| known.filter(|known| known.1 <= answer.1).unwrap_or(answer);
        let newer = quicker(self.newer.0);
        let quickest = if now < self.newer.1 + OF_LATE && !(self.is_guess && self.answered.is_zero()) {
            self.newer.0 = Some(newer);
            quicker(self.quickest)
        } else {
            self.newer = (None, now);
            newer
        };
        self.quickest = Some(quickest);
        quickest
    }

    fn learn(&mut self, sample: Option<f64>, join: impl Fn(f64, f64) -> f64) {
        if let Some(sample) = sample {
            if std::mem::take(&mut self.is_guess) {
                self.rate = None;
            }
            self.rate = Some(self.rate.map_or(sample, |known| join(known, sample)).max(SLOWEST));
        }
    }

    /// A reply came too soon to measure the rate: the line is at least this fast.
    fn is_at_least(&mut self, bytes: u64) {
        let sample = bytes as f64 / AT_ONCE.as_secs_f64();
        let is_known = self.rate.is_some() || bytes >= UNKNOWN;
        self.rate = is_known.then(|| self.rate.unwrap_or(0.0).max(sample));
    }

    /// Whether a frame may be sent.
    pub fn is_open(&self, now: Duration) -> bool {
        let is_unknown = self.rate.is_none() && self.answered.is_zero();
        self.is_mute
            || is_unknown && self.on_its_way() < 2 * UNKNOWN
            || self.on_its_way() < self.window()
            || self.gives_up_at().is_some_and(|at| at <= now)
    }

    /// Number of bytes that can be sent while keys come without a delay that a person notices.
    pub fn unfelt(&self) -> u64 {
        if self.is_mute { u64::MAX } else { self.carried_in(UNFELT).saturating_sub(self.on_its_way()) }
    }

    /// Number of bytes the line carries in a time; `u64::MAX` if the line is not known to be slow.
    pub fn carried_in(&self, time: Duration) -> u64 {
        self.rate().map_or(u64::MAX, |rate| whole(rate as f64 * time.as_secs_f64()))
    }

    /// Time until which a reply is waited for; `None` without an outstanding query.
    pub fn gives_up_at(&self) -> Option<Duration> {
        let newest = self.asked.back().filter(|_| !self.is_mute)?;
        if self.answered.is_zero() {
            return Some(newest.at + PATIENCE / 2);
        }
        Some(newest.at + PATIENCE + (self.carries(newest.unshown) * 2).min(LONGEST_PATIENCE))
    }

    /// Time by which the last reply must have come; `None` without an outstanding query.
    pub fn last_reply_due_at(&self) -> Option<Duration> {
        let last = self.asked.back()?;
        let round_trip = self.quickest.map_or(Duration::from_secs(1), |(_, took)| took * 2);
        Some(last.at + round_trip + self.carries(last.unshown) + PATIENCE / 10)
    }

    /// Time has passed: for what keeps one waiting too long, the next frame does not wait. Either an answer was lost, or the
    /// line is slower than it was known to be; a terminal that has never answered is drawn on freely until it does.
    pub fn pass_time(&mut self, now: Duration) {
        if self.gives_up_at().is_none_or(|at| at > now) {
            return;
        }
        if self.answered.is_zero() {
            self.is_mute = true;
        } else {
            let since = self.asked.front().map_or(now, |oldest| oldest.at);
            let at_most = (self.sent - self.shown) as f64 / now.saturating_sub(since).as_secs_f64();
            self.rate = Some(self.rate.map_or(at_most, |rate| rate.min(at_most)).max(SLOWEST));
        }
        let overdue = if self.overdue == 0 { self.asked.len() } else { 0 };
        self.forget();
        self.overdue = overdue;
    }

    /// The shortest reply time less the transmission time of its bytes.
    pub fn round_trip(&self) -> Option<Duration> {
        let (bytes, took) = self.quickest?;
        Some(took.saturating_sub(self.carries(bytes)))
    }

    /// Transmission time of some bytes; zero if the rate is unknown.
    fn carries(&self, bytes: u64) -> Duration {
        self.rate.map_or(Duration::ZERO, |rate| Duration::from_secs_f64(bytes as f64 / rate))
    }

    /// Bytes per second; `None` if unknown, or if the line is too fast to measure.
    pub fn rate(&self) -> Option<u64> {
        self.rate.map(whole).filter(|rate| *rate < UNKNOWN * 250)
    }

    /// Discards outstanding bytes: another program has used the terminal meanwhile.
    pub fn forget(&mut self) {
        self.asked.clear();
        self.overdue = 0;
        self.shown = self.sent;
        self.unasked = 0;
    }

    /// Bytes that the terminal has not confirmed. Includes those after the last query, which are few, or there would be
    /// a query.
    fn on_its_way(&self) -> u64 {
        match self.asked.front() {
            Some(_) => self.sent - self.shown,
            None => 0,
        }
    }

    /// Number of bytes that may be outstanding when another frame is sent: with it, about what the line carries in a
    /// round trip.
    fn window(&self) -> u64 {
        let Some(rate) = self.rate else { return UNKNOWN };
        let round_trip = self.round_trip().unwrap_or(PATIENCE / 8);
        whole(rate * (round_trip.as_secs_f64() * 0.8 + 0.02)) + LEAST
    }
}

#[expect(clippy::cast_sign_loss, reason = "bytes, rates and times are never negative")]
fn whole(bytes: f64) -> u64 {
    bytes as u64
}

/// Bytes per second; `None` if there are too few bytes or too little time to measure.
fn rate_of(bytes: u64, time: Duration) -> Option<f64> {
    (bytes >= LEAST && time > AT_ONCE).then(|| bytes as f64 / time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;

    /// A simulated line with a rate in bytes per second, and the terminal at its end.
    struct Line {
        rate: f64,
        round_trip: Duration,
        /// When all that was sent has gone down the line.
        idle: Duration,
        /// When the answers come.
        answers: VecDeque<Duration>,
    }

    impl Line {
        fn new(rate: u32, round_trip: u64) -> Self {
            let round_trip = Duration::from_millis(round_trip);
            Self { rate: rate.into(), round_trip, idle: Duration::ZERO, answers: VecDeque::new() }
        }

        fn carry(&mut self, now: Duration, bytes: u64, asks: bool) {
            self.idle = self.idle.max(now) + Duration::from_secs_f64(bytes as f64 / self.rate);
            if asks {
                self.answers.push_back(self.idle + self.round_trip);
            }
        }

        /// The delay of bytes sent now.
        fn queue(&self, now: Duration) -> Duration {
            self.idle.saturating_sub(now)
        }
    }

    /// A frame is wanted every 30 ms. How long the queue was at worst, once a second has passed, and how many bytes went.
    fn hold_a_key(line: &mut Line, frame: u64, seconds: u64) -> (Duration, u64, LineEstimator) {
        hold_a_key_at(LineEstimator::default(), line, frame, 0..seconds)
    }

    fn hold_a_key_at(
        mut estimator: LineEstimator,
        line: &mut Line,
        frame: u64,
        seconds: Range<u64>,
    ) -> (Duration, u64, LineEstimator) {
        let begin = Duration::from_secs(seconds.start);
        let mut worst = Duration::ZERO;
        let mut sent = 0;
        line.carry(begin, 80, true);
        estimator.sent(begin, 80, true);
        for now in (seconds.start * 1000..seconds.end * 1000).step_by(30).map(Duration::from_millis) {
            while line.answers.front().is_some_and(|at| *at <= now) {
                let at = line.answers.pop_front().expect("it is there");
                estimator.answered(at);
            }
            estimator.pass_time(now);
            if estimator.is_open(now) {
                let asks = estimator.asks(frame);
                line.carry(now, frame, asks);
                estimator.sent(now, frame, asks);
                sent += frame;
            }
            if now >= begin + Duration::from_secs(8) {
                worst = worst.max(line.queue(now));
            }
        }
        (worst, sent, estimator)
    }

    #[test]
    fn on_a_slow_line_frames_do_not_queue_and_the_line_is_not_idle() {
        for (rate, round_trip) in [(1200, 150), (1200, 20), (14_400, 50), (14_400, 600), (100_000, 200)] {
            for frame in [60, 300, 1000] {
                let mut line = Line::new(rate, round_trip);
                let (worst, sent, _) = hold_a_key(&mut line, frame, 20);
                let one = Duration::from_secs_f64(frame as f64 / f64::from(rate));
                assert!(worst < one + Duration::from_millis(600), "{rate} {round_trip} {frame}: {worst:?}");
                let wanted = (frame * 20 * 33).min(u64::from(rate) * 20);
                assert!(sent * 10 >= wanted * 4, "{rate} {round_trip} {frame}: {sent} of {wanted}");
            }
        }
    }

    #[test]
    fn the_rate_and_the_round_trip_are_learned() {
        let (_, _, estimator) = hold_a_key(&mut Line::new(1200, 150), 300, 20);
        let rate = estimator.rate().expect("it is known");
        assert!((1000..1400).contains(&rate), "{rate}");
        let round_trip = estimator.round_trip().expect("it is known").as_millis();
        assert!((130..180).contains(&round_trip), "{round_trip}");
    }

    #[test]
    fn a_fast_line_is_asked_seldom() {
        let mut estimator = LineEstimator::default();
        estimator.sent(Duration::ZERO, 80, true);
        estimator.answered(Duration::from_millis(1));
        assert!(!estimator.asks(3000));
        assert!(estimator.is_open(Duration::from_millis(2)));
        assert_eq!(estimator.rate(), None);
    }

    #[test]
    fn a_terminal_that_never_answers_is_drawn_on_freely() {
        let mut estimator = LineEstimator::default();
        estimator.sent(Duration::ZERO, 6000, true);
        assert!(estimator.is_open(Duration::from_millis(900)), "nothing is known of it");
        estimator.pass_time(Duration::from_secs(3));
        assert!(estimator.is_open(Duration::from_secs(3)));
        assert!(!estimator.asks(6000));
        estimator.answered(Duration::from_secs(29));
        assert!(estimator.asks(6000), "it answers after all");
    }

    #[test]
    fn an_answer_that_is_lost_holds_frames_up_once_and_no_longer() {
        let mut line = Line::new(14_400, 50);
        let mut estimator = LineEstimator::default();
        let mut waits = Vec::new();
        for (number, now) in (0..2000).map(|tick| Duration::from_millis(tick * 30)).enumerate() {
            while line.answers.front().is_some_and(|at| *at <= now) {
                estimator.answered(line.answers.pop_front().expect("it is there"));
            }
            estimator.pass_time(now);
            if !estimator.is_open(now) {
                waits.push(now);
                continue;
            }
            let asks = estimator.asks(300);
            line.carry(now, 300, asks);
            estimator.sent(now, 300, asks);
            if number == 100 {
                line.answers.clear();
            }
        }
        let late = waits.iter().filter(|now| **now > Duration::from_secs(10)).count();
        assert!(late < 50, "{late} of 1667 frames wait long after {estimator:?}");
    }

    #[test]
    fn a_line_that_was_slow_the_last_time_is_not_slow_for_ever() {
        let estimator = LineEstimator::expecting(Some(Duration::from_millis(20)), Some(1200));
        let (_, sent, estimator) = hold_a_key_at(estimator, &mut Line::new(1_000_000, 600), 300, 0..20);
        assert!(sent > 20 * 33 * 300 * 8 / 10, "{sent} {estimator:?}");
    }

    #[test]
    fn a_line_that_becomes_slower_is_learned_anew() {
        let mut line = Line::new(100_000, 20);
        let (.., estimator) = hold_a_key(&mut line, 300, 20);
        let (worst, ..) = hold_a_key_at(estimator, &mut Line::new(2400, 300), 300, 20..80);
        assert!(worst < Duration::from_secs(2), "{worst:?}");
    }

    #[test]
    fn what_is_remembered_of_a_line_is_not_believed_when_it_cannot_be() {
        assert_eq!(LineEstimator::expecting(Some(Duration::ZERO), Some(0)).rate(), None);
    }

    #[test]
    fn nothing_is_on_its_way_after_another_program_had_the_terminal() {
        let mut estimator = LineEstimator::default();
        estimator.sent(Duration::ZERO, 6000, true);
        estimator.forget();
        assert!(estimator.is_open(Duration::ZERO));
        estimator.answered(Duration::from_secs(1));
        assert_eq!(estimator.round_trip(), None);
    }
}
