//! The ranking of hits: BM25 weighted by the form of the word, plus the proximity of the query's words.

pub(super) mod bm25;
pub(super) mod proximity;

#[cfg(test)]
mod tests;
