//! The orders a list of documents can be in. How documents are put in them is the store's and the index's business.

use strum::{EnumString, IntoStaticStr, VariantArray};

/// An order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Sort {
    /// Best first; without a search, as [`Sort::Date`].
    Relevance,
    /// Newest first.
    #[default]
    Date,
    /// By the alphabet.
    Title,
}

impl Sort {
    /// Every order, as the command `sort` goes through them.
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS.first_chunk().expect("of that length");

    /// The word used in `config.toml` and on the command line; its message id is `sort-` + this.
    /// It is the variant's name in kebab case: renaming a variant changes it.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// The order after this one, round and round.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|sort| *sort == self).unwrap_or(0);
        Self::ALL[(at + 1) % Self::ALL.len()]
    }

    /// The order of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        name.parse().ok()
    }
}
