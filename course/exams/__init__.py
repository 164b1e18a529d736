"""Certification: which exam to choose, mock exams like it, and how likely a pass is.

    blueprint.py   what an exam is made of, every figure with its source      (blueprint_file.py reads data/exams/*.yaml)
    pool.py        the items an exam may draw from                            assemble.py   a form: the items of one exam
    sitting.py     Sitting: one exam being taken, kept event by event         report.py     score(): the score report
    facts.py       the facts of the credentials, beside one another           readiness.py  the chance to pass

A sitting is a fold over its events: sitting_begin.py writes the first of them, sitting_fold.py is the fold (pure),
sitting_grade.py grades what is closed, sitting_list.py lists all sittings. A report has its counts in report_parts.py,
its sentences in report_words.py, and answers in words from report_answers.py.
"""
