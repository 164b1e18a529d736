"""What a learner types, cut into codes."""

from __future__ import annotations

import re
import unicodedata


def split_codes(typed: str) -> tuple[list[str], list[str]]:
    """(codes, words) in a typed text. Never raises.

    A code may be typed in small letters, without its dot, spaces inside ("S52 521A", "S52.521 A"), and after a number
    of a list ("1. I13.0"). What has no digit is a word, unless it ends a code ("S52.52 XA"); "and", "or" are skipped.
    """
    folded = unicodedata.normalize("NFKC", typed).upper()
    folded = re.sub(r"(?m)^\s*(?:\d{1,2}[.):]|[-*\u2022])\s+(?=[A-Z])", " ", folded)
    codes: list[str] = []
    words: list[str] = []
    for group in re.split(r"[,;+&|\n\r\t]|\bAND\b|\bOR\b|\bTHEN\b|\bPLUS\b", folded):
        start = len(codes)
        for token in group.split():
            token = token.strip("\"'()[]<>:")
            if not any(char.isalnum() for char in token):
                continue
            digits = any(char.isdigit() for char in token)
            if len(token) >= 4 and not digits:
                words.append(token.lower())
            elif len(codes) > start and _continues(codes[-1], token):
                codes[-1] += token
            elif not digits:
                words.append(token.lower())
            else:
                codes.append(token)
    return codes, words


def _continues(code: str, token: str) -> bool:
    """Whether a token is the rest of the code before it: it is no code itself and together they are no longer than
    one."""
    compact = code.replace(".", "")
    whole = len(compact) + len(token.replace(".", ""))
    looks_whole = re.fullmatch(r"[A-Z][0-9A-Z]{2}\.?[0-9A-Z]*", token) and any(char.isdigit() for char in token)
    return len(compact) >= 3 and compact[0].isalpha() and whole <= 7 and not looks_whole
