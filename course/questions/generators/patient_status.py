"""New or established patient: which earlier service counts, and which codes follow."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any

from course.codesets.cpt import em
from course.codesets.cpt.em_time import three_years_before
from course.questions.generators import patient_status_facts as facts
from course.questions.generators import services
from course.questions.generators.patient_status_facts import Chart

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "tell a new from an established patient"
DOMAINS = ("CPC: Evaluation and management",)
_HINTS = (
    "Look for a service face to face, within three years, by this physician or by somebody of exactly the same "
    "specialty in the same group. One is enough.",
    "Take each line by itself: who was it, of which specialty and group, face to face or not, and how long ago?",
)
_SOURCES = (services.book("E/M guidelines, new and established patient"), services.claims_manual(12, "30.6.7"))
#: What an option of level 1 claims -> who gave the service, and whether it counts.
_CLAIMS = {
    "Established: same physician, within three years": ("self", "moved"),
    "Established: same specialty and group, within three years": ("mate", "np"),
    "New: more than three years have passed": (),
    "New: the earlier service was not face to face": (),
    "New: the earlier service was by another specialty": (),
    "New: the earlier service was in another practice": (),
}
_NEW = ("self", "moved", "mate", "np")
_SETTINGS = {"office": "In the office", "home": "At the patient's home"}
#: Lines that change nothing, by place.
_AROUND = {
    "office": ("Insurance card copied.", "Old records scanned.", "Arrived on time."),
    "home": ("Walks from bed to chair with a frame.", "Medicines looked through at the kitchen table."),
}
_RANGES = {
    ("office", False): "99202 to 99205",
    ("office", True): "99212 to 99215",
    ("home", False): "99341 to 99345",
    ("home", True): "99347 to 99350",
}


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: one earlier service, and what it means. Level 2: several, the range of codes. Level 3: typed, with a
    level of decision making, or the age for a preventive visit."""
    if level == 1:
        return services.again(lambda: _claim(rng, codes))
    return services.again(lambda: _range(rng, codes) if level == 2 else _typed(rng, codes))


def law(item: Any, codes: CodeSet) -> bool:
    """The dates and names of the note, compared once more, make the patient new or established; of all options or codes
    the key alone fits that."""
    head, *lines = [line for line in item.note.split("\n") if re.match(r"\d\d/\d\d/\d{4}", line)]
    read = [_read(line, head) for line in lines]
    known = any(near and seen and recent for near, seen, recent, _ in read)
    if item.difficulty == 1:
        (near, seen, recent, by), text = read[0], services.marked(item) or ""
        same = by == "self"
        truth = {
            "Established: same physician": known and same,
            "Established: same specialty": known and not same,
            "New: more than": near and seen and not recent,
            "New: the earlier service was not": near and not seen,
            "New: the earlier service was by": by == "specialty",
            "New: the earlier service was in": by == "practice",
        }
        true = [start for start, fits in truth.items() if fits]
        shown = [one.text for one in item.options if any(one.text.startswith(start) for start in true)]
        return len(true) == 1 and shown == [text]
    home = "At the patient's home" in item.note
    if item.difficulty == 2:
        starts = {(False, False): "99202", (False, True): "99212", (True, False): "99341", (True, True): "99347"}
        return [one.text[:5] for one in item.options if one.correct] == [starts[home, known]]
    found = [code for code, _, _ in services.claimed(item)]
    if age := re.search(r"reventive visit, age (\d+)", item.note):
        ends = (0, 4, 11, 17, 39, 64, 200)
        return found == [str((99391 if known else 99381) + sum(int(age[1]) > end for end in ends))]
    at = ("straightforward", "low", "moderate", "high").index(re.findall(r"Decision making: (\w+)", item.note)[0])
    table = {
        (False, False): "99202 99203 99204 99205", (False, True): "99212 99213 99214 99215",
        (True, False): "99341 99342 99344 99345", (True, True): "99347 99348 99349 99350",
    }  # fmt: skip
    return found == [table[home, known].split()[at]]


def _read(line: str, head: str) -> tuple[bool, bool, bool, str]:
    """Of a line: somebody who stands in for today's physician; face to face; within three years; who it was."""
    then, now = (tuple(int(part) for part in text[:10].split("/")) for text in (line, head))
    recent = (now[2] - then[2], now[0], now[1]) <= (3, then[0], then[1])
    covered = re.search(r"covers for (Dr\. \w+)", head)
    usual = covered[1] if covered else re.findall(r"Dr\. \w+", head)[0]
    specialty, group = (text.strip(" .") for text in head.split(", ")[-2:])
    by = "practice"
    if usual in line:
        by = "self"
    elif "nurse practitioner" in line:
        by = "mate" if specialty in line and group in line else "specialty"
    elif found := re.search(r"\((.*), ([^,]*)\)", line):
        if found[2] == group:
            by = "mate" if found[1] == specialty else "specialty"
    return by in ("self", "mate"), "no visit" not in line and "not seen" not in line, recent, by


def _sorts(rng: random.Random, known: bool, count: int) -> list[tuple[str, bool, bool]]:
    """(by, seen, recent) of `count` services: at most one of them counts, and one does when `known`. Each of the others
    fails by one thing alone."""
    fails = [("other", True, True), ("outside", True, True)]
    fails += [(by, False, True) for by in ("self", "mate")] + [(by, True, False) for by in ("self", "mate", "np")]
    some = rng.sample(fails, count - known)
    if known:
        some.append((rng.choice(("self", "mate", "np", "moved")), True, True))
    return some


def _shared(one: Chart) -> dict[str, Any]:
    said = " ".join(facts.verdict(past, one) for past in one.past)
    if one.covers:
        said = f"Who covers stands in the place of {one.covers}. {said}"
    said += " So the patient is established." if one.known else " So the patient is new."
    return {
        "slug": "new-or-established",
        "hints": _HINTS,
        "sources": _SOURCES,
        "objective": OBJECTIVE,
        "rationale": said,
    }


def _place(rng: random.Random, one: Chart) -> str:
    """Office or home; a house call is paid by those who care for the whole patient."""
    return rng.choice(("office", "office", "home" if one.specialty in facts.AT_HOME else "office"))


def _note(rng: random.Random, one: Chart, level: int, *more: str) -> str:
    home = _SETTINGS["home"] in "".join(more[:1])
    if one.specialty == "pediatrics":
        who = f"{rng.choice(('Boy', 'Girl'))} of {rng.randint(max(3, facts.youngest(one)), 17)}"
    else:
        who = services.who(rng, level, *((70, 96) if home else (24, 88)))
    noise = ("Address unchanged.", "Allergies: none known.", *_AROUND["home" if home else "office"])
    lines = [facts.head(one), f"{who}. {more[0]}" if more else f"{who}.", "Earlier services:"]
    lines += [past.words for past in one.past]
    return "\n".join([*lines, *rng.sample(noise, level - 1), *more[1:]])


def _claim(rng: random.Random, codes: CodeSet) -> Any:
    known = rng.random() < 0.45
    one = facts.chart(rng, _sorts(rng, known, 1), covered=False)
    past, known = one.past[0], one.known
    if known:
        right = next(text for text, by in _CLAIMS.items() if past.by in by)
    else:
        place = 3 if not past.seen else {"other": 4, "outside": 5}.get(past.by, 2)
        right = list(_CLAIMS)[place]
    wrong = []
    for text in rng.sample(list(_CLAIMS), len(_CLAIMS)):
        if text == right:
            continue
        why = facts.verdict(past, one)
        if text.startswith("New: more") and past.date >= three_years_before(one.today):
            why = f"{facts.us(past.date)} is less than three years before {facts.us(one.today)}. Look at the rest."
        wrong.append((text, why))
    opposite = [pair for pair in wrong if pair[0][:3] != right[:3]]
    return services.choice(
        rng, codes, 1, DOMAINS, (right, facts.verdict(past, one)), [opposite[0], *wrong],
        title="New or established, and why?",
        stem="Is the patient new or established today, and why?",
        note=_note(rng, one, 1, "Office visit."),
        **_shared(one),
    )  # fmt: skip


def _range(rng: random.Random, codes: CodeSet) -> Any:
    known = rng.random() < 0.5
    one = facts.chart(rng, _sorts(rng, known, rng.randint(2, 3)), covered=rng.random() < 0.25)
    known = one.known
    place = _place(rng, one)
    right = _RANGES[place, known]
    where = "in the office" if place == "office" else "at home"
    wrong = []
    for (there, old), text in _RANGES.items():
        if there != place:
            wrong.append(
                (
                    text,
                    f"Those are for visits {'at home' if there == 'home' else 'in the office'}; this one is {where}.",
                )
            )
        elif old != known:
            wrong.append((text, f"Those are for {'established' if old else 'new'} patients. {_decisive(one)}"))
    return services.choice(
        rng, codes, 2, DOMAINS, (right, "The place and the earlier services fit."), wrong,
        title="Which range of codes?",
        stem="From which range does the code of today's visit come?",
        note=_note(rng, one, 2, f"{_SETTINGS[place]}."),
        **_shared(one),
    )  # fmt: skip


def _decisive(one: Chart) -> str:
    """The service that makes the patient established, or the one that seems to."""
    counting = [past for past in one.past if past.counts(one.today)]
    return facts.verdict((counting or list(one.past))[0], one)


def _typed(rng: random.Random, codes: CodeSet) -> Any:
    known = rng.random() < 0.5
    one = facts.chart(rng, _sorts(rng, known, rng.randint(3, 4)), covered=rng.random() < 0.25)
    known = one.known
    shared = _shared(one)
    if one.specialty != "orthopedic surgery" and rng.random() < 0.35:
        return _preventive(rng, codes, one, known, shared)
    place = _place(rng, one)
    level = rng.choice(em.LEVELS)
    category, other = (f"{place}-{'established' if old else 'new'}" for old in (known, not known))
    code = em.code_for(category, level)
    assert code is not None
    reasons = {}
    for row in em.in_category(other):
        status = "new" if known else "established"
        reasons[row.code] = f"That one is for {status} patients. {_decisive(one)}"
    for row in em.in_category(category):
        reasons[row.code] = "The status fits; the level of decision making is another one."
    for family in ("9934*", "99350") if place == "office" else ("9920*", "9921*"):
        reasons[family] = "That one is for another place. Read where the patient was seen."
    shared["rationale"] += f" {_SETTINGS[place]}, decision making {level.word}: **{code}**."
    return services.claim(
        codes, 3, DOMAINS, [services.line(code)],
        title="The code of today's visit",
        stem="Enter the code of today's visit.",
        note=_note(rng, one, 3, f"{_SETTINGS[place]}.", f"Decision making: {level.word}."),
        reasons=reasons,
        **shared,
    )  # fmt: skip


def _preventive(rng: random.Random, codes: CodeSet, one: Chart, known: bool, shared: dict[str, Any]) -> Any:
    if one.specialty == "pediatrics":
        age = rng.choice((4, 5, 11, 12, 17, rng.randint(3, 17)))
    else:
        age = rng.choice((39, 40, 64, 65, rng.randint(24, 84)))
    if age < facts.youngest(one):
        return None
    code = em.preventive(age, not known)
    reasons = {}
    for row in em.in_category("preventive-established" if known else "preventive-new"):
        reasons[row.code] = f"The status fits, but not the age of {age}."
    status = "new" if known else "established"
    reasons["9938*" if known else "9939*"] = f"That one is for {status} patients. {_decisive(one)}"
    reasons["992*"] = "That is a visit for a complaint. The note tells of a preventive visit."
    shared["rationale"] += f" Preventive visit at the age of {age}: **{code}**."
    lines = [facts.head(one), f"Preventive visit, age {age}, no complaints.", "Earlier services:"]
    lines += [past.words for past in one.past]
    return services.claim(
        codes, 3, DOMAINS, [services.line(code)],
        title="The code of a preventive visit",
        stem="Enter the code of today's visit. The payer is a commercial one.",
        note="\n".join([*lines, "Counseling as for the age.", "Insurance card copied."]),
        reasons=reasons,
        **shared,
    )  # fmt: skip
