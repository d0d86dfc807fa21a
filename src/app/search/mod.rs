//! The searches of the dossier and of the open document, the prompt they are typed in, and the walk from match to match.

pub(super) mod chips;
pub(super) mod completion;
pub(super) mod more_like_this;
pub(super) mod run;
pub(super) mod state;
