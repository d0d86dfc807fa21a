//! The document list: an order of keys, the rows fetched so far, and which one is chosen. Keys are eight bytes each and
//! all there; rows are fetched as they come into view, so a million documents cost a few megabytes here.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::event::Row;
use crate::config::Sort;
use crate::document::DocumentKey;
use crate::search::Generation;

/// How many rows beyond the view are fetched along with it.
const AHEAD: usize = 24;

/// What becomes of the chosen row when the list is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The first row is chosen: a new question has a new best answer.
    First,
    /// The same document stays chosen, wherever it stands now.
    Same,
    /// Nothing moves: documents that are new go to the end.
    Standing,
}

/// The list.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    order: Arc<[DocumentKey]>,
    rows: HashMap<DocumentKey, Row>,
    asked: HashSet<DocumentKey>,
    selected: usize,
    top: usize,
    /// What it is sorted by.
    pub sort: Sort,
    /// The newest question about the order; answers to earlier ones are dropped.
    pub generation: Generation,
    /// The document to choose when the next order is there.
    pub wanted: Option<DocumentKey>,
    /// Whether a person has chosen a row; until then the first one is.
    pub touched: bool,
    /// How many documents came since the order was told to stand still.
    pub added: usize,
}

impl Shelf {
    /// Makes the question before stale and gives the number of the next one.
    pub fn ask(&mut self) -> Generation {
        self.generation = self.generation.next();
        self.generation
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Every document, in order.
    pub fn order(&self) -> &Arc<[DocumentKey]> {
        &self.order
    }

    /// The number of the chosen row.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// The first row in view.
    pub fn top(&self) -> usize {
        self.top
    }

    /// The chosen document.
    pub fn selected_key(&self) -> Option<DocumentKey> {
        self.order.get(self.selected).copied()
    }

    /// The document at a row.
    pub fn key(&self, row: usize) -> Option<DocumentKey> {
        self.order.get(row).copied()
    }

    /// The row of a document. Each frame asks for the open one, which is mostly the chosen one: a long list is then not
    /// walked.
    pub fn position(&self, key: DocumentKey) -> Option<usize> {
        if self.selected_key() == Some(key) {
            return Some(self.selected);
        }
        self.order.iter().position(|known| *known == key)
    }

    /// What is known of a row; `None` while it is being fetched.
    pub fn row(&self, at: usize) -> Option<&Row> {
        self.rows.get(self.order.get(at)?)
    }

    /// What is known of a document.
    pub fn row_of(&self, key: DocumentKey) -> Option<&Row> {
        self.rows.get(&key)
    }

    /// Puts another order in place of this one.
    pub fn replace(&mut self, order: Arc<[DocumentKey]>, rows: Vec<Row>, choice: Choice) {
        let wanted = self.wanted.take();
        let chosen = wanted.or(self.selected_key());
        let (order, added) = match choice {
            Choice::Standing => self.with_new_at_the_end(&order),
            Choice::First | Choice::Same => (order, 0),
        };
        self.added = if choice == Choice::Standing { self.added + added } else { 0 };
        self.order = order;
        self.rows.clear();
        self.asked.clear();
        self.add_rows(rows);
        let same = chosen.and_then(|key| self.position(key));
        let selected = match choice {
            Choice::First => wanted.and(same).unwrap_or(0),
            Choice::Same | Choice::Standing => same.unwrap_or(self.selected),
        };
        if choice == Choice::First {
            self.top = 0;
        }
        self.choose(selected);
    }

    /// Adds rows that were fetched.
    pub fn add_rows(&mut self, rows: Vec<Row>) {
        for row in rows {
            self.asked.remove(&row.summary.key);
            self.rows.insert(row.summary.key, row);
        }
    }

    /// Chooses a row; beyond the end, the last one.
    pub fn select(&mut self, row: usize) {
        self.touched = true;
        self.choose(row);
    }

    fn choose(&mut self, row: usize) {
        self.selected = row.min(self.order.len().saturating_sub(1));
        self.top = self.top.min(self.selected);
    }

    /// Chooses a row further down or up. Whether the choice moved.
    pub fn move_by(&mut self, rows: isize) -> bool {
        let before = self.selected;
        self.select(before.saturating_add_signed(rows));
        self.selected != before
    }

    /// Scrolls so that the chosen row is among `visible` rows.
    pub fn settle(&mut self, visible: usize) {
        let visible = visible.max(1);
        self.top = self.top.min(self.selected).max((self.selected + 1).saturating_sub(visible));
        self.top = self.top.min(self.order.len().saturating_sub(visible.min(self.order.len())));
    }

    /// The documents in view, and a little beyond, whose rows are not known and not yet asked for.
    pub fn missing(&mut self, visible: usize) -> Vec<DocumentKey> {
        let end = (self.top + visible + AHEAD).min(self.order.len());
        let start = self.top.saturating_sub(AHEAD).min(end);
        let keys: Vec<DocumentKey> = self.order[start..end]
            .iter()
            .copied()
            .filter(|key| !self.rows.contains_key(key) && !self.asked.contains(key))
            .collect();
        self.asked.extend(&keys);
        keys
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

    fn shelf(keys: &[u64], selected: usize) -> Shelf {
        let mut shelf = Shelf::default();
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
        shelf.replace(order(&[5, 1, 3, 4]), Vec::new(), Choice::Standing);
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
