"""Words as the search sees them: one spelling, one stem, and the course's own lists of abbreviations, synonyms and roots.

Everything here is pure and cheap: the same functions read the titles when the index is built and the query at each keystroke,
so that "Haemorrhages", "hemorrhage" and "hemorrhagic" meet. The lists are data (``data/codesets/search_*.csv``), each row with
its source; most rows are common clinical usage, written down for this course.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from course import paths

#: A learner's query is cut here: long enough for any diagnosis, short enough that a pasted page costs nothing.
MAX_CHARS = 240
MAX_TOKENS = 14

#: Words that say nothing about the diagnosis. They are dropped on both sides.
STOP_WORDS = frozenset(
    "a an the of in on at to by for from and or as is are be been this that these those it its into nos nec any all "
    "see also due code codes patient pt".split()
)
#: Words that matter little: a title that has one more of them is not a worse match, and they never find a code alone.
WEAK_WORDS = frozenset(
    "unspecified other specified with without elsewhere classified not type site sites part parts multiple single "
    "right left bilateral unilateral disease diseases disorder disorders condition conditions certain use "
    "involving associated affecting caused following related during stated otherwise".split()
)
SIDES = frozenset({"right", "left", "bilateral"})
#: Words of which a code has one where the query has another: then it is the wrong code, however many other words agree.
CONTRASTS: tuple[tuple[str, ...], ...] = (
    ("right", "left", "bilateral"), ("acute", "chronic", "subacute"), ("benign", "malignant", "situ", "behavior"),
    ("primary", "secondary"), ("uncertain", "unspecified behavior"), ("male", "female"), ("upper", "lower"),
    ("anterior", "posterior"), ("first", "second", "third"), ("1", "2", "3", "4", "5"), ("internal", "external"),
    ("major", "minor"), ("congenital", "acquired"), ("displaced", "nondisplaced"), ("medial", "lateral"),
    ("accidental", "intentional", "assault", "undetermined", "adverse", "underdosing"), ("traffic", "nontraffic"),
    ("driver", "passenger", "outside"), ("systolic", "diastolic"), ("personal", "family"), ("open", "closed"),
    ("with", "without"), ("newborn", "maternal"), ("inner", "outer"),
)

_CONTRAST_BITS: dict[str, int] = {}
_CONTRAST_GROUPS: list[int] = []
for _group in CONTRASTS:
    _mask = 0
    for _member in _group:
        _bit = 1 << len(_CONTRAST_BITS)
        _CONTRAST_BITS[_member] = _bit
        _mask |= _bit
    _CONTRAST_GROUPS.append(_mask)

_WORD = re.compile(r"[a-z0-9]+")
_INNER_PARENTHESIS = re.compile(r"\(([a-z]{2,8})\)([a-z]{3,})")
#: Beginnings that are written with a hyphen, with a blank, or as one word.
PREFIXES = frozenset(
    "pre post non sub anti intra extra inter auto hyper hypo micro macro multi semi ante peri para over under".split()
)
_PREFIXED = re.compile(rf"\b({'|'.join(sorted(PREFIXES))})-([a-z]{{4,}})")
_POSSESSIVE = re.compile(r"['\u2019\u02bc\u0060](s\b)?")

#: British (and older) spellings -> the one the classification uses. Applied to both sides, so a wrong hit does no harm.
_BRITISH = [
    (re.compile(pattern), to)
    for pattern, to in [
        (r"haem", "hem"), (r"aem(i[ac])", r"em\1"), (r"^oe(dema|dem|so|st|str)", r"e\1"), (r"(?<=[a-z])oed(em)", r"ed\1"),
        (r"(?<=[a-z])oesoph", "esoph"), (r"pnoea", "pnea"), (r"rrhoea", "rrhea"), (r"rrhoe(?=[ai])", "rrhe"),
        (r"^foet", "fet"), (r"^coel(?=i)", "cel"), (r"^caec", "cec"), (r"^paed", "ped"), (r"orthopaed", "orthoped"),
        (r"gynaec", "gynec"), (r"^aet(?=io)", "et"), (r"^anaes", "anes"), (r"faec", "fec"), (r"^haem", "hem"),
        (r"leucaem", "leukem"), (r"leukaem", "leukem"), (r"leuco(?=[a-z])", "leuko"), (r"glycaem", "glycem"),
        (r"tumour", "tumor"), (r"colour", "color"), (r"odour", "odor"), (r"behaviour", "behavior"), (r"labour", "labor"),
        (r"^fibre(?=s?$)", "fiber"), (r"litre", "liter"), (r"^centre", "center"), (r"sulph", "sulf"), (r"^ulcerat", "ulcerat"),
        (r"isation", "ization"), (r"lise(?=[ds]?$)", "lize"), (r"nise(?=[ds]?$)", "nize"), (r"rise(?=d$)", "rize"),
        (r"paralyse", "paralyze"), (r"diarrhoea", "diarrhea"), (r"manoeuv", "maneuv"), (r"^orthopaed", "orthoped"),
        (r"oestr", "estr"), (r"^amoeb", "ameb"), (r"oesin", "osin"), (r"^grey$", "gray"), (r"^mould", "mold"),
        (r"caesar", "cesar"), (r"aneurism", "aneurysm"), (r"^syrinx", "syrinx"), (r"plough", "plow"), (r"tyre", "tire"),
        (r"catheteris", "catheteriz"), (r"hypoxaem", "hypoxem"), (r"ureth(?=a$)", "ureth"), (r"archaeo", "archeo"),
        (r"trachaea", "trachea"), (r"^rachit", "rachit"), (r"^foetal", "fetal"), (r"naev", "nev"), (r"synaes", "synes"),
    ]
]  # fmt: skip

#: Endings that do not change what is meant, longest first, with what replaces them and the letters that must remain before.
_ENDINGS: list[tuple[str, str, int]] = [
    ("izations", "iz", 4), ("ization", "iz", 4), ("izing", "iz", 4), ("ized", "iz", 4), ("izes", "iz", 4), ("ize", "iz", 4),
    ("itides", "it", 3), ("itis", "it", 3), ("itic", "it", 4),
    ("oses", "os", 3), ("osis", "os", 3), ("otic", "os", 4), ("osed", "os", 4),
    ("plastic", "plas", 1), ("plasias", "plas", 1), ("plasia", "plas", 1),
    ("emias", "em", 3), ("emia", "em", 3), ("emic", "em", 3),
    ("lysis", "lys", 3), ("lytic", "lys", 3), ("ectomies", "ectom", 2), ("ectomy", "ectom", 2),
    ("iasis", "ias", 2), ("iatic", "ias", 4), ("iases", "ias", 2),
    ("ations", "", 5), ("ation", "", 5), ("ating", "", 5), ("ated", "", 5), ("ates", "", 5), ("ative", "", 5), ("atory", "", 5),
    ("ate", "", 5),
    ("ivities", "", 4), ("ivity", "", 4), ("ively", "", 4), ("ives", "", 4), ("ive", "", 4),
    ("tions", "t", 3), ("tion", "t", 3), ("sions", "s", 4), ("sion", "s", 4), ("xions", "x", 3), ("xion", "x", 3),
    ("tional", "t", 3), ("ional", "", 4),
    ("nesses", "", 4), ("ness", "", 4), ("ments", "", 5), ("ment", "", 5), ("fulness", "", 4),
    ("icities", "", 4), ("icity", "", 4), ("ically", "", 4), ("icals", "", 4), ("ical", "", 4), ("ics", "", 4), ("ic", "", 4),
    ("etes", "et", 4), ("alities", "", 4), ("ality", "", 4), ("ities", "", 5), ("ity", "", 5),
    ("iferous", "", 4), ("eous", "", 4), ("ious", "", 4), ("uous", "", 4), ("ous", "", 4),
    ("ially", "", 4), ("ial", "", 4), ("eal", "", 4), ("ual", "", 4), ("ally", "", 4), ("als", "", 4), ("al", "", 4),
    ("ines", "", 6), ("aries", "", 4), ("ary", "", 4), ("ories", "", 5), ("ory", "", 5), ("ular", "ul", 4), ("ar", "", 4),
    ("ings", "", 4), ("ing", "", 4), ("ied", "y", 3), ("ies", "y", 3), ("ed", "", 4),
    ("iae", "", 4), ("ias", "", 4), ("ia", "", 4), ("ae", "", 4), ("us", "", 4), ("um", "", 4), ("ums", "", 4), ("i", "", 5),
    ("sses", "ss", 3), ("shes", "sh", 3), ("ches", "ch", 3), ("xes", "x", 3), ("zes", "z", 3), ("es", "", 4),
    ("ly", "", 5), ("y", "", 4), ("e", "", 4), ("s", "", 3), ("a", "", 5),
]  # fmt: skip
#: Words that the endings above would bring together although they mean different things, or keep apart although they don't.
_IRREGULAR = {
    "radiation": "radiat", "radiated": "radiat", "radial": "radius", "radius": "radius", "radii": "radius",
    "teeth": "tooth", "feet": "foot", "lice": "louse", "mice": "mouse", "women": "woman", "men": "man", "children": "child",
    "vertebrae": "vertebra", "vertebral": "vertebra", "metastases": "metastas", "metastasis": "metastas",
    "metastatic": "metastas", "septic": "sepsis", "cysts": "cyst", "cystic": "cystic", "pelvic": "pelvis", "pelves": "pelvis",
    "larynges": "larynx", "laryngeal": "larynx", "pharyngeal": "pharynx", "phalanges": "phalanx", "phalangeal": "phalanx",
    "femoral": "femur", "femora": "femur", "dental": "dental", "colonic": "colon", "colonization": "coloniz",
    "neural": "neural", "neurotic": "neurotic", "organic": "organic", "organ": "organ", "organs": "organ",
    "general": "general", "generalized": "generaliz", "mental": "mental", "menta": "ment", "metal": "metal",
    "postpartum": "postpartum", "serous": "serous", "serum": "serum", "sinus": "sinus", "sinuses": "sinus",
    "thyroid": "thyroid", "iris": "iris", "penis": "penis", "penile": "penis", "testis": "testis", "testes": "testis",
    "testicular": "testis", "testicle": "testis", "testicles": "testis", "diabetes": "diabet", "diabetic": "diabet",
    "diabetics": "diabet", "epilepsy": "epilep", "epileptic": "epilep", "syphilis": "syphil", "syphilitic": "syphil",
    "paralysis": "paralys", "paralytic": "paralys", "paralyzed": "paralys", "tuberculous": "tubercul",
    "tuberculosis": "tubercul", "tubercular": "tubercul", "thrombus": "thromb", "thrombi": "thromb", "thrombosis": "thromb",
    "thrombotic": "thromb", "thrombosed": "thromb", "embolus": "embol", "emboli": "embol", "embolism": "embol",
    "embolic": "embol", "stenotic": "stenos", "stenosed": "stenos", "sclerotic": "scleros", "sclerosing": "scleros",
    "fibrotic": "fibros", "fibrous": "fibros", "fibrosing": "fibros", "necrotic": "necros", "necrotizing": "necros",
    "ischaemia": "ischem", "ischemia": "ischem", "ischemic": "ischem", "edema": "edem", "edematous": "edem",
    "inflammation": "inflam", "inflammatory": "inflam", "inflamed": "inflam", "died": "death", "dead": "death",
    "swollen": "swel", "swelling": "swel", "broken": "break", "bitten": "bite", "bites": "bite", "biting": "bite",
    "burnt": "burn", "fell": "fall", "falling": "fall", "fallen": "fall", "falls": "fall", "pregnant": "pregnan",
    "pregnancy": "pregnan", "pregnancies": "pregnan", "fetus": "fet", "fetal": "fet", "neonate": "newborn",
    "neonatal": "newborn", "neonatorum": "newborn", "newborns": "newborn", "obese": "obes", "anemia": "anem",
    "deaf": "deaf", "deafness": "deaf", "blind": "blind", "blindness": "blind", "ill": "illness", "sick": "sick",
    "ocular": "ocul", "oculi": "ocul", "gastric": "gastric", "gastritis": "gastrit", "hernial": "hern", "hernia": "hern",
    "herniated": "herni", "herniation": "herni", "hernias": "hern", "ulna": "ulna", "ulnar": "ulna", "coma": "coma",
    "comatose": "coma", "aura": "aura", "trauma": "trauma", "traumatic": "trauma", "allergy": "allerg",
    "allergic": "allerg", "allergies": "allerg", "vomiting": "vomit", "ileus": "ileus", "ileum": "ileum", "ileal": "ileum",
    "ilium": "ilium", "iliac": "iliac", "anal": "anus", "oral": "oral", "aural": "aural", "nasal": "nasal", "facial": "facial",
    "fascial": "fascia", "fascia": "fascia", "spinal": "spin", "spine": "spin", "renal": "renal", "cervical": "cervic",
    "cervix": "cervix", "cancerous": "cancer", "syncopal": "syncop", "abuse": "abus", "abused": "abus", "stones": "stone",
    "chronic": "chronic", "acute": "acut", "viral": "virus", "virus": "virus", "viruses": "virus", "viruria": "virur",
    "bacterial": "bacter", "bacteria": "bacter", "bacteremia": "bacterem", "fungal": "fung", "fungus": "fung", "mania": "man",
    "manic": "mani", "bulimia": "bulim", "bulla": "bull", "gas": "gas", "gases": "gas", "pus": "pus", "status": "status",
    "bipolar": "bipol", "uric": "uric", "urea": "urea", "uremia": "urem", "urinary": "urin", "urine": "urin", "ear": "ear",
    "sickle": "sickl", "moles": "mole", "colic": "colic", "celiac": "celiac", "cataract": "cataract", "species": "species",
    "lens": "lens", "lenses": "lens", "pes": "pes", "rabies": "rabies", "scabies": "scabies", "caries": "caries",
    "herpes": "herpes", "pubes": "pub", "pubic": "pub", "pubis": "pub", "ovary": "ovar", "ovarian": "ovar", "ovaries": "ovar",
    "uterine": "uter", "uterus": "uter", "corneal": "corn", "cornea": "corn", "corns": "corns", "corn": "corns",
    "horny": "horny", "wheezing": "wheez", "bleeding": "bleed", "bled": "bleed", "seizures": "seiz", "hypoxia": "hypox",
    "infant": "infant", "infants": "infant", "infantile": "infant", "juvenile": "juvenil", "senile": "senil", "fed": "feed",
    "tibial": "tib", "tibia": "tib", "fibular": "fib", "fibula": "fib", "fibulae": "fib", "scapular": "scapul",
    "clavicular": "clavicul", "clavicle": "clavicul", "patellar": "patell", "patella": "patell", "sacral": "sacr",
    "sacrum": "sacr", "cranial": "crani", "cranium": "crani", "skull": "skull", "carpal": "carp", "carpus": "carp",
    "tarsal": "tars", "tarsus": "tars", "costal": "cost", "buccal": "bucc", "labial": "lab", "labium": "lab", "labor": "labor",
    "lingual": "lingu", "mandible": "mandibul", "mandibular": "mandibul", "maxilla": "maxill", "maxillary": "maxill",
    "nodes": "nod", "node": "nod", "nodal": "nod", "nodule": "nodul", "muscular": "muscl", "muscle": "muscl",
    "vascular": "vascul", "valvular": "valv", "valve": "valv", "valves": "valv", "ventricle": "ventricul",
    "ventricular": "ventricul", "atrial": "atri", "atrium": "atri", "vesicle": "vesicl", "vesicular": "vesicl",
}  # fmt: skip


def fold(text: str) -> str:
    """Lower case, no accents, no possessive or apostrophe; at most ``MAX_CHARS`` of it. Any text; never raises.

    >>> fold("Ménière's Disease")
    'meniere disease'
    """
    text = unicodedata.normalize("NFKD", text[: MAX_CHARS * 4]).lower()
    text = "".join(c for c in text if not unicodedata.combining(c))
    return _POSSESSIVE.sub("", text)[: MAX_CHARS * 2]


@lru_cache(maxsize=60_000)
def american(word: str) -> str:
    """One spelling for each word: ``haemorrhage`` -> ``hemorrhage``, ``oedema`` -> ``edema``."""
    for pattern, to in _BRITISH:
        word = pattern.sub(to, word)
    return word


@lru_cache(maxsize=60_000)
def stem(word: str) -> str:
    """What stands for `word` and its inflections in the index: ``fractured`` and ``fractures`` -> ``fractur``."""
    if (irregular := _IRREGULAR.get(word)) is not None:
        return irregular
    if len(word) < 4 or not word.isalpha():
        return word
    for ending, to, least in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least and not (ending == "s" and word[-2] in "sui"):
            word = word[: len(word) - len(ending)] + to
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "aeios":
        word = word[:-1]
    return word


def words(text: str) -> list[str]:
    """All words of `text`, folded and in American spelling.

    ``(poly)neuropathy`` gives ``polyneuropathy neuropathy``, ``pre-eclampsia`` gives ``preeclampsia eclampsia``.

    >>> words("Haematuria, (post)operative")
    ['hematuria', 'postoperative', 'operative']
    """
    folded = fold(text)
    if "(" in folded:
        folded = _INNER_PARENTHESIS.sub(r"\1\2 \2", folded)
    if "-" in folded:
        folded = _PREFIXED.sub(r"\1\2 \2", folded)
    return [american(word) for word in _WORD.findall(folded)]


def content(text: str) -> list[str]:
    """The words of `text` that are worth finding: ``words`` without ``STOP_WORDS``."""
    return [word for word in words(text) if word not in STOP_WORDS]


def contrast_bits(text: Iterable[str]) -> int:
    """Which members of ``CONTRASTS`` a text names, as bits (under 64)."""
    bits = 0
    before = ""
    for word in text:
        bits |= _CONTRAST_BITS.get(word, 0) | _CONTRAST_BITS.get(f"{before} {word}", 0)
        before = word
    return bits


def conflicts(asked: int, has: int) -> int:
    """In how many ``CONTRASTS`` a code's bits name another member than the query's."""
    return sum(1 for mask in _CONTRAST_GROUPS if asked & mask and has & mask and not asked & has & mask)


@dataclass(frozen=True, slots=True)
class Alias:
    """Another way to say something. ``says`` is what a learner types, ``means`` what the book says, ``code`` a default or ''."""

    says: str
    means: str
    code: str
    kind: str  # abbreviation | synonym | eponym | in plain words


def _rows(name: str) -> Iterator[dict[str, str]]:
    path = paths.data_dir() / "codesets" / name
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))


@lru_cache(maxsize=1)
def aliases() -> tuple[Alias, ...]:
    """Abbreviations, synonyms and eponyms of the course's own lists. Several rows may share ``says``: it is ambiguous."""
    return tuple(
        Alias(row["says"].strip(), row["means"].strip(), row["code"].strip(), kind)
        for name, kind in [
            ("search_abbreviations.csv", "abbreviation"),
            ("search_synonyms.csv", "synonym"),
            ("search_eponyms.csv", "eponym"),
        ]
        for row in _rows(name)
    )


@lru_cache(maxsize=1)
def compounds() -> dict[str, list[str]]:
    """Stem of a medical word -> the plain words it is built from (``hematuria``: blood, urine)."""
    return {stem(american(row["word"])): content(row["means"]) for row in _rows("search_compounds.csv")}


@lru_cache(maxsize=1)
def alias_phrases() -> dict[tuple[str, ...], list[Alias]]:
    """What is typed, as stems -> what it may mean. Aliases that only add words to a name their code already has are left
    out: they lead to the code as a name of it."""
    found: dict[tuple[str, ...], list[Alias]] = {}
    plain = (Alias(row["word"], row["means"], "", "in plain words") for row in _rows("search_compounds.csv"))
    for alias in (*aliases(), *plain):
        key = tuple(stem(word) for word in content(alias.says))
        adds = {stem(word) for word in content(alias.means)} - set(key)
        if key and adds and not (alias.code and adds | set(key) == {stem(word) for word in content(alias.means)}):
            found.setdefault(key, []).append(alias)
    return found


def beginning_alias(prefix: str) -> list[Alias]:
    """Up to two aliases whose first word begins with `prefix`."""
    ordered = _alias_words()
    at = bisect_left(ordered, (prefix,))
    return [alias for word, _, alias in ordered[at : at + 2] if word.startswith(prefix)]


@lru_cache(maxsize=1)
def _alias_words() -> list[tuple[str, int, Alias]]:
    return sorted((content(alias.says)[0], i, alias) for i, alias in enumerate(aliases()) if content(alias.says))


@lru_cache(maxsize=1)
def roots() -> dict[str, tuple[str, ...]]:
    """Stem -> stems of words for the same thing (``kidney``: ``renal``, ``nephr``)."""
    found: dict[str, set[str]] = {}
    for row in _rows("search_roots.csv"):
        group = [stem(american(word)) for word in row["words"].lower().split()]
        into = [stem(american(word)) for word in row["also"].lower().split()]
        for word in group:
            found.setdefault(word, set()).update(w for w in [*group, *into] if w != word)
    return {word: tuple(sorted(others)) for word, others in found.items()}


@lru_cache(maxsize=1)
def common_codes() -> frozenset[str]:
    """Codes that many outpatient practices report every week: where all else is equal they come first."""
    return frozenset(row["code"].strip() for row in _rows("search_common.csv"))
