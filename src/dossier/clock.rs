//! The time of day where the program runs. It reads the system's time zone, which the pure layers do not.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A moment as a local date and time: `2026-11-21T14:32`.
pub fn local(moment: Timestamp) -> String {
    moment.to_zoned(TimeZone::system()).strftime("%Y-%m-%dT%H:%M").to_string()
}
