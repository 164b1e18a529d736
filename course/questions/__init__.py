"""What a question is: schema, kinds, the bank of YAML files, generators.

    from course.questions.bank import load_item, load_topic, all_items, check_bank
    from course.questions.kinds import KINDS, check, view, solution, static_html

Nothing is imported here, so that ``import course`` stays instant.
"""
