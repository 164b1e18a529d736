import { h, icon, setText, uid } from "./dom.js";

// Ranges of the career calculator: two ends each, the course's own figures until the learner writes something else.

function row(key, name, changed) {
  const label = h("span", { class: "ck-label", id: uid("range") }, name);
  const help = h("p", { class: "ck-help", id: uid("help") });
  const fault = h("p", { class: "ck-fault", id: uid("fault") });
  const unit = h("span", { class: "cr-measure", id: uid("unit") });
  let course = ["", ""];
  const end = (word) => {
    const told = h("span", { id: uid("end"), class: "cr-word" }, word);
    const input = h("input", {
      type: "text", class: "ck-input ck-number", inputmode: "decimal", autocomplete: "off", spellcheck: "false", maxlength: 40, oninput: changed,
      "aria-labelledby": `${label.id} ${told.id}`, "aria-describedby": `${unit.id} ${help.id} ${fault.id}`,
    });
    return { input, nodes: [told, input] };
  };
  const ends = [end("from"), end("to")];
  const read = () => ends.map((one) => one.input.value);
  const own = () => read().some((text, n) => text.trim() !== course[n]);

  return {
    node: h("div", { class: "ck-field cr-range", "data-key": key }, h("p", {}, label, " ", unit),
      h("span", { class: "ck-line cr-ends" }, ends.map((one) => h("span", { class: "cr-end" }, one.nodes))), help, fault),
    own, read,
    /** The course's figures, which a range that nobody touched takes over. */
    course([low, high, measure, , said]) {
      const mine = own();
      course = [low, high];
      if (!mine) ends.forEach((one, n) => { if (one.input.value !== course[n]) one.input.value = course[n]; });
      setText(unit, measure);
      setText(help, own() ? `Your figure. The course: ${low === high ? low : `${low} to ${high}`}.` : said);
    },
    write(texts) { ends.forEach((one, n) => { one.input.value = texts ? texts[n] : course[n]; }); },
    fault(text) {
      fault.replaceChildren(...(text ? [icon("warn"), h("span", {}, text)] : []));
      for (const one of ends) {
        if (text) one.input.setAttribute("aria-invalid", "true");
        else one.input.removeAttribute("aria-invalid");
      }
    },
  };
}

/** {row(key), read, write, course, faults}; `read` gives only what the learner has changed. */
export function ranges(keys, labels, changed) {
  const all = new Map(keys.map((key) => [key, row(key, labels[key], changed)]));
  return {
    row: (key) => all.get(key).node,
    read: () => Object.fromEntries([...all].filter(([, one]) => one.own()).map(([key, one]) => {
      const [low, high] = one.read();
      return [key, { low, high }];
    })),
    write(own) { for (const [key, one] of all) one.write(own && own[key] ? [own[key].low, own[key].high] : null); },
    course(list) { for (const [key, ...figures] of list) all.get(key).course(figures); },
    faults(found) { for (const [key, one] of all) one.fault(found[key] || ""); },
  };
}
