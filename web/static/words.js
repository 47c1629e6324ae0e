// A listing's words are saved as they are typed. What has not been saved yet is kept in this tab until it is:
// a line that is cut and a page that is opened again lose nothing.

const PAUSE = 900; // ms without a key before what was typed is sent
const AGAIN = 5000; // ms until what could not be sent is tried again
const LOOK = 4000; // ms between two looks for a new version, or whether the shops have this one
const PUBLISHING = "publishing";

const form = document.querySelector("#fields");
const pending = document.querySelector("#pending");
const fresh = document.querySelector("#fresh");
if (form) document.querySelector("#saves").hidden = false; // without this script nothing is
const fields = form ? [...form.querySelectorAll("[data-field]")].map(watch) : [];

function watch(box) {
  const name = box.dataset.field;
  const input = box.querySelector("input, textarea, select");
  const told = box.querySelector(".told");
  const undo = box.querySelector(".undo");
  const agree = box.querySelector(".agree");
  const place = `${form.dataset.key} ${name}`;
  // Of our own words nobody's edit is known: the server calls that null.
  let seen = "edited" in box.dataset ? input.value : null;
  let timer = 0;
  let sending = false;
  let dirty = false;
  let undoing = false; // our words are wanted again, until they stand there or she types

  const wanted = () => (undoing ? null : input.value);

  const say = (text, kind = "") => {
    told.textContent = text;
    told.dataset.kind = kind;
  };

  const count = () => {
    const length = [...input.value].length;
    const shown = box.querySelector(".length");
    if (shown) shown.textContent = form.dataset.count.replace("{count}", length);
    for (const bound of box.querySelectorAll("[data-most]")) {
      const over = bound.dataset.most && length > Number(bound.dataset.most);
      const under = bound.dataset.least && length < Number(bound.dataset.least);
      bound.classList.toggle("long", Boolean(over));
      bound.classList.toggle("short", Boolean(under));
    }
    for (const place of document.querySelectorAll(`[data-shows="${name}"]`)) {
      if (input.value) place.textContent = name === "price" ? rupiah(input.value) : input.value;
    }
  };

  const keep = () => {
    dirty = true;
    sessionStorage.setItem(place, JSON.stringify({ value: input.value, seen, undoing }));
    say(form.dataset.waiting);
  };

  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  };

  async function send() {
    if (sending) return later(PAUSE);
    sending = true;
    const value = wanted();
    say(form.dataset.sending);
    try {
      const answer = await fetch(form.dataset.address, {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json" },
        body: JSON.stringify({ field: name, value, seen }),
      });
      await read(answer, value);
    } catch {
      say(form.dataset.offline, "bad");
      later(AGAIN);
    } finally {
      sending = false;
    }
  }

  async function read(answer, value) {
    if (answer.status === 401) {
      say(form.dataset.signedOut, "bad");
      return later(AGAIN);
    }
    // 408: they took too long on the way.
    if (answer.status >= 500 || answer.status === 408) throw new Error("the server could not");
    const found = await answer.json();
    if (answer.status === 409) return contest(found);
    if (!answer.ok) return say(found.problem ?? found.title ?? "", "bad");
    seen = found.value;
    list(found.objections);
    if (wanted() !== value) {
      keep();
      return later(PAUSE);
    }
    forget();
    if (value === null) return location.reload();
    undo.hidden = false;
    agree?.remove();
    say(form.dataset.saved, "good");
    wait(found.version);
  }

  const forget = () => {
    dirty = false;
    sessionStorage.removeItem(place);
  };

  const list = (objections) =>
    box.querySelector(".objections").replaceChildren(...objections.map((text) => element("li", text)));

  // Somebody else has written meanwhile: both are shown, and who types here decides.
  function contest(newer) {
    const theirs = newer.value ?? "";
    const text = newer.value === null ? form.dataset.conflictOurs : form.dataset.conflict.replace("{by}", newer.by);
    const take = element("button", form.dataset.takeTheirs, "button quiet");
    const mine = element("button", undoing ? undo.firstChild.textContent : form.dataset.keepMine, "button quiet");
    take.type = mine.type = "button";
    take.addEventListener("click", () => {
      forget();
      location.reload();
    });
    mine.addEventListener("click", () => {
      seen = newer.value;
      send();
    });
    const row = element("span", "", "row");
    row.append(take, mine);
    told.dataset.kind = "bad";
    told.replaceChildren(element("span", text), element("q", theirs), row);
  }

  input.addEventListener("input", () => {
    undoing = false;
    keep();
    count();
    later(PAUSE);
  });
  agree?.addEventListener("click", () => {
    clearTimeout(timer);
    keep();
    send();
  });
  peek(box.querySelector(".evidence"));
  undo.addEventListener("click", () => {
    clearTimeout(timer);
    undoing = true;
    keep();
    send();
  });
  window.addEventListener("online", () => dirty && later(0));

  const kept = JSON.parse(sessionStorage.getItem(place) ?? "null");
  // Whoever has agreed wants what stands there already.
  if (kept && (kept.undoing || agree || kept.value !== input.value)) {
    input.value = kept.value;
    ({ seen, undoing } = kept);
    dirty = true;
    later(0);
  } else {
    sessionStorage.removeItem(place);
  }
  count();
  return { isDirty: () => dirty, sendNow: () => later(0), input, label: box.querySelector("label").textContent };
}

// What is approved is what the page shows: words that are not kept yet are no part of it.
function holdBack(event) {
  const unsaved = fields.filter((field) => field.isDirty());
  if (!unsaved.length) return;
  event.preventDefault();
  const links = unsaved.map((field) => {
    field.sendNow();
    const link = element("a", field.label);
    link.href = `#${field.input.id}`;
    return link;
  });
  const told = document.querySelector("#unsaved");
  told.replaceChildren(told.dataset.text, ...links);
  told.hidden = false;
}
document.querySelector(".approve")?.addEventListener("submit", holdBack);

// What a value rests on opens while a mouse is over it; a tap or a key opens it until the next one.
function peek(details) {
  let byMouse = false;
  details.addEventListener("pointerenter", (event) => {
    byMouse = event.pointerType === "mouse" && !details.open;
    if (byMouse) details.open = true;
  });
  details.addEventListener("pointerleave", () => {
    if (byMouse) details.open = false;
  });
  details.firstElementChild.addEventListener("click", (event) => {
    if (!byMouse) return;
    event.preventDefault(); // it is open already, and stays so now
    byMouse = false;
  });
}

function element(tag, text, classes = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (classes) made.className = classes;
  return made;
}

function rupiah(text) {
  const digits = text.replace(/\D/g, "");
  return digits ? `Rp${Number(digits).toLocaleString("id-ID")}` : text;
}

// A new version is on its way: what the page shows is no longer what would be approved.
function wait(version) {
  pending.dataset.version = version;
  pending.hidden = false;
  look();
}

let looking = 0;

function look() {
  clearTimeout(looking);
  looking = setTimeout(async () => {
    try {
      const answer = await fetch(pending.dataset.address, { headers: { accept: "application/json" } });
      const standing = answer.ok ? await answer.json() : { made: 0, version: 1, state: PUBLISHING };
      if (pending.hidden ? standing.state !== PUBLISHING : standing.made === standing.version) return show();
    } catch {
      // The line is cut: the next look will tell.
    }
    look();
  }, LOOK);
}

function show() {
  const writing = document.activeElement?.closest("#fields");
  if (!writing && !fields.some((field) => field.isDirty())) return location.reload();
  pending.hidden = true;
  fresh.hidden = false;
}

if (pending && (!pending.hidden || pending.dataset.state === PUBLISHING)) look();
