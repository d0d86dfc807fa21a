//! Which words of a segment may be spellings of one name: its words with a capital, by the classes of
//! [`crate::search::variants`]. A segment never changes, so this is made once for each and kept as long as it lives.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::index::SegmentId;
use tantivy::schema::Field;
use tantivy::{Searcher, SegmentReader};

use super::dictionary::{self, Meanings, words_of};
use super::places::frequencies;
use crate::search::variants::{are_variants, classes};
use crate::search::{Cancel, Reach, Term, Variant};
use crate::text::fold::fold_word;

/// The words of one segment that may be names, by class.
type Names = HashMap<String, Vec<String>>;

/// The names of a segment, once they are made. Who comes second waits for who came first.
type Slot = Arc<Mutex<Option<Arc<Names>>>>;

/// The names of every segment of an index.
#[derive(Clone, Debug, Default)]
pub struct NamesOfSegments {
    known: Arc<Mutex<HashMap<SegmentId, Slot>>>,
}

impl NamesOfSegments {
    /// The folded spellings, other than the term's own and its forms, that can be the name a term is; sorted.
    pub fn variants(&self, searcher: &Searcher, field: Field, term: &Term) -> tantivy::Result<Vec<Variant>> {
        let classes = classes(&term.typed);
        if classes.is_empty() {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        for segment in searcher.segment_readers() {
            let names = self.of(segment, field)?;
            let candidates = classes.iter().filter_map(|class| names.get(class)).flatten();
            found.extend(candidates.filter(|name| are_variants(&term.typed, name)).map(|name| fold_word(name)));
        }
        self.forget_others(searcher);
        found.retain(|name| *name != term.folded && !(term.prefix && name.starts_with(&term.folded)));
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|form| counted(searcher, field, form)).collect()
    }

    /// Makes ready what is not yet, so that no search has to wait for it.
    pub fn prepare(&self, searcher: &Searcher, field: Field) -> tantivy::Result<()> {
        for segment in searcher.segment_readers() {
            self.of(segment, field)?;
        }
        self.forget_others(searcher);
        Ok(())
    }

    fn of(&self, segment: &SegmentReader, field: Field) -> tantivy::Result<Arc<Names>> {
        let slot = Arc::clone(locked(&self.known).entry(segment.segment_id()).or_default());
        let mut slot = locked(&slot);
        if let Some(known) = &*slot {
            return Ok(Arc::clone(known));
        }
        let mut names = Names::new();
        dictionary::capitalised(&*segment.inverted_index(field)?, |word| {
            for class in classes(word) {
                let known = names.entry(class).or_default();
                if known.last().is_none_or(|last| last != word) {
                    known.push(word.to_owned());
                }
            }
        })?;
        Ok(Arc::clone(slot.insert(Arc::new(names))))
    }

    fn forget_others(&self, searcher: &Searcher) {
        let alive = |id: &SegmentId| searcher.segment_readers().iter().any(|segment| segment.segment_id() == *id);
        locked(&self.known).retain(|id, _| alive(id));
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A spelling with how many documents have it, one that was changed since the last commit among them twice.
fn counted(searcher: &Searcher, field: Field, form: String) -> tantivy::Result<Variant> {
    let term = Term::new(&form, &form, Reach::Folded);
    let meanings = Meanings::of(&term);
    let mut documents = 0;
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        // With a capital and without, in a heading and elsewhere, it is several words of the dictionary.
        let words = words_of(&index, &meanings, &Cancel::never())?;
        documents += frequencies(&index, &words, segment.max_doc(), &Cancel::never())?.len() as u32;
    }
    Ok(Variant { form, documents })
}
