//! The dossier that is open: a library, its index and the part of both that was named. Answers the questions that `app`
//! asks as effects, each as the event that answers it. Every call may take long and belongs on a worker's thread; nothing
//! here knows threads, keys or the screen.

pub mod aliases;
pub mod clock;
pub mod indexing;
pub mod marks;
pub mod not_read;
pub mod saved_searches;
pub mod sessions;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use crate::app::{Event, Fold, Opened, Row, Unopened};
use crate::document::{BlockKind, Document, DocumentBuilder, DocumentKey};
use crate::index::{Index, Selection};
use crate::library::{Library, LibraryError, Order, Scope};
use crate::locale::Message;
use crate::notebook::{Known, Notebook, Subject};
use crate::search::Sort;
use crate::search::facets::{Facet, Facets};
use crate::search::names::aliases::Aliases;
use crate::search::query::complete::begins;
use crate::search::{
    Cancel, Complaint, Duplicate, Field, Generation, Hit, LastWord, Query, RelaxedHits, Spelling, alike, best_passage,
    duplicates, find, parse, relaxed,
};
use crate::text::offset::range;
use crate::text::{TextRange, TextSize};
use aliases::{AliasFiles, widened};
use not_read::with_paths;

/// Rows that come with the first answer.
const FIRST_ROWS: usize = 24;
/// The most values of a field that are told.
const MOST_VALUES: usize = 60;
/// How many hits are compared with each other.
const COMPARED: usize = 1000;
/// The longest passage shown in the list, in bytes.
const PASSAGE: usize = 160;
/// The most files without a document that are told.
const MOST_PROBLEMS: usize = 5000;

/// Counts the commits of the indexer, and those of other processes once they are met, so that whoever remembers an order
/// knows that it is old.
#[derive(Clone, Debug, Default)]
pub struct Edition {
    number: Arc<AtomicU64>,
    is_followed: Arc<AtomicBool>,
}

impl Edition {
    /// Says that there is something new.
    pub fn advance(&self) {
        self.number.fetch_add(1, Ordering::Relaxed);
    }

    /// Says whether the indexer is at work, who looks at what is new by itself.
    pub fn set_followed(&self, is_followed: bool) {
        self.is_followed.store(is_followed, Ordering::Relaxed);
    }

    fn is_followed(&self) -> bool {
        self.is_followed.load(Ordering::Relaxed)
    }

    fn number(&self) -> u64 {
        self.number.load(Ordering::Relaxed)
    }
}

/// A library, its index, and what of them was named.
#[derive(Clone)]
pub struct Dossier {
    /// The documents.
    pub library: Library,
    /// Where their words are.
    pub index: Index,
    /// What was named.
    pub scope: Scope,
    /// How new the library is.
    pub edition: Edition,
    /// What a person made in it.
    pub notebook: Notebook,
    /// What documents that were opened are known by, also once their keys are gone; copies share it.
    pub(crate) subjects: Arc<Mutex<HashMap<DocumentKey, Subject>>>,
    /// What saved searches had found when they were first run here.
    pub(crate) looked_at: HashMap<String, Known>,
    /// The edition, and the catalogue's version, when it was last looked whether another process has written.
    looked: (u64, Option<i64>),
    /// Whether another process was reading the scope then.
    was_being_read: bool,
    alias_files: AliasFiles,
    folders: Option<(u64, Vec<PathBuf>)>,
    orders: HashMap<Sort, (u64, Arc<[DocumentKey]>)>,
    selection: Option<(u64, Selection)>,
}

impl Dossier {
    /// A dossier over a library, with a notebook that is forgotten.
    pub fn new(library: Library, index: Index, scope: Scope) -> Self {
        Self {
            library,
            index,
            scope,
            edition: Edition::default(),
            notebook: Notebook::in_memory(),
            subjects: Arc::default(),
            looked_at: HashMap::new(),
            looked: (0, None),
            was_being_read: false,
            alias_files: AliasFiles::default(),
            folders: None,
            orders: HashMap::new(),
            selection: None,
        }
    }

    /// The same dossier with another notebook.
    #[must_use]
    pub fn with_notebook(self, notebook: Notebook) -> Self {
        Self { notebook, ..self }
    }

    /// The same dossier with the aliases of a configuration folder beside its own.
    #[must_use]
    pub fn with_configuration(self, folder: &Path) -> Self {
        Self { alias_files: AliasFiles::new(Some(folder)), ..self }
    }

    /// The same dossier by a connection of its own, for another thread.
    pub fn again(&self) -> Result<Self, LibraryError> {
        let library = self.library.reader()?;
        let looked = (self.edition.number(), library.version().ok());
        Ok(Self { library, looked, ..self.clone() })
    }

    /// Takes in what another process has written since this was last asked. Whether it has; then every order and every
    /// total is to be asked anew. What cannot be looked at counts as unchanged.
    pub fn catch_up(&mut self) -> bool {
        if self.library.is_in_memory() || self.edition.is_followed() {
            return false;
        }
        let now = (self.edition.number(), self.library.version().ok());
        let before = std::mem::replace(&mut self.looked, now);
        let is_being_read = self.library.is_being_read(&self.scope);
        let is_more_or_less = std::mem::replace(&mut self.was_being_read, is_being_read) != is_being_read;
        let index_is_new = self.index.is_outdated().unwrap_or(false);
        // An edition that is newer was made by someone here who has seen the same.
        if !index_is_new && (before.0 != now.0 || before.1 == now.1) {
            return is_more_or_less;
        }
        if index_is_new && self.index.reload().is_err() {
            return is_more_or_less;
        }
        self.edition.advance();
        self.looked.0 = self.edition.number();
        true
    }

    /// The whole list.
    pub fn list(&mut self, generation: Generation, sort: Sort) -> Event {
        let listed = self.order(sort).and_then(|order| {
            let rows = self.rows(&order[..order.len().min(FIRST_ROWS)], None)?;
            Ok(Event::Listed { generation, order, rows })
        });
        listed.unwrap_or_else(|error| Event::SearchFailed { generation, message: error.message() })
    }

    /// What a query finds; `None` when it went stale meanwhile.
    pub fn search(
        &mut self,
        generation: Generation,
        (source, last_word): (&str, LastWord),
        sort: Sort,
        spelling: &Spelling,
        cancel: &Cancel,
    ) -> Option<Event> {
        let (query, mut complaints) = parse(source, last_word);
        let (aliases, amiss) = self.aliases();
        complaints.extend(amiss);
        let selection = match self.selection() {
            Ok(selection) => selection,
            Err(error) => return Some(Event::Failed(error.message())),
        };
        let found = widened(&self.index, &aliases, query, spelling, &selection).map(Arc::new);
        let found = found.and_then(|query| Ok((self.index.search(&query, cancel)?, query)));
        let (hits, query) = match found {
            Ok((hits, query)) => (hits?, query),
            Err(error) => return Some(Event::SearchFailed { generation, message: error.message() }),
        };
        if query.is_empty() && last_word == LastWord::Prefix {
            return Some(self.before_the_first_word(generation, query, complaints, sort));
        }
        let found = self.sorted(&hits, sort).and_then(|order| {
            let (order, folds) = self.grouped(order);
            let rows = self.rows(&order[..order.len().min(FIRST_ROWS)], Some(&query))?;
            let relaxed_hits = if order.is_empty() { self.explain_zero(&query, cancel)? } else { Vec::new() };
            Ok(Event::HitsFound { generation, query: Arc::clone(&query), complaints, relaxed_hits, order, folds, rows })
        });
        Some(found.unwrap_or_else(|error| Event::SearchFailed { generation, message: error.message() }))
    }

    /// The whole list, while what is being typed is no word yet.
    fn before_the_first_word(
        &mut self,
        generation: Generation,
        query: Arc<Query>,
        complaints: Vec<Complaint>,
        sort: Sort,
    ) -> Event {
        let listed = self.order(sort).and_then(|order| {
            let rows = self.rows(&order[..order.len().min(FIRST_ROWS)], None)?;
            let (relaxed_hits, folds) = (Vec::new(), Vec::new());
            Ok(Event::HitsFound { generation, query, complaints, relaxed_hits, order, folds, rows })
        });
        listed.unwrap_or_else(|error| Event::SearchFailed { generation, message: error.message() })
    }

    /// A query with the other spellings of names that are wanted; where the index cannot say, as it is.
    pub fn spelled(&mut self, query: Arc<Query>, spelling: Option<&Spelling>) -> Arc<Query> {
        let Some(spelling) = spelling else { return query };
        let plain = Query::clone(&query).as_typed();
        let (aliases, _) = self.aliases();
        let Ok(selection) = self.selection() else { return query };
        widened(&self.index, &aliases, plain, spelling, &selection).map_or_else(|_| Arc::clone(&query), Arc::new)
    }

    /// The aliases that hold here, and what is wrong with the files they stand in.
    pub(crate) fn aliases(&mut self) -> (Arc<Aliases>, Vec<Complaint>) {
        let edition = self.edition.number();
        if self.folders.as_ref().is_none_or(|(known, _)| *known != edition) {
            // A catalogue that fails is told by what is asked of it next.
            self.folders = Some((edition, self.library.folders(&self.scope).unwrap_or_default()));
        }
        let folders = self.folders.as_ref().map_or(&[][..], |(_, folders)| folders);
        let (aliases, complaints) = self.alias_files.of(folders);
        (aliases, complaints.to_vec())
    }

    /// What would be found with less, when nothing is; of a search that went stale meanwhile only a part.
    fn explain_zero(&mut self, query: &Query, cancel: &Cancel) -> Result<Vec<RelaxedHits>, LibraryError> {
        let mut relaxed_hits = Vec::new();
        for (relaxation, text, query) in relaxed(query) {
            // An index that fails has been told of before; this is only advice.
            let Ok(Some(hits)) = self.index.search(&query, cancel) else { break };
            let documents = self.sorted(&hits, Sort::Relevance)?.len();
            if documents > 0 {
                relaxed_hits.push(RelaxedHits { relaxation, text, documents });
            }
        }
        Ok(relaxed_hits)
    }

    /// Values of a field that begin so, the most frequent first; of kinds, languages and countries all, because they are called
    /// otherwise than they are written.
    pub fn complete(&mut self, generation: Generation, field: Field, typed: &str) -> Event {
        match self.values(field) {
            Ok(mut values) => {
                let are_codes = matches!(field, Field::Kind | Field::Language | Field::Country);
                values.retain(|(value, _)| are_codes || begins(value, typed));
                values.truncate(MOST_VALUES);
                Event::Completed { generation, values }
            }
            Err(message) => Event::Failed(message),
        }
    }

    fn values(&mut self, field: Field) -> Result<Vec<(String, u32)>, Message> {
        let Some(facet) = Facet::of(field) else { return Ok(Vec::new()) };
        let keys = self.order(Sort::Date).map_err(|error| error.message())?;
        let facets = self.index.facets(&keys, &Cancel::never()).map_err(|error| error.message())?;
        let months = |facets: &Facets| if field == Field::Date { facets.months().to_vec() } else { Vec::new() };
        let counts = facets.iter().flat_map(|facets| [facets.of(facet), &months(facets)].concat());
        Ok(counts.map(|count| (count.value.to_string(), count.documents)).collect())
    }

    /// What the documents of a list are, counted; `None` when that went stale meanwhile.
    pub fn facets(&self, generation: Generation, keys: &[DocumentKey], cancel: &Cancel) -> Option<Event> {
        match self.index.facets(keys, cancel) {
            Ok(facets) => facets.map(|facets| Event::FacetsCounted { generation, facets: Arc::new(facets) }),
            Err(error) => Some(Event::Failed(error.message())),
        }
    }

    /// Rows of the list, with their matches when there is a query. Documents that are gone are left out.
    pub fn rows(&self, keys: &[DocumentKey], query: Option<&Arc<Query>>) -> Result<Vec<Row>, LibraryError> {
        let summaries = self.library.summaries(keys)?;
        Ok(summaries.into_iter().map(|summary| self.row(summary, query)).collect())
    }

    /// How many matches a document has; none when it is gone.
    pub fn count(&self, key: DocumentKey, query: &Query) -> usize {
        self.library.document(key).map_or(0, |document| find(query, &document).len())
    }

    /// A document with what is derived from it, and what was to be found in it.
    ///
    /// A document that was read again has another key: it is found by its `id`.
    pub fn load(
        &mut self,
        generation: Generation,
        (key, id): (DocumentKey, Option<&str>),
        query: Option<Arc<Query>>,
    ) -> Event {
        let opened = match self.open(key) {
            Err(LibraryError::Gone) => self.open_by_id(id),
            opened => opened,
        };
        let opened = opened.map_err(|error| match error {
            LibraryError::Gone => Unopened::Gone,
            error => Unopened::Failed(error.message()),
        });
        let found = match (&opened, query) {
            (Ok(opened), Some(query)) => {
                let matches: Arc<[TextRange]> = find(&query, &opened.document).into();
                Some((query, matches))
            }
            _ => None,
        };
        Event::Loaded { generation, opened, found }
    }

    /// The file of a document, and the line of a place of its source.
    pub fn locate_file(&self, key: DocumentKey, source: TextSize) -> Event {
        Event::FileLocated(self.file_and_line(key, source))
    }

    fn file_and_line(&self, key: DocumentKey, source: TextSize) -> Result<(PathBuf, u32), Message> {
        let path = self.library.path(key).map_err(|error| error.message())?;
        if !path.is_file() {
            return Err(Message::new("edit-none"));
        }
        let line = self.library.line(key, source).map_err(|error| error.message())?;
        Ok((path, line))
    }

    /// The document of an id; in the whole library, because references leave the dossier.
    pub fn find_document(&self, id: &str) -> Event {
        let found = self.library.find_by_id_or_path(id, &Scope::everything()).map_err(|error| error.message());
        let gone = || Message::new("reference-gone");
        Event::DocumentFound { id: id.to_owned(), found: found.and_then(|keys| keys.first().copied().ok_or_else(gone)) }
    }

    /// The query for documents like one, or like a passage of it.
    pub fn alike(&self, generation: Generation, key: DocumentKey, passage: Option<TextRange>) -> Event {
        let source = self.library.document(key).map_err(|error| error.message()).and_then(|document| {
            let whole = TextRange::up_to(document.len());
            let passage = passage.and_then(|passage| passage.intersect(whole)).unwrap_or(whole);
            let total = u32::try_from(self.index.documents()).unwrap_or(u32::MAX);
            // Where the index cannot say, a word tells nothing; searching will say why.
            let documents = |word: &str| self.index.documents_with(word).unwrap_or(0);
            alike(&document, passage, total, documents).ok_or_else(|| Message::new("alike-none"))
        });
        Event::AlikeAsked { generation, source }
    }

    /// The files that gave no document, and why.
    pub fn problems(&self) -> Event {
        let not_read = self.library.not_read(&self.scope);
        let named = not_read.and_then(|all| Ok((all, self.library.problems(&self.scope, MOST_PROBLEMS)?)));
        match named {
            Ok((all, named)) => Event::ProblemsListed(with_paths(&all, named)),
            Err(error) => Event::Failed(error.message()),
        }
    }

    /// A document's source as a document of plain lines, whose source map points into that source.
    pub fn original(&self, key: DocumentKey) -> Event {
        let original = self.library.original(key).map(|source| Arc::new(as_lines(&source)));
        Event::OriginalLoaded { key, original: original.map_err(|error| error.message()) }
    }

    fn open_by_id(&mut self, id: Option<&str>) -> Result<Opened, LibraryError> {
        let keys = id.map(|id| self.library.find_by_id_or_path(id, &self.scope)).transpose()?.unwrap_or_default();
        self.open(*keys.first().ok_or(LibraryError::Gone)?)
    }

    fn open(&mut self, key: DocumentKey) -> Result<Opened, LibraryError> {
        let document = self.library.resolved(key)?;
        let summary = self.library.summaries(&[key])?.pop();
        let summary = summary.ok_or(LibraryError::Gone)?;
        let outline = document.outline().into();
        let left_at = self.left_at(key, &document);
        Ok(Opened {
            key,
            summary,
            document,
            outline,
            cited_by: self.library.summaries(&self.library.cited_by(key)?)?,
            left_at,
        })
    }

    fn row(&self, summary: crate::document::Summary, query: Option<&Arc<Query>>) -> Row {
        let Some(query) = query.filter(|query| query.has_words()) else {
            return Row { summary, matches: None, best: None };
        };
        let Ok(document) = self.library.document(summary.key) else {
            return Row { summary, matches: Some(0), best: None };
        };
        let matches = find(query, &document);
        let best = best_passage(query, &document, &matches, &document.outline(), PASSAGE);
        Row { summary, matches: Some(matches.len()), best }
    }

    /// The same documents with the duplicates of each right behind it, those that are the same first, and where such
    /// groups stand. Only the first thousand are compared, which takes a few milliseconds: what stands further down is
    /// seldom looked at.
    fn grouped(&self, order: Arc<[DocumentKey]>) -> (Arc<[DocumentKey]>, Vec<Fold>) {
        let compared = order.len().min(COMPARED);
        // An index that fails has been told of before; without it nothing is folded.
        let prints = self.index.fingerprints(&order[..compared]).unwrap_or_default();
        let duplicates = duplicates(&prints);
        if duplicates.iter().all(Option::is_none) {
            return (order, Vec::new());
        }
        let mut behind: HashMap<usize, [Vec<usize>; 2]> = HashMap::new();
        for (at, duplicate) in duplicates.iter().enumerate() {
            if let Some(Duplicate { of, identical }) = duplicate {
                behind.entry(*of).or_default()[usize::from(!identical)].push(at);
            }
        }
        let mut grouped = Vec::with_capacity(order.len());
        let mut folds = Vec::new();
        for at in (0..compared).filter(|at| duplicates[*at].is_none()) {
            let start = grouped.len();
            grouped.push(order[at]);
            if let Some([identical, near]) = behind.remove(&at) {
                folds.push(Fold { start, identical: identical.len(), near: near.len() });
                grouped.extend(identical.iter().chain(&near).map(|at| order[*at]));
            }
        }
        grouped.extend(&order[compared..]);
        (grouped.into(), folds)
    }

    /// Hits within the scope, in the order wanted.
    pub(crate) fn sorted(&mut self, hits: &[Hit], sort: Sort) -> Result<Arc<[DocumentKey]>, LibraryError> {
        if sort == Sort::Relevance {
            let selection = self.selection()?;
            return Ok(hits.iter().map(|hit| hit.document).filter(|key| selection.has(*key)).collect());
        }
        let found: HashSet<DocumentKey> = hits.iter().map(|hit| hit.document).collect();
        Ok(self.order(sort)?.iter().copied().filter(|key| found.contains(key)).collect())
    }

    fn order(&mut self, sort: Sort) -> Result<Arc<[DocumentKey]>, LibraryError> {
        let edition = self.edition.number();
        if let Some((known, order)) = self.orders.get(&sort)
            && *known == edition
        {
            return Ok(Arc::clone(order));
        }
        let order = match sort {
            Sort::Relevance | Sort::Date => Order::Date,
            Sort::Title => Order::Title,
        };
        let order: Arc<[DocumentKey]> = self.library.keys(&self.scope, order)?.into();
        self.orders.insert(sort, (edition, Arc::clone(&order)));
        Ok(order)
    }

    /// The documents in scope.
    pub(crate) fn selection(&mut self) -> Result<Selection, LibraryError> {
        let edition = self.edition.number();
        if let Some((known, selection)) = &self.selection
            && *known == edition
        {
            return Ok(selection.clone());
        }
        // In whatever order: the list's is known already.
        let selection = Selection::of(&self.order(Sort::Relevance)?);
        self.selection = Some((edition, selection.clone()));
        Ok(selection)
    }
}

/// A source as a document: every line a leaf of preformatted text.
fn as_lines(source: &str) -> Document {
    let mut builder = DocumentBuilder::new();
    let mut start = 0;
    for line in source.split('\n') {
        builder.start(BlockKind::Preformatted, 0);
        builder.push(line, Some(range(start, start + line.len())));
        start += line.len() + 1;
    }
    builder.finish(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TextSize;

    #[test]
    fn every_line_of_a_source_maps_to_its_place() {
        let original = as_lines("un\n\ndeux");
        assert_eq!(original.check(), Vec::<String>::new());
        assert_eq!(original.text, "un\n\ndeux");
        assert_eq!(original.source_map.to_text(TextSize::new(4)), TextSize::new(4));
        assert_eq!(original.source_map.to_source(TextSize::new(6)), TextSize::new(6));
    }
}
