//! A root of the library, and its kind.

use std::path::PathBuf;

use strum::{EnumString, IntoStaticStr};

/// What a root is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum RootKind {
    /// A folder, walked.
    Folder,
    /// A single file.
    File,
    /// A text that was handed over: the built-in library, standard input.
    Given,
}

impl RootKind {
    /// The word in the catalogue and in message ids.
    /// It is the variant's name in kebab case: renaming a variant changes it.
    pub fn name(self) -> &'static str {
        self.into()
    }

    pub(super) fn from_name(name: &str) -> Self {
        name.parse().unwrap_or(Self::Folder)
    }
}

/// One root of the library: a path that was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    pub(super) id: i64,
    /// Where it is, absolute.
    pub path: PathBuf,
    /// Kind of the root.
    pub kind: RootKind,
    /// What a person calls it.
    pub name: Option<String>,
    /// How many documents count for it; only counted by [`Library::roots`](super::Library::roots).
    pub documents: u64,
    /// When its last scan ended.
    pub updated: Option<jiff::Timestamp>,
}
