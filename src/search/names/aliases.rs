//! A dossier's aliases: names of one thing that no rule can derive (OTSC, CSTO, ОДКБ). Parses the text of an alias file and
//! returns the other names of a word or phrase. Reads no files and words no messages: an error carries its position and a
//! code, for which the locale has the sentence.
//!
//! ```toml
//! [[alias]]
//! names = ["OTSC", "CSTO", "ОДКБ"]
//! ```

use std::collections::HashMap;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use crate::search::analysis::words;
use crate::search::query::term::{MatchMode, Spelling, Term};
use crate::search::query::{Clause, Node, Query, Shape};
use crate::text::sanitize::sanitize;

/// Groups of names, by any of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aliases {
    /// For each name as it is compared, the other names of its group as they were written.
    others: HashMap<String, Vec<String>>,
    /// How many words the longest name has.
    longest: usize,
}

/// An error in an alias file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AliasError {
    /// The line it is about, from 1.
    pub line: u32,
    /// The problem.
    pub problem: AliasProblem,
}

/// What can be wrong, each with what a person can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AliasProblem {
    /// Not TOML: correct the line; the detail is the parser's message.
    NotToml {
        /// What the reader of TOML says, in English.
        detail: String,
    },
    /// An unknown table or key: correct its name or remove it; the detail names it and the expected ones.
    Unexpected {
        /// What the reader of TOML says, in English.
        detail: String,
    },
    /// Fewer than two names: add another, or take the entry out.
    TooFewNames,
    /// A name without a letter or digit can never be found: correct it or take it out.
    EmptyName {
        /// The name as it is written.
        name: String,
    },
    /// A name that an earlier entry has, perhaps in other dress: put both entries into one, or take it out of one.
    Repeated {
        /// The name as it is written.
        name: String,
        /// The line of the earlier one, from 1.
        earlier: u32,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    alias: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    names: Spanned<Vec<Spanned<String>>>,
}

impl Aliases {
    /// Parses the text of an alias file. Returns the first error.
    pub fn parse(text: &str) -> Result<Self, AliasError> {
        let file: File = toml::from_str(text).map_err(|error| not_read(text, &error))?;
        let mut aliases = Self::default();
        let mut lines: HashMap<String, u32> = HashMap::new();
        for entry in file.alias {
            let at = line(text, entry.names.span());
            let names = entry.names.into_inner();
            let mut group = Vec::with_capacity(names.len());
            for name in names {
                let line = line(text, name.span());
                // The file may have come with the dossier: nothing in it drives the terminal.
                let name = sanitize(&name.into_inner()).replace(['\n', '\t'], " ");
                let key = key(&name);
                if key.is_empty() {
                    return Err(AliasError { line, problem: AliasProblem::EmptyName { name } });
                }
                if let Some(&earlier) = lines.get(&key) {
                    return Err(AliasError { line, problem: AliasProblem::Repeated { name, earlier } });
                }
                lines.insert(key.clone(), line);
                aliases.longest = aliases.longest.max(key.split(' ').count());
                group.push((key, name));
            }
            if group.len() < 2 {
                return Err(AliasError { line: at, problem: AliasProblem::TooFewNames });
            }
            for (key, _) in &group {
                let others = group.iter().filter(|(other, _)| other != key).map(|(_, name)| name.clone()).collect();
                aliases.others.insert(key.clone(), others);
            }
        }
        Ok(aliases)
    }

    /// The other names of a word or phrase, as written in the file and in its order; empty if it has none. Ignores
    /// case, accents and the separators of words.
    pub fn of(&self, phrase: &str) -> &[String] {
        self.others.get(&key(phrase)).map_or(&[], Vec::as_slice)
    }

    /// Adds the aliases of another file; a name that both have has the others of both.
    pub fn add(&mut self, more: &Self) {
        self.longest = self.longest.max(more.longest);
        for (key, names) in &more.others {
            let known = self.others.entry(key.clone()).or_default();
            known.extend(names.iter().filter(|name| !known.contains(name)).cloned().collect::<Vec<_>>());
        }
    }

    /// Adds the aliases of words, and of several words that form a name, beside the typed text, also where it is
    /// negated. Quoted words and words with an operator are searched as they are.
    pub fn widen(&self, query: Query, spelling: &Spelling) -> Query {
        if self.is_empty() || spelling.as_typed { query } else { query.map(|nodes| self.level(&nodes, spelling)) }
    }

    fn level(&self, nodes: &[Node], spelling: &Spelling) -> Vec<Node> {
        let mut widened = Vec::with_capacity(nodes.len());
        let mut rest = nodes;
        while let Some((first, behind)) = rest.split_first() {
            if let Some((count, node)) = self.name_at(rest, spelling) {
                widened.push(node);
                rest = &rest[count..];
            } else {
                widened.push(self.inside(first.clone(), spelling));
                rest = behind;
            }
        }
        widened
    }

    fn inside(&self, node: Node, spelling: &Spelling) -> Node {
        match node {
            Node::All(nodes) => Node::All(self.level(&nodes, spelling)),
            Node::Any(nodes) => {
                let each = |node| self.level(&[node], spelling).pop();
                Node::Any(nodes.into_iter().filter_map(each).collect())
            }
            Node::Not(node) => {
                let level = if let Node::All(nodes) = *node { nodes } else { vec![*node] };
                let widened = Node::all(self.level(&level, spelling));
                Node::Not(Box::new(widened.unwrap_or(Node::All(Vec::new()))))
            }
            other @ (Node::Clause(_) | Node::Filter(_)) => other,
        }
    }

    /// The longest name that begins at the first node: the number of its nodes, and the node with its aliases.
    fn name_at(&self, nodes: &[Node], spelling: &Spelling) -> Option<(usize, Node)> {
        let words: Vec<&Clause> = nodes.iter().take(self.longest).map_while(word).collect();
        for count in (1..=words.len()).rev() {
            let terms = words[..count].iter().flat_map(|clause| &clause.terms);
            let key = terms.map(|term| term.folded.as_str()).collect::<Vec<_>>().join(" ");
            let others = self.others.get(&key).into_iter().flatten().filter(|name| spelling.wants(name));
            let text = words[..count].iter().map(|clause| clause.text.as_str()).collect::<Vec<_>>().join(" ");
            let others: Vec<Node> = others.map(|name| Node::Clause(other_name(&text, name))).collect();
            if !others.is_empty() {
                return Some((count, Node::beside(nodes[..count].to_vec(), others)?));
            }
        }
        None
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.others.is_empty()
    }
}

/// A word that may be part of a name.
fn word(node: &Node) -> Option<&Clause> {
    match node {
        Node::Clause(clause) if matches!(clause.shape, Shape::Word | Shape::Prefix) => Some(clause),
        _ => None,
    }
}

fn other_name(typed: &str, name: &str) -> Clause {
    let terms = words(name).map(|word| Term::new(&name[word.range], &word.folded, MatchMode::Folded));
    Clause::of_alias(typed, name, terms.collect())
}

/// A name as it is compared: its words, folded.
fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for word in words(name) {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&word.folded);
    }
    key
}

fn not_read(text: &str, error: &toml::de::Error) -> AliasError {
    let detail = error.message().to_owned();
    let is_toml = toml::from_str::<toml::Table>(text).is_ok();
    let problem = if is_toml { AliasProblem::Unexpected { detail } } else { AliasProblem::NotToml { detail } };
    AliasError { line: error.span().map_or(1, |span| line(text, span)), problem }
}

/// The line a place is on, from 1.
fn line(text: &str, place: Range<usize>) -> u32 {
    text.get(..place.start).unwrap_or(text).matches('\n').count() as u32 + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, Document, DocumentBuilder};
    use crate::search::find;
    use crate::search::parse;
    use crate::search::{LastWord, is_hit};
    use crate::text::Language;

    fn problem(text: &str) -> (u32, AliasProblem) {
        let error = Aliases::parse(text).unwrap_err();
        (error.line, error.problem)
    }

    #[test]
    fn every_name_of_a_group_leads_to_the_others() {
        let aliases = Aliases::parse("[[alias]]\nnames = [\"OTSC\", \"CSTO\", \"ОДКБ\"]\n").unwrap();
        assert_eq!(aliases.of("OTSC"), ["CSTO", "ОДКБ"]);
        assert_eq!(aliases.of("csto"), ["OTSC", "ОДКБ"]);
        assert_eq!(aliases.of("одкб"), ["OTSC", "CSTO"]);
        assert!(aliases.of("OSCE").is_empty());
    }

    #[test]
    fn a_phrase_is_found_in_any_dress() {
        let text = "[[alias]]\nnames = [\"Noursoultan\", \"Nour-Soultan\", \"Astana\"]\n[[alias]]\nnames = [\"Côte d'Ivoire\", \"Ivory Coast\"]";
        let aliases = Aliases::parse(text).unwrap();
        assert_eq!(aliases.of("COTE  D’IVOIRE"), ["Ivory Coast"]);
        assert_eq!(aliases.of("nour soultan"), ["Noursoultan", "Astana"]);
        assert!(aliases.of("Ivoire").is_empty() && aliases.of("").is_empty());
    }

    const ORGANISATIONS: &str =
        "[[alias]]\nnames = [\"OTSC\", \"CSTO\", \"Organisation du traité de sécurité collective\"]";

    fn document(text: &str) -> Document {
        let mut builder = DocumentBuilder::new();
        builder.start(BlockKind::Paragraph, 0);
        builder.push(text, None);
        let mut document = builder.finish(None);
        document.language = Language::new("fr");
        document
    }

    fn found(source: &str, without: &[&str], text: &str) -> String {
        let aliases = Aliases::parse(ORGANISATIONS).unwrap();
        let without = without.iter().map(ToString::to_string).collect();
        let spelling = Spelling { as_typed: false, without };
        let query = aliases.widen(parse(source, LastWord::Whole).0, &spelling);
        let document = document(text);
        let matches = find(&query, &document);
        assert_eq!(is_hit(&query, &document), !matches.is_empty(), "{source}");
        let plain = query.as_typed();
        assert_eq!(plain, parse(source, LastWord::Whole).0, "{source} without its aliases");
        matches.into_iter().map(|range| document.slice(range)).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn what_was_typed_is_found_by_its_other_names() {
        let text = "L'OTSC, la CSTO et l'ORGANISATION DU TRAITE DE SECURITE COLLECTIVE ; un traité collectif.";
        let all = "OTSC|CSTO|ORGANISATION DU TRAITE DE SECURITE COLLECTIVE";
        for (source, without, expected) in [
            ("otsc", &[][..], all),
            ("l'OTSC", &[], "L'OTSC|CSTO|ORGANISATION DU TRAITE DE SECURITE COLLECTIVE"),
            ("OTSC", &["CSTO"], "OTSC|ORGANISATION DU TRAITE DE SECURITE COLLECTIVE"),
            ("\"OTSC\"", &[], "OTSC"),
            ("=OTSC", &[], "OTSC"),
            ("ONU OR OTSC", &[], all),
            ("(OTSC absent)", &[], ""),
            ("-ONU OTSC", &[], all),
            ("-OTSC", &[], ""),
        ] {
            assert_eq!(found(source, without, text), expected, "{source}");
        }
    }

    #[test]
    fn a_name_of_several_words_has_other_names_too() {
        let text = "La CSTO se réunit.";
        assert_eq!(found("organisation du traité de sécurité collective", &[], text), "CSTO");
        assert_eq!(found("réunit organisation du traité de sécurité collective", &[], text), "CSTO|réunit");
        assert_eq!(found("traité de sécurité collective", &[], text), "");
        let text = "L'organisation du traité de sécurité collective, une organisation.";
        assert_eq!(
            found("organisation du traité de sécurité collective", &[], text),
            "organisation du traité de sécurité collective|organisation",
            "the whole name counts once"
        );
    }

    #[test]
    fn an_alias_is_understood_as_a_variant_and_counted() {
        let aliases = Aliases::parse(ORGANISATIONS).unwrap();
        let query = aliases.widen(parse("OTSC", LastWord::Whole).0, &Spelling::default());
        let counted = query.with_aliases_counted(|clause| if clause.terms.len() > 1 { 0 } else { 3 });
        let said: Vec<(&str, String)> =
            counted.understood().into_iter().map(|one| (one.as_, one.forms.join(" "))).collect();
        assert_eq!(said, [("word", "otsc".to_owned()), ("variant", "CSTO".to_owned())]);
        let variants: Vec<(&str, u32)> = counted.variants().map(|one| (one.form.as_str(), one.documents)).collect();
        assert_eq!(variants, [("CSTO", 3)]);
    }

    #[test]
    fn two_files_add_up() {
        let mut aliases = Aliases::parse(ORGANISATIONS).unwrap();
        aliases.add(&Aliases::parse("[[alias]]\nnames = [\"OTSC\", \"ОДКБ\", \"CSTO\"]").unwrap());
        assert_eq!(aliases.of("otsc"), ["CSTO", "Organisation du traité de sécurité collective", "ОДКБ"]);
    }

    #[test]
    fn a_name_cannot_drive_a_terminal() {
        let aliases = Aliases::parse("[[alias]]\nnames = [\"A\", \"B\\u001B[2J\"]").unwrap();
        assert!(!aliases.of("a")[0].contains('\u{1b}'));
    }

    #[test]
    fn an_empty_file_has_no_aliases() {
        assert!(Aliases::parse("").unwrap().is_empty());
        assert!(Aliases::parse("# nothing yet\n").unwrap().is_empty());
    }

    #[test]
    fn an_error_says_the_line_and_what_is_wrong() {
        assert_eq!(problem("\n[[alias]]\nnames = [\"OTSC\"]"), (3, AliasProblem::TooFewNames));
        assert_eq!(problem("[[alias]]\nnames = []"), (2, AliasProblem::TooFewNames));
        let empty = AliasProblem::EmptyName { name: "…".to_owned() };
        assert_eq!(problem("[[alias]]\nnames = [\"A\",\n\"…\"]"), (3, empty));
        let repeated = AliasProblem::Repeated { name: "csto".to_owned(), earlier: 2 };
        assert_eq!(
            problem("[[alias]]\nnames = [\"CSTO\", \"OTSC\"]\n[[alias]]\nnames = [\"csto\", \"X\"]"),
            (4, repeated)
        );
    }

    #[test]
    fn what_is_not_toml_and_what_is_not_known_are_told_apart() {
        let (line, found) = problem("[[alias]]\nnames = [\"A\" \"B\"]");
        assert!(line == 2 && matches!(found, AliasProblem::NotToml { .. }), "{line} {found:?}");
        let (line, found) = problem("[[alias]]\nnames = [\"A\", \"B\"]\n[[aliases]]\n");
        assert!(line == 3 && matches!(found, AliasProblem::Unexpected { .. }), "{line} {found:?}");
        let (line, found) = problem("[[alias]]\nname = [\"A\", \"B\"]\n");
        assert!(line <= 2 && matches!(found, AliasProblem::Unexpected { .. }), "{line} {found:?}");
        let (line, found) = problem("[[alias]]\nnames = \"A\"\n");
        assert!(line == 2 && matches!(found, AliasProblem::Unexpected { .. }), "{line} {found:?}");
    }
}
