//! Where to arrive in a document that is being loaded, and the load itself. Going there is done by the reader.

use std::time::Duration;

use crate::document::{DocumentKey, Locator, PlaceName};
use crate::text::TextSize;

/// How long a document or a reply may take before the wait is shown: with less nothing flickers.
pub(crate) const SOON: Duration = Duration::from_millis(200);

/// The place to show once a document is loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// The place where the document was left, else its beginning; during a search, its first match.
    Resume,
    /// The first match, when reading on forwards.
    FirstMatch,
    /// The last match, when reading on backwards.
    LastMatch,
    /// The match nearest to an offset.
    Offset(TextSize),
    /// Exactly an offset, regardless of matches.
    Place(TextSize),
    /// A named place: `recital-C`, `@123`.
    Named(PlaceName),
    /// A mark, by its letter.
    Mark(char, Locator),
    /// The place of an interrupted session, and the start of its current match.
    Interrupted(Locator, Option<TextSize>),
}

impl Arrival {
    /// Whether the place is the reader's choice and not the person's.
    pub(crate) fn is_automatic(&self) -> bool {
        matches!(self, Self::Resume | Self::FirstMatch | Self::LastMatch)
    }
}

/// A document that was requested and has not arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loading {
    pub(crate) key: DocumentKey,
    /// The place to show in it.
    pub arrival: Arrival,
    /// Time of the request since the start.
    pub since: Duration,
}
