//! Joins lines into paragraphs. In a hard-wrapped text, lines are joined unless there is evidence of a new paragraph;
//! in any other text each line is a paragraph. In both, a sentence that a page break interrupts is joined over blank
//! lines, notes and furniture. Lists, verse, key data and headings are not joined.

use super::furniture;
use super::hyphen::{Hyphen, OwnWords, halves};
use super::label::{self, Label};
use super::lines::{self, LineRole, MeasuredLine, is_forced, is_unspaced};
use super::notes::{self, Note};
use super::superscript::superscript;
use crate::extract::SourcedText;
use crate::text::offset::{offset, range};
use crate::text::{TextRange, TextSize};

/// Minimum length, in bytes, of a line before a page break for it to be continued in a text that is not hard-wrapped.
const MIN_PROSE_BYTES: usize = 80;
/// Lower-case words that open an item of a list of reasons.
const OPENERS: [&str; 9] = ["vu", "vus", "vue", "vues", "considérant", "rappelant", "having", "whereas", "recalling"];

/// A text made of lines, split into paragraphs, notes and furniture.
#[derive(Default)]
pub(super) struct Paragraphs {
    /// Paragraphs of the running text.
    pub running: Vec<Paragraph>,
    /// Notes and their bodies, in order.
    pub notes: Vec<(Note, Paragraph)>,
    /// Furniture that was removed: the text and its range in the source.
    pub furniture: Vec<(String, TextRange)>,
}

/// Lines joined into one paragraph.
pub(super) struct Paragraph {
    /// Text of the paragraph, on one line.
    pub text: SourcedText,
    /// Label that opens its first line.
    pub label: Option<Label>,
    /// Whether a blank line, a page bound or the start of the text precedes it.
    pub apart: bool,
    /// Ranges of its text that are marks of notes, with the index of the note.
    pub marks: Vec<(TextRange, usize)>,
}

/// The separation between two lines of running text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Blank,
    /// A page bound, a note or furniture is between them.
    Page,
}

/// Splits a text made of lines into paragraphs.
pub(super) fn split_paragraphs(source: &SourcedText) -> Paragraphs {
    // Each line gets exactly one role, and each role has one destination: running text, the body of a note, or text set
    // aside. Joining then only replaces line ends (and the hyphens of broken words) with spaces or nothing, and every
    // replacement keeps its source range. So no word can be lost, and a wrong join can be traced in the original.
    let mut lines = lines::measure_lines(source);
    furniture::mark_furniture(&mut lines);
    let notes = notes::find_notes(source.text(), &mut lines);
    let labels = label::labels(lines.iter().map(|line| if line.is_running() { line.text } else { "" }));
    let joiner = Joiner::new(source, &lines, &notes);
    let mut found = Paragraphs::default();
    joiner.running(&lines, labels, &mut found);
    joiner.set_aside(&lines, &mut found);
    let bodies = joiner.bodies(&lines, &notes);
    found.notes = notes.into_iter().zip(bodies).collect();
    found
}

/// Properties of the whole text that joining needs.
struct Joiner<'a> {
    source: &'a SourcedText,
    own: OwnWords<'a>,
    wrap: Option<usize>,
    marks: Vec<(TextRange, usize, String)>,
}

impl<'a> Joiner<'a> {
    fn new(source: &'a SourcedText, lines: &[MeasuredLine<'a>], notes: &[Note]) -> Self {
        let running: Vec<&MeasuredLine<'a>> = lines.iter().filter(|line| !line.text.is_empty()).collect();
        let own =
            OwnWords::count_in(source.text(), running.windows(2).filter_map(|pair| halves(pair[0].text, pair[1].text)));
        let marks = notes
            .iter()
            .enumerate()
            .filter_map(|(number, note)| Some((note.mark?, number, superscript_label(&note.label))));
        Self { source, own, wrap: lines::wrap_width(lines), marks: marks.collect() }
    }

    fn running(&self, lines: &[MeasuredLine], labels: Vec<Option<Label>>, found: &mut Paragraphs) {
        let mut above: Option<&MeasuredLine> = None;
        let mut gap = Gap::None;
        for (line, label) in lines.iter().zip(labels) {
            if line.begins_page || line.role != LineRole::Text {
                gap = Gap::Page;
            }
            if !line.is_running() {
                gap = if gap == Gap::Page { gap } else { Gap::Blank };
                continue;
            }
            match (above, found.running.last_mut()) {
                (Some(above), Some(open)) if self.continues(above, line, label.as_ref(), gap) => {
                    self.join(open, above, line);
                }
                _ => found.running.push(self.open_paragraph(line, label, above.is_none() || gap != Gap::None)),
            }
            (above, gap) = (Some(line), Gap::None);
        }
    }

    /// Whether a line continues the sentence of the line above.
    fn continues(&self, above: &MeasuredLine, line: &MeasuredLine, label: Option<&Label>, gap: Gap) -> bool {
        // Directly below each other, lines of a hard-wrapped text are joined by default, because every line end is an
        // artefact. Across a gap (blank lines, a page bound, notes, furniture) the default is the opposite: the
        // sentence must be open above and continue below. Rows, references and entries of a table of contents always
        // begin a paragraph; labels and capitals do except where the line above is full and its sentence is open.
        let alone = |line: &MeasuredLine| leader(line.text).is_some();
        if line.is_reference() || above.is_row_above(line) || alone(above) || alone(line) {
            return false;
        }
        if gap == Gap::None && label.is_none() && is_parted(above, line) {
            return true;
        }
        match (gap, self.wrap) {
            (Gap::None, None) => false,
            (Gap::None, Some(wrap)) => continues_wrapped(above, line, label, wrap),
            (_, _) if label.is_some() || above.ends_sentence() || above.is_capitals() || line.is_capitals() => false,
            (_, Some(wrap)) => resumes_wrapped(above, line, wrap, gap),
            (_, None) => resumes(above, line, gap),
        }
    }

    /// Opens a paragraph with its first line. White space after a label is reduced to one space, so that labels can be
    /// drawn in a column of their own.
    fn open_paragraph(&self, line: &MeasuredLine, label: Option<Label>, apart: bool) -> Paragraph {
        let mut paragraph = Paragraph { text: SourcedText::default(), label, apart, marks: Vec::new() };
        let mut rest = line.start;
        if let Some(label) = &mut paragraph.label {
            let marks = line.text.len() - line.text.trim_start_matches('*').len();
            let words = marks + label.length;
            let end = line.text[..words].trim_end().len();
            if words - end > 1 && line.text.is_char_boundary(end) {
                paragraph.text.append(self.source, range(line.start, line.start + end));
                self.space(&mut paragraph.text, range(line.start + end, line.start + words));
                rest = line.start + words;
                label.length = end + 1 - marks;
            }
        }
        let end = line.start + line.text.len();
        if let Some(dots) = leader(line.text) {
            self.append(&mut paragraph, range(rest, line.start + dots.0));
            self.space(&mut paragraph.text, range(line.start + dots.0, line.start + dots.1));
            rest = line.start + dots.1;
        }
        self.append(&mut paragraph, TextRange::new(offset(rest), offset(end)));
        paragraph
    }

    /// Appends a line to the paragraph, with a space for the line end unless the script has no spaces between words. A
    /// broken word is rejoined.
    fn join(&self, open: &mut Paragraph, above: &MeasuredLine, line: &MeasuredLine) {
        let last = above.text.chars().next_back().unwrap_or(' ');
        let first = line.text.chars().next().unwrap_or(' ');
        let before = above.text.chars().rev().nth(1).unwrap_or(' ');
        let hyphen = halves(above.text, line.text).map(|(head, tail)| self.own.judge(head, tail));
        let tight = match hyphen {
            Some(Hyphen::Dropped) => {
                open.text.shorten(last.len_utf8());
                true
            }
            Some(Hyphen::Kept) => true,
            Some(Hyphen::Linking) => false,
            None => {
                matches!(last, '-' | '\u{2010}' | '\u{2011}') && before.is_alphanumeric() && first.is_alphanumeric()
            }
        };
        if !(tight || above.has_soft_hyphen || is_unspaced(last) && is_unspaced(first)) {
            self.space(&mut open.text, range(above.start + above.text.len(), line.start));
        }
        self.append(open, line.range());
    }

    fn space(&self, text: &mut SourcedText, gap: TextRange) {
        text.replace(" ", self.source_range(gap));
    }

    fn source_range(&self, piece: TextRange) -> TextRange {
        let start = self.source.source_at(piece.start());
        TextRange::new(start, self.source.source_at(piece.end()).max(start))
    }

    /// Appends part of a line; marks of notes in it become superscript.
    fn append(&self, paragraph: &mut Paragraph, piece: TextRange) {
        let mut at = piece.start();
        let first = self.marks.partition_point(|(mark, ..)| mark.start() < piece.start());
        for (mark, number, label) in self.marks[first..].iter().take_while(|(mark, ..)| mark.end() <= piece.end()) {
            paragraph.text.append(self.source, TextRange::new(at, mark.start()));
            let start = TextSize::of(paragraph.text.text());
            paragraph.text.replace(label, self.source_range(*mark));
            paragraph.marks.push((TextRange::new(start, TextSize::of(paragraph.text.text())), *number));
            at = mark.end();
        }
        paragraph.text.append(self.source, TextRange::new(at, piece.end()));
    }

    fn set_aside(&self, lines: &[MeasuredLine], found: &mut Paragraphs) {
        for line in lines {
            if line.role == LineRole::Furniture {
                found.furniture.push((line.text.to_owned(), self.source_range(line.range())));
            } else if let Some((from, to)) = leader(line.text).filter(|_| line.is_running()) {
                let dots = range(line.start + from, line.start + to);
                found.furniture.push((line.text[from..to].trim().to_owned(), self.source_range(dots)));
            }
        }
    }

    /// Builds the bodies of the notes.
    fn bodies(&self, lines: &[MeasuredLine], notes: &[Note]) -> Vec<Paragraph> {
        let mut bodies: Vec<Paragraph> = Vec::with_capacity(notes.len());
        let mut above: Option<&MeasuredLine> = None;
        for line in lines {
            let LineRole::Note(number) = line.role else { continue };
            match (above, bodies.last_mut()) {
                (Some(above), Some(open)) if above.role == line.role => self.join(open, above, line),
                _ => {
                    let label = Label { text: Some(notes[number].label.clone()), length: notes[number].opening };
                    bodies.push(self.open_paragraph(line, Some(label), true));
                }
            }
            above = Some(line);
        }
        bodies
    }
}

/// Whether a word is broken over the two lines.
fn is_parted(above: &MeasuredLine, line: &MeasuredLine) -> bool {
    line.starts_lower() && (above.has_soft_hyphen || halves(above.text, line.text).is_some())
}

/// Whether a line of a hard-wrapped text continues the line directly above.
fn continues_wrapped(above: &MeasuredLine, line: &MeasuredLine, label: Option<&Label>, wrap: usize) -> bool {
    let forced = is_forced(above, line, wrap);
    if above.is_capitals() != line.is_capitals() && line.width.min(above.width) > 3 {
        return false;
    }
    if label.is_some() {
        return forced && !above.ends_sentence() && !above.text.ends_with(',');
    }
    if line.indent > above.indent && above.ends_sentence() && !line.starts_lower() {
        return false;
    }
    forced || (line.starts_lower() && !above.ends_sentence())
}

/// Whether a line of a hard-wrapped text continues a sentence across a gap: the line above is full and does not end a
/// sentence.
fn resumes_wrapped(above: &MeasuredLine, line: &MeasuredLine, wrap: usize, gap: Gap) -> bool {
    let first = line.text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let is_item = above.text.ends_with(',') && (gap == Gap::Blank || OPENERS.contains(&first));
    is_forced(above, line, wrap) && !is_item && (line.starts_lower() || gap == Gap::Page)
}

/// Whether a paragraph that is one line continues across a gap: prose that stops in mid-clause, then a lower-case
/// letter.
fn resumes(above: &MeasuredLine, line: &MeasuredLine, gap: Gap) -> bool {
    let prose = above.text.len() >= MIN_PROSE_BYTES && !above.starts_lower() && above.text.contains(['.', ',', ';']);
    let open = above.text.ends_with(|c: char| c.is_alphanumeric() || c == '-' || c == '*')
        || gap == Gap::Page && above.text.ends_with(',');
    let last = line.text.rsplit(' ').next().unwrap_or("");
    let whole = line.text.len() >= MIN_PROSE_BYTES || line.ends_sentence() && last.contains(char::is_lowercase);
    prose && open && line.starts_lower() && whole
}

/// Finds the dot leader between a title and its page number in a table of contents, as a byte range of the line.
fn leader(text: &str) -> Option<(usize, usize)> {
    if !text.bytes().next_back().is_some_and(|last| last.is_ascii_digit() || b"ivxlcIVXLC".contains(&last)) {
        return None;
    }
    let page = text
        .rfind(|c: char| !c.is_ascii_alphanumeric())
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let number = &text[page..];
    let counts = !number.is_empty()
        && number.len() <= 5
        && (number.bytes().all(|byte| byte.is_ascii_digit())
            || number.bytes().all(|byte| b"ivxlcIVXLC".contains(&byte)));
    let title = text[..page].trim_end_matches(|c: char| c.is_whitespace() || c == '.' || c == '…' || c == '_');
    let dots = text[title.len()..page]
        .chars()
        .map(|c| if c == '…' { 3 } else { usize::from(c == '.' || c == '_') })
        .sum::<usize>();
    (counts && dots >= 4 && !title.is_empty()).then_some((title.len(), page))
}

/// Returns a label in superscript.
fn superscript_label(label: &str) -> String {
    label.chars().map(superscript).collect()
}
#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        split_paragraphs(&SourcedText::from_lines(source)).running.iter().map(|p| p.text.text().to_owned()).collect()
    }

    #[test]
    fn wrapped_lines_become_paragraphs() {
        let source = "A. considérant que la situation des droits de \nl’homme est grave et que les autorités n’ont pas \n\
            répondu aux questions posées;\nB. considérant que le groupe de travail sous-\nrégional a conclu en ce sens;\n\
            (2019/2610(RSP))\n – vu la lettre\n";
        assert_eq!(
            texts(source),
            [
                "A. considérant que la situation des droits de l’homme est grave et que les autorités n’ont pas répondu aux questions posées;",
                "B. considérant que le groupe de travail sous-régional a conclu en ce sens;",
                "(2019/2610(RSP))",
                "– vu la lettre",
            ]
        );
    }

    #[test]
    fn lines_of_a_text_that_is_not_wrapped_stay_apart() {
        let source = "Auteur : Mme Untel\nRubrique : énergie\nDate : 3 mai\nUn paragraphe sur une seule ligne.\nEncore un autre.";
        assert_eq!(texts(source), source.lines().collect::<Vec<_>>());
    }

    #[test]
    fn rows_of_columns_stay_lines_and_labels_behind_tabs_do_not_part_their_paragraphs() {
        let rows = "Nom\t\tVille\tAnnée\nJean Untel\tLyon\t2019\n\tJeanne\t\t2020\n";
        assert_eq!(texts(rows).len(), 3);
        let prose = "a)\tLe comité a examiné la question de la rénovation du fleuve et des\n\tcrues du printemps, et il\n\
            b)\ta décidé de la renvoyer à la commission compétente, en lui demandant\n\td’en faire rapport.\n";
        assert_eq!(texts(prose).len(), 2);
    }

    #[test]
    fn an_indent_begins_a_paragraph_only_after_a_sentence() {
        let source = "The Council should be transformed into a democratic\nand respectful organ, reflecting its universal\n\
            character, and present-day realities of the world.\n The reform package should strengthen the Assembly\n as the organ of the Nations.";
        assert_eq!(texts(source).len(), 2);
    }

    #[test]
    fn ideographs_are_joined_without_a_space() {
        let line = "人人生而自由在尊严和权利上一律平等他们赋有理性和良心并应";
        let source = format!("{line}\n{line}\n{line}\n以兄弟关系。");
        assert_eq!(texts(&source), [format!("{line}{line}{line}以兄弟关系。")]);
    }
}
