//! A screen as text in two planes: what stands in the cells, then what they mean, one letter a role. Only the roles that
//! occur are named below. Cells that mean nothing are blank in the second plane, and so is plain text.

use lutrin::app::App;
use lutrin::config::Theme;
use lutrin::layout::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;

/// The screen of an app, characters only, without blanks at the ends of lines.
pub(crate) fn characters(app: &App) -> String {
    let (buffer, area) = drawn(app);
    (0..area.height).map(|y| row(&buffer, area, y).trim_end().to_owned() + "\n").collect()
}

/// The screen of an app in both planes.
pub(crate) fn planes(app: &App) -> String {
    let (buffer, area) = drawn(app);
    let mut roles: Vec<Role> = Vec::new();
    let mut meaning = String::new();
    for y in 0..area.height {
        let mut line = String::new();
        for x in 0..area.width {
            let role = role(&buffer, x, y).filter(|role| *role != Role::Text);
            if let Some(role) = role
                && !roles.contains(&role)
            {
                roles.push(role);
            }
            line.push(role.map_or(' ', letter));
        }
        meaning.push_str(line.trim_end());
        meaning.push('\n');
    }
    roles.sort_unstable();
    let legend: Vec<String> = roles.iter().map(|role| format!("{} {}", letter(*role), role.name())).collect();
    format!("{}{}\n{meaning}{}\n", characters(app), "=".repeat(area.width.into()), legend.join(", "))
}

fn drawn(app: &App) -> (Buffer, Rect) {
    let area = Rect::new(0, 0, app.panes.size.columns, app.panes.size.rows);
    let mut buffer = Buffer::empty(area);
    lutrin::ui::render(app, &theme(), area, &mut buffer);
    (buffer, area)
}

fn row(buffer: &Buffer, area: Rect, y: u16) -> String {
    let mut row = String::new();
    let mut x = 0;
    while x < area.width {
        let symbol = buffer[(x, y)].symbol();
        row.push_str(symbol);
        x += (unicode_width(symbol)).max(1);
    }
    row
}

fn unicode_width(symbol: &str) -> u16 {
    lutrin::text::grapheme::width(symbol) as u16
}

/// Every role has a colour that says its number.
fn theme() -> Theme {
    let faces = Role::ALL.iter().enumerate().map(|(number, role)| {
        format!("{} = {{ fg = \"#0000{:02x}\", bold = false, reverse = false }}\n", role.name(), number + 1)
    });
    let (theme, complaints) = Theme::load(&faces.collect::<String>(), "roles", "roles");
    assert_eq!(complaints, []);
    theme
}

fn role(buffer: &Buffer, x: u16, y: u16) -> Option<Role> {
    match buffer[(x, y)].fg {
        Color::Rgb(0, 0, number) => Role::ALL.get(usize::from(number).checked_sub(1)?).copied(),
        _ => None,
    }
}

fn letter(role: Role) -> char {
    match role {
        Role::Text => '.',
        Role::Heading => 'H',
        Role::Strong => 'B',
        Role::Emphasis => 'e',
        Role::Code => 'c',
        Role::Deleted => 'x',
        Role::Link => 'l',
        Role::FootnoteMark => 'f',
        Role::Label => 'a',
        Role::Quote => 'q',
        Role::Sanitized => '!',
        Role::Match => 'm',
        Role::CurrentMatch => 'M',
        Role::Selection => 's',
        Role::Rule => '-',
        Role::Thumb => 'h',
        Role::Dim => 'd',
        Role::Title => 't',
        Role::Selected => 'S',
        Role::Bar => '|',
        Role::Unread => 'u',
        Role::Count => 'n',
        Role::Prompt => 'p',
        Role::Place => 'w',
        Role::Current => 'C',
        Role::Caption => 'k',
        Role::Key => 'y',
        Role::Notice => 'i',
        Role::Alert => 'A',
    }
}

#[test]
fn every_role_has_a_letter_of_its_own() {
    let mut letters: Vec<char> = Role::ALL.into_iter().map(letter).collect();
    letters.sort_unstable();
    letters.dedup();
    assert_eq!(letters.len(), Role::ALL.len());
}
