//! Moving in the open document: lines, pages and sections, jumps back and forward, marks. Moving in the list, in the sidebar
//! and in overlays is done there.

use super::jump_list::JumpPlace;
use super::pane::{ReaderPane, mark_lost, nothing_open};
use super::state::ReaderState;
use crate::app::action::{Actions, PaneRequest};
use crate::app::list::document_list::DocumentList;
use crate::app::reader::arrival::Arrival;
use crate::document::{DocumentKey, Locator};
use crate::locale::Message;
use crate::request::{Pane, Request};
use crate::text::TextSize;

impl ReaderPane {
    /// Scrolls by lines, pages or half pages, as `scroll` does. While a note is shown it scrolls the note by lines, and in
    /// select mode it moves the end of the selection by lines.
    pub(crate) fn move_by(&mut self, by: i32, scroll: impl Fn(&mut ReaderState, i32) -> bool) {
        let Some(reader) = &mut self.open else { return };
        if let Some(popup) = &mut reader.link_focus.popup {
            return popup.scroll(by);
        }
        if let Some(selection) = reader.selection {
            let head = reader.offset_rows_away(selection.head, by);
            return reader.select_to(head);
        }
        scroll(reader, by);
    }

    /// Goes to the beginning or the end, or to a percentage of the text. In select mode the selection is extended.
    pub(crate) fn go_to_edge(&mut self, percent: Option<u32>, bottom: bool) {
        if self.open.as_ref().is_some_and(|reader| reader.selection.is_none()) {
            self.leave_place();
        }
        let Some(reader) = &mut self.open else { return };
        if reader.selection.is_some() {
            let end = if bottom { reader.opened.document.len() } else { TextSize::new(0) };
            return reader.select_to(end);
        }
        match (percent, bottom) {
            (Some(percent), _) => reader.go_percent(percent),
            (None, true) => reader.go_bottom(),
            (None, false) => reader.go_top(),
        }
    }

    /// Goes `by` sections forwards, or backwards if negative.
    pub(crate) fn go_sections(&mut self, by: i32) -> Actions {
        let Some(reader) = &mut self.open else { return nothing_open() };
        let here = reader.section_origin();
        let sections = reader.outline();
        let start = |at: usize| sections.get(at).map(|section| section.range.start());
        let target = if by > 0 {
            let next = sections.partition_point(|section| section.range.start() <= here);
            start(next + by.unsigned_abs() as usize - 1)
                .or(start(sections.len().saturating_sub(1)).filter(|last| *last > here))
        } else {
            let before = sections.partition_point(|section| section.range.start() < here);
            before.checked_sub(by.unsigned_abs() as usize).and_then(start).or(start(0))
        };
        match target {
            Some(start) if by > 0 || start < here => {
                reader.jump_to(start);
                Actions::none()
            }
            _ if sections.is_empty() => Actions::notice_of("no-outline"),
            _ => Actions::notice_of(if by > 0 { "section-last" } else { "section-first" }),
        }
    }

    /// Goes to a section by its index and gives the reader the focus.
    pub(crate) fn go_to_section(&mut self, section: usize) -> Actions {
        self.leave_place();
        if let Some(reader) = &mut self.open
            && let Some(start) = reader.outline().get(section).map(|section| section.range.start())
        {
            reader.current = None;
            reader.jump_to(start);
        }
        PaneRequest::Focus(Pane::Reader).into()
    }

    /// Goes to a match by its index and gives the reader the focus.
    pub(crate) fn go_to_match(&mut self, number: usize) -> Actions {
        self.leave_place();
        if let Some(reader) = &mut self.open {
            reader.go_to_match(number);
        }
        PaneRequest::Focus(Pane::Reader).into()
    }

    /// Goes back in the jump list.
    pub(crate) fn go_back(&mut self, list: &mut DocumentList) -> Actions {
        let place = self.here().and_then(|here| self.jumps.back(here));
        self.go_to_jump(place, "back-none", list)
    }

    /// Goes forward in the jump list.
    pub(crate) fn go_forward(&mut self, list: &mut DocumentList) -> Actions {
        let place = self.here().and_then(|here| self.jumps.forward(here));
        self.go_to_jump(place, "forward-none", list)
    }

    fn go_to_jump(&mut self, place: Option<JumpPlace>, none: &str, list: &mut DocumentList) -> Actions {
        match place {
            Some(place) => self.go_to_place(place, list),
            None => Actions::notice_of(none),
        }
    }

    /// Stores a mark at the present place.
    pub(crate) fn set_mark(&self, name: char) -> Actions {
        let Some(reader) = &self.open else { return nothing_open() };
        if !name.is_alphabetic() {
            return Actions::notice_of("mark-wrong");
        }
        let (document, place) = reader.clean_place();
        let locator = Locator::new(document, place);
        Request::KeepMark { name, key: reader.opened.key, locator }.into()
    }

    /// Goes to a mark once the dossier has found it; `'` goes to the place before the last jump.
    pub(crate) fn visit_mark(&mut self, name: char, list: &mut DocumentList) -> Actions {
        if name == '\'' {
            let before = self.jumps.last();
            self.leave_place();
            return self.go_to_jump(before, "back-none", list);
        }
        self.jumps.visiting = Some(name);
        Request::FindMark(name).into()
    }

    /// Reports why a mark was not found, unless something else was requested since.
    pub(crate) fn mark_not_found(&mut self, name: char, message: Message) -> Actions {
        match self.jumps.visiting.take_if(|visiting| *visiting == name) {
            Some(_) => Actions::alert(message),
            None => Actions::none(),
        }
    }

    /// Goes to a mark that was found, unless something else was requested since.
    pub(crate) fn mark_found(
        &mut self,
        name: char,
        (key, locator): (DocumentKey, Locator),
        list: &mut DocumentList,
    ) -> Actions {
        if self.jumps.visiting.take_if(|visiting| *visiting == name).is_none() {
            return Actions::none();
        }
        let open = self.open.as_ref().filter(|reader| reader.opened.key == key && reader.original_of.is_none());
        let arrived = match open.map(|reader| locator.find(&reader.opened.document)) {
            Some(Some(offset)) => {
                self.leave_place();
                self.go_to_place((key, offset), list)
            }
            Some(None) => return mark_lost(name),
            None => {
                self.leave_place();
                list.select_key(key);
                Actions::load(key, Arrival::Mark(name, locator))
            }
        };
        arrived.and(PaneRequest::Focus(Pane::Reader))
    }
}
