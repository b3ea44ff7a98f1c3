/* Reads what is on the screen aloud, with a voice that lies on this device: what is asked here is
   said to nobody else. Without such a voice for the language of the page there is no button. */

const speaker = window.speechSynthesis;

/* What is being said; a browser forgets what nobody holds on to, and never says that it ended. */
let saying = [];

const voiceFor = (language) => {
  const speaks = ({lang}) => lang.split(/[-_]/)[0].toLowerCase() === language.split("-")[0];
  return speaker?.getVoices().find((voice) => voice.localService && speaks(voice));
};

const written =
  "section > .prose, legend, .asked, .told, .hint p, .moment, .problem, .points-left, .answer > span," +
  ".row > label, .unit, .finish > :is(h2, p)";

/* The wording of a part; what a voice should say instead stands with it. */
const heard = (part) => {
  const copy = part.cloneNode(true);
  for (const {dataset, firstChild} of all("[data-spoken]", copy)) firstChild.data = dataset.spoken;
  return copy.textContent.replace(/\s+/g, " ").replaceAll(" / ", ", ").trim();
};

const utterance = (part) => {
  const said = new SpeechSynthesisUtterance(heard(part));
  said.lang = (part.querySelector("[lang]") ?? part.closest("[lang]")).lang;
  said.voice = voiceFor(said.lang);
  return said;
};

const speechButton = () => form?.querySelector("[data-speak]");

const hush = () => {
  saying = [];
  speaker?.cancel();
  const button = speechButton();
  if (button?.dataset.start) button.textContent = button.dataset.start;
};

const speak = ({currentTarget: button}) => {
  if (saying.length) return hush();
  const shown = all(written).filter((part) => !part.closest("[data-off], [hidden]"));
  saying = shown.map(utterance).filter(({voice}) => voice);
  if (!saying.length) return;
  saying.at(-1).onend = hush;
  for (const said of saying) speaker.speak(said);
  button.textContent = button.dataset.stop;
};

const offerSpeech = () => {
  const button = speechButton();
  if (button) button.hidden = !voiceFor(document.documentElement.lang);
};
speaker?.addEventListener?.("voiceschanged", offerSpeech);
addEventListener("pagehide", hush);

const furnishSpeech = () => {
  const button = speechButton();
  button.dataset.start = button.textContent;
  button.onclick = speak;
  offerSpeech();
};
