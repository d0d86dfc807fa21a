//! Counts the facets of many documents from one fast column with every value of a document: the facet's number, its key
//! and its display form ([`entries`](crate::search::facets::entries)). The values of all segments share one numbering per state of the index,
//! so that counting adds to an array. Counts given documents, independent of the query.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::columnar::StrColumn;
use tantivy::index::SegmentId;
use tantivy::{DocId, Searcher, SegmentReader, TantivyError};

use super::documents::{Picked, each_picked};
use crate::document::DocumentKey;
use crate::index::schema;
use crate::search::Cancel;
use crate::search::facets::{Facet, Facets};

/// The values of one state of an index.
#[derive(Debug, Default)]
struct Values {
    segments: Vec<SegmentId>,
    /// For each segment, the number of each of its column's values.
    numbers: Vec<Vec<u32>>,
    /// What has a number: each way of writing a value.
    numbered: Vec<Written>,
    /// How many values there are, however they are written.
    different: usize,
}

/// A value in one way of writing it.
#[derive(Debug)]
struct Written {
    facet: Facet,
    shown: Arc<str>,
    /// The number of the value, which its other ways of writing share.
    value: usize,
}

/// The values of an index, as long as it does not change.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownValues(Arc<Mutex<Arc<Values>>>);

impl KnownValues {
    /// Counts the documents of these keys that there are; `None` when that went stale meanwhile.
    pub(crate) fn count(
        &self,
        searcher: &Searcher,
        keys: &[DocumentKey],
        cancel: &Cancel,
    ) -> tantivy::Result<Option<Facets>> {
        let known = self.of(searcher)?;
        let mut counts = vec![0_u32; known.numbered.len()];
        let picked = Picked::new(keys);
        for (segment, numbers) in searcher.segment_readers().iter().zip(&known.numbers) {
            if !count_segment(segment, &picked, numbers, cancel, &mut counts)? {
                return Ok(None);
            }
        }
        Ok(Some(Facets::new(known.added_up(&counts))))
    }

    fn of(&self, searcher: &Searcher) -> tantivy::Result<Arc<Values>> {
        let segments: Vec<SegmentId> = searcher.segment_readers().iter().map(SegmentReader::segment_id).collect();
        let known = Arc::clone(&self.locked());
        if known.segments == segments {
            return Ok(known);
        }
        let made = Arc::new(Values::of(searcher, segments)?);
        *self.locked() = Arc::clone(&made);
        Ok(made)
    }

    fn locked(&self) -> MutexGuard<'_, Arc<Values>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Values {
    fn of(searcher: &Searcher, segments: Vec<SegmentId>) -> tantivy::Result<Self> {
        let mut values: BTreeMap<(Facet, String), usize> = BTreeMap::new();
        let mut numbers_by_value: BTreeMap<Vec<u8>, u32> = BTreeMap::new();
        let mut numbered: Vec<Written> = Vec::new();
        let mut numbers = Vec::new();
        for segment in searcher.segment_readers() {
            let mut of_segment = Vec::new();
            if let Some(column) = column(segment)? {
                let mut terms = column.dictionary().stream()?;
                while terms.advance() {
                    let next = numbered.len() as u32;
                    let number = *numbers_by_value.entry(terms.key().to_vec()).or_insert(next);
                    if number == next {
                        let (facet, key, shown) = parts(terms.key())?;
                        let new = values.len();
                        let value = *values.entry((facet, key.to_owned())).or_insert(new);
                        numbered.push(Written { facet, shown: shown.into(), value });
                    }
                    of_segment.push(number);
                }
            }
            numbers.push(of_segment);
        }
        Ok(Self { segments, numbers, numbered, different: values.len() })
    }

    /// How many documents have each value, as the most careful of them write it: a document has a value in one way.
    fn added_up(&self, counts: &[u32]) -> impl Iterator<Item = (Facet, Arc<str>, u32)> {
        let mut added: Vec<Option<(&Written, u32)>> = vec![None; self.different];
        for (written, documents) in self.numbered.iter().zip(counts).filter(|(_, documents)| **documents > 0) {
            let sum = &mut added[written.value];
            *sum = Some(match sum.take() {
                None => (written, *documents),
                Some((best, before)) => {
                    let best = if care(&written.shown) > care(&best.shown) { written } else { best };
                    (best, before + documents)
                }
            });
        }
        added.into_iter().flatten().map(|(written, documents)| (written.facet, Arc::clone(&written.shown), documents))
    }
}

/// Which of two ways of writing a value is shown: the one with accents and small letters, then the first by alphabet.
fn care(shown: &str) -> (usize, std::cmp::Reverse<&str>) {
    (shown.chars().filter(|c| c.is_lowercase() || !c.is_ascii()).count(), std::cmp::Reverse(shown))
}

fn parts(value: &[u8]) -> tantivy::Result<(Facet, &str, &str)> {
    let parts = std::str::from_utf8(value).ok().and_then(|value| {
        let (number, rest) = value.split_at_checked(1)?;
        let facet = Facet::ALL.get(number.parse::<usize>().ok()?)?;
        let (key, shown) = rest.split_once(schema::BETWEEN)?;
        Some((*facet, key, shown))
    });
    parts.ok_or_else(|| TantivyError::InternalError("a facet of another version".to_owned()))
}

fn column(segment: &SegmentReader) -> tantivy::Result<Option<StrColumn>> {
    segment.fast_fields().str(schema::FACETS)
}

/// Whether the count is still wanted.
fn count_segment(
    segment: &SegmentReader,
    picked: &Picked,
    numbers: &[u32],
    cancel: &Cancel,
    counts: &mut [u32],
) -> tantivy::Result<bool> {
    let Some(column) = column(segment)? else { return Ok(true) };
    let mut in_segment = vec![0_u32; numbers.len()];
    let values = column.ords();
    let wanted = each_picked(segment, picked, cancel, |document: DocId, _| {
        for value in values.values_for_doc(document) {
            if let Some(count) = in_segment.get_mut(value as usize) {
                *count += 1;
            }
        }
    })?;
    for (number, count) in numbers.iter().zip(in_segment) {
        counts[*number as usize] += count;
    }
    Ok(wanted)
}
