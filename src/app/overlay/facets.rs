//! The facets overlay: how many of the listed documents have each value of a facet. Choosing a value adds it to the query,
//! choosing it again removes it; the overlay stays open and is counted again with every new list. The rows are made here;
//! how they are drawn is decided by `ui`.

use crate::request::Request;
use crate::request::SearchScope;
use std::sync::Arc;

use super::filter::filtered;
use crate::app::{App, DossierSearch, Effects, LineInput, OverlayKind, Region};
use crate::document::DocumentKey;
use crate::locale::{Catalogue, Message};
use crate::search::facets::UNDATED;
use crate::search::query::edit::{chosen, narrowed, widened};
pub use crate::search::{Facet, FacetCount};
use crate::search::{Facets, Generation, LastWord};

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

impl App {
    /// The dossier is counted anew whenever the list is another one.
    pub(crate) fn count_facets(&mut self, effects: &mut Effects) {
        let order = self.list.order();
        let Some(overlay) = self.overlay.as_mut().filter(|overlay| overlay.kind == OverlayKind::Facets) else { return };
        let list = &mut overlay.facets;
        if !list.asked.as_ref().is_some_and(|asked| Arc::ptr_eq(asked, order)) {
            list.asked = Some(Arc::clone(order));
            effects.ask(Request::CountFacets { generation: self.list.generation, keys: Arc::clone(order) });
        }
    }

    /// The answer; the same value stays chosen as far as it is there still.
    pub(crate) fn facets_counted(&mut self, generation: Generation, facets: Arc<Facets>) {
        let Some(overlay) = self.overlay.as_mut().filter(|_| generation == self.list.generation) else { return };
        overlay.facets.counted = Some(facets);
        self.list_facets();
    }

    /// Makes the rows anew: another count, another filter, a facet opened.
    pub(crate) fn list_facets(&mut self) {
        let Some(overlay) = self.overlay.as_ref().filter(|overlay| overlay.kind == OverlayKind::Facets) else { return };
        let Some(counted) = overlay.facets.counted.clone() else { return };
        let before = overlay.facets.rows.get(overlay.selected).cloned();
        let filter = overlay.filter.text().to_owned();
        let asked = chosen(&self.source_of_facets(), self.last_word_of_facets());
        let mut rows = Vec::new();
        for facet in Facet::ALL {
            let counts = with_those_asked(facet, values(facet, &counted), &asked);
            self.add_rows_of(facet, &counts, &filter, &asked, &mut rows);
        }
        let Some(overlay) = &mut self.overlay else { return };
        let same = before.and_then(|before| rows.iter().position(|row| is_same(row, &before)));
        overlay.selected = same.unwrap_or(overlay.selected).min(rows.len().saturating_sub(1));
        if matches!(rows.get(overlay.selected), Some(FacetRow::Caption(_))) {
            overlay.selected += 1;
        }
        overlay.facets.rows = rows.into();
    }

    fn add_rows_of(
        &self,
        facet: Facet,
        counts: &[FacetCount],
        filter: &str,
        asked: &[(Facet, String)],
        rows: &mut Vec<FacetRow>,
    ) {
        let name = self.catalogue.text(format!("facet-{}", facet.name()));
        let labels = counts.iter().map(|count| format!("{} {name}", facet_label(&self.catalogue, facet, &count.value)));
        let passing = filtered(filter, labels);
        if passing.is_empty() {
            return;
        }
        let is_asked = |value: &str| {
            let mut of_facet = asked.iter().filter(|(of, _)| *of == facet).peekable();
            of_facet.peek().is_some() && facet.key(value).is_some_and(|key| of_facet.any(|(_, asked)| *asked == key))
        };
        let open = self.overlay.as_ref().is_some_and(|overlay| overlay.facets.open.contains(&facet));
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

    /// Enter on a row.
    pub(crate) fn accept_facet(&mut self, effects: &mut Effects) {
        let Some(overlay) = &mut self.overlay else { return };
        match overlay.facets.rows.get(overlay.selected).cloned() {
            Some(FacetRow::Value { facet, value, chosen, .. }) => {
                self.toggle_facet(facet, &value, chosen, effects);
                self.clear_filter();
            }
            Some(FacetRow::More(facet, _)) => {
                overlay.facets.open.push(facet);
                self.list_facets();
            }
            Some(FacetRow::Caption(_)) | None => {}
        }
    }

    fn toggle_facet(&mut self, facet: Facet, value: &str, chosen: bool, effects: &mut Effects) {
        let (source, last_word) = (self.source_of_facets(), self.last_word_of_facets());
        let changed = if chosen {
            facet.key(value).and_then(|key| widened(&source, (facet, &key), last_word))
        } else {
            Some(narrowed(&source, &facet.filter(value), last_word))
        };
        let Some(changed) = changed else {
            return self.notices.set(Message::new("facet-not-alone").with("query", source));
        };
        if let Some(prompt) = self.search.prompt.as_mut().filter(|prompt| prompt.scope == SearchScope::Dossier) {
            prompt.input = LineInput::new(changed.clone());
        } else {
            self.search.remember(&changed);
        }
        self.search_dossier(changed, last_word, effects);
    }

    fn source_of_facets(&self) -> String {
        self.search.dossier.as_ref().map(|DossierSearch { source, .. }| source.clone()).unwrap_or_default()
    }

    fn last_word_of_facets(&self) -> LastWord {
        if self.last_word_grows() { LastWord::Prefix } else { LastWord::Whole }
    }

    /// How many lines above the rows the chart of dates takes.
    pub fn facet_chart_lines(&self, region: Region) -> u16 {
        let list = self.overlay.as_ref().map(|overlay| &overlay.facets);
        // Where no row passes the filter there is only the sentence that says so.
        let list = list.filter(|list| !list.rows.is_empty());
        let has_dates = list.and_then(|list| list.counted.as_ref()).is_some_and(|counted| dates(counted).len() > 1);
        let has_room = region.width >= ROOM_FOR_CHART.0 && region.height >= ROOM_FOR_CHART.1;
        if has_dates && has_room { CHART } else { 0 }
    }

    /// The first row that has to be in view for the chosen one: its caption, where that stands right above it.
    pub(crate) fn facet_row_in_view(&self) -> Option<usize> {
        let overlay = self.overlay.as_ref()?;
        let above = overlay.selected.checked_sub(1)?;
        matches!(overlay.facets.rows.get(above)?, FacetRow::Caption(_)).then_some(above)
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
