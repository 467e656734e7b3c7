// Picks who holds the phone: the row of faces above it, and the form to add a person.

import { el, icon } from "/page/dom.js";
import { post } from "/page/api.js";
import { colourOf } from "/page/messages.js";
import { language, say } from "/page/translations.js";

const COUNTRIES = ["PT", "FR", "ES", "GB", "CH", "BE", "US", "MX", "CA", "BR", "AR", "DE"];
const NAMES = { PT: "Inês", FR: "Camille", ES: "Diego", GB: "Oliver", CH: "Noémie", BE: "Lucas", US: "Maya", MX: "Ximena", CA: "Chloé", BR: "João", AR: "Sofía", DE: "Jonas" };
const LANGUAGE_BY_COUNTRY = { PT: "en", FR: "fr", ES: "es", GB: "en", CH: "fr", BE: "fr", US: "en", MX: "es", CA: "fr", BR: "en", AR: "es", DE: "en" };

export class PersonPicker {
  constructor(channel, { onPick }) {
    Object.assign(this, { channel, onPick });
    this.people = [];
    this.picked = Number(localStorage.getItem(`picked-${channel}`)) || 0;
    this.row = el("div", { class: "faces", role: "tablist" });
    this.form = this.makeForm();
    this.node = el("div", { class: "holder" }, this.row, this.form);
  }

  get person() {
    return this.people.find((each) => each.id === this.picked) ?? this.people[0];
  }

  show(people) {
    this.people = people.filter((each) => each.channel === this.channel && each.role === "customer");
    this.row.replaceChildren(...this.people.map((each) => this.face(each)), this.addButton());
  }

  face(person) {
    const isHere = person.id === this.person?.id;
    return el(
      "button",
      { type: "button", class: `face ${isHere ? "here" : ""}`, role: "tab", "aria-selected": String(isHere), onclick: () => this.pick(person.id) },
      el("span", { class: "avatar", style: { "--tint": colourOf(person.name) } }, person.name[0]),
      el("span", {}, person.name, el("small", {}, this.channel === "whatsapp" ? person.country : person.language_code)),
    );
  }

  addButton() {
    return el("button", { type: "button", class: "face add", title: say("Add a person"), "aria-label": say("Add a person"), onclick: () => { this.form.hidden = !this.form.hidden; if (!this.form.hidden) this.form.querySelector("input").focus(); } }, el("span", { class: "avatar" }, icon("plus")));
  }

  pick(id) {
    this.picked = id;
    localStorage.setItem(`picked-${this.channel}`, id);
    this.show(this.people);
    this.onPick();
  }

  makeForm() {
    const regions = new Intl.DisplayNames([language], { type: "region" });
    const languages = new Intl.DisplayNames([language], { type: "language" });
    const name = el("input", { name: "name", required: true, maxLength: 60, placeholder: say("Name"), "aria-label": say("Name"), autocomplete: "off" });
    const options = this.channel === "whatsapp" ? COUNTRIES.map((code) => [code, regions.of(code)]) : ["en", "fr", "es", "pt-br", "de"].map((code) => [code, languages.of(code)]);
    const label = this.channel === "whatsapp" ? "Country of the phone" : "Language of the app";
    const choice = el("select", { "aria-label": say(label) }, options.map(([value, text]) => el("option", { value }, text)));
    const suggest = () => { if (this.channel === "whatsapp" && (!name.value || Object.values(NAMES).includes(name.value))) name.value = NAMES[choice.value]; };
    choice.addEventListener("change", suggest);
    const submit = async (event) => {
      event.preventDefault();
      const details = this.channel === "whatsapp" ? { country: choice.value, language_code: LANGUAGE_BY_COUNTRY[choice.value] } : { language_code: choice.value };
      const person = await post("people", { channel: this.channel, name: name.value.trim(), ...details });
      name.value = "";
      this.form.hidden = true;
      this.people.push(person);
      this.pick(person.id);
    };
    return el("form", { class: "add-person", hidden: true, onsubmit: submit }, name, el("label", {}, el("small", {}, say(label)), choice), el("button", { class: "primary" }, say("Add")));
  }
}
