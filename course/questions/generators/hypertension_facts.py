"""The facts of hypertension with heart and kidney disease: what a chart may say, and the code of each."""

from __future__ import annotations

import random
from typing import NamedTuple

from course.questions.generators import scenes
from course.questions.generators.scenes import Finding


def _failure(code: str, title: str, plain: str, *brief: str) -> Finding:
    return Finding(code, "I50", title, (f"{plain} heart failure",), brief)


HEART = {
    "I50.22": _failure("I50.22", "^Chronic systolic", "chronic systolic", "chronic HFrEF"),
    "I50.32": _failure("I50.32", "^Chronic diastolic", "chronic diastolic", "chronic HFpEF"),
    "I50.42": _failure("I50.42", "^Chronic combined", "chronic combined systolic and diastolic", "chronic combined HF"),
    "I50.23": _failure("I50.23", "^Acute on chronic systolic", "acute on chronic systolic", "acute on chronic HFrEF"),
    "I50.33": _failure("I50.33", "^Acute on chronic diastolic", "acute on chronic diastolic", "acute on chronic HFpEF"),
    "I50.21": _failure("I50.21", "^Acute systolic", "acute systolic", "acute HFrEF, first episode"),
    "I50.20": _failure("I50.20", "^Unspecified systolic", "systolic", "HFrEF"),
    "I50.30": _failure("I50.30", "^Unspecified diastolic", "diastolic", "HFpEF"),
    "I50.9": _failure("I50.9", "^Heart failure, unspecified", "congestive", "CHF"),
}
ACUTE = ("I50.23", "I50.33", "I50.21")
#: Heart disease of hypertension without failure (I51.4 to I51.7 stand inside I11 and I13).
NO_FAILURE = {
    "hhd": ("hypertensive heart disease without heart failure", "hypertensive heart disease, no HF"),
    "big": ("cardiomegaly, no heart failure", "cardiomegaly on echo, no HF"),
}


def _stage(code: str, title: str, stage: str) -> Finding:
    return Finding(
        code, "N18", title, (f"chronic kidney disease stage {stage}",), (f"CKD {stage}", f"CKD stage {stage}")
    )


KIDNEY = {
    "N18.2": _stage("N18.2", "stage 2", "2"),
    "N18.30": _stage("N18.30", "stage 3 unspecified", "3"),
    "N18.31": _stage("N18.31", "stage 3a", "3a"),
    "N18.32": _stage("N18.32", "stage 3b", "3b"),
    "N18.4": _stage("N18.4", "stage 4", "4"),
    "N18.5": _stage("N18.5", "stage 5", "5"),
    "N18.6": Finding("N18.6", "N18", "End stage", ("end-stage renal disease",), ("ESRD",)),
    "N18.9": Finding(
        "N18.9",
        "N18",
        "disease, unspecified$",
        ("chronic kidney disease, stage not documented",),
        ("CKD, stage not documented",),
    ),
}
OTHER_CAUSE = {
    "heart": Finding(
        "I25.5",
        "I25",
        "Ischemic cardiomyopathy",
        ("due to ischemic cardiomyopathy and not to hypertension",),
        ("2/2 ischemic cardiomyopathy, not hypertensive per cardiology",),
    ),
    "kidney": Finding(
        "Q61.2",
        "Q61",
        "adult type",
        ("due to adult polycystic kidney disease and not to hypertension",),
        ("2/2 adult polycystic kidney disease, not hypertensive per nephrology",),
    ),
}
EXTRA = {
    "dialysis": Finding(
        "Z99.2", "Z99", "dialysis", ("on hemodialysis three times a week",), ("on HD MWF", "on peritoneal dialysis")
    ),
    "transplant": Finding(
        "Z94.0",
        "Z94",
        "Kidney",
        ("kidney transplant in 2019, no complication of it",),
        ("s/p kidney transplant 2017, graft without complication",),
    ),
    "injury": Finding("N17.9", "N17", "unspecified", ("acute kidney injury",), ("AKI",)),
    "urgency": Finding("I16.0", "I16", "urgency", ("hypertensive urgency",)),
    "emergency": Finding("I16.1", "I16", "emergency", ("hypertensive emergency",)),
    "resistant": Finding(
        "I1A.0", "I1A", "Resistant", ("true resistant hypertension on four drugs",), ("resistant HTN on 4 agents",)
    ),
}
#: End-stage disease without dialysis is told with its reason: a reader would ask.
NOT_YET = (", dialysis not started yet", ", dialysis to start next week", ", not yet on dialysis")
READ_HEART, READ_KIDNEY = scenes.Lexicon.of(HEART), scenes.Lexicon.of(KIDNEY)
READ_NO_FAILURE, READ_OTHER, READ_EXTRA = (
    scenes.Lexicon(NO_FAILURE),
    scenes.Lexicon.of(OTHER_CAUSE),
    scenes.Lexicon.of(EXTRA),
)
_TABLE = {
    (False, False, False): "I10",
    (True, True, False): "I11.0",
    (True, False, False): "I11.9",
    (False, False, True): "I12.9",
    (True, True, True): "I13.0",
    (True, False, True): "I13.10",
}
_LATE = {"I12.9": "I12.0", "I13.0": "I13.2", "I13.10": "I13.11"}


class Facts(NamedTuple):
    """``heart``: a code of I50, ``hhd``, ``big`` or nothing. ``kidney``: a code of N18 or nothing."""

    heart: str = ""
    kidney: str = ""
    other: str = ""
    extras: tuple[str, ...] = ()

    @property
    def stage(self) -> str:
        """Stage 5 on chronic dialysis is end-stage disease (Tabular List at N18.5)."""
        return "N18.6" if self.kidney == "N18.5" and "dialysis" in self.extras else self.kidney

    @property
    def combination(self) -> str:
        """The code of I10 to I13."""
        heart = bool(self.heart) and self.other != "heart"
        kidney = bool(self.kidney) and self.other != "kidney"
        code = _TABLE[heart, heart and self.heart in HEART, kidney]
        return _LATE.get(code, code) if self.stage in ("N18.5", "N18.6") else code


def _dialysis(rng: random.Random, kidney: str) -> tuple[str, ...]:
    """Who has end-stage disease is on dialysis, mostly."""
    return ("dialysis",) if kidney == "N18.6" and rng.random() < 0.7 else ()


def drawn(rng: random.Random, level: int) -> Facts:
    if level == 1:
        heart = rng.choice(["", "", "I50.22", "I50.32", "I50.9", "hhd"])
        kidney = rng.choice(["", "N18.31", "N18.4", "N18.5", "N18.6", "N18.32"])
        kidney = kidney if heart else kidney or "N18.32"
        return Facts(heart, kidney, extras=_dialysis(rng, kidney))
    heart = rng.choice(["", *HEART, *NO_FAILURE] if level == 3 else ["", "", *list(HEART)[:3], "I50.9", "hhd"])
    kidney = rng.choice([*KIDNEY, "N18.6", ""])
    if level == 2:  # two codes at least: "enter the code" would tell that there is one
        kidney = kidney if heart in HEART else kidney or "N18.4"
        return Facts(heart, kidney, extras=_dialysis(rng, kidney))
    heart, kidney = (heart, kidney or "N18.5") if not heart else (heart, kidney)
    can = [name for name in ("heart", "kidney") if (heart in HEART if name == "heart" else kidney)]
    other = rng.choice(can) if can and rng.random() < 0.35 else ""
    extras = []
    if kidney in ("N18.5", "N18.6") and rng.random() < 0.7:
        extras.append("dialysis")
    elif kidney in ("N18.2", "N18.31", "N18.32", "N18.4") and other != "kidney" and rng.random() < 0.35:
        extras.append("transplant")
    if kidney not in ("N18.5", "N18.6", "") and "transplant" not in extras and rng.random() < 0.25:
        extras.append("injury")
    if rng.random() < 0.35:
        extras.append(rng.choice(["urgency", "resistant", "emergency" if "injury" in extras else "urgency"]))
    return Facts(heart, kidney, other, tuple(extras))
