//! Queries: what a document must have, as a tree of clauses of terms. How they are written is `parse`'s business, whether a
//! document answers them is `find`'s and the index's.
//!
//! A [`Clause`] is the unit that a document has or lacks, in one of the ways [`Shape`] names; a [`Term`] is what one word
//! of a text is compared with, and stems, accents and variants widen it without the tree knowing why.

use super::filter::Filter;
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
    /// A word as it is written, without its relatives (`=arrêté`).
    Exact,
    /// A word or one that differs little (`tokaiev~`).
    Fuzzy,
    /// All the words in any order, none further from another than that many words, in one block (`"a b"~5`).
    Near(u32),
}

/// The furthest that two words of [`Shape::Near`] can be from each other. Indexes leave that much room between blocks.
pub const MOST_DISTANCE: u32 = 99;

impl Shape {
    /// The word used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Phrase => "phrase",
            Self::Prefix => "prefix",
            Self::Exact => "exact",
            Self::Fuzzy => "fuzzy",
            Self::Near(_) => "near",
        }
    }

    /// Whether it stands for words as they are, side by side or near each other, rather than for one word of a query.
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
    /// The languages in whose documents it is only function words, which need not be there.
    optional: Tongues,
}

impl Clause {
    /// A clause of terms, at least one. Function words need not be there, but in quotes and behind signs they must.
    pub fn new(shape: Shape, text: &str, terms: Vec<Term>) -> Self {
        let optional = match shape {
            Shape::Phrase | Shape::Exact | Shape::Fuzzy | Shape::Near(_) => Tongues::NONE,
            Shape::Word | Shape::Prefix => {
                terms.iter().fold(Tongues::ALL, |all, term| all.and(tongues_of(&term.folded)))
            }
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

/// What a document is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// It has this.
    Clause(Clause),
    /// Its facts are so.
    Filter(Filter),
    /// It does not answer this.
    Not(Box<Node>),
    /// It answers one of these at least.
    Any(Vec<Node>),
    /// It answers all of these, but for clauses that need not be there in its language.
    All(Vec<Node>),
}

/// A query: a document answers it when it answers all its nodes, but for clauses that need not be there in its language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    nodes: Vec<Node>,
}

/// What one part of a query was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Understood {
    /// The name of its shape; `not` for what must be lacking, `variant` for other spellings.
    pub as_: &'static str,
    /// As it was typed.
    pub text: String,
    /// What is compared with the text.
    pub forms: Vec<String>,
}

impl Query {
    /// A query of all these nodes. Where nothing would be required, its function words are.
    pub fn new(nodes: Vec<Node>) -> Self {
        Self { nodes: settled(nodes) }
    }

    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// What documents must answer, in the order it was written.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// What documents may have and what is painted in them, in the order it was written: nothing that stands under a not.
    pub fn clauses(&self) -> Vec<&Clause> {
        let wanted = self.leaves().into_iter().filter(|(_, negated)| !negated);
        wanted.filter_map(|(leaf, _)| if let Node::Clause(clause) = leaf { Some(clause) } else { None }).collect()
    }

    /// The terms of the whole query as they would stand side by side, when it is several unquoted words: such a run
    /// counts once.
    pub fn whole_run(&self) -> Option<impl Iterator<Item = &Term>> {
        let mut run = Vec::new();
        for node in &self.nodes {
            match node {
                Node::Clause(clause) if !clause.shape.is_of_words() => run.push(clause),
                Node::Not(_) | Node::Filter(_) => {}
                Node::Clause(_) | Node::Any(_) | Node::All(_) => return None,
            }
        }
        (run.len() > 1).then(|| run.into_iter().flat_map(|clause| &clause.terms))
    }

    /// The words that may be names, which may be spelled otherwise: those that stand alone and for all their forms, and
    /// are wanted.
    pub fn names_mut(&mut self) -> Vec<&mut Term> {
        let mut names = Vec::new();
        for node in &mut self.nodes {
            node.names_mut(&mut names);
        }
        names
    }

    /// The query without other spellings.
    #[must_use]
    pub fn as_typed(mut self) -> Self {
        for name in self.names_mut() {
            name.variants.clear();
        }
        self
    }

    /// The other spellings of names that are looked for, in the order of the names.
    pub fn variants(&self) -> impl Iterator<Item = &Variant> {
        self.clauses().into_iter().flat_map(|clause| &clause.terms).flat_map(|term| &term.variants)
    }

    /// What each part was taken for, in the order it was written.
    pub fn understood(&self) -> Vec<Understood> {
        let each = |(leaf, negated)| understood(leaf, negated).into_iter().chain(variants(leaf));
        self.leaves().into_iter().flat_map(each).collect()
    }

    /// The clauses and filters, in the order they were written, and whether they stand under a not.
    fn leaves(&self) -> Vec<(&Node, bool)> {
        let mut leaves = Vec::new();
        for node in &self.nodes {
            node.leaves(false, &mut leaves);
        }
        leaves
    }
}

impl Node {
    /// All of these as one, without needless levels; `None` of nothing.
    pub fn all(mut nodes: Vec<Self>) -> Option<Self> {
        if nodes.len() < 2 { nodes.pop() } else { Some(Self::All(nodes)) }
    }

    fn names_mut<'q>(&'q mut self, into: &mut Vec<&'q mut Term>) {
        match self {
            Self::Clause(clause) => {
                let alone = clause.terms.len() == 1;
                into.extend(clause.terms.iter_mut().filter(|term| alone && term.reach == Reach::Class));
            }
            Self::Not(_) | Self::Filter(_) => {}
            Self::Any(nodes) | Self::All(nodes) => nodes.iter_mut().for_each(|node| node.names_mut(into)),
        }
    }

    fn leaves<'q>(&'q self, negated: bool, into: &mut Vec<(&'q Node, bool)>) {
        match self {
            Self::Clause(_) | Self::Filter(_) => into.push((self, negated)),
            Self::Not(node) => node.leaves(true, into),
            Self::Any(nodes) | Self::All(nodes) => nodes.iter().for_each(|node| node.leaves(negated, into)),
        }
    }

    /// The node where it stands for itself: alone under a not or beside others that would do.
    fn by_itself(self) -> Self {
        match self {
            Self::Clause(clause) => Self::Clause(clause.always_required()),
            Self::Filter(filter) => Self::Filter(filter),
            Self::Not(node) => Self::Not(Box::new(node.by_itself())),
            Self::Any(nodes) => Self::Any(nodes.into_iter().map(Self::by_itself).collect()),
            Self::All(nodes) => Self::All(settled(nodes)),
        }
    }
}

/// Nodes of which all must be answered, on one level. In a language where all that a document should have are function
/// words, they are required.
fn settled(nodes: Vec<Node>) -> Vec<Node> {
    let nodes = flat(nodes);
    let only = nodes.iter().fold(Tongues::ALL, |all, node| match node {
        Node::Clause(clause) => all.and(clause.optional),
        Node::Not(_) | Node::Filter(_) => all,
        Node::Any(_) | Node::All(_) => Tongues::NONE,
    });
    let settle = |node| match node {
        Node::Clause(clause) => {
            let optional = clause.optional.without(only);
            Node::Clause(Clause { optional, ..clause })
        }
        other => other.by_itself(),
    };
    nodes.into_iter().map(settle).collect()
}

fn flat(nodes: Vec<Node>) -> Vec<Node> {
    let levels = nodes.into_iter().map(|node| match node {
        Node::All(nodes) => flat(nodes),
        other => vec![other],
    });
    levels.flatten().collect()
}

/// The other spellings of a name, where there are any.
fn variants(leaf: &Node) -> Option<Understood> {
    let Node::Clause(clause) = leaf else { return None };
    let forms: Vec<String> = clause.terms.iter().flat_map(|term| &term.variants).map(|one| one.form.clone()).collect();
    (!forms.is_empty()).then(|| Understood { as_: "variant", text: clause.text.clone(), forms })
}

fn understood(leaf: &Node, negated: bool) -> Option<Understood> {
    let (name, text, form) = match leaf {
        Node::Clause(clause) => (clause.shape.name(), &clause.text, form(clause)),
        Node::Filter(filter) => (if filter.is_of_days() { "date" } else { "field" }, &filter.text, filter.form()),
        Node::Not(_) | Node::Any(_) | Node::All(_) => return None,
    };
    Some(Understood { as_: if negated { "not" } else { name }, text: text.clone(), forms: vec![form] })
}

fn form(clause: &Clause) -> String {
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
    form
}
