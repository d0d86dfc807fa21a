//! `lutrin search`: the documents that answer a query, each with its matches counted in its own text and its best passage.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::output::json;
use super::output::json::{Best, FacetsObject, Found, HitObject, IndexObject, PlaceObject, Said, Understood};
use super::saved_searches;
use super::saved_searches::News;
use super::shelf::{self, Shelf};
use super::{DONE, Desk, Failure, NOTHING, labelled, list, shown, whereabouts};
use crate::document::{Document, DocumentKey, Summary, place_names, section_at};
use crate::dossier::DossierError;
use crate::library::LibraryError;
use crate::locale::{Catalogue, Message};
use crate::search::Sort;
use crate::search::{self, Cancel, Complaint, Duplicate, Hit, LastWord, Query, Spelling};
use crate::text::{TextRange, TextSize};

/// The longest passage that is shown, in bytes.
const PASSAGE_BYTES: usize = 240;
/// Hits told to a person who gave no limit; scripts are told all.
const FEW: usize = 20;

/// What was asked.
pub(super) struct Asked<'a> {
    pub(super) query: &'a str,
    pub(super) paths: &'a [PathBuf],
    pub(super) limit: Option<usize>,
    pub(super) sort: Option<Sort>,
    pub(super) spelling: Spelling,
    /// The name it is kept under.
    pub(super) save: Option<&'a str>,
    /// Of a saved search, what it had found before.
    pub(super) news: Option<&'a News>,
}

impl Asked<'_> {
    /// Whether only what is new in a saved search is told.
    fn only_new(&self) -> bool {
        self.news.is_some_and(|news| news.only)
    }
}

/// One document that answers.
struct Answer {
    summary: Summary,
    document: Arc<Document>,
    score: f32,
    matches: Vec<TextRange>,
    /// Of a saved search, whether it is new.
    new: Option<bool>,
}

/// All that was found: how much there is, and the part that is told.
struct Outcome {
    total: usize,
    matches: usize,
    /// Of a saved search, how many documents are new.
    new: usize,
    told: Vec<Answer>,
    /// Every document that answers, and whether it was told or need not be.
    found: Vec<(DocumentKey, bool)>,
    /// Of what each document told is a duplicate, among those told.
    duplicates: Vec<Option<Duplicate>>,
}

pub(super) fn answer(desk: &mut Desk, asked: &Asked, json: bool) -> Result<u8, Failure> {
    let shelf = shelf::open(desk, asked.paths)?;
    let (query, mut complaints) = search::parse(asked.query, LastWord::Whole);
    let (aliases, amiss) = shelf.aliases(desk)?;
    complaints.extend(amiss);
    let query = shelf.widened(&aliases, query, &asked.spelling)?;
    let limit = asked.limit.unwrap_or(if json { usize::MAX } else { FEW });
    let outcome = look(&shelf, &query, asked, limit)?;
    let advice = if outcome.total == 0 && !asked.only_new() {
        explain_zero(desk.catalogue, &shelf, &query)?
    } else {
        Vec::new()
    };
    if json {
        write_json(desk, &shelf, asked.query, &query, (&complaints, &advice), &outcome)?;
    } else {
        write_plain(desk, &query, &complaints, &outcome)?;
        tell_total(desk, &shelf, asked, (&query, &outcome))?;
        for (_, message) in &advice {
            desk.tell(message)?;
        }
        if outcome.total == 0 && !shelf.has_failed() && !asked.only_new() {
            tell_how_fresh(desk, &shelf)?;
        }
    }
    remember(desk, &shelf, asked, &outcome)?;
    Ok(shelf.status(if outcome.total > 0 { DONE } else { NOTHING }))
}

/// What is to be kept of a search that was told: the search itself, or that its news are known now.
fn remember(desk: &mut Desk, shelf: &Shelf, asked: &Asked, outcome: &Outcome) -> Result<(), Failure> {
    if let Some(name) = asked.save {
        let found = outcome.found.iter().map(|(key, _)| *key).collect();
        saved_searches::keep(desk, shelf, (name, asked), found)?;
    }
    match asked.news {
        Some(news) => {
            let told: Vec<DocumentKey> = outcome.found.iter().filter(|(_, told)| *told).map(|(key, _)| *key).collect();
            news.told(shelf, &told)
        }
        None => Ok(()),
    }
}

/// Looks every hit's matches up in its text; only as many documents are kept as are told.
fn look(shelf: &Shelf, query: &Query, asked: &Asked, limit: usize) -> Result<Outcome, Failure> {
    let mut outcome =
        Outcome { total: 0, matches: 0, new: 0, told: Vec::new(), found: Vec::new(), duplicates: Vec::new() };
    let hits = ordered(shelf, query, asked.sort)?;
    let keys: Vec<DocumentKey> = hits.iter().map(|hit| hit.document).collect();
    let news = asked.news.map(|news| Ok::<_, Failure>((news.among(shelf, &keys)?, news.only))).transpose()?;
    for hit in hits {
        let new = news.as_ref().map(|(new, _)| new.contains(&hit.document));
        if new == Some(false) && news.as_ref().is_some_and(|(_, only)| *only) {
            continue;
        }
        let document = match shelf.library.document(hit.document) {
            Ok(document) => document,
            Err(LibraryError::Gone) => continue,
            Err(error) => return Err(error.into()),
        };
        let Some(summary) = shelf.library.summaries(&[hit.document])?.pop() else { continue };
        let matches = search::find(query, &document);
        outcome.total += 1;
        outcome.matches += matches.len();
        outcome.new += usize::from(new == Some(true));
        // What is new is not kept from a person who gave no limit.
        let told = outcome.told.len() < limit || asked.limit.is_none() && new == Some(true);
        outcome.found.push((hit.document, told || new == Some(false)));
        if told {
            outcome.told.push(Answer { summary, document, score: hit.score, matches, new });
        }
    }
    let told: Vec<DocumentKey> = outcome.told.iter().map(|answer| answer.summary.key).collect();
    outcome.duplicates = search::duplicates(&shelf.index.fingerprints(&told).map_err(DossierError::from)?);
    Ok(outcome)
}

/// For each document told, the first of its group, when there is one.
fn groups(outcome: &Outcome) -> Vec<Option<&Summary>> {
    let firsts: HashSet<usize> = outcome.duplicates.iter().flatten().map(|duplicate| duplicate.of).collect();
    let first = |(at, duplicate): (usize, &Option<Duplicate>)| duplicate.map_or(at, |duplicate| duplicate.of);
    let firsts_of_all = outcome.duplicates.iter().enumerate().map(first);
    firsts_of_all.map(|first| firsts.contains(&first).then(|| &outcome.told[first].summary)).collect()
}

/// What would be found with less: code and sentence of each query that finds something.
fn explain_zero(catalogue: &Catalogue, shelf: &Shelf, query: &Query) -> Result<Vec<(&'static str, Message)>, Failure> {
    let mut advice = Vec::new();
    for (relaxation, text, query) in search::relaxed(query) {
        let documents = ordered(shelf, &query, None)?.len();
        if documents > 0 {
            let code = relaxation.code();
            advice.push((code, catalogue.zero_advice(code, &shown(&text), documents)));
        }
    }
    Ok(advice)
}

/// The hits in scope, in the order asked for.
fn ordered(shelf: &Shelf, query: &Query, sort: Option<Sort>) -> Result<Vec<Hit>, Failure> {
    let hits = shelf.index.search(query, &Cancel::never()).map_err(DossierError::from)?.unwrap_or_default();
    match sort {
        None | Some(Sort::Relevance) => {
            let keys = shelf.library.keys(&shelf.scope, crate::library::Order::Path)?;
            let places: HashMap<DocumentKey, usize> = keys.into_iter().zip(0..).collect();
            let mut inside: Vec<Hit> = hits.into_iter().filter(|hit| places.contains_key(&hit.document)).collect();
            // Equal hits come by path, which unlike their keys does not tell what was indexed first.
            inside.sort_by(|a, b| {
                b.score.total_cmp(&a.score).then_with(|| places[&a.document].cmp(&places[&b.document]))
            });
            Ok(inside)
        }
        sort => {
            let mut by_key: HashMap<DocumentKey, Hit> = hits.into_iter().map(|hit| (hit.document, hit)).collect();
            let keys = shelf.library.keys(&shelf.scope, list::order(sort))?;
            Ok(keys.iter().filter_map(|key| by_key.remove(key)).collect())
        }
    }
}

fn write_json(
    desk: &mut Desk,
    shelf: &Shelf,
    source: &str,
    query: &Query,
    (complaints, advice): (&[Complaint], &[(&'static str, Message)]),
    outcome: &Outcome,
) -> Result<(), Failure> {
    let catalogue = desk.catalogue;
    let advice = advice.iter().map(|(code, message)| Said::new(code, catalogue.say(message)));
    let status = shelf.library.status(&shelf.scope)?;
    let found: Vec<DocumentKey> = outcome.found.iter().map(|(key, _)| *key).collect();
    let facets = shelf.index.facets(&found, &Cancel::never()).map_err(DossierError::from)?;
    let understood = query.understood().into_iter();
    let object = Found {
        query: source,
        total: outcome.total,
        matches: outcome.matches,
        new: outcome.told.iter().any(|answer| answer.new.is_some()).then_some(outcome.new),
        understood: understood.map(Understood::of).collect(),
        hints: complaints.iter().map(|one| Said::of(catalogue, "hint", one.code, &one.detail)).chain(advice).collect(),
        hits: outcome
            .told
            .iter()
            .zip(groups(outcome))
            .map(|(answer, group)| hit(catalogue, query, answer, group))
            .collect(),
        facets: FacetsObject(facets.unwrap_or_default()),
        index: IndexObject {
            documents: status.documents,
            updated: status.updated.map(|at| at.to_string()),
            skipped: status.not_read.skipped(),
            unreadable: status.not_read.unreadable(),
            without_text: status.not_read.without_text(),
            complete: shelf.complete,
            built_in: shelf.library.is_built_in(),
        },
    };
    Ok(json::line(desk.out, &object)?)
}

fn hit<'a>(catalogue: &Catalogue, query: &Query, answer: &'a Answer, group: Option<&'a Summary>) -> HitObject<'a> {
    let summary = &answer.summary;
    HitObject {
        id: &summary.id,
        path: &summary.path,
        member: summary.member.as_deref(),
        title: &summary.title,
        genre: summary.genre.name(),
        date: summary.date.as_deref(),
        score: answer.score,
        matches: answer.matches.len(),
        new: answer.new,
        group: group.map(|first| first.id.as_str()),
        best: best(catalogue, query, answer),
    }
}

fn best(catalogue: &Catalogue, query: &Query, answer: &Answer) -> Option<Best> {
    let sections = answer.document.outline();
    let passage = search::best_passage(query, &answer.document, &answer.matches, &sections, PASSAGE_BYTES)?;
    let first = passage.highlights.first().map_or(0, |&(start, _)| start);
    let names = place_names(&sections);
    let section = section_at(&sections, passage.range.start() + TextSize::new(first));
    let (start, end) = json::ends(passage.range);
    Some(Best {
        place: section.and_then(|at| PlaceObject::of(catalogue, &sections, &names, at)),
        start,
        end,
        text: answer.document.slice(passage.range).to_owned(),
        highlights: passage.highlights,
    })
}

fn write_plain(desk: &mut Desk, query: &Query, complaints: &[Complaint], outcome: &Outcome) -> Result<(), Failure> {
    let catalogue = desk.catalogue;
    for complaint in complaints {
        let hint = Message::new(format!("hint-{}", complaint.code)).with("detail", shown(&complaint.detail));
        desk.tell(&hint)?;
    }
    let found = query.variants().map(|one| format!("{} ({})", one.form, one.documents));
    let left_out = query.unwanted_variants().map(|one| format!("-{} ({})", one.form, one.documents));
    let named: Vec<String> = found.chain(left_out).collect();
    if !named.is_empty() {
        desk.tell(&Message::new("also-spelled").with("names", shown(&named.join(", "))))?;
    }
    for (answer, duplicate) in outcome.told.iter().zip(&outcome.duplicates) {
        let title = shown(&answer.summary.title);
        let mark = duplicate.map_or_else(String::new, |duplicate| {
            let id = if duplicate.identical { "duplicate-identical" } else { "duplicate-near" };
            let first = whereabouts(&outcome.told[duplicate.of].summary);
            format!(" · {}", catalogue.say(&Message::new(id).with("document", first)))
        });
        let new = if answer.new == Some(true) { format!(" · {}", catalogue.text("row-new")) } else { String::new() };
        let count = Message::new("found-in-document").with("matches", answer.matches.len());
        let count = if query.has_words() { format!(" · {}", catalogue.say(&count)) } else { String::new() };
        let facts = format!("{title}{new}{count}{mark}");
        writeln!(desk.out, "{}", labelled(catalogue, &whereabouts(&answer.summary), &facts))?;
        if let Some(best) = best(catalogue, query, answer) {
            let words = painted(&best, desk.screen.bold).replace('\n', " ");
            let told = match &best.place {
                Some(place) => labelled(catalogue, &shown(&place.text), &words),
                None => words,
            };
            writeln!(desk.out, "    {told}")?;
        }
    }
    Ok(desk.out.flush()?)
}

/// How much was found; nothing where an error was told in its place.
fn tell_total(
    desk: &mut Desk,
    shelf: &Shelf,
    asked: &Asked,
    (query, outcome): (&Query, &Outcome),
) -> Result<(), Failure> {
    let found = match outcome.total {
        0 if shelf.has_failed() => return Ok(()),
        0 if asked.only_new() => Message::new("new-none"),
        0 => Message::new("found-none"),
        total => Message::new("documents").with("documents", total),
    };
    let mut pieces = vec![found];
    if outcome.total > 0 && query.has_words() {
        pieces.push(Message::new("found-in-document").with("matches", outcome.matches));
    }
    if outcome.new > 0 {
        pieces.push(Message::new("new-documents").with("documents", outcome.new));
    }
    let pieces: Vec<String> = pieces.iter().map(|message| desk.catalogue.say(message)).collect();
    let mut told = shelf.so_far(desk, pieces.join(" · "));
    let not_read = shelf::not_read(shelf)?.files();
    // A zero has a line of its own for it.
    if not_read > 0 && (outcome.total > 0 || asked.only_new()) {
        told += " · ";
        told += &desk.catalogue.say(&Message::new("files-not-read").with("files", not_read));
    }
    Ok(writeln!(desk.err, "{told}")?)
}

/// How far a zero can be trusted.
fn tell_how_fresh(desk: &mut Desk, shelf: &Shelf) -> Result<(), Failure> {
    let status = shelf.library.status(&shelf.scope)?;
    let updated = status.updated.map(crate::dossier::clock::local);
    let not_read = status.not_read.files() as usize;
    let said = desk.catalogue.freshness(updated.as_deref(), not_read, " · ");
    if !said.is_empty() {
        writeln!(desk.err, "{said}")?;
    }
    shelf::tell_not_read(desk, shelf, status.documents as usize)
}

/// The passage on one line, its matches in bold where that can be seen.
fn painted(best: &Best, bold: bool) -> String {
    let mut line = String::new();
    let mut at = 0;
    for &(start, end) in best.highlights.iter().filter(|_| bold) {
        let (start, end) = (start as usize, end as usize);
        line += &shown(&best.text[at..start]);
        line += "\u{1b}[1m";
        line += &shown(&best.text[start..end]);
        line += "\u{1b}[0m";
        at = end;
    }
    line + &shown(&best.text[at..])
}
