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

// A text to start from is put into the answer without a new page.
for (const button of document.querySelectorAll("button[name=inserer]")) {
  button.addEventListener("click", (event) => {
    const { modele, message } = button.form.elements;
    const text = modele.selectedOptions[0]?.dataset.text;
    if (!text) return;
    event.preventDefault();
    message.value = [message.value.trim(), text].filter(Boolean).join("\n\n");
    message.dispatchEvent(new Event("input", { bubbles: true }));
    message.focus();
  });
}

// A text with words between braces is shown filled while it is typed.
for (const preview of document.querySelectorAll("[data-preview]")) {
  const field = document.getElementById(preview.dataset.preview);
  const examples = new Map(Array.from(document.querySelectorAll("[data-placeholder]"), ({ dataset }) => [dataset.placeholder, dataset.example]));
  field?.addEventListener("input", () => {
    preview.textContent = field.value.replace(/\{([^\s{}]+)\}/g, (whole, name) => examples.get(name) ?? whole);
  });
}

// Files are sent as soon as they are chosen, one by one: a line that breaks loses one file, which goes again, and no text.
const TRIES = 3;
const FILES = "[data-upload] input[type=file]";
let sending = 0;
let queue = Promise.resolve();

const post = (url, body, onProgress) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => event.lengthComputable && onProgress(event.loaded, event.total));
    request.addEventListener("load", () => {
      const fresh = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("[data-upload]");
      if (fresh) resolve(fresh);
      else reject(request.status);
    });
    request.addEventListener("error", () => reject(0));
    request.open("POST", url);
    request.send(body);
  });

const patiently = async (url, body, onProgress, onPause) => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await post(url, body, onProgress);
    } catch (status) {
      if (tries === TRIES || (status > 0 && status < 500)) throw status;
      onPause();
      await new Promise((resume) => setTimeout(resume, 1000 * 2 ** tries));
    }
  }
};

// What the desk answered when it was not the list of files.
const why = (status) => {
  if (status === 0) return "la connexion s’est interrompue.";
  if (status === 413) return "l’envoi est trop lourd.";
  if (status === 200) return "votre session a expiré. Enregistrez l’étape : vous pourrez vous reconnecter sans perdre votre texte.";
  if (status < 500) return "cette étape a changé entre-temps. Rechargez la page.";
  return "le guichet n’a pas répondu.";
};

const element = (name, className, text = "") => {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
};

// One place for what is being done, one for what went wrong; both are there before they speak.
const stateOf = (group) => {
  let line = group.querySelector(".hab-upload__state");
  if (!line) {
    line = element("p", "hab-upload__state");
    line.setAttribute("role", "status");
    group.querySelector(".fr-messages-group").before(line);
  }
  return line;
};

const complain = (group, sentence, again) => {
  const line = element("div", "");
  line.append(element("p", "fr-message fr-message--error fr-error-text", sentence));
  if (again) {
    const button = element("button", "fr-btn fr-btn--tertiary fr-btn--sm", "Réessayer");
    button.type = "button";
    button.addEventListener("click", () => {
      line.remove();
      again();
    });
    line.append(button);
  }
  group.querySelector(".fr-messages-group").append(line);
  group.classList.add("fr-upload-group--error");
  const input = group.querySelector(":scope > input");
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", group.querySelector(".fr-messages-group").id);
};

const refresh = (group, fresh) => {
  group.querySelector(".hab-files")?.remove();
  const list = fresh.querySelector(".hab-files");
  if (list) group.append(list);
  for (const sentence of fresh.querySelectorAll(".fr-error-text")) complain(group, sentence.textContent);
  return !fresh.querySelector(".fr-error-text");
};

const act = (group, body, [words, done, failed], again) => {
  const line = stateOf(group);
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", words);
  sending += 1;
  queue = queue.then(async () => {
    line.textContent = words;
    line.after(bar);
    const form = group.closest("form");
    try {
      const fresh = await patiently(
        `${form.action}/fichiers`,
        body,
        (sent, total) => {
          bar.max = total;
          bar.value = sent;
        },
        () => {
          line.textContent = "La connexion s’est interrompue, nouvel essai…";
        },
      );
      line.textContent = refresh(group, fresh) ? done : "";
    } catch (status) {
      line.textContent = "";
      complain(group, `${failed} : ${why(status)}`, status === 0 || status >= 500 ? again : undefined);
    }
    bar.remove();
    sending -= 1;
  });
};

const sendFile = (group, name, file) => {
  if (file.size > Number(group.dataset.most)) {
    complain(group, `« ${file.name} » dépasse 10 Mo. Réduisez-le ou divisez-le, puis joignez-le de nouveau.`);
    return;
  }
  const body = new FormData();
  body.append(name, file);
  const told = `« ${file.name} »`;
  act(group, body, [`Envoi de ${told}…`, `${told} est joint.`, `${told} n’est pas joint`], () => sendFile(group, name, file));
};

document.addEventListener("change", (event) => {
  if (!event.target.matches(FILES)) return;
  const input = event.target;
  const group = input.closest("[data-upload]");
  const files = [...input.files];
  input.value = "";
  group.querySelector(".fr-messages-group").replaceChildren();
  group.classList.remove("fr-upload-group--error");
  group.querySelector(":scope > input").removeAttribute("aria-invalid");
  for (const file of files) sendFile(group, input.name, file);
  // The field that replaces a file goes with it.
  if (input.closest(".hab-files")) group.querySelector(":scope > input").focus();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-upload] button[name=retirer]");
  if (!button) return;
  event.preventDefault();
  const group = button.closest("[data-upload]");
  const name = button.closest("li").querySelector("[data-name]").textContent;
  const body = new FormData();
  body.append(button.name, button.value);
  group.querySelector(":scope > input").focus();
  act(group, body, [`Retrait de « ${name} »…`, `« ${name} » est retiré.`, `« ${name} » n’est pas retiré`]);
});

document.addEventListener("submit", (event) => {
  if (!sending) return;
  event.preventDefault();
  const { target, submitter } = event;
  for (const group of target.querySelectorAll("[data-upload]")) stateOf(group).textContent += " L’étape s’enregistrera ensuite.";
  queue = queue.then(() => target.requestSubmit(submitter));
});

addEventListener("beforeunload", (event) => sending && event.preventDefault());
