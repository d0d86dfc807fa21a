//! What is written from the tables is fresh, and every sentence the code names is in both catalogues. A module of the
//! integration binary; `LUTRIN_BLESS=1 cargo test` writes `assets/KEYS.md` anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use lutrin::cli::keys_markdown;
use lutrin::command::{COMMANDS, Group, Mode};
use lutrin::document::{Genre, Key, PartKind};
use lutrin::locale::{Catalogue, UiLanguage};
use lutrin::search::Sort;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_table_of_keys_is_fresh() {
    let path = root().join("assets/KEYS.md");
    let written = UiLanguage::ALL.map(|ui_language| keys_markdown(&Catalogue::new(ui_language))).join("\n");
    if std::env::var_os("LUTRIN_BLESS").is_some() {
        fs::write(&path, &written).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == written, "assets/KEYS.md is stale: LUTRIN_BLESS=1 cargo test writes it anew");
}

/// The variables of each message, its short and bare forms included, by id.
fn messages(ui_language: UiLanguage) -> BTreeMap<String, BTreeSet<String>> {
    let path = root().join(format!("assets/locales/{}.ftl", ui_language.tag()));
    let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in fs::read_to_string(path).expect("the catalogues are in the tree").lines() {
        if line.starts_with(|c: char| c.is_ascii_lowercase()) {
            line.split(" =").next().unwrap_or_default().clone_into(&mut current);
            assert!(!messages.contains_key(&current), "{current} stands twice in {ui_language:?}");
            messages.insert(current.clone(), BTreeSet::new());
        } else if let Some(form) = line.trim_start().strip_prefix('.').filter(|_| line.starts_with("    .")) {
            let message = current.split('.').next().unwrap_or_default().to_owned();
            current = format!("{message}.{}", form.split(" =").next().unwrap_or_default());
            messages.insert(current.clone(), BTreeSet::new());
        }
        for variable in line.split('$').skip(1) {
            let name =
                variable.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').next().unwrap_or_default();
            if let Some(variables) = messages.get_mut(&current) {
                variables.insert(name.to_owned());
            }
        }
    }
    messages
}

#[test]
fn both_languages_say_the_same_messages_with_the_same_arguments() {
    let (english, french) = (messages(UiLanguage::English), messages(UiLanguage::French));
    assert!(english.len() > 200);
    let differing: Vec<&String> =
        english.keys().chain(french.keys()).filter(|id| english.get(*id) != french.get(*id)).collect();
    assert!(differing.is_empty(), "{differing:?}");
}

#[test]
fn french_is_set_as_french_is() {
    let text = fs::read_to_string(root().join("assets/locales/fr.ftl")).unwrap();
    let mut wrong = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let said = line.split_once(" = ").map_or(line, |(_, said)| said);
        let stop = [" ;", " :", " !", " ?", " »", "« ", " %"].iter().any(|pair| said.contains(pair));
        let apostrophe = said.as_bytes().windows(3).any(|three| {
            three[0].is_ascii_alphabetic() && three[1] == b'\'' && (three[2].is_ascii_alphabetic() || three[2] >= 0x80)
        });
        if stop || apostrophe {
            wrong.push(line.to_owned());
        }
    }
    assert!(wrong.is_empty(), "plain spaces or apostrophes:\n{}", wrong.join("\n"));
}

/// Ids that the code makes from tables.
fn families() -> Vec<String> {
    let mut ids = Vec::new();
    let mut family =
        |prefix: &str, names: Vec<String>| ids.extend(names.into_iter().map(|name| format!("{prefix}-{name}")));
    family("command", COMMANDS.iter().map(|spec| spec.name.to_owned()).collect());
    family("group", Group::ALL.iter().map(|group| group.name().to_owned()).collect());
    family("mode", Mode::ALL.iter().map(|mode| mode.name().to_owned()).collect());
    family("genre", Genre::ALL.iter().map(|genre| genre.name().to_owned()).collect());
    family("key", Key::ALL.iter().map(|key| key.name().replace('_', "-")).collect());
    family("sort", Sort::ALL.iter().map(|sort| sort.name().to_owned()).collect());
    family("month", (1..=12).map(|month| month.to_string()).collect());
    family("warning", vec!["invalid-bytes".to_owned()]);
    family("hint", ["query-without-words", "query-too-long"].map(str::to_owned).to_vec());
    family("place", PartKind::ALL.iter().map(|kind| kind.name().to_owned()).collect());
    ids
}

#[test]
fn every_row_of_the_tables_has_its_sentence() {
    let english = messages(UiLanguage::English);
    let missing: Vec<String> = families().into_iter().filter(|id| !english.contains_key(id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_command_is_one_sentence_in_the_imperative() {
    for ui_language in UiLanguage::ALL {
        let catalogue = Catalogue::new(ui_language);
        for spec in COMMANDS {
            let sentence = catalogue.text(format!("command-{}", spec.name));
            let capital = sentence.chars().next().is_some_and(char::is_uppercase);
            assert!(capital && sentence.ends_with('.') && !sentence.contains(". "), "{sentence}");
        }
    }
}

/// The source of every module, without its tests.
fn sources() -> Vec<(PathBuf, String)> {
    let mut folders = vec![root().join("src")];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("sources can be read") {
            let path = entry.expect("sources can be read").path();
            let tests = path.file_stem().is_some_and(|stem| stem == "tests");
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !tests {
                let text = fs::read_to_string(&path).expect("sources can be read");
                sources.push((path, text.split("#[cfg(test)]").next().unwrap_or_default().to_owned()));
            }
        }
    }
    sources
}

/// The literal that stands at the start of some code: `"id"`.
fn literal(code: &str) -> Option<&str> {
    code.trim_start().strip_prefix('"')?.split('"').next()
}

/// How much code behind a message's id is looked at for its arguments, in characters.
const NEAR: usize = 600;

/// The names given by `.with("name", …)` near behind a message's id.
fn given(code: &str) -> BTreeSet<String> {
    let near: String = code.chars().take(NEAR).collect();
    near.split(".with(").skip(1).filter_map(literal).map(str::to_owned).collect()
}

fn within(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

#[test]
fn every_sentence_the_code_names_is_in_the_catalogue() {
    let english = messages(UiLanguage::English);
    let mut missing = Vec::new();
    for (path, code) in sources() {
        for call in ["Message::new(", ".text(", ".short("] {
            for rest in code.split(call).skip(1) {
                let is_id = |id: &&str| {
                    !id.is_empty() && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
                };
                let Some(id) = literal(rest).filter(is_id) else { continue };
                if !english.contains_key(id) {
                    missing.push(format!("{}: {id}", within(&path)));
                }
            }
        }
    }
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}

#[test]
fn no_sentence_waits_for_an_argument_the_code_does_not_give() {
    let english = messages(UiLanguage::English);
    let mut waiting = Vec::new();
    for (path, code) in sources() {
        for (at, call) in code.match_indices("Message::new(") {
            let rest = &code[at + call.len()..];
            let Some(wanted) = literal(rest).and_then(|id| english.get(id)) else { continue };
            let given = given(rest);
            let lacking: Vec<&String> = wanted.difference(&given).collect();
            if !lacking.is_empty() {
                waiting.push(format!("{}: {} lacks {lacking:?}", within(&path), literal(rest).unwrap_or_default()));
            }
        }
    }
    assert!(waiting.is_empty(), "\n{}", waiting.join("\n"));
}
