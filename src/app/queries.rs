//! Questions about the state that concern several components, for `ui`, the runtime and tests. Nothing is changed here.

use std::time::Duration;

use super::App;
use super::overlay::RowSources;
use super::overlay::help::first_key_of;
use super::panes::{Arrangement, ChipRow, RedrawPriority, Region, Regions};
use super::reader::arrival::SOON;
use super::session::SessionParts;
use super::sidebar::{SidebarContent, SidebarLine, sidebar_box};
use crate::command::{Command, Mode};
use crate::request::Pane;
use crate::text::grapheme::width;

/// Minimum height of the list for a blank line between hits.
const ROOMY: u16 = 24;
/// Cells of the sign of the prompt and of the cursor behind the query.
const PROMPT_SIGN: usize = 4;
/// Blank cells at each side of the text where there is room.
const MARGIN: u16 = 2;

/// How long after the start an empty list may be about to be filled.
const EMPTY_AT_FIRST: Duration = Duration::from_millis(400);

impl App {
    /// The regions of the panes.
    pub fn regions(&self) -> Regions {
        let chip_row = match (self.search.explanation.row, self.search.prompt.is_some()) {
            (false, _) => ChipRow::Hidden,
            (true, false) => ChipRow::WhereRoomy,
            (true, true) => ChipRow::Shown,
        };
        self.panes.regions(self.overlay.is_some(), self.sidebar.toggled, chip_row)
    }

    /// The box of the text inside the reader: the measure, centred.
    pub fn text_box(&self, reader: Region) -> Region {
        let margins = if reader.width >= 30 { 2 * MARGIN } else { 1 };
        let width = self.settings.measure.min(reader.width.saturating_sub(margins)).max(1).min(reader.width);
        let x = reader.x + (reader.width - width) / 2;
        Region { x, width, ..reader }
    }

    /// The order in which parts of the screen are redrawn on a slow connection.
    pub fn redraw_priority(&self) -> RedrawPriority {
        let regions = self.regions();
        let text = regions.reader.map(|reader| self.text_pane(reader));
        let scrolling = [text, regions.list].into_iter().flatten().collect();
        if self.search.prompt.is_none() {
            return RedrawPriority { scrolling, ..RedrawPriority::default() };
        }
        let later = [regions.reader, regions.sidebar].into_iter().flatten().collect();
        let found = regions.prompt.map(|line| self.behind_the_query(line));
        let soon = [found, regions.list, regions.chips, regions.status].into_iter().flatten().collect();
        RedrawPriority { scrolling, soon, later }
    }

    /// The part of the line of the prompt that shows the number of hits.
    fn behind_the_query(&self, line: Region) -> Region {
        let typed = self.search.prompt.as_ref().map_or(0, |prompt| width(prompt.input.text()));
        let lead = u16::try_from(typed + PROMPT_SIGN).unwrap_or(u16::MAX).max(line.width / 3).min(line.width);
        Region { x: line.x + lead, width: line.width - lead, ..line }
    }

    /// The columns in which the text scrolls: its box, with the sign at the line of the last jump.
    fn text_pane(&self, reader: Region) -> Region {
        let text_box = self.text_box(reader);
        let has_jumped = self.reader.open.as_ref().is_some_and(|reader| reader.page.jump_row.is_some());
        let lead = if has_jumped { (text_box.x - reader.x).min(2) } else { 0 };
        Region { x: text_box.x - lead, width: text_box.width + lead, ..reader }
    }

    /// Number of documents of the list that fit into its pane.
    pub fn list_rows(&self, list: Region) -> usize {
        let per_row = usize::from(self.list_row_height());
        let extra = usize::from(per_row > 1);
        (usize::from(list.height).saturating_sub(extra) / per_row).max(1)
    }

    /// Number of lines of a document in the list: beside the reader its title, its metadata and a blank line; during a search
    /// its best passage, and the blank line where there is room.
    pub fn list_row_height(&self) -> u16 {
        let regions = self.regions();
        match (regions.arrangement, regions.list) {
            (Arrangement::Beside, Some(list)) if self.search.dossier.is_some() && list.height >= ROOMY => 4,
            (Arrangement::Beside, _) => 3,
            _ => 1,
        }
    }

    /// Number of lines of a title: two at most for the selected row beside the reader, else one.
    pub fn title_lines(&self, at: usize, list: Region) -> u16 {
        let room = usize::from(list.width.saturating_sub(2));
        let is_long = || self.list.row(at).is_some_and(|row| width(&row.summary.title) > room);
        if self.list_row_height() > 1 && at == self.list.selected() && is_long() { 2 } else { 1 }
    }

    /// The row of the list at a line of the window.
    pub(super) fn list_row_at(&self, list: Region, line: u16) -> Option<usize> {
        let mut end = list.y;
        let first = Some(self.list.top()).filter(|top| *top < self.list.len());
        let shown = std::iter::successors(first, |at| Some(self.list.next(*at)).filter(|at| *at < self.list.len()));
        shown.take(list.height.into()).find(|at| {
            end += self.list_row_height() + self.title_lines(*at, list) - 1;
            line < end
        })
    }

    /// The mode in which keys are looked up.
    pub fn mode(&self) -> Mode {
        match &self.overlay {
            Some(overlay) if overlay.list().typing => return Mode::Prompt,
            Some(overlay) if overlay.filters_at_once() => return Mode::Outline,
            Some(_) => return Mode::Overlay, // also over an open prompt
            None if self.search.prompt.is_some() => return Mode::Prompt,
            None => {}
        }
        match self.panes.focus {
            Pane::List => Mode::List,
            Pane::Sidebar => Mode::Sidebar,
            Pane::Reader => self.mode_in_reader(),
        }
    }

    fn mode_in_reader(&self) -> Mode {
        match &self.reader.open {
            Some(reader) if reader.link_focus.popup.is_some() => Mode::Note,
            Some(reader) if reader.selection.is_some() => Mode::Select,
            _ => Mode::Reader,
        }
    }

    /// When the next [`Event::Clock`](super::Event::Clock) is needed; `None` if only other events matter.
    pub fn deadline(&self) -> Option<Duration> {
        let announced =
            self.reader.loading.as_ref().filter(|_| self.reader.open.is_none()).map(|loading| loading.since + SOON);
        let announced = announced.filter(|at| *at > self.clock);
        let filled = self.may_fill_until().filter(|until| *until > self.clock);
        [self.keys.deadline(), self.list.follow_at, announced, filled, self.search.waits_long_at(self.clock)]
            .into_iter()
            .flatten()
            .min()
    }

    /// Whether the contents of the library can be shown: for a moment after the start an empty list only means that the
    /// files are still being read.
    pub fn knows_library(&self) -> bool {
        let may_fill = self.may_fill_until().is_some_and(|until| self.clock < until);
        self.list.listed && !may_fill || self.search.dossier.is_some()
    }

    /// Until when an empty list is not reported as empty.
    fn may_fill_until(&self) -> Option<Duration> {
        (self.list.is_empty() && self.library.progress.is_some()).then_some(EMPTY_AT_FIRST)
    }

    /// The message code to show where there is no text: that it is being loaded, if that takes long, or that nothing is open;
    /// `None` if it is about to arrive.
    pub fn waits_for_text(&self) -> Option<&'static str> {
        match &self.reader.loading {
            Some(loading) => (self.clock >= loading.since + SOON).then_some("document-loading"),
            None => (self.knows_library() && self.list.follow_at.is_none() && !self.list.is_empty())
                .then_some("empty-reader"),
        }
    }

    /// Number of the current match in the open document, from 1, and number of all matches.
    pub fn match_position(&self) -> Option<(usize, usize)> {
        let reader = self.reader.open.as_ref().filter(|_| self.shows_text())?;
        self.search.query()?;
        let total = reader.matches.len();
        (total > 0).then(|| (reader.current.map_or(0, |index| index + 1), total))
    }

    /// Number of the document that is shown, or else selected, among the hits, from 1, and number of all hits.
    pub fn document_position(&self) -> Option<(usize, usize)> {
        self.search.dossier.as_ref()?;
        let at = if self.shows_text() {
            self.list.position(self.reader.open.as_ref()?.opened.key)?
        } else {
            self.list.selected_key().map(|_| self.list.selected())?
        };
        Some((at + 1, self.list.len()))
    }

    /// Whether the text of the open document is on the screen.
    pub fn shows_text(&self) -> bool {
        self.reader.open.is_some() && self.regions().reader.is_some()
    }

    /// Whether the document that is shown is not in the list: a search excluded it, it was removed, or it is outside the
    /// opened paths.
    pub fn is_not_listed(&self) -> bool {
        let open = self
            .reader
            .open
            .as_ref()
            .filter(|_| self.list.listed && self.reader.loading.is_none() && self.shows_text());
        open.is_some_and(|reading| self.list.position(reading.opened.key).is_none())
    }

    /// The row of the list that is marked: the selected one, unless the text beside it is of a document that is not listed.
    pub fn bar(&self) -> Option<usize> {
        let chosen = self.list.selected_key().map(|_| self.list.selected())?;
        (self.search.list_leads(self.panes.focus) || !self.is_not_listed()).then_some(chosen)
    }

    /// The first key of a command, as printed on the keyboard.
    pub fn key_of(&self, command: Command) -> String {
        first_key_of(command, &self.settings.keymap, &self.catalogue)
    }

    /// The sources of the rows of overlays.
    pub(super) fn row_sources(&self) -> RowSources<'_> {
        RowSources {
            reader: self.reader.open.as_ref(),
            search: &self.search,
            saved: &self.saved,
            settings: &self.settings,
            catalogue: &self.catalogue,
        }
    }

    /// The lines of the sidebar in a region of this size.
    pub fn sidebar_lines(&self, region: Region) -> Vec<SidebarLine> {
        let Some(content) = self.sidebar_content() else { return Vec::new() };
        let selected = (self.panes.focus == Pane::Sidebar).then_some(self.sidebar.row);
        SidebarContent { room: region.width.into(), ..content }.lines(region.height.into(), selected)
    }

    /// The text of the sidebar; `None` without an open document.
    pub(super) fn sidebar_content(&self) -> Option<SidebarContent<'_>> {
        let reader = self.reader.open.as_ref()?;
        let room = self.regions().sidebar.map_or(1, |region| usize::from(sidebar_box(region).width));
        Some(SidebarContent { reader, catalogue: &self.catalogue, ascii: self.settings.ascii, room })
    }

    /// The parts of a session.
    pub(super) fn session_parts(&self) -> SessionParts<'_> {
        SessionParts { panes: &self.panes, list: &self.list, reader: &self.reader, search: &self.search }
    }
}
