"""The language of medicine: word parts, abbreviations, the body in diagrams, and the flash cards about them.

Plain readers of ``data/flashcards`` and ``data/diagrams``; nothing here knows a question, a widget or a learner.
"""
