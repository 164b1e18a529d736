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

PEOPLE = ("Woman", "Man")

#: What is found at home and harms: told of when somebody means to hurt themselves, or nobody can tell.
OVERDOSED = tuple(
    name
    for name in MEDICINES
    if name
    in (
        *("Acetaminophen", "Alprazolam", "Amitriptyline", "Aspirin", "Atenolol", "Baclofen", "Bupropion"),
        *("Carbamazepine", "Chlorpromazine", "Citalopram", "Clonazepam", "Clonidine", "Codeine", "Colchicine"),
        *("Cyclobenzaprine", "Diazepam", "Digoxin", "Diltiazem", "Diphenhydramine", "Fluoxetine", "Glipizide"),
        *("Glyburide", "Haloperidol", "Hydrocodone", "Hydromorphone", "Ibuprofen", "Imipramine", "Isoniazid"),
        *("Lorazepam", "Metformin", "Methadone", "Metoprolol", "Morphine", "Naproxen", "Nifedipine", "Oxycodone"),
        *("Phenobarbital", "Phenytoin", "Promethazine", "Propranolol", "Temazepam", "Theophylline", "Tramadol"),
        *("Trazodone", "Valproic acid", "Venlafaxine", "Verapamil", "Zolpidem"),
    )
)
#: What dulls the senses: told of with alcohol, and when somebody gives it in secret.
DULLING = tuple(
    name
    for name in OVERDOSED
    if name
    in (
        *("Alprazolam", "Amitriptyline", "Baclofen", "Clonazepam", "Clonidine", "Codeine", "Cyclobenzaprine"),
        *("Diazepam", "Diphenhydramine", "Haloperidol", "Hydrocodone", "Hydromorphone", "Lorazepam", "Methadone"),
        *("Morphine", "Oxycodone", "Phenobarbital", "Promethazine", "Temazepam", "Tramadol", "Trazodone", "Zolpidem"),
    )
)

#: Column -> what happened, by level. {drug} is what the record names, {other} another medicine, {effect} what the
#: right dose did, {reaction} what too much did, {condition} what came back without it. Where somebody is ill
#: from the drug, the provider says so: without that link nothing is an effect of it. Guidelines I.C.19.e.5.
CIRCUMSTANCES: dict[str, dict[int, tuple[str, ...]]] = {
    "adverse_effect": {
        1: ("took {drug} exactly as prescribed; the provider writes: {effect} due to {drug}",),
        2: (
            "{effect} on day 3 of {drug}, dose and timing as prescribed; due to {drug} per provider",
            "{effect} due to {drug} per provider, properly taken as ordered",
        ),
        3: (
            "{effect}, attributed to {drug} by the provider; taken as ordered, pill count fits",
            "{effect} caused by {drug} per provider; usual dose, given by the nurse as ordered",
        ),
    },
    "accidental": {
        1: ("took {drug} by mistake in place of {other}; the provider writes: {reaction} due to {drug}",),
        2: (
            "forgot that the {drug} of the day was taken, took it twice; {reaction} due to {drug} per provider",
            "{reaction} due to {drug} from the spouse's bottle, mistaken for the patient's own {other}, per provider",
        ),
        3: (
            "took the prescribed dose of {drug} with four glasses of wine; per provider {reaction} from both",
            "{reaction} due to too many tablets of {drug} per provider; nothing in the record about why",
            "{drug} as prescribed, added an herbal product from a friend on her own; per provider {reaction} from the "
            "interaction",
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
        3: (
            "{reaction} due to {drug} per provider; roommate admits to having slipped it into the soup out of revenge",
        ),
    },
    "undetermined": {
        1: (
            "found confused beside an empty bottle; attending: overdose of {drug}, intent cannot be determined",
        ),
        2: ("overdose of {drug}; psychiatry has seen her and writes that the intent cannot be determined",),
        3: (
            "{reaction} due to an overdose of {drug}; attending: it cannot be determined whether this was accidental "
            "or intentional",
        ),
    },
    "underdosing": {
        1: ("took only half of the prescribed {drug} to save money; {condition}",),
        2: ("stopped {drug} on her own two weeks ago; {condition}",
            "ran out of {drug} last month and did not refill; {condition}",
        ),
        3: (
            "{drug} every other day instead of daily since the copay rose; {condition}",
            "skips the evening {drug} because it makes her drowsy, prescriber not asked; {condition}",
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
