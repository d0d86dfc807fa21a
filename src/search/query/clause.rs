//! Clauses: the units that a document contains or lacks. How they combine is in `mod.rs`, how they are matched elsewhere.

use strum::IntoStaticStr;

use super::term::{Term, Variant};
use crate::document::PartKinds;
use crate::search::analysis::function_words::{Tongues, tongues_of};
use crate::search::analysis::stem::Languages;

/// How a clause was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Shape {
    /// One word, or several that were written as one (`2019/2610(RSP)`).
    Word,
    /// In quotes.
    Phrase,
    /// A word whose end is open.
    Prefix,
    /// A word as it is written, without its relatives (`=arrêté`).
    Exact,
    /// A word or one that differs little (`tokaiev~`).
    Fuzzy,
    /// A word that answers a pattern (`re:tok.*`).
    Pattern,
    /// All the words in any order, none further from another than that many words, in one block (`"a b"~5`).
    Near(u32),
}

/// The furthest that two words of [`Shape::Near`] can be from each other. Indexes leave that much room between blocks.
pub const MOST_DISTANCE: u32 = 99;

impl Shape {
    /// The word used in JSON.
    /// It is the variant's name in kebab case: renaming a variant changes it.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Whether it consists of words as they are, adjacent or near each other, rather than one word of a query.
    pub fn is_of_words(self) -> bool {
        matches!(self, Self::Phrase | Self::Near(_))
    }
}

/// What a document has somewhere, or lacks: terms in one block, side by side unless the shape says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// How it was written.
    pub shape: Shape,
    /// As it was typed.
    pub text: String,
    /// At least one. Only the last may be a prefix, but near each other all may.
    pub terms: Vec<Term>,
    /// The kinds of parts that must contain it; none for any place including the title.
    pub within: PartKinds,
    /// The languages in whose documents it is only function words, which need not be there beside words that carry
    /// meaning; [`level`](super::level) defines when they must.
    pub(super) optional: Tongues,
    /// If it was added and not typed: the alias.
    pub(super) alias: Option<Variant>,
}

impl Clause {
    /// A clause of terms, at least one. Function words need not be there, but in quotes and behind signs they must.
    pub fn new(shape: Shape, text: &str, terms: Vec<Term>) -> Self {
        let optional = match shape {
            Shape::Phrase | Shape::Exact | Shape::Fuzzy | Shape::Pattern | Shape::Near(_) => Tongues::NONE,
            Shape::Word | Shape::Prefix => {
                terms.iter().fold(Tongues::ALL, |all, term| all.and(tongues_of(&term.folded)))
            }
        };
        Self { shape, text: text.to_owned(), terms, within: PartKinds::NONE, optional, alias: None }
    }

    /// An alias of typed text, as an alias file writes it; its words match exactly except for accents.
    pub fn of_alias(typed: &str, name: &str, terms: Vec<Term>) -> Self {
        let shape = if terms.len() > 1 { Shape::Phrase } else { Shape::Word };
        let alias = Variant { form: name.to_owned(), ..Variant::default() };
        Self { alias: Some(alias), ..Self::new(shape, typed, terms) }
    }

    /// The alias and the number of documents that contain it; `None` for typed text.
    pub fn alias(&self) -> Option<&Variant> {
        self.alias.as_ref()
    }

    /// Makes the clause optional beside others in documents of any language; it only affects the ranking.
    #[must_use]
    pub fn never_required(self) -> Self {
        Self { optional: Tongues::ALL, ..self }
    }

    /// Makes the clause required in documents of any language.
    #[must_use]
    pub fn always_required(self) -> Self {
        Self { optional: Tongues::NONE, ..self }
    }

    /// Sets the languages assumed for documents of unknown language.
    pub(super) fn for_languages(&mut self, undetermined: Languages) {
        if self.optional != Tongues::ALL {
            self.optional = self.optional.with_unknown_as(undetermined);
        }
        for term in &mut self.terms {
            term.undetermined = undetermined;
        }
    }

    /// The languages in whose documents it is only function words.
    pub fn optional(&self) -> Tongues {
        self.optional
    }

    /// The other spellings of its words, or the alias it is.
    pub(super) fn variants(&self) -> impl Iterator<Item = &Variant> {
        self.alias.iter().chain(self.terms.iter().flat_map(|term| &term.variants))
    }
}
