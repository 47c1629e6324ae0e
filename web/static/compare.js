// Before and after in one place: a slider uncovers the one from the other.

for (const compare of document.querySelectorAll(".compare")) {
  const slider = compare.querySelector("input");
  const before = compare.querySelector(".before");
  const show = () => before.style.setProperty("clip-path", `inset(0 ${100 - slider.value}% 0 0)`);
  slider.addEventListener("input", show);
  show();
}
