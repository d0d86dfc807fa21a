//! The environment of the terminal: its size, whether it can show the reader, whether it is behind ssh.

use std::io;

use ratatui::layout::Size;

use crate::locale::Message;

/// Why the reader cannot be shown.
#[derive(Debug)]
pub enum TerminalError {
    /// Standard output is no terminal, or there is none to read keys from: print plainly.
    NotATerminal,
    /// `TERM` is unset or a terminal without a movable cursor: print plainly.
    Dumb,
    /// The terminal refused.
    Io(io::Error),
}

impl TerminalError {
    /// The sentence for people.
    pub fn message(&self) -> Message {
        match self {
            Self::NotATerminal => Message::new("terminal-none"),
            Self::Dumb => Message::new("terminal-dumb"),
            Self::Io(error) => Message::new("terminal-failed").with("error", error.to_string()),
        }
    }
}

impl From<io::Error> for TerminalError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Larger than any window; a hostile size must not cost gigabytes.
const LARGEST: Size = Size { width: 2000, height: 1000 };

/// The size in cells, at least 1 by 1: the terminal's, else `COLUMNS` and `LINES`, else 80 by 24.
pub fn size() -> Size {
    size_or(super::tty::size(), |name| std::env::var(name).ok())
}

/// Whether a person sits behind an ssh line, by the environment.
pub fn over_ssh(environment: impl Fn(&str) -> Option<String>) -> bool {
    ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"].into_iter().any(|name| environment(name).is_some_and(|v| !v.is_empty()))
}

fn size_or(told: Option<Size>, environment: impl Fn(&str) -> Option<String>) -> Size {
    let told = told.unwrap_or_default();
    let or = |cells: u16, name: &str, default: u16| match cells {
        0 => environment(name).and_then(|text| text.parse().ok()).filter(|&cells| cells > 0).unwrap_or(default),
        _ => cells,
    };
    Size {
        width: or(told.width, "COLUMNS", 80).min(LARGEST.width),
        height: or(told.height, "LINES", 24).min(LARGEST.height),
    }
}

/// Whether the reader can be shown here.
pub fn check() -> Result<(), TerminalError> {
    if !super::tty::is_terminal() {
        return Err(TerminalError::NotATerminal);
    }
    if is_dumb() { Err(TerminalError::Dumb) } else { Ok(()) }
}

/// Whether the terminal understands no escape sequences, by the environment.
pub fn is_dumb() -> bool {
    match std::env::var("TERM").ok().as_deref() {
        None | Some("") => cfg!(unix),
        Some(term) => matches!(term, "dumb" | "unknown"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_of_nothing_is_filled_from_the_environment_or_is_80_by_24() {
        let environment = |name: &str| (name == "COLUMNS").then(|| "132".to_owned());
        let told = |width, height| Some(Size { width, height });
        assert_eq!(size_or(told(100, 30), environment), Size { width: 100, height: 30 });
        assert_eq!(size_or(told(0, 0), environment), Size { width: 132, height: 24 });
        assert_eq!(size_or(None, |_| None), Size { width: 80, height: 24 });
        assert_eq!(size_or(None, |_| Some("many".to_owned())), Size { width: 80, height: 24 });
        assert_eq!(size_or(told(u16::MAX, u16::MAX), |_| None), LARGEST);
    }

    #[test]
    fn ssh_is_known_by_its_variables() {
        assert!(over_ssh(|name| (name == "SSH_CONNECTION").then(|| "10.0.0.1 5 10.0.0.2 22".to_owned())));
        assert!(!over_ssh(|_| None));
    }
}
