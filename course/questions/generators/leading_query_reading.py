"""What a query does, told by reading it beside its record: the other way round than ``leading_query`` makes it.

Findings and diagnoses are compared by the part of the body that both are about; which answer belongs to which
situation is not known here.
"""

from __future__ import annotations

import re

from course.questions import query_words

#: Part of the body -> words of findings that are about it, words of diagnoses that are.
_SYSTEMS = {
    "kidneys": ("creatinine|egfr|bun", "kidney|azotemia|dehydration"),
    "infection": ("lactate|culture|temperature", "sepsis|bacteremia|infection"),
    "blood": ("hemoglobin|red cells|white cells|platelets|ferritin", "anemia|pancytopenia|hemoglobin"),
    "nutrition": ("weight loss|muscle loss|feeding", "malnutrition|cachexia"),
    "brain": ("oriented|eeg|ammonia|mri|weak", "encephalopathy|delirium|drowsiness|stroke|tia"),
    "breathing": ("respiratory rate|blood gas|spo2|bipap", "respiratory failure|copd"),
    "lungs": ("infiltrate|sputum|film", "pneumonia"),
    "salts": ("sodium|potassium", "hyponatremia|hypokalemia|sodium|potassium"),
    "weight": ("bmi", "obesity|body mass"),
    "heart": ("troponin|bnp|ejection|ecg", "heart failure|myocardial"),
    "vessels": ("blood pressure", "hypertensive"),
    "liver": ("ammonia|bilirubin", "hepatic|hepatitis"),
    "mood": ("tearful|sertraline", "depression"),
    "wound": ("scalpel|wound", "debridement"),
    "toe": ("amputat", "amputation"),
    "gut": ("stool|bowel|loops", "bleeding|ileus"),
    "nerves": ("numb", "neuropathy"),
}
_NOT_A_DIAGNOSIS = re.compile(r"other|unable to|yes|no$|present on|developed after|confirmed|ruled out|agree")
#: "Please document the cause, if known" asks; "Please document sepsis" dictates.
_ORDER = re.compile(r"(?:please|kindly) (?:document|write|add|state|remove|confirm)\b([^.]*)\.", re.IGNORECASE)
_OPEN = re.compile(r"\bif (any|known)\b|^ when\b")


def parts(note: str) -> tuple[str, str]:
    """(record, query) of a note."""
    record, _, query = note.partition("\nQUERY\n")
    return record, query


def about(text: str, side: int) -> set[str]:
    """The parts of the body that findings (0) or diagnoses (1) are about."""
    return {name for name, words in _SYSTEMS.items() if re.search(rf"\b({words[side]})", text.casefold())}


def faults(record: str, query: str) -> set[str]:
    """Everything that is wrong with a query or with a line of one: impact, told, yesno, options, unsupported, title,
    and of a whole query earlier and bare."""
    found = set()
    documented = "\n".join(line for line in record.split("\n") if line.startswith("Documented:")).casefold()
    findings = "\n".join(line for line in record.split("\n") if re.match(r"\d\d/\d\d ", line))
    body = "\n".join(line for line in query.split("\n") if not line.startswith(("Subject:", "To:")))
    if query_words.names_impact(query):
        found.add("impact")
    if any(not _OPEN.search(rest) for rest in _ORDER.findall(body)):
        found.add("told")
    answers = query_words.answers(body)
    if answers and not query_words.has_way_out(body):
        found.add("options")
    asked = re.split(r"(?<=[.?])\s", body.split(query_words.BOX)[0].rstrip())[-1]
    if query_words.is_yes_no(body) and not _known(asked, documented):
        found.add("yesno")
    for answer in answers:
        if not _NOT_A_DIAGNOSIS.match(answer.casefold()) and not about(answer, 1) & about(findings + documented, 0):
            found.add("unsupported")
    subject = re.search(r"^Subject: (.*)$", query, re.MULTILINE)
    if subject and any(f" {name}" not in documented for name in _names(subject[1])):
        found.add("title")
    return found | (_missing(query) if subject else _missing(query) & {"earlier"})


def _missing(query: str) -> set[str]:
    """Whether the findings of a query come from another stay alone, or are not there."""
    dated = re.search(r"\b\d\d/\d\d [a-zA-Z&]", re.sub(r"(?m)^To:.*$", "", query))
    other = re.search(r"stay of (19|20)\d\d", query)
    return set() if dated else {"earlier"} if other else {"bare"}


def _names(text: str) -> set[str]:
    """The diagnoses that a text names."""
    words = "sepsis|kidney injury|anemia|malnutrition|encephalopathy|respiratory failure|hyponatremia|hypokalemia"
    return set(re.findall(rf"{words}|obesity|infarction|pancytopenia", text.casefold()))


def _known(asked: str, documented: str) -> bool:
    """Whether the condition of a question stands in what was documented: most of its longer words do."""
    plain = re.sub(r"was|present|when|patient|admitted|inpatient|agree|finding|with|have|stay", "", asked.casefold())
    words = {word for word in re.findall(r"[a-z]{5,}", plain)}
    return sum(word in documented for word in words) * 3 >= 2 * len(words)
