//! Settings: parses TOML. Errors and unknown names become [`Message`]s with file, line and the nearest valid name, and
//! the rest still counts. Reads no files; `assets/config.toml` shows every setting with its default, which a test
//! verifies.

mod choice;
mod color;
mod diagnostic;
mod keys;
mod switch;
mod theme;
mod value;

use toml::de::{DeTable, DeValue};

pub use color::{Color, Face};
pub(crate) use diagnostic::displayed;
pub use diagnostic::nearest;
pub use switch::Switch;
pub use theme::Theme;

use crate::command::Keymap;
use crate::locale::{Message, UiLanguage};
use crate::search::Sort;
use diagnostic::Diagnostics;

/// The narrowest measure that can be set, in cells.
pub const NARROWEST_MEASURE: u16 = 20;
/// The widest measure that can be set, in cells.
pub const WIDEST_MEASURE: u16 = 200;

/// Everything a person can set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// What keys do.
    pub keymap: Keymap,
    /// The name of a theme, built in or a file of the person's own; `None`: by the terminal.
    pub theme: Option<String>,
    /// The language of the interface; `None`: by the environment.
    pub language: Option<UiLanguage>,
    /// The most cells a line of text has.
    pub measure: u16,
    /// Whether the mouse is Lutrin's.
    pub mouse: Switch,
    /// Whether only ASCII is drawn for rules, ticks and bars.
    pub ascii: Switch,
    /// Whether the hits follow each key of the search.
    pub search_while_typing: bool,
    /// The order of the list while nothing is searched for.
    pub sort: Sort,
    /// Whether list and sidebar are shown beside the reader at the start, where there is room.
    pub side_panes: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            keymap: Keymap::defaults(),
            theme: None,
            language: None,
            measure: 72,
            mouse: Switch::Auto,
            ascii: Switch::Auto,
            search_while_typing: true,
            sort: Sort::Date,
            side_panes: true,
        }
    }
}

type Read = fn(&mut Config, &DeValue<'_>) -> Result<(), Message>;

/// Every setting and how it is read, beside the tables of keys.
const SETTINGS: &[(&str, Read)] = &[
    ("theme", |config, found| set(&mut config.theme, value::text(found).map(value::unless_auto))),
    ("language", |config, found| set(&mut config.language, value::language(found))),
    ("measure", |config, found| set(&mut config.measure, value::number(found, NARROWEST_MEASURE, WIDEST_MEASURE))),
    ("mouse", |config, found| set(&mut config.mouse, value::switch(found))),
    ("ascii", |config, found| set(&mut config.ascii, value::switch(found))),
    ("search-while-typing", |config, found| set(&mut config.search_while_typing, value::yes_or_no(found))),
    ("sort", |config, found| set(&mut config.sort, value::sort(found))),
    ("side-panes", |config, found| set(&mut config.side_panes, value::yes_or_no(found))),
];

fn set<T>(setting: &mut T, read: Result<T, Message>) -> Result<(), Message> {
    read.map(|value| *setting = value)
}

/// Reads settings from the text of a file called `file`: the defaults with what could be read, and a message for each
/// entry that could not, in the order of the file.
pub fn load(text: &str, file: &str) -> (Config, Vec<Message>) {
    let mut config = Config::default();
    let mut diagnostics = Diagnostics::new(text, file);
    match diagnostic::parse(text) {
        Ok(table) => read(&mut config, &table, &mut diagnostics),
        Err(error) => diagnostics.syntax(&error),
    }
    (config, diagnostics.in_order())
}

fn read(config: &mut Config, table: &DeTable<'_>, diagnostics: &mut Diagnostics<'_>) {
    for (name, found) in table {
        let setting = SETTINGS.iter().find(|(known, _)| *known == name.get_ref());
        match setting {
            Some((_, read)) => diagnostics.wrong(name, found, read(config, found.get_ref())),
            None if name.get_ref() == "keys" => keys::read(&mut config.keymap, found, diagnostics),
            None => {
                let known = SETTINGS.iter().map(|(known, _)| *known).chain(["keys"]);
                diagnostics.unknown("config-no-setting", name, known);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{Command, Lookup, Mode, parse_keys};
    use crate::locale::Catalogue;

    fn displayed(text: &str) -> (Config, Vec<String>) {
        let (config, messages) = load(text, "config.toml");
        let english = Catalogue::new(UiLanguage::English);
        (config, messages.iter().map(|message| english.say(message)).collect())
    }

    #[test]
    fn an_empty_file_gives_the_defaults() {
        assert_eq!(displayed(""), (Config::default(), vec![]));
    }

    /// A comment line that begins with `#` and a letter or bracket, without a space, is a setting.
    fn uncommented(text: &str) -> String {
        let setting =
            |line: &&str| line.strip_prefix('#').is_some_and(|rest| !rest.is_empty() && !rest.starts_with(' '));
        text.lines().filter(setting).map(|line| line[1..].to_owned() + "\n").collect()
    }

    #[test]
    fn the_commented_settings_are_the_defaults_and_none_is_missing() {
        let sample = include_str!("../../assets/config.toml");
        assert_eq!(displayed(sample), (Config::default(), vec![]));
        let settings = uncommented(sample);
        assert_eq!(displayed(&settings), (Config::default(), vec![]));
        for (name, _) in SETTINGS {
            assert!(settings.contains(&format!("{name} = ")), "{name} is not in assets/config.toml");
        }
    }

    #[test]
    fn settings_are_read() {
        let (config, messages) = displayed(
            "measure = 60\ntheme = 'light'\nlanguage = 'fr'\nmouse = 'on'\nascii = false\nsearch-while-typing = false\n\
             sort = 'title'\nside-panes = false\n",
        );
        assert_eq!(messages, Vec::<String>::new());
        let expected = Config {
            keymap: Keymap::defaults(),
            theme: Some("light".to_owned()),
            language: Some(UiLanguage::French),
            measure: 60,
            mouse: Switch::On,
            ascii: Switch::Off,
            search_while_typing: false,
            sort: Sort::Title,
            side_panes: false,
        };
        assert_eq!(config, expected);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_the_rest_counts() {
        let (config, messages) =
            displayed("mesure = 60\nmeasure = 500\nmouse = 'sometimes'\nsort = 'titel'\nlanguage = 'fr'\n");
        assert_eq!(
            messages,
            [
                "config.toml, line 1: there is no setting “mesure”. Did you mean “measure”?",
                "config.toml, line 2: “measure” must be a number from 20 to 200.",
                "config.toml, line 3: “mouse” must be one of auto, on, off.",
                "config.toml, line 4: “sort” must be one of relevance, date, title. Did you mean “title”?",
            ]
        );
        assert_eq!(config.language, Some(UiLanguage::French));
        assert_eq!(config.measure, 72);
    }

    #[test]
    fn a_file_that_is_not_toml_is_one_message_and_the_defaults() {
        let (config, messages) = displayed("measure = 60\nmouse = \n[keys\n");
        assert_eq!(config, Config::default());
        assert_eq!(messages.len(), 1);
        assert!(messages[0].starts_with("config.toml, line 2: this is not valid TOML"), "{messages:?}");
    }

    #[test]
    fn keys_are_bound_and_taken_away() {
        let (config, messages) = displayed("[keys.reader]\nx = 'page-down'\nj = ''\nG = false\n'<c-x>g' = 'top'\n");
        assert_eq!(messages, Vec::<String>::new());
        let look = |keys| config.keymap.lookup(Mode::Reader, &parse_keys(keys).unwrap());
        assert_eq!(look("x"), Lookup::Matched(Command::PageDown));
        assert_eq!(look("j"), Lookup::Unbound);
        assert_eq!(look("G"), Lookup::Unbound);
        assert_eq!(look("<c-x>"), Lookup::Pending);
        assert_eq!(config.keymap.lookup(Mode::List, &parse_keys("j").unwrap()), Lookup::Matched(Command::LineDown));
    }

    #[test]
    fn a_wrong_key_command_or_mode_is_told() {
        let (_, messages) = displayed(
            "[keys.readr]\nx = 'top'\n[keys.reader]\nx = 'page-donw'\n'<spce>' = 'top'\ny = 3\n3 = 'top'\ng = 'zoom'\n\
             [keys.prompt]\nx = 'top'\n",
        );
        assert_eq!(
            messages,
            [
                "config.toml, line 1: there is no mode “readr”. Did you mean “reader”?",
                "config.toml, line 4: there is no command “page-donw”. Did you mean “page-down”?",
                "config.toml, line 5: no key is called “<spce>”.",
                "config.toml, line 6: “y” must be the name of a command, or \"\" for none.",
                "config.toml, line 7: “3” cannot be bound: digits are counts.",
                "config.toml, line 8: “g” will wait for a moment, because “gg” begins with it.",
                "config.toml, line 10: “x” cannot be bound: in the prompt it is text.",
            ]
        );
    }

    #[test]
    fn a_control_character_in_a_name_is_not_said() {
        let (_, messages) = displayed("\"\\u001b[2J\" = 1\n");
        assert_eq!(messages, ["config.toml, line 1: there is no setting “\u{fffd}[2J”."]);
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]
        #[test]
        fn no_file_is_too_odd_to_be_read(text in "([a-z\\[\\]=\"'.#{} \n0-9\u{e9}-]|keys|reader|theme|measure){0,40}") {
            let _ = displayed(&text);
        }
    }
}
