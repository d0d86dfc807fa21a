"""Makes words.dawg from Hunspell dictionaries: every form that stem and affixes give, in lower case, without accents,
of four letters or more, as a minimal automaton.

Usage: make.py FOLDER..., each with index.dic and index.aff; writes words.dawg. Edges are little-endian words of four
bytes: bits 0-4 the letter (a = 0), bit 5 the word may end behind it, bit 6 the last edge of its node, bits 7-31 the
number of the first edge of the node it leads to (0: none). The root is the last node; its first edge's number stands
in the first word of the file.
"""
import re, struct, sys, unicodedata


def fold(word):
    word = word.lower().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def flags_of(text, long):
    return re.findall(".." if long else ".", text)


def affixes(path):
    rules, long = {}, False
    for line in open(path, encoding="utf-8"):
        part = line.split()
        long = long or part[:2] == ["FLAG", "long"]
        if len(part) < 5 or part[0] not in ("PFX", "SFX"):
            continue
        kind, name, strip, add, condition = part[:5]
        add, _, more = add.partition("/")
        if "'" in add:
            continue
        at = condition + "$" if kind == "SFX" else "^" + condition
        rules.setdefault(name, []).append((kind, strip.strip("0"), add.strip("0"), re.compile(at), flags_of(more, long)))
    return rules, long


def applied(word, rule):
    kind, strip, add, condition, _ = rule
    if not condition.search(word):
        return None
    if kind == "PFX":
        return add + word[len(strip):] if word.startswith(strip) else None
    return word[: len(word) - len(strip)] + add if word.endswith(strip) else None


def forms(stem, flags, rules, depth=0):
    found = set() if "()" in flags else {stem}
    own = [rule for flag in flags for rule in rules.get(flag, [])]
    for rule in own:
        form = applied(stem, rule)
        if form is None:
            continue
        found.add(form)
        found |= {f for p in own if p[0] == "PFX" != rule[0] for f in [applied(form, p)] if f}
        if depth == 0 and rule[4]:
            found |= forms(form, rule[4], rules, 1)
    return found


def dictionary(folder):
    rules, long = affixes(folder + "/index.aff")
    found = set()
    for line in open(folder + "/index.dic", encoding="utf-8"):
        stem, _, flags = line.split()[0].partition("/") if line.split() else ("", "", "")
        found |= forms(stem, flags_of(flags, long), rules)
    return {fold(word) for word in found}


def automaton(words):
    edges, known = [0], {}

    def node(words, at):
        letters = {}
        for word in words:
            letters.setdefault(word[at], []).append(word)
        row = []
        for letter, below in sorted(letters.items()):
            ends = any(len(word) == at + 1 for word in below)
            longer = [word for word in below if len(word) > at + 1]
            row.append((ord(letter) - 97) | ends << 5 | (node(longer, at + 1) if longer else 0) << 7)
        row[-1] |= 1 << 6
        key = tuple(row)
        if key not in known:
            known[key] = len(edges)
            edges.extend(row)
        return known[key]

    edges[0] = node(sorted(words), 0)
    return edges


words = set().union(*map(dictionary, sys.argv[1:]))
words = {word for word in words if re.fullmatch("[a-z]{4,}", word)}
edges = automaton(words)
open("words.dawg", "wb").write(struct.pack("<%dI" % len(edges), *edges))
print(len(words), "words,", len(edges), "edges")
