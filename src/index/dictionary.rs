//! Words as the index's dictionary holds them, and those of them that a term of a query means. A word is kept folded, so
//! that the dictionary's order is the folded one and all that begins alike stands together; behind a separator stand the
//! rules its document is stemmed by and, where folding loses something, the word with its accents. So one dictionary
//! answers for accents, classes and beginnings, and nothing has to be kept beside it.

use tantivy::index::InvertedIndexReader;
use tantivy::postings::TermInfo;

use crate::search::analysis::accented_into;
use crate::search::stem::Stemming;
use crate::search::{Cancel, Meaning, Term};

/// How many words are read between two looks at whether the search is still wanted.
const PATIENCE: usize = 1024;

/// Stands between the folded word and the rest; no word of a text has it. Words with a capital have another one: names are
/// among them.
const SEPARATOR: char = '\u{1}';
const BEHIND_A_CAPITAL: char = '\u{2}';

/// Writes a word as the dictionary holds it.
pub fn write(folded: &str, word: &str, stemming: Stemming, entry: &mut String) {
    entry.clear();
    entry.push_str(folded);
    entry.push(if word.starts_with(char::is_uppercase) { BEHIND_A_CAPITAL } else { SEPARATOR });
    entry.push(stemming.code());
    if !word.is_ascii() {
        let start = entry.len();
        accented_into(word, entry);
        if entry[start..] == *folded {
            entry.truncate(start);
        }
    }
}

/// A word of the dictionary: folded, with its accents, and the rules of its documents.
fn read(entry: &[u8]) -> Option<(&str, &str, Stemming)> {
    let (folded, rest) = str::from_utf8(entry).ok()?.split_once([SEPARATOR, BEHIND_A_CAPITAL])?;
    let mut chars = rest.chars();
    let stemming = Stemming::from_code(chars.next()?);
    let accented = if chars.as_str().is_empty() { folded } else { chars.as_str() };
    Some((folded, accented, stemming))
}

/// How the entries of a folded word begin.
pub fn whole(folded: &str) -> [String; 2] {
    [SEPARATOR, BEHIND_A_CAPITAL].map(|separator| format!("{folded}{separator}"))
}

/// What a term means in documents of every language, and where words that are meant stand in the dictionary.
pub struct Meanings<'t> {
    /// By the number of their rules.
    meanings: Vec<Meaning<'t>>,
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
        Self { meanings, beginnings }
    }
}

/// Calls `each` for every word of the dictionary that a term means, until it says that this is enough.
pub fn words(
    index: &InvertedIndexReader,
    meanings: &Meanings<'_>,
    mut each: impl FnMut(&TermInfo) -> bool,
) -> tantivy::Result<()> {
    for beginning in &meanings.beginnings {
        let mut stream = index.terms().range().ge(beginning.as_bytes()).into_stream()?;
        while let Some((entry, info)) = stream.next() {
            if !entry.starts_with(beginning.as_bytes()) {
                break;
            }
            let Some((folded, accented, stemming)) = read(entry) else { continue };
            let means = meanings.meanings[stemming.number()].matches(folded, || accented.into());
            if means && !each(info) {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// All of them; not all when the search went stale meanwhile.
pub fn words_of(
    index: &InvertedIndexReader,
    meanings: &Meanings<'_>,
    cancel: &Cancel,
) -> tantivy::Result<Vec<TermInfo>> {
    let mut found = Vec::new();
    words(index, meanings, |info| {
        found.push(info.clone());
        found.len() % PATIENCE != 0 || !cancel.is_stale()
    })?;
    Ok(found)
}

/// Calls `each` for every word of the dictionary that stands with a capital somewhere, with its accents.
pub fn capitalised(index: &InvertedIndexReader, mut each: impl FnMut(&str)) -> tantivy::Result<()> {
    let mut stream = index.terms().stream()?;
    while let Some((entry, _)) = stream.next() {
        let has_capital = entry.contains(&(BEHIND_A_CAPITAL as u8));
        if let Some((_, accented, _)) = read(entry).filter(|_| has_capital) {
            each(accented);
        }
    }
    Ok(())
}
