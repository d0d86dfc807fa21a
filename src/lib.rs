//! Lutrin, a terminal reader for dossiers of official documents.
//!
//! This header is the architecture document; `tests/tidy` verifies it.
//!
//! # The pipeline
//!
//! ```text
//! files ─library─▶ bytes ─extract─▶ raw text, lines, marks ─clean─▶ text + SourceMap ─genre─▶ Document ─▶ index
//!                                                                                      │ Arc           │ hits
//!                                                                                      ▼               ▼
//! terminal bytes ─▶ Event ─▶ update(&mut App, Event) ─▶ Request ─▶ Dossier::answer ─▶ Reply ─▶ update …
//!                                              │
//!                   Layout(Document, width)    render(&App, …, &mut Buffer) ─▶ encoder ─▶ terminal
//! ```
//!
//! # Layers
//!
//! A folder uses only folders listed above it. ○ is pure: no file, clock, thread or network. ● may have side effects.
//!
//! | layer | | content |
//! |---|---|---|
//! | [`text`] | ○ | measuring and addressing strings: offsets, grapheme clusters, breaks, folding, sanitising |
//! | [`document`] | ○ | the model: one flat text with stand-off structure |
//! | [`command`] | ○ | the reader's commands and their keys |
//! | [`locale`] | ○ | every sentence shown to people, in English and French |
//! | [`extract`] | ○ | bytes of a file → raw documents |
//! | [`clean`] | ○ | raw lines → running text, with a map back to the source |
//! | [`genre`] | ○ | recognises the kind of an official document, and its parts |
//! | [`layout`] | ○ | a document and a width → lines that keep source offsets |
//! | [`search`] | ○ | the vocabulary of search, without an engine; values have the names that the locale gives them |
//! | [`config`] | ○ | TOML → settings, keymap and themes |
//! | [`request`] | ○ | requests of the reader to a dossier, and replies, as plain values |
//! | [`app`] | ○ | the state machine: `update(&mut App, Event) -> Effects` |
//! | [`library`] | ● | the document store: roots, scan, catalogue, documents by key |
//! | [`index`] | ● | the full-text index; the only layer that uses tantivy |
//! | [`notebook`] | ● | a person's own data: marks, last places, saved searches, interrupted sessions |
//! | [`dossier`] | ● | the one use case: opens paths, answers requests, searches |
//! | [`ui`] | ○ | draws; the only place with ratatui widgets |
//! | [`terminal`] | ● | bytes to and from a terminal: input, encoder, emulator, output, recording, flow control, guard |
//! | [`cli`] | ○ | command line → [`cli::Invocation`] |
//! | [`subcommands`] | ● | the command line's answers: `index`, `list`, `search`, `show`, `library`, `doctor` |
//! | [`runtime`] | ● | the imperative shell: start, event loop, workers |
//!
//! # Invariants
//!
//! - **One coordinate.** Every pointer into a document is a [`text::TextRange`] or [`text::TextSize`] over
//!   [`document::Document::text`]: blocks, matches, links, marks, places. Nothing maps tree paths or screen rows to positions.
//! - **The core is pure.** `app::update` has no IO, clock or thread; it returns [`app::Effects`], and their outcomes return
//!   as events. `update` recognises late replies: by their [`search::Generation`], the original of a document by the
//!   document, the place of a mark by its letter.
//! - **One use case.** The screen, subcommands, batches, saved searches and "more like this" search by
//!   [`dossier::Dossier::search`] or [`dossier::Dossier::hits`], so the same search has the same counts everywhere. The
//!   worker threads and the tests answer requests by [`dossier::Dossier::answer`]. Answers are counts and first rows, rows
//!   by key, facets of keys, a document by key. `app::list::DocumentList`, [`dossier`] and `subcommands::search` still hold
//!   the keys of all hits, 8 bytes each.
//! - **Components own their state.** [`app::App`] routes; a transition is a method of a component that returns its effects
//!   and requests for other panes. Only `app/mod.rs` and `app/update.rs` borrow `App` mutably.
//! - **Frames never queue.** `app` sets priorities ([`app::App::redraw_priority`]), [`runtime::frame_scheduler`] decides when
//!   a frame may be sent and which regions may wait, [`terminal::flow_control`] estimates the line's speed from the
//!   terminal's replies, [`terminal::encoder`] writes a frame in the fewest bytes. Replies are waited for only when the
//!   terminal is restored, and widgets do not depend on any of this.
//! - **Nothing of a document drives the terminal.** [`text::sanitize`] is applied where bytes become text.
//! - **What can be rebuilt rebuilds itself.** The catalogue is authoritative for documents, the index is derived from it.
//! - **What a person made is never lost.** The notebook is never deleted or recreated, and refers to places in documents by
//!   [`document::Locator`], never by key.
//!
//! # Where do I add …
//!
//! - **a format** (DOCX): a reader in `extract/` and its row in `FORMATS` of `extract/format.rs`, which finds formats by
//!   their bytes first and by the name's ending second. A reader (`FormatReader`) takes the bytes of the whole file (at
//!   most [`extract::MAX_FILE_BYTES`]) and passes each document to a sink as an [`extract::RawDocument`]; if there are
//!   several, each has a `member`, its name inside the file. The body is `RawBody::Lines`, which `clean` re-flows, or
//!   `RawBody::Marked`, a list of [`extract::RawEvent`]s with the structure that the markup gives, which `clean` keeps.
//!   `extract/leaf_writer.rs` builds marked bodies and sanitises their text; lines are sanitised by `extract/encoding.rs`.
//!   A text piece has a byte range in the decoded file, or no range: then the original shown to a person is the extracted
//!   text (`extract/original.rs`), as for compressed formats. Damage is reported in the raw document, a file without text
//!   as [`extract::ExtractError`]. A crate it needs: `Cargo.toml` and `CONFINED` of `tests/tidy/main.rs`. When existing
//!   files are read differently from now on, raise `READER` in `library/read_file.rs`.
//! - **a genre**: a folder in `genre/` with `recognise`, its row in `RECOGNISERS` of `genre/mod.rs`, a variant of
//!   [`document::Genre`] (`document/model.rs`), its name in both `assets/locales`.
//! - **a command**: a row of the table in `command/mod.rs`, an arm in `app/update.rs`, its sentence in both
//!   `assets/locales`. Help, the manual and KEYS follow from the table.
//! - **an overlay** (tags): a command, a variant of `Overlay` in `app/overlay/mod.rs` with its data in a file beside it, its
//!   drawing in `ui/overlay.rs`, its sentences in both `assets/locales`. If it shows data of the store, the command returns a
//!   [`request::Request`] (see "an effect"), and the arm of its reply in `app/update.rs` passes the data to the component
//!   that owns it, also when the overlay is closed by then. `app::SavedSearches`, its overlay and
//!   `dossier/saved_searches.rs` are an example with data of the notebook.
//! - **data that a person makes** (tags): a table in a new step of `STEPS` in `notebook/file.rs` (steps are never edited),
//!   its functions in a file of `notebook/`, which refers to documents by `DocumentRef` and to places by
//!   [`document::Locator`]; a use case in `dossier/`.
//! - **a metadata key**: a variant of [`document::Key`] (`document/metadata.rs`, appended: it is stored by number), its
//!   label in both `assets/locales`, where a genre or reader sets it. To filter by it, a variant of `Field` in
//!   `search/query/field.rs` with its names and `Field::values`, from which both the index and [`search::is_hit`] follow; to
//!   count it, `search/facets.rs`. What is stored must then be made again: raise `SCHEMA` in `library/catalogue.rs` for a
//!   changed document (the test of `tests/fixtures` fails until then), `NUMBER` in `index/schema.rs` for changed index
//!   contents.
//! - **an effect**: of the store, a variant of [`request::Request`], its reply in [`request::Reply`] and an arm in
//!   `dossier/answer.rs`; it runs on the default worker unless `runtime/workers` names another lane. Of the terminal, a
//!   variant of [`app::Effect`] and an arm in `runtime/event_loop.rs`.
//! - **a sentence**: a message in both `assets/locales`, used by its id with [`locale::Message`].
//! - **a search engine**: a layer beside [`index`] (listed before [`dossier`]). There is no trait yet, because there is one
//!   engine; the second one's first commit makes it from the functions that `dossier` calls: `search` (a query → all
//!   keys with scores), `facets` (of some keys), `documents_with` (a word → number of documents), `with_variants` (adds the
//!   spellings that the index contains), and `writer` with `add`, `delete`, `commit`. It must find what
//!   [`search::is_hit`] finds in every document: `tests/oracle.rs` compares them on random documents and queries. Scores
//!   decide only the order; equal scores are ordered by path. `dossier/search.rs` is the only caller that searches,
//!   `dossier/open.rs` chooses the engine, `dossier/indexing` fills it and compares its number of documents with the
//!   catalogue, which is how a stale index is noticed and rebuilt.
//!
//! # Three walks
//!
//! - **A key press**: `terminal/input/reader.rs` (thread) → `terminal/input/decoder` → `runtime/keys.rs` →
//!   `runtime/event_loop.rs` → `app/update.rs` → a component in `app/` → `app/action.rs` → back in the loop:
//!   `runtime/workers` or the terminal → `runtime/frame_scheduler.rs` → `ui/mod.rs` → `terminal/output/backend.rs` →
//!   `terminal/encoder`.
//! - **A file's bytes**: `library/walk.rs` → `dossier/indexing` (threads) → `library/read_file.rs` → `library/documents.rs` →
//!   `extract/format.rs` and its reader → `clean/mod.rs` → `genre/mod.rs` → `library/writer.rs` → `index/writer.rs`.
//! - **A query's text**: `app/search/prompt.rs` → [`request::Request::Search`] → `dossier/answer.rs` → `dossier/search.rs` →
//!   `search/query/parser` → `dossier/aliases.rs` → `index/mod.rs` (`index/query`, `index/ranking`) → back in
//!   `dossier/search.rs`: order, duplicates, rows with `search/matching` → [`request::Reply::HitsFound`] →
//!   `app/search/dossier_search.rs` → `ui/list.rs`, `ui/reader.rs`.

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
