//! The borders inside a layer: which of its sub-folders and files a sub-folder may use. A folder uses only folders whose
//! rows are above its own, so that the sub-folders of a layer are a tree of uses as the layers are.

use std::collections::BTreeSet;
use std::path::Path;

use crate::imports::Imports;

/// Layers whose sub-folders all have a row in [`SUB_FOLDERS`].
const DIVIDED: &[&str] = &["app", "extract", "genre", "search", "index", "terminal", "subcommands"];

/// Files of a layer that each of its sub-folders may use.
const SHARED_FILES: &[(&str, &[&str])] = &[
    ("app", &["action.rs", "effect.rs", "line_editor.rs", "panes.rs", "pending_keys.rs", "settings.rs"]),
    (
        "extract",
        &[
            "declared.rs",
            "encoding.rs",
            "label.rs",
            "leaf_writer.rs",
            "mod.rs",
            "raw.rs",
            "sourced.rs",
            "string_markup.rs",
            "transcript.rs",
            "walk.rs",
        ],
    ),
    ("genre", &["recognised.rs"]),
    ("index", &["schema.rs"]),
];

/// A sub-folder, and what it may use of its own layer: sub-folders and files.
const SUB_FOLDERS: &[(&str, &[&str])] = &[
    ("app/list", &[]),
    ("app/reader", &["list"]),
    ("app/search", &["list", "reader"]),
    ("app/overlay", &["list", "reader", "search", "saved_searches.rs"]),
    ("extract/xml", &[]),
    ("extract/html", &["xml"]),
    ("extract/assemblee", &["html", "xml"]),
    ("extract/json", &["assemblee"]),
    ("genre/reading", &[]),
    ("genre/references", &["reading"]),
    ("genre/act", &["reading"]),
    ("genre/debate", &["reading"]),
    ("genre/judgment", &["reading"]),
    ("genre/letter", &["reading"]),
    ("genre/question", &["reading"]),
    ("genre/reply", &["reading"]),
    ("genre/resolution", &["reading"]),
    ("search/analysis", &[]),
    ("search/query", &["analysis"]),
    ("search/names", &["analysis", "query"]),
    ("search/matching", &["analysis", "query", "results.rs"]),
    ("index/postings", &[]),
    ("index/ranking", &["postings"]),
    ("index/segment", &["postings"]),
    ("index/query", &["postings", "ranking", "segment"]),
    ("terminal/encoder", &[]),
    ("terminal/emulator", &["encoder"]),
    ("terminal/recording", &["encoder", "emulator"]),
    ("terminal/input", &["tty.rs", "tty_elsewhere.rs"]),
    ("terminal/output", &["environment.rs", "encoder", "recording", "tty.rs", "tty_elsewhere.rs"]),
    ("subcommands/output", &[]),
    ("subcommands/batch", &["output"]),
    ("subcommands/doctor", &["output"]),
    ("subcommands/saved_searches", &["output", "search.rs"]),
];

#[test]
fn a_sub_folder_uses_only_sub_folders_above_it() {
    for (at, (folder, used)) in SUB_FOLDERS.iter().enumerate() {
        let (layer, _) = folder.split_once('/').expect("a folder of a layer");
        for used in used.iter().filter(|used| !used.contains('.')) {
            let used = format!("{layer}/{used}");
            assert!(
                SUB_FOLDERS[..at].iter().any(|(above, _)| *above == used),
                "{folder} uses {used}, which is not above"
            );
        }
    }
}

#[test]
fn sub_folders_keep_to_their_borders() {
    let imports = Imports::read();
    let mut report = BTreeSet::new();
    for (folder, used, example) in uses_across(&imports) {
        let (layer, _) = folder.split_once('/').expect("a folder of a layer");
        match SUB_FOLDERS.iter().find(|(known, _)| *known == folder) {
            None if DIVIDED.contains(&layer) => {
                report.insert(format!("{folder}: has no row in SUB_FOLDERS"));
            }
            Some((_, allowed)) if !allowed.contains(&used.as_str()) && !is_shared(layer, &used) => {
                report.insert(format!("{folder} may not use {used} of its layer: {example}"));
            }
            _ => {}
        }
    }
    let report: Vec<String> = report.into_iter().collect();
    assert!(report.is_empty(), "\n{}\n", report.join("\n"));
}

fn is_shared(layer: &str, file: &str) -> bool {
    SHARED_FILES.iter().any(|(shared, files)| *shared == layer && files.contains(&file))
}

/// Each use of something of the same layer from inside a sub-folder: the folder (`layer/name`), the sub-folder or file of
/// the layer that is used, and an example.
fn uses_across(imports: &Imports) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    for (from, used) in &imports.edges {
        let [layer, folder, _, ..] = parts(from)[..] else { continue };
        for (to, name) in used {
            let [other, unit, ..] = parts(to)[..] else { continue };
            if other == layer && unit != folder {
                let example = format!("{} uses {} ({name})", from.display(), to.display());
                found.push((format!("{layer}/{folder}"), unit.to_owned(), example));
            }
        }
    }
    found
}

fn parts(path: &Path) -> Vec<&str> {
    path.iter().filter_map(|part| part.to_str()).collect()
}
