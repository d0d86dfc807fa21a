//! What Lutrin does, as one binary: linking once keeps the tests quick. Each module is one side of it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![expect(clippy::print_stderr, reason = "a test that skips says so")]

mod acts;
mod alike;
mod bar_and_text;
mod cleaning;
mod debates;
mod doctor;
mod extraction;
mod faceting;
mod finding;
mod following;
mod going_on;
mod grouping;
mod histories;
mod journeys;
mod keeping;
mod manual;
mod matches;
mod notices;
mod oracle;
mod plain;
mod querying;
mod questions;
mod recording;
mod resolutions;
mod scripts;
mod searching;
mod seeds;
mod signs;
mod spelling;
mod standing;
mod support;
mod terminal;
