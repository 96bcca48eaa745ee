/** Makes an element. Text goes in as text: nothing that the mock was sent becomes markup. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

export const byId = (id) => document.getElementById(id);

/** Leaves a node alone whose text is right already, so that what is selected in it stays selected. */
export function setText(node, text) {
  if (node.textContent !== String(text)) node.textContent = text;
}

/** The same for an attribute. Without a value there is none. */
export function setAttribute(node, name, value) {
  if (value === undefined) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

/** Makes a parent's children those of the items. An item that was there keeps its node, and with it focus and selection. */
export function keyed(parent, items, { key, create, update }) {
  const known = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const keys = items.map((item) => String(key(item)));
  const wanted = new Set(keys);
  for (const [name, node] of known) if (!wanted.has(name)) node.remove();
  let next = parent.firstElementChild;
  for (const [index, item] of items.entries()) {
    const name = keys[index];
    const node = known.get(name) ?? create(item);
    node.dataset.key = name;
    update(node, item);
    if (node === next) next = next.nextElementSibling;
    else parent.insertBefore(node, next);
  }
}

/** Options of a select or a datalist; what is chosen stays chosen. */
export function setOptions(list, options) {
  const chosen = list.value;
  keyed(list, options, {
    key: ({ value }) => value,
    create: ({ value }) => el("option", { value }),
    update: (node, { label }) => setText(node, label),
  });
  if (options.some(({ value }) => String(value) === chosen)) list.value = chosen;
}
