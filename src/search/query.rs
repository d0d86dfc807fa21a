//! Queries: what a document must have, as clauses of terms. How they are written is `parse`'s business.
//!
//! Seams left for the rest of the query language: a [`Clause`] is the unit that a document has or lacks, and later forms
//! (not, near, field, exact, fuzzy) are further shapes of it; a [`Term`] is what one word of a text is compared with, and
//! stems, accents and variants widen [`Term::matches`] and [`Term::folded`] without the matcher or the index knowing why.

use super::function_words::{Tongue, Tongues, tongues_of};
use super::term::{Reach, Term, Variant};

/// How a clause was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One word, or several that were written as one (`2019/2610(RSP)`).
    Word,
    /// In quotes.
    Phrase,
    /// A word whose end is open.
    Prefix,
}

impl Shape {
    /// The word used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Phrase => "phrase",
            Self::Prefix => "prefix",
        }
    }
}

/// What a document has somewhere, or lacks: terms side by side in one block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// How it was written.
    pub shape: Shape,
    /// As it was typed.
    pub text: String,
    /// At least one. Only the last may be a prefix.
    pub terms: Vec<Term>,
    /// The languages in whose documents it is only function words, which need not be there.
    optional: Tongues,
}

impl Clause {
    /// A clause of terms, at least one. Function words need not be there, but in quotes they must.
    pub fn new(shape: Shape, text: &str, terms: Vec<Term>) -> Self {
        let optional = match shape {
            Shape::Phrase => Tongues::NONE,
            _ => terms.iter().fold(Tongues::ALL, |all, term| all.and(tongues_of(&term.folded))),
        };
        Self { shape, text: text.to_owned(), terms, optional }
    }

    /// The clause as one that ranks and need not be there, in whatever language.
    #[must_use]
    pub fn never_required(self) -> Self {
        Self { optional: Tongues::ALL, ..self }
    }

    /// The clause as one that must be there, in whatever language.
    #[must_use]
    pub fn always_required(self) -> Self {
        Self { optional: Tongues::NONE, ..self }
    }

    /// The languages in whose documents it need not be.
    pub fn optional(&self) -> Tongues {
        self.optional
    }

    /// Whether a document of that language must have it.
    pub fn is_required(&self, tongue: Tongue) -> bool {
        !self.optional.contains(tongue)
    }
}

/// A query: a document answers it when it has every clause that is required in its language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    clauses: Vec<Clause>,
}

/// What one part of a query was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Understood {
    /// `word`, `phrase`, `prefix` or `variant`.
    pub as_: &'static str,
    /// As it was typed.
    pub text: String,
    /// What is compared with the text.
    pub forms: Vec<String>,
}

impl Query {
    /// A query of clauses. Where nothing would be required, its function words are.
    pub fn new(mut clauses: Vec<Clause>) -> Self {
        let only = clauses.iter().fold(Tongues::ALL, |all, clause| all.and(clause.optional));
        for clause in &mut clauses {
            clause.optional = clause.optional.without(only);
        }
        Self { clauses }
    }

    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// What documents must have, in the order it was written.
    pub fn clauses(&self) -> &[Clause] {
        &self.clauses
    }

    /// The terms of the whole query as they would stand side by side, when it is several unquoted words: such a run
    /// counts once.
    pub fn whole_run(&self) -> Option<impl Iterator<Item = &Term>> {
        let several = self.clauses.len() > 1;
        let unquoted = self.clauses.iter().all(|clause| clause.shape != Shape::Phrase);
        (several && unquoted).then(|| self.clauses.iter().flat_map(|clause| &clause.terms))
    }

    /// The words that may be names, which may be spelled otherwise: those that stand alone and for all their forms.
    pub fn names_mut(&mut self) -> impl Iterator<Item = &mut Term> {
        let terms =
            self.clauses.iter_mut().filter(|clause| clause.terms.len() == 1).flat_map(|clause| &mut clause.terms);
        terms.filter(|term| term.reach == Reach::Class)
    }

    /// The other spellings of names that are looked for, in the order of the names.
    pub fn variants(&self) -> impl Iterator<Item = &Variant> {
        self.clauses.iter().flat_map(|clause| &clause.terms).flat_map(|term| &term.variants)
    }

    /// What each part was taken for, in the order it was written.
    pub fn understood(&self) -> Vec<Understood> {
        self.clauses.iter().flat_map(|clause| std::iter::once(understood(clause)).chain(variants(clause))).collect()
    }
}

/// The other spellings of a name, where there are any.
fn variants(clause: &Clause) -> Option<Understood> {
    let forms: Vec<String> = clause.terms.iter().flat_map(|term| &term.variants).map(|one| one.form.clone()).collect();
    (!forms.is_empty()).then(|| Understood { as_: "variant", text: clause.text.clone(), forms })
}

fn understood(clause: &Clause) -> Understood {
    let mut form = String::new();
    for term in &clause.terms {
        if !form.is_empty() {
            form.push(' ');
        }
        form.push_str(&term.folded);
        if term.prefix {
            form.push('*');
        }
    }
    Understood { as_: clause.shape.name(), text: clause.text.clone(), forms: vec![form] }
}
