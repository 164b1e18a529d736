"""Name the axis on which two titles part: the side, the stage, the displacement, and so on.

An axis names what to look at in the note and never the value that is right.
"""

from __future__ import annotations

from course.grading.diagnosis.titles import words

#: What to look at in the note -> words that belong to that axis. The first axis that fits is taken, so the narrow ones come first.
_AXES: tuple[tuple[str, str], ...] = (
    ("whether the fracture is displaced", "displaced nondisplaced"),
    ("whether the wound is open or closed", "open closed gustilo"),
    ("the kind of fracture", "torus greenstick transverse oblique spiral comminuted segmental impacted avulsion colles' smith's"
     " barton's pathological stress osteoporotic traumatic burst wedge physeal"),
    ("the wound itself", "laceration puncture bite contusion abrasion blister crushing burn corrosion avulsion foreign"),
    ("the degree of the burn", "first second third degree"),
    ("whether the side is the dominant one", "dominant nondominant"),
    ("the side", "right left bilateral unilateral"),
    ("how it came about", "accidental unintentional self-harm assault undetermined adverse underdosing poisoning toxic"),
    ("the loss of consciousness", "consciousness minutes hours"),
    ("the stage", "stage end-stage 1 2 3 3a 3b 4 5 i ii iii iv"),
    ("the type", "type"),
    ("systolic, diastolic or both", "systolic diastolic combined"),
    ("acute or chronic", "acute chronic subacute acute-on-chronic recurrent recurring"),
    ("how severe it is", "mild moderate severe profound persistent intermittent"),
    ("the exacerbation", "exacerbation status uncomplicated"),
    ("the trimester", "trimester childbirth puerperium antepartum postpartum weeks"),
    ("the remission", "remission relapse partial full"),
    ("current use, dependence or abuse", "abuse dependence use withdrawal intoxication"),
    ("present or in the past", "history personal family old"),
    ("the organism", "streptococcus streptococcal staphylococcus staphylococcal viral bacterial virus coli pneumoniae pseudomonas"
     " influenza candidal fungal"),
    ("primary or secondary", "primary secondary benign malignant uncertain situ"),
    ("bleeding, perforation, obstruction", "hemorrhage bleeding perforation obstruction abscess gangrene"),
    ("what comes with it", "with without complication complications"),
    ("the exact part of the body", "upper lower middle proximal distal shaft head neck base body end finger thumb index ring little"
     " great toe lesser medial lateral anterior posterior inner outer"),
)  # fmt: skip
_AXIS_WORDS = tuple((axis, frozenset(vocabulary.split())) for axis, vocabulary in _AXES)

#: Said when no axis is known.
ANY = "that detail"


def axis(title: str, other: str) -> str:
    """What to look at in the note, given two titles that differ (`ANY` when no axis is known)."""
    differing = {*words(title)} ^ {*words(other)}
    for name, vocabulary in _AXIS_WORDS:
        if differing & vocabulary:
            return name
    return ANY
