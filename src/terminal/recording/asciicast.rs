//! The file: asciicast v2, so that other players show it too. JSON in lines: a header, then `[seconds, kind, text]`, kind
//! being `o` for output, `i` for input, `r` for a resize. Reading is lenient but for the header: lines that cannot be read
//! are counted and left out (the last is half a line where a run was cut).

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The version of the format.
const VERSION: u8 = 2;
/// Longest recording that is accepted.
const LONGEST: Duration = Duration::from_hours(366 * 24);

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    version: u8,
    /// Columns at the start.
    pub width: u16,
    /// Rows at the start.
    pub height: u16,
    /// When it began, in seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<i64>,
    /// The environment of the terminal.
    #[serde(default)]
    pub env: BTreeMap<String, String>,
    /// What Lutrin adds to the format.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lutrin: Option<Origin>,
}

/// Which Lutrin made a recording, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Origin {
    /// Its version.
    pub version: String,
    /// What `TERM` promised of the terminal.
    pub capabilities: Vec<String>,
    /// Whether words are masked.
    pub masked: bool,
}

impl Header {
    /// The header of a recording that begins now and here.
    pub fn new((width, height): (u16, u16), timestamp: i64, env: BTreeMap<String, String>, lutrin: Origin) -> Self {
        Self { version: VERSION, width, height, timestamp: Some(timestamp), env, lutrin: Some(lutrin) }
    }

    /// The header that a line is.
    pub fn parse(line: &str) -> Option<Self> {
        serde_json::from_str(line).ok().filter(|header: &Self| header.version == VERSION)
    }

    /// Its line.
    pub fn line(&self) -> String {
        json(self)
    }
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Since the start.
    pub at: Duration,
    /// What.
    pub what: What,
}

/// What happens in a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// This went to the terminal.
    Output(String),
    /// This came from it.
    Input(String),
    /// The window got this size: columns, rows.
    Resized(u16, u16),
}

impl Moment {
    /// Its line. Times are in microseconds.
    pub fn line(&self) -> String {
        let seconds = self.at.as_micros() as f64 / 1e6;
        match &self.what {
            What::Output(text) => json(&(seconds, "o", text)),
            What::Input(text) => json(&(seconds, "i", text)),
            What::Resized(width, height) => json(&(seconds, "r", format!("{width}x{height}"))),
        }
    }

    /// The moment that a line is; `Ok(None)` of a kind that other programs write.
    fn parse(line: &str) -> Result<Option<Self>, ()> {
        let (seconds, kind, text): (f64, String, String) = serde_json::from_str(line).map_err(|_| ())?;
        let at = Duration::try_from_secs_f64(seconds).map_err(|_| ())?.min(LONGEST);
        let what = match kind.as_str() {
            "o" => What::Output(text),
            "i" => What::Input(text),
            "r" => {
                let (width, height) = text.split_once('x').ok_or(())?;
                What::Resized(width.parse().map_err(|_| ())?, height.parse().map_err(|_| ())?)
            }
            _ => return Ok(None),
        };
        Ok(Some(Self { at, what }))
    }
}

/// A recording that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    /// Its first line.
    pub header: Header,
    /// What happened, in order; no time is before the one above it.
    pub moments: Vec<Moment>,
    /// Lines that could not be read.
    pub damaged: usize,
}

impl Recording {
    /// Parses a recording; `None` if it is not one.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut lines = bytes.split(|&byte| byte == b'\n').map(String::from_utf8_lossy);
        let header = Header::parse(&lines.next()?)?;
        let mut recording = Self { header, moments: Vec::new(), damaged: 0 };
        let mut latest = Duration::ZERO;
        for line in lines.filter(|line| !line.trim().is_empty()) {
            match Moment::parse(&line) {
                Ok(Some(moment)) => {
                    latest = latest.max(moment.at);
                    recording.moments.push(Moment { at: latest, ..moment });
                }
                Ok(None) => {}
                Err(()) => recording.damaged += 1,
            }
        }
        Some(recording)
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("numbers and texts are JSON")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn header() -> Header {
        let env = BTreeMap::from([("TERM".to_owned(), "xterm".to_owned())]);
        let origin = Origin { version: "0.1.0".to_owned(), capabilities: vec!["scrolls".to_owned()], masked: false };
        Header::new((80, 24), 1_700_000_000, env, origin)
    }

    #[test]
    fn the_file_is_an_asciicast() {
        assert_eq!(
            header().line(),
            r#"{"version":2,"width":80,"height":24,"timestamp":1700000000,"env":{"TERM":"xterm"},"lutrin":{"version":"0.1.0","capabilities":["scrolls"],"masked":false}}"#
        );
        let moment = |millis, what| Moment { at: Duration::from_millis(millis), what }.line();
        assert_eq!(moment(1500, What::Output("\x1b[mé".to_owned())), r#"[1.5,"o","\u001b[mé"]"#);
        assert_eq!(moment(0, What::Resized(100, 30)), r#"[0.0,"r","100x30"]"#);
    }

    #[test]
    fn what_others_write_is_read_and_what_is_torn_is_counted() {
        let text = "{\"version\": 2, \"width\": 80, \"height\": 24, \"theme\": {}}\n[0.5, \"o\", \"a\"]\n[0.4, \"i\", \"j\"]\n\
                    [1, \"m\", \"here\"]\n[1e300, \"o\", \"b\"]\n[-1, \"o\", \"b\"]\n[2, \"r\", \"wide\"]\n[3.1, \"o\", \"hal";
        let recording = Recording::read(text.as_bytes()).unwrap();
        let at = Duration::from_millis(500);
        let moments = [
            Moment { at, what: What::Output("a".to_owned()) },
            Moment { at, what: What::Input("j".to_owned()) }, // no earlier than what is above
        ];
        assert_eq!(recording.moments, moments);
        assert_eq!(recording.damaged, 4);
    }

    #[test]
    fn other_files_are_no_recordings() {
        for text in
            ["", "A text.\n", "{}\n", "{\"version\":3,\"term\":{}}\n", "{\"version\":2,\"width\":-1,\"height\":2}"]
        {
            assert_eq!(Recording::read(text.as_bytes()), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]
        #[test]
        fn what_is_written_is_read(moments in proptest::collection::vec(("\\PC*|[\u{0}-\u{9f}]*", 0..1_000_000_u64, 0..3_u8), 0..9)) {
            let mut at = Duration::ZERO;
            let moments: Vec<Moment> = moments.into_iter().map(|(text, micros, kind)| {
                at += Duration::from_micros(micros);
                let what = match kind {
                    0 => What::Output(text),
                    1 => What::Input(text),
                    _ => What::Resized(micros as u16, 24),
                };
                Moment { at, what }
            }).collect();
            let lines: Vec<String> = moments.iter().map(Moment::line).collect();
            let file = header().line() + "\n" + &lines.join("\n");
            let recording = Recording { header: header(), moments, damaged: 0 };
            prop_assert_eq!(Recording::read(file.as_bytes()), Some(recording));
        }
    }
}
