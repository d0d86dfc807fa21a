//! What `update` wants done outside of the state machine. Requests go to the dossier; everything else is for the terminal
//! and for other programs, and is carried out by the event loop. Outcomes come back as events.

use std::path::PathBuf;

use crate::request::Request;

/// One thing to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Ask the dossier. Outcome: `Event::Reply`.
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
    /// Give the terminal back and stop until someone continues the program.
    Suspend,
    /// Leave.
    Leave,
}

/// What an update wants done, in order.
#[must_use = "effects are carried out by the runtime"]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effects(pub Vec<Effect>);

impl Effects {
    /// Adds one thing to be done.
    pub fn push(&mut self, effect: Effect) {
        self.0.push(effect);
    }

    /// Adds a request to the dossier.
    pub fn ask(&mut self, request: Request) {
        self.push(Effect::Ask(request));
    }
}
