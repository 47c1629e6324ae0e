// The reviewer's queue without a pause: the next listing is here before it is asked for, and what was decided is
// sent while she looks at it.

const stage = document.querySelector("#case");
const done = document.querySelector("#done");
const failed = document.querySelector("#failed");
const back = document.querySelector("#back");
const keys = document.querySelector("#keys");
const before = []; // listings that were shown, the last one at the end
const underWay = new Set(); // decisions that have not arrived
let ahead = null; // a promise of the next one, or of null where it could not be had
let going = false; // she has left this listing, and the next one is not here yet

const shown = () => stage.querySelector(".case");

function prepare() {
  const item = shown();
  ahead = item && fetchNext(item.dataset.place).catch(() => null);
}

async function fetchNext(place) {
  const answer = await fetch(`/review/next?after=${encodeURIComponent(place)}`, { headers: { accept: "text/html" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  // In a template of its own: its pictures begin to load at once, and nothing in it runs.
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = document.importNode(page.body.firstElementChild, true);
  for (const picture of next.querySelectorAll("img")) new Image().src = picture.src;
  return next;
}

async function go() {
  const item = shown();
  if (!item || going) return;
  going = true;
  try {
    const next = (await ahead) ?? (await fetchNext(item.dataset.place));
    before.push(item);
    put(next);
  } catch {
    // To leave the page would stop a decision on its way; of one that was lost she is told here alone.
    await Promise.all(underWay);
    if (!failed.childElementCount) location.assign(item.querySelector(".onward").href);
  } finally {
    going = false;
  }
}

function put(item) {
  stage.replaceChildren(item);
  back.disabled = before.length === 0;
  item.querySelector("h2")?.focus();
  scrollTo(0, 0);
  prepare();
}

function goBack() {
  if (going) return;
  const item = before.pop();
  if (item) put(item);
}

// Sent in the background; what is refused is told, with a link to the listing.
async function decide(form, told) {
  const item = form.closest(".case");
  const body = new URLSearchParams(new FormData(form));
  const sent = send(form.action, body);
  underWay.add(sent);
  go();
  const problem = await sent;
  underWay.delete(sent);
  const name = item.dataset.name;
  if (problem === null) {
    done.textContent = told.replace("{listing}", name);
    return;
  }
  const link = document.createElement("a");
  link.href = item.dataset.address;
  link.textContent = stage.dataset.failed.replace("{listing}", name).replace("{problem}", problem);
  const line = document.createElement("li");
  line.className = "notice bad";
  line.append(link);
  failed.append(line);
}

async function send(address, body) {
  let answer;
  try {
    answer = await fetch(address, { method: "POST", body, headers: { accept: "application/json" } });
  } catch {
    return stage.dataset.lineCut;
  }
  if (answer.ok) return null;
  if (answer.status === 401) return stage.dataset.signedOut;
  const found = await answer.json().catch(() => ({}));
  return found.problem ?? found.title ?? `${answer.status}`;
}

stage.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (going) return event.preventDefault();
  const told = form.matches(".approve") ? stage.dataset.approved : stage.dataset.sentBack;
  if (!form.matches(".approve") && !form.querySelector(":checked") && !form.elements.word.value.trim()) return;
  event.preventDefault();
  decide(form, told);
});

stage.addEventListener("click", (event) => {
  // The second of two quick clicks falls on the listing that has come in between.
  if (event.detail > 1 && event.target.closest(".approve")) event.preventDefault();
  if (!event.target.closest(".onward")) return;
  event.preventDefault();
  go();
});
back.addEventListener("click", goBack);
document.querySelector("#help").addEventListener("click", () => keys.showModal());

document.addEventListener("keydown", (event) => {
  // A key that is held down would decide what nobody has seen.
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
  if (event.target.matches("input:not([type='radio']), textarea, select")) return;
  const sendBack = shown()?.querySelector(".send-back");
  const number = Number(event.key);
  if (sendBack?.open && number >= 1) {
    const reason = sendBack.querySelectorAll("input[type='radio']")[number - 1];
    if (!reason) return;
    reason.checked = true;
    if (reason.value === "other") sendBack.querySelector("[name='word']").focus();
    else sendBack.querySelector("form").requestSubmit();
  } else if (event.key === "a") shown()?.querySelector(".approve")?.requestSubmit();
  else if (event.key === "s" && sendBack) {
    sendBack.open = !sendBack.open;
    if (sendBack.open) sendBack.querySelector("input[type='radio']").focus();
  } else if (event.key === "n") go();
  else if (event.key === "p") goBack();
  else if (event.key === "?") keys.showModal();
  else return;
  event.preventDefault();
});

prepare();
