//! Lutrin where there is no terminal: the text or the list comes plainly, whatever the three streams are, with a clear
//! sentence and the status that scripts rely on.
#![cfg(unix)]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::support::pty::lutrin;

const LETTER: &str = "Une lettre sans titre.\n\nElle parle de la pluie.\n";

/// Runs lutrin with a letter on standard input.
fn given(home: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(lutrin());
    command.args(arguments).env("LUTRIN_HOME", home).env("LC_ALL", "en_GB.UTF-8").env("TERM", "xterm-256color");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // One that does not read it may have ended.
    let _ = child.stdin.take().unwrap().write_all(LETTER.as_bytes());
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn what_comes_from_a_pipe_goes_into_the_next_one_as_text() {
    let home = tempfile::tempdir().unwrap();
    let output = given(home.path(), &["-"]);
    assert_eq!(text(&output.stdout).matches("Elle parle de la pluie.").count(), 1);
    assert_eq!(text(&output.stderr), "lutrin: There is no terminal to show the reader on.\n");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn without_a_terminal_a_file_is_printed_a_folder_listed_and_what_is_not_there_told() {
    let home = tempfile::tempdir().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.txt");
    std::fs::write(&file, LETTER).unwrap();
    let [file, folder, none] =
        [file.as_path(), folder.path(), Path::new("/not/there.txt")].map(|p| p.to_str().unwrap());
    for (argument, status, words) in [(file, 0, "Elle parle"), (folder, 0, "a.txt: "), (none, 2, "")] {
        let output = given(home.path(), &[argument]);
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        assert_eq!(output.status.code(), Some(status), "{argument}: {out}{err}");
        assert!(out.contains(words) && out.is_empty() == words.is_empty(), "{argument}: {out}");
        assert!(!out.contains('\x1b') && !err.contains('\x1b') && err.starts_with("lutrin: "), "{argument}: {err}");
        assert_eq!(err.contains("No document has this path or id: /not/there.txt"), status == 2, "{err}");
    }
}

#[test]
fn streams_that_are_closed_or_lead_nowhere_neither_hang_nor_print_garbage() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("a.txt");
    std::fs::write(&file, LETTER).unwrap();
    for (streams, status) in [
        ("</dev/null >/dev/null", 0),
        ("<&- >&- 2>&-", 0),
        ("<&- >/dev/null", 0),
        ("</dev/null >&-", 0),
        (">/dev/full", 2),
    ] {
        // The full device is Linux's.
        if streams.contains("full") && !Path::new("/dev/full").exists() {
            continue;
        }
        let script = format!("\"$0\" \"$1\" {streams}");
        let mut command = Command::new("sh");
        command.args(["-c", &script, lutrin()]).arg(&file).env("LUTRIN_HOME", home.path()).env("LC_ALL", "en_GB.UTF-8");
        let output = command.stdin(Stdio::null()).output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{streams}: {}", text(&output.stderr));
        assert!(!text(&output.stderr).contains('\x1b'), "{streams}");
    }
}
