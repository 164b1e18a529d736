"""What a query does, told by reading it beside its record: the other way round than ``leading_query`` makes it.

Findings and diagnoses are compared by the part of the body that both are about, by figures and by words; which answer
belongs to which situation is not known here.
"""

from __future__ import annotations

import re

from course.questions import query_words
from course.questions.generators import leading_query_values as values

#: Part of the body -> words of findings that are about it, words of diagnoses that are.
_SYSTEMS = {
    "kidneys": ("creatinine|egfr|bun", "kidney|azotemia|dehydration"),
    "infection": ("lactate|culture|temperature", "sepsis|bacteremia|infection"),
    "blood": ("hemoglobin|red cells|white cells|platelets|ferritin",
              "anemia|pancytopenia|hemoglobin|blood counts|neutropenia"),
    "nutrition": ("weight loss|muscle loss|feeding", "malnutrition|cachexia"),
    "brain": ("oriented|eeg|ammonia|mri|weak", "encephalopathy|delirium|drowsiness|stroke|tia|intracerebral"),
    "breathing": ("respiratory rate|blood gas|spo2|bipap", "respiratory failure|copd"),
    "lungs": ("infiltrate|sputum|film", "pneumonia"),
    "salts": ("sodium|potassium", "hyp(?:o|er)natremia|hyp(?:o|er)kalemia|sodium|potassium"),
    "weight": ("bmi", "obesity|body mass"),
    "heart": ("troponin|bnp|ejection|ecg:", "heart failure|myocardial"),
    "vessels": ("blood pressure", "hypertensive"),
    "veins": ("calf|femoral vein", "deep vein"),
    "liver": ("ammonia|bilirubin", "hepatic|hepatitis"),
    "pancreas": ("lipase", "pancreatitis"),
    "mood": ("tearful|sertraline", "depression"),
    "wound": ("scalpel|wound", "debridement|excisional"),
    "toe": ("amputat", "amputation"),
    "gut": ("stool|bowel|loops", "bleeding|ileus"),
    "nerves": ("numb", "neuropathy"),
    "skin": ("rash", "rash"),
}  # fmt: skip
_NOT_A_DIAGNOSIS = re.compile(
    r"other|unable to|yes|no$|present on|developed after|confirmed|ruled out|agree|do not agree"
)
#: "Please document the cause, if known" asks; "Please document sepsis" dictates.
_ORDER = re.compile(r"(?:please|kindly) (?:document|write|add|state|remove|confirm)\b([^.]*)\.", re.IGNORECASE)
_OPEN = re.compile(r"\bif (any|known)\b|^ when\b")
_DATED = re.compile(r"\b\d\d/\d\d (?=[a-zA-Z&])")
#: Words that may stand in any subject line.
_FRAME = {"clarification", "values", "cause", "notes", "the", "and", "for"}


def parts(note: str) -> tuple[str, str]:
    """(record, query) of a note."""
    record, _, query = note.partition("\nQUERY\n")
    return record, query


def about(text: str, side: int) -> set[str]:
    """The parts of the body that findings (0) or diagnoses (1) are about."""
    return {name for name, words in _SYSTEMS.items() if re.search(rf"\b({words[side]})", text.casefold())}


def faults(record: str, query: str) -> set[str]:
    """Everything that is wrong with a query: the names that ``leading_query.FAULTS`` has."""
    found = set()
    documented, body = _documented(record), _body(query)
    answers = query_words.answers(body)
    if query_words.names_impact(query):
        found.add("impact")
    if any(not _OPEN.search(rest) for rest in _ORDER.findall(body)):
        found.add("told")
    if answers and not query_words.has_way_out(body):
        found.add("options")
    if query_words.is_yes_no(body):
        asked = re.split(r"(?<=[.?])\s", body.split(query_words.BOX)[0].rstrip())[-1]
        if not _known(asked, documented):
            found.add("yesno")
    named = [one.split("\n")[0] for one in answers if not _NOT_A_DIAGNOSIS.match(one.casefold())]
    if any(not about(one, 1) & _held(record) or values.refuted(one, record) for one in named):
        found.add("unsupported")
    if any(f" {name}" not in documented for name in _names(_subject(query))):
        found.add("title")
    if misquoted(record, body):
        found.add("misquote")
    if not _DATED.search(body):
        found.add("earlier" if re.search(r"stay of (19|20)\d\d", body) else "bare")
    return found


def flaws(record: str, query: str) -> set[str]:
    """What may be in no card at all, for it is a fault that no option names."""
    found = set()
    body = _body(query)
    for name, text in (("record", record), ("query", body)):
        days = [one.group() for one in _DATED.finditer(text)]
        if days != sorted(days):
            found.add(f"findings of the {name} out of order")
    subject = _subject(query)
    foreign = [word for word in re.findall(r"[a-z0-9]{3,}", subject.casefold()) if word not in _FRAME]
    if "title" not in faults(record, query) and any(word.rstrip("s") not in record.casefold() for word in foreign):
        found.add("subject names nothing of the record")
    named = [one for one in query_words.answers(body) if not _NOT_A_DIAGNOSIS.match(one.casefold())]
    new = [one for one in named if any(f" {name}" not in _documented(record) for name in _names(one))]
    denied = [one for one in named if re.search(r"without|\bno (separate|further)|\bnot\b", one) or one not in new]
    if len(named) > 1 and not denied:
        found.add("each answer brings in a diagnosis")
    if any(values.played_down(one, record) for one in named):
        found.add("a grave value called insignificant")
    other = re.search(r"stay of (?:19|20)\d\d(.*?)\.(?:\s|$)", body)
    if other and not about(other[1], 1) & _held(record):
        found.add("another stay about something else")
    if re.search(r"in your judgment", body) and not _quotes_both(record, body):
        found.add("notes that differ are not quoted")
    if re.search(r"yes", " ".join(query_words.answers(body)), re.IGNORECASE) and "ventilator" in body:
        found.add("yes or no where houses differ")
    return found


def _quotes_both(record: str, body: str) -> bool:
    """Whether a query names each provider of the documentation and, after the name, what that provider wrote."""
    notes = re.findall(r"(?<=[:;] )(\w+): ([^;.\n]+)", _documented(record))
    return all(re.search(rf"{who}(?: wrote|:)? {re.escape(said)}", body, re.IGNORECASE) for who, said in notes)


def misquoted(record: str, text: str) -> bool:
    """Whether a dated finding of a text, or a figure from before, does not stand so in the record."""
    held = [line for line in record.split("\n") if _DATED.match(line)]
    for one in _DATED.finditer(text):
        told = text[one.start() :]
        if not any(told.startswith((f"{line};", f"{line}.")) for line in held):
            return True
    before = re.search(r"before this stay: ([^;\n]*?)\.(?:\s|$)", text)
    return before is not None and f"Before this stay: {before[1]}" not in record


def _documented(record: str) -> str:
    return "\n".join(line for line in record.split("\n") if line.startswith("Documented:")).casefold()


def _held(record: str) -> set[str]:
    """What the findings and the documentation of a record are about."""
    lines = [line for line in record.split("\n") if _DATED.match(line) or line.startswith("Documented:")]
    return about("\n".join(lines), 0)


def _subject(query: str) -> str:
    found = re.search(r"^Subject: (.*)$", query, re.MULTILINE)
    return found[1] if found else ""


def _body(query: str) -> str:
    return "\n".join(line for line in query.split("\n") if not line.startswith(("Subject:", "To:")))


def _names(text: str) -> set[str]:
    """The diagnoses that a text names."""
    words = "sepsis|kidney injury|anemia|malnutrition|encephalopathy|respiratory failure|hyponatremia|hypokalemia"
    return set(re.findall(rf"{words}|obesity|infarction|pancytopenia", text.casefold()))


def _known(asked: str, documented: str) -> bool:
    """Whether the condition of a question stands in what was documented: most of its longer words do."""
    plain = re.sub(r"was|present|when|patient|admitted|inpatient|agree|finding|with|have|stay", "", asked.casefold())
    words = {word for word in re.findall(r"[a-z]{4,}", plain)}
    return sum(word in documented for word in words) * 3 >= 2 * len(words)
