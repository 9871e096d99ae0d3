// What HTML cannot do. Every page works without it.
(() => {
  // A page without that line gets one, until an answer comes.
  const ligne = () => {
    const p = document.createElement("p");
    p.id = "enregistrement";
    p.dataset.passagere = "";
    p.setAttribute("role", "alert");
    document.getElementById("main").append(p);
    return p;
  };
  const dire = (texte) => {
    const p = document.getElementById("enregistrement") ?? ligne();
    p.textContent = texte;
    p.className = "enregistrement echec";
  };
  let echec = null;
  // A button that somebody pressed matters more than a check: it sends the same text, and more.
  const noter = (ctx) => { if (ctx.request.submitter || !echec) echec = ctx; };

  // A message that comes between pressing and releasing moves the button from under the pointer, and the click is lost:
  // while something is pressed answers wait, until after the click (which follows a finger's release a little later).
  let appui = null, lacher;
  addEventListener("pointerdown", (e) => {
    if (!appui && e.target.closest("button, a, label, summary")) appui = new Promise((fait) => { lacher = fait; });
  });
  const relacher = () => appui && setTimeout(() => { appui = null; lacher(); }, 50);
  ["pointerup", "pointercancel", "blur"].forEach((nom) => addEventListener(nom, relacher));
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    const { fetch } = ctx;
    ctx.fetch = async (...demande) => {
      const reponse = await fetch(...demande);
      await appui;
      return reponse;
    };
  });

  // A second click drops the answer to the first.
  addEventListener("submit", (e) => {
    if (e.timeStamp < e.target.repos) e.preventDefault();
    e.target.repos = e.timeStamp + 1000;
  });

  // Enter in a search box searches; it does not leave the page.
  document.addEventListener("keydown", (e) => {
    if (e.key === "Enter" && e.target.type === "search") e.preventDefault();
  });

  // The line is gone: say so, try again.
  const rejouer = () => {
    const demande = echec;
    echec = null;
    if (!demande) return;
    const { sourceElement: source, request } = demande;
    if (request.submitter?.isConnected) request.submitter.click();
    else if (source.isConnected) source.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const cloche = (ctx) => ctx.sourceElement.id === "cloche";
  // What asks by itself fails in silence.
  const discrete = (ctx) => ["cloche", "presences"].includes(ctx.sourceElement.id);
  document.addEventListener("htmx:error", (e) => {
    if (!e.detail.ctx || discrete(e.detail.ctx)) return;
    noter(e.detail.ctx);
    dire("La connexion est coupée : ce que vous tapez n’est pas encore gardé. Restez sur cette page, l’envoi reprendra de lui-même.");
    setTimeout(rejouer, 15000);
  });
  addEventListener("online", rejouer);
  document.addEventListener("htmx:response:error", (e) => {
    const { ctx } = e.detail, { status } = ctx.response, saisie = ctx.sourceElement.closest("form.saisie");
    if (discrete(ctx)) return;
    if (status === 401 && saisie) {
      noter(ctx);
      dire("Votre session est terminée : ce que vous tapez n’est pas encore gardé.");
    }
    if (status === 413 && saisie) dire("Cette page dépasse ce que le portail accepte : rien n’a été enregistré, votre texte est intact. Raccourcissez-le.");
    if (status >= 500) dire("Le portail a eu une panne : rien n’a été enregistré, votre page est intacte. Réessayez dans quelques minutes.");
  });
  document.addEventListener("reconnecte", rejouer);
  document.addEventListener("htmx:after:request", (e) => {
    if (cloche(e.detail.ctx)) veiller(e.detail.ctx.response.status === 200 ? REPOS : pause);
    else if (e.detail.ctx.response.status < 400) document.querySelector("[data-passagere]")?.remove();
  });

  // The number on the bell: asked for at growing intervals (in seconds), never while nobody looks.
  const REPOS = 30;
  let pause = REPOS, minuterie;
  const reveiller = () => {
    document.getElementById("cloche")?.dispatchEvent(new Event("reveil"));
    veiller(Math.min(pause * 1.5, 600));
  };
  const veiller = (secondes) => {
    clearTimeout(minuterie);
    pause = Math.max(secondes, REPOS);
    minuterie = setTimeout(reveiller, secondes * 1000);
  };
  document.addEventListener("visibilitychange", () => document.hidden ? clearTimeout(minuterie) : veiller(1));
  veiller(REPOS);
  // The lease of models/presences.py lasts two of these.
  setInterval(() => document.hidden || document.getElementById("presences")?.dispatchEvent(new Event("reveil")), 40000);

  const copier = () => document.querySelectorAll("[data-copier]").forEach((bouton) => { bouton.hidden = !navigator.clipboard; });
  document.addEventListener("click", (e) => {
    const id = e.target.dataset?.copier;
    if (id) navigator.clipboard.writeText(document.getElementById(id).value).then(() => { e.target.textContent = "Lien copié"; });
  });
  document.addEventListener("htmx:after:swap", copier);
  copier();
})();
