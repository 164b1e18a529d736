"""Clinical situations that raise a query, for the generator ``leading-query``. Invented; no real patient.

Findings hold ``{0}``, ``{1}`` and ``{2}`` for the first three days of the stay and stand in the order of their dates.
"""

from __future__ import annotations

from typing import NamedTuple


class Situation(NamedTuple):
    """What a record holds and what it leaves open.

    ``purpose``: new (findings without a diagnosis), specify, poa, cause, report (a pathologist or radiologist wrote
    it), conflict, validate. ``topic``: what the record names and a subject line may name. ``documented``: what
    providers wrote. ``about``: the condition that the question is about, or "a|b" for a cause. ``choices``: answers
    that the findings support, the one a leading query names first; where nobody documented a diagnosis, another of
    them does without it. ``strangers``: answers about another part of the body. ``near``: answers about the same part
    that a value or a word of the record contradicts. ``misquote``: words of a finding, and what a careless query
    makes of them. ``earlier``: what another stay held. ``baseline``: a figure from before that bears on this stay.
    """

    purpose: str
    topic: str
    documented: str
    findings: tuple[str, ...]
    about: str
    choices: tuple[str, ...]
    misquote: tuple[tuple[str, str], ...]
    strangers: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    earlier: str = ""
    baseline: str = ""


#: Findings without a diagnosis.
NEW: tuple[Situation, ...] = (
    Situation(
        purpose="new", topic="creatinine values", documented="viral gastroenteritis with dehydration",
        findings=("{0} creatinine 2.0, BUN 48", "{0} saline 150 mL/h, lisinopril stopped", "{1} creatinine 1.4",
        "{2} creatinine 1.0"), about="acute kidney injury",
        choices=("Acute kidney injury", "Prerenal azotemia from dehydration, without kidney injury"),
        strangers=("Severe malnutrition", "Major depression", "Acute pancreatitis"),
        near=("Chronic kidney disease, stage 4",), misquote=(("creatinine 2.0", "creatinine 3.0"),
        ("creatinine 1.4", "creatinine 2.4")), earlier="creatinine 3.1, then 1.1; acute kidney injury documented",
        baseline="creatinine 0.9 in the clinic",
    ),
    Situation(
        purpose="new", topic="temperature, lactate and blood cultures", documented="urinary tract infection",
        findings=("{0} temperature 102.9 F, heart rate 124, lactate 3.8", "{0} saline 30 mL/kg, ceftriaxone IV",
        "{1} blood cultures: E. coli, 2 of 2"), about="sepsis",
        choices=("Sepsis due to E. coli", "Urinary tract infection with bacteremia, without sepsis"),
        strangers=("Acute blood loss anemia", "Ischemic stroke", "Severe malnutrition"),
        near=("Sepsis due to MRSA", "Sepsis due to Klebsiella"), misquote=(("lactate 3.8", "lactate 5.8"),
        ("heart rate 124", "heart rate 142")), earlier="temperature 103.1 F, lactate 4.4; sepsis documented",
    ),
    Situation(
        purpose="new", topic="hemoglobin values", documented="hip fracture, nailed on {0}",
        findings=("{0} hemoglobin 12.9", "{1} hemoglobin 9.1, heart rate 104, ferritin 210",
        "{2} hemoglobin 8.8, counts every 12 hours"), about="acute blood loss anemia",
        choices=("Acute blood loss anemia", "Fall in hemoglobin expected after the operation, no separate diagnosis"),
        strangers=("Metabolic encephalopathy", "Hyponatremia", "Acute pancreatitis"), near=("Iron deficiency anemia",),
        misquote=(("hemoglobin 9.1", "hemoglobin 7.1"), ("heart rate 104", "heart rate 140")),
        earlier="hemoglobin 6.8, red cells given; acute blood loss anemia documented",
        baseline="hemoglobin 13.1 in the clinic",
    ),
    Situation(
        purpose="new", topic="the nutrition assessment", documented="esophageal cancer",
        findings=("{0} weight loss of 15 percent in 3 months",
        "{1} nutrition assessment, dietitian: severe muscle loss at temples and shoulders", "{1} tube feeding begun"),
        about="severe malnutrition", choices=("Severe malnutrition", "Cachexia without malnutrition"),
        strangers=("Acute kidney injury", "Chronic hepatitis C", "Deep vein thrombosis"), near=("Mild malnutrition",),
        misquote=(("15 percent in 3 months", "25 percent in 3 months"), ("in 3 months", "in 3 weeks")),
        earlier="muscle loss seen by the dietitian; severe malnutrition documented",
    ),
    Situation(
        purpose="new", topic="mental status", documented="urinary tract infection, confusion",
        findings=("{0} mental status: not oriented to place or date, clear at home per family",
        "{1} EEG: diffuse slowing", "{1} ammonia 24", "{2} oriented again on ceftriaxone"),
        about="metabolic encephalopathy",
        choices=("Metabolic encephalopathy", "Delirium without encephalopathy"),
        strangers=("Acute blood loss anemia", "Severe malnutrition", "Ileus"), near=("Hepatic encephalopathy",),
        misquote=(("ammonia 24", "ammonia 84"), ("clear at home per family", "not clear at home per family")),
        earlier="EEG with diffuse slowing; metabolic encephalopathy documented",
    ),
    Situation(
        purpose="new", topic="respiratory rate and blood gas", documented="COPD exacerbation",
        findings=("{0} respiratory rate 28, uses neck muscles", "{0} blood gas: pH 7.33, pCO2 53, pO2 57",
        "{0} BiPAP for 4 hours"), about="acute respiratory failure",
        choices=("Acute respiratory failure with hypoxia and hypercapnia",
        "COPD exacerbation without acute respiratory failure"),
        strangers=("Acute kidney injury", "Major depression", "Obesity, class 2"),
        near=("Acute respiratory failure with hypoxia, without hypercapnia",),
        misquote=(("respiratory rate 28", "respiratory rate 38"), ("for 4 hours", "for 40 hours")),
        earlier="pCO2 71, BiPAP; acute respiratory failure documented",
    ),
    Situation(
        purpose="new", topic="sodium values", documented="weakness",
        findings=("{0} sodium 131", "{0} sodium checked every 12 hours, no other treatment", "{2} sodium 136"),
        about="hyponatremia", choices=("Hyponatremia", "Low sodium value, no separate diagnosis"),
        strangers=("Acute respiratory failure", "Sepsis", "Pneumonia"), near=("Hypernatremia",),
        misquote=(("sodium 131", "sodium 121"), ("every 12 hours", "every 2 hours")),
        earlier="sodium 124; hyponatremia documented", baseline="sodium 138 in the clinic",
    ),
    Situation(
        purpose="new", topic="potassium values", documented="vomiting",
        findings=("{0} potassium 3.3, ECG normal", "{0} one dose of potassium chloride by mouth", "{1} potassium 3.8"),
        about="hypokalemia", choices=("Hypokalemia", "Low potassium value, no separate diagnosis"),
        strangers=("Severe malnutrition", "Pneumonia", "Hepatic encephalopathy"), near=("Hyperkalemia",),
        misquote=(("potassium 3.3", "potassium 2.3"), ("by mouth", "by vein")),
        earlier="potassium 2.7; hypokalemia documented",
    ),
    Situation(
        purpose="new", topic="the BMI", documented="osteoarthritis, knee replaced on {0}",
        findings=("{0} dietitian: BMI 36.4", "{0} anesthesia: difficult airway planned for",
        "{1} dietitian: plan for weight loss at home"), about="obesity",
        choices=("Obesity, class 2", "High body mass index, no separate diagnosis"),
        strangers=("Acute respiratory failure", "Chronic hepatitis C", "Acute kidney injury"),
        near=("Obesity, class 3",), misquote=(("BMI 36.4", "BMI 46.4"),
        ("difficult airway planned for", "no trouble with the airway expected")),
        earlier="BMI 37.0; obesity, class 2, documented",
    ),
    Situation(
        purpose="new", topic="troponin values", documented="rapid atrial fibrillation, chest pressure",
        findings=("{0} troponin 0.04, then 0.61, then 0.22", "{0} ECG: rate 158, no ST elevation",
        "{0} rate control, cardiology consult"), about="myocardial infarction",
        choices=("Type 2 myocardial infarction", "Acute myocardial injury without infarction"),
        strangers=("Severe malnutrition", "Sepsis", "Peripheral neuropathy"),
        near=("ST elevation myocardial infarction",),
        misquote=(("then 0.61", "then 6.1"), ("no ST elevation", "ST elevation in II and III")),
        earlier="troponin 1.9, then 0.8; myocardial infarction documented",
    ),
    Situation(
        purpose="new", topic="white cells, hemoglobin and platelets",
        documented="acute leukemia, last chemotherapy ten days ago",
        findings=("{0} white cells 1.9, hemoglobin 9.4, platelets 78", "{0} next dose put off",
        "{1} counts repeated, no change"),
        about="pancytopenia",
        choices=("Pancytopenia", "Fall in blood counts expected after chemotherapy, no separate diagnosis"),
        strangers=("Acute kidney injury", "Major depression", "Ileus"),
        near=("Isolated neutropenia, platelets not affected",),
        misquote=(("white cells 1.9", "white cells 0.9"), ("platelets 78", "platelets 18")),
        earlier="white cells 0.9, platelets 31; pancytopenia documented",
    ),
    Situation(
        purpose="new", topic="ammonia values", documented="alcohol use disorder, drowsy",
        findings=("{0} ammonia 148, asterixis, glucose 104", "{0} lactulose four times a day",
        "{2} awake, ammonia 62"), about="hepatic encephalopathy",
        choices=("Hepatic encephalopathy", "Drowsiness from alcohol, without encephalopathy"),
        strangers=("Severe malnutrition", "Pneumonia", "Acute blood loss anemia"),
        near=("Encephalopathy due to hypoglycemia",), misquote=(("ammonia 148", "ammonia 248"),
        ("glucose 104", "glucose 44")), earlier="ammonia 130; hepatic encephalopathy documented",
    ),
)  # fmt: skip
