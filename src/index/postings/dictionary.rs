//! Words as the index's dictionary holds them, and those of them that a term of a query means. A word is kept folded, so
//! that the dictionary's order is the folded one and all that begins alike stands together; behind a separator stand the
//! rules its document is stemmed by and, where folding loses something, the word with its accents. So one dictionary
//! answers for accents, classes and beginnings, and nothing has to be kept beside it.

use tantivy::index::InvertedIndexReader;
use tantivy::postings::TermInfo;

use super::positions::Word;
use crate::document::PartKinds;
use crate::index::ranking::bm25::worth;
use crate::search::analysis::accented_into;
use crate::search::analysis::stem::Stemming;
use crate::search::{Cancel, Meaning, Term};

/// How many words are read between two looks at whether the search is still wanted.
const PATIENCE: usize = 1024;

/// What stands between the folded word and the rest, which no word of a text has: words with a capital have another one,
/// because names are among them, and so have words of headings, because they are worth more.
const SEPARATORS: [char; 4] = ['\u{1}', '\u{2}', '\u{3}', '\u{4}'];
const CAPITAL: usize = 1;
const HEADING: usize = 2;

/// Stands before what is no word but the mark of a block.
const MARK: char = '\u{5}';

/// Writes the mark that stands before the words of a block, which lies in parts of these kinds.
pub fn write_mark(kinds: PartKinds, entry: &mut String) {
    entry.clear();
    entry.extend([MARK, kinds.code()]);
}

/// Every mark there is.
pub fn marks(index: &InvertedIndexReader) -> tantivy::Result<Vec<(PartKinds, TermInfo)>> {
    let mut marks = Vec::new();
    let mut stream = index.terms().range().ge([MARK as u8]).lt([MARK as u8 + 1]).into_stream()?;
    while let Some((entry, info)) = stream.next() {
        let code = str::from_utf8(entry).ok().and_then(|entry| entry.chars().nth(1));
        marks.extend(code.and_then(PartKinds::from_code).map(|kinds| (kinds, info.clone())));
    }
    Ok(marks)
}

/// Writes a word as the dictionary holds it.
pub fn write(folded: &str, word: &str, stemming: Stemming, in_heading: bool, entry: &mut String) {
    entry.clear();
    entry.push_str(folded);
    let capital = if word.starts_with(char::is_uppercase) { CAPITAL } else { 0 };
    entry.push(SEPARATORS[capital | if in_heading { HEADING } else { 0 }]);
    entry.push(stemming.code());
    if !word.is_ascii() {
        let start = entry.len();
        accented_into(word, entry);
        if entry[start..] == *folded {
            entry.truncate(start);
        }
    }
}

/// A word of the dictionary.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'e> {
    /// Folded.
    pub folded: &'e str,
    /// In lower case with its accents.
    pub accented: &'e str,
    /// The rules of its documents.
    pub stemming: Stemming,
    /// Whether it is written with a capital.
    pub has_capital: bool,
    /// Whether it stands in a heading.
    pub in_heading: bool,
}

fn read(entry: &[u8]) -> Option<Entry<'_>> {
    let entry = str::from_utf8(entry).ok()?;
    let (folded, rest) = entry.split_at(entry.find(SEPARATORS)?);
    let mut rest = rest.chars();
    let separator = rest.next()?;
    let kind = SEPARATORS.iter().position(|known| *known == separator)?;
    let stemming = Stemming::from_code(rest.next()?);
    let accented = if rest.as_str().is_empty() { folded } else { rest.as_str() };
    Some(Entry { folded, accented, stemming, has_capital: kind & CAPITAL != 0, in_heading: kind & HEADING != 0 })
}

/// How the entries of a folded word begin.
pub fn whole(folded: &str) -> [String; 4] {
    SEPARATORS.map(|separator| format!("{folded}{separator}"))
}

/// What a term means in documents of every language, and where words that are meant stand in the dictionary.
pub struct Meanings<'t> {
    term: &'t Term,
    /// By the number of their rules.
    by_rules: Vec<Meaning<'t>>,
    /// How entries begin that may be meant; none begins another.
    beginnings: Vec<String>,
}

impl<'t> Meanings<'t> {
    /// Those of a term.
    pub fn of(term: &'t Term) -> Self {
        let meanings: Vec<Meaning<'t>> = Stemming::all().map(|stemming| term.meaning(stemming)).collect();
        // One for each beginning that some language's class has: nearly always one or two.
        let mut all: Vec<String> = Vec::new();
        for meaning in &meanings {
            if meaning.is_one_word() {
                all.extend(whole(meaning.beginning()));
            } else {
                all.push(meaning.beginning().to_owned());
            }
        }
        all.extend(term.variants.iter().flat_map(|variant| whole(&variant.form)));
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
pub fn words(
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

/// All of them with what they are worth; not all when the search went stale meanwhile.
pub fn words_of(index: &InvertedIndexReader, meanings: &Meanings<'_>, cancel: &Cancel) -> tantivy::Result<Vec<Word>> {
    let mut found = Vec::new();
    words(index, meanings, |entry, info| {
        found.push(Word { info: info.clone(), worth: worth(meanings.term, entry) });
        found.len() % PATIENCE != 0 || !cancel.is_stale()
    })?;
    Ok(found)
}

/// Calls `each` for every word of the dictionary that stands with a capital somewhere, with its accents.
pub fn capitalised(index: &InvertedIndexReader, mut each: impl FnMut(&str)) -> tantivy::Result<()> {
    let mut stream = index.terms().stream()?;
    while let Some((entry, _)) = stream.next() {
        if let Some(entry) = read(entry).filter(|entry| entry.has_capital) {
            each(entry.accented);
        }
    }
    Ok(())
}
