//! References to articles of titled codes, treaties and charters: « article 174 du code pénal », « Articles 5 and 6 TEU
//! ». An « article 5 » without a title refers to the act itself; an article of a numbered act is a reference to the
//! act.

use super::found::FoundReference;
use super::words::LeafWords;
use crate::genre::reading::identifier;
use crate::genre::reading::wording::plain;

/// Titles in lower case; a title precedes its own prefixes.
const TITLES: &[&str] = &[
    "code de procédure pénale",
    "code de procédure civile",
    "code de procédure",
    "code pénal",
    "code civil",
    "code du travail",
    "code électoral",
    "code rural et de la pêche maritime",
    "code rural",
    "code de commerce",
    "code de la consommation",
    "code de la construction et de l'habitation",
    "code de la défense",
    "code de la route",
    "code de la santé publique",
    "code de la sécurité intérieure",
    "code de la sécurité sociale",
    "code de la propriété intellectuelle",
    "code de la voirie routière",
    "code de l'action sociale et des familles",
    "code de l'éducation",
    "code de l'énergie",
    "code de l'environnement",
    "code de l'urbanisme",
    "code de l'entrée et du séjour des étrangers et du droit d'asile",
    "code de l'organisation judiciaire",
    "code de justice administrative",
    "code de justice militaire",
    "code de la commande publique",
    "code des marchés publics",
    "code des assurances",
    "code des douanes",
    "code des transports",
    "code des pensions civiles et militaires de retraite",
    "code des relations entre le public et l'administration",
    "code des postes et des communications électroniques",
    "code du patrimoine",
    "code du sport",
    "code du tourisme",
    "code du service national",
    "code général des collectivités territoriales",
    "code général des impôts",
    "code général de la fonction publique",
    "code général de la propriété des personnes publiques",
    "code forestier",
    "code minier",
    "code monétaire et financier",
    "code de la mutualité",
    "code de la famille",
    "code foncier",
    "livre des procédures fiscales",
    "code judiciaire",
    "code d'instruction criminelle",
    "code pénal social",
    "code de droit économique",
    "traité sur le fonctionnement de l'union européenne",
    "traité sur l'union européenne",
    "traité instituant la communauté européenne",
    "charte des droits fondamentaux",
    "charte des nations unies",
    "convention européenne des droits de l'homme",
    "déclaration universelle des droits de l'homme",
    "constitution",
    "criminal code",
    "penal code",
    "civil code",
    "labour code",
    "electoral code",
    "code of criminal procedure",
    "treaty on the functioning of the european union",
    "treaty on european union",
    "treaty establishing the european community",
    "charter of fundamental rights",
    "charter of the united nations",
    "european convention on human rights",
    "universal declaration of human rights",
    "strafgesetzbuch",
    "grundgesetz",
    "bürgerliches gesetzbuch",
    "código penal",
    "código civil",
    "codice penale",
    "codice civile",
];

/// Words between a number and the title.
const LEADING: &[&str] = &[
    "du", "de", "la", "le", "son", "sa", "leur", "nouveau", "of", "the", "its", "their", "new", "des", "del", "dello",
    "kazakh",
];

/// Parses references to articles at a word, one for each number.
pub(super) fn parse_articles(words: &LeafWords, at: usize) -> Vec<FoundReference> {
    let Some(word) =
        words.get(at).filter(|word| word.is(&["article", "articles", "art", "artikel", "artículo", "articolo"]))
    else {
        return Vec::new();
    };
    let (numbers, behind) = numbers(words, at + 1);
    let Some((title, end, behind)) = (!numbers.is_empty()).then(|| title(words, behind)).flatten() else {
        return Vec::new();
    };
    let last = numbers.len() - 1;
    let reference = |(i, number): (usize, &Number)| FoundReference {
        start: if i == 0 { word.start } else { number.start },
        end: if i == last { end } else { number.end },
        next: behind,
        names: identifier::article(&title, &number.label),
    };
    numbers.iter().enumerate().map(reference).collect()
}

struct Number {
    start: usize,
    end: usize,
    label: String,
}

/// Parses numbers of articles, « 174 », « L. 110-1 », « 1er, 4, 5 et 235 », and returns the index of the next word.
/// Paragraphs of articles are skipped.
fn numbers(words: &LeafWords, from: usize) -> (Vec<Number>, usize) {
    let mut found: Vec<Number> = Vec::new();
    let mut at = from;
    while let Some(word) = words.get(at).filter(|_| at < from + 40) {
        let series = word
            .is(&["l", "r", "d", "a", "lo"])
            .then(|| words.get(at + 1))
            .flatten()
            .filter(|next| is_number(next.text));
        if let Some(number) = series {
            found.push(Number { start: word.start, end: number.end, label: format!("{}.{}", word.text, number.text) });
            at += 2;
        } else if is_number(word.text) {
            found.push(Number { start: word.start, end: word.end, label: bare(word.text).to_owned() });
            at += 1;
        } else if !found.is_empty()
            && word.is(&["et", "ou", "and", "or", "à", "to"])
            && words.get(at + 1).is_some_and(|next| is_number(next.text) || next.text.len() <= 2)
        {
            at += 1;
        } else if !found.is_empty() && word.is(&["paragraphe", "alinéa", "paragraph", "point", "paragraphes"]) {
            at += 2;
        } else {
            break;
        }
    }
    (found, at)
}

/// Whether a text is the number of an article: « 174 », « 1er », « 5-1 », « L.110-1 », « 225-1-1 », « 6(1) ».
fn is_number(text: &str) -> bool {
    let digits = text.trim_start_matches(['L', 'R', 'D', 'A', '.']);
    digits.len() <= 12
        && digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '(' | ')'))
}

/// Removes ordinal endings and paragraphs: « 1 » for « 1er », « 6 » for « 6(1) ».
fn bare(text: &str) -> &str {
    let text = text.split('(').next().unwrap_or(text);
    text.strip_suffix("er").unwrap_or(text)
}

/// Parses the title after the numbers; returns it with the end offset and the index of the next word.
fn title(words: &LeafWords, from: usize) -> Option<(String, usize, usize)> {
    let mut at = from;
    while words.get(at).is_some_and(|word| at < from + 4 && word.behind.is_empty() && word.is(LEADING)) {
        at += 1;
    }
    let first = words.get(at)?;
    if is_acronym(first.text) && at > from {
        return Some((first.text.to_owned(), first.end, at + 1));
    }
    let rest = &words.text[first.start..];
    let window = &rest[..rest.floor_char_boundary(80)];
    let comparable = plain(window);
    let title = TITLES.iter().find(|title| begins_with(&comparable, title))?;
    let count = title.split(' ').count();
    let last = words.get(at + count - 1)?;
    // The next sentence may follow without a space: « code pénal.Le ».
    let named = title.rsplit([' ', '\'']).next().unwrap_or("").chars().count();
    let end = last.start + last.text.char_indices().nth(named).map_or(last.text.len(), |(behind, _)| behind);
    Some(((*title).to_owned(), end, at + count))
}

fn begins_with(text: &str, title: &str) -> bool {
    text.strip_prefix(title).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Whether a text is an acronym, « TFUE », « CEDH »: capitals only, and not a Roman numeral.
fn is_acronym(text: &str) -> bool {
    (3..=8).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_uppercase())
        && !text.bytes().all(|byte| b"IVXLC".contains(&byte))
}
