//! `lutrin library`: the roots that are indexed, listed, named, forgotten. Forgetting removes index and text, never the
//! documents' own files.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::shelf::Turn;
use super::{DONE, Desk, Failure, NOTHING, shelf, shown};
use crate::cli::{self, ERROR_STATUS};
use crate::dossier::indexing;
use crate::index::Index;
use crate::library::{Library, Root, Scope};
use crate::locale::Message;

pub(super) fn answer(desk: &mut Desk, asked: &cli::Library) -> Result<u8, Failure> {
    let turn = match asked {
        cli::Library::Forget { wait: true, .. } => Turn::Wait,
        _ => Turn::ReadAlong,
    };
    let Some((library, index)) = shelf::kept(desk, turn)? else { return Ok(ERROR_STATUS) };
    match asked {
        cli::Library::List => list(desk, &library),
        cli::Library::Name { root, name } => give_name(desk, &library, root, name),
        cli::Library::Forget { roots, .. } => forget(desk, &library, &index, roots, turn),
    }
}

fn list(desk: &mut Desk, library: &Library) -> Result<u8, Failure> {
    let roots = library.roots()?;
    for root in &roots {
        let count = desk.catalogue.say(&Message::new("documents").with("documents", root.documents));
        let name = root.name.as_deref().map_or_else(String::new, |name| format!(" ({})", shown(name)));
        writeln!(desk.out, "{}{name}: {count}", shown(&root.path.to_string_lossy()))?;
    }
    if roots.is_empty() {
        desk.tell(&Message::new("library-has-no-root"))?;
        return Ok(NOTHING);
    }
    Ok(DONE)
}

fn give_name(desk: &mut Desk, library: &Library, root: &Path, name: &str) -> Result<u8, Failure> {
    let Some(root) = find(library, root)? else { return no_root(desk, root) };
    library.name_root(&root.path, Some(name.trim()).filter(|name| !name.is_empty()))?;
    Ok(DONE)
}

fn forget(desk: &mut Desk, library: &Library, index: &Index, names: &[PathBuf], turn: Turn) -> Result<u8, Failure> {
    let mut status = DONE;
    let (mut writer, mut index_writer) = match shelf::in_turn(desk, turn, |_| indexing::writers(library, index))? {
        Err(error) if error.is_writer_elsewhere() => return Err(Failure::Said(Message::new("library-not-forgotten"))),
        writers => writers?,
    };
    for name in names {
        match find(library, name)? {
            None => status = no_root(desk, name)?,
            Some(root) => {
                writer.forget(&root.path)?;
                let path = shown(&root.path.to_string_lossy());
                desk.tell(&Message::new("library-forgotten").with("path", path).with("documents", root.documents))?;
            }
        }
    }
    let nothing = Scope::of([]);
    indexing::bring_up_to_date(&mut writer, &mut index_writer, &nothing, &mut |_| ControlFlow::Continue(()))?;
    Ok(status)
}

/// A root by its path, even when that is away now, or by its name.
fn find(library: &Library, name: &Path) -> Result<Option<Root>, Failure> {
    let absolute = std::fs::canonicalize(name).or_else(|_| std::path::absolute(name)).unwrap_or_default();
    let text = name.to_string_lossy();
    let mut roots = library.roots()?;
    let by_path = roots.iter().position(|root| root.path == absolute);
    let found = by_path.or_else(|| roots.iter().position(|root| root.name.as_deref() == Some(&text)));
    Ok(found.map(|found| roots.swap_remove(found)))
}

fn no_root(desk: &mut Desk, name: &Path) -> Result<u8, Failure> {
    desk.tell(&Message::new("library-no-such-root").with("name", shown(&name.to_string_lossy())))?;
    Ok(ERROR_STATUS)
}
