//! The facets overlay: how many of the listed documents have each value of a facet. Choosing a value adds it to the query,
//! choosing it again removes it; the overlay stays open and is counted again with every new list. The rows are made here;
//! how they are drawn is decided by `ui`.

use std::sync::Arc;

use super::filter::{FilteredList, filtered};
use crate::app::action::{Actions, PaneRequest};
use crate::app::list::document_list::DocumentList;
use crate::app::panes::Region;
use crate::document::DocumentKey;
use crate::locale::{Catalogue, Message};
use crate::request::Request;
use crate::search::edit::{chosen, narrowed, widened};
use crate::search::facets::UNDATED;
pub use crate::search::{Facet, FacetCount};
use crate::search::{Facets, LastWord};

/// Number of values of a facet that are shown before it is opened.
const FEW: usize = 6;
/// Minimum columns and rows of the overlay for the chart of years above the rows.
const ROOM_FOR_CHART: (u16, u16) = (40, 14);
/// Lines of the chart with its scale and a blank line.
const CHART: u16 = 5;

/// A row of the facets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FacetRow {
    /// The name of a facet.
    Caption(Facet),
    /// A value.
    Value {
        /// The facet.
        facet: Facet,
        /// The value as a query names it.
        value: Arc<str>,
        /// Number of documents that have it.
        documents: u32,
        /// Whether the query contains it.
        chosen: bool,
    },
    /// Number of less frequent values that are hidden.
    More(Facet, usize),
}

/// The facets of the listed documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FacetList {
    /// Filter and selection.
    pub list: FilteredList,
    /// The last counts.
    pub counted: Option<Arc<Facets>>,
    /// The rows that pass the filter.
    pub rows: Arc<[FacetRow]>,
    /// The documents for which counts were last requested.
    asked: Option<Arc<[DocumentKey]>>,
    /// Facets of which every value is shown.
    open: Vec<Facet>,
}

/// The name of a value in the language of the interface.
pub fn facet_label(catalogue: &Catalogue, facet: Facet, value: &str) -> String {
    match facet {
        Facet::Kind => catalogue.text(format!("genre-{value}")),
        Facet::Date if value == UNDATED => catalogue.text("facet-undated"),
        Facet::Date => catalogue.month(value),
        Facet::Language if value.contains('-') => format!("{} ({value})", catalogue.language(value)),
        Facet::Language => catalogue.language(value),
        Facet::Country => catalogue.country(value),
        Facet::Institution | Facet::Author | Facet::Ministry => value.to_owned(),
    }
}

impl FacetList {
    /// Requests new counts if the list shows other documents than those that were counted.
    pub(crate) fn count(&mut self, documents: &DocumentList) -> Actions {
        let order = documents.order();
        if self.asked.as_ref().is_some_and(|asked| Arc::ptr_eq(asked, order)) {
            return Actions::none();
        }
        self.asked = Some(Arc::clone(order));
        Request::CountFacets { generation: documents.generation, keys: Arc::clone(order) }.into()
    }

    /// Makes the rows again from the counts, the filter and the values that the query `source` asks for. The same value
    /// stays selected if it is still there.
    pub(crate) fn list_rows(&mut self, (source, last_word): (&str, LastWord), catalogue: &Catalogue) {
        let Some(counted) = self.counted.clone() else { return };
        let before = self.rows.get(self.list.selected).cloned();
        let asked = chosen(source, last_word);
        let mut rows = Vec::new();
        for facet in Facet::ALL {
            let counts = with_those_asked(facet, values(facet, &counted), &asked);
            self.add_rows_of(facet, &counts, &asked, catalogue, &mut rows);
        }
        let same = before.and_then(|before| rows.iter().position(|row| is_same(row, &before)));
        self.list.selected = same.unwrap_or(self.list.selected).min(rows.len().saturating_sub(1));
        if matches!(rows.get(self.list.selected), Some(FacetRow::Caption(_))) {
            self.list.selected += 1;
        }
        self.rows = rows.into();
    }

    fn add_rows_of(
        &self,
        facet: Facet,
        counts: &[FacetCount],
        asked: &[(Facet, String)],
        catalogue: &Catalogue,
        rows: &mut Vec<FacetRow>,
    ) {
        let filter = self.list.filter.text();
        let name = catalogue.text(format!("facet-{}", facet.name()));
        let labels = counts.iter().map(|count| format!("{} {name}", facet_label(catalogue, facet, &count.value)));
        let passing = filtered(filter, labels);
        if passing.is_empty() {
            return;
        }
        let is_asked = |value: &str| {
            let mut of_facet = asked.iter().filter(|(of, _)| *of == facet).peekable();
            of_facet.peek().is_some() && facet.key(value).is_some_and(|key| of_facet.any(|(_, asked)| *asked == key))
        };
        let open = self.open.contains(&facet);
        // One more value takes no more room than the row that announces it.
        let shown = if open || !filter.is_empty() || passing.len() <= FEW + 1 { passing.len() } else { FEW };
        rows.push(FacetRow::Caption(facet));
        rows.extend(passing[..shown].iter().map(|at| {
            let FacetCount { value, documents } = counts[*at].clone();
            let chosen = is_asked(&value);
            FacetRow::Value { facet, value, documents, chosen }
        }));
        if shown < passing.len() {
            rows.push(FacetRow::More(facet, passing.len() - shown));
        }
    }

    /// Enter on a row: adds its value to the query or removes it, or shows all values of the facet.
    pub(crate) fn accept(&mut self, (source, last_word): (&str, LastWord), catalogue: &Catalogue) -> Actions {
        match self.rows.get(self.list.selected).cloned() {
            Some(FacetRow::Value { facet, value, chosen, .. }) => {
                toggled(facet, &value, chosen, (source, last_word)).and(PaneRequest::ClearFilter)
            }
            Some(FacetRow::More(facet, _)) => {
                self.open.push(facet);
                self.list_rows((source, last_word), catalogue);
                Actions::none()
            }
            Some(FacetRow::Caption(_)) | None => Actions::none(),
        }
    }

    /// Moves the selection; captions are skipped.
    pub(crate) fn move_by(&mut self, by: isize) {
        let rows = self.rows.len();
        self.list.move_by(by, rows);
        if matches!(self.rows.get(self.list.selected), Some(FacetRow::Caption(_))) {
            self.list.move_by(if by < 0 && self.list.selected > 0 { -1 } else { 1 }, rows);
        }
    }

    /// Scrolls so that the selected row is in view in `region`, with its caption where that is right above it.
    pub(crate) fn settle(&mut self, region: Option<Region>) {
        let chart = region.map_or(0, |region| self.chart_lines(region));
        let visible = region.map_or(1, |region| usize::from(region.height.saturating_sub(2 + chart)));
        let caption = self.caption_above();
        self.list.settle(visible, self.rows.len());
        self.list.top = caption.filter(|_| visible > 1).map_or(self.list.top, |at| self.list.top.min(at));
    }

    /// Number of lines that the chart of dates takes above the rows.
    pub fn chart_lines(&self, region: Region) -> u16 {
        // Where no row passes the filter there is only the sentence that says so.
        let counted = self.counted.as_ref().filter(|_| !self.rows.is_empty());
        let has_dates = counted.is_some_and(|counted| dates(counted).len() > 1);
        let has_room = region.width >= ROOM_FOR_CHART.0 && region.height >= ROOM_FOR_CHART.1;
        if has_dates && has_room { CHART } else { 0 }
    }

    fn caption_above(&self) -> Option<usize> {
        let above = self.list.selected.checked_sub(1)?;
        matches!(self.rows.get(above)?, FacetRow::Caption(_)).then_some(above)
    }
}

/// The query with a value of a facet added, or removed where it was chosen.
fn toggled(facet: Facet, value: &str, chosen: bool, (source, last_word): (&str, LastWord)) -> Actions {
    let changed = if chosen {
        facet.key(value).and_then(|key| widened(source, (facet, &key), last_word))
    } else {
        Some(narrowed(source, &facet.filter(value), last_word))
    };
    match changed {
        Some(changed) => PaneRequest::ReplaceQuery(changed, last_word).into(),
        None => Actions::notice(Message::new("facet-not-alone").with("query", source.to_owned())),
    }
}

/// The years in order; if there is only one, its known months.
pub fn dates(facets: &Facets) -> &[FacetCount] {
    match facets.of(Facet::Date) {
        [_] if facets.months().len() > 1 => facets.months(),
        years => years,
    }
}

/// The values of a facet in the order of the list: dates newest first, preceded by undated documents.
fn values(facet: Facet, facets: &Facets) -> Vec<FacetCount> {
    if facet != Facet::Date {
        return facets.of(facet).to_vec();
    }
    let mut counts: Vec<FacetCount> = facets.of(facet).iter().rev().cloned().collect();
    if counts.len() == 1 {
        counts.extend(facets.months().iter().rev().cloned());
    }
    if facets.undated() > 0 {
        // Ahead of the long tail of years, so that it is in view.
        counts.insert(0, FacetCount { value: UNDATED.into(), documents: facets.undated() });
    }
    counts
}

/// Puts the values that the query contains first, including those that no document has.
fn with_those_asked(facet: Facet, counts: Vec<FacetCount>, asked: &[(Facet, String)]) -> Vec<FacetCount> {
    let of_facet: Vec<&str> = asked.iter().filter(|(of, _)| *of == facet).map(|(_, key)| key.as_str()).collect();
    if of_facet.is_empty() {
        return counts;
    }
    let (mut first, rest): (Vec<_>, Vec<_>) = counts
        .into_iter()
        .partition(|count| facet.key(&count.value).is_some_and(|key| of_facet.contains(&key.as_str())));
    for key in of_facet {
        if !first.iter().any(|count| facet.key(&count.value).as_deref() == Some(key)) {
            first.push(FacetCount { value: key.into(), documents: 0 });
        }
    }
    first.extend(rest);
    first
}

fn is_same(row: &FacetRow, other: &FacetRow) -> bool {
    match (row, other) {
        (FacetRow::Value { facet, value, .. }, FacetRow::Value { facet: of, value: known, .. }) => {
            (facet, value) == (of, known)
        }
        _ => row == other,
    }
}
