"""Names and sentences that stand in the queries of the generator ``leading-query``."""

from __future__ import annotations

DOCTORS = (
    "Dr. Ames",
    "Dr. Boyd",
    "Dr. Cortez",
    "Dr. Dunn",
    "Dr. Ekberg",
    "Dr. Faro",
    "Dr. Grant",
    "Dr. Hale",
    "Dr. Ito",
)
#: Sentences about money, severity or quality, as people write them. They fit before a question and after it.
IMPACT = (
    "Your answer may move the stay into a higher-paying DRG.",
    "A specific answer can add an MCC to the stay.",
    "Without your answer the payer may deny the stay.",
    "Your answer affects the quality score of our hospital.",
    "Your answer is counted in our severity of illness figures.",
    "Your answer changes the expected mortality that is reported for your patients.",
    "Reimbursement for this stay depends on your answer.",
    "Your answer will show on your report card.",
    "We may lose a CC if this stays open.",
    "Our case-mix index has fallen this quarter.",
    "Auditors of the payer look at stays like this one.",
    "The hospital is paid more when this question is answered.",
)
#: Lines that are fair and change nothing.
FAIR = (
    "Please answer in an addendum.",
    "Thank you for your time.",
    "Please use your clinical judgment.",
    "Your answer will stand in the record as you write it.",
    "",
)
