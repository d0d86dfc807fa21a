//! What is being looked for: the search of the dossier, the search of one document, the prompt they are typed in, and the
//! queries typed before. It holds state and answers questions about it; what keys do to it stands in `finding`.

use crate::request::SearchScope;
use std::sync::Arc;
use std::time::Duration;

use super::chips::QueryExplanation;
use super::completion::Completion;
use crate::app::line_editor::LineInput;
use crate::app::overlay::saved_searches::SavedRun;
use crate::app::reader::arrival::Arrival;
use crate::document::DocumentKey;
use crate::locale::Catalogue;
use crate::request::Pane;
use crate::search::Sort;
use crate::search::{Generation, LastWord, Query, RelaxedHits, Spelling};
use crate::text::TextSize;

/// How many queries are remembered.
const HISTORY: usize = 200;

/// What is known of the answer to the newest question of a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outcome {
    /// It has come, or nothing was asked.
    #[default]
    Known,
    /// It is awaited since this time after the start.
    Awaited(Duration),
    /// The work failed: there is no answer.
    Failed,
}

impl Outcome {
    /// Whether the answer is still awaited.
    pub fn is_awaited(self) -> bool {
        matches!(self, Self::Awaited(_))
    }
}

/// A search of the dossier.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DossierSearch {
    /// What was typed.
    pub source: String,
    /// What was understood, once the first answer is there.
    pub query: Option<Arc<Query>>,
    /// Where nothing was found, what would be found with less.
    pub relaxed_hits: Vec<RelaxedHits>,
    /// Matches in all documents together, once they are counted.
    pub matches: Option<usize>,
    /// Whether the answer to the newest question is there.
    pub outcome: Outcome,
}

/// A search of the open document.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentSearch {
    /// What was typed.
    pub source: String,
    /// What was understood.
    pub query: Arc<Query>,
    /// Whether its last word is taken for the beginning of one.
    pub last_word: LastWord,
    /// What was typed, where a star was set behind it because it is nowhere a whole word.
    pub typed: Option<String>,
}

/// Where one was when a prompt was opened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PromptOrigin {
    /// The pane that had the focus.
    pub focus: Pane,
    /// The document chosen in the list.
    pub selected: Option<DocumentKey>,
    /// The document open and the place in it.
    pub reading: Option<(DocumentKey, TextSize)>,
    /// The match one was on.
    pub current: Option<usize>,
    /// The dossier search there was.
    pub dossier: Option<DossierSearch>,
    /// The document search there was.
    pub document: Option<DocumentSearch>,
    /// The saved search there was.
    pub saved: Option<SavedRun>,
    /// Which other spellings of names were left out.
    pub spelling: Spelling,
}

/// The line a query is typed in.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchPrompt {
    /// What will be searched.
    pub scope: SearchScope,
    /// The line.
    pub input: LineInput,
    /// Where one was.
    pub origin: PromptOrigin,
    /// Which earlier query is shown, counted from the newest.
    recalled: Option<usize>,
    /// What was typed before earlier queries were looked at.
    draft: String,
}

impl SearchPrompt {
    /// An empty prompt.
    pub fn new(scope: SearchScope, origin: PromptOrigin) -> Self {
        Self { scope, input: LineInput::default(), origin, recalled: None, draft: String::new() }
    }
}

/// How the query of a prompt that was accepted is being settled: its last word is taken as a whole word unless that
/// would lose what was on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepting {
    /// The document to open, when one was chosen; else the first that is found.
    pub chosen: Option<DocumentKey>,
    /// How often it was asked already.
    pub attempt: Attempt,
}

/// Why the same is asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refresh {
    /// The library changed.
    Library,
    /// A person wants other spellings or another order, or goes back.
    Person,
}

/// Which way of asking an accepted query an answer is awaited to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// As it was typed.
    Typed,
    /// With its last word as the beginning of one, said by a star; this was typed.
    Beginning(String),
    /// As it was typed again, because a beginning finds nothing either.
    Last,
}

/// Everything about searching.
#[derive(Clone, Debug, Default)]
pub struct SearchState {
    /// The prompt, while it is open.
    pub prompt: Option<SearchPrompt>,
    /// The search of the dossier.
    pub dossier: Option<DossierSearch>,
    /// The search of the open document; it is newer than the dossier's.
    pub document: Option<DocumentSearch>,
    /// A query that was accepted and whose answer is awaited.
    pub accepting: Option<Accepting>,
    /// What hits are sorted by.
    pub sort: Sort,
    /// Which other spellings of names are left out.
    pub spelling: Spelling,
    /// The newest question about matches in the open document.
    pub find_generation: Generation,
    /// Whether its answer is there.
    pub finding: Outcome,
    /// How many matches on (or back, below zero) to go once the answers that are awaited are there.
    pub steps: i32,
    /// Where to go when the matches in the open document are there.
    pub arrival: Option<Arrival>,
    /// The question that only asks the same again, and why.
    pub refreshing: Option<(Generation, Refresh)>,
    /// What could stand before the cursor.
    pub completion: Option<Completion>,
    /// The newest question about it.
    pub completion_generation: Generation,
    /// What the newest query says.
    pub understanding: QueryExplanation,
    /// Whether it is to be said when the open document has no match.
    pub announce: bool,
    history: Vec<String>,
}

impl SearchState {
    /// No search; hits will be sorted by relevance.
    pub(crate) fn new() -> Self {
        Self { sort: Sort::Relevance, ..Self::default() }
    }

    /// What would be found with less, where the dossier has nothing: a sentence for each.
    pub fn advice(&self, catalogue: &Catalogue) -> Vec<String> {
        let relaxed_hits = self.dossier.iter().flat_map(|dossier| &dossier.relaxed_hits);
        relaxed_hits
            .map(|one| catalogue.say(&catalogue.zero_advice(one.relaxation.code(), &one.text, one.documents)))
            .collect()
    }

    /// The other spellings of names that the newest search looks for, with how many documents have each.
    pub fn variants(&self) -> impl Iterator<Item = (&str, u32)> {
        let query = self.query().map(Arc::as_ref);
        query.into_iter().flat_map(Query::variants).map(|variant| (variant.form.as_str(), variant.documents))
    }

    /// The query whose matches are shown and visited: the newest search's.
    pub fn query(&self) -> Option<&Arc<Query>> {
        match &self.document {
            Some(document) => Some(&document.query),
            None => self.dossier.as_ref().and_then(|dossier| dossier.query.as_ref()),
        }
    }

    /// What the newest search looks through; `None` without a search.
    pub fn scope(&self) -> Option<SearchScope> {
        match (&self.document, &self.dossier) {
            (Some(_), _) => Some(SearchScope::Document),
            (None, Some(_)) => Some(SearchScope::Dossier),
            (None, None) => None,
        }
    }

    /// What was typed for the newest search.
    pub fn source(&self) -> Option<&str> {
        match (&self.document, &self.dossier) {
            (Some(document), _) => Some(&document.source),
            (None, Some(dossier)) => Some(&dossier.source),
            (None, None) => None,
        }
    }

    /// Remembers a query that was accepted, the newest last, each once.
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

    /// Shows an older query in the prompt, or a newer one. Whether the line changed.
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
