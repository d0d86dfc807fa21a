//! Notes and their marks, in both directions.

use serde::{Deserialize, Serialize};

use crate::text::{TextRange, TextSize};

/// A note: its body is a block of the running text, after the block that refers to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Footnote {
    /// What the mark shows: « 4 », « * ».
    pub label: String,
    /// The body's place in the text.
    pub body: TextRange,
    /// Positions of its reference marks.
    pub references: Vec<TextSize>,
}
