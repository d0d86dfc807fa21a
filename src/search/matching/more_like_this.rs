//! « More like this »: the words that best characterise a document, or a passage of it, as a query in the query
//! language. The query is visible, and can be edited, saved and explained like a typed one. The caller provides
//! document frequencies.

use std::collections::HashMap;

use crate::document::Document;
use crate::search::analysis::function_words::{StopwordLanguage, tongues_of};
use crate::search::analysis::stem::Stemming;
use crate::search::analysis::{accented, words};
use crate::text::TextRange;

/// How many words are asked for: more add noise and time.
const TELLING: usize = 12;
/// Minimum length of a characteristic word, in characters.
const SHORTEST: usize = 3;
/// Number of the most frequent words that are weighed; each needs a look-up in the index.
const CANDIDATES: usize = 300;

/// A word of the passage, for all its forms.
struct Candidate {
    /// Its first occurrence, in lower case.
    word: String,
    folded: String,
    times: u32,
}

/// The query for documents about the same subject as a passage: any of its most characteristic words. `documents`
/// returns how many of `total` documents contain a folded word. `None` if no other document shares a characteristic
/// word.
pub fn alike(document: &Document, passage: TextRange, total: u32, documents: impl Fn(&str) -> u32) -> Option<String> {
    let mut candidates = candidates(document, passage);
    candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.times));
    candidates.truncate(CANDIDATES);
    let weigh = |candidate: Candidate| {
        let having = documents(&candidate.folded);
        // A word that only this document has finds nothing more, and a word that every document has distinguishes none.
        let tells = having > 1 && having < total.max(3);
        let rarity = (f64::from(total.max(1)) / f64::from(having.max(1))).ln();
        tells.then(|| ((1.0 + f64::from(candidate.times).ln()) * rarity, candidate.word))
    };
    let mut weighed: Vec<(f64, String)> = candidates.into_iter().filter_map(weigh).collect();
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0));
    let telling: Vec<String> = weighed.into_iter().take(TELLING).map(|(_, word)| word).collect();
    (!telling.is_empty()).then(|| telling.join(" OR "))
}

/// The content words of a passage, each equivalence class of forms once, in order of occurrence.
fn candidates(document: &Document, passage: TextRange) -> Vec<Candidate> {
    let text = document.searched(passage);
    let stopword_language = StopwordLanguage::of(document.language.as_ref());
    let stemming = Stemming::of(document.language.as_ref());
    let (mut forms, mut classes) = (HashMap::new(), HashMap::new());
    let mut found: Vec<Candidate> = Vec::new();
    for word in words(&text) {
        let folded = word.folded.as_ref();
        let tells = folded.chars().count() >= SHORTEST && folded.chars().all(char::is_alphabetic);
        if !tells || tongues_of(folded).contains(stopword_language) {
            continue;
        }
        if !forms.contains_key(folded) {
            let word = accented(&text[word.range]).into_owned();
            let class = stemming.stems(&word).into_iter().next().unwrap_or_else(|| folded.to_owned());
            let number = *classes.entry(class).or_insert(found.len());
            forms.insert(folded.to_owned(), number);
            if number == found.len() {
                found.push(Candidate { word, folded: folded.to_owned(), times: 0 });
            }
        }
        found[forms[folded]].times += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, DocumentBuilder};
    use crate::search::parse;
    use crate::search::{LastWord, Node};
    use crate::text::{Language, TextSize};

    fn document(text: &str) -> Document {
        let mut builder = DocumentBuilder::new();
        builder.start(BlockKind::Paragraph, 0);
        builder.push(text, None);
        let mut document = builder.finish(None);
        document.language = Language::new("fr");
        document
    }

    fn asked(text: &str, common: &[(&str, u32)]) -> Option<String> {
        let document = document(text);
        let passage = TextRange::new(TextSize::new(0), document.len());
        let having = |word: &str| common.iter().find(|(known, _)| *known == word).map_or(1, |(_, having)| *having);
        alike(&document, passage, 100, having)
    }

    #[test]
    fn what_is_often_here_and_rare_elsewhere_comes_first() {
        let text = "La torture et la détention. La torture, les ministres, le ministre de la justice.";
        let common = [("torture", 4), ("detention", 4), ("ministres", 90), ("justice", 20)];
        assert_eq!(asked(text, &common).as_deref(), Some("torture OR détention OR justice OR ministres"));
    }

    #[test]
    fn what_no_other_document_has_is_not_asked_for() {
        assert_eq!(asked("La torture de M. Untel", &[("torture", 2)]).as_deref(), Some("torture"));
        assert_eq!(asked("La torture de M. Untel", &[]), None);
        assert_eq!(asked("de la", &[("de", 50)]), None);
        assert_eq!(asked("", &[]), None);
    }

    #[test]
    fn the_query_is_one_choice_between_words() {
        let words: Vec<String> =
            (0..40).map(|n| format!("mot{}", char::from(b'a' + n % 26).to_string().repeat(3))).collect();
        let common: Vec<(&str, u32)> = words.iter().map(|word| (word.as_str(), 3)).collect();
        let query = parse(&asked(&words.join(" "), &common).unwrap(), LastWord::Whole).0;
        assert!(matches!(query.nodes(), [Node::Any(nodes)] if nodes.len() == TELLING), "{query:?}");
    }
}
