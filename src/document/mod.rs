//! The model: one flat text with stand-off structure.
//!
//! Invariants, kept by [`DocumentBuilder`] and checked by [`Document::check`]:
//! - the text is NFC and has no control characters but the one `\n` between leaf blocks;
//! - leaf blocks are in order and tile the text: each ends one byte before the next starts;
//! - every range is on character boundaries inside the text; an inline is inside one leaf block.
//!
//! Display decoration (bullets, brackets around the mark of a note) is not part of the text. This layer reads no files and
//! does not depend on source formats.

mod block;
mod builder;
mod delay;
mod footnote;
mod inline;
mod kinds;
mod locator;
mod metadata;
mod model;
mod outline;
mod part;
mod passages;
mod place;
mod source_map;
mod target;

pub use block::{Block, BlockKind, Marker};
pub use builder::DocumentBuilder;
pub use footnote::Footnote;
pub use inline::{Inline, InlineKind};
pub use kinds::PartKinds;
pub use locator::Locator;
pub use metadata::{Key, Metadata};
pub use model::{Acronym, Document, DocumentKey, Genre, IMPOSSIBLE_DATE, Reference, SetAside, Summary, Warning};
pub use outline::{Place, Section, counterpart, section_around, section_at};
pub use part::{Part, PartKind};
pub use passages::Passage;
pub use place::{Located, PlaceName, place_names};
pub use source_map::{Segment, SourceMap};
pub use target::Target;
