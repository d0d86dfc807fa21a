//! Profiles of terminals, kept from one run to the next: verified capabilities and the figures of the last run, in a
//! small file in Lutrin's state folder. Losing it does no harm: a damaged file is recreated, and errors of storing are
//! ignored. Queries no terminal.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use super::guard::Traffic;

/// The terminals that are remembered; the one not used for longest goes first.
const MOST: usize = 32;
/// Maximum size of an intact file.
const LONGEST_FILE: u64 = 256 << 10;
/// Characters of each part of a name: the environment may hold anything.
const LONGEST_PART: usize = 100;

/// Identifies a terminal: `TERM`, the program and its version, the origin of the ssh connection, and the multiplexer in
/// between.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TerminalName(String);

impl TerminalName {
    /// The terminal this process is on.
    pub fn from_environment(environment: impl Fn(&str) -> Option<String>) -> Self {
        let value = |name: &str| environment(name).unwrap_or_default();
        let client = [value("SSH_CONNECTION"), value("SSH_CLIENT")].into_iter().find(|value| !value.is_empty());
        let client = client.unwrap_or_default().split_whitespace().next().unwrap_or_default().to_owned();
        let inside = EnclosingMultiplexer::from_environment(&environment).map_or("", EnclosingMultiplexer::name);
        let program = [value("TERM"), value("TERM_PROGRAM"), value("TERM_PROGRAM_VERSION")];
        let parts = program.into_iter().chain([client, inside.to_owned()]);
        let parts: Vec<String> = parts.map(|part| part.chars().take(LONGEST_PART).collect()).collect();
        Self(parts.join("|"))
    }
}

/// A program between us and the terminal that keeps a screen of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum EnclosingMultiplexer {
    /// tmux.
    Tmux,
    /// GNU screen.
    Screen,
}

impl EnclosingMultiplexer {
    /// By the environment, as each sets it, or by `TERM`, which alone goes through ssh; tmux inside screen answers for
    /// itself.
    pub fn from_environment(environment: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let is_set = |name: &str| environment(name).is_some_and(|value| !value.is_empty());
        let term = environment("TERM").unwrap_or_default();
        match term.split(['-', '.']).next() {
            _ if is_set("TMUX") => Some(Self::Tmux),
            _ if is_set("STY") => Some(Self::Screen),
            Some("tmux") => Some(Self::Tmux),
            Some("screen") => Some(Self::Screen),
            _ => None,
        }
    }

    /// Its name: the variant in kebab case. Renaming a variant changes it.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// Measurements of a run about the terminal and its line; `None` where unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineReport {
    /// Whether columns between margins were seen to scroll (DECSLRM).
    pub columns_scroll: Option<bool>,
    /// How long a question and its answer take, in milliseconds.
    pub round_trip_ms: Option<u32>,
    /// Bytes a second that the line carries, where that is slow enough to be felt.
    pub bytes_a_second: Option<u64>,
}

/// The profile of a terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TerminalProfile {
    /// Whether columns between margins were seen to scroll (DECSLRM). For diagnostics only: each run probes again,
    /// because a terminal name does not identify the terminal reliably, and margins that are not supported spoil the
    /// screen.
    pub columns_scroll: Option<bool>,
    /// How long a question and its answer take, in milliseconds.
    pub round_trip_ms: Option<u32>,
    /// Bytes a second that the line carried in the last run, where that was slow enough to be felt.
    pub bytes_a_second: Option<u64>,
    /// Frames of the last run.
    pub frames: u64,
    /// Bytes of all of them.
    pub bytes: u64,
    /// Bytes of the largest.
    pub largest_frame: u64,
    /// Keys that were pressed, pastes and clicks.
    pub keys: u64,
    /// How long it lasted, in seconds.
    pub seconds: u64,
    /// When it ended, in milliseconds since 1970.
    pub when: i64,
}

impl TerminalProfile {
    /// The profile after a run: its figures, and the newest verified capabilities.
    pub fn after(before: Option<Self>, report: LineReport, traffic: Traffic, keys: u64, seconds: u64) -> Self {
        let before = before.unwrap_or_default();
        Self {
            columns_scroll: report.columns_scroll.or(before.columns_scroll),
            round_trip_ms: report.round_trip_ms.or(before.round_trip_ms),
            bytes_a_second: report.bytes_a_second,
            frames: traffic.frames,
            bytes: traffic.bytes,
            largest_frame: traffic.largest,
            keys,
            seconds,
            when: Timestamp::now().as_millisecond(),
        }
    }
}

/// The file: the terminal used last comes first.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Remembered {
    terminals: Vec<Entry>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    name: TerminalName,
    #[serde(flatten)]
    known: TerminalProfile,
}

/// The stored profile of a terminal in the folder `state`.
pub fn load(state: &Path, name: &TerminalName) -> Option<TerminalProfile> {
    let entries = remembered(state).terminals.into_iter();
    entries.filter(|entry| entry.name == *name).map(|entry| entry.known).next()
}

/// Remembers this of a terminal in the folder `state`, which must be there.
pub fn keep(state: &Path, name: &TerminalName, known: &TerminalProfile) -> io::Result<()> {
    let mut remembered = remembered(state);
    remembered.terminals.retain(|entry| entry.name != *name);
    remembered.terminals.insert(0, Entry { name: name.clone(), known: *known });
    remembered.terminals.truncate(MOST);
    let text = serde_json::to_string_pretty(&remembered)?;
    write_whole(&path(state), text.as_bytes())
}

fn path(state: &Path) -> PathBuf {
    state.join("terminals.json")
}

/// What the file says; nothing where it cannot be read or understood.
fn remembered(state: &Path) -> Remembered {
    let path = path(state);
    if fs::metadata(&path).is_ok_and(|about| about.len() > LONGEST_FILE) {
        return Remembered::default();
    }
    let text = fs::read_to_string(path).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Writes a file so that it is there whole or as it was before.
fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension(format!("{}.new", std::process::id()));
    let written = private_file(&beside).and_then(|mut file| file.write_all(bytes));
    let done = written.and_then(|()| fs::rename(&beside, path));
    if done.is_err() {
        let _ = fs::remove_file(&beside); // the error that counts is the one before
    }
    done
}

/// A new file that only its owner reads, in place of one that an earlier process left.
fn private_file(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(pairs: &[(&str, &str)]) -> TerminalName {
        TerminalName::from_environment(|name| {
            pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn what_is_kept_of_a_terminal_is_known_of_it_and_of_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path();
        let xterm = named(&[("TERM", "xterm")]);
        let known = TerminalProfile { columns_scroll: Some(true), frames: 3, ..TerminalProfile::default() };
        assert_eq!(load(state, &xterm), None);
        keep(state, &xterm, &known).unwrap();
        assert_eq!(load(state, &xterm), Some(known));
        for other in [
            [("TERM", "xterm"), ("TMUX", "1")],
            [("TERM", "xterm"), ("SSH_CONNECTION", "10.0.0.1 5 10.0.0.2 22")],
            [("TERM", "xterm"), ("TERM_PROGRAM", "WezTerm")],
        ] {
            assert_eq!(load(state, &named(&other)), None, "{other:?}");
        }
    }

    #[test]
    fn the_address_counts_and_not_the_port() {
        let from = |connection| named(&[("TERM", "xterm"), ("SSH_CONNECTION", connection)]);
        assert_eq!(from("10.0.0.1 5 10.0.0.2 22"), from("10.0.0.1 6 10.0.0.2 22"));
        assert_ne!(from("10.0.0.1 5 10.0.0.2 22"), from("10.0.0.3 5 10.0.0.2 22"));
    }

    #[test]
    fn a_damaged_file_is_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path();
        fs::write(path(state), "{\"terminals\": [{\"na").unwrap();
        let name = named(&[("TERM", "xterm")]);
        assert_eq!(load(state, &name), None);
        keep(state, &name, &TerminalProfile::default()).unwrap();
        assert_eq!(load(state, &name), Some(TerminalProfile::default()));
    }

    #[test]
    fn the_terminals_used_last_are_remembered() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path();
        let name = |number: usize| named(&[("TERM", &number.to_string())]);
        for number in 0..=MOST {
            keep(state, &name(number), &TerminalProfile::default()).unwrap();
        }
        assert_eq!(load(state, &name(0)), None);
        assert_eq!(load(state, &name(MOST)), Some(TerminalProfile::default()));
    }

    #[test]
    fn a_run_that_verified_nothing_keeps_what_was_verified_before() {
        let before = TerminalProfile {
            columns_scroll: Some(true),
            round_trip_ms: Some(300),
            bytes: 9,
            ..TerminalProfile::default()
        };
        let report = LineReport { round_trip_ms: Some(200), ..LineReport::default() };
        let after = TerminalProfile::after(Some(before), report, Traffic::default(), 4, 5);
        assert_eq!((after.columns_scroll, after.round_trip_ms), (Some(true), Some(200)));
        assert_eq!((after.bytes, after.keys, after.seconds), (0, 4, 5));
    }

    #[cfg(unix)]
    #[test]
    fn the_file_is_its_owner_s_alone_and_nothing_stays_beside_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path();
        keep(state, &named(&[]), &TerminalProfile::default()).unwrap();
        assert_eq!(fs::metadata(path(state)).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(state).unwrap().count(), 1);
    }
}
