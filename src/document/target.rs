//! A document as a person names it: a path or an id, with an optional place (`DOCUMENT#PLACE`). Which document that is,
//! the dossier finds out.

use std::ffi::OsStr;
use std::path::PathBuf;

use super::PlaceName;

/// A document by path or id, with an optional place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The word as given. A file of that very name comes before a place, because names may contain `#`.
    pub whole: PathBuf,
    /// The word without its place.
    pub document: PathBuf,
    /// The place in the document.
    pub place: Option<PlaceName>,
}

impl Target {
    /// Parses `DOCUMENT#PLACE`. Text after `#` that is no place is part of the name.
    pub fn parse(word: &OsStr) -> Self {
        let whole = PathBuf::from(word);
        let split = word.to_str().and_then(|text| text.rsplit_once('#')).filter(|(document, _)| !document.is_empty());
        let placed = split.and_then(|(document, place)| Some((document, PlaceName::parse(place)?)));
        match placed {
            Some((document, place)) => Self { whole, document: PathBuf::from(document), place: Some(place) },
            None => Self { document: whole.clone(), whole, place: None },
        }
    }
}
