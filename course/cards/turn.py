"""``course.turn("16-salaries-turns/real-median", mine)``: checks what a learner's cell has computed.

Whoever runs the cell gets the card of the exercise, with the verdict on the value. A cell that fails before it comes so
far gets the same card with the line and a plain sentence instead of a traceback; for that the shell is told what to do
with an exception while such a cell runs (``set_custom_exc``, from ``pre_run_cell`` to ``post_run_cell``). A cell whose
remark invites to change it ("# Your state …; then press Shift+Enter") gets the sentence without an exercise. Other
cells keep the tracebacks of IPython.
"""

from __future__ import annotations

import re
from typing import Any

from course.cards import turn_errors
from course.cards.panels import NoticeCard, update_all
from course.cards.question_card import QuestionCard
from course.cards.widget import LOG, Card, fault_text
from course.learner.exercise import Exercise
from course.learner.store import shared_store
from course.questions import bank, text
from course.questions.kinds import your_turn

#: A cell in which a turn is taken, with the id of the exercise.
CALL = re.compile(r"^[^#\n]*\bcourse\.turn\(\s*(?:[\"']([^\"'\n]*)[\"'])?", re.MULTILINE)
#: The remark of a cell that a learner is asked to change.
INVITED = re.compile(r"^\s*#.*\bpress Shift\+Enter", re.MULTILINE)
_MARK = "_course_turns"
#: ``mine = …`` in any of its forms.
_MADE = re.compile(
    r"\bmine\b\s*(?:\[[^\]\n]*\]\s*)?(?:[-+*/|&%@]|:[^=\n]*)?=(?!=)|\b(?:as|for) mine\b|\bmine\s*,[^()\n]*=(?!=)"
)


def turn(question_id: str, mine: Any = None) -> Card:
    """The exercise, and the verdict on the value that the cell gave. Never raises."""
    install()
    if _left_over():
        return _card(str(question_id), lambda item: turn_errors.unassigned())
    return _card(str(question_id), lambda item: your_turn.response(item, mine))


def _left_over() -> bool:
    """Whether the running cell sends a ``mine`` that it has not made: that of an earlier turn."""
    try:
        from IPython.core.getipython import get_ipython

        source = getattr(get_ipython(), _MARK).source
        return bool(CALL.search(source) and re.search(r"turn\([^,]*,\s*mine\s*\)", source)) and not _MADE.search(source)
    except Exception:  # no IPython: a test, a script
        return False


def failed(question_id: str, error: BaseException, source: str, names: dict[str, Any]) -> Card:
    """The exercise, when its cell stopped with an error. ``names``: the variables of the notebook. Never raises."""
    return _card(question_id, lambda item: turn_errors.explained(error, source, names))


def noticed(error: BaseException, source: str, names: dict[str, Any]) -> Card:
    """The error of a cell without an exercise, in plain words."""
    told = turn_errors.explained(error, source, names)
    return NoticeCard(text.plain(told["headline"]), [text.plain(one) for one in (told["code"], *told["tips"]) if one])


def _card(question_id: str, respond: Any) -> Card:
    try:
        try:
            item = bank.load_item(question_id)
        except bank.BankError as error:
            from course.cards.face import no_question

            return no_question(question_id, error)
        if not isinstance(item, your_turn.Model):
            line = f'Ask it by course.ask("{question_id}").'
            return NoticeCard(f"{question_id} is answered on its card, not by code", [line])
        exercise = Exercise(item, shared_store())
        exercise.check(respond(item))
        card = QuestionCard(exercise, on_check=update_all)
        card.state = {**card.state, "restored": False}
        update_all()
        return card
    except Exception as error:
        LOG.debug("turn failed", exc_info=True)
        return NoticeCard("The course could not look at this turn", [fault_text("look at it", error, answered=False)])


# ---- errors in the cell


def install(shell: Any = None) -> bool:
    """Tell the running IPython what to do with an error in a cell that takes a turn. Once; never raises."""
    try:
        if shell is None:
            from IPython.core.getipython import get_ipython

            shell = get_ipython()
        if shell is None or getattr(shell, _MARK, None) is not None:
            return False
        watch = _Watch(shell)
        shell.events.register("pre_run_cell", watch.begin)
        shell.events.register("post_run_cell", watch.end)
        setattr(shell, _MARK, watch)
        return True
    except Exception:
        LOG.debug("errors of turns are shown by IPython", exc_info=True)
        return False


class _Watch:
    """From the beginning of a cell that takes a turn to its end, errors go to :meth:`told`."""

    def __init__(self, shell: Any) -> None:
        self.shell = shell
        self.before: tuple[Any, Any, Any] | None = None
        self.source = ""
        self.question_id: str | None = None
        self.shown = False

    def begin(self, info: Any) -> None:
        """``pre_run_cell``: take over, if this is a cell with a turn, or one to change."""
        self.end()
        source = getattr(info, "raw_cell", None) or ""
        found = CALL.search(source)
        if not (found or INVITED.search(source)) or source.lstrip().startswith("%%"):
            return
        self.source, self.question_id, self.shown = source, (found[1] or "") if found else None, False
        own = vars(self.shell).get("showtraceback")
        self.before = (self.shell.custom_exceptions, self.shell.CustomTB, own)
        self.shell.set_custom_exc((Exception,), self.told)
        self.shell.showtraceback = self.unreadable

    def end(self, result: Any = None) -> None:
        """``post_run_cell``: give back what was there. A cell whose error was told has ended well: Run All goes on."""
        if self.before is None:
            return
        self.shell.custom_exceptions, self.shell.CustomTB, own = self.before
        if own is None:
            del self.shell.showtraceback
        else:
            self.shell.showtraceback = own
        self.before, self.source = None, ""
        if self.shown and result is not None:
            result.error_in_exec = result.error_before_exec = None

    def unreadable(self, trouble: Any = None, *args: Any, **kwargs: Any) -> None:
        """In place of ``showtraceback``: lines so crooked that IPython gave up before Python saw them, the one sort of
        error that asks no handler."""
        if isinstance(trouble, tuple) and len(trouble) == 3 and isinstance(trouble[1], SyntaxError):
            self.told(self.shell, *trouble)
        else:
            type(self.shell).showtraceback(self.shell, trouble, *args, **kwargs)

    def told(self, shell: Any, kind: Any, error: BaseException, trace: Any, tb_offset: Any = None) -> None:
        """The handler of exceptions: a card in place of a traceback. What it cannot tell, IPython shows."""
        try:
            from IPython.display import display

            error, names = error.with_traceback(trace), dict(shell.user_ns)
            asked = self.question_id
            display(noticed(error, self.source, names) if asked is None else failed(asked, error, self.source, names))
            self.shown = True
        except Exception:
            LOG.debug("the error of a turn could not be told", exc_info=True)
            type(shell).showtraceback(shell, (kind, error, trace), tb_offset=tb_offset)
