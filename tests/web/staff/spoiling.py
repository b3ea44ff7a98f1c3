"""Forms that come back: every field is emptied, and nonsense stands where a number belongs.

Once as a browser sends it, past what it would have asked for itself, in fields of a day too; and once
without a browser, for whoever reads hundreds of pages.
"""

from xml.etree.ElementTree import Element

from werkzeug.test import TestResponse

from tests.web.staff.office import Person

NONSENSE = "viele"
UNREADABLE = "#777777"  # no text can be read on this colour

# Spoils the first form of the page that has anything to spoil, and sends it.
SPOIL = """() => {
    const form = [...document.querySelectorAll("main form")].find(form =>
        form.method === "post" && form.querySelector("input:not([type=hidden]), select, textarea"));
    for (const part of form.elements) {
        if (part.type === "hidden" || part.matches("button, fieldset")) continue;
        if (part.matches("[type=number], [type=date], [inputmode=numeric], [inputmode=decimal]")) {
            part.type = "text"; part.value = "NONSENSE";
        }
        else if (part.matches("[type=checkbox], [type=radio]")) part.checked = false;
        else if (part.type === "color") part.value = "UNREADABLE";
        else if (part.matches("select")) part.selectedIndex = 0;
        else part.value = "";
    }
    form.noValidate = true;
    form.requestSubmit(form.querySelector("[type=submit]"));
}""".replace("NONSENSE", NONSENSE).replace("UNREADABLE", UNREADABLE)


def sent_back(person: Person, path: str) -> TestResponse:
    """Spoil and send the same form without a browser, and return the answer."""
    page = person.page(path)
    form = next(each for each in page.all("main//form") if _can_be_spoiled(each))
    data = {
        str(part.get("name")): value
        for part in form.iter()
        if part.get("name") and (value := _spoiled(part)) is not None
    }
    answer = person.client.post(form.get("action") or path, data=data)
    assert answer.status_code == (200 if path.endswith("/anmelden") else 422), path
    return answer


def _can_be_spoiled(form: Element) -> bool:
    parts = [part for tag in ("input", "select", "textarea") for part in form.iter(tag)]
    return form.get("method") == "post" and any(part.get("type") != "hidden" for part in parts)


def _spoiled(part: Element) -> str | None:
    """Return what a field holds afterwards; None of what is not sent."""
    kind = part.get("type", "")
    if part.tag not in ("input", "select", "textarea") or kind in ("checkbox", "radio", "submit"):
        return None
    if part.tag == "select":
        return next(part.iter("option")).get("value", "")
    if kind == "hidden":
        return part.get("value", "")
    if kind not in ("number", "date") and part.get("inputmode") in ("numeric", "decimal"):
        return NONSENSE  # fields of a day or a number cannot send it, nor can they hold it
    return UNREADABLE if kind == "color" else ""
