// The list of messages of a channel, and the thread beside it: grouped by author and by day.
import { fill, h, hash, reconcile } from './dom.js';
import { icon } from './icons.js';
import { authorOf, drawMessage, isEphemeral, startEditing } from './message.js';
import { channelOf, inDm, nameOf, state, watch } from './store.js';
import { dayKey, dayLabel, instant } from './times.js';
import { avatar } from './avatars.js';
import { typedAgain } from './mrkdwn.js';
import { t } from './words.js';
import { goTo } from './deeds.js';
import { makeComposer } from './composer.js';

const GROUPED = 5 * 60;

/** Messages with the day lines between them; a message follows another of the same author within five minutes. */
function entries(messages, thread) {
  const list = [];
  let before = null;
  for (const message of messages) {
    const day = dayKey(instant(message.ts));
    if (!thread && (!before || dayKey(instant(before.ts)) !== day)) {
      list.push({ key: `day ${day}`, day: instant(message.ts) });
      before = null;
    }
    const follows = Boolean(before) && authorOf(before).id === authorOf(message).id && isEphemeral(before) === isEphemeral(message)
      && Number(message.ts) - Number(before.ts) < GROUPED && !before.reply_count;
    list.push({ key: message.ts + (isEphemeral(message) ? 'e' : ''), message, follows });
    before = message;
  }
  return list;
}

function dayLine(date) {
  return h('div', { class: 'day', role: 'listitem' }, h('span', {}, dayLabel(date)));
}

function drawInto(list, messages, thread) {
  reconcile(list, entries(messages, thread), {
    key: (entry) => entry.key,
    signature: (entry) => hash([entry.message ?? dayLabel(entry.day), entry.follows, state.me?.id, state.me?.locale, state.me?.tz]),
    render: (entry) => (entry.day ? dayLine(entry.day) : drawMessage(entry.message, { follows: entry.follows, thread })),
  });
}

/** Whether one has written one of these; an answer may have come together with what it answers. */
const hasOwn = (messages) => messages.some((message) => message.user === state.me?.id);

const fromEnd = (scroller) => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
const nearEnd = (scroller) => fromEnd(scroller) < 120;
const toEnd = (scroller) => { scroller.scrollTop = scroller.scrollHeight; };

/** Without a mouse, a tap on a message brings its tools; a tap on another takes them there. */
function showTools(event) {
  if (event.target.closest('button, a, input, textarea, select, label, summary')) return;
  const message = event.target.closest('.message');
  for (const other of document.querySelectorAll('.message.touched')) if (other !== message) other.classList.remove('touched');
  if (matchMedia('(hover: none)').matches) message?.classList.toggle('touched');
}

/** Keeps the newest line in sight while things are drawn late (fonts, pictures, previews, a banner above);
 *  only a person who scrolls up lets go of the end. */
function keepAtEnd(scroller, list, atEnd) {
  let stuck = true;
  let last = 0;
  scroller.addEventListener('scroll', () => {
    if (nearEnd(scroller)) atEnd();
    if (fromEnd(scroller) < 8) stuck = true;
    else if (scroller.scrollTop < last - 1) stuck = false;
    last = scroller.scrollTop;
  }, { passive: true });
  const watcher = new ResizeObserver(() => { if (stuck) toEnd(scroller); });
  watcher.observe(list);
  watcher.observe(scroller);
  return {
    stuck: () => stuck,
    /** Goes to the end; but a last message that is taller than the window is shown from its first line. */
    stick() {
      const newest = list.lastElementChild;
      const tall = newest && newest.offsetHeight > scroller.clientHeight - 24;
      stuck = !tall;
      if (tall) newest.scrollIntoView({ block: 'start' });
      else toEnd(scroller);
    },
  };
}

export function makeTimeline() {
  const beginning = h('div', { class: 'beginning' });
  const list = h('div', { class: 'messages', role: 'list' });
  const pill = h('button', { type: 'button', class: 'pill', hidden: true, dataset: { testid: 'jump-down' } });
  const scroller = h('div', { class: 'scroller', tabindex: '-1', dataset: { testid: 'timeline' } }, h('div', { class: 'column' }, beginning, list));
  const composer = makeComposer({ testid: 'composer', editLast: () => editLast(list) });
  const root = h('section', { class: 'timeline' }, scroller, h('div', { class: 'pill-place' }, pill), composer.root);
  let shown = '';
  let count = 0;
  pill.addEventListener('click', () => toEnd(scroller));
  const end = keepAtEnd(scroller, list, () => { pill.hidden = true; });
  list.addEventListener('focuslost', () => composer.focus());
  list.addEventListener('click', showTools);
  watch(['messages', 'place', 'me'], () => {
    root.hidden = state.place.tab !== 'messages';
    root.setAttribute('aria-label', t('messages'));
    list.setAttribute('aria-label', t('messages'));
    const elsewhere = shown !== `${state.me?.id} ${state.place.channel}`;
    shown = `${state.me?.id} ${state.place.channel}`;
    const newer = state.messages.length > count;
    const mine = newer && !elsewhere && hasOwn(state.messages.slice(count));
    // A message that only changed (a card was kept) must not move under the eyes of whoever reads it.
    const follow = elsewhere || mine || (newer && end.stuck());
    if (elsewhere) list.replaceChildren();
    fill(beginning, welcome());
    drawInto(list, state.messages, false);
    if (follow) end.stick();
    else if (newer && !end.stuck()) {
      fill(pill, icon('arrow-down', 15), t('new_messages'));
      pill.hidden = false;
    }
    if (!elsewhere && state.messages.length > count) announce(state.messages.slice(count));
    count = state.messages.length;
  });
  return { root, focus: () => composer.focus() };
}

/** Arrow up in an empty composer edits one's last message, as in Slack. */
function editLast(list) {
  const mine = state.messages.filter((message) => message.user === state.me.id && !message.bot_id && !message.deleted);
  const last = mine.at(-1);
  const node = last && list.querySelector(`[data-ts="${last.ts}"]`);
  if (node) startEditing(last, node);
  return Boolean(node);
}

function welcome() {
  if (!state.me || !state.place.channel) return null;
  if (inDm()) {
    return [avatar({ ...state.bot, is_bot: true }, 'large'), h('p', {}, t('empty_dm', { name: state.bot.name }))];
  }
  return h('p', {}, t('empty_channel', { name: channelOf(state.place.channel)?.name ?? '' }));
}

/** Screen readers hear what Slack would tell them: the plain text of a message, not its blocks. */
function announce(messages) {
  const region = document.getElementById('spoken');
  const spoken = messages.filter((message) => message.user !== state.me.id)
    .map((message) => t('says', { name: nameOf(authorOf(message)), text: typedAgain(message.text) }));
  if (spoken.length) region.textContent = spoken.join('\n');
}

export function makeThread() {
  const list = h('div', { class: 'messages', role: 'list' });
  const title = h('h2', {});
  const close = h('button', { type: 'button', class: 'tool', dataset: { testid: 'thread-close' }, on: { click: () => goTo({ thread: null }) } }, icon('x'));
  const composer = makeComposer({ testid: 'thread-composer', thread: () => state.place.thread });
  const scroller = h('div', { class: 'scroller' }, list);
  const root = h('aside', { class: 'thread', hidden: true, dataset: { testid: 'thread' } }, h('header', { class: 'thread-head' }, title, close), scroller, composer.root);
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) goTo({ thread: null });
  });
  let count = 0;
  list.addEventListener('focuslost', () => composer.focus());
  list.addEventListener('click', showTools);
  watch(['thread', 'place', 'me'], () => {
    const opened = root.hidden && Boolean(state.thread);
    root.hidden = !state.thread || state.place.tab !== 'messages';
    if (root.hidden) return;
    title.textContent = t('thread');
    close.setAttribute('aria-label', t('close_thread'));
    root.setAttribute('aria-label', t('thread'));
    list.setAttribute('aria-label', t('thread'));
    const { messages } = state.thread;
    const follow = opened || nearEnd(scroller) || hasOwn(messages.slice(count));
    count = messages.length;
    drawInto(list, messages, true);
    if (follow) toEnd(scroller);
    if (opened) composer.focus();
  });
  return { root };
}
