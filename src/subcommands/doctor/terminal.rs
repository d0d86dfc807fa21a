//! The terminal's section of `doctor`: capabilities by its name, its replies, and the figures of the last run. Sends no
//! queries itself.

use super::super::output::{CommandError, OutputContext, shown};
use super::facts::{fact, heading};
use crate::config::Theme;
use crate::dossier::clock;
use crate::library::Home;
use crate::locale::Message;
use crate::terminal::encoder::Capabilities;
use crate::terminal::guard::{over_ssh, size};
use crate::terminal::probe::{Answers, MODES, ModeState};
use crate::terminal::profiles;
use crate::terminal::profiles::{EnclosingMultiplexer, TerminalName, TerminalProfile};

/// What of the environment decides how Lutrin behaves.
const VARIABLES: &[&str] = &[
    "TERM",
    "TERM_PROGRAM",
    "TERM_PROGRAM_VERSION",
    "COLORTERM",
    "NO_COLOR",
    "CLICOLOR_FORCE",
    "LC_ALL",
    "LC_MESSAGES",
    "LANG",
    "SSH_TTY",
    "TMUX",
    "STY",
    "VISUAL",
    "EDITOR",
    "BROWSER",
    "LUTRIN_HOME",
];

/// What the modes of [`MODES`] are for.
const MODE_NAMES: [&str; 3] = ["doctor-columns", "doctor-synchronized", "doctor-paste"];

/// Prints facts from the environment.
pub(super) fn environment(output: &mut OutputContext, answers: Option<&Answers>) -> Result<(), CommandError> {
    heading(output, "doctor-terminal")?;
    let window = size();
    let columns = output.screen.columns.map(|_| format!("{} × {}", window.width, window.height));
    let none = output.catalogue.text("doctor-none");
    fact(output, "doctor-size", &columns.unwrap_or(none))?;
    if let Some(name) = answers.and_then(|answers| answers.name.clone()).or_else(program) {
        fact(output, "doctor-name", &name)?;
    }
    let colors = output.catalogue.text(colors());
    fact(output, "doctor-colors", &colors)?;
    let ssh = yes(output, over_ssh(variable));
    fact(output, "doctor-ssh", &ssh)?;
    if let Some(inside) = EnclosingMultiplexer::from_environment(variable) {
        fact(output, "doctor-inside", inside.name())?;
    }
    promises(output)?;
    for name in VARIABLES {
        if let Some(value) = std::env::var_os(name) {
            writeln!(output.out, "  {name}={}", shown(&value.to_string_lossy()))?;
        }
    }
    Ok(())
}

/// What can be counted on without a question.
fn promises(output: &mut OutputContext) -> Result<(), CommandError> {
    let names = Capabilities::of_term(&variable("TERM").unwrap_or_default()).names();
    if names.is_empty() {
        let nothing = output.catalogue.text("doctor-nothing");
        return fact(output, "doctor-promised", &nothing);
    }
    fact(output, "doctor-promised", "")?;
    for name in names {
        writeln!(output.out, "    {}", output.catalogue.text(format!("doctor-can-{name}")))?;
    }
    Ok(())
}

/// Prints the terminal's replies.
pub(super) fn answered(output: &mut OutputContext, answers: &Answers) -> Result<(), CommandError> {
    heading(output, "doctor-answers")?;
    let silence = output.catalogue.text("doctor-no-answer");
    if answers.is_silence() {
        return Ok(writeln!(output.out, "  {silence}")?);
    }
    let round_trip = answers.round_trip.map(|time| milliseconds(output, time.as_micros().div_ceil(1000) as u64));
    fact(output, "doctor-round-trip", round_trip.as_ref().unwrap_or(&silence))?;
    for (mode, name) in MODES.into_iter().zip(MODE_NAMES) {
        let state = answers.modes.iter().find(|(known, _)| *known == mode).map(|(_, state)| *state);
        let said = state.map(|state| output.catalogue.text(mode_sentence(state)));
        fact(output, name, said.as_ref().unwrap_or(&silence))?;
    }
    let position = if answers.position { yes(output, true) } else { silence.clone() };
    fact(output, "doctor-position", &position)?;
    for (name, attributes) in [("doctor-primary", &answers.primary), ("doctor-secondary", &answers.secondary)] {
        let numbers = attributes.as_ref().map(|numbers| numbers.iter().map(u16::to_string).collect::<Vec<_>>());
        fact(output, name, &numbers.map_or_else(|| silence.clone(), |numbers| numbers.join(" ")))?;
    }
    Ok(())
}

/// The figures of the last run on this terminal.
pub(super) fn last_run(output: &mut OutputContext, home: &Home) -> Result<(), CommandError> {
    let Some(known) = profiles::load(&home.state, &TerminalName::from_environment(variable)) else { return Ok(()) };
    heading(output, "doctor-last-run")?;
    let when = jiff::Timestamp::from_millisecond(known.when).map_or_else(|_| String::new(), clock::local);
    fact(output, "doctor-ended", &when)?;
    let TerminalProfile { frames, bytes, largest_frame, keys, seconds, .. } = known;
    let duration = output.catalogue.say(&Message::new("doctor-seconds").with("seconds", seconds));
    fact(output, "doctor-duration", &duration)?;
    for (name, number) in [
        ("doctor-keys", keys),
        ("doctor-frames", frames),
        ("doctor-bytes", bytes),
        ("doctor-largest-frame", largest_frame),
    ] {
        let number = output.catalogue.number(number);
        fact(output, name, &number)?;
    }
    if let Some(round_trip) = known.round_trip_ms {
        let round_trip = milliseconds(output, round_trip.into());
        fact(output, "doctor-round-trip", &round_trip)?;
    }
    if let Some(rate) = known.bytes_a_second {
        let rate = output.catalogue.number(rate);
        fact(output, "doctor-rate", &rate)?;
    }
    if let Some(scroll) = known.columns_scroll {
        let scroll = yes(output, scroll);
        fact(output, "doctor-columns-seen", &scroll)?;
    }
    Ok(())
}

fn mode_sentence(state: ModeState) -> &'static str {
    match state {
        ModeState::Known => "doctor-yes",
        ModeState::Fixed(true) => "doctor-always",
        ModeState::Fixed(false) => "doctor-never-on",
        ModeState::Unknown => "doctor-unknown",
    }
}

/// How many colours Lutrin takes the terminal to have.
fn colors() -> &'static str {
    let many = matches!(variable("COLORTERM").as_deref(), Some("truecolor" | "24bit"));
    match Theme::choose(None, None, variable).as_str() {
        "mono" => "doctor-colors-none",
        "16" => "doctor-colors-16",
        _ if many => "doctor-colors-many",
        _ => "doctor-colors-256",
    }
}

/// The terminal program, from the environment.
fn program() -> Option<String> {
    let parts = [variable("TERM_PROGRAM")?, variable("TERM_PROGRAM_VERSION").unwrap_or_default()];
    Some(parts.join(" ").trim_end().to_owned())
}

fn yes(output: &OutputContext, is_so: bool) -> String {
    output.catalogue.text(if is_so { "doctor-yes" } else { "doctor-no" })
}

fn milliseconds(output: &OutputContext, milliseconds: u64) -> String {
    output.catalogue.say(&Message::new("doctor-milliseconds").with("milliseconds", milliseconds))
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Catalogue, UiLanguage};

    #[test]
    fn everything_a_terminal_may_promise_has_a_name() {
        let all = Capabilities::of_term("xterm-256color").names().into_iter().chain(["scrolls-columns", "repeats"]);
        for name in all {
            for ui_language in [UiLanguage::English, UiLanguage::French] {
                assert!(Catalogue::new(ui_language).has(&format!("doctor-can-{name}")), "{name}");
            }
        }
    }
}
