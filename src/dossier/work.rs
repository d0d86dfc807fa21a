//! Background work that answering a request leaves behind, as data; `answer` does it in steps.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::document::DocumentKey;
use crate::search::{Generation, Query};

/// Counting that a request left to be done.
#[derive(Clone, Debug)]
pub(super) enum Work {
    /// The matches of all hits of a search, one document a step.
    Matches { generation: Generation, query: Arc<Query>, order: Arc<[DocumentKey]>, done: usize, matches: usize },
    /// The hits of saved searches, one search a step.
    Searches(VecDeque<String>),
}
