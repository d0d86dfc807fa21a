//! A [`Query`] of ours as a query of tantivy's, built directly: its own parser reads `'` as a quote. Each clause is looked
//! for in the text or the title; a clause of function words may be lacking in documents of the languages it belongs to,
//! which the field `tongue` tells. Distances, facts and what must be lacking only decide; they do not rank.

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query as Tantivy, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::facts::Facts;
use super::lacking::Lacking;
use super::near::Near;
use super::run::Run;
use super::schema::Fields;
use crate::search::function_words::Tongues;
use crate::search::{self, Cancel, Clause, Filter, Node, Query, Shape, Wanted};

/// How much a word of the title weighs against one of the text. Ranking proper is to come.
const TITLE_BOOST: f32 = 2.0;

/// What tantivy is asked.
pub fn translate(query: &Query, fields: Fields, cancel: &Cancel) -> Box<dyn Tantivy> {
    all(query.nodes(), fields, cancel)
}

fn all(nodes: &[Node], fields: Fields, cancel: &Cancel) -> Box<dyn Tantivy> {
    let nodes = nodes.iter().map(|node| match node {
        Node::Clause(clause) => required(has(clause, fields, cancel), clause.optional(), fields),
        other => (Occur::Must, translated(other, fields, cancel)),
    });
    Box::new(BooleanQuery::new(nodes.collect()))
}

fn translated(node: &Node, fields: Fields, cancel: &Cancel) -> Box<dyn Tantivy> {
    match node {
        Node::Clause(clause) => has(clause, fields, cancel),
        Node::Filter(filter) => facts(filter, fields, cancel),
        Node::Not(node) => Box::new(Lacking { query: translated(node, fields, cancel), cancel: cancel.clone() }),
        Node::Any(nodes) => {
            Box::new(BooleanQuery::union(nodes.iter().map(|node| translated(node, fields, cancel)).collect()))
        }
        Node::All(nodes) => all(nodes, fields, cancel),
    }
}

/// Documents whose facts are as a filter says.
fn facts(filter: &Filter, fields: Fields, cancel: &Cancel) -> Box<dyn Tantivy> {
    match (&filter.wanted, filter.field) {
        (Wanted::Words(clause), search::Field::Title) => look_for(clause, fields.title, cancel),
        _ => Box::new(Facts { field: fields.facts, filter: filter.clone(), cancel: cancel.clone() }),
    }
}

/// Documents with the clause in their text or their title.
fn has(clause: &Clause, fields: Fields, cancel: &Cancel) -> Box<dyn Tantivy> {
    let body = stands(clause, fields.body, cancel);
    let title = BoostQuery::new(stands(clause, fields.title, cancel), TITLE_BOOST);
    Box::new(BooleanQuery::union(vec![body, Box::new(title)]))
}

fn stands(clause: &Clause, field: Field, cancel: &Cancel) -> Box<dyn Tantivy> {
    let Shape::Near(distance) = clause.shape else { return look_for(clause, field, cancel) };
    let near = Near { field, terms: clause.terms.clone(), distance, cancel: cancel.clone() };
    let alone = |term: &crate::search::Term| Clause::new(Shape::Exact, &term.folded, vec![term.clone()]);
    let words = clause.terms.iter().map(|term| (Occur::Should, look_for(&alone(term), field, cancel)));
    // The words rank, their distance only decides.
    Box::new(BooleanQuery::new([(Occur::Must, Box::new(near) as Box<dyn Tantivy>)].into_iter().chain(words).collect()))
}

fn look_for(clause: &Clause, field: Field, cancel: &Cancel) -> Box<dyn Tantivy> {
    Box::new(Run { field, terms: clause.terms.clone(), cancel: cancel.clone() })
}

/// A clause that must be met, but in documents of the optional languages, where it only ranks.
fn required(clause: Box<dyn Tantivy>, optional: Tongues, fields: Fields) -> (Occur, Box<dyn Tantivy>) {
    if optional.is_empty() {
        return (Occur::Must, clause);
    }
    if optional == Tongues::ALL {
        return (Occur::Should, clause);
    }
    let mut either = vec![clause];
    for tongue in optional.iter() {
        let term = Term::from_field_text(fields.tongue, tongue.code());
        let excused = TermQuery::new(term, IndexRecordOption::Basic);
        either.push(Box::new(ConstScoreQuery::new(Box::new(excused), 0.0)));
    }
    (Occur::Must, Box::new(BooleanQuery::union(either)))
}
