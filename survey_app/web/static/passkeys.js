// Passkeys: asks the server for a question, the device for an answer, and sends the form with it.
// Also shows the button that prints. Nothing here decides anything; the server checks the answer.
"use strict";

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

async function question(form) {
  const token = form.elements.csrf_token.value;
  const response = await fetch(form.dataset.question, {
    method: "POST",
    headers: { "X-CSRFToken": token },
    redirect: "error",
  });
  if (!response.ok) throw new Error(response.status);
  const asked = await response.json();
  asked.challenge = bytes(asked.challenge);
  if (asked.user) asked.user.id = bytes(asked.user.id);
  for (const known of asked.excludeCredentials || []) known.id = bytes(known.id);
  return asked;
}

async function answer(form) {
  const publicKey = await question(form);
  const isNew = form.dataset.passkey === "new";
  const credential = await navigator.credentials[isNew ? "create" : "get"]({ publicKey });
  const response = { clientDataJSON: text(credential.response.clientDataJSON) };
  if (isNew) {
    response.attestationObject = text(credential.response.attestationObject);
  } else {
    response.authenticatorData = text(credential.response.authenticatorData);
    response.signature = text(credential.response.signature);
    const handle = credential.response.userHandle;
    if (handle) response.userHandle = text(handle);
  }
  const { id, type } = credential;
  return JSON.stringify({ id, rawId: id, type, response });
}

const SENTENCES = { InvalidStateError: "unknown", SecurityError: "place" };

function begin(form) {
  const said = form.querySelector("[data-said]");
  const button = form.querySelector("button");
  for (const part of form.querySelectorAll("[data-shown]")) part.hidden = false;
  for (const part of form.querySelectorAll("[data-hidden]")) part.hidden = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.hidden = true;
    button.disabled = true;
    try {
      form.elements.answer.value = await answer(form);
      form.submit();
    } catch (error) {
      said.textContent = form.dataset[SENTENCES[error.name] || "failed"];
      said.hidden = false;
    } finally {
      button.disabled = false;
    }
  });
}

if (window.PublicKeyCredential) document.querySelectorAll("form[data-passkey]").forEach(begin);
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
