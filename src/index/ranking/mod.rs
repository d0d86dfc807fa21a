//! The order of answers: BM25 with weights for forms of a word, and how near the words of a query stand to each other.

pub(super) mod bm25;
pub(super) mod proximity;

#[cfg(test)]
mod tests;
