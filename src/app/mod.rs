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
mod overlay;
mod panes;
mod pending_keys;
mod reader;
mod search;
mod session;
mod sidebar;
mod update;

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

pub use effect::{Effect, Effects};
pub use event::{Event, MouseAction};
pub use line_editor::LineInput;
pub use list::DocumentList;
pub use not_read::{NotReadRow, not_read_rows};
pub use overlay::facets::{Facet, FacetCount, FacetList, FacetRow, dates, facet_label};
pub use overlay::lists::HelpRow;
pub use overlay::saved_searches::SavedRun;
pub use overlay::{Overlay, OverlayKind};
pub use panes::{Arrangement, RedrawPriority, Region, Regions, Size};
pub use pending_keys::{CountedCommand, PendingKeys};
pub use reader::links::{Departure, Link, LinkFocus, LinkTarget, NotePopup};
pub use reader::{Page, Paint, ReaderState, TextSelection};
pub use search::chips::MAX_CHIPS;
pub use search::completion::{Completion, CompletionCandidate};
pub use search::{DossierSearch, Outcome, SearchPrompt, SearchState};
pub use sidebar::{SidebarLead, SidebarLine, sidebar_box};
pub use update::update;

use crate::command::{Keymap, Mode};
use crate::config::Theme;
use crate::document::{DocumentKey, Locator, PlaceName};
use crate::locale::{Catalogue, Message, Tongue};
pub use crate::request::Pane;
use crate::request::{InterruptedSession, LibraryStatus, Request, UnreadFiles};
use crate::search::Generation;
use crate::search::Sort;
use crate::search::saved::SavedSearchRow;
use crate::text::grapheme::width;
use crate::text::{TextRange, TextSize};
use panes::{ChipRow, PaneWishes};
use reader::jump_list::JumpList;
use session::SessionRestore;

/// From so many lines on, the list keeps a blank one between the hits of a search.
const ROOMY: u16 = 24;
/// Cells of the prompt's sign and of the cursor behind the query.
const PROMPT_SIGN: usize = 4;
/// Cells kept free at each side of the text where there is room.
const MARGIN: u16 = 2;

/// What a person has set, and the terminal has said, before the first key.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch a person sets")]
pub struct Settings {
    /// What keys do.
    pub keymap: Keymap,
    /// The language of the interface.
    pub tongue: Tongue,
    /// Cells of text in a line, at most.
    pub measure: u16,
    /// The theme's name.
    pub theme: String,
    /// A theme of the person's own, beside the built-in ones.
    pub own_theme: Option<Theme>,
    /// Whether the mouse is captured.
    pub mouse: bool,
    /// Whether every key of a query searches, or only Enter.
    pub search_while_typing: bool,
    /// Whether rules, ticks and bars are drawn in ASCII.
    pub ascii: bool,
    /// What the list is sorted by at first.
    pub sort: Sort,
    /// Whether list and sidebar stand beside the reader at the start, where there is room.
    pub side_panes: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            keymap: Keymap::defaults(),
            tongue: Tongue::English,
            measure: 72,
            theme: "dark".to_owned(),
            own_theme: None,
            mouse: false,
            search_while_typing: true,
            ascii: false,
            sort: Sort::Date,
            side_panes: true,
        }
    }
}

/// A line at the foot of the screen; it goes when the next key comes.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// What is said.
    pub message: Message,
    /// Whether something went wrong.
    pub alert: bool,
    /// Until this time since the start no key takes it away.
    pub stays_until: Duration,
}

impl Notice {
    fn new(message: Message) -> Self {
        Self { message, alert: false, stays_until: Duration::ZERO }
    }

    fn alert(message: Message) -> Self {
        Self { alert: true, ..Self::new(message) }
    }
}

/// A command that waits for the letter of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaiting {
    /// `m`
    MarkToSet,
    /// `'`
    MarkToVisit,
}

/// Where to arrive in a document that is being loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Where it was left, else its beginning; with a search, its first match.
    Resume,
    /// The first match, for reading on forwards.
    FirstMatch,
    /// The last match, for reading on backwards.
    LastMatch,
    /// The match nearest to a place.
    Offset(TextSize),
    /// Exactly a place, whatever is being looked for.
    Place(TextSize),
    /// A named place: `recital-C`, `@123`.
    Named(PlaceName),
    /// A mark, by its letter.
    Mark(char, Locator),
    /// Where one was interrupted, and where the match began that one was on.
    Interrupted(Locator, Option<TextSize>),
}

impl Arrival {
    /// Whether the place is the reader's choice and not the person's.
    fn is_by_itself(&self) -> bool {
        matches!(self, Self::Resume | Self::FirstMatch | Self::LastMatch)
    }
}

/// A document that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loading {
    /// Which.
    pub key: DocumentKey,
    /// Where to arrive in it.
    pub arrival: Arrival,
    /// When it was asked for.
    pub since: Duration,
}

/// How long a message about something a person made that was not kept stays, whatever is pressed: keys that were on
/// their way when it came do not take it away.
const UNMISSABLE: Duration = Duration::from_millis(1500);
/// A document that comes sooner is not announced: nothing flickers.
const SOON: Duration = Duration::from_millis(200);
/// So long after the start a list that is empty may be about to be filled.
const EMPTY_AT_FIRST: Duration = Duration::from_millis(400);

/// What is asked for before the first key: `lutrin DOCUMENT#PLACE`, `lutrin +/WORDS FILE`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LaunchOptions {
    /// The document to open; without one, the list is shown.
    pub document: Option<DocumentKey>,
    /// The document to choose in the list that is shown.
    pub chosen: Option<DocumentKey>,
    /// The place in it.
    pub place: Option<PlaceName>,
    /// What to look for at once.
    pub words: Option<String>,
    /// Whether one file was named, so that the reader has the focus before it is known what is in it.
    pub one_file: bool,
}

/// The whole state.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch a person sees")]
pub struct App {
    /// The window.
    pub size: Size,
    /// Time since the start.
    pub clock: Duration,
    /// What a person has set.
    pub settings: Settings,
    /// The words of the interface.
    pub catalogue: Arc<Catalogue>,
    /// What the library holds.
    pub library: LibraryStatus,
    /// The pane that has the focus.
    pub focus: Pane,
    /// The reader alone.
    pub zoomed: bool,
    /// Whether the sidebar is shown where it is not by itself, or hidden where it is.
    pub sidebar_toggled: bool,
    /// The line chosen in the sidebar, while it has the focus.
    pub sidebar_row: usize,
    /// The document list.
    pub shelf: DocumentList,
    /// The open document.
    pub reading: Option<ReaderState>,
    /// The document that is being fetched.
    pub loading: Option<Loading>,
    /// What is being looked for.
    pub searching: SearchState,
    /// The files that gave no document, as they were told last.
    pub problems: UnreadFiles,
    /// The saved searches, as they were told last.
    pub searches: Vec<SavedSearchRow>,
    /// What lies over the reader.
    pub overlay: Option<Overlay>,
    /// The line at the foot of the screen.
    pub notice: Option<Notice>,
    /// Keys that are not yet a command.
    pub keys: PendingKeys,
    /// A command that waits for a letter.
    pub awaiting: Option<Awaiting>,
    /// Whether the program is leaving.
    pub leaving: bool,
    /// Why things that a person made could not be kept, each once, to be repeated on leaving.
    pub unkept: Vec<Message>,
    opening: LaunchOptions,
    /// The saved search that is forgotten when it is asked for once more.
    forgetting: Option<String>,
    /// The saved search that is being forgotten.
    forgotten: Option<String>,
    /// The saved search that gets another name.
    renaming: Option<String>,
    /// Messages that came while another was shown.
    untold: VecDeque<Notice>,
    listed: bool,
    jumps: JumpList,
    load_generation: Generation,
    follow_at: Option<Duration>,
    /// The document that was chosen when it was last looked whether another process has written.
    caught_up_at: Option<DocumentKey>,
    /// Whether a person has done anything yet that would be missed.
    acted: bool,
    /// What was interrupted and can be gone on with.
    interruption: Option<InterruptedSession>,
    going_on: SessionRestore,
}

impl App {
    /// A program just started, in a window of this size.
    pub fn new(settings: Settings, size: Size, opening: LaunchOptions) -> Self {
        let mut shelf = DocumentList::default();
        shelf.sort = settings.sort;
        shelf.wanted = opening.chosen;
        shelf.touched = opening.chosen.is_some();
        let mut searching = SearchState::default();
        searching.sort = Sort::Relevance;
        Self {
            size,
            clock: Duration::ZERO,
            catalogue: Arc::new(Catalogue::new(settings.tongue)),
            library: LibraryStatus::default(),
            focus: if opening.document.is_some() || opening.one_file { Pane::Reader } else { Pane::List },
            zoomed: !settings.side_panes && opening.document.is_some(),
            sidebar_toggled: false,
            sidebar_row: 0,
            shelf,
            reading: None,
            loading: None,
            searching,
            problems: UnreadFiles::default(),
            searches: Vec::new(),
            forgetting: None,
            forgotten: None,
            renaming: None,
            overlay: None,
            notice: None,
            untold: VecDeque::new(),
            keys: PendingKeys::default(),
            awaiting: None,
            leaving: false,
            unkept: Vec::new(),
            opening,
            listed: false,
            jumps: JumpList::default(),
            load_generation: Generation::default(),
            follow_at: None,
            caught_up_at: None,
            acted: false,
            interruption: None,
            going_on: SessionRestore::default(),
            settings,
        }
    }

    /// Where everything stands on the screen.
    pub fn regions(&self) -> Regions {
        let focus = if self.overlay.is_some() && self.focus == Pane::List { Pane::Reader } else { self.focus };
        let chip_row = match (self.searching.understanding.row, self.searching.prompt.is_some()) {
            (false, _) => ChipRow::Hidden,
            (true, false) => ChipRow::WhereRoomy,
            (true, true) => ChipRow::Shown,
        };
        let (zoomed, sidebar_toggled) = (self.zoomed, self.sidebar_toggled);
        Regions::new(self.size, PaneWishes { focus, zoomed, sidebar_toggled, chip_row })
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
        if self.searching.prompt.is_none() {
            return RedrawPriority { scrolling, ..RedrawPriority::default() };
        }
        let later = [regions.reader, regions.sidebar].into_iter().flatten().collect();
        let found = regions.prompt.map(|line| self.behind_the_query(line));
        let soon = [found, regions.list, regions.chips, regions.status].into_iter().flatten().collect();
        RedrawPriority { scrolling, soon, later }
    }

    /// The part of the prompt's line in which it is said what was found.
    fn behind_the_query(&self, line: Region) -> Region {
        let typed = self.searching.prompt.as_ref().map_or(0, |prompt| width(prompt.input.text()));
        let lead = u16::try_from(typed + PROMPT_SIGN).unwrap_or(u16::MAX).max(line.width / 3).min(line.width);
        Region { x: line.x + lead, width: line.width - lead, ..line }
    }

    /// The columns in which the text scrolls: its box, with the sign of where one landed.
    fn text_pane(&self, reader: Region) -> Region {
        let text_box = self.text_box(reader);
        let landed = self.reading.as_ref().is_some_and(|reading| reading.page.landed.is_some());
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
            (Arrangement::Beside, Some(list)) if self.searching.dossier.is_some() && list.height >= ROOMY => 4,
            (Arrangement::Beside, _) => 3,
            _ => 1,
        }
    }

    /// How many lines a title takes: the chosen one may take two beside the reader.
    pub fn title_lines(&self, at: usize, list: Region) -> u16 {
        let room = usize::from(list.width.saturating_sub(2));
        let is_long = || self.shelf.row(at).is_some_and(|row| width(&row.summary.title) > room);
        if self.list_row_height() > 1 && at == self.shelf.selected() && is_long() { 2 } else { 1 }
    }

    /// The row of the list that stands at a line of the window.
    fn list_row_at(&self, list: Region, line: u16) -> Option<usize> {
        let mut end = list.y;
        let first = Some(self.shelf.top()).filter(|top| *top < self.shelf.len());
        let shown = std::iter::successors(first, |at| Some(self.shelf.next(*at)).filter(|at| *at < self.shelf.len()));
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
            None if self.searching.prompt.is_some() => return Mode::Prompt,
            None => {}
        }
        match self.focus {
            Pane::List => Mode::List,
            Pane::Sidebar => Mode::Sidebar,
            Pane::Reader => self.mode_in_reader(),
        }
    }

    fn mode_in_reader(&self) -> Mode {
        match &self.reading {
            Some(reading) if reading.link_focus.popup.is_some() => Mode::Note,
            Some(reading) if reading.selection.is_some() => Mode::Select,
            _ => Mode::Reader,
        }
    }

    /// When the next tick is wanted; without one the program sleeps until something happens.
    pub fn deadline(&self) -> Option<Duration> {
        let announced = self.loading.as_ref().filter(|_| self.reading.is_none()).map(|loading| loading.since + SOON);
        let announced = announced.filter(|at| *at > self.clock);
        let filled = self.may_fill_until().filter(|until| *until > self.clock);
        [self.keys.deadline(), self.follow_at, announced, filled, self.waits_long_at()].into_iter().flatten().min()
    }

    /// Whether there is something to say of what the library holds: for a moment at the start an empty list only means
    /// that the files are being read.
    pub fn knows_library(&self) -> bool {
        let may_fill = self.may_fill_until().is_some_and(|until| self.clock < until);
        self.listed && !may_fill || self.searching.dossier.is_some()
    }

    /// Until when an empty list is not called so.
    fn may_fill_until(&self) -> Option<Duration> {
        (self.shelf.is_empty() && self.library.progress.is_some()).then_some(EMPTY_AT_FIRST)
    }

    /// What to say where there is no text: that it is on its way, when that takes long, or that nothing is open; `None`
    /// when it is about to come.
    pub fn waits_for_text(&self) -> Option<&'static str> {
        match &self.loading {
            Some(loading) => (self.clock >= loading.since + SOON).then_some("document-loading"),
            None => {
                (self.knows_library() && self.follow_at.is_none() && !self.shelf.is_empty()).then_some("empty-reader")
            }
        }
    }

    /// The match one is on and how many there are, in the open document.
    pub fn match_position(&self) -> Option<(usize, usize)> {
        let reading = self.reading.as_ref().filter(|_| self.shows_text())?;
        self.searching.query()?;
        let total = reading.matches.len();
        (total > 0).then(|| (reading.current.map_or(0, |index| index + 1), total))
    }

    /// The place of the document that is shown, or else chosen, among those the dossier search found.
    pub fn document_position(&self) -> Option<(usize, usize)> {
        self.searching.dossier.as_ref()?;
        let at = if self.shows_text() {
            self.shelf.position(self.reading.as_ref()?.opened.key)?
        } else {
            self.shelf.selected_key().map(|_| self.shelf.selected())?
        };
        Some((at + 1, self.shelf.len()))
    }

    /// Whether the text of the open document is on the screen.
    pub fn shows_text(&self) -> bool {
        self.reading.is_some() && self.regions().reader.is_some()
    }

    /// Whether the document that is shown is none of the list's: it was left out by a search, removed, or lies outside of
    /// what was opened.
    pub fn is_not_listed(&self) -> bool {
        let open = self.reading.as_ref().filter(|_| self.listed && self.loading.is_none() && self.shows_text());
        open.is_some_and(|reading| self.shelf.position(reading.opened.key).is_none())
    }

    /// The row of the list that has the bar: the chosen one, unless the text beside it is of a document that is not listed.
    pub fn bar(&self) -> Option<usize> {
        let chosen = self.shelf.selected_key().map(|_| self.shelf.selected())?;
        (self.list_leads() || !self.is_not_listed()).then_some(chosen)
    }

    /// What a command does, in the language of the interface.
    pub(crate) fn sentence(&self, command: crate::command::Command) -> String {
        self.catalogue.text(format!("command-{}", command.spec().name))
    }

    fn say(&mut self, message: Message) {
        self.notice = Some(Notice::new(message));
    }

    fn alert(&mut self, message: Message) {
        self.notice = Some(Notice::alert(message));
    }

    /// Shows what was told from outside: an alert in the place of a message that is none, anything else behind what is
    /// shown already.
    fn tell(&mut self, notice: Notice) {
        match &self.notice {
            Some(shown) if shown.message == notice.message => {}
            _ if self.untold.iter().any(|waiting| waiting.message == notice.message) => {}
            Some(shown) if shown.alert || !notice.alert => self.untold.push_back(notice),
            _ => self.notice = Some(notice),
        }
    }

    /// Something that a person made was not kept: said at once and for long enough to be seen, and again on leaving.
    fn unkept(&mut self, message: Message) {
        if !self.unkept.contains(&message) {
            self.unkept.push(message.clone());
        }
        let notice = Notice { stays_until: self.clock + UNMISSABLE, ..Notice::alert(message) };
        if let Some(before) = self.notice.replace(notice.clone()).filter(|before| before.message != notice.message) {
            self.untold.push_front(before);
        }
    }

    /// The open document and the place in it.
    fn here(&self) -> Option<reader::jump_list::JumpPlace> {
        self.reading.as_ref().map(|reading| (reading.opened.key, reading.clean_place().1))
    }

    /// Remembers the place before a jump.
    fn leave_place(&mut self) {
        if let Some(place) = self.here() {
            self.jumps.leave(place);
        }
    }

    /// Remembers where the open document is left, when a person has moved in it: a look at it from the list changes
    /// nothing.
    fn leave_document(&mut self, effects: &mut Effects) {
        let Some(reading) = self.reading.as_mut().filter(|reading| reading.has_moved()) else { return };
        let (document, place) = reading.clean_place();
        let (key, locator) = (reading.opened.key, Locator::new(document, place));
        reading.arrived_at(place);
        self.jumps.left((key, place));
        effects.ask(Request::KeepPlace { key, locator });
    }
}

/// The range of the leaf block an offset stands in.
fn leaf_at(document: &crate::document::Document, offset: TextSize) -> Option<TextRange> {
    let mut leaves = document.leaves().map(|block| block.range);
    leaves.find(|range| range.start() <= offset && offset <= range.end() && !range.is_empty())
}
