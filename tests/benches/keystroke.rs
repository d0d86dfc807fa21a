//! What a key costs while a query is typed, over 100,000 documents of about 3 KB: from the query's text to the order of
//! the documents, their number and the first rows with passages and match counts, as the reader does it. Beside it, on the
//! same texts, SQLite's FTS5 and tantivy's regular expressions, which are asked for twenty rows by rank and the number
//! only. Percentiles count, so this is a program of its own and not one of divan's.
//!
//! `cargo bench --bench keystroke -- [--documents N] [--folder DIR] [--alone]`: another number of documents, a folder in
//! which texts and indexes are kept for the next time, Lutrin without the others.

#[path = "keystroke/clock.rs"]
mod clock;
#[path = "keystroke/others.rs"]
mod others;
#[path = "keystroke/queries.rs"]
mod queries;
#[path = "keystroke/texts.rs"]
mod texts;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clock::Clock;
use lutrin::dossier::indexing;
use lutrin::dossier::{Dossier, SearchRequest};
use lutrin::index::Selection;
use lutrin::library::{Home, Scope};
use lutrin::search::{Cancel, LastWord, Sort, Spelling, parse};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| arguments.iter().position(|one| one == name).and_then(|at| arguments.get(at + 1));
    let documents = value("--documents").map_or(100_000, |number| number.parse().expect("a number of documents"));
    let temporary = tempfile::tempdir().expect("a temporary folder can be made");
    let folder = value("--folder").map_or_else(|| temporary.path().to_owned(), PathBuf::from);
    let home = Home::under(&folder.join("home"));
    make(&home, &folder.join("texts"), documents);
    let keys = queries::keystrokes();
    say(&format!("{documents} documents, {} keystrokes of {} queries", keys.len(), queries::QUERIES.len()));
    let whole = whole(&home, &keys);
    let (alone, counts) = index_alone(&home, &keys);
    report("query to order, number and rows", &whole, &keys);
    report("the index's part", &alone, &keys);
    if arguments.iter().any(|one| one == "--alone") {
        return;
    }
    let regex = others::regular_expressions(&home.index(), &keys);
    report("tantivy, regular expressions", &regex, &keys);
    let sqlite = others::sqlite(&folder.join("fts5.sqlite"), &folder.join("texts"), &keys);
    report("SQLite FTS5, prefix='1 2 3'", &sqlite, &keys);
    say(&format!("{} hits in all", counts.iter().sum::<usize>()));
    for (name, other) in [("regular expressions", &regex), ("FTS5", &sqlite)] {
        let ratio = |at| percentile(other, at).as_secs_f64() / percentile(&alone, at).as_secs_f64();
        say(&format!("{name} / the index's part: p50 {:.1}, p99 {:.1}", ratio(500), ratio(990)));
    }
}

/// Reads the texts into a library, as opening their folder does; what is there from the last time is only looked over.
fn make(home: &Home, folder: &Path, documents: usize) {
    let bytes = if folder.exists() { 0 } else { texts::write(folder, documents) };
    let started = Instant::now();
    let (library, index) = indexing::open(home).expect("the library can be made");
    let (mut writer, mut words) = indexing::writers(&library, &index).expect("nobody else writes");
    let scope = Scope::of([std::fs::canonicalize(folder).expect("the texts were written")]);
    let mut on = |_| ControlFlow::Continue(());
    indexing::bring_up_to_date(&mut writer, &mut words, &scope, &mut on).expect("the disk takes it");
    let (seconds, megabytes) = (started.elapsed().as_secs_f64(), bytes as f64 / 1e6);
    let index = size(&home.index()) as f64 / 1e6;
    say(&format!(
        "read and indexed {megabytes:.0} MB new in {seconds:.1} s ({:.1} MB/s); index {index:.0} MB",
        megabytes / seconds
    ));
}

fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).expect("it was made").flatten();
    entries.filter_map(|entry| entry.metadata().ok()).map(|metadata| metadata.len()).sum()
}

fn open(home: &Home) -> Dossier {
    let (library, index) = indexing::open(home).expect("the library is there");
    let mut dossier = Dossier::new(library, index, Scope::everything());
    let started = Clock::now();
    dossier.list(Sort::Relevance).expect("the catalogue can be read");
    let listed = started.elapsed();
    // As the reader does on another thread while the list is looked at.
    dossier.index.prepare().expect("the index can be read");
    let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
    let (listed, prepared) = (milliseconds(listed), milliseconds(started.elapsed()) - milliseconds(listed));
    say(&format!("listed in {listed:.1} ms, the index made ready in {prepared:.1} ms"));
    dossier
}

/// Each key as the reader answers it.
fn whole(home: &Home, keys: &[String]) -> Vec<Duration> {
    let mut dossier = open(home);
    let mut answer = |key: &String| {
        let started = Clock::now();
        let spelling = Spelling::default();
        let request =
            SearchRequest { source: key, last_word: LastWord::Prefix, spelling: &spelling, sort: Sort::Relevance };
        let result = dossier.search(&request, &Cancel::never());
        let taken = started.elapsed();
        assert!(matches!(result, Ok(Some(_))), "{key} has an answer");
        taken
    };
    keys.iter().map(&mut answer).collect()
}

/// Each key as the index answers it, and how many documents it finds.
fn index_alone(home: &Home, keys: &[String]) -> (Vec<Duration>, Vec<usize>) {
    let dossier = open(home);
    let answer = |key: &String| {
        let started = Clock::now();
        let query = parse(key, LastWord::Prefix).0;
        let query = dossier.index.with_variants(query, &Spelling::default(), &Selection::everything());
        let query = query.expect("the index can be read");
        let hits = dossier.index.search(&query, &Cancel::never()).expect("the index can be read");
        (started.elapsed(), hits.map_or(0, |hits| hits.len()))
    };
    keys.iter().map(answer).unzip()
}

/// The time that so many of a thousand keys do not take longer than.
fn percentile(times: &[Duration], of_a_thousand: usize) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    sorted[(sorted.len() - 1) * of_a_thousand / 1000]
}

fn report(name: &str, times: &[Duration], keys: &[String]) {
    let milliseconds = |at| percentile(times, at).as_secs_f64() * 1e3;
    let mut slowest: Vec<(&Duration, &String)> = times.iter().zip(keys).collect();
    slowest.sort_unstable_by(|a, b| b.cmp(a));
    let slowest = slowest.iter().take(12).map(|(time, key)| format!("{key} ({:.1})", time.as_secs_f64() * 1e3));
    say(&format!(
        "{name}: p50 {:.2}, p99 {:.2}, max {:.2} ms; slowest: {}",
        milliseconds(500),
        milliseconds(990),
        milliseconds(1000),
        slowest.collect::<Vec<_>>().join("; ")
    ));
}

#[expect(clippy::print_stdout, reason = "a benchmark's answer")]
fn say(line: &str) {
    println!("{line}");
}
