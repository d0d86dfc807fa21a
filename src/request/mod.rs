//! Requests of the reader to a dossier, and its replies, as plain values: the one table that the state machine (`app`), the
//! use case (`dossier`), the worker threads (`runtime`) and the tests share. A request that fails is answered by
//! [`Reply::Failed`] with the request itself, so that a new request needs a variant here, an arm in `Dossier::answer` and, if
//! it has a reply of its own, the handling of that reply in `app`. Does no work and knows no threads.

mod opened;
mod session;

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

pub use opened::{LibraryStatus, OpenedDocument, UnreadFiles, UnreadGroup};
pub use session::{InterruptedSession, Pane, SearchScope, SessionDocument, SessionSnapshot};

use crate::document::{Document, DocumentKey, Locator};
use crate::locale::Message;
use crate::search::results::{DocumentRow, SearchResult};
use crate::search::saved::{SavedSearch, SavedSearchRow};
use crate::search::{Facets, Field, Generation, LastWord, Query, Sort, Spelling};
use crate::text::{TextRange, TextSize};

/// A question or an order to the dossier. Requests with a [`Generation`] are answered with it, so that the caller
/// recognises a stale reply.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// The order of the whole list. Reply: [`Reply::Listed`].
    List {
        /// Makes earlier searches and lists stale.
        generation: Generation,
        /// The order.
        sort: Sort,
    },
    /// Searches the dossier. Replies: [`Reply::HitsFound`], then [`Reply::MatchesCounted`] if the query has words.
    Search {
        /// Makes earlier searches and lists stale.
        generation: Generation,
        /// The query as typed.
        source: String,
        /// Whether the last word may be the beginning of a longer one.
        last_word: LastWord,
        /// The order of the hits.
        sort: Sort,
        /// Spellings of names to leave out.
        spelling: Spelling,
    },
    /// The values of a field that begin with some letters. Reply: [`Reply::Completed`].
    Complete {
        /// Returned with the reply.
        generation: Generation,
        /// The field.
        field: Field,
        /// The first letters of the value.
        typed: String,
    },
    /// Checks for commits of another process. Reply: [`Reply::LibraryRenewed`] if there are any, else none.
    CatchUp,
    /// Stops searching and counting. No reply.
    CancelSearch {
        /// Makes earlier searches and lists stale.
        generation: Generation,
    },
    /// The facets of a list of documents. Reply: [`Reply::FacetsCounted`].
    CountFacets {
        /// The generation of the search or list that produced the documents.
        generation: Generation,
        /// The documents.
        keys: Arc<[DocumentKey]>,
    },
    /// Rows of the list. Reply: [`Reply::RowsFetched`].
    FetchRows {
        /// The generation of the search or list that produced the documents.
        generation: Generation,
        /// The documents.
        keys: Vec<DocumentKey>,
        /// The query whose matches each row counts.
        query: Option<Arc<Query>>,
    },
    /// Opens a document. Reply: [`Reply::Loaded`], or [`Reply::Gone`].
    Load {
        /// Only the newest is answered.
        generation: Generation,
        /// The document.
        key: DocumentKey,
        /// Its id as the list shows it: a document that was read again has another key and is found by its id.
        id: Option<String>,
        /// A query whose matches come with the reply.
        query: Option<Arc<Query>>,
    },
    /// The matches of a query in one document. Reply: [`Reply::Found`].
    Find {
        /// Only the newest is answered.
        generation: Generation,
        /// The document's key.
        key: DocumentKey,
        /// The text to search.
        document: Arc<Document>,
        /// The query.
        query: Arc<Query>,
        /// For a search of this document alone, the spellings of names to leave out; `None` for a query of the dossier,
        /// which has its spellings already.
        spelling: Option<Spelling>,
    },
    /// A query of the words that characterise a document ("more like this"). Reply: [`Reply::AlikeAsked`].
    AskAlike {
        /// Only the newest is answered.
        generation: Generation,
        /// The document.
        key: DocumentKey,
        /// The passage to use instead of the whole text.
        passage: Option<TextRange>,
    },
    /// The source of a document, before cleaning. Reply: [`Reply::OriginalLoaded`].
    LoadOriginal(DocumentKey),
    /// The file and line of a place in a document. Reply: [`Reply::FileLocated`].
    LocateFile {
        /// The document.
        key: DocumentKey,
        /// The place in its source.
        source: TextSize,
    },
    /// The files that gave no document. Reply: [`Reply::ProblemsListed`].
    ListProblems,
    /// The document of an id or a path. Reply: [`Reply::DocumentFound`].
    FindDocument(String),
    /// Stores a mark. Reply: [`Reply::MarkKept`].
    KeepMark {
        /// The letter of the mark.
        name: char,
        /// The document.
        key: DocumentKey,
        /// The place in it.
        locator: Locator,
    },
    /// The place of a mark, by its letter. Reply: [`Reply::MarkFound`].
    FindMark(char),
    /// Stores the place where a document was left. No reply.
    KeepPlace {
        /// The document.
        key: DocumentKey,
        /// The place in it.
        locator: Locator,
    },
    /// Stores the session before the program ends. No reply.
    KeepSession(Box<SessionSnapshot>),
    /// Checks for an interrupted session over these paths. Reply: [`Reply::InterruptionFound`] if there is one, else
    /// none.
    FindInterruption,
    /// The session of an interruption, by its number. Reply: [`Reply::SessionFound`].
    FindSession(i64),
    /// Deletes an interruption, by its number. No reply.
    ForgetInterruption(i64),
    /// Saves a search. Reply: [`Reply::SearchSaved`].
    SaveSearch {
        /// The search.
        search: SavedSearch,
        /// The documents it finds, which are not new to it.
        found: Arc<[DocumentKey]>,
    },
    /// The saved searches. Replies: [`Reply::SearchesListed`], then [`Reply::SearchCounted`] for each of this dossier.
    ListSearches,
    /// Records that the hits of a saved search were shown. Reply: [`Reply::NewFound`].
    LookAtSearch {
        /// The name of the search.
        name: String,
        /// The documents it found.
        found: Arc<[DocumentKey]>,
    },
    /// Renames a saved search. Replies as for [`Request::ListSearches`].
    RenameSearch {
        /// The present name.
        name: String,
        /// The new name.
        new: String,
    },
    /// Deletes a saved search, by its name. Replies as for [`Request::ListSearches`].
    ForgetSearch(String),
}

/// An answer to a [`Request`], or what the indexer reports of itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// The library changed, or is being brought up to date.
    LibraryChanged(LibraryStatus),
    /// Another process has written: every order and every count must be requested again.
    LibraryRenewed(LibraryStatus),
    /// The order of the list without a search.
    Listed {
        /// The request's.
        generation: Generation,
        /// Every document, in order.
        order: Arc<[DocumentKey]>,
        /// The first rows.
        rows: Vec<DocumentRow>,
    },
    /// The hits of a search.
    HitsFound {
        /// The request's.
        generation: Generation,
        /// The hits.
        result: SearchResult,
    },
    /// The total of matches in all hits.
    MatchesCounted {
        /// The request's.
        generation: Generation,
        /// The total.
        matches: usize,
    },
    /// Rows of the list. Documents that are gone are left out.
    RowsFetched {
        /// The request's.
        generation: Generation,
        /// The rows.
        rows: Vec<DocumentRow>,
    },
    /// The facets of a list.
    FacetsCounted {
        /// The request's.
        generation: Generation,
        /// The facets.
        facets: Arc<Facets>,
    },
    /// Values of a field, each with the number of documents that have it, most frequent first.
    Completed {
        /// The request's.
        generation: Generation,
        /// The values.
        values: Vec<(String, u32)>,
    },
    /// An opened document.
    Loaded {
        /// The request's.
        generation: Generation,
        /// The document. Its key is another one than was requested if that document was read again.
        opened: OpenedDocument,
        /// The query of the request with its matches.
        found: Option<(Arc<Query>, Arc<[TextRange]>)>,
    },
    /// The document that was requested is no longer in the library.
    Gone {
        /// The request's.
        generation: Generation,
    },
    /// The matches of a query in one document.
    Found {
        /// The request's.
        generation: Generation,
        /// The document.
        key: DocumentKey,
        /// The query, with the other spellings of names that were searched.
        query: Arc<Query>,
        /// Sorted and disjoint.
        matches: Arc<[TextRange]>,
    },
    /// The "more like this" query of a document.
    AlikeAsked {
        /// The request's.
        generation: Generation,
        /// The query, in the query language.
        source: String,
    },
    /// The source of a document, one preformatted block a line.
    OriginalLoaded {
        /// The document.
        key: DocumentKey,
        /// Its source.
        original: Arc<Document>,
    },
    /// The file of a document and the line of a place in it.
    FileLocated {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u32,
    },
    /// The files that gave no document, or not all of their text, by reason.
    ProblemsListed(UnreadFiles),
    /// The document of an id or a path.
    DocumentFound {
        /// The id or path.
        id: String,
        /// The document.
        key: DocumentKey,
    },
    /// A mark was stored.
    MarkKept {
        /// Its letter.
        name: char,
        /// Whether it is lost when the program ends, because the notebook is in memory.
        forgotten: bool,
    },
    /// The place of a mark.
    MarkFound {
        /// Its letter.
        name: char,
        /// Its document.
        key: DocumentKey,
        /// The place in it.
        locator: Locator,
    },
    /// A session over these paths was interrupted.
    InterruptionFound(InterruptedSession),
    /// An interrupted session.
    SessionFound {
        /// The session.
        session: Box<SessionSnapshot>,
        /// The title of its open document if that is no longer in the dossier.
        lost: Option<String>,
    },
    /// A search was saved.
    SearchSaved {
        /// Its name.
        name: String,
        /// Whether it is lost when the program ends, because the notebook is in memory.
        forgotten: bool,
    },
    /// The saved searches.
    SearchesListed(Vec<SavedSearchRow>),
    /// The hits of a saved search.
    SearchCounted {
        /// Its name.
        name: String,
        /// Number of documents.
        documents: usize,
        /// Number of documents that are new since the hits were shown last.
        new: usize,
    },
    /// The new documents of a saved search.
    NewFound {
        /// Its name.
        name: String,
        /// The documents.
        new: Arc<HashSet<DocumentKey>>,
    },
    /// A request failed.
    Failed {
        /// The request.
        request: Box<Request>,
        /// The reason.
        message: Message,
    },
    /// Work without a request failed, such as indexing.
    WorkFailed(Message),
    /// Something worth a line at the foot of the screen.
    Notice(Message),
}

impl Reply {
    /// The message that what a person made was not stored, if this is the failure of such a request.
    pub fn unkept(&self) -> Option<Message> {
        let Self::Failed { request, message } = self else { return None };
        match **request {
            Request::KeepMark { name, .. } => {
                Some(Message::new("mark-unkept").with("mark", name.to_string()).with("reason", message.clone()))
            }
            Request::KeepPlace { .. } => Some(Message::new("place-unkept").with("reason", message.clone())),
            _ => None,
        }
    }
}
