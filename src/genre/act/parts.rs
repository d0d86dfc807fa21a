//! Finds the parts of an act: citations (« vu … »), recitals, chapters, articles. One pass over the leaves classifies
//! each line by its beginning. An annex or the closing formula ends the articles; their content is not split.

use crate::document::{BlockKind, Document, Part, PartKind};
use crate::genre::reading::wording::opens_with;
use crate::text::{TextRange, TextSize, numbering};

/// Number of bytes of a line that are examined.
const LINE_WINDOW: usize = 160;
/// Maximum length of a title on the same line as its number, in bytes.
const MAX_TITLE_BYTES: usize = 120;

const ARTICLES: [&str; 10] =
    ["article", "art.", "artikel", "artículo", "articolo", "artigo", "artykuł", "статья", "articolul", "čl."];
/// Words for divisions, with their rank; 0 is the highest.
const DIVISIONS: [(&str, u8); 18] = [
    ("livre", 0),
    ("book", 0),
    ("partie", 1),
    ("part", 1),
    ("teil", 1),
    ("titre", 2),
    ("title", 2),
    ("titel", 2),
    ("título", 2),
    ("chapitre", 3),
    ("chapter", 3),
    ("kapitel", 3),
    ("hoofdstuk", 3),
    ("capítulo", 3),
    ("section", 4),
    ("abschnitt", 4),
    ("sous-section", 5),
    ("sección", 4),
];
const CITATIONS: [&str; 9] =
    ["vu ", "vu\u{a0}", "having regard", "gestützt auf", "visto ", "vista ", "visti ", "gelet op", "gezien "];
/// Lines that precede numbered recitals.
const RECITALS_FOLLOW: [&str; 6] = [
    "considérant ce qui suit",
    "whereas:",
    "whereas :",
    "in erwägung nachstehender",
    "considerando lo siguiente",
    "considerando quanto segue",
];
const RECITALS: [&str; 5] = ["considérant que", "considérant qu'", "considérant qu’", "whereas", "in erwägung"];
const ENACTING: [&str; 13] = [
    "ont arrêté",
    "a arrêté",
    "a adopté",
    "ont adopté",
    "has adopted",
    "have adopted",
    "hat folgende",
    "haben folgende",
    "arrête :",
    "arrête:",
    "décrète :",
    "décide :",
    "arrêtons",
];
const CLOSING: [&str; 9] = [
    "fait à ",
    "done at ",
    "geschehen zu",
    "hecho en ",
    "fatto a ",
    "gedaan te",
    "mandons et ordonnons",
    "la présente loi sera exécutée",
    "par le président de la république",
];

/// Classification of a line.
enum ClassifiedLine {
    Citation,
    RecitalsFollow,
    Recital(Option<String>),
    Enacting,
    Division(u8, Option<String>),
    Article(Option<String>),
    /// An annex, the closing formula or the notes: the articles end.
    End,
    Other,
}

/// Returns the parts of an act in the order of the text; empty if there is no article.
pub(super) fn find_parts(document: &Document) -> Vec<Part> {
    let is_article = |text: &str| ARTICLES.iter().any(|word| opens_with(text, word).is_some());
    if !document.leaves().any(|leaf| is_article(document.slice(leaf.range).trim_start())) {
        return Vec::new();
    }
    let mut reader = ActReader::default();
    for leaf in document.leaves() {
        let text = document.slice(leaf.range).trim_start();
        let line = if leaf.kind == BlockKind::Footnote {
            ClassifiedLine::End
        } else {
            reader.classify(text, leaf.label.as_deref())
        };
        reader.add_line(line, leaf.range);
    }
    reader.close_from(0);
    let mut parts = reader.parts;
    if !parts.iter().any(|part| part.kind == PartKind::Article) {
        return Vec::new();
    }
    parts.sort_by_key(|part| (part.range.start(), part.level));
    parts
}

/// Section of the act that is being read.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Front,
    Citations,
    Recitals,
    Enacting,
}

/// Rank of an article: below all divisions.
const ARTICLE: u8 = 10;

#[derive(Default)]
struct ActReader {
    stage: Stage,
    parts: Vec<Part>,
    /// Open divisions and article: rank, kind, label, start.
    open: Vec<(u8, PartKind, Option<String>, TextSize)>,
    /// End of the last leaf.
    end: TextSize,
}

impl ActReader {
    fn classify(&self, text: &str, label: Option<&str>) -> ClassifiedLine {
        let start = &text[..text.floor_char_boundary(LINE_WINDOW)];
        let lower = start.to_lowercase();
        let begins = |words: &[&str]| words.iter().any(|word| lower.starts_with(word));
        if let Some((label, _)) = numbered(text, &lower, |word| ARTICLES.contains(&word).then_some(ARTICLE)) {
            return ClassifiedLine::Article(label);
        }
        let rank = |word: &str| DIVISIONS.iter().find(|(known, _)| *known == word).map(|(_, rank)| *rank);
        if let Some((label, rank)) = numbered(text, &lower, rank).filter(|_| text.len() <= MAX_TITLE_BYTES) {
            return ClassifiedLine::Division(rank, label);
        }
        if is_annex(text, &lower) || (begins(&CLOSING) && self.stage == Stage::Enacting) {
            return ClassifiedLine::End;
        }
        if self.stage == Stage::Enacting {
            return ClassifiedLine::Other;
        }
        let bare = numbering_prefix(text);
        let words = bare.as_ref().map_or(lower.as_str(), |(_, length)| lower.get(*length..).unwrap_or("")).trim_start();
        match () {
            () if begins(&ENACTING) => ClassifiedLine::Enacting,
            () if begins(&RECITALS_FOLLOW) => ClassifiedLine::RecitalsFollow,
            () if begins(&CITATIONS) => ClassifiedLine::Citation,
            () if RECITALS.iter().any(|word| words.starts_with(word)) => {
                ClassifiedLine::Recital(bare.map(|(label, _)| label))
            }
            () if self.stage == Stage::Recitals => match bare {
                Some((number, _)) => ClassifiedLine::Recital(label.map(str::to_owned).or(Some(number))),
                None => ClassifiedLine::Other,
            },
            () if self.stage == Stage::Citations && text.ends_with(',') && text.len() < 600 => ClassifiedLine::Citation,
            () => ClassifiedLine::Other,
        }
    }

    fn add_line(&mut self, line: ClassifiedLine, range: TextRange) {
        match line {
            ClassifiedLine::Article(label) => self.open_part(ARTICLE, PartKind::Article, label, range),
            ClassifiedLine::Division(rank, label) => self.open_part(rank, PartKind::Chapter, label, range),
            ClassifiedLine::End | ClassifiedLine::Enacting => self.close_from(0),
            ClassifiedLine::Citation => {
                self.stage = Stage::Citations;
                self.parts.push(Part::new(PartKind::Citation, None, 2, range));
            }
            ClassifiedLine::RecitalsFollow => self.stage = Stage::Recitals,
            ClassifiedLine::Recital(label) => {
                self.stage = Stage::Recitals;
                self.parts.push(Part::new(PartKind::Recital, label, 2, range));
            }
            ClassifiedLine::Other => self.extend_recital(range),
        }
        self.end = range.end();
    }

    /// Extends the last recital by a line directly after it.
    fn extend_recital(&mut self, range: TextRange) {
        if self.stage == Stage::Recitals
            && let Some(recital) = self.parts.last_mut().filter(|part| part.kind == PartKind::Recital)
            && recital.range.end() == self.end
        {
            recital.range = recital.range.cover(range);
        }
    }

    fn open_part(&mut self, rank: u8, kind: PartKind, label: Option<String>, range: TextRange) {
        self.stage = Stage::Enacting;
        self.close_from(rank);
        self.open.push((rank, kind, label, range.start()));
    }

    /// Closes open parts of this rank or below.
    fn close_from(&mut self, rank: u8) {
        while let Some((_, kind, label, start)) = self.open.pop_if(|(open, ..)| *open >= rank) {
            let level = u8::try_from(self.open.len() + 2).unwrap_or(u8::MAX);
            self.parts.push(Part::new(kind, label, level, TextRange::new(start, self.end)));
        }
    }
}

/// Parses a line that begins with a word, a number and no sentence: « Article 3 », « Art. 3. – Le … », « CHAPITRE II –
/// Objet ».
fn numbered(text: &str, lower: &str, known: impl Fn(&str) -> Option<u8>) -> Option<(Option<String>, u8)> {
    let word = lower.split([' ', '\u{a0}']).next()?;
    let rank = known(word)?;
    let rest = text.get(word.len()..)?.trim_start();
    let (number, length) = first_number(rest)?;
    let after = rest[length..].trim_end();
    let names = after.trim_start();
    let marked =
        after.starts_with(['.', ':', '–', '—', '-', '\u{2011}']) || names.starts_with(['–', '—', '-', ':', '(']);
    let titled = names.starts_with(char::is_uppercase)
        && names.len() <= MAX_TITLE_BYTES
        && !names.ends_with(['.', ';', ',', ':', '!', '?']);
    (names.is_empty() || marked || titled).then_some((Some(number), rank))
}

/// Parses the number at the beginning of a text, up to three words: « premier », « L. 121-3 », « 12 bis ». Returns its
/// label and its length in bytes.
fn first_number(text: &str) -> Option<(String, usize)> {
    let start = &text[..text.floor_char_boundary(40)];
    let mut end = start.find(|c: char| c.is_whitespace() || "–—:".contains(c)).unwrap_or(start.len());
    let first = numbering::bare(&start[..end]);
    if ["L.", "R.", "D.", "L", "R", "D"].contains(&&start[..end]) {
        end += word_length(&start[end..]);
    }
    let mut label = numbering::bare(&start[..end]).or(first)?;
    let longer = end + word_length(&start[end..]);
    if let Some(inserted) =
        numbering::bare(&start[..longer]).filter(|longer| *longer != label && longer.starts_with(&label))
    {
        (label, end) = (inserted, longer);
    }
    let number = start[..end].trim_end_matches(['.', ',', ';']);
    let counts = label.chars().next().is_some_and(|c| c.is_ascii_digit() || c.is_uppercase());
    (counts && !start[number.len()..].starts_with(',')).then_some((label, number.len()))
}

/// Length, in bytes, of the white space and the word at the beginning of a text.
fn word_length(text: &str) -> usize {
    let spaces = text.len() - text.trim_start().len();
    let word = &text[spaces..];
    spaces + word.find(|c: char| c.is_whitespace() || "–—:".contains(c)).unwrap_or(word.len())
}

/// Parses « (1) », « 1. » or « 1) » at the beginning of a text; returns the label and the length in bytes.
fn numbering_prefix(text: &str) -> Option<(String, usize)> {
    let inside = text.strip_prefix('(').unwrap_or(text);
    let figures = inside.len() - inside.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let closed = inside[figures..].starts_with([')', '.']);
    ((1..=3).contains(&figures) && closed)
        .then(|| (inside[..figures].to_owned(), text.len() - inside.len() + figures + 1))
}

fn is_annex(text: &str, lower: &str) -> bool {
    let rest =
        ["annexe", "annex", "anhang", "bijlage", "anexo", "allegato"].iter().find_map(|word| lower.strip_prefix(word));
    text.starts_with(char::is_uppercase)
        && text.len() <= MAX_TITLE_BYTES
        && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\u{a0}', ':']))
        && !text.ends_with(['.', ';', ','])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genre::test_documents::from_lines;

    fn parts(lines: &[&str]) -> Vec<String> {
        let document = from_lines(lines);
        let shown = find_parts(&document).into_iter().map(|part| {
            let lines = document.slice(part.range).lines().count();
            format!("{} {} {} {lines}", part.level, part.kind.name(), part.label.as_deref().unwrap_or("-"))
        });
        shown.collect()
    }

    #[test]
    fn preamble_chapters_and_articles_are_found_by_how_their_lines_begin() {
        let found = parts(&[
            "vu le traité,",
            "après consultation du Comité,",
            "considérant ce qui suit:",
            "(1) Un.",
            "suite du premier.",
            "(2) Deux.",
            "A ADOPTÉ LE PRÉSENT RÈGLEMENT:",
            "TITRE II",
            "CHAPITRE Ier – Objet",
            "Article premier",
            "L'article 2 s'applique.",
            "Article 2, paragraphe 1: rien.",
            "Article 3 bis Définitions",
            "CHAPITRE II",
            "Art. 4. Le texte.",
            "Fait à Bruxelles, le 1er mai 2001.",
            "Le président",
        ]);
        assert_eq!(
            found,
            [
                "2 citation - 1",
                "2 citation - 1",
                "2 recital 1 2",
                "2 recital 2 1",
                "2 chapter II 8",
                "3 chapter I 5",
                "4 article 1 3",
                "4 article 3bis 1",
                "3 chapter II 2",
                "4 article 4 1",
            ]
        );
    }

    #[test]
    fn old_recitals_and_articles_of_codes_are_found() {
        assert_eq!(
            parts(&[
                "vu le traité,",
                "considérant que un;",
                "(2) considérant que deux;",
                "Article L. 121-3",
                "Texte.",
                "ANNEXE II",
                "Article 9"
            ]),
            ["2 citation - 1", "2 recital - 1", "2 recital 2 1", "2 article L121-3 2", "2 article 9 1"]
        );
    }

    #[test]
    fn sentences_about_articles_are_no_articles() {
        assert_eq!(
            parts(&[
                "Article 5 is replaced by the following:",
                "Article 5 de la loi",
                "Section 2 of the Act applies.",
                "Articles 1 à 3",
                "Art"
            ]),
            Vec::<String>::new()
        );
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]
        #[test]
        fn no_line_makes_it_panic(lines in proptest::collection::vec("(article|art\\.|chapitre|vu|İ|annexe)?[ \u{a0}]?[0-9IVL]{0,3}[ .–é]?\\PC{0,20}", 0..12)) {
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            let _ = parts(&lines);
        }
    }
}
