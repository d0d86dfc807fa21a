//! `in:title` beside words: the other nodes of its level are searched in titles, like `title:` for each. Function words
//! among them are optional, as in texts ([`super::level`]).

use super::field::Field;
use super::filter::Filter;
use super::{Clause, Node, Shape};

/// Rewrites the siblings of `in:title` so that they match titles only. Returns as many nodes as it was given.
pub(crate) fn in_titles(nodes: Vec<Node>) -> Vec<Node> {
    let asks = |node: &Node| matches!(node, Node::Filter(filter) if filter.asks_for_titles());
    let asked = nodes.iter().any(asks) && nodes.iter().all(|node| node.kinds().is_empty());
    nodes.into_iter().map(|node| each(node, asked)).collect()
}

fn each(node: Node, asked: bool) -> Node {
    let level = |nodes: Vec<Node>| nodes.into_iter().map(|node| each(node, asked)).collect::<Vec<_>>();
    match node {
        Node::Clause(clause) if asked => titled(clause),
        Node::Not(node) => Node::Not(Box::new(each(*node, asked))),
        Node::Any(nodes) => Node::Any(level(nodes)),
        Node::All(nodes) if asked => Node::All(level(nodes)),
        Node::All(nodes) => Node::All(in_titles(nodes)),
        other => other,
    }
}

fn titled(clause: Clause) -> Node {
    let filter = |clause: Clause| {
        let text = clause.text.clone();
        Node::Filter(Filter::of_words(Field::Title, &text, clause))
    };
    if !matches!(clause.shape, Shape::Near(_)) {
        return filter(clause);
    }
    // Titles are short: all words of a title are near each other.
    let words = clause.terms.iter().map(|term| filter(Clause::new(Shape::Exact, &clause.text, vec![term.clone()])));
    Node::All(words.collect())
}
