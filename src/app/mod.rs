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
mod notices;
mod overlay;
mod panes;
mod pending_keys;
mod queries;
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
pub use notices::{Notice, Notices};
pub use overlay::facets::{Facet, FacetCount, FacetList, FacetRow, dates, facet_label};
pub use overlay::lists::HelpRow;
pub use overlay::not_read::{NotReadRow, not_read_rows};
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

use crate::document::Locator;
use crate::locale::Catalogue;
pub use crate::request::Pane;
use crate::request::{LibraryStatus, Request, UnreadFiles};
use crate::text::{TextRange, TextSize};
use session::SessionKeeper;

/// A document that comes sooner is not announced: nothing flickers.
const SOON: Duration = Duration::from_millis(200);
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
