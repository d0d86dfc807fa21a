//! A screen as a grid of cells: the new content, and the content the terminal shows. Compares cells by their visible
//! properties; knows no bytes. A wide character occupies one cell and leaves the cells after it empty. Cells are small
//! and compared as numbers, because a screen is compared several times per frame.

use std::collections::HashMap;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

use super::style::CellStyle;

/// What can be seen of a blank.
const SEEN_ON_A_BLANK: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);
/// The bits of a glyph that say which character it is, or which cluster.
const NUMBER: u64 = (1 << 24) - 1;
/// Not a character: the number of a cluster.
const CLUSTER: u64 = 1 << 24;
/// All terminals agree how many cells it takes.
const CERTAIN: u64 = 1 << 25;
/// Nothing but its background can be seen.
const BLANK: u64 = 1 << 26;
/// Below the number of cells it takes, five bits.
const CELLS: u32 = 27;
/// It takes one cell.
const NARROW: u64 = 1 << CELLS;
/// The most cells that one cluster may take.
const MOST_CELLS: usize = 31;
/// Number of bits below the number of a cell's style.
const STYLE: u32 = 32;
const SPACE: u64 = b' ' as u64 | CERTAIN | NARROW;
/// Number of styles that are kept regardless of use.
const FEW_INKS: usize = 256;
/// Number of clusters that are kept regardless of use; in addition, four per cell.
const FEW_CLUSTERS: usize = 1024;

/// One cell as a terminal shows it. Two of one repertory are equal when they look the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glyph(u64);

impl Glyph {
    /// A space in the terminal's own colours.
    pub(super) const BLANK: Self = Self(SPACE | BLANK);

    /// A cell of unknown content.
    pub(super) const UNKNOWN: Self = Self(NUMBER | NARROW);

    /// Cells that are kept for it, as many as the most generous terminal gives it; 0 behind a wide one.
    pub(super) fn width(self) -> u16 {
        (self.0 >> CELLS & MOST_CELLS as u64) as u16
    }

    /// The same with other cells kept for it.
    fn of_width(self, cells: u16) -> Self {
        Self(self.0 & !((MOST_CELLS as u64) << CELLS) | u64::from(cells) << CELLS)
    }

    /// A cell behind its first.
    fn behind(self) -> Self {
        Self(self.0 >> STYLE << STYLE | self.0 & CERTAIN)
    }

    /// Whether it is a space, in any style.
    fn is_space(self) -> bool {
        self.0 & (NUMBER | CLUSTER) == SPACE & NUMBER && self.width() > 0
    }

    /// Whether all terminals agree how many cells it takes.
    pub(super) fn is_certain(self) -> bool {
        self.0 & CERTAIN > 0
    }

    /// Whether it is one character without marks on it.
    pub(super) fn is_character(self) -> bool {
        self.0 & CLUSTER == 0 && self.width() > 0
    }

    /// Whether nothing but its background can be seen.
    pub(super) fn is_blank(self) -> bool {
        self.0 & BLANK > 0
    }

    /// Its looks as one number.
    pub(super) fn fingerprint(self) -> u64 {
        self.0
    }
}

/// The table of symbols and styles that cells refer to by number.
#[derive(Clone, Debug)]
pub(super) struct GlyphTable {
    /// Clusters of more than one character.
    texts: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u64>,
    styles: Vec<CellStyle>,
    /// The last that was asked for, and its number.
    last: (Color, Color, Modifier, u64),
}

impl Default for GlyphTable {
    fn default() -> Self {
        let last = (Color::Reset, Color::Reset, Modifier::empty(), 0);
        Self { texts: Vec::new(), numbers: HashMap::new(), styles: vec![CellStyle::PLAIN], last }
    }
}

impl GlyphTable {
    /// How a cell is painted.
    pub(super) fn style(&self, glyph: Glyph) -> CellStyle {
        self.styles[(glyph.0 >> STYLE) as usize]
    }

    /// Appends the UTF-8 text of a cell to `out`; nothing for the cell after a wide character.
    pub(super) fn write(&self, glyph: Glyph, out: &mut Vec<u8>) {
        let number = glyph.0 & NUMBER;
        if glyph.0 & CLUSTER > 0 {
            out.extend(self.texts[number as usize].as_bytes());
        } else if glyph.width() == 0 {
            // The character before it covers it.
        } else if number < 0x80 {
            out.push(number as u8);
        } else if let Some(character) = char::from_u32(number as u32) {
            out.extend(character.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }

    /// Bytes that are written for a cell.
    pub(super) fn bytes(&self, glyph: Glyph) -> usize {
        let number = glyph.0 & NUMBER;
        match glyph.0 & CLUSTER {
            0 if glyph.width() == 0 => 0,
            0 => char::from_u32(number as u32).map_or(0, char::len_utf8),
            _ => self.texts[number as usize].len(),
        }
    }

    /// Whether most of the entries cannot be in use.
    pub(super) fn is_too_large(&self, grid: &Grid) -> bool {
        self.texts.len() > FEW_CLUSTERS + 4 * grid.glyphs.len() || self.styles.len() > FEW_INKS + grid.glyphs.len()
    }

    /// Removes the entries that none of these grids uses.
    pub(super) fn forget_others(&mut self, grids: &mut [&mut Grid]) {
        let before = std::mem::take(self);
        for glyph in grids.iter_mut().flat_map(|grid| grid.glyphs.iter_mut()) {
            let style = self.ink_number(before.style(*glyph));
            let mut code = glyph.0 & ((1 << STYLE) - 1);
            if code & CLUSTER > 0 {
                code = code & !NUMBER | self.cluster(&before.texts[(code & NUMBER) as usize]);
            }
            *glyph = Glyph(code | style << STYLE);
        }
    }

    fn glyph(&mut self, cell: &Cell) -> Glyph {
        let code = self.code(cell.symbol());
        if code == SPACE && !cell.modifier.intersects(SEEN_ON_A_BLANK) {
            return Glyph(SPACE | BLANK | self.ink_of(Color::Reset, cell.bg, Modifier::empty()) << STYLE);
        }
        Glyph(code | self.ink_of(cell.fg, cell.bg, cell.modifier) << STYLE)
    }

    fn ink_of(&mut self, fg: Color, bg: Color, modifier: Modifier) -> u64 {
        if (self.last.0, self.last.1, self.last.2) != (fg, bg, modifier) {
            self.last = (fg, bg, modifier, self.ink_number(CellStyle::of(fg, bg, modifier)));
        }
        self.last.3
    }

    fn ink_number(&mut self, style: CellStyle) -> u64 {
        // A theme has few.
        let number = self.styles.iter().position(|known| *known == style);
        number.unwrap_or_else(|| {
            self.styles.push(style);
            self.styles.len() - 1
        }) as u64
    }

    fn code(&mut self, symbol: &str) -> u64 {
        match symbol.as_bytes() {
            [] => return SPACE,
            [byte @ b' '..=b'~'] => return u64::from(*byte) | CERTAIN | NARROW,
            _ => {}
        }
        let width = (crate::text::grapheme::width(symbol).clamp(1, MOST_CELLS) as u64) << CELLS;
        let certain = if is_certain(symbol) { CERTAIN } else { 0 };
        let mut characters = symbol.chars();
        let number = match (characters.next(), characters.next()) {
            (Some(one), None) => u64::from(u32::from(one)),
            _ => self.cluster(symbol) | CLUSTER,
        };
        number | width | certain
    }

    fn cluster(&mut self, text: &str) -> u64 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.texts.len() as u64 & NUMBER;
        self.texts.push(text.into());
        self.numbers.insert(text.into(), number);
        number
    }
}

/// Whether all terminals agree how many cells a cluster takes: one character of Latin, Greek or Cyrillic, Han, kana or
/// Hangul, maybe under combining marks; box drawing and the signs of typography.
fn is_certain(symbol: &str) -> bool {
    let mut characters = symbol.chars();
    let known = |c: char| {
        matches!(c as u32, 0x20..=0x7e | 0xa0..=0xac | 0xae..=0x2ff | 0x370..=0x52f | 0x1e00..=0x1eff | 0x2010..=0x2015
            | 0x2018..=0x201f | 0x2026 | 0x2039..=0x203a | 0x2070..=0x209c | 0x20ac | 0x2500..=0x259f | 0x3041..=0x30ff | 0x4e00..=0x9fff | 0xac00..=0xd7a3)
    };
    characters.next().is_none_or(known) && characters.all(|c| matches!(c, '\u{300}'..='\u{36f}'))
}

/// The cells of a screen, row by row.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    width: u16,
    height: u16,
    glyphs: Vec<Glyph>,
    /// The rows that may contain a cluster of disputed width.
    doubtful: Vec<bool>,
}

impl Grid {
    /// A blank screen.
    pub(super) fn blank(width: u16, height: u16) -> Self {
        let glyphs = vec![Glyph::BLANK; usize::from(width) * usize::from(height)];
        Self { width, height, glyphs, doubtful: vec![false; height.into()] }
    }

    /// Columns.
    pub(super) fn width(&self) -> u16 {
        self.width
    }

    /// Rows.
    pub(super) fn height(&self) -> u16 {
        self.height
    }

    /// The cell at a column and a row of it.
    pub(super) fn at(&self, x: u16, y: u16) -> Glyph {
        self.glyphs[self.place(x, y)]
    }

    /// A row's cells.
    pub(super) fn row(&self, y: u16) -> &[Glyph] {
        let start = self.place(0, y);
        &self.glyphs[start..start + usize::from(self.width)]
    }

    /// Whether a row may contain a cluster of disputed width.
    pub(super) fn is_doubtful(&self, y: u16) -> bool {
        self.doubtful[usize::from(y)]
    }

    /// Takes over a row's cells.
    pub(super) fn set_row(&mut self, y: u16, row: &[Glyph], doubtful: bool) {
        self.row_mut(y).copy_from_slice(row);
        self.doubtful[usize::from(y)] = doubtful && row.iter().any(|glyph| !glyph.is_certain());
    }

    fn row_mut(&mut self, y: u16) -> &mut [Glyph] {
        let start = self.place(0, y);
        &mut self.glyphs[start..start + usize::from(self.width)]
    }

    /// Sets a cell; content beyond the screen is dropped. Returns whether anything changed.
    ///
    /// A space on a cell that belongs to the preceding cluster leaves that cluster unchanged: drawing code fills these
    /// cells with spaces, some of which are passed one by one.
    pub(super) fn put(&mut self, x: u16, y: u16, cell: &Cell, glyphs: &mut GlyphTable) -> bool {
        if x >= self.width || y >= self.height {
            return false;
        }
        let glyph = self.fitted(x, glyphs.glyph(cell));
        let place = usize::from(x);
        let before = self.row(y)[place];
        if before == glyph || before.width() == 0 && glyph.is_space() {
            return false;
        }
        self.doubtful[usize::from(y)] |= !glyph.is_certain();
        let row = self.row_mut(y);
        uncover(row, place);
        let end = place + usize::from(glyph.width());
        // The cells after a wide character that is replaced are replaced too.
        row[end..].iter_mut().take_while(|behind| behind.width() == 0).for_each(|behind| *behind = Glyph::BLANK);
        row[place] = glyph;
        row[place + 1..end].fill(glyph.behind());
        true
    }

    /// A glyph as there is room for it from a column on: half a wide character cannot be shown.
    fn fitted(&self, x: u16, glyph: Glyph) -> Glyph {
        let room = self.width - x;
        match glyph.width() <= room {
            true => glyph,
            false if glyph.is_certain() => Glyph::BLANK,
            false => glyph.of_width(room),
        }
    }

    fn place(&self, x: u16, y: u16) -> usize {
        usize::from(y) * usize::from(self.width) + usize::from(x)
    }
}

/// Takes the cells from one on from the cluster that they belong to: half a wide character goes as a whole, another cluster
/// keeps the cells before.
fn uncover(row: &mut [Glyph], place: usize) {
    if row[place].width() > 0 {
        return;
    }
    let first = row[..place].iter().rposition(|glyph| glyph.width() > 0).unwrap_or(0);
    row[place..].iter_mut().take_while(|behind| behind.width() == 0).for_each(|behind| *behind = Glyph::BLANK);
    if row[first].is_certain() {
        row[first..place].fill(Glyph::BLANK);
    } else {
        row[first] = row[first].of_width((place - first) as u16);
    }
}
