//! Reads the head of a letter: addressee, place and date, subject. The lines before the first of these are the
//! letterhead.

use super::name;
use super::shape::{Letter, LetterLine};
use super::vocabulary::{ADDRESSED, OPEN_LETTERS, SALUTATIONS, SUBJECTS};
use crate::genre::reading::wording::starts_with_any;
use crate::text::date;

/// Maximum length of a line with a date, in bytes.
const MAX_DATE_BYTES: usize = 90;
/// Maximum length of a line that states a fact, in bytes.
const MAX_FACT_BYTES: usize = 320;
/// Maximum distance of the subject behind the salutation, in lines.
const MAX_SUBJECT_DISTANCE: usize = 2;

#[derive(Default)]
pub(super) struct LetterHead {
    /// Person or office the letter is addressed to.
    pub addressee: Option<String>,
    /// Date of the letter, ISO 8601.
    pub dated: Option<String>,
    /// Town where it was written.
    pub place: Option<String>,
    pub subject: Option<String>,
    /// First line of the letterhead that can be an organisation.
    pub letterhead: Option<String>,
    /// Blocks that state facts.
    pub facts: Vec<usize>,
    /// Blocks of the letterhead.
    pub masthead: Vec<usize>,
}

pub(super) fn read_head(letter: &Letter) -> LetterHead {
    let end = letter.body.saturating_sub(usize::from(letter.salutation.is_some())).min(letter.lines.len());
    let lines = &letter.lines[..end];
    let near = letter.body..(letter.body + MAX_SUBJECT_DISTANCE).min(letter.lines.len());
    let subject_at = (0..end).chain(near).find(|&at| subject(letter.lines[at].text).is_some());
    let dated_at = lines.iter().position(|line| place_and_date(line.text).is_some());
    let dated = dated_at.and_then(|at| place_and_date(lines[at].text)).or_else(|| date_at_end(letter));
    let addressed = addressee(lines);
    let first =
        [addressed.as_ref().map(|(at, _)| *at), dated_at, subject_at].into_iter().flatten().min().unwrap_or(end);
    let mut head = LetterHead {
        subject: subject_at.and_then(|at| subject(letter.lines[at].text)).map(str::to_owned),
        addressee: addressed.map(|(_, name)| name).or_else(|| greeted(letter)),
        letterhead: lines[..first.min(end)]
            .iter()
            .map(|line| line.text.trim())
            .find(|text| name::is_organisation(text))
            .map(str::to_owned),
        ..LetterHead::default()
    };
    if let Some((place, date)) = dated {
        (head.place, head.dated) = (place, Some(date));
    }
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.text.len() <= MAX_FACT_BYTES) {
        if at < first { head.masthead.push(line.block) } else { head.facts.push(line.block) }
    }
    head.facts.extend(subject_at.filter(|at| *at >= end).map(|at| letter.lines[at].block));
    head
}

/// Returns the subject: « Objet : … », « Re: … »
fn subject(text: &str) -> Option<&str> {
    let (word, rest) = text.split_once(':')?;
    let word = word.trim().trim_end_matches('.').to_lowercase();
    let named = SUBJECTS.iter().any(|subject| subject.trim_end_matches('.') == word);
    (named && !rest.trim().is_empty() && rest.len() <= MAX_FACT_BYTES).then(|| rest.trim())
}

/// Parses a line with a date and at most a town before it: « Bruxelles, le 30 octobre 2023 ».
fn place_and_date(text: &str) -> Option<(Option<String>, String)> {
    let text = text.trim();
    let date = date::dates(text).into_iter().next().filter(|date| date.iso.len() == 10)?;
    let behind = text[date.bytes.end..].trim_matches([' ', '.', ',']);
    if text.len() > MAX_DATE_BYTES || !behind.is_empty() {
        return None;
    }
    let before = text[..date.bytes.start].trim();
    let words = before.trim_end_matches(|c: char| c.is_whitespace() || c == ',');
    let articles = [" le", " the", " den", " il", " el", " a", ", on"];
    let town =
        articles.iter().find_map(|article| words.strip_suffix(article)).unwrap_or(words).trim_end_matches([',', ' ']);
    let town = town.strip_prefix("Fait à ").or_else(|| town.strip_prefix("Done at ")).unwrap_or(town);
    let is_article = ["le", "date", "date :", "date:", "the", "den", "datum:"].contains(&town.to_lowercase().as_str());
    if town.is_empty() || is_article {
        return Some((None, date.iso));
    }
    let is_valid = town.starts_with(char::is_uppercase)
        && town.split_whitespace().count() <= 4
        && town.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | ','));
    is_valid.then(|| (Some(town.to_owned()), date.iso))
}

/// Finds the date of a letter that is dated below its signature.
fn date_at_end(letter: &Letter) -> Option<(Option<String>, String)> {
    letter.lines[letter.signature.clone()].iter().find_map(|line| place_and_date(line.text))
}

/// Finds the line with the addressee, and the name: after « À l'attention de », in the title of an open letter, or else
/// the first line that begins with an honorific.
fn addressee(lines: &[LetterLine]) -> Option<(usize, String)> {
    let stated = lines.iter().enumerate().find_map(|(at, line)| {
        starts_with_any(&line.words, ADDRESSED).then(|| {
            let same = line.text.split_once(':').map(|(_, rest)| rest.trim()).filter(|rest| !rest.is_empty());
            let next = || lines.get(at + 1).map(|next| next.text.trim());
            same.or_else(next).map(|text| (at, name::bare(text).to_owned()))
        })?
    });
    let titled = || {
        lines.iter().enumerate().find_map(|(at, line)| {
            let title = OPEN_LETTERS.iter().find(|title| line.words.starts_with(**title))?;
            let rest = line.text.get(title.len()..)?.trim();
            (rest.len() <= 160).then(|| (at, name::bare(rest).to_owned()))
        })
    };
    let honoured = || {
        let found = lines.iter().enumerate().find(|(_, line)| line.text.len() <= 200 && name::is_addressed(line.text));
        found.map(|(at, line)| (at, name::bare(line.text).to_owned()))
    };
    stated.or_else(titled).or_else(honoured).filter(|(_, name)| !name.is_empty())
}

/// Returns the name in a greeting: « President Untel » for « Dear President Untel, »; `None` for a greeting without a
/// name.
fn greeted(letter: &Letter) -> Option<String> {
    let line = &letter.lines[letter.salutation?];
    let greeting = SALUTATIONS.iter().find(|greeting| greeting.ends_with(' ') && line.words.starts_with(**greeting))?;
    let rest = line.text.trim().get(greeting.len()..)?.trim_end_matches([',', ':', '!', ' ']);
    let rest = name::bare(rest);
    let named = rest.split(' ').count() > 1 && rest.split(' ').all(|word| word.starts_with(char::is_uppercase));
    let plural = ["Sir", "Madam", "Members", "Ministers", "Colleagues"].iter().any(|word| rest.contains(word));
    (named && !plural).then(|| rest.to_owned())
}
