//! Inlines: stretches of a leaf block that mean or look something of their own.

use serde::{Deserialize, Serialize};

use crate::text::TextRange;

/// What a stretch of text is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InlineKind {
    /// Stressed.
    Emphasis,
    /// Strongly stressed.
    Strong,
    /// Raised: the « e » of « 2e ».
    Superscript,
    /// Lowered.
    Subscript,
    /// Struck out.
    Deleted,
    /// Words of a machine.
    Code,
    /// Leads somewhere.
    Link {
        /// The address as the source had it; `#` and empty ones lead nowhere.
        target: String,
    },
    /// The mark of a note, without brackets.
    FootnoteReference {
        /// The note's label.
        label: String,
    },
}

/// One inline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inline {
    /// Kind of the inline.
    pub kind: InlineKind,
    /// The text it covers, inside one leaf block, never empty.
    pub range: TextRange,
}
