//! The overlays that list parts of the open document: its outline and the matches in it. The rows are indexes of sections
//! or matches; going there is done by the reader.

use std::sync::Arc;

use super::filter::{FilteredList, filtered};
use crate::app::reader::state::ReaderState;
use crate::document::section_at;
use crate::locale::Catalogue;

/// Sections or matches that pass a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentRows {
    /// Filter and selection.
    pub list: FilteredList,
    /// Indexes of the sections or matches that pass the filter. There may be thousands, so they are filtered only when
    /// the filter or the document changes.
    pub numbers: Arc<[usize]>,
}

impl DocumentRows {
    /// All sections, with the present one selected.
    pub(crate) fn of_outline(reader: &ReaderState, catalogue: &Catalogue) -> Self {
        let mut rows = Self::default();
        rows.filter_sections(reader, catalogue);
        rows.list.selected = section_here(reader);
        rows
    }

    /// All matches, with the present one selected.
    pub(crate) fn of_matches(reader: &ReaderState, catalogue: &Catalogue) -> Self {
        let mut rows = Self::default();
        rows.filter_matches(reader, catalogue);
        rows.list.selected = match_here(reader);
        rows
    }

    /// Lists the sections that pass the filter, by the name that lawyers use and by their kind: « § 12 » is a
    /// « paragraphe » too.
    pub(crate) fn filter_sections(&mut self, reader: &ReaderState, catalogue: &Catalogue) {
        let sections = reader.outline();
        let kind = |at: usize| catalogue.place(sections[at].kind, None);
        let words = (0..sections.len())
            .map(|at| format!("{} {} {}", catalogue.section(sections, at), kind(at), sections[at].title));
        self.numbers = filtered(self.list.filter.text(), words).into();
    }

    /// Lists the matches that pass the filter, by their section and their line.
    pub(crate) fn filter_matches(&mut self, reader: &ReaderState, catalogue: &Catalogue) {
        let sections = reader.outline();
        let words = reader.matches.iter().map(|found| {
            let place = section_at(sections, found.start());
            let place = place.map_or_else(String::new, |at| catalogue.section(sections, at));
            format!("{place} {}", reader.opened.document.slice(reader.context(*found)))
        });
        self.numbers = filtered(self.list.filter.text(), words).into();
    }

    /// The selected section or match.
    pub(crate) fn selected(&self) -> Option<usize> {
        self.numbers.get(self.list.selected).copied()
    }
}

/// Index of the section that is being read.
pub(crate) fn section_here(reader: &ReaderState) -> usize {
    reader.section().unwrap_or(0)
}

/// Index of the current match, else of the nearest one.
pub(crate) fn match_here(reader: &ReaderState) -> usize {
    reader.current.or_else(|| reader.match_near(reader.present_offset())).unwrap_or(0)
}
