//! What `update` wants done outside: values, carried out by the runtime, whose outcomes come back as events.

use std::path::PathBuf;
use std::sync::Arc;

use super::overlay::saved_searches::Keeping;
use super::session::Session;
use crate::document::{Document, DocumentKey, Locator};
use crate::search::Sort;
use crate::search::{Field, Generation, LastWord, Query, Spelling};
use crate::text::{TextRange, TextSize};

/// One thing to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Tell the order of the whole list. Answer: `Listed`.
    List {
        /// The question.
        generation: Generation,
        /// The order wanted.
        sort: Sort,
    },
    /// Search the dossier. Answer: `HitsFound`, then, when it has words, `MatchesCounted`.
    Search {
        /// The question; it makes earlier ones stale.
        generation: Generation,
        /// What was typed.
        source: String,
        /// Whether the last word may still grow.
        last_word: LastWord,
        /// The order wanted.
        sort: Sort,
        /// Which other spellings of names are left out.
        spelling: Spelling,
    },
    /// Tell values of a field that begin so, the most frequent first. Answer: `Completed`.
    Complete {
        /// The question.
        generation: Generation,
        /// The field.
        field: Field,
        /// What there is of the value.
        typed: String,
    },
    /// Look whether another process has written. Answer: `LibraryRenewed` when one has.
    CatchUp,
    /// Stop searching.
    CancelSearch {
        /// Makes earlier questions stale.
        generation: Generation,
    },
    /// Count what the documents of a list are. Answer: `FacetsCounted`.
    CountFacets {
        /// The question that the list answers.
        generation: Generation,
        /// The list.
        keys: Arc<[DocumentKey]>,
    },
    /// Fetch rows of the list. Answer: `RowsFetched`.
    FetchRows {
        /// The question they belong to.
        generation: Generation,
        /// Which.
        keys: Vec<DocumentKey>,
        /// Whose matches to count.
        query: Option<Arc<Query>>,
    },
    /// Fetch a document to read. Answer: `Loaded`.
    Load {
        /// The question; only the newest is answered.
        generation: Generation,
        /// Which.
        key: DocumentKey,
        /// Its id, as its row has it: a document whose key is gone is looked up by it.
        id: Option<String>,
        /// What to find in it at once.
        query: Option<Arc<Query>>,
    },
    /// Find the matches of a query in a document. Answer: `Found`.
    Find {
        /// The question; only the newest is answered.
        generation: Generation,
        /// The document's number.
        key: DocumentKey,
        /// Where.
        document: Arc<Document>,
        /// What.
        query: Arc<Query>,
        /// For a search of this document alone: which other spellings of names are left out. A query of the dossier has
        /// its spellings already.
        spelling: Option<Spelling>,
    },
    /// Tell the words of a document that tell most about it, as a query. Answer: `AlikeAsked`.
    AskAlike {
        /// The question; only the newest is answered.
        generation: Generation,
        /// Which document.
        key: DocumentKey,
        /// The passage, when it is not the whole text.
        passage: Option<TextRange>,
    },
    /// Fetch a document's source. Answer: `OriginalLoaded`.
    LoadOriginal(DocumentKey),
    /// Keep a search. Answer: `SearchSaved`.
    SaveSearch(Keeping),
    /// Tell the saved searches. Answer: `SearchesListed`, then a `SearchCounted` for each of this dossier.
    ListSearches,
    /// A saved search is on the screen. Answer: `NewFound`.
    LookAtSearch {
        /// Its name.
        name: String,
        /// What it found.
        found: Arc<[DocumentKey]>,
    },
    /// Give a saved search another name. Answer: `SearchesListed`.
    RenameSearch {
        /// Its name.
        name: String,
        /// The new one.
        new: String,
    },
    /// Forget a saved search. Answer: `SearchesListed`.
    ForgetSearch(String),
    /// Tell which files gave no document. Answer: `ProblemsListed`.
    ListProblems,
    /// Keep a mark. Answer: `MarkKept`, or `Unkept` when that fails.
    KeepMark {
        /// Its letter.
        name: char,
        /// The document it stands in.
        key: DocumentKey,
        /// The place in it.
        locator: Locator,
    },
    /// Tell where a mark is. Answer: `MarkFound`.
    FindMark(char),
    /// Tell the number of the document of an id. Answer: `DocumentFound`.
    FindDocument(String),
    /// Keep the place where a document was left. Answer: `Unkept` when that fails, else none.
    KeepPlace {
        /// The document.
        key: DocumentKey,
        /// The place in it.
        locator: Locator,
    },
    /// Keep what a person is at, before the program ends; said to nobody.
    KeepSession(Box<Session>),
    /// Tell what was interrupted in this dossier. Answer: `InterruptionFound` when something was.
    FindInterruption,
    /// Tell what to go on with, by the number of the interruption. Answer: `SessionFound`.
    FindSession(i64),
    /// Forget an interruption, by its number.
    ForgetInterruption(i64),
    /// Put text on the clipboard. Answer: `Copied` once it was sent to the terminal, else `Failed`.
    Copy(String),
    /// Open an address in a browser.
    Browse(String),
    /// Find out where in its file a place of a document is. Answer: `FileLocated`.
    LocateFile {
        /// Which.
        key: DocumentKey,
        /// Where in its source.
        source: TextSize,
    },
    /// Open a file in an editor.
    Edit {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u32,
    },
    /// Switch mouse capture.
    SetMouse(bool),
    /// Draw the whole screen again.
    Redraw,
    /// Give the terminal back and stop until someone continues the program.
    Suspend,
    /// Leave.
    Leave,
}

/// What an update wants done, in order.
#[must_use = "effects are carried out by the runtime"]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effects(pub Vec<Effect>);

impl Effects {
    /// Adds one thing to be done.
    pub fn push(&mut self, effect: Effect) {
        self.0.push(effect);
    }
}
