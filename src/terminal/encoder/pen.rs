//! The style of a cell in ratatui's terms. Its encoding is in `style`.

use ratatui::style::{Color, Modifier};

/// Colours and attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pen {
    /// Of the letters.
    pub fg: Color,
    /// Behind them.
    pub bg: Color,
    /// Bold and the like.
    pub modifier: Modifier,
}

impl Pen {
    /// The terminal's own.
    pub(crate) const PLAIN: Self = Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };
}
