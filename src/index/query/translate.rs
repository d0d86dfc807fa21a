//! Translates our [`Query`] into tantivy queries, without tantivy's parser, which reads `'` as a quote. Each clause is
//! searched in text and title; a clause of function words is optional in documents of their languages, which the field
//! `tongue` identifies. Distances, filters and exclusions do not score. The weights of words are in `ranking`.

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query as Tantivy, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::exclusion::ExclusionQuery;
use super::facts::Facts;
use super::near::Near;
use super::phrase::PhraseQuery;
use crate::document::PartKinds;
use crate::index::ranking::bm25;
use crate::index::schema::Fields;
use crate::index::segment::query_cache::SegmentQueryCache;
use crate::search::analysis::function_words::Tongues;
use crate::search::query::level;
use crate::search::query::level::{Level, Side};
use crate::search::{self, Cancel, Clause, Filter, FilterValue, Node, Query, Shape};

/// How much a word of the title weighs against one of the text.
const TITLE_BOOST: f32 = 2.0;

/// What all parts of a query are translated with.
pub(crate) struct Context<'a> {
    /// Where is looked.
    pub fields: Fields,
    /// When stale, nothing is found any more.
    pub cancel: &'a Cancel,
    /// The cache of recent results.
    pub known: &'a SegmentQueryCache,
}

/// What tantivy is asked.
pub(crate) fn translate(query: &Query, context: &Context<'_>) -> Box<dyn Tantivy> {
    all(query.nodes(), context)
}

/// One level: clauses that are optional beside others are optional in documents of their languages; if a level has
/// nothing else there, all of them must be adjacent.
fn all(nodes: &[Node], context: &Context<'_>) -> Box<dyn Tantivy> {
    let Level { text, title } = Level::of(nodes);
    let each = nodes.iter().map(|node| {
        let optional = level::optional(node);
        required(translated(node, context), optional, context.fields)
    });
    let mut each: Vec<_> = each.collect();
    let run = |side: &Side<'_>| {
        let terms = side.run().cloned().collect();
        let mut run = Clause::new(Shape::Word, "", terms);
        run.within = side.first().map_or(PartKinds::NONE, |clause| clause.within);
        run
    };
    if !text.bare().is_empty() {
        each.push(required(has(&run(&text), context), Tongues::ALL.without(text.bare()), context.fields));
    }
    if !title.bare().is_empty() {
        let run = look_for(&run(&title), context.fields.title, context);
        each.push(required(run, Tongues::ALL.without(title.bare()), context.fields));
    }
    Box::new(BooleanQuery::new(each))
}

/// A node that is alone on its level.
fn alone(node: &Node, context: &Context<'_>) -> Box<dyn Tantivy> {
    all(std::slice::from_ref(node), context)
}

fn translated(node: &Node, context: &Context<'_>) -> Box<dyn Tantivy> {
    match node {
        Node::Clause(clause) => has(clause, context),
        Node::Filter(filter) => facts(filter, context),
        Node::Not(node) => Box::new(ExclusionQuery { query: alone(node, context), cancel: context.cancel.clone() }),
        Node::Any(nodes) => Box::new(BooleanQuery::union(nodes.iter().map(|node| alone(node, context)).collect())),
        Node::All(nodes) => all(nodes, context),
    }
}

/// Documents whose facts are as a filter says.
fn facts(filter: &Filter, context: &Context<'_>) -> Box<dyn Tantivy> {
    match (&filter.wanted, filter.field) {
        (FilterValue::Words(clause), search::Field::Title) => look_for(clause, context.fields.title, context),
        _ => Box::new(Facts { field: context.fields.facts, filter: filter.clone(), cancel: context.cancel.clone() }),
    }
}

/// Documents with the clause in their text or their title.
fn has(clause: &Clause, context: &Context<'_>) -> Box<dyn Tantivy> {
    let weight = bm25::weight(clause);
    let body = Box::new(BoostQuery::new(stands(clause, context.fields.body, context), weight));
    if !clause.within.is_empty() {
        return body; // a title lies in no part
    }
    let title = BoostQuery::new(stands(clause, context.fields.title, context), weight * TITLE_BOOST);
    Box::new(BooleanQuery::union(vec![body, Box::new(title)]))
}

fn stands(clause: &Clause, field: Field, context: &Context<'_>) -> Box<dyn Tantivy> {
    let Shape::Near(distance) = clause.shape else { return look_for(clause, field, context) };
    let (terms, within) = (clause.terms.clone(), clause.within);
    let near = Near { field, terms, distance, within, cancel: context.cancel.clone() };
    let alone = |term: &crate::search::Term| {
        let mut alone = Clause::new(Shape::Exact, &term.folded, vec![term.clone()]);
        alone.within = clause.within;
        alone
    };
    let words = clause.terms.iter().map(|term| (Occur::Should, look_for(&alone(term), field, context)));
    // The words rank, their distance only decides.
    Box::new(BooleanQuery::new([(Occur::Must, Box::new(near) as Box<dyn Tantivy>)].into_iter().chain(words).collect()))
}

fn look_for(clause: &Clause, field: Field, context: &Context<'_>) -> Box<dyn Tantivy> {
    Box::new(PhraseQuery {
        field,
        terms: clause.terms.clone(),
        within: clause.within,
        cancel: context.cancel.clone(),
        known: context.known.clone(),
    })
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
