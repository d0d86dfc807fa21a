//! Generates documents from the tables: shell completions, the manual page, and the table of keys.

use clap_complete::Shell;

use super::command::command;
use crate::command::{COMMANDS, CommandSpec, Group, Mode};
use crate::locale::Catalogue;

/// The completion script for a shell.
pub fn completions(shell: Shell, catalogue: &Catalogue) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(catalogue), "lutrin", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// The manual page, in roff: options from the grammar, keys from the command table.
pub fn man(catalogue: &Catalogue) -> String {
    let grammar = command(catalogue);
    let page = clap_mangen::Man::new(grammar.clone());
    let mut rendered = Vec::new();
    let parts = [
        page.render_title(&mut rendered),
        page.render_name_section(&mut rendered),
        page.render_description_section(&mut rendered),
        page.render_options_section(&mut rendered),
    ];
    for part in parts {
        part.expect("writing to memory does not fail");
    }
    let mut roff = String::from_utf8_lossy(&rendered).into_owned();
    for (heading, id) in [("NAME", "man-name"), ("DESCRIPTION", "man-description"), ("OPTIONS", "cli-options")] {
        roff = roff.replace(&format!(".SH {heading}\n"), &section(&catalogue.text(id)));
    }
    roff + &synopsis(&grammar, catalogue) + &keys_section(catalogue)
}

/// The usage of each command with its purpose.
fn synopsis(grammar: &clap::Command, catalogue: &Catalogue) -> String {
    let entry = |subcommand: &clap::Command| {
        let usage = catalogue.text(format!("cli-usage-{}", subcommand.get_name()));
        let about = subcommand.get_about().map(ToString::to_string).unwrap_or_default();
        format!(".TP\n\\fB{}\\fR\n{}\n", escaped(usage.trim()), escaped(&about))
    };
    section(&catalogue.text("cli-commands")) + &grammar.get_subcommands().map(entry).collect::<String>()
}

fn keys_section(catalogue: &Catalogue) -> String {
    let group = |group: Group| {
        let title = format!(".SS \"{}\"\n", escaped(&catalogue.text(format!("group-{}", group.name()))));
        let rows = rows(group, catalogue).into_iter().filter(|row| !row.keys.is_empty());
        title + &rows.map(|row| keys_entry(&row)).collect::<String>()
    };
    section(&catalogue.text("man-keys")) + &Group::ALL.map(group).concat()
}

fn keys_entry(row: &Row) -> String {
    let keys = row.keys.join(", ");
    format!(".TP\n\\fB{}\\fR ({})\n{}\n", escaped(&keys), escaped(&row.modes), escaped(&row.sentence))
}

fn section(heading: &str) -> String {
    format!(".SH \"{}\"\n", escaped(heading.trim()).to_uppercase())
}

/// Text that roff takes for nothing but text.
fn escaped(text: &str) -> String {
    let escaped = text.replace('\\', "\\e").replace('-', "\\-").replace('"', "\\(dq");
    let first = escaped.starts_with(['.', '\'']);
    (if first { "\\&" } else { "" }).to_owned() + &escaped.replace('\n', "\n.br\n")
}

/// The table of keys in Markdown, in one language.
pub fn keys_markdown(catalogue: &Catalogue) -> String {
    let head = ["keys-column-keys", "keys-column-where", "keys-column-what", "keys-column-name"];
    let head = head.map(|id| catalogue.text(id)).join(" | ");
    let table = |group: Group| {
        let title = catalogue.text(format!("group-{}", group.name()));
        let rows: String = rows(group, catalogue).iter().map(markdown_row).collect();
        format!("\n## {title}\n\n| {head} |\n|---|---|---|---|\n{rows}")
    };
    let preface = format!("# {}\n\n{}\n", catalogue.text("man-keys"), catalogue.text("keys-preface"));
    preface + &Group::ALL.map(table).concat()
}

fn markdown_row(row: &Row) -> String {
    let keys: Vec<String> = row.keys.iter().map(|keys| format!("`{}`", keys.replace('|', "\\|"))).collect();
    format!("| {} | {} | {} | `{}` |\n", keys.join(" "), row.modes, row.sentence, row.name)
}

/// The keys of a command that work in the same modes.
struct Row {
    keys: Vec<String>,
    modes: String,
    sentence: String,
    name: &'static str,
}

fn rows(group: Group, catalogue: &Catalogue) -> Vec<Row> {
    COMMANDS.iter().filter(|spec| spec.group == group).flat_map(|spec| rows_of(spec, catalogue)).collect()
}

/// One row for each set of modes; one without keys for a command that has none.
fn rows_of(spec: &CommandSpec, catalogue: &Catalogue) -> Vec<Row> {
    let mut found: Vec<(Vec<Mode>, Vec<String>)> = Vec::new();
    for (modes, keys) in modes_by_key(spec) {
        let keys = catalogue.keys(keys);
        match found.iter_mut().find(|(known, _)| *known == modes) {
            Some((_, known)) => known.push(keys),
            None => found.push((modes, vec![keys])),
        }
    }
    if found.is_empty() {
        found.push((Vec::new(), Vec::new()));
    }
    let sentence = catalogue.text(format!("command-{}", spec.name));
    let row = |(modes, keys): (Vec<Mode>, _)| Row {
        keys,
        modes: places(&modes, catalogue),
        sentence: sentence.clone(),
        name: spec.name,
    };
    found.into_iter().map(row).collect()
}

/// Each key of a command with every mode it works in.
fn modes_by_key(spec: &CommandSpec) -> Vec<(Vec<Mode>, &'static str)> {
    let mut found: Vec<(Vec<Mode>, &'static str)> = Vec::new();
    for (modes, keys) in spec.keys {
        match found.iter_mut().find(|(_, known)| known == keys) {
            Some((known, _)) => known.extend(*modes),
            None => found.push((modes.to_vec(), keys)),
        }
    }
    for (modes, _) in &mut found {
        modes.sort_unstable();
    }
    found
}

/// Where keys work, in words.
fn places(modes: &[Mode], catalogue: &Catalogue) -> String {
    match modes.len() {
        0 => catalogue.text("keys-by-name"),
        all if all == Mode::ALL.len() => catalogue.text("keys-everywhere"),
        _ => {
            let names: Vec<String> = modes.iter().map(|mode| catalogue.text(format!("mode-{}", mode.name()))).collect();
            names.join(", ")
        }
    }
}
