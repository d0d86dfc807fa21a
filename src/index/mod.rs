//! The index: which documents answer a query, with scores. A wrapper around tantivy, which no other layer uses. It can
//! be rebuilt from the catalogue at any time, and is rebuilt if its format, its analysis or its files are not those of
//! this version.
//!
//! It holds the words of texts and titles with their accents and positions, a mark before each block with the kinds of
//! the parts that contain it, the field terms that filters test, and the facet values. The words of a term are read
//! from the dictionary itself. In memory it keeps the names of each segment and a cache of recent answers.
//!
//! It agrees with [`crate::search::is_hit`] on every document, which a property test checks.

mod error;
mod postings;
mod query;
mod ranking;
mod schema;
mod segment;
mod writer;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tantivy::directory::{Directory, INDEX_WRITER_LOCK, Lock, MmapDirectory};
use tantivy::index::SegmentComponent;
use tantivy::query::{EnableScoring, Weight};
use tantivy::{
    DocAddress, DocId, DocSet, IndexReader, IndexSettings, ReloadPolicy, Searcher, SegmentReader, TERMINATED,
    TantivyError,
};

pub use error::IndexError;
pub use segment::selection::Selection;
pub use writer::IndexWriter;

use crate::document::DocumentKey;
use crate::search::analysis::stem::Languages;
use crate::search::{Cancel, Facets, Fingerprint, Hit, Query, Spelling, analysis};
use query::translate::{Context, translate};
use ranking::proximity::{Candidate, MOST_CANDIDATES};
use schema::Fields;
use segment::facets::KnownValues;
use segment::names::NamesOfSegments;
use segment::query_cache::SegmentQueryCache;

/// The file beside the index that says what made it.
const FORMAT_FILE: &str = "lutrin-format";

/// The file that is locked while an index is made.
const MAKING_LOCK: &str = ".lutrin-making.lock";

/// The files that every segment has.
const COMPONENTS: [SegmentComponent; 6] = [
    SegmentComponent::Postings,
    SegmentComponent::Positions,
    SegmentComponent::Terms,
    SegmentComponent::FastFields,
    SegmentComponent::FieldNorms,
    SegmentComponent::Store,
];

/// Maximum number of hits that are sorted: people do not read further.
pub const MOST_SORTED: usize = 10_000;

/// Number of documents between two checks whether the search is stale.
const PATIENCE: usize = 4096;

/// An index, open for reading. Clones read the same one and reload together.
#[derive(Clone)]
pub struct Index {
    inner: tantivy::Index,
    reader: IndexReader,
    /// The number of the commit that is read.
    commit: Arc<AtomicU64>,
    fields: Fields,
    names: NamesOfSegments,
    known: SegmentQueryCache,
    facets: KnownValues,
    path: PathBuf,
}

/// An index that was opened.
pub struct Opened {
    /// It.
    pub index: Index,
    /// Whether it was rebuilt and is empty: every document must be added.
    pub rebuilt: bool,
}

impl Index {
    /// Opens the index of a folder, which is made when it is not there. What cannot be used, because another version made
    /// it or it is damaged, is replaced by an empty index; [`IndexError::Locked`] when another process writes to it still.
    pub fn open(folder: &Path) -> Result<Opened, IndexError> {
        fs::create_dir_all(folder).map_err(|error| IndexError::from_io(folder, &error))?;
        if let Some(index) = Self::open_made(folder)? {
            return Ok(Opened { index, rebuilt: false });
        }
        let directory = MmapDirectory::open(folder).map_err(|error| damaged(folder, error))?;
        let making = Lock { filepath: MAKING_LOCK.into(), is_blocking: true };
        let _making = directory.acquire_lock(&making).map_err(|error| damaged(folder, error))?;
        // Another process may have made it while this one waited.
        if let Some(index) = Self::open_made(folder)? {
            return Ok(Opened { index, rebuilt: true });
        }
        let _writing = directory.acquire_lock(&INDEX_WRITER_LOCK).map_err(|error| damaged(folder, error))?;
        let index = Self::make(folder, directory)?;
        Ok(Opened { index, rebuilt: true })
    }

    /// An index that lives as long as the program.
    pub fn in_memory() -> Result<Self, IndexError> {
        let path = PathBuf::new();
        let inner = tantivy::Index::create_in_ram(schema::schema().0);
        Self::new(inner, &path).map_err(|error| damaged(&path, error))
    }

    /// Makes the last commit visible to searches, in this value and its clones.
    pub fn reload(&self) -> Result<(), IndexError> {
        // Before reloading: a commit that happens meanwhile is then loaded once more instead of being missed.
        self.commit.store(self.newest_commit()?, Ordering::Relaxed);
        self.reader.reload().map_err(|error| self.failed(error))
    }

    /// Whether something was committed, here or by another process, that no search sees yet. Costs the reading of one small
    /// file.
    pub fn is_outdated(&self) -> Result<bool, IndexError> {
        Ok(self.newest_commit()? != self.commit.load(Ordering::Relaxed))
    }

    fn newest_commit(&self) -> Result<u64, IndexError> {
        self.inner.load_metas().map(|metas| metas.opstamp).map_err(|error| self.failed(error))
    }

    /// Makes ready what the first search would have to wait for: the names of segments that are new.
    pub fn prepare(&self) -> Result<(), IndexError> {
        let prepared = self.names.prepare(&self.reader.searcher(), self.fields.body);
        prepared.map_err(|error| self.failed(error))
    }

    /// The query with the other spellings of the names in it that are wanted, as far as selected documents have them.
    pub fn with_variants(
        &self,
        mut query: Query,
        spelling: &Spelling,
        selection: &Selection,
    ) -> Result<Query, IndexError> {
        if spelling.as_typed {
            return Ok(query);
        }
        let searcher = self.reader.searcher();
        for term in query.names_mut() {
            let variants = self.names.variants(&searcher, self.fields.body, term, selection);
            term.variants = variants.map_err(|error| self.failed(error))?;
            term.variants.retain(|variant| spelling.wants(&variant.form));
        }
        Ok(query)
    }

    /// The languages that are assumed for selected documents of unknown language: those of the other selected
    /// documents.
    pub fn languages(&self, selection: &Selection) -> Result<Languages, IndexError> {
        let found = segment::languages::of_undetermined(&self.reader.searcher(), self.fields, selection);
        found.map_err(|error| self.failed(error))
    }

    /// About how many documents have a folded word in their text.
    pub fn documents_with(&self, folded: &str) -> Result<u32, IndexError> {
        let documents = postings::frequency::documents_with(&self.reader.searcher(), self.fields.body, folded);
        documents.map_err(|error| self.failed(error))
    }

    /// How many documents it finds something in.
    pub fn documents(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Every document that answers: the best [`MOST_SORTED`] best first, then by key, and the others behind them as they
    /// come. `None` when the search went stale meanwhile.
    pub fn search(&self, query: &Query, cancel: &Cancel) -> Result<Option<Vec<Hit>>, IndexError> {
        if query.is_empty() {
            return Ok((!cancel.is_stale()).then(Vec::new));
        }
        let found = self.ranked(&self.reader.searcher(), query, cancel).map_err(|error| self.failed(error))?;
        Ok(found.filter(|_| !cancel.is_stale()))
    }

    /// What the documents of these keys are, counted; `None` when that went stale meanwhile.
    pub fn facets(&self, keys: &[DocumentKey], cancel: &Cancel) -> Result<Option<Facets>, IndexError> {
        let counted = self.facets.count(&self.reader.searcher(), keys, cancel);
        counted.map_err(|error| self.failed(error))
    }

    /// The fingerprints of the documents of these keys, in their order; `None` for one that is not there or has no words.
    pub fn fingerprints(&self, keys: &[DocumentKey]) -> Result<Vec<Option<Fingerprint>>, IndexError> {
        let found = segment::documents::fingerprints(&self.reader.searcher(), keys);
        found.map_err(|error| self.failed(error))
    }

    /// The hits in order: by BM25, and the best ones also by the proximity of their words.
    fn ranked(&self, searcher: &Searcher, query: &Query, cancel: &Cancel) -> tantivy::Result<Option<Vec<Hit>>> {
        let Some(mut found) = self.collect(searcher, query, cancel)? else { return Ok(None) };
        best_first(&mut found);
        let best = found.len().min(MOST_CANDIDATES);
        ranking::proximity::add(query, self.fields, searcher, cancel, &mut found[..best])?;
        best_first(&mut found[..best]);
        Ok(Some(found.into_iter().map(|candidate| candidate.hit).collect()))
    }

    fn collect(&self, searcher: &Searcher, query: &Query, cancel: &Cancel) -> tantivy::Result<Option<Vec<Candidate>>> {
        let context = Context { fields: self.fields, cancel, known: &self.known };
        let weight = translate(query, &context).weight(EnableScoring::enabled_from_searcher(searcher))?;
        let segments: Vec<&SegmentReader> = searcher.segment_readers().iter().collect();
        let found = segment::parallel::over(&segments, |segment| collect_segment(weight.as_ref(), segment, cancel))?;
        let mut hits = Vec::new();
        for (number, segment) in (0..).zip(found) {
            let Some(found) = segment else { return Ok(None) };
            let addressed = |(hit, document)| Candidate { hit, address: DocAddress::new(number, document) };
            hits.extend(found.into_iter().map(addressed));
        }
        Ok(Some(hits))
    }

    /// The index of a folder as it is; `None` when it is not there or not of use.
    fn open_made(folder: &Path) -> Result<Option<Self>, IndexError> {
        match fs::read_to_string(folder.join(FORMAT_FILE)) {
            Ok(made) if made == format() => {}
            Ok(_) => return Ok(None),
            Err(error) if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::InvalidData) => {
                return Ok(None);
            }
            Err(error) => return Err(IndexError::from_io(folder, &error)),
        }
        match tantivy::Index::open_in_dir(folder).and_then(|inner| Self::new(inner, folder)) {
            Ok(index) => Ok(index.has_its_files()?.then_some(index)),
            Err(error) => match damaged(folder, error) {
                IndexError::Damaged(..) => Ok(None),
                other => Err(other),
            },
        }
    }

    /// Whether every file of its segments exists and has a valid footer: tantivy treats a missing file of positions as
    /// a field without positions. Does not verify checksums, which would read all the files.
    fn has_its_files(&self) -> Result<bool, IndexError> {
        let segments = self.inner.searchable_segment_metas().map_err(|error| damaged(&self.path, error))?;
        let is_there = |path: PathBuf| self.inner.directory().open_read(&path).is_ok();
        Ok(segments.iter().all(|segment| {
            let deletes = segment.has_deletes().then_some(SegmentComponent::Delete);
            COMPONENTS.into_iter().chain(deletes).all(|component| is_there(segment.relative_path(component)))
        }))
    }

    /// Converts an error. After an error that means damage, the index is rebuilt at its next opening.
    fn failed(&self, error: impl Into<TantivyError>) -> IndexError {
        let error = damaged(&self.path, error);
        if matches!(error, IndexError::Damaged(..)) && !self.path.as_os_str().is_empty() {
            // If it cannot be removed, the index cannot be rebuilt either.
            let _ = fs::remove_file(self.path.join(FORMAT_FILE));
        }
        error
    }

    /// Makes an empty index where something else may be.
    fn make(folder: &Path, directory: MmapDirectory) -> Result<Self, IndexError> {
        empty(folder).map_err(|error| IndexError::from_io(folder, &error))?;
        let inner = tantivy::Index::create(directory, schema::schema().0, IndexSettings::default());
        let index = inner.and_then(|inner| Self::new(inner, folder)).map_err(|error| damaged(folder, error))?;
        // Last: an index without it is one that was never finished.
        fs::write(folder.join(FORMAT_FILE), format()).map_err(|error| IndexError::from_io(folder, &error))?;
        Ok(index)
    }

    fn new(mut inner: tantivy::Index, path: &Path) -> tantivy::Result<Self> {
        let (schema, fields) = schema::schema();
        if inner.schema() != schema {
            return Err(TantivyError::SchemaError("made by another version".to_owned()));
        }
        inner.set_tokenizers(schema::tokenizers());
        let commit = Arc::new(AtomicU64::new(inner.load_metas()?.opstamp));
        let reader = inner.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self {
            inner,
            reader,
            commit,
            fields,
            names: NamesOfSegments::default(),
            known: SegmentQueryCache::default(),
            facets: KnownValues::default(),
            path: path.to_owned(),
        })
    }
}

/// Sorts as many hits as anyone will look at.
fn best_first(hits: &mut [Candidate]) {
    let better =
        |a: &Candidate, b: &Candidate| b.hit.score.total_cmp(&a.hit.score).then(a.hit.document.cmp(&b.hit.document));
    if hits.len() > MOST_SORTED {
        hits.select_nth_unstable_by(MOST_SORTED, better);
    }
    let sorted = hits.len().min(MOST_SORTED);
    hits[..sorted].sort_unstable_by(better);
}

/// The hits of one segment; `None` when the search is not wanted any more.
fn collect_segment(
    weight: &dyn Weight,
    segment: &SegmentReader,
    cancel: &Cancel,
) -> tantivy::Result<Option<Vec<(Hit, DocId)>>> {
    if cancel.is_stale() {
        return Ok(None);
    }
    let mut hits = Vec::new();
    let keys = segment.fast_fields().u64(schema::KEY)?.first_or_default_col(0);
    let alive = segment.alive_bitset();
    let mut scorer = weight.scorer(segment, 1.0)?;
    for seen in 1.. {
        let document = scorer.doc();
        if document == TERMINATED {
            break;
        }
        if alive.is_none_or(|alive| alive.is_alive(document)) {
            let hit = Hit { document: DocumentKey(keys.get_val(document)), score: scorer.score() };
            hits.push((hit, document));
        }
        if seen % PATIENCE == 0 && cancel.is_stale() {
            return Ok(None);
        }
        scorer.advance();
    }
    Ok(Some(hits))
}

/// The content of the format file of an index that this version can use.
fn format() -> String {
    format!("lutrin index {} analysis {}\n", schema::NUMBER, analysis::NUMBER)
}

/// Removes what an index has in a folder, and nothing that somebody else may have put there.
fn empty(folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let is_ours = entry.file_name().to_str().is_some_and(is_index_file);
        if is_ours && entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// `meta.json`, `.managed.json`, and segments, which are called by 32 hexadecimal digits.
fn is_index_file(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or("");
    let is_segment = stem.len() == 32 && stem.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_segment || matches!(name, "meta.json" | ".managed.json" | FORMAT_FILE)
}

fn damaged(path: &Path, error: impl Into<TantivyError>) -> IndexError {
    IndexError::from_tantivy(path, &error.into())
}

#[cfg(test)]
mod tests;
