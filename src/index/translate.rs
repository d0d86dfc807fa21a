//! A [`Query`] of ours as a query of tantivy's, built directly: its own parser reads `'` as a quote. Each clause is looked
//! for in the text or the title; a clause of function words may be lacking in documents of the languages it belongs to,
//! which the field `tongue` tells.

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query as Tantivy, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::run::Run;
use super::schema::Fields;
use crate::search::function_words::Tongues;
use crate::search::{Cancel, Clause, Query};

/// How much a word of the title weighs against one of the text. Ranking proper is to come.
const TITLE_BOOST: f32 = 2.0;

/// What tantivy is asked.
pub fn translate(query: &Query, fields: Fields, cancel: &Cancel) -> Box<dyn Tantivy> {
    let clauses = query.clauses().iter().map(|clause| {
        let body = look_for(clause, fields.body, cancel);
        let title = BoostQuery::new(look_for(clause, fields.title, cancel), TITLE_BOOST);
        let either = BooleanQuery::union(vec![body, Box::new(title)]);
        required(Box::new(either), clause.optional(), fields)
    });
    Box::new(BooleanQuery::new(clauses.collect()))
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
