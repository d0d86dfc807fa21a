//! Selecting text and copying it. The selection is two offsets; rows and columns are used only to move it by lines.

use crate::app::{App, Effect, Effects, Pane, ReaderState, TextSelection, leaf_at};
use crate::locale::Message;
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
        let at = self.attention();
        self.selection = Some(TextSelection { anchor: at, head: at });
    }
}

fn last_cluster(text: &str) -> TextSize {
    offset(previous_cluster(text, text.len()))
}

impl App {
    /// `v`: begins a selection at the current match or line, or ends it.
    pub(crate) fn toggle_selection(&mut self) {
        let Some(reading) = &mut self.reader.open else { return self.say_nothing_open() };
        match reading.selection {
            Some(_) => reading.selection = None,
            None => reading.begin_selection(),
        }
        self.panes.focus = Pane::Reader;
    }

    pub(crate) fn move_selection_clusters(&mut self, by: i32) {
        self.move_selection(
            by,
            |text, at, forward| {
                if forward { next_cluster(text, at) } else { previous_cluster(text, at) }
            },
        );
    }

    pub(crate) fn move_selection_words(&mut self, by: i32) {
        self.move_selection(
            by,
            |text, at, forward| {
                if forward { next_word(text, at) } else { previous_word(text, at) }
            },
        );
    }

    fn move_selection(&mut self, by: i32, step: impl Fn(&str, usize, bool) -> usize) {
        let Some(reading) = &mut self.reader.open else { return };
        let Some(selection) = reading.selection else { return };
        let mut head = usize::from(selection.head);
        for _ in 0..by.unsigned_abs() {
            head = step(&reading.opened.document.text, head, by > 0);
        }
        reading.select_to(offset(head));
    }

    /// `y`: copies the selection, or the paragraph at the current match or line.
    pub(crate) fn copy(&mut self, effects: &mut Effects) {
        let Some(reading) = &mut self.reader.open else { return self.say_nothing_open() };
        let document = &reading.opened.document;
        let range = match reading.selection {
            Some(selection) => Some(selection.range(&document.text)),
            None => leaf_at(document, reading.attention()),
        };
        let words = range.map(|range| document.slice(range).trim().to_owned()).unwrap_or_default();
        reading.selection = None;
        if words.is_empty() {
            return self.notices.set(Message::new("nothing-to-copy"));
        }
        effects.push(Effect::Copy(words));
    }

    /// A passage was sent to the clipboard: only now it is called copied.
    pub(crate) fn copied(&mut self, characters: usize) {
        self.notices.set(Message::new("copied").with("characters", characters));
    }
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
