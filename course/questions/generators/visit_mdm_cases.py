"""The illnesses behind drawn visits: sentences of a note, each standing for one element of ``em_elements.csv``."""

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    """A sort of visit. ``problems``: (name of the illness, element, sentence); of one illness at most one is drawn.
    ``take``: how many illnesses. ``data``, ``risks``: (element, sentence, illnesses or elements that it goes with, ""
    for any); of the risks one is drawn."""

    categories: tuple[str, ...]
    ages: tuple[int, int]
    problems: tuple[tuple[str, str, str], ...]
    take: tuple[int, int]
    data: tuple[tuple[str, str, str], ...]
    risks: tuple[tuple[str, str, str], ...]


_OFFICE = ("office-new", "office-established")
_OLD = ("office-established",)
_WARD = ("hospital-subsequent",)
_FIRST = ("hospital-initial",)
_ED = ("emergency",)
_ANY = ""
_ILL = "head|breath|heart|belly|peritonitis"

CASES = (
    Case(
        _OFFICE, (40, 84),
        (
            ("hypertension", "stable-chronic", "Hypertension: 124/78, at goal."),
            ("hypertension", "chronic-exacerbation", "Hypertension: 162/96, above goal."),
            ("diabetes", "stable-chronic", "Type 2 diabetes: sugars at home 95 to 120, at goal."),
            ("diabetes", "chronic-exacerbation", "Type 2 diabetes: sugars at home 220 to 280, far above goal."),
            ("thyroid", "stable-chronic", "Hypothyroidism: no symptoms on the tablets, at goal."),
            ("lipids", "stable-chronic", "Hyperlipidemia: statin taken every night, at goal."),
            ("asthma", "chronic-exacerbation", "Asthma: awake with cough three nights a week, not controlled."),
            ("gout", "stable-chronic", "Gout: no attack for a year, at goal."),
        ),
        (1, 2),
        (
            ("unique-test-ordered", "Basic metabolic panel ordered.", _ANY),
            ("unique-test-ordered", "Lipid panel ordered.", _ANY),
            ("unique-test-ordered", "Urine albumin ordered.", _ANY),
            ("external-note", "Letter of the eye clinic read: no retinopathy.", "diabetes"),
            ("external-note", "Discharge summary of the hospital read: stent in March.", _ANY),
            ("unique-result", "Blood count from the urgent care read: normal.", _ANY),
        ),
        (
            ("prescription-drug", "Prescriptions kept at the same dose after a talk about effects.", "stable-chronic"),
            ("prescription-drug", "Dose of the prescribed daily tablet raised.", "chronic-exacerbation"),
            ("social-determinants", "Cannot pay for stronger tablets, so they have to wait.", "chronic-exacerbation"),
        ),
    ),
    Case(
        _OFFICE, (18, 60),
        (
            ("bladder", "acute-uncomplicated", "Bladder infection for two days, no fever."),
            ("sprain", "acute-uncomplicated", "Ankle sprain, walks on it."),
            ("rash", "acute-uncomplicated", "Poison ivy rash on both arms."),
            ("bite", "minor", "Mosquito bites, small, no sign of infection."),
            ("cold", "minor", "Runny nose for a day, no fever."),
        ),
        (1, 1),
        (
            ("unique-test-ordered", "Urine culture ordered.", "bladder"),
            ("unique-test-ordered", "Ankle film ordered.", "sprain"),
            ("external-note", "Note of the urgent care read: seen there on Sunday.", _ANY),
        ),
        (
            ("prescription-drug", "Five days of nitrofurantoin prescribed.", "bladder"),
            ("low", "Ibuprofen over the counter and a wrap.", "sprain"),
            ("prescription-drug", "Prednisone prescribed for a week.", "rash"),
            ("low", "Calamine and an antihistamine, both over the counter.", "rash"),
            ("minimal", "Washing with soap, nothing more.", "bite"),
            ("minimal", "Rest and tea, no drugs.", "cold"),
        ),
    ),
    Case(
        _OFFICE, (35, 80),
        (
            ("armpit", "undiagnosed-uncertain", "New lump in the armpit, cause not known yet."),
            ("bleeding", "undiagnosed-uncertain", "Blood in the stool and loss of weight, cause not known yet."),
            ("neck", "undiagnosed-uncertain", "New firm lump in the neck, cause not known yet."),
        ),
        (1, 1),
        (
            ("unique-test-ordered", "Ultrasound ordered.", "armpit|neck"),
            ("unique-test-ordered", "Complete blood count ordered.", _ANY),
            ("unique-test-ordered", "Ferritin ordered.", "bleeding"),
            ("external-note", "Letter of the earlier family practice read: no cancer in the family.", _ANY),
            ("independent-interpretation", "Film, billed by an imaging center, also seen by the physician.", _ANY),
        ),
        (
            ("minimal", "No drug and no procedure today.", _ANY),
            ("prescription-drug", "Ondansetron prescribed for the nausea.", "bleeding"),
        ),
    ),
    Case(
        _OLD, (50, 78),
        (
            ("joints", "chronic-exacerbation", "Rheumatoid arthritis: six swollen joints, worse."),
            ("joints", "stable-chronic", "Rheumatoid arthritis: no swollen joint, at goal."),
            ("bone", "stable-chronic", "Osteoporosis: no fracture, tablets taken every week, at goal."),
        ),
        (1, 2),
        (
            ("unique-test-ordered", "Complete blood count ordered.", _ANY),
            ("unique-test-ordered", "ALT ordered.", _ANY),
            ("unique-test-ordered", "Creatinine ordered.", _ANY),
            ("external-note", "Letter of the lung clinic read: no fibrosis.", _ANY),
            ("external-discussion", "Dose talked over with the nephrologist of another practice.", _ANY),
        ),
        (
            ("toxicity-monitoring", "Methotrexate goes on; monthly blood tests look for harm to the liver.", "joints"),
        ),
    ),
    Case(
        _OFFICE, (25, 70),
        (
            ("migraine", "chronic-exacerbation", "Migraine: three attacks a week, worse."),
            ("migraine", "stable-chronic", "Migraine: one attack since spring, at goal."),
            ("nose", "stable-chronic", "Hay fever every summer: no complaints, at goal."),
        ),
        (1, 2),
        (
            ("unique-test-ordered", "MRI of the head ordered.", "chronic-exacerbation"),
            ("unique-test-ordered", "Sedimentation rate ordered.", "chronic-exacerbation"),
            ("external-note", "Letter of the eye clinic read: normal discs.", "migraine"),
            ("external-discussion", "Plan talked over with the neurologist of another practice.", "migraine"),
        ),
        (
            ("prescription-drug", "Sumatriptan prescribed for attacks.", "migraine"),
            ("low", "Saline spray from the drugstore, nothing else.", "nose"),
        ),
    ),
    Case(
        _OFFICE, (50, 84),
        (
            ("knee", "chronic-exacerbation", "Knee arthritis: pain at rest now, worse in spite of injections."),
            ("hip", "chronic-exacerbation", "Hip arthritis: cannot climb stairs any more, worse."),
        ),
        (1, 1),
        (
            ("independent-interpretation", "Films, billed by the hospital, also read by the surgeon.", _ANY),
            ("external-note", "Letter of the family doctor read: therapy failed.", _ANY),
            ("unique-test-ordered", "Sedimentation rate ordered.", _ANY),
            ("external-discussion", "Heart risk talked over with the cardiologist of another practice.", _ANY),
        ),
        (
            ("elective-major-no-risk", "New joint planned for May, no risk beyond the usual.", _ANY),
            ("elective-major-risk", "New joint planned for May; heart failure and diabetes named as risks.", _ANY),
            ("low", "Physical therapy.", _ANY),
        ),
    ),
    Case(
        _OFFICE, (2, 5),
        (
            ("ear", "acute-uncomplicated", "Ear infection, mild, no fever."),
            ("throat", "acute-uncomplicated", "Sore throat for a day, plays and drinks."),
            ("lung", "acute-systemic", "Pneumonia with high fever and fast breathing."),
        ),
        (1, 1),
        (
            ("independent-historian", "The mother tells the story; the child cannot.", _ANY),
            ("unique-test-ordered", "Throat culture ordered.", "throat"),
            ("unique-test-ordered", "Blood cultures ordered.", "lung"),
            ("external-note", "Note of the emergency department read: seen there on Saturday.", _ANY),
        ),
        (
            ("prescription-drug", "Amoxicillin prescribed.", _ANY),
            ("low", "Acetaminophen over the counter.", "acute-uncomplicated"),
            ("hospitalization", "Sent to the hospital for admission.", "acute-systemic"),
        ),
    ),
    Case(
        _ED, (18, 85),
        (
            ("ankle", "acute-uncomplicated", "Ankle sprain, walks on it."),
            ("cut", "acute-uncomplicated", "Shallow cut of a finger, clean."),
            ("head", "acute-complicated-injury", "Fell from a ladder, out for a minute; whole body examined."),
            ("breath", "chronic-exacerbation", "Asthma: wheezing, worse for two days."),
            ("breath", "chronic-severe-exacerbation", "Asthma: cannot finish a sentence, saturation 86%."),
            ("heart", "threat-to-life", "Heart attack with falling blood pressure."),
            ("belly", "undiagnosed-uncertain", "Belly pain since morning, cause not known yet."),
            ("peritonitis", "threat-to-life", "Burst appendix, peritonitis in the whole belly."),
        ),
        (1, 1),
        (
            ("unique-test-ordered", "Basic metabolic panel ordered.", _ILL),
            ("unique-test-ordered", "Complete blood count ordered.", _ILL),
            ("unique-test-ordered", "CT ordered.", "head|belly|peritonitis"),
            ("unique-test-ordered", "Ankle film ordered.", "ankle"),
            ("external-note", "Clinic letter from another practice read.", _ANY),
            ("independent-historian", "The spouse tells the story; the patient is too ill to.", _ILL),
            ("independent-interpretation", "Chest film, billed by the urgent care, also read by the physician.", _ILL),
            ("external-discussion", "Plan talked over with the specialist on call.", _ILL),
        ),
        (
            ("low", "Ibuprofen over the counter and a wrap.", "ankle"),
            ("prescription-drug", "Prednisone prescribed.", "chronic-exacerbation"),
            ("prescription-drug", "Ondansetron prescribed.", "undiagnosed-uncertain"),
            ("prescription-drug", "Ondansetron prescribed.", "head"),
            ("hospitalization", "Admission decided.", "head|heart|chronic-severe-exacerbation"),
            ("emergency-major", "To the operating room at once.", "peritonitis"),
            ("low", "Acetaminophen over the counter.", "cut"),
            ("prescription-drug", "Cephalexin prescribed.", "cut"),
        ),
    ),
    Case(
        _WARD, (40, 90),
        (
            ("lung", "stable-acute", "Pneumonia: better on treatment, not over yet."),
            ("heart", "chronic-exacerbation", "Heart failure: 3 kg gained, worse."),
            ("heart", "stable-chronic", "Heart failure: weight steady, at goal."),
            ("sepsis", "threat-to-life", "Sepsis: pressure falling in spite of fluids."),
            ("kidney", "stable-chronic", "Chronic kidney disease: no change for years, at goal."),
            ("stroke", "threat-to-life", "Large stroke: deeper coma since the night."),
        ),
        (1, 2),
        (
            ("unique-test-ordered", "Complete blood count ordered.", _ANY),
            ("unique-test-ordered", "Urine culture ordered.", "sepsis|kidney|stroke"),
            ("unique-test-ordered", "Sputum culture ordered.", "lung"),
            ("unique-test-ordered", "Echocardiogram ordered.", _ANY),
            ("independent-interpretation", "Last night's film, billed by radiology, also read by the physician.", _ANY),
            ("external-discussion", "Plan talked over with the cardiologist of another group.", _ANY),
            ("independent-historian", "The son tells the story; the patient cannot.", _ANY),
        ),
        (
            ("prescription-drug", "Antibiotic changed to tablets.", "stable-acute"),
            ("prescription-drug", "Furosemide doubled.", "chronic-exacerbation"),
            ("hospitalization", "Moved to intensive care.", "threat-to-life"),
            ("de-escalation", "With the family: no resuscitation, because the outlook is poor.", "stroke"),
            ("prescription-drug", "Carvedilol kept at the same dose after weighing its effect.", "stable-chronic"),
        ),
    ),
    Case(
        _FIRST, (50, 88),
        (
            ("skin", "acute-inpatient", "Cellulitis of the leg, no fever, needs infusions."),
            ("gallstone", "acute-systemic", "Infected gallbladder with fever and fast pulse."),
            ("lung", "chronic-severe-exacerbation", "COPD: tired out, carbon dioxide rising."),
            ("lung", "chronic-exacerbation", "COPD: more cough and sputum, worse."),
            ("hip", "acute-complicated-injury", "Broken hip after a fall; whole body examined."),
        ),
        (1, 1),
        (
            ("unique-test-ordered", "Complete blood count ordered.", _ANY),
            ("unique-test-ordered", "Blood cultures ordered.", "skin|gallstone|lung"),
            ("unique-test-ordered", "Basic metabolic panel ordered.", _ANY),
            ("external-note", "Letter of the lung clinic read.", "lung"),
            ("independent-interpretation", "Last night's film, billed by radiology, also read by the physician.", _ANY),
            ("external-discussion", "Plan talked over with the surgeon on call.", _ANY),
            ("independent-historian", "The daughter tells the story; the patient is confused.", _ANY),
        ),
        (
            ("prescription-drug", "Cefazolin started.", "skin"),
            ("prescription-drug", "Prednisone started.", "lung"),
            ("emergency-major", "To the operating room tonight.", "gallstone"),
            ("parenteral-controlled", "Morphine into the vein, repeated.", "hip"),
            ("prescription-drug", "Piperacillin started.", "gallstone"),
        ),
    ),
)  # fmt: skip
