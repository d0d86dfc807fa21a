//! The command palette: fuzzy search of commands by name and description, and what Enter runs, with the argument that some
//! commands take here.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::command::{COMMANDS, Command, FORMER_NAMES};

/// The commands that fit what was typed in the palette, best first; all in the table's order when nothing was typed.
/// `sentence` tells a command's sentence, which is searched after its name.
pub fn fitting(typed: &str, sentence: impl Fn(Command) -> String) -> Vec<Command> {
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
            let by_name = |name| score(name).map(|score| score * 4 + u32::from(name == typed) * 10_000);
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
