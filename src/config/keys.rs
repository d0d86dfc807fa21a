//! Keys in settings: `[keys.reader]` with `"x" = "page-down"`, and `""` or `false` to take a key away. What could never
//! work (a digit, which is a count; a character in the prompt, which is text) is refused with a sentence.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::diagnostic::{Diagnostics, Name, displayed, no_such};
use crate::command::{COMMANDS, Command, KeyChord, Keymap, Mode, parse_keys, print_keys};
use crate::locale::Message;

/// Reads the table `keys`.
pub(super) fn read(keymap: &mut Keymap, found: &Spanned<DeValue<'_>>, diagnostics: &mut Diagnostics<'_>) {
    let Some(modes) = found.get_ref().as_table() else {
        let what = Message::new("config-wrong").with("name", "keys").with("expected", Message::new("expected-table"));
        return diagnostics.add(&found.span(), what);
    };
    for (name, keys) in modes {
        match (Mode::from_name(name.get_ref()), keys.get_ref().as_table()) {
            (None, _) => diagnostics.unknown("config-no-mode", name, Mode::ALL.map(Mode::name)),
            (_, None) => diagnostics.wrong(name, keys, Err(Message::new("expected-table"))),
            (Some(mode), Some(keys)) => read_mode(keymap, mode, keys, diagnostics),
        }
    }
}

fn read_mode(keymap: &mut Keymap, mode: Mode, keys: &DeTable<'_>, diagnostics: &mut Diagnostics<'_>) {
    let mut bound = Vec::new();
    for (name, found) in keys {
        match binding(mode, name, found.get_ref()) {
            Ok((chords, command)) => {
                keymap.bind(mode, &chords, command);
                bound.push((name, print_keys(&chords)));
            }
            Err(what) => diagnostics.add(&name.span(), what),
        }
    }
    for conflict in keymap.conflicts().iter().filter(|conflict| conflict.mode == mode) {
        let cause = bound.iter().find(|(_, keys)| *keys == conflict.keys || *keys == conflict.longer);
        if let Some((name, _)) = cause {
            let what = Message::new("config-key-waits").with("keys", displayed(&conflict.keys));
            diagnostics.add(&name.span(), what.with("longer", displayed(&conflict.longer)));
        }
    }
}

/// The chords and the command of one entry, or the diagnostic.
fn binding(mode: Mode, name: &Name<'_>, found: &DeValue<'_>) -> Result<(Vec<KeyChord>, Option<Command>), Message> {
    let chords = parse_keys(name.get_ref())
        .map_err(|error| Message::new("config-no-key").with("keys", displayed(&error.part)))?;
    let command = match (found.as_bool(), found.as_str()) {
        (Some(false), _) | (_, Some("")) => None,
        (_, Some(command)) => Some(
            Command::from_name(command)
                .ok_or_else(|| no_such("config-no-command", command, COMMANDS.iter().map(|spec| spec.name)))?,
        ),
        _ => {
            let expected = Message::new("expected-command");
            return Err(Message::new("config-wrong")
                .with("name", displayed(name.get_ref()))
                .with("expected", expected));
        }
    };
    let typed = chords[0].typed();
    let refused = match (mode, typed) {
        _ if command.is_none() => None,
        (Mode::Prompt, Some(_)) => Some("config-key-is-text"),
        (_, Some(c)) if c.is_ascii_digit() => Some("config-key-is-count"),
        _ => None,
    };
    match refused {
        Some(id) => Err(Message::new(id).with("keys", displayed(name.get_ref()))),
        None => Ok((chords, command)),
    }
}
