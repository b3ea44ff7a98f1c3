"""Answer scales: the options of a rating, in order, and how they may be summed up.

A scale is named once and used by many questions, so that a respondent meets the same answers in
the same order and a roll-up adds like to like. Its options run from the low to the high end.
`positive` names the codes of the "top-2 box" of the sheet. `coarse` is the declared shorter scale
that replaces the full one where few people answered a sensitive question: it is declared here, by
the author, and never chosen by looking at the data (ANONYMITY.md, "What is released", rule 2).
"""

import re
from collections.abc import Sequence
from functools import cached_property

from pydantic import Field, model_validator

from survey_app.domain.messages import N_, Fault, Message, refuse
from survey_app.domain.pictures import Face
from survey_app.domain.response import RESERVED_CODES, Code
from survey_app.domain.text import Definition, Worded

CODE_PATTERN = re.compile(r"[a-z0-9][a-z0-9_]{0,19}")


class Option(Worded):
    """One possible answer: the code that is stored and counted, its wording, perhaps a face."""

    code: Code
    face: Face | None = None


class Scale(Definition):
    """Answer options from the low to the high end."""

    options: tuple[Option, ...] = Field(min_length=2, max_length=11)
    positive: tuple[Code, ...] = ()
    coarse: tuple[tuple[Code, ...], ...] = ()
    refusal: bool = False

    @model_validator(mode="after")
    def _is_consistent(self) -> "Scale":
        codes = [option.code for option in self.options]
        refuse(
            [
                *faults_of_options(self.options),
                *_faults_of_positive(self.positive, codes),
                *_faults_of_coarse(self.coarse, codes),
                *_faults_of_groups(self.coarse, self.positive),
            ]
        )
        return self

    @cached_property
    def codes(self) -> tuple[Code, ...]:
        """Return the codes from the low to the high end."""
        return tuple(option.code for option in self.options)


def faults_of_options(options: Sequence[Option]) -> list[Fault]:
    """Return the faults in a list of options: unusable, reserved and repeated codes."""
    faults: list[Fault] = []
    seen: set[str] = set()
    for position, option in enumerate(options):
        code = str(option.code)
        if message := _fault_of_code(code, seen):
            faults.append(Fault(message, ("options", position, "code")))
        seen.add(code)
    return faults


def _fault_of_code(code: str, seen: set[str]) -> Message | None:
    if code in seen:
        return Message(
            N_("der Code „%(code)s“ kommt zweimal vor. Gib einer der Antworten einen anderen"),
            {"code": code},
        )
    if code in RESERVED_CODES:
        return Message(
            N_("der Code „%(code)s“ ist für fehlende Antworten reserviert. Nimm einen anderen"),
            {"code": code},
        )
    if not CODE_PATTERN.fullmatch(code):
        return Message(
            N_(
                "„%(code)s“ taugt nicht als Code. Nimm eine Zahl ab 0 oder bis zu 20 Zeichen aus"
                " a–z, 0–9 und Unterstrich"
            ),
            {"code": code},
        )
    return None


def _faults_of_positive(positive: Sequence[Code], codes: Sequence[Code]) -> list[Fault]:
    return [
        Fault(
            Message(
                N_("„%(code)s“ ist kein Code dieser Skala. Es gibt: %(codes)s"),
                {"code": code, "codes": ", ".join(map(str, codes))},
            ),
            ("positive", position),
        )
        for position, code in enumerate(positive)
        if code not in codes
    ]


def _faults_of_coarse(coarse: Sequence[Sequence[Code]], codes: Sequence[Code]) -> list[Fault]:
    if not coarse or [code for group in coarse for code in group] == list(codes):
        return []
    return [
        Fault(
            Message(
                N_(
                    "die grobe Skala muss jeden Code genau einmal und in der Reihenfolge der"
                    " Antworten enthalten: %(codes)s"
                ),
                {"codes": ", ".join(map(str, codes))},
            ),
            ("coarse",),
        )
    ]


def _faults_of_groups(coarse: Sequence[Sequence[Code]], positive: Sequence[Code]) -> list[Fault]:
    """Return a fault for each coarse group of which only a part is positive.

    The share of positive answers could not be read off the coarse scale.
    """
    return [
        Fault(Message(HALF_POSITIVE, {"codes": ", ".join(map(str, group))}), ("coarse", position))
        for position, group in enumerate(coarse)
        if 0 < len(set(group) & set(positive)) < len(group)
    ]


HALF_POSITIVE = N_(
    "von der Gruppe %(codes)s der groben Skala steht nur ein Teil unter positive. Lass die Gruppe"
    " dort enden, wo positive beginnt"
)
