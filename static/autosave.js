// A step is saved by itself while it is typed: one request at a time, the newest text next, tried again until it is received. What no
// request has brought home yet also stays in this browser, so that a crash loses nothing. Without this file, « Enregistrer » does it all.

const QUIET = 1_500; // after the last key
const LONGEST = 8_000; // while somebody types without a pause
const PAUSES = { first: 1_000, last: 30_000 }; // between two tries
const PATIENCE = 20_000; // for one try
const KEPT_FOR = 7 * 24 * 3_600_000; // what nobody came back for

/** Texts put by in this browser, by whose they are and for which page. In IndexedDB: localStorage reaches the disk minutes later. A browser
 * that refuses to keep anything changes nothing else. */
const shelf = {
  opened: null,
  open() {
    return (this.opened ??= new Promise((done, failed) => {
      const asked = indexedDB.open("brouillons", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("textes");
      asked.onsuccess = () => {
        asked.result.onclose = () => { this.opened = null; };
        done(asked.result);
      };
      asked.onerror = () => failed(asked.error);
    }));
  },
  async ask(mode, question) {
    try {
      const asked = question((await this.open()).transaction("textes", mode).objectStore("textes"));
      return await new Promise((done, failed) => {
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => failed(asked.error);
      });
    } catch {
      return undefined;
    }
  },
  read(name) { return this.ask("readonly", (texts) => texts.get(name)); },
  write(name, kept) { return this.ask("readwrite", (texts) => texts.put(kept, name)); },
  drop(name) { return this.ask("readwrite", (texts) => texts.delete(name)); },
  /** Other people's texts, and those nobody came back for, do not stay on a shared machine; signing out drops them all. */
  async tidy(account) {
    for (const name of (await this.ask("readonly", (texts) => texts.getAllKeys())) ?? []) {
      const isOurs = name[0] === account;
      if (!isOurs || Date.now() - (await this.read(name)).at > KEPT_FOR) await this.drop(name);
    }
  },
};

const nameOf = (account) => [account, location.pathname];

class Draft {
  #form;
  #name;
  #known; // the text the desk has
  #unanswered = null; // the text of a request that had no answer: it may have arrived, so the same goes again first
  #running = null;
  #timer;
  #since = 0;
  #pause = PAUSES.first;
  #away = false;
  #stopped = false;
  #leaving = false;
  #wake = () => {};

  constructor(form) {
    this.#form = form;
    this.#name = nameOf(form.dataset.autosave);
    this.#known = form.hasAttribute("data-unsaved") ? null : this.#read();
    this.#open();
  }

  async #open() {
    await shelf.tidy(this.#form.dataset.autosave);
    await this.#takeBack();
    const form = this.#form;
    form.addEventListener("input", () => this.#changed());
    form.addEventListener("change", () => this.#changed());
    form.addEventListener("submit", (event) => this.#submitted(event));
    addEventListener("online", () => this.#wake());
    addEventListener("offline", () => this.#tellAway());
    addEventListener("focus", () => this.#wake());
    addEventListener("beforeunload", (event) => { if (!this.#leaving && this.#isUnsaved()) event.preventDefault(); });
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.#send(); else this.#wake(); });
    if (this.#isUnsaved()) this.#changed();
  }

  get #revision() { return this.#form.elements.revision; }

  /** The text as the form would send it. */
  #read() {
    const typed = new URLSearchParams();
    for (const [name, value] of new FormData(this.#form)) {
      if (typeof value === "string" && name !== "revision") typed.append(name, value.replace(/\r?\n/g, "\r\n"));
    }
    return typed.toString();
  }

  #isUnsaved() { return this.#read() !== this.#known; }

  #changed() {
    this.#putBy();
    clearTimeout(this.#timer);
    this.#since ||= Date.now();
    this.#timer = setTimeout(() => this.#send(), Math.min(QUIET, Math.max(0, this.#since + LONGEST - Date.now())));
  }

  #putBy() {
    const body = this.#read();
    if (body === this.#known) shelf.drop(this.#name);
    else shelf.write(this.#name, { at: Date.now(), revision: this.#revision.value, body });
  }

  /** What this browser still holds of a page that was closed too early; an older revision is told as a conflict when it is saved. */
  async #takeBack() {
    const shown = this.#read();
    const kept = await shelf.read(this.#name);
    if (!kept || this.#read() !== shown) return;
    if (kept.body === shown) return shelf.drop(this.#name);
    const typed = new URLSearchParams(kept.body);
    for (const field of this.#form.elements) {
      if (!field.name || field.name === "revision" || !("value" in field) || ["submit", "file", "hidden"].includes(field.type)) continue;
      if (field.type === "checkbox" || field.type === "radio") field.checked = typed.getAll(field.name).includes(field.value);
      else if (typed.has(field.name)) field.value = typed.get(field.name);
    }
    this.#revision.value = kept.revision;
    this.#tell("info", "Voici ce que vous aviez saisi et qui n’avait pas pu être enregistré.");
  }

  #send() {
    clearTimeout(this.#timer);
    this.#running ??= this.#run().finally(() => { this.#running = null; });
    return this.#running;
  }

  async #run() {
    while (!this.#stopped) {
      const body = this.#unanswered ?? this.#read();
      if (body === this.#known) break;
      this.#unanswered = body;
      this.#since = 0;
      const answer = await this.#post(body);
      if (answer === null || answer.status === 408 || answer.status === 429 || answer.status >= 500) {
        this.#tellAway();
        await this.#rest();
      } else if (answer.status === 401) {
        this.#tellSignedOut();
        await this.#rest();
      } else {
        this.#unanswered = null;
        if (!this.#settle(answer, body)) break;
      }
    }
  }

  async #post(body) {
    try {
      const answer = await fetch(this.#form.action, {
        method: "POST",
        headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
        body: `${body}&revision=${encodeURIComponent(this.#revision.value)}`,
        keepalive: body.length < 60_000,
        signal: AbortSignal.timeout(PATIENCE),
      });
      return { status: answer.status, said: await answer.json().catch(() => ({})) };
    } catch {
      return null;
    }
  }

  /** Hears an answer; whether to go on with what was typed meanwhile. */
  #settle({ status, said }, body) {
    this.#pause = PAUSES.first;
    if (status === 200) {
      this.#known = body;
      this.#revision.value = said.revision;
      this.#putBy();
      const line = document.getElementById("enregistrement");
      if (line.textContent !== said.line) line.textContent = said.line;
      if (this.#away) this.#tell("success", "De nouveau en ligne : votre saisie est enregistrée.");
      else this.#tell();
      this.#away = false;
      return true;
    }
    this.#tell("error", said.detail ?? "Cette étape n’a pas pu être enregistrée. Appuyez sur « Enregistrer » pour savoir pourquoi.");
    this.#stopped = status !== 422; // another key may mend a text that cannot be kept; nothing here mends the rest
    return false;
  }

  /** Waits before the next try, less when something tells that it may succeed. */
  async #rest() {
    await new Promise((woken) => {
      this.#wake = woken;
      setTimeout(woken, this.#pause);
    });
    this.#wake = () => {};
    this.#pause = Math.min(this.#pause * 2, PAUSES.last);
  }

  /** A button is pressed: the request on its way first, so that the page does not compete with itself. */
  async #submitted(event) {
    if (this.#leaving || this.#stopped || (!this.#running && !this.#isUnsaved())) {
      this.#leaving = true;
      return;
    }
    event.preventDefault();
    const { submitter } = event;
    this.#wake();
    await Promise.race([this.#send(), new Promise((late) => setTimeout(late, 4_000))]);
    if (this.#away) return document.getElementById("liaison").scrollIntoView({ block: "nearest" });
    this.#leaving = true;
    this.#form.requestSubmit(submitter);
  }

  #tellAway() {
    this.#away = true;
    this.#tell("warning", "Pas de liaison avec le guichet. Votre saisie reste dans cette page ; elle sera enregistrée dès que la liaison reviendra.");
  }

  #tellSignedOut() {
    this.#away = true;
    const link = document.createElement("a");
    Object.assign(link, { href: "/connexion", target: "_blank", textContent: "Connectez-vous dans un autre onglet" });
    this.#tell("warning", "Votre session a expiré. Votre saisie reste dans cette page. ", link, ", puis revenez ici : l’enregistrement reprendra.");
  }

  /** Says something above the buttons, politely; nothing removes what was said. */
  #tell(tone, ...words) {
    const region = document.getElementById("liaison");
    const said = words.map((word) => word.textContent ?? word).join("");
    if (region.textContent === said) return;
    region.replaceChildren();
    if (!tone) return;
    const alert = document.createElement("div");
    const paragraph = document.createElement("p");
    alert.className = `fr-alert fr-alert--${tone} fr-alert--sm`;
    paragraph.append(...words);
    alert.append(paragraph);
    region.append(alert);
  }
}

const step = document.querySelector("form[data-autosave]");
if (step) new Draft(step);

// The page that settles a conflict holds the text: what this browser put by is settled with it.
const settling = document.querySelector("form[data-settles]");
settling?.addEventListener("submit", async (event) => {
  event.preventDefault();
  await shelf.drop(nameOf(settling.dataset.settles));
  settling.submit();
});
