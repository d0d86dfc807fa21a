//! Which words of a segment may be spellings of one name: its words with a capital, by the classes of
//! [`crate::search::variants`]. A segment never changes, so this is made once for each and kept as long as it lives.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use tantivy::index::SegmentId;
use tantivy::schema::Field;
use tantivy::{Searcher, SegmentReader};

use super::dictionary;
use crate::search::variants::{are_variants, classes};
use crate::search::{Reach, Term, Variant};
use crate::text::fold::fold_word;

/// The words of one segment that may be names, by class.
type Names = HashMap<String, Vec<String>>;

/// The names of every segment of an index.
#[derive(Clone, Debug, Default)]
pub struct NamesOfSegments {
    known: Arc<Mutex<HashMap<SegmentId, Arc<Names>>>>,
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

    fn of(&self, segment: &SegmentReader, field: Field) -> tantivy::Result<Arc<Names>> {
        let id = segment.segment_id();
        if let Some(known) = self.locked().get(&id) {
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
        let names = Arc::new(names);
        self.locked().insert(id, Arc::clone(&names));
        Ok(names)
    }

    fn forget_others(&self, searcher: &Searcher) {
        let alive = |id: &SegmentId| searcher.segment_readers().iter().any(|segment| segment.segment_id() == *id);
        self.locked().retain(|id, _| alive(id));
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, HashMap<SegmentId, Arc<Names>>> {
        self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// A spelling with how many documents have it, which counts one that was changed since the last commit twice.
fn counted(searcher: &Searcher, field: Field, form: String) -> tantivy::Result<Variant> {
    let term = Term::new(&form, &form, Reach::Folded);
    let mut documents = 0;
    for segment in searcher.segment_readers() {
        dictionary::words(&*segment.inverted_index(field)?, &term, |_, info| {
            documents += info.doc_freq;
            Ok(true)
        })?;
    }
    Ok(Variant { form, documents })
}
