//! Data per segment of the index beside its postings: names, facets, languages, selected documents, cached results.
//! Segments are immutable, so none of it expires while its segment exists.

pub(super) mod documents;
pub(super) mod facets;
pub(super) mod languages;
pub(super) mod names;
pub(super) mod parallel;
pub(super) mod query_cache;
pub(super) mod selection;
