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
