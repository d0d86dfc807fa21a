//! What one word of a query stands for: which words of a text it means. How words are put together is `query`'s business.

/// What one word of a text is compared with.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// The word or its beginning, folded as analysis folds.
    pub folded: String,
    /// Whether words that only begin so match too.
    pub prefix: bool,
}

impl Term {
    /// Whether a folded word of a text is meant.
    pub fn matches(&self, folded: &str) -> bool {
        if self.prefix { folded.starts_with(&self.folded) } else { folded == self.folded }
    }
}
