"""Where the organs of the belly lie and hurt: what charts say, with the quadrant, the region and the code it leads to.

Facts by name on one side (``SITES``, ``PAINS``); on the other the place of each on the two drawings of the abdomen
(``POINTS``, in units of the view box). The law looks up in which field of a drawing the place lies.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Site:
    """An organ, or a sign with a place. ``lines``: what a chart says of it. "" where it crosses a border."""

    name: str
    lines: tuple[str, ...]
    quadrant: str
    region: str
    why: str


@dataclass(frozen=True)
class Pain:
    """A place told by landmarks. ``region``: field of the nine. ``words``: what the title of its code says."""

    where: str
    region: str
    words: str


_RU, _LU, _RL, _LL = "right-upper", "left-upper", "right-lower", "left-lower"
SITES: tuple[Site, ...] = (
    Site(
        "gallbladder",
        ("US: stones in the gallbladder, wall thick, tender under the probe", "Murphy's sign positive: gallbladder"),
        *(_RU, "right-hypochondriac", "The gallbladder hangs under the liver, below the right ribs."),
    ),
    Site(
        "right lobe of the liver",
        ("CT: abscess in the right lobe of the liver", "Liver edge tender, right lobe"),
        *(_RU, "right-hypochondriac", "The right lobe of the liver fills the space under the right ribs."),
    ),
    Site(
        "spleen",
        ("After a fall: CT shows a tear of the spleen", "Mononucleosis; spleen felt below the ribs, tender"),
        *(_LU, "left-hypochondriac", "The spleen lies far out under the left ribs."),
    ),
    Site(
        "splenic flexure",
        ("CT: gas trapped in the splenic flexure of the colon",),
        *(_LU, "left-hypochondriac", "The colon bends at the spleen, and is named for it."),
    ),
    Site(
        "tail of the pancreas",
        ("CT: cyst in the tail of the pancreas",),
        *(_LU, "left-hypochondriac", "The tail of the pancreas reaches to the spleen."),
    ),
    Site(
        "body of the stomach",
        ("EGD: ulcer in the body of the stomach",),
        *(_LU, "", "Most of the stomach lies to the left of the midline, under the ribs."),
    ),
    Site(
        "pylorus",
        ("Infant, 5 weeks: olive felt at the pylorus",),
        *("", "epigastric", "The pylorus ends the stomach near the midline, well above the navel."),
    ),
    Site(
        "appendix",
        ("CT: appendix 11 mm, fat stranding", "Tender at McBurney's point: appendix"),
        *(_RL, "right-iliac", "The appendix hangs from the cecum, at the right groin."),
    ),
    Site(
        "cecum",
        ("Colonoscopy: polyp in the cecum", "CT: wall of the cecum thick"),
        *(_RL, "right-iliac", "The cecum is the first piece of the colon, at the right groin."),
    ),
    Site(
        "terminal ileum",
        ("MR enterography: terminal ileum thick and narrow, Crohn's disease",),
        *(_RL, "right-iliac", "The small bowel ends in the cecum, at the right groin."),
    ),
    Site(
        "sigmoid colon",
        ("CT: diverticulitis of the sigmoid colon", "Sigmoid colon tender on palpation"),
        *(_LL, "left-iliac", "The sigmoid runs from the left groin to the rectum."),
    ),
    Site(
        "descending colon",
        ("CT: wall of the descending colon thick, at the level of the navel",),
        *("", "left-lumbar", "The descending colon runs down the left flank."),
    ),
    Site(
        "ascending colon",
        ("CT: mass in the middle of the ascending colon, at the level of the navel",),
        *("", "right-lumbar", "The ascending colon runs up the right flank."),
    ),
    Site(
        "bladder",
        ("Bladder felt above the pubic bone: retention", "US: bladder holds 800 mL, dome above the pubic bone"),
        *("", "hypogastric", "A full bladder rises in the midline above the pubic bone."),
    ),
    Site(
        "body of the uterus",
        ("US: fibroid in the body of the uterus, midline, above the pubic bone",),
        *("", "hypogastric", "The uterus stands in the midline, behind and above the bladder."),
    ),
    Site(
        "navel",
        ("Umbilical hernia, reducible", "Redness around the navel of a newborn"),
        *("", "umbilical", "The field around the navel is named for it."),
    ),
)

#: Organ or sign -> its place on the drawings.
POINTS: dict[str, tuple[float, float]] = {
    "gallbladder": (148, 166),
    "right lobe of the liver": (132, 132),
    "spleen": (286, 130),
    "splenic flexure": (284, 158),
    "tail of the pancreas": (268, 150),
    "body of the stomach": (254, 146),
    "pylorus": (204, 168),
    "appendix": (140, 352),
    "cecum": (128, 334),
    "terminal ileum": (150, 336),
    "sigmoid colon": (262, 338),
    "descending colon": (276, 226),
    "ascending colon": (126, 226),
    "bladder": (200, 386),
    "body of the uterus": (200, 364),
    "navel": (200, 224),
    "under the right ribs, in line with the nipple": (146, 130),
    "below the right costal margin, 8 cm from the midline": (138, 150),
    "under the left ribs, in line with the nipple": (256, 130),
    "below the left costal margin, 8 cm from the midline": (262, 150),
    "in the midline, halfway between breastbone and navel": (200, 140),
    "in the pit of the stomach, just below the breastbone": (200, 92),
    "in a circle of 3 cm around the navel": (206, 218),
    "right at the navel": (200, 226),
    "in the midline, two fingers above the pubic bone": (200, 372),
    "in the midline over the bladder": (200, 382),
    "a third of the way from the right hip spine to the navel": (122, 302),
    "just inside the right hip bone, low": (120, 318),
    "just inside the left hip bone, low": (280, 318),
    "at the left groin, above the ligament": (268, 334),
    "in the right side between the last rib and the hip bone": (114, 226),
    "in the left side between the last rib and the hip bone": (286, 226),
}
PAINS: tuple[Pain, ...] = (
    Pain("under the right ribs, in line with the nipple", "right-hypochondriac", "right upper quadrant"),
    Pain("below the right costal margin, 8 cm from the midline", "right-hypochondriac", "right upper quadrant"),
    Pain("under the left ribs, in line with the nipple", "left-hypochondriac", "left upper quadrant"),
    Pain("below the left costal margin, 8 cm from the midline", "left-hypochondriac", "left upper quadrant"),
    Pain("in the midline, halfway between breastbone and navel", "epigastric", "epigastric"),
    Pain("in the pit of the stomach, just below the breastbone", "epigastric", "epigastric"),
    Pain("in a circle of 3 cm around the navel", "umbilical", "periumbilic"),
    Pain("right at the navel", "umbilical", "periumbilic"),
    Pain("in the midline, two fingers above the pubic bone", "hypogastric", "suprapubic"),
    Pain("in the midline over the bladder", "hypogastric", "suprapubic"),
    Pain("just inside the right hip bone, low", "right-iliac", "right lower quadrant"),
    Pain("just inside the left hip bone, low", "left-iliac", "left lower quadrant"),
    Pain("at the left groin, above the ligament", "left-iliac", "left lower quadrant"),
    Pain("in the right side between the last rib and the hip bone", "right-lumbar", "right flank"),
    Pain("in the left side between the last rib and the hip bone", "left-lumbar", "left flank"),
)
#: Words of a title -> codes for pain and for tenderness there. The law reads the titles in the code set.
CODES: dict[str, tuple[str, str]] = {
    "right upper quadrant": ("R10.11", "R10.811"),
    "left upper quadrant": ("R10.12", "R10.812"),
    "epigastric": ("R10.13", "R10.816"),
    "periumbilic": ("R10.33", "R10.815"),
    "suprapubic": ("R10.24", "R10.8A3"),
    "right lower quadrant": ("R10.31", "R10.813"),
    "left lower quadrant": ("R10.32", "R10.814"),
    "right flank": ("R10.A1", "R10.8A1"),
    "left flank": ("R10.A2", "R10.8A2"),
}
