//! Chooses the theme that fits the terminal, from the environment alone; the terminal is not queried. The dark theme is
//! used if the background is unknown, because it can be read on white too.

use super::Theme;

/// Number of colours of a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Depth {
    None,
    Sixteen,
    Many,
}

impl Theme {
    /// The name of the theme to use. The one `asked` for on the command line has priority. Else `NO_COLOR`
    /// (no-color.org) means monochrome; else the `configured` one, as far as the terminal has the colours; else a
    /// default for the terminal.
    pub fn choose(asked: Option<&str>, configured: Option<&str>, variable: impl Fn(&str) -> Option<String>) -> String {
        let variable = |name: &str| variable(name).unwrap_or_default();
        if let Some(asked) = asked.filter(|asked| *asked != "auto") {
            return asked.to_owned();
        }
        if !variable("NO_COLOR").is_empty() {
            return "mono".to_owned();
        }
        let theme = match (depth(&variable), configured) {
            (Depth::None, _) => "mono",
            (Depth::Sixteen, None | Some("dark" | "light")) => "16",
            (_, Some(configured)) => configured,
            (Depth::Many, None) if on_light(&variable("COLORFGBG")) => "light",
            (Depth::Many, None) => "dark",
        };
        theme.to_owned()
    }
}

/// Terminals with 256 colours whose `TERM` does not say so.
const MANY: [&str; 10] =
    ["kitty", "alacritty", "foot", "ghostty", "wezterm", "contour", "iterm", "mintty", "konsole", "-direct"];

fn depth(variable: &impl Fn(&str) -> String) -> Depth {
    let term = variable("TERM");
    let forced = !matches!(variable("CLICOLOR_FORCE").as_str(), "" | "0");
    let colourless = term.is_empty()
        || term == "dumb"
        || term == "unknown"
        || term.starts_with("vt")
        || term.ends_with("-m")
        || term.ends_with("-mono");
    let many = term.contains("256color") || MANY.iter().any(|name| term.contains(name));
    match colourless {
        true if forced => Depth::Sixteen,
        true => Depth::None,
        // The Linux console has sixteen colours, even if COLORTERM was passed on from elsewhere.
        false if term == "linux" => Depth::Sixteen,
        false if many || matches!(variable("COLORTERM").as_str(), "truecolor" | "24bit") => Depth::Many,
        false => Depth::Sixteen,
    }
}

/// Whether rxvt's `COLORFGBG` (`0;15`, `0;default;15`) names a light ground: white, or a bright colour but grey.
fn on_light(colorfgbg: &str) -> bool {
    let ground = colorfgbg.rsplit(';').next().unwrap_or_default().parse().unwrap_or(0_u8);
    matches!(ground, 7 | 9..=15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_theme_fits_the_terminal() {
        let many = ("TERM", "xterm-256color");
        for (asked, configured, variables, theme) in [
            (None, None, &[many][..], "dark"),
            (None, None, &[many, ("COLORFGBG", "0;15")], "light"),
            (None, None, &[many, ("COLORFGBG", "15;default;0")], "dark"),
            (None, None, &[many, ("COLORFGBG", "12;8")], "dark"),
            (None, None, &[many, ("NO_COLOR", "1")], "mono"),
            (None, None, &[many, ("NO_COLOR", "")], "dark"),
            (None, Some("light"), &[many, ("NO_COLOR", "1")], "mono"),
            (Some("light"), None, &[many, ("NO_COLOR", "1")], "light"),
            (Some("auto"), None, &[many], "dark"),
            (None, Some("light"), &[many], "light"),
            (None, Some("mine"), &[many], "mine"),
            (None, Some("light"), &[("TERM", "linux")], "16"),
            (None, Some("mine"), &[("TERM", "linux")], "mine"),
            (None, None, &[("TERM", "linux"), ("COLORTERM", "truecolor")], "16"),
            (None, None, &[("TERM", "xterm")], "16"),
            (None, None, &[("TERM", "xterm"), ("COLORTERM", "truecolor")], "dark"),
            (None, None, &[("TERM", "xterm-kitty")], "dark"),
            (None, None, &[("TERM", "dumb")], "mono"),
            (None, None, &[("TERM", "vt100")], "mono"),
            (None, None, &[("TERM", "dumb"), ("CLICOLOR_FORCE", "1")], "16"),
            (None, None, &[("TERM", "dumb"), ("CLICOLOR_FORCE", "0")], "mono"),
            (None, None, &[], "mono"),
        ] {
            let variable =
                |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, v)| (*v).to_owned());
            assert_eq!(Theme::choose(asked, configured, variable), theme, "{asked:?} {configured:?} {variables:?}");
        }
    }
}
