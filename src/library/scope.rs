//! A part of the library: everything, or everything at and below some absolute paths; and the encoding of paths in the
//! catalogue, as the system's own bytes, because a file name need not be UTF-8.

use std::path::{Path, PathBuf};

/// A part of the library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Sorted, each once; `None` is everything.
    paths: Option<Vec<PathBuf>>,
}

impl Scope {
    /// The whole library.
    pub fn everything() -> Self {
        Self::default()
    }

    /// What counts at and below these absolute paths. Without any, nothing. One below another is kept: it may be left out
    /// below the other and count because it is named.
    pub fn of(paths: impl IntoIterator<Item = PathBuf>) -> Self {
        let mut sorted: Vec<PathBuf> = paths.into_iter().collect();
        sorted.sort();
        sorted.dedup();
        Self { paths: Some(sorted) }
    }

    /// The paths, sorted, each once; `None` is everything.
    pub fn paths(&self) -> Option<&[PathBuf]> {
        self.paths.as_deref()
    }

    /// Whether nothing at all is meant.
    pub fn is_empty(&self) -> bool {
        self.paths.as_ref().is_some_and(Vec::is_empty)
    }

    /// Whether a path is at or below one of its paths. It may still be left out by a rule.
    pub fn covers(&self, path: &Path) -> bool {
        self.paths.as_ref().is_none_or(|paths| paths.iter().any(|above| path.starts_with(above)))
    }

    /// Whether some path may lie in both.
    pub fn meets(&self, other: &Self) -> bool {
        let reaches = |one: &Self, other: &Self| match &one.paths {
            Some(paths) => paths.iter().any(|path| other.covers(path)),
            None => true,
        };
        reaches(self, other) || reaches(other, self)
    }

    /// The highest of its paths at or above one.
    pub(super) fn above(&self, path: &Path) -> Option<&Path> {
        self.paths.iter().flatten().find(|above| path.starts_with(above)).map(PathBuf::as_path)
    }

    /// Whether one of its paths is below another, so that a file may count for both.
    pub(super) fn is_nested(&self) -> bool {
        // Paths are sorted component by component, so a path below another follows it directly.
        self.paths.as_ref().is_some_and(|paths| paths.windows(2).any(|pair| pair[1].starts_with(&pair[0])))
    }

    /// One value for the catalogue's settings.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let paths = self.paths.as_deref().unwrap_or(&[]);
        paths.iter().map(|path| to_bytes(path)).collect::<Vec<_>>().join(&0)
    }

    /// The scope of such a value.
    pub(super) fn from_bytes(bytes: &[u8]) -> Self {
        if bytes.is_empty() {
            return Self::everything();
        }
        Self::of(bytes.split(|&byte| byte == 0).map(from_bytes))
    }
}

/// Half-open ranges of path bytes that contain exactly the paths at and below a path.
pub(super) fn at_and_below(path: &Path) -> [(Vec<u8>, Vec<u8>); 2] {
    let low = to_bytes(path);
    let mut high = low.clone();
    high.push(0);
    [(low, high), below(path)]
}

/// Everything whose bytes begin with the path and a separator.
fn below(path: &Path) -> (Vec<u8>, Vec<u8>) {
    let separator = std::path::MAIN_SEPARATOR as u8;
    let mut low = to_bytes(path);
    if low.last() != Some(&separator) {
        low.push(separator);
    }
    let mut high = low.clone();
    *high.last_mut().expect("a separator was just made sure of") = separator + 1;
    (low, high)
}

/// A path as the catalogue keeps it.
#[cfg(unix)]
pub(super) fn to_bytes(path: &Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt;
    path.as_os_str().as_bytes().to_vec()
}

/// The path of such bytes.
#[cfg(unix)]
pub(super) fn from_bytes(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

/// A path as the catalogue keeps it.
#[cfg(not(unix))]
pub(super) fn to_bytes(path: &Path) -> Vec<u8> {
    path.to_string_lossy().into_owned().into_bytes()
}

/// The path of such bytes.
#[cfg(not(unix))]
pub(super) fn from_bytes(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(paths: &[&str]) -> Scope {
        Scope::of(paths.iter().map(PathBuf::from))
    }

    #[test]
    fn a_scope_covers_what_lies_at_and_below_its_paths() {
        let cases =
            [("/a/b", true), ("/a/b/c/d", true), ("/a/bc", false), ("/a", false), ("/a/b.txt", false), ("/e", true)];
        for (path, covered) in cases {
            assert_eq!(scope(&["/a/b", "/e"]).covers(Path::new(path)), covered, "{path}");
        }
    }

    #[test]
    fn ranges_hold_exactly_what_is_covered() {
        for path in ["/a/b", "/a/b/c", "/a/b.txt", "/a/bc", "/a/b/\u{ff}", "/a", "/", "/e/", "/ef"] {
            let bytes = to_bytes(Path::new(path));
            let inside = at_and_below(Path::new("/a/b")).iter().any(|(low, high)| *low <= bytes && bytes < *high);
            assert_eq!(inside, scope(&["/a/b"]).covers(Path::new(path)), "{path}");
        }
    }

    #[test]
    fn a_path_below_another_is_kept_and_known_as_such() {
        let nested = scope(&["/a/b", "/a", "/a-b", "/a/b"]);
        assert_eq!(nested.paths().map(<[PathBuf]>::len), Some(3));
        assert!(nested.is_nested());
        assert_eq!(nested.above(Path::new("/a/b/c")), Some(Path::new("/a")));
        assert!(!scope(&["/a-b", "/a", "/ab"]).is_nested());
    }

    #[test]
    fn scopes_are_remembered_as_bytes_and_back() {
        for scope in [Scope::everything(), scope(&["/a"]), scope(&["/a", "/b/c d"])] {
            assert_eq!(Scope::from_bytes(&scope.to_bytes()), scope);
        }
    }

    #[test]
    fn the_whole_disk_can_be_a_scope() {
        let (low, high) = below(Path::new("/"));
        assert_eq!((low.as_slice(), high.as_slice()), (&b"/"[..], &b"0"[..]));
    }
}
