//! The documents that a query covers, by segment: variants of names are taken from these documents only, not from
//! others or deleted ones. The keys of a segment never change, so the selected ones are looked up once; deletions are
//! checked each time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::index::{InvertedIndexReader, SegmentId};
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{BitSet, DocId, SegmentReader};

use super::documents::{Picked, each_picked};
use crate::document::DocumentKey;
use crate::search::Cancel;

/// Some documents of an index. Clones share the lookup of each segment.
#[derive(Clone, Debug, Default)]
pub struct Selection(Option<Arc<Keys>>);

#[derive(Debug)]
struct Keys {
    picked: Picked,
    segments: Mutex<HashMap<SegmentId, Arc<BitSet>>>,
}

/// The documents of a selection in one segment.
pub struct Selected<'s> {
    segment: &'s SegmentReader,
    /// `None` for all.
    meant: Option<Arc<BitSet>>,
}

impl Selection {
    /// Every document there is.
    pub fn everything() -> Self {
        Self::default()
    }

    /// The documents of these keys.
    pub fn of(keys: &[DocumentKey]) -> Self {
        Self(Some(Arc::new(Keys { picked: Picked::new(keys), segments: Mutex::default() })))
    }

    /// Those in a segment.
    pub fn within<'s>(&self, segment: &'s SegmentReader) -> tantivy::Result<Selected<'s>> {
        let Some(keys) = &self.0 else { return Ok(Selected { segment, meant: None }) };
        let meant = keys.within(segment)?;
        let is_all = meant.len() == segment.max_doc() as usize;
        Ok(Selected { segment, meant: Some(meant).filter(|_| !is_all) })
    }

    /// Whether a document is meant.
    pub fn has(&self, key: DocumentKey) -> bool {
        self.0.as_ref().is_none_or(|keys| keys.picked.has(key.0))
    }
}

impl Keys {
    fn within(&self, segment: &SegmentReader) -> tantivy::Result<Arc<BitSet>> {
        let mut segments = self.segments.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = segments.get(&segment.segment_id()) {
            return Ok(Arc::clone(known));
        }
        let mut meant = BitSet::with_max_value(segment.max_doc());
        each_picked(segment, &self.picked, &Cancel::never(), |document, _| {
            meant.insert(document);
        })?;
        Ok(Arc::clone(segments.entry(segment.segment_id()).or_insert(Arc::new(meant))))
    }
}

impl Selected<'_> {
    /// Whether a document is meant and still there.
    pub fn has(&self, document: DocId) -> bool {
        self.meant.as_ref().is_none_or(|meant| meant.contains(document))
            && self.segment.alive_bitset().is_none_or(|alive| alive.is_alive(document))
    }

    /// How many of them have a word.
    pub fn documents_with(&self, index: &InvertedIndexReader, word: &TermInfo) -> tantivy::Result<u32> {
        if self.meant.is_none() && self.segment.alive_bitset().is_none() {
            return Ok(word.doc_freq);
        }
        let mut postings = index.read_block_postings_from_terminfo(word, IndexRecordOption::Basic)?;
        let (mut documents, mut left) = (0, word.doc_freq as usize);
        while left > 0 {
            documents += postings.docs().iter().filter(|document| self.has(**document)).count() as u32;
            left = left.saturating_sub(postings.docs().len().max(1));
            if left > 0 {
                postings.advance();
            }
        }
        Ok(documents)
    }
}
