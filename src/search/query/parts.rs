//! The parts of a query as a person sees and removes them: the range and the meaning of each. The parts tile the query:
//! text without a meaning belongs to the preceding part, so that removing every part leaves nothing. A bracketed group
//! is one part. `app` words them.

use std::ops::Range;

use super::parser::{LastWord, read};
use super::{Node, Shape};

/// A part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryPart {
    /// Its range in the query, including trailing space; bytes.
    pub range: Range<usize>,
    /// Its meaning.
    pub node: Node,
    /// Whether it is plain words, which need no explanation.
    pub is_plain: bool,
}

/// The parts of a query, in the order they were written.
pub fn parts(source: &str, last_word: LastWord) -> Vec<QueryPart> {
    let read = read(source, last_word);
    let end = read.awaited.unwrap_or(source.len());
    let mut nodes = read.nodes.into_iter();
    let mut parts = Vec::new();
    for (at, &(start, before)) in read.starts.iter().enumerate() {
        let start = if at == 0 { 0 } else { start };
        let (stop, after) = read.starts.get(at + 1).copied().unwrap_or((end.max(start), usize::MAX));
        let own: Vec<Node> = nodes.by_ref().take(after - before).collect();
        let range = start..stop;
        let starred = source[range.clone()].trim_end().ends_with('*');
        parts.extend(Node::all(own).map(|node| QueryPart { range, is_plain: !starred && is_plain(&node), node }));
    }
    parts
}

/// A query without one of its parts.
pub fn without(source: &str, part: &QueryPart) -> String {
    let (before, after) = (&source[..part.range.start], &source[part.range.end..]);
    let glued = !before.is_empty() && !after.is_empty() && !before.ends_with(char::is_whitespace);
    let between = if glued { " " } else { "" };
    format!("{before}{between}{after}")
}

fn is_plain(node: &Node) -> bool {
    match node {
        Node::Clause(clause) => matches!(clause.shape, Shape::Word | Shape::Prefix),
        Node::All(nodes) => nodes.iter().all(is_plain),
        Node::Filter(_) | Node::Not(_) | Node::Any(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::parse;
    use proptest::prelude::*;

    fn shown(source: &str, last_word: LastWord) -> String {
        let shown = |part: QueryPart| {
            let text = &source[part.range];
            if part.is_plain { format!("[{text}]") } else { format!("<{text}>") }
        };
        parts(source, last_word).into_iter().map(shown).collect()
    }

    #[test]
    fn every_part_has_its_place() {
        for (source, expected) in [
            ("", ""),
            ("droits de l'homme", "[droits ][de ][l'homme]"),
            ("torture kind:letter -prison", "[torture ]<kind:letter ><-prison>"),
            ("x ka OR bo OR \"ci d\" y", "[x ]<ka OR bo OR \"ci d\" >[y]"),
            ("(x yu) -(z OR \"a b\") z", "[(x yu) ]<-(z OR \"a b\") >[z]"),
            ("opp* =arrêté tokaiev~ re:a.*", "<opp* ><=arrêté ><tokaiev~ ><re:a.*>"),
            ("torture near:5 l'homme x", "<torture near:5 l'homme >[x]"),
            ("— x — \"ka bo\"~5 )", "[— x — ]<\"ka bo\"~5 )>"),
            ("torture\"droits\"prison", "[torture]<\"droits\">[prison]"),
            ("x OR", "[x OR]"),
        ] {
            assert_eq!(shown(source, LastWord::Whole), expected, "{source}");
        }
        assert_eq!(shown("torture author:", LastWord::Prefix), "[torture ]");
        assert_eq!(shown("(x author:", LastWord::Prefix), "[(x author:]");
    }

    #[test]
    fn a_query_without_a_part_keeps_its_words_apart() {
        for (source, at, expected) in [
            ("torture kind:letter -prison", 1, "torture -prison"),
            ("torture kind:letter -prison", 2, "torture kind:letter "),
            ("torture\"droits\"prison", 1, "torture prison"),
        ] {
            assert_eq!(without(source, &parts(source, LastWord::Whole)[at]), expected);
        }
    }

    proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, cases: 2000, ..Default::default() })]

        #[test]
        fn dropping_a_part_brings_no_hint_and_dropping_every_part_leaves_nothing(
            source in prop_oneof![
                crate::search::query::samples::queries(),
                "(\\PC|[\"«»“”'*()=: -]|a|de|l'| OR |-\\(|near:[0-9]|~[0-9]|fuzzy:|re:|date:|author:|20){0,12}",
            ],
            typing in any::<bool>(),
            which in any::<proptest::sample::Index>(),
        ) {
            let last_word = if typing { LastWord::Prefix } else { LastWord::Whole };
            let mut source = source;
            for _ in 0..=source.len() {
                let known = parts(&source, last_word);
                if known.is_empty() {
                    break;
                }
                prop_assert!(known.windows(2).all(|pair| pair[0].range.end == pair[1].range.start));
                let codes = |source: &str| {
                    let complaints = parse(source, last_word).1.into_iter();
                    complaints.map(|complaint| complaint.code).collect::<Vec<_>>()
                };
                let before = codes(&source);
                let less = without(&source, &known[which.index(known.len())]);
                let fresh = codes(&less).into_iter().find(|code| !before.contains(code));
                prop_assert_eq!(fresh, None, "{} → {}", source, less);
                prop_assert!(parts(&less, last_word).len() < known.len(), "{} → {}", source, less);
                source = less;
            }
            prop_assert!(parse(&source, last_word).0.is_empty(), "{}", source);
        }
    }
}
