//! Lutrin, a terminal reader for dossiers of official documents.
//!
//! This header is the architecture document; `tests/tidy` checks what it claims.
//!
//! # The pipeline
//!
//! ```text
//! files ─library─▶ bytes ─extract─▶ raw text, lines, marks ─clean─▶ text + SourceMap ─genre─▶ Document ─▶ index
//!                                                                                      │ Arc           │ hits
//!                                                                                      ▼               ▼
//! terminal bytes ─▶ Event ─▶ update(&mut App, Event) ─▶ Effects ─▶ runtime workers ─▶ Event …
//!                                              │
//!                   Layout(Document, width)    render(&App, …, &mut Buffer) ─▶ screen ─▶ terminal
//! ```
//!
//! # Layers
//!
//! A folder uses only folders listed above it. ○ is pure: no file, clock, thread or network. ● may touch the outside.
//!
//! | layer | | what it is |
//! |---|---|---|
//! | [`text`] | ○ | strings measured and addressed: offsets, grapheme clusters, breaks, folding, sanitising |
//! | [`document`] | ○ | the model: one flat text with stand-off structure |
//! | [`command`] | ○ | what the reader can ask for, and the keys that ask it |
//! | [`locale`] | ○ | every sentence shown to people, in English and French |
//! | [`extract`] | ○ | bytes of a file → raw documents |
//! | [`clean`] | ○ | raw lines → running text, with a map back to the source |
//! | [`genre`] | ○ | what kind of official document this is, and what its parts are |
//! | [`layout`] | ○ | a document and a width → lines that keep source offsets |
//! | [`search`] | ○ | the vocabulary of search, without an engine; values are called as the locale calls them |
//! | [`config`] | ○ | TOML → settings, keymap and themes |
//! | [`request`] | ○ | what the reader asks of a dossier, and what it answers |
//! | [`app`] | ○ | the state machine: `update(&mut App, Event) -> Effects` |
//! | [`library`] | ● | the document store: roots, scan, catalogue, documents by key |
//! | [`index`] | ● | tantivy, and nothing else knows it |
//! | [`notebook`] | ● | what a person made: marks, the last place in each document, saved searches, what a cut line interrupted |
//! | [`dossier`] | ● | the documents of some paths, opened, brought up to date and searched |
//! | [`ui`] | ○ | draws; the only place with ratatui widgets |
//! | [`terminal`] | ● | bytes to and from a terminal: input, encoder, emulator, output, recording, flow control, guard |
//! | [`cli`] | ○ | command line → what was asked for |
//! | [`subcommands`] | ● | the command line's answers: `index`, `list`, `search`, `show`, `library`, `doctor` |
//! | [`runtime`] | ● | the imperative shell: start, event loop, workers |
//!
//! # Invariants
//!
//! - **One coordinate.** Everything that points into a document is a [`text::TextRange`] or [`text::TextSize`] over
//!   [`document::Document::text`]: blocks, matches, links, marks, places. Nothing maps tree paths or screen rows to positions.
//! - **The core is pure.** `app::update` has no IO, clock or thread; it returns [`app::Effects`], and what comes of them
//!   comes back as events. A late answer is known in `update`: by its [`search::Generation`], the original of a document by
//!   the document, the place of a mark by its letter.
//! - **Frames never queue.** `app` says what is urgent ([`app::App::redraw_priority`]), [`runtime::frame_scheduler`] when a frame may go and
//!   what of it may wait, [`terminal::flow_control`] how fast the line is by the terminal's answers, [`terminal::encoder`]
//!   how a frame is written in the fewest bytes. No answer is waited for but when the terminal is given back, and widgets
//!   know nothing of it.
//! - **Nothing of a document drives the terminal.** [`text::sanitize`] is applied where bytes become text.
//! - **What can be rebuilt rebuilds itself.** The catalogue is the truth about documents, the index is derived from it.
//! - **What a person made is never lost.** The notebook is never deleted or made anew, and points into documents by
//!   [`document::Locator`], never by key.

pub mod app;
pub mod clean;
pub mod cli;
pub mod command;
pub mod config;
pub mod document;
pub mod dossier;
pub mod extract;
pub mod genre;
pub mod index;
pub mod layout;
pub mod library;
pub mod locale;
pub mod notebook;
pub mod request;
pub mod runtime;
pub mod search;
pub mod subcommands;
pub mod terminal;
pub mod text;
pub mod ui;
