//! Bytes to and from a terminal: input, the encoder of frames, an emulator to check it by, output, recordings, flow control,
//! probing, profiles, signals, and the guard that gives the terminal back as it was. Knows nothing of documents, and decides
//! nothing of what is shown: that is `app`'s and `ui`'s.

pub mod clipboard;
pub mod emulator;
pub mod encoder;
pub mod external_programs;
pub mod flow_control;
pub mod guard;
pub mod input;
pub mod output;
mod panic_hook;
pub mod probe;
pub mod profiles;
pub mod recording;
pub mod resize_debounce;
pub mod signals;
#[cfg(unix)]
mod tty;
#[cfg(not(unix))]
#[path = "tty_elsewhere.rs"]
mod tty;
