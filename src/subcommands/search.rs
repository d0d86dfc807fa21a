//! `lutrin search`: the documents that answer a query, each with its matches counted in its own text and its best passage.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::output::json;
use super::output::json::{
    Best, FacetsObject, HitObject, IndexObject, PlaceObject, Said, SearchObject, UnderstoodObject,
};
use super::output::{CommandError, DONE, NOTHING, OutputContext, freshness, labelled, shown, whereabouts};
use super::output::{exit_status, has_failed, not_read};
use crate::document::{Document, DocumentKey, Summary, place_names, section_at};
use crate::dossier::{Dossier, DossierError, OpenedDossier, SearchRequest};
use crate::library::LibraryError;
use crate::locale::{Catalogue, Message};
use crate::notebook::SeenDocuments;
use crate::search::results::Hits;
use crate::search::{self, Cancel, Complaint, Duplicate, Hit, LastWord, Query, Sort, Spelling};
use crate::text::{TextRange, TextSize};

/// The longest passage that is shown, in bytes.
const PASSAGE_BYTES: usize = 240;
/// Maximum number of hits printed for people without `--limit`; scripts get all.
const FEW: usize = 20;

/// The arguments.
pub(super) struct SearchArguments<'a> {
    pub(super) query: &'a str,
    pub(super) paths: &'a [PathBuf],
    pub(super) limit: Option<usize>,
    pub(super) sort: Option<Sort>,
    pub(super) spelling: Spelling,
    /// For a saved search, the documents it had found before.
    pub(super) seen: Option<Seen<'a>>,
}

/// What a saved search had found when its hits were shown last.
#[derive(Clone, Copy)]
pub(super) struct Seen<'a> {
    pub(super) known: &'a SeenDocuments,
    /// Whether only new documents are printed.
    pub(super) only_new: bool,
}

impl SearchArguments<'_> {
    /// Whether only the new documents of a saved search are printed.
    fn only_new(&self) -> bool {
        self.seen.is_some_and(|seen| seen.only_new)
    }
}

/// A search that was printed.
pub(super) struct Printed {
    pub(super) opened: OpenedDossier,
    /// The exit status.
    pub(super) status: u8,
    /// Every document found, and whether it was printed or need not be.
    pub(super) found: Vec<(DocumentKey, bool)>,
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

/// The result: totals, and the hits to print.
struct Outcome {
    total: usize,
    matches: usize,
    /// Of a saved search, how many documents are new.
    new: usize,
    told: Vec<Answer>,
    /// Every document that is a hit, and whether it is printed or need not be.
    found: Vec<(DocumentKey, bool)>,
    /// For each printed document, the printed one that it duplicates.
    duplicates: Vec<Option<Duplicate>>,
}

/// Searches and prints the hits.
pub(super) fn answer(output: &mut OutputContext, asked: &SearchArguments, json: bool) -> Result<Printed, CommandError> {
    let mut opened = output.open(asked.paths, freshness(asked.paths))?;
    let sort = asked.sort.unwrap_or(Sort::Relevance);
    let request = SearchRequest { source: asked.query, last_word: LastWord::Whole, spelling: &asked.spelling, sort };
    let hits = opened.dossier.hits(&request, &Cancel::never())?;
    let Hits { query, complaints, hits } = hits.unwrap_or_default();
    let limit = asked.limit.unwrap_or(if json { usize::MAX } else { FEW });
    let outcome = look(&opened.dossier, (&query, &hits), asked, limit)?;
    let advice = if outcome.total == 0 && !asked.only_new() {
        explain_zero(output.catalogue, &mut opened.dossier, &query)?
    } else {
        Vec::new()
    };
    if json {
        write_json(output, &opened, asked.query, &query, (&complaints, &advice), &outcome)?;
    } else {
        write_plain(output, &query, &complaints, &outcome)?;
        report_total(output, &opened, asked, (&query, &outcome))?;
        for (_, message) in &advice {
            output.report(message)?;
        }
        if outcome.total == 0 && !has_failed(&opened) && !asked.only_new() {
            report_freshness(output, &opened)?;
        }
    }
    let status = exit_status(&opened, if outcome.total > 0 { DONE } else { NOTHING });
    Ok(Printed { opened, status, found: outcome.found })
}

/// Counts the matches of every hit; keeps only the documents to print.
fn look(
    dossier: &Dossier,
    (query, hits): (&Query, &[Hit]),
    asked: &SearchArguments,
    limit: usize,
) -> Result<Outcome, CommandError> {
    let mut outcome =
        Outcome { total: 0, matches: 0, new: 0, told: Vec::new(), found: Vec::new(), duplicates: Vec::new() };
    let keys: Vec<DocumentKey> = hits.iter().map(|hit| hit.document).collect();
    let news = asked.seen.map(|seen| dossier.new_among(seen.known, &keys)).transpose()?;
    for hit in hits {
        let new = news.as_ref().map(|new| new.contains(&hit.document));
        if new == Some(false) && asked.only_new() {
            continue;
        }
        let document = match dossier.library.document(hit.document) {
            Ok(document) => document,
            Err(LibraryError::Gone) => continue,
            Err(error) => return Err(error.into()),
        };
        let Some(summary) = dossier.library.summaries(&[hit.document])?.pop() else { continue };
        let matches = search::find(query, &document);
        outcome.total += 1;
        outcome.matches += matches.len();
        outcome.new += usize::from(new == Some(true));
        // New documents are printed even beyond the default limit.
        let told = outcome.told.len() < limit || asked.limit.is_none() && new == Some(true);
        outcome.found.push((hit.document, told || new == Some(false)));
        if told {
            outcome.told.push(Answer { summary, document, score: hit.score, matches, new });
        }
    }
    let told: Vec<DocumentKey> = outcome.told.iter().map(|answer| answer.summary.key).collect();
    outcome.duplicates = search::duplicates(&dossier.index.fingerprints(&told).map_err(DossierError::from)?);
    Ok(outcome)
}

/// For each printed document, the first document of its group, if it has one.
fn groups(outcome: &Outcome) -> Vec<Option<&Summary>> {
    let firsts: HashSet<usize> = outcome.duplicates.iter().flatten().map(|duplicate| duplicate.of).collect();
    let first = |(at, duplicate): (usize, &Option<Duplicate>)| duplicate.map_or(at, |duplicate| duplicate.of);
    let firsts_of_all = outcome.duplicates.iter().enumerate().map(first);
    firsts_of_all.map(|first| firsts.contains(&first).then(|| &outcome.told[first].summary)).collect()
}

/// What less strict queries find: the code and the sentence of each that finds something.
fn explain_zero(
    catalogue: &Catalogue,
    dossier: &mut Dossier,
    query: &Query,
) -> Result<Vec<(&'static str, Message)>, CommandError> {
    let advice = dossier.relaxed_hits(query, &Cancel::never())?.into_iter().map(|one| {
        let code = one.relaxation.code();
        (code, catalogue.zero_advice(code, &shown(&one.text), one.documents))
    });
    Ok(advice.collect())
}

fn write_json(
    output: &mut OutputContext,
    opened: &OpenedDossier,
    source: &str,
    query: &Query,
    (complaints, advice): (&[Complaint], &[(&'static str, Message)]),
    outcome: &Outcome,
) -> Result<(), CommandError> {
    let catalogue = output.catalogue;
    let advice = advice.iter().map(|(code, message)| Said::new(code, catalogue.say(message)));
    let status = opened.dossier.library.status(&opened.dossier.scope)?;
    let found: Vec<DocumentKey> = outcome.found.iter().map(|(key, _)| *key).collect();
    let facets = opened.dossier.index.facets(&found, &Cancel::never()).map_err(DossierError::from)?;
    let understood = query.understood().into_iter();
    let object = SearchObject {
        query: source,
        total: outcome.total,
        matches: outcome.matches,
        new: outcome.told.iter().any(|answer| answer.new.is_some()).then_some(outcome.new),
        understood: understood.map(UnderstoodObject::of).collect(),
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
            complete: opened.complete,
            built_in: opened.dossier.library.is_built_in(),
        },
    };
    Ok(json::line(output.out, &object)?)
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

fn write_plain(
    output: &mut OutputContext,
    query: &Query,
    complaints: &[Complaint],
    outcome: &Outcome,
) -> Result<(), CommandError> {
    let catalogue = output.catalogue;
    for complaint in complaints {
        let hint = Message::new(format!("hint-{}", complaint.code)).with("detail", shown(&complaint.detail));
        output.report(&hint)?;
    }
    let found = query.variants().map(|one| format!("{} ({})", one.form, one.documents));
    let left_out = query.unwanted_variants().map(|one| format!("-{} ({})", one.form, one.documents));
    let named: Vec<String> = found.chain(left_out).collect();
    if !named.is_empty() {
        output.report(&Message::new("also-spelled").with("names", shown(&named.join(", "))))?;
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
        writeln!(output.out, "{}", labelled(catalogue, &whereabouts(&answer.summary), &facts))?;
        if let Some(best) = best(catalogue, query, answer) {
            let words = painted(&best, output.screen.bold).replace('\n', " ");
            let told = match &best.place {
                Some(place) => labelled(catalogue, &shown(&place.text), &words),
                None => words,
            };
            writeln!(output.out, "    {told}")?;
        }
    }
    Ok(output.out.flush()?)
}

/// Reports the totals; nothing if an error was reported instead.
fn report_total(
    output: &mut OutputContext,
    opened: &OpenedDossier,
    asked: &SearchArguments,
    (query, outcome): (&Query, &Outcome),
) -> Result<(), CommandError> {
    let found = match outcome.total {
        0 if has_failed(opened) => return Ok(()),
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
    let pieces: Vec<String> = pieces.iter().map(|message| output.catalogue.say(message)).collect();
    let mut told = output.so_far(opened, pieces.join(" · "));
    let not_read = not_read(opened)?.files();
    // A zero has a line of its own for it.
    if not_read > 0 && (outcome.total > 0 || asked.only_new()) {
        told += " · ";
        told += &output.catalogue.say(&Message::new("files-not-read").with("files", not_read));
    }
    Ok(writeln!(output.err, "{told}")?)
}

/// How far a zero can be trusted.
fn report_freshness(output: &mut OutputContext, opened: &OpenedDossier) -> Result<(), CommandError> {
    let status = opened.dossier.library.status(&opened.dossier.scope)?;
    let updated = status.updated.map(crate::dossier::clock::local);
    let not_read = status.not_read.files() as usize;
    let said = output.catalogue.freshness(updated.as_deref(), not_read, " · ");
    if !said.is_empty() {
        writeln!(output.err, "{said}")?;
    }
    output.report_not_read(opened, status.documents as usize)
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
