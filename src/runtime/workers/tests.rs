//! The workers without their threads: replies to requests, and panics.

use super::*;
use crate::library::{Home, Scope};
use crate::search::{Generation, LastWord, Sort, Spelling};

#[test]
fn what_another_process_indexed_is_found_by_the_next_search_and_told_once() {
    let temporary = tempfile::tempdir().unwrap();
    let (home, docs) = (Home::under(&temporary.path().join("home")), temporary.path().join("docs"));
    std::fs::create_dir(&docs).unwrap();
    std::fs::write(docs.join("a.txt"), "Une lettre sur la torture.").unwrap();
    let scope = Scope::of([std::fs::canonicalize(&docs).unwrap()]);
    let index_elsewhere = || {
        let (library, index) = indexing::open(&home).unwrap();
        let (mut library, mut index) = indexing::writers(&library, &index).unwrap();
        let go_on = &mut |_| ControlFlow::Continue(());
        indexing::bring_up_to_date(&mut library, &mut index, &scope, go_on).unwrap();
    };
    index_elsewhere();
    let (library, index) = indexing::open(&home).unwrap();
    let mut reader = Dossier::new(library, index, scope.clone()).again().unwrap();
    let never = Cancel::never();
    let mut ask = |cancel: &Cancel| {
        let question = Request::Search {
            generation: Generation(0),
            source: "torture".to_owned(),
            last_word: LastWord::Whole,
            sort: Sort::Date,
            spelling: Spelling::default(),
        };
        let replies = reader.answer(&question, cancel).into_iter();
        let counts = replies.map(|reply| match reply {
            Reply::HitsFound { result, .. } => ("found", result.order.len()),
            Reply::LibraryChanged(status) => ("holds", status.documents),
            _ => ("else", 0),
        });
        counts.collect::<Vec<_>>()
    };
    assert_eq!(ask(&never), [("found", 1)]);
    std::fs::write(docs.join("b.txt"), "Un rapport sur la torture.").unwrap();
    assert_eq!(ask(&never), [("found", 1)], "nobody has read it yet");
    index_elsewhere();
    assert_eq!(ask(&never), [("found", 2), ("holds", 2)]);
    assert_eq!(ask(&never), [("found", 2)]);
    index_elsewhere();
    assert_eq!(ask(&never), [("found", 2), ("holds", 2)], "that it was looked through again is told too");
    index_elsewhere();
    let latest = Latest::default();
    latest.set(Generation(2));
    assert_eq!(ask(&latest.cancel(Generation(1))), [("holds", 2)], "also when a newer search has superseded this one");
}

#[test]
fn a_request_whose_work_panics_is_answered_with_its_failure() {
    let request = Request::FindMark('a');
    let replies = answer_or_failure(request.clone(), |_| panic!("a document of the test's"));
    assert_eq!(replies, [Reply::Failed { request: Box::new(request), message: failure() }]);
}

#[test]
fn a_worker_that_panics_says_so() {
    let (told, events) = mpsc::channel();
    let worker = spawn("worker", move |event| told.send(event).is_ok(), || panic!("a worker of the test's"));
    assert!(worker.expect("it starts").join().is_ok());
    assert_eq!(events.recv(), Ok(Reply::WorkFailed(failure())));
}

#[test]
fn of_requests_of_one_kind_only_the_newest_is_answered() {
    let search = |number| Request::List { generation: Generation(number), sort: Sort::Date };
    let rows = |number| Request::FetchRows { generation: Generation(number), keys: Vec::new(), query: None };
    let waiting = vec![search(1), rows(1), Request::CatchUp, search(2), rows(2), Request::CatchUp];
    assert_eq!(without_superseded(waiting), [rows(1), search(2), rows(2), Request::CatchUp]);
}
