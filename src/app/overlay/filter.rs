//! The part that all overlays share: a list of rows with a filter, a selected row and a scroll position. The rows belong to
//! the overlay; here they are only counted.

use crate::app::line_editor::LineInput;
use crate::text::fold::fold_word;

/// A filter line over a list of rows, or a line for a name above one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilteredList {
    /// The filter, or the name that is being typed.
    pub filter: LineInput,
    /// Whether keys go to the filter.
    pub typing: bool,
    /// Index of the selected row, among those that pass the filter.
    pub selected: usize,
    /// Index of the first row in view.
    pub top: usize,
}

impl FilteredList {
    /// A list whose line already has the cursor in it.
    pub(crate) fn typing(line: LineInput) -> Self {
        Self { filter: line, typing: true, ..Self::default() }
    }

    /// Moves the selection among `rows` rows.
    pub(crate) fn move_by(&mut self, by: isize, rows: usize) {
        self.selected = self.selected.saturating_add_signed(by).min(rows.saturating_sub(1));
    }

    /// Scrolls so that the selected row is among `visible` of `rows` rows.
    pub(crate) fn settle(&mut self, visible: usize, rows: usize) {
        let visible = visible.max(1);
        self.selected = self.selected.min(rows.saturating_sub(1));
        self.top = self.top.min(self.selected).max((self.selected + 1).saturating_sub(visible));
        self.top = self.top.min(rows.saturating_sub(visible));
    }

    /// Empties the filter.
    pub(crate) fn clear(&mut self) {
        self.filter = LineInput::default();
        self.typing = false;
    }
}

/// Indexes of the texts that pass a filter: all words of the filter occur, regardless of case and accents. In order.
/// An empty filter passes everything without forming a text: an outline may have thousands.
pub(crate) fn filtered(filter: &str, texts: impl ExactSizeIterator<Item = String>) -> Vec<usize> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_ignores_case_and_accents_and_wants_every_word() {
        let texts = ["Texte de la réponse", "Données clés", "Texte de la question"];
        let pass = |filter| filtered(filter, texts.iter().map(ToString::to_string));
        assert_eq!(pass("texte REPONSE"), [0]);
        assert_eq!(pass("cles"), [1]);
        assert_eq!(pass(""), [0, 1, 2]);
    }
}
