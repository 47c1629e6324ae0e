// The button that prints: without this script a person prints as she prints any page.

const button = document.querySelector("[data-prints]");
button.hidden = false;
button.addEventListener("click", () => print());
