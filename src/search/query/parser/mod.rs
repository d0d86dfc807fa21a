//! Parses a typed query into a [`Query`]. Parsing never fails. Plain words are all required, « phrases » must be adjacent,
//! `word*` matches by prefix, `=word` exactly, `word~` and `fuzzy:word` with small differences, `re:pattern` by a pattern,
//! `"a b"~5` and `a near:5 b` near each other; `field:value`, `field:="whole value"`, `date:2019..2022-03` and `date:none`
//! test a document's metadata; `-` before a word, a phrase or brackets negates, and `OR` binds closer than the space
//! between words. A word that the analysis splits (`2019/2610(RSP)`) is searched as a phrase; an elided article before an
//! apostrophe (« l'homme ») is an optional word of its own. Anything else is searched as text, with a [`Complaint`] if it
//! may have been meant as an operator.
//!
//! Not supported yet, so searched as text: `tag:`.

use super::field::{Field, NONE};
use super::filter::{Days, Filter, FilterValue};
use super::lexer::{QueryToken, QueryWord, Scanner, Sign, ends_in_a_word};
use super::pattern::WordPattern;
use super::term::{MatchMode, Term};
use super::titles::in_titles;
use super::{Clause, MOST_DISTANCE, Node, Query, Shape};
use crate::search::analysis::function_words::is_elided;
use crate::search::analysis::words;
use crate::text::fold::fold_word;

/// Maximum number of terms of a query; the rest is left out, with a complaint.
const MOST_TERMS: usize = 256;

/// The code of the complaint that the end of a query was left out.
pub const TOO_LONG: &str = "query-too-long";

/// The most complaints about one query.
const MOST_COMPLAINTS: usize = 16;

/// The most brackets inside brackets; further ones are left out.
const MOST_DEPTH: usize = 16;

/// Words that are operators elsewhere; here they are words.
const OPERATORS_ELSEWHERE: [&str; 7] = ["NOT", "AND", "ET", "SAUF", "OU", "or", "ou"];

/// What tags will be called; there are none yet.
const TAG_NAMES: [&str; 2] = ["tag", "etiquette"];

/// Whether the last word is still being typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LastWord {
    /// It is complete.
    #[default]
    Whole,
    /// It is the beginning of a word, unless a space or a quote follows it.
    Prefix,
}

/// Something about a query that its author may want to know. Its sentence is the message `hint-` + code, with `detail`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// A stable word for scripts.
    pub code: &'static str,
    /// What the sentence needs to know; empty where it needs nothing.
    pub detail: String,
}

/// Understands a query.
pub fn parse(source: &str, last_word: LastWord) -> (Query, Vec<Complaint>) {
    let read = read(source, last_word);
    (Query::new(read.nodes), read.complaints)
}

/// What a query says, and where each of its parts starts.
pub(crate) struct Read {
    pub nodes: Vec<Node>,
    /// For each part outside of brackets: its start in the query, and the number of nodes before it.
    pub starts: Vec<(usize, usize)>,
    /// Where a field starts whose value is still being typed.
    pub awaited: Option<usize>,
    pub complaints: Vec<Complaint>,
}

pub(crate) fn read(source: &str, last_word: LastWord) -> Read {
    let typing = last_word == LastWord::Prefix;
    let mut parser = Parser {
        source,
        scanner: Scanner::new(source),
        typing,
        depth: 0,
        negated: 0,
        awaited: None,
        terms: 0,
        complaints: Vec::new(),
        said_before: 0,
        starts: Vec::new(),
    };
    let (nodes, _) = parser.group();
    if nodes.is_empty() && !source.trim().is_empty() && parser.terms <= MOST_TERMS {
        parser.complaints.clear();
        if parser.awaited.is_none() {
            parser.complain("query-without-words", source);
        }
    }
    Read { nodes: in_titles(nodes), starts: parser.starts, awaited: parser.awaited, complaints: parser.complaints }
}

struct Parser<'a> {
    source: &'a str,
    scanner: Scanner<'a>,
    typing: bool,
    /// How many brackets are open.
    depth: usize,
    /// Number of those that are negated by `-`.
    negated: usize,
    /// Where a field starts that it ends in and whose value is still being typed.
    awaited: Option<usize>,
    /// How many terms there are so far.
    terms: usize,
    complaints: Vec<Complaint>,
    /// How many complaints there were before the word, phrase or filter that is being read.
    said_before: usize,
    starts: Vec<(usize, usize)>,
}

/// The outcome of one step of parsing.
enum Step {
    Found(Node),
    /// Something without a word.
    Nothing,
    /// The bracket that closes a group.
    Close,
    End,
}

impl<'a> Parser<'a> {
    /// Parses up to the closing bracket or the end; returns whether it was the bracket.
    fn group(&mut self) -> (Vec<Node>, bool) {
        let mut nodes = Vec::new();
        loop {
            let before = (self.scanner.start_of_next(), nodes.len());
            match self.operand() {
                Step::Found(node) => {
                    self.alternatives(node, &mut nodes);
                    if self.depth == 0 {
                        self.starts.push(before);
                    }
                }
                Step::Nothing => {}
                Step::Close => return (nodes, true),
                Step::End => return (nodes, false),
            }
        }
    }

    /// A node with the ones that `OR` joins to it.
    fn alternatives(&mut self, first: Node, nodes: &mut Vec<Node>) {
        let mut any = vec![first];
        let mut alone = None;
        while self.peek() == Some(QueryToken::Or) {
            self.advance();
            let typed = self.scanner;
            let Some(next) = self.next_operand() else {
                // While the query is typed, the other side is yet to come.
                let to_come = self.typing && typed.rest().starts_with(char::is_whitespace);
                alone = if to_come { None } else { self.or_as_a_word() };
                break;
            };
            any.push(next);
        }
        nodes.extend(if any.len() == 1 { any.pop() } else { Some(Node::Any(any)) });
        nodes.extend(alone);
    }

    /// The next word, phrase or group on this level, if there is one.
    fn next_operand(&mut self) -> Option<Node> {
        loop {
            let before = self.scanner;
            match self.operand() {
                Step::Found(node) => return Some(node),
                Step::Nothing => {}
                Step::Close | Step::End => {
                    self.scanner = before;
                    return None;
                }
            }
        }
    }

    fn operand(&mut self) -> Step {
        let before = self.scanner;
        self.said_before = self.complaints.len();
        let node = match self.advance() {
            None => return Step::End,
            Some(QueryToken::Close) => return Step::Close,
            Some(QueryToken::Open { negated }) if self.depth < MOST_DEPTH => self.brackets(negated),
            Some(QueryToken::Open { .. }) => {
                self.complain("stray-bracket", "(");
                None
            }
            Some(QueryToken::Or) => self.or_as_a_word(),
            Some(QueryToken::Near(distance)) => self.near_before(distance, before),
            Some(QueryToken::Word(piece)) => self.joined(piece),
        };
        node.map_or(Step::Nothing, Step::Found)
    }

    fn brackets(&mut self, negated: bool) -> Option<Node> {
        let start = self.scanner.at();
        self.depth += 1;
        self.negated += usize::from(negated);
        let (nodes, closed) = self.group();
        self.negated -= usize::from(negated);
        self.depth -= 1;
        if !closed && !self.typing && self.terms <= MOST_TERMS {
            self.complain("unclosed-bracket", &self.source[start..]);
        }
        Node::all(nodes).map(|node| if negated { Node::Not(Box::new(node)) } else { node })
    }

    /// An `OR` with nothing to join.
    fn or_as_a_word(&mut self) -> Option<Node> {
        let open = self.typing && self.scanner.rest().is_empty();
        if !open {
            self.complain("or-alone", "OR");
        }
        let shape = if open { Shape::Prefix } else { Shape::Word };
        let clause = clause(shape, "OR", open, false)?;
        self.keep(clause).map(Node::Clause)
    }

    /// `near:5` without a word before it: `near:5 "a b"`, or text.
    fn near_before(&mut self, distance: u32, before: Scanner<'_>) -> Option<Node> {
        if let Some(QueryToken::Word(piece)) = self.peek()
            && piece.quoted
            && !piece.negated
            && !matches!(piece.sign, Sign::Field(_))
        {
            self.advance();
            let phrase = clause(Shape::Phrase, piece.text, false, false)?;
            let near = self.near(distance, piece.text, phrase.terms);
            return self.keep(near).map(Node::Clause);
        }
        let text = self.source[before.at()..self.scanner.at()].trim();
        if !(self.typing && self.scanner.rest().is_empty()) {
            self.complain("near-alone", text);
        }
        let clause = clause(Shape::Word, text, false, false)?;
        self.keep(clause).map(Node::Clause)
    }

    /// A word or a phrase with those that `near:5` joins to it.
    fn joined(&mut self, piece: QueryWord<'_>) -> Option<Node> {
        if let Sign::Field(field) = piece.sign {
            let node = self.filter(field, piece)?;
            return Some(if piece.negated { Node::Not(Box::new(node)) } else { node });
        }
        let mut clauses = self.clauses(piece);
        while clauses.last().is_some_and(|last| last.terms.len() <= MOST_TERMS)
            && let Some(QueryToken::Near(distance)) = self.peek()
            && let Some(last) = clauses.pop()
        {
            let before = self.scanner;
            self.advance();
            let mut terms = last.terms.clone();
            match self.peek() {
                Some(QueryToken::Word(next)) if !next.negated && !matches!(next.sign, Sign::Field(_)) => {
                    self.advance();
                    terms.extend(self.clauses(next).pop().into_iter().flat_map(|clause| clause.terms));
                }
                _ if last.shape == Shape::Phrase && last.terms.len() > 1 => {}
                _ => {
                    self.scanner = before;
                    clauses.push(last);
                    break;
                }
            }
            let text = self.source[piece.start..self.scanner.at()].trim();
            clauses = vec![without_first_letters(self.near(distance, text, terms))];
        }
        let mut nodes = Vec::new();
        for clause in clauses {
            nodes.extend(self.keep(clause).map(Node::Clause));
        }
        Node::all(nodes).map(|node| if piece.negated { Node::Not(Box::new(node)) } else { node })
    }

    /// What a field must be; text where it can be nothing of the kind.
    fn filter(&mut self, field: Field, piece: QueryWord<'_>) -> Option<Node> {
        let still_typed = self.typing && self.scanner.rest().is_empty();
        if piece.unclosed && !self.typing {
            self.complain("unclosed-quote", piece.text);
        }
        if field.is_date() {
            if let Some(days) = Days::parse(piece.text.trim()) {
                return self.has_room(1, piece.whole).then(|| {
                    Node::Filter(Filter { field, text: piece.whole.to_owned(), wanted: FilterValue::Days(days) })
                });
            }
            if piece.text.trim().eq_ignore_ascii_case(NONE) {
                let filter = Filter { field, text: piece.whole.to_owned(), wanted: FilterValue::NoDay };
                return self.has_room(1, piece.whole).then_some(Node::Filter(filter));
            }
            if still_typed {
                self.wait_for_a_value(piece);
                return None;
            }
            self.complain("not-a-date", piece.text);
            let clause = clause(Shape::Word, piece.whole, false, false)?;
            return self.keep(clause).map(Node::Clause);
        }
        if field == Field::Path {
            let filter = Filter::of_signs(field, piece.whole, piece.text.trim());
            return self.has_room(1, piece.whole).then_some(Node::Filter(filter));
        }
        let (text, starred) = piece.text.strip_suffix('*').map_or((piece.text, false), |text| (text, true));
        let whole = piece.negated || self.negated > 0;
        let open = starred || (still_typed && !whole && ends_in_a_word(self.source));
        let clause = self.keep(clause(Shape::Exact, field_words(piece, text), open, false)?)?;
        let of = if piece.is_value { Filter::of_value } else { Filter::of_words };
        let filter = of(field, piece.whole, clause);
        let is_of_no_part = filter.part_kinds().is_empty() && !filter.asks_for_titles();
        if field == Field::In && !still_typed && is_of_no_part {
            self.complain("no-such-part", piece.text);
        }
        Some(Node::Filter(filter))
    }

    /// What a piece asks for.
    fn clauses(&mut self, piece: QueryWord<'_>) -> Vec<Clause> {
        let still_typed = self.typing && self.scanner.rest().is_empty();
        // What must be lacking is whole: the first letters of a word would take nearly everything away.
        let open = still_typed && !piece.negated && self.negated == 0 && ends_in_a_word(self.source);
        if piece.unclosed && !self.typing && !piece.text.trim().is_empty() {
            self.complain("unclosed-quote", piece.text);
        }
        if piece.sign == Sign::Pattern {
            return self.pattern(piece, still_typed).into_iter().collect();
        }
        if !piece.quoted && !still_typed && has_stray_bracket(piece.text) {
            self.complain("stray-bracket", piece.text);
        }
        if still_typed && awaits_a_value(piece) {
            self.wait_for_a_value(piece);
            return Vec::new();
        }
        if let Some(name) = unknown_field(piece).filter(|_| !still_typed) {
            let is_tag = TAG_NAMES.contains(&fold_word(name).as_str());
            self.complain(if is_tag { "no-tags" } else { "unknown-field" }, name);
        }
        if !still_typed && self.is_operator_elsewhere(piece) {
            self.complain("not-an-operator", piece.text);
        }
        let one = match piece.sign {
            Sign::Exact => clause(Shape::Exact, piece.text, open, false),
            Sign::Fuzzy => clause(Shape::Fuzzy, piece.text, false, false),
            Sign::Near(distance) => clause(Shape::Phrase, piece.text, false, false)
                .map(|phrase| self.near(distance, piece.text, phrase.terms)),
            Sign::Plain | Sign::Star if !piece.quoted => {
                let clauses = unquoted(piece, open);
                if piece.sign != Sign::Star && clauses.last().is_some_and(is_only_begun) {
                    self.wait_for_a_value(piece);
                    return Vec::new();
                }
                return clauses.into_iter().map(without_first_letters).collect();
            }
            Sign::Plain | Sign::Star | Sign::Pattern | Sign::Field(_) => {
                clause(Shape::Phrase, piece.text, open, false).map(without_first_letters)
            }
        };
        if one.as_ref().is_some_and(is_only_begun) {
            self.wait_for_a_value(piece);
            return Vec::new();
        }
        one.into_iter().collect()
    }

    /// Whether somebody may have meant to join or to exclude words by it. In a query that is all in capitals a word in
    /// capitals is a word.
    fn is_operator_elsewhere(&self, piece: QueryWord<'_>) -> bool {
        let joins = OPERATORS_ELSEWHERE.contains(&piece.text) && piece.whole == piece.text;
        let is_word = |text: &str| words(text).next().is_some();
        joins
            && is_word(self.scanner.rest())
            && (matches!(piece.text, "NOT" | "SAUF") || is_word(&self.source[..piece.first]))
            && self.source.contains(char::is_lowercase)
    }

    /// Records that a field is still being typed; inside brackets the field is part of their group.
    fn wait_for_a_value(&mut self, piece: QueryWord<'_>) {
        let start = piece.first - usize::from(piece.negated);
        self.awaited = Some(if self.depth == 0 { start } else { self.source.len() });
    }

    /// What a pattern asks for; text where it is none, unless it is still being typed.
    fn pattern(&mut self, piece: QueryWord<'_>, still_typed: bool) -> Option<Clause> {
        if let Some(pattern) = WordPattern::new(piece.text) {
            let term = Term::of_pattern(piece.text, pattern);
            return Some(Clause::new(Shape::Pattern, piece.text, vec![term]));
        }
        if still_typed {
            self.wait_for_a_value(piece);
            return None;
        }
        self.complain("bad-pattern", piece.text);
        clause(Shape::Word, piece.whole, false, false)
    }

    fn near(&mut self, distance: u32, text: &str, terms: Vec<Term>) -> Clause {
        if distance > MOST_DISTANCE {
            self.complain("distance-too-large", &MOST_DISTANCE.to_string());
        }
        // This many words cannot be closer together.
        let closest = u32::try_from(terms.len().saturating_sub(1)).unwrap_or(u32::MAX);
        Clause::new(Shape::Near(distance.max(closest).min(MOST_DISTANCE)), text.trim(), terms)
    }

    /// The clause, unless the query is too long already.
    fn keep(&mut self, clause: Clause) -> Option<Clause> {
        self.has_room(clause.terms.len(), &clause.text).then_some(clause)
    }

    /// Counts terms; whether the query is still short enough.
    fn has_room(&mut self, terms: usize, text: &str) -> bool {
        if self.terms > MOST_TERMS {
            return false;
        }
        self.terms += terms;
        let fits = self.terms <= MOST_TERMS;
        if !fits {
            // Other complaints about text that is left out are dropped, because it is not searched.
            self.complaints.truncate(self.said_before);
            self.complain(TOO_LONG, text);
            self.scanner.stop();
        }
        fits
    }

    fn advance(&mut self) -> Option<QueryToken<'a>> {
        self.scanner.next(self.depth > 0)
    }

    fn peek(&self) -> Option<QueryToken<'a>> {
        let mut scanner = self.scanner;
        scanner.next(self.depth > 0)
    }

    fn complain(&mut self, code: &'static str, detail: &str) {
        if self.terms > MOST_TERMS && code != TOO_LONG {
            return;
        }
        let complaint = Complaint { code, detail: detail.trim().to_owned() };
        if self.complaints.len() < MOST_COMPLAINTS && !self.complaints.contains(&complaint) {
            self.complaints.push(complaint);
        }
    }
}

/// The clauses of a word without quotes; `open` while it is typed. An elided word is optional before a content word («
/// l'homme »); two function words form a phrase as typed (« s'il », « jusqu'à »).
fn unquoted(piece: QueryWord<'_>, open: bool) -> Vec<Clause> {
    let (elided, text) = split_elision(piece.text);
    let elided = elided.and_then(|elided| clause(Shape::Word, elided, false, false));
    let is_begun =
        |whole: &Clause| whole.terms.last().and_then(begun_letters).is_some_and(|some| some < TELLING_LETTERS);
    if piece.sign != Sign::Star && elided.is_some() {
        let shape = if open { Shape::Prefix } else { Shape::Word };
        let whole = clause(shape, piece.text, open, false).filter(|whole| whole.optional().has_a_language());
        if let Some(whole) = whole.filter(|whole| !is_begun(whole)) {
            return vec![whole];
        }
    }
    let elided = elided.map(Clause::never_required);
    let main = if piece.sign == Sign::Star {
        // A star requests a prefix, of any word; a word still being typed may become « de ».
        clause(Shape::Prefix, text, true, true).map(Clause::always_required)
    } else {
        clause(if open { Shape::Prefix } else { Shape::Word }, text, open, false)
    };
    elided.into_iter().chain(main).collect()
}

/// `None` when the text has no word.
fn clause(shape: Shape, text: &str, open: bool, starred: bool) -> Option<Clause> {
    let mut terms: Vec<Term> =
        words(text).map(|word| Term::new(&text[word.range], &word.folded, MatchMode::Folded)).collect();
    let reach = match (shape, terms.len()) {
        (Shape::Phrase | Shape::Exact, _) => MatchMode::Exact,
        (Shape::Fuzzy, 1) => MatchMode::Fuzzy,
        (Shape::Word, 1) => MatchMode::Class,
        // A word that is still being typed may be whole.
        (Shape::Prefix, 1) if !starred => MatchMode::Class,
        // Each part of a compound has its forms (« sous-traitances »); identifiers have none.
        (Shape::Word, _) if is_compound(&terms) => MatchMode::Class,
        _ => MatchMode::Folded,
    };
    for term in &mut terms {
        term.reach = reach;
    }
    terms.last_mut()?.prefix = open;
    Some(Clause::new(shape, text.trim(), terms))
}

/// Whether all words are of letters and the last, which is inflected, of more than a few.
fn is_compound(terms: &[Term]) -> bool {
    let is_of_letters = |term: &Term| term.folded.chars().all(char::is_alphabetic);
    terms.iter().all(is_of_letters) && terms.last().is_some_and(|last| last.folded.chars().count() >= INFLECTED_LETTERS)
}

/// Number of letters from which on the last part of a compound has forms.
const INFLECTED_LETTERS: usize = 4;

/// Removes the last word of a phrase while it has only its first letters: these match thousands of words, and the next
/// letter is about to come. In scripts where each letter is a word, the first one is enough.
fn without_first_letters(mut clause: Clause) -> Clause {
    let is_begun =
        clause.terms.last().is_some_and(|last| begun_letters(last).is_some_and(|count| count < TELLING_LETTERS));
    if clause.terms.len() > 1 && is_begun {
        clause.terms.pop();
    }
    clause
}

/// Whether a clause is only the first letter of a word that is still being typed, which is too little to search.
fn is_only_begun(clause: &Clause) -> bool {
    matches!(clause.terms.as_slice(), [term] if begun_letters(term) == Some(1))
}

/// How many letters there are yet of a word whose end is open; `None` for figures, and where each letter is a word.
fn begun_letters(term: &Term) -> Option<usize> {
    let is_spaced = |c: char| c.is_alphabetic() && c < FIRST_WITHOUT_SPACES;
    (term.prefix && term.folded.chars().all(is_spaced)).then(|| term.folded.chars().count())
}

/// Whether the text is a field's name and a colon, with the value yet to come.
fn awaits_a_value(piece: QueryWord<'_>) -> bool {
    let name = piece.text.strip_suffix(':').filter(|_| !piece.quoted);
    name.is_some_and(|name| Field::from_name(name).is_some() || matches!(name, "near" | "fuzzy" | "re"))
}

/// The name in « name:value » that is no field's; an address (`https://…`) has none.
fn unknown_field(piece: QueryWord<'_>) -> Option<&str> {
    let (name, value) = piece.text.split_once(':').filter(|_| !piece.quoted)?;
    let is_name = name.len() > 1 && name.chars().all(|c| c.is_alphabetic() || c == '_');
    (is_name && value.starts_with(char::is_alphanumeric)).then_some(name)
}

/// Whether a bracket closes what none opens, or the other way round.
fn has_stray_bracket(text: &str) -> bool {
    let mut depth = 0_i32;
    let closes_nothing = text.chars().any(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth < 0
    });
    closes_nothing || depth > 0
}

/// Number of letters from which a word that is still being typed is searched beside other words.
const TELLING_LETTERS: usize = 3;

/// The first character of the scripts written without spaces (Thai).
const FIRST_WITHOUT_SPACES: char = '\u{E00}';

const APOSTROPHES: [char; 4] = ['\'', '’', '‘', '\u{2BC}'];

/// The words of a field's value. As in texts, an elided word is optional before a content word, unless they are in
/// quotes: `title:l'homme`.
fn field_words<'t>(piece: QueryWord<'_>, text: &'t str) -> &'t str {
    match split_elision(text) {
        (Some(_), word) if !piece.quoted && !piece.is_value => {
            let is_of_function_words = |clause: Clause| clause.optional().has_a_language();
            let together = clause(Shape::Word, text, false, false);
            if together.is_some_and(is_of_function_words) { text } else { word }
        }
        _ => text,
    }
}

/// « l'homme » → « l' », « homme ».
fn split_elision(text: &str) -> (Option<&str>, &str) {
    let Some(at) = text.find(APOSTROPHES) else { return (None, text) };
    let (head, tail) = text.split_at(at);
    let mut before = words(head);
    let elided = before.next().is_some_and(|word| is_elided(&word.folded)) && before.next().is_none();
    if elided && words(tail).next().is_some() {
        let tail = tail.trim_start_matches(APOSTROPHES);
        (Some(&text[..text.len() - tail.len()]), tail)
    } else {
        (None, text)
    }
}

#[cfg(test)]
mod tests;
