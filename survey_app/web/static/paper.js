// Typing in a sheet from paper with one hand: a digit answers and goes on, Enter goes on without an
// answer and saves at the end, arrows go back and forth. The focus is always on the row that is
// answered, so a screen reader reads it, and what was answered is announced. Without this script the
// same form works with Tab, arrows and Space. `holds` and `apply` come from respond/conditions.js.
"use strict";

const form = document.querySelector("[data-paper]");
const said = form?.querySelector("[data-said]");
const all = (selector, inside = form) => [...inside.querySelectorAll(selector)];
const filled = (wording, key) => wording.replace("{key}", key);
const easternDigit = (key) => key.replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt() & 15);

let typed = ""; // digits that may become a longer number, of the row `typedIn`
let typedIn = null;

const rows = () => all("[data-row]").filter((row) => !row.closest("[hidden]"));
const inputs = (row) => all("input, textarea", row);
const say = (text) => (said.textContent = text);
const wording = (input) => input.closest("label").textContent.trim().replace(/\s+/g, " ");

/* What was answered so far, as the conditions need it (survey_app/domain/questions reads the same). */
const coded = (input) =>
  input.dataset.text === undefined && /^\d+$/.test(input.value) ? Number(input.value) : input.value;

const number = (input) => {
  const [least, most] = input.dataset.number.split(" ").map(Number);
  const value = Number.parseInt(easternDigit(input.value.trim()), 10);
  return value >= least && value <= most ? value : undefined;
};

const answer = (name) => {
  const fields = [...form.elements].filter((input) => input.name === name && !input.disabled);
  const [first] = fields;
  if (!first) return undefined;
  if (first.dataset.number !== undefined) return number(first);
  if (first.type === "textarea") return first.value.trim() || undefined;
  const chosen = fields.filter((input) => input.checked && input.value).map(coded);
  if (first.type === "checkbox") return chosen.length ? chosen : undefined;
  const others = first.closest("[data-fills-up]");
  const rest = others && all(":checked", others).some(({value}) => value > 0) ? 0 : undefined;
  return chosen[0] ?? rest;
};

/* To a row, or to the button behind the last. */
const land = (row) => {
  typed = "";
  typedIn = null;
  const target = row
    ? (row.querySelector("input[type=radio]:checked") ?? inputs(row)[0])
    : form.querySelector("[data-save]");
  target.focus({preventScroll: true});
  target.select?.();
  (row ?? target).scrollIntoView({block: "nearest"});
};

const step = (row, by) => {
  const there = rows();
  const next = there[there.indexOf(row) + by];
  if (next || by > 0) land(next);
  if (!next && by > 0) say(`${said.textContent} ${said.dataset.end}`.trim());
};

const goOn = (row) => (row === rows().at(-1) ? form.requestSubmit() : step(row, 1));

const tick = (row, input) => {
  input.checked = !input.checked;
  input.focus();
  say(`${row.dataset.number}: ${wording(input)} ${said.dataset[input.checked ? "on" : "off"]}`);
};

const choose = (row, input, couldBeLonger) => {
  input.checked = true;
  if (couldBeLonger) {
    input.focus();
    return say(filled(said.dataset.waiting, input.dataset.key));
  }
  say(`${row.dataset.number}: ${wording(input)}`);
  apply();
  step(row, 1);
};

/* A key of an answer: "1" may still become "10" where there are that many. */
const press = (row, key) => {
  const choices = all("[data-key]", row);
  const called = (wanted) => choices.find((input) => input.dataset.key === wanted);
  const longer = typedIn === row ? called(typed + key) : undefined;
  const input = longer ?? called(key);
  if (!input) return say(filled(said.dataset.unknown, key));
  if (row.dataset.row === "many") return tick(row, input);
  typed = input.dataset.key;
  typedIn = row;
  const couldBeLonger = choices.some(
    ({dataset}) => dataset.key !== typed && dataset.key.startsWith(typed),
  );
  choose(row, input, couldBeLonger);
};

const empty = (row) => {
  for (const input of inputs(row)) input.checked = input.dataset.blank !== undefined;
  say(`${row.dataset.number}: ${said.dataset.empty}`);
  land(row);
};

/* From one box to the next, in the direction of the script. */
const beside = (row, target, by) => {
  const boxes = inputs(row);
  boxes[boxes.indexOf(target) + by]?.focus();
};

const isAtEdge = ({selectionStart, selectionEnd, value}, by) =>
  selectionStart === selectionEnd && selectionStart === (by < 0 ? 0 : value.length);

const onArrow = (event, row, by) => {
  if (event.target.type === "textarea" && !isAtEdge(event.target, by)) return;
  event.preventDefault();
  step(row, by);
};

const onKey = (event) => {
  const {key, target} = event;
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (target.matches("[data-save]") && key === "ArrowUp") {
    event.preventDefault();
    return land(rows().at(-1));
  }
  const row = target.closest("[data-row]");
  if (!row) return;
  const writes = row.dataset.row === "typed";
  if (key === "ArrowUp") onArrow(event, row, -1);
  else if (key === "ArrowDown") onArrow(event, row, 1);
  else if (key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    apply();
    goOn(row);
  } else if (writes) return;
  else if (key === "Backspace" || key === "Delete") {
    event.preventDefault();
    empty(row);
  } else if (row.dataset.row === "many" && (key === "ArrowLeft" || key === "ArrowRight")) {
    const forward = (key === "ArrowRight") === (document.dir !== "rtl");
    event.preventDefault();
    beside(row, target, forward ? 1 : -1);
  } else if (/^[0-9a-z٠-٩۰-۹−-]$/i.test(key)) {
    event.preventDefault();
    press(row, easternDigit(key.toLowerCase().replace("−", "-")));
  }
};

if (form) {
  form.dataset.quick = "";
  for (const part of all("[data-with-script]")) part.hidden = false;
  for (const part of all("[data-without-script]")) part.hidden = true;
  form.addEventListener("keydown", onKey);
  form.addEventListener("input", apply);
  apply();
  const wrong = form.querySelector("[data-row]:has(.problem)");
  land(wrong ?? rows()[0]);
  if (!wrong) scrollTo(0, 0);
}
