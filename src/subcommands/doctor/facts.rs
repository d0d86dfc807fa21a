//! The lines of the report: headings and labelled facts.

use super::super::output::{CommandError, OutputContext, labelled, shown};

pub(super) fn heading(output: &mut OutputContext, id: &str) -> Result<(), CommandError> {
    Ok(writeln!(output.out, "\n{}", output.catalogue.text(id))?)
}

/// « label: value », indented.
pub(super) fn fact(output: &mut OutputContext, id: &str, value: &str) -> Result<(), CommandError> {
    let line = labelled(output.catalogue, &output.catalogue.text(id), &shown(value));
    Ok(writeln!(output.out, "  {}", line.trim_end())?)
}
