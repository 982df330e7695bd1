// What the page knows. One object, changed only by change(), which tells whoever asked about those keys.

export const state = {
  me: null, // the person acted as
  team: { name: '' },
  people: new Map(),
  channels: [],
  bot: { id: '', name: '', dm: '' },
  commands: [],
  shortcuts: [],
  unread: {},
  place: { channel: null, tab: 'messages', thread: null },
  messages: [],
  thread: null, // {ts, messages}
  views: [],
  home: null,
  clock: { now: 0, at: 0 }, // practice time in ms, and the machine time at which it was read
  online: true,
  notice: null, // {kind, text}
};

const listeners = [];

export function watch(keys, listener) {
  listeners.push({ keys: new Set(keys), listener });
}

let pressed = false;
const waiting = new Set();

export function change(patch) {
  Object.assign(state, patch);
  if (pressed) Object.keys(patch).forEach((key) => waiting.add(key));
  else tell(Object.keys(patch));
}

function tell(changed) {
  for (const { keys, listener } of listeners) {
    if (changed.some((key) => keys.has(key))) listener(state);
  }
}

/** While a button of the mouse or a finger is down nothing is drawn: a part redrawn under it would lose the click. */
export function holdStillWhilePressed() {
  const release = () => { pressed = false; };
  const drawWhatWaited = () => {
    release();
    const keys = [...waiting];
    waiting.clear();
    if (keys.length) tell(keys);
  };
  addEventListener('pointerdown', () => { pressed = true; }, true);
  // What a click does is drawn at once, what had been waiting comes after it; not every press ends in a click.
  addEventListener('click', release, true);
  addEventListener('click', drawWhatWaited);
  for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => setTimeout(drawWhatWaited), true);
  addEventListener('blur', drawWhatWaited); // the window's own
}

export const inDm = () => state.place.channel === state.bot.dm;

/** The practice time of this moment: read once, then carried on by the machine's own clock. */
export const practiceNow = () => new Date(state.clock.now + (performance.now() - state.clock.at));

/** A person, or a stand-in for one whom this workspace does not know. */
export function personOf(id) {
  if (id === state.bot.id || id === state.bot.user) return { id, real_name: state.bot.name, is_bot: true };
  if (id === 'USLACKBOT') return { id, real_name: 'Slackbot', is_bot: true, is_slackbot: true };
  return state.people.get(id) ?? { id, real_name: id, unknown: true };
}

export const nameOf = (person) => person.real_name || person.name || person.id;

export function channelOf(id) {
  return state.channels.find((channel) => channel.id === id) ?? null;
}
