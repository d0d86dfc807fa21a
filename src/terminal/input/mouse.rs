//! Mouse reports → crossterm's mouse events: SGR (mode 1006), urxvt's (1015) and the oldest, three raw bytes. Places count
//! from 0.

use crossterm::event::{Event, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

/// `CSI < code ; column ; row M` or, released, `m`.
pub(super) fn sgr(code: u32, column: u32, row: u32, released: bool) -> Option<Event> {
    event(code, column, row, released)
}

/// `CSI code ; column ; row M` with the code 32 too high.
pub(super) fn urxvt(code: u32, column: u32, row: u32) -> Option<Event> {
    event(code.checked_sub(32)?, column, row, false)
}

/// `CSI M` and three bytes, each 32 too high; a place of 0 is one that did not fit.
pub(super) fn old(code: u8, column: u8, row: u8) -> Option<Event> {
    let place = |byte: u8| byte.checked_sub(32).map(u32::from);
    event(place(code)?, place(column)?, place(row)?, false)
}

fn event(code: u32, column: u32, row: u32, released: bool) -> Option<Event> {
    let place = |cells: u32| u16::try_from(cells.checked_sub(1)?).ok();
    Some(Event::Mouse(MouseEvent {
        kind: kind(code, released)?,
        column: place(column)?,
        row: place(row)?,
        modifiers: modifiers(code),
    }))
}

fn kind(code: u32, released: bool) -> Option<MouseEventKind> {
    let button = match code & 0b1100_0011 {
        0 => Some(MouseButton::Left),
        1 => Some(MouseButton::Middle),
        2 => Some(MouseButton::Right),
        3 => None,
        64 => return Some(MouseEventKind::ScrollUp),
        65 => return Some(MouseEventKind::ScrollDown),
        66 => return Some(MouseEventKind::ScrollLeft),
        67 => return Some(MouseEventKind::ScrollRight),
        _ => return None,
    };
    let moved = code & 32 != 0;
    Some(match button {
        None if moved => MouseEventKind::Moved,
        None => MouseEventKind::Up(MouseButton::Left),
        Some(button) if released => MouseEventKind::Up(button),
        Some(button) if moved => MouseEventKind::Drag(button),
        Some(button) => MouseEventKind::Down(button),
    })
}

fn modifiers(code: u32) -> KeyModifiers {
    let bits = [(4, KeyModifiers::SHIFT), (8, KeyModifiers::ALT), (16, KeyModifiers::CONTROL)];
    bits.into_iter().filter(|(bit, _)| code & bit != 0).map(|(_, modifier)| modifier).collect()
}
