//! What a person typed → a [`Query`]. Parsing never fails: words are all looked for, « phrases » side by side, `word*` by
//! their beginnings, and what is none of these is searched as text. A word that analysis splits (`2019/2610(RSP)`) is looked
//! for side by side; an elided article before an apostrophe (« l'homme ») is a word of its own that need not be there.
//!
//! Not yet understood, so searched as text: `-word`, `OR`, brackets, `word~`, `=word`, `near:`, `re:`, `field:value`, dates.

use super::analysis::words;
use super::function_words::is_elided;
use super::query::{Clause, Query, Shape};
use super::term::{Reach, Term};

/// The most terms a query keeps; what comes after is left out and said so.
const MOST_TERMS: usize = 256;

/// Whether the last word is still being typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LastWord {
    /// It stands for itself.
    #[default]
    Whole,
    /// It is the beginning of a word, unless a space or a quote stands behind it.
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
    let mut clauses = Vec::new();
    let mut terms = 0;
    let mut complaints = Vec::new();
    for chunk in chunks(source) {
        let open = last_word == LastWord::Prefix && chunk.is_last && ends_in_a_word(source);
        for clause in chunk.clauses(open) {
            terms += clause.terms.len();
            if terms > MOST_TERMS {
                complaints.push(Complaint { code: "query-too-long", detail: clause.text });
                return (Query::new(clauses), complaints);
            }
            clauses.push(clause);
        }
    }
    if clauses.is_empty() && !source.trim().is_empty() {
        complaints.push(Complaint { code: "query-without-words", detail: source.trim().to_owned() });
    }
    (Query::new(clauses), complaints)
}

/// A piece of a query between spaces or between quotes.
struct Chunk<'a> {
    text: &'a str,
    quoted: bool,
    is_last: bool,
}

fn chunks(source: &str) -> Vec<Chunk<'_>> {
    let mut chunks = Vec::new();
    let mut rest = source;
    while let Some(start) = rest.find(|c: char| !c.is_whitespace() && !is_closing(c)) {
        rest = &rest[start..];
        let first = rest.chars().next().expect("something was found");
        if let Some(closers) = closers(first) {
            let inside = &rest[first.len_utf8()..];
            let end = inside.find(closers).unwrap_or(inside.len());
            chunks.push(Chunk { text: &inside[..end], quoted: true, is_last: false });
            rest = inside[end..].strip_prefix(closers).unwrap_or("");
        } else {
            let end = rest.find(|c: char| c.is_whitespace() || is_closing(c) || closers(c).is_some());
            let end = end.unwrap_or(rest.len());
            chunks.push(Chunk { text: &rest[..end], quoted: false, is_last: false });
            rest = &rest[end..];
        }
    }
    if let Some(last) = chunks.last_mut() {
        last.is_last = true;
    }
    chunks
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

fn ends_in_a_word(source: &str) -> bool {
    let end = words(source).last().map_or(0, |word| word.range.end().into());
    end == source.len() && end > 0
}

impl Chunk<'_> {
    /// What it asks for; `open` when its last word is still being typed.
    fn clauses(&self, open: bool) -> Vec<Clause> {
        if self.quoted {
            return clause(Shape::Phrase, self.text, open, false).into_iter().collect();
        }
        let starred = self.text.strip_suffix('*');
        let (elided, text) = split_elision(starred.unwrap_or(self.text));
        let elided = elided.and_then(|elided| clause(Shape::Word, elided, false, false)).map(Clause::never_required);
        let main = if starred.is_some() && ends_in_a_word(text) {
            // A star says that a beginning is meant, whatever the word; one still being typed may be « de ».
            clause(Shape::Prefix, text, true, true).map(Clause::always_required)
        } else {
            clause(if open { Shape::Prefix } else { Shape::Word }, text, open, false)
        };
        elided.into_iter().chain(main).collect()
    }
}

/// `None` when the text has no word.
fn clause(shape: Shape, text: &str, open: bool, starred: bool) -> Option<Clause> {
    let mut terms: Vec<Term> =
        words(text).map(|word| Term::new(&text[word.range], &word.folded, Reach::Folded)).collect();
    let reach = match (shape, terms.len()) {
        (Shape::Phrase, _) => Reach::Exact,
        (Shape::Word, 1) => Reach::Class,
        // A word that is still being typed may be whole.
        (Shape::Prefix, 1) if !starred => Reach::Class,
        _ => Reach::Folded,
    };
    for term in &mut terms {
        term.reach = reach;
    }
    terms.last_mut()?.prefix = open;
    Some(Clause::new(shape, text.trim(), terms))
}

const APOSTROPHES: [char; 4] = ['\'', '’', '‘', '\u{2BC}'];

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
mod tests {
    use super::*;
    use crate::search::function_words::Tongue;
    use proptest::prelude::*;

    /// « as:forms » of each part, with parts that a French document need not have in brackets.
    fn said(source: &str, last_word: LastWord) -> String {
        let french = Tongue::of(crate::text::Language::new("fr").as_ref());
        let query = parse(source, last_word).0;
        let parts = query.understood().into_iter().zip(query.clauses()).map(|(part, clause)| {
            let said = format!("{}:{}", part.as_, part.forms.join("|"));
            if clause.is_required(french) { said } else { format!("[{said}]") }
        });
        parts.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn queries_are_understood() {
        for (source, expected) in [
            ("", ""),
            ("Torture", "word:torture"),
            ("droits de l'homme", "word:droits, [word:de], [word:l], word:homme"),
            ("droits de l’homme", "word:droits, [word:de], [word:l], word:homme"),
            ("\"droits de l'homme\"", "phrase:droits de l homme"),
            ("« droits de l'homme »", "phrase:droits de l homme"),
            ("“droits de l’homme”", "phrase:droits de l homme"),
            ("„Menschenrechte“ heute", "phrase:menschenrechte, word:heute"),
            ("\"droits de", "phrase:droits de"),
            ("torture \"droits", "word:torture, phrase:droits"),
            ("\"il dit « oui » ici\" x", "phrase:il dit oui ici, word:x"),
            ("torture\"droits\"prison", "word:torture, phrase:droits, word:prison"),
            ("\"\" torture » ”", "word:torture"),
            ("sous-déclarée", "word:sous declaree"),
            ("P8_TA(2017)0485", "word:p8 ta 2017 0485"),
            ("2019/2610(RSP)", "word:2019 2610 rsp"),
            ("n° 5747", "[word:n], word:5747"),
            ("aujourd'hui", "word:aujourd hui"),
            ("de la", "word:de, word:la"),
            ("le", "word:le"),
            ("opposant*", "prefix:opposant*"),
            ("l'oppos*", "[word:l], prefix:oppos*"),
            ("sous-décl*", "prefix:sous decl*"),
            ("d*", "prefix:d*"),
            ("droits de*", "word:droits, prefix:de*"),
            ("* torture", "word:torture"),
            ("foo-*", "word:foo"),
            ("=arrêté title:budget", "word:arrete, word:title budget"),
            ("qu'il", "word:qu, word:il"),
            ("欧洲", "word:欧 洲"),
        ] {
            assert_eq!(said(source, LastWord::Whole), expected, "{source}");
        }
    }

    #[test]
    fn the_last_word_is_a_prefix_while_it_is_typed() {
        for (source, expected) in [
            ("tort", "prefix:tort*"),
            ("tort ", "word:tort"),
            ("tort,", "word:tort"),
            ("droits de l'ho", "word:droits, [word:de], [word:l], prefix:ho*"),
            ("droits de l'", "word:droits, [word:de], [word:l]"),
            ("droits de", "word:droits, [prefix:de*]"),
            ("de", "prefix:de*"),
            ("\"droits de l'ho", "phrase:droits de l ho*"),
            ("\"droits de ", "phrase:droits de"),
            ("\"droits de\"", "phrase:droits de"),
            ("« droits »", "phrase:droits"),
            ("2019/26", "prefix:2019 26*"),
            ("opp*", "prefix:opp*"),
        ] {
            assert_eq!(said(source, LastWord::Prefix), expected, "{source}");
        }
    }

    #[test]
    fn what_has_no_words_says_so() {
        assert_eq!(parse("  ", LastWord::Whole).1, []);
        let complaint = Complaint { code: "query-without-words", detail: "« — »".to_owned() };
        assert_eq!(parse(" « — »", LastWord::Whole).1, [complaint]);
    }

    #[test]
    fn an_endless_query_is_cut_and_says_so() {
        let (query, complaints) = parse(&"mot ".repeat(10_000), LastWord::Prefix);
        assert_eq!(query.clauses().len(), MOST_TERMS);
        assert_eq!(complaints[0].code, "query-too-long");
    }

    proptest! {
        #![proptest_config(proptest::test_runner::Config {
            failure_persistence: None, cases: 10_000, ..Default::default()
        })]

        #[test]
        fn any_text_is_a_query(source in "(\\PC|[\"«»“”„'’*()=:~ \u{a0}-]|de|l'){0,30}") {
            for last_word in [LastWord::Whole, LastWord::Prefix] {
                let (query, complaints) = parse(&source, last_word);
                prop_assert_eq!(query.is_empty() && !source.trim().is_empty(), !complaints.is_empty());
                for clause in query.clauses() {
                    let open = clause.terms.iter().position(|term| term.prefix);
                    prop_assert!(open.is_none_or(|at| at + 1 == clause.terms.len()));
                }
            }
        }
    }
}
