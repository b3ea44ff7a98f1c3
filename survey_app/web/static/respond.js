/* What a script adds to a questionnaire that works without it: questions that do not apply are
   hidden, a form is sent once, and what went wrong gets the focus. Nothing is stored. */
"use strict";
(() => {
  /* A browser that knows `autofocus` on any element has done this before the first frame. */
  const summary = document.querySelector("[data-summary]");
  requestAnimationFrame(() => summary !== document.activeElement && summary?.focus());
  const form = document.querySelector("[data-questionnaire]");
  if (!form) return;

  /* The rules of survey_app/domain/conditions.py. An unanswered, refused or hidden question makes
     every comparison false; the text "3" is not the number 3. */
  const refused = "refused";

  const coded = (input) =>
    input.dataset.text === undefined && /^\d+$/.test(input.value) ? Number(input.value) : input.value;

  const number = (input) => {
    const [least, most] = input.dataset.number.split(" ").map(Number);
    const typed = input.value.trim();
    const value = /^[+-]?[0-9]{1,9}$/.test(typed) ? Number(typed) : NaN;
    return value >= least && value <= most ? value : undefined;
  };

  const answer = (name) => {
    const inputs = [...form.elements].filter((input) => input.name === name && !input.disabled);
    if (!inputs.length) return undefined;
    const [first] = inputs;
    if (first.dataset.number !== undefined) return number(first);
    if (first.type === "textarea") return first.value.trim() || undefined;
    const chosen = inputs.filter((input) => input.checked).map(coded);
    return first.type === "checkbox" && chosen.length ? chosen : chosen[0];
  };

  const holds = (condition) => {
    if (condition.all) return condition.all.every(holds);
    if (condition.any) return condition.any.some(holds);
    if (condition.not) return !holds(condition.not);
    const value = answer(condition.question);
    const valid = value !== undefined && value !== refused;
    if ("answered" in condition) return valid === condition.answered;
    if (!valid) return false;
    if ("is" in condition) return value === condition.is;
    if ("one_of" in condition) return condition.one_of.includes(value);
    if ("includes" in condition) return Array.isArray(value) && value.includes(condition.includes);
    if (typeof value !== "number") return false;
    return "at_least" in condition ? value >= condition.at_least : value <= condition.at_most;
  };

  const conditional = [...form.querySelectorAll("[data-show-if]")];
  const update = () => {
    for (const question of conditional) {
      const shown = holds(JSON.parse(question.dataset.showIf));
      question.hidden = !shown;
      for (const input of question.querySelectorAll("input, textarea")) input.disabled = !shown;
    }
  };
  for (const hint of form.querySelectorAll("[data-only-some]")) hint.remove();
  form.addEventListener("input", update);
  update();

  /* A tap on a slow network is tapped again. After ten seconds a new try is welcome: the page's
     submission id makes it harmless. */
  const button = form.querySelector("[data-sending]");
  const offline = form.querySelector("[data-offline]");
  const wording = button.textContent;
  let sending = false;
  const rest = () => {
    sending = false;
    button.textContent = wording;
  };
  form.addEventListener("submit", (event) => {
    offline.hidden = navigator.onLine;
    if (sending || !navigator.onLine) return event.preventDefault();
    sending = true;
    button.textContent = button.dataset.sending;
    setTimeout(rest, 10000);
  });
  addEventListener("pageshow", rest);
})();
