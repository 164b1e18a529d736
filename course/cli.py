"""The commands of ``python3 -m course``. Parsing needs only the standard library; each command loads its own part."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from course import __version__
from course.bootstrap import start
from course.bootstrap.dependencies import LESSONS, TESTS
from course.bootstrap.errors import UserError, command

#: Set to 1 to see the traceback of an unexpected problem.
DEBUG = "COURSE_DEBUG"

#: What `tool` is meant for.
TOOLS = ("ruff", "mypy", "codespell", "pytest")

_EPILOG = """\
Without a command: set the course up if needed and open the first lesson in the browser.
Your answers are kept outside this folder; `{doctor}` says where.
"""


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog=command(),
        description="Learn medical coding in JupyterLab.",
        epilog=_EPILOG.format(doctor=command("doctor")),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"medical-coding-course {__version__}")
    top.add_argument("--no-browser", action="store_true", help="start JupyterLab and print its address only")
    top.add_argument("--port", type=_port, help="the port of JupyterLab (default: 8888, or the next that is free)")
    top.set_defaults(run=_lab, level=LESSONS)
    commands = top.add_subparsers(title="commands", metavar="COMMAND", dest="command")

    add = _adder(commands)
    setup = add("setup", "set the course up without opening it", _setup, LESSONS)
    setup.add_argument("--tests", action="store_true", help="with what the tests need")
    setup.add_argument("--again", action="store_true", help="remove the environment first and make it afresh")

    test = add("test", "run every test; further arguments go to pytest", _test, TESTS)
    test.add_argument("--fast", action="store_true", help="only the quick tests, without notebooks and browser")
    test.add_argument("--only", choices=["unit", "notebooks", "browser"], help="one stage only")

    add("doctor", "say what is installed, what is missing and what to do", _doctor, None)

    codes = add("codes", "the code sets: which editions there are, load another year", _codes, LESSONS)
    verbs = codes.add_subparsers(metavar="VERB", dest="verb")
    verbs.add_parser("info", help="list the editions (also without a verb)")
    use = verbs.add_parser("use", help="load an official file: ICD-10-CM tabular or index XML, or a HCPCS release")
    use.add_argument("file", type=Path, help="the file, the zip as downloaded, or the folder of the unpacked archive")
    load = verbs.add_parser("load-cpt", help="show the CPT descriptors of a data file that you hold a licence for")
    load.add_argument("file", type=Path, nargs="?", help="tab-separated: code and descriptor")
    load.add_argument("--forget", action="store_true", help="take the loaded descriptors away")
    diff = verbs.add_parser("diff", help="what changed between two editions, and which questions it touches")
    diff.add_argument("before", type=int, metavar="BEFORE", help="a fiscal year, such as 2026")
    diff.add_argument("after", type=int, metavar="AFTER", help="another, such as 2027")
    diff.add_argument("--brief", action="store_true", help="count the changed codes, do not list them")

    progress = add("progress", "what you have answered: show, take along, start afresh", _progress, LESSONS)
    verbs = progress.add_subparsers(metavar="VERB", dest="verb")
    verbs.add_parser("show", help="a summary (also without a verb)")
    verbs.add_parser("export", help="write everything to one file").add_argument("file", type=Path)
    take = verbs.add_parser("import", help="add what a file holds; nothing is lost")
    take.add_argument("file", type=Path)
    take.add_argument("--dry", action="store_true", help="only say what the file holds")
    reset = verbs.add_parser("reset", help="start afresh; what was there is set aside")
    reset.add_argument("--yes", action="store_true", help="do it without asking first (a script has to say so)")
    reset.add_argument("--undo", action="store_true", help="bring back what the latest reset set aside")

    check = add("check", "check every question: file, line and what to do", _check, LESSONS)
    check.add_argument(
        "--looked-at-before",
        metavar="DATE",
        help="list the sources of questions last looked at before a day (2026-06-30)",
    )
    report = add("report", "write a career sheet of one page: pay, jobs and an exam in one state", _report, LESSONS)
    report.add_argument(
        "--state", required=True, help="a state by name or two letters, such as OH; US: the whole nation"
    )
    report.add_argument("--exam", required=True, help="CPC, CIC, CCS or CCA")
    report.add_argument("--wage", metavar="DOLLARS", help="what you earn now, dollars a year before tax, such as 36000")
    report.add_argument(
        "--out", type=Path, metavar="FILE", help="where to (default: career-OH-CPC.html in this folder)"
    )
    report.add_argument("--replace", action="store_true", help="write over a file that is there already")
    report.add_argument("--open", action="store_true", help="open the sheet in the browser")
    labor = add("labor", "the tables of jobs and wages: check them, take next year's official file in", _labor, LESSONS)
    verbs = labor.add_subparsers(metavar="VERB", dest="verb", required=True)
    verbs.add_parser("check", help="check every table: file, line and what to do")
    extend = verbs.add_parser("add", help="take in an OEWS or Employment Projections workbook of BLS")
    extend.add_argument("file", type=Path, help="the .xlsx, the .zip as downloaded, or a CSV export of the sheet")
    extend.add_argument("--dry", action="store_true", help="only say what the file would bring")
    extend.add_argument("--replace", action="store_true", help="where figures differ, take those of the file")
    exam = add("exam", "mock exams: what the question bank can fill, and an exam on paper", _exam, LESSONS)
    verbs = exam.add_subparsers(metavar="VERB", dest="verb", required=True)
    verbs.add_parser("check", help="compare the question bank with every exam, domain by domain")
    paper = verbs.add_parser("print", help="write an exam, an answer sheet and a key with reasons as pages to print")
    paper.add_argument("exam", metavar="EXAM", help="CPC, CCA, CCS or CIC")
    paper.add_argument(
        "--seed", type=int, default=1, metavar="N", help="another number draws another exam (default: 1)"
    )
    paper.add_argument("--part", default="1", metavar="1/2", help="a part of the exam: 1/2, 1/4 or 1/10")
    paper.add_argument("--out", type=Path, metavar="FOLDER", help="where to (default: this folder)")
    paper.add_argument("--replace", action="store_true", help="write over files that are there already")
    export = add("export", "take flash cards and questions along to another program", _export, LESSONS)
    verbs = export.add_subparsers(metavar="VERB", dest="verb", required=True)
    anki = verbs.add_parser("anki", help="a file that Anki imports; a later one updates the same cards")
    anki.add_argument("file", type=Path, nargs="?", help="where to (default: medical-coding.apkg in this folder)")
    anki.add_argument("--deck", action="append", default=[], metavar="NAME", help="only this deck; may be repeated")
    add("bench", "measure speed and search quality; further arguments go to the benchmark", _bench, LESSONS)

    notebooks = add("notebooks", "run the lessons and store their outputs, or check them", _notebooks, LESSONS)
    verbs = notebooks.add_subparsers(metavar="VERB", dest="verb", required=True)
    for verb, text in (("run", "run notebooks in a fresh kernel and store what they show"), ("check", "check them")):
        names = verbs.add_parser(verb, help=text)
        names.add_argument("names", nargs="*", metavar="NAME", help="such as 03 (default: all)")
    tool = add("tool", "run a tool of the tests' environment, such as: tool ruff check", _tool, TESTS)
    tool.add_argument("words", nargs=argparse.REMAINDER, metavar="NAME ...", help="ruff, mypy, codespell, pytest ...")
    return top


def main(argv: Sequence[str]) -> int:
    """Run one command line. UserError for what the caller can mend; returns the exit code."""
    arguments, rest = parser().parse_known_args(list(argv))
    if rest and arguments.command not in {"test", "bench"}:
        parser().error(f"not understood: {' '.join(rest)}")
    arguments.rest = [word for word in rest if word != "--"]
    if arguments.command == "setup":
        arguments.level = TESTS if arguments.tests else LESSONS
        if arguments.again:
            again()
            argv = [word for word in argv if word != "--again"]
    if arguments.level is not None:
        start.enter(arguments.level, argv)
    elif arguments.command == "doctor":
        start.enter_if_there(argv)
    try:
        return int(arguments.run(arguments) or 0)
    except (UserError, KeyboardInterrupt):
        raise
    except Exception as problem:
        if os.environ.get(DEBUG):
            raise
        raise unexpected(problem) from problem


def again() -> None:
    """Remove the course's own environment."""
    from course.bootstrap import layout

    folder = layout.environment_folder()
    if folder.exists():
        start.is_broken(folder, {})  # refuses when the folder is something else than an environment
        start.remove(folder)


def unexpected(problem: BaseException) -> UserError:
    """A message for what nobody foresaw; the traceback goes to a file."""
    what = f"{type(problem).__name__}: {problem}".splitlines()[0][:300]
    advice = [f"`{command('doctor')}` checks the installation."]
    try:
        from course.paths import cache_dir

        cache_dir().mkdir(parents=True, exist_ok=True)
        log = cache_dir() / "last-problem.txt"
        log.write_text("".join(traceback.format_exception(problem)), encoding="utf-8")
        advice.append(f"The details are in {log}: send that file with your question.")
    except (OSError, ImportError):
        advice.append(f"Set {DEBUG}=1 and run the command again to see the details.")
    return UserError(f"Something unexpected happened ({what}).", *advice)


Run = Callable[[argparse.Namespace], int]


def _adder(commands: argparse._SubParsersAction) -> Callable[..., argparse.ArgumentParser]:
    def add(name: str, text: str, run: Run, level: str | None) -> argparse.ArgumentParser:
        sentence = text[0].upper() + text[1:] + "."
        made: argparse.ArgumentParser = commands.add_parser(name, help=text, description=sentence)
        made.set_defaults(run=run, level=level)
        return made

    return add


def _port(text: str) -> int:
    try:
        port = int(text)
    except ValueError:
        port = 0
    if not 1024 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: a whole number from 1024 to 65535, such as 8890")
    return port


def _lab(arguments: argparse.Namespace) -> int:
    from course import cli_lab

    return cli_lab.run(port=arguments.port, browser=not arguments.no_browser)


def _setup(arguments: argparse.Namespace) -> int:
    print(f"The course is set up in {sys.prefix}")
    return 0


def _test(arguments: argparse.Namespace) -> int:
    from course.testing import run

    return run.run(fast=arguments.fast, only=arguments.only, extra=arguments.rest)


def _doctor(arguments: argparse.Namespace) -> int:
    from course import cli_doctor

    return cli_doctor.run()


def _codes(arguments: argparse.Namespace) -> int:
    from course import cli_codes

    if arguments.verb == "use":
        return cli_codes.use(arguments.file)
    if arguments.verb == "load-cpt":
        return cli_codes.load_cpt(arguments.file, arguments.forget)
    if arguments.verb == "diff":
        return cli_codes.changes(arguments.before, arguments.after, arguments.brief)
    return cli_codes.info()


def _progress(arguments: argparse.Namespace) -> int:
    from course import cli_content

    if arguments.verb == "export":
        return cli_content.progress_export(arguments.file)
    if arguments.verb == "import":
        return cli_content.progress_import(arguments.file, dry=arguments.dry)
    if arguments.verb == "reset":
        return cli_content.progress_reset(sure=arguments.yes, undo=arguments.undo)
    return cli_content.progress_show()


def _check(arguments: argparse.Namespace) -> int:
    from course import cli_content

    return cli_content.sources_before(arguments.looked_at_before) if arguments.looked_at_before else cli_content.check()


def _report(arguments: argparse.Namespace) -> int:
    from course import cli_report

    return cli_report.report(
        *(arguments.state, arguments.exam, arguments.wage, arguments.out), arguments.replace, arguments.open
    )


def _labor(arguments: argparse.Namespace) -> int:
    from course import cli_labor

    if arguments.verb == "add":
        return cli_labor.add(arguments.file, dry=arguments.dry, replace=arguments.replace)
    return cli_labor.check()


def _exam(arguments: argparse.Namespace) -> int:
    from course import cli_exam

    if arguments.verb == "print":
        return cli_exam.show(arguments.exam, arguments.seed, arguments.part, arguments.out, arguments.replace)
    return cli_exam.check()


def _export(arguments: argparse.Namespace) -> int:
    from course import cli_export

    return cli_export.anki(arguments.file, arguments.deck)


def _bench(arguments: argparse.Namespace) -> int:
    from course import cli_content

    return cli_content.bench(arguments.rest)


def _notebooks(arguments: argparse.Namespace) -> int:
    from course import notebooks_tool

    return notebooks_tool.run(arguments.names) if arguments.verb == "run" else notebooks_tool.check(arguments.names)


def _there_is(name: str) -> bool:
    """Whether a module of that name can be run."""
    import importlib.util

    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):  # ValueError: an empty name, or one with a dot in front
        return False


def _tool(arguments: argparse.Namespace) -> int:
    import subprocess

    if not arguments.words:
        raise UserError(f"Name a tool, such as: {command('tool ruff check')}")
    if not _there_is(arguments.words[0]):
        there = ", ".join(filter(_there_is, TOOLS)) or f"none yet; {command('setup --tests')} gets them"
        raise UserError(f"There is no tool {arguments.words[0]!r} here.", f"Tools: {there}.")
    try:
        return subprocess.call([sys.executable, "-m", *arguments.words])
    except KeyboardInterrupt:
        return 130
