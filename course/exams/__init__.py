"""Mock exams: blueprints, forms drawn from the bank, sittings that outlive a killed kernel, and what they tell.

    sitting.py   Sitting, sittings(): one exam being taken, kept event by event     report.py   the score report
"""
