//! The query chips: the newest query as understood, part by part, each of which a key removes. A chip is a part that is
//! not a plain word, or another spelling of a name. Plain words explain themselves and have none. Drawing is `ui`'s
//! concern.

use std::time::Duration;

use super::state::SearchState;
use crate::app::action::{Actions, PaneRequest};
use crate::app::line_editor::LineInput;
use crate::app::list::document_list::DocumentList;
use crate::app::reader::pane::ReaderPane;
use crate::document::{Genre, PartKind};
use crate::locale::{Catalogue, Message};
use crate::search::{Clause, Facet, Field, Filter, FilterValue, LastWord, Node, Shape, without};

/// Maximum number of chips that a key can remove.
pub const MAX_CHIPS: usize = 9;

impl SearchState {
    /// The texts of the chips, in the order of the keys that remove them.
    pub fn chips(&self, catalogue: &Catalogue) -> Vec<String> {
        let parts = self.explanation.droppable().map(|part| display(&part.node, catalogue));
        let spellings = self.shown_variants().into_iter().enumerate().map(|(at, (form, documents))| {
            let name = format!("{form} ({documents})");
            if at > 0 { name } else { catalogue.say(&Message::new("also-spelled").with("names", name)) }
        });
        parts.chain(spellings).collect()
    }

    /// Removes a chip, counted from 1, and searches without it.
    pub(crate) fn drop_chip(
        &mut self,
        number: usize,
        list: &mut DocumentList,
        reader: &mut ReaderPane,
        now: Duration,
    ) -> Actions {
        let at = number.saturating_sub(1);
        let known = self.explanation.droppable().count();
        let Some(part) = self.explanation.droppable().nth(at).cloned() else {
            return match self.shown_variants().len() {
                0 if known == 0 => Actions::notice_of("pieces-none"),
                spellings if at - known >= spellings => {
                    Actions::notice(Message::new("pieces-fewer").with("number", number))
                }
                _ => self.drop_variant(number - known, list, reader, now),
            };
        };
        if let Some(prompt) = &mut self.prompt {
            prompt.input = LineInput::new(without(prompt.input.text(), &part));
            return PaneRequest::QueryEdited.into();
        }
        let source = self.source().map(|source| without(source, &part).trim().to_owned());
        self.ask_instead(&source.unwrap_or_default(), list, reader, now)
    }

    /// Updates the explanation to the newest query, and whether it has a row.
    pub(crate) fn settle_chips(&mut self) {
        let asked = self.newest_query();
        self.explanation.update(asked);
        let stays = self.prompt.is_some() && self.explanation.row;
        if self.prompt.is_none() {
            self.completion = None;
        }
        let completing = self.completion.as_ref().is_some_and(|open| !open.candidates.is_empty());
        let wanted = completing || self.explanation.droppable().next().is_some() || !self.shown_variants().is_empty();
        self.explanation.row = stays || wanted;
    }

    /// The query that is being typed, else the last one that was searched.
    fn newest_query(&self) -> Option<(String, LastWord)> {
        if let Some(prompt) = &self.prompt {
            return Some((prompt.input.text().to_owned(), LastWord::Prefix));
        }
        let last_word = self.document.as_ref().map_or(LastWord::Whole, |document| document.last_word);
        self.source().map(|source| (source.to_owned(), last_word))
    }

    /// The other spellings, unless another query is being typed.
    fn shown_variants(&self) -> Vec<(&str, u32)> {
        let typed = self.prompt.as_ref().map(|prompt| prompt.input.text());
        let stale = typed.is_some() && typed.map(str::trim) != self.source().map(str::trim);
        if stale { Vec::new() } else { self.variants().collect() }
    }
}

/// The text of a part of a query.
fn display(node: &Node, catalogue: &Catalogue) -> String {
    match node {
        Node::Clause(clause) => display_clause(clause, catalogue),
        Node::Filter(filter) => display_filter(filter, catalogue),
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
    let text = display(node, catalogue);
    let is_elision = matches!(node, Node::All(nodes) if nodes.len() == 2 && !text.contains(' '));
    match node {
        Node::Any(_) | Node::All(_) if !is_elision => format!("({text})"),
        _ => text,
    }
}

fn display_clause(clause: &Clause, catalogue: &Catalogue) -> String {
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

/// A field and its value as the interface names them; days as people write them.
fn display_filter(filter: &Filter, catalogue: &Catalogue) -> String {
    if filter.field == Field::Date && filter.wanted == FilterValue::NoDay {
        return catalogue.text("facet-undated");
    }
    let days = match &filter.wanted {
        FilterValue::Words(clause) | FilterValue::Value(clause) => {
            let star = if filter.text.ends_with('*') { "*" } else { "" };
            return display_field(filter.field, display_value(filter.field, &clause.text, catalogue) + star, catalogue);
        }
        FilterValue::Signs(_) => {
            let signs = filter.text.split_once(':').map_or("", |(_, signs)| signs);
            return display_field(filter.field, signs.trim_matches('"').to_owned(), catalogue);
        }
        FilterValue::NoDay => catalogue.text("facet-undated"),
        FilterValue::Days(days) => {
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

fn display_field(field: Field, value: String, catalogue: &Catalogue) -> String {
    let name = match Facet::of(field) {
        Some(facet) => catalogue.text(format!("facet-{}", facet.name())).to_lowercase(),
        None => catalogue.text(format!("field-{}", field.name())),
    };
    catalogue.say(&Message::new("piece-field").with("field", name).with("value", value))
}

/// A value as it was typed; a code by its name.
fn display_value(field: Field, typed: &str, catalogue: &Catalogue) -> String {
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
