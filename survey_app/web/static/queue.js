/* Sheets that wait on this device until it has a network again ("Jugendzentrum ohne WLAN").

   When a sheet could not be sent, it is sealed to the wave's key and put into IndexedDB, and the
   next person can begin. From then on nobody can read it here: what an envelope is, and why this
   page cannot open it again, says survey_app/services/sealing.py. It is sent as soon as there is a
   network, and deleted when the server says so, in words of its own: a network that asks for a
   login answers too.

   The envelopes lie under random keys and are sent in their order: not in the one they came in. */

"use strict";
{
  const step = 8 * 1024;
  const pause = 30; /* seconds until the next round, as long as something waits */

  const bytes = (text) => new TextEncoder().encode(text);
  const label = bytes("mitreden sealed sheet 1");
  const joined = (...parts) => new Uint8Array(parts.flatMap((part) => [...new Uint8Array(part)]));

  /* What came too late since this page was opened. */
  let late = 0;
  let timer = null;

  const panel = () => document.querySelector("[data-code]");

  /* The envelope */

  const padded = (form) => {
    const plain = new Uint8Array(Math.ceil((form.length + 4) / step) * step);
    new DataView(plain.buffer).setUint32(0, form.length);
    plain.set(form, 4);
    return plain;
  };

  const sealed = async (form, code, key) => {
    const {subtle} = crypto;
    const curve = {name: "ECDH", namedCurve: "P-256"};
    const wave = Uint8Array.from(atob(key), (letter) => letter.charCodeAt());
    const owner = await subtle.importKey("raw", wave, curve, false, []);
    const own = await subtle.generateKey(curve, false, ["deriveBits"]);
    const point = await subtle.exportKey("raw", own.publicKey);
    const secret = await subtle.deriveBits({name: "ECDH", public: owner}, own.privateKey, 256);
    const source = await subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
    const info = joined(label, point, wave);
    const derived = {name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info};
    const cipher = {name: "AES-GCM", length: 256};
    const lock = await subtle.deriveKey(derived, source, cipher, false, ["encrypt"]);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const additionalData = joined(label, bytes(code));
    const text = await subtle.encrypt({name: "AES-GCM", iv, additionalData}, lock, padded(form));
    return joined([1], point, iv, text);
  };

  /* The store: envelopes by code and chance. */

  const opened = () =>
    new Promise((done, fail) => {
      const request = indexedDB.open("mitreden", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("sheets");
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });

  /* Does something with the store; what it did is on the disk when this is done. */
  const stored = async (mode, deed) => {
    const database = await opened();
    try {
      return await new Promise((done, fail) => {
        const transaction = database.transaction("sheets", mode, {durability: "strict"});
        const request = deed(transaction.objectStore("sheets"));
        transaction.oncomplete = () => done(request.result);
        transaction.onerror = transaction.onabort = () => fail(transaction.error);
      });
    } finally {
      database.close();
    }
  };

  const names = () => stored("readonly", (store) => store.getAllKeys());
  const codeOf = (name) => name.split(" ")[0];

  const keep = async (form, {code, queue}) => {
    const envelope = await sealed(bytes(form), code, queue);
    const chance = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(36));
    await stored("readwrite", (store) => store.add(envelope, `${code} ${chance.join("")}`));
  };

  const drop = async (gone) => {
    for (const name of gone) await stored("readwrite", (store) => store.delete(name));
  };

  /* What the person in charge sees */

  const tell = (count, number) => {
    const line = panel().querySelector(`[data-count=${count}]`);
    line.hidden = !number;
    line.querySelector("b").textContent = number;
  };

  const report = async () => {
    const waiting = (await names()).length;
    if (!panel()) return;
    tell("waiting", waiting);
    tell("late", late);
    panel().querySelector("button").hidden = !waiting;
    panel().querySelector("button").onclick = send;
    panel().hidden = !waiting && !late;
  };

  /* Sending */

  /* What the server says about one envelope; nothing if it was not the server that answered. */
  const delivered = async (name) => {
    const body = await stored("readonly", (store) => store.get(name));
    try {
      const answer = await fetch(`/q/${codeOf(name)}/sealed`, {
        method: "POST",
        headers: {"Content-Type": "application/octet-stream"},
        body,
      });
      return answer.status === 404 ? {delete: null} : await answer.json();
    } catch {
      return null;
    }
  };

  const round = async () => {
    for (const name of await names()) {
      const left = await names();
      if (!left.includes(name)) continue;
      const answer = await delivered(name);
      if (!answer) return;
      const gone = {
        sheet: [name],
        all: left.filter((each) => codeOf(each) === codeOf(name)),
      }[answer.delete];
      await drop(gone ?? []);
      if (answer.delete === "all") late += gone.length;
      await report();
    }
  };

  /* One after the other, and in one tab at a time. */
  const send = async () => {
    const alone = (lock) => lock && round();
    await (navigator.locks ? navigator.locks.request("mitreden", {ifAvailable: true}, alone) : round());
    await report();
    clearTimeout(timer);
    if ((await names()).length) timer = setTimeout(send, pause * 1000);
  };

  /* respond/sending.js asks this when a try has failed. */
  const take = (event) => {
    const {queue} = panel()?.dataset ?? {};
    if (!queue) return;
    event.preventDefault();
    const {body, settle} = event.detail;
    keep(body, panel().dataset).then(
      () => (settle(true), navigator.storage?.persist?.(), send()),
      () => settle(false),
    );
  };

  if (window.indexedDB && window.crypto?.subtle) {
    document.addEventListener("undelivered", take);
    addEventListener("online", send);
    /* To the same address a browser replaces; only a new entry cuts off those of this sheet. */
    document.addEventListener("click", ({target}) => target.closest(".next-person a") && history.pushState(null, ""));
    new MutationObserver(report).observe(document.documentElement, {childList: true});
    send();
  }
}
