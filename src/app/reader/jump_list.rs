//! The jump list (back and forward), the last place in each document, and the mark or reference that is being looked
//! up. Places are offsets, valid for this run; the notebook stores places by their words.

use std::collections::HashMap;

use crate::document::DocumentKey;
use crate::text::TextSize;

/// Maximum number of places in the list.
const LONGEST: usize = 200;

/// A place in a document.
pub(crate) type JumpPlace = (DocumentKey, TextSize);

/// The jump list and the places.
#[derive(Clone, Debug, Default)]
pub(crate) struct JumpList {
    past: Vec<JumpPlace>,
    future: Vec<JumpPlace>,
    left_at: HashMap<DocumentKey, TextSize>,
    /// The mark that was requested and not yet found.
    pub visiting: Option<char>,
    /// The id of the document that is looked up for a reference.
    pub following: Option<String>,
}

impl JumpList {
    /// Adds a place that is left by a jump; the places ahead are dropped.
    pub(crate) fn leave(&mut self, place: JumpPlace) {
        self.past.retain(|known| *known != place);
        self.past.push(place);
        if self.past.len() > LONGEST {
            self.past.remove(0);
        }
        self.future.clear();
    }

    /// Goes back to the place before the last jump; `here` becomes the place ahead.
    pub(crate) fn back(&mut self, here: JumpPlace) -> Option<JumpPlace> {
        let place = self.past.pop()?;
        self.future.push(here);
        Some(place)
    }

    /// Goes forward again.
    pub(crate) fn forward(&mut self, here: JumpPlace) -> Option<JumpPlace> {
        let place = self.future.pop()?;
        self.past.push(here);
        Some(place)
    }

    /// The place before the last jump, for `''`.
    pub(crate) fn last(&self) -> Option<JumpPlace> {
        self.past.last().copied()
    }

    /// Records where a document was left.
    pub(crate) fn left(&mut self, (key, offset): JumpPlace) {
        self.left_at.insert(key, offset);
    }

    /// Where a document was left, if it was open before.
    pub(crate) fn left_at(&self, key: DocumentKey) -> Option<TextSize> {
        self.left_at.get(&key).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(offset: u32) -> JumpPlace {
        (DocumentKey(1), TextSize::new(offset))
    }

    #[test]
    fn back_and_forward_are_inverse() {
        let mut jumps = JumpList::default();
        jumps.leave(at(1));
        jumps.leave(at(2));
        assert_eq!(jumps.back(at(3)), Some(at(2)));
        assert_eq!(jumps.back(at(2)), Some(at(1)));
        assert_eq!(jumps.back(at(1)), None);
        assert_eq!(jumps.forward(at(1)), Some(at(2)));
        assert_eq!(jumps.forward(at(2)), Some(at(3)));
        assert_eq!(jumps.forward(at(3)), None);
    }

    #[test]
    fn a_new_jump_forgets_what_was_ahead() {
        let mut jumps = JumpList::default();
        jumps.leave(at(1));
        jumps.back(at(2));
        jumps.leave(at(5));
        assert_eq!(jumps.forward(at(6)), None);
    }
}
