//! Interprets complete sequences: the tables of xterm, rxvt, the Linux console, kitty's `CSI u` and xterm's
//! modifyOtherKeys, and the forms of terminals' replies. Sources: xterm's "Control Sequences" (ctlseqs), rxvt-unicode's
//! reference, the kitty keyboard protocol. No state.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::{TerminalReply, mouse};

/// The interpretation of a sequence.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum SequenceMeaning {
    Key(KeyEvent),
    Event(Event),
    Reply(TerminalReply),
    PasteBegins,
    Unknown,
}

/// The key of a byte below 0x80. `erase` is the byte that is the backspace key besides 0x7f.
pub(super) fn typed(byte: u8, erase: u8) -> Option<KeyEvent> {
    let ctrl = |c: u8| (KeyCode::Char(char::from(c)), KeyModifiers::CONTROL);
    let (code, modifiers) = match byte {
        b'\r' => (KeyCode::Enter, KeyModifiers::NONE),
        b'\t' => (KeyCode::Tab, KeyModifiers::NONE),
        0x1b => (KeyCode::Esc, KeyModifiers::NONE),
        0x7f => (KeyCode::Backspace, KeyModifiers::NONE),
        _ if byte == erase && byte < 0x20 => (KeyCode::Backspace, KeyModifiers::NONE),
        0 => ctrl(b' '),
        0x01..=0x1a => ctrl(byte - 1 + b'a'),
        0x1c..=0x1f => ctrl(byte - 0x1c + b'4'),
        _ => return typed_char(char::from(byte)),
    };
    Some(KeyEvent::new(code, modifiers))
}

/// The key of a character: a capital carries Shift, as in crossterm. Control characters beyond ASCII are no keys.
pub(super) fn typed_char(c: char) -> Option<KeyEvent> {
    let modifiers = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    (!c.is_control()).then(|| KeyEvent::new(KeyCode::Char(c), modifiers))
}

/// `CSI body last`.
pub(super) fn csi(body: &[u8], last: u8) -> SequenceMeaning {
    let parts = Parts::of(body);
    match (parts.prefix, parts.intermediate) {
        (None, None) => plain_csi(&parts, last),
        (Some(b'<'), None) if matches!(last, b'M' | b'm') => meant(
            parts.triple().and_then(|[code, column, row]| mouse::sgr(code, column, row, last == b'm')),
            SequenceMeaning::Event,
        ),
        (prefix, intermediate) => meant(reply(&parts, prefix, intermediate, last), SequenceMeaning::Reply),
    }
}

/// `CSI row ; column R`, a cursor report if one was requested.
pub(super) fn position(body: &[u8], last: u8) -> Option<TerminalReply> {
    let parts = Parts::of(body);
    match (last, parts.prefix, parts.intermediate, &parts.numbers[..]) {
        (b'R', None, None, &[[row, ..], [column, ..]]) => {
            Some(TerminalReply::Position { row: short(row), column: short(column) })
        }
        _ => None,
    }
}

/// Whether `body` and a `$` are rxvt's Shift with a key (`CSI 5 $`) and not the middle of a mode report.
pub(super) fn is_rxvt_shift(body: &[u8]) -> bool {
    !body.is_empty() && body.len() <= 2 && body.iter().all(u8::is_ascii_digit)
}

/// `ESC O body last`, the keypad's and the application modes' keys.
pub(super) fn ss3(body: &[u8], last: u8) -> SequenceMeaning {
    let modifiers = Parts::of(body).numbers.last().map_or(KeyModifiers::NONE, |&[value, ..]| legacy_modifiers(value));
    let code = match last {
        b'M' => KeyCode::Enter,
        b'I' => KeyCode::Tab,
        b'X' => KeyCode::Char('='),
        b' ' => KeyCode::Char(' '),
        b'a'..=b'd' => return key(arrow(last - b'a' + b'A'), modifiers | KeyModifiers::CONTROL),
        b'j'..=b'y' => KeyCode::Char(char::from(last - b'j' + b'*')),
        _ => return key(letter(last), modifiers),
    };
    key(Some(code), modifiers)
}

/// `ESC [ [ last`, F1 to F5 on the Linux console.
pub(super) fn console(last: u8) -> SequenceMeaning {
    let function = matches!(last, b'A'..=b'E').then(|| KeyCode::F(last - b'A' + 1));
    key(function, KeyModifiers::NONE)
}

/// Whether `bytes` begin with a whole known sequence but for its ESC.
pub(super) fn starts_with_rest(bytes: &[u8]) -> bool {
    let Some(rest) = bytes.strip_prefix(b"[") else { return false };
    let Some(end) = rest.iter().position(|byte| !matches!(byte, 0x20..=0x3f)) else { return false };
    matches!(rest[end], 0x40..=0x7e) && csi(&rest[..end], rest[end]) != SequenceMeaning::Unknown
}

/// A sequence's body taken apart: a private prefix, numbers with up to two sub-parameters, an intermediate byte.
struct Parts {
    prefix: Option<u8>,
    numbers: Vec<[u32; 3]>,
    intermediate: Option<u8>,
}

impl Parts {
    fn of(body: &[u8]) -> Self {
        let prefix = body.first().copied().filter(|byte| matches!(byte, b'<'..=b'?'));
        let body = &body[usize::from(prefix.is_some())..];
        let intermediate = body.last().copied().filter(|byte| matches!(byte, 0x20..=0x2f));
        let body = &body[..body.len() - usize::from(intermediate.is_some())];
        let numbers = if body.is_empty() { Vec::new() } else { body.split(|&b| b == b';').map(number).collect() };
        Self { prefix, numbers, intermediate }
    }

    fn first(&self) -> u32 {
        self.numbers.first().map_or(0, |&[value, ..]| value)
    }

    fn triple(&self) -> Option<[u32; 3]> {
        match self.numbers[..] {
            [[a, ..], [b, ..], [c, ..]] => Some([a, b, c]),
            _ => None,
        }
    }

    fn short(&self) -> Vec<u16> {
        self.numbers.iter().map(|&[value, ..]| short(value)).collect()
    }

    fn modifiers(&self) -> [u32; 3] {
        self.numbers.get(1).copied().unwrap_or_default()
    }
}

/// `12:3:4` → its parts, saturating; 0 for missing or invalid parts.
fn number(text: &[u8]) -> [u32; 3] {
    let mut values = [0; 3];
    for (value, digits) in values.iter_mut().zip(text.split(|&byte| byte == b':')) {
        *value = digits
            .iter()
            .filter(|byte| byte.is_ascii_digit())
            .fold(0, |sum: u32, digit| sum.saturating_mul(10).saturating_add(u32::from(digit - b'0')));
    }
    values
}

fn short(value: u32) -> u16 {
    u16::try_from(value).unwrap_or(u16::MAX)
}

fn plain_csi(parts: &Parts, last: u8) -> SequenceMeaning {
    let [mask, kind, _] = parts.modifiers();
    match last {
        b'~' => tilde(parts),
        b'^' => key(editing(parts.first()), KeyModifiers::CONTROL),
        b'$' => key(editing(parts.first()), KeyModifiers::SHIFT),
        b'@' => key(editing(parts.first()), KeyModifiers::CONTROL | KeyModifiers::SHIFT),
        b'u' => meant(kitty(parts), SequenceMeaning::Key),
        b'Z' => key(Some(KeyCode::BackTab), legacy_modifiers(mask) | KeyModifiers::SHIFT),
        b'a'..=b'd' => key(arrow(last - b'a' + b'A'), KeyModifiers::SHIFT),
        b'I' if parts.numbers.is_empty() => SequenceMeaning::Event(Event::FocusGained),
        b'O' if parts.numbers.is_empty() => SequenceMeaning::Event(Event::FocusLost),
        b'M' => meant(parts.triple().and_then(|[code, x, y]| mouse::urxvt(code, x, y)), SequenceMeaning::Event),
        b'n' => SequenceMeaning::Reply(TerminalReply::Status(short(parts.first()))),
        b't' => SequenceMeaning::Reply(TerminalReply::Window(parts.short())),
        // An unrequested cursor report is not F3: that has a 1 or nothing before its modifiers.
        b'R' if parts.first() > 1 => SequenceMeaning::Unknown,
        _ => of_kind(key(letter(last), legacy_modifiers(mask)), kind),
    }
}

fn reply(parts: &Parts, prefix: Option<u8>, intermediate: Option<u8>, last: u8) -> Option<TerminalReply> {
    match (prefix, intermediate, last) {
        (Some(b'?'), None, b'c') => Some(TerminalReply::PrimaryAttributes(parts.short())),
        (Some(b'>'), None, b'c') => Some(TerminalReply::SecondaryAttributes(parts.short())),
        (Some(b'?'), None, b'u') => Some(TerminalReply::KeyboardFlags(short(parts.first()))),
        (Some(b'?') | None, Some(b'$'), b'y') => match parts.numbers[..] {
            [[mode, ..], [state, ..]] => {
                Some(TerminalReply::Mode { private: prefix.is_some(), mode: short(mode), state: short(state) })
            }
            _ => None,
        },
        (Some(b'?'), None, b'R') => match parts.numbers[..] {
            [[row, ..], [column, ..], ..] => Some(TerminalReply::Position { row: short(row), column: short(column) }),
            _ => None,
        },
        _ => None,
    }
}

fn tilde(parts: &Parts) -> SequenceMeaning {
    let [mask, kind, _] = parts.modifiers();
    match (parts.first(), &parts.numbers[..]) {
        (200, _) => SequenceMeaning::PasteBegins,
        (27, &[_, _, [code, ..]]) => meant(coded(code, 0, legacy_modifiers(mask)), SequenceMeaning::Key),
        (code, _) => of_kind(key(editing(code), legacy_modifiers(mask)), kind),
    }
}

/// `CSI code ; modifiers u`.
fn kitty(parts: &Parts) -> Option<KeyEvent> {
    let [code, shifted, _] = parts.numbers.first().copied()?;
    let [mask, kind, _] = parts.modifiers();
    let mut event = coded(code, shifted, modifiers(mask, KeyModifiers::SUPER))?;
    event.kind = event_kind(kind);
    Some(event)
}

/// A key by its code point: Unicode, or kitty's private ones.
fn coded(code: u32, shifted: u32, modifiers: KeyModifiers) -> Option<KeyEvent> {
    let shift = modifiers.contains(KeyModifiers::SHIFT);
    let code = match code {
        8 | 127 => KeyCode::Backspace,
        9 if shift => KeyCode::BackTab,
        9 => KeyCode::Tab,
        13 => KeyCode::Enter,
        27 => KeyCode::Esc,
        0xe000..=0xf8ff => functional(code)?,
        _ => {
            let c = char::from_u32(if shift && shifted != 0 { shifted } else { code })?;
            KeyCode::Char(if shift { c.to_ascii_uppercase() } else { c })
        }
    };
    let no_key = matches!(code, KeyCode::Char(c) if c.is_control());
    (!no_key).then(|| KeyEvent::new(code, modifiers))
}

/// Kitty's codes for keys without a character; media keys and modifiers alone are no keys to us.
fn functional(code: u32) -> Option<KeyCode> {
    const KEYPAD: [KeyCode; 11] = [
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::PageUp,
        KeyCode::PageDown,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::Insert,
        KeyCode::Delete,
        KeyCode::KeypadBegin,
    ];
    const SIGNS: &[u8] = b"0123456789./*-+\r=,";
    match code {
        57376..=57398 => Some(KeyCode::F((code - 57376 + 13) as u8)),
        57399..=57416 => Some(match SIGNS[(code - 57399) as usize] {
            b'\r' => KeyCode::Enter,
            sign => KeyCode::Char(char::from(sign)),
        }),
        57417..=57427 => Some(KEYPAD[(code - 57417) as usize]),
        _ => None,
    }
}

/// The key of `CSI code ~`: the VT220's editing keys and the function keys.
fn editing(code: u32) -> Option<KeyCode> {
    Some(match code {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F((code - 10) as u8),
        17..=21 => KeyCode::F((code - 11) as u8),
        23..=26 => KeyCode::F((code - 12) as u8),
        28 | 29 => KeyCode::F((code - 13) as u8),
        31..=34 => KeyCode::F((code - 14) as u8),
        _ => return None,
    })
}

/// The key of `CSI letter` and `ESC O letter`.
fn letter(last: u8) -> Option<KeyCode> {
    match last {
        b'E' | b'G' => Some(KeyCode::KeypadBegin),
        b'F' => Some(KeyCode::End),
        b'H' => Some(KeyCode::Home),
        b'P'..=b'S' => Some(KeyCode::F(last - b'P' + 1)),
        _ => arrow(last),
    }
}

fn arrow(last: u8) -> Option<KeyCode> {
    match last {
        b'A' => Some(KeyCode::Up),
        b'B' => Some(KeyCode::Down),
        b'C' => Some(KeyCode::Right),
        b'D' => Some(KeyCode::Left),
        _ => None,
    }
}

/// Modifiers of the forms older than kitty's, whose 8 is Meta: the Alt key of iTerm2 and xterm.
fn legacy_modifiers(parameter: u32) -> KeyModifiers {
    modifiers(parameter, KeyModifiers::ALT)
}

/// 1 + a mask of bits; Caps Lock and Num Lock are left out.
fn modifiers(parameter: u32, eight: KeyModifiers) -> KeyModifiers {
    let mask = parameter.saturating_sub(1);
    let bits = [
        (1, KeyModifiers::SHIFT),
        (2, KeyModifiers::ALT),
        (4, KeyModifiers::CONTROL),
        (8, eight),
        (16, KeyModifiers::HYPER),
        (32, KeyModifiers::META),
    ];
    bits.into_iter().filter(|(bit, _)| mask & bit != 0).map(|(_, modifier)| modifier).collect()
}

fn event_kind(kind: u32) -> KeyEventKind {
    match kind {
        2 => KeyEventKind::Repeat,
        3 => KeyEventKind::Release,
        _ => KeyEventKind::Press,
    }
}

fn of_kind(meaning: SequenceMeaning, kind: u32) -> SequenceMeaning {
    match meaning {
        SequenceMeaning::Key(event) => SequenceMeaning::Key(KeyEvent { kind: event_kind(kind), ..event }),
        other => other,
    }
}

fn key(code: Option<KeyCode>, modifiers: KeyModifiers) -> SequenceMeaning {
    meant(code.map(|code| KeyEvent::new(code, modifiers)), SequenceMeaning::Key)
}

fn meant<T>(what: Option<T>, meaning: impl FnOnce(T) -> SequenceMeaning) -> SequenceMeaning {
    what.map_or(SequenceMeaning::Unknown, meaning)
}
