import { h, icon, setText, uid } from "./dom.js";

// The form of a calculator, from its list of fields: {node, read, write, faults, focus}. Every field is a native element.

function labelled(field, input, { unit, above = true } = {}) {
  const help = field.help ? h("span", { class: "ck-help", id: uid("help") }, field.help) : null;
  const fault = h("span", { class: "ck-fault", id: uid("fault") });
  const beside = unit ? h("span", { class: "cc-unit", id: uid("unit") }) : null;
  input.id = uid("field");
  input.setAttribute("aria-describedby", [beside, help, fault].filter(Boolean).map((node) => node.id).join(" "));
  const label = h("label", { for: input.id, class: "ck-label" }, field.label, field.optional ? h("span", { class: "ck-quiet" }, " (optional)") : null);
  const row = h("span", { class: above ? "ck-line" : "ck-line ck-tick" }, input, above ? beside : label);
  const node = h("div", { class: field.wide ? "ck-field ck-wide" : "ck-field" }, above ? label : null, row, help, fault);
  return {
    node,
    unit(text) { if (beside) setText(beside, text); },
    fault(text) {
      fault.replaceChildren(...(text ? [icon("warn"), h("span", {}, text)] : []));
      if (text) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    },
    focus() { input.focus(); },
  };
}

function written(field, changed) {
  const number = field.kind === "number";
  const list = field.suggest.length ? h("datalist", { id: uid("list") }, field.suggest.map(([value, text]) => h("option", { value }, text))) : null;
  const input = h("input", {
    type: field.kind === "date" ? "date" : "text", class: number ? "ck-input ck-number" : "ck-input", inputmode: number ? "decimal" : null, autocomplete: "off", spellcheck: "false",
    maxlength: 200, list: list ? list.id : null, oninput: changed,
  });
  const made = labelled(field, input, { unit: field.unit || field.unit_of });
  if (list) made.node.append(list);
  made.unit(field.unit);
  return { ...made, read: () => input.value, write(value) { input.value = value === undefined || value === null ? "" : String(value); } };
}

function choice(field, changed) {
  const input = h("select", { class: "cc-select ck-input", onchange: changed }, field.options.map(([value, text]) => h("option", { value }, text)));
  return {
    ...labelled(field, input),
    read: () => input.value,
    write(value) { input.value = field.options.some((one) => one[0] === value) ? value : field.options[0][0]; },
  };
}

function tick(field, changed) {
  const input = h("input", { type: "checkbox", onchange: changed });
  return { ...labelled(field, input, { above: false }), read: () => input.checked, write(value) { input.checked = value === true; } };
}

function ticks(field, changed) {
  const boxes = field.options.map(([value, text]) => [value, h("input", { type: "checkbox", onchange: changed }), text]);
  const node = h("fieldset", { class: "ck-field ck-wide" }, h("legend", { class: "ck-label" }, field.label),
    boxes.map(([, box, text]) => h("label", { class: "ck-line ck-tick" }, box, h("span", {}, text))));
  return {
    node,
    unit() {},
    fault() {},
    focus() { boxes[0][1].focus(); },
    read: () => boxes.filter(([, box]) => box.checked).map(([value]) => value),
    write(values) { for (const [value, box] of boxes) box.checked = (values || []).includes(value); },
  };
}

function rows(field, changed, above) {
  const list = h("div", { class: "ck-rows" });
  const add = h("button", { type: "button", class: "cc-button ck-add", onclick: () => { put({}); changed(); shown.at(-1).fields.focus(); } },
    icon("plus"), `Add a ${field.row.toLowerCase()}`);
  let shown = [];

  function put(values) {
    const legend = h("legend", { class: "ck-label ck-row-name" });
    const remove = h("button", { type: "button", class: "cc-button cc-quiet ck-remove", onclick: () => drop(one) }, icon("remove"));
    const fields = group(field.columns, changed, above);
    fields.write(values);
    const one = { fields, legend, remove, node: h("fieldset", { class: "ck-row" }, legend, fields.node, remove) };
    shown.push(one);
    list.append(one.node);
    number();
  }

  function drop(one) {
    const place = shown.indexOf(one);
    shown.splice(place, 1);
    one.node.remove();
    number();
    changed();
    if (shown.length) (shown[place] || shown[place - 1]).fields.focus();
    else add.focus();
  }

  function number() {
    for (const [n, one] of shown.entries()) {
      setText(one.legend, `${field.row} ${n + 1}`);
      one.remove.setAttribute("aria-label", `Remove ${field.row.toLowerCase()} ${n + 1}`);
      one.remove.hidden = shown.length < 2 && !field.none; // `none`: there may be no row at all
    }
    add.hidden = shown.length >= field.most;
  }

  return {
    node: h("div", { class: "ck-field ck-wide", role: "group", "aria-label": field.label }, h("p", { class: "ck-label" }, field.label), list, add),
    unit() {},
    fault() {},
    faults(found) { for (const [n, one] of shown.entries()) one.fields.faults(below(found, `${n}.`)); },
    refresh() { for (const one of shown) one.fields.refresh(); },
    focus() { shown[0].fields.focus(); },
    read: () => shown.map((one) => one.fields.read()),
    write(values) {
      shown = [];
      list.replaceChildren();
      for (const one of values && values.length ? values : field.none ? [] : [{}]) put(one);
      number();
    },
  };
}

const MADE = { number: written, text: written, date: written, choice, tick, ticks, rows };

/** The faults whose path begins with `stem`, without it. */
function below(found, stem) {
  return Object.fromEntries(Object.entries(found).filter(([path]) => path.startsWith(stem)).map(([path, text]) => [path.slice(stem.length), text]));
}

/** Fields beside one another. `above` reads the values around them, for fields that show only in some cases. */
function group(list, changed, above = () => ({})) {
  const own = new Map();
  const around = () => ({ ...above(), ...Object.fromEntries([...own].filter(([key]) => list.find((one) => one.key === key).kind !== "rows").map(([key, one]) => [key, one.read()])) });
  function refresh() {
    const values = around();
    for (const field of list) {
      const one = own.get(field.key);
      if (field.when) one.node.hidden = !field.when[1].includes(values[field.when[0]]);
      if (field.unit_of) {
        const chosen = list.find((other) => other.key === field.unit_of).options.find((option) => option[0] === values[field.unit_of]);
        one.unit((chosen && chosen[2]) || field.unit);
      }
      if (one.refresh) one.refresh();
    }
  }
  const touched = () => { refresh(); changed(); };
  for (const field of list) own.set(field.key, MADE[field.kind](field, touched, around));
  return {
    node: h("div", { class: "ck-fields" }, [...own.values()].map((one) => one.node)),
    refresh,
    read: () => Object.fromEntries([...own].map(([key, one]) => [key, one.read()])),
    write(values) { for (const [key, one] of own) one.write(values[key]); refresh(); },
    faults(found) {
      for (const [key, one] of own) {
        one.fault(found[key] || "");
        if (one.faults) one.faults(below(found, `${key}.`));
      }
    },
    focus() { own.get(list[0].key).focus(); },
  };
}

/** The whole form; `changed()` is called after each change. */
export function form(list, changed) {
  return group(list, changed);
}
