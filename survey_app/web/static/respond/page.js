/* The page that is open: its form, and how another page of ours takes its place. */

/* The questionnaire on this page, if it asks one. */
let form = null;

const all = (selector, within = form) => [...within.querySelectorAll(selector)];

/* Shows a page that the server answered with, in the same tab: the address stays, no script runs
   twice, and what this script remembers lives on. */
const show = (html) => {
  const answer = new DOMParser().parseFromString(html, "text/html");
  const {lang, dir} = answer.documentElement;
  Object.assign(document.documentElement, {lang, dir});
  document.title = answer.title;
  document.body.replaceWith(answer.body);
  begin();
};
