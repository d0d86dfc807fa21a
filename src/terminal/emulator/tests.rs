//! Tests of the emulator: known sequences compared with xterm, random streams compared with the vt100 crate's model,
//! and the encoder's own frames, with column margins too, which no other model here supports.

use std::num::NonZeroU16;

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use super::*;
use crate::terminal::encoder::{Capabilities, Deferral, Encoder};
use crate::terminal::guard::hand_over_all;
use crate::text::grapheme::{clusters, width};

fn played(width: u16, height: u16, bytes: &str) -> Player {
    let mut player = Player::new(width, height);
    player.feed(bytes);
    player
}

fn lines(width: u16, height: u16, bytes: &str) -> String {
    played(width, height, bytes).lines().join("\n")
}

#[test]
fn words_wrap_and_scroll_the_screen() {
    assert_eq!(lines(5, 2, "abcdefg\r\nhi"), "fg\nhi");
    assert_eq!(lines(5, 2, "abcde\rx"), "xbcde\n");
    assert_eq!(lines(3, 2, "ab欧"), "ab\n欧");
    assert_eq!(lines(4, 1, "e\u{301}a"), "e\u{301}a");
}

#[test]
fn columns_between_margins_scroll_alone() {
    let drawn = "\x1b[1;1Haaaaaa\x1b[2;1Hbbbbbb\x1b[3;1Hcccccc\x1b[?69h\x1b[3;4s";
    assert_eq!(lines(6, 3, &format!("{drawn}\x1b[S")), "aabbaa\nbbccbb\ncc  cc");
    assert_eq!(lines(6, 3, &format!("{drawn}\x1b[T")), "aa  aa\nbbaabb\nccbbcc");
    assert_eq!(lines(6, 3, &format!("{drawn}\x1b[3;3H\n")), "aabbaa\nbbccbb\ncc  cc");
    assert_eq!(lines(6, 3, &format!("{drawn}\x1b[3;1H\n")), "aaaaaa\nbbbbbb\ncccccc", "outside nothing scrolls");
    assert_eq!(lines(6, 3, &format!("{drawn}\x1b[1;3HxyzX")), "aaxyaa\nbbzXbb\ncccccc", "words wrap at the margin");
    assert_eq!(lines(6, 3, &format!("{drawn}\x1b[?69l\x1b[S")), "bbbbbb\ncccccc\n");
}

#[test]
fn a_wide_character_cut_by_a_margin_goes_as_a_whole() {
    assert_eq!(lines(6, 2, "a欧b\x1b[2;1H      \x1b[?69h\x1b[3;4s\x1b[S"), "a\n");
}

#[test]
fn lines_and_columns_are_put_in_and_taken_out() {
    let drawn = "abc\r\ndef\r\nghi";
    for (bytes, expected) in [
        ("\x1b[2;1H\x1b[L", "abc\n\ndef"),
        ("\x1b[1;2H\x1b[M", "def\nghi\n"),
        ("\x1b[1;2H\x1b[P", "ac\ndef\nghi"),
        ("\x1b[1;2H\x1b[2@x", "ax bc\ndef\nghi"),
        ("\x1b[2d\x1b[3Gx", "abc\ndex\nghi"),
        ("\x1b[H\x1b[2Ex", "abc\ndef\nxhi"),
        ("\x1b[2;2H\x1b7\x1b[H\x1b8x", "abc\ndxf\nghi"),
        ("\x1b[2;2H\x1b[s\x1b[H\x1b[ux", "abc\ndxf\nghi"),
        ("\x1b[2;2Hx\x1b[2b", "abc\ndxxx\nghi"),
        ("\x1b[2;3r\x1b[3;1H\nx", "abc\nghi\nx"),
        ("\x1b[2;1H\x1b[J", "abc\n\n"),
        ("\x1b[2;2H\x1b[1J", "\n  f\nghi"),
    ] {
        assert_eq!(lines(5, 3, &(drawn.to_owned() + bytes)), expected, "{bytes:?}");
    }
}

#[test]
fn what_is_not_known_is_swallowed_whole() {
    let strange =
        "a\x1b[>q\x1b[?69$p\x1b[5n\x1b]52;c;eHg=\x07\x1bP+q544e\x1b\\\x1b(B\x1b[1$w\x1b[38:9m\u{9b}b\x1b[?2026h";
    assert_eq!(lines(6, 1, strange), "ab");
}

#[test]
fn what_a_program_leaves_when_it_gives_the_terminal_back_is_shown() {
    let player = played(4, 2, "\x1b[?1049h\x1b[2J\x1b[?25lab\x1b[m\x1b[?69l\x1b[r\x1b[999H\x1b[?1049l\x1b[?25h");
    assert_eq!(player.lines(), ["ab", ""]);
    assert_eq!(player.cursor(), Some(Position::new(0, 0)));
}

#[test]
fn colours_are_read_in_all_their_forms() {
    let pen = |bytes: &str| played(4, 1, bytes).caret.pen;
    let red = Pen { fg: Color::Red, ..Pen::PLAIN };
    assert_eq!(pen("\x1b[31m"), red);
    assert_eq!(pen("\x1b[38;5;1m"), red);
    assert_eq!(pen("\x1b[38:2::1:2:3;1m"), Pen { fg: Color::Rgb(1, 2, 3), modifier: Modifier::BOLD, ..Pen::PLAIN });
    assert_eq!(pen("\x1b[48;2;1;2;3;4:3m\x1b[24m"), Pen { bg: Color::Rgb(1, 2, 3), ..Pen::PLAIN });
    assert_eq!(pen("\x1b[58;5;3;7m\x1b[0m"), Pen::PLAIN);
    assert_eq!(pen("\x1b[38;5m\x1b[31m"), red);
}

/// Bytes that the vt100 crate and we both know, sequences whole and cut. Behind the last column of a row terminals disagree
/// about all but words and absolute ways, so the cursor is brought somewhere before anything relative.
fn stream() -> impl Strategy<Value = String> {
    let number = || 0..14_u16;
    let somewhere = (0..11_u16).prop_map(|x| format!("\r\x1b[{x}C"));
    let relative = prop_oneof![
        3 => "(\r|\n|\u{8}|\u{1b}M)",
        4 => (number(), "[ABCDEFGKJXdP@LMST]").prop_map(|(count, last)| {
            let count = if matches!(last.as_str(), "K" | "J") { count % 3 } else { count };
            // Lines put in take the cursor to the margin in xterm, and not in that model.
            let home = if matches!(last.as_str(), "L" | "M") { "\r" } else { "" };
            format!("{home}\x1b[{count}{last}")
        }),
    ];
    let part = prop_oneof![
        6 => "[a-zé ]{1,12}", // what becomes of half a wide character is each terminal's own
        5 => (somewhere, relative).prop_map(|(place, sequence)| place + &sequence),
        3 => (number(), number()).prop_map(|(y, x)| format!("\x1b[{y};{x}H")),
        // Outside of the scrolling region the vt100 model scrolls too.
        2 => (1..6_u16, "(\u{1b}M|\n|\u{1b}\\[[0-3][ST]){1,4}", any::<bool>()).prop_map(|(top, scrolls, below)| {
            let bottom = 7.min(top + 3);
            format!("\x1b[{top};{bottom}r\x1b[{}H{scrolls}\x1b[r\x1b[H", if below { bottom } else { top })
        }),
        2 => "\u{1b}\\[(1|2|3|4|7|22|23|24|27|31|44|97|38;5;99|48;2;1;2;3|39|49|)m",
        1 => Just("\x1b]0;title\x07".to_owned()),
    ];
    proptest::collection::vec(part, 1..40).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, cases: 300, ..Default::default() })]

    #[test]
    fn whatever_is_fed_in_whatever_pieces_does_no_harm(
        text in "([a-z欧é\u{301}👍]|\u{1b}|\\[|\\]|[0-9;:?$!]{1,12}|[A-Za-z@`]|\u{7}|\u{9b}|\n|\r|\u{8}|\t|\u{1b}\\[){0,80}",
        cut in any::<prop::sample::Index>(),
        size in (0..40_u16, 0..12_u16),
        other in (0..40_u16, 0..12_u16),
    ) {
        let cut = text.floor_char_boundary(cut.index(text.len() + 1));
        let mut player = Player::new(size.0, size.1);
        player.feed(&text[..cut]);
        player.resize(other.0, other.1);
        player.feed(&text[cut..]);
        prop_assert_eq!(player.cells().area.as_size(), player.size());
    }

    #[test]
    fn a_sequence_may_be_cut_anywhere(text in stream(), cut in any::<prop::sample::Index>()) {
        // The end of a cluster depends on the following characters, so only sequences are split.
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let cut = places[cut.index(places.len())];
        let mut player = Player::new(9, 5);
        player.feed(&text[..cut]);
        player.feed(&text[cut..]);
        prop_assert_eq!(player.cells(), played(9, 5, &text).cells());
    }
}

/// The encoder on one side, the player on the other.
struct Pair {
    encoder: Encoder,
    drawn: Buffer,
    next: Buffer,
    player: Player,
    widths: Widths,
}

impl Pair {
    fn new(width: u16, height: u16, capabilities: Capabilities, widths: Widths) -> Self {
        let empty = Buffer::empty(Rect::new(0, 0, width, height));
        let encoder = Encoder::on_empty_screen(capabilities, width, height);
        let player = Player::new(width, height).counting(widths);
        Self { encoder, drawn: empty.clone(), next: empty, player, widths }
    }

    fn pane(&self, pane: (u16, u16, u16, u16)) -> Rect {
        let area = self.next.area;
        let (x, y) = (pane.0 % area.width, pane.1 % area.height);
        Rect::new(x, y, pane.2, pane.3).intersection(area)
    }

    /// Writes words as drawing code does, with the cells they are measured with.
    fn write(&mut self, (mut x, y): (u16, u16), words: &str, style: Style) {
        for cluster in clusters(words).filter(|cluster| cluster.width > 0) {
            let end = x + cluster.width as u16;
            if end > self.next.area.width {
                break;
            }
            (x..end).for_each(|x| self.next[(x, y)].reset());
            self.next[(x, y)].set_symbol(&cluster.shown()).set_style(style);
            x = end;
        }
    }

    fn scroll(&mut self, pane: Rect, rows: i16) {
        let before = self.next.clone();
        for y in pane.top()..pane.bottom() {
            for x in pane.left()..pane.right() {
                let from = y.checked_add_signed(rows).filter(|from| (pane.top()..pane.bottom()).contains(from));
                self.next[(x, y)] = from.map(|from| before[(x, from)].clone()).unwrap_or_default();
            }
        }
    }

    /// Empties the cells behind the first of each cluster, and leaves out what has no room.
    fn make_well_formed(&mut self) {
        let area = self.next.area;
        for y in 0..area.height {
            let mut x = 0;
            while x < area.width {
                let end = x + width(self.next[(x, y)].symbol()).max(1) as u16;
                let emptied = if end > area.width { x..area.width } else { x + 1..end };
                emptied.for_each(|x| self.next[(x, y)].reset());
                x = end;
            }
        }
    }

    fn draw(&mut self, pane: Rect, lag: Deferral<'_>) {
        self.make_well_formed();
        hand_over_all(&mut self.next);
        for (x, y, cell) in self.drawn.diff(&self.next) {
            self.encoder.put(x, y, cell);
        }
        let mut bytes = Vec::new();
        let beside = Rect { x: pane.right(), width: 5, ..pane };
        let draft = self.encoder.draft(&[pane, beside], lag);
        self.encoder.send(draft, &mut bytes);
        self.player.feed(std::str::from_utf8(&bytes).expect("frames are UTF-8"));
        self.drawn = self.next.clone();
    }

    /// The first cell where the screen differs from the frame, including signs that exceed their cells.
    fn difference(&self) -> Option<String> {
        let (played, area) = (self.player.cells(), self.next.area);
        for y in 0..area.height {
            let mut x = 0;
            while x < area.width {
                let cells = width(self.next[(x, y)].symbol()).max(1) as u16;
                let (mut shown, mut wanted) = (played[(x, y)].clone(), self.next[(x, y)].clone());
                if cells > 1 {
                    let all: String = (x..x + cells).map(|x| played[(x, y)].symbol()).collect();
                    // Cells that the terminal does not need for it are empty.
                    shown.set_symbol(&all.replace(' ', ""));
                    wanted.set_symbol(&self.next[(x, y)].symbol().replace(' ', ""));
                }
                let (ours, wanted) = (seen(&shown), seen(&wanted));
                if ours != wanted {
                    return Some(format!("at {x},{y}: {ours} instead of {wanted}"));
                }
                x += cells;
            }
        }
        None
    }

    /// The first place where the screen is not as if everything were drawn on an empty one.
    fn remainder(&self) -> Option<String> {
        let area = self.next.area;
        let mut anew = Self::new(area.width, area.height, Capabilities::default(), self.widths);
        anew.next = self.next.clone();
        anew.draw(area, Deferral::default());
        let (ours, wanted) = (self.player.cells(), anew.player.cells());
        let seen = |cells: &Buffer, at: Position| seen(&cells[at]);
        area.positions()
            .find(|at| seen(&ours, *at) != seen(&wanted, *at))
            .map(|at| format!("at {at}: {} instead of {}", seen(&ours, at), seen(&wanted, at)))
    }
}

/// What can be seen of a cell.
fn seen(cell: &ratatui::buffer::Cell) -> String {
    let marks = cell.modifier & (Modifier::REVERSED | Modifier::UNDERLINED | Modifier::CROSSED_OUT);
    if cell.symbol().trim().is_empty() && marks.is_empty() {
        return format!("blank on {}", cell.bg);
    }
    format!("{:?} {} on {} {:?}", cell.symbol(), cell.fg, cell.bg, cell.modifier)
}

fn style(number: u8) -> Style {
    let plain = Style::reset();
    match number {
        1 => plain.add_modifier(Modifier::BOLD),
        2 => plain.add_modifier(Modifier::REVERSED | Modifier::BOLD),
        3 => plain.fg(Color::Indexed(33)),
        4 => plain.bg(Color::Blue),
        5 => plain.add_modifier(Modifier::UNDERLINED | Modifier::CROSSED_OUT).fg(Color::Rgb(1, 2, 3)),
        6 => plain.add_modifier(Modifier::DIM | Modifier::ITALIC | Modifier::BOLD),
        7 => plain.bg(Color::Rgb(9, 9, 9)).fg(Color::DarkGray),
        _ => plain,
    }
}

fn capabilities() -> impl Strategy<Value = Capabilities> {
    any::<[bool; 6]>().prop_map(|[scrolls, scrolls_columns, erases_cells, repeats, erases_in_color, scrolls_many]| {
        Capabilities { scrolls, scrolls_columns, erases_cells, repeats, erases_in_color, scrolls_many }
    })
}

#[derive(Clone, Debug)]
enum Change {
    Words(u16, u16, String, u8),
    Scroll(i16),
    Draw,
    /// The surroundings of the pane may be deferred.
    DrawPane,
}

/// Clusters of which terminals think differently, scripts of the kind, and marks without a base.
const SIGNS: [&str; 52] = [
    "⚠️",
    "❤️",
    "✔️",
    "☎️",
    "☃️",
    "1️⃣",
    "#️⃣",
    "⌚︎",
    "⚠",
    "❤",
    "①",
    "→",
    "…",
    "㉈",
    "👍",
    "👍🏽",
    "👨‍👩‍👧",
    "👩🏽‍⚕️",
    "❤️‍🔥",
    "🏳️‍🌈",
    "🇫🇷",
    "🇫",
    "ｶﾞ",
    "காலை",
    "க்ஷ",
    "හොඳ",
    "කා",
    "বাংলা",
    "ক্ষ",
    "മലയാളം",
    "ക്ഷ്യാ",
    "हिन्दी",
    "क्ष",
    "తెలుగు",
    "ಕನ್ನಡ",
    "ગુજરાતી",
    "ខ្មែរ",
    "မြန်မာ",
    "བོད་ཡིག",
    "ᬩᬵᬮᬶ",
    "ภาษากำ",
    "ລາວ",
    "ᄒᆞᆫ",
    "ᄀ",
    "ힰ",
    "الأمم",
    "שָׁלוֹם",
    "می\u{200c}خ",
    "क्\u{200d}ष",
    "\u{301}",
    "\u{bbe}",
    "\u{1161}",
];

/// Words of every kind of cluster.
fn words() -> impl Strategy<Value = String> {
    let sign = prop_oneof![
        3 => "[a-zé欧═⁴ ]{1,6}",
        1 => "[a-zé]\u{301}[\u{300}-\u{36f}]?|\u{200d}|\u{fe0f}|\u{20dd}|\u{93f}|\u{e33}",
        4 => prop::sample::select(SIGNS.to_vec()).prop_map(str::to_owned),
    ];
    proptest::collection::vec(sign, 0..9).prop_map(|signs| signs.concat())
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let change = prop_oneof![
        4 => (0..40_u16, 0..12_u16, words(), 0..9_u8).prop_map(|(x, y, words, style)| Change::Words(x, y, words, style)),
        3 => (-5..6_i16).prop_map(Change::Scroll),
        5 => Just(Change::Draw),
        2 => Just(Change::DrawPane),
    ];
    proptest::collection::vec(change, 1..40)
}

proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, cases: 300, ..Default::default() })]

    #[test]
    fn what_the_encoder_encodes_for_a_frame_is_the_frame(
        size in (1..40_u16, 1..12_u16),
        pane in (0..40_u16, 0..12_u16, 1..40_u16, 1..12_u16),
        capabilities in capabilities(),
        widths in prop::sample::select(Widths::ALL.to_vec()),
        changes in changes(),
    ) {
        let mut pair = Pair::new(size.0, size.1, capabilities, widths);
        let pane = pair.pane(pane);
        for change in changes {
            match change {
                Change::Words(x, y, words, number) if x < size.0 && y < size.1 => {
                    pair.write((x, y), &words, style(number));
                }
                Change::Words(..) => {}
                Change::Scroll(rows) => pair.scroll(pane, rows),
                Change::DrawPane => pair.draw(pane, Deferral { areas: &[], beside_scrolled: true }),
                Change::Draw => {
                    pair.draw(pane, Deferral::default());
                    prop_assert_eq!(pair.difference(), None);
                    prop_assert_eq!(pair.remainder(), None);
                }
            }
        }
    }

    #[test]
    fn the_screen_is_the_one_of_the_vt100_crate(bytes in stream()) {
        let size = |cells| NonZeroU16::new(cells).expect("it is no zero");
        let mut theirs = vt100::Parser::new(size(7), size(12), 0);
        theirs.process(bytes.as_bytes());
        let ours = played(12, 7, &bytes).lines();
        let theirs: Vec<String> = theirs.screen().rows(0, 12).map(|row| row.trim_end().to_owned()).collect();
        prop_assert_eq!(ours, theirs);
    }
}
