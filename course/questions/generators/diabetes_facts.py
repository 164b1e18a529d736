"""The facts of a diabetic chart: types, complications and drugs, the words that tell them, and the code of each."""

from __future__ import annotations

import random
from itertools import product
from typing import NamedTuple

from course.questions.generators import scenes
from course.questions.generators.hypertension_facts import KIDNEY
from course.questions.generators.scenes import Finding

#: Types: the category, and the word of its titles.
TYPES = {
    "1": Finding("E10", "E10", "^Type 1", ("type 1 diabetes",), ("T1DM",)),
    "2": Finding("E11", "E11", "^Type 2", ("type 2 diabetes",), ("T2DM",)),
    "untold": Finding("E11", "E11", "^Type 2", ("diabetes mellitus",), ("DM",)),
    "pancreatitis": Finding(
        "E08", "E08", "underlying", ("diabetes due to chronic pancreatitis",), ("DM 2/2 chronic pancreatitis",)
    ),
    "cushing": Finding(
        "E08", "E08", "underlying", ("diabetes due to Cushing's syndrome",), ("DM 2/2 Cushing's syndrome",)
    ),
    "steroid": Finding(
        "E09",
        "E09",
        "^Drug",
        ("diabetes caused by prednisone, taken as prescribed",),
        ("steroid-induced DM, prednisone taken as prescribed",),
    ),
    "mody": Finding(
        "E13",
        "E13",
        "^Other specified",
        ("diabetes from a genetic defect of beta-cell function (MODY)",),
        ("MODY, genetic beta-cell defect",),
    ),
}
#: What a type asks for beside it: the underlying disease first, the drug that did it after.
CAUSES = {
    "pancreatitis": Finding("K86.1", "K86.1", "chronic pancreatitis", ()),
    "cushing": Finding("E24.9", "E24", "unspecified", ()),
    "steroid": Finding("T38.0X5A", "T38.0X5", "^Adverse effect of glucocorticoids.*initial", ()),
}


class Complication(NamedTuple):
    """``suffix``: what follows the category (``22`` in E11.22). ``partner``: the code that has to stand beside it."""

    group: str
    suffix: str
    title: str
    plain: tuple[str, ...]
    brief: tuple[str, ...] = ()
    partner: Finding | None = None

    def say(self, rng: random.Random, level: int) -> str:
        return rng.choice(self.brief if level == 3 and self.brief else self.plain)


def _eyes() -> dict[str, Complication]:
    degrees = {
        "2": ("mild nonproliferative", "mild NPDR"),
        "3": ("moderate nonproliferative", "moderate NPDR"),
        "4": ("severe nonproliferative", "severe NPDR"),
        "5": ("proliferative", "PDR"),
    }
    edema = {"1": ("with macular edema", "with macular edema"), "9": ("without macular edema", "no macular edema")}
    sides = {
        "1": ("right eye", "OD", "right eye"),
        "2": ("left eye", "OS", "left eye"),
        "3": ("both eyes", "OU", "bilateral"),
    }
    out = {}
    for (a, (degree, short)), (b, (wet, dry)), (c, (side, latin, title)) in product(
        degrees.items(), edema.items(), sides.items()
    ):
        out[f"eye{a}{b}{c}"] = Complication(
            "eye",
            f"3{a}{b}{c}",
            f"with {degree} diabetic retinopathy {wet}, {title}$",
            (f"{degree} diabetic retinopathy {wet}, {side}",),
            (f"{short} {latin}, {dry}",),
        )
    return out


def _ulcers() -> dict[str, Complication]:
    depths = {
        "1": ("limited to skin breakdown", "limited to breakdown of skin"),
        "2": ("fat layer exposed", "fat layer exposed"),
        "3": ("necrosis of muscle", "necrosis of muscle"),
        "4": ("necrosis of bone", "necrosis of bone"),
        "9": ("depth not documented", "unspecified severity"),
    }
    places = {"4": ("heel", "{side} heel and midfoot"), "5": ("great toe", "other part of {side} foot")}
    out = {}
    for (a, (place, where)), (b, side), (c, (depth, title)) in product(
        places.items(), {"1": "right", "2": "left"}.items(), depths.items()
    ):
        code = f"L97.{a}{b}{c}"
        partner = Finding(code, f"L97.{a}", f"{where.format(side=side)}.*{title}", ())
        out[code] = Complication(
            "ulcer",
            "621",
            "with foot ulcer",
            (f"diabetic ulcer of the {side} {place}, {depth}", f"diabetic foot ulcer, {side} {place}, {depth}"),
            (f"DFU {side[0].upper()} {place}, {depth}", f"diabetic ulcer {side[0].upper()} {place}, {depth}"),
            partner,
        )
    return out


COMPLICATIONS: dict[str, Complication] = {
    **{
        code: Complication("kidney", "22", "with diabetic chronic kidney disease", one.plain, one.brief, one)
        for code, one in KIDNEY.items()
        if code != "N18.9"
    },
    "poly": Complication(
        "nerve",
        "42",
        "with diabetic polyneuropathy",
        ("diabetic polyneuropathy", "polyneuropathy"),
        ("polyneuropathy",),
    ),
    "autonomic": Complication(
        "nerve", "43", "with diabetic autonomic", ("diabetic autonomic neuropathy",), ("autonomic neuropathy",)
    ),
    "neuropathy": Complication(
        "nerve",
        "40",
        "with diabetic neuropathy, unspecified",
        ("diabetic neuropathy",),
        ("neuropathy", "diabetic neuropathy NOS"),
    ),
    "vessels": Complication(
        "vessels",
        "51",
        "with diabetic peripheral angiopathy without gangrene",
        ("diabetic peripheral angiopathy without gangrene",),
        ("peripheral angiopathy, no gangrene",),
    ),
    "cataract": Complication("lens", "36", "with diabetic cataract", ("diabetic cataract",)),
    "charcot": Complication(
        "joint", "610", "with diabetic neuropathic arthropathy", ("Charcot joint of the ankle",), ("Charcot ankle",)
    ),
    "high": Complication(
        "sugar", "65", "with hyperglycemia", ("hyperglycemia",), ("hyperglycemia", "poorly controlled")
    ),
    "low": Complication(
        "sugar", "649", "with hypoglycemia without coma", ("hypoglycemia without coma",), ("hypoglycemia, no coma",)
    ),
    **_eyes(),
    **_ulcers(),
}
GROUPS: dict[str, tuple[str, ...]] = {
    group: tuple(name for name, one in COMPLICATIONS.items() if one.group == group)
    for group in dict.fromkeys(one.group for one in COMPLICATIONS.values())
}
DRUGS = {
    "insulin": Finding(
        "Z79.4",
        "Z79.4",
        "insulin",
        ("insulin glargine every evening", "insulin lispro with meals and insulin glargine at night"),
        ("glargine 22 units qHS", "insulin lispro TID AC", "NPH insulin BID"),
    ),
    "tablets": Finding(
        "Z79.84",
        "Z79.84",
        "oral hypoglycemic",
        ("metformin twice a day", "empagliflozin tablets", "glipizide tablets"),
        ("metformin 1 g BID", "empagliflozin 10 mg PO daily", "semaglutide 7 mg PO daily", "glipizide 5 mg PO daily"),
    ),
    "injection": Finding(
        "Z79.85",
        "Z79.85",
        "injectable non-insulin",
        ("dulaglutide injection once a week", "semaglutide injection once a week"),
        ("dulaglutide SC weekly", "semaglutide SC weekly", "liraglutide SC daily"),
    ),
}
#: Insulin for some days is no long-term use (Guidelines I.C.4.a.3).
STAY = (
    "insulin drip for two days in this stay, no insulin at home",
    "sliding-scale insulin in house only, none at home",
)
DIET = ("diet alone, no drug for it", "diet only, no meds for it")
REMISSION = ("type 2 diabetes in remission", "T2DM in remission")

READ_TYPE = scenes.Lexicon.of(TYPES)
READ_COMPLICATION = scenes.Lexicon({name: one.plain + one.brief for name, one in COMPLICATIONS.items()})
READ_DRUG = scenes.Lexicon({**{name: one.plain + one.brief for name, one in DRUGS.items()}, "stay": STAY})
READ_REMISSION = scenes.Lexicon({"remission": REMISSION})


class Facts(NamedTuple):
    """``kind`` of TYPES; names of COMPLICATIONS and of DRUGS (``stay`` for insulin in the hospital alone)."""

    kind: str
    complications: tuple[str, ...] = ()
    drugs: tuple[str, ...] = ()
    remission: bool = False
    dialysis: bool = False

    @property
    def diabetes(self) -> tuple[str, ...]:
        """The codes of E08 to E13."""
        family = TYPES[self.kind].code
        if self.remission:
            return (f"{family}.A",)
        return tuple(f"{family}.{COMPLICATIONS[name].suffix}" for name in self.complications) or (f"{family}.9",)

    @property
    def status(self) -> tuple[str, ...]:
        """The codes for drugs taken long-term. Type 1 lives by insulin: E10 asks for no code that says so."""
        return tuple(DRUGS[name].code for name in self.drugs if name in DRUGS and self.kind != "1")


def drawn(rng: random.Random, level: int) -> Facts:
    """Facts that fit together: one finding of a group; a type 1 has insulin alone."""
    if level == 1:
        kind = rng.choice(("1", "2", "2", "untold", "mody"))
        return Facts(kind, (rng.choice(GROUPS[rng.choice(list(GROUPS))]),))
    if rng.random() < 0.12 / level**2:
        return Facts("2", remission=True)
    kind = rng.choice(("1", "2", "2", "untold") if level == 2 else ("1", "2", "2", "2", "untold", *CAUSES, "mody"))
    most = 1 if level == 2 or kind == "steroid" else rng.choice((2, 2, 3))
    groups = rng.sample(list(GROUPS), most)
    if {"vessels", "ulcer"} <= set(groups) or {"ulcer", "joint"} <= set(groups):
        groups.remove("ulcer")
    complications = tuple(rng.choice(GROUPS[group]) for group in groups)
    if rng.random() < 0.1 and len(complications) == 1:
        complications = ()
    drugs: tuple[str, ...] = ("insulin",)
    if kind != "1":
        ways: list[tuple[str, ...]] = [("tablets",), ("insulin",), ("injection",), ("tablets", "insulin"), ()]
        if level == 3:
            ways += [("tablets", "injection"), ("insulin", "injection"), ("tablets", "stay"), ("tablets", "stay")]
        drugs = rng.choice(ways if "low" not in complications else [("insulin",), ("tablets", "insulin")])
    end_stage = "N18.6" in complications
    return Facts(kind, complications, drugs, dialysis=end_stage and level == 3)
