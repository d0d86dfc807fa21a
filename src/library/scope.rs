//! Which part of the library is meant: everything, or what lies at and below some absolute paths. Also how paths are kept
//! in the catalogue: as the system's own bytes, because a file's name need not be UTF-8.

use std::path::{Path, PathBuf};

/// A part of the library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Sorted, none below another; `None` is everything.
    paths: Option<Vec<PathBuf>>,
}

impl Scope {
    /// The whole library.
    pub fn everything() -> Self {
        Self::default()
    }

    /// What lies at and below these absolute paths. Without any, nothing.
    pub fn of(paths: impl IntoIterator<Item = PathBuf>) -> Self {
        let mut sorted: Vec<PathBuf> = paths.into_iter().collect();
        sorted.sort();
        let mut kept: Vec<PathBuf> = Vec::with_capacity(sorted.len());
        for path in sorted {
            if kept.last().is_none_or(|above| !path.starts_with(above)) {
                kept.push(path);
            }
        }
        Self { paths: Some(kept) }
    }

    /// The paths, sorted and none below another; `None` is everything.
    pub fn paths(&self) -> Option<&[PathBuf]> {
        self.paths.as_deref()
    }

    /// Whether nothing at all is meant.
    pub fn is_empty(&self) -> bool {
        self.paths.as_ref().is_some_and(Vec::is_empty)
    }

    /// Whether a path lies in it.
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

    /// Half-open ranges of path bytes that hold exactly what is covered.
    pub(super) fn ranges(&self) -> Vec<(Vec<u8>, Vec<u8>)> {
        let Some(paths) = &self.paths else { return vec![(Vec::new(), vec![0xff; 8])] };
        paths.iter().flat_map(|path| [itself(path), below(path)]).collect()
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

fn itself(path: &Path) -> (Vec<u8>, Vec<u8>) {
    let low = to_bytes(path);
    let mut high = low.clone();
    high.push(0);
    (low, high)
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
        let scope = scope(&["/a/b", "/e"]);
        for path in ["/a/b", "/a/b/c", "/a/b.txt", "/a/bc", "/a/b/\u{ff}", "/a", "/", "/e/", "/ef"] {
            let bytes = to_bytes(Path::new(path));
            let inside = scope.ranges().iter().any(|(low, high)| *low <= bytes && bytes < *high);
            assert_eq!(inside, scope.covers(Path::new(path)), "{path}");
        }
    }

    #[test]
    fn a_path_below_another_adds_nothing() {
        assert_eq!(scope(&["/a/b", "/a", "/a/b/c"]), scope(&["/a"]));
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
