//! Other writings of one thing: « L. 1224-1 » and « L1224-1 », « S.N.C.F. » and « SNCF », « Covid-19 » and « covid19 », « 1 234 567 »
//! and « 1234567 », « n° 12 » and « no 12 ». They differ in where a text is cut into words, which no comparison of single words can bridge, so the
//! other writings are added to a query beside the typed one, as aliases are: named, counted, and each can be left out.
//!
//! Both directions, inside quotes too. It does not look at texts, and adds nothing where the typed writing is more likely
//! something else: « J. M. Dupont » are initials, « M. le » is two words, 1.5 is no 15.

use crate::document::PartKinds;
use crate::search::analysis::words;
use crate::search::query::term::{MatchMode, Spelling, Term};
use crate::search::query::{Clause, Node, Query, Shape};
use crate::text::fold::fold_word;

/// Letters before the number of an article of a French code, « L. », « R. », « LO », folded.
const CODE_LETTERS: [&str; 7] = ["l", "r", "d", "a", "c", "lo", "rl"];
/// Number of digits from which on a number after such a letter is an article's.
const ARTICLE_DIGITS: usize = 2;
/// Maximum number of letters of an acronym, and minimum number while it is typed.
const ACRONYM_LETTERS: usize = 7;
const BEGUN_ACRONYM_LETTERS: usize = 3;
/// Numbers that are more likely years than counts.
const YEARS: std::ops::RangeInclusive<u32> = 1500..=2100;

/// Number of groups of digits in the longest number.
const MOST_GROUPS: usize = 5;

/// Adds the other writings of words, codes and numbers to a query. Words with an operator are searched as they are.
pub fn widen(query: Query, spelling: &Spelling) -> Query {
    if spelling.as_typed { query } else { query.map(|nodes| level(&nodes, spelling)) }
}

fn level(nodes: &[Node], spelling: &Spelling) -> Vec<Node> {
    let mut widened: Vec<Node> = Vec::with_capacity(nodes.len());
    let mut rest = nodes;
    while let Some((first, behind)) = rest.split_first() {
        if let Some((typed, count)) = several_words(rest) {
            let kept =
                if count == 2 && is_article(rest) { vec![Node::Clause(typed.clone())] } else { rest[..count].to_vec() };
            widened.extend(beside_others(kept, &typed, spelling));
            rest = &rest[count..];
            continue;
        }
        rest = behind;
        match first.clone() {
            Node::Clause(clause) => widened.extend(beside_others(vec![first.clone()], &clause, spelling)),
            Node::All(nodes) => widened.push(Node::All(level(&nodes, spelling))),
            Node::Any(nodes) => {
                let each = nodes.into_iter().map(|node| level(&[node], spelling));
                widened.push(Node::Any(each.filter_map(Node::all).collect()));
            }
            Node::Not(node) => {
                let inner = Node::all(level(&[*node], spelling));
                widened.extend(inner.map(|node| Node::Not(Box::new(node))));
            }
            Node::Filter(filter) => widened.push(Node::Filter(filter)),
        }
    }
    widened
}

/// Typed nodes, or one of these and the other writings of their text.
fn beside_others(typed: Vec<Node>, clause: &Clause, spelling: &Spelling) -> Option<Node> {
    let others = other_writings(clause).into_iter().filter(|writing| spelling.wants(writing));
    let others: Vec<Node> = others.map(|writing| Node::Clause(with_words_of(clause, &writing))).collect();
    if others.is_empty() { Node::all(typed) } else { Node::beside(typed, others) }
}

/// The first nodes as one clause, and their number, if they are one thing that was written with spaces: the letter of a code
/// and the number of an article, or the groups of a number.
fn several_words(nodes: &[Node]) -> Option<(Clause, usize)> {
    let clauses: Vec<&Clause> = nodes.iter().map_while(plain_clause).take(MOST_GROUPS).collect();
    let within = clauses.first()?.within;
    let texts: Vec<&str> =
        clauses.iter().take_while(|clause| clause.within == within).map(|clause| clause.text.as_str()).collect();
    let text = texts.join(" ");
    let is_pair =
        is_article(nodes) || texts.len() >= 2 && has_number_sign(&pieces(&text)) && !texts[0].contains(DEGREES);
    let count = if is_pair { 2 } else { grouped_number(&pieces(&text)).filter(|count| *count <= texts.len())? };
    // A group may not be followed by something else in its own word: « 1 234-5 ».
    let is_whole = is_pair || clauses[..count].iter().all(|clause| clause.terms.len() == 1);
    is_whole.then(|| (adjacent(&clauses[..count]), count))
}

fn plain_clause(node: &Node) -> Option<&Clause> {
    match node {
        Node::Clause(clause) if matches!(clause.shape, Shape::Word | Shape::Prefix) && clause.alias().is_none() => {
            Some(clause)
        }
        _ => None,
    }
}

/// Whether the first two nodes are the letter of a code and the number of an article. Together they are one clause, because
/// a document that has both apart has no such article.
fn is_article(nodes: &[Node]) -> bool {
    let [letter, number, ..] = nodes else { return false };
    let (Some(letter), Some(number)) = (plain_clause(letter), plain_clause(number)) else { return false };
    let [term] = letter.terms.as_slice() else { return false };
    letter.within == number.within
        && CODE_LETTERS.contains(&term.folded.as_str())
        && !letter.text.contains(['\'', '’'])
        && number.terms.first().is_some_and(|first| is_number(&first.folded, ARTICLE_DIGITS))
}

/// Clauses as one, whose words are adjacent.
fn adjacent(clauses: &[&Clause]) -> Clause {
    let mut terms: Vec<Term> = clauses.iter().flat_map(|clause| clause.terms.clone()).collect();
    for term in &mut terms {
        term.reach = MatchMode::Folded;
    }
    let text = clauses.iter().map(|clause| clause.text.as_str()).collect::<Vec<_>>().join(" ");
    let shape = clauses.last().map_or(Shape::Word, |last| last.shape);
    within(Clause::new(shape, &text, terms), clauses.first().map_or(PartKinds::NONE, |first| first.within))
}

fn within(mut clause: Clause, within: PartKinds) -> Clause {
    clause.within = within;
    clause
}

/// A clause with the words of another writing of a clause.
fn with_words_of(clause: &Clause, writing: &str) -> Clause {
    let reach = if clause.shape == Shape::Phrase { MatchMode::Exact } else { MatchMode::Folded };
    let mut terms: Vec<Term> =
        words(writing).map(|word| Term::new(&writing[word.range], &word.folded, reach)).collect();
    if let (Some(last), Some(typed)) = (terms.last_mut(), clause.terms.last()) {
        // An unfinished number goes on; the letters of an acronym are all there.
        last.prefix = typed.prefix && last.folded.bytes().any(|byte| byte.is_ascii_digit());
    }
    within(Clause::of_alias(&clause.text, writing, terms), clause.within)
}

/// The other writings of a clause: all its parts joined, or all parted.
fn other_writings(clause: &Clause) -> Vec<String> {
    if !matches!(clause.shape, Shape::Word | Shape::Prefix | Shape::Phrase) || clause.alias().is_some() {
        return Vec::new();
    }
    let is_open = clause.terms.last().is_some_and(|term| term.prefix);
    let mut found: Vec<String> = vec![clause.text.clone()];
    found.extend(other_number_signs(&pieces(&clause.text)));
    for at in 0..found.len() {
        let pieces = pieces(&found[at]);
        let others = [joined(&pieces), parted(&pieces, is_open)];
        for writing in others.into_iter().flatten() {
            if !found.contains(&writing) {
                found.push(writing);
            }
        }
    }
    found.remove(0);
    found
}

/// Signs after the n of a number.
const DEGREES: [char; 3] = ['°', 'º', 'ᵒ'];

/// Writings of the sign before a number, as they begin a text.
const NUMBER_SIGNS: [&str; 3] = ["n° ", "no ", "numéro "];

/// Whether the first word is the sign before a number, which is the second: « n° 12 », « nº 12 », « no 12 », « numéro 12 ».
fn has_number_sign(pieces: &[Piece<'_>]) -> bool {
    let [sign, number, ..] = pieces else { return false };
    let gap = sign.gap.trim_end();
    let is_sign = match fold_word(sign.word).as_str() {
        "n" => gap.chars().count() == 1 && gap.contains(DEGREES),
        "no" | "numero" => gap.is_empty() && !sign.gap.is_empty() || gap == ".",
        _ => false,
    };
    is_sign && is_number(number.word, 1)
}

/// The text with each of the other signs before its first number that has one.
fn other_number_signs(pieces: &[Piece<'_>]) -> Vec<String> {
    let Some(at) = (0..pieces.len()).find(|at| has_number_sign(&pieces[*at..])) else { return Vec::new() };
    let text = |pieces: &[Piece<'_>]| pieces.iter().flat_map(|piece| [piece.word, piece.gap]).collect::<String>();
    let own = fold_word(pieces[at].word);
    let others = NUMBER_SIGNS.iter().filter(|sign| words(sign).next().is_some_and(|sign| sign.folded != own));
    let (before, after) = (text(&pieces[..at]), text(&pieces[at + 1..]));
    others.map(|sign| format!("{before}{sign}{after}").trim_end().to_owned()).collect()
}

/// A word as typed, and the text between it and the next word.
#[derive(Clone, Copy)]
struct Piece<'t> {
    word: &'t str,
    gap: &'t str,
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut ranges =
        words(text).map(|word| (usize::from(word.range.start()), usize::from(word.range.end()))).peekable();
    let mut pieces = Vec::new();
    while let Some((start, end)) = ranges.next() {
        let next = ranges.peek().map_or(text.len(), |(next, _)| *next);
        pieces.push(Piece { word: &text[start..end], gap: &text[end..next] });
    }
    pieces
}

/// The text with the words joined that other writings join; `None` if there are none.
fn joined(pieces: &[Piece<'_>]) -> Option<String> {
    let mut writing = String::new();
    let mut at = 0;
    let mut is_changed = false;
    while let Some(piece) = pieces.get(at) {
        let rest = &pieces[at..];
        let count = acronym(rest).or_else(|| grouped_number(rest)).or_else(|| article(rest)).or_else(|| compound(rest));
        let count = count.unwrap_or(1);
        rest[..count].iter().for_each(|piece| writing.push_str(piece.word));
        let last = rest[count - 1];
        is_changed |= count > 1;
        writing.push_str(if count > 1 { last.gap.trim_start_matches('.') } else { piece.gap });
        at += count;
    }
    is_changed.then(|| writing.trim_end().to_owned())
}

/// Number of words of an acronym with points: single capitals, at least two, without spaces.
fn acronym(pieces: &[Piece<'_>]) -> Option<usize> {
    let is_letter = |piece: &&Piece<'_>| is_capital_letter(piece.word);
    let count = pieces.iter().take_while(is_letter).count();
    let dotted = pieces.iter().take(count).take_while(|piece| piece.gap == ".").count();
    let count = count.min(dotted + 1);
    (2..=ACRONYM_LETTERS).contains(&count).then_some(count)
}

/// Number of words of a number in groups of three digits, with one separator.
fn grouped_number(pieces: &[Piece<'_>]) -> Option<usize> {
    let first = pieces.first()?;
    let separates = |gap: &str| {
        let mut characters = gap.chars();
        let one = characters.next()?;
        (characters.next().is_none() && (one.is_whitespace() || matches!(one, '.' | '\'' | '’'))).then_some(one)
    };
    let separator = separates(first.gap)?;
    if !is_number(first.word, 1) || first.word.len() > 3 || first.word.starts_with('0') {
        return None;
    }
    let follows = |before: &Piece<'_>, piece: &Piece<'_>| {
        separates(before.gap) == Some(separator) && piece.word.len() == 3 && is_number(piece.word, 3)
    };
    let count = 1 + pieces.windows(2).take_while(|pair| follows(&pair[0], &pair[1])).count();
    // With a point, one group may be a decimal number or a section.
    (count >= if separator == '.' { 3 } else { 2 }).then_some(count)
}

/// Number of words of the letter of a code and the number after it.
fn article(pieces: &[Piece<'_>]) -> Option<usize> {
    let [letter, number, ..] = pieces else { return None };
    let gap = letter.gap.trim_end_matches([' ', '\u{a0}', '\u{202f}']);
    let is_code =
        CODE_LETTERS.contains(&letter.word.to_lowercase().as_str()) && matches!(gap, "" | "." | "*" | "*." | ".*");
    (is_code && is_number(number.word, ARTICLE_DIGITS)).then_some(2)
}

/// Number of words of a compound: letters, and letters or digits after one hyphen or apostrophe.
fn compound(pieces: &[Piece<'_>]) -> Option<usize> {
    let [first, second, ..] = pieces else { return None };
    let is_letters = |word: &str| word.chars().all(char::is_alphabetic);
    let by_hyphen = matches!(first.gap, "-" | "\u{2010}" | "\u{2011}");
    let is_begun = first.word.chars().count() >= 2 || first.word.chars().all(char::is_uppercase);
    let by_apostrophe = matches!(first.gap, "'" | "’") && second.word.chars().next().is_some_and(char::is_uppercase);
    let is_one = is_letters(first.word)
        && (by_hyphen && is_begun && (is_letters(second.word) || is_number(second.word, 1))
            || by_apostrophe && first.word.chars().all(char::is_uppercase));
    is_one.then_some(2)
}

/// The text with the words parted that other writings part; `None` if there are none.
fn parted(pieces: &[Piece<'_>], is_open: bool) -> Option<String> {
    let mut writing = String::new();
    let mut is_changed = false;
    for (at, piece) in pieces.iter().enumerate() {
        let is_unfinished = is_open && at + 1 == pieces.len();
        let parted = parted_word(piece.word, is_unfinished);
        is_changed |= parted.is_some();
        writing.push_str(parted.as_deref().unwrap_or(piece.word));
        writing.push_str(piece.gap);
    }
    is_changed.then(|| writing.trim_end().to_owned())
}

/// A word in parts: an acronym's letters, the letter and number of an article, letters and digits, groups of digits.
fn parted_word(word: &str, is_unfinished: bool) -> Option<String> {
    let letters = word.chars().take_while(|c| c.is_alphabetic()).count();
    let (head, digits) = word.split_at(word.char_indices().nth(letters).map_or(word.len(), |(at, _)| at));
    if digits.is_empty() {
        let least = if is_unfinished { BEGUN_ACRONYM_LETTERS } else { 2 };
        let is_acronym = (least..=ACRONYM_LETTERS).contains(&letters) && word.chars().all(|c| c.is_ascii_uppercase());
        return is_acronym.then(|| word.chars().flat_map(|letter| [letter, '.']).collect());
    }
    if head.is_empty() {
        return grouped(digits, is_unfinished);
    }
    let is_code = CODE_LETTERS.contains(&head.to_lowercase().as_str()) && digits.len() >= ARTICLE_DIGITS;
    match is_number(digits, 1) {
        true if is_code => Some(format!("{}. {digits}", head.to_uppercase())),
        true if letters >= 2 => Some(format!("{head}-{digits}")),
        _ => None,
    }
}

/// A number of at least four digits in groups of three; `None` while it is typed, because more digits change the groups.
fn grouped(digits: &str, is_unfinished: bool) -> Option<String> {
    let is_year = digits.len() == 4 && digits.parse().is_ok_and(|number| YEARS.contains(&number));
    if is_unfinished
        || digits.len() < 4
        || digits.len() > 15
        || is_year
        || digits.starts_with('0')
        || !is_number(digits, 4)
    {
        return None;
    }
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push('\u{a0}');
        }
        grouped.push(digit);
    }
    Some(grouped)
}

fn is_number(word: &str, least: usize) -> bool {
    word.len() >= least && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_capital_letter(word: &str) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(char::is_uppercase) && characters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, Document, DocumentBuilder};
    use crate::search::{LastWord, find, is_hit, parse};
    use crate::text::Language;

    fn document(text: &str) -> Document {
        let mut builder = DocumentBuilder::new();
        builder.start(BlockKind::Paragraph, 0);
        builder.push(text, None);
        let mut document = builder.finish(None);
        document.language = Language::new("fr");
        document
    }

    fn finds(typed: &str, text: &str) -> bool {
        let query = widen(parse(typed, LastWord::Whole).0, &Spelling::default());
        let document = document(text);
        assert_eq!(is_hit(&query, &document), !find(&query, &document).is_empty(), "{typed} in {text}");
        is_hit(&query, &document)
    }

    #[test]
    fn one_thing_is_found_in_each_of_its_writings() {
        let groups: [&[&str]; 8] = [
            &["L. 1224-1", "L.1224-1", "L1224-1", "l1224-1", "L 1224-1", "\"L. 1224-1\""],
            &["L. 225-102-4", "L225-102-4"],
            &["LO 274", "LO274"],
            &["S.N.C.F.", "SNCF", "\"S.N.C.F.\""],
            &["U.E.", "UE"],
            &["Covid-19", "covid19", "COVID-19"],
            &["nº 5747", "no 5747", "numéro 5747", "\"n° 5747\"", "\"numéro 5747\""],
            &["1 234 567", "1234567", "1\u{a0}234\u{a0}567", "1.234.567", "1’234’567"],
        ];
        for group in groups {
            for typed in group {
                for text in group.iter().filter(|text| !text.contains('"')) {
                    assert!(finds(typed, &format!("voir {text} ici")), "{typed} in {text}");
                }
            }
        }
        assert!(finds("\"règlement (UE) n° 182/2011\"", "le règlement (UE) no 182/2011 du"));
        assert!(finds("\"règlement (UE) no 182/2011\"", "le règlement (U.E.) n° 182/2011 du"));
        assert!(
            finds("article L1224-1", "l'article L. 1224-1")
                && finds("\"article L1224-1\"", "article L. 1224-1 du code")
        );
        assert!(finds("week-end", "un weekend") && finds("\"N'Djamena\"", "à Ndjamena"));
    }

    #[test]
    fn other_things_are_not_found() {
        for (typed, text) in [
            ("L. 1224-1", "l'article 1224-1"),
            ("\"no man\"", "n° man"),
            ("\"n° 5747\"", "5747"),
            ("L1224-1", "L. 1224-10"),
            ("L1224-1", "R. 1224-1"),
            ("L. 1224-1", "L. 12241"),
            ("mle", "M. le ministre"),
            ("\"J. M. Dupont\"", "JM Dupont"),
            ("15", "1.5"),
            ("1.5", "15"),
            ("2019", "en 2 019"),
            ("sncf", "s n c f"),
        ] {
            assert!(!finds(typed, text), "{typed} in {text}");
        }
    }

    #[test]
    fn another_writing_can_be_left_out() {
        let without = Spelling { without: vec!["L. 1224-1".to_owned()], ..Spelling::default() };
        let query = |spelling: &Spelling| widen(parse("L1224-1", LastWord::Whole).0, spelling);
        let document = document("selon l'article L. 1224-1");
        assert!(is_hit(&query(&Spelling::default()), &document) && !is_hit(&query(&without), &document));
    }
}
