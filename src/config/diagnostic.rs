//! Diagnostics of configuration files, with file, line and the nearest valid name. Names from the file are shortened
//! and stripped of control characters, because they are shown on the terminal.

use std::fmt::Display;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::locale::Message;

/// A name in a file, with its byte range.
pub(super) type Name<'i> = Spanned<std::borrow::Cow<'i, str>>;

/// Maximum number of characters of a name in a message.
const NAME_CHARACTERS: usize = 48;

/// The entries of a file, or the first place where it is not TOML.
pub(super) fn parse(text: &str) -> Result<DeTable<'_>, toml::de::Error> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let first = errors.into_iter().min_by_key(|error| error.span().map_or(0, |span| span.start));
    first.map_or(Ok(table.into_inner()), Err)
}

/// Collects the diagnostics of one file.
pub(super) struct Diagnostics<'a> {
    text: &'a str,
    file: &'a str,
    found: Vec<(usize, Message)>,
}

impl<'a> Diagnostics<'a> {
    pub(super) fn new(text: &'a str, file: &'a str) -> Self {
        Self { text, file, found: Vec::new() }
    }

    /// The diagnostics in the order of the file, each with its line.
    pub(super) fn in_order(mut self) -> Vec<Message> {
        self.found.sort_by_key(|(at, _)| *at);
        let (mut line, mut counted) = (1_usize, 0);
        let told = self.found.into_iter().map(|(at, what)| {
            let at = at.min(self.text.len());
            line += self.text.get(counted..at).map_or(0, |passed| passed.matches('\n').count());
            counted = at;
            Message::new("config-at").with("file", self.file).with("line", line).with("what", what)
        });
        told.collect()
    }

    /// Adds a diagnostic at a range.
    pub(super) fn add(&mut self, at: &Range<usize>, what: Message) {
        self.found.push((at.start, what));
    }

    /// The file is not TOML.
    pub(super) fn syntax(&mut self, error: &toml::de::Error) {
        let detail = displayed(error.message().lines().next().unwrap_or_default());
        let at = error.span().unwrap_or(0..0);
        self.add(&at, Message::new("config-syntax").with("detail", detail));
    }

    /// A name that is none of those known.
    pub(super) fn unknown<'b>(&mut self, id: &str, name: &Name<'_>, known: impl IntoIterator<Item = &'b str>) {
        let what = no_such(id, name.get_ref(), known);
        self.add(&name.span(), what);
    }

    /// A value that its setting cannot have; nothing when it can.
    pub(super) fn wrong(&mut self, name: &Name<'_>, found: &Spanned<DeValue<'_>>, read: Result<(), Message>) {
        if let Err(expected) = read {
            let what = Message::new("config-wrong").with("name", displayed(name.get_ref())).with("expected", expected);
            self.add(&found.span(), what);
        }
    }
}

/// “There is no such …”, with the nearest valid name if one is similar.
pub(super) fn no_such<'a>(id: &str, name: &str, known: impl IntoIterator<Item = &'a str>) -> Message {
    let message = Message::new(id).with("name", displayed(name));
    with_nearest(message, name, known)
}

/// A sentence followed by “Did you mean …?” when a known name is near.
pub(super) fn with_nearest<'a>(message: Message, name: &str, known: impl IntoIterator<Item = &'a str>) -> Message {
    match nearest(name, known) {
        Some(near) => Message::new("did-you-mean").with("what", message).with("near", near),
        None => message,
    }
}

/// The known name most similar to a word, if few letters differ.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written: String = name.chars().take(NAME_CHARACTERS).collect::<String>().to_lowercase();
    let allowed = 1 + written.chars().count() / 4;
    let distances = known.into_iter().map(|known| (strsim::damerau_levenshtein(&written, known), known));
    let (distance, near) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= allowed && distance < near.chars().count()).then_some(near)
}

/// A name for a message: short and without control characters.
pub(crate) fn displayed(name: impl Display) -> String {
    let visible = |c: char| {
        if c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') {
            '\u{fffd}'
        } else {
            c
        }
    };
    name.to_string().chars().take(NAME_CHARACTERS).map(visible).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_name_is_found_when_few_letters_differ() {
        let known = ["measure", "theme", "mouse", "16"];
        for (written, near) in [
            ("mesure", Some("measure")),
            ("Theme", Some("theme")),
            ("muose", Some("mouse")),
            ("zzz", None),
            ("", None),
            ("x", None),
        ] {
            assert_eq!(nearest(written, known), near, "{written}");
        }
        assert_eq!(nearest("x", []), None);
    }
}
