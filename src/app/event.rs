//! The events: keys and the mouse, the window, time, replies of the dossier, and outcomes of effects. Time, sizes and
//! the results of other work arrive as events and in no other way.

use std::time::Duration;

use super::panes::Size;
use crate::command::KeyChord;
use crate::locale::Message;
use crate::request::Reply;

/// An action of the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseAction {
    /// The first button went down.
    Click,
    /// The wheel turned up.
    WheelUp,
    /// The wheel turned down.
    WheelDown,
}

/// One event.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A key was pressed.
    Key(KeyChord),
    /// Text was pasted.
    Paste(String),
    /// A mouse action over a cell: column, row.
    Mouse(MouseAction, u16, u16),
    /// The window has a new size.
    Resized(Size),
    /// The time since the start.
    Clock(Duration),
    /// The dossier answered a request, or the indexer reports its progress.
    Reply(Box<Reply>),
    /// A passage was sent to the terminal's clipboard.
    Copied {
        /// Its length in characters (Unicode scalar values).
        characters: usize,
    },
    /// A notice for the last line of the screen.
    Said(Message),
    /// An effect of the terminal or of another program failed.
    Failed(Message),
    /// The terminal is ours again after a suspension or another program.
    Resumed,
    /// The connection is lost or a signal ends the program: nothing more will be drawn.
    Cut,
}
