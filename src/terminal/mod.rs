//! Bytes to and from a terminal: input, the encoder of frames, an emulator to test it, output, recordings, flow
//! control, probing, profiles, signals, and the guard that restores the terminal. Knows nothing of documents and does
//! not decide the content of the screen.

pub mod clipboard;
pub mod emulator;
pub mod encoder;
mod environment;
pub mod external_programs;
pub mod flow_control;
pub mod guard;
pub mod input;
mod leave_request;
pub mod output;
mod panic_hook;
pub mod probe;
pub mod profiles;
pub mod recording;
pub mod resize_debounce;
pub mod signals;
mod terminal_state;
#[cfg(unix)]
mod tty;
#[cfg(not(unix))]
#[path = "tty_elsewhere.rs"]
mod tty;
