//! From keys to commands: unfinished sequences, and counts. Time is passed in: a single `g` is decided by a pause. Alt
//! with a digit passes the digit as a count. The letter of a mark is no command; `update` takes it before keys arrive
//! here.

use std::time::Duration;

use crate::command::{Command, KeyChord, KeyCode, Keymap, Lookup, Mode};

/// How long a sequence waits for its next key.
pub(crate) const PAUSE: Duration = Duration::from_millis(600);

/// Largest count that can be typed.
const LARGEST_COUNT: u32 = 999_999;

/// Keys typed so far that are not yet a command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PendingKeys {
    chords: Vec<KeyChord>,
    count: Option<u32>,
    complete: Option<Command>,
    until: Option<Duration>,
    /// A command that waits for the letter of a mark.
    pub awaiting: Option<Awaiting>,
}

/// A command that waits for the letter of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaiting {
    /// `m`: set a mark.
    MarkToSet,
    /// `'`: go to a mark.
    MarkToVisit,
}

/// A command with its count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountedCommand {
    /// The command.
    pub command: Command,
    /// The count typed before it.
    pub count: Option<u32>,
}

impl PendingKeys {
    /// Adds a key. Returns the commands that it completes, in order: a key that does not continue a sequence first
    /// completes the sequence's own command.
    pub fn press(&mut self, key: KeyChord, mode: Mode, keymap: &Keymap, now: Duration) -> Vec<CountedCommand> {
        if self.chords.is_empty() && self.take_digit(key, mode) {
            return Vec::new();
        }
        self.chords.push(key);
        match keymap.lookup(mode, &self.chords) {
            Lookup::Matched(command) => vec![self.finish(command)],
            Lookup::MatchedOrMore(command) => self.wait(Some(command), now),
            Lookup::Pending => {
                let complete = self.complete;
                self.wait(complete, now)
            }
            Lookup::Unbound => {
                let first = self.complete.map(|command| self.finish(command));
                let alone = self.chords.len() <= 1 && first.is_none();
                self.clear();
                let mut requests: Vec<CountedCommand> = first.into_iter().collect();
                if !alone {
                    requests.extend(self.press(key, mode, keymap, now));
                }
                requests
            }
        }
    }

    /// Returns the command that a pause completes.
    pub fn pause(&mut self, now: Duration) -> Option<CountedCommand> {
        if self.until.is_none_or(|until| now < until) {
            return None;
        }
        let request = self.complete.map(|command| self.finish(command));
        self.clear();
        request
    }

    /// When the pause is over.
    pub fn deadline(&self) -> Option<Duration> {
        self.until
    }

    /// The keys typed so far, as printed.
    pub fn shown(&self) -> String {
        let count = self.count.map(|count| count.to_string()).unwrap_or_default();
        self.chords.iter().fold(count, |shown, chord| shown + &chord.to_string())
    }

    /// Forgets the keys typed so far. Returns whether there were any.
    pub fn clear(&mut self) -> bool {
        let any = self.count.is_some() || !self.chords.is_empty();
        *self = Self { awaiting: self.awaiting, ..Self::default() };
        any
    }

    fn take_digit(&mut self, key: KeyChord, mode: Mode) -> bool {
        if mode == Mode::Prompt || key.ctrl || key.alt {
            return false;
        }
        let KeyCode::Char(c) = key.code else { return false };
        let Some(digit) = c.to_digit(10) else { return false };
        if digit == 0 && self.count.is_none() {
            return false;
        }
        let count = self.count.unwrap_or(0).saturating_mul(10).saturating_add(digit);
        self.count = Some(count.min(LARGEST_COUNT));
        true
    }

    /// The digit of a chord with Alt.
    fn digit_of_chord(&self) -> Option<u32> {
        let chord = self.chords.last().filter(|chord| chord.alt)?;
        match chord.code {
            KeyCode::Char(c) => c.to_digit(10),
            _ => None,
        }
    }

    fn wait(&mut self, complete: Option<Command>, now: Duration) -> Vec<CountedCommand> {
        self.complete = complete;
        self.until = Some(now + PAUSE);
        Vec::new()
    }

    fn finish(&mut self, command: Command) -> CountedCommand {
        let request = CountedCommand { command, count: self.count.or(self.digit_of_chord()) };
        self.clear();
        request
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::parse_keys;

    fn pressed(keys: &str) -> (Vec<(Command, Option<u32>)>, PendingKeys) {
        let keymap = Keymap::defaults();
        let mut pending = PendingKeys::default();
        let requests = parse_keys(keys)
            .expect("the test's keys are keys")
            .into_iter()
            .flat_map(|key| pending.press(key, Mode::Reader, &keymap, Duration::ZERO))
            .map(|request| (request.command, request.count))
            .collect();
        (requests, pending)
    }

    #[test]
    fn a_count_goes_with_the_next_command_only() {
        assert_eq!(pressed("12jj").0, [(Command::LineDown, Some(12)), (Command::LineDown, None)]);
    }

    #[test]
    fn alt_and_a_digit_bring_the_digit() {
        assert_eq!(pressed("<a-3>j").0, [(Command::DropPiece, Some(3)), (Command::LineDown, None)]);
    }

    #[test]
    fn a_lone_g_waits_and_then_goes_to_the_top() {
        let (requests, mut pending) = pressed("g");
        assert_eq!(requests, []);
        assert_eq!(pending.pause(PAUSE / 2), None);
        assert_eq!(pending.pause(PAUSE), Some(CountedCommand { command: Command::Top, count: None }));
    }

    #[test]
    fn gg_is_one_command_and_g_before_another_key_is_its_own() {
        assert_eq!(pressed("gg").0, [(Command::Top, None)]);
        assert_eq!(pressed("gj").0, [(Command::Top, None), (Command::LineDown, None)]);
    }

    #[test]
    fn a_key_that_means_nothing_is_forgotten() {
        let (requests, pending) = pressed("]j");
        assert_eq!(requests, [(Command::LineDown, None)]);
        assert_eq!(pending, PendingKeys::default());
    }
}
