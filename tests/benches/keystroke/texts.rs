//! The texts: written questions with answers, made of real paragraphs where they lie beside the project, else of words
//! some of which are far more frequent than others. Always the same ones.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

/// How long a text is, in bytes, at least.
const LENGTH: usize = 2_900;
/// How many texts a folder has.
const IN_A_FOLDER: usize = 1_000;

const FIRST_NAMES: [&str; 16] = [
    "Jean",
    "Marie",
    "Pierre",
    "Claire",
    "Frédéric",
    "Amélie",
    "François",
    "Hélène",
    "Kassym-Jomart",
    "Larisa",
    "Bruno",
    "Éric",
    "Zoé",
    "Moukhtar",
    "Noël",
    "Delphine",
];
const SURNAMES: [&str; 16] = [
    "Moreau",
    "Lefebvre",
    "Tokaïev",
    "Dupont",
    "Tleuberdi",
    "Lecoq",
    "Garcia",
    "Nguyen",
    "Le Goff",
    "Müller",
    "Kharkova",
    "Fillon",
    "Tokayev",
    "Bertrand",
    "d'Orgeval",
    "Abdallah",
];

/// Numbers that look like chance and are the same each time (Steele and Vigna's SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// Small numbers far more often than large ones.
    fn mostly_small(&mut self, end: usize) -> usize {
        let bound = 1 + self.below(end);
        let bound = 1 + self.below(bound);
        self.below(bound)
    }
}

/// Writes texts into a folder; how many bytes they have together.
pub(crate) fn write(folder: &Path, documents: usize) -> u64 {
    let mut chance = Chance(7);
    let paragraphs = paragraphs(&mut chance);
    let mut bytes = 0;
    for number in 0..documents {
        let folder = folder.join(format!("{:04}", number / IN_A_FOLDER));
        if number % IN_A_FOLDER == 0 {
            fs::create_dir_all(&folder).expect("a folder can be made");
        }
        let text = text(number, &paragraphs, &mut chance);
        bytes += text.len() as u64;
        fs::write(folder.join(format!("{number}.txt")), text).expect("the disk has room");
    }
    bytes
}

fn text(number: usize, paragraphs: &[String], chance: &mut Chance) -> String {
    let name = format!("{} {}", FIRST_NAMES[chance.mostly_small(16)], SURNAMES[chance.below(16)]);
    let (day, month, year) = (chance.below(28) + 1, chance.below(12) + 1, 2007 + chance.below(16));
    let mut text = format!(
        "15ème législature\n\nQuestion écrite n° {number}\n\nTexte de la question\n\nM. {name} attire l'attention de Mme la \
         ministre du travail.\n\n"
    );
    let mut answered = false;
    while text.len() < LENGTH {
        text.push_str(&paragraphs[chance.below(paragraphs.len())]);
        text.push_str("\n\n");
        if !answered && text.len() > LENGTH / 3 {
            answered = true;
            text.push_str("Texte de la réponse\n\n");
        }
    }
    text + &format!("Données clés\n\nAuteur : M. {name}\n\nQuestion publiée au JO le : {day:02}/{month:02}/{year}\n")
}

fn paragraphs(chance: &mut Chance) -> Vec<String> {
    let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/scale/shared-fr-droit-social.jsonl.gz");
    let unpacked = Command::new("gzip").arg("-dc").arg(&real).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let Some(unpacked) = unpacked.ok().filter(|_| real.exists()).and_then(|mut gzip| gzip.stdout.take()) else {
        return own(chance);
    };
    let lines = BufReader::new(unpacked).lines().map_while(Result::ok);
    let field = |line: String| {
        let value: serde_json::Value = serde_json::from_str(&line).ok()?;
        value.get("text")?.as_str().map(str::to_owned)
    };
    lines.filter_map(field).collect()
}

fn own(chance: &mut Chance) -> Vec<String> {
    const SYLLABLES: [&str; 24] = [
        "tra", "vail", "con", "gé", "sa", "la", "rié", "em", "ploi", "in", "dem", "ni", "té", "mé", "de", "cin",
        "droit", "pré", "a", "vis", "ar", "rê", "li", "cen",
    ];
    let word = |chance: &mut Chance| -> String {
        (0..=chance.below(4)).map(|_| SYLLABLES[chance.below(SYLLABLES.len())]).collect()
    };
    let words: Vec<String> = (0..60_000).map(|_| word(chance)).collect();
    let paragraph = |chance: &mut Chance| {
        let length = 20 + chance.below(100);
        (0..length).map(|_| words[chance.mostly_small(words.len())].as_str()).collect::<Vec<_>>().join(" ")
    };
    (0..50_000).map(|_| paragraph(chance)).collect()
}
