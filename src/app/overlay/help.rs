//! The rows of help: every command with its keys, by group. Running the selected command is done by `update`.

use super::filter::filtered;
use crate::command::{COMMANDS, Command, Group, Keymap, Mode};
use crate::locale::Catalogue;

/// A row of help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelpRow {
    /// The heading of a group of commands.
    Group(Group),
    /// A command.
    Command {
        /// The command.
        command: Command,
        /// Its keys, as printed.
        keys: Vec<String>,
    },
}

/// The rows of help that pass a filter.
pub fn help_rows(filter: &str, keymap: &Keymap, catalogue: &Catalogue) -> Vec<HelpRow> {
    let keys: Vec<Vec<String>> = COMMANDS.iter().map(|spec| keys_of(spec.command, keymap)).collect();
    let texts = COMMANDS.iter().zip(&keys).map(|(spec, keys)| {
        let caps: Vec<String> = keys.iter().map(|key| catalogue.keys(key)).collect();
        format!("{} {} {} {}", spec.name, sentence_of(spec.command, catalogue), keys.join(" "), caps.join(" "))
    });
    let pass = filtered(filter, texts);
    let mut rows = Vec::new();
    for group in Group::ALL {
        let of_group = pass.iter().copied().filter(|at| COMMANDS[*at].group == group);
        let commands: Vec<HelpRow> =
            of_group.map(|at| HelpRow::Command { command: COMMANDS[at].command, keys: keys[at].clone() }).collect();
        if !commands.is_empty() {
            rows.push(HelpRow::Group(group));
            rows.extend(commands);
        }
    }
    rows
}

/// The description of a command in the language of the interface.
pub fn sentence_of(command: Command, catalogue: &Catalogue) -> String {
    catalogue.text(format!("command-{}", command.spec().name))
}

/// The keys of a command in any pane, each once.
pub(crate) fn keys_of(command: Command, keymap: &Keymap) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for mode in Mode::ALL {
        for shown in keymap.keys_of(command, mode) {
            if !keys.contains(&shown) {
                keys.push(shown);
            }
        }
    }
    keys
}

/// The first key of a command, as printed on the keyboard; empty if it has none.
pub(crate) fn first_key_of(command: Command, keymap: &Keymap, catalogue: &Catalogue) -> String {
    keys_of(command, keymap).first().map(|key| catalogue.keys(key)).unwrap_or_default()
}
