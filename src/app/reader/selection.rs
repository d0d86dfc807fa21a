//! Selecting text and copying it. The selection is two offsets; rows and columns are used only to move it by lines.

use super::pane::{ReaderPane, nothing_open};
use super::state::{ReaderState, TextSelection};
use crate::app::action::{Actions, PaneRequest};
use crate::app::effect::Effect;
use crate::document::Document;
use crate::request::Pane;
use crate::search::analysis::words;
use crate::text::grapheme::{next_cluster, previous_cluster};
use crate::text::offset::offset;
use crate::text::{TextRange, TextSize};

impl ReaderState {
    /// Moves the end of the selection and keeps it in view.
    pub(crate) fn select_to(&mut self, head: TextSize) {
        if let Some(selection) = &mut self.selection {
            selection.head = head.min(last_cluster(&self.opened.document.text));
            let head = selection.head;
            self.reveal(head);
        }
    }

    fn begin_selection(&mut self) {
        let at = self.present_offset();
        self.selection = Some(TextSelection { anchor: at, head: at });
    }
}

fn last_cluster(text: &str) -> TextSize {
    offset(previous_cluster(text, text.len()))
}

impl ReaderPane {
    /// `v`: begins a selection at the current match or line, or ends it.
    pub(crate) fn toggle_selection(&mut self) -> Actions {
        let Some(reader) = &mut self.open else { return nothing_open() };
        match reader.selection {
            Some(_) => reader.selection = None,
            None => reader.begin_selection(),
        }
        PaneRequest::Focus(Pane::Reader).into()
    }

    /// Ends the selection. Returns whether there was one.
    pub(crate) fn end_selection(&mut self) -> bool {
        self.open.as_mut().is_some_and(|reader| reader.selection.take().is_some())
    }

    /// Moves the end of the selection by grapheme clusters.
    pub(crate) fn move_selection_clusters(&mut self, by: i32) -> Actions {
        self.move_selection(
            by,
            |text, at, forward| {
                if forward { next_cluster(text, at) } else { previous_cluster(text, at) }
            },
        )
    }

    /// Moves the end of the selection by words.
    pub(crate) fn move_selection_words(&mut self, by: i32) -> Actions {
        self.move_selection(by, |text, at, forward| if forward { next_word(text, at) } else { previous_word(text, at) })
    }

    fn move_selection(&mut self, by: i32, step: impl Fn(&str, usize, bool) -> usize) -> Actions {
        let Some(reader) = &mut self.open else { return Actions::none() };
        let Some(selection) = reader.selection else { return Actions::none() };
        let mut head = usize::from(selection.head);
        for _ in 0..by.unsigned_abs() {
            head = step(&reader.opened.document.text, head, by > 0);
        }
        reader.select_to(offset(head));
        Actions::none()
    }

    /// `y`: copies the selection, or the paragraph at the current match or line.
    pub(crate) fn copy(&mut self) -> Actions {
        let Some(reader) = &mut self.open else { return nothing_open() };
        let document = &reader.opened.document;
        let range = match reader.selection {
            Some(selection) => Some(selection.range(&document.text)),
            None => leaf_at(document, reader.present_offset()),
        };
        let words = range.map(|range| document.slice(range).trim().to_owned()).unwrap_or_default();
        reader.selection = None;
        if words.is_empty() {
            return Actions::notice_of("nothing-to-copy");
        }
        Effect::Copy(words).into()
    }
}

/// The range of the leaf block that contains an offset.
fn leaf_at(document: &Document, offset: TextSize) -> Option<TextRange> {
    let mut leaves = document.leaves().map(|block| block.range);
    leaves.find(|range| range.start() <= offset && offset <= range.end() && !range.is_empty())
}

/// Number of bytes around an offset that are searched for words; a longer word is passed in parts.
const NEAR: usize = 2000;

fn next_word(text: &str, at: usize) -> usize {
    let end = text.ceil_char_boundary((at + NEAR).min(text.len()));
    let start = |range: TextRange| usize::from(range.start());
    words(&text[at..end]).map(|word| start(word.range)).find(|start| *start > 0).map_or(end, |start| at + start)
}

fn previous_word(text: &str, at: usize) -> usize {
    let from = text.floor_char_boundary(at.saturating_sub(NEAR));
    let before = words(&text[from..at]).last();
    before.map_or(from, |word| from + usize::from(word.range.start()))
}
