//! Decodes bytes of a terminal into events, one byte at a time, so that the result does not depend on how the line splits
//! them. Without clock or files: the caller reports a time-out ([`Decoder::timed_out`]).
//!
//! Unknown sequences are skipped as a whole, so that their letters never become keys. `ESC` followed by a key is Alt and that
//! key, as terminals send it; `ESC ESC` before a sequence is Alt too (rxvt), before anything else an Esc key. Every buffer
//! is bounded, because terminal input is as untrusted as a file.

use std::collections::VecDeque;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use super::mouse;
use super::sequence::{self, SequenceMeaning};
use super::{InputEvent, StringKind, TerminalReply};

/// Parameters of a control sequence that are kept; the rest is swallowed.
const LONGEST_SEQUENCE: usize = 256;
/// Bytes of a control string that are kept.
const LONGEST_STRING: usize = 64 << 10;
/// Bytes of a paste that are kept.
const LONGEST_PASTE: usize = 1 << 20;
/// What ends a bracketed paste.
const PASTE_END: &[u8] = b"\x1b[201~";

/// The kind of incomplete input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pending {
    /// A lone ESC: the Esc key, or the beginning of something. Wait as long as the line may take between two bytes.
    Escape,
    /// Certainly the beginning of a sequence. Wait much longer: the following bytes are hardly a key.
    Sequence,
    /// Inside a bracketed paste.
    Paste,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Ground,
    /// After ESC.
    Escape,
    /// After `ESC [`.
    Csi,
    /// After `ESC [ [`: function keys of the Linux console.
    Console,
    /// After `ESC O`.
    Ss3,
    /// After `ESC [ M`: three raw bytes of the oldest mouse report.
    OldMouse,
    /// Inside a UTF-8 character.
    Text,
    String(StringKind),
    /// After ESC inside a string: its terminator, or the next sequence.
    StringEscape(StringKind),
    Paste,
}

/// The decoder: [`push`](Self::push) bytes, take events with [`next`](Iterator::next).
#[derive(Debug)]
pub struct Decoder {
    state: State,
    /// Whether an ESC precedes the bytes being read: Alt, or an Esc of its own.
    alt: bool,
    body: Vec<u8>,
    /// Bytes of [`PASTE_END`] seen.
    paste_end: usize,
    events: VecDeque<InputEvent>,
    erase: u8,
    positions_asked: u32,
    gave_up_on_escape: bool,
    came_late: bool,
}

impl Default for Decoder {
    fn default() -> Self {
        Self::new(0x7f)
    }
}

impl Iterator for Decoder {
    type Item = InputEvent;

    fn next(&mut self) -> Option<InputEvent> {
        self.events.pop_front()
    }
}

impl Decoder {
    /// A decoder; `erase` is the byte that the terminal line knows as the backspace key (`stty erase`), 0x7f or 0x08.
    pub fn new(erase: u8) -> Self {
        Self {
            state: State::Ground,
            alt: false,
            body: Vec::new(),
            paste_end: 0,
            events: VecDeque::new(),
            erase,
            positions_asked: 0,
            gave_up_on_escape: false,
            came_late: false,
        }
    }

    /// Decodes the bytes of one read. The boundaries of reads do not matter, except after a sequence whose ESC was
    /// reported as the Esc key: if the next read begins with its rest, it is still that sequence.
    pub fn push(&mut self, bytes: &[u8]) {
        if std::mem::take(&mut self.gave_up_on_escape) && sequence::starts_with_rest(bytes) {
            self.came_late = true;
            self.step(0x1b);
        }
        for &byte in bytes {
            self.step(byte);
        }
    }

    /// The incomplete input, if any.
    pub fn pending(&self) -> Option<Pending> {
        match self.state {
            State::Ground => None,
            State::Escape => Some(Pending::Escape),
            State::Paste => Some(Pending::Paste),
            _ => Some(Pending::Sequence),
        }
    }

    /// Decides on the incomplete input because no more bytes came. A lone ESC is the Esc key; `ESC [` alone is Alt and
    /// `[`; an incomplete sequence is dropped; an incomplete paste is reported.
    pub fn timed_out(&mut self) {
        match self.state {
            State::Escape => {
                self.give_up_escape();
                self.gave_up_on_escape = true;
            }
            State::Paste => self.finish_paste(),
            State::Ground => {}
            _ => self.abandon(),
        }
    }

    /// Interprets the next `CSI n ; m R` as a cursor report, because one was requested. Otherwise it is F3 with
    /// modifiers.
    pub fn expect_position(&mut self) {
        self.positions_asked += 1;
    }

    /// Returns whether, since the last call, the rest of a sequence came after its ESC had been reported as a key: the
    /// time-out is too short.
    pub fn take_late(&mut self) -> bool {
        std::mem::take(&mut self.came_late)
    }

    fn step(&mut self, byte: u8) {
        match self.state {
            State::Ground => self.ground(byte),
            State::Escape => self.escape(byte),
            State::Csi => self.csi(byte),
            State::Console => self.console(byte),
            State::Ss3 => self.ss3(byte),
            State::OldMouse => self.old_mouse(byte),
            State::Text => self.text(byte),
            State::String(kind) => self.string(kind, byte),
            State::StringEscape(kind) => self.string_escape(kind, byte),
            State::Paste => self.paste(byte),
        }
    }

    fn ground(&mut self, byte: u8) {
        match byte {
            0x1b => self.state = State::Escape,
            0x80.. => {
                self.state = State::Text;
                self.body.push(byte);
                self.take_text();
            }
            _ => {
                let key = sequence::typed(byte, self.erase);
                self.key(key);
            }
        }
    }

    fn escape(&mut self, byte: u8) {
        if byte == 0x1b {
            if self.alt {
                self.escape_key();
            }
            self.alt = true;
            return;
        }
        match (byte, StringKind::of(byte)) {
            (b'[', _) => self.state = State::Csi,
            (b'O', _) => self.state = State::Ss3,
            (_, Some(kind)) => self.state = State::String(kind),
            _ => self.alt_key(byte),
        }
    }

    /// `ESC` and a key that begins no sequence.
    fn alt_key(&mut self, byte: u8) {
        if self.alt {
            self.escape_key();
        }
        self.alt = true;
        self.state = State::Ground;
        self.ground(byte);
    }

    fn csi(&mut self, byte: u8) {
        match byte {
            b'[' if self.body.is_empty() => self.state = State::Console,
            b'M' if self.body.is_empty() => self.state = State::OldMouse,
            b'$' if sequence::is_rxvt_shift(&self.body) => self.finish_csi(byte),
            0x20..=0x3f => self.keep(byte, LONGEST_SEQUENCE),
            0x40..=0x7e => self.finish_csi(byte),
            _ => self.abandon_for(byte),
        }
    }

    fn finish_csi(&mut self, last: u8) {
        let meaning = match sequence::position(&self.body, last) {
            Some(position) if self.positions_asked > 0 => {
                self.positions_asked -= 1;
                SequenceMeaning::Reply(position)
            }
            _ => sequence::csi(&self.body, last),
        };
        self.mean(meaning);
    }

    fn console(&mut self, byte: u8) {
        match byte {
            0x20..=0x7e => self.mean(sequence::console(byte)),
            _ => self.abandon_for(byte),
        }
    }

    fn ss3(&mut self, byte: u8) {
        match byte {
            b'0'..=b'9' | b';' => self.keep(byte, LONGEST_SEQUENCE),
            0x20..=0x7e => self.mean(sequence::ss3(&self.body, byte)),
            _ => self.abandon_for(byte),
        }
    }

    fn old_mouse(&mut self, byte: u8) {
        if matches!(byte, 1..0x20) {
            return self.abandon_for(byte);
        }
        self.body.push(byte);
        if let [button, column, row] = self.body[..] {
            self.mean(mouse::old(button, column, row).map_or(SequenceMeaning::Unknown, SequenceMeaning::Event));
        }
    }

    /// Emits the event of a complete sequence, and resets the decoder.
    fn mean(&mut self, meaning: SequenceMeaning) {
        self.body.clear();
        self.state = State::Ground;
        if self.alt && !matches!(meaning, SequenceMeaning::Key(_)) {
            self.escape_key();
        }
        match meaning {
            SequenceMeaning::Key(key) => self.key(Some(key)),
            SequenceMeaning::Event(event) => self.events.push_back(InputEvent::Terminal(event)),
            SequenceMeaning::Reply(reply) => self.events.push_back(InputEvent::Reply(reply)),
            SequenceMeaning::PasteBegins => self.state = State::Paste,
            SequenceMeaning::Unknown => {}
        }
    }

    fn text(&mut self, byte: u8) {
        if byte & 0xc0 == 0x80 {
            self.body.push(byte);
            self.take_text();
        } else {
            self.abandon_for(byte);
        }
    }

    /// Takes the character out of the body once it is whole, or its mark of damage once it cannot become one.
    fn take_text(&mut self) {
        let c = match std::str::from_utf8(&self.body) {
            Ok(text) => text.chars().next(),
            Err(error) if error.error_len().is_none() => return,
            Err(_) => Some(char::REPLACEMENT_CHARACTER),
        };
        self.body.clear();
        self.state = State::Ground;
        self.key(c.and_then(sequence::typed_char));
    }

    fn string(&mut self, kind: StringKind, byte: u8) {
        match byte {
            0x07 => self.finish_string(kind),
            0x1b if !self.body.is_empty() => self.state = State::StringEscape(kind),
            0x20.. => self.keep(byte, LONGEST_STRING),
            _ => self.abandon_for(byte),
        }
    }

    fn string_escape(&mut self, kind: StringKind, byte: u8) {
        if byte == b'\\' {
            return self.finish_string(kind);
        }
        self.abandon_for(0x1b);
        self.step(byte);
    }

    fn finish_string(&mut self, kind: StringKind) {
        let body = std::mem::take(&mut self.body);
        self.mean(SequenceMeaning::Reply(TerminalReply::ControlString { kind, body }));
    }

    fn paste(&mut self, byte: u8) {
        if byte == PASTE_END[self.paste_end] {
            self.paste_end += 1;
            if self.paste_end == PASTE_END.len() {
                self.finish_paste();
            }
            return;
        }
        for &kept in &PASTE_END[..std::mem::take(&mut self.paste_end)] {
            self.keep(kept, LONGEST_PASTE);
        }
        if byte == 0x1b {
            self.paste_end = 1;
        } else {
            self.keep(byte, LONGEST_PASTE);
        }
    }

    fn finish_paste(&mut self) {
        self.paste_end = 0;
        let text = String::from_utf8_lossy(&std::mem::take(&mut self.body)).into_owned();
        self.mean(SequenceMeaning::Event(Event::Paste(text)));
    }

    fn keep(&mut self, byte: u8, longest: usize) {
        if self.body.len() < longest {
            self.body.push(byte);
        }
    }

    /// Drops an incomplete sequence because of a byte that cannot belong to it, and decodes that byte.
    fn abandon_for(&mut self, byte: u8) {
        self.abandon();
        self.ground(byte);
    }

    fn abandon(&mut self) {
        let introducer = match self.state {
            State::Csi => Some('['),
            State::Ss3 => Some('O'),
            State::String(kind) => Some(kind.introducer()),
            _ => None,
        };
        let damaged = (self.state == State::Text).then_some(char::REPLACEMENT_CHARACTER);
        let Some(c) = introducer.filter(|_| self.body.is_empty()) else {
            let key = damaged.and_then(sequence::typed_char);
            return self.mean(key.map_or(SequenceMeaning::Unknown, SequenceMeaning::Key));
        };
        if self.alt {
            self.escape_key();
        }
        self.alt = true;
        self.state = State::Ground;
        self.key(sequence::typed_char(c));
    }

    fn give_up_escape(&mut self) {
        if self.alt {
            self.escape_key();
        }
        self.state = State::Ground;
        self.escape_key();
    }

    fn escape_key(&mut self) {
        self.alt = false;
        self.key(Some(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE)));
    }

    fn key(&mut self, key: Option<KeyEvent>) {
        let alt = std::mem::take(&mut self.alt);
        if let Some(mut key) = key {
            key.modifiers.set(KeyModifiers::ALT, alt || key.modifiers.contains(KeyModifiers::ALT));
            self.events.push_back(InputEvent::Terminal(Event::Key(key)));
        }
    }
}

#[cfg(test)]
mod tests;
