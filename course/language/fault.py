"""One thing to mend in a file of the language of medicine, in words for the person who wrote it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """``file`` as one sees it in the project; ``line`` counts from 1, 0 is the file as a whole."""

    file: str
    line: int
    message: str
    advice: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.message}." + (f" {self.advice}" if self.advice else "")
