//! The last line: the present section in the document's own words, the percentage, the current match, and the keys that
//! are useful now. If room is short, hints are left out first, then words are shortened. A notice takes the left side.

use super::canvas::Canvas;
use crate::app::{App, Awaiting, Overlay, Pane, Region};
use crate::command::{Command, Mode};
use crate::layout::Role;
use crate::locale::Message;
use crate::text::grapheme::{shorten, width};

/// Draws the line.
pub(super) fn draw(app: &App, line: Region, canvas: &mut Canvas<'_>) {
    let dot = canvas.glyphs().dot;
    let (whole, _) = left(app, dot, line.width, usize::MAX);
    let wanted =
        if app.notices.shown.is_some() { width(&whole) } else { width(&whole).min(usize::from(line.width / 2)) };
    let room = usize::from(line.width).saturating_sub(wanted + 3);
    let right = right(app, dot, room);
    let end = line.width.saturating_sub(1);
    let at = canvas.put_right(1, end, line.y, &right, Role::Dim).unwrap_or(end);
    let room = at.saturating_sub(2);
    let (left, role) = left(app, dot, line.width, usize::from(room));
    canvas.put_shortened(1, line.y, room, &left, role);
}

fn left(app: &App, dot: &str, columns: u16, room: usize) -> (String, Role) {
    if let Some(notice) = &app.notices.shown {
        let role = if notice.alert { Role::Alert } else { Role::Notice };
        return (app.catalogue.say(&notice.message), role);
    }
    let awaited = match app.keys.awaiting {
        Some(Awaiting::MarkToSet) => Some("mark-which"),
        Some(Awaiting::MarkToVisit) => Some("mark-go-which"),
        None => None,
    };
    let outcomes = [Some(app.search.finding), app.search.dossier.as_ref().map(|dossier| dossier.outcome)];
    if app.search.steps != 0 && outcomes.into_iter().flatten().any(|outcome| outcome.waits_long(app.clock)) {
        return (app.catalogue.text("searching"), Role::Notice);
    }
    if let Some(id) = awaited {
        return (app.catalogue.text(id), Role::Notice);
    }
    (place(app, dot, columns, room), Role::Place)
}

/// « considérant C · 27 % »; if room is short the name of the section is shortened and the percentage is kept.
fn place(app: &App, dot: &str, columns: u16, room: usize) -> String {
    let Some(reader) = app.reader.open.as_ref().filter(|_| app.shows_text()) else { return String::new() };
    let percent = Message::new("status-percent").with("percent", u64::from(reader.percent()));
    let percent = app.catalogue.say(&percent);
    let shown = reader.original_of.is_some().then(|| app.catalogue.text("status-original"));
    let section = reader.section().map(|at| {
        let (catalogue, outline) = (&app.catalogue, reader.outline());
        if columns < 60 { catalogue.section_short(outline, at) } else { catalogue.section(outline, at) }
    });
    let rest = shown.iter().chain([&percent]).map(|part| width(part) + width(dot)).sum::<usize>();
    let section = section.map(|name| shorten(&name, room.saturating_sub(rest)).into_owned());
    let section = section.filter(|name| !name.is_empty());
    let parts: Vec<String> = [shown, section, Some(percent)].into_iter().flatten().collect();
    parts.join(dot)
}

/// The right side, as much of it as there is room for.
fn right(app: &App, dot: &str, room: usize) -> String {
    let keys = app.keys.shown();
    let current = app.match_position();
    let document = app.document_position();
    let words = |say: &dyn Fn(&Message) -> String| {
        let listed = app.is_not_listed().then(|| say(&Message::new("status-not-listed")));
        position_words(current, document, listed, dot, say)
    };
    let long = words(&|message| app.catalogue.say(message));
    let short = words(&|message| app.catalogue.say_short(message));
    let help = hint(app, "hint-help", Command::Help);
    let hints = hints(app);
    let parts = |parts: &[&str]| -> String {
        parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("   ")
    };
    let choices = [
        parts(&[&keys, &long, &hints, &help]),
        parts(&[&keys, &long, &help]),
        parts(&[&keys, &long]),
        parts(&[&keys, &short, "?"]),
        parts(&[&keys, &short]),
        keys.clone(),
    ];
    choices.into_iter().find(|choice| width(choice) <= room).unwrap_or_default()
}

type Of = Option<(usize, usize)>;

fn position_words(
    current: Of,
    document: Of,
    not_listed: Option<String>,
    dot: &str,
    say: impl Fn(&Message) -> String,
) -> String {
    let say = |id: &str, (current, total): (usize, usize)| {
        say(&Message::new(id).with("current", current).with("total", total))
    };
    let parts: Vec<String> = [
        current.map(|position| say("status-match", position)),
        document.map(|position| say("status-document", position)),
        not_listed,
    ]
    .into_iter()
    .flatten()
    .collect();
    parts.join(dot)
}

/// The keys that are useful now.
fn hints(app: &App) -> String {
    match &app.overlay {
        Some(Overlay::SavedSearches(searches)) if searches.rows(&app.saved).is_empty() => {
            return hint(app, "hint-close", Command::Cancel);
        }
        Some(Overlay::SavedSearches(_)) if app.mode() == Mode::Overlay => {
            let hints = [
                ("hint-run", Command::Open),
                ("hint-rename", Command::RenameSearch),
                ("hint-forget", Command::ForgetSearch),
            ];
            return all_hints(app, &hints);
        }
        Some(Overlay::Facets(facets)) if app.mode() == Mode::Prompt => {
            let close = ("hint-close", Command::Cancel);
            let hints = [("hint-narrow", Command::Open), close];
            return all_hints(app, if facets.rows.is_empty() { &hints[1..] } else { &hints });
        }
        Some(overlay) if overlay.asks_for_name() => {
            return all_hints(app, &[("hint-save", Command::Open), ("hint-close", Command::Cancel)]);
        }
        _ => {}
    }
    if app.mode() == Mode::Outline {
        return hint(app, "hint-filter", Command::Search);
    }
    let in_hand = app.panes.focus == Pane::Reader
        && app.reader.open.as_ref().is_some_and(|reader| reader.link_in_focus().is_some());
    if in_hand && app.mode() == Mode::Reader {
        return hint(app, "hint-open", Command::Follow);
    }
    let hints: &[(&str, Command)] = match (app.search.prompt.is_some(), app.search.scope().is_some(), app.panes.focus) {
        (true, ..) => &[("hint-accept", Command::Open), ("hint-close", Command::Cancel)],
        (_, true, Pane::Reader) => &[("hint-next", Command::NextMatch), ("hint-previous", Command::PreviousMatch)],
        (_, _, Pane::List) => &[("hint-search", Command::Search), ("hint-open", Command::Open)],
        (_, _, Pane::Reader) => &[("hint-search", Command::Search), ("hint-list", Command::Quit)],
        (_, _, Pane::Sidebar) => &[("hint-open", Command::Open)],
    };
    all_hints(app, hints)
}

fn all_hints(app: &App, hints: &[(&str, Command)]) -> String {
    hints.iter().map(|(id, command)| hint(app, id, *command)).collect::<Vec<_>>().join("  ")
}

/// « n suivant », with the present key; empty if there is none.
fn hint(app: &App, id: &str, command: Command) -> String {
    let keys = app.settings.keymap.keys_of(command, app.mode());
    match keys.first() {
        Some(key) => app.catalogue.say(&Message::new(id).with("key", app.catalogue.keys(key))),
        None => String::new(),
    }
}
