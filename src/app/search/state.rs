//! The state of the searches: that of the dossier, that of the open document, the prompt they are typed in, and the
//! queries typed before. What commands and replies change in it is in the files beside this one.

use std::sync::Arc;
use std::time::Duration;

use super::candidates::Completion;
use super::explanation::QueryExplanation;
use super::saved_run::SavedRun;
use crate::app::line_editor::LineInput;
use crate::app::reader::arrival::{Arrival, SOON};
use crate::document::DocumentKey;
use crate::locale::Catalogue;
use crate::request::{Pane, SearchScope};
use crate::search::{Generation, LastWord, Query, RelaxedHits, Sort, Spelling};
use crate::text::TextSize;

/// Maximum number of queries in the history.
const HISTORY: usize = 200;

/// The state of the newest request of a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outcome {
    /// It was answered, or there was none.
    #[default]
    Known,
    /// Its reply is awaited since this time after the start.
    Awaited(Duration),
    /// It failed.
    Failed,
}

impl Outcome {
    /// Whether the reply is still awaited.
    pub fn is_awaited(self) -> bool {
        matches!(self, Self::Awaited(_))
    }

    /// Whether the reply is awaited long enough to show it.
    pub fn waits_long(self, now: Duration) -> bool {
        matches!(self, Self::Awaited(since) if now >= since + SOON)
    }
}

/// A search of the dossier.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DossierSearch {
    /// The query as typed.
    pub source: String,
    /// The parsed query, once the first reply has arrived.
    pub query: Option<Arc<Query>>,
    /// If nothing was found: the number of hits of shorter queries.
    pub relaxed_hits: Vec<RelaxedHits>,
    /// Number of matches in all documents, once they are counted.
    pub matches: Option<usize>,
    /// The state of the newest request.
    pub outcome: Outcome,
}

/// A search of the open document.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentSearch {
    /// The query as typed.
    pub source: String,
    /// The parsed query.
    pub query: Arc<Query>,
    /// Whether the last word is a prefix.
    pub last_word: LastWord,
    /// The query as typed, if a star was appended because its last word does not occur as a whole word.
    pub typed: Option<String>,
}

/// The state when a prompt was opened, which Esc restores.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PromptOrigin {
    /// The pane that had the focus.
    pub focus: Pane,
    /// The document selected in the list.
    pub selected: Option<DocumentKey>,
    /// The open document and the place in it.
    pub reading: Option<(DocumentKey, TextSize)>,
    /// Index of the current match.
    pub current: Option<usize>,
    /// The search of the dossier.
    pub dossier: Option<DossierSearch>,
    /// The search of the open document.
    pub document: Option<DocumentSearch>,
    /// The saved search that the list showed.
    pub saved: Option<SavedRun>,
    /// The spellings of names that were left out.
    pub spelling: Spelling,
}

/// The line in which a query is typed.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchPrompt {
    /// The scope of the search.
    pub scope: SearchScope,
    /// The line that is typed.
    pub input: LineInput,
    /// The state when it was opened.
    pub origin: PromptOrigin,
    /// Index of the earlier query that is shown, counted from the newest.
    recalled: Option<usize>,
    /// The line as typed, while earlier queries are shown.
    draft: String,
}

impl SearchPrompt {
    /// An empty prompt.
    pub fn new(scope: SearchScope, origin: PromptOrigin) -> Self {
        Self { scope, input: LineInput::default(), origin, recalled: None, draft: String::new() }
    }
}

/// An accepted query whose hits are awaited: its last word is searched as a whole word unless that would lose hits that
/// are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepting {
    /// The document to open; the first hit if none was selected.
    pub chosen: Option<DocumentKey>,
    /// The form of the query that was sent.
    pub attempt: Attempt,
}

/// Why a query is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refresh {
    /// The library changed.
    Library,
    /// The person chose other spellings or another order, or went back.
    Person,
}

/// The form in which an accepted query was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// As it was typed.
    Typed,
    /// With a star that makes its last word a prefix; this was typed.
    Prefix(String),
    /// As it was typed again, because the prefix finds nothing either.
    TypedAgain,
}

/// The searches.
#[derive(Clone, Debug, Default)]
pub struct SearchState {
    /// The prompt, while it is open.
    pub prompt: Option<SearchPrompt>,
    /// The search of the dossier.
    pub dossier: Option<DossierSearch>,
    /// The search of the open document; it is newer than that of the dossier.
    pub document: Option<DocumentSearch>,
    /// The saved search that was run, while the list shows it.
    pub saved: Option<SavedRun>,
    /// An accepted query whose hits are awaited.
    pub accepting: Option<Accepting>,
    /// The order of hits.
    pub sort: Sort,
    /// The spellings of names that are left out.
    pub spelling: Spelling,
    /// The newest request for the matches in the open document.
    pub find_generation: Generation,
    /// The state of that request.
    pub finding: Outcome,
    /// Number of matches to go forwards, or backwards if negative, once the awaited replies are there.
    pub steps: i32,
    /// Where to go when the matches in the open document arrive.
    pub arrival: Option<Arrival>,
    /// The newest search that only repeats a query, and why.
    pub refreshing: Option<(Generation, Refresh)>,
    /// The completion in progress.
    pub completion: Option<Completion>,
    /// The newest request for its candidates.
    pub completion_generation: Generation,
    /// The explanation of the newest query.
    pub explanation: QueryExplanation,
    /// Whether to report that the open document has no match.
    pub announce: bool,
    history: Vec<String>,
}

impl SearchState {
    /// No search; hits will be sorted by relevance.
    pub(crate) fn new() -> Self {
        Self { sort: Sort::Relevance, ..Self::default() }
    }

    /// Whether the last word of the query of the dossier is a prefix, because it is still being typed.
    pub(crate) fn last_word_grows(&self) -> bool {
        self.prompt.as_ref().is_some_and(|prompt| prompt.scope == SearchScope::Dossier)
    }

    /// Whether a query for the open document is being typed.
    pub(crate) fn prompt_is_of_document(&self) -> bool {
        self.prompt.as_ref().is_some_and(|prompt| prompt.scope == SearchScope::Document)
    }

    /// Whether the text follows the selected row of the list; else the selected row follows the text.
    pub(crate) fn list_leads(&self, focus: Pane) -> bool {
        focus == Pane::List || self.last_word_grows()
    }

    /// Puts a query into the prompt if it searches the dossier. Returns whether it does.
    pub(crate) fn set_dossier_prompt(&mut self, source: &str) -> bool {
        let prompt = self.prompt.as_mut().filter(|prompt| prompt.scope == SearchScope::Dossier);
        prompt.is_some_and(|prompt| {
            prompt.input = LineInput::new(source);
            true
        })
    }

    /// When the wait for a reply becomes long enough to show it.
    pub(crate) fn waits_long_at(&self, now: Duration) -> Option<Duration> {
        let dossier = self.dossier.as_ref().map(|dossier| dossier.outcome);
        let due = |outcome| match outcome {
            Outcome::Awaited(since) => Some(since + SOON).filter(|at| *at > now),
            Outcome::Known | Outcome::Failed => None,
        };
        [dossier, Some(self.finding)].into_iter().flatten().filter_map(due).min()
    }

    /// If nothing was found: a sentence for each shorter query that has hits.
    pub fn advice(&self, catalogue: &Catalogue) -> Vec<String> {
        let relaxed_hits = self.dossier.iter().flat_map(|dossier| &dossier.relaxed_hits);
        relaxed_hits
            .map(|one| catalogue.say(&catalogue.zero_advice(one.relaxation.code(), &one.text, one.documents)))
            .collect()
    }

    /// The other spellings of names that the newest query includes, with the number of documents of each.
    pub fn variants(&self) -> impl Iterator<Item = (&str, u32)> {
        let query = self.query().map(Arc::as_ref);
        query.into_iter().flat_map(Query::variants).map(|variant| (variant.form.as_str(), variant.documents))
    }

    /// The query whose matches are shown and visited: that of the newest search.
    pub fn query(&self) -> Option<&Arc<Query>> {
        match &self.document {
            Some(document) => Some(&document.query),
            None => self.dossier.as_ref().and_then(|dossier| dossier.query.as_ref()),
        }
    }

    /// The scope of the newest search; `None` without one.
    pub fn scope(&self) -> Option<SearchScope> {
        match (&self.document, &self.dossier) {
            (Some(_), _) => Some(SearchScope::Document),
            (None, Some(_)) => Some(SearchScope::Dossier),
            (None, None) => None,
        }
    }

    /// The query of the newest search as typed.
    pub fn source(&self) -> Option<&str> {
        match (&self.document, &self.dossier) {
            (Some(document), _) => Some(&document.source),
            (None, Some(dossier)) => Some(&dossier.source),
            (None, None) => None,
        }
    }

    /// Adds an accepted query to the history, newest last, each once.
    pub fn remember(&mut self, source: &str) {
        if source.trim().is_empty() {
            return;
        }
        self.history.retain(|known| known != source);
        self.history.push(source.to_owned());
        if self.history.len() > HISTORY {
            self.history.remove(0);
        }
    }

    /// Shows an older or a newer query of the history in the prompt. Returns whether the line changed.
    pub fn recall(&mut self, older: bool) -> bool {
        let Some(prompt) = &mut self.prompt else { return false };
        let next = match (prompt.recalled, older) {
            (None, true) => Some(0),
            (Some(at), true) => Some((at + 1).min(self.history.len().saturating_sub(1))),
            (Some(at), false) => at.checked_sub(1),
            (None, false) => return false,
        };
        if prompt.recalled.is_none() {
            prompt.input.text().clone_into(&mut prompt.draft);
        }
        let text = match next {
            Some(at) => match self.history.len().checked_sub(at + 1) {
                Some(index) => self.history[index].clone(),
                None => return false,
            },
            None => prompt.draft.clone(),
        };
        prompt.recalled = next;
        prompt.input = LineInput::new(text);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn history_goes_back_and_forward_and_returns_to_what_was_typed() {
        let mut searching = SearchState::default();
        searching.remember("torture");
        searching.remember("détention");
        let mut prompt = SearchPrompt::new(SearchScope::Dossier, PromptOrigin::default());
        prompt.input = LineInput::new("tok");
        searching.prompt = Some(prompt);
        let mut shown = Vec::new();
        for older in [true, true, true, false, false] {
            searching.recall(older);
            shown.push(searching.prompt.as_ref().expect("it is open").input.text().to_owned());
        }
        assert_eq!(shown, ["détention", "torture", "torture", "détention", "tok"]);
    }

    #[test]
    fn without_earlier_queries_nothing_is_recalled() {
        let mut searching = SearchState {
            prompt: Some(SearchPrompt::new(SearchScope::Dossier, PromptOrigin::default())),
            ..SearchState::default()
        };
        assert!(!searching.recall(true));
        assert!(!searching.recall(false));
    }
}
