/* What was answered so far, as the conditions need it: survey_app/domain/questions/ reads the same.
   An unanswered, refused or hidden question has no answer; the text "3" is not the number 3. */

const coded = (input) =>
  input.dataset.text === undefined && /^\d+$/.test(input.value) ? Number(input.value) : input.value;

const number = (input) => {
  const [least, most] = input.dataset.number.split(" ").map(Number);
  const typed = input.value.trim().replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt() & 15);
  const value = /^[+-]?[0-9]{1,9}$/.test(typed) ? Number(typed) : NaN;
  return value >= least && value <= most ? value : undefined;
};

/* Who gave no points to anything said nothing; otherwise 0 is an answer. */
const left = (dots) => all("input", dots).reduce((rest, input) => rest - input.value, dots.dataset.dots);

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
