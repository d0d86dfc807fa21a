//! What must be found in the five real documents everything started from, as the command line answers it. Skipped where
//! they are not.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// `lutrin search --json`: which of the documents (A is the first) answer, each with its matches.
fn found(home: &Path, seeds: &str, query: &str, more: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_lutrin"))
        .args(["search", "--json"])
        .args(more)
        .args([query, seeds])
        .env("LUTRIN_HOME", home)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"));
    let hits = answer["hits"].as_array().unwrap().iter().map(|hit| {
        let name = hit["path"].as_str().unwrap().rsplit('/').next().unwrap();
        let letter = char::from(b'A' + name[..3].parse::<u8>().unwrap());
        format!("{letter}{}", hit["matches"])
    });
    let mut hits: Vec<String> = hits.collect();
    hits.sort_unstable();
    hits.join(" ")
}

#[test]
fn the_five_documents_give_what_must_be_found() {
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds");
    if !Path::new(seeds).is_dir() {
        eprintln!("skipped: ../shared/seeds is not here");
        return;
    }
    let home = tempfile::tempdir().unwrap();
    for (query, expected) in [
        ("\"droits de l'homme\"", "A2 B3 C1 D13"),
        ("\"DROITS DE L’HOMME\"", "A2 B3 C1 D13"),
        ("homme", "A2 B3 C1 D15"),
        ("oeuvre", "B3 D3"),
        ("œuvre", "B3 D3"),
        ("detention", "A2 B1 D12"),
        ("détention", "A2 B1 D12"),
        ("\"détention arbitraire\"", "D6"),
        ("\"detention arbitraire\"", "D6"),
        ("tokaiev", "A2 C3 E1"),
        ("Tokayev", "A2 C3 E1"),
        ("\"développement durable\"", "D1"),
        ("\"sous-déclarée\"", "D1"),
        ("Tleuberdi", "A1 C1"),
        ("Kharkova Larisa", "D4"),
        ("\"accord de partenariat et de coopération renforcé\"", "D2"),
        ("P8_TA(2017)0485", "D1"),
        ("2019/2610(RSP)", "D1"),
        ("43940", "A2"),
        ("n° 5747", "C1"),
        ("opposant", "A2 D1"),
        ("opposants", "A2"),
        ("arrêté", "A3 D3"),
        ("arrêtée", "A3 D3"),
        ("arrêtés", "A3 D3"),
        ("arretees", "A3 D3"),
        ("assemblee", "A1 B1"),
        ("Assemblée", "A1 B1"),
        ("\"arrêté\"", "A1 D1"),
        ("=arrêté", "A1 D1"),
        ("\"assemblee nationale\"", "A1 B1"),
    ] {
        assert_eq!(found(home.path(), seeds, query, &[]), expected, "{query}");
    }
    assert_eq!(found(home.path(), seeds, "tokaiev", &["--no-variants"]), "A2 C3");
}

#[test]
fn plain_answers_name_the_other_spellings_too() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("a.txt"), "Le président Tokaïev a signé, puis est parti.").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_lutrin"))
        .args(["search", "tokayev"])
        .arg(home.path().join("a.txt"))
        .env("LUTRIN_HOME", home.path())
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("also tokaiev (1)"), "{said}");
}
