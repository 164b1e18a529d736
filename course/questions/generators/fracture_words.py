"""How a fracture is told in a note, and how such a note is read: the words of the fracture generator.

Writing chooses sentences by facts. Reading (for the law) goes by the words that a coder looks for, not by the list
of sentences.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from typing import NamedTuple


class Facts(NamedTuple):
    """What a note says. ``stage``: a key of ``STAGES``; ``skin``: a key of ``_SKIN`` or ``none``; ``moved``: displaced,
    nondisplaced, unsaid or empty; ``trauma``: False for fractures of diseased or overused bone (``read`` leaves it
    open, since no 7th character depends on it)."""

    stage: str
    skin: str
    side: str
    moved: str
    trauma: bool = True


#: Sentences by stage of care. None names a bone; ``{care}`` is what fits the bone (``_care``).
STAGES = {
    "initial": (
        "Emergency department, two hours after a fall. Film taken, orthopedics called.",
        "Orthopedic consult, the day after the injury. Surgery is booked for Friday.",
        "Third hospital day. The fracture is set under anesthesia this morning.",
        "Transferred from another hospital. Operation today: the fragments are fixed.",
        "Second opinion: a new surgeon agrees and operates today.",
        "Fell eight days ago and has come only now. Treatment starts today.",
    ),
    "late": (
        "Fell five months ago and saw nobody until today. Film: nonunion. Treatment starts now.",
        "Hurt last winter, saw nobody until today. Nonunion on the film. Treatment starts now.",
        "No care since the fall half a year ago, saw nobody until this visit. Nonunion. Surgery is booked.",
    ),
    "routine": (
        "Week 6 check. The film shows callus as expected. More activity allowed.",
        "Moved to town, so a new orthopedist today. The fracture is healing on schedule.",
        "Two weeks after the operation. Sutures out, good position, healing well.",
        "{care} The bone is healing as it should.",
        "Week 9 follow-up. Normal healing on the film. Exercises start on Monday.",
        "First visit at this clinic, operated on elsewhere a month ago. Healing well.",
    ),
    "delayed": (
        "Month 4. Film reviewed. Assessment: delayed union. Film again in a month.",
        "Week 14 follow-up. Callus is sparse. Assessment: delayed healing.",
        "Follow-up film: bridging on one side. Assessment: delayed healing.",
        "Returns after three months. Still tender, the line is still seen. Surgeon writes: delayed union.",
    ),
    "nonunion": (
        "Eight months after the operation. CT: nonunion. Bone graft discussed.",
        "Ten months after treatment, the gap is still seen. Assessment: nonunion.",
        "Referred by the first surgeon, who treated the fracture last year: nonunion on the new films.",
        "Pain goes on a year after treatment. Assessment: nonunion, revision planned.",
    ),
    "malunion": (
        "Treated last year. Unhappy with the shape of the limb. Assessment: malunion. Correction discussed.",
        "Film nine months after treatment. Assessment: malunion with rotation.",
        "Comes back a year after treatment. Surgeon writes: malunion.",
        "Malunion after treatment in another town. Wants to hear about surgery.",
    ),
    "sequela": (
        "The fracture healed two years ago. Today: the stiffness that it has left behind.",
        "Chronic pain, a late effect of the fracture. The bone itself healed long ago.",
        "Fracture healed in the spring of last year. Here for the weakness that it has left behind.",
        "Healed years ago. Today's visit is for a joint contracture, a late effect of the fracture.",
    ),
}
#: The first treatment of a bone that broke without an accident that would break a healthy one.
_WITHOUT_ACCIDENT = (
    "Pain for a week. Today's film shows the fracture for the first time. Treatment begins.",
    "Orthopedic consult in the hospital. Surgery is booked for Friday.",
    "Admitted from the clinic. Operation today: the bone is fixed.",
    "Emergency department. New fracture on the film. Treatment begins with rest and pain relief.",
)
_SKIN = {
    "closed": ("Closed fracture at the time of injury.", "At injury: closed.", "It was a closed fracture."),
    "unsaid": ("",),
    "open": (
        "Open fracture at the time of injury.",
        "At injury: open, bone seen in the wound.",
        "It was an open fracture.",
    ),
    "low": (
        "Open fracture, Gustilo type I at injury.",
        "At injury: open, Gustilo type II.",
        "It was open, Gustilo type II.",
    ),
    "high": (
        "Open fracture, Gustilo type IIIA at injury.",
        "At injury: open, Gustilo type IIIB.",
        "At injury: open, Gustilo type IIIC, artery repaired then.",
    ),
}
#: What the first examiner writes, while the wound is there.
_SKIN_AT_FIRST = {
    "closed": ("Skin intact.", "Closed fracture.", "Closed injury, no wound over the bone."),
    "open": ("Open fracture.", "Open fracture, with bone seen in the wound."),
    "low": ("Open fracture, Gustilo type I.", "Open fracture, Gustilo type II.", "Gustilo type II open fracture."),
    "high": (
        "Open fracture, Gustilo type IIIA.",
        "Open fracture, Gustilo type IIIB.",
        "Open fracture, Gustilo type IIIC.",
    ),
}
_MOVED = {
    "displaced": ("First film: displaced.", "Displaced fragments on the first film."),
    "nondisplaced": ("First film: nondisplaced.", "Nondisplaced on the first film."),
    "unsaid": ("",),
    "": ("",),
}
_NOISE = (
    "Hypertension, on lisinopril.",
    "Lives alone on the second floor.",
    "Type 2 diabetes, metformin continued.",
    "Not allergic to anything.",
    "Ex-smoker.",
    "Works at a desk.",
    "Had an appendectomy as a child.",
    "Takes acetaminophen when needed.",
    "Neurovascular status intact.",
)
#: For the fractures that only growing bones have.
_NOISE_YOUNG = (
    "Seen with a parent.",
    "Not allergic to anything.",
    "Had ear tubes years ago.",
    "Mild asthma, inhaler when needed.",
    "Vaccines up to date.",
    "Neurovascular status intact.",
    "Plays soccer at school.",
)
#: What holds a limb still while it heals, by words of category and title; the first that fits. Nothing holds a hip.
_CARE = (
    (r"toe\(?s?\)?|great toe", "The stiff-soled shoe is no longer needed."),
    (r"patella", "The knee brace comes off today."),
    (r"^(S72|S79)|femur|pelvis", "From the walker to a cane today."),
    (r"^(S42|S49).*(lower end|condyl|condylar)", "The long arm cast comes off today."),
    (r"^(S42|S49)|shoulder|humerus", "The sling comes off today."),
    (r"thumb", "The thumb splint comes off today."),
    (r"^(S52|S59|S62)|forearm|hand", "The cast comes off today."),
    (r"", "Out of the walking boot today."),
)
#: What nobody does for a bone that is bent or cracked on one side.
_SURGICAL = re.compile(r"operat|surgery|set under|fragments|sutures", re.IGNORECASE)

#: What a reader looks for, in this order: the first that is found decides.
_READ_STAGE = (
    ("sequela", r"left behind|late effect"),
    ("late", r"saw nobody until"),
    ("nonunion", r"\bnonunion\b|not united"),
    ("malunion", r"\bmalunion\b"),
    ("delayed", r"delayed (?:union|healing)"),
    ("routine", r"as expected|on schedule|healing well|as it should|normal healing"),
    ("initial", r"emergency|booked|set under|today: the|operates today|begins|starts today"),
)
_READ_SKIN = (
    ("high", r"gustilo type III[ABC]"),
    ("low", r"gustilo type I{1,2}\b"),
    ("open", r"\bopen\b"),
    ("closed", r"skin intact|\bclosed\b"),
)

_STAGE_WHY = {
    "initial": "The patient is in active treatment, and as long as that goes on the encounter counts as initial, "
    "whoever treats.",
    "late": "Nobody has treated this fracture before. Who comes late for a first treatment, even with a nonunion, is "
    "at the initial encounter (Guidelines I.C.19.c.1).",
    "routine": "Active treatment is over and the bone heals as it should: a subsequent encounter with routine healing. "
    "A new doctor or a new clinic changes nothing.",
    "delayed": "Active treatment is over, and the provider calls the healing delayed.",
    "nonunion": "The fracture was treated and has not united: care for a nonunion is a subsequent encounter.",
    "malunion": "The fracture was treated and has united badly: care for a malunion is a subsequent encounter.",
    "sequela": "The fracture itself is healed, and the visit is for what it has left behind. The code of that "
    "condition would go first, the fracture with S behind it (Guidelines I.B.10).",
}
_SKIN_WHY = {
    "closed": "It is closed.",
    "unsaid": "Open or closed is not said, and then it is coded as closed (Guidelines I.C.19.c).",
    "open": "It is open.",
    "low": "It is open, of Gustilo type I or II.",
    "high": "It is open, of Gustilo type IIIA, IIIB or IIIC.",
}


def young(title: str) -> bool:
    """Whether only growing bones break like this."""
    return re.search("torus|greenstick|bent bone|physeal|epiphysis", title.lower()) is not None


def _care(category: str, title: str) -> str:
    """The sentence about what comes off when the bone heals."""
    named = f"{category} {title.lower()}"
    said = next(sentence for words, sentence in _CARE if re.search(words, named))
    return "Off the crutches today." if "walker" in said and young(title) else said


def note(rng: random.Random, facts: Facts, category: str, title: str, diagnosis: str, level: int) -> str:
    """The chart note: diagnosis (level 3), stage, skin, displacement and lines that do not matter. ``category`` and the
    official ``title`` tell what care fits the bone."""
    bent = re.search("torus|greenstick|incomplete|bent bone", title.lower())
    stage = STAGES[facts.stage]
    if not facts.trauma and facts.stage == "initial":
        stage = _WITHOUT_ACCIDENT
    if bent:
        stage = tuple(line for line in stage if not _SURGICAL.search(line))
    if facts.skin in ("open", "low", "high") or category in ("S72", "S79"):  # nobody waits a week with these
        stage = tuple(line for line in stage if "eight days" not in line)
    if re.search("toe|thumb", title):
        stage = tuple(line for line in stage if not re.search("hospital|Transferred", line))
    lines = [rng.choice(stage).format(care=_care(category, title))]
    if facts.skin != "none":
        first_look = _SKIN_AT_FIRST if facts.stage in ("initial", "late") else {}
        lines.append(rng.choice(first_look.get(facts.skin, _SKIN[facts.skin])))
    lines.append(rng.choice(_MOVED[facts.moved]))
    lines += rng.sample(_NOISE_YOUNG if young(title) else _NOISE, {1: int(facts.skin == "unsaid"), 2: 1, 3: 2}[level])
    first, *rest = [line for line in lines if line]
    rng.shuffle(rest)
    return "\n".join([*([f"Dx: {diagnosis}"] if diagnosis else []), first, *rest])


def read(text: str) -> Facts:
    """The facts of a note, by the words that decide. Side and displacement are those of the note's first line and
    of its remarks on the film."""
    low = text.lower()
    stage = next(name for name, words in _READ_STAGE if re.search(words, low))
    skin = next((name for name, words in _READ_SKIN if re.search(words, text, re.IGNORECASE)), "unsaid")
    side = re.search(r"\b(right|left) side\b", low)
    moved = re.search(r"\b(?:non)?displaced\b", low)
    return Facts(stage, skin, side[1] if side else "", moved[0] if moved else "unsaid")


def means(meaning: str, facts: Facts) -> bool:
    """Whether the meaning of a 7th character is true of the facts."""
    stage = "initial" if facts.stage == "late" else facts.stage
    words = {"initial": "initial encounter", "routine": "routine healing", "delayed": "delayed healing"}.get(
        stage, stage
    )
    if words not in meaning:
        return False
    if "IIIA" in meaning:
        return facts.skin == "high"
    if "type I or II" in meaning:
        return facts.skin in ("open", "low")
    if "open" in meaning:
        return facts.skin in ("open", "low", "high")
    return "closed" not in meaning or facts.skin in ("closed", "unsaid")


def reasons(facts: Facts, meanings: Mapping[str, str], owner: str) -> list[str]:
    """Why the 7th character (and the displacement) is what it is, in sentences."""
    out = [_STAGE_WHY[facts.stage]]
    typed = any("IIIA" in meaning for meaning in meanings.values())
    asked = facts.stage != "sequela" and (typed or facts.stage in ("initial", "late"))
    if facts.skin != "none" and asked and any("closed" in meaning for meaning in meanings.values()):
        out.append(_SKIN_WHY[facts.skin])
        if typed and facts.skin == "open":
            out.append("No type is recorded, and then it is coded as type I or II (Guidelines I.C.19.c.1).")
    elif facts.skin in ("open", "low") and facts.stage != "sequela":
        out.append(
            f"Whether it was open no longer matters: the list at {owner} asks for that at the first treatment only."
        )
    if facts.moved == "unsaid":
        out.append("Displaced or not is not said, and then it is coded as displaced (Guidelines I.C.19.c).")
    return out


def slips(facts: Facts, offered: str, char: str) -> dict[str, str]:
    """7th character -> a sentence for who takes it here by mistake. Only characters that the list offers."""
    out: dict[str, str] = {}
    if facts.stage in ("initial", "late"):
        out["D"] = "D is for after active treatment, in the healing phase. Read what is being done for the fracture."
        if facts.stage == "late":
            out["K"] = "K is for care of a nonunion after treatment. Read when this fracture was first treated."
    elif facts.stage == "routine":
        out["A"] = (
            "A is for active treatment. A new face at the desk does not make it initial: read what is being done."
        )
    elif facts.stage == "sequela":
        out["D"] = "D is for a bone that is healing. Read when this one healed."
    else:
        out["D"] = "D is for routine healing. Read what the provider writes about this bone."
        out["A"] = "A is for active treatment of the fracture. Trouble in healing has characters of its own."
    if facts.skin == "unsaid" and "B" in offered and facts.stage in ("initial", "late"):
        out["B"] = "B is for an open fracture. Nothing in the note says open, and there is a rule for that."
    if facts.skin == "open" and "C" in offered and facts.stage in ("initial", "late"):
        out["C"] = "C is for type IIIA, IIIB or IIIC. No type is recorded, and there is a rule for that."
    return {other: text for other, text in out.items() if other in offered and other != char}
