//! The vocabulary of search, without an engine: analysis, queries, exact matches in a text, snippets. `index` answers the
//! same [`Query`] over many documents, and every engine must agree with [`find()`]: a document is a hit exactly if
//! [`is_hit`] is true, which is when `find` finds something or only the title matches.
//!
//! Stems, accents, typing errors and the other spellings of names widen a [`Term`]; texts and indexes compare words by the
//! same [`Meaning`]. Ranking is in `index` and reaches the list only as [`Hit::score`].

pub mod analysis;
pub mod facets;
mod generation;
pub mod matching;
pub mod names;
pub mod query;
pub mod results;
pub mod saved;
mod sort;

pub use facets::{Facet, FacetCount, Facets};
pub use generation::{Cancel, Generation, Latest};
pub use matching::matcher::{find, is_hit};
pub use matching::more_like_this::alike;
pub use matching::near_duplicates::{Duplicate, Fingerprint, duplicates};
pub use matching::snippet::best_passage;
pub use query::filter::{Days, Field, Filter, Wanted, facts};
pub use query::parser::{Complaint, LastWord, TOO_LONG, parse};
pub use query::parts::{Part, parts, without};
pub use query::relax::{Relaxation, RelaxedHits, relaxed};
pub use query::term::{Meaning, Reach, Spelling, Term, Variant};
pub use query::{Clause, MOST_DISTANCE, Node, Query, Shape, Understood};
pub use sort::Sort;

use serde::{Deserialize, Serialize};

use crate::document::{DocumentKey, PartKind};
use crate::text::TextRange;

/// A document an index found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Which.
    pub document: DocumentKey,
    /// How well it answers, larger is better; comparable within one search only.
    pub score: f32,
}

/// The best passage of a document for a query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snippet {
    /// The part that contains it, if any: kind and label.
    pub place: Option<(PartKind, Option<String>)>,
    /// Its range in the document's text.
    pub range: TextRange,
    /// Its words.
    pub text: String,
    /// Matches, as byte ranges inside `text`.
    pub highlights: Vec<(u32, u32)>,
}
