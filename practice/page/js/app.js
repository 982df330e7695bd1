// The page: puts its parts together, reads whom to act as from the address, and begins.
import { get } from './api.js';
import { fill, h, isolated } from './dom.js';
import { icon } from './icons.js';
import { loadEmoji } from './emoji.js';
import { makeHeader } from './header.js';
import { makeHome } from './home.js';
import { makeModals } from './modals.js';
import { makeSidebar } from './sidebar.js';
import { makeThread, makeTimeline } from './timeline.js';
import { holdStillWhilePressed, state, watch } from './store.js';
import { t } from './words.js';
import { actAs, attempt, goTo, notice, remembered } from './deeds.js';

const FIRST = 'U0MAYA';

const drawer = (() => {
  const veil = h('div', { class: 'veil', on: { click: () => drawer.close() } });
  let returnTo = null;
  return {
    veil,
    open() {
      returnTo = document.activeElement;
      document.body.classList.add('drawer-open');
      document.querySelector('[data-testid="person-chooser"]')?.focus({ preventScroll: true });
    },
    close() {
      if (!document.body.classList.contains('drawer-open')) return;
      document.body.classList.remove('drawer-open');
      if (returnTo?.isConnected) returnTo.focus({ preventScroll: true });
    },
  };
})();

function makeBanner() {
  const root = h('div', { class: 'banner', role: 'status', hidden: true, dataset: { testid: 'banner' } });
  watch(['notice', 'online', 'me'], () => {
    const words = state.online ? state.notice?.text : t('offline');
    root.hidden = !words;
    fill(root, words && [icon('triangle-alert', 16), h('span', { dir: 'auto' }, isolated(words)),
      state.online && h('button', { type: 'button', class: 'tool small', 'aria-label': t('dismiss'), dataset: { testid: 'banner-close' }, on: { click: () => notice(null) } }, icon('x', 15))]);
  });
  return root;
}

function build() {
  holdStillWhilePressed();
  const sidebar = makeSidebar({ closeDrawer: drawer.close });
  const header = makeHeader({ openDrawer: drawer.open });
  const timeline = makeTimeline();
  const home = makeHome();
  const thread = makeThread();
  makeModals();
  const main = h('main', { class: 'main', id: 'main' }, header.root, makeBanner(), timeline.root, home.root);
  document.body.prepend(h('div', { class: 'page' }, sidebar.root, drawer.veil, main, thread.root));
  watch(['thread', 'place'], () => document.body.classList.toggle('thread-open', Boolean(state.thread) && state.place.tab === 'messages'));
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape' && !event.defaultPrevented) drawer.close(); });
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('[data-go-channel]');
    if (!link) return;
    event.preventDefault();
    goTo({ channel: link.dataset.goChannel, tab: 'messages', thread: null });
  });
  return timeline;
}

async function begin() {
  const address = new URLSearchParams(location.search);
  const timeline = build();
  await Promise.allSettled([loadEmoji(), document.fonts?.ready]);
  const wanted = address.get('as') ?? remembered() ?? FIRST;
  const places = { channel: address.get('channel'), tab: address.get('tab') };
  await attempt(() => actAs(wanted, places).catch(async (problem) => {
    // Whoever the address or the memory names may not work here; the workspace itself must still open.
    if (wanted === FIRST) throw problem;
    const read = await get('/human/state', { as: FIRST });
    await actAs(read.me.id, places);
  }));
  document.body.classList.add('ready');
  if (state.place.tab === 'messages' && matchMedia('(hover: hover)').matches) timeline.focus();
}

begin();
