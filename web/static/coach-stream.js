// What the other side says, as it comes; while the stream does not stand, it is asked for now and then.

const LOOK = 2000; // ms between two questions while the stream does not stand
const SILENT = 25_000; // ms without a sign after which a line is taken for cut: one comes every ten seconds

// `on.take` is given what is new, `on.over` is called at the end, `on.watch` and `on.lost` as the line comes and goes,
// and `on.signedOut` where it comes and she may not listen any more.
// Returns what closes it.
export function listen(place, mark, on) {
  let events = null;
  let heard = performance.now();
  let closed = false;
  let out = false; // signed out, as far as was heard

  const news = (told) => {
    mark = told.mark;
    on.take(told);
  };
  const alive = () => {
    heard = performance.now();
    on.watch();
  };

  function begin() {
    events?.close();
    events = new EventSource(`${place}/events?after=${encodeURIComponent(mark)}`);
    heard = performance.now();
    events.addEventListener("open", alive);
    events.addEventListener("here", alive);
    events.addEventListener("seen", (event) => {
      alive();
      news(JSON.parse(event.data));
    });
    events.addEventListener("over", on.over);
    events.addEventListener("error", () => closed || out || on.lost());
  }

  async function ask() {
    const answer = await fetch(`${place}/now?after=${encodeURIComponent(mark)}`, {
      headers: { accept: "application/json" },
      cache: "no-store",
    });
    if (closed) return;
    out = answer.status === 401;
    if (out) return on.signedOut();
    if (answer.status === 404) return on.over();
    if (!answer.ok) return on.lost();
    on.watch();
    news(await answer.json());
  }

  async function look() {
    if (closed) return;
    const silent = performance.now() - heard > SILENT;
    if (silent || events.readyState === EventSource.CLOSED) begin();
    if (silent || events.readyState !== EventSource.OPEN) await ask().catch(() => closed || on.lost());
    setTimeout(look, LOOK);
  }

  // A stream that was there before a line was cut may never notice.
  addEventListener("online", () => {
    if (closed) return;
    begin();
    ask().catch(() => on.lost());
  });
  begin();
  setTimeout(look, LOOK);
  return {
    close() {
      closed = true;
      events.close();
    },
  };
}
