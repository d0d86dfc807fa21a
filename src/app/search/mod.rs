//! The searches of the dossier and of the open document, the prompt they are typed in, and the walk from match to match.

pub(super) mod candidates;
pub(super) mod chips;
pub(super) mod completion;
pub(super) mod document_search;
pub(super) mod dossier_search;
pub(super) mod explanation;
pub(super) mod match_walk;
pub(super) mod more_like_this;
pub(super) mod prompt;
pub(super) mod saved;
pub(super) mod saved_run;
pub(super) mod state;
