"""A form of a page, read and filled in as a browser does."""


class Introuvable(AssertionError):
    """The page has no such form, button, control or choice: a person could not have done that."""


def bouton(soup, text):
    """The first button of the page that says `text`, or whose value is `text`."""
    for button in soup.select("button, input[type=submit]"):
        if " ".join(button.get_text().split()) == text or button.get("value") == text:
            return button
    raise Introuvable(f"no button {text!r}; there are {[b.get_text().strip() for b in soup.select('button')]}")


def formulaire_de(element):
    """The form that `element` belongs to."""
    if element.name == "form":
        return element
    if element.get("form"):
        return element.find_parent("html").find(id=element["form"])
    form = element.find_parent("form")
    if form is None:
        raise Introuvable(f"{element.name} stands in no form")
    return form


def controles(form):
    """The controls that a browser would send, in their order."""
    ours = [c for c in form.find_all(("input", "select", "textarea")) if not c.get("form")]
    if form.get("id"):
        ours += form.find_parent("html").select(f'[form="{form["id"]}"]')
    return [c for c in ours if c.get("name") and not inactif(c)]


def inactif(control):
    return control.has_attr("disabled") or control.find_parent("fieldset", disabled=True) is not None


def choix(select):
    options = [o for o in select.find_all("option") if not o.has_attr("disabled")]
    chosen = [o for o in options if o.has_attr("selected")] or ([] if select.has_attr("multiple") else options[:1])
    return [valeur_option(o) for o in chosen]


def valeur_option(option):
    return option["value"] if option.has_attr("value") else option.get_text().strip()


def envoye(control):
    """The texts that a control sends as it stands."""
    if control.name == "select":
        return choix(control)
    if control.name == "textarea":
        return [control.get_text()]
    if control.get("type") in ("checkbox", "radio"):
        return [control.get("value", "on")] if control.has_attr("checked") else []
    return [] if control.get("type") in ("file", "submit", "button", "image") else [control.get("value", "")]


def lire(form, values=None, button=None):
    """What the form sends, name → texts, once `values` are typed in and `button` is pressed.

    A value is a text, True or False for a box, or files for a file control.
    Raises Introuvable when the page has no such control or does not offer that choice.
    """
    data, values = {}, dict(values or {})
    for control in controles(form):
        name = control["name"]
        if name not in values:
            data.setdefault(name, []).extend(envoye(control))
    for name, value in values.items():
        data[name] = saisir([c for c in controles(form) if c["name"] == name], name, value)
    if button is not None and button.get("name"):
        data.setdefault(button["name"], []).append(button.get("value", ""))
    return {name: texts for name, texts in data.items() if texts}


def saisir(group, name, value):
    """The texts that the controls called `name` send when a person gives `value`."""
    if not group:
        raise Introuvable(f"no control {name!r} on the page")
    kind = group[0].get("type") or group[0].name
    if kind == "file":
        return value if isinstance(value, list) else [value]
    if value is True or value is False:
        return [group[0].get("value", "on")] if value else []
    texts = [str(v) for v in value] if isinstance(value, list) else [str(value)]
    if kind in ("radio", "checkbox"):
        offered = {control.get("value", "on") for control in group}
    elif kind == "select":
        offered = {valeur_option(option) for option in group[0].find_all("option")}
    else:
        return texts
    if not set(texts) <= offered:
        raise Introuvable(f"{name!r} offers {sorted(offered)}, not {texts}")
    return texts
