//! A setting that is yes, no, or automatic.

/// Yes, no, or as the terminal suggests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Switch {
    /// As the terminal suggests.
    #[default]
    Auto,
    /// Yes.
    On,
    /// No.
    Off,
}

impl Switch {
    /// Yes or no, with what the terminal suggests.
    pub fn or(self, suggested: bool) -> bool {
        match self {
            Self::Auto => suggested,
            Self::On => true,
            Self::Off => false,
        }
    }
}
