//! What is known of each segment of the index beside its postings: names, facets, languages, selected documents, answers
//! that were found lately. Segments are immutable, so what is known of one stays right as long as it lives.

pub(super) mod documents;
pub(super) mod facets;
pub(super) mod languages;
pub(super) mod names;
pub(super) mod parallel;
pub(super) mod query_cache;
pub(super) mod selection;
