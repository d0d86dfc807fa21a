//! Which file of `src` depends on which other: `use` trees and inline paths, resolved to the file that defines the item,
//! also through re-exports. Method calls and macros are not seen. Shipped code only.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::{code, first_word, is_test, items, sources};

type ModulePath = Vec<String>;

/// A file of `src`, as the resolver needs it.
struct Module {
    file: PathBuf,
    code: String,
    /// Names that its `use` items bring in, with their paths as written; aliases under their new name.
    uses: Vec<Import>,
}

struct Import {
    name: String,
    path: Vec<String>,
    is_public: bool,
}

/// The dependencies between files: for each file the files it uses, each with one item as an example.
pub(crate) struct Imports {
    pub edges: BTreeMap<PathBuf, BTreeMap<PathBuf, String>>,
}

impl Imports {
    /// Of all sources.
    pub(crate) fn read() -> Self {
        Self::of_sources(sources())
    }

    /// Of files below `src`, with their texts.
    fn of_sources(sources: Vec<(PathBuf, String)>) -> Self {
        let mut modules = BTreeMap::new();
        for (file, text) in sources.into_iter().filter(|(file, _)| !is_test(file)) {
            let code = code(&text);
            let uses = imports(&code);
            modules.insert(module_path(&file), Module { file, code, uses });
        }
        let mut edges = BTreeMap::new();
        for (path, module) in &modules {
            let mut used: BTreeMap<PathBuf, String> = BTreeMap::new();
            for import in &module.uses {
                let is_passed_on = import.is_public && !is_used_beside_imports(&module.code, &import.name);
                if !is_passed_on {
                    add(&modules, path, &import.path, &mut used);
                }
            }
            for inline in inline_paths(&module.code) {
                add(&modules, path, &inline, &mut used);
            }
            used.remove(&module.file);
            edges.insert(module.file.clone(), used);
        }
        Self { edges }
    }

    /// The circles: sets of files each of which depends on every other one (strongly connected components), found by
    /// mutual reachability.
    pub(crate) fn circles(&self) -> Vec<BTreeSet<PathBuf>> {
        let reach: BTreeMap<&PathBuf, BTreeSet<&PathBuf>> =
            self.edges.keys().map(|file| (file, self.reachable(file))).collect();
        let mut circles: Vec<BTreeSet<PathBuf>> = Vec::new();
        for file in self.edges.keys() {
            if circles.iter().any(|circle| circle.contains(file)) || !reach[file].contains(file) {
                continue;
            }
            let back = reach[file].iter().filter(|other| reach.get(*other).is_some_and(|back| back.contains(file)));
            circles.push(back.map(|other| (*other).clone()).collect());
        }
        circles
    }

    fn reachable<'a>(&'a self, from: &'a PathBuf) -> BTreeSet<&'a PathBuf> {
        let mut found = BTreeSet::new();
        let mut waiting: Vec<&PathBuf> = self.edges[from].keys().collect();
        while let Some(file) = waiting.pop() {
            if found.insert(file) {
                waiting.extend(self.edges.get(file).into_iter().flat_map(BTreeMap::keys));
            }
        }
        found
    }
}

fn module_path(file: &Path) -> ModulePath {
    let mut path: ModulePath = file.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let last = path.pop().unwrap_or_default();
    if !["mod.rs", "lib.rs", "main.rs"].contains(&last.as_str()) {
        path.push(last.trim_end_matches(".rs").to_owned());
    }
    path
}

/// Adds the file that defines what a path names, if it is one of ours.
fn add(
    modules: &BTreeMap<ModulePath, Module>,
    from: &ModulePath,
    path: &[String],
    used: &mut BTreeMap<PathBuf, String>,
) {
    if let Some(file) = resolve(modules, from, path, 0) {
        used.entry(file).or_insert_with(|| path.join("::"));
    }
}

/// The file that defines what a path names. A path that names a module itself is no dependency: what is used of it has a
/// path of its own.
fn resolve(
    modules: &BTreeMap<ModulePath, Module>,
    from: &ModulePath,
    path: &[String],
    depth: usize,
) -> Option<PathBuf> {
    let (mut base, mut rest) = match path.first()?.as_str() {
        "crate" => (Vec::new(), &path[1..]),
        "self" => (from.clone(), &path[1..]),
        "super" => {
            let ups = path.iter().take_while(|part| *part == "super").count();
            (from[..from.len().checked_sub(ups)?].to_vec(), &path[ups..])
        }
        first => {
            let mut child = from.clone();
            child.push(first.to_owned());
            let imported = modules[from].uses.iter().find(|import| import.name == first && import.path != path);
            if modules.contains_key(&child) {
                (from.clone(), path)
            } else if let Some(import) = imported.filter(|_| path.len() > 1 && depth < 8) {
                let whole: Vec<String> = import.path.iter().chain(&path[1..]).cloned().collect();
                return resolve(modules, from, &whole, depth + 1);
            } else {
                return None;
            }
        }
    };
    while let Some(first) = rest.first() {
        let mut deeper = base.clone();
        deeper.push(first.clone());
        if !modules.contains_key(&deeper) {
            break;
        }
        (base, rest) = (deeper, &rest[1..]);
    }
    let module = modules.get(&base)?;
    let name = rest.first()?;
    let passed_on = module.uses.iter().find(|import| import.name == *name);
    match passed_on.filter(|_| depth < 8) {
        Some(import) => resolve(modules, &base, &import.path, depth + 1),
        None => Some(module.file.clone()),
    }
}

/// Every name that the `use` items of a source bring in.
fn imports(code: &str) -> Vec<Import> {
    let (mut found, mut item) = (Vec::new(), String::new());
    for line in code.lines() {
        if item.is_empty() && !begins_import(line) {
            continue;
        }
        item.push_str(line.trim());
        item.push(' ');
        if let Some((visibility, rest)) = item.strip_suffix("; ").and_then(|item| item.split_once("use ")) {
            tree(rest, &[], !visibility.is_empty(), &mut found);
            item.clear();
        }
    }
    found
}

fn begins_import(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("use ") || line.starts_with("pub use ") || line.starts_with("pub(") && line.contains(") use ")
}

fn tree(text: &str, lead: &[String], is_public: bool, found: &mut Vec<Import>) {
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    if let Some((head, group)) = text.split_once('{') {
        let mut lead = lead.to_vec();
        lead.extend(head.split("::").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned));
        for item in items(group) {
            tree(&item, &lead, is_public, found);
        }
        return;
    }
    let (path, alias) = text.split_once(" as ").map_or((text, None), |(path, alias)| (path, Some(alias.trim())));
    let mut whole = lead.to_vec();
    whole.extend(path.split("::").map(|part| part.trim().to_owned()));
    if whole.last().is_some_and(|last| last == "self") {
        whole.pop();
    }
    let name = alias.map(str::to_owned).or_else(|| whole.last().cloned()).unwrap_or_default();
    found.push(Import { name, path: whole, is_public });
}

/// Paths of two parts and more outside of `use` items.
fn inline_paths(code: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for line in without_imports(code).lines() {
        let mut rest = line;
        while let Some(at) = rest.find("::") {
            let lead: String = rest[..at].chars().rev().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let mut path = vec![lead.chars().rev().collect::<String>()];
            rest = &rest[at + 2..];
            loop {
                let word = first_word(rest);
                if word.is_empty() {
                    break;
                }
                rest = &rest[word.len()..];
                path.push(word);
                match rest.strip_prefix("::") {
                    Some(more) => rest = more,
                    None => break,
                }
            }
            if path.len() > 1 && !path[0].is_empty() {
                found.push(path);
            }
        }
    }
    found
}

/// The code without its `use` items.
fn without_imports(code: &str) -> String {
    let mut kept = String::new();
    let mut is_import = false;
    for line in code.lines() {
        is_import |= begins_import(line);
        if !is_import {
            kept.push_str(line);
            kept.push('\n');
        }
        is_import &= !line.trim_end().ends_with(';');
    }
    kept
}

fn is_used_beside_imports(code: &str, name: &str) -> bool {
    let code = without_imports(code);
    let code: String = code.lines().filter(|line| !line.trim_end().ends_with(&format!("mod {name};"))).collect();
    code.match_indices(name).any(|(at, _)| {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let before = code[..at].chars().next_back().is_some_and(is_word);
        let after = code[at + name.len()..].chars().next().is_some_and(is_word);
        !before && !after
    })
}

#[test]
fn a_circle_is_found_through_re_exports_and_inline_paths_and_not_through_tests() {
    let file = |path: &str, text: &str| (PathBuf::from(path), text.to_owned());
    let circles = |sources: &[(PathBuf, String)]| Imports::of_sources(sources.to_vec()).circles();
    let shape = file("shape/mod.rs", "mod area;\nmod circle;\npub use circle::Circle;\n");
    let circle = file("shape/circle.rs", "pub struct Circle;\nfn size() {\n    super::area::of()\n}\n");
    let user = "use super::Circle;\npub fn of() {}\n";
    let area = file("shape/area.rs", user);
    let lib = file("lib.rs", "mod shape;\n");
    let found = circles(&[lib.clone(), shape.clone(), circle.clone(), area]);
    assert_eq!(found, [BTreeSet::from([PathBuf::from("shape/area.rs"), PathBuf::from("shape/circle.rs")])]);
    let in_tests = file("shape/area.rs", &format!("pub fn of() {{}}\n#[cfg(test)]\nmod tests {{\n    {user}}}\n"));
    assert_eq!(circles(&[lib, shape, circle, in_tests]), Vec::<BTreeSet<PathBuf>>::new());
}
