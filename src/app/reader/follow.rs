//! Following links: focusing a link, note mark or reference, opening it, going to the other end (from a mark to its note,
//! from a question to its answer) and back. Every jump is recorded in the jump list. Finding links in a text is done by
//! `links`.

use super::arrival::Arrival;
use super::links::{Departure, Link, LinkTarget, NotePopup, first_from, first_mark, last_before, note_at};
use super::pane::{ReaderPane, nothing_open};
use super::state::ReaderState;
use crate::app::action::{Actions, PaneRequest};
use crate::app::effect::Effect;
use crate::app::list::document_list::DocumentList;
use crate::document::{DocumentKey, InlineKind, Key, PartKind, counterpart, section_around};
use crate::locale::Message;
use crate::request::{Pane, Request};
use crate::text::{TextRange, TextSize};

impl ReaderState {
    /// The range of the focused link, while it is in view.
    pub fn link_in_focus(&self) -> Option<TextRange> {
        self.link_focus.target.filter(|range| self.page.range.contains_range(*range))
    }

    /// The link that Enter follows: the focused one, else the first from the present place to the end of the page.
    fn link_to_follow(&self) -> Option<Link> {
        let document = &self.opened.document;
        let from = self.link_in_focus().map_or(self.present_offset(), TextRange::start);
        first_from(document, from).filter(|link| self.page.range.contains_range(link.range))
    }

    fn focus_link(&mut self, range: TextRange) {
        self.reveal(range.start());
        self.link_focus.target = Some(range);
    }

    /// The question or answer at the present place, else the first on the page or after it, else the first of all.
    fn question_or_answer(&self) -> Option<usize> {
        let sections = self.outline();
        let is_half = |at: &usize| matches!(sections[*at].kind, PartKind::Question | PartKind::Answer);
        let here = self.section();
        let around = here.and_then(|at| section_around(sections, at, &[PartKind::Question, PartKind::Answer]));
        let from = self.present_offset();
        let mut all = (0..sections.len()).filter(is_half);
        let first = all.clone().next();
        here.filter(is_half).or(around).or_else(|| all.find(|at| sections[*at].range.start() >= from)).or(first)
    }
}

impl ReaderPane {
    /// Focuses the next link, note mark or reference, or the one before; the page scrolls if necessary.
    pub(crate) fn go_links(&mut self, by: i32) -> Actions {
        let Some(reader) = &mut self.open else { return nothing_open() };
        for _ in 0..by.unsigned_abs() {
            let document = &reader.opened.document;
            let from = reader.link_in_focus().map(TextRange::start);
            let next = if by > 0 {
                let from = from.map_or(reader.present_offset(), |from| from + TextSize::new(1));
                first_from(document, from)
            } else {
                last_before(document, from.unwrap_or_else(|| reader.page.range.end()))
            };
            match next {
                Some(link) => reader.focus_link(link.range),
                None => return Actions::notice_of(if by > 0 { "target-none" } else { "target-none-before" }),
            }
            reader.settle();
        }
        Actions::none()
    }

    /// Removes the focus from a link in view. Returns whether there was one.
    pub(crate) fn unfocus_link(&mut self) -> bool {
        let focused = self.open.as_mut().filter(|reader| reader.link_in_focus().is_some());
        focused.is_some_and(|reader| reader.link_focus.target.take().is_some())
    }

    /// Enter in the reader: shows a note, opens an address or a document; in the text of a note, goes back to its mark.
    pub(crate) fn follow(&mut self) -> Actions {
        let Some(reader) = &mut self.open else { return nothing_open() };
        if reader.link_in_focus().is_none() && note_at(&reader.opened.document, reader.present_offset()).is_some() {
            return self.go_back_to_mark();
        }
        let Some(Link { range, target }) = reader.link_to_follow() else { return Actions::notice_of("follow-none") };
        match target {
            LinkTarget::Note(note) => {
                reader.link_focus.target = Some(range);
                reader.link_focus.popup = Some(NotePopup { note, mark: range, top: 0, lines: Vec::new(), row: 0 });
                Actions::none()
            }
            LinkTarget::NoNote(label) => Actions::notice(Message::new("no-such-note").with("label", label)),
            LinkTarget::Address(address) => open_address(address),
            LinkTarget::Document(id) => self.find_document(id),
        }
    }

    /// Closes the note that is shown. Returns whether there was one.
    pub(crate) fn close_note(&mut self) -> bool {
        self.open.as_mut().is_some_and(|reader| reader.link_focus.popup.take().is_some())
    }

    /// Requests the document of a reference, which is opened when it is known.
    pub(crate) fn find_document(&mut self, id: String) -> Actions {
        self.jumps.following = Some(id.clone());
        Request::FindDocument(id).into()
    }

    /// Opens the document of a reference, unless something else was requested since.
    pub(crate) fn document_found(&mut self, id: &str, key: DocumentKey, list: &mut DocumentList) -> Actions {
        match self.jumps.following.take_if(|following| following == id) {
            Some(_) => self.open_by_reference(key, list),
            None => Actions::none(),
        }
    }

    /// Reports why a reference leads nowhere, unless something else was requested since.
    pub(crate) fn document_not_found(&mut self, id: &str, message: Message) -> Actions {
        match self.jumps.following.take_if(|following| following == id) {
            Some(_) => Actions::alert(message),
            None => Actions::none(),
        }
    }

    /// Opens a document at its beginning.
    pub(crate) fn open_by_reference(&mut self, key: DocumentKey, list: &mut DocumentList) -> Actions {
        self.leave_place();
        let focus = Actions::from(PaneRequest::Focus(Pane::Reader));
        match &mut self.open {
            Some(reader) if reader.opened.key == key => {
                reader.go_top();
                focus
            }
            _ => {
                list.select_key(key);
                focus.and(PaneRequest::Load(key, Arrival::Place(TextSize::new(0))))
            }
        }
    }

    /// Goes to the other end: from a focused mark to its note, from a note to its mark, from a question to its answer and
    /// the other way round.
    pub(crate) fn go_to_counterpart(&mut self) -> Actions {
        let Some(reader) = &mut self.open else { return nothing_open() };
        if let Some(popup) = reader.link_focus.popup.take() {
            return self.go_to_note(popup.note, popup.mark);
        }
        let document = &reader.opened.document;
        if let Some(mark) = reader.link_in_focus()
            && let Some(Link { target: LinkTarget::Note(note), .. }) = first_from(document, mark.start())
        {
            return self.go_to_note(note, mark);
        }
        if note_at(document, reader.present_offset()).is_some() {
            return self.go_back_to_mark();
        }
        self.go_to_other_half()
    }

    fn go_to_note(&mut self, note: usize, mark: TextRange) -> Actions {
        self.leave_place();
        let Some(reader) = &mut self.open else { return Actions::none() };
        let place = reader.place();
        if let Some(body) = reader.opened.document.footnotes.get(note).map(|note| note.body) {
            reader.current = None;
            reader.jump_to(body.start());
            reader.link_focus.target = None;
            reader.link_focus.departure = Some(Departure { note, mark, place });
        }
        Actions::none()
    }

    /// Goes from a note to the mark from which it was reached, with the page as it was; else to its first mark.
    fn go_back_to_mark(&mut self) -> Actions {
        let Some(reader) = &self.open else { return Actions::none() };
        let document = &reader.opened.document;
        let Some(note) = note_at(document, reader.present_offset()) else { return Actions::none() };
        let departure = reader.link_focus.departure.filter(|departure| departure.note == note);
        let mark = departure.map(|departure| departure.mark);
        let Some(mark) = mark.or_else(|| first_mark(document, &document.footnotes[note])) else {
            return Actions::notice_of("follow-none");
        };
        self.leave_place();
        if let Some(reader) = &mut self.open {
            reader.current = None;
            reader.go_to(departure.map_or(mark.start(), |departure| departure.place));
            reader.focus_link(mark);
        }
        Actions::none()
    }

    fn go_to_other_half(&mut self) -> Actions {
        let Some(reader) = &self.open else { return Actions::none() };
        let sections = reader.outline();
        let Some(half) = reader.question_or_answer() else { return Actions::notice_of("counterpart-none") };
        match counterpart(sections, half) {
            Some(other) => self.go_to_section(other),
            None if sections[half].kind == PartKind::Question => Actions::notice_of("unanswered-here"),
            None => Actions::notice_of("unasked-here"),
        }
    }

    /// `O`: opens the official page of the document, else the first link on the page, in a browser.
    pub(crate) fn browse(&self) -> Actions {
        let Some(reader) = &self.open else { return nothing_open() };
        let document = &reader.opened.document;
        if let Some(url) = document.metadata.get(Key::SourceUrl) {
            return open_address(url.to_owned());
        }
        let here = TextRange::new(reader.present_offset().min(reader.page.range.end()), reader.page.range.end());
        let target = document.inlines.iter().find_map(|inline| match &inline.kind {
            InlineKind::Link { target } if here.contains_range(inline.range) => Some(target.clone()),
            _ => None,
        });
        target.map_or_else(|| Actions::notice_of("browse-none"), open_address)
    }
}

/// Opens a web address in a browser; other addresses are only shown.
fn open_address(target: String) -> Actions {
    if target.starts_with("http://") || target.starts_with("https://") {
        Actions::notice(Message::new("browse-opened").with("address", target.clone())).and(Effect::Browse(target))
    } else {
        Actions::notice(Message::new("link-leads-nowhere").with("address", target))
    }
}
