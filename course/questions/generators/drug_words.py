"""The words of the generator ``drug-table``: substances by their rows, circumstances by their column."""

from __future__ import annotations

#: Row -> how a record names it. Medicines that are swallowed; each name holds the words of its row.
MEDICINES = {
    name: name.lower()
    for name in (
        "Acetaminophen", "Acyclovir", "Allopurinol", "Alprazolam", "Amiodarone", "Amitriptyline", "Amoxicillin",
        "Ampicillin", "Aspirin", "Atenolol", "Azithromycin", "Baclofen", "Bupropion", "Captopril", "Carbamazepine",
        "Cephalexin", "Cetirizine", "Chlorpromazine", "Ciprofloxacin", "Citalopram", "Clindamycin", "Clonazepam",
        "Clonidine", "Codeine", "Colchicine", "Cyclobenzaprine", "Diazepam", "Diclofenac", "Digoxin", "Diltiazem",
        "Diphenhydramine", "Doxycycline", "Enalapril", "Erythromycin", "Fluconazole", "Fluoxetine", "Furosemide",
        "Glipizide", "Glyburide", "Haloperidol", "Hydralazine", "Hydrochlorothiazide", "Hydrocodone", "Hydromorphone",
        "Ibuprofen", "Imipramine", "Isoniazid", "Ketorolac", "Levothyroxine", "Lisinopril", "Lorazepam", "Metformin",
        "Methadone", "Methotrexate", "Methylphenidate", "Metoprolol", "Metronidazole", "Morphine", "Naproxen",
        "Nifedipine", "Nitrofurantoin", "Omeprazole", "Ondansetron", "Oxycodone", "Penicillin", "Phenobarbital",
        "Phenytoin", "Prednisone", "Promethazine", "Propranolol", "Rifampin", "Simvastatin", "Spironolactone",
        "Tamoxifen", "Temazepam", "Tetracycline", "Theophylline", "Tramadol", "Trazodone", "Valproic acid",
        "Venlafaxine", "Verapamil", "Warfarin", "Zidovudine", "Zolpidem",
    )
}  # fmt: skip

#: Rows below a medicine that tempt: another form of it, or another use.
TEMPTING = {
    "Erythromycin": "Erythromycin, ophthalmic preparation",
    "Warfarin": "Warfarin, rodenticide",
}

#: Substances that nobody prescribes: no adverse effect, no underdosing.
POISONS = {
    "Antifreeze, ethylene glycol": "antifreeze with ethylene glycol",
    "Chlorine, bleach": "chlorine bleach",
    "Gasoline": "gasoline",
    "Lye": "lye",
    "Acetone": "acetone",
    "Isopropyl, alcohol": "isopropyl alcohol",
    "Warfarin, rodenticide": "a rodenticide with warfarin",
    "Ammonia, liquid": "liquid ammonia",
}

REACTIONS = ("vomiting", "dizziness", "confusion", "drowsiness", "palpitations")
ALLERGIES = ("hives", "a rash", "nausea", "diarrhea", "dizziness")
PEOPLE = ("Woman", "Man")

#: Column -> what happened, by level. {drug} is what the record names, {other} another medicine. Guidelines I.C.19.e.5.
CIRCUMSTANCES: dict[str, dict[int, tuple[str, ...]]] = {
    "adverse_effect": {
        1: ("took {drug} exactly as prescribed and got {allergy}",),
        2: (
            "{allergy} on day 3 of {drug}, dose and timing as prescribed",
            "{allergy} from {drug}, properly taken as ordered",
        ),
        3: (
            "{allergy}; pill count shows {drug} taken as ordered, level in the expected range",
            "{allergy} after the usual dose of {drug}, given by the nurse as ordered",
        ),
    },
    "accidental": {
        1: ("took {drug} by mistake in place of {other} and came with {reaction}",),
        2: (
            "forgot the morning dose of {drug} was taken, took it twice, now {reaction}",
            "{reaction} after {drug} from the spouse's bottle, mistaken for the patient's own {other}",
        ),
        3: (
            "took the prescribed dose of {drug} with four glasses of wine, now {reaction}",
            "{reaction} after too many tablets of {drug}; nothing in the record about why",
            "{drug} as prescribed, added an herbal product from a friend on her own; {reaction} from the interaction",
        ),
    },
    "self_harm": {
        1: ("swallowed a bottle of {drug} to end her life",),
        2: ("took 30 tablets of {drug}, tells of wanting to die", "overdose of {drug}, suicide note found"),
        3: ("took {drug} on purpose after a quarrel, \"so that it would all stop\"; psychiatry: suicide attempt",),
    },
    "assault": {
        1: ("was given {drug} in a drink by somebody who wanted to harm her",),
        2: ("{drug} put into the coffee by a relative, police report of poisoning filed",),
        3: ("{reaction} after supper; roommate admits to having slipped {drug} into the soup out of revenge",),
    },
    "undetermined": {
        1: ("found beside an empty bottle of {drug}; the physician writes that the intent cannot be determined",),
        2: ("overdose of {drug}; after psychiatry has seen her, intent: cannot be determined",),
        3: ("{reaction}, {drug} in the blood; note of the attending: accident or intent cannot be determined",),
    },
    "underdosing": {
        1: ("took only half of the prescribed {drug} to save money",),
        2: ("stopped {drug} on her own two weeks ago", "ran out of {drug} last month and did not refill"),
        3: (
            "{drug} every other day instead of daily since the copay rose; came with the condition it is for",
            "skips the evening {drug} because it makes her drowsy; prescriber not asked",
        ),
    },
}  # fmt: skip

#: Column -> what happened with something that is no medicine.
MISHAPS = {
    "accidental": ("swallowed {drug} kept in a soda bottle, thinking it was a drink",),
    "self_harm": ("drank {drug} to end her life",),
    "assault": ("was made to drink {drug} by an attacker",),
    "undetermined": ("drank {drug}; the physician writes that the intent cannot be determined",),
}
