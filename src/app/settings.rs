//! The settings of the reader and the options of one launch: plain values that come from the configuration, the command
//! line and the terminal. Commands change some settings for the run; they are not stored.

use crate::command::Keymap;
use crate::config::Theme;
use crate::document::{DocumentKey, PlaceName};
use crate::locale::Tongue;
use crate::search::Sort;

/// Settings that are known before the first key. Some of them are changed by commands.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is an independent switch of the configuration")]
pub struct Settings {
    /// Key bindings.
    pub keymap: Keymap,
    /// Language of the interface.
    pub tongue: Tongue,
    /// Maximum width of a line of text, in cells.
    pub measure: u16,
    /// Name of the theme.
    pub theme: String,
    /// A theme from the configuration, beside the built-in ones.
    pub own_theme: Option<Theme>,
    /// Whether the mouse is captured.
    pub mouse: bool,
    /// Whether every key typed into a query searches; else only Enter does.
    pub search_while_typing: bool,
    /// Whether rules, ticks and bars are drawn in ASCII.
    pub ascii: bool,
    /// Initial order of the document list.
    pub sort: Sort,
    /// Whether the list and the sidebar are shown beside the reader at the start, where there is room.
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

/// What the command line requests before the first key: `lutrin DOCUMENT#PLACE`, `lutrin +/WORDS FILE`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LaunchOptions {
    /// The document to open; without one, the list is shown.
    pub document: Option<DocumentKey>,
    /// The document to select in the list.
    pub chosen: Option<DocumentKey>,
    /// The place to go to in the document.
    pub place: Option<PlaceName>,
    /// The words to search in the document.
    pub words: Option<String>,
    /// Whether exactly one file was named, so that the reader has the focus before the file is indexed.
    pub one_file: bool,
}
