//! What lies over the reader: the outline, the matches of the document, help, the palette, the facets. One at a time by
//! construction; each has a list to choose from and a filter. What the rows are is computed here so that `ui` only draws and
//! `update` only chooses.

pub(super) mod facets;
pub(super) mod lists;
pub(super) mod saved_searches;

use std::sync::Arc;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::line_editor::LineInput;
use crate::command::{COMMANDS, Command, FORMER_NAMES};
use crate::text::fold::fold_word;
use facets::FacetList;

/// Which overlay it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverlayKind {
    /// The sections of the document.
    Outline,
    /// The matches in the document.
    Matches,
    /// Every command with its keys.
    Help,
    /// Every command by name.
    Palette,
    /// The files that gave no document.
    Problems,
    /// What the documents of the list are, counted.
    Facets,
    /// The saved searches.
    Searches,
    /// A name is typed to keep a search under; those that are taken stand below.
    SaveSearch,
    /// Another name is typed for a saved search.
    RenameSearch,
}

impl OverlayKind {
    /// Whether it asks for a name, so that what is typed filters nothing.
    pub fn is_a_question(self) -> bool {
        matches!(self, Self::SaveSearch | Self::RenameSearch)
    }

    /// Whether every key that is no command begins a filter.
    pub fn filters_at_once(self) -> bool {
        self.is_of_document() || self == Self::Facets
    }

    /// Whether it lists what stands in the open document.
    pub fn is_of_document(self) -> bool {
        matches!(self, Self::Outline | Self::Matches)
    }
}

/// An overlay that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlay {
    /// Which one.
    pub kind: OverlayKind,
    /// What the rows are filtered by.
    pub filter: LineInput,
    /// Whether keys go to the filter.
    pub typing: bool,
    /// The chosen row, among those that pass the filter.
    pub selected: usize,
    /// The first row in view.
    pub top: usize,
    /// The sections or matches that pass the filter, by their number; there may be thousands, so they are looked through
    /// once for each filter.
    pub numbers: Arc<[usize]>,
    /// What was counted, for facets.
    pub facets: FacetList,
}

impl Overlay {
    /// An overlay just opened. The palette is typed into at once.
    pub fn new(kind: OverlayKind) -> Self {
        Self {
            kind,
            filter: LineInput::default(),
            typing: kind == OverlayKind::Palette,
            selected: 0,
            top: 0,
            numbers: Arc::from([]),
            facets: FacetList::default(),
        }
    }

    /// Moves the choice among `rows` rows.
    pub fn move_by(&mut self, by: isize, rows: usize) {
        self.selected = self.selected.saturating_add_signed(by).min(rows.saturating_sub(1));
    }

    /// Scrolls so that the choice is among `visible` of `rows` rows.
    pub fn settle(&mut self, visible: usize, rows: usize) {
        let visible = visible.max(1);
        self.selected = self.selected.min(rows.saturating_sub(1));
        self.top = self.top.min(self.selected).max((self.selected + 1).saturating_sub(visible));
        self.top = self.top.min(rows.saturating_sub(visible));
    }
}

/// The numbers of the texts that pass a filter: all words of the filter occur, whatever their case and accents. In order.
/// Without a filter no text is made: an outline may have thousands.
pub fn filtered(filter: &str, texts: impl ExactSizeIterator<Item = String>) -> Vec<usize> {
    let words: Vec<String> = filter.split_whitespace().map(fold_word).collect();
    if words.is_empty() {
        return (0..texts.len()).collect();
    }
    texts
        .enumerate()
        .filter(|(_, text)| {
            let text = fold_word(text);
            words.iter().all(|word| text.contains(word.as_str()))
        })
        .map(|(number, _)| number)
        .collect()
}

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

    #[test]
    fn a_filter_ignores_case_and_accents_and_wants_every_word() {
        let texts = ["Texte de la réponse", "Données clés", "Texte de la question"];
        let pass = |filter| filtered(filter, texts.iter().map(ToString::to_string));
        assert_eq!(pass("texte REPONSE"), [0]);
        assert_eq!(pass("cles"), [1]);
        assert_eq!(pass(""), [0, 1, 2]);
    }
}
