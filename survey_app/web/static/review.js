// Reading with the keyboard: 1 publishes, 2 opens the field for other words, 3 withholds, Z undoes,
// T goes to the themes, B chooses for the sheet, arrows go to the text before and after. The keys
// are there only while the focus is within the text that is read (WCAG 2.1.4), where it is when the
// page opens, and never while somebody types. Without this script the same buttons are pressed.
"use strict";

const review = document.querySelector("[data-review]");
const reading = review?.querySelector("[data-reading]");
const there = (key) => review.querySelector(`[data-key="${key}"]`);
const isTyping = ({target}) => target.matches("textarea, input:not([type=checkbox])");

const openWords = (summary) => {
  summary.parentElement.open = true;
  summary.parentElement.querySelector("textarea").focus();
};

const deeds = {
  2: openWords,
  t: (field) => field.focus(),
};

const arrow = (key) => {
  const ahead = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  if (key !== "ArrowLeft" && key !== "ArrowRight") return undefined;
  return key === ahead ? "after" : "before";
};

const typed = (event) => {
  if (event.key === "Escape") reading.focus();
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  if (event.target.matches("textarea")) there("save")?.click();
};

const pressed = (event) => {
  if (isTyping(event)) return typed(event);
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const key = arrow(event.key) ?? event.key.toLowerCase();
  const control = /^[123ztb]$|^before$|^after$/.test(key) && there(key);
  if (!control) return;
  event.preventDefault();
  (deeds[key] ?? ((each) => each.click()))(control);
};

reading?.addEventListener("keydown", pressed);
