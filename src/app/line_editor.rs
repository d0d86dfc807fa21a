//! A line of text that is being typed, with its cursor on boundaries of grapheme clusters. It knows the keys of a line
//! editor, and not what the line is for.

use crate::command::{KeyChord, KeyCode};
use crate::text::grapheme::{next_cluster, previous_cluster};
use crate::text::sanitize::sanitize;

/// Maximum length of a line that is typed or pasted, in bytes.
const LONGEST: usize = 4096;

/// A line and its cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineInput {
    text: String,
    cursor: usize,
    is_proposal: bool,
}

impl LineInput {
    /// A line with the cursor at its end.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { cursor: text.len(), text, is_proposal: false }
    }

    /// A proposed line: the first character typed replaces it, every other key keeps it to be edited.
    pub fn proposed(text: impl Into<String>) -> Self {
        Self { is_proposal: true, ..Self::new(text) }
    }

    /// Whether the next character typed replaces the whole line.
    pub fn is_proposal(&self) -> bool {
        self.is_proposal
    }

    /// The line.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The part before the cursor.
    pub fn before_cursor(&self) -> &str {
        &self.text[..self.cursor]
    }

    /// Carries out an editing key. Returns `None` if the key is not one of a line editor's, else whether the text
    /// changed.
    pub fn press(&mut self, key: KeyChord) -> Option<bool> {
        match (key.code, key.ctrl, key.alt) {
            (KeyCode::Char(c), false, false) => Some(self.insert(c.encode_utf8(&mut [0; 4]))),
            (KeyCode::Backspace, false, false) | (KeyCode::Char('h'), true, false) => {
                Some(self.delete(previous_cluster(&self.text, self.cursor), self.cursor))
            }
            (KeyCode::Delete, ..) => Some(self.delete(self.cursor, next_cluster(&self.text, self.cursor))),
            (KeyCode::Char('w'), true, false) | (KeyCode::Backspace, _, _) => {
                Some(self.delete(self.word_start(), self.cursor))
            }
            (KeyCode::Char('u'), true, false) => Some(self.delete(0, self.text.len())),
            (KeyCode::Char('k'), true, false) => Some(self.delete(self.cursor, self.text.len())),
            (KeyCode::Left, false, false) => Some(self.go(previous_cluster(&self.text, self.cursor))),
            (KeyCode::Right, false, false) => Some(self.go(next_cluster(&self.text, self.cursor))),
            (KeyCode::Home, ..) | (KeyCode::Char('a'), true, false) => Some(self.go(0)),
            (KeyCode::End, ..) | (KeyCode::Char('e'), true, false) => Some(self.go(self.text.len())),
            _ => None,
        }
    }

    /// Inserts text at the cursor, without control sequences and with spaces for line ends. Returns whether the text
    /// changed.
    pub fn insert(&mut self, text: &str) -> bool {
        let clean: String = sanitize(text).chars().map(|c| if matches!(c, '\n' | '\t') { ' ' } else { c }).collect();
        if std::mem::take(&mut self.is_proposal) && !clean.is_empty() {
            self.delete(0, self.text.len());
        }
        let room = LONGEST.saturating_sub(self.text.len());
        let fitting = &clean[..clean.floor_char_boundary(room.min(clean.len()))];
        self.text.insert_str(self.cursor, fitting);
        self.cursor += fitting.len();
        !fitting.is_empty()
    }

    /// Replaces a part of the line and puts the cursor behind it.
    pub fn replace(&mut self, range: std::ops::Range<usize>, text: &str) {
        self.text.replace_range(range.clone(), "");
        self.cursor = range.start;
        self.insert(text);
    }

    fn delete(&mut self, start: usize, end: usize) -> bool {
        self.is_proposal = false;
        self.text.replace_range(start..end, "");
        self.cursor = start;
        start < end
    }

    fn go(&mut self, to: usize) -> bool {
        self.is_proposal = false;
        self.cursor = to;
        false
    }

    /// Start of the word before the cursor.
    fn word_start(&self) -> usize {
        let before = self.before_cursor().trim_end();
        before.rfind(char::is_whitespace).map_or(0, |at| next_cluster(&self.text, at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &[KeyChord]) -> LineInput {
        let mut line = LineInput::default();
        for key in keys {
            line.press(*key);
        }
        line
    }

    fn ctrl(c: char) -> KeyChord {
        KeyChord { ctrl: true, ..KeyChord::plain(KeyCode::Char(c)) }
    }

    #[test]
    fn backspace_takes_a_whole_cluster() {
        let mut line = LineInput::new("cafe\u{301}");
        assert_eq!(line.press(KeyChord::plain(KeyCode::Backspace)), Some(true));
        assert_eq!(line.text(), "caf");
    }

    #[test]
    fn ctrl_w_takes_the_last_word_and_ctrl_u_the_line() {
        let mut line = LineInput::new("droits de l’homme");
        line.press(ctrl('w'));
        assert_eq!(line.text(), "droits de ");
        line.press(ctrl('u'));
        assert_eq!(line.text(), "");
    }

    #[test]
    fn the_first_letter_takes_the_place_of_a_proposal_and_other_keys_keep_it() {
        let after = |keys: &[KeyCode]| {
            let mut line = LineInput::proposed("tokaiev");
            for key in keys {
                line.press(KeyChord::plain(*key));
            }
            line.text().to_owned()
        };
        assert_eq!(after(&[KeyCode::Char('T'), KeyCode::Char('o')]), "To");
        assert_eq!(after(&[KeyCode::End, KeyCode::Char('T')]), "tokaievT");
        assert_eq!(after(&[KeyCode::Left, KeyCode::Char('T')]), "tokaieTv");
        assert_eq!(after(&[KeyCode::Backspace, KeyCode::Char('T')]), "tokaieT");
    }

    #[test]
    fn pasted_control_characters_and_line_ends_stay_on_the_line() {
        let mut line = typed(&[KeyChord::plain(KeyCode::Char('a'))]);
        line.insert("b\r\nc\u{1b}[2J");
        assert!(line.text().starts_with("ab c"));
        assert!(!line.text().chars().any(char::is_control));
    }
}
