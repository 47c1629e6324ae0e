// What is typed into a form is kept in the browser until it is sent: a lost line or a closed lid costs no word.

for (const form of document.querySelectorAll("form[data-draft]")) {
  const name = `draft ${form.dataset.draft}`;
  const fields = [...form.querySelectorAll("textarea, input:not([type=hidden])")];
  const kept = JSON.parse(localStorage.getItem(name) ?? "{}");
  for (const field of fields) field.value ||= kept[field.name] ?? "";
  form.addEventListener("input", () => {
    localStorage.setItem(name, JSON.stringify(Object.fromEntries(fields.map((field) => [field.name, field.value]))));
  });
}
