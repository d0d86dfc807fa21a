//! The rules of one level of a query: the nodes of the query itself, of a pair of brackets, of a side of an `OR`, or
//! after `-`. Function words (« de », « la ») are optional beside content words. A level of function words alone is
//! searched as a phrase: « de la » is not every « de » and every « la ».
//!
//! Words searched in texts and words searched in titles are judged separately. Does not decide which words are function
//! words.

use super::field::Field;
use super::filter::FilterValue;
use super::{Clause, Node};
use crate::search::Term;
use crate::search::analysis::function_words::{StopwordLanguage, Tongues};

/// The words of a level that are searched in one place.
#[derive(Clone, Debug, Default)]
pub struct Side<'q> {
    clauses: Vec<&'q Clause>,
    /// The languages in whose documents the level has function words here and nothing else.
    bare: Tongues,
}

/// The words of a level, in the order they were typed.
#[derive(Clone, Debug, Default)]
pub struct Level<'q> {
    /// Those searched in the text (which includes the title).
    pub text: Side<'q>,
    /// Those searched in the title only.
    pub title: Side<'q>,
}

impl<'q> Side<'q> {
    /// The languages in whose documents all its words must be adjacent, instead of each being required.
    pub fn bare(&self) -> Tongues {
        self.bare
    }

    /// All its terms, in the order of the phrase.
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
pub fn is_required(node: &Node, ui_language: StopwordLanguage) -> bool {
    !optional(node).contains(ui_language)
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
            FilterValue::Words(clause) => Some(clause),
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
        let french = StopwordLanguage::of(Language::new("fr").as_ref());
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
