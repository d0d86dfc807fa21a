//! What runs of words were found to have lately, segment by segment. A segment never changes, so an answer stays right as
//! long as it lives, and while a query is typed only its last word is new: the others are known from the key before. It
//! holds a bounded number of answers, those asked for last, and knows nothing of scores that depend on other segments.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::index::SegmentId;
use tantivy::schema::Field;

use crate::document::PartKinds;
use crate::index::postings::word::DocFrequency;
use crate::search::Term;

/// How many documents all answers may have together: 8 bytes each.
const MOST_DOCUMENTS: usize = 1 << 20;
/// What an answer costs beside its documents, counted in documents.
const OVERHEAD: usize = 64;

/// A query of a segment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Question {
    /// Which segment.
    pub segment: SegmentId,
    /// In which field.
    pub field: Field,
    /// Terms side by side.
    pub terms: Vec<Term>,
    /// In parts of which kinds.
    pub within: PartKinds,
}

/// Answers that are remembered. Clones share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct SegmentQueryCache {
    answers: Arc<Mutex<Answers>>,
}

#[derive(Debug, Default)]
struct Answers {
    kept: HashMap<Question, Answer>,
    /// How many documents they have together, with what each costs beside.
    size: usize,
    /// How often was asked.
    time: u64,
}

#[derive(Debug)]
struct Answer {
    found: Arc<[DocFrequency]>,
    asked: u64,
}

impl SegmentQueryCache {
    /// The answer to a question, when it is remembered.
    pub(crate) fn get(&self, question: &Question) -> Option<Arc<[DocFrequency]>> {
        let mut answers = self.lock();
        answers.time += 1;
        let time = answers.time;
        let answer = answers.kept.get_mut(question)?;
        answer.asked = time;
        Some(Arc::clone(&answer.found))
    }

    /// Remembers an answer, and forgets those not asked for the longest.
    pub(crate) fn keep(&self, question: Question, found: &Arc<[DocFrequency]>) {
        let mut answers = self.lock();
        if found.len() > MOST_DOCUMENTS / 2 {
            return;
        }
        let asked = answers.time;
        answers.size += found.len() + OVERHEAD;
        if let Some(before) = answers.kept.insert(question, Answer { found: Arc::clone(found), asked }) {
            answers.size -= before.found.len() + OVERHEAD;
        }
        if answers.size > MOST_DOCUMENTS {
            answers.forget();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Answers> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Answers {
    /// Makes half the room free, so that this is not done at each key.
    fn forget(&mut self) {
        let mut ages: Vec<(u64, usize)> =
            self.kept.values().map(|answer| (answer.asked, answer.found.len() + OVERHEAD)).collect();
        ages.sort_unstable_by(|a, b| b.cmp(a));
        let mut room = MOST_DOCUMENTS / 2;
        let fits = |(_, size): &&(u64, usize)| {
            let left = room.checked_sub(*size);
            room = left.unwrap_or(0);
            left.is_some()
        };
        let oldest = ages.iter().take_while(fits).last().map_or(u64::MAX, |(asked, _)| *asked);
        self.kept.retain(|_, answer| answer.asked >= oldest);
        self.size = self.kept.values().map(|answer| answer.found.len() + OVERHEAD).sum();
    }
}
