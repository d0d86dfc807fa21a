//! A screen as a grid of cells: what is wanted, and what the terminal shows. It knows what can be seen of a cell and
//! nothing of bytes. A wide character has one cell and leaves the cells behind it empty.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

use super::pen::Pen;

/// What can be seen of a blank.
const SEEN_ON_A_BLANK: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

/// One cell as a terminal shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glyph {
    cell: Cell,
    /// Cells it takes; 0 behind a wide one.
    width: u8,
}

impl Glyph {
    /// A space in the terminal's own colours.
    pub const BLANK: Self = Self { cell: Cell::EMPTY, width: 1 };

    fn of(cell: &Cell) -> Self {
        let width = if cell.symbol().len() == 1 { 1 } else { crate::text::grapheme::width(cell.symbol()).clamp(1, 2) };
        let plain = Cell::EMPTY;
        let mut own = plain.clone();
        own.set_symbol(if cell.symbol().is_empty() { " " } else { cell.symbol() });
        (own.fg, own.bg, own.modifier) = (cell.fg, cell.bg, cell.modifier);
        Self { cell: own, width: width as u8 }
    }

    /// What is written for it; nothing behind a wide one.
    pub fn symbol(&self) -> &str {
        if self.width == 0 { "" } else { self.cell.symbol() }
    }

    /// Cells it takes; 0 behind a wide one.
    pub fn width(&self) -> u16 {
        self.width.into()
    }

    /// How it is painted.
    pub fn pen(&self) -> Pen {
        Pen { fg: self.cell.fg, bg: self.cell.bg, modifier: self.cell.modifier }
    }

    /// The background of a cell in which nothing else can be seen; `None` of any other.
    pub fn blank(&self) -> Option<Color> {
        let blank = self.width == 1 && self.cell.symbol() == " " && !self.cell.modifier.intersects(SEEN_ON_A_BLANK);
        blank.then_some(self.cell.bg)
    }

    /// Whether the two look the same.
    pub fn looks_like(&self, other: &Self) -> bool {
        match (self.blank(), other.blank()) {
            (Some(a), Some(b)) => a == b,
            (None, None) => self.width == other.width && self.pen() == other.pen() && self.symbol() == other.symbol(),
            _ => false,
        }
    }
}

/// The cells of a screen, row by row.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    width: u16,
    height: u16,
    glyphs: Vec<Glyph>,
}

impl Grid {
    /// A blank screen.
    pub fn blank(width: u16, height: u16) -> Self {
        Self { width, height, glyphs: vec![Glyph::BLANK; usize::from(width) * usize::from(height)] }
    }

    /// Columns.
    pub fn width(&self) -> u16 {
        self.width
    }

    /// Rows.
    pub fn height(&self) -> u16 {
        self.height
    }

    /// The cell at a column and a row of it.
    pub fn at(&self, x: u16, y: u16) -> &Glyph {
        &self.glyphs[self.place(x, y)]
    }

    /// A row's cells.
    pub fn row(&self, y: u16) -> &[Glyph] {
        let start = self.place(0, y);
        &self.glyphs[start..start + usize::from(self.width)]
    }

    /// Puts a cell; what does not fit on the screen is left out.
    pub fn put(&mut self, x: u16, y: u16, cell: &Cell) {
        if x >= self.width || y >= self.height {
            return;
        }
        let glyph = Glyph::of(cell);
        let end = x + glyph.width();
        let place = self.place(x, y);
        if end > self.width {
            self.glyphs[place] = Glyph::BLANK; // half a character cannot be shown
            return;
        }
        // What is half covered goes as a whole.
        if self.glyphs[place].width == 0 && x > 0 {
            self.glyphs[place - 1] = Glyph::BLANK;
        }
        if glyph.width() == 2 {
            self.cut_behind(x + 1, y);
            self.glyphs[place + 1] = Glyph { cell: glyph.cell.clone(), width: 0 };
        } else {
            self.cut_behind(x, y);
        }
        self.glyphs[place] = glyph;
    }

    /// Frees the cell behind a wide character that is about to go.
    fn cut_behind(&mut self, x: u16, y: u16) {
        let behind = self.place(x, y) + 1;
        if x + 1 < self.width && self.glyphs[behind].width == 0 {
            self.glyphs[behind] = Glyph::BLANK;
        }
    }

    /// Takes over a row of another grid of the same size but for the cells that wait. Whether any of those looks different.
    pub fn take_row(&mut self, other: &Self, y: u16, waits: impl Fn(u16) -> bool) -> bool {
        let start = self.place(0, y);
        let mut is_behind = false;
        for x in 0..self.width {
            let place = start + usize::from(x);
            let (mine, theirs) = (&mut self.glyphs[place], &other.glyphs[place]);
            if waits(x) {
                is_behind |= !mine.looks_like(theirs);
            } else {
                mine.clone_from(theirs);
            }
        }
        is_behind
    }

    fn place(&self, x: u16, y: u16) -> usize {
        usize::from(y) * usize::from(self.width) + usize::from(x)
    }
}
