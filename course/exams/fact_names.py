"""What the facts about the exams are called, in the order in which one reads them, and which of them one compares."""

from __future__ import annotations

#: Fact -> what it is called, in the order in which one reads them.
LABELS = {
    "full_name": "Full name",
    "body": "Given by",
    "setting": "For work in",
    "items": "Questions",
    "scored": "Scored",
    "item_kinds": "Kinds of question",
    "domains": "What is asked",
    "minutes": "Time",
    "pass_line": "To pass",
    "fee": "Exam fee",
    "membership": "Membership",
    "membership_fee": "Membership fee",
    "prerequisite": "Needed before",
    "recommended": "Advised before",
    "window": "After you apply",
    "delivery": "Where you sit",
    "home": "At home",
    "books": "Code books",
    "book_year": "Year of the books",
    "aids": "Other aids",
    "navigation": "During the exam",
    "code_sets": "Code sets tested",
    "retake": "After a fail",
    "retake_fee": "Fee for another sitting",
    "refund": "Changing the date",
    "late_change_fee": "Fee for a late change",
    "refund_fee": "Kept back of a refund",
    "no_show": "Not there, or late",
    "arrive": "On the day",
    "extension_fee": "Fee for a longer window",
    "renewal": "To keep it",
    "renewal_fee": "Fee to keep it",
    "reinstatement": "After it was cancelled",
    "holders": "Active holders",
    "pass_rate": "Who passed",
    "pass_rate_2020": "Who passed in 2020",
    "course": "Course",
    "status": "Still offered",
    "what": "What it is",
    "way_work": "Without the A: by work",
    "way_work_and_course": "Without the A: by work and a course",
    "way_course_and_practice": "Without the A: by course and practice",
    "letter": "Proof of work",
    "practicode": "Practicode",
    "icd_edition": "New ICD-10 codes",
    "cpt_edition": "New CPT codes",
    "hcpcs_edition": "New HCPCS codes",
    "study_weeks": "How long people study",
    "course_hours": "A course that counts",
}
#: What a comparison shows first: what one has to know to choose.
ESSENTIAL = (
    *("full_name", "body", "setting", "items", "minutes", "pass_line", "fee", "membership", "membership_fee"),
    *("code_sets", "prerequisite", "recommended", "retake", "renewal"),
)
#: What stands below that.
FURTHER = (
    *("item_kinds", "domains", "window", "delivery", "books", "book_year", "renewal_fee", "holders"),
    "pass_rate",
)
COMPARED = (*ESSENTIAL, *FURTHER)
