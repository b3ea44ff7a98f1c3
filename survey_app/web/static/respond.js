/* What a script adds to a questionnaire that works without it: questions that do not apply are
   hidden, a form is sent once, and what went wrong gets the focus. Nothing is stored. */
"use strict";
(() => {
  /* A browser that knows `autofocus` on any element has done this before the first frame. */
  const summary = document.querySelector("[data-summary]");
  requestAnimationFrame(() => summary !== document.activeElement && summary?.focus());
  const form = document.querySelector("[data-questionnaire]");
  if (!form) return;
  const all = (selector, within = form) => [...within.querySelectorAll(selector)];

  /* The rules of survey_app/domain/conditions.py. An unanswered, refused or hidden question makes
     every comparison false; the text "3" is not the number 3. */
  const refused = "refused";

  const coded = (input) =>
    input.dataset.text === undefined && /^\d+$/.test(input.value) ? Number(input.value) : input.value;

  const number = (input) => {
    const [least, most] = input.dataset.number.split(" ").map(Number);
    const typed = input.value.trim().replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt() & 15);
    const value = /^[+-]?[0-9]{1,9}$/.test(typed) ? Number(typed) : NaN;
    return value >= least && value <= most ? value : undefined;
  };

  /* Who gave no points to anything said nothing; otherwise 0 is an answer. */
  const left = (dots) =>
    all("input", dots).reduce((rest, input) => rest - input.value, dots.dataset.dots);

  const answer = (name) => {
    const inputs = [...form.elements].filter((input) => input.name === name && !input.disabled);
    if (!inputs.length) return undefined;
    const [first] = inputs;
    if (first.dataset.number !== undefined) return number(first);
    if (first.type === "textarea") return first.value.trim() || undefined;
    if (first.type === "select-one") return first.value ? Number(first.value) : undefined;
    const dots = first.closest("[data-dots]");
    if (dots) return left(dots) < dots.dataset.dots ? Number(first.value) : undefined;
    const chosen = inputs.filter((input) => input.checked).map(coded);
    return first.type === "checkbox" && chosen.length ? chosen : chosen[0];
  };

  const holds = (condition, answer) => {
    const inner = (part) => holds(part, answer);
    if (condition.all) return condition.all.every(inner);
    if (condition.any) return condition.any.some(inner);
    if (condition.not) return !inner(condition.not);
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

  const conditional = all("[data-show-if]");
  const update = () => {
    count();
    for (const question of conditional) {
      const shown = holds(JSON.parse(question.dataset.showIf), answer);
      question.hidden = !shown;
      for (const input of all("input, select, textarea", question)) input.disabled = !shown;
    }
  };
  for (const hint of all("[data-only-some]")) hint.remove();

  /* Points: what is left, and a step up or down for thumbs. */
  const field = (step) => step.parentNode.querySelector("input");
  const count = () => {
    for (const dots of all("[data-dots]")) {
      const rest = left(dots);
      dots.querySelector("output").textContent = rest;
      for (const step of all("[data-by]", dots))
        step.ariaDisabled = (step.dataset.by > 0 ? rest : field(step).value) < 1;
    }
  };
  for (const step of all("[data-by]"))
    step.onclick = () => {
      if (step.ariaDisabled === "true") return;
      field(step).value = +field(step).value + +step.dataset.by;
      update();
    };

  /* Two pages in one question: one is shown. What leads to a field turns to its page. */
  const turnTo = (page) => {
    for (const other of all(".page", page.parentNode)) other.hidden = other !== page;
    page.dataset.seen = "";
  };
  const open = (page) => {
    turnTo(page);
    page.querySelector("h3").focus();
    page.parentNode.scrollIntoView();
  };
  for (const page of all(".page:first-of-type")) turnTo(page);
  for (const button of all("[data-turn]"))
    button.onclick = () => open(button.closest("[data-pages]").querySelector(".page[hidden]"));
  summary?.addEventListener("click", ({target}) => {
    const page = form.querySelector(target.closest("a")?.hash || null)?.closest(".page");
    if (page) turnTo(page);
  });

  for (const part of all("[data-left], [data-by], [data-turn]")) part.hidden = false;
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
    const pages = all(".question:not([hidden]) .page:not([data-seen])");
    const unseen = pages.find((page) => !page.querySelector(":checked"));
    if (unseen) return event.preventDefault(), open(unseen);
    offline.hidden = navigator.onLine;
    if (sending || !navigator.onLine) return event.preventDefault();
    sending = true;
    button.textContent = button.dataset.sending;
    setTimeout(rest, 10000);
  });
  addEventListener("pageshow", rest);
})();
