"""How things look and feel in a notebook. The only part that imports anywidget.

face.py            what a notebook calls: lesson, ask, practice, checkpoint, progress
widget.py          what all cards share: fixed repr, static form, faults told in plain words
question_card.py   one exercise            deck_card.py   ten of them, with a result     panels.py   what only shows
esm.py             static/*.js and *.css, put together without a build step
"""
