// What a person does on the page, and reading again what the server says has changed.
import { get, live, post, Refused } from './api.js';
import { change, inDm, nameOf, personOf, state } from './store.js';
import { speak, t } from './words.js';

const MEMORY = 'practice.acting-as';
let endFeed = () => {};

export const remembered = () => {
  try { return localStorage.getItem(MEMORY); } catch { return null; }
};

/** Steps into somebody's shoes: reads their workspace, and listens to their feed from now on. */
export async function actAs(id, { channel = null, tab = null } = {}) {
  endFeed();
  const read = await get('/human/state', { as: id });
  adopt(read);
  try { localStorage.setItem(MEMORY, read.me.id); } catch { /* Private windows keep no memory; the address still does. */ }
  change({ views: [], home: null, thread: null, messages: [], notice: null });
  endFeed = live(read.me.id, { onEvent: hear, onState: online });
  const wanted = channel === 'dm' || !channel ? state.bot.dm : channel;
  const known = wanted === state.bot.dm || state.channels.some((c) => c.id === wanted);
  await goTo({ channel: known ? wanted : state.bot.dm ?? state.channels[0]?.id, tab: tab ?? 'messages', thread: null });
  await readViews();
}

function adopt(read) {
  if (read.me.locale !== state.me?.locale) speak(read.me.locale);
  change({
    me: read.me, team: read.team, people: new Map(read.people.map((person) => [person.id, person])),
    channels: read.channels, bot: read.bot, commands: read.commands ?? [], shortcuts: read.shortcuts ?? [],
    unread: read.unread ?? {}, clock: anchored(read.clock),
  });
}

const anchored = (clock) => ({ now: Date.parse(clock.now), at: performance.now() });

let wasOnline = true;
function online(now) {
  if (now && !wasOnline) readAll();
  wasOnline = now;
  change({ online: now });
}

async function readAll() {
  await readState();
  await Promise.all([readMessages(), readThread(), readViews(), state.place.tab === 'home' && readHome()]);
}

/** What the feed says; the page then reads what it shows of it. */
function hear(event) {
  const here = !event.channel || event.channel === state.place.channel;
  switch (event.type) {
    case 'clock': return event.now ? change({ clock: anchored(event) }) : readClock();
    case 'view': return readViews();
    case 'home': return state.place.tab === 'home' ? readHome() : undefined;
    case 'person': case 'channel': return readState();
    default:
      if (here && reading()) {
        readMessages();
        readThread();
      } else readState();
      return undefined;
  }
}

const reading = () => state.place.tab === 'messages' && document.visibilityState !== 'hidden';

/** Runs a reading once at a time; a wish that comes meanwhile is kept, so the last state is always read. */
function settled(read) {
  let running = null;
  let again = false;
  return function run() {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        await read();
      } while (again);
    })().finally(() => { running = null; });
    return running;
  };
}

export const readState = settled(async () => adopt(await get('/human/state', { as: state.me.id, channel: state.place.channel })));
export const readClock = settled(async () => change({ clock: anchored(await get('/clock')) }));
export const readViews = settled(async () => change({ views: (await get('/human/views', { as: state.me.id })).stack }));
export const readHome = settled(async () => change({ home: (await get('/human/home', { as: state.me.id })).view }));

export const readMessages = settled(async () => {
  const { channel } = state.place;
  if (!channel) return;
  const { messages } = await get('/human/messages', { as: state.me.id, channel });
  if (channel !== state.place.channel) return;
  change({ messages, unread: { ...state.unread, [channel]: 0 } });
});

export const readThread = settled(async () => {
  const { channel, thread } = state.place;
  if (!thread) return;
  const { messages } = await get('/human/messages', { as: state.me.id, channel, thread_ts: thread });
  if (thread === state.place.thread) change({ thread: { ts: thread, messages } });
});

/** Goes somewhere, and writes it into the address so that it can be shared and reloaded. */
export async function goTo(wish) {
  const place = { ...state.place, ...wish };
  if (wish.channel && wish.channel !== state.place.channel) {
    place.thread = wish.thread ?? null;
    change({ messages: [], thread: null });
  }
  if (place.channel !== state.bot.dm) place.tab = 'messages';
  if (!place.thread) change({ thread: null });
  change({ place });
  const query = new URLSearchParams({ as: state.me.id, channel: inDm() ? 'dm' : place.channel ?? '' });
  if (place.tab === 'home') query.set('tab', 'home');
  history.replaceState(null, '', `?${query}`);
  if (place.tab === 'home') {
    if (!state.me.deleted) await attempt(() => post('/human/home', { as: state.me.id }));
    await readHome();
    return;
  }
  if (inDm() && wish.channel !== undefined && !state.me.deleted) await attempt(() => post('/human/open_dm', { as: state.me.id }));
  await Promise.all([readMessages(), readThread()]);
}

export const openThread = (ts) => goTo({ thread: ts });

export function notice(text, kind = 'fault') {
  change({ notice: text ? { text, kind } : null });
}

/** Does something and says what went wrong, in one line at the top; gives null when it did. */
export async function attempt(deed) {
  try {
    return await deed();
  } catch (problem) {
    notice(problem instanceof Refused && problem.reason && !problem.reason.startsWith('HTTP') ? problem.reason : t('trouble'));
    return null;
  }
}

const here = () => ({ as: state.me.id, channel: state.place.channel });

export const say = (text, thread) => attempt(async () => {
  const said = await post('/human/say', { ...here(), text, ...(thread && { thread_ts: thread }) });
  await Promise.all([readMessages(), thread && readThread()]);
  return said;
});

/** "/invite @somebody": Slack's own command, the app's bot being somebody too. */
export function bring(words) {
  const name = words.trim().replace(/^@/, '').toLocaleLowerCase();
  const called = (person) => [person.name, nameOf(person)].some((known) => known?.toLocaleLowerCase() === name);
  const user = [{ ...state.bot, real_name: state.bot.name }, ...state.people.values()].find(called)?.id;
  if (user && !inDm()) return attempt(() => post('/human/invite', { ...here(), user }));
  notice(t('not_invited', { name: words.trim() }));
  return null;
}

export const edit = (ts, text) => attempt(async () => {
  await post('/human/edit', { ...here(), ts, text });
  await Promise.all([readMessages(), readThread()]);
  return true;
});

export const remove = (ts) => attempt(async () => {
  await post('/human/delete', { ...here(), ts });
  await Promise.all([readMessages(), readThread()]);
  return true;
});

export const react = (ts, name, taken) => attempt(async () => {
  await post('/human/react', { ...here(), ts, name, ...(taken && { remove: true }) });
  await Promise.all([readMessages(), readThread()]);
});

export const share = (file, text, thread) => attempt(async () => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (let i = 0; i < bytes.length; i += 0x8000) binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  await post('/human/file', {
    ...here(), name: file.name, mimetype: file.type || 'application/octet-stream', content_base64: btoa(binary), text,
    ...(thread && { thread_ts: thread }),
  });
  await Promise.all([readMessages(), readThread()]);
  return true;
});

/** Something that the bot must ack: true when it did in time. Anything else is said in the banner. */
async function acked(deed) {
  const began = performance.now();
  try {
    const answer = await deed();
    if (answer?.ok === false) throw new Refused('no ack', answer);
    if (performance.now() - began > 3000) {
      notice(t('slow_ack', { name: state.bot.name }));
      return false;
    }
    return true;
  } catch {
    notice(t('no_ack', { name: state.bot.name }));
    return false;
  }
}

export const click = (where, blockId, part, payload, values) => acked(() => post('/human/click', {
  as: state.me.id, ...where, block_id: blockId, action_id: part.action_id, ...payload, state: values,
}));

export const command = (name, text) => acked(() => post('/human/command', { ...here(), command: name, text }));
export const shortcut = (callbackId) => acked(() => post('/human/shortcut', { as: state.me.id, callback_id: callbackId }));
export const submit = (view, values) => post('/human/submit', { as: state.me.id, view_id: view.id, hash: view.hash, values });

/** Closes one view, or (the x in the corner) the whole stack. */
export const closeView = (viewId, all = false) => attempt(async () => {
  await post('/human/close', { as: state.me.id, view_id: viewId, ...(all && { all }) });
  await readViews();
});

/** Time goes by: hour after hour, so that everything comes at its own. Done when the bot has dealt with the last one. */
export const moveClock = (by) => attempt(async () => {
  await post('/human/clock', { as: state.me.id, hourly: true, ...by });
  await readClock();
});

/** Who did something, as a short list of names; oneself first. */
export function namesOf(ids) {
  const names = ids.map((id) => (id === state.me.id ? t('you') : nameOf(personOf(id))));
  return new Intl.ListFormat(document.documentElement.lang).format(names);
}
