//! The document list: an order of keys, the rows fetched so far, the selected row, and folded groups of duplicates. All
//! keys are in memory, at eight bytes each; rows are fetched as they come into view, so that a million documents take a
//! few megabytes. Opening documents is done in `open_document`.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use crate::app::action::Actions;
use crate::document::DocumentKey;
use crate::request::Request;
use crate::search::results::{DocumentRow, Fold};
use crate::search::{Generation, Query, Sort};

/// How long the selection must rest before the reader follows it.
pub(crate) const REST: Duration = Duration::from_millis(120);

/// Number of rows beyond the view that are fetched with it.
const AHEAD: usize = 24;

/// Which row is selected when the order is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The first row: a new query has a new best hit.
    First,
    /// The row of the same document.
    Same,
    /// The same row; no row moves, and new documents are appended.
    KeepRows,
}

/// The document list.
#[derive(Clone, Debug, Default)]
pub struct DocumentList {
    order: Arc<[DocumentKey]>,
    rows: HashMap<DocumentKey, DocumentRow>,
    asked: HashSet<DocumentKey>,
    selected: usize,
    top: usize,
    /// Groups of duplicates, in order; the rows after the first one of a group are shown only if it is open.
    folds: Vec<Fold>,
    /// The first documents of the open groups.
    open: HashSet<DocumentKey>,
    /// Whether all groups are open.
    all_open: bool,
    /// The order without a search.
    pub sort: Sort,
    /// The newest request for an order; replies to earlier ones are dropped.
    pub generation: Generation,
    /// The document to select when the next order arrives.
    pub(crate) select_next: Option<DocumentKey>,
    /// Whether the person has selected a row; until then the first row is selected.
    pub touched: bool,
    /// Number of documents that were appended since the order was last replaced.
    pub added: usize,
    /// Whether the first order has arrived.
    pub(crate) listed: bool,
    /// The document that was selected when the library was last checked for writes of another process.
    pub(crate) caught_up_at: Option<DocumentKey>,
    /// When the reader follows the selected row.
    pub(crate) follow_at: Option<Duration>,
    /// The document to open first, from the command line.
    pub(crate) to_open: Option<DocumentKey>,
}

impl DocumentList {
    /// An empty list in this order. `to_open` is opened and `chosen` selected as soon as they are listed.
    pub(crate) fn new(sort: Sort, to_open: Option<DocumentKey>, chosen: Option<DocumentKey>) -> Self {
        Self { sort, to_open, select_next: chosen, touched: chosen.is_some(), ..Self::default() }
    }

    /// Makes earlier requests for an order stale and returns the number of the next one.
    pub(crate) fn next_generation(&mut self) -> Generation {
        self.generation = self.generation.next();
        self.generation
    }

    /// Requests the order of the list without a search.
    pub(crate) fn request(&mut self) -> Actions {
        let generation = self.next_generation();
        Request::List { generation, sort: self.sort }.into()
    }

    /// Requests the rows in view, and a few beyond, that are neither known nor requested. `query`: the query whose matches
    /// the rows count.
    pub(crate) fn fetch_missing(&mut self, visible: usize, query: Option<Arc<Query>>) -> Actions {
        let keys = if visible == 0 { Vec::new() } else { self.missing(visible) };
        if keys.is_empty() {
            return Actions::none();
        }
        Request::FetchRows { generation: self.generation, keys, query }.into()
    }

    /// Selects the row of a document, if it is listed.
    pub(crate) fn select_key(&mut self, key: DocumentKey) {
        if let Some(at) = self.position(key) {
            self.select(at);
        }
    }

    /// Number of documents.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there is no document.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Every document, in order.
    pub fn order(&self) -> &Arc<[DocumentKey]> {
        &self.order
    }

    /// Index of the selected row.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// Index of the first row in view.
    pub fn top(&self) -> usize {
        self.top
    }

    /// The selected document.
    pub fn selected_key(&self) -> Option<DocumentKey> {
        self.order.get(self.selected).copied()
    }

    /// The document at a row.
    pub fn key(&self, row: usize) -> Option<DocumentKey> {
        self.order.get(row).copied()
    }

    /// Index of the row of a document. Each frame asks for the open document, which is usually the selected one: then the
    /// list is not searched.
    pub fn position(&self, key: DocumentKey) -> Option<usize> {
        if self.selected_key() == Some(key) {
            return Some(self.selected);
        }
        self.order.iter().position(|known| *known == key)
    }

    /// A row; `None` while it is being fetched.
    pub fn row(&self, at: usize) -> Option<&DocumentRow> {
        self.rows.get(self.order.get(at)?)
    }

    /// The row of a document; `None` unless it has been fetched.
    pub fn row_of(&self, key: DocumentKey) -> Option<&DocumentRow> {
        self.rows.get(&key)
    }

    /// Replaces the order.
    pub fn replace(&mut self, order: Arc<[DocumentKey]>, rows: Vec<DocumentRow>, choice: Choice) {
        let wanted = self.select_next.take();
        let chosen = wanted.or(self.selected_key());
        let (order, added) = match choice {
            Choice::KeepRows => self.with_new_at_the_end(&order),
            Choice::First | Choice::Same => (order, 0),
        };
        self.added = if choice == Choice::KeepRows { self.added + added } else { 0 };
        self.order = order;
        self.folds.clear();
        if choice == Choice::First {
            self.open.clear();
        }
        self.rows.clear();
        self.asked.clear();
        self.add_rows(rows);
        let same = chosen.and_then(|key| self.position(key));
        let selected = match choice {
            Choice::First => wanted.and(same).unwrap_or(0),
            Choice::Same | Choice::KeepRows => same.unwrap_or(self.selected),
        };
        if choice == Choice::First {
            self.top = 0;
        }
        self.choose(selected);
    }

    /// Adds fetched rows.
    pub fn add_rows(&mut self, rows: Vec<DocumentRow>) {
        for row in rows {
            self.asked.remove(&row.summary.key);
            self.rows.insert(row.summary.key, row);
        }
    }

    /// Selects a row; beyond the end, the last one.
    pub fn select(&mut self, row: usize) {
        self.touched = true;
        self.choose(row);
    }

    fn choose(&mut self, row: usize) {
        self.selected = row.min(self.order.len().saturating_sub(1));
        self.show_selected();
        self.top = self.top.min(self.selected);
    }

    /// Moves the selection by documents, into folded groups too. Returns whether it moved.
    pub fn step_by(&mut self, documents: isize) -> bool {
        let before = self.selected;
        self.select(before.saturating_add_signed(documents));
        self.selected != before
    }

    /// Moves the selection by rows. Returns whether it moved.
    pub fn move_by(&mut self, rows: isize) -> bool {
        let before = self.selected;
        let mut at = if self.folds.is_empty() { before.saturating_add_signed(rows) } else { before };
        if !self.folds.is_empty() {
            for _ in 0..rows.unsigned_abs().min(self.order.len()) {
                let next = if rows > 0 { self.next(at) } else { self.previous(at).unwrap_or(at) };
                if next == at || next >= self.order.len() {
                    break;
                }
                at = next;
            }
        }
        self.select(at);
        self.selected != before
    }

    /// Scrolls so that the selected row is among `visible` rows.
    pub fn settle(&mut self, visible: usize) {
        let visible = visible.max(1);
        let highest = |last: usize| (1..visible).fold(last, |at, _| self.previous(at).unwrap_or(at));
        let Some(last) = self.previous(self.order.len()) else { return self.top = 0 };
        let top = self.top.min(self.selected).max(highest(self.selected)).min(highest(last));
        self.top = self.fold_around(top).filter(|fold| !self.is_open(fold)).map_or(top, |fold| fold.start);
    }

    /// The documents in view, and a few beyond, whose rows are neither known nor requested.
    fn missing(&mut self, visible: usize) -> Vec<DocumentKey> {
        let start = (0..AHEAD).fold(self.top, |at, _| self.previous(at).unwrap_or(at));
        let end = (0..visible + AHEAD).fold(self.top, |at, _| self.next(at));
        let shown = std::iter::successors(Some(start), |at| Some(self.next(*at)));
        let keys: Vec<DocumentKey> = shown
            .take_while(|at| *at < end)
            .map_while(|at| self.key(at))
            .filter(|key| !self.rows.contains_key(key) && !self.asked.contains(key))
            .collect();
        self.asked.extend(&keys);
        keys
    }

    /// Sets the groups of duplicates.
    pub fn fold(&mut self, folds: Vec<Fold>) {
        self.folds = folds;
        self.show_selected();
    }

    /// Opens or folds the group of the selected document. Returns whether it has one.
    pub fn toggle_group(&mut self) -> bool {
        let Some(fold) = self.fold_around(self.selected).copied() else { return false };
        let Some(first) = self.key(fold.start) else { return false };
        if self.all_open || !self.open.remove(&first) {
            self.open.insert(first);
        } else {
            self.selected = fold.start;
        }
        true
    }

    /// Shows all documents, or folds the groups again. Returns whether they are folded now.
    pub fn toggle_groups(&mut self) -> bool {
        self.all_open = !self.all_open;
        self.open.clear();
        if let Some(fold) = self.fold_around(self.selected).filter(|fold| !self.is_open(fold)) {
            self.selected = fold.start;
        }
        !self.all_open
    }

    /// The group whose first document is at a row.
    pub fn fold_at(&self, row: usize) -> Option<&Fold> {
        self.fold_around(row).filter(|fold| fold.start == row)
    }

    /// Whether the document at a row belongs to the group of a row above.
    pub fn is_behind(&self, row: usize) -> bool {
        self.fold_around(row).is_some_and(|fold| fold.start < row)
    }

    /// The next row that is shown, or the number of rows.
    pub fn next(&self, row: usize) -> usize {
        match self.fold_around(row).filter(|fold| !self.is_open(fold)) {
            Some(fold) => fold.end(),
            None => row + 1,
        }
    }

    fn previous(&self, row: usize) -> Option<usize> {
        let before = row.checked_sub(1)?;
        Some(self.fold_around(before).filter(|fold| !self.is_open(fold)).map_or(before, |fold| fold.start))
    }

    fn fold_around(&self, row: usize) -> Option<&Fold> {
        let behind = self.folds.partition_point(|fold| fold.start <= row);
        self.folds.get(behind.checked_sub(1)?).filter(|fold| row < fold.end())
    }

    fn is_open(&self, fold: &Fold) -> bool {
        self.all_open || self.key(fold.start).is_some_and(|first| self.open.contains(&first))
    }

    /// Opens the group in which the selected document is hidden.
    fn show_selected(&mut self) {
        if let Some(fold) = self.fold_around(self.selected).filter(|fold| fold.start < self.selected)
            && let Some(first) = self.key(fold.start)
        {
            self.open.insert(first);
        }
    }

    fn with_new_at_the_end(&self, order: &[DocumentKey]) -> (Arc<[DocumentKey]>, usize) {
        let still: HashSet<DocumentKey> = order.iter().copied().collect();
        let known: HashSet<DocumentKey> = self.order.iter().copied().collect();
        let stay = self.order.iter().copied().filter(|key| still.contains(key));
        let new = order.iter().copied().filter(|key| !known.contains(key));
        let added = new.clone().count();
        (stay.chain(new).collect(), added)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(keys: &[u64]) -> Arc<[DocumentKey]> {
        keys.iter().copied().map(DocumentKey).collect()
    }

    fn shelf(keys: &[u64], selected: usize) -> DocumentList {
        let mut shelf = DocumentList::default();
        shelf.replace(order(keys), Vec::new(), Choice::First);
        shelf.select(selected);
        shelf
    }

    #[test]
    fn the_chosen_document_stays_chosen_when_the_order_changes() {
        let mut shelf = shelf(&[1, 2, 3], 1);
        shelf.replace(order(&[9, 8, 2]), Vec::new(), Choice::Same);
        assert_eq!(shelf.selected_key(), Some(DocumentKey(2)));
    }

    #[test]
    fn a_standing_order_takes_new_documents_at_its_end_and_counts_them() {
        let mut shelf = shelf(&[3, 1], 0);
        shelf.replace(order(&[5, 1, 3, 4]), Vec::new(), Choice::KeepRows);
        assert_eq!(shelf.order.to_vec(), order(&[3, 1, 5, 4]).to_vec());
        assert_eq!((shelf.added, shelf.selected_key()), (2, Some(DocumentKey(3))));
    }

    #[test]
    fn the_chosen_row_is_always_in_view() {
        let mut shelf = shelf(&(0..100).collect::<Vec<_>>(), 0);
        for step in [7, 60, -20, 500, -3, -500] {
            shelf.move_by(step);
            shelf.settle(5);
            assert!((shelf.top()..shelf.top() + 5).contains(&shelf.selected()), "after {step}");
        }
    }

    #[test]
    fn a_group_is_one_row_until_it_is_opened_or_gone_into() {
        let mut shelf = shelf(&[1, 2, 3, 4, 5], 0);
        shelf.fold(vec![Fold { start: 1, identical: 1, near: 1 }]);
        let walked = |shelf: &mut DocumentList| {
            let mut rows = vec![shelf.selected()];
            while shelf.move_by(1) {
                rows.push(shelf.selected());
            }
            rows
        };
        assert_eq!(walked(&mut shelf), [0, 1, 4]);
        assert!(shelf.move_by(-1) && shelf.toggle_group());
        shelf.select(0);
        assert_eq!(walked(&mut shelf), [0, 1, 2, 3, 4]);
        shelf.select(3);
        assert!(shelf.toggle_group());
        assert_eq!(shelf.selected(), 1);
        shelf.select(2);
        assert_eq!(shelf.next(1), 2, "what is chosen is shown");
        assert!(shelf.toggle_group() && shelf.toggle_group() && shelf.toggle_group());
        assert_eq!((shelf.selected(), shelf.next(1)), (1, 4));
        shelf.settle(2);
        assert_eq!(shelf.top(), 0);
        shelf.move_by(9);
        shelf.settle(2);
        assert_eq!((shelf.selected(), shelf.top()), (4, 1));
    }

    #[test]
    fn rows_are_asked_for_once() {
        let mut shelf = shelf(&(0..100).collect::<Vec<_>>(), 0);
        assert_eq!(shelf.missing(5).len(), 5 + AHEAD);
        assert_eq!(shelf.missing(5), []);
    }

    #[test]
    fn an_empty_list_has_nothing_chosen_and_moves_nowhere() {
        let mut shelf = shelf(&[], 0);
        assert!(!shelf.move_by(3));
        shelf.settle(10);
        assert_eq!(shelf.selected_key(), None);
    }
}
