"""Clinical situations that raise a query, for the generator ``leading-query``. Invented; no real patient.

Findings hold ``{0}``, ``{1}`` and ``{2}`` for the first three days of the stay.
"""

from __future__ import annotations

from typing import NamedTuple


class Situation(NamedTuple):
    """What a record holds and what it leaves open.

    ``purpose``: new (findings without a diagnosis), specify, poa, cause, report (a pathologist or radiologist wrote
    it), conflict, validate. ``documented``: what providers wrote. ``about``: the condition that the question is about,
    or "a|b" for a cause. ``choices``: answers that the findings support, the one a leading query names first.
    ``stranger``: an answer that nothing in the findings supports. ``earlier``: a diagnosis of another stay that
    nothing in this one points to. ``baseline``: a figure from before that bears on this stay.
    """

    purpose: str
    topic: str
    documented: str
    findings: tuple[str, ...]
    about: str
    choices: tuple[str, ...]
    stranger: str = ""
    earlier: str = ""
    baseline: str = ""


ANEMIA = "Acute blood loss anemia"
KIDNEY = "Acute kidney injury"
STARVED = "Severe malnutrition"
LUNGS = "Acute respiratory failure"
BRAIN = "Metabolic encephalopathy"
MOOD = "Major depression"
LIVER = "Chronic hepatitis C"

SITUATIONS: tuple[Situation, ...] = (
    Situation(
        purpose="new", topic="creatinine values", documented="viral gastroenteritis with dehydration",
        findings=("{0} creatinine 2.6, BUN 48", "{1} creatinine 1.6, {2} creatinine 1.0",
        "{0} saline 150 mL/h, lisinopril stopped"), about="acute kidney injury",
        choices=(KIDNEY, "Dehydration without kidney injury"), stranger=STARVED, earlier=MOOD,
        baseline="creatinine 0.9 in the clinic",
    ),
    Situation(
        purpose="new", topic="vital signs and cultures", documented="urinary tract infection",
        findings=("{0} temperature 102.9 F, heart rate 124, lactate 3.8", "{1} blood cultures: E. coli, 2 of 2",
        "{0} saline 30 mL/kg, ceftriaxone IV"), about="sepsis",
        choices=("Sepsis due to E. coli", "Urinary tract infection with bacteremia, without sepsis"), stranger=ANEMIA,
        earlier=LIVER,
    ),
    Situation(
        purpose="new", topic="hemoglobin values", documented="hip fracture, nailed on day 1",
        findings=("{0} hemoglobin 12.9", "{1} hemoglobin 7.0, heart rate 112", "{1} two units of red cells"),
        about="acute blood loss anemia", choices=(ANEMIA, "Fall in hemoglobin without anemia"), stranger=BRAIN,
        earlier=MOOD, baseline="hemoglobin 13.1 in the clinic",
    ),
    Situation(
        purpose="new", topic="the nutrition assessment", documented="esophageal cancer",
        findings=("{0} weight loss of 15 percent in 3 months",
        "{1} dietitian: severe muscle loss at temples and shoulders", "{1} tube feeding begun"),
        about="severe malnutrition", choices=(STARVED, "Cachexia without malnutrition"), stranger=KIDNEY,
        earlier=LIVER,
    ),
    Situation(
        purpose="new", topic="mental status", documented="urinary tract infection, confusion",
        findings=("{0} not oriented to place or date, clear at home per family", "{1} EEG: diffuse slowing",
        "{2} oriented again on ceftriaxone"), about="metabolic encephalopathy",
        choices=(BRAIN, "Delirium without encephalopathy"), stranger=ANEMIA, earlier=STARVED,
    ),
    Situation(
        purpose="new", topic="breathing and blood gas", documented="COPD exacerbation",
        findings=("{0} respiratory rate 34, uses neck muscles", "{0} blood gas: pH 7.28, pCO2 64, pO2 52",
        "{0} BiPAP for 14 hours"), about="acute respiratory failure",
        choices=("Acute respiratory failure with hypoxia and hypercapnia",
        "COPD exacerbation without respiratory failure"), stranger=KIDNEY, earlier=MOOD,
    ),
    Situation(
        purpose="new", topic="sodium values", documented="weakness",
        findings=("{0} sodium 119", "{0} fluids restricted, sodium every 6 hours", "{2} sodium 131"),
        about="hyponatremia", choices=("Hyponatremia", "Low sodium of no clinical significance"), stranger=LUNGS,
        earlier=STARVED, baseline="sodium 138 in the clinic",
    ),
    Situation(
        purpose="new", topic="potassium values", documented="vomiting",
        findings=("{0} potassium 2.4, ECG with flat T waves", "{0} potassium chloride by vein, telemetry",
        "{1} potassium 3.7"), about="hypokalemia",
        choices=("Hypokalemia", "Low potassium of no clinical significance"), stranger=STARVED, earlier=LIVER,
    ),
    Situation(
        purpose="new", topic="body mass index", documented="osteoarthritis, knee replaced on day 1",
        findings=("{0} dietitian: BMI 43.6", "{0} anesthesia: difficult airway planned for",
        "{1} two more staff for each turning"), about="severe obesity",
        choices=("Obesity, class 3", "Body mass index of no clinical significance"), stranger=LUNGS, earlier=LIVER,
    ),
    Situation(
        purpose="new", topic="troponin values", documented="rapid atrial fibrillation, chest pressure",
        findings=("{0} troponin 0.04, then 0.61, then 0.22", "{0} ECG: rate 158, no ST elevation",
        "{0} rate control, cardiology consult"), about="myocardial infarction",
        choices=("Type 2 myocardial infarction", "Acute myocardial injury without infarction"), stranger=STARVED,
        earlier=MOOD,
    ),
    Situation(
        purpose="new", topic="blood counts", documented="acute leukemia, fever, last chemotherapy ten days ago",
        findings=("{0} white cells 0.7, hemoglobin 7.4, platelets 22",
        "{0} filgrastim; {1} platelets and red cells given"), about="pancytopenia",
        choices=("Pancytopenia due to chemotherapy", "Pancytopenia due to leukemia"), stranger=KIDNEY, earlier=LIVER,
    ),
    Situation(
        purpose="new", topic="bilirubin and ammonia", documented="alcohol use disorder, drowsy",
        findings=("{0} ammonia 148, asterixis", "{0} lactulose four times a day", "{2} awake, ammonia 62"),
        about="hepatic encephalopathy",
        choices=("Hepatic encephalopathy", "Drowsiness from alcohol without encephalopathy"), stranger=STARVED,
        earlier=MOOD,
    ),
    Situation(
        purpose="specify", topic="the heart failure", documented="heart failure exacerbation",
        findings=("{0} BNP 2,150, legs swollen", "{1} echo: ejection fraction 30 percent",
        "{0} furosemide 40 mg IV twice daily"), about="heart failure",
        choices=("Acute on chronic systolic heart failure", "Acute systolic heart failure",
        "Chronic systolic heart failure"), stranger=ANEMIA, baseline="ejection fraction 35 percent on an echo",
    ),
    Situation(
        purpose="specify", topic="the cause of the pneumonia", documented="pneumonia",
        findings=("{0} film: right lower lobe infiltrate", "{1} sputum: heavy growth of MRSA",
        "{1} vancomycin in place of ceftriaxone"), about="pneumonia",
        choices=("Pneumonia due to MRSA", "Pneumonia, MRSA as colonization"), stranger=ANEMIA,
    ),
    Situation(
        purpose="specify", topic="the chronic kidney disease", documented="chronic kidney disease",
        findings=("{0} eGFR 31, {2} eGFR 27", "{0} dose of gabapentin lowered for the kidneys"),
        about="chronic kidney disease",
        choices=("Chronic kidney disease, stage 4", "Chronic kidney disease, stage 3b"), stranger=STARVED,
        baseline="eGFR 29 in the clinic",
    ),
    Situation(
        purpose="specify", topic="the wound procedure", documented="foot ulcer, debridement on day 1",
        findings=("{0} operative note: scalpel and forceps, cut away to bleeding tissue",
        "{1} wound nurse: muscle visible at the base"), about="debridement",
        choices=("Excisional debridement", "Nonexcisional debridement"), stranger="Amputation of the toe",
    ),
    Situation(
        purpose="specify", topic="the anemia", documented="anemia", findings=("{0} hemoglobin 7.8, ferritin 6",
        "{1} colonoscopy: oozing angiodysplasia, clipped", "{1} iron by vein"), about="anemia",
        choices=("Iron deficiency anemia due to chronic blood loss", "Acute on chronic blood loss anemia"),
        stranger=KIDNEY, baseline="hemoglobin 11.2 in the clinic",
    ),
    Situation(
        purpose="poa", topic="the sacral ulcer", documented="stage 3 pressure ulcer of the sacrum (note of {2})",
        findings=("{0} nurse, two hours after the order: broken skin over the sacrum", "{0} H&P: skin intact",
        "{2} foam dressing, turned every 2 hours"), about="pressure ulcer of the sacrum", choices=(),
    ),
    Situation(
        purpose="poa", topic="the clot in the leg", documented="deep vein thrombosis of the left leg (note of {2})",
        findings=("{0} ED nurse: left calf larger than the right", "{2} ultrasound: clot in the left femoral vein",
        "{2} heparin drip"), about="deep vein thrombosis", choices=(),
    ),
    Situation(
        purpose="poa", topic="the pneumonia", documented="pneumonia (note of {2})",
        findings=("{0} cough and fever at the door, film clear", "{2} film: left lower lobe infiltrate",
        "{2} ceftriaxone"), about="pneumonia", choices=(),
    ),
    Situation(
        purpose="poa", topic="the urinary infection", documented="urinary tract infection (note of {2})",
        findings=("{0} catheter placed, urine cloudy", "{2} culture: more than 100,000 E. coli", "{2} ceftriaxone"),
        about="urinary tract infection", choices=(),
    ),
    Situation(
        purpose="cause", topic="the bleeding", documented="gastrointestinal bleeding; takes warfarin",
        findings=("{0} INR 6.2, black stool", "{0} warfarin held, vitamin K"), about="bleeding|warfarin",
        choices=("Bleeding due to warfarin", "Bleeding not related to warfarin"),
    ),
    Situation(
        purpose="cause", topic="the ileus", documented="ileus; colectomy on day 1",
        findings=("{2} no bowel sounds, tube to suction", "{2} film: dilated loops", "{1} hydromorphone pump"),
        about="ileus|colectomy", choices=("Ileus due to colectomy", "Ileus due to opioids"),
    ),
    Situation(
        purpose="cause", topic="the neuropathy", documented="peripheral neuropathy; cisplatin since March",
        findings=("{0} both feet numb to the ankles", "{1} cisplatin dose lowered"), about="neuropathy|cisplatin",
        choices=("Neuropathy due to cisplatin", "Neuropathy not related to cisplatin"),
    ),
    Situation(
        purpose="cause", topic="the pneumonia on the ventilator",
        documented="pneumonia; on the ventilator since day 1",
        findings=("{0} intubated", "{2} new infiltrate, thick sputum", "{2} cefepime"), about="pneumonia|ventilator",
        choices=("Pneumonia due to the ventilator", "Pneumonia not related to the ventilator"),
    ),
    Situation(
        purpose="report", topic="the pathology report",
        documented="colon mass, resected on day 1; pathologist: adenocarcinoma of the sigmoid colon",
        findings=("{2} pathology: adenocarcinoma, margins clear", "{2} oncology visit planned"),
        about="pathologist|adenocarcinoma of the sigmoid colon", choices=(),
    ),
    Situation(
        purpose="report", topic="the spine film",
        documented="back pain after a fall; radiologist: compression fracture of L2",
        findings=("{0} CT: compression fracture of L2", "{0} brace, pain control"),
        about="radiologist|compression fracture of L2", choices=(),
    ),
    Situation(
        purpose="conflict", topic="two notes on the blood pressure",
        documented="attending: hypertensive urgency; cardiologist: hypertensive emergency",
        findings=("{0} blood pressure 224/128, headache", "{0} creatinine 1.9, nicardipine drip"),
        about="hypertensive emergency", choices=("Hypertensive emergency", "Hypertensive urgency"), stranger=ANEMIA,
    ),
    Situation(
        purpose="conflict", topic="two notes on the weakness",
        documented="attending: TIA; neurologist: acute ischemic stroke", findings=("{0} right arm weak for 40 minutes",
        "{1} MRI: small focus of restricted diffusion", "{1} aspirin, clopidogrel"), about="acute ischemic stroke",
        choices=("Acute ischemic stroke", "TIA"), stranger=KIDNEY,
    ),
    Situation(
        purpose="validate", topic="the respiratory failure", documented="acute respiratory failure in H&P and summary",
        findings=("{0} SpO2 95 percent on room air, respiratory rate 20",
        "{0} oxygen 2 L for comfort, off after 6 hours"), about="acute respiratory failure", choices=(),
    ),
    Situation(
        purpose="validate", topic="the sepsis", documented="sepsis and cellulitis in H&P and summary",
        findings=("{0} temperature 99.0 F, heart rate 84, lactate 1.0", "{1} cultures without growth",
        "{0} cefazolin"), about="sepsis", choices=(),
    ),
)  # fmt: skip

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
#: Sentences about money, severity or quality. They say it in different words, as people do.
IMPACT = (
    "This would move the stay into a higher DRG.",
    "As an MCC it makes a difference.",
    "Otherwise the payer may deny the claim.",
    "Our quality score suffers without it.",
    "It raises the severity of illness of your patients.",
    "The expected mortality of the unit depends on it.",
    "Reimbursement for this stay is at stake.",
    "A complete answer improves your report card.",
    "It is a CC.",
    "Without it the case-mix index falls.",
    "Auditors look at this kind of case.",
    "It decides whether we are paid for day 4.",
)
#: Lines that are fair and change nothing.
FAIR = (
    "Please answer in an addendum.",
    "Thank you for your time.",
    "Please use your clinical judgment.",
    "Your answer will stand in the record as you write it.",
    "",
)
