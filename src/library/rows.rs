//! Values of the catalogue's columns: keys, times, paths to show.

use std::path::Path;

use crate::document::DocumentKey;

pub(super) fn moment(milliseconds: i64) -> Option<jiff::Timestamp> {
    (milliseconds != 0).then(|| jiff::Timestamp::from_millisecond(milliseconds).ok()).flatten()
}

pub(super) fn key(number: i64) -> DocumentKey {
    DocumentKey(number.cast_unsigned())
}

pub(super) fn number(key: DocumentKey) -> i64 {
    key.0.cast_signed()
}

/// A path as results print it, and as a filter on paths reads it.
pub(super) fn printed(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
