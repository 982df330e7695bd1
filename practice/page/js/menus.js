// A small menu that hangs from a button: arrows move, Enter chooses, Escape and a click elsewhere close it.
import { h } from './dom.js';

let open = null;

export function closeMenu({ refocus = false } = {}) {
  if (!open) return;
  const { panel, anchor, stop } = open;
  open = null;
  stop();
  panel.remove();
  anchor.setAttribute('aria-expanded', 'false');
  if (refocus) anchor.focus({ preventScroll: true });
}

/** Hangs `panel` from `anchor`, inside the dialog that holds the anchor: outside of it nothing can be reached. */
export function hang(anchor, panel, { onKey } = {}) {
  const again = open?.anchor === anchor;
  closeMenu();
  if (again) return false;
  panel.classList.add('popover');
  (anchor.closest('dialog') ?? document.body).append(panel);
  place(anchor, panel);
  const outside = (event) => {
    if (!panel.contains(event.target) && !anchor.contains(event.target)) closeMenu();
  };
  const key = (event) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      closeMenu({ refocus: true });
    } else if (event.key === 'Tab') closeMenu({ refocus: true }); // and from there Tab goes on
    else onKey?.(event);
  };
  const moved = () => place(anchor, panel);
  document.addEventListener('pointerdown', outside, true);
  panel.addEventListener('keydown', key);
  window.addEventListener('resize', moved);
  anchor.setAttribute('aria-expanded', 'true');
  open = {
    panel, anchor,
    stop: () => {
      document.removeEventListener('pointerdown', outside, true);
      window.removeEventListener('resize', moved);
    },
  };
  return true;
}

function place(anchor, panel) {
  const box = anchor.getBoundingClientRect();
  const size = panel.getBoundingClientRect();
  const margin = 8;
  const below = box.bottom + 6 + size.height < window.innerHeight - margin;
  const top = below ? box.bottom + 6 : Math.max(margin, box.top - size.height - 6);
  const rtl = getComputedStyle(anchor).direction === 'rtl';
  const wanted = rtl ? box.right - size.width : box.left;
  const left = Math.max(margin, Math.min(wanted, window.innerWidth - size.width - margin));
  panel.style.top = `${top}px`;
  panel.style.left = `${left}px`;
}

/** A menu of choices: [{label, hint?, icon?, testid?, danger?, choose()}]. */
export function showMenu(anchor, items, { label } = {}) {
  const rows = items.map((item) => h('button', {
    type: 'button', role: 'menuitem', tabindex: '-1', class: item.danger ? 'menu-item danger' : 'menu-item',
    dataset: { testid: item.testid ?? 'menu-item' },
    on: {
      click: () => {
        closeMenu({ refocus: true });
        item.choose();
      },
    },
  }, item.icon, h('span', { class: 'menu-words' },
    h('span', { class: 'menu-label', dir: 'auto' }, item.label),
    item.hint && h('span', { class: 'menu-hint', dir: 'auto' }, item.hint))));
  const panel = h('div', { role: 'menu', class: 'menu', 'aria-label': label }, rows);
  if (hang(anchor, panel, { onKey: (event) => roam(event, rows) })) rows[0]?.focus();
}

/** Up, Down, Home and End through a list of focusable nodes. */
export function roam(event, rows, { columns = 1 } = {}) {
  const now = rows.indexOf(document.activeElement);
  const rtl = document.documentElement.dir === 'rtl' ? -1 : 1;
  const steps = { ArrowDown: columns, ArrowUp: -columns };
  if (columns > 1) Object.assign(steps, { ArrowRight: rtl, ArrowLeft: -rtl });
  let next = null;
  if (steps[event.key]) next = columns > 1 ? now + steps[event.key] : (now + steps[event.key] + rows.length) % rows.length;
  if (event.key === 'Home') next = 0;
  if (event.key === 'End') next = rows.length - 1;
  if (next === null || !rows[next]) return;
  event.preventDefault();
  rows[next].focus();
}
