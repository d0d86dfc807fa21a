//! Every sign of a text is on the screen, however the terminal counts its cells, and no sign stays that has gone: the real
//! reader is driven by random keys on random texts of every kind of cluster, its frames are played as several families of
//! terminals would show them. What single frames cost and how they are encoded is proved beside the encoder.

use lutrin::app::App;
use lutrin::config::Theme;
use lutrin::terminal::emulator::Player;
use lutrin::terminal::encoder::{Capabilities, Encoder};
use lutrin::terminal::guard::hand_over_all;
use lutrin::text::grapheme::{clusters, width};
use lutrin::text::terminal_widths::Widths;
use lutrin::ui::render;
use proptest::prelude::*;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;

use crate::support::world::World;

/// Clusters of which terminals think differently, and scripts that have them.
const SIGNS: [&str; 44] = [
    "⚠️",
    "❤️",
    "✔️",
    "☎️",
    "☃️",
    "1️⃣",
    "⌚︎",
    "①",
    "👍🏽",
    "👨‍👩‍👧‍👦",
    "👩🏽‍⚕️",
    "❤️‍🔥",
    "🏳️‍🌈",
    "🇫🇷",
    "ｶﾞ",
    "காலை",
    "க்ஷ",
    "හොඳ",
    "කාලය",
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
    "한국어",
    "الأمم",
    "שָׁלוֹם",
    "می\u{200c}خ",
    "漢字",
    "x\u{323}\u{301}",
    "droit",
    "homme",
    "l’État",
];

/// A terminal of one family, and what was drawn on it.
struct Terminal {
    widths: Widths,
    encoder: Encoder,
    player: Player,
    drawn: Buffer,
}

impl Terminal {
    fn new(widths: Widths, width: u16, height: u16) -> Self {
        let capabilities = Capabilities::of_term("xterm-256color");
        Self {
            widths,
            encoder: Encoder::on_empty_screen(capabilities, width, height),
            player: Player::new(width, height).counting(widths),
            drawn: Buffer::empty(Rect::new(0, 0, width, height)),
        }
    }

    fn draw(&mut self, app: &App, next: &Buffer) {
        if self.drawn.area != next.area {
            *self = Self::new(self.widths, next.area.width, next.area.height);
        }
        for (x, y, cell) in self.drawn.diff(next) {
            self.encoder.put(x, y, cell);
        }
        let panes: Vec<Rect> = app
            .redraw_priority()
            .scrolling
            .iter()
            .map(|pane| Rect::new(pane.x, pane.y, pane.width, pane.height))
            .collect();
        let mut bytes = Vec::new();
        self.encoder.encode(&panes, &mut bytes);
        self.player.feed(std::str::from_utf8(&bytes).expect("frames are UTF-8"));
        self.drawn = next.clone();
    }

    /// The first sign that is not wholly in its cells.
    fn missing(&self) -> Option<String> {
        let (shown, area) = (self.player.cells(), self.drawn.area);
        let bare = |symbols: String| symbols.replace(' ', "");
        for y in 0..area.height {
            let mut x = 0;
            while x < area.width {
                let symbol = self.drawn[(x, y)].symbol();
                let end = x + width(symbol).max(1) as u16;
                let stands = bare((x..end).map(|x| shown[(x, y)].symbol()).collect());
                if stands != bare(symbol.to_owned()) {
                    return Some(format!("{:?}: at {x},{y} {stands:?} instead of {symbol:?}", self.widths));
                }
                x = end;
            }
        }
        None
    }

    /// Whether the screen is as if everything were drawn on an empty one.
    fn is_clean(&self, app: &App) -> bool {
        let mut anew = Self::new(self.widths, self.drawn.area.width, self.drawn.area.height);
        anew.draw(app, &self.drawn);
        let looks = |cells: Buffer| -> Vec<_> {
            let is_blank = |symbol: &str| symbol == " ";
            let cells = cells.content.into_iter();
            cells
                .map(|cell| (cell.symbol().to_owned(), cell.bg, (!is_blank(cell.symbol())).then_some(cell.fg)))
                .collect()
        };
        looks(anew.player.cells()) == looks(self.player.cells())
    }
}

fn drawn(app: &App) -> Buffer {
    let area = Rect::new(0, 0, app.panes.size.columns, app.panes.size.rows);
    let mut buffer = Buffer::empty(area);
    render(app, &Theme::named("dark").expect("it is built in"), area, &mut buffer);
    hand_over_all(&mut buffer);
    buffer
}

/// What a person does.
#[derive(Clone, Debug)]
enum Act {
    Keys(&'static str),
    Write(String),
    Resize(u16, u16),
}

fn words(signs: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let sign = (prop::sample::select(SIGNS.to_vec()), prop::sample::select(vec!["", "", " ", " ", ". "]));
    prop::collection::vec(sign, signs).prop_map(|signs| signs.into_iter().flat_map(|(sign, gap)| [sign, gap]).collect())
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let keys = vec![
        "j",
        "k",
        "jjj",
        "<Space>",
        "b",
        "G",
        "gg",
        "<Enter>",
        "q",
        "<C-d>",
        "<C-u>",
        "J",
        "K",
        "o",
        "<Esc>",
        "/",
        "&",
        "n",
        "<Backspace>",
        "<Left><Left>",
        "<Home>",
        "<End>",
        "<Delete>",
        "x",
        "<Tab>",
        "i",
        "z",
        "m",
        "?",
    ];
    let act = prop_oneof![
        6 => prop::sample::select(keys).prop_map(Act::Keys),
        2 => words(1..6).prop_map(Act::Write),
        1 => (20..100_u16, 5..30_u16).prop_map(|(columns, rows)| Act::Resize(columns, rows)),
    ];
    prop::collection::vec(act, 1..14)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn every_sign_is_on_the_screen_of_every_terminal_whatever_one_does(
        titles in prop::collection::vec(words(1..5), 3),
        paragraphs in prop::collection::vec(words(1..30), 1..40),
        acts in acts(),
    ) {
        let text = paragraphs.join("\n\n");
        let documents: Vec<(String, String)> =
            titles.iter().enumerate().map(|(at, title)| (format!("{at}.md"), format!("# {title}\n\n{text}\n"))).collect();
        let documents: Vec<(&str, &str)> = documents.iter().map(|(name, text)| (&**name, &**text)).collect();
        let mut world = World::open(&documents);
        let mut terminals = Widths::ALL.map(|widths| Terminal::new(widths, 80, 24));
        for act in acts {
            match act {
                Act::Keys(keys) => world.press(keys),
                Act::Write(text) => world.write(&text),
                Act::Resize(columns, rows) => world.resize(columns, rows),
            };
            let next = drawn(&world.app);
            for terminal in &mut terminals {
                terminal.draw(&world.app, &next);
                prop_assert_eq!(terminal.missing(), None);
                prop_assert!(terminal.is_clean(&world.app), "{:?}", terminal.widths);
            }
        }
    }
}

#[test]
fn what_is_read_from_top_to_end_shows_every_sign_of_the_text() {
    let text = SIGNS.join(" ");
    let mut world = World::open(&[("a.md", &format!("# Signes\n\n{text}\n"))]);
    for columns in [80, 40, 120] {
        world.resize(columns, 40);
        let buffer = drawn(&world.app);
        let shown: String = buffer.content.iter().map(Cell::symbol).collect();
        for cluster in clusters(&text).filter(|cluster| cluster.width > 0) {
            assert!(shown.contains(cluster.text), "{:?} is missing at {columns} columns", cluster.text);
        }
    }
}
