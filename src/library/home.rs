//! Lutrin's own folders: configuration, data, state. `LUTRIN_HOME` puts all three under one folder, otherwise they are
//! the XDG folders on every system. Folders are created with mode 0700, because they hold the full text of sensitive
//! documents. Does not read the configuration.

use std::fs::DirBuilder;
use std::io;
use std::path::{Path, PathBuf};

use etcetera::AppStrategy;

use super::LibraryError;

/// The folders that are Lutrin's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// Holds `config.toml` and themes.
    pub config: PathBuf,
    /// Holds the catalogue, the index and the notebook.
    pub data: PathBuf,
    /// Holds logs and histories.
    pub state: PathBuf,
}

impl Home {
    /// The folders this process should use, by its environment. Nothing is made yet.
    pub fn from_environment() -> Result<Self, LibraryError> {
        match std::env::var_os("LUTRIN_HOME").filter(|home| !home.is_empty()) {
            Some(home) => Ok(Self::under(Path::new(&home))),
            None => Self::xdg(),
        }
    }

    /// All folders under one folder; `config.toml` is directly in it.
    pub fn under(folder: &Path) -> Self {
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        Self { data: folder.join("data"), state: folder.join("state"), config: folder }
    }

    fn xdg() -> Result<Self, LibraryError> {
        let arguments = etcetera::AppStrategyArgs { app_name: "lutrin".to_owned(), ..Default::default() };
        let strategy = etcetera::app_strategy::Xdg::new(arguments).map_err(|_| LibraryError::NoHome)?;
        let data = strategy.data_dir();
        Ok(Self { config: strategy.config_dir(), state: strategy.state_dir().unwrap_or_else(|| data.clone()), data })
    }

    /// The catalogue's file.
    pub fn catalogue(&self) -> PathBuf {
        self.data.join("catalogue.sqlite")
    }

    /// The file with the list of roots.
    pub fn roots(&self) -> PathBuf {
        self.data.join("roots.jsonl")
    }

    /// Whether it is certain that nothing was ever kept here.
    pub fn is_new(&self) -> bool {
        let is_missing =
            |path: PathBuf| std::fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
        is_missing(self.catalogue()) && is_missing(self.roots())
    }

    /// The notebook's file.
    pub fn notebook(&self) -> PathBuf {
        self.data.join("notebook.sqlite")
    }

    /// The index's folder.
    pub fn index(&self) -> PathBuf {
        self.data.join("index")
    }

    /// The file whose lock the one writer holds.
    pub fn writer_lock(&self) -> PathBuf {
        self.data.join("writer.lock")
    }

    /// Makes the three folders where they are missing.
    pub fn make(&self) -> Result<(), LibraryError> {
        for folder in [&self.config, &self.data, &self.state] {
            private_folder().create(folder).map_err(|error| LibraryError::home(folder, &error))?;
        }
        Ok(())
    }
}

#[cfg(unix)]
fn private_folder() -> DirBuilder {
    use std::os::unix::fs::DirBuilderExt;
    let mut builder = DirBuilder::new();
    builder.recursive(true).mode(0o700);
    builder
}

#[cfg(not(unix))]
fn private_folder() -> DirBuilder {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    builder
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn folders_are_readable_by_their_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let temporary = tempfile::tempdir().unwrap();
        let home = Home::under(&temporary.path().join("new"));
        home.make().unwrap();
        for folder in [&home.config, &home.data, &home.state] {
            assert_eq!(std::fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700, "{}", folder.display());
        }
    }

    #[test]
    fn a_home_below_a_file_is_an_error_with_its_path() {
        let temporary = tempfile::tempdir().unwrap();
        std::fs::write(temporary.path().join("file"), "").unwrap();
        let home = Home::under(&temporary.path().join("file/home"));
        assert!(matches!(home.make(), Err(LibraryError::HomeUnusable { path, .. }) if path == home.config));
    }
}
