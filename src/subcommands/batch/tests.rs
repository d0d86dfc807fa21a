//! Many searches at once, as a person with a spreadsheet and a script see them.

use serde_json::Value;

use crate::subcommands::tests::Office;

fn letters() -> Office {
    Office::with(&[
        (
            "a.txt",
            "Première lettre\n\nLe président Tokaïev a reçu la délégation. Tokaïev n'a rien dit de la torture.\n",
        ),
        ("b.txt", "Deuxième lettre\n\nPresident Tokayev received the delegation on Monday in the capital.\n"),
        ("c.txt", "Troisième lettre\n\nRien qui concerne les noms de la liste.\n"),
    ])
}

fn cells(line: &str) -> Vec<&str> {
    line.split('\t').collect()
}

#[test]
fn a_batch_is_a_table_with_a_row_a_document_and_a_column_a_name() {
    let office = letters();
    let names =
        office.write("../names.txt", "\u{feff}# des noms\r\nTokaïev\r\n\r\n-torture\r\nZhanaozen\r\n".as_bytes());
    let table = office.ask(&["search", "--batch", &names, "DOCS"]);
    assert_eq!(table.status, 0, "{}", table.err);
    let rows: Vec<Vec<&str>> = table.out.lines().map(cells).collect();
    assert_eq!(rows[0], ["path", "member", "id", "title", "date", "Tokaïev", "'-torture", "Zhanaozen"]);
    let counts: Vec<&[&str]> = rows[1..].iter().map(|row| &row[5..]).collect();
    assert_eq!(counts, [["2", "", ""], ["1", "0", ""], ["", "0", ""]], "empty: it does not answer; 0: not in its text");
    for words in ["ligne 2 (Tokaïev)", "aussi tokayev (1)", "ligne 5 (Zhanaozen)", "3 recherches, 1 sans résultat"] {
        assert!(table.err.contains(words), "{words}: {}", table.err);
    }
    let plain = office.ask(&["search", "--batch", &names, "--no-variants", "DOCS"]);
    assert_eq!(plain.out.lines().nth(2).map(|line| cells(line)[5].to_owned()), Some(String::new()), "{}", plain.out);
}

#[test]
fn lines_end_as_any_system_ends_them() {
    let office = letters();
    let names = office.write("../names.txt", "Tokayev\rtorture\r\nliste\n\rrien".as_bytes());
    let json = office.ask(&["search", "--json", "--batch", &names, "DOCS"]);
    let asked = json.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let asked: Vec<_> =
        asked.map(|one| (one["query"].as_str().unwrap().to_owned(), one["line"].as_u64().unwrap())).collect();
    assert_eq!(
        asked,
        [("Tokayev", 1), ("torture", 2), ("liste", 3), ("rien", 5)].map(|(name, line)| (name.to_owned(), line))
    );
}

#[test]
fn a_batch_tells_every_place_and_the_names_without_one() {
    let office = letters();
    let names = office.write("../names.txt", b"Tokayev\nZhanaozen\n");
    let table = office.ask(&["search", "--places", "--batch", &names, "DOCS"]);
    let rows: Vec<Vec<&str>> = table.out.lines().map(cells).collect();
    assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{}", table.out);
    let of = |name: &str| rows[1..].iter().filter(|row| row[0] == name).count();
    assert_eq!((of("Tokayev"), of("Zhanaozen")), (3, 1), "{}", table.out);
    let first = &rows[1];
    assert_eq!((first[9], first[10].starts_with("Le président Tokaïev")), ("Tokaïev", true), "{first:?}");
    assert_eq!(first[8].parse::<usize>().unwrap() - first[7].parse::<usize>().unwrap(), "Tokaïev".len());
}

#[test]
fn a_batch_in_json_is_an_object_a_name_with_counts_and_places() {
    let office = letters();
    let names = "Tokaïev\nZhanaozen\n".as_bytes();
    let told = office.ask_with(&["search", "--json", "--batch", "-", "DOCS"], names, &mut Vec::new());
    assert_eq!(told.status, 0);
    let objects: Vec<Value> = told.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(objects.len(), 2);
    let name = &objects[0];
    assert_eq!((&name["query"], &name["line"]), (&Value::from("Tokaïev"), &Value::from(1)));
    assert_eq!((&name["documents"], &name["matches"]), (&Value::from(2), &Value::from(3)));
    assert_eq!(name["understood"][1]["as"], "variant");
    let hit = &name["hits"][0];
    assert_eq!((&hit["matches"], hit["places"].as_array().map(Vec::len)), (&Value::from(2), Some(2)));
    assert_eq!((hit["id"].as_str().map(str::len), &hit["places"][0]["match"]), (Some(32), &Value::from("Tokaïev")));
    assert_eq!((&objects[1]["documents"], &objects[1]["hits"]), (&Value::from(0), &Value::Array(Vec::new())));
    assert_eq!(office.ask_with(&["search", "--batch", "-", "DOCS"], b"Zhanaozen", &mut Vec::new()).status, 1);
}

#[test]
fn what_is_wrong_with_a_batch_is_told_with_its_path_and_line() {
    let office = letters();
    let wrong = office.write("../wrong.txt", b"Tokayev\n\xff\xfe\n");
    let told = office.ask(&["search", "--batch", &wrong, "DOCS"]);
    assert_eq!((told.status, told.out.as_str()), (2, ""));
    assert!(told.err.contains(&wrong) && told.err.contains("ligne 2"), "{}", told.err);
    let empty = office.write("../empty.txt", b"# nothing\n\n");
    for file in [empty.as_str(), "DOCS/missing.txt"] {
        let told = office.ask(&["search", "--batch", file, "DOCS"]);
        assert_eq!((told.status, told.err.lines().count()), (2, 1), "{}", told.err);
    }
    let both = office.ask_with(&["search", "--batch", "-", "-"], b"a", &mut Vec::new());
    assert_eq!(both.status, 2, "{}", both.err);
    let hint =
        office.ask_with(&["search", "--batch", "-", "DOCS"], "Tokayev\n«\u{a0}—\u{a0}»\n".as_bytes(), &mut Vec::new());
    assert!(hint.status == 0 && hint.err.contains("ligne 2"), "{}", hint.err);
}

#[test]
fn a_zero_says_of_when_the_index_is_and_what_was_not_read() {
    let office = letters();
    office.write("damaged.xml", b"<?xml version=\"1.0\"?><akomaNtoso \xff\xff");
    let zero = office.ask(&["search", "xyzzy", "DOCS"]);
    assert_eq!(zero.status, 1);
    assert!(zero.err.contains("index du ") && zero.err.contains(" · 1 fichier non lu\n"), "{}", zero.err);
    let found = office.ask(&["search", "Tokayev", "DOCS"]);
    assert!(!found.err.contains("index du ") && found.err.contains(" · 1 fichier non lu\n"), "{}", found.err);
}
