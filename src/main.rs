//! Lutrin's entry point: arguments in, exit status out. Everything else is the library's.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(lutrin::runtime::start::run(std::env::args_os().skip(1).collect()))
}
