//! What a level of a query asks of documents of a language: the nodes of the query itself, of one pair of brackets, of
//! one side of an `OR`, of what stands behind `-`. Function words (« de », « la ») need not be there beside words that
//! carry meaning. Where a level has nothing else, they are what is asked for, side by side as they were typed: « de la »
//! is not every « de » and every « la ».
//!
//! Words looked for in texts and words looked for in titles are judged apart. Which words are function words is not
//! decided here.

use super::filter::{Field, Wanted};
use super::{Clause, Node};
use crate::search::Term;
use crate::search::analysis::function_words::{Tongue, Tongues};

/// The words of a level that are looked for in one place.
#[derive(Clone, Debug, Default)]
pub struct Side<'q> {
    clauses: Vec<&'q Clause>,
    /// The languages in whose documents the level has function words here and nothing else.
    bare: Tongues,
}

/// The words of a level, in the order they were typed.
#[derive(Clone, Debug, Default)]
pub struct Level<'q> {
    /// Those looked for in the text (and the title as a part of it).
    pub text: Side<'q>,
    /// Those looked for in the title alone.
    pub title: Side<'q>,
}

impl<'q> Side<'q> {
    /// The languages in whose documents all its words must stand side by side, and need not each be there.
    pub fn bare(&self) -> Tongues {
        self.bare
    }

    /// All its terms, as they stand side by side.
    pub fn run(&self) -> impl Iterator<Item = &'q Term> + use<'q> {
        self.clauses.clone().into_iter().flat_map(|clause| &clause.terms)
    }

    /// The first of its clauses; `None` where there are none.
    pub fn first(&self) -> Option<&'q Clause> {
        self.clauses.first().copied()
    }

    fn of(nodes: &'q [Node], clause: impl Fn(&'q Node) -> Option<&'q Clause>) -> Self {
        let clauses: Vec<&Clause> = nodes.iter().filter_map(&clause).collect();
        if clauses.is_empty() {
            return Self::default();
        }
        let bare = nodes.iter().fold(Tongues::ALL, |bare, node| match (clause(node), node) {
            (Some(clause), _) => bare.and(clause.optional()),
            (None, Node::Any(_) | Node::All(_)) => Tongues::NONE,
            (None, Node::Clause(_) | Node::Filter(_) | Node::Not(_)) => bare,
        });
        Self { clauses, bare }
    }
}

impl<'q> Level<'q> {
    /// The level of these nodes.
    pub fn of(nodes: &'q [Node]) -> Self {
        Self { text: Side::of(nodes, Node::clause), title: Side::of(nodes, titled) }
    }
}

/// Whether a node of a level must be answered by itself in documents of a language.
pub fn is_required(node: &Node, tongue: Tongue) -> bool {
    !optional(node).contains(tongue)
}

/// The languages in whose documents a node of a level is only function words.
pub fn optional(node: &Node) -> Tongues {
    match node {
        Node::Clause(clause) => clause.optional(),
        other => titled(other).map_or(Tongues::NONE, Clause::optional),
    }
}

/// The words that a title must have.
fn titled(node: &Node) -> Option<&Clause> {
    match node {
        Node::Filter(filter) if filter.field == Field::Title => match &filter.wanted {
            Wanted::Words(clause) => Some(clause),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::LastWord;
    use crate::search::parse;
    use crate::text::Language;

    #[test]
    fn function_words_stand_together_where_a_level_has_nothing_else() {
        let run = |side: &Side<'_>| side.run().map(|term| term.folded.as_str()).collect::<Vec<_>>().join(" ");
        let french = Tongue::of(Language::new("fr").as_ref());
        for (source, text, title) in [
            ("de la", "de la", ""),
            ("de la loi", "", ""),
            ("de la -loi kind:letter", "de la", ""),
            ("de la (loi OR acte)", "", ""),
            ("of the", "", ""),
            ("in:title de la", "", "de la"),
            ("in:title la loi", "", ""),
            ("title:loi la", "la", ""),
            ("in:title \"loi\" la", "", ""),
        ] {
            let query = parse(source, LastWord::Whole).0;
            let level = Level::of(query.nodes());
            let bare = |side: &Side<'_>| if side.bare().contains(french) { run(side) } else { String::new() };
            assert_eq!((bare(&level.text), bare(&level.title)), (text.to_owned(), title.to_owned()), "{source}");
        }
    }
}
