/* What a thumb is offered beyond the fields themselves: steps for points, two pages in a question. */

/* Points: what is left, and a step up or down. */
const field = (step) => step.parentNode.querySelector("input");

const count = () => {
  for (const dots of all("[data-dots]")) {
    const rest = left(dots);
    dots.querySelector("output").textContent = rest;
    for (const step of all("[data-by]", dots))
      step.ariaDisabled = (step.dataset.by > 0 ? rest : field(step).value) < 1;
  }
};

const furnishDots = () => {
  for (const step of all("[data-by]"))
    step.onclick = () => {
      if (step.ariaDisabled === "true") return;
      field(step).value = +field(step).value + +step.dataset.by;
      update();
    };
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

const unseenPage = () =>
  all(".question:not([hidden]) .page:not([data-seen])").find((page) => !page.querySelector(":checked"));

const furnishPages = () => {
  for (const page of all(".page:first-of-type")) turnTo(page);
  for (const button of all("[data-turn]"))
    button.onclick = () => open(button.closest("[data-pages]").querySelector(".page[hidden]"));
};
