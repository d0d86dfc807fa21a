//! Roles: what a stretch of the screen means. A theme turns them into faces, snapshots print them; nothing below the
//! theme knows a colour.

/// What a stretch of the screen means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
    pub const ALL: [Self; 29] = [
        Self::Text,
        Self::Heading,
        Self::Strong,
        Self::Emphasis,
        Self::Code,
        Self::Deleted,
        Self::Link,
        Self::FootnoteMark,
        Self::Label,
        Self::Quote,
        Self::Sanitized,
        Self::Match,
        Self::CurrentMatch,
        Self::Selection,
        Self::Rule,
        Self::Thumb,
        Self::Dim,
        Self::Title,
        Self::Selected,
        Self::Bar,
        Self::Unread,
        Self::Count,
        Self::Prompt,
        Self::Place,
        Self::Current,
        Self::Caption,
        Self::Key,
        Self::Notice,
        Self::Alert,
    ];

    /// The word used in theme files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Heading => "heading",
            Self::Strong => "strong",
            Self::Emphasis => "emphasis",
            Self::Code => "code",
            Self::Deleted => "deleted",
            Self::Link => "link",
            Self::FootnoteMark => "footnote-mark",
            Self::Label => "label",
            Self::Quote => "quote",
            Self::Sanitized => "sanitized",
            Self::Match => "match",
            Self::CurrentMatch => "current-match",
            Self::Selection => "selection",
            Self::Rule => "rule",
            Self::Thumb => "thumb",
            Self::Dim => "dim",
            Self::Title => "title",
            Self::Selected => "selected",
            Self::Bar => "bar",
            Self::Unread => "unread",
            Self::Count => "count",
            Self::Prompt => "prompt",
            Self::Place => "place",
            Self::Current => "current",
            Self::Caption => "caption",
            Self::Key => "key",
            Self::Notice => "notice",
            Self::Alert => "alert",
        }
    }
}
