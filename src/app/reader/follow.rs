//! Following links: focusing a link, note mark or reference, opening it, going to the other end (from a mark to its note,
//! from a question to its answer) and back. Every jump is recorded in the jump list. Finding links in a text is done by
//! `links`.

use super::links::{Departure, Link, LinkTarget, NotePopup, first_from, first_mark, last_before, note_at};
use crate::app::{App, Arrival, Effect, Effects, Pane, ReaderState, SidebarLead};
use crate::document::{DocumentKey, InlineKind, PartKind, counterpart, section_around};
use crate::locale::Message;
use crate::request::Request;
use crate::text::{TextRange, TextSize};

impl ReaderState {
    /// The range of the focused link, while it is in view.
    pub fn link_in_focus(&self) -> Option<TextRange> {
        self.link_focus.target.filter(|range| self.page.range.contains_range(*range))
    }

    /// What Enter follows: what is at hand, else the first target from where one is to the end of the page.
    fn target(&self) -> Option<Link> {
        let document = &self.opened.document;
        let from = self.link_in_focus().map_or(self.attention(), TextRange::start);
        first_from(document, from).filter(|target| self.page.range.contains_range(target.range))
    }

    fn take_in_hand(&mut self, range: TextRange) {
        self.reveal(range.start());
        self.link_focus.target = Some(range);
    }

    /// The question or answer one is in, else the first on the page or after it, else the first of all.
    fn half(&self) -> Option<usize> {
        let sections = self.outline();
        let is_half = |at: &usize| matches!(sections[*at].kind, PartKind::Question | PartKind::Answer);
        let here = self.section();
        let around = here.and_then(|at| section_around(sections, at, &[PartKind::Question, PartKind::Answer]));
        let from = self.attention();
        let mut all = (0..sections.len()).filter(is_half);
        let first = all.clone().next();
        here.filter(is_half).or(around).or_else(|| all.find(|at| sections[*at].range.start() >= from)).or(first)
    }
}

impl App {
    /// The next link, note or reference, or the one before, is at hand; where the page ends the text goes on.
    pub(crate) fn go_targets(&mut self, by: i32) {
        let Some(reading) = &mut self.reader.open else { return self.say_nothing_open() };
        for _ in 0..by.unsigned_abs() {
            let document = &reading.opened.document;
            let from = reading.link_in_focus().map(TextRange::start);
            let next = if by > 0 {
                let from = from.map_or(reading.attention(), |from| from + TextSize::new(1));
                first_from(document, from)
            } else {
                last_before(document, from.unwrap_or_else(|| reading.page.range.end()))
            };
            match next {
                Some(target) => reading.take_in_hand(target.range),
                None => {
                    return self.notices.set(Message::new(if by > 0 { "target-none" } else { "target-none-before" }));
                }
            }
            reading.settle();
        }
    }

    /// Enter in the reader: shows a note, opens an address or a document; in the text of a note, goes back to its mark.
    pub(crate) fn follow(&mut self, effects: &mut Effects) {
        let Some(reading) = &self.reader.open else { return self.say_nothing_open() };
        if reading.link_in_focus().is_none() && note_at(&reading.opened.document, reading.attention()).is_some() {
            return self.go_back_to_mark();
        }
        let Some(Link { range, target }) = reading.target() else {
            return self.notices.set(Message::new("follow-none"));
        };
        match target {
            LinkTarget::Note(note) => self.show_note(note, range),
            LinkTarget::NoNote(label) => self.notices.set(Message::new("no-such-note").with("label", label)),
            LinkTarget::Address(address) => self.open_address(address, effects),
            LinkTarget::Document(id) => self.ask_for_document(id, effects),
        }
    }

    fn show_note(&mut self, note: usize, mark: TextRange) {
        let Some(reading) = &mut self.reader.open else { return };
        reading.link_focus.target = Some(mark);
        reading.link_focus.popup = Some(NotePopup { note, mark, top: 0, lines: Vec::new(), row: 0 });
    }

    /// Closes the note that is shown. Returns whether there was one.
    pub(crate) fn close_note(&mut self) -> bool {
        self.reader.open.as_mut().is_some_and(|reading| reading.link_focus.popup.take().is_some())
    }

    /// Asks which document a reference names; it is opened when that is known.
    pub(crate) fn ask_for_document(&mut self, id: String, effects: &mut Effects) {
        self.reader.jumps.following = Some(id.clone());
        effects.ask(Request::FindDocument(id));
    }

    /// Opens the document of a reference, unless something else was requested since.
    pub(crate) fn document_found(&mut self, id: &str, key: DocumentKey, effects: &mut Effects) {
        if self.reader.jumps.following.take_if(|asked| asked == id).is_some() {
            self.open_by_reference(key, effects);
        }
    }

    /// Reports why a reference leads nowhere, unless something else was requested since.
    pub(crate) fn document_not_found(&mut self, id: &str, message: Message) {
        if self.reader.jumps.following.take_if(|asked| asked == id).is_some() {
            self.notices.alert(message);
        }
    }

    fn open_by_reference(&mut self, key: DocumentKey, effects: &mut Effects) {
        self.leave_place();
        self.panes.focus = Pane::Reader;
        match &mut self.reader.open {
            Some(reading) if reading.opened.key == key => reading.go_top(),
            _ => {
                self.select_in_list(key);
                self.load(key, Arrival::Place(TextSize::new(0)), effects);
            }
        }
    }

    /// Enter in the sidebar: to the section, or into the document, of the chosen line.
    pub(crate) fn follow_sidebar(&mut self, effects: &mut Effects) {
        match self.sidebar_lead() {
            Some(SidebarLead::Section(section)) => self.go_to_section(section),
            Some(SidebarLead::Id(id)) => self.ask_for_document(id, effects),
            Some(SidebarLead::Document(key)) => self.open_by_reference(key, effects),
            None => self.notices.set(Message::new("follow-none")),
        }
    }

    /// The other end: of a mark at hand its note, of a note its mark, of a question its answer and the other way round.
    pub(crate) fn go_counterpart(&mut self) {
        let Some(reading) = &mut self.reader.open else { return self.say_nothing_open() };
        if let Some(popup) = reading.link_focus.popup.take() {
            return self.go_to_note(popup.note, popup.mark);
        }
        let document = &reading.opened.document;
        if let Some(mark) = reading.link_in_focus()
            && let Some(Link { target: LinkTarget::Note(note), .. }) = first_from(document, mark.start())
        {
            return self.go_to_note(note, mark);
        }
        if note_at(document, reading.attention()).is_some() {
            return self.go_back_to_mark();
        }
        self.go_to_other_half();
    }

    fn go_to_note(&mut self, note: usize, mark: TextRange) {
        self.leave_place();
        let Some(reading) = &mut self.reader.open else { return };
        let place = reading.place();
        let Some(body) = reading.opened.document.footnotes.get(note).map(|note| note.body) else { return };
        reading.current = None;
        reading.land(body.start());
        reading.link_focus.target = None;
        reading.link_focus.departure = Some(Departure { note, mark, place });
    }

    /// Goes from a note to the mark from which it was reached, with the page as it was; else to its first mark.
    fn go_back_to_mark(&mut self) {
        let Some(reading) = &self.reader.open else { return };
        let document = &reading.opened.document;
        let Some(note) = note_at(document, reading.attention()) else { return };
        let departure = reading.link_focus.departure.filter(|departure| departure.note == note);
        let mark = departure.map(|departure| departure.mark);
        let Some(mark) = mark.or_else(|| first_mark(document, &document.footnotes[note])) else {
            return self.notices.set(Message::new("follow-none"));
        };
        self.leave_place();
        let Some(reading) = &mut self.reader.open else { return };
        reading.current = None;
        reading.go_to(departure.map_or(mark.start(), |departure| departure.place));
        reading.take_in_hand(mark);
    }

    fn go_to_other_half(&mut self) {
        let Some(reading) = &self.reader.open else { return };
        let sections = reading.outline();
        let Some(half) = reading.half() else { return self.notices.set(Message::new("counterpart-none")) };
        match counterpart(sections, half) {
            Some(other) => self.go_to_section(other),
            None if sections[half].kind == PartKind::Question => self.notices.set(Message::new("unanswered-here")),
            None => self.notices.set(Message::new("unasked-here")),
        }
    }

    pub(crate) fn open_address(&mut self, target: String, effects: &mut Effects) {
        if target.starts_with("http://") || target.starts_with("https://") {
            self.notices.set(Message::new("browse-opened").with("address", target.clone()));
            effects.push(Effect::Browse(target));
        } else {
            self.notices.set(Message::new("link-leads-nowhere").with("address", target));
        }
    }

    /// `O`: opens the official page of the document, else the first link on the page, in a browser.
    pub(crate) fn browse(&mut self, effects: &mut Effects) {
        let Some(reading) = &self.reader.open else { return self.say_nothing_open() };
        match reading.opened.document.metadata.get(crate::document::Key::SourceUrl) {
            Some(url) => self.open_address(url.to_owned(), effects),
            None => self.follow_link_only(effects),
        }
    }

    fn follow_link_only(&mut self, effects: &mut Effects) {
        let Some(reading) = &self.reader.open else { return };
        let here = TextRange::new(reading.attention().min(reading.page.range.end()), reading.page.range.end());
        let target = reading.opened.document.inlines.iter().find_map(|inline| match &inline.kind {
            InlineKind::Link { target } if here.contains_range(inline.range) => Some(target.clone()),
            _ => None,
        });
        match target {
            Some(target) => self.open_address(target, effects),
            None => self.notices.set(Message::new("browse-none")),
        }
    }
}
