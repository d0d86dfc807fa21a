//! The keymap: the command of a sequence of chords in a mode. A sorted map serves as a trie: continuations of a
//! sequence follow it, so one look-up finds whether there are any. Has no clock: `app` decides when a lone `g` is
//! complete.

use std::collections::BTreeMap;
use std::ops::Bound;

use super::{COMMANDS, Command, KeyChord, Mode, parse_keys, print_keys};

/// What keys do, mode by mode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    bindings: BTreeMap<Mode, BTreeMap<Vec<KeyChord>, Command>>,
}

/// What the chords pressed so far mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// This command, now.
    Matched(Command),
    /// This command when no more keys come; a longer sequence begins the same way (a lone `g` beside `gg`).
    MatchedOrMore(Command),
    /// The beginning of a sequence.
    Pending,
    /// Nothing.
    Unbound,
}

/// A key that runs only after a pause because a sequence of another command begins with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Where.
    pub mode: Mode,
    /// The shorter sequence and its command.
    pub keys: String,
    /// What the shorter sequence does.
    pub command: Command,
    /// The longer sequence.
    pub longer: String,
    /// What the longer sequence does.
    pub other: Command,
}

impl Keymap {
    /// A keymap in which no key does anything.
    pub fn empty() -> Self {
        Self { bindings: BTreeMap::new() }
    }

    /// The keys of the command table.
    pub fn defaults() -> Self {
        let mut keymap = Self::empty();
        for spec in COMMANDS {
            for (modes, keys) in spec.keys {
                let chords = parse_keys(keys).expect("a test reads every key of the table");
                for &mode in *modes {
                    keymap.bind(mode, &chords, Some(spec.command));
                }
            }
        }
        keymap
    }

    /// Binds a sequence to a command, or removes its binding with `None`. Returns the previous command.
    pub fn bind(&mut self, mode: Mode, keys: &[KeyChord], command: Option<Command>) -> Option<Command> {
        let bindings = self.bindings.entry(mode).or_default();
        match command {
            _ if keys.is_empty() => None,
            Some(command) => bindings.insert(keys.to_vec(), command),
            None => bindings.remove(keys),
        }
    }

    /// Removes the binding of a sequence. Returns the previous command.
    pub fn unbind(&mut self, mode: Mode, keys: &[KeyChord]) -> Option<Command> {
        self.bind(mode, keys, None)
    }

    /// What the chords pressed so far mean.
    pub fn lookup(&self, mode: Mode, keys: &[KeyChord]) -> Lookup {
        let command = self.bindings.get(&mode).and_then(|bindings| bindings.get(keys));
        match (command, self.longer(mode, keys).next().is_some()) {
            (Some(&command), true) => Lookup::MatchedOrMore(command),
            (Some(&command), false) => Lookup::Matched(command),
            (None, true) if !keys.is_empty() => Lookup::Pending,
            (None, _) => Lookup::Unbound,
        }
    }

    /// The keys of a command in a mode, worded for people: the user's bindings first, then in the order of the table.
    pub fn keys_of(&self, command: Command, mode: Mode) -> Vec<String> {
        let bindings = self.bindings.get(&mode).into_iter().flatten();
        let mut keys: Vec<String> =
            bindings.filter(|(_, bound)| **bound == command).map(|(keys, _)| print_keys(keys)).collect();
        keys.sort_by_key(|keys| {
            let row = command.spec().keys.iter().position(|(modes, known)| known == keys && modes.contains(&mode));
            row.map_or(0, |row| row + 1)
        });
        keys
    }

    /// Keys that run only after a pause, for the sake of a sequence of another command.
    pub fn conflicts(&self) -> Vec<Conflict> {
        let mut conflicts = Vec::new();
        for (&mode, bindings) in &self.bindings {
            for (keys, &command) in bindings {
                let others = self.longer(mode, keys).filter(|(_, other)| **other != command);
                conflicts.extend(others.map(|(longer, &other)| Conflict {
                    mode,
                    keys: print_keys(keys),
                    command,
                    longer: print_keys(longer),
                    other,
                }));
            }
        }
        conflicts
    }

    /// Whether a person can ask for this command: by a key in some mode, or by name in the palette.
    pub fn reaches(&self, command: Command) -> bool {
        let bound = |wanted| self.bindings.values().any(|bindings| bindings.values().any(|&bound| bound == wanted));
        bound(command) || bound(Command::Palette)
    }

    /// The bindings whose sequence begins with these chords and goes on.
    fn longer<'a>(
        &'a self,
        mode: Mode,
        keys: &'a [KeyChord],
    ) -> impl Iterator<Item = (&'a Vec<KeyChord>, &'a Command)> {
        let after = (Bound::Excluded(keys), Bound::Unbounded);
        let bindings = self.bindings.get(&mode).into_iter();
        bindings
            .flat_map(move |bindings| bindings.range::<[KeyChord], _>(after))
            .take_while(|(all, _)| all.starts_with(keys))
    }
}

impl Default for Keymap {
    fn default() -> Self {
        Self::defaults()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn keys(source: &str) -> Vec<KeyChord> {
        parse_keys(source).unwrap()
    }

    #[test]
    fn every_key_of_the_table_is_read_and_printed_back() {
        for spec in COMMANDS {
            for (_, written) in spec.keys {
                assert_eq!(print_keys(&keys(written)), *written, "{}", spec.name);
            }
        }
    }

    #[test]
    fn names_are_unique_and_rows_stand_where_their_command_does() {
        let names: BTreeSet<&str> = COMMANDS.iter().map(|spec| spec.name).collect();
        assert_eq!(names.len(), COMMANDS.len());
        for spec in COMMANDS {
            assert_eq!(spec.command.spec().name, spec.name);
            assert_eq!(Command::from_name(spec.name), Some(spec.command));
        }
    }

    #[test]
    fn no_key_has_two_commands_in_one_mode() {
        let mut taken = BTreeSet::new();
        for spec in COMMANDS {
            for (modes, written) in spec.keys {
                for mode in *modes {
                    assert!(taken.insert((mode, written)), "{written} twice in {mode:?}");
                }
            }
        }
        assert_eq!(Keymap::defaults().conflicts(), []);
    }

    #[test]
    fn every_command_can_be_asked_for() {
        let keymap = Keymap::defaults();
        for spec in COMMANDS {
            assert!(keymap.reaches(spec.command), "{}", spec.name);
        }
    }

    /// On an AZERTY keyboard these need AltGr; digits are counts.
    #[test]
    fn no_default_exists_only_on_altgr_of_an_azerty_keyboard_or_on_a_digit() {
        let awkward = |written: &str| {
            let chords = keys(written);
            chords.iter().any(|chord| matches!(chord.code, super::super::KeyCode::Char(c) if "[]{}~\\`@#|".contains(c)))
                || chords[0].typed().is_some_and(|c| c.is_ascii_digit())
        };
        for spec in COMMANDS {
            for mode in Mode::ALL {
                let here: Vec<_> = spec.keys.iter().filter(|(modes, _)| modes.contains(&mode)).collect();
                assert!(here.is_empty() || here.iter().any(|(_, written)| !awkward(written)), "{}", spec.name);
            }
        }
    }

    #[test]
    fn a_prompt_keeps_every_character_for_the_text() {
        for spec in COMMANDS {
            for (_, written) in spec.keys.iter().filter(|(modes, _)| modes.contains(&Mode::Prompt)) {
                assert!(keys(written).iter().all(|chord| chord.typed().is_none()), "{} {written}", spec.name);
            }
        }
    }

    #[test]
    fn a_lone_g_waits_for_a_second_one() {
        let keymap = Keymap::defaults();
        assert_eq!(keymap.lookup(Mode::Reader, &keys("g")), Lookup::MatchedOrMore(Command::Top));
        assert_eq!(keymap.lookup(Mode::Reader, &keys("gg")), Lookup::Matched(Command::Top));
        assert_eq!(keymap.lookup(Mode::Reader, &keys("]")), Lookup::Pending);
        assert_eq!(keymap.lookup(Mode::Reader, &keys("]]")), Lookup::Matched(Command::NextSection));
        assert_eq!(keymap.lookup(Mode::Reader, &keys("gx")), Lookup::Unbound);
        assert_eq!(keymap.lookup(Mode::Reader, &[]), Lookup::Unbound);
        assert_eq!(keymap.lookup(Mode::Prompt, &keys("g")), Lookup::Unbound);
    }

    #[test]
    fn a_key_taken_away_does_nothing_and_its_sequences_stay() {
        let mut keymap = Keymap::defaults();
        assert_eq!(keymap.unbind(Mode::List, &keys("g")), Some(Command::Top));
        assert_eq!(keymap.lookup(Mode::List, &keys("g")), Lookup::Pending);
        assert_eq!(keymap.lookup(Mode::Reader, &keys("g")), Lookup::MatchedOrMore(Command::Top));
    }

    #[test]
    fn the_keys_of_a_command_come_in_the_order_of_the_table_after_the_readers_own() {
        let mut keymap = Keymap::defaults();
        keymap.bind(Mode::Reader, &keys("<c-j>"), Some(Command::LineDown));
        assert_eq!(keymap.keys_of(Command::LineDown, Mode::Reader), ["<c-j>", "j", "<down>"]);
        assert_eq!(keymap.keys_of(Command::Top, Mode::List), ["gg", "g", "<home>"]);
        assert_eq!(keymap.keys_of(Command::Theme, Mode::List), Vec::<String>::new());
    }

    #[test]
    fn a_key_that_begins_another_commands_sequence_is_a_conflict() {
        let mut keymap = Keymap::empty();
        keymap.bind(Mode::Reader, &keys("x"), Some(Command::Zoom));
        keymap.bind(Mode::Reader, &keys("xy"), Some(Command::Zoom));
        assert_eq!(keymap.conflicts(), []);
        keymap.bind(Mode::Reader, &keys("xz"), Some(Command::Quit));
        let conflicts = keymap.conflicts();
        assert_eq!(conflicts.len(), 1);
        assert_eq!((conflicts[0].keys.as_str(), conflicts[0].longer.as_str()), ("x", "xz"));
    }
}
