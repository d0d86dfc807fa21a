//! The architecture, checked: `src/lib.rs` says which layers there are and which are pure, this says what each may use,
//! and the sources must agree with both. Also that the project has the agreed shape and says nothing of the machine it
//! was written on. It reads the sources as text and builds nothing.

mod borders;
mod components;
mod figures;
mod imports;
mod names;
mod words;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

struct Layer {
    name: &'static str,
    /// No file, clock, thread, process, environment or network.
    pure: bool,
    /// Layers above it in this table.
    uses: &'static [&'static str],
}

const LAYERS: &[Layer] = &[
    Layer { name: "text", pure: true, uses: &[] },
    Layer { name: "document", pure: true, uses: &["text"] },
    Layer { name: "command", pure: true, uses: &[] },
    Layer { name: "locale", pure: true, uses: &["document", "command"] },
    Layer { name: "extract", pure: true, uses: &["text", "document", "locale"] },
    Layer { name: "clean", pure: true, uses: &["text", "document", "extract"] },
    Layer { name: "genre", pure: true, uses: &["text", "document"] },
    Layer { name: "layout", pure: true, uses: &["text", "document"] },
    Layer { name: "search", pure: true, uses: &["text", "document", "locale"] },
    Layer { name: "config", pure: true, uses: &["command", "locale", "layout", "search"] },
    Layer { name: "request", pure: true, uses: &["text", "document", "locale", "search"] },
    Layer {
        name: "app",
        pure: true,
        uses: &["text", "document", "command", "locale", "layout", "search", "config", "request"],
    },
    Layer { name: "library", pure: false, uses: &["text", "document", "locale", "extract", "clean", "genre"] },
    Layer { name: "index", pure: false, uses: &["text", "document", "locale", "search"] },
    Layer { name: "notebook", pure: false, uses: &["text", "document", "locale", "search", "request"] },
    Layer {
        name: "dossier",
        pure: false,
        uses: &["text", "document", "locale", "search", "request", "library", "index", "notebook"],
    },
    Layer {
        name: "ui",
        pure: true,
        uses: &["text", "document", "command", "locale", "layout", "search", "config", "request", "app"],
    },
    Layer { name: "terminal", pure: false, uses: &["text", "locale"] },
    Layer { name: "cli", pure: true, uses: &["document", "command", "locale", "search", "config"] },
    Layer {
        name: "subcommands",
        pure: false,
        uses: &[
            "text", "document", "command", "locale", "layout", "search", "config", "request", "library", "index",
            "notebook", "dossier", "terminal", "cli",
        ],
    },
    Layer {
        name: "runtime",
        pure: false,
        uses: &[
            "text",
            "document",
            "command",
            "locale",
            "layout",
            "search",
            "config",
            "request",
            "app",
            "library",
            "index",
            "notebook",
            "dossier",
            "ui",
            "terminal",
            "cli",
            "subcommands",
        ],
    },
];

/// Crates that only some layers know.
const CONFINED: &[(&str, &[&str])] = &[
    ("ratatui", &["ui", "terminal", "runtime"]),
    ("crossterm", &["terminal", "runtime"]),
    ("tantivy", &["index"]),
    ("rusqlite", &["library", "notebook"]),
    ("scraper", &["extract"]),
    ("pulldown_cmark", &["extract"]),
    ("roxmltree", &["extract"]),
    ("encoding_rs", &["extract"]),
    ("fluent_bundle", &["locale"]),
    ("clap", &["cli"]),
    ("icu_locale", &["text"]),
    ("icu_segmenter", &["text"]),
    ("unicode_width", &["text"]),
    ("whatlang", &["text"]),
];

/// What a pure layer does not do.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::process",
    "std::net",
    "std::thread",
    "std::env",
    "Instant::now",
    "SystemTime",
    "println!",
    "eprintln!",
];

/// What stands at the top of the project.
const TOP: &[&str] = &["src", "assets", "seeds", "tests", "target"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut waiting = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the project can be read") {
            let path = entry.expect("an entry of the project can be read").path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<(PathBuf, String)> {
    let source = root().join("src");
    files_below(&source, ".rs")
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a source is text");
            (path.strip_prefix(&source).expect("it is below").to_owned(), text)
        })
        .collect()
}

/// The layer a source belongs to; none for the two roots.
fn layer_of(path: &Path) -> Option<&'static Layer> {
    let first = path.components().next()?.as_os_str().to_str()?.trim_end_matches(".rs");
    LAYERS.iter().find(|layer| layer.name == first)
}

fn is_test(path: &Path) -> bool {
    path.file_stem().is_some_and(|name| name == "tests" || name.to_string_lossy().ends_with("_tests"))
}

/// The code that ships: no comments, nothing from the unit tests on, no item that is only for tests.
fn code(text: &str) -> String {
    let (mut kept, mut is_for_tests) = (Vec::new(), false);
    for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
        if is_for_tests && line.starts_with("mod tests") {
            break;
        }
        if !is_for_tests {
            is_for_tests = line.starts_with("#[cfg(test)]") || line.starts_with("#[cfg(all(test");
            if !is_for_tests {
                kept.push(line);
            }
        } else if line.ends_with(';') || line == "}" {
            is_for_tests = false;
        }
    }
    kept.join("\n")
}

/// Every layer that is named behind `crate::`, also in groups.
fn layers_named(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            None => {
                names.insert(first_word(rest));
            }
            Some(group) => names.extend(items(group).iter().map(|item| first_word(item.trim()))),
        }
    }
    names.retain(|name| LAYERS.iter().any(|layer| layer.name == name));
    names
}

/// The items of a group of imports, as far as its closing brace.
fn items(group: &str) -> Vec<String> {
    let (mut depth, mut item, mut items) = (0, String::new(), Vec::new());
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            _ => {}
        }
        if c == ',' && depth == 0 {
            items.push(std::mem::take(&mut item));
        } else {
            item.push(c);
        }
    }
    items.push(item);
    items
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn a_layer_uses_only_layers_above_it() {
    for (at, layer) in LAYERS.iter().enumerate() {
        for used in layer.uses {
            assert!(
                LAYERS[..at].iter().any(|above| above.name == *used),
                "{} uses {used}, which is not above",
                layer.name
            );
        }
    }
}

#[test]
fn the_architecture_document_names_the_same_layers_in_the_same_order() {
    let document = fs::read_to_string(root().join("src/lib.rs")).expect("it is there");
    let rows = document.lines().filter_map(|line| line.strip_prefix("//! | [`"));
    let told: Vec<(String, bool)> = rows.map(|row| (first_word(row), row.contains('○'))).collect();
    let known: Vec<(String, bool)> = LAYERS.iter().map(|layer| (layer.name.to_owned(), layer.pure)).collect();
    assert_eq!(told, known);
}

#[test]
fn sources_keep_to_their_layer() {
    let mut found = Vec::new();
    for (path, text) in sources() {
        let shown = path.display();
        if !text.starts_with("//!") {
            found.push(format!("{shown}: no header says what it is for"));
        }
        let Some(layer) = layer_of(&path) else {
            if !["lib.rs", "main.rs"].iter().any(|known| path == Path::new(known)) {
                found.push(format!("{shown}: belongs to no layer"));
            }
            continue;
        };
        if is_test(&path) {
            continue;
        }
        let code = code(&text);
        for used in layers_named(&code) {
            if used != layer.name && !layer.uses.contains(&used.as_str()) {
                found.push(format!("{shown}: `{}` may not use `{used}`", layer.name));
            }
        }
        for (name, layers) in CONFINED {
            if !layers.contains(&layer.name) && code.contains(&format!("{name}::")) {
                found.push(format!("{shown}: `{name}` is not for `{}`", layer.name));
            }
        }
        for mark in OUTSIDE.iter().filter(|mark| layer.pure && code.contains(**mark)) {
            found.push(format!("{shown}: `{mark}` in a pure layer"));
        }
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

/// Parts of a layer that keep to less than it may use, so that they can be tested by values alone, or become a crate: the
/// folder or file, and all of ours that it knows.
const BORDERS: &[(&str, &[&str])] = &[
    ("terminal/encoder", &["text"]),
    ("terminal/emulator", &["text"]),
    ("terminal/flow_control.rs", &[]),
    ("runtime/frame_scheduler.rs", &["app", "command", "terminal"]),
];

#[test]
fn the_encoder_and_what_decides_about_frames_are_pure_and_know_little() {
    let mut found = Vec::new();
    for (path, text) in sources().iter().filter(|(path, _)| !is_test(path)) {
        let Some((_, known)) = BORDERS.iter().find(|(border, _)| path.starts_with(border)) else { continue };
        let code = code(text);
        let own = path.iter().next().and_then(|first| first.to_str()).unwrap_or_default();
        let used = layers_named(&code).into_iter().filter(|used| used != own && !known.contains(&used.as_str()));
        found.extend(used.map(|used| format!("{}: knows `{used}`", path.display())));
        found.extend(
            OUTSIDE.iter().filter(|mark| code.contains(**mark)).map(|mark| format!("{}: `{mark}`", path.display())),
        );
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

/// A module with others below it is a folder with a `mod.rs`; its tests are `tests.rs` in that folder.
#[test]
fn modules_are_written_in_one_style() {
    let sources: Vec<PathBuf> = sources().into_iter().map(|(path, _)| path).collect();
    let mut found = Vec::new();
    for path in &sources {
        let folder = path.with_extension("");
        if sources.iter().any(|other| other.starts_with(&folder)) {
            found.push(format!("{}: is to be {}", path.display(), folder.join("mod.rs").display()));
        }
        if path.to_string_lossy().ends_with("_tests.rs") {
            found.push(format!("{}: is to be `tests.rs` in the folder of what it tests", path.display()));
        }
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn the_top_of_the_project_has_the_agreed_folders_only() {
    let entries = fs::read_dir(root()).expect("the project can be read");
    let folders = entries.flatten().filter(|entry| entry.path().is_dir());
    let names = folders.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let others: Vec<String> = names.filter(|name| !name.starts_with('.') && !TOP.contains(&name.as_str())).collect();
    assert_eq!(others, Vec::<String>::new());
}

#[test]
fn nothing_shipped_panics_on_purpose_without_a_reason() {
    let mut found = Vec::new();
    for (path, text) in sources() {
        let code = if is_test(&path) { String::new() } else { code(&text) };
        for mark in [".unwrap()", "todo!(", "unimplemented!(", "dbg!("] {
            if code.contains(mark) {
                found.push(format!("{}: {mark}", path.display()));
            }
        }
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn no_files_depend_on_each_other_in_a_circle() {
    let imports = imports::Imports::read();
    let (circles, mut found) = (imports.circles(), Vec::new());
    for circle in &circles {
        found.push("a circle:".to_owned());
        for file in circle {
            let used = imports.edges[file].iter().filter(|(other, _)| circle.contains(*other));
            found.extend(used.map(|(other, item)| format!("  {} → {} ({item})", file.display(), other.display())));
        }
    }
    assert!(circles.is_empty(), "\n{}\n", found.join("\n"));
}
