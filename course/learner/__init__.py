"""What is remembered of a learner: attempts, drafts, summaries, and moving them between machines.

    store.py      open_store(): the face of this package            exercise.py   one exercise without a widget
    summary.py    counts by lesson, objective, exam domain          transfer.py   export, import, reset and its undoing
    records.py    attempts, events and drafts, and their JSON       deck.py       a checkpoint of ten questions
    fields.py     the fields of those, read back one by one

Below the store: vault.py holds the two files and their lock; database.py is the SQLite file (tables.py, rows.py) and
twin.py the safety copy (lines.py); step.py keeps the two in step, mend.py and salvage.py repair damage; places.py knows
the folders where the write-ahead log is unsafe, files.py renames and writes as a whole; messages.py and phrases.py are
the words.

What is remembered in the other sense: memory.py (FSRS, folded from the attempts), cards.py (the units: questions, flash
cards, drawn exercises), queue.py (today's review), error_log.py, streak.py, forecast.py; anki.py takes cards along.
"""
