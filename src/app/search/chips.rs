//! The query chips: the newest query as understood, part by part, each of which a key removes. A chip is a part that is
//! not a plain word, or another spelling of a name. Plain words explain themselves and have none. Drawing is `ui`'s
//! concern.

use crate::app::{App, Effects, LineInput};
use crate::document::{Genre, PartKind};
use crate::locale::{Catalogue, Message};
use crate::search::{Clause, Facet, Field, Filter, LastWord, Node, Part, Shape, Wanted, parts, without};

/// Maximum number of chips that a key can remove.
pub const MAX_CHIPS: usize = 9;

/// What the newest query says, part by part, and whether the row of pieces is shown.
#[derive(Clone, Debug, Default)]
pub struct QueryExplanation {
    asked: Option<(String, LastWord)>,
    parts: Vec<Part>,
    /// Whether the pieces have a row of their own; while a prompt is open it stays where it once was, so that nothing
    /// jumps.
    pub row: bool,
}

impl App {
    /// The texts of the chips, in the order of the keys that remove them.
    pub fn chips(&self) -> Vec<String> {
        let parts = self.droppable_parts().map(|part| said(&part.node, &self.catalogue));
        let spellings = self.shown_variants().into_iter().enumerate().map(|(at, (form, documents))| {
            let name = format!("{form} ({documents})");
            if at > 0 { name } else { self.catalogue.say(&Message::new("also-spelled").with("names", name)) }
        });
        parts.chain(spellings).collect()
    }

    /// Drops a piece, counted from 1, and asks again without it.
    pub(crate) fn drop_piece(&mut self, number: usize, effects: &mut Effects) {
        let at = number.saturating_sub(1);
        let known = self.droppable_parts().count();
        let Some(part) = self.droppable_parts().nth(at).cloned() else {
            return match self.shown_variants().len() {
                0 if known == 0 => self.notices.set(Message::new("pieces-none")),
                spellings if at - known >= spellings => {
                    self.notices.set(Message::new("pieces-fewer").with("number", number))
                }
                _ => self.drop_variant(number - known, effects),
            };
        };
        if let Some(prompt) = &mut self.search.prompt {
            prompt.input = LineInput::new(without(prompt.input.text(), &part));
            return self.query_edited(effects);
        }
        let source = self.search.source().map(|source| without(source, &part).trim().to_owned());
        self.ask_instead(&source.unwrap_or_default(), effects);
    }

    /// Keeps what is understood up with what is asked.
    pub(crate) fn settle_pieces(&mut self) {
        let asked = self.asked();
        if self.search.understanding.asked != asked {
            let parts = asked.as_ref().map(|(source, last_word)| parts(source, *last_word)).unwrap_or_default();
            let row = self.search.understanding.row;
            self.search.understanding = QueryExplanation { asked, parts, row };
        }
        let stays = self.search.prompt.is_some() && self.search.understanding.row;
        if self.search.prompt.is_none() {
            self.search.completion = None;
        }
        let completing = self.search.completion.as_ref().is_some_and(|open| !open.candidates.is_empty());
        let wanted = completing || self.droppable_parts().next().is_some() || !self.shown_variants().is_empty();
        self.search.understanding.row = stays || wanted;
    }

    /// The newest query: what is being typed, else what was asked last.
    fn asked(&self) -> Option<(String, LastWord)> {
        let searching = &self.search;
        if let Some(prompt) = &searching.prompt {
            return Some((prompt.input.text().to_owned(), LastWord::Prefix));
        }
        let last_word = match &searching.document {
            Some(document) => document.last_word,
            None => LastWord::Whole,
        };
        searching.source().map(|source| (source.to_owned(), last_word))
    }

    fn droppable_parts(&self) -> impl Iterator<Item = &Part> {
        self.search.understanding.parts.iter().filter(|part| !part.is_plain)
    }

    /// The other spellings, unless another query is being typed.
    fn shown_variants(&self) -> Vec<(&str, u32)> {
        let typed = self.search.prompt.as_ref().map(|prompt| prompt.input.text());
        let stale = typed.is_some() && typed.map(str::trim) != self.search.source().map(str::trim);
        if stale { Vec::new() } else { self.search.variants().collect() }
    }
}

/// A part of a query in words.
fn said(node: &Node, catalogue: &Catalogue) -> String {
    match node {
        Node::Clause(clause) => said_clause(clause, catalogue),
        Node::Filter(filter) => said_filter(filter, catalogue),
        Node::Not(node) => catalogue.say(&Message::new("piece-not").with("what", grouped(node, catalogue))),
        Node::Any(nodes) => {
            let either: Vec<String> = nodes.iter().map(|node| grouped(node, catalogue)).collect();
            either.join(&format!(" {} ", catalogue.text("piece-or")))
        }
        Node::All(nodes) => {
            let mut all = String::new();
            for node in nodes {
                // « l'homme » is two words without a space between them.
                if !all.is_empty() && !all.ends_with(['\'', '’']) {
                    all.push(' ');
                }
                all.push_str(&grouped(node, catalogue));
            }
            all
        }
    }
}

/// The same inside another part, in brackets where it would be read differently.
fn grouped(node: &Node, catalogue: &Catalogue) -> String {
    let said = said(node, catalogue);
    let is_elision = matches!(node, Node::All(nodes) if nodes.len() == 2 && !said.contains(' '));
    match node {
        Node::Any(_) | Node::All(_) if !is_elision => format!("({said})"),
        _ => said,
    }
}

fn said_clause(clause: &Clause, catalogue: &Catalogue) -> String {
    let message = |id: &str| Message::new(id).with("text", clause.text.clone());
    match clause.shape {
        Shape::Word => clause.text.clone(),
        Shape::Prefix => format!("{}…", clause.text),
        Shape::Phrase => catalogue.say(&message("piece-phrase")),
        Shape::Exact => catalogue.say(&message("piece-exact")),
        Shape::Fuzzy => catalogue.say(&message("piece-fuzzy")),
        Shape::Pattern => format!("re:{}", clause.text),
        Shape::Near(distance) => {
            let words: Vec<&str> = clause.terms.iter().map(|term| term.typed.as_str()).collect();
            let near = Message::new("piece-near").with("text", words.join(" "));
            catalogue.say(&near.with("words", u64::from(distance)))
        }
    }
}

/// A field and its value as the interface calls them; days as people write them.
fn said_filter(filter: &Filter, catalogue: &Catalogue) -> String {
    if filter.field == Field::Date && filter.wanted == Wanted::NoDay {
        return catalogue.text("facet-undated");
    }
    let days = match &filter.wanted {
        Wanted::Words(clause) | Wanted::Value(clause) => {
            let star = if filter.text.ends_with('*') { "*" } else { "" };
            return said_field(filter.field, said_value(filter.field, &clause.text, catalogue) + star, catalogue);
        }
        Wanted::Signs(_) => {
            let signs = filter.text.split_once(':').map_or("", |(_, signs)| signs);
            return said_field(filter.field, signs.trim_matches('"').to_owned(), catalogue);
        }
        Wanted::NoDay => catalogue.text("facet-undated"),
        Wanted::Days(days) => {
            let (from, to) = days.ends();
            let date = |iso: Option<String>| iso.map(|iso| catalogue.date(&iso)).unwrap_or_default();
            if from == to { date(from) } else { format!("{} → {}", date(from), date(to)).trim().to_owned() }
        }
    };
    match filter.field {
        Field::Asked => catalogue.say(&Message::new("piece-asked").with("days", days)),
        Field::Answered => catalogue.say(&Message::new("piece-answered").with("days", days)),
        _ => days,
    }
}

fn said_field(field: Field, value: String, catalogue: &Catalogue) -> String {
    let name = match Facet::of(field) {
        Some(facet) => catalogue.text(format!("facet-{}", facet.name())).to_lowercase(),
        None => catalogue.text(format!("field-{}", field.name())),
    };
    catalogue.say(&Message::new("piece-field").with("field", name).with("value", value))
}

/// A value as it was typed; a code as it is called.
fn said_value(field: Field, typed: &str, catalogue: &Catalogue) -> String {
    let code = typed.to_lowercase();
    match field {
        Field::Kind if Genre::from_name(&code).is_some() => catalogue.text(format!("genre-{code}")).to_lowercase(),
        Field::Language => catalogue.language(typed),
        Field::Country => catalogue.country(typed),
        Field::In if PartKind::ALL.iter().any(|kind| kind.name() == code) => {
            catalogue.text(format!("place-{code}.bare"))
        }
        _ => typed.to_owned(),
    }
}
