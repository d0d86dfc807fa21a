//! The reader without a terminal, threads or time of its own: keys as a string go through the real `update`, effects are
//! carried out at once on a real library and index in memory, and the screen is asked for when it is wanted.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use lutrin::app::{App, Effect, Event, LaunchOptions, Settings, Size, update};
use lutrin::command::parse_keys;
use lutrin::document::{Document, Summary};
use lutrin::dossier::Dossier;
use lutrin::dossier::indexing;
use lutrin::index::Index;
use lutrin::library::{Library, Scope};
use lutrin::request::{LibraryStatus, OpenedDocument, Reply, Request};
use lutrin::search::Cancel;
use lutrin::terminal::clipboard;
use lutrin::terminal::clipboard::Multiplexer;

use super::dump;

/// Longer than every pause the reader knows.
const LONG: Duration = Duration::from_secs(2);

/// A reader with a dossier.
pub(crate) struct World {
    /// The state.
    pub app: App,
    /// What it reads.
    pub dossier: Dossier,
    /// Effects that only a terminal or another program could carry out, in order.
    pub outside: Vec<Effect>,
}

impl World {
    /// A reader at 80 by 24 on documents by name and text.
    pub(crate) fn open(documents: &[(&str, &str)]) -> Self {
        Self::open_at(80, 24, documents)
    }

    /// A reader in a window of this size.
    pub(crate) fn open_at(columns: u16, rows: u16, documents: &[(&str, &str)]) -> Self {
        Self::start(dossier(documents), Settings::default(), Size { columns, rows })
    }

    /// A reader on the built-in library.
    pub(crate) fn built_in(columns: u16, rows: u16) -> Self {
        let library = Library::built_in().expect("it is compiled in");
        Self::start(up_to_date(library), Settings::default(), Size { columns, rows })
    }

    /// A reader on a dossier.
    pub(crate) fn start(dossier: Dossier, settings: Settings, size: Size) -> Self {
        let mut world = Self { app: App::new(settings, size, LaunchOptions::default()), dossier, outside: Vec::new() };
        let documents = world.dossier.library.status(&world.dossier.scope).expect("it is in memory").documents as usize;
        world.reply(Reply::LibraryChanged(LibraryStatus { documents, ..LibraryStatus::default() }));
        world.rest();
        world
    }

    /// Presses keys, as `/torture<enter>nn`, and lets what they ask for be done. Time stands still.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        for chord in parse_keys(keys).expect("the test's keys are keys") {
            self.dispatch(Event::Key(chord));
        }
        self
    }

    /// Types text, spaces included.
    pub(crate) fn write(&mut self, text: &str) -> &mut Self {
        self.dispatch(Event::Paste(text.to_owned()));
        self
    }

    /// Opens a document of the test's own making in place of the next one of the dossier.
    pub(crate) fn read(&mut self, document: Document, cited_by: Vec<Summary>) -> &mut Self {
        let keys = parse_keys("J").expect("it is a key");
        let asked = update(&mut self.app, Event::Key(keys[0])).0;
        let load = asked.into_iter().find_map(|effect| match effect {
            Effect::Ask(Request::Load { generation, key, .. }) => Some((generation, key)),
            _ => None,
        });
        let (generation, key) = load.expect("the dossier has a next document");
        let summary = self.dossier.library.summaries(&[key]).expect("it is in memory").remove(0);
        let outline = document.outline().into();
        let opened = OpenedDocument { key, summary, document: Arc::new(document), outline, cited_by, left_at: None };
        self.reply(Reply::Loaded { generation, opened, found: None });
        self
    }

    /// Lets every pause pass.
    pub(crate) fn rest(&mut self) -> &mut Self {
        self.dispatch(Event::Clock(self.app.clock + LONG));
        self
    }

    /// Gives the window another size.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.dispatch(Event::Resized(Size { columns, rows }));
        self
    }

    /// Presses keys while nobody answers. What they ask for.
    pub(crate) fn press_unanswered(&mut self, keys: &str) -> Vec<Effect> {
        let chords = parse_keys(keys).expect("the test's keys are keys");
        chords.into_iter().flat_map(|chord| update(&mut self.app, Event::Key(chord)).0).collect()
    }

    /// Lets what was asked for be done now.
    pub(crate) fn answer(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            for event in self.carry_out(effect) {
                self.dispatch(event);
            }
        }
    }

    /// Lets something happen, and all that follows from it.
    pub(crate) fn dispatch(&mut self, event: Event) {
        let mut effects: VecDeque<Effect> = update(&mut self.app, event).0.into();
        while let Some(effect) = effects.pop_front() {
            for event in self.carry_out(effect) {
                effects.extend(update(&mut self.app, event).0);
            }
        }
    }

    /// Lets the dossier reply.
    pub(crate) fn reply(&mut self, reply: Reply) {
        self.dispatch(Event::Reply(Box::new(reply)));
    }

    /// What stands on the screen.
    pub(crate) fn screen(&self) -> String {
        dump::characters(&self.app)
    }

    /// What stands on the screen, and what it means.
    pub(crate) fn planes(&self) -> String {
        dump::planes(&self.app)
    }

    /// The last line of the screen.
    pub(crate) fn status(&self) -> String {
        self.screen().lines().last().unwrap_or_default().trim().to_owned()
    }

    /// The titles of the list, in order.
    pub(crate) fn titles(&self) -> Vec<String> {
        (0..self.app.list.len())
            .map(|row| self.app.list.row(row).map(|row| row.summary.title.clone()).unwrap_or_default())
            .collect()
    }

    /// The title of the open document.
    pub(crate) fn title(&self) -> &str {
        self.app.reader.open.as_ref().map_or("", |reading| &reading.opened.document.title)
    }

    /// The words of the match one is on.
    pub(crate) fn current_match(&self) -> &str {
        let reading = self.app.reader.open.as_ref();
        reading.and_then(|reading| Some(reading.opened.document.slice(reading.current_match()?))).unwrap_or("")
    }

    /// The text at the top of the page.
    pub(crate) fn top(&self) -> &str {
        let reading = self.app.reader.open.as_ref().expect("a document is open");
        let document: &Document = &reading.opened.document;
        let text = &document.text[usize::from(reading.page.range.start())..];
        text.lines().next().unwrap_or_default()
    }

    fn carry_out(&mut self, effect: Effect) -> Vec<Event> {
        match effect {
            Effect::Ask(request) => {
                let mut replies = self.dossier.answer(&request, &Cancel::never());
                while self.dossier.has_work() {
                    replies.extend(self.dossier.step());
                }
                replies.into_iter().map(|reply| Event::Reply(Box::new(reply))).collect()
            }
            Effect::Copy(text) => {
                let copied = match clipboard::copy(&text, Multiplexer::None) {
                    Ok(_) => Event::Copied { characters: text.chars().count() },
                    Err(message) => Event::Failed(message),
                };
                self.outside.push(Effect::Copy(text));
                vec![copied]
            }
            other => {
                self.outside.push(other);
                Vec::new()
            }
        }
    }
}

/// A dossier of documents by name and text, in memory.
pub(crate) fn dossier(documents: &[(&str, &str)]) -> Dossier {
    let library = Library::in_memory().expect("memory is there");
    for (name, text) in documents {
        library.give(Path::new(name), text.as_bytes()).expect("memory is there");
    }
    up_to_date(library)
}

/// Adds a document to a dossier.
pub(crate) fn add(dossier: &Dossier, name: &str, text: &str) {
    dossier.library.give(Path::new(name), text.as_bytes()).expect("memory is there");
    refresh(dossier);
}

fn up_to_date(library: Library) -> Dossier {
    let index = Index::in_memory().expect("memory is there");
    let dossier = Dossier::new(library, index, Scope::everything());
    refresh(&dossier);
    dossier
}

/// Brings a dossier up to date with its files.
pub(crate) fn refresh(dossier: &Dossier) {
    let (mut writer, mut words) = indexing::writers(&dossier.library, &dossier.index).expect("nobody else writes");
    indexing::bring_up_to_date(&mut writer, &mut words, &dossier.scope, &mut |_| ControlFlow::Continue(()))
        .expect("everything is in memory");
    drop((writer, words));
    dossier.index.reload().expect("everything is in memory");
    dossier.revision.advance();
}
