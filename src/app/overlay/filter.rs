//! The part that all overlays share: a list of rows with a filter, a selected row and a scroll position. The rows belong to
//! the overlay; here they are only counted.

use crate::text::fold::fold_word;

/// Indexes of the texts that pass a filter: all words of the filter occur, regardless of case and accents. In order.
/// An empty filter passes everything without forming a text: an outline may have thousands.
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
