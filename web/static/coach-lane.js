// What one side sends, one thing after the other, each until it has arrived: sent again, it is the same.

const AGAIN = 2000; // ms until what a cut line has kept back is sent again
const SOON = 1000; // ms until what came too fast is sent again

const pause = (time) => new Promise((done) => setTimeout(done, time));

function draw() {
  // Over plain HTTP, as in the room, a browser has no randomUUID.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Lane {
  #address;
  #settle;
  #waiting = [];
  #busy = false;
  #closed = false;

  // settle(result) is told what became of each thing; with `result.again` it is sent once more.
  constructor(address, settle) {
    this.#address = address;
    this.#settle = settle;
  }

  get empty() {
    return this.#waiting.length === 0;
  }

  // Send fields; what waits and is given up for them, as `replaces` says, is not sent any more.
  add(fields, replaces) {
    const underWay = this.#busy ? this.#waiting.slice(0, 1) : [];
    const kept = this.#waiting.slice(underWay.length).filter((one) => !replaces(one));
    this.#waiting = [...underWay, ...kept, { ...fields, key: draw() }];
    this.#work();
  }

  close() {
    this.#closed = true;
    this.#waiting = [];
  }

  async #work() {
    if (this.#busy) return;
    this.#busy = true;
    while (this.#waiting.length && !this.#closed) {
      const fields = this.#waiting[0];
      const result = await this.#post(fields);
      if (result.refusal === "too_fast") {
        await pause(SOON);
        continue;
      }
      if (!result.again) this.#waiting.shift();
      this.#settle(result);
      if (result.again) await pause(AGAIN);
    }
    this.#busy = false;
  }

  async #post(fields) {
    let answer;
    try {
      const body = new URLSearchParams(fields);
      answer = await fetch(this.#address, { method: "POST", headers: { accept: "application/json" }, body });
    } catch {
      return { again: true };
    }
    if (answer.status === 401) return { again: true, signedOut: true };
    if (answer.status >= 500) return { again: true };
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) return told;
    if (answer.status === 404) return told.problem ? { over: true } : { gone: true, fields };
    return { problem: told.problem ?? told.title, refusal: told.refusal, fields };
  }
}
