//! The languages of selected documents, to be assumed for those among them that are too short for language detection.
//! Does not detect the language of a text; `text` does.

use std::collections::BTreeMap;

use tantivy::Searcher;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::TermInfo;

use super::selection::{Selected, Selection};
use crate::index::schema::Fields;
use crate::search::analysis::function_words::StopwordLanguage;
use crate::search::analysis::stem::Languages;

/// How the lines of the facts begin that name a document's language as a whole ([`crate::search::facts`]).
const LANGUAGE: &[u8] = b"language==";
/// A language counts if at least one in this many of the documents with a known language has it. Rarer languages are
/// often wrong guesses, and their rules would conflate unrelated words.
const SHARE: u32 = 20;

/// The languages of the selected documents, if the language of some of them is unknown; else the default, which is then
/// not used.
pub(crate) fn of_undetermined(
    searcher: &Searcher,
    fields: Fields,
    selection: &Selection,
) -> tantivy::Result<Languages> {
    let mut is_any_undetermined = false;
    for segment in searcher.segment_readers() {
        let selected = selection.within(segment)?;
        let index = segment.inverted_index(fields.tongue)?;
        let undetermined = tantivy::Term::from_field_text(fields.tongue, StopwordLanguage::of(None).code());
        if let Some(info) = index.get_term_info(&undetermined)? {
            is_any_undetermined |= selected.documents_with(&index, &info)? > 0;
        }
    }
    if !is_any_undetermined {
        return Ok(Languages::default());
    }
    let mut documents: BTreeMap<String, u32> = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let selected = selection.within(segment)?;
        let index = segment.inverted_index(fields.facts)?;
        each_language(&index, &selected, |primary, count| *documents.entry(primary.to_owned()).or_default() += count)?;
    }
    let all: u32 = documents.values().sum();
    let common = documents.iter().filter(|(_, count)| **count > 0 && **count >= all.div_ceil(SHARE));
    Ok(Languages::of_tags(common.map(|(primary, _)| primary.as_str())))
}

/// Calls `each` with the primary tag of every language, and how many of the selected documents of a segment are in it.
fn each_language(
    index: &InvertedIndexReader,
    selected: &Selected<'_>,
    mut each: impl FnMut(&str, u32),
) -> tantivy::Result<()> {
    let mut lines = index.terms().range().ge(LANGUAGE).into_stream()?;
    let mut found: Vec<(String, TermInfo)> = Vec::new();
    while let Some((line, info)) = lines.next() {
        let Some(tag) = line.strip_prefix(LANGUAGE) else { break };
        let primary = tag.split(|byte| *byte == b' ').next().and_then(|tag| str::from_utf8(tag).ok());
        found.extend(primary.map(|primary| (primary.to_owned(), info.clone())));
    }
    for (primary, info) in found {
        each(&primary, selected.documents_with(index, &info)?);
    }
    Ok(())
}
