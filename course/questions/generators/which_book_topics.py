"""The words of the notes for ``hcpcs_or_cpt.csv``: how a service is told, and which codes tempt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Topic(NamedTuple):
    """``told``: ways in which a note says the service. ``slips``: code -> why not. ``male``: None for anybody.
    ``needs``: what the payer line adds for a payer other than Medicare."""

    told: tuple[str, ...]
    slips: Mapping[str, str]
    male: bool | None = None
    needs: str = ""


_SHOT = {
    "96372": "That is a shot of a drug. A vaccine has codes of its own for being given.",
    "90472": "That is a further vaccine of the day. This is the one of the visit.",
}
_G_VACCINES = "The G codes are for flu, pneumonia and hepatitis B."
TOPICS = {
    "flu": Topic(
        (
            "Flu vaccine given into the arm, no other shot today",
            "High-dose flu vaccine by needle, the one shot of the visit",
        ),
        {"G0009": "That is for the pneumonia vaccine.", **_SHOT},
    ),
    "pneumonia": Topic(
        ("Pneumococcal vaccine given into the arm, no other shot today", "PCV20 by needle, the one shot of the visit"),
        {"G0008": "That is for the flu vaccine.", **_SHOT},
    ),
    "hepatitis-b": Topic(
        (
            "Hepatitis B vaccine given, patient at risk (dialysis), no other shot today",
            "First hepatitis B vaccine by needle, diabetic, the one shot of the visit",
        ),
        {"G0008": "That is for the flu vaccine.", **_SHOT},
    ),
    "tetanus": Topic(
        ("Tetanus vaccine given for a dirty cut, no other shot today", "Td by needle after a rusty nail, the one shot"),
        {"G0008": _G_VACCINES, **_SHOT, "G0010": _G_VACCINES},
    ),
    "colon-average": Topic(
        (
            "Colonoscopy for screening, average risk, nothing found",
            "Screening colonoscopy, no family history, no polyp, last one 11 years ago",
        ),
        {
            "G0105": "That is screening at high risk.",
            "45378": "A preventive service needs to be told as one.",
            "G0104": "That is the short scope.",
            "45380": "Nothing was sampled.",
        },
    ),
    "colon-high": Topic(
        (
            "Screening colonoscopy, brother with colon cancer, nothing found",
            "Colonoscopy for screening, own adenomas in the past, no polyp today",
        ),
        {
            "G0121": "That is screening at average risk.",
            "45378": "A preventive service needs to be told as one.",
            "G0104": "That is the short scope.",
            "45380": "Nothing was sampled.",
        },
    ),
    "sigmoid": Topic(
        (
            "Flexible sigmoidoscopy for screening, nothing found",
            "Screening flexible sigmoidoscopy to the splenic flexure, no polyp",
        ),
        {
            "G0121": "That is the whole colon.",
            "45378": "That is the whole colon.",
            "45330": "A preventive service needs to be told as one.",
        },
    ),
    "colon-bleeding": Topic(
        (
            "Colonoscopy for blood in the stool, diverticula seen, nothing taken",
            "Colonoscopy for months of diarrhea, whole colon normal, nothing taken",
        ),
        {
            "G0121": "That is screening. There was a complaint.",
            "45378-33": "33 is for prevention. There was a complaint.",
            "45380": "Nothing was sampled.",
            "G0105": "That is screening.",
        },
    ),
    "sedation": Topic(
        (
            "Moderate sedation by the endoscopist during an upper scope, 15 minutes, nurse watching",
            "Sedation for the gastroscopy, given by the gastroenterologist who does it, 16 minutes, nurse watching",
        ),
        {"99153": "That is for further quarter hours.", "00731": "That is for an anesthesia provider."},
    ),
    "current": Topic(
        (
            "Current on the muscles of the low back, therapist out of the room, 20 minutes",
            "Electrical stimulation of the knee, nobody stays beside, 15 minutes",
        ),
        {
            "97032": "For that the therapist stays at hand.",
            "97110": "That is exercise.",
            "G0281": "That is for deep sores and ulcers.",
        },
    ),
    "current-attended": Topic(
        (
            "Electrical stimulation of the knee, therapist at hand all the time, 15 minutes",
            "Current on the shoulder muscles, the therapist stays and guides it, 16 minutes",
        ),
        {
            "G0283": "That is for current while nobody stays beside.",
            "97014": "That is for current while nobody stays beside.",
            "97110": "That is exercise.",
        },
    ),
    "glue-body": Topic(
        (
            "A 2 cm cut of the forearm closed with glue and nothing else",
            "Cut of the scalp, 1.5 cm: edges glued, no stitches",
        ),
        {"12002": "That begins beyond 2.5 cm.", "12011": "That is the face.", "12031": "That is a layered closure."},
    ),
    "glue-face": Topic(
        (
            "A 2 cm cut of the chin closed with glue and nothing else",
            "Cut of the cheek, 1.5 cm: edges glued, no stitches",
        ),
        {"12001": "That is body and scalp.", "12013": "That begins beyond 2.5 cm."},
    ),
    "stitched": Topic(
        (
            "A 2 cm cut of the forearm closed with three stitches, glue on top",
            "Cut of the scalp, 2.2 cm: four stitches in one layer, then glue",
        ),
        {
            "G0168": "That is glue alone. There were stitches.",
            "12002": "That begins beyond 2.5 cm.",
            "12011": "That is the face.",
        },
    ),
    "wellness-first": Topic(
        ("First yearly wellness visit: risk questionnaire, prevention plan; the Welcome visit was last year",),
        {
            "G0439": "That is a later wellness visit.",
            "99387": "That is a new patient.",
            "99214": "There was no problem to treat.",
            "G0402": "The Welcome visit was last year.",
        },
    ),
    "wellness-later": Topic(
        (
            "Yearly wellness visit: risk questionnaire, prevention plan updated; last year's was the first",
            "Yearly wellness visit: questionnaire, prevention plan updated; two in the years before",
        ),
        {
            "G0438": "That is the first wellness visit.",
            "99387": "That is a new patient.",
            "99214": "There was no problem to treat.",
            "G0402": "That is for the first year of Part B.",
        },
    ),
    "pelvic": Topic(
        (
            "Screening, no complaint: pelvis and breasts examined, Pap smear taken, none for years",
            "Screening pelvic and breast exam, Pap smear taken, last one ten years ago, no complaint",
        ),
        {
            "G0101": "That leaves the smear out.",
            "99397 and Q0091": "The preventive visit of CPT holds taking the smear.",
            "99214": "There was no problem to treat.",
            "G0123": "That is the laboratory's reading.",
        },
        False,
    ),
    "psa": Topic(
        ("PSA for yearly screening, no complaint", "PSA, screening, first ever"),
        {"G0102": "That is the exam by finger.", "99397": "That is a visit. The blood test is asked for."},
        True,
    ),
    "psa-followed": Topic(
        ("PSA six months after surgery for prostate cancer", "PSA to follow prostate cancer under radiation"),
        {
            "G0103": "That is screening. The cancer is known.",
            "G0102": "That is the exam by finger.",
            "99397": "That is a visit. The blood test is asked for.",
        },
        True,
    ),
    "stool": Topic(
        ("Stool test for hidden blood by antibodies, screening", "FIT kit for screening, one sample"),
        {"82270": "That is the older card test, without antibodies.", "G0121": "That is a scope."},
    ),
    "hepatitis-c": Topic(
        (
            "Hepatitis C antibody, screening for past injection use, no complaint",
            "Screening for hepatitis C, high risk: antibody test",
        ),
        {"G0475": "That is for HIV.", "87389": "That is for HIV.", "G0499": "That is for hepatitis B."},
    ),
    "hiv": Topic(
        (
            "HIV screening, raised risk, antigen and antibodies in one test",
            "Combined HIV test (antigen and antibodies), screening at raised risk",
        ),
        {"G0432": "That is antibodies alone.", **dict.fromkeys(("86803", "G0472"), "That is for hepatitis C.")},
    ),
    "pap": Topic(
        (
            "Laboratory: thin-layer Pap smear for screening, read by a technologist",
            "Cytology laboratory, screening Pap in fluid, read by hand by the technologist",
        ),
        {
            "Q0091": "That is taking the smear.",
            "P3000": "That is the older smear on glass.",
            "88141": "That is a physician who reads an abnormal one.",
        },
        False,
    ),
    "opiates": Topic(
        (
            "Urine: opiates confirmed by mass spectrometry, no other class",
            "Pain clinic, urine: one class confirmed by mass spectrometry, opiates",
        ),
        {
            "80305": "That is a screen read by eye.",
            "80307": "That is a screen on an analyzer.",
            "G0481": "That is for eight to fourteen classes.",
        },
    ),
    "tomosynthesis": Topic(
        (
            "3-D images beside the diagnostic mammogram of both breasts (77066 is on the claim)",
            "Diagnostic mammogram of both breasts (77066); added: 3-D views",
        ),
        {
            "77063": "That goes with a screening mammogram.",
            "77067": "That is the screening mammogram itself.",
            "76700": "That is ultrasound of the belly.",
        },
        False,
    ),
    "alcohol": Topic(
        (
            "AUDIT alcohol questionnaire, score 12, and the physician's brief intervention, 20 minutes in all",
            "Alcohol: AUDIT score 16, the physician's brief intervention follows, 25 minutes in all",
        ),
        {
            "G0442": "That is the yearly screening alone.",
            "99406": "That is tobacco.",
            "G0443": "That is the short counseling alone.",
        },
    ),
    "home-health": Topic(
        (
            "Month of May: physician oversees the home health care, plans changed, 38 minutes by log",
            "Home health agency, month of March: orders, calls and plan by the physician, 45 minutes by log",
        ),
        {"G0182": "That is for hospice.", "99378": "That is for hospice.", "99214": "Nobody was seen."},
    ),
    "hospice": Topic(
        (
            "Month of May: physician oversees the hospice care, plans changed, 38 minutes by log",
            "Hospice patient, month of March: orders, calls and plan by the physician, 45 minutes by log",
        ),
        {
            **dict.fromkeys(("G0181", "99375"), "That is for home health care."),
            "99214": "Nobody was seen.",
        },
    ),
    "cores": Topic(
        (
            "Pathologist: {n} needle samples of the prostate, each in a container of its own",
            "Prostate, {n} needle samples, {n} containers, read under the microscope",
        ),
        {"88307": "That is for larger specimens.", "G0103": "That is a blood test."},
        True,
        "goes by CPT, each container counts",
    ),
    "cast": Topic(
        (
            "Broken wrist, week 3: new short arm cast; the line is for the fiberglass",
            "Short arm cast renewed after swelling; the line is for the fiberglass",
        ),
        {
            "Q4009": "That is plaster.",
            "Q4012": "That is for children up to 10.",
            "29075": "That is putting it on. The material is asked for.",
        },
        None,
        "takes CPT numbers alone",
    ),
}
