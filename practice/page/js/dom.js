// Building DOM. Everything on the page is made with h(): user text only ever becomes a text node,
// so no word that anybody types can turn into markup.

/** Makes an element. `props`: class, style, dataset, on (listeners); anything else is an attribute. */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key === 'class') node.className = value;
    else if (key === 'dataset') Object.assign(node.dataset, value);
    else if (key === 'on') {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (key === 'value') node.value = value;
    else node.setAttribute(key, value === true ? '' : value);
  }
  put(node, children);
  return node;
}

/** Appends children of any depth; nothing (null, false) is left out. */
export function put(node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child);
  }
  return node;
}

export function fill(node, ...children) {
  node.replaceChildren();
  return put(node, children);
}

const STRONG = /[\p{L}]/u;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** The direction of a text by its first strong character: 'rtl', 'ltr', or null when it has none. */
export function direction(text) {
  const first = STRONG.exec(text ?? '');
  if (!first) return null;
  return RIGHT_TO_LEFT.test(first[0]) ? 'rtl' : 'ltr';
}

/** Text that must not disturb the order of the text around it: names, file names, numbers. */
export function isolated(text, props = {}) {
  return h('bdi', props, text);
}

/** A name in a box of its own: the box keeps to the page's side, whatever the direction of the name. */
export function boxed(text, className) {
  return h('span', { class: className }, h('bdi', {}, text));
}

let counter = 0;
export function freshId(prefix) {
  counter += 1;
  return `${prefix}-${counter}`;
}

/** Brings `list` to show `items`, touching only what changed: an untouched message keeps its focus,
 *  its open menus and what somebody is typing in it. */
export function reconcile(list, items, { key, signature, render }) {
  const present = new Map([...list.children].map((child) => [child.dataset.key, child]));
  let previous = null;
  for (const item of items) {
    const itemKey = key(item);
    const itemSignature = signature(item);
    let node = present.get(itemKey);
    present.delete(itemKey);
    if (!node || node.dataset.signature !== itemSignature) {
      const fresh = render(item, node);
      fresh.dataset.key = itemKey;
      fresh.dataset.signature = itemSignature;
      if (node) replaceKeepingFocus(node, fresh);
      node = fresh;
    }
    const expected = previous ? previous.nextSibling : list.firstChild;
    if (expected !== node) list.insertBefore(node, expected);
    previous = node;
  }
  for (const gone of present.values()) gone.remove();
}

/** Swaps a node for its newer self. Whoever had the keyboard in it keeps their place, if it is still there. */
export function replaceKeepingFocus(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const focusKey = focused?.dataset.focusKey;
  const caret = focused && 'selectionStart' in focused ? focused.selectionStart : null;
  old.replaceWith(fresh);
  if (!focused) return;
  const again = focusKey && [...fresh.querySelectorAll('[data-focus-key]')].find((n) => n.dataset.focusKey === focusKey);
  if (!again) {
    fresh.dispatchEvent(new CustomEvent('focuslost', { bubbles: true }));
    return;
  }
  again.focus({ preventScroll: true });
  if (caret !== null && again.setSelectionRange && again.type !== 'number') again.setSelectionRange(caret, caret);
}

/** A small stable hash: the signature of what a node shows. */
export function hash(value) {
  const text = JSON.stringify(value);
  let sum = 5381;
  for (let i = 0; i < text.length; i += 1) sum = ((sum * 33) ^ text.charCodeAt(i)) >>> 0;
  return `${sum.toString(36)}.${text.length}`;
}
