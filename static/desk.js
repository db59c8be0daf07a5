// Every page works without this file: it only adds.

// Safari before 17 ignores `autofocus` outside fields, and every browser does when the address has an anchor.
document.querySelector("#erreurs[autofocus]")?.focus();

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Long phrases are better typed when they can be read.
for (const field of document.querySelectorAll("input[type=password]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "hab-reveal";
  button.setAttribute("aria-controls", field.id);
  const show = (shown) => {
    field.type = shown ? "text" : "password";
    button.textContent = shown ? "Masquer le mot de passe" : "Afficher le mot de passe";
  };
  button.addEventListener("click", () => show(field.type === "password"));
  // Browsers keep and fill in passwords only.
  field.form?.addEventListener("submit", () => show(false));
  show(false);
  field.after(button);
}

// Leaving a text that was sent nowhere is asked twice.
for (const form of document.querySelectorAll("form[data-warn]")) {
  let typed = false;
  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("submit", () => { typed = false; });
  addEventListener("beforeunload", (leaving) => { if (typed) leaving.preventDefault(); });
}
