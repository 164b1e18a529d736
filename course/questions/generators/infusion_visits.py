"""Visits at which something goes into a vein: the drugs with their usual doses and minutes, and who comes for them."""

from __future__ import annotations

from typing import NamedTuple


class Drug(NamedTuple):
    """``minutes``: least and most of an infusion; (0, 0) for a push or an injection."""

    name: str
    doses: tuple[str, ...]
    kind: str
    route: str
    minutes: tuple[int, int] = (0, 0)


def _drip(name: str, doses: str, low: int, high: int, kind: str = "therapeutic") -> Drug:
    return Drug(name, tuple(doses.split("|")), kind, "infusion", (low, high))


def _push(name: str, doses: str, kind: str = "therapeutic", route: str = "push") -> Drug:
    return Drug(name, tuple(doses.split("|")), kind, route)


DRUGS = {
    (one.name, one.route): one
    for one in (
        _drip("vancomycin", "1 g|1.25 g|1.5 g", 60, 125),
        _drip("ceftriaxone", "1 g|2 g", 16, 36),
        _drip("cefepime", "1 g|2 g", 18, 36),
        _drip("azithromycin", "500 mg", 58, 68),
        _drip("methylprednisolone", "500 mg|1 g", 31, 66),
        _drip("magnesium sulfate", "2 g", 20, 70),
        _drip("iron sucrose", "200 mg|300 mg", 31, 98),
        _drip("ferric carboxymaltose", "750 mg", 15, 22),
        _drip("levetiracetam", "1,000 mg|1,500 mg", 13, 20),
        _drip("fosaprepitant", "150 mg", 20, 32),
        _drip("zoledronic acid", "4 mg", 15, 24),
        _drip("potassium chloride", "10 mEq", 58, 68),
        _drip("leucovorin", "350 mg|680 mg", 110, 128),
        _drip("acetaminophen", "1,000 mg", 13, 18),
        _drip("paclitaxel", "260 mg|310 mg|330 mg", 175, 198, "chemotherapy"),
        _drip("docetaxel", "130 mg|150 mg", 58, 70, "chemotherapy"),
        _drip("oxaliplatin", "150 mg|165 mg", 116, 132, "chemotherapy"),
        _drip("irinotecan", "310 mg|340 mg", 86, 98, "chemotherapy"),
        _drip("gemcitabine", "1.7 g|1.9 g", 28, 40, "chemotherapy"),
        _drip("carboplatin", "450 mg|560 mg", 28, 62, "chemotherapy"),
        _drip("cisplatin", "110 mg|135 mg", 60, 125, "chemotherapy"),
        _drip("pemetrexed", "850 mg|950 mg", 10, 14, "chemotherapy"),
        _push("doxorubicin", "100 mg|110 mg", "chemotherapy"),
        _push("fluorouracil", "680 mg|720 mg|760 mg", "chemotherapy"),
        _push("vinblastine", "10 mg|11 mg", "chemotherapy"),
        _push("ondansetron", "4 mg|8 mg"),
        _push("dexamethasone", "8 mg|10 mg"),
        _push("diphenhydramine", "25 mg|50 mg"),
        _push("famotidine", "20 mg"),
        _push("ketorolac", "15 mg|30 mg"),
        _push("metoclopramide", "10 mg"),
        _push("morphine", "2 mg|4 mg"),
        _push("furosemide", "40 mg|80 mg"),
        _push("lorazepam", "1 mg|2 mg"),
        _push("promethazine", "25 mg", "therapeutic", "injection"),
        _push("cyanocobalamin", "1,000 mcg", "therapeutic", "injection"),
        _push("ketorolac", "60 mg", "therapeutic", "injection"),
    )
}


class Visit(NamedTuple):
    """``first``: what is always given, the reason for the visit first (none: the fluid is); ``more``: what may be.
    ``fluid``: why fluid may run, "" for none. ``office``: whether such a visit happens in an office as well. ``sex``:
    "f", or "" for both. ``doses``: doses of this visit that are not the drug's commonest."""

    told: str
    first: tuple[tuple[str, str], ...]
    more: tuple[tuple[str, str], ...]
    fluid: str = ""
    office: bool = False
    sex: str = ""
    ages: tuple[int, int] = (24, 84)
    doses: tuple[tuple[str, str], ...] = ()


def _pairs(route: str, *names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, route) for name in names)


_PREMEDS = _pairs("push", "ondansetron", "dexamethasone", "diphenhydramine", "famotidine")
_NAUSEA = _pairs("push", "ondansetron", "dexamethasone")
DRY = "for dehydration"
#: Fluid that protects the kidneys.
KIDNEYS = "as hydration for cisplatin"
# fmt: off
VISITS = (
    Visit("Stomach flu, dry, comes for fluids",
          (),
          _pairs("push", "ondansetron", "famotidine", "ketorolac") + _pairs("injection", "promethazine"),
          DRY,
          True),
    Visit("Vomiting and belly cramps for two days",
          _pairs("push", "ondansetron"),
          _pairs("push", "famotidine", "ketorolac", "metoclopramide") + _pairs("injection", "promethazine"),
          DRY),
    Visit("Pneumonia with fever, aching",
          _pairs("infusion", "ceftriaxone"),
          _pairs("infusion", "azithromycin", "acetaminophen") + _pairs("push", "ketorolac", "ondansetron"),
          DRY),
    Visit("Cellulitis of the leg, fever and pain",
          _pairs("infusion", "vancomycin"),
          _pairs("infusion", "cefepime", "acetaminophen") + _pairs("push", "ketorolac", "ondansetron"),
          "",
          True),
    Visit("Infected bedsore, fever, much pain",
          _pairs("infusion", "vancomycin"),
          _pairs("infusion", "cefepime", "acetaminophen") + _pairs("push", "morphine", "ondansetron"),
          ages=(66, 90)),
    Visit("Migraine with vomiting, third day",
          _pairs("infusion", "magnesium sulfate"),
          _pairs("push", "metoclopramide", "diphenhydramine", "ketorolac", "dexamethasone"),
          DRY, ages=(20, 60)),
    Visit("First seizure, headache and nausea since",
          _pairs("infusion", "levetiracetam"),
          _pairs("infusion", "acetaminophen") + _pairs("push", "lorazepam", "ondansetron")),
    Visit("Heart failure, swollen legs, low potassium",
          _pairs("push", "furosemide") + _pairs("infusion", "potassium chloride"),
          (),
          ages=(50, 88)),
    Visit("Iron deficiency and B12 deficiency, itched after the last dose",
          _pairs("infusion", "iron sucrose"),
          _pairs("push", "diphenhydramine", "famotidine") + _pairs("injection", "cyanocobalamin"),
          "",
          True),
    Visit("Iron deficiency and B12 deficiency",
          _pairs("infusion", "ferric carboxymaltose"),
          _pairs("injection", "cyanocobalamin"),
          "",
          True),
    Visit("Multiple sclerosis relapse, heartburn and nausea",
          _pairs("infusion", "methylprednisolone"),
          _pairs("push", "famotidine", "ondansetron"),
          "",
          True, "", (20, 58)),
    Visit("Bone metastases with pain and nausea, drinks little",
          _pairs("infusion", "zoledronic acid"),
          _pairs("push", "ondansetron", "ketorolac"),
          DRY, True, "", (45, 84)),
    Visit("Osteoporosis, yearly dose; B12 deficiency",
          _pairs("infusion", "zoledronic acid"),
          _pairs("injection", "cyanocobalamin"),
          "", True, "", (62, 88), (("zoledronic acid", "5 mg"),)),
    Visit("Breast cancer, cycle 2",
          _pairs("push", "doxorubicin"),
          _NAUSEA + _pairs("infusion", "docetaxel", "fosaprepitant"),
          "",
          True, "f", (34, 76)),
    Visit("Ovarian cancer, cycle 3",
          _pairs("infusion", "paclitaxel", "carboplatin"),
          _PREMEDS + _pairs("infusion", "fosaprepitant"),
          "",
          True, "f", (40, 80)),
    Visit("Lung cancer, cycle 1",
          _pairs("infusion", "cisplatin", "pemetrexed"),
          _pairs("infusion", "fosaprepitant") + _NAUSEA,
          KIDNEYS,
          True, "", (42, 80)),
    Visit("Bladder cancer, cycle 1",
          _pairs("infusion", "cisplatin", "gemcitabine"),
          _pairs("infusion", "fosaprepitant") + _NAUSEA,
          KIDNEYS,
          True, "", (48, 80)),
    Visit("Lung cancer, maintenance",
          _pairs("infusion", "pemetrexed"),
          _NAUSEA + _pairs("injection", "cyanocobalamin"),
          "",
          True, "", (42, 84)),
    Visit("Colon cancer, cycle 4, capecitabine at home",
          _pairs("infusion", "oxaliplatin"),
          _NAUSEA + _pairs("infusion", "fosaprepitant"),
          "",
          True, "", (38, 84)),
    Visit("Colon cancer, second line, cycle 2",
          _pairs("infusion", "irinotecan"),
          _NAUSEA + _pairs("push", "famotidine"),
          "",
          True, "", (38, 84)),
    Visit("Colon cancer, weekly course, no pump",
          _pairs("push", "fluorouracil") + _pairs("infusion", "leucovorin"),
          _NAUSEA,
          "",
          True, "", (38, 84)),
    Visit("Hodgkin lymphoma, cycle 2",
          _pairs("push", "doxorubicin", "vinblastine"),
          _NAUSEA + _pairs("infusion", "fosaprepitant"),
          "",
          True, "", (20, 64)),
)
# fmt: on
