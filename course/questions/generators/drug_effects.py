"""What the medicines of the drug table do: rightly taken, too much of them, too little. The course's own choice.

Plain words of a chart, so that each record could have happened: nobody gets constipated from an antihistamine on the
third day, and nobody "needs" an antibiotic that ran out last month.
"""

from __future__ import annotations

from typing import NamedTuple


class Effects(NamedTuple):
    """``adverse``: after the right dose. ``toxic``: after too much, or with something that adds to it. ``condition``:
    what comes back without it; empty where nobody is asked to take it for months."""

    adverse: tuple[str, ...]
    toxic: tuple[str, ...]
    condition: str = ""


_PRESSURE = "blood pressure high again"
_DEPRESSION = "depression worse again"
_SUGAR = "blood sugar high again"
_HEART = ("a slow heart rate", "low blood pressure")
_STOMACH = ("vomiting", "stomach pain")
_BOWEL = ("vomiting", "diarrhea")
_SLEEPY = ("drowsiness", "confusion")

#: Medicines (rows of the table) that do the same -> what they do.
_GROUPS: dict[tuple[str, ...], Effects] = {
    ("Codeine",): Effects(("constipation", "nausea"), _SLEEPY),
    ("Hydrocodone", "Hydromorphone", "Morphine", "Oxycodone", "Methadone"): Effects(
        ("constipation", "nausea", "itching"), (*_SLEEPY, "slowed breathing"), "back pain worse again"
    ),
    ("Tramadol",): Effects(("nausea", "dizziness"), _SLEEPY, "back pain worse again"),
    ("Alprazolam", "Clonazepam", "Diazepam", "Lorazepam"): Effects(
        ("drowsiness", "an unsteady gait"), (*_SLEEPY, "slurred speech"), "anxiety back"
    ),
    ("Temazepam", "Zolpidem"): Effects(("drowsiness", "dizziness"), _SLEEPY, "insomnia back"),
    ("Amitriptyline", "Imipramine"): Effects(
        ("dry mouth", "urinary retention", "blurred vision"), (*_SLEEPY, "a fast heart rate"), _DEPRESSION
    ),
    ("Citalopram", "Fluoxetine", "Venlafaxine"): Effects(
        ("nausea", "sweating", "a headache"), ("tremor", "agitation", "vomiting"), _DEPRESSION
    ),
    ("Trazodone",): Effects(("drowsiness", "dizziness"), ("drowsiness", "low blood pressure"), _DEPRESSION),
    ("Bupropion",): Effects(("insomnia", "dry mouth"), ("agitation", "a fast heart rate"), _DEPRESSION),
    ("Haloperidol", "Chlorpromazine"): Effects(
        ("muscle stiffness", "restlessness"), ("drowsiness", "muscle stiffness"), "hears voices again"
    ),
    ("Carbamazepine", "Phenytoin"): Effects(
        ("dizziness", "a rash"), ("an unsteady gait", "drowsiness"), "a seizure yesterday"
    ),
    ("Valproic acid",): Effects(("nausea", "tremor"), _SLEEPY, "a seizure yesterday"),
    ("Phenobarbital",): Effects(("drowsiness", "dizziness"), (*_SLEEPY, "slurred speech"), "a seizure yesterday"),
    ("Atenolol", "Metoprolol", "Propranolol"): Effects(
        ("a slow heart rate", "fatigue", "dizziness"), _HEART, _PRESSURE
    ),
    ("Diltiazem", "Verapamil"): Effects(("constipation", "a slow heart rate"), _HEART, _PRESSURE),
    ("Nifedipine",): Effects(("ankle swelling", "flushing"), ("low blood pressure", "a fast heart rate"), _PRESSURE),
    ("Captopril", "Enalapril", "Lisinopril"): Effects(
        ("a dry cough", "dizziness"), ("low blood pressure", "dizziness"), _PRESSURE
    ),
    ("Clonidine",): Effects(("dry mouth", "drowsiness"), ("drowsiness", *_HEART), _PRESSURE),
    ("Hydralazine",): Effects(("a headache", "palpitations"), ("low blood pressure", "a fast heart rate"), _PRESSURE),
    ("Furosemide",): Effects(
        ("hypokalemia", "muscle cramps"), ("dehydration", "dizziness"), "legs swollen from heart failure"
    ),
    ("Hydrochlorothiazide",): Effects(("hyponatremia", "muscle cramps"), ("dehydration", "dizziness"), _PRESSURE),
    ("Spironolactone",): Effects(("hyperkalemia",), ("hyperkalemia", "dizziness"), _PRESSURE),
    ("Digoxin",): Effects(
        ("nausea", "a slow heart rate"), ("vomiting", "a slow heart rate"), "atrial fibrillation with a fast rate"
    ),
    ("Amiodarone",): Effects(("a slow heart rate", "nausea"), _HEART, "atrial fibrillation again"),
    ("Warfarin",): Effects(("a nosebleed", "bruises"), ("a nosebleed", "bruises"), "a new clot in the leg"),
    ("Aspirin",): Effects(("heartburn", "ringing in the ears"), ("vomiting", "ringing in the ears")),
    ("Diclofenac", "Ibuprofen", "Naproxen"): Effects(("stomach pain", "heartburn"), _STOMACH, "joint pain worse again"),
    ("Ketorolac",): Effects(("stomach pain", "heartburn"), _STOMACH),
    ("Acetaminophen",): Effects(("a rash", "nausea"), _STOMACH),
    ("Acyclovir",): Effects(("a headache", "nausea"), ("vomiting", "confusion")),
    ("Allopurinol",): Effects(("a rash", "diarrhea"), _BOWEL, "a gout flare"),
    ("Colchicine",): Effects(("diarrhea", "nausea"), _BOWEL, "a gout flare"),
    ("Amoxicillin", "Ampicillin", "Cephalexin", "Penicillin"): Effects(("hives", "a rash", "diarrhea"), _BOWEL),
    ("Azithromycin", "Erythromycin"): Effects(("nausea", "diarrhea"), _BOWEL),
    ("Ciprofloxacin",): Effects(("tendon pain", "nausea"), ("vomiting", "confusion")),
    ("Clindamycin",): Effects(("diarrhea", "a rash"), _BOWEL),
    ("Doxycycline", "Tetracycline"): Effects(("a sun rash", "heartburn"), _STOMACH),
    ("Metronidazole",): Effects(("a metallic taste", "nausea"), ("vomiting", "dizziness")),
    ("Nitrofurantoin", "Fluconazole"): Effects(("a headache", "nausea"), _STOMACH),
    ("Isoniazid",): Effects(("a rash", "nausea"), ("vomiting", "confusion"), "tuberculosis active again"),
    ("Rifampin",): Effects(("a rash", "itching"), _STOMACH, "tuberculosis active again"),
    ("Zidovudine",): Effects(("a headache", "nausea"), ("vomiting", "fatigue"), "viral load up again"),
    ("Cetirizine",): Effects(("drowsiness", "dry mouth"), _SLEEPY, "hay fever back"),
    ("Diphenhydramine", "Promethazine"): Effects(("drowsiness", "dry mouth"), (*_SLEEPY, "blurred vision")),
    ("Baclofen", "Cyclobenzaprine"): Effects(("drowsiness", "dry mouth"), _SLEEPY, "muscle spasms back"),
    ("Glipizide", "Glyburide"): Effects(("low blood sugar", "nausea"), ("low blood sugar", "sweating"), _SUGAR),
    ("Metformin",): Effects(("diarrhea", "nausea"), _BOWEL, _SUGAR),
    ("Levothyroxine",): Effects(("palpitations", "sweating"), ("palpitations", "tremor"), "tired from hypothyroidism"),
    ("Methotrexate",): Effects(("mouth sores", "nausea"), ("mouth sores", "vomiting")),
    ("Methylphenidate",): Effects(("poor appetite", "insomnia"), ("palpitations", "agitation"), "attention poor again"),
    ("Omeprazole",): Effects(("a headache", "diarrhea"), ("nausea", "a headache"), "heartburn back"),
    ("Ondansetron",): Effects(("a headache", "constipation"), ("constipation", "dizziness")),
    ("Prednisone",): Effects(("high blood sugar", "insomnia"), ("high blood sugar", "agitation"), "a flare of lupus"),
    ("Simvastatin",): Effects(("muscle pain", "stomach pain"), ("nausea", "stomach pain"), "cholesterol high again"),
    ("Tamoxifen",): Effects(("hot flashes", "nausea"), ("vomiting", "dizziness")),
    ("Theophylline",): Effects(("palpitations", "tremor"), ("vomiting", "a fast heart rate"), "wheezing again"),
}
EFFECTS = {name: effects for names, effects in _GROUPS.items() for name in names}
#: With which an herbal product is known to interact.
INTERACTING = (
    *("Alprazolam", "Amitriptyline", "Carbamazepine", "Citalopram", "Digoxin", "Fluoxetine", "Nifedipine", "Phenytoin"),
    *("Simvastatin", "Theophylline", "Tramadol", "Trazodone", "Venlafaxine", "Verapamil", "Warfarin", "Zolpidem"),
)
