//! Capabilities of a terminal beyond those of the whole VT100 family. None are assumed by default; those known from the
//! terminal's name or replies are added.

/// What may be sent to a terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing a terminal can or cannot do")]
pub struct Capabilities {
    /// Rows between margins scroll (DECSTBM); VT100 and all after it.
    pub scrolls: bool,
    /// Columns between margins scroll (DECSLRM); VT420, xterm.
    pub scrolls_columns: bool,
    /// `ECH` blanks cells in place; VT220.
    pub erases_cells: bool,
    /// `REP` repeats the character before it; xterm.
    pub repeats: bool,
    /// Erased and scrolled-in cells take the background of the pen (BCE).
    pub erases_in_color: bool,
    /// `SU` and `SD` scroll many rows at once; VT420.
    pub scrolls_many: bool,
}

impl Capabilities {
    /// Whether a terminal of this `TERM` is worth querying: old hardware has no capabilities beyond the VT100, and
    /// without a name nothing is known.
    pub fn is_worth_asking(term: &str) -> bool {
        !matches!(Self::family(term), "vt100" | "vt102" | "vt220") && Self::of_term(term).scrolls
    }

    /// The names of the available capabilities.
    pub fn names(self) -> Vec<&'static str> {
        let all = [
            ("scrolls", self.scrolls),
            ("scrolls-columns", self.scrolls_columns),
            ("erases-cells", self.erases_cells),
            ("repeats", self.repeats),
            ("erases-in-color", self.erases_in_color),
            ("scrolls-many", self.scrolls_many),
        ];
        all.into_iter().filter(|(_, can)| *can).map(|(name, _)| name).collect()
    }

    fn family(term: &str) -> &str {
        term.split(['-', '.']).next().unwrap_or_default()
    }

    /// The capabilities that terminals of this `TERM` certainly have.
    pub fn of_term(term: &str) -> Self {
        let vt = Self { scrolls: true, ..Self::default() };
        match Self::family(term) {
            "xterm" | "foot" | "alacritty" | "kitty" | "wezterm" | "ghostty" | "contour" | "mintty" | "st" | "rio"
            | "vte" | "konsole" | "tmux" => {
                Self { erases_cells: true, erases_in_color: true, scrolls_many: true, ..vt }
            }
            "screen" | "linux" | "rxvt" | "putty" | "nsterm" | "mlterm" | "vt220" | "vt320" | "vt420" | "vt520" => {
                Self { erases_cells: true, ..vt }
            }
            "vt100" | "vt102" => vt,
            _ => Self::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_known_by_the_family_of_its_name() {
        for (term, scrolls, asked) in [
            ("xterm-256color", true, true),
            ("screen.xterm-256color", true, true),
            ("putty-256color", true, true),
            ("vt100", true, false),
            ("dumb", false, false),
            ("", false, false),
        ] {
            let known = (Capabilities::of_term(term).scrolls, Capabilities::is_worth_asking(term));
            assert_eq!(known, (scrolls, asked), "{term}");
        }
    }
}
