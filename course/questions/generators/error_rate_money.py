"""Rates of money for the generator ``error-rate``: claims, sums, and the slips that are made with them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple


class Rate(NamedTuple):
    """A rate of money in words, and what it rests on."""

    title: str
    definition: str
    basis: str


RATES = {
    "net": Rate(
        "net payment error rate",
        "overpayments less underpayments, over all that was paid",
        "The Office of Inspector General describes the error rate of a discovery sample so: underpayments are set off.",
    ),
    "gross": Rate(
        "gross payment error rate",
        "overpayments plus underpayments, over all that was paid",
        "Medicare's CERT program counts so: a payment in a wrong amount is improper, too much or too little "
        "(31 U.S.C. 3351(4)).",
    ),
    "overpaid": Rate(
        "overpayment rate",
        "overpayments alone, over all that was paid",
        "No law fixes which rate a house reports; this one says nothing of what was paid too little.",
    ),
    "underpaid": Rate(
        "underpayment rate",
        "underpayments alone, over all that was paid",
        "No law fixes which rate a house reports; this one says nothing of what was paid too much.",
    ),
}


class Sums(NamedTuple):
    """What was paid, what was due, what was paid too much and too little, in whole dollars; the claims that were paid
    in a wrong amount, how many and how much was paid for them."""

    paid: int
    due: int
    over: int
    under: int
    wrong: int
    wrong_paid: int
    claims: int

    @classmethod
    def of(cls, claims: Sequence[tuple[int, int]]) -> Sums:
        """Sums of (paid, due)."""
        paid, due = (sum(side) for side in zip(*claims, strict=True))
        over = sum(max(0, a - b) for a, b in claims)
        wrong = [a for a, b in claims if a != b]
        return cls(paid, due, over, over - (paid - due), len(wrong), sum(wrong), len(claims))

    def amount(self, asked: str) -> int:
        """What stands above the line."""
        net, gross = self.over - self.under, self.over + self.under
        return {"net": net, "gross": gross, "overpaid": self.over, "underpaid": self.under}[asked]

    def rate(self, asked: str) -> Fraction:
        return Fraction(self.amount(asked), self.paid)

    def worked(self, asked: str) -> str:
        """The sum in figures."""
        amount = f"{'−' if self.amount(asked) < 0 else ''}${abs(self.amount(asked))}"
        sign = {"net": "−", "gross": "+"}.get(asked)
        first = f"${self.over} {sign} ${self.under} = {amount}, and " if sign else ""
        return f"{first}{amount} ÷ ${self.paid:,}"


def claims(rng: random.Random, negative: bool) -> list[tuple[int, int]]:
    """(paid, due) of 7 to 10 claims; two to four were paid in a wrong amount, in both directions. ``negative``: more
    was paid too little than too much; otherwise the other way round."""
    paid = [10 * rng.randint(6, 30) for _ in range(rng.randint(7, 10))]
    due = list(paid)
    for n, place in enumerate(rng.sample(range(len(paid)), rng.randint(2, 4))):
        too_much = n == 0 or (n > 1 and rng.random() < (0.3 if negative else 0.7))  # the second: too little
        off = 10 * rng.randint(1, 5)
        due[place] += -off if too_much else off
    made = list(zip(paid, due, strict=True))
    sums = Sums.of(made)
    fits = (sums.over < sums.under) if negative else (sums.over > sums.under)
    return made if fits else claims(rng, negative)


def slips(asked: str, made: Sums) -> list[tuple[Fraction, str]]:
    """Five slips, each with the number it leads to."""
    amount = made.amount(asked)
    others = {
        "net": ("gross", "That adds both directions."),
        "gross": ("net", "That sets one direction off against the other."),
        "overpaid": ("gross", "That adds what was paid too little."),
        "underpaid": ("gross", "That adds what was paid too much."),
    }
    other, why = others[asked]
    found = [(made.rate(other), why)]
    if asked == "net":
        found.append((-made.rate("net"), "Look at the sign: overpayments come first, and underpayments are taken off."))
    elif asked == "gross":
        found.append((made.rate("overpaid"), "What was paid too little plays a part, too."))
    else:
        found.append((made.rate("net"), "That sets one direction off against the other."))
        mirror = "underpaid" if asked == "overpaid" else "overpaid"
        found.append((made.rate(mirror), "That is the other direction."))
    if asked in ("net", "gross"):
        why = "That divides by what should have been paid. The paid amount stands below."
        found.append((Fraction(amount, made.due), why))
        found.append((Fraction(made.amount(other), made.due), f"{others[asked][1]} And it divides by what was due."))
    else:  # of a small amount the two shares differ by too little
        why = "That divides by what was paid for the claims in error. The others count, too."
        found.append((Fraction(amount, made.wrong_paid), why))
    found.append((Fraction(made.wrong, made.claims), "That counts claims. Asked are dollars."))
    return [(rate, f"{why} Asked is: {RATES[asked].definition}.") for rate, why in found]
