// What is typed into a form is kept in the browser until it has arrived: a lost line or a closed lid costs no word.
// A draft is of what stood there when it was typed. Where something else stands there now it has arrived, or others
// have written since: it is dropped. What is to be answered anew each time, as a consent is, stands in none; the key by
// which a form that is sent twice is known does.

const KEPT = "textarea, input:not([type=hidden], [data-anew]), input[name=key]";

for (const form of document.querySelectorAll("form[data-draft]")) {
  const name = `draft ${form.dataset.draft}`;
  const seen = form.elements.seen?.value ?? "";
  const fields = [...form.querySelectorAll(KEPT)];
  const keep = (sent) => {
    const typed = Object.fromEntries(fields.map((field) => [field.name, field[holder(field)]]));
    localStorage.setItem(name, JSON.stringify({ seen, typed, sent }));
  };
  const kept = JSON.parse(localStorage.getItem(name) ?? "{}");
  if ("typed" in form.dataset) keep(false);
  else if (kept.seen === seen) for (const field of fields) field[holder(field)] = kept.typed[field.name];
  else localStorage.removeItem(name);
  form.addEventListener("input", () => keep(false));
  form.addEventListener("submit", () => localStorage.getItem(name) && keep(true));
}

function holder(field) {
  return field.type === "checkbox" ? "checked" : "value";
}

// The page that follows says that it has arrived; what was typed since then has not.
for (const { dataset } of document.querySelectorAll("[data-arrived]")) {
  const name = `draft ${dataset.arrived}`;
  if (JSON.parse(localStorage.getItem(name) ?? "{}").sent) localStorage.removeItem(name);
}
