//! Less strict forms of a query that finds nothing: without a word, a phrase as single words, a word with a typing
//! error. Only proposes queries; the dossier counts their hits.

use strum::IntoStaticStr;

use super::term::MatchMode;
use super::{Clause, Node, Query, Shape};

/// The most queries that are tried.
const MOST: usize = 8;

/// In which way a query asks for less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Relaxation {
    /// One part is left out.
    Without,
    /// The words of a phrase, or a word in one form only, anywhere and in any form.
    Loosely,
    /// A word may be a slip of the pen away.
    Slip,
}

impl Relaxation {
    /// The word used in JSON and for its sentence.
    /// It is the variant's name in kebab case: renaming a variant changes it.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// What a query that asks for less would find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelaxedHits {
    /// In which way it asks for less.
    pub relaxation: Relaxation,
    /// The part that is asked for less, as it was typed.
    pub text: String,
    /// How many documents answer it.
    pub documents: usize,
}

/// The queries to try in the place of one that finds nothing, the least changed first.
pub fn relaxed(query: &Query) -> Vec<(Relaxation, String, Query)> {
    let nodes = query.nodes();
    let with = |at: usize, node: Node| {
        let mut changed = nodes.to_vec();
        changed[at] = node;
        Query::new(changed)
    };
    let mut tried = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        let Node::Clause(clause) = node.typed() else { continue };
        if let Some(loose) = loosely(clause) {
            tried.push((Relaxation::Loosely, clause.text.clone(), with(at, loose)));
        }
        if let Some(slip) = with_a_slip(clause) {
            tried.push((Relaxation::Slip, clause.text.clone(), with(at, slip)));
        }
    }
    let wanted = |node: &&Node| !matches!(node, Node::Not(_));
    for (at, node) in nodes.iter().enumerate() {
        let mut rest = nodes.to_vec();
        rest.remove(at);
        if rest.iter().any(|node| wanted(&node)) {
            tried.extend(text(node).map(|text| (Relaxation::Without, text, Query::new(rest))));
        }
    }
    tried.truncate(MOST);
    tried
}

/// The words of a phrase or of an exact word, in any form and anywhere.
fn loosely(clause: &Clause) -> Option<Node> {
    let strict = matches!(clause.shape, Shape::Phrase | Shape::Exact | Shape::Near(_));
    if !strict {
        return None;
    }
    let words = clause.terms.iter().map(|term| {
        let mut term = term.clone();
        term.reach = MatchMode::Class;
        Node::Clause(Clause::new(Shape::Word, &term.typed.clone(), vec![term]))
    });
    Node::all(words.collect())
}

fn with_a_slip(clause: &Clause) -> Option<Node> {
    let alone = matches!(clause.shape, Shape::Word | Shape::Prefix) && clause.terms.len() == 1;
    let term = clause.terms.first().filter(|term| alone && term.folded.chars().all(char::is_alphabetic))?;
    let mut term = term.clone();
    (term.reach, term.prefix) = (MatchMode::Fuzzy, false);
    Some(Node::Clause(Clause::new(Shape::Fuzzy, &clause.text, vec![term])))
}

/// A part as it was typed; nothing for a group.
fn text(node: &Node) -> Option<String> {
    match node.typed() {
        Node::All(nodes) if !std::ptr::eq(node.typed(), node) => {
            Some(nodes.iter().filter_map(text).collect::<Vec<_>>().join(" "))
        }
        Node::Clause(clause) => Some(clause.text.clone()),
        Node::Filter(filter) => Some(filter.text.clone()),
        Node::Not(node) => text(node).map(|text| format!("-{text}")),
        Node::Any(_) | Node::All(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::LastWord;
    use crate::search::parse;

    #[test]
    fn a_query_is_tried_with_less_of_each_part() {
        for (source, expected) in [
            ("torture", "slip torture"),
            ("torture 2019", "slip torture, without torture, without 2019"),
            ("\"droits humains\"", "loosely droits humains"),
            ("=arrêté prison", "loosely arrêté, slip prison, without arrêté, without prison"),
            ("prison -torture", "slip prison, without -torture"),
            ("kind:letter", ""),
            ("prison kind:letter", "slip prison, without prison, without kind:letter"),
            ("", ""),
        ] {
            let tried = relaxed(&parse(source, LastWord::Whole).0).into_iter();
            let said: Vec<String> =
                tried.map(|(relaxation, text, _)| format!("{} {text}", relaxation.code())).collect();
            assert_eq!(said.join(", "), expected, "{source}");
        }
    }
}
