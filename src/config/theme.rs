//! Themes: a style for each role. The built-in ones are in `assets/themes`; a person's file overrides roles of one of
//! them. Plain text keeps the terminal's colours, and no meaning depends on colour alone: tests verify both.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::color::{Color, Face, NAMES};
use super::diagnostic::{Diagnostics, displayed, nearest, with_nearest};
use super::value;
use crate::layout::Role;
use crate::locale::Message;

/// The built-in themes and their files.
const BUILT_IN: [(&str, &str); 4] = [
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("16", include_str!("../../assets/themes/16.toml")),
    ("mono", include_str!("../../assets/themes/mono.toml")),
];

/// A face for each role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    name: String,
    faces: [Face; Role::ALL.len()],
}

impl Theme {
    /// The names of the built-in themes, in the order the command `theme` goes through them.
    pub fn names() -> [&'static str; BUILT_IN.len()] {
        BUILT_IN.map(|(name, _)| name)
    }

    /// A built-in theme.
    pub fn named(name: &str) -> Option<Self> {
        let (name, text) = BUILT_IN.into_iter().find(|(known, _)| *known == name)?;
        Some(Self::load(text, name, name).0)
    }

    /// A theme from the text of a file: the faces of the theme that `based-on` names (`dark` when none does), changed as
    /// the file says, and a message for each entry that could not be read.
    pub fn load(text: &str, file: &str, name: &str) -> (Self, Vec<Message>) {
        let mut theme = Self { name: name.to_owned(), faces: [Face::default(); Role::ALL.len()] };
        let mut diagnostics = Diagnostics::new(text, file);
        match super::diagnostic::parse(text) {
            Ok(table) => theme.read(&table, &mut diagnostics),
            Err(error) => {
                theme.rest_on("dark");
                diagnostics.syntax(&error);
            }
        }
        (theme, diagnostics.in_order())
    }

    /// That no theme has this name, built in or among the person's own.
    pub fn unknown<'a>(name: &str, own: impl IntoIterator<Item = &'a str>) -> Message {
        let message = Message::new("theme-unknown").with("name", displayed(name));
        with_nearest(message, name, Self::names().into_iter().chain(own))
    }

    /// The theme's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What a role looks like.
    pub fn face(&self, role: Role) -> Face {
        self.faces[role as usize]
    }

    fn read(&mut self, table: &DeTable<'_>, diagnostics: &mut Diagnostics<'_>) {
        let built_in = BUILT_IN.iter().any(|(known, _)| *known == self.name);
        let base = table.get("based-on").and_then(|base| base.get_ref().as_str());
        if !built_in && !self.rest_on(base.unwrap_or("dark")) {
            self.rest_on("dark");
        }
        for (name, found) in table {
            let role = Role::ALL.into_iter().find(|role| role.name() == name.get_ref());
            match role {
                Some(role) => self.read_face(role, found, diagnostics),
                None if name.get_ref() == "based-on" => diagnostics.wrong(name, found, base_name(found.get_ref())),
                None => {
                    let known = Role::ALL.iter().map(|role| role.name()).chain(["based-on"]);
                    diagnostics.unknown("theme-no-role", name, known);
                }
            }
        }
    }

    /// Takes the faces of a built-in theme; whether there is one of that name.
    fn rest_on(&mut self, base: &str) -> bool {
        let theme = Self::named(base);
        if let Some(base) = &theme {
            self.faces = base.faces;
        }
        theme.is_some()
    }

    /// A role's entry says its whole face.
    fn read_face(&mut self, role: Role, found: &Spanned<DeValue<'_>>, diagnostics: &mut Diagnostics<'_>) {
        let Some(entries) = found.get_ref().as_table() else {
            let what = Message::new("config-wrong").with("name", role.name());
            return diagnostics.add(&found.span(), what.with("expected", Message::new("expected-face")));
        };
        let mut face = Face::default();
        for (name, found) in entries {
            match part(&mut face, name.get_ref()) {
                Some(Part::Color(color)) => diagnostics.wrong(name, found, read_color(color, found.get_ref())),
                Some(Part::Flag(flag)) => {
                    diagnostics.wrong(name, found, value::yes_or_no(found.get_ref()).map(|on| *flag = on));
                }
                None => diagnostics.unknown("theme-no-part", name, PARTS),
            }
        }
        self.faces[role as usize] = face;
    }
}

/// A place in a face that an entry fills.
enum Part<'f> {
    Color(&'f mut Option<Color>),
    Flag(&'f mut bool),
}

const PARTS: [&str; 8] = ["fg", "bg", "bold", "dim", "italic", "underline", "reverse", "strike"];

fn part<'f>(face: &'f mut Face, name: &str) -> Option<Part<'f>> {
    Some(match name {
        "fg" => Part::Color(&mut face.fg),
        "bg" => Part::Color(&mut face.bg),
        "bold" => Part::Flag(&mut face.bold),
        "dim" => Part::Flag(&mut face.dim),
        "italic" => Part::Flag(&mut face.italic),
        "underline" => Part::Flag(&mut face.underline),
        "reverse" => Part::Flag(&mut face.reverse),
        "strike" => Part::Flag(&mut face.strike),
        _ => return None,
    })
}

fn read_color(color: &mut Option<Color>, found: &DeValue<'_>) -> Result<(), Message> {
    *color = match (found.as_str(), found.is_integer()) {
        (Some("default"), _) => None,
        (Some(written), _) => Some(Color::parse(written).ok_or_else(|| {
            let near = nearest(written, NAMES).unwrap_or("red");
            Message::new("expected-color").with("example", near)
        })?),
        (None, true) => Some(Color::Indexed(index(found)?)),
        (None, false) => return Err(Message::new("expected-color").with("example", "red")),
    };
    Ok(())
}

fn index(found: &DeValue<'_>) -> Result<u8, Message> {
    value::number(found, 0, 255).map(|number| u8::try_from(number).expect("no more than 255"))
}

fn base_name(found: &DeValue<'_>) -> Result<(), Message> {
    let written = value::text(found)?;
    let known = BUILT_IN.iter().any(|(name, _)| *name == written);
    let expected = || Message::new("expected-choice").with("choices", Theme::names().join(", "));
    if known { Ok(()) } else { Err(with_nearest(expected(), written, Theme::names())) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Catalogue, UiLanguage};

    #[test]
    fn built_in_themes_are_sound_and_say_every_role() {
        for (name, text) in BUILT_IN {
            assert_eq!(Theme::load(text, name, name).1, [], "{name}");
            for role in Role::ALL {
                assert!(text.contains(&format!("\n{} = ", role.name())), "{} is not in {name}", role.name());
            }
        }
    }

    #[test]
    fn plain_text_keeps_the_terminals_colours_and_no_theme_paints_a_ground() {
        for name in Theme::names() {
            let theme = Theme::named(name).unwrap();
            assert_eq!(theme.face(Role::Text), Face::default(), "{name}");
            assert!(Role::ALL.iter().all(|&role| theme.face(role).bg.is_none()), "{name}");
        }
    }

    #[test]
    fn no_meaning_rests_on_colour_alone() {
        let plain = |face: Face| Face { fg: None, bg: None, ..face };
        for name in Theme::names() {
            let theme = Theme::named(name).unwrap();
            let face = |role| plain(theme.face(role));
            for role in [Role::Match, Role::CurrentMatch, Role::Selected, Role::Selection, Role::Heading, Role::Current]
            {
                assert_ne!(face(role), Face::default(), "{name} {role:?}");
            }
            assert_ne!(face(Role::Match), face(Role::CurrentMatch), "{name}");
            assert_ne!(face(Role::Match), face(Role::Strong), "{name}");
            assert_ne!(face(Role::Match), face(Role::Link), "{name}");
            assert_ne!(face(Role::CurrentMatch), face(Role::Selection), "{name}");
            assert!(theme.face(Role::CurrentMatch).reverse && theme.face(Role::CurrentMatch).bold, "{name}");
        }
    }

    #[test]
    fn the_monochrome_theme_has_no_colour() {
        let mono = Theme::named("mono").unwrap();
        assert!(Role::ALL.iter().all(|&role| mono.face(role).fg.is_none()));
    }

    #[test]
    fn the_sixteen_colour_theme_uses_no_other_colour() {
        let sixteen = Theme::named("16").unwrap();
        assert!(Role::ALL.iter().all(|&role| matches!(sixteen.face(role).fg, None | Some(Color::Named(_)))));
    }

    /// Relative luminance (WCAG 2.2) of a colour of xterm's table, from 16 on.
    fn luminance(index: u8) -> f64 {
        let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
        let (red, green, blue) = match index {
            232.. => (8 + 10 * (index - 232), 8 + 10 * (index - 232), 8 + 10 * (index - 232)),
            _ => (level((index - 16) / 36), level((index - 16) / 6 % 6), level((index - 16) % 6)),
        };
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    #[test]
    fn the_dark_theme_can_be_read_on_white_too_and_the_light_one_well() {
        for (name, on_black, on_white) in [("dark", 4.0, 3.0), ("light", 0.0, 4.5)] {
            let theme = Theme::named(name).unwrap();
            for role in Role::ALL.into_iter().filter(|role| !matches!(role, Role::Rule)) {
                if let Some(Color::Indexed(index)) = theme.face(role).fg {
                    let luminance = luminance(index);
                    let (black, white) = ((luminance + 0.05) / 0.05, 1.05 / (luminance + 0.05));
                    assert!(black >= on_black && white >= on_white, "{name} {role:?} {index}: {black:.1} {white:.1}");
                }
            }
        }
    }

    #[test]
    fn a_file_overrides_roles_of_the_theme_it_is_based_on() {
        let (theme, messages) =
            Theme::load("based-on = 'light'\nheading = { fg = 25, italic = true }\n", "my.toml", "my");
        assert_eq!(messages, []);
        let heading = Face { fg: Some(Color::Indexed(25)), italic: true, ..Face::default() };
        assert_eq!(theme.face(Role::Heading), heading);
        assert_eq!(theme.face(Role::Dim), Theme::named("light").unwrap().face(Role::Dim));
        assert_eq!(theme.name(), "my");
    }

    #[test]
    fn what_is_wrong_in_a_theme_is_told_and_the_rest_counts() {
        let text = "based-on = 'lihgt'\nheding = {}\nmatch = { fg = 'rde', blod = true, bold = true }\nlink = 3\ncode = { fg = 256 }\n";
        let (theme, messages) = Theme::load(text, "my.toml", "my");
        let english = Catalogue::new(UiLanguage::English);
        let displayed: Vec<String> = messages.iter().map(|message| english.say(message)).collect();
        assert_eq!(
            displayed,
            [
                "my.toml, line 1: “based-on” must be one of dark, light, 16, mono. Did you mean “light”?",
                "my.toml, line 2: there is no role “heding”. Did you mean “heading”?",
                "my.toml, line 3: “fg” must be a number from 0 to 255, a name like “red”, #rrggbb or default.",
                "my.toml, line 3: a face has no “blod”. Did you mean “bold”?",
                "my.toml, line 4: “link” must be a face, like { bold = true }.",
                "my.toml, line 5: “fg” must be a number from 0 to 255.",
            ]
        );
        assert!(theme.face(Role::Match).bold);
    }

    #[test]
    fn roles_stand_where_their_number_says() {
        for (i, role) in Role::ALL.into_iter().enumerate() {
            assert_eq!(role as usize, i);
        }
    }

    #[test]
    fn an_unknown_theme_is_told_with_the_nearest() {
        let english = Catalogue::new(UiLanguage::English);
        let displayed = english.say(&Theme::unknown("drak", ["mine"]));
        assert_eq!(displayed, "There is no theme “drak”. Did you mean “dark”?");
    }
}
