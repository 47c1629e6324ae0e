// One photo on its way, in pieces, by tus 1.0.0.

const VERSION = "1.0.0";
const PIECE = 256 * 1024; // bytes: some seconds of a slow line
const PATIENCE = 90_000; // ms, for one piece on a very slow line
const REFUSALS = new Set([400, 403, 412, 413, 415]);

/** The server does not want this photo, whatever is tried; the message says why, in words. */
export class Refused extends Error {}

/** Whoever sends may not do so any more; the photo is kept until she may. The message says why, in words. */
export class Ended extends Error {}

/** Nobody is signed in here now: to try again helps once somebody is. */
export class SignedOut extends Error {}

/** The line or the server is away, or somebody else was faster: to try again helps. The message may say why. */
export class Away extends Error {}

/** Whoever sends does not want this photo sent any more. */
export class Cancelled extends Error {}

/** Send a photo to its end, from wherever the server has it. `kept` is called when its address is known,
 *  `told` with the share that has arrived, in [0, 1]; `cancelled` says whether it is no longer to come. */
export async function send(photo, endpoint, { kept, told, cancelled }) {
  if (!photo.upload) await create(photo, endpoint, kept);
  let offset = await ask(photo, endpoint);
  if (offset === null) {
    // It was given up meanwhile: by the server, after days, or here, and then it is not begun again.
    if (cancelled()) throw new Cancelled();
    await create(photo, endpoint, kept);
    offset = await ask(photo, endpoint);
    if (offset === null) throw new Away();
  }
  while (offset < photo.blob.size) {
    if (cancelled()) throw new Cancelled();
    const piece = photo.blob.slice(offset, offset + PIECE);
    told(offset / photo.blob.size);
    const from = offset;
    const answer = await request("PATCH", `${endpoint}/${photo.upload}`, {
      headers: { "Upload-Offset": offset, "Content-Type": "application/offset+octet-stream" },
      body: piece,
      progress: (bytes) => told((from + Math.min(bytes, piece.size)) / photo.blob.size),
    });
    offset = offsetOf(answer);
  }
  told(1);
}

/** Tell the server that a photo is not to come any more; if it does not hear so, it gives it up after days. */
export async function cancel(photo, endpoint) {
  if (photo.upload) await request("DELETE", `${endpoint}/${photo.upload}`, {}).catch(() => {});
}

async function create(photo, endpoint, kept) {
  const about = { filename: photo.name, listing: photo.listing, key: photo.key };
  if (photo.replaces) about.replaces = photo.replaces;
  const answer = await request("POST", endpoint, {
    headers: {
      "Upload-Length": photo.blob.size,
      "Upload-Metadata": Object.entries(about).map(([name, value]) => `${name} ${encode(value)}`).join(","),
    },
  });
  photo.upload = answer.getResponseHeader("Location").split("/").pop();
  await kept(photo);
}

async function ask(photo, endpoint) {
  const answer = await request("HEAD", `${endpoint}/${photo.upload}`, { missing: true });
  return answer.status === 404 ? null : offsetOf(answer);
}

function offsetOf(answer) {
  const offset = Number.parseInt(answer.getResponseHeader("Upload-Offset"), 10);
  if (Number.isNaN(offset)) throw new Away();
  return offset;
}

function encode(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function request(method, address, { headers = {}, body = null, progress = null, missing = false }) {
  return new Promise((done, failed) => {
    const call = new XMLHttpRequest();
    call.open(method, address);
    call.timeout = PATIENCE;
    call.setRequestHeader("Tus-Resumable", VERSION);
    for (const [name, value] of Object.entries(headers)) call.setRequestHeader(name, value);
    if (progress) call.upload.onprogress = (event) => progress(event.loaded);
    call.onerror = call.ontimeout = call.onabort = () => failed(new Away());
    call.onload = () => {
      if (call.status < 300 || (missing && call.status === 404)) done(call);
      else if (call.status === 401) failed(new SignedOut());
      else if (call.status === 404 && inWords(call)) failed(new Ended(inWords(call)));
      else if (REFUSALS.has(call.status)) failed(new Refused(inWords(call)));
      else failed(new Away(inWords(call)));
    };
    call.send(body);
  });
}

function inWords(call) {
  return (call.getResponseHeader("Content-Type") ?? "").startsWith("text/plain") ? call.responseText : "";
}
