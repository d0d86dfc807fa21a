//! Documents that were found, met again segment by segment: what an answer wants to know of each beside its score. The keys
//! are a set of bits, for they are numbered from one on; each segment's column of keys is read once, which for a million
//! documents costs less than looking a thousand keys up.

use std::collections::HashMap;

use tantivy::{DocId, Searcher, SegmentReader};

use crate::document::DocumentKey;
use crate::index::schema;
use crate::search::{Cancel, Fingerprint};

/// Number of documents between two checks whether the request is stale.
const BLOCK: usize = 1024;

/// Some documents.
#[derive(Debug)]
pub(crate) struct Picked {
    bits: Vec<u64>,
    /// Keys too large for the bits, sorted: none in a catalogue that counts from one.
    beyond: Vec<u64>,
}

impl Picked {
    /// The documents of these keys.
    pub(crate) fn new(keys: &[DocumentKey]) -> Self {
        let most = (keys.len() as u64).saturating_mul(1024).max(1 << 26);
        let largest = keys.iter().map(|key| key.0).filter(|key| *key < most).max();
        let mut bits = vec![0; largest.map_or(0, |largest| largest as usize / 64 + 1)];
        let mut beyond = Vec::new();
        for key in keys.iter().map(|key| key.0) {
            match bits.get_mut(key as usize / 64) {
                Some(word) if key < most => *word |= 1 << (key % 64),
                _ => beyond.push(key),
            }
        }
        beyond.sort_unstable();
        Self { bits, beyond }
    }

    /// Whether a key is among them.
    pub(crate) fn has(&self, key: u64) -> bool {
        match self.bits.get((key / 64) as usize) {
            Some(word) => word >> (key % 64) & 1 == 1,
            None => self.beyond.binary_search(&key).is_ok(),
        }
    }
}

/// The fingerprints of documents, in the order of their keys.
pub(crate) fn fingerprints(searcher: &Searcher, keys: &[DocumentKey]) -> tantivy::Result<Vec<Option<Fingerprint>>> {
    let places: HashMap<DocumentKey, usize> = keys.iter().copied().zip(0..).collect();
    let picked = Picked::new(keys);
    let mut prints = vec![None; keys.len()];
    for segment in searcher.segment_readers() {
        let Some(numbers) = segment.fast_fields().column_opt::<u64>(schema::PRINT)? else { continue };
        each_picked(segment, &picked, &Cancel::never(), |document, key| {
            if let Some(place) = places.get(&key) {
                prints[*place] = Fingerprint::from_numbers(numbers.values_for_doc(document));
            }
        })?;
    }
    Ok(prints)
}

/// Calls `each` for the documents of a segment that were picked and are there still. Whether it is still wanted.
pub(crate) fn each_picked(
    segment: &SegmentReader,
    picked: &Picked,
    cancel: &Cancel,
    mut each: impl FnMut(DocId, DocumentKey),
) -> tantivy::Result<bool> {
    let keys = segment.fast_fields().u64(schema::KEY)?.first_or_default_col(0);
    let alive = segment.alive_bitset();
    let mut block = [0; BLOCK];
    for start in (0..segment.max_doc()).step_by(BLOCK) {
        if cancel.is_stale() {
            return Ok(false);
        }
        let length = BLOCK.min((segment.max_doc() - start) as usize);
        keys.get_range(u64::from(start), &mut block[..length]);
        for (document, key) in (start..).zip(&block[..length]) {
            if picked.has(*key) && alive.is_none_or(|alive| alive.is_alive(document)) {
                each(document, DocumentKey(*key));
            }
        }
    }
    Ok(true)
}
