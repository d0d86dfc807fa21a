//! Recordings of a run, for reports of faults: the bytes that went to the terminal and those that came from it, with their
//! times. [`asciicast`] is the file, [`recorder`] writes it while one reads, [`redaction`] takes the words out of it, [`playback`]
//! goes through one. Showing one on a terminal is `replay`'s.

use std::collections::BTreeMap;
use std::io;

use jiff::Timestamp;
use ratatui::layout::Size;

use super::encoder::Capabilities;
use crate::locale::Message;
use asciicast::{Header, Origin};
use recorder::{Recorder, RecordingFile};

pub mod asciicast;
pub mod playback;
pub mod recorder;
pub mod redaction;

/// The environment variables in a recording: none that identify a person or a machine.
const VARIABLES: [&str; 4] = ["TERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "COLORTERM"];

/// Starts to record a run on this terminal. Calls `stopped` when writing fails.
pub fn start(blank: RecordingFile, size: Size, stopped: impl FnOnce(Message) + Send + 'static) -> io::Result<Recorder> {
    let variable = |name: &str| Some((name.to_owned(), std::env::var(name).ok()?));
    let environment: BTreeMap<String, String> = VARIABLES.into_iter().filter_map(variable).collect();
    let capabilities = Capabilities::of_term(environment.get("TERM").map_or("", String::as_str)).names();
    let origin = Origin {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        capabilities: capabilities.into_iter().map(str::to_owned).collect(),
        masked: blank.masks(),
    };
    let header = Header::new((size.width, size.height), Timestamp::now().as_second(), environment, origin);
    blank.start(&header, stopped)
}
