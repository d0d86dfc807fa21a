//! The effects of an update: work for the dossier, the terminal and other programs, which the event loop carries out.
//! Their outcomes return as events. Requests between panes are not among them: see `action`.

use std::path::PathBuf;

use crate::request::Request;

/// One effect.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Send a request to the dossier. Outcome: `Event::Reply`.
    Ask(Request),
    /// Put text on the clipboard. Outcome: `Copied` once it was sent to the terminal, else `Failed`.
    Copy(String),
    /// Open an address in a browser.
    Browse(String),
    /// Open a file in an editor.
    Edit {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u32,
    },
    /// Switch mouse capture.
    SetMouse(bool),
    /// Draw the whole screen again.
    Redraw,
    /// Release the terminal and stop the process until it is continued.
    Suspend,
    /// End the program.
    Leave,
}

/// The effects of one update, in order.
#[must_use = "effects are carried out by the runtime"]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effects(pub Vec<Effect>);

impl Effects {
    pub(crate) fn push(&mut self, effect: Effect) {
        self.0.push(effect);
    }

    pub(crate) fn extend(&mut self, more: Self) {
        self.0.extend(more.0);
    }
}
