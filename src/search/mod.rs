//! The vocabulary of search, without an engine: analysis, queries, exact matches in a text, snippets. `index` answers the
//! same [`Query`] over many documents, and every engine must agree with [`find()`]: a document is a hit exactly if
//! [`is_hit`] is true, which is when `find` finds something or only the title matches.
//!
//! Stems, accents, typing errors and the other spellings of names widen a [`Term`]; texts and indexes compare words by the
//! same [`TermMatcher`]. Ranking is in `index` and reaches the list only as [`Hit::score`].

pub mod analysis;
pub mod edit;
pub mod facets;
mod generation;
pub mod matching;
pub mod names;
pub mod query;
pub mod results;
pub mod saved;
mod sort;

pub use analysis::word_class::WordRange;
pub use facets::{Facet, FacetCount, Facets};
pub use generation::{Cancel, Generation, Latest};
pub use matching::matcher::{find, is_hit};
pub use matching::more_like_this::alike;
pub use matching::near_duplicates::{Duplicate, Fingerprint, duplicates};
pub use matching::snippet::best_passage;
pub use query::field::Field;
pub use query::filter::{Days, Filter, FilterValue, facts};
pub use query::parser::{Complaint, LastWord, TOO_LONG, parse};
pub use query::parts::{QueryPart, parts, without};
pub use query::relax::{Relaxation, RelaxedHits, relaxed};
pub use query::term::{MatchMode, Spelling, Term, TermMatcher, Variant};
pub use query::{Clause, MOST_DISTANCE, Node, Query, Shape, Understood};
pub use results::{Hit, Snippet};
pub use sort::Sort;
