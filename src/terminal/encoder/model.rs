//! The encoder's model of the terminal, and its plans, as plain data. The methods are in the files that use them.

use ratatui::layout::Rect;

use super::capabilities::Capabilities;
use super::cursor::{Cursor, Margins};
use super::grid::{GlyphTable, Grid};
use super::scroll::Shift;
use super::style::CellStyle;

/// Keeps a terminal's screen and brings it up to date.
#[derive(Debug)]
pub struct Encoder {
    pub(super) capabilities: Capabilities,
    pub(super) shown: Grid,
    pub(super) wanted: Grid,
    /// The symbols and styles of both grids.
    pub(super) glyphs: GlyphTable,
    /// The rows in which something changed since the last frame.
    pub(super) touched: Vec<bool>,
    pub(super) state: State,
}

/// The terminal's state apart from its cells.
#[derive(Clone, Copy, Debug)]
pub(super) struct State {
    pub(super) cursor: Option<Cursor>,
    pub(super) style: Option<CellStyle>,
    pub(super) margins: Margins,
}

/// How a frame may be scrolled.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    pub(super) shift: Option<Shift>,
    pub(super) margins: Option<Margins>,
    /// What scrolled.
    pub(super) pane: Option<Rect>,
}
