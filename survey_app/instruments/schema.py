"""The format as JSON Schema: for editors, and for naming what may stand at a place.

The schema is derived from the models of the domain; it is printed into
``questionnaires/questionnaire.schema.json``, so that an editor completes keys and underlines
mistakes while somebody types. Added here is only what the models cannot say about the YAML: that
a text may be a plain string, and a German sentence for the keys an author meets first.
"""

import json
from functools import cache
from typing import Any

from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questions import KINDS
from survey_app.domain.text import FALLBACK
from survey_app.instruments.descriptions import description
from survey_app.instruments.places import Path

DIALECT = "https://json-schema.org/draft/2020-12/schema"

SLOT = (
    "Platzhalter für den Originaltext mit dieser Nummer, nur in Lizenzklasse B.\n\n"
    "Empty slot for the original text of this number, only in licence class B."
)

SLOT_TEXT = {
    "type": "object",
    "properties": {"slot": {"type": "integer", "minimum": 1, "description": SLOT}},
    "required": ["slot"],
    "additionalProperties": False,
}


@cache
def questionnaire_schema() -> dict[str, Any]:
    """Return the JSON Schema of a questionnaire file. Do not change what is returned."""
    schema = Questionnaire.model_json_schema(by_alias=True, mode="validation")
    tidy(schema)
    definitions = schema["$defs"]
    definitions["Text"] = text_or_plain_german(definitions["Text"], SLOT_TEXT)
    for name in (kind.__name__ for kind in KINDS.values()):
        required = dict.fromkeys(["kind", *definitions[name]["required"]])
        definitions[name]["required"] = list(required)
    for name, definition in {**definitions, Questionnaire.__name__: schema}.items():
        for key, value in definition.get("properties", {}).items():
            value["description"] = description(name, key)
    return {"$schema": DIALECT, "title": "Fragebogen", **schema}


def schema_file() -> str:
    """Return the schema as it stands in ``questionnaires/questionnaire.schema.json``."""
    return json.dumps(questionnaire_schema(), ensure_ascii=False, indent=2) + "\n"


def tidy(schema: Any) -> None:
    """Drop pydantic's titles ("At Most") and docstrings, and close the mappings with free keys."""
    if isinstance(schema, list):
        for part in schema:
            tidy(part)
    if isinstance(schema, dict):
        for noise in ("title", "description"):
            if isinstance(schema.get(noise), str):
                del schema[noise]
        if "patternProperties" in schema:
            schema["additionalProperties"] = False
        for part in schema.values():
            tidy(part)


def text_or_plain_german(by_language: dict[str, Any], *others: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a text as people write it: German alone, by language, or otherwise."""
    plain = {"type": "string", "minLength": 1}
    return {"anyOf": [plain, {**by_language, "required": [FALLBACK]}, *others]}


def known_keys(data: Any, path: Path) -> tuple[str, ...]:
    """Return the keys that may stand in the mapping at `path`; none where any key is allowed."""
    schema = _resolved(questionnaire_schema(), data)
    for step in path:
        data = data[step]
        named = schema.get("properties", {}).get(step)
        any_name: dict[str, Any] = next(iter(schema.get("patternProperties", {}).values()), {})
        schema = _resolved(named or schema.get("items") or any_name, data)
    return tuple(schema.get("properties", ()))


def _resolved(schema: dict[str, Any], data: Any) -> dict[str, Any]:
    """Return the alternative of `schema` that goes with `data`, without references."""
    if "$ref" in schema:
        target = questionnaire_schema()["$defs"][schema["$ref"].rpartition("/")[2]]
        return _resolved(target, data)
    if "discriminator" in schema:
        kind = data.get("kind") if isinstance(data, dict) else None
        target = schema["discriminator"]["mapping"].get(kind)
        return _resolved({"$ref": target}, data) if target else {}
    for alternative in schema.get("anyOf", ()):
        found = _resolved(alternative, data)
        if found.get("type") in ("object", "array"):
            return found
    return schema
