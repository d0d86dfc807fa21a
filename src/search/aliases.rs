//! A dossier's own aliases: names for one thing that no rule can know (OTSC, CSTO, ОДКБ). It reads the text of an alias file
//! and answers what else a word or phrase is called. It reads no file, and it writes no messages: an error says where and
//! what, and whoever shows it finds the words in the locale's catalogue.
//!
//! ```toml
//! [[alias]]
//! names = ["OTSC", "CSTO", "ОДКБ"]
//! ```

use std::collections::HashMap;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::analysis::words;

/// Groups of names, by any of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aliases {
    /// For each name as it is compared, the other names of its group as they were written.
    others: HashMap<String, Vec<String>>,
}

/// What is wrong with an alias file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AliasError {
    /// The line it is about, from 1.
    pub line: u32,
    /// What it is.
    pub problem: AliasProblem,
}

/// What can be wrong, each with what a person can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AliasProblem {
    /// Not TOML: correct the line; the reader's own words say what it stumbled over.
    NotToml {
        /// What the reader of TOML says, in English.
        detail: String,
    },
    /// A table or key that is not known: correct its name or take it out; the detail names it and what is expected.
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
    /// Reads the text of an alias file. The first error is told.
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
                let name = name.into_inner();
                let key = key(&name);
                if key.is_empty() {
                    return Err(AliasError { line, problem: AliasProblem::EmptyName { name } });
                }
                if let Some(&earlier) = lines.get(&key) {
                    return Err(AliasError { line, problem: AliasProblem::Repeated { name, earlier } });
                }
                lines.insert(key.clone(), line);
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

    /// What else a word or phrase is called, as the file writes it and in its order; nothing when it has no alias. Case,
    /// accents and what stands between words do not count.
    pub fn of(&self, phrase: &str) -> &[String] {
        self.others.get(&key(phrase)).map_or(&[], Vec::as_slice)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.others.is_empty()
    }
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
