// The preview follows what is chosen. Without this script the button of the form does the same.
// One picture is drawn at a time: who clicks quickly gets the last choice, not a busy printer.
"use strict";

const form = document.querySelector("[data-studio]");
const preview = document.querySelector("[data-preview]");
const file = document.querySelector("[data-file]");
const status = document.querySelector("[data-status]");
const PAUSE = 1500;
const TRIES = 3;

let wanted = preview.src;
let tries = preview.complete ? 0 : 1;

function follow() {
  const query = new URLSearchParams(new FormData(form)).toString();
  wanted = `${preview.src.split("?")[0]}?${query}`;
  file.href = `${file.href.split("?")[0]}?${query}`;
  history.replaceState(null, "", `?${query}`);
  if (tries === 0) draw();
}

function draw() {
  tries += 1;
  preview.setAttribute("aria-busy", "true");
  status.textContent = status.dataset.drawing;
  preview.src = wanted;
}

function drawn() {
  tries = 0;
  if (preview.src !== wanted) draw();
  else settle(status.dataset.ready);
}

function failed() {
  if (tries < TRIES) {
    setTimeout(draw, PAUSE);
  } else {
    tries = 0;
    settle(status.dataset.failed);
  }
}

function settle(said) {
  preview.removeAttribute("aria-busy");
  status.textContent = said;
}

form.addEventListener("change", follow);
form.querySelector("[data-by-hand]").hidden = true;
preview.addEventListener("load", drawn);
preview.addEventListener("error", failed);
if (preview.complete && preview.naturalWidth === 0) draw();
