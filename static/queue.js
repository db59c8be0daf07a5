// Shortcuts of the queue and of a dossier, and the sign that a dossier is read: every act is on the page without this file.

const KEPT = "raccourcis";
const dialog = document.querySelector("#raccourcis");
const list = document.querySelector("[data-queue]");
const links = [...(list?.querySelectorAll("[data-open]") ?? [])];

const areOn = () => {
  try {
    return localStorage.getItem(KEPT) !== "non";
  } catch {
    return true;
  }
};

// The row that has the focus, or the one somebody comes back to.
const here = () => {
  const row = document.activeElement?.closest("tr[id]") ?? document.querySelector("tr[aria-current]") ?? document.querySelector("tr:target");
  return links.findIndex((link) => link.closest("tr") === row);
};

const move = (step) => links[Math.min(Math.max(here() + step, 0), links.length - 1)]?.focus();

const press = (what) => document.querySelector(what)?.click();

const OF_THE_LIST = {
  j: () => move(1),
  k: () => move(-1),
  o: () => links[here()]?.click(),
  t: () => links[here()]?.closest("tr").querySelector("[data-take]")?.click(),
};

const OF_A_DOSSIER = {
  j: () => press("[data-around] [rel=next]"),
  k: () => press("[data-around] [rel=prev]"),
  t: () => press("[data-take]"),
  f: () => press("[data-list]"),
};

const KEYS = list ? OF_THE_LIST : OF_A_DOSSIER;

if (dialog) {
  const tick = dialog.querySelector("input");
  tick.checked = areOn();
  tick.addEventListener("change", () => {
    try {
      localStorage.setItem(KEPT, tick.checked ? "oui" : "non");
    } catch {
      // Kept for this page only.
    }
  });
  const button = document.querySelector("[data-keys]");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => dialog.showModal());
  }
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
    if (!tick.checked || typing || dialog.open || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.key === "?") {
      event.preventDefault();
      dialog.showModal();
    } else if (Object.hasOwn(KEYS, event.key)) {
      event.preventDefault();
      KEYS[event.key]();
    }
  });
}

// While a dossier is on the screen, colleagues are told who reads it.
const present = document.querySelector("[data-presence]");
if (present) {
  setInterval(async () => {
    if (document.visibilityState !== "visible") return;
    try {
      const answer = await fetch(present.dataset.presence, { method: "POST", headers: { Accept: "application/json" } });
      if (answer.ok && answer.headers.get("Content-Type")?.startsWith("text/plain")) present.textContent = await answer.text();
    } catch {
      // The next minute tries again.
    }
  }, 60_000);
}
