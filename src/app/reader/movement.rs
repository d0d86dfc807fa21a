//! Moving in the open document: lines, pages and sections, jumps back and forward, marks. Moving in the list, in the sidebar
//! and in overlays is done there.

use crate::app::{App, Arrival, Effect, Effects, Notice, Pane};
use crate::document::{DocumentKey, Locator};
use crate::locale::Message;
use crate::request::Request;
use crate::text::TextSize;

impl App {
    pub(crate) fn move_lines(&mut self, by: i32) {
        if self.move_in_overlay(by as isize) {
            return;
        }
        if self.search.prompt.is_some() {
            return self.move_in_hits(by);
        }
        self.move_lines_in(self.panes.focus, by);
    }

    pub(crate) fn move_lines_in(&mut self, pane: Pane, by: i32) {
        match pane {
            Pane::List => self.move_in_list(by as isize),
            Pane::Sidebar => self.move_in_sidebar(by as isize),
            Pane::Reader => self.move_in_reader(by, crate::app::ReaderState::scroll),
        }
    }

    pub(crate) fn move_pages(&mut self, by: i32) {
        self.move_by_height(by, 1);
    }

    pub(crate) fn move_half_pages(&mut self, by: i32) {
        self.move_by_height(by, 2);
    }

    fn move_by_height(&mut self, by: i32, part: u16) {
        let regions = self.regions();
        if self.overlay.is_none() && self.search.prompt.is_none() && self.panes.focus == Pane::Reader {
            return match part {
                1 => self.move_in_reader(by, crate::app::ReaderState::scroll_pages),
                _ => self.move_in_reader(by, crate::app::ReaderState::scroll_half_pages),
            };
        }
        let rows = match (regions.list, self.panes.focus) {
            (Some(list), Pane::List) => self.list_rows(list) as u16,
            _ => regions.reader.or(regions.sidebar).map_or(1, |region| region.height),
        };
        let step = i32::from((rows.saturating_sub(1) / part).max(1));
        self.move_lines(by.saturating_mul(step));
    }

    pub(crate) fn move_in_list(&mut self, by: isize) {
        if self.list.move_by(by) {
            self.selection_moved();
        }
    }

    /// Scrolls the reader; while text is selected, the selection's end moves instead.
    fn move_in_reader(&mut self, by: i32, scroll: impl Fn(&mut crate::app::ReaderState, i32) -> bool) {
        let Some(reading) = &mut self.reader.open else { return };
        if let Some(popup) = &mut reading.link_focus.popup {
            return popup.scroll(by);
        }
        if let Some(selection) = reading.selection {
            let head = reading.offset_rows_away(selection.head, by);
            return reading.select_to(head);
        }
        scroll(reading, by);
    }

    pub(crate) fn go_top(&mut self, count: Option<u32>) {
        self.go_edge(count, false);
    }

    pub(crate) fn go_bottom(&mut self, count: Option<u32>) {
        self.go_edge(count, true);
    }

    fn go_edge(&mut self, count: Option<u32>, bottom: bool) {
        let far = if bottom { i32::MAX } else { -i32::MAX };
        if self.overlay.is_some() || self.panes.focus != Pane::Reader {
            return self.move_lines(far);
        }
        if self.reader.open.as_ref().is_some_and(|reading| reading.selection.is_none()) {
            self.leave_place();
        }
        let Some(reading) = &mut self.reader.open else { return };
        if reading.selection.is_some() {
            let end = if bottom { reading.opened.document.len() } else { TextSize::new(0) };
            return reading.select_to(end);
        }
        match (count, bottom) {
            (Some(percent), _) => reading.go_percent(percent),
            (None, true) => reading.go_bottom(),
            (None, false) => reading.go_top(),
        }
    }

    /// Goes `by` sections forwards, or backwards if negative.
    pub(crate) fn go_sections(&mut self, by: i32) {
        let Some(reading) = &mut self.reader.open else { return self.say_nothing_open() };
        let here = reading.footing();
        let sections = reading.outline();
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
            Some(start) if by > 0 || start < here => reading.land(start),
            _ if sections.is_empty() => self.notices.set(Message::new("no-outline")),
            _ => self.notices.set(Message::new(if by > 0 { "section-last" } else { "section-first" })),
        }
    }

    pub(crate) fn go_back(&mut self, effects: &mut Effects) {
        let place = self.here().and_then(|here| self.reader.jumps.back(here));
        self.go_or_say(place, "back-none", effects);
    }

    pub(crate) fn go_forward(&mut self, effects: &mut Effects) {
        let place = self.here().and_then(|here| self.reader.jumps.forward(here));
        self.go_or_say(place, "forward-none", effects);
    }

    fn go_or_say(&mut self, place: Option<super::jump_list::JumpPlace>, none: &str, effects: &mut Effects) {
        match place {
            Some(place) => self.go_to_place(place, effects),
            None => self.notices.set(Message::new(none)),
        }
    }

    pub(crate) fn set_mark(&mut self, name: char, effects: &mut Effects) {
        let Some(reading) = &self.reader.open else { return self.say_nothing_open() };
        if !name.is_alphabetic() {
            return self.notices.set(Message::new("mark-wrong"));
        }
        let (document, place) = reading.clean_place();
        let locator = Locator::new(document, place);
        effects.ask(Request::KeepMark { name, key: reading.opened.key, locator });
    }

    /// A mark is kept: only now it is called set.
    pub(crate) fn mark_kept(&mut self, name: char, forgotten: bool) {
        let id = if forgotten { "mark-set-for-now" } else { "mark-set" };
        self.notices.report(Notice::new(Message::new(id).with("mark", name.to_string())));
    }

    pub(crate) fn visit_mark(&mut self, name: char, effects: &mut Effects) {
        if name == '\'' {
            let last = self.reader.jumps.last();
            self.leave_place();
            return self.go_or_say(last, "back-none", effects);
        }
        self.reader.jumps.visiting = Some(name);
        effects.ask(Request::FindMark(name));
    }

    /// Reports why a mark was not found, unless something else was requested since.
    pub(crate) fn mark_not_found(&mut self, name: char, message: Message) {
        if self.reader.jumps.visiting.take_if(|asked| *asked == name).is_some() {
            self.notices.alert(message);
        }
    }

    pub(crate) fn mark_found(&mut self, name: char, (key, locator): (DocumentKey, Locator), effects: &mut Effects) {
        if self.reader.jumps.visiting.take_if(|asked| *asked == name).is_none() {
            return; // something else was asked for meanwhile
        }
        let open =
            self.reader.open.as_ref().filter(|reading| reading.opened.key == key && reading.original_of.is_none());
        match open.map(|reading| locator.find(&reading.opened.document)) {
            Some(Some(offset)) => {
                self.leave_place();
                self.go_to_place((key, offset), effects);
            }
            Some(None) => return self.say_mark_lost(name),
            None => {
                self.leave_place();
                self.select_in_list(key);
                self.load(key, Arrival::Mark(name, locator), effects);
            }
        }
        self.panes.focus = Pane::Reader;
    }

    pub(crate) fn say_mark_lost(&mut self, name: char) {
        self.notices.alert(Message::new("mark-lost").with("mark", name.to_string()));
    }

    pub(crate) fn edit(&mut self, effects: &mut Effects) {
        let shown = self.reader.open.as_ref().map(|reading| {
            let clean = reading.original_of.as_deref().unwrap_or(reading);
            (clean.opened.key, clean.opened.document.source_map.to_source(clean.place()))
        });
        match shown {
            Some((key, source)) => effects.ask(Request::LocateFile { key, source }),
            None => self.say_nothing_open(),
        }
    }

    pub(crate) fn toggle_mouse(&mut self, effects: &mut Effects) {
        self.settings.mouse = !self.settings.mouse;
        self.notices.set(Message::new(if self.settings.mouse { "mouse-on" } else { "mouse-off" }));
        effects.push(Effect::SetMouse(self.settings.mouse));
    }
}
