"""Modifiers on CPT numbers: what the fee schedule, the section and the NCCI say (see ``common_modifiers``).

Meaning of the indicators: CMS, layout of the Medicare Physician Fee Schedule relative value file.
"""

from __future__ import annotations

from collections.abc import Callable

from course.codesets import cpt
from course.codesets.cpt import Number
from course.codesets.modifiers import Modifier

#: (fits, why, basis), or None when nothing can be said.
Found = tuple[bool, str, str] | None

#: Visits of ophthalmology: outside the E/M section, and visits all the same.
EYE_VISITS = ("92002", "92004", "92012", "92014")
#: Number ranges in which a code names no finger, toe, eyelid or vessel, so that a modifier does.
FINGERS = (("26010", "26989"), ("11730", "11765"))
TOES = (("28001", "28899"), ("11730", "11765"))
EYELIDS = (("67700", "67999"), ("68760", "68761"))
VESSELS = (("92920", "92944"),)
COLONOSCOPY = (("45330", "45350"), ("45378", "45398"))
FOOT_CARE = (("11055", "11057"), ("11719", "11721"))
SPEECH = (("92507", "92526"),)
FIRST_DAY = (("99221", "99223"), ("99304", "99306"))

_SURGICAL = ("000", "010", "090", "MMM")
_VISIT_SECTIONS = ("em-hospital", "em-emergency", "em-critical", "em-nursing")
_DISTINCT = ("59", "XE", "XP", "XS", "XU")


def rule(number: Number, modifier: Modifier) -> Found:
    """The rule of this modifier, else that of its group."""
    found = _BY_CODE.get(modifier.code) or _BY_GROUP.get(modifier.group)
    return found(number, modifier) if found is not None else None


def is_visit(number: Number) -> bool:
    """A visit, of the E/M section or of ophthalmology, that stands by itself."""
    return number.code in EYE_VISITS or (number.section.key == "em" and not number.addon)


def within(code: str, ranges: tuple[tuple[str, str], ...]) -> bool:
    """Whether a number lies in one of the ranges."""
    return any(first <= code <= last for first, last in ranges)


def _operation(number: Number) -> bool:
    """Surgery with a package, that is paid by the rules for several procedures or is a delivery."""
    surgical = number.section.key == "surgery" and number.global_days in _SURGICAL and not number.addon
    return surgical and (number.multiple in ("2", "3") or number.global_days == "MMM")


def _section(number: Number) -> str:
    return f"section {number.section.title}"


def _fee(what: str, value: str) -> str:
    return f"fee schedule, {what} indicator {value}"


def _on_visits(number: Number, modifier: Modifier) -> Found:
    if modifier.code == "AI":
        return (
            (True, "Marks the admitting physician's first visit.", "Medicare")
            if within(number.code, FIRST_DAY)
            else None
        )
    if modifier.code == "FS":
        fits = number.subsection.key in _VISIT_SECTIONS and not number.addon
        return (True, "A visit in a facility may be shared by two clinicians.", "Medicare") if fits else None
    if modifier.code not in ("24", "25", "57"):
        return None
    if is_visit(number):
        why = {
            "24": "This is a visit, and it may fall in the days after an operation.",
            "25": "This is a visit, and a procedure may be done on the same day.",
            "57": "This is a visit, and major surgery may be decided at it.",
        }
        return True, why[modifier.code], _section(number)
    if number.section.key in ("surgery", "anesthesia", "radiology", "pathology"):
        return False, f"{modifier.code} goes on the visit, and this is none.", _section(number)
    return None


def _sides(number: Number, modifier: Modifier) -> Found:
    basis = _fee("bilateral", number.bilateral)
    if modifier.code != "50":
        return (True, "The code names no side.", basis) if number.bilateral in ("1", "3") else None
    why = {
        "0": (False, "50 does not apply: there is no second side, or another code is for both."),
        "1": (True, "50 applies: both sides are paid at one and a half times."),
        "2": (False, "50 does not apply: the code already covers both sides."),
        "3": (True, "50 applies: each side is paid in full."),
        "9": (False, "50 does not apply: this service has no sides."),
    }.get(number.bilateral)
    return (*why, basis) if why else None


def _parts(number: Number, modifier: Modifier) -> Found:
    basis = _fee("PC/TC", number.pctc)
    if number.pctc == "1" or (number.pctc == "6" and modifier.code == "26"):
        return True, "The code can be split into the reading (26) and the equipment (TC).", basis
    why = {
        "0": "the code is a physician's service as a whole",
        "2": "the code is the reading alone already",
        "3": "the code is the technical part alone already",
        "4": "the code is both parts together, and other codes name each",
    }.get(number.pctc, "the fee schedule does not split this code")
    return (False, f"{modifier.code} does not apply: {why}.", basis) if number.pctc else None


def _further(number: Number, modifier: Modifier) -> Found:
    if number.addon:
        return False, "51 never goes on an add-on code.", "CMS list of add-on codes"
    if is_visit(number):
        return False, "51 is for procedures, and this is a visit.", _section(number)
    if number.multiple in ("2", "3"):
        why = "As a further procedure of one session it is paid less; 51 says so where the payer asks for it."
        return True, why, _fee("multiple procedure", number.multiple)
    return None


def _distinct(number: Number, modifier: Modifier) -> Found:
    if modifier.code == "51":
        return _further(number, modifier)
    if is_visit(number):
        return False, f"{modifier.code} does not go on a visit; 25 sets a visit apart.", _section(number)
    other = next(
        (one.column1 for one in cpt.pairs().values() if one.column2 == number.code and one.indicator == "1"), ""
    )
    if not other:
        return None
    return True, f"It is bundled into {other}, among others, and may be set apart when the record shows why.", "NCCI"


def _table(number: Number, modifier: Modifier) -> Found:
    field, name = {"62": ("cosurgeon", "co-surgeon"), "66": ("team", "team surgery")}.get(
        modifier.code, ("assistant", "assistant")
    )
    value = getattr(number, field)
    basis = _fee(name, value)
    who = {"62": "two surgeons", "66": "a surgical team"}.get(modifier.code, "an assistant")
    if value == "2" or (value == "1" and field != "assistant"):
        proof = " when the record shows the need" if value == "1" else ""
        return True, f"Medicare pays {who} here{proof}.", basis
    if value in ("1", "9") or (value == "0" and field != "assistant"):
        return False, f"Medicare does not pay {who} here.", basis
    return None


def _periods(number: Number, modifier: Modifier) -> Found:
    basis = f"fee schedule, global period {number.global_days}"
    if is_visit(number):
        return False, f"{modifier.code} goes on procedures, and this is a visit.", _section(number)
    if modifier.code in ("54", "55") and number.global_days in ("010", "090"):
        return True, "The operation and its aftercare may be in different hands.", basis
    if modifier.code in ("54", "55") and number.global_days == "000":
        return False, f"{modifier.code} does not apply: the package has no days after the procedure.", basis
    if modifier.code in ("58", "78", "79") and _operation(number):
        why = {
            "58": "It may be planned as a later stage of an earlier operation.",
            "78": "It may be done on an unplanned return to the operating room.",
            "79": "It may fall in the days after another operation.",
        }
        return True, why[modifier.code], basis
    return None


def _extent(number: Number, modifier: Modifier) -> Found:
    if modifier.code in ("22", "53", "63", "73", "74") and is_visit(number):
        return False, f"{modifier.code} is for procedures, and this is a visit.", _section(number)
    if modifier.code in ("22", "52", "53") and _operation(number):
        why = {
            "22": "A procedure can turn out to be clearly more work.",
            "52": "A procedure can be cut short by choice.",
            "53": "A procedure can be stopped for the patient's safety.",
        }
        return True, why[modifier.code], f"fee schedule, global period {number.global_days}"
    return None


def _again(number: Number, modifier: Modifier) -> Found:
    if is_visit(number):
        return False, f"{modifier.code} is for procedures, and this is a visit.", _section(number)
    if number.pctc == "1":
        return True, "A test can be done again on the same day.", _fee("PC/TC", number.pctc)
    return None


def _anesthesia(number: Number, modifier: Modifier) -> Found:
    on_anesthesia = number.section.key == "anesthesia"
    if modifier.code == "47":
        return (False, "47 goes on the surgeon's procedure.", _section(number)) if on_anesthesia else None
    if not on_anesthesia:
        return False, f"{modifier.code} goes on anesthesia codes, 00100 to 01999.", _section(number)
    if number.subsection.key == "anesthesia-circumstances":
        return None
    return True, "Anesthesia lines say who gave it, how ill the patient was, or what was special.", _section(number)


def _laboratory(number: Number, modifier: Modifier) -> Found:
    if number.section.key != "pathology":
        return False, f"{modifier.code} goes on laboratory codes.", _section(number)
    tissue = number.code >= "88000"
    if modifier.code == "90" or (modifier.code == "91" and not tissue):
        why = {"90": "An outside laboratory may run it.", "91": "It can be needed again on the same day."}
        return True, why[modifier.code], _section(number)
    return None


def _therapy(number: Number, modifier: Modifier) -> Found:
    if number.section.key != "medicine":
        return False, f"{modifier.code} goes on therapy codes.", _section(number)
    if modifier.code in ("GP", "GO", "CQ", "CO") and number.subsection.key == "medicine-physical":
        return True, "Medicare asks under whose plan the therapy stands, and whether an assistant gave it.", "Medicare"
    if modifier.code == "GN" and within(number.code, SPEECH):
        return True, "Medicare asks for the plan of speech therapy on the line.", "Medicare"
    return None


def _places(number: Number, modifier: Modifier) -> Found:
    ranges: tuple[tuple[str, str], ...] = {"E": EYELIDS, "F": FINGERS, "T": TOES}.get(modifier.code[0], ())
    ranges = VESSELS if modifier.group == "vessel" else ranges
    if within(number.code, ranges):
        return True, "The code does not say which one; the modifier does.", f"numbers of {number.subsection.title}"
    if number.section.key in ("em", "anesthesia", "pathology"):
        return False, f"{modifier.code} names a place of a procedure, and this is none.", _section(number)
    return None


def _items(number: Number, modifier: Modifier) -> Found:
    if modifier.code in ("KX", "RT", "LT") or number.subsection.key in ("medicine-globulins", "medicine-vaccines"):
        return None
    what = (
        "drugs" if modifier.group == "drug" else "rides" if modifier.group == "ambulance" else "equipment and supplies"
    )
    return False, f"{modifier.code} goes on HCPCS codes for {what}.", _section(number)


def _video(number: Number, modifier: Modifier) -> Found:
    if modifier.code == "95" and number.subsection.key == "em-office" and not number.addon and number.code != "99211":
        why = "By live video Medicare takes the office number with 95; CPT has numbers of its own from 98000."
        return True, why, "Medicare"
    return None


def _feet(number: Number, modifier: Modifier) -> Found:
    if within(number.code, FOOT_CARE):
        return True, "Medicare pays routine foot care when the findings are severe enough.", "Medicare"
    return None


def _screening(number: Number, modifier: Modifier) -> Found:
    if not within(number.code, COLONOSCOPY):
        return None
    why = {"33": "For payers other than Medicare, a screening that turned into a treatment.",
           "PT": "For Medicare, a screening that turned into a treatment."}  # fmt: skip
    return True, why[modifier.code], "preventive benefit"


_BY_CODE: dict[str, Callable[[Number, Modifier], Found]] = {"33": _screening, "PT": _screening}
_BY_GROUP: dict[str, Callable[[Number, Modifier], Found]] = {
    "visit": _on_visits, "side": _sides, "component": _parts, "distinct": _distinct, "surgeon": _table,
    "global": _periods, "extent": _extent, "repeat": _again, "anesthesia": _anesthesia, "physical status": _anesthesia,
    "laboratory": _laboratory, "therapy": _therapy, "digit": _places, "vessel": _places, "drug": _items,
    "equipment": _items, "ambulance": _items, "telehealth": _video, "foot care": _feet,
}  # fmt: skip
