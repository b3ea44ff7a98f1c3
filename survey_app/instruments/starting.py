"""A file to begin with: questions from the bank, chosen by topic, with remarks where to decide.

The bank is the shipped questionnaires; each is a topic. Of several topics the sections are put one
after the other, what belongs to the end at the end. A question that two topics share is taken once.
The result is a sound questionnaire, so that an author changes something that works.
"""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from survey_app.domain.questionnaire import Audience, Questionnaire
from survey_app.instruments.library import Library
from survey_app.instruments.places import Path
from survey_app.instruments.writing import as_data, written

NAME = re.compile(r"[a-z][a-z0-9-]{1,40}")
LAST = ("worte", "schluss", "person")
MOST_MINUTES = 60


class NoStart(ValueError):
    """Raised with a sentence if no file can be begun like this."""


@dataclass(frozen=True)
class Topic:
    """A questionnaire of the bank as a topic."""

    name: str
    title: str
    audience: Audience


def topics(bank: Library) -> tuple[Topic, ...]:
    """Return the topics of the bank: all questionnaires whose wording may be used freely."""
    return tuple(
        Topic(each.id, each.title.german, each.audience)
        for each in bank.all()
        if each.licence.class_ == "A"
    )


def starting_file(bank: Library, name: str, chosen: Sequence[str]) -> str:
    """Return a questionnaire called `name` with the questions of the chosen topics.

    Raises NoStart.
    """
    if not NAME.fullmatch(name):
        raise NoStart(
            f"„{name}“ taugt nicht als Name. Nimm 2 bis 41 Zeichen aus a–z, 0–9 und Bindestrich,"
            " vorn einen Buchstaben, zum Beispiel „ferienfreizeit“."
        )
    known = [topic.name for topic in topics(bank)]
    for topic in chosen:
        if topic not in known:
            raise NoStart(_unknown(topic, known))
    sources = [bank.get(topic) for topic in dict.fromkeys(chosen)]
    if len({source.audience for source in sources}) > 1:
        raise NoStart(
            "diese Themen richten sich teils an Jugendliche, teils an Fachkräfte. Lege für jede"
            " Gruppe eine eigene Datei an."
        )
    return written(_data(name, sources), COMMENTS)


def _unknown(topic: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(topic[:40], known, n=1)
    meant = f" Meintest du „{close[0]}“?" if close else ""
    return f"das Thema „{topic[:40]}“ gibt es nicht.{meant} Es gibt: {', '.join(known)}."


def _data(name: str, sources: Sequence[Questionnaire]) -> dict[str, Any]:
    first, *others = [as_data(source) for source in sources]
    sections = list(_sections([first, *others]))
    scales = {key: scale for each in [first, *others] for key, scale in each["scales"].items()}
    used = {question.get("scale") for section in sections for question in section["questions"]}
    shared = [
        language
        for language in first["languages"]
        if all(language in source.languages for source in sources)
    ]
    return {
        "id": name,
        "version": "1.0.0",
        "audience": first["audience"],
        "languages": shared,
        "title": first["title"],
        **({"introduction": first["introduction"]} if "introduction" in first else {}),
        "minutes": min(MOST_MINUTES, sum(source.minutes for source in sources)),
        "licence": first["licence"],
        **({"easy_language": {"tested": False}} if any(s.easy_language for s in sources) else {}),
        "scales": {key: scale for key, scale in scales.items() if key in used},
        "sections": sections,
    }


def _sections(sources: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the sections of all topics; those with the same title as one."""
    every = [section for source in sources for section in source["sections"]]
    every.sort(key=lambda section: section["id"] in LAST)
    merged: dict[str, dict[str, Any]] = {}
    for section in every:
        title = section.get("title", {}).get("de", section["id"])
        merged.setdefault(title, {**section, "questions": []})
        merged[title]["questions"] += section["questions"]
    taken: dict[str, Any] = {}
    ids: set[str] = set()
    for section in merged.values():
        if questions := list(_questions(section["questions"], taken)):
            yield {**section, "id": _free(section["id"], ids), "questions": questions}


def _questions(
    questions: Sequence[Mapping[str, Any]], taken: dict[str, Any]
) -> Iterator[Mapping[str, Any]]:
    """Yield the questions not yet taken, under names that are free."""
    for question in questions:
        if _asked(taken.get(question["id"])) == _asked(question):
            continue
        names = set(taken)
        renamed = {**question, "id": _free(question["id"], names)}
        if "items" in question:
            renamed["items"] = [{**i, "id": _free(i["id"], names)} for i in question["items"]]
        taken.update(dict.fromkeys(names - set(taken)))
        taken[renamed["id"]] = question
        yield renamed


def _asked(question: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Return what people read: to be a breakdown as well makes no second question."""
    return {key: value for key, value in (question or {}).items() if key != "breakdown"}


def _free(name: str, taken: set[str]) -> str:
    """Return `name`, or `name` with a number, and take it."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}_{number}"
    taken.add(free)
    return free


COMMENTS: Mapping[Path, str] = {
    (): (
        "Ein Anfang aus der Fragensammlung. Ändere Titel und Einleitung, streiche, was du nicht"
        " brauchst, und schreib eigene Fragen dazu: höchstens zwanzig, je ein Gedanke pro Satz."
    ),
    ("version",): "Ist ein Text einmal eingesetzt, braucht jede Änderung eine neue Version.",
    ("languages",): (
        "Streiche eine Sprache hier und bei den Texten, wenn du sie nicht pflegen kannst."
    ),
    ("minutes",): "Miss nach: Lass drei Menschen probeweise antworten.",
    ("licence",): (
        "Die Fragen der Sammlung darfst du ändern und weitergeben, wenn du die Herkunft nennst"
        " (CC BY 4.0)."
    ),
    ("scales",): "Antwortskalen. Gleiche Skalen machen Ergebnisse vergleichbar.",
    ("sections",): (
        "Fragen mit core bleiben im Wortlaut, wie sie sind: Auf ihnen stehen Gesamtauswertungen."
        " Was du änderst, verliert core und mirror."
    ),
}
