//! Emulates the screen of a terminal: executes the encoder's sequences and related ones on a grid of cells. For recordings
//! and for tests of the encoder. Ignores unknown sequences as a whole, sends no replies, and spends at most the work of one
//! screen per sequence, with any input. Margins behave as in xterm.
//!
//! Written here because the vte and vtparse crates parse sequences but keep no screen, and vt100 keeps one without left
//! and right margins.

mod rows;
mod sequences;
mod sgr;
pub mod tokens;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Color;

use self::rows::{Rows, Spot, blank, mend, split};
use super::encoder::pen::Pen;
use crate::text::terminal_widths::Widths;
use tokens::{OutputToken, tokens};

/// Larger windows are truncated, to bound the memory that a recording can cost.
const LARGEST: Size = Size { width: 1000, height: 500 };
/// Maximum length of an incomplete sequence; a longer one is discarded.
const LONGEST_BEGINNING: usize = 8 << 10;

/// The cursor with its style.
#[derive(Clone, Copy, Debug)]
struct Caret {
    x: usize,
    y: usize,
    /// The last column was written; the next character goes to the next row.
    pending: bool,
    pen: Pen,
}

const HOME: Caret = Caret { x: 0, y: 0, pending: false, pen: Pen::PLAIN };

/// The margins of the scrolling region, all inclusive.
#[derive(Clone, Copy, Debug)]
struct Area {
    top: usize,
    bottom: usize,
    left: usize,
    right: usize,
}

/// An emulated screen.
#[derive(Clone, Debug)]
pub struct Player {
    widths: Widths,
    width: usize,
    height: usize,
    rows: Rows,
    /// The main screen, while the alternate one is shown.
    behind: Option<Rows>,
    /// The content of the alternate screen when it was left.
    left: Option<Rows>,
    caret: Caret,
    saved: Caret,
    margins: Area,
    /// DECLRMM: columns have margins.
    columns: bool,
    cursor_shown: bool,
    /// The character that REP repeats, and its width in cells.
    last: (String, usize),
    unfinished: String,
}

impl Player {
    /// An empty screen.
    pub fn new(width: u16, height: u16) -> Self {
        let size = |cells: u16, most: u16| usize::from(cells.clamp(1, most));
        let (width, height) = (size(width, LARGEST.width), size(height, LARGEST.height));
        Self {
            widths: Widths::default(),
            width,
            height,
            rows: blank(width, height),
            behind: None,
            left: None,
            caret: HOME,
            saved: HOME,
            margins: Area { top: 0, bottom: height - 1, left: 0, right: width - 1 },
            columns: false,
            cursor_shown: true,
            last: (String::new(), 0),
            unfinished: String::new(),
        }
    }

    /// Sets how the widths of characters are determined.
    #[must_use]
    pub fn counting(self, widths: Widths) -> Self {
        Self { widths, ..self }
    }

    /// The size in cells.
    pub fn size(&self) -> Size {
        Size { width: self.width as u16, height: self.height as u16 }
    }

    /// Resizes the window; content beyond it is discarded.
    pub fn resize(&mut self, width: u16, height: u16) {
        let fresh = Self::new(width, height);
        (self.width, self.height, self.margins, self.columns) = (fresh.width, fresh.height, fresh.margins, false);
        let (width, height) = (self.width, self.height);
        for rows in [Some(&mut self.rows), self.behind.as_mut(), self.left.as_mut()].into_iter().flatten() {
            for row in rows.iter_mut() {
                row.resize(width, Spot::blank(Color::Reset));
                mend(row);
            }
            rows.resize(height, vec![Spot::blank(Color::Reset); width]);
        }
        for caret in [&mut self.caret, &mut self.saved] {
            *caret = Caret { x: caret.x.min(width - 1), y: caret.y.min(height - 1), pending: false, ..*caret };
        }
    }

    /// Executes terminal output. A sequence may be split between calls.
    pub fn feed(&mut self, text: &str) {
        let whole = std::mem::take(&mut self.unfinished) + text;
        for token in tokens(&whole) {
            match token {
                OutputToken::Text(text) => self.print(text),
                OutputToken::Control(c) => self.control(c),
                OutputToken::Escape(sequence) => self.escape(&sequence[1..]),
                OutputToken::Csi(sequence) => self.csi(&sequence[2..]),
                OutputToken::Unfinished(beginning) if beginning.len() <= LONGEST_BEGINNING => {
                    beginning.clone_into(&mut self.unfinished);
                }
                OutputToken::String(_) | OutputToken::Unfinished(_) => {}
            }
        }
    }

    /// The cells; after a program has left the alternate screen, its last content.
    pub fn cells(&self) -> Buffer {
        let rows = self.shown();
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.width as u16, self.height as u16));
        for (cell, spot) in buffer.content.iter_mut().zip(rows.iter().flatten()) {
            cell.clone_from(spot.cell());
        }
        buffer
    }

    /// The rows as text, without trailing blanks.
    pub fn lines(&self) -> Vec<String> {
        let line = |row: &Vec<Spot>| row.iter().map(Spot::symbol).collect::<String>().trim_end().to_owned();
        self.shown().iter().map(line).collect()
    }

    /// The cursor position, if the cursor is visible.
    pub fn cursor(&self) -> Option<Position> {
        let position = Position { x: self.caret.x as u16, y: self.caret.y as u16 };
        Some(position).filter(|_| self.cursor_shown)
    }

    fn shown(&self) -> &Rows {
        let is_empty = || self.rows.iter().flatten().all(Spot::is_blank);
        match &self.left {
            Some(left) if self.behind.is_none() && is_empty() => left,
            _ => &self.rows,
        }
    }

    fn print(&mut self, text: &str) {
        for (sign, cells) in self.widths.signs(text) {
            match cells {
                0 => self.add_mark(sign),
                _ => self.put(sign, cells),
            }
        }
    }

    /// Adds a combining mark to the preceding character.
    fn add_mark(&mut self, mark: &str) {
        let at = if self.caret.pending { self.caret.x } else { self.caret.x.saturating_sub(1) };
        let row = &mut self.rows[self.caret.y];
        let at = if row[at].is_behind_wide() { at.saturating_sub(1) } else { at };
        row[at].add_mark(mark);
    }

    fn put(&mut self, symbol: &str, cells: usize) {
        if self.caret.pending || self.caret.x + cells > self.edge() {
            self.wrap();
        }
        let Caret { x, y, pen, .. } = self.caret;
        if x + cells > self.edge() {
            return; // wider than what is between the margins
        }
        let row = &mut self.rows[y];
        split(row, x);
        split(row, x + cells);
        row[x] = Spot::of(symbol, pen);
        row[x].is_wide = cells == 2;
        if cells == 2 {
            row[x + 1] = Spot::behind_wide(pen);
        }
        symbol.clone_into(&mut self.last.0);
        self.last.1 = cells;
        let edge = self.edge();
        self.caret.pending = x + cells == edge;
        self.caret.x = (x + cells).min(edge - 1);
    }

    /// The column after the last one that the cursor can write to.
    fn edge(&self) -> usize {
        if self.caret.x <= self.margins.right { self.margins.right + 1 } else { self.width }
    }

    fn wrap(&mut self) {
        self.carriage_return();
        self.line_feed();
    }

    fn carriage_return(&mut self) {
        self.go_to_column(if self.caret.x >= self.margins.left { self.margins.left } else { 0 });
    }

    fn is_between_columns(&self) -> bool {
        (self.margins.left..=self.margins.right).contains(&self.caret.x)
    }

    fn line_feed(&mut self) {
        self.caret.pending = false;
        if self.caret.y == self.margins.bottom {
            if self.is_between_columns() {
                self.scroll(self.margins, 1);
            }
        } else {
            self.caret.y = (self.caret.y + 1).min(self.height - 1);
        }
    }

    fn reverse_line_feed(&mut self) {
        self.caret.pending = false;
        if self.caret.y == self.margins.top {
            if self.is_between_columns() {
                self.scroll(self.margins, -1);
            }
        } else {
            self.caret.y = self.caret.y.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests;
