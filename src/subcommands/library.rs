//! `lutrin library`: the roots that are indexed, listed, named, forgotten. Forgetting removes index and text, never the
//! documents' own files.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::output::{CommandError, DONE, NOTHING, OutputContext, shown};
use crate::cli::{self, ERROR_STATUS};
use crate::dossier::{IfBusy, indexing};
use crate::index::Index;
use crate::library::{Library, Root, Scope};
use crate::locale::Message;

pub(super) fn answer(output: &mut OutputContext, asked: &cli::LibraryAction) -> Result<u8, CommandError> {
    let busy = match asked {
        cli::LibraryAction::Forget { wait: true, .. } => IfBusy::Wait,
        _ => IfBusy::UseStored,
    };
    let Some((library, index)) = output.opening(|context| context.stored(busy))? else { return Ok(ERROR_STATUS) };
    match asked {
        cli::LibraryAction::List => list(output, &library),
        cli::LibraryAction::Name { root, name } => give_name(output, &library, root, name),
        cli::LibraryAction::Forget { roots, .. } => forget(output, &library, &index, roots, busy),
    }
}

fn list(output: &mut OutputContext, library: &Library) -> Result<u8, CommandError> {
    let roots = library.roots()?;
    for root in &roots {
        let count = output.catalogue.say(&Message::new("documents").with("documents", root.documents));
        let name = root.name.as_deref().map_or_else(String::new, |name| format!(" ({})", shown(name)));
        writeln!(output.out, "{}{name}: {count}", shown(&root.path.to_string_lossy()))?;
    }
    if roots.is_empty() {
        output.report(&Message::new("library-has-no-root"))?;
        return Ok(NOTHING);
    }
    Ok(DONE)
}

fn give_name(output: &mut OutputContext, library: &Library, root: &Path, name: &str) -> Result<u8, CommandError> {
    let Some(root) = find(library, root)? else { return no_root(output, root) };
    library.name_root(&root.path, Some(name.trim()).filter(|name| !name.is_empty()))?;
    Ok(DONE)
}

fn forget(
    output: &mut OutputContext,
    library: &Library,
    index: &Index,
    names: &[PathBuf],
    busy: IfBusy,
) -> Result<u8, CommandError> {
    let mut status = DONE;
    let (mut writer, mut index_writer) =
        output.opening(|context| {
            let writers = context.in_turn(busy, |_| indexing::writers(library, index));
            writers.map_err(|error| {
                if error.is_writer_elsewhere() { Message::new("library-not-forgotten").into() } else { error }
            })
        })?;
    for name in names {
        match find(library, name)? {
            None => status = no_root(output, name)?,
            Some(root) => {
                writer.forget(&root.path)?;
                let path = shown(&root.path.to_string_lossy());
                output
                    .report(&Message::new("library-forgotten").with("path", path).with("documents", root.documents))?;
            }
        }
    }
    let nothing = Scope::of([]);
    indexing::bring_up_to_date(&mut writer, &mut index_writer, &nothing, &mut |_| ControlFlow::Continue(()))?;
    Ok(status)
}

/// A root by its path, even when that is away now, or by its name.
fn find(library: &Library, name: &Path) -> Result<Option<Root>, CommandError> {
    let absolute = std::fs::canonicalize(name).or_else(|_| std::path::absolute(name)).unwrap_or_default();
    let text = name.to_string_lossy();
    let mut roots = library.roots()?;
    let by_path = roots.iter().position(|root| root.path == absolute);
    let found = by_path.or_else(|| roots.iter().position(|root| root.name.as_deref() == Some(&text)));
    Ok(found.map(|found| roots.swap_remove(found)))
}

fn no_root(output: &mut OutputContext, name: &Path) -> Result<u8, CommandError> {
    output.report(&Message::new("library-no-such-root").with("name", shown(&name.to_string_lossy())))?;
    Ok(ERROR_STATUS)
}
