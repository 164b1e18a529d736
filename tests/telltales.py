"""What the view of a question must never hold."""

#: Names of fields that tell the answer or lead to it.
TELLTALES = frozenset(
    "correct key answer why reasons mistakes rationale solution hints pairs group sources tolerance".split()
)
