"""The facts of infarctions: types and sites, causes and complications, the words for them, and the four weeks."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from course.questions.generators import scenes
from course.questions.generators.scenes import Finding

#: Four weeks, in days: on day 28 an infarction is still acute (Tabular List at I21).
ACUTE_DAYS = 28


class Infarct(NamedTuple):
    """``first``: the code of I21; ``again``: the code of I22 when it follows another within four weeks."""

    first: str
    again: str
    title: str
    later: str
    plain: tuple[str, ...]
    brief: tuple[str, ...]


TYPES = {
    "main": Infarct(
        "I21.01",
        "I22.0",
        "involving left main",
        "anterior wall",
        ("STEMI, left main coronary artery",),
        ("STEMI, culprit LMCA",),
    ),
    "lad": Infarct(
        "I21.02",
        "I22.0",
        "left anterior descending",
        "anterior wall",
        ("STEMI, left anterior descending artery",),
        ("STEMI, culprit LAD",),
    ),
    "anterior": Infarct(
        "I21.09",
        "I22.0",
        "other coronary artery of anterior",
        "anterior wall",
        ("STEMI of the anterior wall, artery not named",),
        ("anterior STEMI, artery not named",),
    ),
    "rca": Infarct(
        "I21.11", "I22.1", "right coronary", "inferior wall", ("STEMI, right coronary artery",), ("STEMI, culprit RCA",)
    ),
    "inferior": Infarct(
        "I21.19",
        "I22.1",
        "other coronary artery of inferior",
        "inferior wall",
        ("STEMI of the inferior wall, artery not named",),
        ("inferior STEMI, artery not named",),
    ),
    "lateral": Infarct(
        "I21.29",
        "I22.8",
        "involving other sites",
        "other sites",
        ("STEMI of the lateral wall, artery not named",),
        ("lateral STEMI, artery not named",),
    ),
    "stemi": Infarct(
        "I21.3",
        "I22.9",
        "^ST elevation.*unspecified site",
        "unspecified site",
        ("STEMI, site not specified",),
        ("STEMI, site not specified",),
    ),
    "nstemi": Infarct("I21.4", "I22.2", "^Non-ST", "non-ST", ("NSTEMI",), ("NSTEMI", "non-Q wave MI")),
    "untold": Infarct(
        "I21.9",
        "I22.9",
        "unspecified$",
        "unspecified site",
        ("acute myocardial infarction, type and site not specified",),
        ("acute MI NOS",),
    ),
}
#: What a STEMI is called when it was a circumflex: the site of I22 is then less plain, so it never comes second.
CIRCUMFLEX = Infarct("I21.21", "", "left circumflex", "", ("STEMI, left circumflex artery",), ("STEMI, culprit LCx",))
CHANGED = {
    "lad": ("NSTEMI that evolved to STEMI, left anterior descending artery", "NSTEMI evolved to STEMI, culprit LAD"),
    "rca": (
        "STEMI, right coronary artery, converted to NSTEMI by thrombolysis",
        "STEMI, culprit RCA, converted to NSTEMI by lytics",
    ),
}
CAUSES = {
    "anemia": Finding("D62", "D62", "posthemorrhagic", ("acute blood loss anemia",), ("acute blood loss anemia",)),
    "svt": Finding(
        "I47.10", "I47.1", "Supraventricular tachycardia, unspecified", ("supraventricular tachycardia",), ("SVT",)
    ),
    "copd": Finding("J44.1", "J44", "exacerbation", ("an acute exacerbation of COPD",), ("AECOPD",)),
    "volume": Finding("R57.1", "R57", "Hypovolemic", ("hypovolemic shock",), ("hypovolemic shock",)),
}
SECOND = (
    "type 2 myocardial infarction due to {}",
    "type 2 NSTEMI due to {}",
    "type 2 infarction (supply-demand mismatch) due to {}",
)
#: Why somebody with an old infarction is seen: not for the infarction (Guidelines I.C.9.e.1).
PAST = (
    "No current symptoms; seen today for knee pain.",
    "No current symptoms; here today for a rash.",
    "No current symptoms; today's visit is for a sore throat.",
    "Free of symptoms; comes for a travel vaccine.",
    "No cardiac complaints; seen today for back pain.",
)
COMPLICATIONS = {
    "vsd": Finding(
        "I23.2", "I23", "Ventricular septal", ("ventricular septal defect from the infarction",), ("post-MI VSD",)
    ),
    "papillary": Finding(
        "I23.5",
        "I23",
        "papillary",
        ("papillary muscle rupture from the infarction",),
        ("post-MI papillary muscle rupture",),
    ),
    "blood": Finding(
        "I23.0", "I23", "^Hemopericardium", ("hemopericardium from the infarction",), ("post-MI hemopericardium",)
    ),
    "clot": Finding(
        "I23.6", "I23", "^Thrombosis", ("left ventricular thrombus from the infarction",), ("post-MI LV thrombus",)
    ),
    "angina": Finding("I23.7", "I23", "angina", ("postinfarction angina",), ("post-MI angina",)),
}
ALL = {**TYPES, "circumflex": CIRCUMFLEX}
READ = scenes.Lexicon(
    {
        **{name: (*one.plain, *one.brief, *CHANGED.get(name, ())) for name, one in ALL.items()},
        "type2": [text.split(" due")[0] for text in SECOND],
    }
)
READ_CAUSE, READ_COMPLICATION = scenes.Lexicon.of(CAUSES), scenes.Lexicon.of(COMPLICATIONS)


def age_class(onset: dt.date, seen: dt.date) -> str:
    """``acute`` up to and with day 28 after the onset, then ``old``. Raises ValueError when the visit comes first."""
    days = (seen - onset).days
    if days < 0:
        raise ValueError(f"{seen} is before {onset}")
    return "acute" if days <= ACUTE_DAYS else "old"
