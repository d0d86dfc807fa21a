//! What lies over the reader: the outline, the matches of the document, help, the palette, the facets. One at a time by
//! construction; each has a list to choose from and a filter. What the rows are is computed here so that `ui` only draws and
//! `update` only chooses.

pub(super) mod facets;
pub(super) mod filter;
pub(super) mod lists;
pub(super) mod not_read;
pub(super) mod palette;
pub(super) mod saved_searches;

use std::sync::Arc;

use super::line_editor::LineInput;
use facets::FacetList;

/// Which overlay it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverlayKind {
    /// The sections of the document.
    Outline,
    /// The matches in the document.
    Matches,
    /// Every command with its keys.
    Help,
    /// Every command by name.
    Palette,
    /// The files that gave no document.
    Problems,
    /// What the documents of the list are, counted.
    Facets,
    /// The saved searches.
    Searches,
    /// A name is typed to keep a search under; those that are taken stand below.
    SaveSearch,
    /// Another name is typed for a saved search.
    RenameSearch,
}

impl OverlayKind {
    /// Whether it asks for a name, so that what is typed filters nothing.
    pub fn is_a_question(self) -> bool {
        matches!(self, Self::SaveSearch | Self::RenameSearch)
    }

    /// Whether every key that is no command begins a filter.
    pub fn filters_at_once(self) -> bool {
        self.is_of_document() || self == Self::Facets
    }

    /// Whether it lists what stands in the open document.
    pub fn is_of_document(self) -> bool {
        matches!(self, Self::Outline | Self::Matches)
    }
}

/// An overlay that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlay {
    /// Which one.
    pub kind: OverlayKind,
    /// What the rows are filtered by.
    pub filter: LineInput,
    /// Whether keys go to the filter.
    pub typing: bool,
    /// The chosen row, among those that pass the filter.
    pub selected: usize,
    /// The first row in view.
    pub top: usize,
    /// The sections or matches that pass the filter, by their number; there may be thousands, so they are looked through
    /// once for each filter.
    pub numbers: Arc<[usize]>,
    /// What was counted, for facets.
    pub facets: FacetList,
}

impl Overlay {
    /// An overlay just opened. The palette is typed into at once.
    pub fn new(kind: OverlayKind) -> Self {
        Self {
            kind,
            filter: LineInput::default(),
            typing: kind == OverlayKind::Palette,
            selected: 0,
            top: 0,
            numbers: Arc::from([]),
            facets: FacetList::default(),
        }
    }

    /// Moves the choice among `rows` rows.
    pub fn move_by(&mut self, by: isize, rows: usize) {
        self.selected = self.selected.saturating_add_signed(by).min(rows.saturating_sub(1));
    }

    /// Scrolls so that the choice is among `visible` of `rows` rows.
    pub fn settle(&mut self, visible: usize, rows: usize) {
        let visible = visible.max(1);
        self.selected = self.selected.min(rows.saturating_sub(1));
        self.top = self.top.min(self.selected).max((self.selected + 1).saturating_sub(visible));
        self.top = self.top.min(rows.saturating_sub(visible));
    }
}
