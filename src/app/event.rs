//! What can happen: keys and the mouse, the window, time, and answers to effects. Time, sizes and other people's work
//! come in as events and in no other way.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::list::Fold;
use super::not_read::NotRead;
use super::overlay::saved_searches::SearchRow;
use super::panes::Size;
use super::session::{Interruption, Session};
use crate::command::KeyChord;
use crate::document::{Document, DocumentKey, Locator, Section, Summary};
use crate::locale::Message;
use crate::search::{Complaint, Facets, Generation, Query, RelaxedHits, Snippet};
use crate::text::{TextRange, TextSize};

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseAction {
    /// The first button went down.
    Click,
    /// The wheel turned up.
    WheelUp,
    /// The wheel turned down.
    WheelDown,
}

/// A document as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub summary: Summary,
    /// How many matches it has for the search the row was made for; `None` without a search.
    pub matches: Option<usize>,
    /// Its best passage for that search.
    pub best: Option<Snippet>,
}

/// A document ready to be read, with what is derived from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// Its number in the library.
    pub key: DocumentKey,
    /// Its id and path, as the list shows them.
    pub summary: Summary,
    /// The document.
    pub document: Arc<Document>,
    /// Its outline.
    pub outline: Arc<[Section]>,
    /// The documents that refer to it.
    pub cited_by: Vec<Summary>,
    /// Where it was left in an earlier run, as far as the words there are found again.
    pub left_at: Option<TextSize>,
}

/// Why a document cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unopened {
    /// It is not in the library any more.
    Gone,
    /// Anything else, in words.
    Failed(Message),
}

/// What the library holds within the paths that were opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LibraryStatus {
    /// Documents that can be read.
    pub documents: usize,
    /// Files that gave no document.
    pub not_read: NotRead,
    /// When the files were last looked through to the end, as a local date and time.
    pub updated: Option<String>,
    /// Files being looked at: done of found; `None` when nothing is being indexed.
    pub progress: Option<(usize, usize)>,
    /// Whether files are still to be read, here or by another process, so that what is found is a part.
    pub incomplete: bool,
    /// Whether it is the library that is compiled in.
    pub built_in: bool,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A key was pressed.
    Key(KeyChord),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something over a cell.
    Mouse(MouseAction, u16, u16),
    /// The window has this size now.
    Resized(Size),
    /// This much time has passed since the start.
    Clock(Duration),
    /// The library holds something new, or is being brought up to date.
    LibraryChanged(LibraryStatus),
    /// Another process has written: every order and every count is to be asked again.
    LibraryRenewed(LibraryStatus),
    /// The order of the list without a search.
    Listed {
        /// The question.
        generation: Generation,
        /// Every document, in order.
        order: Arc<[DocumentKey]>,
        /// The first rows.
        rows: Vec<Row>,
    },
    /// Rows that were asked for.
    RowsFetched {
        /// The question whose matches they count.
        generation: Generation,
        /// The rows.
        rows: Vec<Row>,
    },
    /// What a search found.
    HitsFound {
        /// The question.
        generation: Generation,
        /// What was understood.
        query: Arc<Query>,
        /// What was not.
        complaints: Vec<Complaint>,
        /// Where nothing was found, what would be found with less.
        relaxed_hits: Vec<RelaxedHits>,
        /// The documents, in order; duplicates behind the first of them.
        order: Arc<[DocumentKey]>,
        /// Where duplicates stand.
        folds: Vec<Fold>,
        /// The first rows.
        rows: Vec<Row>,
    },
    /// What the documents of the list are.
    FacetsCounted {
        /// The question that the list answers.
        generation: Generation,
        /// How many are what.
        facets: Arc<Facets>,
    },
    /// Values of a field that were asked for.
    Completed {
        /// The question.
        generation: Generation,
        /// Each with how many documents have it, the most frequent first.
        values: Vec<(String, u32)>,
    },
    /// How many matches all hits have together.
    MatchesCounted {
        /// The question.
        generation: Generation,
        /// The total.
        matches: usize,
    },
    /// A document that was asked for.
    Loaded {
        /// The question.
        generation: Generation,
        /// The document, or why it cannot be shown. Its key is not the one that was asked for where that was gone.
        opened: Result<Opened, Unopened>,
        /// What was to be found in it, and where it is.
        found: Option<(Arc<Query>, Arc<[TextRange]>)>,
    },
    /// The matches of a query in the open document.
    Found {
        /// The question.
        generation: Generation,
        /// The document they lie in.
        key: DocumentKey,
        /// The query, with the other spellings that were looked for.
        query: Arc<Query>,
        /// Sorted, disjoint.
        matches: Arc<[TextRange]>,
    },
    /// The dossier could not be searched, or its list not be told.
    SearchFailed {
        /// The question.
        generation: Generation,
        /// Why.
        message: Message,
    },
    /// The open document could not be searched.
    FindFailed {
        /// The question.
        generation: Generation,
        /// Why.
        message: Message,
    },
    /// The query for documents like one.
    AlikeAsked {
        /// The question.
        generation: Generation,
        /// The query, or why there is none.
        source: Result<String, Message>,
    },
    /// The source of a document, before cleaning.
    OriginalLoaded {
        /// The document.
        key: DocumentKey,
        /// Its source as a document of plain lines, or why there is none.
        original: Result<Arc<Document>, Message>,
    },
    /// A mark is on the disk, or in memory where nothing is kept.
    MarkKept {
        /// Its letter.
        name: char,
        /// Whether it is forgotten when the program ends, because nothing is kept here.
        forgotten: bool,
    },
    /// Something that a person made could not be kept, and why. It is shown until it was seen and repeated on leaving.
    Unkept(Message),
    /// A passage was sent to the terminal's clipboard.
    Copied {
        /// How many characters (Unicode scalar values) it has.
        characters: usize,
    },
    /// Where a mark is.
    MarkFound {
        /// Its letter.
        name: char,
        /// Its document in this dossier and the place in it, or why it leads nowhere.
        found: Result<(DocumentKey, Locator), Message>,
    },
    /// The document of an id that was asked for, or why there is none.
    DocumentFound {
        /// The id.
        id: String,
        /// Its number.
        found: Result<DocumentKey, Message>,
    },
    /// The saved searches there are.
    SearchesListed(Vec<SearchRow>),
    /// How many documents a saved search finds, and how many of them are new.
    SearchCounted {
        /// Its name.
        name: String,
        /// What it finds in this dossier.
        documents: usize,
        /// What of that is new since it was looked at last.
        new: usize,
    },
    /// A search was kept; whether it is forgotten when one leaves; or why it was not kept.
    SearchSaved {
        /// The name it was to have.
        name: String,
        /// Whether it is forgotten in the end, or why it was not kept.
        kept: Result<bool, Message>,
    },
    /// What is new in a saved search that was run.
    NewFound {
        /// Its name.
        name: String,
        /// The documents that are new.
        new: Arc<HashSet<DocumentKey>>,
    },
    /// What was interrupted the last time this dossier was open.
    InterruptionFound(Interruption),
    /// What to go on with.
    SessionFound {
        /// What the person was at, or why it cannot be told.
        session: Result<Box<Session>, Message>,
        /// The title of the document that was open, when that is no longer in the dossier.
        lost: Option<String>,
    },
    /// The files that gave no document, or not all, and why: those that could not be read first.
    ProblemsListed(NotRead),
    /// Where the file is that was to be edited, and at which line, from 1; or why there is none.
    FileLocated(Result<(PathBuf, u32), Message>),
    /// Something worth a line at the foot of the screen.
    Said(Message),
    /// Something went wrong, in words.
    Failed(Message),
    /// The screen belongs to us again after a suspension or another program.
    Resumed,
    /// The terminal is gone or a signal ends the program: nothing more will be drawn.
    Cut,
}
