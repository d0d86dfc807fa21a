//! What a TEI header says: title, day, house, country, term, and the names of people by their ids. The header of the corpus
//! a file stands in is asked where the file's own is silent. Dates of the encoding are never those of the sitting.

use std::collections::HashMap;

use roxmltree::Node;

use super::printed_name;
use crate::document::Key;
use crate::extract::sourced::one_line;
use crate::extract::xml::tree::{all_text as words, child};
use crate::extract::{RawDocument, declared};
use crate::text::{Language, date};

const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Words of a header that speak of a parliament, lower case.
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

/// The facts of a header.
#[derive(Default)]
pub struct Header<'c> {
    title: String,
    language: String,
    date: Option<String>,
    institution: String,
    country: String,
    city: String,
    legislature: String,
    parliamentary: bool,
    people: HashMap<String, String>,
    /// What the corpus says that the file stands in.
    corpus: Option<&'c Header<'c>>,
}

impl<'c> Header<'c> {
    /// Reads the header of a file that stands in a corpus, or in none.
    pub fn of(file: Node, corpus: Option<&'c Header<'c>>) -> Self {
        let language = file.attribute((XML, "lang")).unwrap_or("").to_owned();
        let mut found = Self { language, corpus, ..Self::default() };
        if let Some(header) = child(file, "teiHeader") {
            found.add(header);
        }
        let kind = [file.attribute("type"), file.attribute("ana")].map(|said| said.unwrap_or("").to_lowercase());
        found.parliamentary |= kind.iter().any(|said| said.contains("debate") || said.contains("parla"));
        found.parliamentary |= corpus.is_some_and(|corpus| corpus.parliamentary);
        if found.date.is_none() && file.tag_name().name() == "TEI" {
            let dated = file.descendants().find(|node| node.tag_name().name() == "docDate");
            found.date = dated.and_then(|node| day(node));
        }
        found
    }

    /// Whether it speaks of a parliament.
    pub fn is_parliamentary(&self) -> bool {
        self.parliamentary
    }

    /// Who speaks: by id among the people, else as printed, else as the id says.
    pub fn speaker(&self, who: Option<&str>, printed: Option<&str>) -> Option<String> {
        let id = who.and_then(|who| who.split_whitespace().next()).map(|who| who.rsplit('#').next().unwrap_or(who));
        let known = id.and_then(|id| self.person(id)).cloned();
        let printed = printed.map(printed_name).filter(|name| !name.is_empty());
        known.or(printed).or_else(|| id.map(spelt).filter(|name| !name.is_empty()))
    }

    /// A person's name by id; one without a capital letter is a placeholder (« any person »).
    fn person(&self, id: &str) -> Option<&String> {
        let own = self.people.get(id).or_else(|| self.corpus.and_then(|corpus| corpus.people.get(id)));
        own.filter(|name| name.chars().any(|c| c.is_alphabetic() && !c.is_lowercase()))
    }

    /// States the facts.
    pub fn fill(&self, raw: &mut RawDocument) {
        declared::declare(raw, "title", &self.title);
        let inherited = |own: fn(&Self) -> &str| {
            let said = own(self);
            if said.is_empty() { self.corpus.map_or("", own) } else { said }
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

    /// Takes over what is not known yet from a header.
    fn add(&mut self, header: Node) {
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
        fill(&mut self.institution, house(header, &self.language));
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

/// First names before the surname, whatever their order in the file.
fn full_name(name: Node) -> String {
    let of = |kind: &str| {
        let parts = name.children().filter(|part| part.tag_name().name() == kind).map(words);
        parts.collect::<Vec<_>>().join(" ")
    };
    let parts = [of("forename"), of("nameLink"), of("surname")];
    let joined = parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ");
    one_line(&if joined.is_empty() { words(name) } else { joined })
}

/// The title in the document's language: its own part where the main title is the corpus's, else all of it.
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

/// The day of the sitting: of its setting, of the meeting, of the source, of the creation.
fn day_of(header: Node) -> Option<String> {
    ["setting", "meeting", "bibl", "creation"].into_iter().find_map(|name| {
        let mut places = header.descendants().filter(|node| node.tag_name().name() == name);
        places.find_map(|place| place.descendants().filter(|node| is_date(*node)).find_map(day))
    })
}

fn is_date(node: Node) -> bool {
    matches!(node.tag_name().name(), "date" | "meeting")
}

/// The day an element states, in an attribute or in words.
fn day(node: Node) -> Option<String> {
    let stated = ["when", "from", "n"].into_iter().find_map(|name| node.attribute(name)).unwrap_or("");
    let iso = date::first(stated).or_else(|| date::first(&words(node)));
    iso.filter(|iso| iso.len() == 10)
}

/// The house: the organisation that is a parliament, else an author who is one.
fn house(header: Node, language: &str) -> Option<String> {
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

/// « InésArrimadasGarcía » as « Inés Arrimadas García », « le_président » as « le président ».
fn spelt(id: &str) -> String {
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
            assert_eq!(spelt(id), name);
        }
    }
}
