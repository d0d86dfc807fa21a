//! `update`: routes events, replies, commands and the requests of panes to the components, in order. The transitions
//! themselves are in the files of the components.

use super::{App, Awaiting, CountedCommand, Effect, Effects, Event, MouseAction, Notice, OverlayKind, Pane};
use crate::command::{Command, KeyChord, KeyCode, Lookup, Mode};
use crate::locale::Message;
use crate::request::{Reply, Request};

/// Applies an event to the state. The runtime carries out the effects in their order.
pub fn update(app: &mut App, event: Event) -> Effects {
    let mut effects = Effects::default();
    app.happen(event, &mut effects);
    app.settle(&mut effects);
    effects
}

impl App {
    fn happen(&mut self, event: Event, effects: &mut Effects) {
        match event {
            Event::Key(key) => self.act(|app| app.press(key, effects)),
            Event::Paste(text) => self.act(|app| app.paste(&text, effects)),
            Event::Mouse(action, column, row) => self.act(|app| app.mouse(action, column, row, effects)),
            Event::Resized(size) => self.panes.size = size,
            Event::Clock(now) => self.pass_time(now, effects),
            Event::Reply(reply) => self.replied(*reply, effects),
            Event::Copied { characters } => self.copied(characters),
            Event::Said(message) => self.notices.report(Notice::new(message)),
            Event::Failed(message) => self.failed(message),
            Event::Resumed => effects.push(Effect::Redraw),
            Event::Cut => self.cut_off(effects),
        }
    }

    fn replied(&mut self, reply: Reply, effects: &mut Effects) {
        if let Some(message) = reply.unkept() {
            return self.notices.report_unkept(message, self.clock);
        }
        match reply {
            Reply::LibraryChanged(status) => self.library_changed(status, effects),
            Reply::LibraryRenewed(status) => self.library_renewed(status, effects),
            Reply::Listed { generation, order, rows } => self.listed(generation, order, rows, effects),
            Reply::RowsFetched { generation, rows } => self.rows_fetched(generation, rows),
            Reply::HitsFound { generation, result } => self.hits_found(generation, result, effects),
            Reply::MatchesCounted { generation, matches } => self.matches_counted(generation, matches),
            Reply::FacetsCounted { generation, facets } => self.facets_counted(generation, facets),
            Reply::Completed { generation, values } => self.completed(generation, &values, effects),
            Reply::Loaded { generation, opened, found } => self.loaded(generation, opened, found, effects),
            Reply::Gone { generation } => self.gone(generation, effects),
            Reply::Found { generation, key, query, matches } => self.found(generation, key, (query, matches), effects),
            Reply::AlikeAsked { generation, source } => self.alike_asked(generation, source, effects),
            Reply::OriginalLoaded { key, original } => self.original_loaded(key, original, effects),
            Reply::FileLocated { path, line } => effects.push(Effect::Edit { path, line }),
            Reply::ProblemsListed(problems) => self.show_problems(problems),
            Reply::DocumentFound { id, key } => self.document_found(&id, key, effects),
            Reply::MarkKept { name, forgotten } => self.mark_kept(name, forgotten),
            Reply::MarkFound { name, key, locator } => self.mark_found(name, (key, locator), effects),
            Reply::InterruptionFound(interruption) => self.interruption_found(interruption),
            Reply::SessionFound { session, lost } => self.session_found(*session, lost, effects),
            Reply::SearchSaved { name, forgotten } => self.search_saved(name, forgotten),
            Reply::SearchesListed(rows) => self.searches_listed(rows),
            Reply::SearchCounted { name, documents, new } => self.search_counted(&name, documents, new),
            Reply::NewFound { name, new } => self.new_found(&name, new, effects),
            Reply::Failed { request, message } => self.refused(*request, message, effects),
            Reply::WorkFailed(message) => self.failed(message),
            Reply::Notice(message) => self.notices.report(Notice::new(message)),
        }
    }

    /// A request failed. Whatever waited for its reply stops waiting; the reason is shown unless the reply is stale.
    fn refused(&mut self, request: Request, message: Message, effects: &mut Effects) {
        match request {
            Request::List { generation, .. } | Request::Search { generation, .. } => {
                self.search_failed(generation, message);
            }
            Request::Find { generation, .. } => self.find_failed(generation, message),
            Request::Load { generation, .. } => self.load_failed(generation, message, effects),
            Request::AskAlike { generation, .. } => self.alike_failed(generation, message),
            Request::LoadOriginal(key) => self.original_failed(key, message),
            Request::FindDocument(id) => self.document_not_found(&id, message),
            Request::FindMark(name) => self.mark_not_found(name, message),
            Request::FindSession(_) => self.session_not_found(message),
            Request::SaveSearch(search) => self.search_not_saved(search.name, message),
            _ => self.failed(message),
        }
    }

    /// Any key dismisses the notice on screen and shows the next one that waits.
    fn press(&mut self, key: KeyChord, effects: &mut Effects) {
        let former = self.notices.begin_key();
        let forgetting = self.saved.forgetting.clone();
        self.answer_key(key, effects);
        if self.saved.forgetting == forgetting {
            // Any other key keeps it.
            self.saved.forgetting = None;
        }
        let only_terminal = effects.0.iter().any(|effect| matches!(effect, Effect::Suspend | Effect::Redraw));
        self.notices.end_key(former, self.clock, only_terminal);
    }

    fn answer_key(&mut self, key: KeyChord, effects: &mut Effects) {
        if let Some(awaiting) = self.keys.awaiting.take() {
            return self.name_mark(awaiting, key, effects);
        }
        self.begin_filter(key);
        self.look_away(key);
        let mode = self.mode();
        if mode == Mode::Prompt && self.type_key(key, effects) {
            return;
        }
        for request in self.keys.press(key, mode, &self.settings.keymap, self.clock) {
            self.carry_out(request, effects);
        }
    }

    /// Over the outline, the matches or the facets a character that is no command begins a filter.
    fn begin_filter(&mut self, key: KeyChord) {
        let unbound = key.typed().is_some() && self.settings.keymap.lookup(Mode::Outline, &[key]) == Lookup::Unbound;
        if unbound
            && self.mode() == Mode::Outline
            && let Some(overlay) = &mut self.overlay
        {
            overlay.typing = true;
        }
    }

    /// A key that means nothing to the note that is shown closes it and is the reader's.
    fn look_away(&mut self, key: KeyChord) {
        if self.mode() == Mode::Note && self.settings.keymap.lookup(Mode::Note, &[key]) == Lookup::Unbound {
            self.close_note();
        }
    }

    fn name_mark(&mut self, awaiting: Awaiting, key: KeyChord, effects: &mut Effects) {
        match (awaiting, key.code, key.ctrl || key.alt) {
            (Awaiting::MarkToSet, KeyCode::Char(name), false) => self.set_mark(name, effects),
            (Awaiting::MarkToVisit, KeyCode::Char(name), false) => self.visit_mark(name, effects),
            _ => {}
        }
    }

    /// Sends a key to the line that has the cursor. `None` if the line does not use it.
    fn type_key(&mut self, key: KeyChord, effects: &mut Effects) -> bool {
        if let Some(overlay) = &mut self.overlay {
            let taken = overlay.filter.press(key);
            if taken == Some(true) {
                self.filter_changed();
            }
            return taken.is_some();
        }
        let Some(prompt) = &mut self.search.prompt else { return false };
        let taken = prompt.input.press(key);
        if taken == Some(true) {
            self.query_edited(effects);
            self.refine_completion(effects);
        } else if taken.is_some() {
            self.search.completion = None;
        }
        taken.is_some()
    }

    fn paste(&mut self, text: &str, effects: &mut Effects) {
        let outline = self.mode() == Mode::Outline;
        if let Some(overlay) = self.overlay.as_mut().filter(|overlay| overlay.typing || outline) {
            if overlay.filter.insert(text) {
                overlay.typing = true;
                self.filter_changed();
            }
        } else if let Some(prompt) = &mut self.search.prompt
            && prompt.input.insert(text)
        {
            self.query_edited(effects);
            self.refine_completion(effects);
        }
    }

    fn pass_time(&mut self, now: std::time::Duration, effects: &mut Effects) {
        self.clock = now;
        if let Some(request) = self.keys.pause(now) {
            self.carry_out(request, effects);
        }
        if self.list.follow_at.is_some_and(|at| at <= now) {
            self.list.follow_at = None;
            self.follow_selection(effects);
        }
    }

    /// Carries out a command.
    pub(super) fn carry_out(&mut self, CountedCommand { command, count }: CountedCommand, effects: &mut Effects) {
        let times = count.unwrap_or(1).min(100_000).cast_signed();
        if !matches!(command, Command::NextMatch | Command::PreviousMatch) {
            self.search.steps = 0; // the person goes elsewhere
        }
        match command {
            Command::LineDown => self.move_lines(times),
            Command::LineUp => self.move_lines(-times),
            Command::PageDown => self.move_pages(times),
            Command::PageUp => self.move_pages(-times),
            Command::HalfPageDown => self.move_half_pages(times),
            Command::HalfPageUp => self.move_half_pages(-times),
            Command::Top => self.go_top(count),
            Command::Bottom => self.go_bottom(count),
            Command::NextSection => self.go_sections(times),
            Command::PreviousSection => self.go_sections(-times),
            Command::Outline => self.open_overlay(OverlayKind::Outline),
            Command::Follow => self.follow(effects),
            Command::NextTarget => self.go_targets(times),
            Command::PreviousTarget => self.go_targets(-times),
            Command::Counterpart => self.go_counterpart(),
            Command::Back => self.go_back(effects),
            Command::Forward => self.go_forward(effects),
            Command::GoOn => self.go_on(effects),
            Command::Original => self.toggle_original(effects),
            Command::Search => self.open_prompt(),
            Command::ToggleGroup => self.toggle_group(),
            Command::ToggleGroups => self.toggle_groups(),
            Command::Facets => self.open_overlay(OverlayKind::Facets),
            Command::SearchWithin => self.open_prompt_within(),
            Command::Complete => self.complete(true, effects),
            Command::CompleteBack => self.complete(false, effects),
            Command::NextMatch => self.go_matches(times, effects),
            Command::PreviousMatch => self.go_matches(-times, effects),
            Command::HistoryPrevious => self.recall(true, effects),
            Command::HistoryNext => self.recall(false, effects),
            Command::ToggleVariants => self.toggle_variants(effects),
            Command::ListMatches => self.open_overlay(OverlayKind::Matches),
            Command::DropVariant => self.drop_variant(times.unsigned_abs() as usize, effects),
            Command::MoreLikeThis => self.more_like_this(effects),
            Command::SaveSearch => self.ask_for_name(effects),
            Command::SavedSearches => self.list_searches(effects),
            Command::OnlyNew => self.toggle_only_new(effects),
            Command::ForgetSearch => self.forget_search(effects),
            Command::RenameSearch => self.rename_search(),
            Command::NotRead => effects.ask(Request::ListProblems),
            Command::DropPiece => self.drop_piece(times.unsigned_abs() as usize, effects),
            Command::ClearSearch => self.clear_search(effects),
            Command::Open => self.accept(effects),
            Command::NextDocument => self.go_documents(times, effects),
            Command::PreviousDocument => self.go_documents(-times, effects),
            Command::Sort => self.sort_by_next(effects),
            Command::SetMark => self.keys.awaiting = Some(Awaiting::MarkToSet),
            Command::GoToMark => self.keys.awaiting = Some(Awaiting::MarkToVisit),
            Command::Select => self.toggle_selection(),
            Command::Copy => self.copy(effects),
            Command::SelectLeft => self.move_selection_clusters(-times),
            Command::SelectRight => self.move_selection_clusters(times),
            Command::SelectWord => self.move_selection_words(times),
            Command::SelectWordBack => self.move_selection_words(-times),
            Command::Browse => self.browse(effects),
            Command::Edit => self.edit(effects),
            Command::NextPane => self.focus_next(true, effects),
            Command::PreviousPane => self.focus_next(false, effects),
            Command::Zoom => self.zoom(effects),
            Command::Sidebar => self.toggle_sidebar(),
            Command::Wider => self.change_measure(4 * times),
            Command::Narrower => self.change_measure(-4 * times),
            Command::Theme => self.set_theme(None),
            Command::Mouse => self.toggle_mouse(effects),
            Command::Language => self.set_tongue(None),
            Command::Redraw => effects.push(Effect::Redraw),
            Command::Palette => self.open_overlay(OverlayKind::Palette),
            Command::Help => self.open_overlay(OverlayKind::Help),
            Command::Cancel => self.cancel(effects),
            Command::Quit => self.quit(effects),
            Command::QuitNow => self.leave(effects),
            Command::Suspend => effects.push(Effect::Suspend),
        }
    }

    /// Enter: accepts the line that is typed or opens the selected row.
    fn accept(&mut self, effects: &mut Effects) {
        if self.overlay.is_some() {
            self.accept_overlay(effects);
        } else if self.take_candidate() {
        } else if self.search.prompt.is_some() {
            self.accept_query(effects);
        } else if self.mode() == Mode::Note {
            self.close_note();
        } else if self.panes.focus == Pane::Sidebar {
            self.follow_sidebar(effects);
        } else {
            self.open_selected(effects);
        }
    }

    /// Esc: one step back; never ends the program.
    fn cancel(&mut self, effects: &mut Effects) {
        if self.keys.clear() {
            return;
        }
        if self.leave_renaming() || self.clear_filter() || self.overlay.take().is_some() {
            return;
        }
        if self.drop_completion(effects) {
            return;
        }
        if self.search.prompt.is_some() {
            return self.cancel_prompt(effects);
        }
        if self.close_note() {
            return;
        }
        if let Some(reading) = self.reader.open.as_mut().filter(|reading| reading.link_in_focus().is_some()) {
            reading.link_focus.target = None;
            return;
        }
        if let Some(reading) = self.reader.open.as_mut().filter(|reading| reading.selection.is_some()) {
            reading.selection = None;
            return;
        }
        if self.search.scope().is_some() {
            return self.clear_search(effects);
        }
        self.show_clean(effects);
    }

    /// `q`: one level up.
    fn quit(&mut self, effects: &mut Effects) {
        if self.overlay.take().is_some() || self.close_note() {
            return;
        }
        if let Some(reading) = self.reader.open.as_mut().filter(|reading| reading.selection.is_some()) {
            reading.selection = None;
        } else if self.panes.zoomed {
            self.panes.zoomed = false;
        } else if self.panes.focus == Pane::List || self.list.len() <= 1 && self.search.dossier.is_none() {
            self.leave(effects);
        } else {
            self.focus_list();
        }
    }

    fn leave(&mut self, effects: &mut Effects) {
        self.leaving = true;
        self.leave_document(effects);
        self.forget_interruption(effects);
        effects.push(Effect::Leave);
    }

    fn mouse(&mut self, action: MouseAction, column: u16, row: u16, effects: &mut Effects) {
        self.notices.shown = None;
        if self.overlay.is_some() {
            return match action {
                MouseAction::WheelUp => self.move_lines(-3),
                MouseAction::WheelDown => self.move_lines(3),
                MouseAction::Click => {}
            };
        }
        let regions = self.regions();
        let under = [Pane::List, Pane::Reader, Pane::Sidebar]
            .into_iter()
            .find(|pane| regions.pane(*pane).is_some_and(|region| region.contains(column, row)));
        let Some(pane) = under else { return };
        match action {
            MouseAction::WheelUp => self.move_lines_in(pane, -3),
            MouseAction::WheelDown => self.move_lines_in(pane, 3),
            MouseAction::Click => self.click(pane, row, effects),
        }
    }

    fn click(&mut self, pane: Pane, row: u16, effects: &mut Effects) {
        let regions = self.regions();
        self.panes.focus = pane;
        if pane == Pane::List
            && let Some(at) = regions.list.and_then(|list| self.list_row_at(list, row))
        {
            self.list.select(at);
            self.follow_selection(effects);
        }
    }

    /// Makes everything agree after something happened: the page fits its box, the choice is in view, rows in view are
    /// fetched.
    fn settle(&mut self, effects: &mut Effects) {
        self.settle_pieces();
        self.take_steps(effects);
        self.keep_bar_and_text_together();
        self.catch_up(effects);
        self.settle_page();
        let list_rows = self.regions().list.map_or(0, |list| self.list_rows(list));
        self.list.settle(list_rows.max(1));
        self.fetch_missing(list_rows, effects);
        self.count_facets(effects);
        self.settle_overlay();
    }

    /// Fits the page of the open document to its box.
    pub(super) fn settle_page(&mut self) {
        let text_box = self.regions().reader.map(|reader| self.text_box(reader));
        if let (Some(reading), Some(text_box)) = (&mut self.reader.open, text_box) {
            reading.fit(text_box.width, text_box.height);
            reading.settle();
        }
    }

    /// Tells that a command has nothing to work on.
    pub(super) fn say_nothing_open(&mut self) {
        self.notices.set(Message::new("empty-reader"));
    }
}
