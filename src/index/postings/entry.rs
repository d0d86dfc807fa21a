//! The encoding of a word in the dictionary. The folded word comes first, so that the dictionary is in folded order and
//! words with a common prefix are adjacent; after a separator follow the stemming rules of its document and, if folding
//! loses something, the word with its accents.

use crate::document::PartKinds;
use crate::search::analysis::accented_into;
use crate::search::analysis::stem::Stemming;

/// Separators between the folded word and the rest, which no word of a text contains: capitalised words have their own,
/// because names are among them, and so have words of headings, because they have a higher weight.
const SEPARATORS: [char; 4] = ['\u{1}', '\u{2}', '\u{3}', '\u{4}'];
const CAPITAL: usize = 1;
const HEADING: usize = 2;

/// Prefix of the entries that mark blocks and are not words.
pub(super) const MARK: char = '\u{5}';

/// Encodes the mark before the words of a block that is contained in parts of these kinds.
pub(crate) fn write_mark(kinds: PartKinds, entry: &mut String) {
    entry.clear();
    entry.extend([MARK, kinds.code()]);
}

/// Writes a word as the dictionary holds it.
pub(crate) fn write(folded: &str, word: &str, stemming: Stemming, in_heading: bool, entry: &mut String) {
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
pub(crate) struct Entry<'e> {
    /// Folded.
    pub folded: &'e str,
    /// In lower case with its accents.
    pub accented: &'e str,
    /// The rules of its documents.
    pub stemming: Stemming,
    /// Whether it is written with a capital.
    pub has_capital: bool,
    /// Whether it occurs in a heading.
    pub in_heading: bool,
}

/// Decodes an entry; `None` for a mark.
pub(super) fn read(entry: &[u8]) -> Option<Entry<'_>> {
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
pub(crate) fn whole(folded: &str) -> [String; 4] {
    SEPARATORS.map(|separator| format!("{folded}{separator}"))
}
