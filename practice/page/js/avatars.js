// Faces: the initials of a name on a colour that belongs to the person; the app has its crescent.
import { h } from './dom.js';
import { icon } from './icons.js';
import { nameOf } from './store.js';

const HUES = [12, 38, 62, 95, 135, 165, 195, 225, 255, 290, 325, 350];

function hueOf(id) {
  let sum = 7;
  for (const character of id) sum = (sum * 31 + character.codePointAt(0)) >>> 0;
  return HUES[sum % HUES.length];
}

function initials(name) {
  const words = name.trim().split(/\s+/).filter(Boolean);
  // Arabic letters change their shape when they stand together: one letter says it better than two.
  if (/\p{Script=Arabic}/u.test(name)) return [...words[0].replace(/^ال/, '')][0] ?? '';
  return words.slice(0, 2).map((word) => [...word][0]).join('').toUpperCase();
}

export function avatar(person, size = '') {
  if (person.is_bot) return h('span', { class: `avatar bot ${size}`.trim(), 'aria-hidden': 'true' }, icon('moon', size === 'small' ? 14 : 20));
  const face = h('span', { class: `avatar ${size}`.trim(), 'aria-hidden': 'true' }, initials(nameOf(person)));
  face.style.setProperty('--hue', hueOf(person.id));
  return face;
}
