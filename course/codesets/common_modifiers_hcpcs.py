"""Modifiers on HCPCS Level II codes: what the letter and the number say (see ``common_modifiers``)."""

from __future__ import annotations

from course.codesets.common_modifiers_cpt import Found, within
from course.codesets.hcpcs import Entry
from course.codesets.modifiers import Modifier

AMBULANCE = (("A0021", "A0999"),)
SUPPLIES = (("A4000", "A9999"),)
INJECTED = (("J0000", "J3999"), ("J7000", "J7599"), ("J9000", "J9999"), ("Q5100", "Q5199"))
LOWER_LIMB = (("L5000", "L5999"),)
LENSES = (("V2100", "V2799"),)
DRESSINGS = (("A6000", "A6512"),)
OSTOMY = (("A4300", "A4500"), ("A5000", "A5200"))
SKIN_SUBSTITUTES = (("Q4100", "Q4431"),)

#: Letters whose codes are things and not services.
ITEMS = "ABEJKLV"


def is_equipment(entry: Entry) -> bool:
    """Equipment, a brace or a limb: E, K and L."""
    return entry.letter in "EKL"


def rule(entry: Entry, modifier: Modifier) -> Found:
    """The rule of the modifier's group."""
    basis = f"HCPCS, letter {entry.letter}"
    found = _fits(entry, modifier)
    if found:
        return True, found, basis
    wrong = _never(entry, modifier)
    return (False, wrong, basis) if wrong else None


def _fits(entry: Entry, modifier: Modifier) -> str:
    """Why a modifier commonly applies, or ""."""
    code, mod = entry.code, modifier.code
    if within(code, INJECTED) and entry.amount:
        return {
            "JZ": "From a single-dose container of which nothing was thrown away.",
            "JW": "The part of a single-dose container that was thrown away has a line of its own.",
        }.get(mod, "")
    if within(code, AMBULANCE):
        return {
            "QN": "Says who furnished the ambulance; two letters for origin and destination stand first.",
            "QM": "Says who furnished the ambulance; two letters for origin and destination stand first.",
            "QL": "The patient may die after the ambulance is called.",
            "GM": "One trip may carry several patients.",
        }.get(mod, "")
    if is_equipment(entry):
        return _equipment(entry, mod)
    if within(code, SUPPLIES):
        return _supplies(code, mod)
    if within(code, LENSES) and mod in ("LT", "RT"):
        return "The code names no eye."
    if within(code, SKIN_SUBSTITUTES) and mod in ("JC", "JD"):
        return "Medicare asks whether it was used as a graft."
    return "One trip may serve two patients." if (code, mod) == ("R0075", "UN") else ""


def _equipment(entry: Entry, mod: str) -> str:
    if within(entry.code, LOWER_LIMB) and mod in ("K0", "K1", "K2", "K3", "K4"):
        return "A lower limb prosthesis is paid by what the patient can do with it."
    if entry.letter == "L":
        told = {"LT": "The code names no side.", "RT": "The code names no side."}
    else:
        told = {
            "NU": "The item may be bought new.",
            "RR": "The item may be rented.",
            "UE": "The item may be bought used.",
        }
    return {**told, **_POLICY}.get(mod, "")


_POLICY = {
    "KX": "Says that what the policy asks for is on file.",
    "GA": "A denial is expected and the patient signed the notice.",
    "GZ": "A denial is expected and there is no notice.",
    "GY": "The item is excluded by law for this use.",
}


def _supplies(code: str, mod: str) -> str:
    if within(code, DRESSINGS) and mod in ("A1", "AW"):
        return {"A1": "Dressings say for how many wounds they are.", "AW": "The item is for a surgical dressing."}[mod]
    if within(code, OSTOMY) and mod == "AU":
        return "The item is for urological or ostomy use."
    return _POLICY.get(mod, "")


def _never(entry: Entry, modifier: Modifier) -> str:
    """Why a modifier never goes on this code, or ""."""
    mod, group = modifier.code, modifier.group
    drug = entry.letter == "J" or within(entry.code, INJECTED)
    if group == "ambulance" and not within(entry.code, AMBULANCE):
        return f"{mod} goes on ambulance codes."
    if mod in ("JW", "JZ") and not drug and entry.letter not in "ACQ":
        return f"{mod} goes on drugs from single-dose containers."
    if mod in ("NU", "RR", "UE") and (drug or within(entry.code, AMBULANCE)):
        return f"{mod} goes on equipment."
    if entry.letter not in ITEMS:
        return ""
    if group in ("anesthesia", "physical status"):
        return f"{mod} goes on anesthesia codes."
    if mod in ("24", "25", "57"):
        return f"{mod} goes on a visit, and this is an item."
    if mod in ("22", "26", "50", "51", "53", "TC") and drug:
        return f"{mod} goes on a service, and this is a drug."
    return ""
