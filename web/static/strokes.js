// A cut-out is corrected by painting over what is wrong. The server shows what the strokes come to; here they are
// only drawn, taken back one by one, and kept in the end. Until then the browser has them, whatever becomes of the tab.

const STEP = 0.004; // share of the photo by which the brush has moved before a point is taken down
const MOST_POINTS = 300;
const AGAIN = 3000; // ms until what could not be seen is tried again
const LOOK = 2000; // ms between two looks for the photo as it was processed anew

const home = document.querySelector(".strokes");
const bench = home.querySelector(".workbench");
const begin = home.querySelector(".begin");
const found = new Image(); // the cut-out, over the faint photo
const canvas = home.querySelector("canvas");
const pen = canvas.getContext("2d");
const size = home.querySelector(".brush-size");
const undo = home.querySelector(".undo");
const again = home.querySelector(".again");
const save = home.querySelector(".save");
const told = home.querySelector(".told");
const said = home.dataset;

let kept = JSON.parse(said.strokes);
const states = kept.map((_, number) => kept.slice(0, number)); // what undo goes back to, the last one first
let strokes = kept;
let drawing = null; // the stroke under the brush
let shown = ""; // the strokes, as JSON, that the picture shows
let asking = false;
let greeting = ""; // said once in the place of the usual words

found.className = "found";
found.alt = "";
found.hidden = true;
home.querySelector(".ground").after(found);

const written = (list) => JSON.stringify(list);

function say(text, kind = "") {
  told.textContent = text;
  told.dataset.kind = kind;
}

// What both ways of asking have in common: a refusal is told in words, and a cut line is told apart from it.
async function post(address, body) {
  let answer;
  try {
    answer = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json, image/webp" },
      body: JSON.stringify(body),
    });
  } catch {
    return { trouble: said.offline };
  }
  if (answer.ok) return { answer };
  if (answer.status === 401) return { trouble: said.signedOut };
  if (answer.status >= 500 || answer.status === 408) return { trouble: said.busy }; // 408: too long on the way
  const told = await answer.json();
  return { refusal: told.problem ?? told.title };
}

// One request at a time: whatever was drawn meanwhile goes along with the next.
async function look() {
  if (asking) return;
  asking = true;
  save.disabled = true;
  const tried = strokes;
  say(found.hidden ? said.loading : said.trying);
  const { answer, trouble, refusal } = await post(`${said.address}/preview`, { strokes: tried });
  asking = false;
  if (trouble) {
    say(trouble, "bad");
    setTimeout(look, AGAIN);
    return;
  }
  if (tried !== strokes) return look();
  if (refusal) {
    found.hidden = true;
    shown = "";
    say(refusal, "bad");
  } else {
    await put(await answer.blob());
    shown = written(tried);
    say(greeting || (tried.length ? said.ready : said.found));
    greeting = "";
  }
  offer();
}

async function put(picture) {
  const address = URL.createObjectURL(picture);
  const before = found.src;
  found.src = address;
  await found.decode();
  found.hidden = false;
  if (before) URL.revokeObjectURL(before);
}

function offer() {
  undo.disabled = states.length === 0;
  again.disabled = strokes.length === 0;
  save.disabled = asking || shown !== written(strokes) || written(strokes) === written(kept);
}

// The photo's bytes are in the address, and what was drawn is hers: another person at this laptop begins anew.
const DRAFT = `${said.address} ${said.who}`;

function remember() {
  try {
    if (written(strokes) === written(kept)) localStorage.removeItem(DRAFT);
    else localStorage.setItem(DRAFT, JSON.stringify({ seen: said.seen, strokes, states }));
  } catch {
    // The browser keeps nothing: as before, they last as long as the tab.
  }
}

// Return true where strokes were left here that nobody has sent. Where the photo has been corrected since, undo leads
// to what stands there now.
function recall() {
  let draft = null;
  try {
    draft = JSON.parse(localStorage.getItem(DRAFT));
  } catch {
    // As if there were none.
  }
  if (!draft || written(draft.strokes) === written(kept)) return false;
  if (draft.seen === said.seen) states.splice(0, Infinity, ...draft.states);
  else states.push(kept);
  strokes = draft.strokes;
  return true;
}

function change(next) {
  strokes = next;
  remember();
  draw();
  offer();
  look();
}

function draw() {
  pen.clearRect(0, 0, canvas.width, canvas.height);
  const style = getComputedStyle(home);
  for (const stroke of drawing ? [...strokes, drawing] : strokes) {
    const keeps = stroke.mark === "keep";
    const width = stroke.width * Math.max(canvas.width, canvas.height);
    pen.lineCap = pen.lineJoin = "round";
    pen.globalAlpha = stroke === drawing ? 0.75 : 0.35;
    pen.strokeStyle = style.getPropertyValue(keeps ? "--keeps" : "--removes");
    pen.lineWidth = width;
    trace(stroke.points);
    // Not by colour alone: what removes has a dashed line along its middle.
    pen.globalAlpha = 0.9;
    pen.strokeStyle = "#fff";
    pen.lineWidth = Math.max(1.5, width / 10);
    pen.setLineDash(keeps ? [] : [width / 2, width / 2]);
    trace(stroke.points);
    pen.setLineDash([]);
  }
  pen.globalAlpha = 1;
}

function trace(points) {
  const [first, ...rest] = points.map(([across, down]) => [across * canvas.width, down * canvas.height]);
  pen.beginPath();
  pen.moveTo(...first);
  for (const point of rest.length ? rest : [first]) pen.lineTo(...point);
  pen.stroke();
}

function place(event) {
  const frame = canvas.getBoundingClientRect();
  const share = (at, from, length) => Math.round(Math.min(1, Math.max(0, (at - from) / length)) * 1e4) / 1e4;
  return [share(event.clientX, frame.left, frame.width), share(event.clientY, frame.top, frame.height)];
}

function extend(event) {
  const points = drawing.points;
  const moves = event.getCoalescedEvents?.() ?? [];
  for (const move of moves.length ? moves : [event]) {
    const next = place(move);
    const last = points[points.length - 1];
    if (Math.hypot(next[0] - last[0], next[1] - last[1]) >= STEP && points.length < MOST_POINTS) points.push(next);
  }
  draw();
}

canvas.addEventListener("pointerdown", (event) => {
  if (!event.isPrimary || event.button !== 0) return;
  if (strokes.length >= Number(said.most)) return say(said.full, "bad");
  event.preventDefault();
  canvas.setPointerCapture(event.pointerId);
  const mark = home.querySelector("[name=mark]:checked").value;
  drawing = { mark, width: Number(size.value), points: [place(event)] };
  draw();
});
canvas.addEventListener("pointermove", (event) => drawing && event.isPrimary && extend(event));
canvas.addEventListener("pointerup", (event) => {
  if (!drawing || !event.isPrimary) return;
  const stroke = drawing;
  drawing = null;
  states.push(strokes);
  change([...strokes, stroke]);
});
canvas.addEventListener("pointercancel", () => {
  drawing = null;
  draw();
});

undo.addEventListener("click", () => change(states.pop()));
again.addEventListener("click", () => {
  states.push(strokes);
  change([]);
});

save.addEventListener("click", async () => {
  const sent = strokes;
  save.disabled = true;
  say(said.saving);
  const { answer, trouble, refusal } = await post(said.address, { strokes: sent, seen: Number(said.seen) });
  if (!answer) {
    say(trouble ?? refusal, "bad");
    return offer();
  }
  kept = sent;
  remember();
  say(said.saved, "good");
  offer();
  wait((await answer.json()).version);
});

// The page shows the new picture once it is made, unless somebody has begun to draw again.
function wait(version) {
  setTimeout(async () => {
    try {
      const answer = await fetch(said.standing, { headers: { accept: "application/json" } });
      const standing = answer.ok ? await answer.json() : { made: 0 };
      if (standing.made >= version && !drawing && strokes === kept) return location.reload();
    } catch {
      // The line is cut: the next look will tell.
    }
    wait(version);
  }, LOOK);
}

function open() {
  begin.hidden = true;
  bench.hidden = false;
  draw();
  offer();
  look();
}

begin.hidden = false;
begin.addEventListener("click", () => {
  open();
  home.querySelector("[name=mark]").focus();
});
if (recall()) {
  greeting = said.restored;
  open();
} else if (said.version) {
  say(said.saved, "good");
  wait(Number(said.version));
}
