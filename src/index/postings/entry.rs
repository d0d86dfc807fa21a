//! A word as the dictionary holds it, written and read. It is kept folded, so that the dictionary's order is the folded one and
//! all that begins alike stands together; behind a separator stand the rules its document is stemmed by and, where folding
//! loses something, the word with its accents.

use crate::document::PartKinds;
use crate::search::analysis::accented_into;
use crate::search::analysis::stem::Stemming;

/// What stands between the folded word and the rest, which no word of a text has: words with a capital have another one,
/// because names are among them, and so have words of headings, because they are worth more.
const SEPARATORS: [char; 4] = ['\u{1}', '\u{2}', '\u{3}', '\u{4}'];
const CAPITAL: usize = 1;
const HEADING: usize = 2;

/// Stands before what is no word but the mark of a block.
pub(super) const MARK: char = '\u{5}';

/// Writes the mark that stands before the words of a block, which lies in parts of these kinds.
pub fn write_mark(kinds: PartKinds, entry: &mut String) {
    entry.clear();
    entry.extend([MARK, kinds.code()]);
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

/// The word an entry holds; `None` for what is no word.
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
pub fn whole(folded: &str) -> [String; 4] {
    SEPARATORS.map(|separator| format!("{folded}{separator}"))
}
