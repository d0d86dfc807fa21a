//! Searching a dossier: the one place where a query is widened by aliases and spellings, restricted to the opened paths,
//! ordered, and its duplicates folded. The screen, `search`, `--batch`, saved searches and "more like this" all come here,
//! so the same search has the same counts everywhere. How words are found is `index`'s business.

use std::collections::HashMap;
use std::sync::Arc;

use super::aliases::widened;
use super::{Dossier, DossierError};
use crate::document::{Document, DocumentKey, Summary};
use crate::index::Selection;
use crate::library::{LibraryError, Order};
use crate::locale::Message;
use crate::search::facets::{Facet, Facets};
use crate::search::query::complete::begins;
use crate::search::results::{DocumentRow, Fold, Hits, SearchResult};
use crate::search::{
    Cancel, Complaint, Duplicate, Field, Hit, LastWord, Query, RelaxedHits, Sort, Spelling, alike, best_passage,
    duplicates, find, parse, relaxed,
};
use crate::text::TextRange;

/// Number of rows that come with an order.
const FIRST_ROWS: usize = 24;
/// Maximum number of completions.
const MOST_VALUES: usize = 60;
/// Number of hits that are compared with each other to fold duplicates.
const COMPARED: usize = 1000;
/// Maximum length of a passage in the list, in bytes.
const PASSAGE: usize = 160;

/// What to search, and how to order the hits.
#[derive(Clone, Debug)]
pub struct SearchRequest<'a> {
    /// The query as typed.
    pub source: &'a str,
    /// Whether the last word may be the beginning of a longer one.
    pub last_word: LastWord,
    /// Spellings of names to leave out.
    pub spelling: &'a Spelling,
    /// The order of the hits.
    pub sort: Sort,
}

impl Dossier {
    /// Every hit of a query in order, without rows; `None` once `cancel` is stale.
    pub fn hits(&mut self, request: &SearchRequest, cancel: &Cancel) -> Result<Option<Hits>, DossierError> {
        let (query, complaints) = self.understood(request.source, request.last_word, request.spelling)?;
        let Some(mut hits) = self.index.search(&query, cancel)? else { return Ok(None) };
        // The index sorts only the best hits.
        hits.sort_by(|a, b| b.score.total_cmp(&a.score));
        let hits = self.in_order(hits, request.sort)?;
        Ok(Some(Hits { query, complaints, hits }))
    }

    /// The hits of a query as the list shows them: duplicates folded, the first rows, and for an empty result what less
    /// strict queries find; `None` once `cancel` is stale. While the query has no word yet, the whole list.
    pub fn search(&mut self, request: &SearchRequest, cancel: &Cancel) -> Result<Option<SearchResult>, DossierError> {
        let (query, complaints) = self.understood(request.source, request.last_word, request.spelling)?;
        let Some(hits) = self.index.search(&query, cancel)? else { return Ok(None) };
        if query.is_empty() && request.last_word == LastWord::Prefix {
            let (order, rows) = self.list(request.sort)?;
            let (relaxed_hits, folds) = (Vec::new(), Vec::new());
            return Ok(Some(SearchResult { query, complaints, relaxed_hits, order, folds, rows }));
        }
        let hits = self.in_order(hits, request.sort)?;
        let (order, folds) = self.grouped(hits.iter().map(|hit| hit.document).collect());
        let rows = self.rows(&order[..order.len().min(FIRST_ROWS)], Some(&query))?;
        let relaxed_hits = if order.is_empty() { self.relaxed_hits(&query, cancel)? } else { Vec::new() };
        Ok(Some(SearchResult { query, complaints, relaxed_hits, order, folds, rows }))
    }

    /// The whole list in order, with its first rows.
    pub fn list(&mut self, sort: Sort) -> Result<(Arc<[DocumentKey]>, Vec<DocumentRow>), DossierError> {
        let order = self.order(list_order(sort))?;
        let rows = self.rows(&order[..order.len().min(FIRST_ROWS)], None)?;
        Ok((order, rows))
    }

    /// Parses a query and adds aliases, other spellings of names and the forms of words. Returns it with the parts that
    /// were not understood and with the problems of alias files.
    fn understood(
        &mut self,
        source: &str,
        last_word: LastWord,
        spelling: &Spelling,
    ) -> Result<(Arc<Query>, Vec<Complaint>), DossierError> {
        let (query, mut complaints) = parse(source, last_word);
        let (aliases, problems) = self.aliases();
        complaints.extend(problems);
        let selection = self.selection()?;
        Ok((Arc::new(widened(&self.index, &aliases, query, spelling, &selection)?), complaints))
    }

    /// A query with the spellings of names that are wanted; unchanged if the index cannot be read.
    pub(super) fn spelled(&mut self, query: &Arc<Query>, spelling: Option<&Spelling>) -> Arc<Query> {
        let Some(spelling) = spelling else { return Arc::clone(query) };
        let plain = Query::clone(query).as_typed();
        let (aliases, _) = self.aliases();
        let Ok(selection) = self.selection() else { return Arc::clone(query) };
        widened(&self.index, &aliases, plain, spelling, &selection).map_or_else(|_| Arc::clone(query), Arc::new)
    }

    /// What less strict queries find, for a query that finds nothing. Incomplete if `cancel` goes stale.
    pub fn relaxed_hits(&mut self, query: &Query, cancel: &Cancel) -> Result<Vec<RelaxedHits>, DossierError> {
        let mut relaxed_hits = Vec::new();
        for (relaxation, text, query) in relaxed(query) {
            // This is only advice: an index that fails was reported by the search itself.
            let Ok(Some(hits)) = self.index.search(&query, cancel) else { break };
            let selection = self.selection()?;
            let documents = hits.iter().filter(|hit| selection.has(hit.document)).count();
            if documents > 0 {
                relaxed_hits.push(RelaxedHits { relaxation, text, documents });
            }
        }
        Ok(relaxed_hits)
    }

    /// The hits within the opened paths, in order. By relevance, hits with equal scores are ordered by path, because
    /// keys depend on the order of indexing.
    fn in_order(&mut self, hits: Vec<Hit>, sort: Sort) -> Result<Vec<Hit>, DossierError> {
        if sort != Sort::Relevance {
            return self.filtered_order(list_order(sort), hits);
        }
        let selection = self.selection()?;
        let mut inside: Vec<Hit> = hits.into_iter().filter(|hit| selection.has(hit.document)).collect();
        let is_tie = |a: &Hit, b: &Hit| a.score.total_cmp(&b.score).is_eq();
        if inside.windows(2).any(|pair| is_tie(&pair[0], &pair[1])) {
            let ranks = self.path_ranks()?;
            for tied in inside.chunk_by_mut(is_tie).filter(|run| run.len() > 1) {
                tied.sort_by_cached_key(|hit| ranks.get(&hit.document));
            }
        }
        Ok(inside)
    }

    fn filtered_order(&mut self, order: Order, hits: Vec<Hit>) -> Result<Vec<Hit>, DossierError> {
        let by_key: HashMap<DocumentKey, Hit> = hits.into_iter().map(|hit| (hit.document, hit)).collect();
        Ok(self.order(order)?.iter().filter_map(|key| by_key.get(key).copied()).collect())
    }

    /// Values of a field that begin with `typed`, most frequent first, with the number of documents that have them. All
    /// values of kinds, languages and countries, because their names differ from how they are written.
    pub(super) fn completions(&mut self, field: Field, typed: &str) -> Result<Vec<(String, u32)>, DossierError> {
        let Some(facet) = Facet::of(field) else { return Ok(Vec::new()) };
        let keys = self.order(Order::Date)?;
        let facets = self.index.facets(&keys, &Cancel::never())?;
        let months = |facets: &Facets| if field == Field::Date { facets.months().to_vec() } else { Vec::new() };
        let counts = facets.iter().flat_map(|facets| [facets.of(facet), &months(facets)].concat());
        let mut values: Vec<(String, u32)> = counts.map(|count| (count.value.to_string(), count.documents)).collect();
        let are_codes = matches!(field, Field::Kind | Field::Language | Field::Country);
        values.retain(|(value, _)| are_codes || begins(value, typed));
        values.truncate(MOST_VALUES);
        Ok(values)
    }

    /// Rows of the list, with matches and best passage if there is a query. Documents that are gone are left out.
    pub fn rows(&self, keys: &[DocumentKey], query: Option<&Arc<Query>>) -> Result<Vec<DocumentRow>, LibraryError> {
        let summaries = self.library.summaries(keys)?;
        Ok(summaries.into_iter().map(|summary| self.row(summary, query)).collect())
    }

    fn row(&self, summary: Summary, query: Option<&Arc<Query>>) -> DocumentRow {
        let Some(query) = query.filter(|query| query.has_words()) else {
            return DocumentRow { summary, matches: None, best: None };
        };
        let Ok((document, matches)) = self.matches(summary.key, query) else {
            return DocumentRow { summary, matches: Some(0), best: None };
        };
        let best = best_passage(query, &document, &matches, &document.outline(), PASSAGE);
        DocumentRow { summary, matches: Some(matches.len()), best }
    }

    /// A document and the matches of a query in it.
    pub fn matches(&self, key: DocumentKey, query: &Query) -> Result<(Arc<Document>, Vec<TextRange>), LibraryError> {
        let document = self.library.document(key)?;
        let matches = find(query, &document);
        Ok((document, matches))
    }

    /// A query of the words that characterise a document, or a passage of it.
    pub(super) fn more_like_this(&self, key: DocumentKey, passage: Option<TextRange>) -> Result<String, DossierError> {
        let document = self.library.document(key)?;
        let whole = TextRange::up_to(document.len());
        let passage = passage.and_then(|passage| passage.intersect(whole)).unwrap_or(whole);
        let total = u32::try_from(self.index.documents()).unwrap_or(u32::MAX);
        // A word whose frequency cannot be read characterises nothing; the search that follows reports the failure.
        let documents = |word: &str| self.index.documents_with(word).unwrap_or(0);
        Ok(alike(&document, passage, total, documents).ok_or_else(|| Message::new("alike-none"))?)
    }

    /// Moves the duplicates of each document behind it, identical ones first, and returns the groups. Only the first
    /// thousand hits are compared, which takes a few milliseconds; later ones are rarely seen.
    fn grouped(&self, order: Vec<DocumentKey>) -> (Arc<[DocumentKey]>, Vec<Fold>) {
        let compared = order.len().min(COMPARED);
        // If the index fails the search has reported it; without fingerprints nothing is folded.
        let fingerprints = self.index.fingerprints(&order[..compared]).unwrap_or_default();
        let duplicates = duplicates(&fingerprints);
        if duplicates.iter().all(Option::is_none) {
            return (order.into(), Vec::new());
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

    /// The keys of the opened documents in an order of the catalogue, cached until the revision changes.
    pub fn order(&mut self, order: Order) -> Result<Arc<[DocumentKey]>, LibraryError> {
        let revision = self.revision.number();
        if let Some((known, keys)) = self.orders.get(&order)
            && *known == revision
        {
            return Ok(Arc::clone(keys));
        }
        let keys: Arc<[DocumentKey]> = self.library.keys(&self.scope, order)?.into();
        self.orders.insert(order, (revision, Arc::clone(&keys)));
        Ok(keys)
    }

    /// The position of each opened document in the order of paths, cached until the revision changes.
    fn path_ranks(&mut self) -> Result<Arc<HashMap<DocumentKey, u32>>, LibraryError> {
        let revision = self.revision.number();
        if let Some((known, ranks)) = &self.path_ranks
            && *known == revision
        {
            return Ok(Arc::clone(ranks));
        }
        let ranks = Arc::new(self.order(Order::Path)?.iter().copied().zip(0..).collect());
        self.path_ranks = Some((revision, Arc::clone(&ranks)));
        Ok(ranks)
    }

    /// The set of the opened documents, cached until the revision changes.
    fn selection(&mut self) -> Result<Selection, LibraryError> {
        let revision = self.revision.number();
        if let Some((known, selection)) = &self.selection
            && *known == revision
        {
            return Ok(selection.clone());
        }
        // From an order that is cached already, if any is.
        let cached = self.orders.iter().find(|(_, (known, _))| *known == revision).map(|(order, _)| *order);
        let selection = Selection::of(&self.order(cached.unwrap_or(Order::Date))?);
        self.selection = Some((revision, selection.clone()));
        Ok(selection)
    }
}

/// The catalogue's order for a sort of the list; there is no relevance without a query.
fn list_order(sort: Sort) -> Order {
    match sort {
        Sort::Relevance | Sort::Date => Order::Date,
        Sort::Title => Order::Title,
    }
}
