//! Roles: what a stretch of the screen means. A theme turns them into faces, snapshots print them; nothing below the
//! theme knows a colour.

use strum::{IntoStaticStr, VariantArray};

/// What a stretch of the screen means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Role {
    /// Running text: the brightest thing on the screen.
    #[default]
    Text,
    /// A heading's words.
    Heading,
    /// Strong words.
    Strong,
    /// Stressed words.
    Emphasis,
    /// Words of a machine.
    Code,
    /// Struck out words.
    Deleted,
    /// Words that lead somewhere.
    Link,
    /// A note's mark.
    FootnoteMark,
    /// What hangs before a block: bullets, numbers, letters.
    Label,
    /// What someone else said, and the bar beside it.
    Quote,
    /// Replacement for a source character that could control the terminal.
    Sanitized,
    /// A match.
    Match,
    /// The current match.
    CurrentMatch,
    /// Selected text.
    Selection,
    /// Rules, ticks.
    Rule,
    /// The thumb among the ticks.
    Thumb,
    /// Everything that is not the text: dates, hints, counts.
    Dim,
    /// A title in the list or sidebar.
    Title,
    /// The chosen row.
    Selected,
    /// The bar at the chosen row's left edge.
    Bar,
    /// A row not read yet.
    Unread,
    /// A number of matches.
    Count,
    /// Text being typed.
    Prompt,
    /// Where I am in the document.
    Place,
    /// The current section in an outline.
    Current,
    /// A heading in the sidebar or help.
    Caption,
    /// A key in help or hints.
    Key,
    /// A message.
    Notice,
    /// A message that something went wrong.
    Alert,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS.first_chunk().expect("of that length");

    /// The word used in theme files.
    /// It is the variant's name in kebab case: renaming a variant changes it.
    pub fn name(self) -> &'static str {
        self.into()
    }
}
