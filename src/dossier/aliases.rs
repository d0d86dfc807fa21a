//! The alias files of a dossier: `aliases.toml` in its folders, and one beside `config.toml` for every dossier. Read
//! again when they change, which is checked at each search. An invalid file is reported as a complaint about the query,
//! with its path and line, and the search continues without it. `search` defines the effect of aliases.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use crate::index::{Index, IndexError, Selection};
use crate::library::ALIAS_FILE;
use crate::search::names::aliases::{AliasProblem, Aliases};
use crate::search::names::writings;
use crate::search::{Cancel, Complaint, Node, Query, Spelling};
use crate::text::sanitize::sanitize;

/// A longer file is no list of names.
const MOST_BYTES: u64 = 4 << 20;

/// When a file was changed and how long it is; `None` for one that is not there.
type Stamp = Option<(SystemTime, u64)>;

/// The aliases of the folders that were asked for last.
#[derive(Clone, Debug, Default)]
pub struct AliasFiles {
    /// For every dossier.
    own: Option<PathBuf>,
    stamps: Vec<(PathBuf, Stamp)>,
    aliases: Arc<Aliases>,
    complaints: Vec<Complaint>,
}

impl AliasFiles {
    /// With the file of the configuration folder.
    pub fn new(configuration: Option<&Path>) -> Self {
        Self { own: configuration.map(|folder| folder.join(ALIAS_FILE)), ..Self::default() }
    }

    /// The aliases of these folders, and the problems of their files.
    pub fn of(&mut self, folders: &[PathBuf]) -> (Arc<Aliases>, &[Complaint]) {
        let paths = self.own.iter().cloned().chain(folders.iter().map(|folder| folder.join(ALIAS_FILE)));
        let stamps: Vec<(PathBuf, Stamp)> = paths.map(|path| (path.clone(), stamp(&path))).collect();
        if stamps != self.stamps {
            let mut aliases = Aliases::default();
            self.complaints.clear();
            for (path, stamp) in &stamps {
                match stamp.map(|(_, bytes)| read(path, bytes)) {
                    Some(Ok(more)) => aliases.add(&more),
                    Some(Err(complaint)) => self.complaints.push(complaint),
                    None => {}
                }
            }
            (self.stamps, self.aliases) = (stamps, Arc::new(aliases));
        }
        (Arc::clone(&self.aliases), &self.complaints)
    }
}

/// Adds aliases, other spellings that occur in the selected documents, and the forms of words in their languages to a
/// query.
pub fn widened(
    index: &Index,
    aliases: &Aliases,
    query: Query,
    spelling: &Spelling,
    selection: &Selection,
) -> Result<Query, IndexError> {
    let query = writings::widen(aliases.widen(query, spelling), spelling);
    let query = index.with_variants(query, spelling, selection)?;
    let query = query.for_languages(index.languages(selection)?);
    let mut failed = None;
    let counted = query.with_aliases_counted(|clause| {
        let alone = Query::new(vec![Node::Clause(clause.clone())]);
        match index.search(&alone, &Cancel::never()) {
            Ok(hits) => hits.iter().flatten().filter(|hit| selection.has(hit.document)).count() as u32,
            Err(error) => {
                failed = Some(error);
                0
            }
        }
    });
    failed.map_or(Ok(counted), Err)
}

fn stamp(path: &Path) -> Stamp {
    let about = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    Some((about.modified().unwrap_or(SystemTime::UNIX_EPOCH), about.len()))
}

fn read(path: &Path, bytes: u64) -> Result<Aliases, Complaint> {
    let shown = sanitize(&path.to_string_lossy()).replace(['\n', '\t'], " ");
    let complaint = |code, detail| Complaint { code, detail };
    if bytes > MOST_BYTES {
        return Err(complaint("alias-too-large", shown));
    }
    let text = fs::read_to_string(path).map_err(|error| complaint("alias-unreadable", format!("{shown} ({error})")))?;
    Aliases::parse(text.strip_prefix('\u{feff}').unwrap_or(&text)).map_err(|error| {
        let at = |more: &str| format!("{shown}:{}{}", error.line, sanitize(more).replace('\n', " "));
        match &error.problem {
            AliasProblem::NotToml { detail } => complaint("alias-not-toml", at(&format!(" ({detail})"))),
            AliasProblem::Unexpected { detail } => complaint("alias-unexpected", at(&format!(" ({detail})"))),
            AliasProblem::TooFewNames => complaint("alias-few-names", at("")),
            AliasProblem::EmptyName { name } => complaint("alias-empty-name", at(&format!(" ({name})"))),
            AliasProblem::Repeated { name, earlier } => {
                complaint("alias-repeated", at(&format!(" ({name}, {earlier})")))
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_again_when_they_change_and_a_wrong_one_is_told_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(ALIAS_FILE);
        let folders = [folder.path().to_owned()];
        let mut files = AliasFiles::new(None);
        assert!(files.of(&folders).0.is_empty());
        fs::write(&file, "[[alias]]\nnames = [\"OTSC\", \"CSTO\"]\n").unwrap();
        assert_eq!(files.of(&folders).0.of("otsc"), ["CSTO"]);
        fs::write(&file, "[[alias]]\nnames = [\"OTSC\"]\n").unwrap();
        let (aliases, complaints) = files.of(&folders);
        assert!(aliases.is_empty());
        let detail = format!("{}:2", file.display());
        assert_eq!(complaints, [Complaint { code: "alias-few-names", detail }]);
        fs::remove_file(&file).unwrap();
        let (aliases, complaints) = files.of(&folders);
        assert!(aliases.is_empty() && complaints.is_empty());
    }

    #[test]
    fn the_file_of_the_configuration_holds_everywhere() {
        let (own, dossier) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(own.path().join(ALIAS_FILE), "[[alias]]\nnames = [\"OTSC\", \"CSTO\"]").unwrap();
        fs::write(dossier.path().join(ALIAS_FILE), "[[alias]]\nnames = [\"OTSC\", \"ОДКБ\"]").unwrap();
        let mut files = AliasFiles::new(Some(own.path()));
        assert_eq!(files.of(&[]).0.of("OTSC"), ["CSTO"]);
        assert_eq!(files.of(&[dossier.path().to_owned()]).0.of("OTSC"), ["CSTO", "ОДКБ"]);
    }
}
