//! Splits the record of a sitting into question and answer by speaker: « M. le président. La parole est à … », « Mme
//! Unetelle. … », « M. Untel, ministre de … ». Only the first turns of the author and of the minister are located;
//! `debate` parses turns in general.

use std::ops::Range;

use crate::genre::reading::lines::{FoldedLine, fold};

/// Offices of members of a government, folded.
const OFFICES: [&str; 5] =
    ["ministre", "secretaire d'etat", "garde des sceaux", "haut-commissaire", "haut commissaire"];

/// Returns the question, from the author's first turn, and the answer, from the minister's first turn.
pub(super) fn question_and_answer(
    lines: &[FoldedLine],
    record: Range<usize>,
    author: Option<&str>,
) -> Option<(Range<usize>, Range<usize>)> {
    let speakers: Vec<(usize, String)> =
        record.clone().filter_map(|at| speaker(&lines[at]).map(|speaker| (at, speaker))).collect();
    let surname = author.and_then(|author| author.rsplit(' ').next()).map(fold);
    let asks = |speaker: &str| match &surname {
        Some(surname) => speaker.contains(surname.as_str()),
        None => !is_chair(speaker),
    };
    let asked = speakers.iter().position(|(_, speaker)| asks(speaker) && !is_chair(speaker))?;
    let later = &speakers[asked + 1..];
    let answered = asked + 1 + later.iter().position(|(_, speaker)| is_minister(speaker))?;
    // The chair's turn that calls the minister is part of neither.
    let called = speakers[answered - 1].clone();
    let asked_until = if is_chair(&called.1) { called.0 } else { speakers[answered].0 };
    Some((speakers[asked].0..asked_until, speakers[answered].0..record.end))
}

/// Returns the folded name of the speaker if a line opens a turn.
fn speaker(line: &FoldedLine) -> Option<String> {
    let courtesy = ["m. ", "mme ", "mlle ", "mm. ", "m "].iter().find(|word| line.folded().starts_with(**word))?;
    let rest = &line.folded()[courtesy.len()..];
    let stop = rest.find(". ").or_else(|| rest.ends_with('.').then(|| rest.len() - 1))?;
    let name = &rest[..stop];
    (name.len() <= 240 && !name.contains([';', '?', '!', ':'])).then(|| name.to_owned())
}

fn is_chair(speaker: &str) -> bool {
    ["le president", "la presidente", "la president"].contains(&speaker)
}

fn is_minister(speaker: &str) -> bool {
    OFFICES.iter().any(|office| speaker.contains(office))
}
