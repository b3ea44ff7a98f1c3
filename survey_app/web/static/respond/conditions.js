/* Which questions apply: the rules of survey_app/domain/conditions.py. What has no answer, or was
   refused, makes every comparison false. */

const refused = "refused";

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

/* A question that does not apply is hidden, and what it holds is not sent. */
const apply = () => {
  for (const question of all("[data-show-if]")) {
    const shown = holds(JSON.parse(question.dataset.showIf), answer);
    question.hidden = !shown;
    for (const input of all("input, select, textarea", question)) input.disabled = !shown;
  }
};
