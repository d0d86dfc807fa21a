//! Encodes the change from the present screen to the next with the fewest bytes: short cursor movements, only the difference
//! of styles, spaces erased instead of written, scrolled rows moved instead of rewritten. Keeps a model of the terminal's
//! screen and queries nothing; widgets do not depend on it. A frame is encoded in each possible way, and the shortest is used.
//!
//! Terminals disagree about the width of some clusters. Such a cluster is reserved its largest width; its cells are erased
//! before it is written, and the cursor is positioned again after it, so that nothing overwrites a part of a sign and no
//! part remains when it is replaced.
//!
//! Depends on ratatui's cells and colours and on the widths of grapheme clusters only, so that it can become a crate of its
//! own. Sequences are those of ECMA-48 and of DEC's VT family, by their mnemonics.
//!
//! Written here because no crate scrolls between left and right margins (DECSLRM) or defers a part of a frame; ratatui's own
//! backend writes every cell that differs.

mod bands;
mod bytes;
mod capabilities;
mod cursor;
mod deferred;
mod frame;
mod grid;
mod model;
pub(super) mod pen;
mod scroll;
mod style;

use std::borrow::Cow;

use ratatui::buffer::Cell;
use ratatui::layout::Rect;

pub use capabilities::Capabilities;
use cursor::{Cursor, Margins};
pub use deferred::Deferral;
use deferred::DeferredCells;
use frame::Frame;
use grid::{GlyphTable, Grid};
pub use model::Encoder;
use model::{Plan, State};
use scroll::Shift;
use style::CellStyle;

/// Plans whose estimated costs differ by no more bytes are all tried.
const NEARLY: usize = 24;
/// If at least this many cells differ, the plan with the lowest estimate is taken without trying.
const MUCH: usize = 400;

/// A frame that could be sent: [`Encoder::draft`].
#[derive(Debug)]
pub struct Draft {
    bytes: Vec<u8>,
    state: State,
    waiting: DeferredCells,
}

impl Draft {
    /// Its cost in bytes.
    pub fn bytes(&self) -> usize {
        self.bytes.len()
    }
}

impl Encoder {
    /// An encoder for a terminal in unknown state; call [`Encoder::clear`] first.
    pub fn new(capabilities: Capabilities) -> Self {
        let margins = Margins { top: 0, bottom: 0, left: 0, right: 0 };
        let state = State { cursor: None, style: None, margins };
        let (shown, wanted) = (Grid::default(), Grid::default());
        Self { capabilities, shown, wanted, glyphs: GlyphTable::default(), touched: Vec::new(), state }
    }

    /// An encoder for a terminal with an empty screen and the default style.
    pub fn on_empty_screen(capabilities: Capabilities, width: u16, height: u16) -> Self {
        let mut encoder = Self::new(capabilities);
        encoder.empty(width, height);
        encoder
    }

    fn empty(&mut self, width: u16, height: u16) {
        self.shown = Grid::blank(width, height);
        self.wanted = self.shown.clone();
        self.glyphs = GlyphTable::default();
        self.touched = vec![false; height.into()];
        self.state = State { cursor: None, style: Some(CellStyle::PLAIN), margins: whole(width, height) };
    }

    /// The cursor position, if known.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        self.state.cursor.filter(|cursor| !cursor.pending).map(|cursor| (cursor.x, cursor.y))
    }

    /// The capabilities used from now on.
    pub fn capabilities_mut(&mut self) -> &mut Capabilities {
        &mut self.capabilities
    }

    /// Clears a screen of this size with any content.
    pub fn clear(&mut self, width: u16, height: u16, out: &mut Vec<u8>) {
        if self.state.margins != whole(self.shown.width(), self.shown.height()) {
            self.reset_margins(out);
        }
        out.extend(b"\x1b[m\x1b[2J");
        self.empty(width, height);
    }

    /// Resets margins, which are state beside cells and colours: at the end, or before another program runs.
    pub fn reset_margins(&mut self, out: &mut Vec<u8>) {
        let whole = whole(self.shown.width(), self.shown.height());
        if self.state.margins.left > 0 || self.state.margins.right + 1 < self.shown.width() {
            out.extend(b"\x1b[?69l");
        }
        out.extend(b"\x1b[r");
        self.state = State { cursor: None, margins: whole, ..self.state };
    }

    /// Sets a cell of the next frame.
    pub fn put(&mut self, x: u16, y: u16, cell: &Cell) {
        if self.wanted.put(x, y, cell, &mut self.glyphs) {
            self.touched[usize::from(y)] = true;
        }
    }

    /// Writes the sequences that update the screen. `panes`: rectangles whose rows may have scrolled.
    pub fn encode(&mut self, panes: &[Rect], out: &mut Vec<u8>) {
        let draft = self.draft(panes, Deferral::default());
        self.send(draft, out);
    }

    /// Encodes the next frame without sending it, except for deferred cells.
    pub fn draft(&self, panes: &[Rect], deferral: Deferral<'_>) -> Draft {
        let mut best: Option<(usize, Draft)> = None;
        let plans = if self.touched.contains(&true) { self.plans(panes) } else { Vec::new() };
        let bands = bands::cut(Rect::new(0, 0, self.wanted.width(), self.wanted.height()), panes);
        let frames =
            plans.into_iter().map(|plan| Frame::new(self, plan, DeferredCells::new(self, deferral, plan.pane)));
        for mut frame in worth_trying(frames.collect()) {
            // With equal costs the plan without scrolling wins.
            let most = best.as_ref().map_or(usize::MAX, |(cost, _)| cost - usize::from(frame.scrolls()));
            let Some(cost) = frame.carry_out(&bands, most) else { continue };
            best = Some((cost, Draft { bytes: frame.out, state: frame.state, waiting: frame.waiting }));
        }
        let nothing = || Draft { bytes: Vec::new(), state: self.state, waiting: DeferredCells::default() };
        best.map_or_else(nothing, |(_, draft)| draft)
    }

    /// Writes a draft. It must be of the present screen: nothing was sent since it was made.
    pub fn send(&mut self, draft: Draft, out: &mut Vec<u8>) {
        out.extend(draft.bytes);
        self.state = draft.state;
        for y in 0..self.wanted.height() {
            if !self.touched[usize::from(y)] {
                continue;
            }
            let wanted = self.wanted.row(y);
            let row = draft.waiting.row(self.shown.row(y), wanted, y);
            self.touched[usize::from(y)] = matches!(row, Cow::Owned(_));
            let doubtful = self.shown.is_doubtful(y) || self.wanted.is_doubtful(y);
            self.shown.set_row(y, &row, doubtful);
        }
        if self.glyphs.is_too_large(&self.wanted) {
            self.glyphs.forget_others(&mut [&mut self.shown, &mut self.wanted]);
        }
    }

    /// Whether cells of a frame were deferred and are not yet drawn.
    pub fn is_behind(&self) -> bool {
        self.touched.contains(&true)
    }

    /// Moves the cursor.
    pub fn move_cursor(&mut self, x: u16, y: u16, out: &mut Vec<u8>) {
        cursor::write(self.state.cursor, (x, y), self.state.margins, self.shown.width(), out);
        self.state.cursor = Some(Cursor { x, y, pending: false });
    }

    /// The ways to encode a frame: without scrolling, and for each pane that scrolled, in the columns it has and in all.
    fn plans(&self, panes: &[Rect]) -> Vec<Plan> {
        let mut plans = Vec::new();
        let screen = Rect::new(0, 0, self.shown.width(), self.shown.height());
        for pane in panes.iter().map(|pane| pane.intersection(screen)).filter(|pane| pane.height > 1 && pane.width > 0)
        {
            let touched = (pane.top()..pane.bottom()).filter(|y| self.touched[usize::from(*y)]).count();
            if !self.capabilities.scrolls || touched < 3 {
                continue;
            }
            let Some(rows) = scroll::find(&self.shown, &self.wanted, pane) else { continue };
            let band = Rect { x: 0, width: screen.width, ..pane };
            // Margins hold two columns at least.
            let columns =
                pane.width > 1 && pane != band && self.capabilities.scrolls_columns && !self.cuts_wide_characters(pane);
            let areas = [Some(band), columns.then_some(pane)];
            plans.extend(areas.into_iter().flatten().map(|area| {
                let margins =
                    Margins { top: area.top(), bottom: area.bottom() - 1, left: area.left(), right: area.right() - 1 };
                Plan { shift: Some(Shift { area, rows }), margins: Some(margins), pane: Some(pane) }
            }));
        }
        // Last, because the others are usually shorter, and a longer plan is abandoned early.
        plans.push(Plan { shift: None, margins: None, pane: None });
        plans
    }

    /// Whether a wide character crosses an edge of a pane: terminals disagree about its fate when the pane scrolls.
    fn cuts_wide_characters(&self, pane: Rect) -> bool {
        let cuts = |x: u16, y: u16| deferred::cuts(&self.shown, x, y);
        (pane.top()..pane.bottom()).any(|y| cuts(pane.left(), y) || cuts(pane.right(), y))
    }
}

/// The plans that may be the shortest, in their order.
fn worth_trying(frames: Vec<Frame<'_>>) -> Vec<Frame<'_>> {
    if frames.len() < 2 {
        return frames;
    }
    let wrong: Vec<usize> = frames.iter().map(Frame::wrong).collect();
    let least = wrong.iter().copied().min().unwrap_or(0);
    let (most, tried) = if least > MUCH { (least, 1) } else { (least + NEARLY, frames.len()) };
    let frames = frames.into_iter().zip(wrong).filter(|(_, wrong)| *wrong <= most);
    frames.map(|(frame, _)| frame).take(tried).collect()
}

fn whole(width: u16, height: u16) -> Margins {
    Margins { top: 0, bottom: height.saturating_sub(1), left: 0, right: width.saturating_sub(1) }
}

#[cfg(test)]
mod tests;
