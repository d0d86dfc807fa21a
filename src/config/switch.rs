//! A setting that is yes, no, or automatic.

/// A setting with the values yes, no and automatic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Switch {
    /// Automatic: by the terminal.
    #[default]
    Auto,
    /// Yes.
    On,
    /// No.
    Off,
}

impl Switch {
    /// The value; `suggested` if it is automatic.
    pub fn or(self, suggested: bool) -> bool {
        match self {
            Self::Auto => suggested,
            Self::On => true,
            Self::Off => false,
        }
    }
}
