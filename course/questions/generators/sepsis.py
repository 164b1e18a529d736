"""Sepsis: which code leads, when R65.2- belongs there, and what has to follow."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from course.questions.generators import common, scenes
from course.questions.generators import sepsis_facts as book
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "sequence sepsis, its source and organ dysfunction"
_SECTION = {"admitted": "I.C.1.d.4", "later": "I.C.1.d.4", "wound": "I.C.1.d.5", "burn": "I.C.1.d.6"}


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: which code is first? Level 2: sepsis that is there on admission. Level 3: sepsis that comes later,
    after an operation or from a burn, shock, and organ failure of another cause."""
    facts = book.drawn(rng, level)
    one = scenes.person(rng, 22, 89)
    shared: dict[str, Any] = {
        "slug": "sepsis-sequencing",
        "note": _note(rng, level, one, facts),
        "hints": (
            "What brought the patient in, and was the sepsis there on that day?",
            "Then: is an acute organ dysfunction put down to the sepsis? Read the notes at R65.2 on both sides: what "
            "comes before it, what comes after.",
        ),
        "rationale": _rationale(facts),
        "sources": common.tabular(
            codes,
            f"notes at {facts.sepsis[:3]}, R65.2, T81.4",
            common.guideline("I.C.1.d.1"),
            common.guideline(_SECTION[facts.origin]),
        ),
        "objective": OBJECTIVE,
    }
    if level == 1:
        return _choice(rng, codes, facts, shared)
    wound = ["T81.44XA"] if facts.origin == "wound" else []
    dry = ["N17.9", "E86.0"] if facts.dry else []
    severe = [facts.severe] if facts.severe else []
    chain = [*wound, facts.sepsis, *severe]
    if facts.origin != "admitted":
        chain.insert(0, facts.local)
    local = [facts.local] if facts.origin == "admitted" else []
    order = list(zip(chain, chain[1:], strict=False))
    order += [(chain[-1], code) for code in facts.dysfunction] + [(facts.sepsis, code) for code in (*local, *dry)]
    return scenes.entry(
        codes,
        level,
        title="Sepsis in sequence",
        stem="Inpatient stay. Code the diagnoses in sequence, the principal diagnosis first."
        + (
            " Leave out external causes" + (" and the extent of the burn." if facts.origin == "burn" else ".")
            if facts.origin in ("burn", "wound")
            else ""
        ),
        key=[*chain, *local, *facts.dysfunction, *dry],
        order=order,
        optional=facts.agents,
        reasons=_reasons(facts),
        **shared,
    )


def law(item: Any, codes: CodeSet) -> bool:
    """The key is what the titles say about organism, source and organs, led by what the guideline puts first."""
    note = item.note.lower()
    organisms, organs = book.READ_ORGANISM.find(note), book.READ_ORGAN.find(note)
    sites, wounds, burns = book.READ_SITE.find(note), book.READ_WOUND.find(note), book.READ_BURN.find(note)
    if max(len(organisms), len(sites) + len(wounds) + len(burns)) > 1:
        return False
    dry = "dehydration" in note
    organism = book.ORGANISMS[organisms[0]] if organisms else book.ORGANISMS["none"]
    try:
        sepsis = scenes.titled(
            codes, "A40" if "strepto" in organism.title.lower() or "group" in organism.title else "A41", organism.title
        )
        site = ""
        if sites:
            site = (
                scenes.titled(codes, *organism.pneumonia[1:]) if sites == ["lung"] else book.SITES[sites[0]].find(codes)
            )
        site = site or "".join(book.WOUNDS[name].find(codes) for name in wounds) + "".join(
            book.BURNS[name].find(codes) for name in burns
        )
        dysfunction = [book.ORGANS[name].find(codes) for name in organs]
        severe = ""
        if "septic shock" in note:
            severe = (
                scenes.titled(codes, "T81.12", "initial")
                if wounds
                else scenes.titled(codes, "R65.2", "with septic shock")
            )
        elif organs and not dry:
            severe = scenes.titled(codes, "R65.2", "without septic shock")
        after = scenes.titled(codes, "T81.44", "initial") if wounds else ""
        wet = scenes.titled(codes, "E86", "Dehydration") if dry else ""
    except LookupError:
        return False
    first_in = any(word.lower() in note for word in book.LATER) or wounds or burns
    lead = site if first_in else sepsis
    if item.kind == "single_choice":
        return scenes.chosen(item, lead)
    wanted = {sepsis, site, severe, after, wet, *dysfunction} - {""}
    before = [(lead, code) for code in wanted if code != lead]
    before += [(after, sepsis)] if after else []
    before += [(sepsis, severe), *((severe, code) for code in dysfunction)] if severe else []
    return scenes.holds(item, codes, wanted, before)


def _note(rng: random.Random, level: int, one: scenes.Person, facts: book.Facts) -> str:
    brief = level == 3
    organism = book.ORGANISMS[facts.organism]
    name = organism.brief if brief else organism.name
    due = f" due to {name}" if name else rng.choice((", no organism found", ", cultures negative"))
    state = "septic shock" if facts.shock else "sepsis"
    told = [f"{state}{due}"]
    blame = (
        rng.choice(("due to the sepsis", "from the sepsis"))
        if not brief
        else rng.choice(("2/2 sepsis", "due to sepsis"))
    )
    organs = [f"{book.ORGANS[organ].say(rng, level)} {blame}" for organ in facts.organs]
    if facts.dry:
        organs = [book.DRY[brief]]
    where = rng.choice(("Discharge summary.", "Inpatient stay.", "Hospital course."))
    start = f"{where} {scenes.who(rng, one, level)}".rstrip(",") + "."
    # Blood cultures speak for the sepsis. What grows in the wound nobody has written.
    source = f"{state}{due} (blood cultures)" if name else f"{state}{due}"
    source = f"{state} from the burn{source[len(state) :]}" if facts.origin == "burn" else source
    if facts.origin in ("admitted", "later"):
        site = book.SITES[facts.site].say(rng, level) + (f" due to {name}" if name else ", no organism found")
        if facts.origin == "admitted":
            told.insert(rng.randint(0, 1), site)
            when = rng.choice(("POA", "On admission") if brief else ("Present on admission", "On arrival"))
            lines = [f"{when}: {'; '.join([*told, *organs])}."]
        else:
            day = rng.randint(3, 9)
            lines = [
                f"{'Admit dx' if brief else 'Admitted for'}: {site}.",
                f"{'HD' if brief else 'Hospital day'} {day}, {book.LATER[brief]}: {'; '.join([*told, *organs])}.",
            ]
    elif facts.origin == "wound":
        wound = book.WOUNDS[facts.site].say(rng, level)
        lines = [
            f"Readmitted {rng.randint(4, 15)} days after {rng.choice(book.SURGERY[one.male :])}.",
            f"{scenes.capital(wound)} {'2/2' if brief else 'due to'} the operation, complicated by {source}.",
            "".join(f"{scenes.capital(organ)}. " for organ in organs).strip(),
        ]
    else:
        burn = book.BURNS[facts.site].say(rng, level)
        lines = [
            f"Admitted for treatment of a {burn}.",
            f"{'HD' if brief else 'Hospital day'} {rng.randint(4, 12)}, per provider: {source}.",
            "".join(f"{scenes.capital(organ)}. " for organ in organs).strip(),
        ]
    return scenes.chart(rng, level, [start, *lines], rng.randint(0, 1) if brief else 0)


def _choice(rng: random.Random, codes: CodeSet, facts: book.Facts, shared: dict[str, Any]) -> SingleChoice:
    """The codes of the case are the options: all belong there, one is first."""
    case = [facts.local, facts.sepsis, facts.severe, "T81.44XA" if facts.origin == "wound" else facts.dysfunction[0]]
    whys = {
        facts.severe: "It belongs to the case, but R65.2 is never first: its note wants the infection before it.",
        "T81.44XA": "It belongs to the case. Where the infected site is known, that code comes before it.",
        facts.sepsis: "It belongs to the case. What brought the patient in, and what is the source?",
        facts.local: "It belongs to the case. Was the sepsis there on admission?",
        facts.dysfunction[0]: "The organ dysfunction belongs to the case and comes after R65.2.",
    }
    whys[facts.lead] = f"It leads: Guidelines {_SECTION[facts.origin]}."
    named = {code: common.named(found) for code in case if (found := codes.get(code))}
    return SingleChoice(
        title="Which code is first?",
        stem="Inpatient stay. All four codes belong to this case. Which one is the **principal diagnosis**?",
        options=common.options(
            rng,
            [(named[facts.lead], whys[facts.lead])],
            [(text, whys[code]) for code, text in named.items() if code != facts.lead],
        ),
        **shared,
        **common.common_fields(codes, 1),
    )


def _reasons(facts: book.Facts) -> dict[str, str]:
    own = {
        "R78.81": "Bacteremia is bacteria in the blood without sepsis. An Excludes1 note keeps the two apart.",
        "R65.1*": "R65.1 is for a reaction without infection.",
        "R57*": "Septic shock has its own code, in R65.2 or, after a procedure, in T81.1.",
    }
    if facts.organism != "none":
        own["A41.9"] = "The organism is documented, so the sepsis code can name it."
        own["J18.9"] = "The organism of the pneumonia is documented."
    if not facts.severe:
        own["R65.2*"] = (
            "R65.2 needs an organ dysfunction that the provider puts down to the sepsis. Read who explains what."
        )
    elif facts.shock and facts.origin == "wound":
        own["R65.2*"] = (
            "Septic shock after a procedure is T81.12-; R65.21 is not used with it (Guidelines I.C.1.d.5.c)."
        )
    elif facts.shock:
        own["R65.20"] = "The note says shock. R65.20 is severe sepsis without it."
    else:
        own["R65.21"] = "No shock is documented here."
    if facts.origin != "wound":
        own["T81*"] = "T81 needs an infection that comes from a procedure. Nothing in the note says so."
    else:
        own["T81.4*"] = "Two codes of T81.4 are needed: the site of the infection first, then the sepsis."
    return own


def _rationale(facts: book.Facts) -> str:
    name = book.ORGANISMS[facts.organism].name
    out = [f"The sepsis: {facts.sepsis}, {f'due to {name}' if name else 'no organism known'}."]
    first = {
        "admitted": f"It was there on admission with its source, so it leads and {facts.local} follows",
        "later": f"It developed after admission, so what brought the patient in leads: {facts.local}",
        "wound": f"It came from a surgical site infection: {facts.local} first, then T81.44XA, then the sepsis",
        "burn": f"The burn is why the patient was admitted: {facts.local} first, then the infection that resulted",
    }[facts.origin]
    out.append(f"{first} (Guidelines {_SECTION[facts.origin]}).")
    if facts.severe == "T81.12XA":
        out.append("Shock after a procedure is T81.12XA, without R65.21 (I.C.1.d.5.c).")
    elif facts.severe == "R65.21":
        out.append("Septic shock is R65.21, after the infection (I.C.1.d.2).")
    elif facts.severe:
        out.append("An organ failed because of the sepsis, so it is severe: R65.20, after the infection (I.C.1.d.1.b).")
    if facts.dysfunction:
        out.append(f"After it, each acute organ dysfunction: {scenes.listed(facts.dysfunction)}.")
    if facts.dry:
        out.append(
            "The kidney injury has another cause, so there is no R65.2 (I.C.1.d.1.a.iv): N17.9 and E86.0 are coded."
        )
    if facts.agents:
        out.append(
            f"{facts.agents[0]} may be added for the localized infection; the sepsis code names the agent already."
        )
    return " ".join(out)
