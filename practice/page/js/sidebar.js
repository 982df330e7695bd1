// The side of the page: the company, whom one acts as, the app, the channels, the practice clock.
import { boxed, fill, h, isolated, replaceKeepingFocus } from './dom.js';
import { icon } from './icons.js';
import { avatar } from './avatars.js';
import { makePersonChooser } from './people.js';
import { practiceNow, state, watch } from './store.js';
import { clockTime, dayDate, zoneName } from './times.js';
import { t } from './words.js';
import { goTo, moveClock } from './deeds.js';

export function makeSidebar({ closeDrawer }) {
  const company = h('div', { class: 'company' });
  const chooser = makePersonChooser({ afterChoice: closeDrawer });
  let nav = h('nav', { class: 'places' });
  const clock = makeClock();
  const shut = h('button', { type: 'button', class: 'tool drawer-close', on: { click: closeDrawer } }, icon('x'));
  const root = h('aside', { class: 'sidebar', id: 'sidebar', dataset: { testid: 'sidebar' } },
    h('div', { class: 'company-row' }, company, shut), chooser.button, nav, clock.root);
  const go = (channel) => {
    closeDrawer();
    return goTo({ channel, tab: 'messages', thread: null });
  };
  watch(['team', 'me', 'channels', 'bot', 'unread', 'place'], () => {
    if (!state.me) return;
    shut.setAttribute('aria-label', t('close_menu'));
    root.setAttribute('aria-label', t('menu'));
    fill(company, h('span', { class: 'logo', 'aria-hidden': 'true' }, icon('moon', 20)),
      h('span', { class: 'company-words' }, boxed(state.team.name, 'company-name'), h('span', { class: 'company-note' }, t('practice'))));
    const fresh = h('nav', { class: 'places', 'aria-label': t('channels') }, state.bot.dm && [h('h2', {}, t('apps')), place({
      id: state.bot.dm, name: state.bot.name, mark: avatar({ ...state.bot, is_bot: true }, 'small'), testid: 'dm', go,
    })], h('h2', {}, t('channels')), state.channels.filter((channel) => channel.id !== state.bot.dm).map((channel) => place({
      id: channel.id, name: channel.name, testid: 'channel', go,
      mark: icon(channel.private || channel.is_private ? 'lock' : channel.ext_shared || channel.is_ext_shared ? 'share-2' : 'hash', 16),
    })));
    const scrolled = nav.scrollTop;
    replaceKeepingFocus(nav, fresh);
    nav = fresh;
    nav.scrollTop = scrolled;
  });
  return { root, clock };
}

function place({ id, name, mark, testid, go }) {
  const here = state.place.channel === id;
  const unread = here && state.place.tab === 'messages' ? 0 : state.unread[id] ?? 0;
  return h('button', {
    type: 'button', class: ['place', here && 'here', unread && 'unread'].filter(Boolean).join(' '), 'aria-current': here ? 'page' : null,
    dataset: { testid, channel: id, focusKey: `place/${id}` }, on: { click: () => go(id) },
  }, mark, boxed(name, 'place-name'),
  unread > 0 && h('span', { class: 'unread-count', 'aria-label': t('unread', { n: unread }), dataset: { testid: 'unread' } }, String(unread)));
}

const HOUR = 3600;

/** The practice clock: it moves the time for everybody in the workspace, the bot too. */
function makeClock() {
  const day = h('div', { class: 'clock-day' });
  const time = h('div', { class: 'clock-time', dataset: { testid: 'clock-time' } });
  const zone = h('div', { class: 'clock-zone' });
  const buttons = h('div', { class: 'clock-buttons' });
  const root = h('section', { class: 'clock', dataset: { testid: 'clock' } }, h('div', { class: 'clock-face' }, time, h('div', { class: 'clock-words' }, day, zone)), buttons);
  const tick = () => {
    if (!state.me) return;
    const now = practiceNow();
    time.textContent = clockTime(now);
    day.textContent = dayDate(now);
    const { name, offset } = zoneName(state.me.tz ?? 'UTC');
    fill(zone, h('span', {}, isolated(name)), ' ', h('span', {}, isolated(offset, { dir: 'ltr' })));
    root.title = t('clock_note');
  };
  let walking = false;
  const walk = async (by) => {
    if (walking) return;
    const busy = (now) => { walking = now; root.setAttribute('aria-busy', String(now)); };
    busy(true);
    await moveClock(by);
    busy(false);
    tick();
  };
  const button = (key, testid, by) => h('button', { type: 'button', dataset: { testid }, on: { click: () => walk(by) } }, t(key));
  watch(['me', 'clock'], () => {
    root.setAttribute('aria-label', t('clock'));
    tick();
  });
  let language = null;
  watch(['me'], () => state.me.locale !== language && (language = state.me.locale) && fill(buttons,
    button('plus_hour', 'clock-hour', { advance_seconds: HOUR }), button('plus_day', 'clock-day', { advance_seconds: 24 * HOUR }),
    button('to_monday', 'clock-monday', { to_next: 'monday 09:00' })));
  setInterval(tick, 5000);
  return { root };
}
