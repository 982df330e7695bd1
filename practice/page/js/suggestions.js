// The list above a composer: slash commands while the first word is being typed, people after an "@".
import { fill, freshId, h } from './dom.js';
import { avatar } from './avatars.js';
import { nameOf, state } from './store.js';
import { t } from './words.js';

export function makeSuggestions(field, id) {
  const root = h('div', { id, class: 'suggestions', role: 'listbox', hidden: true });
  let rows = [];
  let active = 0;

  const close = () => {
    rows = [];
    root.hidden = true;
    field.setAttribute('aria-expanded', 'false');
    field.removeAttribute('aria-activedescendant');
  };
  const take = (row) => {
    field.setRangeText(`${row.text} `, row.from, row.to, 'end');
    close();
    field.dispatchEvent(new Event('input'));
    field.focus();
  };
  const draw = () => {
    root.hidden = rows.length === 0;
    field.setAttribute('aria-expanded', String(rows.length > 0));
    if (!rows.length) return close();
    root.setAttribute('aria-label', t(rows[0].text.startsWith('/') ? 'commands' : 'people'));
    fill(root, rows.map((row, index) => {
      const option = h('div', { role: 'option', id: freshId('option'), class: 'suggestion', 'aria-selected': String(index === active), dataset: { testid: 'suggestion' } },
        row.face, h('span', { class: 'suggestion-name', dir: 'auto' }, row.label), h('span', { class: 'suggestion-hint', dir: 'auto' }, row.hint));
      option.addEventListener('pointerdown', (event) => {
        event.preventDefault();
        take(row);
      });
      if (index === active) field.setAttribute('aria-activedescendant', option.id);
      return option;
    }));
    return root.children[active]?.scrollIntoView({ block: 'nearest' });
  };
  const look = () => {
    rows = wanted(field);
    active = 0;
    draw();
  };
  field.addEventListener('input', look);
  field.addEventListener('click', look);
  field.addEventListener('blur', close);

  /** True when the key was for the list. */
  function key(event) {
    if (!rows.length) return false;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      active = (active + (event.key === 'ArrowDown' ? 1 : -1) + rows.length) % rows.length;
      draw();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    } else if (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey)) {
      // What is already typed in full needs no completing: Enter then sends.
      const { text, from, to } = rows[active];
      if (event.key === 'Enter' && text === field.value.slice(from, to)) return false;
      take(rows[active]);
    } else return false;
    event.preventDefault();
    return true;
  }
  return { root, key };
}

function wanted(field) {
  const before = field.value.slice(0, field.selectionStart);
  if (/^\/\S*$/.test(before)) {
    return state.commands.filter((known) => known.command.startsWith(before)).map((known) => ({
      text: known.command, label: known.command, hint: [known.usage_hint, known.description].filter(Boolean).join(' · '), from: 0, to: before.length,
    }));
  }
  const at = /(?:^|\s)@([\p{L}’' ]{0,24})$/u.exec(before);
  if (!at) return [];
  const query = at[1].toLocaleLowerCase();
  const from = before.length - at[1].length - 1;
  return [...state.people.values()].filter((person) => !person.deleted && !person.is_bot
    && (nameOf(person).toLocaleLowerCase().startsWith(query) || person.name.startsWith(query))).slice(0, 6).map((person) => ({
    text: `@${nameOf(person)}`, label: nameOf(person), hint: person.title ?? '', face: avatar(person, 'small'), from, to: before.length,
  }));
}
