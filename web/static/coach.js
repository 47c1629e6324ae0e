// A listing's photos seen by two sides at once: who turns, turns for both; places and words come as they are said.

import { Lane } from "./coach-lane.js";
import { listen } from "./coach-stream.js";

const STEP = 0.02; // of the picture, with an arrow key; five times as much with Shift
const TURNED = 0.55; // from here on a ring's name stands on its left

const home = document.querySelector(".coach");
const said = home.dataset;
const form = home.querySelector(".talk form");
const told = form.querySelector(".told");
const list = home.querySelector(".log ol");
const connection = home.querySelector(".connection");
const withSpot = form.querySelector(".with-spot");
const aim = home.querySelector("template.aim").content.firstElementChild;
const cross = document.createElement("span");
cross.className = "cross";
cross.hidden = true;

const rows = new Map(); // remarks by their numbers
let turn = Number(said.turn); // how often somebody has turned, as far as this page knows
let last = null; // the newest picture that was turned to while this page's own turn was on its way
let now = null; // the figure that is shown
let spot = null; // what this side points at until its next word
let sent = true; // the spot has come back as a remark
let picked = null; // a remark whose place is looked at again, on this page alone
let keys = { across: 0.5, down: 0.5 }; // where the arrow keys are

const words = new Lane(`${said.place}/words`, settle);
const turns = new Lane(`${said.place}/turn`, settle);

function say(text, kind = "") {
  if (told.textContent !== text) told.textContent = text;
  told.dataset.kind = kind;
}

// What became of something that was sent.
function settle(result) {
  if (result.over) return over();
  if (result.again) return say(result.signedOut ? said.signedOut : said.waits, "bad");
  if (result.gone || result.problem) {
    say(result.problem ?? said.fresh, "bad");
    if (!form.elements.word.value) form.elements.word.value = result.fields.word ?? "";
  }
  if (result.remark) {
    if (!result.remark.word) sent = true;
    say(result.remark.word ? said.sent : said.pointed, "good");
    take({ remarks: [result.remark], shown: { turn: 0 } });
  }
  if (result.shown) {
    turn = Math.max(turn, result.shown.turn);
    if (last && last.turn > result.shown.turn && turns.empty) open(last.photo, last.stage);
    last = null;
  }
}

// Pictures.

function figure(photo, stage) {
  return home.querySelector(`[data-photo="${CSS.escape(photo)}"] figure[data-stage="${CSS.escape(stage)}"]`);
}

function open(photo, stage) {
  const next = figure(photo, stage);
  if (!next) return false;
  const focused = document.activeElement === aim;
  now = next;
  for (const article of home.querySelectorAll("article")) article.hidden = article !== next.closest("article");
  for (const each of home.querySelectorAll("figure")) each.hidden = each !== next;
  for (const button of home.querySelectorAll(".turns button"))
    button.setAttribute("aria-pressed", String(button.dataset.to === photo));
  for (const button of home.querySelectorAll(".stages button"))
    button.setAttribute("aria-pressed", String(button.dataset.stage === stage));
  next.querySelector(".board").append(cross, aim);
  if (focused) aim.focus();
  draw();
  return true;
}

function goTo(photo, stage) {
  if (!open(photo, stage)) return;
  turns.add({ photo, stage }, () => true);
}

const photoNow = () => now.closest("article").dataset.photo;
const here = (place) => place.photo === photoNow() && place.stage === now.dataset.stage;

for (const button of home.querySelectorAll(".turns button")) {
  button.addEventListener("click", () => {
    const photo = button.dataset.to;
    const first = home.querySelector(`[data-photo="${CSS.escape(photo)}"] figure`).dataset.stage;
    goTo(photo, figure(photo, now.dataset.stage) ? now.dataset.stage : first);
  });
}
for (const button of home.querySelectorAll(".stages button"))
  button.addEventListener("click", () => goTo(photoNow(), button.dataset.stage));

// Places.

function put(element, { across, down }) {
  element.style.left = `${across * 100}%`;
  element.style.top = `${down * 100}%`;
}

// Of each author the newest place on this picture; one without words is over once its author has said more.
function draw() {
  for (const ring of home.querySelectorAll(".ring")) ring.remove();
  if (!now) return;
  const rings = new Map();
  const mine = spot && !sent ? [{ side: said.side, name: myName(), role: "", spot }] : [];
  const chosen = picked ? [picked] : [];
  for (const one of [...[...rows.values()].sort((a, b) => a.id - b.id), ...chosen, ...mine])
    if (one.spot && here(one.spot)) rings.set(authorOf(one), one);
  for (const one of rings.values()) {
    const ring = document.createElement("span");
    ring.className = one.spot.across > TURNED ? "ring turned" : "ring";
    ring.dataset.side = one.side;
    const name = document.createElement("b");
    name.dir = "auto";
    name.textContent = one.name || one.role;
    ring.append(name);
    put(ring, one.spot);
    now.querySelector(".board").insertBefore(ring, aim);
  }
}

const authorOf = (one) => `${one.side} ${one.name}`;
const myName = () => (form.elements.name ? form.elements.name.value.trim() : said.name);

function point(across, down) {
  if (form.elements.name && !myName()) {
    say(said.nameless, "bad");
    form.elements.name.focus();
    return;
  }
  keys = { across, down };
  spot = { photo: photoNow(), stage: now.dataset.stage, across, down };
  sent = false;
  withSpot.hidden = false;
  words.add({ name: myName(), word: "", ...spot }, (waiting) => !waiting.word);
  draw();
}

const share = (value) => Math.round(Math.min(1, Math.max(0, value)) * 1e4) / 1e4;

aim.addEventListener("click", (event) => {
  // A key, and not a finger, has pressed it.
  if (event.detail === 0) return point(keys.across, keys.down);
  const frame = aim.getBoundingClientRect();
  cross.hidden = true;
  point(share((event.clientX - frame.left) / frame.width), share((event.clientY - frame.top) / frame.height));
});
aim.addEventListener("keydown", (event) => {
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const way = ways[event.key];
  if (!way) return;
  event.preventDefault();
  const step = event.shiftKey ? 5 * STEP : STEP;
  keys = { across: share(keys.across + way[0] * step), down: share(keys.down + way[1] * step) };
  cross.hidden = false;
  put(cross, keys);
  const percent = (value) => String(Math.round(value * 100));
  say(said.cross.replace("{across}", percent(keys.across)).replace("{down}", percent(keys.down)));
});
aim.addEventListener("blur", () => {
  cross.hidden = true;
});
withSpot.querySelector("button").addEventListener("click", () => {
  spot = null;
  withSpot.hidden = true;
  form.elements.word.focus();
  draw();
});

// Words.

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const word = form.elements.word.value.trim();
  if (!word) return form.elements.word.focus();
  const place = spot ?? {};
  spot = null;
  sent = true;
  withSpot.hidden = true;
  form.elements.word.value = "";
  say(said.sending);
  words.add({ name: myName(), word, ...place }, (waiting) => !waiting.word);
});

function take({ remarks, shown }) {
  for (const one of remarks) {
    if (rows.has(one.id)) continue;
    for (const [id, each] of rows) if (!each.word && authorOf(each) === authorOf(one) && id < one.id) rows.delete(id);
    rows.set(one.id, one);
    if (picked && authorOf(picked) === authorOf(one)) picked = null;
    if (one.word) write(one);
  }
  if (shown.turn > turn) {
    turn = shown.turn;
    last = shown;
    if (turns.empty && !open(shown.photo, shown.stage)) say(said.fresh);
  }
  draw();
}

function write(one) {
  let item = list.querySelector(`[data-remark="${one.id}"]`);
  if (!item) {
    item = home.querySelector("template.remark").content.firstElementChild.cloneNode(true);
    item.dataset.remark = one.id;
    item.dataset.side = one.side;
    item.querySelector("bdi").textContent = one.name;
    item.querySelector(".apart").hidden = !one.name;
    item.querySelector(".role").textContent = one.role;
    item.querySelector(".at").textContent = one.at;
    item.querySelector(".word").textContent = one.word;
    const after = [...list.children].find((each) => Number(each.dataset.remark) < one.id);
    list.insertBefore(item, after ?? null);
    home.querySelector(".nothing").hidden = true;
  }
  const there = one.spot && figure(one.spot.photo, one.spot.stage);
  item.querySelector(".where")?.remove();
  if (!there) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button plain where";
  button.textContent = there.dataset.name;
  button.addEventListener("click", () => {
    picked = one;
    if (!here(one.spot)) goTo(one.spot.photo, one.spot.stage);
    now.scrollIntoView({ block: "nearest" });
    draw();
  });
  item.append(button);
}

function over() {
  stream.close();
  words.close();
  turns.close();
  connection.textContent = said.over;
  for (const field of home.querySelectorAll("input, button")) field.disabled = true;
}

for (const hidden of home.querySelectorAll(".turns, .stages, .how")) hidden.hidden = false;
const first = home.querySelector("article figure");
if (first && !open(said.photo, said.stage)) open(first.closest("article").dataset.photo, first.dataset.stage);
if (now) take({ remarks: JSON.parse(said.remarks), shown: { turn: 0 } });
const stream = listen(said.place, said.mark, {
  take,
  over,
  watch: () => connect(said.watch),
  lost: () => connect(said.lost),
  signedOut: () => connect(said.signedOut),
});

function connect(text) {
  if (connection.textContent !== text) connection.textContent = text;
}
