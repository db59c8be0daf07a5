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

// Files are sent as soon as they are chosen, one by one: a line that breaks loses one file, which goes again, and no text.
const TRIES = 3;

const sendFile = (url, name, file, onProgress) =>
  new Promise((resolve, reject) => {
    const body = new FormData();
    body.append(name, file);
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => event.lengthComputable && onProgress(event.loaded, event.total));
    request.addEventListener("load", () => (request.status === 200 || request.status === 422 ? resolve(request.responseText) : reject(request.status)));
    request.addEventListener("error", () => reject(0));
    request.open("POST", url);
    request.send(body);
  });

const watchUploads = (root) => {
  for (const group of root.querySelectorAll("[data-upload]")) {
    const input = group.querySelector("input[type=file]");
    const form = input.form;
    input.addEventListener("change", async () => {
      const files = [...input.files];
      input.value = "";
      const line = document.createElement("p");
      line.className = "hab-saved";
      line.setAttribute("role", "status");
      const bar = document.createElement("progress");
      input.after(line, bar);
      let current = group;
      const problems = [];
      for (const [index, file] of files.entries()) {
        line.textContent = `Envoi de « ${file.name} » (${index + 1} sur ${files.length})…`;
        for (let tries = 1; ; tries += 1) {
          try {
            const html = await sendFile(`${form.action}/fichiers`, input.name, file, (sent, total) => {
              bar.max = total;
              bar.value = sent;
            });
            const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-upload]");
            problems.push(...[...fresh.querySelectorAll(".fr-error-text")].map((sentence) => sentence.textContent));
            current.querySelector(".hab-files")?.remove();
            const list = fresh.querySelector(".hab-files");
            if (list) current.append(list);
            break;
          } catch (status) {
            if (tries === TRIES || (status >= 400 && status < 500)) {
              problems.push(`« ${file.name} » n’a pas pu être envoyé. Vérifiez votre connexion, puis joignez-le de nouveau.`);
              break;
            }
            line.textContent = `« ${file.name} » : la connexion s’est interrompue, nouvel essai…`;
            await new Promise((resume) => setTimeout(resume, 1000 * 2 ** tries));
          }
        }
      }
      bar.remove();
      line.textContent = problems.length ? "" : files.length > 1 ? `${files.length} fichiers joints.` : "Fichier joint.";
      current.querySelector(".fr-messages-group")?.remove();
      if (problems.length) {
        line.remove();
        const group = document.createElement("div");
        group.className = "fr-messages-group";
        group.setAttribute("role", "alert");
        for (const problem of problems) {
          const sentence = document.createElement("p");
          sentence.className = "fr-message fr-message--error fr-error-text";
          sentence.textContent = problem;
          group.append(sentence);
        }
        input.after(group);
      }
    });
  }
};
watchUploads(document);
