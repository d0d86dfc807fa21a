//! The grammar of the command line for clap, with every text from the catalogue: the texts clap would add in English
//! (headings, usage, possible values) are replaced or hidden.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command, ValueHint, value_parser};
use clap_complete::Shell;

use crate::locale::{Catalogue, UiLanguage};
use crate::search::Sort;

/// The whole grammar.
pub(super) fn command(catalogue: &Catalogue) -> Command {
    let root = plain("lutrin", "", catalogue)
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_help_heading(heading(catalogue, "cli-commands"))
        .arg(paths("paths", "cli-arg-open", catalogue))
        .arg(file("record", "cli-opt-record", catalogue))
        .arg(flag("mask", "cli-opt-mask", catalogue).requires("record"))
        .arg(file("replay", "cli-opt-replay", catalogue).conflicts_with_all(["record", "paths"]))
        .args(everywhere(catalogue).map(|option| option.global(true).display_order(EVERYWHERE)))
        .arg(version_flag(catalogue))
        .after_help(catalogue.text("cli-after-help"));
    subcommands(catalogue).into_iter().fold(root, Command::subcommand)
}

/// Position of the common options in each command's help: after its own.
const EVERYWHERE: usize = 100;

fn everywhere(catalogue: &Catalogue) -> [Arg; 4] {
    [
        flag("ascii", "cli-opt-ascii", catalogue),
        flag("no-mouse", "cli-opt-no-mouse", catalogue),
        option("theme", "cli-value-name", "cli-opt-theme", catalogue),
        chosen("language", UiLanguage::ALL.map(UiLanguage::tag), "cli-opt-language", catalogue),
    ]
}

fn subcommands(catalogue: &Catalogue) -> Vec<Command> {
    let json = || flag("json", "cli-opt-json", catalogue);
    let sort = || chosen("sort", Sort::ALL.map(Sort::name), "cli-opt-sort", catalogue);
    let roots = || paths("paths", "cli-arg-paths", catalogue);
    vec![
        plain("index", "index", catalogue).arg(roots()).arg(flag("no-wait", "cli-opt-no-wait", catalogue)),
        plain("list", "list", catalogue)
            .arg(roots())
            .arg(json())
            .arg(sort())
            .arg(flag("not-read", "cli-opt-not-read", catalogue).conflicts_with("sort")),
        plain("search", "search", catalogue)
            .arg(
                positional("query", "cli-value-query", "cli-arg-query", catalogue)
                    .value_parser(value_parser!(OsString))
                    .required_unless_present_any(["batch", "saved"])
                    .display_order(1),
            )
            .arg(roots())
            .arg(json())
            .arg(counted("limit", "cli-opt-limit", catalogue).value_parser(value_parser!(usize)))
            .arg(sort())
            .arg(flag("no-variants", "cli-opt-no-variants", catalogue))
            .arg(option("save", "cli-value-name", "cli-opt-save", catalogue))
            .arg(option("saved", "cli-value-name", "cli-opt-saved", catalogue).conflicts_with_all([
                "save",
                "batch",
                "no-variants",
            ]))
            .arg(flag("new", "cli-opt-new", catalogue).requires("saved"))
            .arg(file("batch", "cli-opt-batch", catalogue).conflicts_with_all(["limit", "sort", "save"]))
            .arg(flag("places", "cli-opt-places", catalogue).requires("batch").conflicts_with("json")),
        plain("searches", "searches", catalogue)
            .arg(json())
            .arg(option("forget", "cli-value-name", "cli-opt-forget", catalogue).conflicts_with("json")),
        plain("show", "show", catalogue)
            .arg(path("document", "cli-value-document", "cli-arg-document", catalogue).required(true))
            .arg(json().conflicts_with_all(["text", "outline", "original"]))
            .arg(flag("text", "cli-opt-text", catalogue).conflicts_with_all(["outline", "original"]))
            .arg(flag("outline", "cli-opt-outline", catalogue).conflicts_with("original"))
            .arg(flag("original", "cli-opt-original", catalogue))
            .arg(counted("width", "cli-opt-width", catalogue).value_parser(value_parser!(u16).range(1..))),
        library(catalogue),
        plain("doctor", "doctor", catalogue),
        plain("completions", "completions", catalogue).arg(
            positional("shell", "cli-value-shell", "cli-arg-shell", catalogue)
                .required(true)
                .value_parser(value_parser!(Shell))
                .hide_possible_values(true),
        ),
        plain("man", "man", catalogue),
    ]
}

fn library(catalogue: &Catalogue) -> Command {
    plain("library", "library", catalogue)
        .subcommand_help_heading(heading(catalogue, "cli-commands"))
        .subcommand(plain("list", "library-list", catalogue))
        .subcommand(
            plain("name", "library-name", catalogue)
                .arg(path("root", "cli-value-root", "cli-arg-root", catalogue).required(true).display_order(1))
                .arg(positional("name", "cli-value-name", "cli-arg-name", catalogue).required(true)),
        )
        .subcommand(
            plain("forget", "library-forget", catalogue)
                .arg(path("paths", "cli-value-root", "cli-arg-roots", catalogue).required(true).num_args(1..))
                .arg(flag("no-wait", "cli-opt-no-wait", catalogue)),
        )
}

/// A command whose texts are `cli-about-` and `cli-usage-` + id.
fn plain(name: &'static str, id: &str, catalogue: &Catalogue) -> Command {
    let id = if id.is_empty() { "lutrin" } else { id };
    let usage = format!("{}\n{{usage}}", catalogue.text("cli-usage"));
    Command::new(name)
        .about(catalogue.text(format!("cli-about-{id}")))
        .override_usage(catalogue.text(format!("cli-usage-{id}")))
        .help_template(format!("{{about}}\n\n{usage}\n\n{{all-args}}{{after-help}}"))
        .args_override_self(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .arg(help_flag(catalogue))
}

fn heading(catalogue: &Catalogue, id: &str) -> String {
    catalogue.text(id)
}

fn help_flag(catalogue: &Catalogue) -> Arg {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help(catalogue.text("cli-opt-help"));
    help.help_heading(heading(catalogue, "cli-options")).display_order(EVERYWHERE + 1)
}

fn version_flag(catalogue: &Catalogue) -> Arg {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    version
        .help(catalogue.text("cli-opt-version"))
        .help_heading(heading(catalogue, "cli-options"))
        .display_order(EVERYWHERE + 2)
}

fn flag(name: &'static str, help: &str, catalogue: &Catalogue) -> Arg {
    let flag = Arg::new(name).long(name).action(ArgAction::SetTrue).help(catalogue.text(help));
    flag.help_heading(heading(catalogue, "cli-options"))
}

fn option(name: &'static str, value: &str, help: &str, catalogue: &Catalogue) -> Arg {
    let option = Arg::new(name).long(name).value_name(catalogue.text(value)).help(catalogue.text(help));
    option.help_heading(heading(catalogue, "cli-options"))
}

/// An option that names a file.
fn file(name: &'static str, help: &str, catalogue: &Catalogue) -> Arg {
    let file = option(name, "cli-value-file", help, catalogue);
    file.value_parser(value_parser!(OsString)).value_hint(ValueHint::FilePath)
}

fn counted(name: &'static str, help: &str, catalogue: &Catalogue) -> Arg {
    option(name, "cli-value-number", help, catalogue)
}

/// An option with a few possible values.
fn chosen<const N: usize>(name: &'static str, values: [&'static str; N], help: &str, catalogue: &Catalogue) -> Arg {
    option(name, "cli-value-choice", help, catalogue).value_parser(values).hide_possible_values(true)
}

fn positional(name: &'static str, value: &str, help: &str, catalogue: &Catalogue) -> Arg {
    let positional = Arg::new(name).value_name(catalogue.text(value)).help(catalogue.text(help));
    positional.help_heading(heading(catalogue, "cli-arguments"))
}

fn path(name: &'static str, value: &str, help: &str, catalogue: &Catalogue) -> Arg {
    let path = positional(name, value, help, catalogue);
    path.value_parser(value_parser!(OsString)).value_hint(ValueHint::AnyPath)
}

fn paths(name: &'static str, help: &str, catalogue: &Catalogue) -> Arg {
    path(name, "cli-value-path", help, catalogue).num_args(0..)
}
