//! Outline, matches, help, palette and facets as commands use them: opening, choosing, and what choosing does. The rows of
//! each are made here, so that drawing and choosing agree.

use super::filter::filtered;
use super::palette::fitting;
use crate::app::CountedCommand;
use crate::app::{App, Effects, FacetRow, LineInput, NotReadRow, Overlay, OverlayKind, Pane, not_read_rows};
use crate::command::{COMMANDS, Command, Group, Mode};
use crate::config::Theme;
use crate::document::section_at;
use crate::locale::{Catalogue, Message, Tongue};
use crate::request::UnreadFiles;
use crate::search::Sort;

/// A row of help: a heading, or a command with its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelpRow {
    /// What people want to do.
    Group(Group),
    /// How.
    Command {
        /// The command.
        command: Command,
        /// Its keys, as printed.
        keys: Vec<String>,
    },
}

impl App {
    pub(crate) fn open_overlay(&mut self, kind: OverlayKind) {
        if let Some(why) = self.nothing_to_list(kind) {
            return self.notices.set(why);
        }
        self.close_note();
        self.overlay = Some(Overlay::new(kind));
        if kind.is_of_document() {
            self.choose_number(self.number_here());
        }
    }

    /// Why an overlay would be empty, where it would.
    fn nothing_to_list(&self, kind: OverlayKind) -> Option<Message> {
        let reading = match &self.reader.open {
            None if kind.is_of_document() => return Some(Message::new("empty-reader")),
            reading => reading.as_ref()?,
        };
        match kind {
            OverlayKind::Outline if reading.outline().is_empty() => Some(Message::new("no-outline")),
            OverlayKind::Matches if self.search.query().is_none() => {
                Some(Message::new("search-no-query").with("key", "/"))
            }
            OverlayKind::Matches if reading.matches.is_empty() && self.search.finding != crate::app::Outcome::Known => {
                Some(Message::new("searching"))
            }
            OverlayKind::Matches if reading.matches.is_empty() => Some(Message::new("search-no-match")),
            _ => None,
        }
    }

    /// The section or match one is at, by its number.
    fn number_here(&self) -> usize {
        let Some(reading) = &self.reader.open else { return 0 };
        let number = match self.overlay.as_ref().map(|overlay| overlay.kind) {
            Some(OverlayKind::Matches) => reading.current.or_else(|| reading.match_near(reading.attention())),
            _ => reading.section(),
        };
        number.unwrap_or(0)
    }

    /// Shows all of the document's rows with this one chosen.
    fn choose_number(&mut self, number: usize) {
        self.filter_rows();
        if let Some(overlay) = &mut self.overlay {
            overlay.selected = number;
        }
    }

    /// The filter changed: the first row that passes is chosen. A filter of the document's rows that is empty again is
    /// none, so that letters are commands once more.
    pub(crate) fn filter_changed(&mut self) {
        let Some(overlay) = &mut self.overlay else { return };
        overlay.selected = 0;
        if overlay.kind == OverlayKind::Facets {
            overlay.typing = !overlay.filter.text().is_empty();
            return self.list_facets();
        }
        if !overlay.kind.is_of_document() {
            return;
        }
        if overlay.filter.text().is_empty() {
            overlay.typing = false;
            return self.choose_number(self.number_here());
        }
        self.filter_rows();
    }

    /// Looks through the outline or the matches for what passes the filter.
    pub(crate) fn filter_rows(&mut self) {
        let (Some(overlay), Some(reading)) = (&mut self.overlay, &self.reader.open) else { return };
        let filter = overlay.filter.text();
        let sections = reading.outline();
        match overlay.kind {
            OverlayKind::Outline => {
                // By the name a lawyer says and by the kind's: « § 12 » is a « paragraphe » too.
                let kind = |at: usize| self.catalogue.place(sections[at].kind, None);
                let words = (0..sections.len())
                    .map(|at| format!("{} {} {}", self.catalogue.section(sections, at), kind(at), sections[at].title));
                overlay.numbers = filtered(filter, words).into();
            }
            OverlayKind::Matches => {
                let words = reading.matches.iter().map(|found| {
                    let place = section_at(sections, found.start());
                    let place = place.map_or_else(String::new, |at| self.catalogue.section(sections, at));
                    format!("{place} {}", reading.opened.document.slice(reading.context(*found)))
                });
                overlay.numbers = filtered(filter, words).into();
            }
            OverlayKind::Help
            | OverlayKind::Palette
            | OverlayKind::Problems
            | OverlayKind::Facets
            | OverlayKind::Searches
            | OverlayKind::SaveSearch
            | OverlayKind::RenameSearch => {}
        }
    }

    /// Esc over the document's rows when they are filtered: all of them again, with the same one chosen. Whether they were
    /// filtered.
    pub(crate) fn clear_filter(&mut self) -> bool {
        let Some(overlay) = &mut self.overlay else { return false };
        if !overlay.kind.filters_at_once() || overlay.filter.text().is_empty() {
            return false;
        }
        if overlay.kind == OverlayKind::Facets {
            overlay.filter = LineInput::default();
            overlay.typing = false;
            self.list_facets();
            return true;
        }
        let chosen = overlay.numbers.get(overlay.selected).copied();
        overlay.filter = LineInput::default();
        overlay.typing = false;
        self.choose_number(chosen.unwrap_or_else(|| self.number_here()));
        true
    }

    /// The sections or matches that pass the filter, by their number.
    pub fn document_rows(&self) -> &[usize] {
        self.overlay.as_ref().map_or(&[], |overlay| &overlay.numbers)
    }

    /// The rows of the facets that pass their filter.
    pub fn facet_rows(&self) -> &[FacetRow] {
        self.overlay.as_ref().map_or(&[], |overlay| &overlay.facets.rows)
    }

    /// The rows of help that pass its filter.
    pub fn help_rows(&self) -> Vec<HelpRow> {
        let Some(overlay) = &self.overlay else { return Vec::new() };
        let keys: Vec<Vec<String>> = COMMANDS.iter().map(|spec| self.keys_shown(spec.command)).collect();
        let texts = COMMANDS.iter().zip(&keys).map(|(spec, keys)| {
            let caps: Vec<String> = keys.iter().map(|key| self.catalogue.keys(key)).collect();
            format!("{} {} {} {}", spec.name, self.sentence(spec.command), keys.join(" "), caps.join(" "))
        });
        let pass = filtered(overlay.filter.text(), texts);
        let mut rows = Vec::new();
        for group in Group::ALL {
            let of_group = pass.iter().copied().filter(|at| COMMANDS[*at].group == group);
            let commands: Vec<HelpRow> =
                of_group.map(|at| HelpRow::Command { command: COMMANDS[at].command, keys: keys[at].clone() }).collect();
            if !commands.is_empty() {
                rows.push(HelpRow::Group(group));
                rows.extend(commands);
            }
        }
        rows
    }

    /// The commands that fit what was typed in the palette.
    pub fn palette_rows(&self) -> Vec<Command> {
        let Some(overlay) = &self.overlay else { return Vec::new() };
        fitting(overlay.filter.text(), |command| self.sentence(command))
    }

    /// The files that gave no document are known: they are shown.
    pub(crate) fn show_problems(&mut self, problems: UnreadFiles) {
        if problems.files() == 0 {
            return self.notices.set(Message::new("not-read-none"));
        }
        self.problems = problems;
        self.open_overlay(OverlayKind::Problems);
    }

    /// The files without a document that pass the filter, below their reasons.
    pub fn problem_rows(&self) -> Vec<NotReadRow<'_>> {
        let Some(overlay) = &self.overlay else { return Vec::new() };
        not_read_rows(&self.problems, overlay.filter.text(), &self.catalogue)
    }

    /// The keys of a command, whatever the pane, each once.
    pub fn keys_shown(&self, command: Command) -> Vec<String> {
        let mut keys: Vec<String> = Vec::new();
        for mode in Mode::ALL {
            for shown in self.settings.keymap.keys_of(command, mode) {
                if !keys.contains(&shown) {
                    keys.push(shown);
                }
            }
        }
        keys
    }

    /// How many rows the overlay has.
    pub fn overlay_rows(&self) -> usize {
        match self.overlay.as_ref().map(|overlay| overlay.kind) {
            Some(OverlayKind::Outline | OverlayKind::Matches) => self.document_rows().len(),
            Some(OverlayKind::Help) => self.help_rows().len(),
            Some(OverlayKind::Palette) => self.palette_rows().len(),
            Some(OverlayKind::Problems) => self.problem_rows().len(),
            Some(OverlayKind::Facets) => self.facet_rows().len(),
            Some(OverlayKind::Searches | OverlayKind::SaveSearch | OverlayKind::RenameSearch) => {
                self.search_rows().len()
            }
            None => 0,
        }
    }

    /// Moves in the overlay, when one is open.
    pub(crate) fn move_in_overlay(&mut self, by: isize) -> bool {
        let rows = self.overlay_rows();
        let Some(overlay) = &mut self.overlay else { return false };
        overlay.move_by(by, rows);
        // Captions are passed over.
        if matches!(overlay.facets.rows.get(overlay.selected), Some(FacetRow::Caption(_))) {
            overlay.move_by(if by < 0 && overlay.selected > 0 { -1 } else { 1 }, rows);
        }
        true
    }

    pub(crate) fn settle_overlay(&mut self) {
        if self.overlay.is_none() {
            return;
        }
        let rows = self.overlay_rows();
        let regions = self.regions();
        let body = regions.reader.or(regions.list).or(regions.sidebar);
        let is_facets = self.overlay.as_ref().is_some_and(|overlay| overlay.kind == OverlayKind::Facets);
        let chart = body.filter(|_| is_facets).map_or(0, |body| self.facet_chart_lines(body));
        let visible = body.map_or(1, |body| usize::from(body.height.saturating_sub(2 + chart)));
        let caption = self.facet_row_in_view();
        if let Some(overlay) = &mut self.overlay {
            overlay.settle(visible, rows);
            overlay.top = caption.filter(|_| visible > 1).map_or(overlay.top, |caption| overlay.top.min(caption));
        }
    }

    /// Enter in an overlay.
    pub(crate) fn accept_overlay(&mut self, effects: &mut Effects) {
        let Some(kind) = self.overlay.as_ref().map(|overlay| overlay.kind) else { return };
        match kind {
            OverlayKind::Outline => self.accept_section(),
            OverlayKind::Matches => self.accept_match(),
            OverlayKind::Palette => self.accept_command(effects),
            OverlayKind::Help => self.accept_help(effects),
            OverlayKind::Problems => self.overlay = None,
            OverlayKind::Facets => self.accept_facet(effects),
            OverlayKind::Searches => self.run_saved(effects),
            OverlayKind::SaveSearch | OverlayKind::RenameSearch => self.accept_name(effects),
        }
    }

    fn accept_section(&mut self) {
        let Some(overlay) = self.overlay.take() else { return };
        if let Some(section) = overlay.numbers.get(overlay.selected).copied() {
            self.go_to_section(section);
        }
    }

    fn accept_match(&mut self) {
        let Some(overlay) = self.overlay.take() else { return };
        let Some(number) = overlay.numbers.get(overlay.selected).copied() else { return };
        self.leave_place();
        self.panes.focus = Pane::Reader;
        if let Some(reading) = &mut self.reader.open {
            reading.go_to_match(number);
        }
    }

    /// To a section by its number, with the focus in the reader.
    pub(crate) fn go_to_section(&mut self, section: usize) {
        self.leave_place();
        self.panes.focus = Pane::Reader;
        let Some(reading) = &mut self.reader.open else { return };
        if let Some(start) = reading.outline().get(section).map(|section| section.range.start()) {
            reading.current = None;
            reading.land(start);
        }
    }

    fn accept_command(&mut self, effects: &mut Effects) {
        let rows = self.palette_rows();
        let Some(overlay) = self.overlay.take() else { return };
        let typed = overlay.filter.text().trim().to_owned();
        let argument = typed.split_once(' ').map(|(_, argument)| argument.trim().to_owned());
        if let Ok(percent) = typed.trim_end_matches('%').parse::<u32>() {
            self.panes.focus = Pane::Reader;
            return self.carry_out(CountedCommand { command: Command::Top, count: Some(percent) }, effects);
        }
        match (rows.get(overlay.selected).copied(), argument) {
            (None, _) => self.notices.alert(Message::new("no-such-command").with("name", typed)),
            (Some(Command::Theme), Some(name)) => self.set_theme(Some(&name)),
            (Some(Command::Language), Some(name)) => self.set_tongue(Some(&name)),
            (Some(Command::Sort), Some(name)) => match Sort::from_name(&name) {
                Some(sort) => self.sort_by(sort, effects),
                None => self.notices.alert(Message::new("no-such-sort").with("name", name)),
            },
            (Some(command), _) => self.carry_out(CountedCommand { command, count: None }, effects),
        }
    }

    fn accept_help(&mut self, effects: &mut Effects) {
        let rows = self.help_rows();
        let Some(overlay) = self.overlay.take() else { return };
        if let Some(HelpRow::Command { command, .. }) = rows.get(overlay.selected) {
            self.carry_out(CountedCommand { command: *command, count: None }, effects);
        }
    }

    /// The theme of that name, or the next one.
    pub(crate) fn set_theme(&mut self, name: Option<&str>) {
        let own = self.settings.own_theme.as_ref().map(Theme::name);
        let names: Vec<&str> = Theme::names().into_iter().chain(own).collect();
        let next = if let Some(name) = name {
            names.iter().find(|known| **known == name)
        } else {
            let at = names.iter().position(|known| *known == self.settings.theme).map_or(0, |at| at + 1);
            names.get(at % names.len())
        };
        match next {
            Some(next) => {
                (*next).clone_into(&mut self.settings.theme);
                self.notices.set(Message::new("theme-is").with("theme", *next));
            }
            None => self.notices.alert(Theme::unknown(name.unwrap_or_default(), [])),
        }
    }

    /// The interface in the language of that tag, or in the other one. Nothing is read or indexed again.
    pub(crate) fn set_tongue(&mut self, tag: Option<&str>) {
        let tongue = match (tag, self.settings.tongue) {
            (Some(tag), _) if tag.starts_with("fr") => Tongue::French,
            (Some(tag), _) if tag.starts_with("en") => Tongue::English,
            (Some(tag), _) => return self.notices.alert(Message::new("no-such-language").with("name", tag)),
            (None, Tongue::English) => Tongue::French,
            (None, Tongue::French) => Tongue::English,
        };
        self.settings.tongue = tongue;
        self.catalogue = std::sync::Arc::new(Catalogue::new(tongue));
        self.notices.set(Message::new("language-is"));
    }
}
