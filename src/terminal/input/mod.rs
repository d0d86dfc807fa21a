//! Terminal input. On Unix the bytes are read and decoded here into crossterm's event types, because crossterm's parser holds
//! back typed keys after an unknown reply of the terminal, and takes an arrow key that a slow line splits for Esc.
//! [`Decoder`] is pure: bytes and time-outs in, events out; [`Input`] is the thread that feeds it; [`EscapeTimeout`] knows how
//! long to wait for the rest of a sequence. On other systems crossterm's reader is used.
//!
//! Does not know what keys mean to the reader, and sends no queries.
//!
//! Written here because no crate passes all of the decoder's table: termina 0.3 loses the replies to DA2, DECRQM, DSR and
//! XTVERSION and reads a doubled ESC as a key of its own, termwiz 0.23 turns every reply into typed letters.

mod decoder;
mod escape_timeout;
mod mouse;
#[cfg(unix)]
mod reader;
#[cfg(not(unix))]
#[path = "reader_elsewhere.rs"]
mod reader;
mod sequence;

pub use decoder::{Decoder, Pending};
pub use escape_timeout::EscapeTimeout;
pub use reader::{Input, spawn_input};

#[cfg(unix)]
pub(crate) use reader::open_terminal;

/// An event from the terminal. Events are in the order of the bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputEvent {
    /// A key, the mouse, a paste, the focus. Pasted text is as the terminal sent it, control characters included.
    Terminal(crossterm::event::Event),
    /// A reply to a query.
    Reply(TerminalReply),
    /// The end of the input: end of file, hang-up or a read error. No event follows.
    Closed,
}

/// A reply of the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TerminalReply {
    /// DA1, `CSI ? … c`.
    PrimaryAttributes(Vec<u16>),
    /// DA2, `CSI > … c`.
    SecondaryAttributes(Vec<u16>),
    /// DECRQM's answer, `CSI ? mode ; state $ y` (private) or without `?`. State 1 is set, 2 reset, 3 and 4 the same for
    /// ever, 0 unknown.
    Mode {
        /// A DEC private mode.
        private: bool,
        /// The mode's number.
        mode: u16,
        /// State of the mode.
        state: u16,
    },
    /// The cursor position, `CSI row ; column R`.
    Position {
        /// Row, from 1.
        row: u16,
        /// Column, from 1.
        column: u16,
    },
    /// DSR, `CSI n n`: 0 is "in order", the answer to `CSI 5 n`.
    Status(u16),
    /// Kitty's keyboard flags, `CSI ? flags u`.
    KeyboardFlags(u16),
    /// A window report, `CSI … t`.
    Window(Vec<u16>),
    /// A control string: the text between its introducer and its terminator, truncated at 64 KiB.
    ControlString {
        /// The kind of control string.
        kind: StringKind,
        /// The content.
        body: Vec<u8>,
    },
}

/// The control strings that terminals send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StringKind {
    /// `ESC ]`: colours, the clipboard, titles.
    Osc,
    /// `ESC P`: settings, the terminal's version.
    Dcs,
    /// `ESC _`: kitty's graphics.
    Apc,
    /// `ESC ^`.
    Pm,
}

impl StringKind {
    /// The kind that the byte after ESC begins.
    fn of(introducer: u8) -> Option<Self> {
        match introducer {
            b']' => Some(Self::Osc),
            b'P' => Some(Self::Dcs),
            b'_' => Some(Self::Apc),
            b'^' => Some(Self::Pm),
            _ => None,
        }
    }

    /// What Alt with a key sends too.
    fn introducer(self) -> char {
        match self {
            Self::Osc => ']',
            Self::Dcs => 'P',
            Self::Apc => '_',
            Self::Pm => '^',
        }
    }
}
