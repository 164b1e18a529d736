"""The exam hall in Python: messages in, answers out; nothing that tells a key before the exam is handed in."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from course import paths
from course.cards import esm, hall_books, hall_card, hall_lobby, hall_question, hall_report
from course.cards.hall_card import HallCard
from course.cards.panels import NoticeCard
from course.cards.widget import WIDGET
from course.exams import blueprint, pool
from course.exams.sitting import sittings
from course.learner.store import Store, open_store
from course.questions import bank
from tests.telltales import TELLTALES

Say = Callable[..., dict[str, Any]]


@pytest.fixture
def store(user_dir: Path) -> Store:
    """An empty store."""
    return open_store(user_dir)


@pytest.fixture
def card(store: Store) -> HallCard:
    """A hall at the lobby."""
    return hall(store)


def hall(store: Store) -> HallCard:
    """A hall over a store; what it sends is in ``sent``."""
    one = HallCard(store, "CPC", 0.1)
    one.sent = []  # type: ignore[attr-defined]
    one.send = one.sent.append  # type: ignore[method-assign, attr-defined]
    return one


def say(card: HallCard, verb: str, seq: str = "s", **more: Any) -> dict[str, Any]:
    """The answer to one message."""
    card.handle({"verb": verb, "seq": seq, **more})
    return card.sent[-1]  # type: ignore[attr-defined, no-any-return]


def begin(card: HallCard, **more: Any) -> dict[str, Any]:
    answer = say(card, "begin", **{"exam": "CPC", "part": 0.1, "timed": True, "confidence": True, **more})
    assert not answer["trouble"], answer["trouble"]
    return answer


def save(card: HallCard, *changes: tuple[int, str, Any], sitting: str = "") -> dict[str, Any]:
    rows = [{"place": place, "field": field, "value": value} for place, field, value in changes]
    return say(card, "save", sitting=sitting or card.state["sitting"], changes=rows)


def keys(value: Any) -> Iterator[str]:
    """Every name of a field, however deep."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from keys(inner)
    elif isinstance(value, list):
        for one in value:
            yield from keys(one)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Lets some minutes pass."""
    real = paths.now
    passed = [0.0]

    def go_on(minutes: float) -> None:
        passed[0] += minutes

    monkeypatch.setattr(paths, "now", lambda: real() + dt.timedelta(minutes=passed[0]))
    return go_on


def test_what_is_stored_in_a_notebook_never_changes(card: HallCard, store: Store):
    before = card._repr_mimebundle_()[0]
    assert repr(card) == "<HallCard exam hall>" == before["text/plain"]
    begin(card)
    after = hall(store)._repr_mimebundle_()[0]
    assert {k: v for k, v in before.items() if k != WIDGET} == {k: v for k, v in after.items() if k != WIDGET}
    for name in blueprint.names():
        assert f"<strong>{name}</strong>" in before["text/html"]


def test_the_lobby_says_what_each_exam_is_and_what_is_not_sure(card: HallCard):
    exams = {one["exam"]: one for one in card.view["exams"]}
    assert list(exams) == list(blueprint.names())
    cpc = exams["CPC"]
    full = cpc["lengths"][0]
    assert full["items"] == 100 and full["minutes"] == 240 and full["short"] == []
    assert {one["name"]: one["value"] for one in cpc["facts"]}["Pass line"] == "70 percent"
    plan = blueprint.load("CPC")
    marks = {one["name"]: one["mark"] for one in cpc["domains"]}
    assert (
        marks["Anatomy"] == "" and marks["Cases"] == "our assumption" and marks["Coding guidelines"] == "not confirmed"
    )
    assert marks == {one.name: hall_lobby.mark(one) for one in plan.domains}
    for exam in exams.values():  # what is missing is told exactly
        for length in exam["lengths"]:
            assert bool(length["short"]) == bool(length["short_words"])


def test_what_is_missing_is_told_and_the_rest_is_offered(monkeypatch: pytest.MonkeyPatch):
    plan = blueprint.load("CPC")
    few = pool.of(plan, [one for one in bank.sound_items() if "CPC: Cases" not in one.domains])
    monkeypatch.setattr(pool, "of", lambda _: few)
    full = hall_lobby.lengths(plan)[0]
    gap = next(one for one in full["short"] if one.endswith(": Cases."))
    assert (
        "missing" in gap
        and full["items"] < 100
        and f"{full['items']} of 100 questions are there" in full["short_words"]
    )
    assert full["minutes"] == -(-240 * full["items"] // 100)


def test_what_the_cases_of_an_exam_do_not_ask_is_told():
    lengths = hall_lobby.told(blueprint.load("CIC"))["lengths"]
    assert all("diagnoses only" in one["short"][-1] and one["short_words"] for one in lengths)


def test_a_change_is_on_disk_and_another_page_goes_on_with_it(card: HallCard, store: Store, user_dir: Path):
    answer = begin(card)
    desk = answer["sitting"]
    assert desk["total"] == 10 == len(answer["views"]) and 1400 < desk["remaining"] <= 1440 and desk["confidence"]
    done = save(
        card, (0, "response", "a"), (0, "struck", ["c"]), (0, "flag", True), (3, "go", None), (3, "confidence", 1)
    )
    assert done["saved"]["saved"] == "saved" and not done["saved"]["closed"] and not done["trouble"]
    other = hall(open_store(user_dir))  # a new kernel
    assert other.state["sitting"] == desk["id"], "a clock that runs is gone on with at once"
    seen = say(other, "open", sitting=desk["id"])["sitting"]
    first = seen["items"][0]
    assert (first["response"], first["struck"], first["flag"], first["answered"]) == ("a", ["c"], True, True)
    assert seen["items"][3]["confidence"] == 1 and seen["place"] == 3 and 0 < seen["remaining"] < desk["remaining"]


def test_before_it_is_handed_in_nothing_tells_a_key(card: HallCard):
    for exam in blueprint.names():
        answer = begin(card, exam=exam)
        place = answer["sitting"]["total"] - 1
        save(card, (0, "response", "a"), (place, "note", "mine"))
        say(card, "report", sitting=card.state["sitting"])
        say(card, "open", sitting=card.state["sitting"])
    synced = [getattr(card, name) for name in card.keys if name in ("view", "state")]
    told = set(keys([*synced, *card.sent])) - {"source"}  # type: ignore[attr-defined]
    assert not told & (TELLTALES | hall_question.HIDDEN - {"id", "title"}), told & TELLTALES
    text = json.dumps([*synced, *card.sent])  # type: ignore[attr-defined]
    items = {one.id: one for one in bank.sound_items()}
    assert card.taken is not None
    for row in card.taken.state(paths.now())["items"]:
        item = items[row["id"]]
        assert item.id not in text and json.dumps(item.title)[1:-1] not in text
        assert json.dumps(item.rationale)[1:40] not in text


def test_a_report_comes_only_after_the_exam_is_handed_in(card: HallCard, store: Store):
    sid = begin(card)["sitting"]["id"]
    early = say(card, "report", sitting=sid)
    assert "not handed in" in early["trouble"] and "report" not in early
    save(card, (0, "response", "a"))
    report = say(card, "submit", sitting=sid)["report"]
    assert report["overall"]["of"] == 10 and len(report["items"]) == 10 and report["begun_words"] == "November 22, 2026"
    assert report["items"][0]["key_html"] and report["items"][0]["changes"] == 0 and report["domains"][0]["mend"]
    lesson = report["domains"][0]["mend"][0]
    assert (paths.notebooks_dir() / lesson["file"]).is_file() and lesson["title"]
    json.dumps(report, allow_nan=False)
    late = save(card, (1, "response", "a"), sitting=sid)
    assert late["saved"]["saved"] == "refused" and late["saved"]["closed"]
    assert say(card, "open", sitting=sid)["report"]["overall"] == report["overall"]
    assert [one.question_id for one in store.attempts()] == [report["items"][0]["id"]]
    row = say(card, "lobby")["lobby"][0]
    assert row["state"] == "submitted" and row["result"].endswith(" %") and card.state["sitting"] == ""


def test_time_that_runs_out_hands_in_what_is_there(card: HallCard, store: Store, later: Callable[[float], None]):
    sid = begin(card)["sitting"]["id"]
    save(card, (0, "response", "a"))
    later(30)
    back = hall(store)  # nobody looked: it is closed and graded when the hall is opened again
    assert back.state["sitting"] == "" and back.state["sittings"][0]["state"] == "submitted"
    assert say(back, "open", sitting=sid)["report"]["closed_by"] == "clock"


def test_a_pause_stops_the_clock(card: HallCard, later: Callable[[float], None]):
    sid = begin(card)["sitting"]["id"]
    left = say(card, "pause", sitting=sid)["saved"]["remaining"]
    later(60)
    assert hall(card.store).state["sitting"] == "", "a paused exam waits in the lobby"
    row = say(card, "lobby")["lobby"][0]
    assert row["state"] == "paused" and row["left"] == pytest.approx(left, abs=1)
    assert say(card, "resume", sitting=sid)["saved"]["remaining"] == pytest.approx(left, abs=2)


def test_an_exam_can_be_given_up_and_without_a_clock_nothing_runs(card: HallCard):
    sid = begin(card, timed=False)["sitting"]["id"]
    assert say(card, "open", sitting=sid)["sitting"]["remaining"] is None
    (row,) = say(card, "abandon", sitting=sid)["lobby"]
    assert row["state"] == "abandoned" and row["result"] == "given up" and row["left"] is None
    assert "given up" in say(card, "open", sitting=sid)["trouble"]
    assert [one.state for one in sittings(card.store)] == ["abandoned"]


def test_a_new_exam_asks_what_was_not_met_yet(card: HallCard):
    answer = begin(card)
    state = card.taken.state(paths.now())  # type: ignore[union-attr]
    save(card, *((n, "response", "a") for n in range(answer["sitting"]["total"])))
    say(card, "submit", sitting=answer["sitting"]["id"])
    begin(card)
    new = card.taken.state(paths.now())  # type: ignore[union-attr]
    assert not {row["id"] for row in new["items"]} & {row["id"] for row in state["items"]}


def test_a_second_start_within_seconds_is_the_same_exam(card: HallCard, later: Callable[[float], None]):
    first = begin(card)["sitting"]["id"]
    assert begin(card)["sitting"]["id"] == first and len(sittings(card.store)) == 1
    assert begin(card, part=0.25)["sitting"]["id"] != first
    later(1)
    assert begin(card)["sitting"]["id"] != first, "who waited means it"


def test_what_another_page_did_is_told_at_the_next_save(card: HallCard):
    sid = begin(card, seq="one.1")["sitting"]["id"]
    say(card, "open", sitting=sid, seq="two.1")
    change = {"place": 3, "field": "response", "value": "c"}
    assert say(card, "save", sitting=sid, seq="two.2", changes=[change])["saved"]["others"] == []
    (told,) = say(card, "save", sitting=sid, seq="one.2", changes=[])["saved"]["others"]
    assert (told["place"], told["response"], told["answered"]) == (3, "c", True)
    newer = [{**change, "value": "d"}]
    assert say(card, "save", sitting=sid, seq="one.3", changes=newer)["saved"]["others"] == [], "told once"
    (told,) = say(card, "save", sitting=sid, seq="two.3", changes=[])["saved"]["others"]
    assert told["response"] == "d"


def test_a_tenth_is_offered_first_and_then_the_whole(store: Store):
    assert HallCard(store).view["choice"]["part"] == 0.1
    begin(hall(store))
    assert HallCard(store).view["choice"]["part"] == 1.0 and HallCard(store, "CPC", 0.5).view["choice"]["part"] == 0.5


def test_the_book_of_a_question_opens(card: HallCard):
    books = {view["book"] for view in begin(card, part=1)["views"]}
    assert books == {"icd10cm", "services"}
    cpc, cic = blueprint.load("CPC"), blueprint.load("CIC")
    assert (
        hall_books.beside(cpc, "Radiology", "") == "services" == hall_books.beside(cpc, "Anatomy", "CPT and HCPCS 2026")
    )
    assert hall_books.beside(cpc, "ICD-10-CM", "") == "icd10cm" == hall_books.beside(cic, "Inpatient cases", "")
    assert hall_books.beside(cpc, "Cases", "CPT and HCPCS 2026; ICD-10-CM FY2026") == "services"


NONSENSE = (
    *(None, 7, [], "open", {}, {"verb": ["save"]}, {"verb": "begin"}, {"verb": "begin", "exam": "CPC", "part": "x"}),
    *({"verb": "begin", "exam": "CPC", "part": None}, {"verb": "open"}, {"verb": "open", "sitting": {"a": 1}}),
    *({"verb": "save", "sitting": "no-such"}, {"verb": "submit", "sitting": 5}, {"verb": "abandon", "sitting": None}),
    *({"verb": "book", "book": "x"}, {"verb": "report", "sitting": "../x"}, {"verb": "nonsense"}),
)


@pytest.mark.parametrize("content", NONSENSE, ids=repr)
def test_nonsense_never_raises_and_is_told_in_a_sentence(card: HallCard, content: Any):
    card.handle(content)
    for answer in card.sent:  # type: ignore[attr-defined]
        assert answer["trouble"].endswith(".") and "Error" not in answer["trouble"], answer["trouble"]
    assert not sittings(card.store)


def test_nonsense_in_changes_changes_nothing(card: HallCard):
    begin(card)
    before = say(card, "open", sitting=card.state["sitting"])["sitting"]["items"]
    for changes in (
        None,
        5,
        [5],
        [{}],
        [{"place": "x", "field": "go"}],
        [{"place": 99, "field": "flag", "value": True}],
    ):
        assert say(card, "save", sitting=card.state["sitting"], changes=changes)["trouble"] == ""
    save(card, (True, "flag", True), (0, "flag", "yes"), (0, "note", 5), (0, "struck", {"a": 1}), (0, "nonsense", 1))
    assert say(card, "open", sitting=card.state["sitting"])["sitting"]["items"] == before


def test_a_fault_of_the_course_is_a_sentence(card: HallCard, monkeypatch: pytest.MonkeyPatch):
    begin(card)
    monkeypatch.setattr(card, "_save", lambda *_: 1 / 0)
    answer = save(card, (0, "flag", True))
    assert answer["trouble"].startswith("The course could not save this. What you answered is kept.")
    assert "ZeroDivisionError" in answer["trouble"] and "saved" not in answer


def test_a_disk_that_is_full_is_told(card: HallCard, store: Store, monkeypatch: pytest.MonkeyPatch):
    begin(card)
    real = store.vault.save
    monkeypatch.setattr(store.vault, "save", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    answer = save(card, (0, "response", "a"))["saved"]
    assert answer["saved"] == "memory" and answer["saved_message"]
    monkeypatch.setattr(store.vault, "save", real)
    assert save(card)["saved"]["saved"] == "saved", "what waited is written when the disk lets us"


@pytest.mark.parametrize("part", [1, "1", 0.5, "1/2", "half", "a quarter", "1/10", "Full length"])
def test_a_part_may_be_written_in_many_ways(part: object):
    assert hall_card.part_of(part) in (1.0, 0.5, 0.25, 0.1)


@pytest.mark.usefixtures("user_dir")
@pytest.mark.parametrize("wrong", [("XYZ", 1), ("CPC", 2), (7, "x"), ("CPC", None), ({"a": 1}, [])])
def test_what_is_wrong_is_told_in_a_card(wrong: tuple[object, object]):
    assert isinstance(hall_card.exam(*wrong), NoticeCard)


@pytest.mark.usefixtures("user_dir")
def test_an_exam_in_small_letters_is_offered_first():
    card = hall_card.exam("cca", "1/4")
    assert isinstance(card, HallCard) and (card.view["choice"]["exam"], card.view["choice"]["part"]) == ("CCA", 0.25)


def test_the_desk_holds_the_books_that_the_exam_allows(card: HallCard):
    begin(card)
    assert say(card, "book", book="services")["model"] == say(card, "book", book="services")["model"]
    assert "not allowed" in say(card, "book", book="icd10pcs")["trouble"]
    shelf = {name: [one["name"] for one in hall_books.shelf(blueprint.load(name))] for name in blueprint.names()}
    assert shelf["CPC"] == ["ICD-10-CM", "CPT, HCPCS, modifiers"] and shelf["CIC"] == ["ICD-10-CM"]
    assert shelf["CCA"] == ["ICD-10-CM", "CPT, modifiers"], "what no page allows does not lie there"
    service = hall_books.opened(blueprint.load("CCA"), "services", 2026)
    assert [one["book"] for one in service.view["books"]] == ["cpt", "modifiers"]  # type: ignore[union-attr]
    hits = service.act("search", {"q": "injection", "book": "cpt"})["results"]["hits"]  # type: ignore[union-attr]
    assert hits and all(hit["word"] != "HCPCS" for hit in hits)


def test_the_edition_stands_where_a_code_is_shown():
    items = {one.slug: one for one in bank.sound_items(lesson="03")}
    view = hall_question.shown(items["buckle-fracture"], 2026)
    assert view["edition_label"].startswith("ICD-10-CM FY") and view["lookup"] is False
    assert not hall_question.HIDDEN & set(view)


def test_every_kind_of_an_exam_can_be_shown():
    table = esm.read("hall_kinds.js").split("KINDS = {")[1].split("}")[0]
    known = {name.strip() for name in table.replace("\n", " ").split(",")}
    wanted = {kind for name in blueprint.names() for cell in blueprint.load(name).cells for kind in cell.kinds}
    assert wanted <= known


def test_an_item_that_is_gone_does_not_keep_the_exam_from_opening(card: HallCard, monkeypatch: pytest.MonkeyPatch):
    sid = begin(card)["sitting"]["id"]
    monkeypatch.setattr(pool, "load", lambda _: (_ for _ in ()).throw(KeyError("gone")))
    assert {view["kind"] for view in say(card, "open", sitting=sid)["views"]} == {"gone"}


def test_lessons_still_to_be_written_are_not_named():
    assert hall_report.lesson("99") == {"number": "99", "title": "Lesson 99", "file": ""}
    found = hall_report.mending(["99", "04", "98", "03", "06", "09"])
    assert [one["number"] for one in found] == ["04", "03", "06"] and all(one["file"] for one in found)
    assert hall_report.own({"lesson": "17"}) == [] and hall_report.own({"lesson": "09"})[0]["number"] == "09"
