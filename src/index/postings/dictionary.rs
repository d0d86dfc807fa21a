//! The words of a segment's dictionary that match a term of a query. An entry holds the folded word, the word with its
//! accents and its document's stemming rules ([`super::entry`]), so one dictionary answers for accents, stems and
//! prefixes without further data.

use tantivy::index::InvertedIndexReader;
use tantivy::postings::TermInfo;

use super::entry::{Entry, MARK, read, whole};
use super::weight::term_weight;
use super::word::PostingWord;
use crate::document::PartKinds;
use crate::search::analysis::stem::Stemming;
use crate::search::{Cancel, Term, TermMatcher, WordRange};

/// How many words are read between two looks at whether the search is still wanted.
const PATIENCE: usize = 1024;

/// Every mark there is.
pub(crate) fn marks(index: &InvertedIndexReader) -> tantivy::Result<Vec<(PartKinds, TermInfo)>> {
    let mut marks = Vec::new();
    let mut stream = index.terms().range().ge([MARK as u8]).lt([MARK as u8 + 1]).into_stream()?;
    while let Some((entry, info)) = stream.next() {
        let code = str::from_utf8(entry).ok().and_then(|entry| entry.chars().nth(1));
        marks.extend(code.and_then(PartKinds::from_code).map(|kinds| (kinds, info.clone())));
    }
    Ok(marks)
}

/// Matches a term in documents of every language, and narrows the range of the dictionary to search.
pub(crate) struct Meanings<'t> {
    term: &'t Term,
    /// By the number of their rules.
    by_rules: Vec<TermMatcher<'t>>,
    /// How entries begin that may be meant; none begins another.
    beginnings: Vec<String>,
}

impl<'t> Meanings<'t> {
    /// Those of a term.
    pub(crate) fn of(term: &'t Term) -> Self {
        let meanings: Vec<TermMatcher<'t>> = Stemming::all().map(|stemming| term.matcher(stemming)).collect();
        let mut all: Vec<String> = Vec::new();
        for range in meanings.iter().flat_map(TermMatcher::ranges) {
            match range {
                WordRange::Word(word) => all.extend(whole(word)),
                WordRange::Beginning(beginning) => all.push(beginning.to_owned()),
            }
        }
        all.sort_unstable();
        let mut beginnings: Vec<String> = Vec::new();
        for beginning in all {
            if beginnings.last().is_none_or(|known| !beginning.starts_with(known)) {
                beginnings.push(beginning);
            }
        }
        Self { term, by_rules: meanings, beginnings }
    }
}

/// Calls `each` for every word of the dictionary that a term means, until it says that this is enough.
pub(crate) fn words(
    index: &InvertedIndexReader,
    meanings: &Meanings<'_>,
    mut each: impl FnMut(&Entry<'_>, &TermInfo) -> bool,
) -> tantivy::Result<()> {
    for beginning in &meanings.beginnings {
        let mut stream = index.terms().range().ge(beginning.as_bytes()).into_stream()?;
        while let Some((entry, info)) = stream.next() {
            if !entry.starts_with(beginning.as_bytes()) {
                break;
            }
            let Some(entry) = read(entry) else { continue };
            let means = meanings.by_rules[entry.stemming.number()].matches(entry.folded, || entry.accented.into());
            if means && !each(&entry, info) {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// All matching words with their weights; incomplete if the search went stale.
pub(crate) fn words_of(
    index: &InvertedIndexReader,
    meanings: &Meanings<'_>,
    cancel: &Cancel,
) -> tantivy::Result<Vec<PostingWord>> {
    let mut found = Vec::new();
    words(index, meanings, |entry, info| {
        found.push(PostingWord { info: info.clone(), term_weight: term_weight(meanings.term, entry) });
        found.len() % PATIENCE != 0 || !cancel.is_stale()
    })?;
    Ok(found)
}

/// Calls `each` with every word of the dictionary that occurs capitalised, with its accents.
pub(crate) fn capitalised(index: &InvertedIndexReader, mut each: impl FnMut(&str)) -> tantivy::Result<()> {
    let mut stream = index.terms().stream()?;
    while let Some((entry, _)) = stream.next() {
        if let Some(entry) = read(entry).filter(|entry| entry.has_capital) {
            each(entry.accented);
        }
    }
    Ok(())
}
