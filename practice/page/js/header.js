// The bar over a conversation: where one is, the tabs of the app, and the way to the menu on a phone.
import { fill, h, isolated } from './dom.js';
import { icon } from './icons.js';
import { avatar } from './avatars.js';
import { channelOf, inDm, practiceNow, state, watch } from './store.js';
import { clockTime } from './times.js';
import { t } from './words.js';
import { goTo } from './deeds.js';

export function makeHeader({ openDrawer }) {
  const menu = h('button', { type: 'button', class: 'tool drawer-toggle', 'aria-controls': 'sidebar', dataset: { testid: 'drawer-toggle' }, on: { click: openDrawer } }, icon('menu', 20));
  const title = h('div', { class: 'bar-title' });
  const chip = h('button', { type: 'button', class: 'time-chip', dataset: { testid: 'time-chip' }, on: { click: openDrawer } });
  const tabs = h('div', { class: 'tabs', role: 'tablist' });
  const root = h('header', { class: 'bar' }, h('div', { class: 'bar-row' }, menu, title, chip), tabs);
  const draw = () => {
    if (!state.me) return;
    menu.setAttribute('aria-label', t('menu'));
    fill(title, inDm() ? dmTitle() : channelTitle());
    tabs.hidden = !inDm();
    const focused = document.activeElement?.dataset?.testid;
    fill(tabs, tab('messages'), tab('home'));
    if (focused?.startsWith('tab-')) tabs.querySelector(`[data-testid="${focused}"]`)?.focus();
    fill(chip, icon('clock', 15), clockTime(practiceNow()));
    chip.setAttribute('aria-label', `${t('clock')}: ${clockTime(practiceNow())}`);
    document.title = `${inDm() ? state.bot.name : `#${channelOf(state.place.channel)?.name ?? ''}`} · ${state.team.name}`;
  };
  tabs.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
    const other = state.place.tab === 'home' ? 'messages' : 'home';
    goTo({ tab: other }).then(() => tabs.querySelector(`[data-testid="tab-${other}"]`)?.focus());
  });
  watch(['me', 'place', 'bot', 'channels', 'team', 'clock', 'unread'], draw);
  setInterval(() => { if (state.me) fill(chip, icon('clock', 15), clockTime(practiceNow())); }, 10_000);
  return { root };
}

function tab(name) {
  const here = state.place.tab === name;
  const unread = name === 'messages' && !here ? state.unread[state.bot.dm] ?? 0 : 0;
  return h('button', {
    type: 'button', role: 'tab', class: 'tab', 'aria-selected': String(here), tabindex: here ? '0' : '-1',
    dataset: { testid: `tab-${name}` }, on: { click: () => goTo({ tab: name, thread: null }) },
  }, t(name), unread > 0 && h('span', { class: 'unread-count', 'aria-label': t('unread', { n: unread }), dataset: { testid: 'tab-unread' } }, String(unread)));
}

function dmTitle() {
  return [avatar({ ...state.bot, is_bot: true }, 'small'), h('h1', {}, isolated(state.bot.name)), h('span', { class: 'tag' }, t('app'))];
}

function channelTitle() {
  const channel = channelOf(state.place.channel);
  if (!channel) return h('h1', {}, t('no_dm'));
  const shared = channel.ext_shared || channel.is_ext_shared;
  const hidden = channel.private || channel.is_private;
  const notes = [
    shared && t('shared_with'), hidden && t('private_channel'),
    Array.isArray(channel.members) && t('members', { n: channel.members.length }), channel.purpose,
  ].filter(Boolean);
  return [icon(hidden ? 'lock' : shared ? 'share-2' : 'hash', 18), h('h1', {}, isolated(channel.name)),
    h('span', { class: 'bar-note' }, notes.map((note, index) => [index > 0 && ' · ', isolated(note)]))];
}
