//! The panes: the window's size, the focus, and the region of each pane. The regions are a pure function of size, focus
//! and switches; `ui` draws into them and `update` scrolls by their heights, so that both agree.

use crate::request::Pane;

/// A size in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Cells across.
    pub columns: u16,
    /// Cells down.
    pub rows: u16,
}

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "a rectangle")]
pub struct Region {
    pub x: u16,
    pub y: u16,
    pub width: u16,
    pub height: u16,
}

impl Region {
    /// Whether a cell is inside.
    pub fn contains(self, column: u16, row: u16) -> bool {
        (self.x..self.x + self.width).contains(&column) && (self.y..self.y + self.height).contains(&row)
    }
}

/// The window and the focus.
#[derive(Clone, Copy, Debug)]
pub struct Panes {
    /// The size of the window.
    pub size: Size,
    /// The pane that has the focus.
    pub focus: Pane,
    /// Whether only the reader is shown.
    pub zoomed: bool,
}

impl Panes {
    /// The regions of the panes. Under an overlay the list does not keep the focus, so that the reader's region is there.
    pub(crate) fn regions(self, overlay_open: bool, sidebar_toggled: bool, chip_row: ChipRow) -> Regions {
        let focus = if overlay_open && self.focus == Pane::List { Pane::Reader } else { self.focus };
        Regions::new(self.size, PaneWishes { focus, zoomed: self.zoomed, sidebar_toggled, chip_row })
    }

    /// The pane after, or before, the focused one.
    pub(crate) fn next(self, forward: bool, arrangement: Arrangement, sidebar_toggled: bool) -> Pane {
        let panes: &[Pane] = if arrangement == Arrangement::Beside && sidebar_toggled {
            &[Pane::List, Pane::Reader]
        } else {
            &[Pane::List, Pane::Reader, Pane::Sidebar]
        };
        let at = panes.iter().position(|pane| *pane == self.focus).unwrap_or(0);
        let step = if forward { 1 } else { panes.len() - 1 };
        panes[(at + step) % panes.len()]
    }
}

/// The order in which parts of the screen are redrawn on a slow connection, and which parts scroll.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RedrawPriority {
    /// Regions in which rows move together when something scrolls.
    pub scrolling: Vec<Region>,
    /// Regions that are redrawn as soon as the connection allows it.
    pub soon: Vec<Region>,
    /// Regions that are redrawn when typing pauses.
    pub later: Vec<Region>,
}

/// How the panes share the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrangement {
    /// List, reader and sidebar side by side.
    Beside,
    /// The list above the reader; the sidebar over the right half of the reader.
    Stacked,
    /// One pane at a time.
    Single,
}

/// The panes that are wanted, as far as there is room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaneWishes {
    /// The pane that has the focus.
    pub focus: Pane,
    /// Whether only the reader is wanted.
    pub zoomed: bool,
    /// Whether the sidebar is wanted where it is hidden by default, or not wanted where it is shown by default.
    pub sidebar_toggled: bool,
    /// Whether the query chips have a row.
    pub chip_row: ChipRow,
}

/// When the query chips have a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChipRow {
    /// Never: there are none.
    Hidden,
    /// Where the text keeps enough rows.
    WhereRoomy,
    /// If the window has enough rows: a query is being typed.
    Shown,
}

/// The regions of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Regions {
    /// How the panes share the window.
    pub arrangement: Arrangement,
    /// The first line: the prompt and the number of hits.
    pub prompt: Option<Region>,
    /// The row of query chips, under the prompt. With panes side by side it replaces their rule.
    pub chips: Option<Region>,
    /// The document list.
    pub list: Option<Region>,
    /// The text, with its margins.
    pub reader: Option<Region>,
    /// Metadata and outline.
    pub sidebar: Option<Region>,
    /// The last line.
    pub status: Option<Region>,
    /// Columns of vertical rules.
    pub vertical_rules: [Option<u16>; 2],
    /// Row of a horizontal rule.
    pub horizontal_rule: Option<u16>,
}

/// Minimum rows of the window for query chips while no query is typed.
const LOW: u16 = 16;
/// Minimum rows of the window for query chips.
const LOWEST: u16 = 8;
/// Minimum width of the reader beside other panes.
const LEAST_READER: u16 = 50;

impl Regions {
    /// The regions of a window.
    pub fn new(size: Size, wanted: PaneWishes) -> Self {
        let prompt_rows = u16::from(size.rows >= 4);
        let status_rows = u16::from(size.rows >= 3);
        let body = Region {
            x: 0,
            y: prompt_rows,
            width: size.columns,
            height: size.rows.saturating_sub(prompt_rows + status_rows),
        };
        let line = |y| Region { x: 0, y, width: size.columns, height: 1 };
        let mut regions = Self {
            arrangement: arrangement(size),
            prompt: (prompt_rows == 1).then(|| line(0)),
            chips: None,
            list: None,
            reader: None,
            sidebar: None,
            status: (status_rows == 1).then(|| line(size.rows - 1)),
            vertical_rules: [None; 2],
            horizontal_rule: None,
        };
        if wanted.zoomed {
            regions.arrangement = Arrangement::Single;
        }
        let body = regions.with_chips(body, size, wanted);
        if wanted.zoomed {
            regions.reader = Some(body);
            return regions;
        }
        match regions.arrangement {
            Arrangement::Beside => regions.beside(body, wanted),
            Arrangement::Stacked => regions.stacked(body, wanted),
            Arrangement::Single => regions.single(body, wanted.focus),
        }
        regions
    }

    /// The region of a pane, if it is on the screen.
    pub fn pane(&self, pane: Pane) -> Option<Region> {
        match pane {
            Pane::List => self.list,
            Pane::Reader => self.reader,
            Pane::Sidebar => self.sidebar,
        }
    }

    /// Gives the query chips their row. Returns the rest of the body.
    fn with_chips(&mut self, body: Region, size: Size, wanted: PaneWishes) -> Region {
        let roomy = self.arrangement != Arrangement::Single || !wanted.zoomed && size.rows >= LOW;
        let shown = match wanted.chip_row {
            ChipRow::Hidden => false,
            ChipRow::WhereRoomy => roomy,
            ChipRow::Shown => size.rows >= LOWEST,
        };
        if !shown {
            return body;
        }
        self.chips = Some(Region { height: 1, ..body });
        if self.arrangement == Arrangement::Beside {
            return body;
        }
        Region { y: body.y + 1, height: body.height - 1, ..body }
    }

    fn beside(&mut self, body: Region, wanted: PaneWishes) {
        let body = Region { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
        self.horizontal_rule = Some(body.y - 1);
        let list = (body.width / 4).clamp(26, 34);
        let sidebar = if wanted.sidebar_toggled { 0 } else { (body.width / 5).clamp(26, 32) };
        let taken = list + 1 + if sidebar > 0 { sidebar + 1 } else { 0 };
        let reader = body.width.saturating_sub(taken).max(LEAST_READER);
        self.list = Some(Region { width: list, ..body });
        self.vertical_rules[0] = Some(list);
        self.reader = Some(Region { x: list + 1, width: reader, ..body });
        if sidebar > 0 {
            let x = list + 1 + reader;
            self.vertical_rules[1] = Some(x);
            self.sidebar = Some(Region { x: x + 1, width: sidebar, ..body });
        }
    }

    fn stacked(&mut self, body: Region, wanted: PaneWishes) {
        let mut reader = body;
        if wanted.focus == Pane::List {
            let rows = (body.height / 4).max(3);
            self.list = Some(Region { height: rows, ..body });
            self.horizontal_rule = Some(body.y + rows);
            reader = Region { y: body.y + rows + 1, height: body.height - rows - 1, ..body };
        }
        if wanted.sidebar_toggled || wanted.focus == Pane::Sidebar {
            let width = (body.width / 2).min(38);
            let x = body.width - width;
            self.sidebar = Some(Region { x, width, ..reader });
            self.vertical_rules[0] = Some(x - 1);
            reader.width = x - 1;
        }
        self.reader = Some(reader);
    }

    fn single(&mut self, body: Region, focus: Pane) {
        match focus {
            Pane::List => self.list = Some(body),
            Pane::Reader => self.reader = Some(body),
            Pane::Sidebar => self.sidebar = Some(body),
        }
    }
}

/// The arrangement for a size of window.
fn arrangement(size: Size) -> Arrangement {
    match (size.columns, size.rows) {
        (110.., 20..) => Arrangement::Beside,
        (60.., 16..) => Arrangement::Stacked,
        _ => Arrangement::Single,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: PaneWishes =
        PaneWishes { focus: Pane::List, zoomed: false, sidebar_toggled: false, chip_row: ChipRow::Hidden };

    #[test]
    fn the_table_of_layouts_holds() {
        for (columns, rows, expected) in [
            (200, 50, Arrangement::Beside),
            (110, 20, Arrangement::Beside),
            (110, 19, Arrangement::Stacked),
            (109, 50, Arrangement::Stacked),
            (60, 16, Arrangement::Stacked),
            (59, 50, Arrangement::Single),
            (200, 15, Arrangement::Single),
        ] {
            assert_eq!(Regions::new(Size { columns, rows }, LIST).arrangement, expected, "{columns}x{rows}");
        }
    }

    #[test]
    fn at_every_size_what_is_drawn_lies_inside_the_window_and_panes_do_not_overlap() {
        for columns in 0..220 {
            for rows in 0..60 {
                for focus in [Pane::List, Pane::Reader, Pane::Sidebar] {
                    for (zoomed, sidebar_toggled, chip_row) in [
                        (false, false, ChipRow::Hidden),
                        (false, true, ChipRow::Shown),
                        (true, false, ChipRow::Shown),
                        (false, false, ChipRow::WhereRoomy),
                    ] {
                        let wanted = PaneWishes { focus, zoomed, sidebar_toggled, chip_row };
                        let regions = Regions::new(Size { columns, rows }, wanted);
                        let lines = [regions.prompt, regions.chips, regions.status];
                        let panes = [regions.list, regions.reader, regions.sidebar];
                        let all: Vec<Region> = lines.into_iter().chain(panes).flatten().collect();
                        for (i, a) in all.iter().enumerate() {
                            assert!(a.x + a.width <= columns && a.y + a.height <= rows, "{columns}x{rows} {a:?}");
                            for b in &all[i + 1..] {
                                let apart = a.x + a.width <= b.x
                                    || b.x + b.width <= a.x
                                    || a.y + a.height <= b.y
                                    || b.y + b.height <= a.y;
                                assert!(
                                    apart || a.width == 0 || b.width == 0,
                                    "{columns}x{rows} {wanted:?} {a:?} {b:?}"
                                );
                            }
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn the_reader_keeps_fifty_columns_beside_other_panes() {
        for columns in 110..220 {
            let regions = Regions::new(Size { columns, rows: 30 }, LIST);
            assert!(regions.reader.expect("three panes have a reader").width >= LEAST_READER);
        }
    }
}
