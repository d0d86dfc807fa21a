//! The state machine: everything a person sees and does, as values.
//!
//! `update(&mut App, Event) -> Effects` is the only way state changes; it has no IO, clock or thread. Effects are carried
//! out by the runtime and come back as events that carry the number of their question, so a late answer is known and
//! dropped. `ui` draws an `App` and changes nothing. The state is split by panes, one folder each; a folder's `mod.rs` holds
//! the pane's state, the files beside it what commands do to it.

mod effect;
mod event;
mod line_editor;
mod list;
mod not_read;
mod notices;
mod overlay;
mod panes;
mod pending_keys;
mod reader;
mod search;
mod session;
mod settings;
mod sidebar;
mod update;

use std::sync::Arc;
use std::time::Duration;

pub use effect::{Effect, Effects};
pub use event::{Event, MouseAction};
pub use line_editor::LineInput;
pub use list::DocumentList;
pub use not_read::{NotReadRow, not_read_rows};
pub use notices::{Notice, Notices};
pub use overlay::facets::{Facet, FacetCount, FacetList, FacetRow, dates, facet_label};
pub use overlay::lists::HelpRow;
pub use overlay::saved_searches::{SavedRun, SavedSearches};
pub use overlay::{Overlay, OverlayKind};
pub use panes::{Arrangement, Panes, RedrawPriority, Region, Regions, Size};
pub use pending_keys::{Awaiting, CountedCommand, PendingKeys};
pub use reader::arrival::{Arrival, Loading};
pub use reader::links::{Departure, Link, LinkFocus, LinkTarget, NotePopup};
pub use reader::pane::ReaderPane;
pub use reader::state::{Page, Paint, ReaderState, TextSelection};
pub use search::chips::MAX_CHIPS;
pub use search::completion::{Completion, CompletionCandidate};
pub use search::state::{DossierSearch, Outcome, SearchPrompt, SearchState};
pub use settings::{LaunchOptions, Settings};
pub use sidebar::{Sidebar, SidebarLead, SidebarLine, sidebar_box};
pub use update::update;

use crate::command::Mode;
use crate::document::Locator;
use crate::locale::Catalogue;
pub use crate::request::Pane;
use crate::request::{LibraryStatus, Request, UnreadFiles};
use crate::text::grapheme::width;
use crate::text::{TextRange, TextSize};
use panes::{ChipRow, PaneWishes};
use session::SessionKeeper;

/// From so many lines on, the list keeps a blank one between the hits of a search.
const ROOMY: u16 = 24;
/// Cells of the prompt's sign and of the cursor behind the query.
const PROMPT_SIGN: usize = 4;
/// Cells kept free at each side of the text where there is room.
const MARGIN: u16 = 2;

/// A document that comes sooner is not announced: nothing flickers.
const SOON: Duration = Duration::from_millis(200);
/// So long after the start a list that is empty may be about to be filled.
const EMPTY_AT_FIRST: Duration = Duration::from_millis(400);

/// The state of the reader: one field for each pane and each concern. It routes events to them and answers questions that
/// concern several of them.
#[derive(Debug)]
pub struct App {
    /// Time since the start.
    pub clock: Duration,
    /// The settings, as changed by commands.
    pub settings: Settings,
    /// The texts of the interface in the language of the settings.
    pub catalogue: Arc<Catalogue>,
    /// The state of the library.
    pub library: LibraryStatus,
    /// The window and the focus.
    pub panes: Panes,
    /// The sidebar.
    pub sidebar: Sidebar,
    /// The document list.
    pub list: DocumentList,
    /// The open document, and the one that is being loaded.
    pub reader: ReaderPane,
    /// The searches and their prompt.
    pub search: SearchState,
    /// The saved searches.
    pub saved: SavedSearches,
    /// The files that gave no document, as they were told last.
    pub problems: UnreadFiles,
    /// The overlay over the reader.
    pub overlay: Option<Overlay>,
    /// The messages in the last line of the screen.
    pub notices: Notices,
    /// Keys that are not yet a command.
    pub keys: PendingKeys,
    /// Whether the program is ending.
    pub leaving: bool,
    session: SessionKeeper,
}

impl App {
    /// The state of a program that has just been started, in a window of this size.
    pub fn new(settings: Settings, size: Size, launch: LaunchOptions) -> Self {
        let reader_first = launch.document.is_some() || launch.one_file;
        let focus = if reader_first { Pane::Reader } else { Pane::List };
        let zoomed = !settings.side_panes && launch.document.is_some();
        Self {
            clock: Duration::ZERO,
            catalogue: Arc::new(Catalogue::new(settings.tongue)),
            library: LibraryStatus::default(),
            panes: Panes { size, focus, zoomed },
            sidebar: Sidebar::default(),
            list: DocumentList::new(settings.sort, launch.document, launch.chosen),
            reader: ReaderPane::new(launch.place, launch.words),
            search: SearchState::new(),
            saved: SavedSearches::default(),
            problems: UnreadFiles::default(),
            overlay: None,
            notices: Notices::default(),
            keys: PendingKeys::default(),
            leaving: false,
            session: SessionKeeper::default(),
            settings,
        }
    }

    /// Where everything stands on the screen.
    pub fn regions(&self) -> Regions {
        let focus =
            if self.overlay.is_some() && self.panes.focus == Pane::List { Pane::Reader } else { self.panes.focus };
        let chip_row = match (self.search.understanding.row, self.search.prompt.is_some()) {
            (false, _) => ChipRow::Hidden,
            (true, false) => ChipRow::WhereRoomy,
            (true, true) => ChipRow::Shown,
        };
        let (zoomed, sidebar_toggled) = (self.panes.zoomed, self.sidebar.toggled);
        Regions::new(self.panes.size, PaneWishes { focus, zoomed, sidebar_toggled, chip_row })
    }

    /// The box of the text inside the reader: the measure, centred.
    pub fn text_box(&self, reader: Region) -> Region {
        let margins = if reader.width >= 30 { 2 * MARGIN } else { 1 };
        let width = self.settings.measure.min(reader.width.saturating_sub(margins)).max(1).min(reader.width);
        let x = reader.x + (reader.width - width) / 2;
        Region { x, width, ..reader }
    }

    /// What of the screen is urgent, on a line that cannot carry everything at once.
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

    /// The part of the prompt's line in which it is said what was found.
    fn behind_the_query(&self, line: Region) -> Region {
        let typed = self.search.prompt.as_ref().map_or(0, |prompt| width(prompt.input.text()));
        let lead = u16::try_from(typed + PROMPT_SIGN).unwrap_or(u16::MAX).max(line.width / 3).min(line.width);
        Region { x: line.x + lead, width: line.width - lead, ..line }
    }

    /// The columns in which the text scrolls: its box, with the sign of where one landed.
    fn text_pane(&self, reader: Region) -> Region {
        let text_box = self.text_box(reader);
        let landed = self.reader.open.as_ref().is_some_and(|reading| reading.page.landed.is_some());
        let lead = if landed { (text_box.x - reader.x).min(2) } else { 0 };
        Region { x: text_box.x - lead, width: text_box.width + lead, ..reader }
    }

    /// How many rows of the list fit into its pane.
    pub fn list_rows(&self, list: Region) -> usize {
        let per_row = usize::from(self.list_row_height());
        let extra = usize::from(per_row > 1);
        (usize::from(list.height).saturating_sub(extra) / per_row).max(1)
    }

    /// How many lines one document takes in the list: beside the reader its title, its facts and a blank one; during a
    /// search its best passage, and the blank one where there is room.
    pub fn list_row_height(&self) -> u16 {
        let regions = self.regions();
        match (regions.arrangement, regions.list) {
            (Arrangement::Beside, Some(list)) if self.search.dossier.is_some() && list.height >= ROOMY => 4,
            (Arrangement::Beside, _) => 3,
            _ => 1,
        }
    }

    /// How many lines a title takes: the chosen one may take two beside the reader.
    pub fn title_lines(&self, at: usize, list: Region) -> u16 {
        let room = usize::from(list.width.saturating_sub(2));
        let is_long = || self.list.row(at).is_some_and(|row| width(&row.summary.title) > room);
        if self.list_row_height() > 1 && at == self.list.selected() && is_long() { 2 } else { 1 }
    }

    /// The row of the list that stands at a line of the window.
    fn list_row_at(&self, list: Region, line: u16) -> Option<usize> {
        let mut end = list.y;
        let first = Some(self.list.top()).filter(|top| *top < self.list.len());
        let shown = std::iter::successors(first, |at| Some(self.list.next(*at)).filter(|at| *at < self.list.len()));
        shown.take(list.height.into()).find(|at| {
            end += self.list_row_height() + self.title_lines(*at, list) - 1;
            line < end
        })
    }

    /// What keys are looked up in.
    pub fn mode(&self) -> Mode {
        match &self.overlay {
            Some(overlay) if overlay.typing => return Mode::Prompt,
            Some(overlay) if overlay.kind.filters_at_once() => return Mode::Outline,
            Some(_) => return Mode::Overlay, // also over a prompt, which waits behind it
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
            Some(reading) if reading.link_focus.popup.is_some() => Mode::Note,
            Some(reading) if reading.selection.is_some() => Mode::Select,
            _ => Mode::Reader,
        }
    }

    /// When the next tick is wanted; without one the program sleeps until something happens.
    pub fn deadline(&self) -> Option<Duration> {
        let announced =
            self.reader.loading.as_ref().filter(|_| self.reader.open.is_none()).map(|loading| loading.since + SOON);
        let announced = announced.filter(|at| *at > self.clock);
        let filled = self.may_fill_until().filter(|until| *until > self.clock);
        [self.keys.deadline(), self.list.follow_at, announced, filled, self.waits_long_at()].into_iter().flatten().min()
    }

    /// Whether there is something to say of what the library holds: for a moment at the start an empty list only means
    /// that the files are being read.
    pub fn knows_library(&self) -> bool {
        let may_fill = self.may_fill_until().is_some_and(|until| self.clock < until);
        self.list.listed && !may_fill || self.search.dossier.is_some()
    }

    /// Until when an empty list is not called so.
    fn may_fill_until(&self) -> Option<Duration> {
        (self.list.is_empty() && self.library.progress.is_some()).then_some(EMPTY_AT_FIRST)
    }

    /// What to say where there is no text: that it is on its way, when that takes long, or that nothing is open; `None`
    /// when it is about to come.
    pub fn waits_for_text(&self) -> Option<&'static str> {
        match &self.reader.loading {
            Some(loading) => (self.clock >= loading.since + SOON).then_some("document-loading"),
            None => (self.knows_library() && self.list.follow_at.is_none() && !self.list.is_empty())
                .then_some("empty-reader"),
        }
    }

    /// The match one is on and how many there are, in the open document.
    pub fn match_position(&self) -> Option<(usize, usize)> {
        let reading = self.reader.open.as_ref().filter(|_| self.shows_text())?;
        self.search.query()?;
        let total = reading.matches.len();
        (total > 0).then(|| (reading.current.map_or(0, |index| index + 1), total))
    }

    /// The place of the document that is shown, or else chosen, among those the dossier search found.
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

    /// Whether the document that is shown is none of the list's: it was left out by a search, removed, or lies outside of
    /// what was opened.
    pub fn is_not_listed(&self) -> bool {
        let open = self
            .reader
            .open
            .as_ref()
            .filter(|_| self.list.listed && self.reader.loading.is_none() && self.shows_text());
        open.is_some_and(|reading| self.list.position(reading.opened.key).is_none())
    }

    /// The row of the list that has the bar: the chosen one, unless the text beside it is of a document that is not listed.
    pub fn bar(&self) -> Option<usize> {
        let chosen = self.list.selected_key().map(|_| self.list.selected())?;
        (self.list_leads() || !self.is_not_listed()).then_some(chosen)
    }

    /// What a command does, in the language of the interface.
    pub(crate) fn sentence(&self, command: crate::command::Command) -> String {
        self.catalogue.text(format!("command-{}", command.spec().name))
    }

    /// The open document and the place in it.
    fn here(&self) -> Option<reader::jump_list::JumpPlace> {
        self.reader.open.as_ref().map(|reading| (reading.opened.key, reading.clean_place().1))
    }

    /// Remembers the place before a jump.
    fn leave_place(&mut self) {
        if let Some(place) = self.here() {
            self.reader.jumps.leave(place);
        }
    }

    /// Remembers where the open document is left, when a person has moved in it: a look at it from the list changes
    /// nothing.
    fn leave_document(&mut self, effects: &mut Effects) {
        let Some(reading) = self.reader.open.as_mut().filter(|reading| reading.has_moved()) else { return };
        let (document, place) = reading.clean_place();
        let (key, locator) = (reading.opened.key, Locator::new(document, place));
        reading.arrived_at(place);
        self.reader.jumps.left((key, place));
        effects.ask(Request::KeepPlace { key, locator });
    }
}

/// The range of the leaf block an offset stands in.
fn leaf_at(document: &crate::document::Document, offset: TextSize) -> Option<TextRange> {
    let mut leaves = document.leaves().map(|block| block.range);
    leaves.find(|range| range.start() <= offset && offset <= range.end() && !range.is_empty())
}
