//! The set phrases of resolutions in comparable form (see `wording::plain`): French, English, German, Spanish, Italian,
//! and some Dutch and Portuguese. To support a further body or language, add to the tables.

/// A body that adopts resolutions.
pub(super) struct AdoptingBody {
    /// Its name as the subject of the sentence, without the comma.
    pub opener: &'static str,
    /// Its name.
    pub name: &'static str,
    /// ISO 3166 country code; `EU` and `UN`, which ISO 3166 reserves, for these two organisations; empty for others.
    pub country: &'static str,
}

const fn body(opener: &'static str, name: &'static str, country: &'static str) -> AdoptingBody {
    AdoptingBody { opener, name, country }
}

/// All known bodies.
pub(super) const BODIES: &[AdoptingBody] = &[
    body("le parlement européen", "Parlement européen", "EU"),
    body("the european parliament", "European Parliament", "EU"),
    body("das europäische parlament", "Europäisches Parlament", "EU"),
    body("el parlamento europeo", "Parlamento Europeo", "EU"),
    body("il parlamento europeo", "Parlamento europeo", "EU"),
    body("o parlamento europeu", "Parlamento Europeu", "EU"),
    body("het europees parlement", "Europees Parlement", "EU"),
    body("le conseil de l'union européenne", "Conseil de l’Union européenne", "EU"),
    body("the council of the european union", "Council of the European Union", "EU"),
    body("l'assemblée générale", "Assemblée générale des Nations Unies", "UN"),
    body("the general assembly", "United Nations General Assembly", "UN"),
    body("la asamblea general", "Asamblea General de las Naciones Unidas", "UN"),
    body("die generalversammlung", "Generalversammlung der Vereinten Nationen", "UN"),
    body("le conseil de sécurité", "Conseil de sécurité", "UN"),
    body("the security council", "Security Council", "UN"),
    body("el consejo de seguridad", "Consejo de Seguridad", "UN"),
    body("der sicherheitsrat", "Sicherheitsrat", "UN"),
    body("le conseil des droits de l'homme", "Conseil des droits de l’homme", "UN"),
    body("the human rights council", "Human Rights Council", "UN"),
    body("el consejo de derechos humanos", "Consejo de Derechos Humanos", "UN"),
    body("la commission des droits de l'homme", "Commission des droits de l’homme", "UN"),
    body("the commission on human rights", "Commission on Human Rights", "UN"),
    body("le conseil économique et social", "Conseil économique et social", "UN"),
    body("the economic and social council", "Economic and Social Council", "UN"),
    body("l'assemblée parlementaire", "Assemblée parlementaire", ""),
    body("the parliamentary assembly", "Parliamentary Assembly", ""),
    body("le comité des ministres", "Comité des Ministres", ""),
    body("the committee of ministers", "Committee of Ministers", ""),
    body("l'assemblée nationale", "Assemblée nationale", "FR"),
    body("le sénat", "Sénat", "FR"),
    body("la chambre des députés", "Chambre des députés", "LU"),
    body("la chambre des représentants", "Chambre des représentants", "BE"),
];

/// Names of the kind of text.
pub(super) const NAMES: &[&str] =
    &["résolution", "resolution", "entschließung", "resolución", "risoluzione", "resolução", "resolutie"];

/// First words of citations, which are numbered in their order.
pub(super) const CITATIONS: &[&str] = &[
    "vu ",
    "vue ",
    "vus ",
    "vues ",
    "having regard to",
    "gestützt auf",
    "unter hinweis auf",
    "in kenntnis",
    "visto ",
    "vista ",
    "vistos ",
    "vistas ",
    "visti ",
    "viste ",
    "tendo em conta",
    "gezien ",
];

/// First words of preamble paragraphs that refer to earlier texts.
pub(super) const RECALLINGS: &[&str] = &[
    "rappelant",
    "réaffirmant",
    "guidé",
    "s'inspirant",
    "se référant",
    "ayant à l'esprit",
    "gardant à l'esprit",
    "ayant examiné",
    "ayant entendu",
    "recalling",
    "reaffirming",
    "guided by",
    "bearing in mind",
    "having considered",
    "having examined",
    "having heard",
    "recordando",
    "reafirmando",
    "guiado por",
    "guiada por",
    "teniendo presente",
    "unter hinweis",
    "in bekräftigung",
    "geleitet von",
];

/// First words of a recital.
pub(super) const RECITALS: &[&str] =
    &["considérant", "whereas", "considering", "in der erwägung", "considerando", "overwegende", "attendu"];

/// Endings of the participles that begin paragraphs of a preamble, in one of their first two words: « Deeply concerned
/// », « Profondément préoccupée », « Observando con reconocimiento ».
pub(super) const PARTICIPLES: &[&str] = &[
    "ing",
    "ed",
    "aware",
    "ant",
    "é",
    "ée",
    "ue",
    "consciente",
    "conscient",
    "soucieux",
    "soucieuse",
    "ando",
    "endo",
    "ado",
    "ada",
    "end",
];

/// First words of an operative paragraph without a number.
pub(super) const DEMANDS: &[&str] = &[
    "décide",
    "demande",
    "prie",
    "invite",
    "exhorte",
    "condamne",
    "réaffirme",
    "se félicite",
    "souligne",
    "estime",
    "souhaite",
    "appelle",
    "recommande",
    "prend note",
    "charge",
    "engage",
    "rappelle",
    "salue",
    "décident",
    "decides",
    "requests",
    "calls",
    "urges",
    "condemns",
    "reaffirms",
    "welcomes",
    "stresses",
    "invites",
    "recommends",
    "takes note",
    "encourages",
    "expresses",
    "emphasizes",
    "strongly condemns",
    "instructs",
    "resolves",
    "decide",
    "pide",
    "insta",
    "exhorta",
    "reafirma",
    "acoge",
    "beschließt",
    "fordert",
    "ersucht",
    "chiede",
    "invita",
];

/// Enacting formulas of acts, which do not occur in resolutions.
pub(super) const ENACTING: &[&str] = &[
    "a adopté l",
    "ont adopté l",
    "a arrêté l",
    "ont arrêté l",
    "arrête :",
    "arrêtent :",
    "has adopted this",
    "have adopted this",
    "has decided as follows",
    "hat folgende",
    "haben folgende",
    "ha adoptado l",
    "han adoptado l",
    "ha adottato",
    "hanno adottato",
];

/// First words of texts that follow a resolution in the same document.
pub(super) const ANNEXES: &[&str] = &[
    "annex",
    "anlage",
    "anexo",
    "allegato",
    "exposé des motifs",
    "explanatory statement",
    "begründung",
    "exposición",
    "motivazione",
    "informations sur l'adoption",
    "information on adoption",
    "procédure de la commission",
];

/// Words that may be between the name of a resolution and its date of adoption: « Résolution législative du Parlement
/// européen du … ». After any other word, a date belongs to the subject.
pub(super) const BEFORE_DATE: &[&str] = &[
    "résolution",
    "resolution",
    "entschließung",
    "resolución",
    "risoluzione",
    "législative",
    "legislative",
    "legislativa",
    "legislative",
    "du",
    "de",
    "le",
    "la",
    "l'assemblée",
    "parlement",
    "européen",
    "européenne",
    "parlementaire",
    "nationale",
    "générale",
    "conseil",
    "sécurité",
    "sénat",
    "adoptée",
    "adopté",
    "par",
    "european",
    "parliament",
    "of",
    "the",
    "on",
    "adopted",
    "by",
    "general",
    "assembly",
    "security",
    "council",
    "human",
    "rights",
    "des",
    "droits",
    "l'homme",
    "europäischen",
    "parlaments",
    "vom",
    "del",
    "parlamento",
    "europeo",
    "europea",
    "l'union",
    "union",
    "nations",
    "unies",
];
