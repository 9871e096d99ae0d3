// Uploads with progress, cancel and retry, which htmx's fetch cannot do. Without it the forms post by themselves.
(() => {
  const chacun = (ou, quoi, faire) => ou.querySelectorAll(quoi).forEach(faire);
  const dire = (p, etat) => chacun(p, "[data-etat]", (e) => { e.hidden = !e.dataset.etat.split(" ").includes(etat); });
  const remplacer = (p, neuf) => {
    neuf.xhr = p.xhr;
    p.replaceWith(neuf);
    htmx.process(neuf);
    neuf.querySelector("[tabindex]")?.focus();
  };

  function envoyer(form) {
    const p = form.closest("[data-depot]"), barre = p.querySelector("progress"), x = p.xhr = new XMLHttpRequest();
    x.open("POST", form.action);
    x.responseType = "document";
    x.setRequestHeader("HX-Request", "true");
    x.setRequestHeader("HX-Request-Type", "partial");
    // A line that died without a word: nothing moved for a minute.
    let veille;
    const veiller = () => {
      clearTimeout(veille);
      veille = setTimeout(() => { x.abort(); dire(p, "coupe"); }, 60000);
    };
    x.upload.onprogress = (e) => { barre.value = e.loaded / e.total; veiller(); };
    x.onloadend = () => clearTimeout(veille);
    x.upload.onload = () => barre.removeAttribute("value");
    x.onabort = () => dire(p, "repos");
    x.onerror = () => dire(p, "coupe");
    x.onload = () => {
      const neuf = x.response?.getElementById(p.id);
      // What the page says of it on top belongs where one looks.
      neuf && chacun(x.response, "#main > .avis", (avis) => {
        avis.tabIndex = -1;
        neuf.prepend(avis);
      });
      if (x.status === 401) {
        const s = document.getElementById("session");
        s.innerHTML = x.response.body.innerHTML;
        htmx.process(s);
        p.xhr = null;
        dire(p, "session");
        p.closest("dialog")?.close();
      } else if (!neuf) dire(p, "refus");
      else if (x.status === 200 && "immediat" in form.dataset) {
        p.neuf = neuf;
        dire(p, "charge");
        form.querySelector("button").focus();
      } else remplacer(p, neuf);
    };
    chacun(p, ".bilan", (e) => e.remove()); // it speaks of the files before
    dire(p, "envoi");
    veiller();
    x.send(new FormData(form));
  }

  const depot = (e) => e.target.closest?.("[data-depot]");
  document.addEventListener("change", (e) => {
    const p = depot(e), champ = e.target;
    if (!p || champ.type !== "file" || !champ.files.length) return;
    const tailles = [...champ.files].map((f) => f.size), { max, total } = champ.dataset;
    p.neuf = null;
    if (Math.max(...tailles) > max || tailles.reduce((a, b) => a + b) > total) {
      champ.value = "";
      dire(p, "lourd");
    } else if ("immediat" in champ.form.dataset) envoyer(champ.form);
    else dire(p, "repos");
  });
  document.addEventListener("submit", (e) => {
    const p = depot(e);
    if (!p) return;
    e.preventDefault();
    if (p.neuf) remplacer(p, p.neuf);
    else envoyer(e.target);
  });
  document.addEventListener("click", (e) => {
    const cible = e.target.closest("[data-dialogue], [data-annuler], [data-reessayer], [data-valider]");
    if (!cible || e.ctrlKey || e.metaKey) return;
    const { dialogue, annuler, reessayer } = cible.dataset, boite = cible.closest("dialog");
    if (dialogue) document.getElementById(dialogue).showModal();
    else if (annuler !== undefined) cible.closest("[data-depot]").xhr.abort();
    else if (reessayer !== undefined) envoyer(cible.form);
    else if (boite) boite.close();
    else return;
    e.preventDefault();
  });
  // A dialog left in whatever way stops its upload; the list shows what arrived.
  document.addEventListener("close", (e) => {
    const p = e.target.querySelector("[data-depot]");
    if (!p?.xhr) return;
    p.xhr.abort();
    document.querySelector("[data-rafraichir]").click();
  }, true);
})();
