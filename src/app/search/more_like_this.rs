//! "More like this": from the selected or open document, or a selected passage, to a search of the dossier for similar
//! ones. The characteristic words are determined by the dossier.

use crate::app::{App, Effects, Pane};
use crate::locale::Message;
use crate::request::Request;
use crate::search::Sort;
use crate::search::{Generation, LastWord};

impl App {
    /// Asks for the query that finds documents like the one at hand: the chosen one in the list, else the open one.
    pub(crate) fn more_like_this(&mut self, effects: &mut Effects) {
        let open = self.reader.open.as_ref().filter(|_| self.panes.focus != Pane::List);
        let passage = open.filter(|reading| reading.original_of.is_none()).and_then(|reading| {
            let selection = reading.selection?;
            Some(selection.range(&reading.opened.document.text))
        });
        let key = open.map(|reading| reading.opened.key).or(self.list.selected_key());
        let Some(key) = key else { return self.say_nothing_open() };
        // A search asked meanwhile is newer than this question, and makes it stale.
        effects.ask(Request::AskAlike { generation: self.list.generation, key, passage });
    }

    /// Searches for what was found telling.
    pub(crate) fn alike_asked(&mut self, generation: Generation, source: String, effects: &mut Effects) {
        if generation != self.list.generation || self.search.prompt.is_some() {
            return;
        }
        if let Some(reading) = &mut self.reader.open {
            reading.selection = None;
        }
        self.leave_place();
        self.panes.focus = Pane::List;
        self.search.sort = Sort::Relevance;
        self.search.remember(&source);
        self.search_dossier(source, LastWord::Whole, effects);
    }

    /// There is no such query: the reason is shown.
    pub(crate) fn alike_failed(&mut self, generation: Generation, message: Message) {
        if generation == self.list.generation && self.search.prompt.is_none() {
            self.notices.set(message);
        }
    }
}
