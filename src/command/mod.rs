//! What the reader can ask for. One row a command in [`COMMANDS`]: name, group, default keys by mode; its sentence is the
//! message `command-` + name. Keymap, help, palette, `assets/KEYS.md` and the manual read the row. What a command does is
//! said once, in `app`; nothing here knows a terminal library.

mod key;
mod keymap;

use strum::{EnumString, IntoStaticStr, VariantArray};

pub use key::{KeyChord, KeyCode, ParseKeyError, parse_keys, print_keys};
pub use keymap::{Conflict, Keymap, Lookup};

/// Where keys are pressed: the pane or overlay that has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Mode {
    /// The document list.
    List,
    /// The reader.
    Reader,
    /// The metadata sidebar.
    Sidebar,
    /// A line of text is being typed: search or palette. Only chords that are not text are looked up.
    Prompt,
    /// An overlay with a list to choose from: help.
    Overlay,
    /// Text is being selected in the reader.
    Select,
    /// The outline and the facets: a list to choose from, where every key that is no command of its begins a filter.
    Outline,
    /// A note shown over the text; keys without a command here close it and are handled by the reader.
    Note,
}

impl Mode {
    /// Every mode.
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS.first_chunk().expect("of that length");

    /// The word used in `config.toml`.
    /// It is the variant's name in kebab case: renaming a variant changes it.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// The mode of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        name.parse().ok()
    }
}

/// What people want to do, the headings of help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Group {
    /// Moving in a document.
    Reading,
    /// Finding.
    Searching,
    /// Choosing a document.
    Choosing,
    /// Marks, copies, other programs.
    Keeping,
    /// Panes, size, colours.
    Screen,
    /// Help and leaving.
    General,
}

impl Group {
    /// Every group, in the order of help.
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS.first_chunk().expect("of that length");

    /// The message id of its heading is `group-` + this.
    /// It is the variant's name in kebab case: renaming a variant changes it.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// A row of the table.
#[derive(Debug)]
pub struct CommandSpec {
    /// The command.
    pub command: Command,
    /// Its stable name in `config.toml`, the palette and the manual.
    pub name: &'static str,
    /// Its group.
    pub group: Group,
    /// Default keys, as sequences: `gg`, `<c-d>`, `<space>`.
    pub keys: &'static [(&'static [Mode], &'static str)],
}

const LIST: &[Mode] = &[Mode::List];
const READER: &[Mode] = &[Mode::Reader];
const SIDEBAR: &[Mode] = &[Mode::Sidebar];
const READING: &[Mode] = &[Mode::Reader, Mode::Select];
/// Lists to choose from.
const OVERLAY: &[Mode] = &[Mode::Overlay, Mode::Outline];
/// Lists to choose from whose letters are commands.
const CHOICES: &[Mode] = &[Mode::Overlay];
const NOTE: &[Mode] = &[Mode::Note];
const PROMPT: &[Mode] = &[Mode::Prompt];
const SELECT: &[Mode] = &[Mode::Select];
/// Where a row or line is moved to.
const LINES: &[Mode] =
    &[Mode::List, Mode::Reader, Mode::Sidebar, Mode::Overlay, Mode::Select, Mode::Outline, Mode::Note];
/// The same but for the outline, where these letters begin a filter.
const LETTERS: &[Mode] = &[Mode::List, Mode::Reader, Mode::Sidebar, Mode::Overlay, Mode::Select];
/// The three panes.
const PANES: &[Mode] = &[Mode::List, Mode::Reader, Mode::Sidebar];
const ANYWHERE: &[Mode] = &Mode::ALL;

macro_rules! commands {
    ($( $(#[doc = $doc:literal])+ $variant:ident $name:literal $group:ident [ $( $modes:ident $key:literal ),* $(,)? ] )*) => {
        /// Everything the reader can ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Command { $( $(#[doc = $doc])+ $variant, )* }

        /// The table behind the keymap, help, the palette and the manual.
        pub const COMMANDS: &[CommandSpec] = &[ $( CommandSpec {
            command: Command::$variant, name: $name, group: Group::$group, keys: &[ $( ($modes, $key) ),* ],
        } ),* ];
    };
}

commands! {
    /// One line or row down.
    LineDown "line-down" Reading [LINES "j", LINES "<down>", PROMPT "<down>"]
    /// One line or row up.
    LineUp "line-up" Reading [LINES "k", LINES "<up>", PROMPT "<up>"]
    /// One page down.
    PageDown "page-down" Reading [LINES "<space>", LINES "<pagedown>", PROMPT "<pagedown>", LINES "<c-f>"]
    /// One page up.
    PageUp "page-up" Reading [LETTERS "b", LINES "<pageup>", PROMPT "<pageup>", LINES "<c-b>"]
    /// Half a page down.
    HalfPageDown "half-page-down" Reading [LETTERS "d", LINES "<c-d>"]
    /// Half a page up.
    HalfPageUp "half-page-up" Reading [LETTERS "u", LINES "<c-u>"]
    /// To the beginning; with a count, to that percentage of the text.
    Top "top" Reading [LETTERS "gg", LETTERS "g", LINES "<home>"]
    /// To the end; with a count, to that percentage of the text.
    Bottom "bottom" Reading [LINES "G", LINES "<end>"]
    /// To the next section.
    NextSection "next-section" Reading [READING "]]", READING "}", READING "<a-down>"]
    /// To the section before.
    PreviousSection "previous-section" Reading [READING "[[", READING "{", READING "<a-up>"]
    /// Open the outline.
    Outline "outline" Reading [PANES "o"]
    /// Follow the link, note or reference at hand, or else the first on the screen.
    Follow "follow" Reading [READER "<enter>"]
    /// To the next link, note or reference.
    NextTarget "next-target" Reading [READER "f", READER "<right>"]
    /// To the link, note or reference before.
    PreviousTarget "previous-target" Reading [READER "F", READER "<left>"]
    /// From a question to its answer, from a mark to its note, and back.
    Counterpart "counterpart" Reading [READER "r", READER "%", NOTE "r", NOTE "%"]
    /// Back to the previous place.
    Back "back" Reading [PANES "<a-left>", PANES "<c-o>"]
    /// Forward again.
    Forward "forward" Reading [PANES "<a-right>"]
    /// Go on where the line was cut the last time.
    GoOn "go-on" Reading [PANES "C"]
    /// Show the text as it was in the file, and back.
    Original "original" Reading [PANES "R"]

    /// Search: the dossier from the list, this document from the reader.
    Search "search" Searching [PANES "/", OVERLAY "/"]
    /// Count what the documents of the list are, and narrow it.
    Facets "facets" Searching [LIST "f", PANES "<a-f>"]
    /// Search within the result: the query continues from its end.
    SearchWithin "search-within" Searching [PANES "&"]
    /// Complete the name of a field or its value; then the next one that fits.
    Complete "complete" Searching [PROMPT "<tab>"]
    /// The candidate before.
    CompleteBack "complete-back" Searching [PROMPT "<s-tab>"]
    /// To the next match.
    NextMatch "next-match" Searching [PANES "n"]
    /// To the match before.
    PreviousMatch "previous-match" Searching [PANES "N"]
    /// List the matches in this document, each in its context.
    ListMatches "list-matches" Searching [PANES "M"]
    /// To the query typed before.
    HistoryPrevious "history-previous" Searching [PROMPT "<c-p>", PROMPT "<a-up>"]
    /// To the query typed after.
    HistoryNext "history-next" Searching [PROMPT "<c-n>", PROMPT "<a-down>"]
    /// Remove the part of the query with this number.
    DropPiece "drop-piece" Searching [
        PANES "<a-1>", PROMPT "<a-1>", PANES "<a-2>", PROMPT "<a-2>", PANES "<a-3>", PROMPT "<a-3>",
        PANES "<a-4>", PROMPT "<a-4>", PANES "<a-5>", PROMPT "<a-5>", PANES "<a-6>", PROMPT "<a-6>",
        PANES "<a-7>", PROMPT "<a-7>", PANES "<a-8>", PROMPT "<a-8>", PANES "<a-9>", PROMPT "<a-9>",
    ]
    /// Search other spellings of names too, or only the typed ones.
    ToggleVariants "toggle-variants" Searching [PANES "<a-v>", PROMPT "<a-v>"]
    /// Leave out one of the other spellings: the first, or that of the count.
    DropVariant "drop-variant" Searching [PANES "<a-x>", PROMPT "<a-x>"]
    /// Search for documents like this one, or like the selected passage.
    MoreLikeThis "more-like-this" Searching [PANES "=", SELECT "="]
    /// Keep the search under a name.
    SaveSearch "save-search" Searching [PANES "<a-s>", PROMPT "<a-s>"]
    /// The saved searches.
    SavedSearches "saved-searches" Searching [PANES "S"]
    /// List only the new hits of a saved search, or all.
    OnlyNew "only-new" Searching [PANES "<a-n>"]
    /// In the list of saved searches: forget the chosen one.
    ForgetSearch "forget-search" Searching [CHOICES "x", CHOICES "<delete>"]
    /// In the list of saved searches: give the chosen one another name.
    RenameSearch "rename-search" Searching [CHOICES "r"]
    /// Show the files that could not be read.
    NotRead "not-read" Searching []
    /// Forget the search.
    ClearSearch "clear-search" Searching []

    /// Open the selected document; accept typed text.
    Open "open" Choosing [LIST "<enter>", SIDEBAR "<enter>", LIST "l", LIST "<right>", OVERLAY "<enter>", NOTE "<enter>", PROMPT "<enter>"]
    /// The next document.
    NextDocument "next-document" Choosing [PANES "J"]
    /// The document before.
    PreviousDocument "previous-document" Choosing [PANES "K"]
    /// Open or fold the group of duplicates the chosen document belongs to.
    ToggleGroup "toggle-group" Choosing [LIST "x"]
    /// Fold duplicates in the list, or list them all.
    ToggleGroups "toggle-groups" Choosing []
    /// Sort the list by the next key: relevance, date, title.
    Sort "sort" Choosing [LIST "s"]

    /// Set a mark: m and a letter.
    SetMark "set-mark" Keeping [READER "m"]
    /// Go to a mark: ' and a letter; '' for the previous place.
    GoToMark "go-to-mark" Keeping [PANES "'"]
    /// Start or end selecting text.
    Select "select" Keeping [READER "v", SELECT "v"]
    /// Copy the selection, or the paragraph at the top of the page.
    Copy "copy" Keeping [READER "y", SELECT "y", SELECT "<enter>"]
    /// Selection: one cluster to the left.
    SelectLeft "select-left" Keeping [SELECT "h", SELECT "<left>"]
    /// Selection: one cluster to the right.
    SelectRight "select-right" Keeping [SELECT "l", SELECT "<right>"]
    /// Selection: one word on.
    SelectWord "select-word" Keeping [SELECT "w"]
    /// Selection: one word back.
    SelectWordBack "select-word-back" Keeping [SELECT "<s-left>"]
    /// Open the document's official page, or the link at hand, in a browser.
    Browse "browse" Keeping [PANES "O"]
    /// Open the file in an editor.
    Edit "edit" Keeping [PANES "E"]

    /// To the next pane.
    NextPane "next-pane" Screen [PANES "<tab>"]
    /// To the pane before.
    PreviousPane "previous-pane" Screen [PANES "<s-tab>"]
    /// The reader alone, and back.
    Zoom "zoom" Screen [PANES "z"]
    /// Show or hide the sidebar.
    Sidebar "sidebar" Screen [PANES "i"]
    /// A wider measure.
    Wider "wider" Screen [PANES "+"]
    /// A narrower measure.
    Narrower "narrower" Screen [PANES "-"]
    /// The next theme.
    Theme "theme" Screen []
    /// Mouse capture on or off.
    Mouse "mouse" Screen []
    /// The interface in the other language.
    Language "language" Screen []
    /// Draw the screen again.
    Redraw "redraw" Screen [ANYWHERE "<c-l>"]

    /// Every command by name.
    Palette "palette" General [PANES ":"]
    /// Help.
    Help "help" General [PANES "?", ANYWHERE "<f1>"]
    /// One step back: closes the topmost element, then clears the search; never leaves.
    Cancel "cancel" General [ANYWHERE "<esc>", ANYWHERE "<c-c>", ANYWHERE "<c-g>"]
    /// One level up; in the list it leaves.
    Quit "quit" General [PANES "q", OVERLAY "q", NOTE "q", SELECT "q"]
    /// Leave at once.
    QuitNow "quit-now" General [PANES "Q", OVERLAY "Q", NOTE "Q"]
    /// Suspend to the shell; fg comes back.
    Suspend "suspend" General [ANYWHERE "<c-z>"]
}

/// Names that commands had, which keymaps and fingers still know.
pub const FORMER_NAMES: &[(&str, Command)] = &[("unreadable", Command::NotRead)];

impl Command {
    /// The row of this command; rows and variants share their order.
    pub fn spec(self) -> &'static CommandSpec {
        &COMMANDS[self as usize]
    }

    /// The command of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        let former = FORMER_NAMES.iter().find(|(former, _)| *former == name).map(|(_, command)| *command);
        COMMANDS.iter().find(|spec| spec.name == name).map(|spec| spec.command).or(former)
    }
}
