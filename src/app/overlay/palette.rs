//! The command palette: fuzzy search of commands by name and description, and what Enter runs, with the argument that some
//! commands take here.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::filter::FilteredList;
use super::help::sentence_of;
use crate::app::action::{Actions, PaneRequest};
use crate::app::pending_keys::CountedCommand;
use crate::command::{COMMANDS, Command, FORMER_NAMES};
use crate::locale::{Catalogue, Message};
use crate::request::Pane;
use crate::search::Sort;

/// Score of a command whose name was typed in full.
const EXACT: u32 = 10_000;
/// Factor by which a hit in the name outweighs one in the description.
const NAME_WEIGHT: u32 = 4;

/// The commands that fit the typed text, best first; all in the order of the table for an empty text. Only the first
/// word is searched; the rest is an argument.
pub fn palette_rows(typed: &str, catalogue: &Catalogue) -> Vec<Command> {
    fitting(typed, |command| sentence_of(command, catalogue))
}

/// Enter: runs the selected command; a number alone goes to that percentage of the text.
pub(crate) fn accept(list: &FilteredList, catalogue: &Catalogue) -> Actions {
    let typed = list.filter.text().trim();
    let argument = typed.split_once(' ').map(|(_, argument)| argument.trim().to_owned());
    if let Ok(percent) = typed.trim_end_matches('%').parse::<u32>() {
        let top = CountedCommand { command: Command::Top, count: Some(percent) };
        return Actions::from(PaneRequest::Focus(Pane::Reader)).and(PaneRequest::Run(top));
    }
    match (palette_rows(list.filter.text(), catalogue).get(list.selected).copied(), argument) {
        (None, _) => Actions::alert(Message::new("no-such-command").with("name", typed)),
        (Some(Command::Theme), Some(name)) => PaneRequest::SetTheme(Some(name)).into(),
        (Some(Command::Language), Some(name)) => PaneRequest::SetLanguage(Some(name)).into(),
        (Some(Command::Sort), Some(name)) => match Sort::from_name(&name) {
            Some(sort) => PaneRequest::SortBy(sort).into(),
            None => Actions::alert(Message::new("no-such-sort").with("name", name)),
        },
        (Some(command), _) => PaneRequest::Run(CountedCommand { command, count: None }).into(),
    }
}

fn fitting(typed: &str, sentence: impl Fn(Command) -> String) -> Vec<Command> {
    let typed = typed.split_whitespace().next().unwrap_or("");
    if typed.is_empty() {
        return COMMANDS.iter().map(|spec| spec.command).collect();
    }
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
    let mut score = |text: &str| pattern.score(Utf32Str::new(text, &mut Vec::new()), &mut matcher);
    let mut scored: Vec<(u32, Command)> = COMMANDS
        .iter()
        .filter_map(|spec| {
            let by_name = |name| score(name).map(|score| score * NAME_WEIGHT + u32::from(name == typed) * EXACT);
            let former = FORMER_NAMES.iter().filter(|(_, command)| *command == spec.command);
            let by_name = former.map(|(name, _)| *name).chain([spec.name]).filter_map(by_name).max();
            let by_sentence = score(&sentence(spec.command));
            Some((by_name.max(by_sentence)?, spec.command))
        })
        .collect();
    scored.sort_by_key(|(score, command)| (std::cmp::Reverse(*score), *command));
    scored.into_iter().map(|(_, command)| command).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_typed_in_full_comes_first_and_a_few_letters_find_it() {
        let sentence = |_| String::new();
        assert_eq!(fitting("mouse", sentence).first(), Some(&Command::Mouse));
        assert_eq!(fitting("nxmat", sentence).first(), Some(&Command::NextMatch));
        assert_eq!(fitting("", sentence).len(), COMMANDS.len());
    }
}
