//! Key chords: keys pressed together, parsed from and printed as `j`, `<c-d>`, `<s-tab>`, `<space>`; sequences are
//! chords written one after the other (`gg`, `<c-w>z`). A vocabulary of our own, so that no terminal library reaches
//! the core; `runtime` translates. The locale names keys for people.

use std::fmt;

/// A key without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is what stands on the key")]
pub enum KeyCode {
    Char(char),
    Enter,
    Esc,
    Tab,
    Backspace,
    Delete,
    Insert,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    F(u8),
}

/// Keys pressed together. A letter with Shift is the capital letter without `shift`; a letter with Ctrl is in lower
/// case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyChord {
    /// The key.
    pub code: KeyCode,
    /// Ctrl was down.
    pub ctrl: bool,
    /// Alt was down.
    pub alt: bool,
    /// Shift was down; never set for a [`KeyCode::Char`].
    pub shift: bool,
}

impl KeyChord {
    /// A key without modifiers.
    pub const fn plain(code: KeyCode) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// A character without modifiers.
    pub const fn char(c: char) -> Self {
        Self::plain(KeyCode::Char(c))
    }

    /// The character this types, when it is one: a character without Ctrl or Alt.
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

/// Names of keys inside `<…>`; the first of a code is the one printed.
const NAMES: [(&str, KeyCode); 26] = [
    ("space", KeyCode::Char(' ')),
    ("lt", KeyCode::Char('<')),
    ("gt", KeyCode::Char('>')),
    ("enter", KeyCode::Enter),
    ("cr", KeyCode::Enter),
    ("return", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("escape", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("backspace", KeyCode::Backspace),
    ("bs", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("del", KeyCode::Delete),
    ("insert", KeyCode::Insert),
    ("ins", KeyCode::Insert),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pageup", KeyCode::PageUp),
    ("pgup", KeyCode::PageUp),
    ("pagedown", KeyCode::PageDown),
    ("pgdn", KeyCode::PageDown),
    ("pgdown", KeyCode::PageDown),
];

/// The highest function key there is a name for.
const LAST_FUNCTION_KEY: u8 = 24;

/// Why a key could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseKeyError {
    /// The part that means no key; empty when there was nothing at all.
    pub part: String,
}

impl fmt::Display for ParseKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no key is called `{}`", self.part)
    }
}

impl std::error::Error for ParseKeyError {}

/// Reads a sequence of chords: `j`, `gg`, `<c-d>`. Names and modifiers may be in capitals; nothing at all is an error.
pub fn parse_keys(source: &str) -> Result<Vec<KeyChord>, ParseKeyError> {
    let mut chords = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let length = if first == '<' { bracketed(rest)? } else { first.len_utf8() };
        let (part, tail) = rest.split_at(length);
        let chord = if first == '<' { named(&part[1..length - 1]) } else { character(first) };
        chords.push(chord.ok_or_else(|| ParseKeyError { part: part.to_owned() })?);
        rest = tail;
    }
    if chords.is_empty() { Err(ParseKeyError { part: String::new() }) } else { Ok(chords) }
}

/// Writes a sequence so that [`parse_keys`] reads it back.
pub fn print_keys(chords: &[KeyChord]) -> String {
    chords.iter().map(ToString::to_string).collect()
}

impl fmt::Display for KeyChord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = name_of(self.code);
        if let (Some(c), false, false) = (self.typed(), self.shift, name.chars().count() > 1) {
            return write!(f, "{c}");
        }
        let modifier = |down, letter| if down { letter } else { "" };
        write!(f, "<{}{}{}{name}>", modifier(self.ctrl, "c-"), modifier(self.alt, "a-"), modifier(self.shift, "s-"))
    }
}

/// How long the chord in brackets is that the text begins with.
fn bracketed(text: &str) -> Result<usize, ParseKeyError> {
    let end = text.find('>').map(|end| end + 1);
    end.ok_or_else(|| ParseKeyError { part: text.to_owned() })
}

fn character(c: char) -> Option<KeyChord> {
    (!c.is_control()).then_some(KeyChord::char(c))
}

/// The chord of a name in angle brackets.
fn named(inside: &str) -> Option<KeyChord> {
    let (mut ctrl, mut alt, mut shift) = (false, false, false);
    let mut name = inside;
    loop {
        let mut letters = name.chars();
        let (Some(modifier), Some('-'), Some(_)) = (letters.next(), letters.next(), letters.next()) else { break };
        match modifier {
            'c' | 'C' => ctrl = true,
            'a' | 'A' | 'm' | 'M' => alt = true,
            's' | 'S' => shift = true,
            _ => return None,
        }
        name = &name[2..];
    }
    normal(KeyChord { code: code_of(name)?, ctrl, alt, shift })
}

/// Shift goes into the letter, a capital goes out of Ctrl: one press, one chord.
fn normal(mut chord: KeyChord) -> Option<KeyChord> {
    let KeyCode::Char(c) = chord.code else { return Some(chord) };
    let mut letter = c;
    if chord.shift {
        let mut upper = c.to_uppercase();
        letter = upper.next().filter(|_| upper.next().is_none() && c.is_alphabetic())?;
    }
    if chord.ctrl {
        letter = letter.to_ascii_lowercase();
    }
    chord.shift = false;
    chord.code = KeyCode::Char(letter);
    Some(chord)
}

fn code_of(name: &str) -> Option<KeyCode> {
    let mut letters = name.chars();
    if let (Some(only), None) = (letters.next(), letters.next()) {
        return (!only.is_control()).then_some(KeyCode::Char(only));
    }
    let lower = name.to_ascii_lowercase();
    if let Some(number) = lower.strip_prefix('f').and_then(|digits| digits.parse().ok()) {
        return (1..=LAST_FUNCTION_KEY).contains(&number).then_some(KeyCode::F(number));
    }
    NAMES.iter().find(|(known, _)| *known == lower).map(|(_, code)| *code)
}

fn name_of(code: KeyCode) -> String {
    match (NAMES.iter().find(|(_, known)| *known == code), code) {
        (_, KeyCode::F(number)) => format!("f{number}"),
        (Some((name, _)), _) => (*name).to_owned(),
        (None, KeyCode::Char(c)) => c.to_string(),
        (None, _) => unreachable!("every key that is not a character or a function key has a name"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_chord() -> impl Strategy<Value = KeyChord> {
        let named = prop::sample::select(NAMES.map(|(_, code)| code).to_vec());
        let code = prop_oneof![
            any::<char>().prop_filter("no key types a control character", |c| !c.is_control()).prop_map(KeyCode::Char),
            named,
            (1..=LAST_FUNCTION_KEY).prop_map(KeyCode::F),
        ];
        (code, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(code, ctrl, alt, shift)| match code {
            KeyCode::Char(c) => {
                let c = if ctrl { c.to_ascii_lowercase() } else { c };
                KeyChord { code: KeyCode::Char(c), ctrl, alt, shift: false }
            }
            code => KeyChord { code, ctrl, alt, shift },
        })
    }

    proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

        #[test]
        fn what_is_printed_is_read_back(chords in prop::collection::vec(any_chord(), 1..5)) {
            prop_assert_eq!(parse_keys(&print_keys(&chords)), Ok(chords));
        }

        #[test]
        fn what_was_read_is_printed_in_one_form(source in "(<(c-|a-|s-|C-|)(a-)?(tab|f[0-9]|x|X|-|up|CR)>|[a-z<>-]){1,4}") {
            if let Ok(chords) = parse_keys(&source) {
                let printed = print_keys(&chords);
                prop_assert_eq!(parse_keys(&printed), Ok(chords));
            }
        }

        #[test]
        fn no_text_is_too_odd_to_be_refused_calmly(source in any::<String>()) {
            let _ = parse_keys(&source);
        }
    }

    #[test]
    fn the_usual_spellings_are_understood() {
        for (source, printed) in [
            ("j", "j"),
            ("G", "G"),
            ("gg", "gg"),
            ("]]", "]]"),
            (" ", "<space>"),
            ("<Space>", "<space>"),
            ("<C-D>", "<c-d>"),
            ("<M-x>", "<a-x>"),
            ("<s-a>", "A"),
            ("<CR>", "<enter>"),
            ("<lt>", "<lt>"),
            ("<gt>", "<gt>"),
            (">", "<gt>"),
            ("<c-->", "<c-->"),
            ("<a-s-left>", "<a-s-left>"),
            ("<F1>", "<f1>"),
            ("é", "é"),
            ("<c-a-é>x", "<c-a-é>x"),
        ] {
            assert_eq!(parse_keys(source).map(|keys| print_keys(&keys)), Ok(printed.to_owned()), "{source}");
        }
    }

    #[test]
    fn what_means_no_key_is_named() {
        for (source, part) in [
            ("", ""),
            ("<", "<"),
            ("g<c-", "<c-"),
            ("<x-a>", "<x-a>"),
            ("<f0>", "<f0>"),
            ("<f25>", "<f25>"),
            ("<spce>", "<spce>"),
            ("<>", "<>"),
            ("<s-1>", "<s-1>"),
            ("g\n", "\n"),
        ] {
            assert_eq!(parse_keys(source), Err(ParseKeyError { part: part.to_owned() }), "{source}");
        }
    }
}
