//! Plays a recording: with its times, with long pauses shortened, or frame by frame in either direction. Has no clock:
//! passing time is passed in. Each step is bounded, so that keys are handled in between, with any recording.

use std::time::Duration;

use super::asciicast::{Moment, Recording, What};
use crate::terminal::emulator::Player;

/// No pause is longer.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);
/// Bytes that are played at once.
const PIECE: usize = 4 << 10;
/// States that are kept to go back to.
const MOST_KEPT: usize = 32;

/// A position in the recording.
#[derive(Clone, Debug)]
struct State {
    player: Player,
    /// The moment that comes next, and how much of its output has been played.
    next: usize,
    played: usize,
    frames: usize,
    bytes: u64,
    /// What came from the terminal last.
    input: Option<usize>,
}

/// A recording being gone through.
#[derive(Debug)]
pub struct Playback {
    moments: Vec<Moment>,
    /// When each moment is due, on a clock without long pauses.
    due: Vec<Duration>,
    state: State,
    /// The same clock now.
    clock: Duration,
    playing: bool,
    /// Saved states at regular numbers of frames.
    kept: Vec<State>,
    every: usize,
}

impl Playback {
    /// At the start, playing.
    pub fn new(recording: Recording) -> Self {
        let Recording { header, moments, .. } = recording;
        let (mut due, mut clock, mut before) = (Vec::with_capacity(moments.len()), Duration::ZERO, Duration::ZERO);
        for moment in &moments {
            clock += moment.at.saturating_sub(before).min(LONGEST_PAUSE);
            before = moment.at;
            due.push(clock);
        }
        let player = Player::new(header.width, header.height);
        let state = State { player, next: 0, played: 0, frames: 0, bytes: 0, input: None };
        let kept = vec![state.clone()];
        Self { moments, due, state, clock: Duration::ZERO, playing: true, kept, every: 1 }
    }

    /// The screen.
    pub fn player(&self) -> &Player {
        &self.state.player
    }

    /// The frame that is shown, from 1; 0 before the first.
    pub fn frame(&self) -> usize {
        self.state.frames
    }

    /// All frames.
    pub fn frames(&self) -> usize {
        self.moments.iter().filter(|moment| matches!(moment.what, What::Output(_))).count()
    }

    /// Bytes that went to the terminal so far.
    pub fn bytes(&self) -> u64 {
        self.state.bytes
    }

    /// The time of the shown frame in the recording.
    pub fn time(&self) -> Duration {
        self.state.next.checked_sub(1).map_or(Duration::ZERO, |last| self.moments[last].at)
    }

    /// How long the recording is, in its own time.
    pub fn length(&self) -> Duration {
        self.moments.last().map_or(Duration::ZERO, |moment| moment.at)
    }

    /// What came from the terminal last.
    pub fn input(&self) -> Option<&str> {
        match &self.moments[self.state.input?].what {
            What::Input(text) => Some(text),
            _ => None,
        }
    }

    /// Whether time passes in it.
    pub fn is_playing(&self) -> bool {
        self.playing && !self.is_over()
    }

    /// Whether all has been shown.
    pub fn is_over(&self) -> bool {
        self.state.next == self.moments.len()
    }

    /// Pauses or continues; at the end, starts again.
    pub fn toggle(&mut self) {
        if self.is_over() {
            self.go_to(0);
            self.playing = true;
        } else {
            self.playing = !self.playing;
        }
    }

    /// Advances the time. Returns whether more is due than was played.
    pub fn pass(&mut self, elapsed: Duration) -> bool {
        if !self.is_playing() {
            return false;
        }
        self.clock += elapsed;
        if self.is_due() {
            self.play();
        }
        self.is_due()
    }

    /// How long nothing happens; `None` when nothing will.
    pub fn wait(&self) -> Option<Duration> {
        let due = self.due.get(self.state.next).filter(|_| self.playing)?;
        Some(due.saturating_sub(self.clock))
    }

    fn is_due(&self) -> bool {
        self.wait().is_some_and(|wait| wait.is_zero())
    }

    /// Goes to the next frame, and stays there.
    pub fn step(&mut self) {
        self.playing = false;
        let wanted = self.state.frames + 1;
        while self.state.frames < wanted && !self.is_over() {
            self.play();
        }
        self.set_clock();
    }

    /// Goes to the frame before, and stays there.
    pub fn step_back(&mut self) {
        self.playing = false;
        self.go_to(self.state.frames.saturating_sub(1));
    }

    /// Goes to the end.
    pub fn finish(&mut self) {
        while !self.is_over() {
            self.play();
        }
        self.set_clock();
    }

    fn go_to(&mut self, frame: usize) {
        let before = self.kept.iter().rev().find(|state| state.frames <= frame);
        self.state = before.unwrap_or(&self.kept[0]).clone();
        while self.state.frames < frame {
            self.play();
        }
        self.set_clock();
    }

    fn set_clock(&mut self) {
        self.clock = self.state.next.checked_sub(1).map_or(Duration::ZERO, |last| self.due[last]);
    }

    /// Plays the next moment, or a piece of it.
    fn play(&mut self) {
        let Some(moment) = self.moments.get(self.state.next) else { return };
        match &moment.what {
            What::Output(text) => {
                let rest = &text[self.state.played..];
                let piece = &rest[..piece(rest)];
                self.state.player.feed(piece);
                self.state.bytes += piece.len() as u64;
                self.state.played += piece.len();
                if self.state.played < text.len() {
                    return;
                }
                self.state.frames += 1;
            }
            What::Input(_) => self.state.input = Some(self.state.next),
            What::Resized(width, height) => self.state.player.resize(*width, *height),
        }
        (self.state.next, self.state.played) = (self.state.next + 1, 0);
        self.keep();
    }

    /// Keeps the state from time to time: fewer the longer it gets.
    fn keep(&mut self) {
        let latest = self.kept.last().map_or(0, |state| state.frames);
        if self.state.frames < latest + self.every {
            return;
        }
        self.kept.push(self.state.clone());
        if self.kept.len() > MOST_KEPT {
            self.every *= 2;
            let mut at = 0;
            self.kept.retain(|_| {
                at += 1;
                at % 2 == 1
            });
        }
    }
}

/// How much of a text is played at once: as far as an ESC, where no cluster is cut.
fn piece(text: &str) -> usize {
    if text.len() <= PIECE {
        return text.len();
    }
    let end = text.floor_char_boundary(PIECE);
    text[..end].rfind('\x1b').filter(|&at| at > 0).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn playback(moments: &[(u64, &str)]) -> Playback {
        let lines: Vec<String> = moments.iter().map(|(millis, moment)| format!("[{millis}e-3, {moment}]")).collect();
        let file = "{\"version\":2,\"width\":9,\"height\":2}\n".to_owned() + &lines.join("\n");
        Playback::new(Recording::read(file.as_bytes()).unwrap())
    }

    fn shown(playback: &Playback) -> String {
        playback.player().lines().join("\n").trim_end().to_owned()
    }

    fn millis(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn it_plays_with_its_times_and_without_long_pauses() {
        let mut playback = playback(&[(500, "\"o\", \"a\""), (60_500, "\"i\", \"j\""), (61_000, "\"o\", \"b\"")]);
        assert_eq!(playback.wait(), Some(millis(500)));
        assert!(!playback.pass(millis(500)));
        assert_eq!((shown(&playback).as_str(), playback.time()), ("a", millis(500)));
        assert_eq!(playback.wait(), Some(LONGEST_PAUSE));
        playback.pass(LONGEST_PAUSE);
        assert_eq!((playback.input(), playback.time()), (Some("j"), millis(60_500)));
        playback.pass(millis(500));
        assert_eq!((shown(&playback).as_str(), playback.bytes(), playback.wait()), ("ab", 2, None));
        assert_eq!(playback.length(), millis(61_000));
    }

    #[test]
    fn paused_no_time_passes_and_from_the_end_it_begins_anew() {
        let mut playback = playback(&[(0, "\"o\", \"a\""), (100, "\"o\", \"b\"")]);
        playback.toggle();
        assert!(!playback.pass(millis(1000)));
        assert_eq!((shown(&playback).as_str(), playback.wait()), ("", None));
        playback.finish();
        playback.toggle();
        assert_eq!((playback.frame(), playback.is_playing()), (0, true));
    }

    #[test]
    fn the_window_may_change_its_size() {
        let mut playback = playback(&[(0, "\"o\", \"abcdef\""), (1, "\"r\", \"3x2\""), (2, "\"o\", \"\\r\\nx\"")]);
        playback.finish();
        assert_eq!(shown(&playback), "abc\nx");
    }

    #[test]
    fn a_great_frame_is_played_in_pieces() {
        let great = "\\u001b[H欧e\u{301}".repeat(4000);
        let mut playback = playback(&[(0, &format!("\"o\", \"{great}\"")), (0, "\"i\", \"j\"")]);
        assert!(playback.pass(Duration::ZERO));
        assert_eq!(playback.frame(), 0);
        while playback.pass(Duration::ZERO) {}
        assert_eq!((playback.frame(), shown(&playback).as_str()), (1, "欧e\u{301}"));
    }

    proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, cases: 64, ..Default::default() })]
        #[test]
        fn steps_back_and_forth_show_what_playing_shows(
            frames in proptest::collection::vec("[a-c]{1,3}|(\\\\r\\\\n)|\u{1}", 1..90),
            steps in proptest::collection::vec(any::<bool>(), 0..90),
        ) {
            let moments: Vec<(u64, String)> = frames.iter().map(|frame| {
                (1, if frame == "\u{1}" { "\"i\", \"j\"".to_owned() } else { format!("\"o\", \"{frame}\"") })
            }).collect();
            let moments: Vec<(u64, &str)> = moments.iter().map(|(millis, moment)| (*millis, moment.as_str())).collect();
            let mut playback = playback(&moments);
            let mut screens = vec![String::new()];
            while !playback.is_over() {
                playback.play();
                screens.truncate(playback.frame());
                screens.push(shown(&playback));
            }
            for forth in steps {
                if forth { playback.step() } else { playback.step_back() }
                prop_assert_eq!(shown(&playback), screens[playback.frame()].clone());
            }
        }
    }
}
