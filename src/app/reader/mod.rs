//! The reader: the open document with its page, the links and notes in it, the jump list, and the document that is being
//! loaded.

pub(super) mod arrival;
pub(super) mod follow;
pub(super) mod jump_list;
pub(super) mod links;
pub(super) mod movement;
pub(super) mod pane;
pub(super) mod selection;
pub(super) mod state;
