"""Pairs of NCCI edits with a scene that fits them: what belongs to what, and what would set the two apart.

Columns and indicators are never written here; they come from ``ncci_pairs.csv``.
"""

from __future__ import annotations

import random
from typing import NamedTuple

from course.codesets import cpt

PLACES = ("Back", "Chest", "Left forearm", "Right forearm", "Left calf", "Right thigh", "Belly", "Scalp")
COLON = ("Cecum", "Ascending colon", "Transverse colon", "Descending colon", "Sigmoid colon", "Rectum")
TOES = ("Left great toe", "Right great toe", "Left second toe", "Right third toe", "Left fourth toe")
SPINE = ("Neck", "Upper back", "Low back")


class Fact(NamedTuple):
    """A pair. ``kind``: what may set the two apart: ``site``, ``side``, ``session``, ``visit``, or nothing (``whole``).
    ``first``: what was done under column 1. ``inside``: the second as a part of the first; ``apart``: as a service of
    its own. ``labels``: places, or the part of the body for sides, or two sessions. ``why``: why inside is inside."""

    column1: str
    column2: str
    kind: str
    first: str
    inside: str
    apart: str
    labels: tuple[str, ...]
    why: str

    @property
    def indicator(self) -> str:
        found = cpt.pair(self.column1, self.column2)
        assert found is not None and found.column1 == self.column1
        return found.indicator


class Done(NamedTuple):
    """A line of the note: where or when, what, and its code."""

    label: str
    words: str
    code: str

    def told(self, date: str = "") -> str:
        return f"{date}{self.label}: {self.words} ({self.code})."


_LOOK = "The look through the scope is the way to the work through the same scope."
FACTS = (
    Fact("17110", "11102", "site", "six warts frozen", "one of the six shave-sampled before it was frozen",
         "a changing mole shave-sampled", PLACES, "A growth that is sampled and destroyed at once is the destruction."),
    Fact("11400", "11102", "site", "harmless growth of 0.4 cm cut out whole",
         "the same growth shave-sampled at the start, no result awaited", "another growth shave-sampled", PLACES,
         "A sample of what is then cut out whole belongs to cutting it out."),
    Fact("11600", "11102", "site", "skin cancer of 0.4 cm, known since last week, cut out whole",
         "the same growth shave-sampled at the start, no result awaited", "another growth shave-sampled", PLACES,
         "A sample of what is then cut out whole belongs to cutting it out."),
    Fact("45385", "45380", "site", "polyp taken off with a wire loop", "forceps sample of the same polyp first",
         "forceps samples of a second, flat polyp", COLON,
         "A sample of a polyp that is then taken off is one removal."),
    Fact("11730", "11720", "site", "nail plate pulled off under a block", "the same nail thinned before",
         "another sick nail thinned", TOES, "What is done to a nail on the way to pulling it off is a part of it."),
    Fact("98940", "97140", "site", "the chiropractor's thrust", "hands-on loosening of the same part, 15 minutes",
         "hands-on work at a part not thrust, 15 minutes", SPINE,
         "Loosening the part that is then moved belongs to moving it."),
    Fact("98940", "97124", "site", "the chiropractor's thrust", "massage of the same part, 15 minutes",
         "massage of a part not thrust, 15 minutes", SPINE,
         "Massage of the part that is then moved belongs to moving it."),
    Fact("20611", "20610", "side", "steroid into the joint by saved ultrasound",
         "first try by touch, needle not in the joint", "steroid into the joint by touch", ("knee", "shoulder", "hip"),
         "One joint, one injection, however often the needle was set."),
    Fact("29881", "29870", "side", "torn inner meniscus trimmed by scope",
         "the joint looked at first, by the same scope",
         "looked into by scope, nothing else done", ("knee",), _LOOK),
    Fact("29880", "29881", "side", "both menisci trimmed by scope", "the inner one trimmed first, then the outer",
         "inner meniscus alone trimmed by scope", ("knee",), "Two menisci of one knee have one number."),
    Fact("29827", "29805", "side", "rotator cuff repaired by scope", "the joint looked at first, by the same scope",
         "looked into by scope, nothing else done", ("shoulder",), _LOOK),
    Fact("29823", "29822", "side", "scope, four structures trimmed", "scope, the first of the four structures trimmed",
         "scope, one structure trimmed", ("shoulder",), "The trimming of one joint is counted together."),
    Fact("23412", "29827", "side", "cuff torn long ago, repaired open", "repair by scope tried first, given up",
         "cuff repaired by scope", ("shoulder",), "A try by scope that ends open is billed as the open operation."),
    Fact("25605", "29075", "side", "broken radius pulled straight", "short arm cast put on over it",
         "short arm cast for a bad sprain", ("wrist",), "The first cast belongs to the care of the fracture."),
    Fact("69210", "69209", "side", "packed wax taken out with instruments", "rinsed first, which did not suffice",
         "packed wax rinsed out, no instruments", ("ear",), "One ear is freed once, by whatever brought success."),
    Fact("30903", "30901", "side", "stubborn nosebleed, wide cautery and packing",
         "a little cautery first, which did not hold", "slight nosebleed, a touch of cautery", ("nostril",),
         "One side of the nose, one number: that of the work which stopped it."),
    Fact("93015", "93000", "session", "stress test, all of it", "ECG at rest before the treadmill starts",
         "ECG with report for palpitations, at a visit of its own", ("Stress laboratory, 2 PM", "Office, 8 AM"),
         "The tracing at rest is the beginning of the stress test."),
    Fact("94060", "94640", "session", "spirometry before and after albuterol",
         "the albuterol between the two runs, by nebulizer", "nebulizer treatment for sudden wheezing",
         ("Lung laboratory, 9 AM", "Urgent visit, 4 PM"), "The drug between the two runs is a part of the test."),
    Fact("20610", "99213", "visit", "steroid into the shoulder joint, for shoulder pain",
         "shoulder pain as last week; injection decided on the spot", "blood pressure too high, drug changed",
         ("Right shoulder", "Left shoulder"), "Deciding to do a small procedure belongs to the procedure."),
    Fact("17000", "99213", "visit", "one precancerous spot frozen", "the spot shown and frozen on the spot, no more",
         "headaches for a month, examined, drug begun", ("Scalp", "Right forearm", "Left forearm"),
         "Deciding to do a small procedure belongs to the procedure."),
    Fact("69210", "99213", "visit", "packed wax taken out with instruments",
         "blocked ear; wax seen, decided on the spot",
         "low back pain for two weeks, examined, drug begun", ("Right ear", "Left ear"),
         "Deciding to do a small procedure belongs to the procedure."),
    Fact("47600", "47562", "whole", "gallbladder taken out through an open cut",
         "begun by laparoscope, scars too dense",
         "", ("Belly",), "A laparoscopic try that ends open is billed as the open operation."),
    Fact("44950", "44970", "whole", "appendix taken out through an open cut", "begun by laparoscope, then opened", "",
         ("Belly",), "A laparoscopic try that ends open is billed as the open operation."),
    Fact("47563", "47562", "whole", "gallbladder out by laparoscope, contrast film of the ducts",
         "gallbladder out by laparoscope, as the first step", "", ("Belly",),
         "One operation, and its number has the film."),
    Fact("44140", "44005", "whole", "part of the colon removed, open", "adhesions cut on the way in, 40 minutes", "",
         ("Belly",), "Freeing the way to the operation is a part of it."),
    Fact("43239", "43235", "whole", "upper scope, stomach sampled with forceps", "looked down to the duodenum", "",
         ("Endoscopy report",), _LOOK),
    Fact("45380", "45378", "whole", "colonoscopy, forceps samples", "the whole colon looked at", "",
         ("Endoscopy report",), _LOOK),
    Fact("45385", "45378", "whole", "colonoscopy, polyp taken off with a wire loop", "the whole colon looked at", "",
         ("Endoscopy report",), _LOOK),
    Fact("45331", "45330", "whole", "short scope, forceps samples of the left colon", "the left colon looked at", "",
         ("Endoscopy report",), _LOOK),
    Fact("31625", "31622", "whole", "bronchoscope, growth in the airway sampled", "the bronchi looked at", "",
         ("Endoscopy report",), _LOOK),
    Fact("52204", "51701", "whole", "bladder scope, wall sampled", "catheter in and out to empty the bladder first", "",
         ("Cystoscopy report",), "Emptying the bladder is a part of looking into it."),
    Fact("57454", "57452", "whole", "cervix under the colposcope, bites and scraping", "the cervix looked at first", "",
         ("Procedure room",), "The look is the way to the samples."),
    Fact("29881", "29877", "whole", "torn inner meniscus trimmed by scope", "cartilage behind the kneecap smoothed", "",
         ("Right knee", "Left knee"), "The number of the meniscus holds the smoothing in the same knee."),
    Fact("42821", "42826", "whole", "tonsils and adenoids out", "the tonsils first", "", ("Throat",),
         "Tonsils and adenoids in one session have one number."),
    Fact("90837", "90834", "whole", "talk therapy, 60 minutes in all", "the first 45 minutes of them", "", ("Office",),
         "One sitting has one number, by its whole time."),
    Fact("95117", "95115", "whole", "two allergy shots", "the first of the two", "", ("Left and right arm",),
         "There is one number for one shot and one for more; they are not added."),
    Fact("80053", "80048", "whole", "panel of fourteen tests", "the eight tests that are in it", "",
         ("Laboratory, one draw",),
         "The larger panel holds the tests of the smaller one."),
    Fact("11721", "11720", "whole", "eight sick nails thinned, both feet counted", "the five of the right foot", "",
         ("Both feet",), "All nails of the day are counted together and have one number."),
)  # fmt: skip
#: Column 1 -> ages of a fair patient, where not anybody's.
AGES = {
    **dict.fromkeys(("29827", "23412", "29823", "20611", "20610"), (44, 80)),
    **dict.fromkeys(("29880", "29881"), (24, 68)),
    **dict.fromkeys(("11600", "17000", "11721", "93015", "25605", "30903"), (48, 86)),
    **{"42821": (16, 39), "57454": (24, 60), "45385": (46, 84), "45380": (46, 84)},
}
WOMEN = ("57454",)


def labels(rng: random.Random, fact: Fact, apart: bool) -> tuple[str, str]:
    """Where or when the two were done: the same twice, or two that differ."""
    if fact.kind == "side":
        part = rng.choice(fact.labels)
        one, other = rng.sample((f"Right {part}", f"Left {part}"), 2)
    elif fact.kind == "session":
        one, other = fact.labels
    elif fact.kind == "visit":
        return rng.choice(fact.labels), "Visit"
    else:
        one, other = rng.sample(fact.labels, 2) if len(fact.labels) > 1 else fact.labels * 2
    return (one, other) if apart else (one, one)
