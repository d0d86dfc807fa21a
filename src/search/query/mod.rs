//! Queries: what a document must contain, as a tree of clauses of terms. The syntax is defined in `parser`; documents
//! are matched in `matching` and by the index.
//!
//! A [`Clause`] is the unit that a document contains or lacks, in one of the ways of [`Shape`]; a [`Term`] is compared
//! with single words of a text, and stems, accents and variants widen it without changing the tree.

mod clause;
pub mod complete;
pub(super) mod field;
pub(super) mod filter;
pub mod level;
pub(super) mod lexer;
pub(super) mod parser;
pub(super) mod parts;
pub(super) mod pattern;
pub(super) mod relax;
pub(super) mod term;
pub(super) mod titles;
pub(super) mod value_names;

use super::analysis::stem::Languages;
use crate::document::PartKinds;
pub use clause::{Clause, MOST_DISTANCE, Shape};
use filter::Filter;
use term::{MatchMode, Term, Variant};

/// What a document is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// It has this.
    Clause(Clause),
    /// Its facts are so.
    Filter(Filter),
    /// It does not answer this.
    Not(Box<Node>),
    /// It answers one of these at least; each is a level of its own.
    Any(Vec<Node>),
    /// It answers the level of these ([`level`]).
    All(Vec<Node>),
}

/// A query: a document answers it when it answers the level of all its nodes ([`level`]).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    nodes: Vec<Node>,
}

/// How one part of a query was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Understood {
    /// The name of its shape; `not` for what must be lacking, `variant` for other spellings.
    pub as_: &'static str,
    /// As it was typed.
    pub text: String,
    /// The words that are compared with the text.
    pub forms: Vec<String>,
}

impl Query {
    /// A query that requires all nodes. Clauses beside `in:` are restricted to such parts.
    pub fn new(nodes: Vec<Node>) -> Self {
        let mut nodes = flat(nodes);
        confine(&mut nodes, PartKinds::NONE);
        Self { nodes }
    }

    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// What documents must answer, in the order it was written.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The clauses that documents may contain and that are highlighted, in the order of the query: none that are
    /// negated.
    pub fn clauses(&self) -> Vec<&Clause> {
        let wanted = self.leaves().into_iter().filter(|(_, negated)| !negated);
        wanted.filter_map(|(leaf, _)| leaf.clause()).collect()
    }

    /// Whether there is anything to find in a text, so that matches can be counted: filters and what must be lacking are
    /// not.
    pub fn has_words(&self) -> bool {
        !self.clauses().is_empty()
    }

    /// The terms of the whole query as a phrase, if it has several unquoted words: such a phrase counts as one match.
    pub fn whole_run(&self) -> Option<impl Iterator<Item = &Term>> {
        let mut run = Vec::new();
        for node in &self.nodes {
            match node.typed() {
                Node::Clause(clause) if !clause.shape.is_of_words() => run.push(clause),
                Node::Not(_) | Node::Filter(_) => {}
                // The words of a name that has others.
                Node::All(nodes) if !std::ptr::eq(node.typed(), node) => {
                    run.extend(nodes.iter().filter_map(Node::clause));
                }
                Node::Clause(_) | Node::Any(_) | Node::All(_) => return None,
            }
        }
        (run.len() > 1).then(|| run.into_iter().flat_map(|clause| &clause.terms))
    }

    /// The terms that may be names and have variants: single words that match all their forms. Negated ones are
    /// included: `-Tokaïev` excludes what `Tokaïev` finds. Acronyms are no names: « OSCE » is not José.
    pub fn names_mut(&mut self) -> Vec<&mut Term> {
        let mut names = Vec::new();
        for node in &mut self.nodes {
            node.names_mut(&mut names);
        }
        names
    }

    /// The query with the languages assumed for documents of unknown language.
    #[must_use]
    pub fn for_languages(mut self, undetermined: Languages) -> Self {
        for node in &mut self.nodes {
            node.for_languages(undetermined);
        }
        self
    }

    /// The query without other spellings.
    #[must_use]
    pub fn as_typed(self) -> Self {
        let mut plain = Self::new(self.nodes.into_iter().map(Node::without_aliases).collect());
        for name in plain.names_mut() {
            name.variants.clear();
        }
        plain
    }

    /// Replaces the nodes of the query.
    #[must_use]
    pub fn map(self, level: impl FnOnce(Vec<Node>) -> Vec<Node>) -> Self {
        Self::new(level(self.nodes))
    }

    /// Counts the documents of each alias, and leaves out those that have none.
    #[must_use]
    pub fn with_aliases_counted(self, mut count: impl FnMut(&Clause) -> u32) -> Self {
        Self::new(self.nodes.into_iter().map(|node| node.with_aliases_counted(&mut count)).collect())
    }

    /// The other spellings and names that are searched, in the order of the query.
    pub fn variants(&self) -> impl Iterator<Item = &Variant> {
        self.clauses().into_iter().flat_map(Clause::variants)
    }

    /// The other spellings of negated words, which are excluded too.
    pub fn unwanted_variants(&self) -> impl Iterator<Item = &Variant> {
        let unwanted = self.leaves().into_iter().filter(|(_, negated)| *negated);
        unwanted.filter_map(|(leaf, _)| leaf.clause()).flat_map(Clause::variants)
    }

    /// How each part was understood, in the order of the query.
    pub fn understood(&self) -> Vec<Understood> {
        let each = |(leaf, negated): (_, bool)| {
            understood(leaf, negated).into_iter().chain((!negated).then(|| variants(leaf)).flatten())
        };
        self.leaves().into_iter().flat_map(each).collect()
    }

    /// The clauses and filters in the order of the query, and whether they are negated.
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

    fn for_languages(&mut self, undetermined: Languages) {
        match self {
            Self::Clause(clause) => clause.for_languages(undetermined),
            Self::Any(nodes) | Self::All(nodes) => {
                for node in nodes {
                    node.for_languages(undetermined);
                }
            }
            Self::Not(node) => node.for_languages(undetermined),
            Self::Filter(_) => {}
        }
    }

    /// The clause that it is.
    pub fn clause(&self) -> Option<&Clause> {
        if let Self::Clause(clause) = self { Some(clause) } else { None }
    }

    /// The typed node, if this one combines it with aliases; else the node itself.
    pub fn typed(&self) -> &Self {
        match self {
            Self::Any(nodes) if nodes.len() > 1 && nodes[1..].iter().all(Self::is_alias) => &nodes[0],
            other => other,
        }
    }

    /// Combines a typed node with its aliases.
    pub fn beside(typed: Vec<Self>, aliases: Vec<Self>) -> Option<Self> {
        Some(Self::Any(std::iter::once(Self::all(typed)?).chain(aliases).collect()))
    }

    /// One of these, or the only one there is.
    fn any(mut nodes: Vec<Self>) -> Self {
        if nodes.len() == 1 { nodes.remove(0) } else { Self::Any(nodes) }
    }

    fn is_alias(&self) -> bool {
        matches!(self, Self::Clause(clause) if clause.alias.is_some())
    }

    fn without_aliases(self) -> Self {
        match self {
            Self::Any(mut nodes) => {
                nodes.retain(|node| !node.is_alias());
                Self::any(nodes.into_iter().map(Self::without_aliases).collect())
            }
            Self::All(nodes) => Self::All(nodes.into_iter().map(Self::without_aliases).collect()),
            Self::Not(node) => Self::Not(Box::new(node.without_aliases())),
            other => other,
        }
    }

    fn with_aliases_counted(self, count: &mut impl FnMut(&Clause) -> u32) -> Self {
        match self {
            Self::Clause(mut clause) => {
                let documents = if clause.alias.is_some() { count(&clause) } else { 0 };
                if let Some(alias) = &mut clause.alias {
                    alias.documents = documents;
                }
                Self::Clause(clause)
            }
            Self::Any(nodes) => {
                let mut nodes: Vec<Self> = nodes.into_iter().map(|node| node.with_aliases_counted(count)).collect();
                nodes.retain(
                    |node| !matches!(node, Self::Clause(Clause { alias: Some(alias), .. }) if alias.documents == 0),
                );
                Self::any(nodes)
            }
            Self::All(nodes) => Self::All(nodes.into_iter().map(|node| node.with_aliases_counted(count)).collect()),
            Self::Not(node) => Self::Not(Box::new(node.with_aliases_counted(count))),
            other @ Self::Filter(_) => other,
        }
    }

    /// The kinds of parts it asks to look in.
    pub(super) fn kinds(&self) -> PartKinds {
        match self {
            Self::Filter(filter) => filter.part_kinds(),
            Self::Any(nodes) if nodes.iter().all(|node| !node.kinds().is_empty()) => {
                nodes.iter().fold(PartKinds::NONE, |all, node| all.and(node.kinds()))
            }
            Self::Clause(_) | Self::Not(_) | Self::Any(_) | Self::All(_) => PartKinds::NONE,
        }
    }

    fn names_mut<'q>(&'q mut self, into: &mut Vec<&'q mut Term>) {
        match self {
            Self::Clause(clause) => {
                let alone = clause.terms.len() == 1 && !is_acronym(&clause.text);
                into.extend(clause.terms.iter_mut().filter(|term| alone && term.reach == MatchMode::Class));
            }
            Self::Filter(_) => {}
            Self::Not(node) => node.names_mut(into),
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
}

/// Whether a word was typed as acronyms are, in capitals; longer words in capitals are names.
fn is_acronym(word: &str) -> bool {
    word.len() <= MOST_ACRONYM && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Number of letters of the longest acronym that is not taken for a name.
const MOST_ACRONYM: usize = 6;

/// Restricts every clause of a level, and inside its brackets, to the parts that the level requires, else to those of
/// the enclosing level.
fn confine(nodes: &mut [Node], around: PartKinds) {
    let own = nodes.iter().fold(PartKinds::NONE, |all, node| all.and(node.kinds()));
    let within = if own.is_empty() { around } else { own };
    for node in nodes {
        match node {
            Node::Clause(clause) => clause.within = within,
            Node::Filter(_) => {}
            Node::Not(node) => confine(std::slice::from_mut(node), within),
            Node::Any(nodes) => nodes.iter_mut().for_each(|node| confine(std::slice::from_mut(node), within)),
            Node::All(nodes) => confine(nodes, within),
        }
    }
}

/// The nodes of one level without brackets that hold nothing together.
fn flat(nodes: Vec<Node>) -> Vec<Node> {
    let levels = nodes.into_iter().map(|node| match node {
        Node::All(nodes) if nodes.iter().all(|node| node.kinds().is_empty()) => flat(nodes),
        other => vec![flat_inside(other)],
    });
    levels.flatten().collect()
}

fn flat_inside(node: Node) -> Node {
    match node {
        Node::Not(node) => Node::Not(Box::new(flat_inside(*node))),
        Node::Any(nodes) => Node::Any(nodes.into_iter().map(flat_inside).collect()),
        Node::All(nodes) => Node::All(flat(nodes)),
        other @ (Node::Clause(_) | Node::Filter(_)) => other,
    }
}

/// The other spellings of a name.
fn spellings(leaf: &Node) -> Vec<String> {
    let terms = leaf.clause().into_iter().flat_map(|clause| &clause.terms);
    terms.flat_map(|term| &term.variants).map(|one| one.form.clone()).collect()
}

/// The other spellings of a name, if there are any.
fn variants(leaf: &Node) -> Option<Understood> {
    let (forms, clause) = (spellings(leaf), leaf.clause()?);
    (!forms.is_empty()).then(|| Understood { as_: "variant", text: clause.text.clone(), forms })
}

fn understood(leaf: &Node, negated: bool) -> Option<Understood> {
    let (name, text, form) = match leaf {
        Node::Clause(Clause { alias: Some(alias), text, .. }) => ("variant", text, alias.form.clone()),
        Node::Clause(clause) => (clause.shape.name(), &clause.text, form(clause)),
        Node::Filter(filter) => (if filter.is_of_days() { "date" } else { "field" }, &filter.text, filter.form()),
        Node::Not(_) | Node::Any(_) | Node::All(_) => return None,
    };
    let others = if negated { spellings(leaf) } else { Vec::new() };
    let forms = std::iter::once(form).chain(others).collect();
    Some(Understood { as_: if negated { "not" } else { name }, text: text.clone(), forms })
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

#[cfg(test)]
pub mod samples;
