//! The settings of the reader and the options of one launch: plain values that come from the configuration, the command
//! line and the terminal. Commands change some settings for the run; they are not stored.

use super::action::Actions;
use super::effect::Effect;
use crate::command::Keymap;
use crate::config::{NARROWEST_MEASURE, Theme, WIDEST_MEASURE};
use crate::document::{DocumentKey, PlaceName};
use crate::locale::{Message, UiLanguage};
use crate::search::Sort;

/// Settings that are known before the first key. Some of them are changed by commands.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is an independent switch of the configuration")]
pub struct Settings {
    /// Key bindings.
    pub keymap: Keymap,
    /// Language of the interface.
    pub ui_language: UiLanguage,
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
            ui_language: UiLanguage::English,
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

impl Settings {
    /// Makes the text wider, or narrower if negative, within the limits of readable text.
    pub(crate) fn change_measure(&mut self, by: i32) -> Actions {
        let by = by.clamp(-1000, 1000) as i16;
        self.measure = self.measure.saturating_add_signed(by).clamp(NARROWEST_MEASURE, WIDEST_MEASURE);
        Actions::notice(Message::new("measure-is").with("columns", u64::from(self.measure)))
    }

    /// Uses the theme of this name, or the next one.
    pub(crate) fn set_theme(&mut self, name: Option<&str>) -> Actions {
        let own = self.own_theme.as_ref().map(Theme::name);
        let names: Vec<&str> = Theme::names().into_iter().chain(own).collect();
        let next = if let Some(name) = name {
            names.iter().find(|known| **known == name)
        } else {
            let at = names.iter().position(|known| *known == self.theme).map_or(0, |at| at + 1);
            names.get(at % names.len())
        };
        let Some(next) = next else { return Actions::alert(Theme::unknown(name.unwrap_or_default(), [])) };
        let notice = Actions::notice(Message::new("theme-is").with("theme", *next));
        self.theme = (*next).to_owned();
        notice
    }

    /// Uses the language of this tag, or the other one. Returns whether there is such a language.
    pub(crate) fn set_language(&mut self, tag: Option<&str>) -> bool {
        self.ui_language = match (tag, self.ui_language) {
            (Some(tag), _) if tag.starts_with("fr") => UiLanguage::French,
            (Some(tag), _) if tag.starts_with("en") => UiLanguage::English,
            (Some(_), _) => return false,
            (None, UiLanguage::English) => UiLanguage::French,
            (None, UiLanguage::French) => UiLanguage::English,
        };
        true
    }

    /// Captures the mouse, or releases it.
    pub(crate) fn toggle_mouse(&mut self) -> Actions {
        self.mouse = !self.mouse;
        Actions::notice_of(if self.mouse { "mouse-on" } else { "mouse-off" }).and(Effect::SetMouse(self.mouse))
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
