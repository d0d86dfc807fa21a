//! The same keys answered by others: twenty rows by rank and the number, without passages. They know no accents but what
//! their own folding gives, no stems and no operators here: each query is its words, the last one the beginning of one.

use std::fs;
use std::path::Path;
use std::time::Duration;

use super::clock::Clock;
use lutrin::search::analysis::words;
use rusqlite::Connection;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Occur, Query, RegexQuery};

const ROWS: usize = 20;

fn folded(key: &str) -> Vec<String> {
    words(key).map(|word| word.folded.into_owned()).collect()
}

/// Every word a regular expression over the dictionary of Lutrin's own index, in which a sign stands behind each word.
pub(crate) fn regular_expressions(index: &Path, keys: &[String]) -> Vec<Duration> {
    let index = tantivy::Index::open_in_dir(index).expect("it was made");
    let body = index.schema().get_field("body").expect("it is one of its fields");
    let searcher = index.reader().expect("it can be read").searcher();
    let query = |key: &str| {
        let words = folded(key);
        let last = words.len().saturating_sub(1);
        let regex = |(at, word): (usize, &String)| {
            let pattern = if at == last { format!("{word}.*") } else { format!("{word}[\u{1}\u{2}].*") };
            let query = RegexQuery::from_pattern(&pattern, body).expect("words are letters and digits");
            (Occur::Must, Box::new(query) as Box<dyn Query>)
        };
        BooleanQuery::new(words.iter().enumerate().map(regex).collect())
    };
    let answer = |key: &String| {
        let started = Clock::now();
        let wanted = (TopDocs::with_limit(ROWS).order_by_score(), Count);
        let _ = searcher.search(&query(key), &wanted).expect("it can be read");
        started.elapsed()
    };
    keys.iter().map(answer).collect()
}

/// SQLite's FTS5 with prefix indexes of one to three letters, in a file of its own.
pub(crate) fn sqlite(path: &Path, texts: &Path, keys: &[String]) -> Vec<Duration> {
    let is_made = path.exists();
    let connection = Connection::open(path).expect("a database can be made");
    if !is_made {
        fill(&connection, texts).expect("the disk has room");
    }
    let mut rows = connection
        .prepare("SELECT rowid FROM texts WHERE texts MATCH ?1 ORDER BY rank LIMIT 20")
        .expect("the table is there");
    let mut number = connection.prepare("SELECT count(*) FROM texts WHERE texts MATCH ?1").expect("the table is there");
    let mut answer = |key: &String| {
        let started = Clock::now();
        let words: Vec<String> = folded(key).into_iter().map(|word| format!("\"{word}\"")).collect();
        if !words.is_empty() {
            let query = format!("{}*", words.join(" "));
            let rows = rows.query_map([&query], |row| row.get::<_, i64>(0)).expect("it is a query");
            assert!(rows.count() <= ROWS);
            number.query_row([&query], |row| row.get::<_, i64>(0)).expect("it is a query");
        }
        started.elapsed()
    };
    keys.iter().map(&mut answer).collect()
}

fn fill(connection: &Connection, texts: &Path) -> rusqlite::Result<()> {
    connection.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
         CREATE VIRTUAL TABLE texts USING fts5(body, content='', prefix='1 2 3',
             tokenize='unicode61 remove_diacritics 2');
         BEGIN;",
    )?;
    let mut insert = connection.prepare("INSERT INTO texts (body) VALUES (?1)")?;
    for folder in fs::read_dir(texts).expect("they were written").flatten() {
        for text in fs::read_dir(folder.path()).expect("they were written").flatten() {
            insert.execute([fs::read_to_string(text.path()).expect("it was written")])?;
        }
    }
    connection.execute_batch("COMMIT; INSERT INTO texts (texts) VALUES ('optimize');")
}
