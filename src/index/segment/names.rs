//! Which words of a segment may be spellings of one name: its words with a capital, by the classes of
//! [`crate::search::names::variants`]. A segment never changes, so this is made once for each and kept as long as it lives.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::index::SegmentId;
use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy::{Searcher, SegmentReader};

use super::selection::Selection;
use crate::index::postings::dictionary;
use crate::index::postings::dictionary::Meanings;
use crate::index::postings::entry::Entry;
use crate::index::postings::positions::frequencies;
use crate::index::postings::word::PostingWord;
use crate::search::names::variants::{are_variants, classes};
use crate::search::{Cancel, MatchMode, Term, Variant};
use crate::text::fold::fold_word;

/// The words of one segment that may be names, by class.
type Names = HashMap<String, Vec<String>>;

/// The names of a segment, once they are made. Who comes second waits for who came first.
type Slot = Arc<Mutex<Option<Arc<Names>>>>;

/// The names of every segment of an index.
#[derive(Clone, Debug, Default)]
pub(crate) struct NamesOfSegments {
    known: Arc<Mutex<HashMap<SegmentId, Slot>>>,
}

impl NamesOfSegments {
    /// The spellings, other than the term's own and its forms, under which selected documents may have the same name;
    /// sorted. Words that occur there mostly without a capital are not names: neither the typed one nor its variants.
    pub(crate) fn variants(
        &self,
        searcher: &Searcher,
        field: Field,
        term: &Term,
        selection: &Selection,
    ) -> tantivy::Result<Vec<Variant>> {
        let classes = classes(&term.typed);
        if classes.is_empty() || is_common(searcher, field, &term.folded, selection)? {
            return Ok(Vec::new());
        }
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for segment in searcher.segment_readers() {
            let names = self.of(segment, field)?;
            let candidates = classes.iter().filter_map(|class| names.get(class)).flatten();
            for name in candidates.filter(|name| are_variants(&term.typed, name)) {
                found.entry(fold_word(name)).or_default().insert(name.clone());
            }
        }
        self.forget_others(searcher);
        found.retain(|form, _| *form != term.folded && !(term.prefix && form.starts_with(&term.folded)));
        let variant = |(form, names)| counted(searcher, field, form, &names, selection);
        found.into_iter().map(variant).filter_map(tantivy::Result::transpose).collect()
    }

    /// Computes what is missing, so that no search waits for it.
    pub(crate) fn prepare(&self, searcher: &Searcher, field: Field) -> tantivy::Result<()> {
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

/// Calls `each` for every word of a segment's dictionary that has these letters.
fn same_letters(
    segment: &SegmentReader,
    field: Field,
    folded: &str,
    mut each: impl FnMut(&Entry<'_>, &TermInfo),
) -> tantivy::Result<()> {
    let term = Term::new(folded, folded, MatchMode::Folded);
    dictionary::words(&*segment.inverted_index(field)?, &Meanings::of(&term), |entry, info| {
        each(entry, info);
        true
    })
}

/// Whether a word occurs in more of the selected documents without a capital than with one.
fn is_common(searcher: &Searcher, field: Field, folded: &str, selection: &Selection) -> tantivy::Result<bool> {
    let (mut capital, mut lower) = (0, 0);
    for (_, entries) in entries(searcher, field, folded, selection)? {
        for entry in entries {
            *(if entry.has_capital { &mut capital } else { &mut lower }) += entry.documents;
        }
    }
    Ok(lower > capital)
}

/// A word of a segment's dictionary with the letters that were asked for, which selected documents have.
struct Spelt {
    accented: String,
    has_capital: bool,
    info: TermInfo,
    documents: u32,
}

/// Of each segment, the words with these letters that selected documents have.
fn entries<'s>(
    searcher: &'s Searcher,
    field: Field,
    folded: &str,
    selection: &Selection,
) -> tantivy::Result<Vec<(&'s SegmentReader, Vec<Spelt>)>> {
    let mut found = Vec::new();
    for segment in searcher.segment_readers() {
        let mut entries = Vec::new();
        same_letters(segment, field, folded, |entry, info| {
            let (accented, has_capital) = (entry.accented.to_owned(), entry.has_capital);
            entries.push(Spelt { accented, has_capital, info: info.clone(), documents: 0 });
        })?;
        if entries.is_empty() {
            continue;
        }
        let (selected, index) = (selection.within(segment)?, segment.inverted_index(field)?);
        for entry in &mut entries {
            entry.documents = selected.documents_with(&index, &entry.info)?;
        }
        entries.retain(|entry| entry.documents > 0);
        found.push((segment, entries));
    }
    Ok(found)
}

/// A spelling as selected documents have it, with how many of them do; `None` when none has it as a name, or more have it
/// without a capital.
fn counted(
    searcher: &Searcher,
    field: Field,
    form: String,
    names: &BTreeSet<String>,
    selection: &Selection,
) -> tantivy::Result<Option<Variant>> {
    let entries = entries(searcher, field, &form, selection)?;
    let capitals = entries.iter().flat_map(|(_, entries)| entries).filter(|entry| entry.has_capital);
    let accented: BTreeSet<&String> =
        capitals.map(|entry| &entry.accented).filter(|name| names.contains(*name)).collect();
    if accented.is_empty() {
        return Ok(None);
    }
    let accented = accented.into_iter().cloned().collect();
    let mut variant = Variant { form, documents: 0, accented };
    let (mut capital, mut lower) = (0, 0);
    for (segment, entries) in &entries {
        let mut words = Vec::new();
        for entry in entries.iter().filter(|entry| variant.is_meant(&variant.form, || entry.accented.as_str().into())) {
            *(if entry.has_capital { &mut capital } else { &mut lower }) += entry.documents;
            words.push(PostingWord { info: entry.info.clone(), term_weight: 1.0 });
        }
        // With a capital and without, in a heading and elsewhere, it is several words of the dictionary.
        let (index, selected) = (segment.inverted_index(field)?, selection.within(segment)?);
        let found = frequencies(&index, &words, segment.max_doc(), &Cancel::never())?;
        variant.documents += found.into_iter().filter(|(document, _)| selected.has(*document)).count() as u32;
    }
    Ok((capital >= lower).then_some(variant))
}
