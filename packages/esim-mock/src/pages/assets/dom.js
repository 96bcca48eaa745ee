/** Creates an element. Text is inserted as text: nothing that the mock receives becomes markup. */
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

/** Leaves a node with the right text alone, so that a selection in it survives. */
export function setText(node, text) {
  if (node.textContent !== String(text)) node.textContent = text;
}

/** The same for an attribute, which is removed without a value. */
export function setAttribute(node, name, value) {
  if (value === undefined) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

/** Makes a parent's children match the items. An existing item keeps its node, with focus and selection. */
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

/** Sets the options of a select or a datalist; the current choice stays. */
export function setOptions(list, options) {
  const chosen = list.value;
  keyed(list, options, {
    key: ({ value }) => value,
    create: ({ value }) => el("option", { value }),
    update: (node, { label }) => setText(node, label),
  });
  if (options.some(({ value }) => String(value) === chosen)) list.value = chosen;
}
