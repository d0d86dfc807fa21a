//! How well known things are found again: of each text a heading or a subject is known that is left out of the index, and is
//! asked for; the text is the one right answer. Lutrin against SQLite FTS5 and tantivy's defaults over the same texts, with
//! the same questions, in the same run; equal scores go by the order of the texts everywhere. It measures no time.
//!
//! The texts lie beside the project; without them there is nothing to measure, and it says so. Every second question is
//! one that ranking may have been tuned on: the others, held out, are the figures that count.
//!
//! Arguments name the engines to ask (`lutrin`, `fts5`, `tantivy`). `LUTRIN_KNOWN_ITEM` names a folder where texts and
//! questions are written for engines of other kinds.
#![expect(clippy::print_stdout, reason = "the table is what it is for")]

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use lutrin::document::{BlockKind, Document, DocumentBuilder, DocumentKey};
use lutrin::index::Index;
use lutrin::search::analysis::words;
use lutrin::search::{Cancel, LastWord, parse};
use lutrin::text::Language;
use rusqlite::Connection;
use serde_json::Value;
use tantivy::TantivyDocument;
use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{FAST, Schema, TEXT, Value as _};

/// How many questions are taken of a collection that has more.
const QUESTIONS: usize = 1000;

/// How many answers are looked at.
const DEPTH: usize = 10;

/// The seed of the choice of questions.
const SEED: u64 = 4;

/// Texts and what is asked about them.
struct Collection {
    name: &'static str,
    language: &'static str,
    texts: Vec<String>,
    questions: Vec<Question>,
}

struct Question {
    asked: String,
    /// Which text answers it.
    answer: usize,
}

/// How the words of a question are put together.
#[derive(Clone, Copy)]
enum Form {
    /// As it was typed: all of them.
    All,
    /// `a OR b OR c`.
    Any,
}

/// What is asked: a question gives the places of texts, best first.
type Ask<'e> = Box<dyn Fn(&str, Form) -> Vec<usize> + 'e>;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let collections: Vec<Collection> = [articles(&shared), questions(&shared)].into_iter().flatten().collect();
    if collections.is_empty() {
        println!("known_item: the texts do not lie beside the project, so nothing is measured");
    }
    for collection in collections {
        if let Some(folder) = std::env::var_os("LUTRIN_KNOWN_ITEM") {
            collection.write(Path::new(&folder));
        }
        println!(
            "{}: {} texts, {} questions (half of them held out)",
            collection.name,
            collection.texts.len(),
            collection.questions.len()
        );
        println!("{:<10} {:<4} {:>18} {:>18}", "", "", "MRR@10 (held out)", "recall@10");
        for (name, engine) in ENGINES {
            if wanted.is_empty() || wanted.iter().any(|wanted| wanted == name) {
                engine(&collection, &mut |ask| {
                    for (form, word) in [(Form::All, "all"), (Form::Any, "any")] {
                        println!("{name:<10} {word:<4} {}", collection.measured(ask, form));
                    }
                });
            }
        }
    }
}

type Engine = fn(&Collection, &mut dyn FnMut(&Ask<'_>));

const ENGINES: [(&str, Engine); 3] = [("lutrin", lutrin), ("fts5", fts5), ("tantivy", tantivy)];

impl Collection {
    /// The figures of one engine.
    fn measured(&self, ask: &Ask<'_>, form: Form) -> String {
        let ranks = self.questions.iter().map(|question| {
            let found = ask(&question.asked, form);
            found.iter().take(DEPTH).position(|text| *text == question.answer)
        });
        let ranks: Vec<Option<usize>> = ranks.collect();
        let held_out: Vec<Option<usize>> = ranks.iter().skip(1).step_by(2).copied().collect();
        let mut line = String::new();
        for figure in [reciprocal, recall] {
            let _ = write!(line, " {:>8.4} ({:.4})", figure(&ranks), figure(&held_out));
        }
        line
    }

    fn write(&self, folder: &Path) {
        let texts: String = self.texts.iter().map(|text| text.replace('\n', " ") + "\n").collect();
        let line = |question: &Question| format!("{}\t{}\n", question.answer, question.asked);
        let questions: String = self.questions.iter().map(line).collect();
        for (kind, content) in [("texts", texts), ("questions", questions)] {
            fs::write(folder.join(format!("{}.{kind}", self.language)), content).expect("the folder can be written to");
        }
    }
}

/// The mean of 1 by the rank of the answer, 0 where it is not found.
fn reciprocal(ranks: &[Option<usize>]) -> f64 {
    ranks.iter().flatten().map(|rank| 1.0 / (*rank as f64 + 1.0)).sum::<f64>() / ranks.len() as f64
}

/// The share of questions whose answer is found.
fn recall(ranks: &[Option<usize>]) -> f64 {
    ranks.iter().flatten().count() as f64 / ranks.len() as f64
}

/// Articles of French law and agreements; the titles that occur once are asked for.
fn articles(shared: &Path) -> Option<Collection> {
    let entries = lines(&unpacked(&shared.join("scale/shared-fr-droit-social.jsonl.gz"))?);
    let titles: Vec<String> = entries.iter().map(|entry| one_line(string(entry, "title"))).collect();
    let texts = entries.iter().map(|entry| string(entry, "text").to_owned()).collect();
    Some(Collection { name: "French articles by title", language: "fr", texts, questions: chosen(&titles) })
}

/// Written questions in Dutch; their first sentences are asked for.
fn questions(shared: &Path) -> Option<Collection> {
    let path = shared.join("corpora/jsonl/be-questions-ecrites/dekamer_2017_nl_qa.jsonl");
    let entries = lines(&fs::read_to_string(path).ok()?);
    let split = |entry| string(entry, "question").split_once("\n\n").map(|(subject, rest)| (one_line(subject), rest));
    let (subjects, texts): (Vec<String>, Vec<String>) =
        entries.iter().filter_map(split).map(|(subject, rest)| (subject, rest.trim().to_owned())).unzip();
    Some(Collection { name: "Dutch questions by subject", language: "nl", texts, questions: chosen(&subjects) })
}

/// A fixed choice of those that occur once.
fn chosen(asked: &[String]) -> Vec<Question> {
    let mut times: HashMap<&str, usize> = HashMap::new();
    for asked in asked {
        *times.entry(asked).or_default() += 1;
    }
    let once = (0..asked.len()).filter(|at| times[asked[*at].as_str()] == 1 && words(&asked[*at]).next().is_some());
    let mut once: Vec<usize> = once.collect();
    once.sort_by_key(|at| scattered(*at as u64));
    once.truncate(QUESTIONS);
    once.into_iter().map(|answer| Question { asked: asked[answer].clone(), answer }).collect()
}

/// SplitMix64: a fixed number that has nothing to do with the one given.
fn scattered(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(SEED).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// The text of a gzip file, through the system's own tool.
fn unpacked(path: &PathBuf) -> Option<String> {
    path.is_file().then_some(())?;
    let output = Command::new("gzip").arg("-dc").arg(path).output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

fn lines(source: &str) -> Vec<Value> {
    source.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

fn string<'v>(entry: &'v Value, key: &str) -> &'v str {
    entry[key].as_str().unwrap_or("")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a question in lower case, with their accents.
fn plain(asked: &str) -> Vec<String> {
    words(asked).map(|word| asked[word.range].to_lowercase()).collect()
}

fn lutrin(collection: &Collection, with: &mut dyn FnMut(&Ask<'_>)) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let index = Index::open(folder.path()).expect("an index can be made").index;
    let mut writer = index.writer().expect("it is the only writer");
    for (key, text) in (0..).zip(&collection.texts) {
        writer.add(DocumentKey(key), &document(text, collection.language)).expect("the disk takes it");
    }
    writer.commit().expect("the disk takes it");
    index.reload().expect("it was just written");
    let ask: Ask<'_> = Box::new(|asked, form| {
        let source = match form {
            Form::All => asked.to_owned(),
            Form::Any => plain(asked).join(" OR "),
        };
        let query = parse(&source, LastWord::Whole).0;
        let hits = index.search(&query, &Cancel::never()).expect("it can be read").unwrap_or_default();
        hits.iter().take(DEPTH).map(|hit| hit.document.0 as usize).collect()
    });
    with(&ask);
}

/// A document without a title.
fn document(text: &str, language: &str) -> Document {
    let mut builder = DocumentBuilder::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        builder.start(BlockKind::Paragraph, 0);
        builder.push(line, None);
    }
    let mut document = builder.finish(None);
    document.title = String::new();
    document.language = Language::new(language);
    document
}

fn fts5(collection: &Collection, with: &mut dyn FnMut(&Ask<'_>)) {
    let connection = Connection::open_in_memory().expect("SQLite is there");
    let table = "CREATE VIRTUAL TABLE texts USING fts5(text, content='', tokenize='unicode61 remove_diacritics 2');
                 BEGIN";
    connection.execute_batch(table).expect("FTS5 is there");
    let mut insert = connection.prepare("INSERT INTO texts(rowid, text) VALUES (?, ?)").expect("the table is there");
    for (key, text) in (0_i64..).zip(&collection.texts) {
        insert.execute((key, text)).expect("memory takes it");
    }
    connection.execute_batch("COMMIT").expect("memory takes it");
    let select = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY bm25(texts), rowid LIMIT 10";
    let select = std::cell::RefCell::new(connection.prepare(select).expect("the table is there"));
    let ask: Ask<'_> = Box::new(|asked, form| {
        let quoted: Vec<String> = plain(asked).iter().map(|word| format!("\"{word}\"")).collect();
        let source = quoted.join(if matches!(form, Form::All) { " AND " } else { " OR " });
        let mut select = select.borrow_mut();
        let rows = select.query_map([source], |row| row.get::<_, u32>(0)).expect("words in quotes are a query");
        rows.map(|row| row.expect("memory can be read") as usize).collect()
    });
    with(&ask);
}

fn tantivy(collection: &Collection, with: &mut dyn FnMut(&Ask<'_>)) {
    let mut builder = Schema::builder();
    let text = builder.add_text_field("text", TEXT);
    let key = builder.add_u64_field("key", FAST | tantivy::schema::STORED);
    let index = tantivy::Index::create_in_ram(builder.build());
    let mut writer = index.writer_with_num_threads(1, 256 << 20).expect("memory takes it");
    for (number, content) in (0_u64..).zip(&collection.texts) {
        writer.add_document(tantivy::doc!(text => content.as_str(), key => number)).expect("memory takes it");
    }
    writer.commit().expect("memory takes it");
    let searcher = index.reader().expect("it was just written").searcher();
    let ask: Ask<'_> = Box::new(|asked, form| {
        let mut parser = QueryParser::for_index(&index, vec![text]);
        if matches!(form, Form::All) {
            parser.set_conjunction_by_default();
        }
        let query = parser.parse_query(&plain(asked).join(" ")).expect("words are a query");
        let found = searcher.search(&query, &TopDocs::with_limit(DEPTH).order_by_score()).expect("it can be read");
        let key = |address| {
            let document: TantivyDocument = searcher.doc(address).expect("it can be read");
            document.get_first(key).and_then(|value| value.as_u64()).unwrap_or(u64::MAX) as usize
        };
        found.into_iter().map(|(_, address)| key(address)).collect()
    });
    with(&ask);
}
