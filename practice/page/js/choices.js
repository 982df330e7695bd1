// Elements that choose from something: selects, multi selects, radio buttons, checkboxes, people, channels.
import { fill, freshId, h } from './dom.js';
import { icon } from './icons.js';
import { ask } from './dialogs.js';
import { hang, roam } from './menus.js';
import { plain, textDirection, textObject } from './mrkdwn.js';
import { nameOf, state } from './store.js';
import { pageDirection, t } from './words.js';
import { marks } from './marks.js';

/** Writes the choice down, and tells the app where Slack would. A declined confirm puts it back. */
async function chosen(part, place, value, { control, undo }) {
  if (part.confirm && !await ask(part.confirm)) {
    undo();
    return;
  }
  place.form.write(place.blockId, part, value);
  place.changed?.();
  if (place.dispatch) place.dispatch(part, value, control);
}

const flat = (part) => part.option_groups?.flatMap((group) => group.options) ?? part.options ?? [];

/** One choice: the browser's own select, which every phone and screen reader knows. */
function select(part, place, { groups, now, value }) {
  const control = h('select', {
    id: place.controlId, class: now ? 'select' : 'select empty', dataset: marks(part, place, 'block-select'), 'aria-labelledby': place.labelId,
    'aria-label': place.labelId ? null : part.placeholder?.text ?? t('choose'), 'aria-describedby': place.errorId, dir: 'auto',
  }, h('option', { value: '' }, part.placeholder?.text ?? t('choose')));
  for (const { label, options } of groups) {
    const rows = options.map((option) => h('option', { value: option.value, selected: option.value === now }, option.label));
    control.append(...(label ? [h('optgroup', { label }, rows)] : rows));
  }
  let before = now ?? '';
  control.addEventListener('change', () => {
    control.classList.toggle('empty', !control.value);
    const undo = () => { control.value = before; };
    chosen(part, place, value(control.value || null), { control, undo }).then(() => { before = control.value; });
  });
  return h('span', { class: 'select-frame' }, control, icon('chevron-down', 16));
}

const optionRows = (options) => options.map((option) => ({ value: option.value, label: textOf(option.text) }));
const textOf = (object) => plain(object.text).map((node) => node.textContent ?? node).join('');

function staticSelect(part, place) {
  const groups = part.option_groups
    ? part.option_groups.map((group) => ({ label: textOf(group.label), options: optionRows(group.options) }))
    : [{ options: optionRows(part.options ?? []) }];
  const all = flat(part);
  return select(part, place, {
    groups, now: place.form.read(place.blockId, part).selected_option?.value,
    value: (wanted) => ({ selected_option: all.find((option) => option.value === wanted) ?? null }),
  });
}

const peopleRows = () => [...state.people.values()].filter((p) => !p.deleted && !p.is_bot)
  .map((p) => ({ value: p.id, label: p.title ? `${nameOf(p)} · ${p.title}` : nameOf(p) }));

/** A channel as it is written; an option of a select takes its direction from the page, so the mark needs its own. */
const hashed = (name) => (pageDirection() === 'rtl' ? `\u2066#${name}\u2069` : `#${name}`);
const isDm = (c) => c.id === state.bot.dm;
const kindOf = (c) => (isDm(c) ? 'im' : c.private ? 'private' : 'public');
const conversationRows = ({ filter = {} }) => state.channels.filter((c) => (filter.include ?? [kindOf(c)]).includes(kindOf(c))
  && !(filter.exclude_bot_users && isDm(c)) && !(filter.exclude_external_shared_channels && c.ext_shared))
  .map((c) => ({ value: c.id, label: isDm(c) ? c.name : hashed(c.name) }));
const channelRows = () => conversationRows({ filter: { include: ['public'] } });

const single = (rows, field) => (part, place) => select(part, place, {
  groups: [{ options: rows(part) }], now: place.form.read(place.blockId, part)[field], value: (wanted) => ({ [field]: wanted }),
});

/** Several choices: a button that opens a list of ticks. */
function multi(part, place, { rows, now, value }) {
  let ticked = new Set(now);
  const words = h('span', { class: 'multi-words', dir: 'auto' });
  const control = h('button', {
    type: 'button', id: place.controlId, class: 'select multi', 'aria-haspopup': 'listbox', 'aria-expanded': 'false',
    'aria-labelledby': place.labelId, 'aria-describedby': place.errorId, dataset: marks(part, place, 'block-multi-select'),
  }, words, icon('chevron-down', 16));
  const show = () => {
    const names = rows.filter((row) => ticked.has(row.value)).map((row) => row.label);
    control.classList.toggle('empty', names.length === 0);
    fill(words, names.length ? names.join(document.documentElement.dir === 'rtl' ? '، ' : ', ') : part.placeholder?.text ?? t('choose'));
  };
  const toggle = (row, node) => {
    const before = new Set(ticked);
    if (ticked.has(row.value)) ticked.delete(row.value);
    else if (!part.max_selected_items || ticked.size < part.max_selected_items) ticked.add(row.value);
    node.setAttribute('aria-selected', String(ticked.has(row.value)));
    show();
    const undo = () => {
      ticked = before;
      show();
    };
    chosen(part, place, value([...ticked]), { control, undo });
  };
  control.addEventListener('click', () => {
    const nodes = rows.map((row) => {
      const node = h('div', { role: 'option', tabindex: '-1', class: 'tick-row', 'aria-selected': String(ticked.has(row.value)), dataset: { testid: 'option' } },
        h('span', { class: 'tick' }, icon('check', 14)), h('span', { dir: 'auto' }, row.label));
      node.addEventListener('click', () => toggle(row, node));
      return node;
    });
    const panel = h('div', { role: 'listbox', 'aria-multiselectable': 'true', class: 'menu ticks' }, nodes);
    const onKey = (event) => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        document.activeElement.click();
      } else roam(event, nodes);
    };
    if (hang(control, panel, { onKey })) nodes[0]?.focus();
  });
  show();
  return control;
}

function multiStatic(part, place) {
  const all = flat(part);
  return multi(part, place, {
    rows: optionRows(all), now: place.form.read(place.blockId, part).selected_options.map((option) => option.value),
    value: (wanted) => ({ selected_options: all.filter((option) => wanted.includes(option.value)) }),
  });
}

const several = (rows, field) => (part, place) => multi(part, place, {
  rows: rows(part), now: place.form.read(place.blockId, part)[field] ?? [], value: (wanted) => ({ [field]: wanted }),
});

function options(part, place, { kind, ticked, value }) {
  const name = freshId('choice');
  const boxes = part.options.map((option, index) => {
    const box = h('input', {
      type: kind, name, checked: ticked.includes(option.value),
      dataset: { ...marks(part, place, `block-${kind}`), focusKey: `${place.blockId}/${part.action_id}/${index}` },
    });
    box.checked = ticked.includes(option.value);
    const words = h('span', { class: 'choice-words' }, h('span', { class: 'rich' }, textObject(option.text)),
      option.description && h('span', { class: 'choice-hint rich' }, textObject(option.description)));
    return { box, option, row: h('label', { class: 'choice', dir: textDirection(option.text) }, box, words) };
  });
  let before = [...ticked];
  const group = h('div', {
    role: kind === 'radio' ? 'radiogroup' : 'group', class: 'choices', 'aria-labelledby': place.labelId, 'aria-describedby': place.errorId,
  }, boxes.map(({ row }) => row));
  group.addEventListener('change', (event) => {
    const now = boxes.filter(({ box }) => box.checked).map(({ option }) => option);
    const undo = () => boxes.forEach(({ box, option }) => { box.checked = before.includes(option.value); });
    chosen(part, place, value(now), { control: event.target, undo })
      .then(() => { before = boxes.filter(({ box }) => box.checked).map(({ option }) => option.value); });
  });
  return group;
}

export const choiceElements = {
  static_select: staticSelect,
  external_select: staticSelect,
  multi_static_select: multiStatic,
  users_select: single(peopleRows, 'selected_user'),
  channels_select: single(channelRows, 'selected_channel'),
  conversations_select: single(conversationRows, 'selected_conversation'),
  multi_users_select: several(peopleRows, 'selected_users'),
  multi_channels_select: several(channelRows, 'selected_channels'),
  multi_conversations_select: several(conversationRows, 'selected_conversations'),
  radio_buttons: (part, place) => options(part, place, {
    kind: 'radio', ticked: [place.form.read(place.blockId, part).selected_option?.value].filter(Boolean),
    value: ([option]) => ({ selected_option: option ?? null }),
  }),
  checkboxes: (part, place) => options(part, place, {
    kind: 'checkbox', ticked: place.form.read(place.blockId, part).selected_options.map((option) => option.value),
    value: (now) => ({ selected_options: now }),
  }),
};

