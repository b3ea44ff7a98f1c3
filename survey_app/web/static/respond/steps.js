/* One question on the screen: the start, each question that applies, the finish.

   A step forward is an entry of the browser's history, so the phone's own "back" is a question back.
   history.state tells the step, and how many entries lead back to the start, where a page that was
   loaded again begins. */

let steps = [];
let here = 0;
let due = null; /* the steps to visit, if only some are: in a form that came back, or to fill gaps */
let trail = null; /* the state of this entry */

const inputs = (part) => all("input, select, textarea", part);
const applies = (step) => !step.closest("[hidden]");
const isFinish = (step) => step === steps.at(-1);
const asks = (step) => step !== steps[0] && !isFinish(step) && inputs(step).length > 0;
const isAnswered = (step) =>
  inputs(step).some(({type, checked, value}) =>
    ["radio", "checkbox"].includes(type) ? checked : type === "number" ? value > 0 : value.trim());

/* The questions on the way: those that apply, and those ahead whose condition depends on an answer
   still to come. So going on never makes the way longer. */
const expected = () => {
  const open = new Set();
  return steps.filter((step, index) => {
    const rule = step.closest("[data-show-if]")?.dataset.showIf ?? "";
    const depends = [...rule.matchAll(/"question": *"(\w+)"/g)].some(([, name]) => open.has(name));
    const counts = applies(step) || (index > here && depends);
    if (counts && index >= here) for (const {name} of inputs(step)) open.add(name);
    return counts && asks(step);
  });
};

const filled = (wording, n, total) => wording.replace("{n}", n).replace("{total}", total);

/* Says where one is, and what the button below does. */
const look = () => {
  const step = steps[here];
  const asked = expected();
  const total = asked.length;
  const number = asked.filter((each) => steps.indexOf(each) <= here).length;
  const ahead = total - number + asks(step);
  const where = form.querySelector("#where");
  const minutes = where.dataset.minutes.split("|");
  const [count, left] = where.children;
  count.textContent = asks(step) ? filled(where.dataset.where, number, total) : "";
  left.textContent = minutes[Math.ceil((minutes.length * ahead) / total) - 1] ?? "";
  Object.assign(form.querySelector("progress"), {max: total || 1, value: number});

  const on = form.querySelector("[data-on]");
  const skips = asks(step) && !isAnswered(step);
  on.textContent = skips ? on.dataset.skip : on.dataset.on;
  on.classList.toggle("button-primary", !skips);
  on.classList.toggle("button-quiet", skips);

  const answered = form.querySelector("[data-answered]");
  const given = asked.filter(isAnswered).length;
  answered.textContent = filled(answered.dataset.answered, given, total);
  form.querySelector("[data-gap]").hidden = given === total;
};

/* Shows a step and nothing else of the form. */
const turn = (index) => {
  const step = steps[index];
  here = index;
  trail = history.state;
  hush();
  document.body.dataset.screen = !index ? "start" : isFinish(step) ? "finish" : "question";
  for (const part of all("section, .question, .step"))
    part.toggleAttribute("data-off", !part.contains(step) && !step.contains(part));
  for (const text of all("section > .prose"))
    text.toggleAttribute("data-off", all(".step", text.parentNode).find(applies) !== step);
  for (const panel of all(".bar details", document))
    panel.open = !index && panel.matches(".languages *");
  look();
};

/* The same, and to its top; the question gets the focus. */
const land = (index) => {
  turn(index);
  const title = index
    ? steps[index].querySelector("legend, .asked, .told, h2")
    : document.querySelector("[data-summary], h1");
  title.tabIndex = -1;
  scrollTo(0, 0);
  title.focus();
};

/* The entry of the history stays. */
const stay = (index, address) => {
  history.replaceState({depth: 0, ...history.state, step: index}, "", address);
  turn(index);
};

const go = (index) => {
  const {depth} = history.state;
  history.pushState({...history.state, step: index, depth: depth + 1}, "");
  land(index);
};

const goOn = () =>
  go(steps.findIndex((step, index) => index > here && applies(step) && (due?.has(step) ?? true)));

/* From now on only these, and what comes to apply through them. */
const visitOnly = (wanted) => {
  due = new Set(steps.filter((step) => isFinish(step) || !applies(step) || wanted(step)));
};

const fillGaps = () => {
  visitOnly((step) => asks(step) && !isAnswered(step));
  go(steps.indexOf(expected().find((step) => !isAnswered(step))));
};

/* Where a link of the start leads: to a field, or to the first question. */
const follow = (hash) => {
  const target = document.getElementById(hash.slice(1));
  const step = target.closest(".step");
  if (step) return go(steps.indexOf(step)), target.focus();
  due = null;
  goOn();
};

addEventListener("popstate", ({state}) => {
  if (!form) return;
  /* Without a state a link inside the page was followed, the one to the content. */
  if (!state) history.replaceState({...trail, depth: trail.depth + 1}, "");
  else if (applies(steps[state.step])) land(state.step);
  else history.back();
});

const furnishSteps = (isFirst) => {
  const start = document.querySelector("[data-start]");
  const on = form.querySelector("[data-on]");
  on.dataset.on = on.textContent;
  /* The second tap of a double tap was not meant for the next question. */
  on.onclick = ({detail}) => detail !== 2 && goOn();
  form.querySelector("[data-back]").onclick = () => history.back();
  form.querySelector("[data-gap]").onclick = fillGaps;
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("input")) return;
    event.preventDefault();
    goOn();
  });
  start.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    event.preventDefault();
    follow(link.hash);
  });

  steps = [start, ...all(".step")];
  due = null;
  if (form.querySelector(".problem")) visitOnly((step) => step.querySelector(".problem"));
  if (isFirst && history.state?.depth) history.go(-history.state.depth);
  const {hash, pathname, search} = location;
  stay(0, pathname + search);
  /* "Los geht's" was tapped before this script had come. */
  if (isFirst && start.querySelector(`a[href="${CSS.escape(hash)}"]`)) follow(hash);
};
