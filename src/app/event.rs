//! What can happen: keys and the mouse, the window, time, and what comes of effects. Time, sizes and other people's work
//! come in as events and in no other way.

use std::time::Duration;

use super::panes::Size;
use crate::command::KeyChord;
use crate::locale::Message;
use crate::request::Reply;

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseAction {
    /// The first button went down.
    Click,
    /// The wheel turned up.
    WheelUp,
    /// The wheel turned down.
    WheelDown,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A key was pressed.
    Key(KeyChord),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something over a cell: column, row.
    Mouse(MouseAction, u16, u16),
    /// The window has this size now.
    Resized(Size),
    /// The time since the start.
    Clock(Duration),
    /// The dossier answered a request, or reports of the indexer.
    Reply(Box<Reply>),
    /// A passage was sent to the terminal's clipboard.
    Copied {
        /// Its length in characters (Unicode scalar values).
        characters: usize,
    },
    /// Something worth a line at the foot of the screen.
    Said(Message),
    /// Something the terminal or another program was to do failed.
    Failed(Message),
    /// The terminal was taken back after a suspension or another program.
    Resumed,
    /// The terminal is gone or a signal ends the program: nothing more will be drawn.
    Cut,
}
