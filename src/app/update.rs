//! `update`: routes events, replies, commands and the requests of panes to the components, in order. The transitions
//! themselves are in the files of the components.

use std::time::Duration;

use super::App;
use super::action::{Action, Actions, PaneRequest};
use super::effect::{Effect, Effects};
use super::event::{Event, MouseAction};
use super::line_editor::LineInput;
use super::notices::Notice;
use super::overlay::facets::FacetList;
use super::overlay::filter::FilteredList;
use super::overlay::saved_searches::SavedSearchList;
use super::overlay::{Overlay, not_here};
use super::pending_keys::{Awaiting, CountedCommand};
use super::search::more_like_this;
use super::session::SessionParts;
use super::sidebar;
use crate::command::{Command, KeyChord, KeyCode, Lookup, Mode};
use crate::locale::Message;
use crate::request::{Pane, Reply, Request};

/// Lines that one turn of the wheel scrolls.
const WHEEL_LINES: i32 = 3;
/// Largest count of a command.
const MAX_COUNT: u32 = 100_000;

/// Applies an event to the state. The runtime carries out the effects in their order.
pub fn update(app: &mut App, event: Event) -> Effects {
    let mut effects = app.apply(event);
    effects.extend(app.settle());
    effects
}

impl App {
    fn apply(&mut self, event: Event) -> Effects {
        match event {
            Event::Key(key) => self.act(|app| app.press(key)),
            Event::Paste(text) => self.act(|app| app.paste(&text)),
            Event::Mouse(action, column, row) => self.act(|app| app.mouse(action, column, row)),
            Event::Resized(size) => {
                self.panes.size = size;
                Effects::default()
            }
            Event::Clock(now) => self.pass_time(now),
            Event::Reply(reply) => self.take_reply(*reply),
            Event::Copied { characters } => {
                self.perform(Actions::notice(Message::new("copied").with("characters", characters)))
            }
            Event::Said(message) => self.report(Notice::new(message)),
            Event::Failed(message) => self.report(Notice::alert(message)),
            Event::Resumed => self.perform(Effect::Redraw),
            Event::Cut => {
                let kept = self.session.cut_off(SessionParts {
                    panes: &self.panes,
                    list: &self.list,
                    reader: &self.reader,
                    search: &self.search,
                });
                let mut effects = self.perform(kept);
                effects.extend(self.leave_document());
                effects
            }
        }
    }

    /// Lets the person do something and records whether anything came of it that a session consists of.
    fn act(&mut self, act: impl FnOnce(&mut Self) -> Effects) -> Effects {
        let before = self.session.is_untouched().then(|| self.session_parts().fingerprint());
        let effects = act(self);
        if before.is_some_and(|before| before != self.session_parts().fingerprint()) {
            self.session.touch();
        }
        effects
    }

    /// Carries out what a component returned, in order.
    pub(super) fn perform(&mut self, actions: impl Into<Actions>) -> Effects {
        let mut effects = Effects::default();
        for action in actions.into().0 {
            match action {
                Action::Effect(effect) => effects.push(effect),
                Action::Pane(request) => effects.extend(self.route(request)),
            }
        }
        effects
    }

    /// Carries out a request of one component to another.
    fn route(&mut self, request: PaneRequest) -> Effects {
        let now = self.clock;
        let (list, reader, search) = (&mut self.list, &mut self.reader, &mut self.search);
        let actions = match request {
            PaneRequest::Load(key, arrival) => return self.load(key, arrival),
            PaneRequest::Run(command) => return self.run(command),
            PaneRequest::Notice(message) => {
                self.notices.set(message);
                Actions::none()
            }
            PaneRequest::Alert(message) => {
                self.notices.alert(message);
                Actions::none()
            }
            PaneRequest::Report(message) => return self.report(Notice::new(message)),
            PaneRequest::DismissNotice(id) => {
                self.notices.dismiss(id);
                Actions::none()
            }
            PaneRequest::Focus(pane) => {
                self.panes.focus = pane;
                Actions::none()
            }
            PaneRequest::CloseOverlay => {
                self.overlay = None;
                Actions::none()
            }
            PaneRequest::ClearFilter => {
                self.with_overlay(Overlay::clear_filter);
                Actions::none()
            }
            PaneRequest::FilterOverlay => {
                self.with_overlay(Overlay::filter_document_rows);
                Actions::none()
            }
            PaneRequest::RefreshList => search.refresh(list, now),
            PaneRequest::FindAgain => search.find_again(reader, now),
            PaneRequest::QueryEdited => self.query_edited(),
            PaneRequest::RestoreSearches => self.restore_searches(),
            PaneRequest::GoToSection(section) => reader.go_to_section(section),
            PaneRequest::GoToMatch(number) => reader.go_to_match(number),
            PaneRequest::SetTheme(name) => self.settings.set_theme(name.as_deref()),
            PaneRequest::SetLanguage(tag) => self.set_language(tag.as_deref()),
            PaneRequest::SortBy(sort) => search.sort_by(sort, list, now),
            PaneRequest::ReplaceQuery(source, last_word) => {
                search.replace_query((source, last_word), list, reader, now)
            }
            PaneRequest::RunSaved(row) => search.run_saved(*row, list, reader, now),
            PaneRequest::SaveSearch(name) => search.save(name, list),
        };
        self.perform(actions)
    }

    fn take_reply(&mut self, reply: Reply) -> Effects {
        if let Some(message) = reply.unkept() {
            self.notices.report_unkept(message, self.clock);
            return Effects::default();
        }
        let (now, focus) = (self.clock, self.panes.focus);
        let actions = match reply {
            Reply::LibraryChanged(status) => self.library_changed(status),
            Reply::LibraryRenewed(status) => {
                self.library = status;
                PaneRequest::RefreshList.into()
            }
            Reply::Listed { generation, order, rows } => {
                if generation != self.list.generation || self.search.dossier.is_some() {
                    return Effects::default();
                }
                self.list.take_order((order, rows), &self.library, &self.reader, now)
            }
            Reply::RowsFetched { generation, rows } => {
                if generation == self.list.generation {
                    self.list.add_rows(rows);
                }
                Actions::none()
            }
            Reply::HitsFound { generation, result } => {
                self.search.hits_found(generation, result, &mut self.list, &mut self.reader, focus, now)
            }
            Reply::MatchesCounted { generation, matches } => {
                self.search.matches_counted(generation, matches, &self.list);
                Actions::none()
            }
            Reply::FacetsCounted { generation, facets } => {
                if generation == self.list.generation {
                    self.with_overlay(|overlay, sources| overlay.facets_counted(facets, sources));
                }
                Actions::none()
            }
            Reply::Completed { generation, values } => self.search.completed(generation, &values, &self.catalogue),
            Reply::Loaded { generation, opened, found } => return self.loaded(generation, opened, found),
            Reply::Gone { generation } => return self.gone(generation),
            Reply::Found { generation, key, query, matches } => {
                let restored = &mut self.session.matched;
                let (reader, found) = (&mut self.reader, (query, matches));
                self.search.matches_found((generation, key), found, reader, (focus, now), restored)
            }
            Reply::AlikeAsked { generation, source } if self.search.awaits_alike(generation, &self.list) => {
                self.search.search_alike(source, &mut self.list, &mut self.reader, now)
            }
            Reply::AlikeAsked { .. } => Actions::none(),
            Reply::OriginalLoaded { key, original } => self.reader.original_loaded(key, original),
            Reply::FileLocated { path, line } => Effect::Edit { path, line }.into(),
            Reply::ProblemsListed(files) => self.show_unread_files(files),
            Reply::DocumentFound { id, key } => self.reader.document_found(&id, key, &mut self.list),
            Reply::MarkKept { name, forgotten } => {
                let id = if forgotten { "mark-set-for-now" } else { "mark-set" };
                PaneRequest::Report(Message::new(id).with("mark", name.to_string())).into()
            }
            Reply::MarkFound { name, key, locator } => self.reader.mark_found(name, (key, locator), &mut self.list),
            Reply::InterruptionFound(interrupted) => {
                let (key, moment) = (self.key_of(Command::GoOn), self.catalogue.moment(&interrupted.moment));
                self.session.offer(interrupted, key, moment)
            }
            Reply::SessionFound { session, lost } => {
                let (list, reader) = (&mut self.list, &mut self.reader);
                self.session.restore((*session, lost), &mut self.panes, list, reader, &mut self.search, now)
            }
            Reply::SearchSaved { name, forgotten } => {
                let key = self.key_of(Command::SavedSearches);
                self.search.search_saved(name, forgotten, key, &self.catalogue)
            }
            Reply::SearchesListed(rows) => self.saved.listed(rows),
            Reply::SearchCounted { name, documents, new } => {
                self.saved.counted(&name, documents, new);
                Actions::none()
            }
            Reply::NewFound { name, new } => {
                let key = self.key_of(Command::SavedSearches);
                self.search.new_found(&name, new, &mut self.list, &mut self.reader, (focus, key))
            }
            Reply::Failed { request, message } => return self.request_failed(*request, message),
            Reply::WorkFailed(message) => return self.report(Notice::alert(message)),
            Reply::Notice(message) => return self.report(Notice::new(message)),
        };
        self.perform(actions)
    }

    /// Ends the wait for the reply to a request that failed. The reason is shown unless the request is stale.
    fn request_failed(&mut self, request: Request, message: Message) -> Effects {
        let actions = match request {
            Request::Load { generation, .. } => return self.load_failed(generation, message),
            Request::AskAlike { generation, .. } if self.search.awaits_alike(generation, &self.list) => {
                Actions::notice(message)
            }
            Request::AskAlike { .. } => Actions::none(),
            Request::LoadOriginal(key) => self.reader.original_failed(key, message),
            Request::FindDocument(id) => self.reader.document_not_found(&id, message),
            Request::FindMark(name) => self.reader.mark_not_found(name, message),
            Request::FindSession(_) => self.session.not_found(message),
            Request::SaveSearch { search, .. } => {
                // The name can be changed.
                self.show_overlay(Overlay::SaveSearch(FilteredList::typing(LineInput::new(search.name))))
                    .and(PaneRequest::Alert(message))
            }
            Request::List { generation, .. } | Request::Search { generation, .. } => {
                self.search.search_failed(generation, &self.list);
                return self.report(Notice::alert(message));
            }
            Request::Find { generation, .. } => {
                self.search.find_failed(generation);
                return self.report(Notice::alert(message));
            }
            _ => return self.report(Notice::alert(message)),
        };
        self.perform(actions)
    }

    fn report(&mut self, notice: Notice) -> Effects {
        self.notices.report(notice);
        Effects::default()
    }

    /// Any key dismisses the notice on screen and shows the next one that waits.
    fn press(&mut self, key: KeyChord) -> Effects {
        let former = self.notices.begin_key();
        let forgetting = self.overlay.as_ref().and_then(Overlay::forgetting).map(str::to_owned);
        let effects = self.answer_key(key);
        if let Some(overlay) = self.overlay.as_mut().filter(|overlay| overlay.forgetting() == forgetting.as_deref()) {
            overlay.keep_search();
        }
        let only_terminal = effects.0.iter().any(|effect| matches!(effect, Effect::Suspend | Effect::Redraw));
        self.notices.end_key(former, self.clock, only_terminal);
        effects
    }

    fn answer_key(&mut self, key: KeyChord) -> Effects {
        if let Some(awaiting) = self.keys.awaiting.take() {
            return self.name_mark(awaiting, key);
        }
        // Over the outline, the matches or the facets a character that is no command begins a filter.
        if self.mode() == Mode::Outline && key.typed().is_some() && self.is_unbound(key, Mode::Outline) {
            self.with_overlay(|overlay, _| overlay.list_mut().typing = true);
        }
        // A key without a meaning for the note that is shown closes it and is the reader's.
        if self.mode() == Mode::Note && self.is_unbound(key, Mode::Note) {
            self.reader.close_note();
        }
        let mode = self.mode();
        if mode == Mode::Prompt
            && let Some(effects) = self.type_key(key)
        {
            return effects;
        }
        let mut effects = Effects::default();
        for command in self.keys.press(key, mode, &self.settings.keymap, self.clock) {
            effects.extend(self.run(command));
        }
        effects
    }

    fn is_unbound(&self, key: KeyChord, mode: Mode) -> bool {
        self.settings.keymap.lookup(mode, &[key]) == Lookup::Unbound
    }

    fn name_mark(&mut self, awaiting: Awaiting, key: KeyChord) -> Effects {
        let actions = match (awaiting, key.code, key.ctrl || key.alt) {
            (Awaiting::MarkToSet, KeyCode::Char(name), false) => self.reader.set_mark(name),
            (Awaiting::MarkToVisit, KeyCode::Char(name), false) => self.reader.visit_mark(name, &mut self.list),
            _ => Actions::none(),
        };
        self.perform(actions)
    }

    /// Sends a key to the line that has the cursor. `None` if the line does not use it.
    fn type_key(&mut self, key: KeyChord) -> Option<Effects> {
        if self.overlay.is_some() {
            let used = self.with_overlay(|overlay, sources| overlay.press(key, sources));
            return (used == Some(true)).then(Effects::default);
        }
        let changed = self.search.prompt.as_mut()?.input.press(key)?;
        if changed {
            return Some(self.line_edited());
        }
        self.search.completion = None;
        Some(Effects::default())
    }

    fn line_edited(&mut self) -> Effects {
        let mut effects = self.perform(PaneRequest::QueryEdited);
        let refined = self.search.refine_completion(self.settings.ui_language, &self.catalogue);
        effects.extend(self.perform(refined));
        effects
    }

    fn query_edited(&mut self) -> Actions {
        if !self.settings.search_while_typing {
            return Actions::none();
        }
        self.search.search_for_prompt(&mut self.list, &mut self.reader, self.clock)
    }

    fn paste(&mut self, text: &str) -> Effects {
        if self.with_overlay(|overlay, sources| overlay.paste(text, sources)) == Some(true) {
            return Effects::default();
        }
        let changed = self.search.prompt.as_mut().is_some_and(|prompt| prompt.input.insert(text));
        if changed { self.line_edited() } else { Effects::default() }
    }

    fn pass_time(&mut self, now: Duration) -> Effects {
        self.clock = now;
        let mut effects = Effects::default();
        if let Some(command) = self.keys.pause(now) {
            effects.extend(self.run(command));
        }
        if self.list.follow_at.take_if(|at| *at <= now).is_some() {
            effects.extend(self.follow_selection());
        }
        effects
    }

    /// Runs a command.
    fn run(&mut self, CountedCommand { command, count }: CountedCommand) -> Effects {
        let times = count.unwrap_or(1).min(MAX_COUNT).cast_signed();
        let number = times.unsigned_abs() as usize;
        let (now, focus) = (self.clock, self.panes.focus);
        if !matches!(command, Command::NextMatch | Command::PreviousMatch) {
            self.search.steps = 0; // the person goes elsewhere
        }
        let (list, reader, search) = (&mut self.list, &mut self.reader, &mut self.search);
        let actions = match command {
            Command::LineDown => self.move_lines(times),
            Command::LineUp => self.move_lines(-times),
            Command::PageDown => self.move_pages(times, 1),
            Command::PageUp => self.move_pages(-times, 1),
            Command::HalfPageDown => self.move_pages(times, 2),
            Command::HalfPageUp => self.move_pages(-times, 2),
            Command::Top => self.go_to_edge(count, false),
            Command::Bottom => self.go_to_edge(count, true),
            Command::NextSection => reader.go_sections(times),
            Command::PreviousSection => reader.go_sections(-times),
            Command::Outline => self.open_overlay(Overlay::outline),
            Command::Follow => reader.follow(),
            Command::NextTarget => reader.go_links(times),
            Command::PreviousTarget => reader.go_links(-times),
            Command::Counterpart => reader.go_to_counterpart(),
            Command::Back => reader.go_back(list),
            Command::Forward => reader.go_forward(list),
            Command::GoOn => self.session.request(),
            Command::Original => reader.toggle_original(),
            Command::Search => self.open_prompt(),
            Command::ToggleGroup if list.toggle_group() => Actions::none(),
            Command::ToggleGroup => Actions::notice_of("group-none"),
            Command::ToggleGroups => Actions::notice_of(if list.toggle_groups() { "groups-on" } else { "groups-off" }),
            Command::Facets => self.show_overlay(Overlay::Facets(FacetList::default())),
            Command::SearchWithin => self.open_prompt_within(),
            Command::Complete => self.complete(true),
            Command::CompleteBack => self.complete(false),
            Command::NextMatch => search.go_matches(times, list, reader),
            Command::PreviousMatch => search.go_matches(-times, list, reader),
            Command::HistoryPrevious => self.recall(true),
            Command::HistoryNext => self.recall(false),
            Command::ToggleVariants => search.toggle_variants(list, reader, now),
            Command::ListMatches => self.open_overlay(Overlay::matches),
            Command::DropVariant => search.drop_variant(number, list, reader, now),
            Command::MoreLikeThis => more_like_this::ask(list, reader, focus),
            Command::SaveSearch => return self.ask_for_name(),
            Command::SavedSearches => {
                self.show_overlay(Overlay::SavedSearches(SavedSearchList::default())).and(Request::ListSearches)
            }
            Command::OnlyNew => {
                let key = self.key_of(Command::SavedSearches);
                self.search.toggle_only_new(&mut self.list, &mut self.reader, (focus, key))
            }
            Command::ForgetSearch => {
                let key = self.key_of(Command::ForgetSearch);
                match &mut self.overlay {
                    Some(overlay) => overlay.delete_search(&mut self.saved, key),
                    None => not_here("forget-search"),
                }
            }
            Command::RenameSearch => match &mut self.overlay {
                Some(overlay) => overlay.rename(&self.saved),
                None => not_here("rename-search"),
            },
            Command::NotRead => Request::ListProblems.into(),
            Command::DropPiece => search.drop_chip(number, list, reader, now),
            Command::ClearSearch => search.clear_search(list, reader, now),
            Command::Open => return self.accept(),
            Command::NextDocument => list.go_documents(times, reader, focus, now),
            Command::PreviousDocument => list.go_documents(-times, reader, focus, now),
            Command::Sort => search.sort_by_next(list, now),
            Command::SetMark => self.await_mark(Awaiting::MarkToSet),
            Command::GoToMark => self.await_mark(Awaiting::MarkToVisit),
            Command::Select => reader.toggle_selection(),
            Command::Copy => reader.copy(),
            Command::SelectLeft => reader.move_selection_clusters(-times),
            Command::SelectRight => reader.move_selection_clusters(times),
            Command::SelectWord => reader.move_selection_words(times),
            Command::SelectWordBack => reader.move_selection_words(-times),
            Command::Browse => reader.browse(),
            Command::Edit => reader.edit(),
            Command::NextPane => return self.focus_next(true),
            Command::PreviousPane => return self.focus_next(false),
            Command::Zoom => return self.zoom(),
            Command::Sidebar => self.toggle_sidebar(),
            Command::Wider => self.settings.change_measure(4 * times),
            Command::Narrower => self.settings.change_measure(-4 * times),
            Command::Theme => self.settings.set_theme(None),
            Command::Mouse => self.settings.toggle_mouse(),
            Command::Language => self.set_language(None),
            Command::Redraw => Effect::Redraw.into(),
            Command::Palette => self.show_overlay(Overlay::palette()),
            Command::Help => self.show_overlay(Overlay::Help(FilteredList::default())),
            Command::Cancel => return self.cancel(),
            Command::Quit => return self.quit(),
            Command::QuitNow => return self.leave(),
            Command::Suspend => Effect::Suspend.into(),
        };
        self.perform(actions)
    }

    fn await_mark(&mut self, awaiting: Awaiting) -> Actions {
        self.keys.awaiting = Some(awaiting);
        Actions::none()
    }

    /// Enter: accepts the line that is typed or opens the selected row.
    fn accept(&mut self) -> Effects {
        if let Some(actions) = self.with_overlay(Overlay::accept) {
            return self.perform(actions);
        }
        if self.search.take_candidate() {
            return Effects::default();
        }
        let actions = if self.search.prompt.is_some() {
            self.accept_query()
        } else if self.mode() == Mode::Note {
            self.reader.close_note();
            Actions::none()
        } else if self.panes.focus == Pane::Sidebar {
            let target = self.regions().sidebar.and_then(|_| self.sidebar.target(self.sidebar_content().as_ref()));
            sidebar::follow(target, &mut self.reader, &mut self.list)
        } else {
            self.list.open_selected(&self.reader)
        };
        self.perform(actions)
    }

    pub(super) fn accept_query(&mut self) -> Actions {
        let while_typing = self.settings.search_while_typing;
        self.search.accept_query(&mut self.list, &mut self.reader, while_typing, self.clock)
    }

    /// Esc: one step back; never ends the program.
    fn cancel(&mut self) -> Effects {
        if self.keys.clear()
            || self.overlay.as_mut().is_some_and(|overlay| overlay.leave_renaming(&self.saved))
            || self.with_overlay(Overlay::clear_filter) == Some(true)
            || self.overlay.take().is_some()
        {
            return Effects::default();
        }
        let (dropped, restored) = self.search.drop_completion();
        let mut effects = self.perform(restored);
        if dropped {
            return effects;
        }
        let actions = if self.search.prompt.is_some() {
            self.search.cancel_prompt(&mut self.list, &mut self.reader, self.clock)
        } else if self.reader.close_note() || self.reader.unfocus_link() || self.reader.end_selection() {
            Actions::none()
        } else if self.search.scope().is_some() {
            self.search.clear_search(&mut self.list, &mut self.reader, self.clock)
        } else {
            self.reader.show_clean().unwrap_or_default()
        };
        effects.extend(self.perform(actions));
        effects
    }

    /// `q`: one level up.
    fn quit(&mut self) -> Effects {
        if self.overlay.take().is_some() || self.reader.close_note() || self.reader.end_selection() {
        } else if self.panes.zoomed {
            self.panes.zoomed = false;
        } else if self.panes.focus == Pane::List || self.list.len() <= 1 && self.search.dossier.is_none() {
            return self.leave();
        } else {
            self.focus_list();
        }
        Effects::default()
    }

    fn leave(&mut self) -> Effects {
        self.leaving = true;
        let mut effects = self.leave_document();
        let forgotten = self.session.forget_restored();
        effects.extend(self.perform(forgotten.and(Effect::Leave)));
        effects
    }

    pub(super) fn leave_document(&mut self) -> Effects {
        let left = self.reader.leave_document();
        self.perform(left)
    }

    fn mouse(&mut self, action: MouseAction, column: u16, row: u16) -> Effects {
        self.notices.begin_key();
        let lines = match action {
            MouseAction::WheelUp => -WHEEL_LINES,
            MouseAction::WheelDown => WHEEL_LINES,
            MouseAction::Click => 0,
        };
        if self.overlay.is_some() {
            if lines != 0 {
                let moved = self.move_lines(lines);
                return self.perform(moved);
            }
            return Effects::default();
        }
        let regions = self.regions();
        let under = [Pane::List, Pane::Reader, Pane::Sidebar]
            .into_iter()
            .find(|pane| regions.pane(*pane).is_some_and(|region| region.contains(column, row)));
        match under {
            Some(pane) if action == MouseAction::Click => self.click(pane, row),
            Some(pane) => {
                self.move_lines_in(pane, lines);
                Effects::default()
            }
            None => Effects::default(),
        }
    }

    fn click(&mut self, pane: Pane, row: u16) -> Effects {
        let regions = self.regions();
        self.panes.focus = pane;
        if pane == Pane::List
            && let Some(at) = regions.list.and_then(|list| self.list_row_at(list, row))
        {
            self.list.select(at);
            return self.follow_selection();
        }
        Effects::default()
    }
}
