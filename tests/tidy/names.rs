//! Type names: each is defined once among the types that are visible outside of their file, so that a search for a name
//! finds the one type of that name.

use std::collections::BTreeMap;

use crate::{code, first_word, is_test, sources};

/// Names that several files define, each with the reason.
const SHARED: &[(&str, &str)] = &[
    ("Input", "one for Unix, one for other systems"),
    ("Output", "one for Unix, one for other systems"),
    ("Signals", "one for Unix, one for other systems"),
    ("TtyLine", "one for Unix, one for other systems"),
];

/// The types of a source that are visible outside of it.
pub(crate) fn visible_types(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in code.lines().map(str::trim_start).filter(|line| line.starts_with("pub")) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let kind = words.iter().position(|word| ["struct", "enum", "trait", "union", "type"].contains(word));
        if let Some(name) = kind.filter(|at| *at <= 3).and_then(|at| words.get(at + 1)) {
            found.push(first_word(name));
        }
    }
    found
}

/// Names that more than one file defines, with the files.
pub(crate) fn homonyms() -> BTreeMap<String, Vec<String>> {
    let mut by_name: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (file, text) in sources().into_iter().filter(|(file, _)| !is_test(file)) {
        for name in visible_types(&code(&text)) {
            by_name.entry(name).or_default().push(file.display().to_string());
        }
    }
    by_name.retain(|_, files| files.len() > 1);
    by_name
}

#[test]
fn a_type_name_is_defined_once() {
    let found: Vec<String> = homonyms()
        .into_iter()
        .filter(|(name, _)| SHARED.iter().all(|(shared, _)| shared != name))
        .map(|(name, files)| format!("{name}: {}", files.join(", ")))
        .collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}
