//! Properties of every layout, tested on awkward strings, generated documents and the real ones, and snapshots of the
//! result.

use std::fmt::Write;
use std::sync::Arc;

use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;
use crate::document::{BlockKind, DocumentBuilder, InlineKind, Marker};
use crate::text::grapheme;
use crate::text::offset::range;
use crate::text::sanitize::sanitize_line;
use crate::text::{Affinity, TextRange, breaks};

/// The cells of a line's text: where each cluster starts and the columns it has.
fn shown_clusters(layout: &Layout, line: &Line) -> Vec<(TextSize, TextRange, std::ops::Range<u16>)> {
    let mut found = Vec::new();
    for (run, source) in line.sources() {
        let mut column = run.column;
        for cluster in grapheme::clusters(layout.document().slice(source)) {
            let at = range(cluster.start, cluster.end()) + source.start();
            let end = column + u16::try_from(cluster.width).unwrap();
            if cluster.width > 0 {
                found.push((at.start(), at, column..end));
            }
            column = end;
        }
        assert_eq!(column, run.end(), "a run is as wide as its clusters: {run:?}");
        assert_eq!(grapheme::width(run.shown(&layout.document().text)), usize::from(run.width), "{run:?}");
    }
    found
}

fn rows(layout: &mut Layout) -> Vec<Position> {
    let mut rows = vec![layout.first_row()];
    while let Some(next) = layout.next_row(*rows.last().unwrap()) {
        assert_eq!(layout.previous_row(next), Some(*rows.last().unwrap()), "up is the inverse of down");
        rows.push(next);
    }
    assert_eq!(layout.previous_row(rows[0]), None);
    assert_eq!(rows.last(), Some(&layout.last_row()));
    rows
}

/// Checks the properties named in the module's header, all but those of `cells`.
fn check(document: &Arc<Document>, measure: u16) {
    let mut layout = Layout::new(document.clone(), measure);
    let mut end = None;
    for row in rows(&mut layout) {
        let line = layout.line(row).clone();
        let spacing = layout.plan.pieces[row.piece as usize].gap && row.row == 0;
        if spacing {
            assert!(line.text.is_empty() && line.is_blank());
        } else {
            let expected = end.map_or(0, |end: TextSize| usize::from(end));
            let start = usize::from(line.text.start());
            let parted = end.is_some() && document.text[expected..].starts_with('\n');
            assert!(
                start == expected || parted && start == expected + 1,
                "line {row:?} at {measure} starts at {start}, the one before ends at {expected}"
            );
            end = Some(line.text.end());
        }
        let clusters = shown_clusters(&layout, &line);
        assert!(line.width() <= measure || clusters.len() == 1, "{line:?} is wider than {measure}");
        assert!(line.runs.windows(2).all(|pair| pair[0].end() <= pair[1].column), "{line:?}");
        for (at, _, columns) in clusters {
            let position = layout.position(at, Affinity::Downstream);
            assert_eq!(position, Position { column: columns.start, ..row }, "{at:?} in {line:?} at {measure}");
            assert_eq!(layout.offset(position), at, "in {line:?} at {measure}");
            assert!(layout.position(at, Affinity::Upstream) <= position);
        }
    }
    assert_eq!(end.unwrap_or_default(), document.len(), "the lines reach the end");
}

/// Checks that the cells of a range between two rows are those of its clusters and no others.
fn check_cells(document: &Arc<Document>, measure: u16, wanted: TextRange, (from, to): (usize, usize)) {
    let mut layout = Layout::new(document.clone(), measure);
    let rows = rows(&mut layout);
    let (from, to) = (from % rows.len(), to % rows.len());
    let mut painted = Vec::new();
    for (row, columns) in layout.cells(wanted, rows[from], rows[to]) {
        assert_eq!(row.column, columns.start);
        painted.extend(columns.map(|column| Position { column, ..row }));
    }
    let mut expected = Vec::new();
    for row in rows.iter().take(to + 1).skip(from) {
        let line = layout.line(*row).clone();
        for (_, at, columns) in shown_clusters(&layout, &line) {
            if at.intersect(wanted).is_some_and(|common| !common.is_empty()) {
                expected.extend(columns.map(|column| Position { column, ..*row }));
            }
        }
    }
    assert_eq!(painted, expected);
}

fn paragraphs<'a>(texts: impl IntoIterator<Item = &'a str>) -> Arc<Document> {
    let mut builder = DocumentBuilder::new();
    for text in texts {
        builder.start(BlockKind::Paragraph, 0);
        builder.push(&sanitize_line(text), None);
    }
    Arc::new(builder.finish(None))
}

const AWKWARD: [&str; 26] = [
    "le droit",
    " ",
    "  ",
    "\u{301}",
    "e\u{301}",
    "日本語",
    "👨‍👩‍👧",
    "🇫🇷",
    "שלום",
    "مرحبا",
    "สิทธิมนุษยชน",
    "x\u{316}\u{317}\u{316}\u{317}\u{316}",
    "\u{a0}",
    "\u{202f};",
    " ; ",
    "« aveux »",
    "n° 5",
    "p. 601",
    "1 000",
    "sous-déclarée",
    "anticonstitutionnellement",
    "\u{1b}[2J",
    "ᄀᄀᄀ",
    "क्षि",
    "\u{600}a",
    "❤\u{fe0f}",
];

fn awkward() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => proptest::sample::select(AWKWARD.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
        1 => any::<String>().prop_map(|text| text.chars().take(6).collect()),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| sanitize_line(&pieces.concat()).into_owned())
}

/// A document of any blocks and inlines.
fn made() -> impl Strategy<Value = Arc<Document>> {
    proptest::collection::vec((0_u8..14, awkward(), 0_u8..3), 0..16).prop_map(|calls| {
        let mut builder = DocumentBuilder::new();
        for (call, text, depth) in calls {
            build(&mut builder, call, &text, depth);
        }
        Arc::new(builder.finish(None))
    })
}

fn build(builder: &mut DocumentBuilder, call: u8, text: &str, depth: u8) {
    match call {
        0 => builder.open(BlockKind::Quote),
        1 => builder.open(BlockKind::Table),
        2 => builder.open(BlockKind::Row),
        3 | 4 => builder.close(),
        5 => builder.start(BlockKind::Rule, depth),
        6 => labelled(builder, BlockKind::Item, depth, "12.\u{2002}", text),
        7 => labelled(builder, BlockKind::Paragraph, depth, "Question 123 ", text),
        8 | 9 => {
            builder.start(if call == 8 { BlockKind::Cell } else { BlockKind::Preformatted }, depth);
            builder.push(text, None);
        }
        10 => {
            builder.start(BlockKind::Item, depth);
            builder.label(None, Some(Marker::Virtual(text.chars().take(12).collect())));
            builder.push(text, None);
        }
        11 => {
            builder.open_inline(InlineKind::Superscript);
            builder.push("1e", None);
            builder.open_inline(InlineKind::Strong);
            builder.push(text, None);
            builder.close_inline();
        }
        _ => {
            builder.start(BlockKind::Paragraph, depth);
            builder.push(text, None);
        }
    }
}

fn labelled(builder: &mut DocumentBuilder, kind: BlockKind, depth: u8, label: &str, text: &str) {
    builder.start(kind, depth);
    let start = builder.at();
    builder.push(label, None);
    let marker = TextRange::new(start, builder.at());
    builder.label(Some(label.trim().to_owned()), Some(Marker::InText(marker)));
    builder.push(text, None);
}

proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]
    #[test]
    fn awkward_paragraphs_keep_every_property(texts in proptest::collection::vec(awkward(), 0..3), measure in 1_u16..80) {
        check(&paragraphs(texts.iter().map(String::as_str)), measure);
    }

    #[test]
    fn made_documents_keep_every_property(document in made(), measure in 1_u16..80) {
        check(&document, measure);
    }

    #[test]
    fn cells_cover_the_clusters_of_a_range_and_no_other(
        document in made(), measure in 1_u16..80, ends in (0_usize..400, 0_usize..400), rows in (0_usize..40, 0_usize..40)
    ) {
        let bound = |at: usize| document.text.floor_char_boundary(at.min(document.text.len()));
        let (a, b) = (bound(ends.0), bound(ends.1));
        check_cells(&document, measure, range(a.min(b), a.max(b)), rows);
    }

    #[test]
    fn a_wider_window_never_gives_more_lines(text in awkward(), measure in 1_u16..60, more in 1_u16..40) {
        let mut start = 0;
        let mut longest = 0;
        for at in breaks::opportunities(&text) {
            longest = longest.max(grapheme::width(&text[start..at]));
            start = at;
        }
        let measure = measure.max(u16::try_from(longest).unwrap());
        let document = paragraphs([text.as_str()]);
        let lines = |measure| rows(&mut Layout::new(document.clone(), measure)).len();
        prop_assert!(lines(measure + more) <= lines(measure));
    }
}

#[test]
fn real_documents_keep_every_property() {
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds");
    let Ok(folder) = std::fs::read_dir(seeds) else {
        println!("skipped: {seeds} is not there");
        return;
    };
    for entry in folder {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let document = paragraphs(text.split("\n\n"));
        for measure in [1, 2, 7, 20, 40, 72, 80] {
            check(&document, measure);
        }
    }
}

#[test]
fn a_paragraph_of_ten_megabytes_is_laid_out_where_it_is_looked_at() {
    let document = paragraphs(["l’été 1 000 « mots » ".repeat(400_000).as_str()]);
    let mut layout = Layout::new(document.clone(), 72);
    let end = layout.position(document.len(), Affinity::Downstream);
    assert_eq!(end.piece, layout.pieces() - 1);
    let middle = layout.position(TextSize::new(4_000_000), Affinity::Downstream);
    assert_eq!(layout.cells((&*document).into(), middle, middle).len(), 1);
    assert_eq!(layout.lines.iter().filter(|lines| lines.is_some()).count(), 2);
}

#[test]
fn an_empty_document_has_one_empty_row() {
    let mut layout = Layout::new(Arc::new(Document::default()), 0);
    assert_eq!(layout.first_row(), layout.last_row());
    assert_eq!(layout.position(TextSize::new(0), Affinity::Upstream), Position::default());
    assert!(layout.line(Position { piece: 9, row: 9, column: 9 }).is_blank());
    assert_eq!(layout.lines(1), []);
}

#[test]
fn the_end_of_a_wrapped_line_is_told_from_the_start_of_the_next_by_affinity() {
    let mut layout = Layout::new(paragraphs(["abcdef"]), 3);
    let at = TextSize::new(3);
    assert_eq!(layout.position(at, Affinity::Upstream), Position { piece: 0, row: 0, column: 3 });
    assert_eq!(layout.position(at, Affinity::Downstream), Position { piece: 0, row: 1, column: 0 });
}

#[test]
fn right_of_the_text_is_the_end_of_what_the_line_shows() {
    let mut layout = Layout::new(paragraphs(["abc def", "ghijkl"]), 4);
    let far = |row, piece| Position { piece, row, column: 40 };
    assert_eq!(layout.offset(far(0, 0)), TextSize::new(3), "the blank of the wrap");
    assert_eq!(layout.offset(far(1, 0)), TextSize::new(7), "the end of the paragraph");
    assert_eq!(layout.offset(far(1, 1)), TextSize::new(11), "the last cluster of a word that was cut");
    assert_eq!(layout.offset(far(0, 1)), TextSize::new(8), "spacing is the start of what follows");
}

#[test]
fn a_match_in_raised_figures_has_their_cells() {
    let mut builder = DocumentBuilder::new();
    builder.push("préoccupation", None);
    builder.open_inline(InlineKind::FootnoteReference { label: "12".into() });
    builder.push("12", None);
    let document = Arc::new(builder.finish(None));
    let mut layout = Layout::new(document, 72);
    let row = Position::default();
    assert_eq!(layout.cells(range(15, 16), row, row), [(Position { column: 14, ..row }, 14..15)]);
}

/// A document with one of each.
fn dossier() -> Arc<Document> {
    let mut builder = DocumentBuilder::new();
    builder.start(BlockKind::Heading { level: 1 }, 0);
    builder.push("Résolution sur la situation", None);
    labelled(
        &mut builder,
        BlockKind::Paragraph,
        0,
        "B. ",
        "considérant que le pays a rejoint la commission ; qu’il a plus de 1 000 ",
    );
    builder.open_inline(InlineKind::Link { target: "https://example.org".into() });
    builder.push("détenus politiques", None);
    builder.close_inline();
    builder.open_inline(InlineKind::FootnoteReference { label: "4".into() });
    builder.push("4", None);
    builder.close_inline();
    builder.push(" ;", None);
    labelled(&mut builder, BlockKind::Paragraph, 0, "C. ", "considérant la 2");
    builder.open_inline(InlineKind::Superscript);
    builder.push("e", None);
    builder.close_inline();
    builder.push(" séance, où l’on a dit « oui » et \u{241b}[2J ;", None);
    for (marker, depth, text) in
        [("•", 0, "un premier point, assez long pour la ligne"), ("–", 1, "dedans"), ("•", 0, "un second")]
    {
        builder.start(BlockKind::Item, depth);
        builder.label(None, Some(Marker::Virtual(marker.into())));
        builder.push(text, None);
    }
    builder.open(BlockKind::Quote);
    for text in ["Nul ne sera soumis à la torture.", "Toute personne a droit à la liberté."] {
        builder.start(BlockKind::Paragraph, 0);
        builder.push(text, None);
    }
    builder.close();
    builder.open(BlockKind::Table);
    for (name, number) in [("Visas", "8"), ("Considérants", "17")] {
        builder.open(BlockKind::Row);
        for cell in [name, number] {
            builder.start(BlockKind::Cell, 0);
            builder.push(cell, None);
        }
        builder.close();
    }
    builder.close();
    builder.start(BlockKind::Rule, 0);
    builder.start(BlockKind::Footnote, 0);
    builder.label(Some("4".into()), None);
    builder.push("JO C 45 du 5.2.2016, p. 85.", None);
    Arc::new(builder.finish(None))
}

/// Each row as it is drawn, then the words whose role is not that of running text.
fn picture(document: &Arc<Document>, measure: u16) -> String {
    let mut layout = Layout::new(document.clone(), measure);
    let mut picture = String::new();
    for row in rows(&mut layout) {
        let line = layout.line(row).clone();
        let mut drawn = String::new();
        let mut roles = Vec::new();
        for run in &line.runs {
            let blanks = usize::from(run.column) - grapheme::width(&drawn);
            drawn.extend(std::iter::repeat_n(' ', blanks));
            drawn.push_str(run.shown(&document.text));
            if run.role != Role::Text
                && !matches!((&run.content, run.role), (Content::Virtual(_), Role::Quote | Role::Rule))
            {
                roles.push(format!("{}:{}", run.role.name(), run.shown(&document.text)));
            }
        }
        let roles = if roles.is_empty() { String::new() } else { format!("  ← {}", roles.join(", ")) };
        writeln!(picture, "{}", format!("|{drawn}{roles}").trim_end()).unwrap();
    }
    picture
}

#[test]
fn a_document_at_20_columns() {
    assert_snapshot!(picture(&dossier(), 20), @r"
    |Résolution sur la  ← heading:Résolution sur la
    |situation  ← heading:situation
    |
    |B. considérant que  ← label:B.
    |   le pays a rejoint
    |   la commission ;
    |   qu’il a plus de
    |   1 000 détenus  ← link:détenus
    |   politiques⁴ ;  ← link:politiques, footnote-mark:⁴
    |
    |C. considérant la 2ᵉ  ← label:C.
    |   séance, où l’on a
    |   dit « oui » et
    |   ␛[2J ;  ← sanitized:␛
    |
    |• un premier point,  ← label:•
    |  assez long pour la
    |  ligne
    |  – dedans  ← label:–
    |• un second  ← label:•
    |
    |│ Nul ne sera soumis  ← quote:Nul ne sera soumis
    |│ à la torture.  ← quote:à la torture.
    |│
    |│ Toute personne a  ← quote:Toute personne a
    |│ droit à la  ← quote:droit à la
    |│ liberté.  ← quote:liberté.
    |
    |Visas        │ 8
    |Considérants │ 17
    |
    |────────────────────
    |
    |⁴ JO C 45 du  ← label:⁴
    |  5.2.2016, p. 85.
    ");
}

#[test]
fn a_document_at_40_columns() {
    assert_snapshot!(picture(&dossier(), 40), @r"
    |Résolution sur la situation  ← heading:Résolution sur la situation
    |
    |B. considérant que le pays a rejoint la  ← label:B.
    |   commission ; qu’il a plus de 1 000
    |   détenus politiques⁴ ;  ← link:détenus politiques, footnote-mark:⁴
    |
    |C. considérant la 2ᵉ séance, où l’on a  ← label:C.
    |   dit « oui » et ␛[2J ;  ← sanitized:␛
    |
    |• un premier point, assez long pour la  ← label:•
    |  ligne
    |  – dedans  ← label:–
    |• un second  ← label:•
    |
    |│ Nul ne sera soumis à la torture.  ← quote:Nul ne sera soumis à la torture.
    |│
    |│ Toute personne a droit à la liberté.  ← quote:Toute personne a droit à la liberté.
    |
    |Visas        │ 8
    |Considérants │ 17
    |
    |────────────────────────────────────────
    |
    |⁴ JO C 45 du 5.2.2016, p. 85.  ← label:⁴
    ");
}

#[test]
fn a_document_at_72_columns() {
    assert_snapshot!(picture(&dossier(), 72), @r"
    |Résolution sur la situation  ← heading:Résolution sur la situation
    |
    |B.  considérant que le pays a rejoint la commission ; qu’il a plus de  ← label:B.
    |    1 000 détenus politiques⁴ ;  ← link:détenus politiques, footnote-mark:⁴
    |
    |C.  considérant la 2ᵉ séance, où l’on a dit « oui » et ␛[2J ;  ← label:C., sanitized:␛
    |
    |• un premier point, assez long pour la ligne  ← label:•
    |  – dedans  ← label:–
    |• un second  ← label:•
    |
    |│ Nul ne sera soumis à la torture.  ← quote:Nul ne sera soumis à la torture.
    |│
    |│ Toute personne a droit à la liberté.  ← quote:Toute personne a droit à la liberté.
    |
    |Visas        │ 8
    |Considérants │ 17
    |
    |────────────────────────────────────────────────────────────────────────
    |
    |⁴ JO C 45 du 5.2.2016, p. 85.  ← label:⁴
    ");
}

/// Labels of all widths, a paragraph that continues its item, a table too wide for columns.
fn labels() -> Arc<Document> {
    let mut builder = DocumentBuilder::new();
    labelled(&mut builder, BlockKind::Paragraph, 0, "Question 3 ", "Le ministre peut-il répondre ?");
    for (label, text) in [("9. ", "neuvième demande faite"), ("10. ", "dixième demande")] {
        labelled(&mut builder, BlockKind::Item, 1, label, text);
    }
    builder.start(BlockKind::Paragraph, 1);
    builder.push("qui continue", None);
    builder.open(BlockKind::Table);
    builder.open(BlockKind::Row);
    for cell in ["Institution saisie", "Commission des affaires étrangères du Parlement"] {
        builder.start(BlockKind::Cell, 0);
        builder.push(cell, None);
    }
    Arc::new(builder.finish(None))
}

#[test]
fn labels_share_a_column_and_never_crush_the_text() {
    assert_snapshot!(picture(&labels(), 20), @r"
    |Question 3 Le  ← label:Question 3
    |    ministre peut-il
    |    répondre ?
    |
    |    9.  neuvième  ← label:9.
    |        demande
    |        faite
    |    10. dixième  ← label:10.
    |        demande
    |
    |    qui continue
    |
    |Institution saisie
    |  Commission des
    |  affaires
    |  étrangères du
    |  Parlement
    ");
    assert_snapshot!(picture(&labels(), 50), @r"
    |Question 3  Le ministre peut-il répondre ?  ← label:Question 3
    |
    |        9.   neuvième demande faite  ← label:9.
    |        10.  dixième demande  ← label:10.
    |
    |             qui continue
    |
    |Institution saisie
    |  Commission des affaires étrangères du Parlement
    ");
}
