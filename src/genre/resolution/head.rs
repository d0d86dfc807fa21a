//! Reads the head of a resolution: its title, its numbers, the date it was adopted or tabled. A date counts only if
//! nothing but the name of the body is between it and the word « résolution » or « adoptée »; every other date in a
//! title belongs to its subject.

use super::vocabulary::{AdoptingBody, BEFORE_DATE, BODIES, NAMES};
use crate::document::Document;
use crate::genre::reading::identifier;
use crate::genre::reading::wording::{beginning, plain, running, starts_with_any};
use crate::text::TextSize;
use crate::text::date;

/// Number of leaves at the start that may name the kind and contain the title.
pub(super) const HEAD_LEAVES: usize = 80;
/// Number of bytes of a line of the head that are examined.
const LINE_WINDOW: usize = 600;
/// Number of lines before the body of the resolution that are searched for its title first.
const NEAR_LINES: usize = 8;

#[derive(Default)]
pub(super) struct ResolutionHead {
    pub title: Option<String>,
    /// Number of its procedure, otherwise of the text.
    pub number: Option<String>,
    /// Date of adoption, ISO 8601.
    pub adopted_on: Option<String>,
    /// Date of a motion, ISO 8601.
    pub dated: Option<String>,
    /// Identifiers by which other documents refer to it.
    pub identifiers: Vec<String>,
    /// Body named in the head.
    pub body: Option<&'static AdoptingBody>,
    /// Whether the title is the kind and a number: « Résolution 2294 (2019) ».
    pub is_numbered_resolution: bool,
}

/// Reads the lines before `start`, at least the first leaf.
pub(super) fn read_head(document: &Document, start: Option<TextSize>) -> ResolutionHead {
    let start = start.unwrap_or_default();
    let before = running(document).enumerate().take(HEAD_LEAVES);
    let lines: Vec<&str> = before
        .take_while(|(at, (_, leaf))| *at == 0 || leaf.range.start() < start)
        .map(|(_, (_, leaf))| beginning(document.slice(leaf.range), LINE_WINDOW).trim())
        .collect();
    let title = title(&lines);
    let mut head = ResolutionHead {
        title: title.map(|title| title.split_whitespace().collect::<Vec<_>>().join(" ")),
        number: procedure(&lines)
            .or_else(|| united_nations(&lines))
            .or_else(|| lines.iter().find_map(|line| numbered(line))),
        adopted_on: lines.iter().find_map(|line| adopted_on(line)),
        dated: lines.iter().find_map(|line| date_alone(line)),
        identifiers: Vec::new(),
        body: BODIES.iter().find(|body| lines.iter().any(|line| names(line, body))),
        is_numbered_resolution: lines.iter().any(|line| numbered(line).is_some()),
    };
    head.identifiers = identifiers(&lines, &head);
    head
}

/// Finds the title: the line nearest to the body of the resolution that begins with the name of the kind, or with the
/// body and the kind.
fn title<'a>(lines: &[&'a str]) -> Option<&'a str> {
    let near = || lines.iter().rev().take(NEAR_LINES).copied();
    let un = near().find(|line| united_nations_title(line));
    un.or_else(|| near().find(|line| is_title(&plain(line))))
        .or_else(|| lines.iter().copied().find(|line| is_title(&plain(line))))
}

/// Whether a line is a title of the United Nations: « 60/251. Conseil des droits de l'homme ».
fn united_nations_title(line: &str) -> bool {
    let end = line.find(|c: char| !(c.is_ascii_digit() || c == '/')).unwrap_or(line.len());
    let (number, rest) = line.split_at(end);
    is_session_number(number) && rest.strip_prefix('.').is_some_and(|rest| rest.trim().len() > 3)
}

fn is_session_number(number: &str) -> bool {
    number.split_once('/').is_some_and(|(session, number)| {
        let figures = |text: &str| (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        figures(session) && figures(number)
    })
}

fn is_title(plain: &str) -> bool {
    let bare = plain.trim_start_matches(|c: char| !c.is_alphabetic());
    let motion = ["proposition de ", "joint motion for a ", "motion for a ", "propuesta de ", "proposta di "];
    let bare = motion.iter().find_map(|motion| bare.strip_prefix(motion)).unwrap_or(bare);
    let body = BODIES.iter().map(|body| body.opener.split_once(' ').map_or(body.opener, |(_, name)| name));
    let bare = body.into_iter().find_map(|name| bare.strip_prefix(name)).unwrap_or(bare).trim_start();
    starts_with_any(bare, NAMES) && !bare.ends_with(':')
}

/// Whether a line names a body, with any article.
pub(super) fn names(line: &str, body: &AdoptingBody) -> bool {
    let line = plain(line);
    let name = body.opener.split_once([' ', '\'']).map_or(body.opener, |(_, name)| name);
    line.contains(name)
}

/// Finds the number of a procedure: `2019/2610(RSP)`.
fn procedure(lines: &[&str]) -> Option<String> {
    lines.iter().flat_map(|line| line.split([' ', '\u{a0}', ':'])).find_map(|word| {
        let word = word.trim_matches(['(', ')', ',', '-', '–', '.']);
        let (year, rest) = word.split_once('/')?;
        let (number, kind) = rest.split_once('(')?;
        let figures =
            |text: &str, length: usize| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
        let kind = kind.trim_end_matches(')');
        let is_valid = figures(year, 4)
            && figures(number, 4)
            && kind.len() == 3
            && kind.bytes().all(|byte| byte.is_ascii_uppercase());
        is_valid.then(|| format!("{year}/{number}({kind})"))
    })
}

/// Finds the symbol `A/RES/60/251`, otherwise the number in « 60/251. Title ».
fn united_nations(lines: &[&str]) -> Option<String> {
    let symbol = symbols(lines).find(|word| word.contains("/RES/"));
    symbol.map(str::to_owned).or_else(|| {
        let line = lines.iter().find(|line| united_nations_title(line))?;
        line.split_once('.').map(|(number, _)| number.to_owned())
    })
}

fn symbols<'a>(lines: &[&'a str]) -> impl Iterator<Item = &'a str> {
    let words: Vec<&str> = lines.iter().flat_map(|line| line.split_whitespace()).collect();
    words.into_iter().map(|word| word.trim_matches(['(', '[', ']', ',', '.', ';', ':'])).filter(|word| is_symbol(word))
}

/// Whether a word is a number unique to a text: `A/RES/60/251`, `P8_TA(2019)0203`, `RC-B10-0249/2025`.
fn is_symbol(word: &str) -> bool {
    let capital = word.starts_with(|c: char| c.is_ascii_uppercase());
    let united_nations = word.contains("/RES/");
    let adopted = word.starts_with('P') && word.contains("_TA");
    let motion = word.starts_with("RC-B");
    capital && word.ends_with(|c: char| c.is_ascii_digit() || c == ')') && (united_nations || adopted || motion)
}

/// Returns the number of a resolution: « 2294 (2019) » for « Résolution 2294 (2019) ».
pub(super) fn numbered(line: &str) -> Option<String> {
    let bare = plain(line);
    let rest = NAMES.iter().find_map(|name| bare.strip_prefix(name))?.trim_start();
    let (number, rest) = rest.split_once(" (")?;
    let (year, _) = rest.split_once(')')?;
    let figures = |text: &str| (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    (figures(number) && figures(year) && year.len() == 4).then(|| format!("{number} ({year})"))
}

/// Returns the date in « Résolution du Parlement européen du 14 mars 2019 sur … » and « Adoptée … le 15 mars 2006 ».
fn adopted_on(line: &str) -> Option<String> {
    let words = line.to_lowercase().replace('’', "'");
    let words = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    let adopted = words.starts_with("adopt") || words.starts_with("texte adopté") || words.starts_with("text adopted");
    let date = date::dates(words).into_iter().find(|date| date.iso.len() == 10)?;
    let before = &words[..date.bytes.start];
    let named = NAMES.iter().any(|name| before.contains(name));
    let only_body = || {
        before
            .split(|c: char| c.is_whitespace() || c == ',')
            .filter(|word| !word.is_empty())
            .all(|word| BEFORE_DATE.contains(&word))
    };
    (adopted && before.len() < 160 || named && only_body()).then_some(date.iso)
}

/// Returns the date of a line that contains little else.
fn date_alone(line: &str) -> Option<String> {
    let date = date::dates(line).into_iter().next().filter(|date| date.iso.len() == 10)?;
    let rest = line[..date.bytes.start].trim().len();
    (rest == 0 && line.len() <= 48).then_some(date.iso)
}

fn identifiers(lines: &[&str], head: &ResolutionHead) -> Vec<String> {
    let mut found: Vec<String> = procedure(lines).iter().map(|number| identifier::procedure(number)).collect();
    found.extend(symbols(lines).map(identifier::adopted_text));
    found.extend(head.adopted_on.iter().map(|date| identifier::resolution(date)));
    found.extend(head.number.as_deref().and_then(|number| un_identifier(number, head.body)));
    found.sort();
    found.dedup();
    found
}

/// Returns `a/res/60/251` for a General Assembly text numbered 60/251, `s/res/1325(2000)` for one of the Security
/// Council.
fn un_identifier(number: &str, body: Option<&AdoptingBody>) -> Option<String> {
    let series = match body?.name {
        "Assemblée générale des Nations Unies"
        | "United Nations General Assembly"
        | "Asamblea General de las Naciones Unidas"
        | "Generalversammlung der Vereinten Nationen" => "A/RES/",
        "Conseil des droits de l’homme" | "Human Rights Council" | "Consejo de Derechos Humanos" => "A/HRC/RES/",
        "Conseil de sécurité" | "Security Council" | "Consejo de Seguridad" | "Sicherheitsrat" => "S/RES/",
        _ => return None,
    };
    (!number.contains("RES")).then(|| identifier::adopted_text(&format!("{series}{number}")))
}
