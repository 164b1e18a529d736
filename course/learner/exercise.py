"""One exercise without a widget: the learner's verbs (check, hint, solution, another) and what is remembered.

A card calls a verb, gets a state back and shows it. The state is JSON:

    response         what stands on the card, or None
    verdict          None, or the verdict as HTML-ready data (course.questions.text.verdict_html), with
                     ``rationale_html`` and ``sources`` once it is correct or the solution was seen (else None and [])
    hints            HTML of the hints shown so far;   hints_left: how many more there are
    solution         None, or {response, html, rationale_html, sources}
    saved            "saved" (on disk), "memory" (this session only), "" (nothing checked yet);  saved_message: in words
    can_another      there is a fresh variant to draw
    attempt_no       how many answers to this question were checked;   history: the same in words
    notice           something to tell above the question (it was changed since, it could not be graded), or ""
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from course import paths
from course.learner.phrases import changed_since, fault, history, in_memory, saved_on
from course.learner.records import Attempt, Draft, Kept, fits, now, origin
from course.learner.stretch import Stretch
from course.questions import text
from course.questions.answers import Answer, Blank, Invalid

if TYPE_CHECKING:
    from types import ModuleType

    from course.codesets.icd10cm import CodeSet
    from course.grading.verdict import Verdict
    from course.learner.store import Store
    from course.questions.base import ItemBase

TOO_LONG = "That is far too long for an answer. Shorten it and check again."
_NOTHING = object()


class Exercise:
    """The state of one exercise. No verb raises: what goes wrong becomes a sentence in the state.

    ``codes``: opens the code set of an edition; called only when a kind needs it. ``again``: draws a fresh variant.
    """

    def __init__(
        self,
        item: ItemBase,
        store: Store,
        codes: Callable[[int], CodeSet] | None = None,
        again: Callable[[], ItemBase] | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        kinds: dict[str, ModuleType] | None = None,
    ) -> None:
        if kinds is None:
            from course.questions.kinds import KINDS

            kinds = KINDS
        self._kinds, self._store, self._codes, self._fresh, self._clock = kinds, store, codes or _open, again, clock
        self._take(item)

    def _take(self, item: ItemBase) -> None:
        self.item = item
        self._stretch = Stretch(self._clock)
        self._restored = False
        self._response: Any = None
        self._verdict: Verdict | None = None
        self._checked: Any = _NOTHING  # the answer of the last recorded attempt of this try
        self._hints = 0
        self._solved = self._solution_seen = False
        self._saved, self._saved_message, self._notice = "", "", ""
        self._outcomes: list[str] = []

    # -- what the card shows ------------------------------------------------------------------------------------------

    @property
    def kind(self) -> ModuleType:
        """The module of the item's kind."""
        return self._kinds[self.item.kind]

    def view(self) -> dict[str, Any]:
        """The question itself, as JSON, without its key. Changes with :meth:`another`."""
        return dict(self.kind.view(self.item))

    def state(self) -> dict[str, Any]:
        """See the module. The first call is taken as the first display: it restores what was answered before."""
        if not self._restored:
            self._restore()
        self._stretch.shown()
        return {
            "response": self._response,
            "verdict": self._verdict_data(),
            "hints": [text.block(hint) for hint in self.item.hints[: self._hints]],
            "hints_left": len(self.item.hints) - self._hints,
            "solution": self._solution_data() if self._solved else None,
            "saved": self._saved,
            "saved_message": self._saved_message,
            "can_another": self._fresh is not None,
            "attempt_no": len(self._outcomes),
            "history": history(self._outcomes),
            "notice": self._notice,
        }

    def _verdict_data(self) -> dict[str, Any] | None:
        if self._verdict is None:
            return None
        data = text.verdict_html(self._verdict)
        told = self._solved or data["outcome"] == "correct"
        return {**data, **(self._reasons() if told else {"rationale_html": None, "sources": []})}

    def _reasons(self) -> dict[str, Any]:
        sources = [source.model_dump(mode="json") for source in self.item.sources]  # ref, edition, checked, url
        return {"rationale_html": text.block(self.item.rationale), "sources": sources}

    def _solution_data(self) -> dict[str, Any] | None:
        try:
            return {**self.kind.solution(self.item), **self._reasons()}
        except Exception as error:
            self._notice = fault("show the solution of", error)
            return None

    # -- the verbs ----------------------------------------------------------------------------------------------------

    def check(self, raw: Any) -> dict[str, Any]:
        """Grade a response. A blank or unreadable one is not recorded; the same answer twice is recorded once."""
        self._ready()
        if not fits(raw):
            self._verdict = _unread(TOO_LONG)
            return self.state()
        self._response = raw
        try:
            parsed = self.kind.parse(self.item, raw)
            self._verdict = self._grade(parsed)
        except Exception as error:
            self._notice = fault("grade", error)
            self._verdict = None
            return self.state()
        if isinstance(parsed, Answer) and parsed.value != self._checked:
            self._checked = parsed.value
            self._record(self._verdict)
        return self.state()

    def hint(self) -> dict[str, Any]:
        """Show one hint more."""
        self._ready()
        self._stretch.touched()
        if self._hints < len(self.item.hints):
            self._hints += 1
            self._keep_draft()
        return self.state()

    def solution(self) -> dict[str, Any]:
        """Show the solution; answers from now on are marked as given after it."""
        self._ready()
        self._solved = True
        if not self._solution_seen:
            self._solution_seen = True
            self._keep_draft()
        return self.state()

    def another(self) -> dict[str, Any]:
        """Draw a fresh variant; the view changes too. Without a generator nothing changes."""
        if self._fresh is not None:
            try:
                item = self._fresh()
            except Exception as error:
                self._notice = fault("draw another of", error)
            else:
                self._take(item)
        return self.state()

    def again(self) -> dict[str, Any]:
        """Clear the card for a new try. Hints stay, as they were seen; the same answer counts once more."""
        self._ready()
        self._response, self._verdict, self._checked, self._solved = None, None, _NOTHING, False
        self._saved, self._saved_message = "", ""
        self._stretch.anew()
        self._keep_draft()
        return self.state()

    def draft(self, raw: Any) -> dict[str, Any]:
        """Remember what stands on the card, unchecked. A verdict on something else goes away."""
        self._ready()
        self._stretch.touched()
        if fits(raw):
            if raw != self._response:
                self._verdict = None
            self._response = raw
            self._keep_draft()
        return self.state()

    # -- grading and remembering --------------------------------------------------------------------------------------

    def _ready(self) -> None:
        if not self._restored:
            self._restore()
        self._notice = ""

    def _edition(self) -> int:
        from course.codesets import icd10cm

        return self.item.edition_for(icd10cm.edition_on(paths.today()))

    def _grade(self, parsed: Answer | Blank | Invalid) -> Verdict:
        from course.grading.verdict import not_attempted

        if isinstance(parsed, Blank):
            return not_attempted(parsed.prompt)
        if isinstance(parsed, Invalid):
            return _unread(parsed.reason)
        needed = getattr(self.kind, "NEEDS_CODES", self.item.kind == "code_entry")
        verdict: Verdict = self.kind.grade(self.item, parsed, self._codes(self._edition()) if needed else None)
        return verdict

    def _record(self, verdict: Verdict) -> None:
        name, level, seed = origin(self.item.id)
        attempt = Attempt(
            question_id=self.item.id,
            content_version=self.item.content_version,
            kind=self.item.kind,
            response=self._response,
            outcome=str(verdict.outcome),
            score=verdict.score,
            lesson=self.item.lesson,
            objective=self.item.objective,
            domains=tuple(self.item.domains),
            edition=self._edition(),
            hints_used=self._hints,
            solution_seen=self._solution_seen,
            seconds=self._stretch.end(),
            generator=name,
            seed=seed,
            level=level,
        )
        self._outcomes.append(attempt.outcome)
        kept = self._store.record(attempt)
        self._saved = str(kept)
        self._saved_message = "Your answer is saved." if kept is Kept.SAVED else in_memory(self._store.warning)

    def _keep_draft(self) -> None:
        self._store.save_draft(
            Draft(
                question_id=self.item.id,
                content_version=self.item.content_version,
                response=self._response,
                hints=self._hints,
                solution_seen=self._solution_seen,
                at=now(),
            )
        )

    def _restore(self) -> None:
        """Bring back what was on the card: the draft if there is a later one, else the last answer with its verdict."""
        self._restored = True
        version = self.item.content_version
        tries = self._store.attempts(question_id=self.item.id)
        current = [one for one in tries if one.content_version == version]
        self._outcomes = [one.outcome for one in current]
        draft = self._store.draft(self.item.id)
        if draft is not None and draft.content_version != version:
            draft = None
        if draft is not None:
            self._hints = min(draft.hints, len(self.item.hints))
            self._solution_seen = draft.solution_seen
        if not current:
            self._response = draft.response if draft else None
            if tries:
                self._notice = changed_since(tries[-1])
            return
        last = current[-1]
        if draft is not None and draft.at > last.at and draft.response != last.response:
            self._response = draft.response
            return
        self._response = last.response
        self._saved, self._saved_message = "saved", saved_on(last)
        try:
            parsed = self.kind.parse(self.item, last.response)
            self._verdict = self._grade(parsed)
            if isinstance(parsed, Answer):
                self._checked = parsed.value
        except Exception as error:
            self._notice = fault("grade", error)


def _open(edition: int) -> CodeSet:
    from course.codesets import icd10cm

    return icd10cm.open_edition(edition)


def _unread(reason: str) -> Verdict:
    from course.grading.verdict import not_attempted
    from course.questions.kinds import UNREADABLE

    return not_attempted(UNREADABLE, invalid=reason)
