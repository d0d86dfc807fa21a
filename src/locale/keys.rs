//! Names of keys for people, as printed on the keyboards of the language: « Ctrl-d », « Espace », « Maj-Tab ». The
//! notation of `config.toml` (`<c-d>`) is defined in `command`.

use super::Catalogue;
use crate::command::{KeyChord, KeyCode, parse_keys};

impl Catalogue {
    /// A sequence of keys as people call it; one that cannot be read stays as it was written.
    pub fn keys(&self, written: &str) -> String {
        parse_keys(written).map_or_else(|_| written.to_owned(), |chords| self.chords(&chords))
    }

    /// Chords as people call them; keys with names are parted by a space, characters are not.
    pub fn chords(&self, chords: &[KeyChord]) -> String {
        let caps: Vec<String> = chords.iter().map(|&chord| self.chord(chord)).collect();
        let plain = chords.iter().all(|chord| chord.typed().is_some_and(|c| c != ' '));
        caps.join(if plain { "" } else { " " })
    }

    fn chord(&self, chord: KeyChord) -> String {
        let mut cap = String::new();
        for (down, id) in [(chord.ctrl, "keycap-ctrl"), (chord.alt, "keycap-alt"), (chord.shift, "keycap-shift")] {
            if down {
                cap.push_str(&self.text(id));
                cap.push('-');
            }
        }
        cap + &self.cap(chord.code)
    }

    fn cap(&self, code: KeyCode) -> String {
        match code {
            KeyCode::Char(' ') => self.text("keycap-space"),
            KeyCode::Char(c) => c.to_string(),
            KeyCode::F(number) => format!("F{number}"),
            KeyCode::Enter => self.text("keycap-enter"),
            KeyCode::Esc => self.text("keycap-esc"),
            KeyCode::Tab => self.text("keycap-tab"),
            KeyCode::Backspace => self.text("keycap-backspace"),
            KeyCode::Delete => self.text("keycap-delete"),
            KeyCode::Insert => self.text("keycap-insert"),
            KeyCode::Up => self.text("keycap-up"),
            KeyCode::Down => self.text("keycap-down"),
            KeyCode::Left => self.text("keycap-left"),
            KeyCode::Right => self.text("keycap-right"),
            KeyCode::Home => self.text("keycap-home"),
            KeyCode::End => self.text("keycap-end"),
            KeyCode::PageUp => self.text("keycap-pageup"),
            KeyCode::PageDown => self.text("keycap-pagedown"),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::locale::{Catalogue, UiLanguage};

    #[test]
    fn keys_are_called_what_stands_on_them() {
        let (english, french) = (Catalogue::new(UiLanguage::English), Catalogue::new(UiLanguage::French));
        for (written, in_english, in_french) in [
            ("j", "j", "j"),
            ("gg", "gg", "gg"),
            ("<c-d>", "Ctrl-d", "Ctrl-d"),
            ("<space>", "Space", "Espace"),
            ("<s-tab>", "Shift-Tab", "Maj-Tab"),
            ("<a-left>", "Alt-←", "Alt-←"),
            ("<f1>", "F1", "F1"),
            ("<c-w>z", "Ctrl-w z", "Ctrl-w z"),
            ("<lt>", "<", "<"),
            ("<nothing>", "<nothing>", "<nothing>"),
        ] {
            assert_eq!([english.keys(written), french.keys(written)], [in_english, in_french]);
        }
    }
}
