//! Adds a filter to a query, or removes it, as text: the person sees it, can edit it, and gets it back with the search.
//! The rest of the query is unchanged and keeps its meaning, which is verified by parsing the result.

use super::query::Node;
use super::query::filter::Filter;
use super::query::lexer::{QueryToken, Scanner, Sign};
use super::query::parser::{LastWord, parse};
use crate::search::facets::Facet;

/// The query narrowed by a filter: behind it where nothing there takes hold of it (a quote that is open, a word that is
/// still being typed), else before it.
pub fn narrowed(source: &str, filter: &str, last_word: LastWord) -> String {
    let source = source.trim();
    if source.is_empty() {
        return filter.to_owned();
    }
    let (before, added) = (nodes(source, last_word), nodes(filter, LastWord::Whole));
    let means_both = |candidate: &String| {
        let found = nodes(candidate, last_word);
        let behind = before.iter().chain(&added).eq(&found);
        behind || added.iter().chain(&before).eq(&found)
    };
    let candidates = [format!("{source} {filter}"), format!("{filter} {source}"), format!("{filter} ({source})")];
    let [_, first, _] = &candidates;
    candidates.iter().find(|candidate| means_both(candidate)).unwrap_or(first).clone()
}

/// The query without the filter of a value, if the filter is a part of its own and the rest keeps its meaning.
pub fn widened(source: &str, (facet, key): (Facet, &str), last_word: LastWord) -> Option<String> {
    let before = nodes(source, last_word);
    let mut scanner = Scanner::new(source);
    let mut depth = 0_usize;
    while let Some(token) = scanner.next(depth > 0) {
        let end = scanner.at();
        match token {
            QueryToken::Open { .. } => depth += 1,
            QueryToken::Close => depth -= 1,
            QueryToken::Word(piece) if !piece.negated && matches!(piece.sign, Sign::Field(_)) => {
                let start = end - piece.whole.len();
                let there = nodes(piece.whole, LastWord::Whole);
                let [Node::Filter(filter)] = there.as_slice() else { continue };
                if value_of(filter).is_none_or(|(of, value)| (of, value.as_str()) != (facet, key)) {
                    continue;
                }
                let rest = format!("{} {}", source[..start].trim_end(), source[end..].trim_start());
                let rest = rest.trim().to_owned();
                if without(&before, filter) == nodes(&rest, last_word) {
                    return Some(rest);
                }
            }
            QueryToken::Word(_) | QueryToken::Or | QueryToken::Near(_) => {}
        }
    }
    None
}

/// The values that a query asks for by themselves, as [`Facet::filter`] writes them.
pub fn chosen(source: &str, last_word: LastWord) -> Vec<(Facet, String)> {
    let filters = nodes(source, last_word).into_iter();
    filters.filter_map(|node| if let Node::Filter(filter) = node { value_of(&filter) } else { None }).collect()
}

fn value_of(filter: &Filter) -> Option<(Facet, String)> {
    Facet::ALL.into_iter().find_map(|facet| Some((facet, facet.asked_by(filter)?)))
}

fn nodes(source: &str, last_word: LastWord) -> Vec<Node> {
    parse(source, last_word).0.nodes().to_vec()
}

/// All but the first of the nodes that asks the same.
fn without(nodes: &[Node], filter: &Filter) -> Vec<Node> {
    let asks =
        |node: &Node| matches!(node, Node::Filter(one) if one.field == filter.field && one.wanted == filter.wanted);
    let first = nodes.iter().position(asks);
    let rest = nodes.iter().enumerate().filter(|(at, _)| Some(*at) != first);
    rest.map(|(_, node)| node.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_filter_is_put_where_nothing_else_takes_hold_of_it() {
        for (source, last_word, expected) in [
            ("", LastWord::Whole, "kind:letter"),
            ("torture", LastWord::Whole, "torture kind:letter"),
            ("tort", LastWord::Prefix, "kind:letter tort"),
            ("tort ", LastWord::Prefix, "kind:letter tort"),
            ("a OR b", LastWord::Whole, "a OR b kind:letter"),
            ("a OR", LastWord::Whole, "kind:letter a OR"),
            ("\"a b", LastWord::Whole, "kind:letter \"a b"),
            ("(a b", LastWord::Whole, "(a b kind:letter"),
        ] {
            assert_eq!(narrowed(source, "kind:letter", last_word), expected, "{source}");
        }
    }

    #[test]
    fn a_filter_is_taken_out_where_it_stands_by_itself() {
        for (source, expected) in [
            ("kind:letter", Some("")),
            ("torture KIND:Letter date:2019", Some("torture date:2019")),
            ("kind:letter (a OR b)", Some("(a OR b)")),
            ("a -kind:letter", None),
            ("a OR kind:letter", None),
            ("kind:letter OR a", None),
            ("kind:resolution", None),
        ] {
            assert_eq!(widened(source, (Facet::Kind, "letter"), LastWord::Whole).as_deref(), expected, "{source}");
        }
        let source = "a author:=\"Jean  Dupont\"";
        assert_eq!(chosen(source, LastWord::Whole), [(Facet::Author, "jean dupont".to_owned())]);
        assert_eq!(widened(source, (Facet::Author, "jean dupont"), LastWord::Whole).as_deref(), Some("a"));
    }

    proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

        #[test]
        fn a_filter_that_was_put_in_asks_for_both_and_comes_out_again(
            source in crate::search::query::samples::queries(),
            typing in any::<bool>(),
        ) {
            let last_word = if typing { LastWord::Prefix } else { LastWord::Whole };
            let narrow = narrowed(&source, "author:=\"x y\"", last_word);
            let mut asked = nodes(&narrow, last_word);
            let is_filter = |node: &Node| matches!(node, Node::Filter(filter) if filter.text.ends_with("\"x y\""));
            prop_assert_eq!(asked.iter().filter(|node| is_filter(node)).count(), 1, "{}", narrow);
            asked.retain(|node| !is_filter(node));
            prop_assert_eq!(&asked, &nodes(source.trim(), last_word), "{}", narrow);
            let wide = widened(&narrow, (Facet::Author, "x y"), last_word);
            prop_assert_eq!(wide.map(|wide| nodes(&wide, last_word)), Some(asked), "{}", narrow);
        }
    }
}
