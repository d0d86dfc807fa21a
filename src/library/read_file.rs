//! Decides what to do with one file that a walk found, and reads it if necessary: first compares size and time, then
//! the bytes, then extracts its documents. Runs on a thread beside the writer and does not change the catalogue.

use std::io;
use std::ops::ControlFlow;

use super::documents::{self, Prepared};
use super::walk::FoundFile;
use super::{Library, LibraryError, Problem, ProblemKind};

/// The number of how documents are made of bytes: raise it when cleaning gets better, and every file is read again.
pub(super) const READER: i64 = 6;

/// What became of a file.
#[derive(Debug)]
pub enum Intake {
    /// Size and time are as they were: nothing was read.
    Unchanged(i64),
    /// Only size or time changed, not the bytes.
    Touched(i64),
    /// It went away meanwhile.
    Vanished,
    /// One of its documents; [`Intake::Read`] follows the last.
    Document(Box<Prepared>),
    /// All its documents were sent.
    Read {
        /// The hash of its bytes; `None` when they could not be had.
        sha256: Option<[u8; 32]>,
        /// Why it gave no document, or not all of them.
        problem: Option<Problem>,
    },
}

impl Library {
    /// Looks into a file; everything that became of it goes to `sink`, which may break off.
    pub fn take_in(
        &self,
        file: &FoundFile,
        sink: &mut dyn FnMut(Intake) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, LibraryError> {
        let known = self.known(&file.path)?.filter(|known| known.reader == READER);
        let known = known.filter(|known| known.problem != Some(ProblemKind::Unreadable));
        if let Some(known) = &known
            && known.stamp == file.stamp
            && known.stamp.modified != 0
        {
            return Ok(sink(Intake::Unchanged(known.file)));
        }
        let bytes = match self.bytes(&file.path, file.stamp.size) {
            Ok(bytes) => bytes,
            Err(Refusal::Problem(problem)) => return Ok(sink(Intake::Read { sha256: None, problem: Some(problem) })),
            Err(Refusal::Io(error)) if error.kind() == io::ErrorKind::NotFound => return Ok(sink(Intake::Vanished)),
            Err(Refusal::Io(error)) => {
                return Ok(sink(Intake::Read { sha256: None, problem: Some(Problem::io(&error)) }));
            }
        };
        let sha256 = documents::sha256(&bytes);
        match known {
            Some(known) if known.sha256 == Some(sha256) => Ok(sink(Intake::Touched(known.file))),
            _ => Ok(read(&bytes, file, sha256, sink)),
        }
    }

    fn bytes(&self, path: &std::path::Path, size: u64) -> Result<Vec<u8>, Refusal> {
        if size > crate::extract::MAX_FILE_BYTES as u64 {
            return Err(Refusal::Problem(documents::too_large()));
        }
        if let Ok(Some(bytes)) = self.source(path) {
            return Ok(bytes);
        }
        std::fs::read(path).map_err(Refusal::Io)
    }
}

enum Refusal {
    Problem(Problem),
    Io(io::Error),
}

fn read(
    bytes: &[u8],
    file: &FoundFile,
    sha256: [u8; 32],
    sink: &mut dyn FnMut(Intake) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut flow = ControlFlow::Continue(());
    let name = file.path.to_string_lossy();
    let result = documents::read_each(bytes, &name, &mut |member, document, content| {
        if flow.is_continue() {
            flow = sink(Intake::Document(Box::new(documents::prepare(member, document, &sha256, content))));
        }
    });
    flow?;
    sink(Intake::Read { sha256: Some(sha256), problem: result.err() })
}
