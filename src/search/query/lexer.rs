//! Tokenises a query: words and phrases with their operators, brackets, `OR`, `near:5`. Knows where tokens end, not
//! their meaning: the parser matches brackets and applies operators.

use super::field::Field;
use crate::search::analysis::words;

/// A token of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum QueryToken<'a> {
    /// `(` or `-(`, at the start of a word.
    Open { negated: bool },
    /// `)`, when a bracket is open.
    Close,
    /// `OR`.
    Or,
    /// `near:5`.
    Near(u32),
    /// A word or a phrase.
    Word(QueryWord<'a>),
}

/// A word or a phrase of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a sign that a person writes")]
pub(crate) struct QueryWord<'a> {
    /// Without quotes and signs.
    pub text: &'a str,
    /// Where it starts in the query, all but the `-`.
    pub first: usize,
    /// Where the text starts in the query.
    pub start: usize,
    /// Whether it is in quotes.
    pub quoted: bool,
    /// Whether the query ends inside its quotes.
    pub unclosed: bool,
    /// Whether `-` precedes it.
    pub negated: bool,
    /// Another operator before or after it.
    pub sign: Sign,
    /// Whether the whole value of a field is meant: `author:="Jean Dupont"`.
    pub is_value: bool,
    /// Its text in the query, without the `-`.
    pub whole: &'a str,
}

/// How a word or a phrase is matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// As it is.
    Plain,
    /// `word*`.
    Star,
    /// `=word`.
    Exact,
    /// `word~` or `fuzzy:word`.
    Fuzzy,
    /// `re:tok.*`.
    Pattern,
    /// `"a b"~5`.
    Near(u32),
    /// `author:dupont`.
    Field(Field),
}

/// A position in the query.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scanner<'a> {
    source: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    /// At the start of a query.
    pub(crate) fn new(source: &'a str) -> Self {
        Self { source, at: 0 }
    }

    /// Where it is.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// The remaining text.
    pub(crate) fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    /// Where the next token starts.
    pub(crate) fn start_of_next(&self) -> usize {
        let rest = self.rest();
        self.at + rest.find(|c: char| !c.is_whitespace() && !is_closing(c)).unwrap_or(rest.len())
    }

    /// Reads no further.
    pub(crate) fn stop(&mut self) {
        self.at = self.source.len();
    }

    /// The next token, `None` at the end; `inside` when a bracket is open.
    pub(crate) fn next(&mut self, inside: bool) -> Option<QueryToken<'a>> {
        self.at = self.start_of_next();
        let rest = self.rest();
        if inside && self.skip(")") {
            return Some(QueryToken::Close);
        }
        if rest.strip_prefix("OR").is_some_and(|after| after.is_empty() || after.starts_with(ends_operator)) {
            self.at += "OR".len();
            return Some(QueryToken::Or);
        }
        if let Some(distance) = self.near(inside) {
            return Some(QueryToken::Near(distance));
        }
        let negated = is_negated(rest) && self.skip("-");
        if self.skip("(") {
            return Some(QueryToken::Open { negated });
        }
        if self.rest().is_empty() {
            return None;
        }
        Some(QueryToken::Word(self.piece(negated, inside)))
    }

    /// The next piece, of which `(` is a part where it is the next character.
    pub(crate) fn piece(&mut self, negated: bool, inside: bool) -> QueryWord<'a> {
        let start = self.at;
        let sign = self.sign();
        let of_words = matches!(sign, Sign::Field(field) if !field.is_date() && field != Field::Title);
        let is_value = of_words && self.rest().strip_prefix('=').is_some_and(has_value) && self.skip("=");
        let piece = self.signed(sign, negated, inside);
        QueryWord { first: start, whole: &self.source[start..self.at], is_value, ..piece }
    }

    fn sign(&mut self) -> Sign {
        match self.rest() {
            rest if rest.starts_with('=') && has_value(&rest[1..]) => {
                self.at += 1;
                Sign::Exact
            }
            rest if has_name(rest, "fuzzy:") && has_value(&rest["fuzzy:".len()..]) => {
                self.at += "fuzzy:".len();
                Sign::Fuzzy
            }
            rest if has_name(rest, "re:") && has_value(&rest["re:".len()..]) => {
                self.at += "re:".len();
                Sign::Pattern
            }
            rest => match field(rest) {
                Some((field, value)) => {
                    self.at += value;
                    Sign::Field(field)
                }
                None => Sign::Plain,
            },
        }
    }

    fn signed(&mut self, sign: Sign, negated: bool, inside: bool) -> QueryWord<'a> {
        let quote = self.rest().chars().next().and_then(|open| closers(open).map(|closers| (open, closers)));
        match quote {
            Some((open, closers)) => {
                self.at += open.len_utf8();
                self.phrase(closers, negated, sign, inside)
            }
            None => self.word(negated, sign, inside),
        }
    }

    fn phrase(&mut self, closers: &[char], negated: bool, sign: Sign, inside: bool) -> QueryWord<'a> {
        let (start, rest) = (self.at, self.rest());
        let end = rest.find(closers).unwrap_or(rest.len());
        self.at += end;
        let unclosed = self.rest().is_empty();
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
        let sign = self.distance(inside).map_or(sign, Sign::Near);
        let text = &rest[..end];
        QueryWord { text, first: start, start, quoted: true, unclosed, negated, sign, is_value: false, whole: rest }
    }

    /// `~5` behind a phrase.
    fn distance(&mut self, inside: bool) -> Option<u32> {
        let digits = self.rest().strip_prefix('~')?;
        let end = word_end(digits, inside);
        let distance = number(&digits[..end])?;
        self.at += end + "~".len();
        Some(distance)
    }

    fn near(&mut self, inside: bool) -> Option<u32> {
        let rest = self.rest();
        let digits = has_name(rest, "near:").then(|| &rest["near:".len()..])?;
        let end = word_end(digits, inside);
        let distance = number(&digits[..end])?;
        self.at += end + "near:".len();
        Some(distance)
    }

    fn word(&mut self, negated: bool, sign: Sign, inside: bool) -> QueryWord<'a> {
        let (start, rest) = (self.at, self.rest());
        // At least one character, or there would be no end to it.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let text = &rest[..word_end(rest, inside).max(first)];
        self.at += text.len();
        let (text, sign) = match sign {
            Sign::Plain => starred(text).or_else(|| tilded(text)).unwrap_or((text, sign)),
            _ => (text, sign),
        };
        QueryWord {
            text,
            first: start,
            start,
            quoted: false,
            unclosed: false,
            negated,
            sign,
            is_value: false,
            whole: text,
        }
    }

    fn skip(&mut self, sign: &str) -> bool {
        let skips = self.rest().starts_with(sign);
        self.at += if skips { sign.len() } else { 0 };
        skips
    }
}

/// Whether a text ends inside or right behind a word.
pub(crate) fn ends_in_a_word(text: &str) -> bool {
    let end = words(text).last().map_or(0, |word| word.range.end().into());
    end == text.len() && end > 0
}

/// What closes a phrase that a character opens; `None` for what opens none.
fn closers(open: char) -> Option<&'static [char]> {
    match open {
        '"' => Some(&['"']),
        '«' => Some(&['»']),
        '“' => Some(&['”', '"']),
        '„' => Some(&['“', '”', '"']),
        _ => None,
    }
}

/// A closing quote that closes nothing is like a space.
fn is_closing(c: char) -> bool {
    matches!(c, '»' | '”')
}

fn ends_operator(c: char) -> bool {
    c.is_whitespace() || c == '(' || closers(c).is_some()
}

/// « -mot » but not « - » nor « --mot ».
fn is_negated(rest: &str) -> bool {
    rest.strip_prefix('-').is_some_and(|after| has_value(after) && !after.starts_with('-'))
}

fn has_value(after: &str) -> bool {
    after.chars().next().is_some_and(|c| !c.is_whitespace() && !is_closing(c))
}

/// The field whose name precedes a colon and a value, and the start of the value.
fn field(rest: &str) -> Option<(Field, usize)> {
    let colon = rest.find(|c: char| !c.is_alphabetic())?;
    let value = rest[colon..].strip_prefix(':')?;
    let name = &rest[..colon];
    let field = Field::from_name(name)?;
    has_value(value).then_some((field, name.len() + 1))
}

fn has_name(rest: &str, name: &str) -> bool {
    rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
}

/// Digits only; too many of them are the largest number.
fn number(digits: &str) -> Option<u32> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(u32::MAX))
}

/// Where an unquoted word ends: at a space, a quote, or inside brackets at the one that closes them.
fn word_end(rest: &str, inside: bool) -> usize {
    let mut depth = 0_usize;
    for (at, c) in rest.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            ')' if inside => return at,
            c if c.is_whitespace() || is_closing(c) || closers(c).is_some() => return at,
            _ => {}
        }
    }
    rest.len()
}

fn starred(text: &str) -> Option<(&str, Sign)> {
    let word = text.strip_suffix('*')?;
    Some((word, if ends_in_a_word(word) { Sign::Star } else { Sign::Plain }))
}

/// `mot~`, also with a number behind it.
fn tilded(text: &str) -> Option<(&str, Sign)> {
    let word = text.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix('~')?;
    ends_in_a_word(word).then_some((word, Sign::Fuzzy))
}
