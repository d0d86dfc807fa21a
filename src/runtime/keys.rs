//! crossterm's events in the words of `command` and `app`: nothing of a terminal library reaches the core.

use crossterm::event::{KeyCode as Code, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};

use crate::app::MouseAction;
use crate::command::{KeyChord, KeyCode};

/// The chord of a key that went down; `None` for releases and for keys that nothing is bound to.
pub fn chord(event: KeyEvent) -> Option<KeyChord> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let shift = event.modifiers.contains(KeyModifiers::SHIFT);
    let code = match event.code {
        Code::Char(c) => KeyCode::Char(c),
        Code::Enter => KeyCode::Enter,
        Code::Esc => KeyCode::Esc,
        Code::Tab | Code::BackTab => KeyCode::Tab,
        Code::Backspace => KeyCode::Backspace,
        Code::Delete => KeyCode::Delete,
        Code::Insert => KeyCode::Insert,
        Code::Up => KeyCode::Up,
        Code::Down => KeyCode::Down,
        Code::Left => KeyCode::Left,
        Code::Right => KeyCode::Right,
        Code::Home => KeyCode::Home,
        Code::End => KeyCode::End,
        Code::PageUp => KeyCode::PageUp,
        Code::PageDown => KeyCode::PageDown,
        Code::F(number) => KeyCode::F(number),
        _ => return None,
    };
    let is_text = matches!(code, KeyCode::Char(_));
    Some(KeyChord {
        code,
        ctrl: event.modifiers.contains(KeyModifiers::CONTROL),
        alt: event.modifiers.contains(KeyModifiers::ALT),
        shift: !is_text && (shift || event.code == Code::BackTab),
    })
}

/// What the mouse did, as far as it means anything here.
pub fn mouse(kind: MouseEventKind) -> Option<MouseAction> {
    match kind {
        MouseEventKind::Down(MouseButton::Left) => Some(MouseAction::Click),
        MouseEventKind::ScrollUp => Some(MouseAction::WheelUp),
        MouseEventKind::ScrollDown => Some(MouseAction::WheelDown),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_is_a_letter_and_back_tab_is_tab_with_shift() {
        let capital = chord(KeyEvent::new(Code::Char('G'), KeyModifiers::SHIFT));
        assert_eq!(capital, Some(KeyChord::plain(KeyCode::Char('G'))));
        let back = chord(KeyEvent::new(Code::BackTab, KeyModifiers::SHIFT));
        assert_eq!(back.map(|chord| chord.to_string()), Some("<s-tab>".to_owned()));
    }
}
