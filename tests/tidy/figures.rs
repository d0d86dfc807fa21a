//! The figures of the structure, printed: `cargo test --test tidy -- --ignored --nocapture figures`.

use std::collections::BTreeMap;

use crate::imports::Imports;
use crate::{code, is_test, names, sources, words};

#[test]
#[ignore = "prints figures"]
fn figures() {
    let sources = sources();
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    for (file, text) in &sources {
        let first = file.iter().next().map(|part| part.to_string_lossy().into_owned()).unwrap_or_default();
        *lines.entry(first).or_default() += text.lines().count();
    }
    let all: usize = lines.values().sum();
    let mut by_size: Vec<(&String, &usize)> = lines.iter().collect();
    by_size.sort_by_key(|(_, lines)| std::cmp::Reverse(**lines));
    say(&format!("lines of src: {all}"));
    for (folder, lines) in by_size {
        say(&format!("  {folder}: {lines} ({:.1} %)", 100.0 * *lines as f64 / all as f64));
    }
    let (borrowers, fields) = app(&sources);
    say(&format!("fields of App: {fields}"));
    say(&format!("functions with &mut App outside of app/mod.rs and app/update.rs: {}", borrowers.len()));
    let circles = Imports::read().circles();
    say(&format!("circles of files: {} with {} files", circles.len(), circles.iter().flatten().count()));
    say(&format!("names of types defined more than once: {}", names::homonyms().len()));
    let (comments, odd) = words::comment_lines();
    say(&format!(
        "odd comment lines: {} of {comments} ({:.2} %)",
        odd.len(),
        100.0 * odd.len() as f64 / comments as f64
    ));
    let mut functions: Vec<(usize, String)> =
        sources.iter().flat_map(|(file, text)| function_lengths(file, text)).collect();
    functions.sort();
    if let (Some(median), Some(longest)) = (functions.get(functions.len() / 2), functions.last()) {
        say(&format!(
            "functions: {}, median {} lines, longest {} ({})",
            functions.len(),
            median.0,
            longest.0,
            longest.1
        ));
    }
}

#[expect(clippy::print_stdout, reason = "figures are printed")]
fn say(line: &str) {
    println!("{line}");
}

/// Functions that borrow `App` mutably outside of its two files, and the number of its fields.
pub(crate) fn app(sources: &[(std::path::PathBuf, String)]) -> (Vec<String>, usize) {
    let (mut borrowers, mut fields) = (Vec::new(), 0);
    for (file, text) in sources.iter().filter(|(file, _)| !is_test(file)) {
        let shown = file.display().to_string();
        let code = code(text);
        if shown == "app/mod.rs" {
            let body =
                code.split("pub struct App {").nth(1).and_then(|rest| rest.split("\n}").next()).unwrap_or_default();
            fields = body.lines().filter(|line| line.contains(':')).count();
        }
        if ["app/mod.rs", "app/update.rs"].contains(&shown.as_str()) {
            continue;
        }
        let mut in_app = false;
        for line in code.lines() {
            if line.starts_with("impl") {
                in_app = line.starts_with("impl App ");
            }
            if line.contains("&mut App") || in_app && line.contains("fn ") && line.contains("&mut self") {
                borrowers.push(format!("{shown}: {}", line.trim()));
            }
        }
    }
    (borrowers, fields)
}

/// The length of each function of a source in lines, with its place.
fn function_lengths(file: &std::path::Path, text: &str) -> Vec<(usize, String)> {
    let code = code(text);
    let lines: Vec<&str> = code.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let start = line.trim_start();
        let indent = line.len() - start.len();
        let is_function = start.split("fn ").next().is_some_and(|lead| {
            start.contains("fn ")
                && lead
                    .split_whitespace()
                    .all(|word| word.starts_with("pub") || ["const", "unsafe", "extern"].contains(&word))
        });
        if !is_function {
            continue;
        }
        let end = format!("{}}}", " ".repeat(indent));
        let length = if line.ends_with('}') { Some(0) } else { lines[at..].iter().position(|line| *line == end) };
        found.extend(length.map(|length| (length + 1, format!("{}: {}", file.display(), start))));
    }
    found
}
