"""Where a part of the body leads: the series of CPT surgery and the chapters of ICD-10-CM, in our own short words."""

from __future__ import annotations

#: Series as the exams name it -> the body systems whose operations stand there (CPT, Surgery, by number).
SERIES: dict[str, str] = {
    "10,000": "skin, nails and breast",
    "20,000": "bones, joints, muscles and tendons",
    "30,000": "airways and lungs, heart and vessels, spleen and lymph nodes, mediastinum and diaphragm",
    "40,000": "the digestive tract from the lips to the anus, with liver, bile ducts and pancreas",
    "50,000": "urinary tract, male and female organs, maternity care",
    "60,000": "endocrine glands, brain, spine and nerves, eye and ear",
}

#: Chapter of ICD-10-CM -> (first and last letters, short name of ours).
CHAPTERS: dict[int, tuple[str, str]] = {
    1: ("A00-B99", "infections"),
    2: ("C00-D49", "neoplasms"),
    3: ("D50-D89", "blood and immune system"),
    4: ("E00-E89", "endocrine glands, nutrition, metabolism"),
    5: ("F01-F99", "mental and behavioral disorders"),
    6: ("G00-G99", "nervous system"),
    7: ("H00-H59", "eye and eyelids"),
    8: ("H60-H95", "ear and mastoid"),
    9: ("I00-I99", "heart and vessels"),
    10: ("J00-J99", "airways and lungs"),
    11: ("K00-K95", "digestive system"),
    12: ("L00-L99", "skin"),
    13: ("M00-M99", "bones, joints and muscles"),
    14: ("N00-N99", "urinary and reproductive organs, breast"),
    15: ("O00-O9A", "pregnancy and childbirth"),
    16: ("P00-P96", "newborn"),
    17: ("Q00-Q99", "congenital malformations"),
    18: ("R00-R99", "symptoms and abnormal findings"),
    19: ("S00-T88", "injuries and poisoning"),
    20: ("V00-Y99", "external causes"),
    21: ("Z00-Z99", "reasons for contact other than disease"),
    22: ("U00-U85", "special purposes"),
}


def series_words(series: str) -> str:
    """ "30,000: airways and lungs, …"; "" for no series."""
    return f"{series}: {SERIES[series]}" if series in SERIES else ""


def chapter_words(chapter: int) -> str:
    """ "Chapter 9 (I00-I99): heart and vessels"; "" for no chapter."""
    if chapter not in CHAPTERS:
        return ""
    span, words = CHAPTERS[chapter]
    return f"Chapter {chapter} ({span}): {words}"
