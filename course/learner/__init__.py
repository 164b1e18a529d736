"""What is remembered of a learner: attempts, drafts, summaries, and moving them between machines.

    store.py      open_store(): the face of this package            exercise.py   one exercise without a widget
    summary.py    what has been done, by lesson, objective, domain  transfer.py   export, import, reset
    vault.py      the two files, their lock, and mending            records.py    what an attempt is
"""
