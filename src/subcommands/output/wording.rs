//! Small pieces of text that several answers share, safe for a terminal.

use crate::document::Summary;
use crate::locale::{Catalogue, Message};
use crate::text::sanitize::sanitize;

/// « chemin : titre », as the language sets its colon.
pub(in crate::subcommands) fn labelled(catalogue: &Catalogue, label: &str, text: &str) -> String {
    catalogue.say(&Message::new("labelled").with("label", label).with("value", text))
}

/// Words that come from outside, safe for a terminal and on one line.
pub(in crate::subcommands) fn shown(text: &str) -> String {
    sanitize(text).replace(['\n', '\t'], " ")
}

/// Where a document is: its path, and its name inside the file.
pub(in crate::subcommands) fn whereabouts(summary: &Summary) -> String {
    match &summary.member {
        Some(member) => format!("{} ({})", shown(&summary.path), shown(member)),
        None => shown(&summary.path),
    }
}
