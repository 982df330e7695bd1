// "Acting as": whose shoes one stands in, and the searchable list of everybody else's.
import { boxed, fill, h, isolated } from './dom.js';
import { icon } from './icons.js';
import { avatar } from './avatars.js';
import { nameOf, state, watch } from './store.js';
import { cityOf, timeIn } from './times.js';
import { t } from './words.js';
import { actAs, attempt } from './deeds.js';

export function makePersonChooser({ afterChoice }) {
  const button = h('button', { type: 'button', class: 'acting', 'aria-haspopup': 'dialog', dataset: { testid: 'person-chooser' } });
  const search = h('input', { class: 'field', type: 'search', dir: 'auto', role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'person-list', autocomplete: 'off', dataset: { testid: 'person-search' } });
  const list = h('div', { class: 'person-list', id: 'person-list', role: 'listbox' });
  const title = h('h2', { id: 'person-title' });
  const close = h('button', { type: 'button', class: 'tool', on: { click: () => dialog.close() } }, icon('x'));
  const dialog = h('dialog', { class: 'sheet people', 'aria-labelledby': 'person-title', dataset: { testid: 'person-dialog' } },
    h('header', { class: 'sheet-head' }, title, close), h('div', { class: 'people-search' }, icon('search', 16), search), list);
  document.body.append(dialog);
  let shown = [];
  let active = 0;

  const mark = (beginning = false) => {
    [...list.children].forEach((row, index) => row.setAttribute('aria-selected', String(index === active)));
    const row = list.children[active];
    if (row?.id) search.setAttribute('aria-activedescendant', row.id);
    row?.scrollIntoView({ block: beginning ? 'center' : 'nearest' });
  };
  const choose = async (person) => {
    dialog.close();
    await attempt(() => actAs(person.id, { channel: 'dm', tab: state.place.tab }));
    afterChoice();
  };
  const draw = () => {
    const words = search.value.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
    shown = [...state.people.values()].filter((person) => !person.is_bot && words.every((word) => searchable(person).includes(word)));
    active = Math.max(0, words.length ? 0 : shown.findIndex((person) => person.id === state.me.id));
    fill(list, shown.map((person) => row(person, choose)), shown.length === 0 && h('p', { class: 'nobody' }, t('nobody_found')));
    mark();
  };
  button.addEventListener('click', () => {
    title.textContent = t('choose_person');
    close.setAttribute('aria-label', t('close'));
    search.placeholder = t('search_people');
    search.setAttribute('aria-label', t('search_people'));
    list.setAttribute('aria-label', t('people'));
    search.value = '';
    dialog.showModal();
    draw();
    mark(true);
    search.focus();
  });
  search.addEventListener('input', draw);
  search.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length) {
      event.preventDefault();
      active = (active + step + shown.length) % shown.length;
      mark();
    } else if (event.key === 'Enter' && shown[active]) choose(shown[active]);
  });
  dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });
  watch(['me', 'people'], () => fill(button, face(state.me)));
  return { button };
}

const searchable = (person) => [nameOf(person), person.name, person.title, person.tz, cityOf(person.tz), person.locale]
  .filter(Boolean).join(' ').toLocaleLowerCase();

function face(person) {
  return [avatar(person), h('span', { class: 'acting-words' },
    h('span', { class: 'acting-label' }, t('acting_as')), boxed(nameOf(person), 'acting-name'),
    boxed(person.title ?? '', 'acting-title')), icon('chevron-down', 16)];
}

function row(person, choose) {
  const badges = badgesOf(person).map((key) => h('span', { class: `badge ${key}` }, t(key)));
  return h('div', {
    class: person.deleted ? 'person-row gone' : 'person-row', role: 'option', id: `person-${person.id}`, dataset: { testid: 'person-option', user: person.id },
    on: { click: () => choose(person) },
  }, avatar(person), h('span', { class: 'person-words' },
    h('span', { class: 'person-name' }, isolated(nameOf(person)), badges), boxed(person.title ?? '', 'person-title')),
  h('span', { class: 'person-place' }, h('span', {}, isolated(cityOf(person.tz)), ' · ', isolated(timeIn(person.tz))),
    h('span', { class: 'person-locale' }, t(person.locale?.startsWith('ar') ? 'locale_ar' : 'locale_en'))));
}

export function badgesOf(person) {
  return [
    person.is_admin && 'admin', person.is_restricted && 'guest', person.deleted && 'deactivated',
    person.team && state.team.id && person.team !== state.team.id && 'other_company',
  ].filter(Boolean);
}
