//! A buffer with a theme: text is put at a cell with a role, and nothing is drawn outside the window. Text was
//! sanitised where it entered the program; remaining control characters are dropped. Cells are counted as in the layout
//! ([`crate::text::grapheme`]), not as ratatui counts them; the cells behind the first one of a cluster are blank, and
//! a cluster that is partly covered is removed.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color as Paint, Modifier, Style};

use super::glyphs::{Glyphs, ascii, glyphs};
use crate::app::Region;
use crate::config::{Color, Face, Theme};
use crate::layout::Role;
use crate::text::cells::{parts, shown};
use crate::text::grapheme::{clusters, shorten, truncate, width};

/// Maximum number of cells of a cluster; wider clusters are put character by character.
const MOST_CELLS: usize = 16;

/// A part of a buffer, with a theme.
pub(super) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    area: Rect,
    theme: &'a Theme,
    ascii: bool,
}

impl<'a> Canvas<'a> {
    /// A canvas over an area of a buffer.
    pub(super) fn new(buffer: &'a mut Buffer, area: Rect, theme: &'a Theme, ascii: bool) -> Self {
        let area = area.intersection(buffer.area);
        Self { buffer, area, theme, ascii }
    }

    /// The glyphs to draw with.
    pub(super) fn glyphs(&self) -> Glyphs {
        glyphs(self.ascii)
    }

    /// Whether everything but text is drawn in ASCII.
    pub(super) fn is_ascii(&self) -> bool {
        self.ascii
    }

    /// A sign of the layout (bullet, bar, rule) as this terminal can show it.
    pub(super) fn sign<'b>(&self, sign: &'b str) -> Cow<'b, str> {
        if self.ascii { Cow::Owned(ascii(sign)) } else { Cow::Borrowed(sign) }
    }

    /// Puts text at a cell, at most `cells` wide and never outside the window. Returns the number of cells used.
    pub(super) fn put(&mut self, x: u16, y: u16, cells: u16, text: &str, role: Role) -> u16 {
        let (x, y) = (self.area.x + x, self.area.y + y);
        if x >= self.area.right() || y >= self.area.bottom() || text.is_empty() {
            return 0;
        }
        let end = x.saturating_add(cells).min(self.area.right());
        let style = style(self.theme.face(role));
        self.uncover(x, y);
        let mut at = x;
        for cluster in clusters(text).filter(|cluster| cluster.width > 0) {
            if cluster.width <= usize::from(end - at) && cluster.width <= MOST_CELLS {
                self.put_cluster(&mut at, y, &cluster.shown(), cluster.width, style);
            } else if at > x && cluster.width <= MOST_CELLS || !self.put_parts(&mut at, end, y, cluster.text, style) {
                break;
            }
        }
        at - x
    }

    /// Puts a cluster that fits.
    fn put_cluster(&mut self, at: &mut u16, y: u16, symbol: &str, cells: usize, style: Style) {
        let end = *at + cells as u16;
        let first = &mut self.buffer[(*at, y)];
        let style = first.set_symbol(symbol).set_style(style).style();
        for x in *at + 1..end {
            self.buffer[(x, y)].reset();
            self.buffer[(x, y)].set_style(style);
        }
        *at = end;
    }

    /// Puts a cluster that is too wide for any line, one character beside the other. Returns whether all of it had
    /// room.
    fn put_parts(&mut self, at: &mut u16, end: u16, y: u16, cluster: &str, style: Style) -> bool {
        let mut unjoined = parts(cluster).map(|part| part.trim_end_matches('\u{200d}'));
        unjoined.all(|part| {
            let cells = width(part);
            let fits = usize::from(end - *at) >= cells;
            if fits && cells > 0 {
                self.put_cluster(at, y, &shown(part), cells, style);
            }
            fits
        })
    }

    /// Removes a cluster that begins before a cell and extends into it.
    fn uncover(&mut self, x: u16, y: u16) {
        if self.buffer[(x, y)].symbol() != " " {
            return;
        }
        let nearest = x.saturating_sub(MOST_CELLS as u16).max(self.buffer.area.left());
        let first = (nearest..x).rev().find(|before| self.buffer[(*before, y)].symbol() != " ");
        let reaches = |first: &u16| width(self.buffer[(*first, y)].symbol()) > usize::from(x - first);
        if let Some(first) = first.filter(reaches) {
            self.buffer[(first, y)].set_symbol(" ");
        }
    }

    /// Puts text, shortened with an ellipsis if it does not fit. Returns the number of cells used.
    pub(super) fn put_shortened(&mut self, x: u16, y: u16, cells: u16, text: &str, role: Role) -> u16 {
        let mut text = shorten(text, usize::from(cells));
        if self.ascii
            && let Cow::Owned(shortened) = &text
            && cells >= 3
        {
            let ellipsis = self.glyphs().ellipsis;
            let shortened = shortened.trim_end_matches('…');
            let room = usize::from(cells) - ellipsis.len();
            text = Cow::Owned(format!("{}{ellipsis}", truncate(shortened, room).trim_end()));
        }
        self.put(x, y, cells, &text, role)
    }

    /// Puts text so that it ends before column `end`, if it fits from `start` on. Returns its first column.
    pub(super) fn put_right(&mut self, start: u16, end: u16, y: u16, text: &str, role: Role) -> Option<u16> {
        let cells = width(text) as u16;
        let x = end.checked_sub(cells).filter(|x| *x >= start)?;
        self.put(x, y, cells, text, role);
        Some(x)
    }

    /// Gives cells a role without changing their text.
    pub(super) fn paint(&mut self, x: u16, y: u16, cells: u16, role: Role) {
        let area = Rect::new(self.area.x + x, self.area.y + y, cells, 1).intersection(self.area);
        let style = style(self.theme.face(role));
        for column in area.left()..area.right() {
            if let Some(cell) = self.buffer.cell_mut((column, area.y)) {
                cell.set_style(Style::reset()).set_style(style);
            }
        }
    }

    /// Fills a row of the window with a sign.
    pub(super) fn fill_row(&mut self, y: u16, sign: &str, role: Role) {
        for x in 0..self.area.width {
            self.put(x, y, 1, sign, role);
        }
    }

    /// Empties a region.
    pub(super) fn clear(&mut self, region: Region) {
        let area = Rect::new(self.area.x + region.x, self.area.y + region.y, region.width, region.height);
        let area = area.intersection(self.area);
        for y in area.top()..area.bottom() {
            if area.width > 0 {
                self.uncover(area.left(), y);
            }
            for x in area.left()..area.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.reset();
                }
            }
        }
    }
}

fn style(face: Face) -> Style {
    let mut style = Style { fg: face.fg.map(paint), bg: face.bg.map(paint), ..Style::default() };
    let modifiers = [
        (face.bold, Modifier::BOLD),
        (face.dim, Modifier::DIM),
        (face.italic, Modifier::ITALIC),
        (face.underline, Modifier::UNDERLINED),
        (face.reverse, Modifier::REVERSED),
        (face.strike, Modifier::CROSSED_OUT),
    ];
    for (wanted, modifier) in modifiers {
        if wanted {
            style = style.add_modifier(modifier);
        }
    }
    style
}

fn paint(color: Color) -> Paint {
    match color {
        Color::Rgb(r, g, b) => Paint::Rgb(r, g, b),
        Color::Named(index) | Color::Indexed(index) => Paint::Indexed(index),
    }
}
