"""Situations in which a diagnosis is documented and something about it is open, for the generator ``leading-query``.

Invented; no real patient. What the fields hold: ``leading_query_facts.Situation``.
"""

from __future__ import annotations

from course.questions.generators.leading_query_facts import Situation

DOCUMENTED: tuple[Situation, ...] = (
    Situation(
        purpose="specify", topic="the heart failure", documented="heart failure exacerbation",
        findings=("{0} BNP 2,150, legs swollen", "{0} furosemide 40 mg IV twice daily",
        "{1} echo: ejection fraction 30 percent"), about="heart failure",
        choices=("Acute on chronic systolic heart failure", "Acute systolic heart failure",
        "Chronic systolic heart failure"),
        strangers=("Acute blood loss anemia", "Sepsis", "Hepatic encephalopathy"),
        near=("Acute on chronic diastolic heart failure",),
        misquote=(("ejection fraction 30", "ejection fraction 60"), ("BNP 2,150", "BNP 215")),
        baseline="ejection fraction 35 percent on an echo",
    ),
    Situation(
        purpose="specify", topic="the cause of the pneumonia", documented="pneumonia",
        findings=("{0} film: right lower lobe infiltrate", "{1} sputum: heavy growth of MRSA",
        "{1} vancomycin in place of ceftriaxone"), about="pneumonia",
        choices=("Pneumonia due to MRSA", "Pneumonia of other cause, MRSA as colonization"),
        strangers=("Acute blood loss anemia", "Acute kidney injury", "Ischemic stroke"),
        near=("Pneumonia due to Pseudomonas", "Pneumonia due to Klebsiella"),
        misquote=(("heavy growth of MRSA", "heavy growth of Pseudomonas"), ("right lower lobe", "left upper lobe")),
    ),
    Situation(
        purpose="specify", topic="the chronic kidney disease", documented="chronic kidney disease",
        findings=("{0} eGFR 31", "{0} dose of gabapentin lowered for the kidneys", "{2} eGFR 27"),
        about="chronic kidney disease",
        choices=("Chronic kidney disease, stage 4", "Chronic kidney disease, stage 3b"),
        strangers=("Severe malnutrition", "Pneumonia", "Deep vein thrombosis"),
        near=("Chronic kidney disease, stage 2", "Chronic kidney disease, stage 5"),
        misquote=(("eGFR 27", "eGFR 17"), ("eGFR 31", "eGFR 51")), baseline="eGFR 29 in the clinic",
    ),
    Situation(
        purpose="specify", topic="the debridement", documented="ulcer of the left foot, debridement on {0}",
        findings=("{0} operative note: scalpel and forceps, cut away to bleeding tissue",
        "{1} wound nurse: muscle visible at the base"), about="debridement",
        choices=("Excisional debridement", "Nonexcisional debridement"),
        strangers=("Amputation of the toe", "Acute kidney injury", "Pneumonia"),
        near=("Excisional debridement of the right foot",),
        misquote=(("muscle visible", "bone visible"), ("scalpel and forceps", "water jet")),
    ),
    Situation(
        purpose="specify", topic="the anemia", documented="anemia", findings=("{0} hemoglobin 7.8, ferritin 6",
        "{0} vitamin B12 612", "{1} colonoscopy: oozing angiodysplasia, clipped", "{1} iron by vein"), about="anemia",
        choices=("Iron deficiency anemia due to chronic blood loss", "Acute on chronic blood loss anemia"),
        strangers=("Acute kidney injury", "Metabolic encephalopathy", "Type 2 myocardial infarction"),
        near=("Vitamin B12 deficiency anemia",),
        misquote=(("ferritin 6", "ferritin 160"), ("hemoglobin 7.8", "hemoglobin 5.8")),
        baseline="hemoglobin 11.2 in the clinic",
    ),
    Situation(
        purpose="poa", topic="the pressure ulcer", documented="stage 3 pressure ulcer of the sacrum (note of {2})",
        findings=("{0} nurse, two hours after the admission order: broken skin over the sacrum",
        "{0} H&P: skin intact", "{2} foam dressing, turned every 2 hours"), about="pressure ulcer of the sacrum",
        choices=(), misquote=(("two hours after", "two hours before"), ("skin intact", "stage 3 ulcer")),
    ),
    Situation(
        purpose="poa", topic="the deep vein thrombosis",
        documented="deep vein thrombosis of the left leg (note of {2})",
        findings=("{0} ED nurse: left calf larger than the right", "{2} ultrasound: clot in the left femoral vein",
        "{2} heparin drip"), about="deep vein thrombosis", choices=(),
        misquote=(("left calf larger than the right", "both calves alike"), ("heparin drip", "aspirin")),
    ),
    Situation(
        purpose="poa", topic="the pneumonia", documented="pneumonia (note of {2})",
        findings=("{0} cough and fever at the door, film clear", "{2} film: left lower lobe infiltrate",
        "{2} ceftriaxone"), about="pneumonia", choices=(),
        misquote=(("film clear", "film: infiltrate"), ("cough and fever", "no cough, no fever")),
    ),
    Situation(
        purpose="poa", topic="the urinary tract infection", documented="urinary tract infection (note of {2})",
        findings=("{0} catheter placed, urine cloudy", "{2} culture: more than 100,000 E. coli", "{2} ceftriaxone"),
        about="urinary tract infection", choices=(),
        misquote=(("urine cloudy", "urine clear"), ("E. coli", "Klebsiella")),
    ),
    Situation(
        purpose="cause", topic="the bleeding", documented="gastrointestinal bleeding; takes warfarin",
        findings=("{0} INR 6.2, black stool", "{0} warfarin held, vitamin K"), about="bleeding|warfarin",
        choices=("Bleeding due to warfarin", "Bleeding not related to warfarin"), near=("Bleeding due to apixaban",),
        misquote=(("INR 6.2", "INR 9.2"), ("INR 6.2", "INR 2.6")),
    ),
    Situation(
        purpose="cause", topic="the ileus", documented="ileus; colectomy on {0}",
        findings=("{1} hydromorphone pump", "{2} no bowel sounds, tube to suction", "{2} film: dilated loops"),
        about="ileus|colectomy", choices=("Ileus due to colectomy", "Ileus due to opioids"),
        near=("Ileus due to hernia repair",),
        misquote=(("hydromorphone pump", "fentanyl pump"), ("dilated loops", "loops of normal width")),
    ),
    Situation(
        purpose="cause", topic="the neuropathy", documented="peripheral neuropathy; cisplatin for four months",
        findings=("{0} both feet numb to the ankles", "{1} cisplatin dose lowered"), about="neuropathy|cisplatin",
        choices=("Neuropathy due to cisplatin", "Neuropathy not related to cisplatin"),
        near=("Neuropathy due to vincristine",),
        misquote=(("to the ankles", "to the knees"), ("dose lowered", "stopped")),
    ),
    Situation(
        purpose="cause", topic="the rash", documented="rash; amoxicillin since {0}",
        findings=("{1} rash on the trunk, amoxicillin stopped", "{2} rash fading"), about="rash|amoxicillin",
        choices=("Rash due to amoxicillin", "Rash not related to amoxicillin"), near=("Rash due to ceftriaxone",),
        misquote=(("rash fading", "rash spreading"), ("amoxicillin stopped", "ceftriaxone stopped")),
    ),
    Situation(
        purpose="report", topic="the pathology report",
        documented="colon mass, resected on {0}; pathologist: adenocarcinoma of the sigmoid colon",
        findings=("{2} pathology report: adenocarcinoma, margins clear", "{2} oncology visit planned"),
        about="pathologist|adenocarcinoma of the sigmoid colon", choices=(),
        misquote=(("margins clear", "margins involved"),),
    ),
    Situation(
        purpose="report", topic="the CT of the lumbar spine",
        documented="back pain after a fall; radiologist: compression fracture of L2",
        findings=("{0} CT of the lumbar spine: compression fracture of L2", "{0} brace, pain control"),
        about="radiologist|compression fracture of L2", choices=(),
        misquote=(("fracture of L2", "fracture of L4"), ("brace, pain control", "operation planned")),
    ),
    Situation(
        purpose="conflict", topic="the notes on the blood pressure",
        documented="attending: hypertensive urgency; cardiologist: hypertensive emergency",
        findings=("{0} blood pressure 224/128, headache", "{0} creatinine 1.9, nicardipine drip"),
        about="hypertensive emergency", choices=("Hypertensive emergency", "Hypertensive urgency"),
        strangers=("Acute blood loss anemia", "Pneumonia", "Ileus"),
        misquote=(("224/128", "242/138"), ("creatinine 1.9", "creatinine 2.9")),
    ),
    Situation(
        purpose="conflict", topic="the notes on the arm weakness",
        documented="attending: TIA; neurologist: acute ischemic stroke",
        findings=("{0} right arm weakness for 40 minutes", "{1} MRI: small focus of restricted diffusion, no blood",
        "{1} aspirin, clopidogrel"), about="acute ischemic stroke", choices=("Acute ischemic stroke", "TIA"),
        strangers=("Acute kidney injury", "Severe malnutrition", "Hypokalemia"), near=("Intracerebral hemorrhage",),
        misquote=(("40 minutes", "4 days"), ("aspirin, clopidogrel", "warfarin")),
    ),
    Situation(
        purpose="validate", topic="the acute respiratory failure",
        documented="acute respiratory failure in H&P and summary",
        findings=("{0} SpO2 95 percent on room air, respiratory rate 20",
        "{0} oxygen 2 L for comfort, off after 6 hours"), about="acute respiratory failure", choices=(),
        misquote=(("SpO2 95 percent", "SpO2 85 percent"), ("respiratory rate 20", "respiratory rate 30")),
    ),
    Situation(
        purpose="validate", topic="the sepsis", documented="sepsis and cellulitis in H&P and summary",
        findings=("{0} temperature 99.0 F, heart rate 84, lactate 1.0", "{0} cefazolin",
        "{1} cultures without growth"), about="sepsis", choices=(),
        misquote=(("lactate 1.0", "lactate 3.0"), ("heart rate 84", "heart rate 114")),
    ),
)  # fmt: skip
