"""Makes the families of inflected French forms from a Hunspell dictionary, and decides which homographs count.

Usage: make.py FOLDER COUNTS STOPWORDS > families
FOLDER has index.dic and index.aff of the dictionary; COUNTS has lines of a lower-case form, a tab, and how often it occurs
in French texts (capitalised words left out); STOPWORDS has function words, one per line or separated by spaces. A line of
the result has the forms of one family. `cargo bench --bench forms -- --pack families assets/forms` writes the table.

A form with several readings (« part »: noun, or of « partir ») belongs to the families that it heads, and to another
family where that reading is common. How common it is follows from the forms that have one reading only: the frequency of a
family is estimated from its unambiguous forms, and the share of each ending (of verbs by infinitive, of nouns) from all
families; their product is how often a reading is expected. Literary tenses of verbs never count beside another reading.
A participle with a rare verbal reading still has the participle's other forms. Function words have no other forms.
"""
import collections
import os
import re
import sys

VERB = re.compile(r"^[a-z][0-9A-Z]$")
PARTICIPLE = re.compile(r"^[pq][+.]$")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Past historic of verbs in -er, and imperfect subjunctive, as ending after the infinitive's.
LITERARY = re.compile(
    r"er:(g?e|ç)?(a|as|ai|âmes|âtes|ât|asse|asses|assions|assiez|assent)$"
    r"|(îmes|îtes|ûmes|ûtes|înmes|întes|ît|ût|înt|insse|inssent)$"
    r"|(isse|isses|issions|issiez|issent|usse|usses|ussions|ussiez|ussent)$"
)
# An inflected reading counts from this share of a form's occurrences on; of a participle, from the second on.
COMMON, COMMON_PARTICIPLE = 0.05, 0.01
# A family counts at most this often in the estimate of endings, so that no one word decides.
MOST = 300.0
AUXILIARIES = {("être", "v"), ("avoir", "v")}
FUNCTION_WORDS = """mais son sa ses mon ma mes ton ta tes notre nos votre vos leur leurs ce cet cette ces le la les un une des
    du de à au aux et ou où ni car donc or que qui quoi dont quel quelle quels quelles je tu il elle on nous vous ils elles me
    te se lui eux y en ne pas plus moins très trop si oui non avec sans sous sur dans par pour vers chez entre comme quand lors
    puis aussi ainsi alors tout toute tous toutes même mêmes autre autres tel telle tels telles aucun aucune""".split()


def suffix_rules(path):
    rules = collections.defaultdict(list)
    for line in open(path, encoding="utf-8"):
        part = line.split()
        if len(part) < 5 or part[0] != "SFX":
            continue
        name, strip, add, condition = part[1:5]
        add = add.partition("/")[0]
        if "'" not in add:
            rules[name].append((strip.strip("0"), "" if add == "0" else add, re.compile(condition + "$")))
    return rules


def read_families(folder):
    """(lemma, kind) -> {form: name of the rule}; kinds are v(erb), n(oun or adjective), x (no inflection)."""
    rules, families = suffix_rules(folder + "/index.aff"), {}
    for line in open(folder + "/index.dic", encoding="utf-8"):
        lemma, _, flags = line.split()[0].partition("/") if line.split() else ("", "", "")
        # Capitalised entries are names.
        if not lemma or not WORD.fullmatch(lemma) or not lemma[0].islower():
            continue
        flags = re.findall("..", flags)
        verbal = [flag for flag in flags if VERB.match(flag) and flag in rules or PARTICIPLE.match(flag)]
        nominal = [f for f in flags if f in rules and f not in verbal and not f.endswith("'")]
        kind = "v" if any(VERB.match(flag) for flag in verbal) else "n" if verbal + nominal else "x"
        forms = families.setdefault((lemma, kind), {})
        if "()" not in flags:
            forms.setdefault(lemma, "lemma")
        for flag in verbal + nominal:
            for strip, add, condition in rules[flag]:
                if condition.search(lemma) and lemma.endswith(strip):
                    forms.setdefault(lemma[: len(lemma) - len(strip)] + add, flag)
    return families


def slot(lemma, kind, form, rule):
    ending = form[len(os.path.commonprefix([form, lemma])):]
    if kind != "v":
        return kind + ":" + (ending if form != lemma else "0")
    return "p:" + form[-2:] if PARTICIPLE.match(rule) else "v:" + lemma[-2:] + ":" + ending


def is_literary(place):
    if not place.startswith("v:"):
        return False
    present = place.startswith("v:ir") and re.search("iss(e|es|ions|iez|ent)$", place)
    return not present and bool(LITERARY.search(place[2:]))


def estimate(readings, families, counts):
    """The frequency of each family and the share of each slot, from forms with one reading, in turns."""
    single = [[] for _ in families]
    for form, places in readings.items():
        if len(places) == 1:
            family, place = places[0]
            single[family].append((counts.get(form, 0), place))
    share = collections.defaultdict(lambda: 0.05)
    for _ in range(12):
        mass = [(sum(c for c, _ in f) + 0.2) / (sum(share[p] for _, p in f) + 0.3) for f in single]
        seen, possible = collections.Counter(), collections.Counter()
        for family, forms in enumerate(single):
            if mass[family] >= 2:
                weight = min(1, MOST / mass[family])
                for count, place in forms:
                    seen[place] += count * weight
                    possible[place] += mass[family] * weight
        known = {place: (seen[place] + 0.5) / (possible[place] + 25) for place in possible}
        share = collections.defaultdict(lambda: 0.02, known)
    evidence = [sum(share[place] for _, place in forms) for forms in single]
    return mass, share, evidence


def main():
    folder, counts, stopwords = sys.argv[1:4]
    counts = {form: int(n) for form, n in (line.rstrip("\n").split("\t") for line in open(counts, encoding="utf-8"))}
    stop = set(FUNCTION_WORDS) | set(open(stopwords, encoding="utf-8").read().split())
    families = read_families(folder)
    keys = list(families)
    readings = collections.defaultdict(list)
    for family, (lemma, kind) in enumerate(keys):
        for form, rule in families[lemma, kind].items():
            readings[form].append((family, slot(lemma, kind, form, rule)))
    mass, share, evidence = estimate(readings, keys, counts)

    members, rare, participles = (collections.defaultdict(set) for _ in range(3))
    for form, places in readings.items():
        if form in stop or "-" in form or len(form) < 2:
            continue
        count = counts.get(form, 0)
        expected = {family: mass[family] * share[place] / count if count else None for family, place in places}
        explained = sum(min(1, expected[f]) for f, _ in places if count and evidence[f] >= 0.1)
        heads = [family for family, _ in places if keys[family][0] == form and keys[family] not in AUXILIARIES]
        for family, place in places:
            (lemma, kind), others = keys[family], [f for f, _ in places if f != family]
            if place.startswith("p:"):
                participles[family].add(form)
            if not others:
                counted = True
            elif keys[family] in AUXILIARIES:
                counted = bool(count) and expected[family] >= 0.9 and not heads
            elif lemma == form:
                counted = True
            elif is_literary(place):
                counted = False
            elif not count:
                counted = kind == "n" or all(keys[f][1] == "v" for f in others)
            elif evidence[family] >= 0.1:
                counted = expected[family] >= COMMON
                if not counted and expected[family] >= COMMON_PARTICIPLE:
                    rare[family].add(form)
            else:
                # No form shows how common this family is: it has what the others do not explain.
                counted = 1 - explained >= COMMON and (kind == "n" or not heads)
            if counted:
                members[family].add(form)
    result = [sorted(forms) for forms in members.values()]
    for family, forms in participles.items():
        kept = sorted(form for form in forms if form in members[family] or form in rare[family])
        if rare[family] & forms and len(kept) > 1:
            result.append(kept)
    # A function word, or a form none of whose readings counts, is known and alone.
    found = set().union(*map(set, result))
    result += [[form] for form in readings if form not in found and "-" not in form and len(form) > 1]
    print("\n".join(sorted(" ".join(forms) for forms in result)))


main()
