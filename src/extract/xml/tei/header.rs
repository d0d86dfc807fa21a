//! Reads a TEI header: title, date, house, country, legislative term, and the names of people by id. Fields missing in
//! the header of a file are taken from the header of its corpus. Dates of the encoding are never used as the date of
//! the sitting.

use std::collections::HashMap;

use roxmltree::Node;

use crate::document::Key;
use crate::extract::sourced::one_line;
use crate::extract::transcript::bare_name;
use crate::extract::xml::tree::{all_text as words, child};
use crate::extract::{RawDocument, declared};
use crate::text::{Language, date};

const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Words that indicate a parliament, in lower case.
const PARLIAMENTARY: &[&str] = &[
    "parla",
    "parli",
    "parle",
    "séance",
    "sitting",
    "débats",
    "debate",
    "assemblée",
    "assembly",
    "sénat",
    "senate",
    "hansard",
    "bundestag",
    "sitzung",
    "sesión",
    "congreso",
    "cortes",
    "sejm",
    "sabor",
    "storting",
    "riksdag",
    "folketing",
    "vergadering",
    "plenary",
    "house of",
];

/// Facts of a header.
#[derive(Default)]
pub(super) struct TeiHeader<'c> {
    title: String,
    language: String,
    date: Option<String>,
    institution: String,
    country: String,
    city: String,
    legislature: String,
    parliamentary: bool,
    people: HashMap<String, String>,
    /// Header of the corpus that contains the file.
    corpus: Option<&'c TeiHeader<'c>>,
}

impl<'c> TeiHeader<'c> {
    /// Reads the header of a file, which may be part of a corpus.
    pub(super) fn parse(file: Node, corpus: Option<&'c TeiHeader<'c>>) -> Self {
        let language = file.attribute((XML, "lang")).unwrap_or("").to_owned();
        let mut found = Self { language, corpus, ..Self::default() };
        if let Some(header) = child(file, "teiHeader") {
            found.add_missing(header);
        }
        let kind = [file.attribute("type"), file.attribute("ana")].map(|value| value.unwrap_or("").to_lowercase());
        found.parliamentary |= kind.iter().any(|value| value.contains("debate") || value.contains("parla"));
        found.parliamentary |= corpus.is_some_and(|corpus| corpus.parliamentary);
        if found.date.is_none() && file.tag_name().name() == "TEI" {
            let dated = file.descendants().find(|node| node.tag_name().name() == "docDate");
            found.date = dated.and_then(|node| day(node));
        }
        found
    }

    /// Whether the header describes parliamentary proceedings.
    pub(super) fn is_parliamentary(&self) -> bool {
        self.parliamentary
    }

    /// Returns the name of a speaker: by id from the list of people, otherwise as printed, otherwise derived from the
    /// id.
    pub(super) fn speaker(&self, who: Option<&str>, printed: Option<&str>) -> Option<String> {
        let id = who.and_then(|who| who.split_whitespace().next()).map(|who| who.rsplit('#').next().unwrap_or(who));
        let known = id.and_then(|id| self.person(id)).cloned();
        let printed = printed.map(printed_name).filter(|name| !name.is_empty());
        known.or(printed).or_else(|| id.map(name_from_id).filter(|name| !name.is_empty()))
    }

    /// Returns a person's name by id; a name without capital letters is a placeholder (« any person ») and ignored.
    fn person(&self, id: &str) -> Option<&String> {
        let own = self.people.get(id).or_else(|| self.corpus.and_then(|corpus| corpus.people.get(id)));
        own.filter(|name| name.chars().any(|c| c.is_alphabetic() && !c.is_lowercase()))
    }

    /// Writes the facts to a raw document.
    pub(super) fn write_into(&self, raw: &mut RawDocument) {
        declared::declare(raw, "title", &self.title);
        let inherited = |own: fn(&Self) -> &str| {
            let value = own(self);
            if value.is_empty() { self.corpus.map_or("", own) } else { value }
        };
        raw.language = Language::new(inherited(|header| &header.language));
        raw.date.clone_from(&self.date);
        for (key, value) in [
            (Key::Institution, inherited(|header| &header.institution)),
            (Key::Country, inherited(|header| &header.country)),
            (Key::Legislature, inherited(|header| &header.legislature)),
            (Key::Place, inherited(|header| &header.city)),
            (Key::Dated, self.date.as_deref().filter(|_| self.parliamentary).unwrap_or("")),
        ] {
            raw.metadata.set(key, value);
        }
    }

    /// Adds the facts of a header that are not known yet.
    fn add_missing(&mut self, header: Node) {
        let named = |name: &'static str| header.descendants().filter(move |node| node.tag_name().name() == name);
        if self.language.is_empty() {
            named("language").find_map(|node| node.attribute("ident")).unwrap_or("").clone_into(&mut self.language);
        }
        self.title = title(header, &self.language);
        self.date = day_of(header);
        let fill = |known: &mut String, found: Option<String>| {
            if known.is_empty() {
                *known = found.map(|found| one_line(&found)).unwrap_or_default();
            }
        };
        let place = |kind: &'static str| named("name").find(move |node| node.attribute("type") == Some(kind));
        fill(
            &mut self.country,
            place("country").map(|node| node.attribute("key").map_or_else(|| words(node), str::to_owned)),
        );
        fill(&mut self.city, place("city").map(words));
        fill(&mut self.institution, parliament_name(header, &self.language));
        let term = |node: &Node| node.attribute("ana").is_some_and(|ana| ana.contains("parla.term"));
        fill(
            &mut self.legislature,
            named("meeting").find(term).map(|node| node.attribute("n").map_or_else(|| words(node), str::to_owned)),
        );
        self.add_people(header);
        let about = ["titleStmt", "sourceDesc", "profileDesc", "projectDesc"].into_iter().flat_map(named).map(words);
        let about = about.collect::<Vec<_>>().join(" ").to_lowercase();
        self.parliamentary |=
            named("meeting").next().is_some() || PARLIAMENTARY.iter().any(|word| about.contains(word));
    }

    fn add_people(&mut self, header: Node) {
        for person in header.descendants().filter(|node| node.tag_name().name() == "person") {
            let Some(id) = person.attribute((XML, "id")) else { continue };
            if let Some(name) = child(person, "persName").map(full_name).filter(|name| !name.is_empty()) {
                self.people.entry(id.to_owned()).or_insert(name);
            }
        }
    }
}

/// Returns forename, name link and surname in this order, independent of their order in the file.
fn full_name(name: Node) -> String {
    let of = |kind: &str| {
        let parts = name.children().filter(|part| part.tag_name().name() == kind).map(words);
        parts.collect::<Vec<_>>().join(" ")
    };
    let parts = [of("forename"), of("nameLink"), of("surname")];
    let joined = parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ");
    one_line(&if joined.is_empty() { words(name) } else { joined })
}

/// Returns the title in the document's language: the subtitle if there is one, since the main title is then the
/// corpus's, otherwise all titles joined.
fn title(header: Node, language: &str) -> String {
    let Some(statement) = header.descendants().find(|node| node.tag_name().name() == "titleStmt") else {
        return String::new();
    };
    let titles: Vec<Node> = statement.children().filter(|node| node.tag_name().name() == "title").collect();
    let spoken = |node: &&Node| node.attribute((XML, "lang")).is_none_or(|own| own == language);
    let own: Vec<&Node> = titles.iter().filter(spoken).collect();
    let own = if own.is_empty() { titles.iter().collect() } else { own };
    let sub = own.iter().find(|node| node.attribute("type") == Some("sub"));
    match sub {
        Some(sub) => one_line(&words(**sub)),
        None => own.into_iter().map(|node| one_line(&words(*node))).collect::<Vec<_>>().join(" – "),
    }
}

/// Returns the date of the sitting: from the setting, the meeting, the source or the creation, in this order.
fn day_of(header: Node) -> Option<String> {
    ["setting", "meeting", "bibl", "creation"].into_iter().find_map(|name| {
        let mut places = header.descendants().filter(|node| node.tag_name().name() == name);
        places.find_map(|place| place.descendants().filter(|node| is_date(*node)).find_map(day))
    })
}

fn is_date(node: Node) -> bool {
    matches!(node.tag_name().name(), "date" | "meeting")
}

/// Returns the date of an element, from an attribute or from its text.
fn day(node: Node) -> Option<String> {
    let stated = ["when", "from", "n"].into_iter().find_map(|name| node.attribute(name)).unwrap_or("");
    let iso = date::first(stated).or_else(|| date::first(&words(node)));
    iso.filter(|iso| iso.len() == 10)
}

/// Returns the house: the organisation that is a parliament, otherwise an author that is one.
fn parliament_name(header: Node, language: &str) -> Option<String> {
    let organisations = header.descendants().filter(|node| node.tag_name().name() == "org");
    let mut parliaments =
        organisations.filter(|org| org.attribute("role").is_some_and(|role| role.contains("parliament")));
    let names = |org: Node| -> Option<String> {
        let names: Vec<Node> = org
            .children()
            .filter(|node| {
                node.tag_name().name() == "orgName" && !matches!(node.attribute("full"), Some("init" | "abb"))
            })
            .collect();
        let own = names.iter().find(|node| node.attribute((XML, "lang")) == Some(language));
        own.or(names.first()).map(|name| words(*name))
    };
    let author = || {
        let authors = header.descendants().filter(|node| node.tag_name().name() == "author").map(words);
        authors.into_iter().find(|name| {
            let lower = name.to_lowercase();
            ["assemblée", "sénat", "chambre", "parliament", "parlement", "assembly", "bundestag"]
                .iter()
                .any(|word| lower.contains(word))
        })
    };
    parliaments.find_map(names).or_else(author)
}

/// Returns a speaker's bare name from the printed form.
fn printed_name(printed: &str) -> String {
    let printed = printed.split_once(".-").map_or(printed, |(name, _)| name);
    let bare = bare_name(printed.trim_end_matches(['-', '–', '—', ' ', '.', ':']));
    let article = ["El señor ", "La señora ", "El señor\u{a0}", "La señora\u{a0}"]
        .iter()
        .find_map(|article| bare.strip_prefix(article));
    article.unwrap_or(bare).trim().to_owned()
}

/// Derives a name from an id: « InésArrimadasGarcía » gives « Inés Arrimadas García », « le_président » « le président
/// ».
fn name_from_id(id: &str) -> String {
    let mut name = String::with_capacity(id.len() + 4);
    let mut before = ' ';
    for c in id.chars() {
        if c.is_uppercase() && before.is_lowercase() {
            name.push(' ');
        }
        name.push(if c == '_' { ' ' } else { c });
        before = c;
    }
    name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_spelt_as_a_name() {
        for (id, name) in [
            ("InésArrimadasGarcía", "Inés Arrimadas García"),
            ("le_président", "le président"),
            ("Jean-Claude_Perez", "Jean-Claude Perez"),
            ("JohnDoe1960", "John Doe"),
        ] {
            assert_eq!(name_from_id(id), name);
        }
    }
}
