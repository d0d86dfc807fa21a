//! The state machine: each component owns its fields and returns what it leads to; only `app/mod.rs` and `app/update.rs`
//! change the state as a whole, and they stay short enough to be read as an index.

use crate::{code, figures, is_test, sources};

/// Maximum number of fields of `App`.
const MOST_FIELDS: usize = 16;
/// Maximum number of lines of each of the two files that change `App`.
const MOST_LINES: usize = 600;

#[test]
fn only_the_routers_change_the_state_as_a_whole() {
    let sources = sources();
    let (borrowers, fields) = figures::app(&sources);
    assert!(borrowers.is_empty(), "\n{}\n", borrowers.join("\n"));
    assert!(fields <= MOST_FIELDS, "`App` has {fields} fields");
}

#[test]
fn a_transition_returns_its_effects_and_a_component_does_not_know_the_state_it_is_part_of() {
    let mut found = Vec::new();
    for (file, text) in sources().iter().filter(|(file, _)| !is_test(file) && file.starts_with("app")) {
        let shown = file.display().to_string();
        let code = code(text);
        for handed_down in ["&mut Effects", "&mut Actions"] {
            if code.contains(handed_down) {
                found.push(format!("{shown}: takes `{handed_down}` instead of returning it"));
            }
        }
        if ["app/mod.rs", "app/update.rs"].contains(&shown.as_str()) {
            let lines = text.lines().count();
            if lines > MOST_LINES {
                found.push(format!("{shown}: has {lines} lines"));
            }
        } else if shown != "app/queries.rs" && code.contains("App") {
            found.push(format!("{shown}: knows `App`"));
        }
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}
