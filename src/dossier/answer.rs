//! The one place where requests are answered: the worker threads and the tests call [`Dossier::answer`] and differ only in
//! when. Counting, which may take long, is left as background work that is done in steps between requests.

use std::sync::Arc;

use super::work::Work;
use super::{Dossier, DossierError, SearchRequest};
use crate::request::{Reply, Request};
use crate::search::{Cancel, find};

impl Dossier {
    /// Answers a request; without a reply if `cancel` went stale, or if the request has none. May leave background work.
    ///
    /// Requests for a list also take in what other processes have written. That is reported after the reply, which
    /// includes it already, and also if the reply is stale or a failure: it is noticed only once.
    pub fn answer(&mut self, request: &Request, cancel: &Cancel) -> Vec<Reply> {
        let is_of_a_list = matches!(request, Request::List { .. } | Request::Search { .. } | Request::ListSearches);
        let changed = is_of_a_list && self.catch_up();
        let mut replies = match self.replied(request, cancel) {
            Ok(reply) => reply.into_iter().collect(),
            Err(error) => vec![Reply::Failed { request: Box::new(request.clone()), message: error.message() }],
        };
        if changed {
            replies.push(Reply::LibraryChanged(self.status(None)));
        }
        replies
    }

    fn replied(&mut self, request: &Request, cancel: &Cancel) -> Result<Option<Reply>, DossierError> {
        let reply = match request {
            Request::List { generation, sort } => {
                self.work = None;
                let (order, rows) = self.list(*sort)?;
                Reply::Listed { generation: *generation, order, rows }
            }
            Request::Search { generation, source, last_word, sort, spelling } => {
                self.work = None;
                let search = SearchRequest { source, last_word: *last_word, spelling, sort: *sort };
                let Some(result) = self.search(&search, cancel)? else { return Ok(None) };
                if result.query.has_words() {
                    let (query, order) = (Arc::clone(&result.query), Arc::clone(&result.order));
                    self.work = Some(Work::Matches { generation: *generation, query, order, done: 0, matches: 0 });
                }
                Reply::HitsFound { generation: *generation, result }
            }
            Request::Complete { generation, field, typed } => {
                Reply::Completed { generation: *generation, values: self.completions(*field, typed)? }
            }
            Request::CatchUp if self.catch_up() => Reply::LibraryRenewed(self.status(None)),
            Request::CatchUp => return Ok(None),
            Request::CancelSearch { .. } => {
                self.work = None;
                return Ok(None);
            }
            Request::CountFacets { generation, keys } => match self.index.facets(keys, cancel)? {
                Some(facets) => Reply::FacetsCounted { generation: *generation, facets: Arc::new(facets) },
                None => return Ok(None),
            },
            // A newer search has rows of its own, and waits for this thread.
            Request::FetchRows { .. } if cancel.is_stale() => return Ok(None),
            Request::FetchRows { generation, keys, query } => {
                Reply::RowsFetched { generation: *generation, rows: self.rows(keys, query.as_ref())? }
            }
            Request::Load { generation, key, id, query } => match self.load(*key, id.as_deref())? {
                Some(opened) => {
                    let found = query.as_ref().map(|query| (Arc::clone(query), find(query, &opened.document).into()));
                    Reply::Loaded { generation: *generation, opened, found }
                }
                None => Reply::Gone { generation: *generation },
            },
            Request::Find { generation, key, document, query, spelling } => {
                let query = self.spelled(query, spelling.as_ref());
                let matches = find(&query, document).into();
                Reply::Found { generation: *generation, key: *key, query, matches }
            }
            Request::AskAlike { generation, key, passage } => {
                Reply::AlikeAsked { generation: *generation, source: self.more_like_this(*key, *passage)? }
            }
            Request::LoadOriginal(key) => Reply::OriginalLoaded { key: *key, original: self.original(*key)? },
            Request::LocateFile { key, source } => {
                let (path, line) = self.locate_file(*key, *source)?;
                Reply::FileLocated { path, line }
            }
            Request::ListProblems => Reply::ProblemsListed(self.problems()?),
            Request::FindDocument(id) => Reply::DocumentFound { id: id.clone(), key: self.find_document(id)? },
            Request::KeepMark { name, key, locator } => {
                self.keep_mark(*name, *key, locator)?;
                Reply::MarkKept { name: *name, forgotten: self.notebook.is_in_memory() }
            }
            Request::FindMark(name) => {
                let (key, locator) = self.find_mark(*name)?;
                Reply::MarkFound { name: *name, key, locator }
            }
            Request::KeepPlace { key, locator } => {
                self.keep_place(*key, locator)?;
                return Ok(None);
            }
            Request::KeepSession(session) => {
                self.keep_session(session)?;
                return Ok(None);
            }
            Request::FindInterruption => {
                return Ok(self.find_interruption().map(Reply::InterruptionFound));
            }
            Request::FindSession(number) => {
                let (session, lost) = self.find_session(*number)?;
                Reply::SessionFound { session: Box::new(session), lost }
            }
            Request::ForgetInterruption(number) => {
                self.forget_interruption(*number)?;
                return Ok(None);
            }
            Request::SaveSearch { search, found } => {
                self.save_search(search.clone(), found)?;
                Reply::SearchSaved { name: search.name.clone(), forgotten: self.notebook.is_in_memory() }
            }
            Request::ListSearches => self.listed_searches()?,
            Request::LookAtSearch { name, found } => {
                Reply::NewFound { name: name.clone(), new: Arc::new(self.look_at_search(name, found)?) }
            }
            Request::RenameSearch { name, new } => {
                self.rename_search(name, new)?;
                self.listed_searches()?
            }
            Request::ForgetSearch(name) => {
                self.forget_search(name)?;
                self.listed_searches()?
            }
        };
        Ok(Some(reply))
    }

    /// The saved searches; those of this dossier are counted as background work.
    fn listed_searches(&mut self) -> Result<Reply, DossierError> {
        let rows = self.saved_searches()?;
        let here = rows.iter().filter(|row| row.elsewhere.is_none()).map(|row| row.search.name.clone());
        self.work = Some(Work::Searches(here.collect()));
        Ok(Reply::SearchesListed(rows))
    }

    /// Whether background work is left.
    pub fn has_work(&self) -> bool {
        self.work.is_some()
    }

    /// Does one step of the background work.
    pub fn step(&mut self) -> Option<Reply> {
        match self.work.take()? {
            Work::Matches { generation, query, order, done, matches } => match order.get(done) {
                Some(key) => {
                    let found = self.matches(*key, &query).map_or(0, |(_, matches)| matches.len());
                    let (done, matches) = (done + 1, matches + found);
                    self.work = Some(Work::Matches { generation, query, order, done, matches });
                    None
                }
                None => Some(Reply::MatchesCounted { generation, matches }),
            },
            Work::Searches(mut names) => {
                let name = names.pop_front()?;
                // Before counting: should that panic, the other searches are still counted.
                self.work = Some(Work::Searches(names));
                let counted = self.count_search(&name);
                // A search that cannot be counted stays without a count.
                counted.map(|(documents, new)| Reply::SearchCounted { name, documents, new })
            }
        }
    }
}
