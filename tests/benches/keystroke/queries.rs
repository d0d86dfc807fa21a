//! The queries that are typed: what researchers look for in questions and answers on labour law, letter by letter.

/// Words, names, phrases, filters, what is not wanted, alternatives.
pub(crate) const QUERIES: [&str; 48] = [
    "licenciement",
    "licenciement économique",
    "droits de l'homme",
    "\"droits de l'homme\"",
    "congé maternité",
    "conge parental d'education",
    "\"code du travail\"",
    "code de la sécurité sociale",
    "salarié protégé",
    "salariés -intérimaires",
    "inspection du travail",
    "inspecteur OR contrôleur",
    "travail de nuit",
    "\"travail de nuit\" femmes",
    "délégué syndical",
    "comité d'entreprise",
    "convention collective nationale",
    "accord de branche",
    "durée légale hebdomadaire",
    "heures supplémentaires -cadres",
    "chômage partiel",
    "indemnité de rupture",
    "contrat à durée déterminée",
    "\"contrat à durée indéterminée\"",
    "rupture conventionnelle",
    "harcèlement moral",
    "discrimination syndicale",
    "apprentissage",
    "formation professionnelle continue",
    "accident du travail",
    "maladie professionnelle",
    "médecine du travail",
    "médecin OR infirmier travail",
    "L. 1233-3",
    "R4228-20",
    "décret n° 2008-244",
    "Moreau",
    "Tokaïev",
    "Jean Lefebvre",
    "author:moreau congé",
    "kind:written-question amiante",
    "date:2019 retraite",
    "=arrêté ministériel",
    "amiante~ exposition",
    "\"employeur salarié\"~5",
    "préavis near:8 démission",
    "(grève OR lock-out) préavis",
    "dans le cas où le salarié",
];

/// Every query as it stands after each key.
pub(crate) fn keystrokes() -> Vec<String> {
    let typed = |query: &&str| {
        let ends = query.char_indices().map(|(at, c)| at + c.len_utf8());
        ends.map(|end| query[..end].to_owned()).collect::<Vec<_>>()
    };
    QUERIES.iter().flat_map(typed).collect()
}
