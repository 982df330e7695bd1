// Where one writes: Enter sends, Shift+Enter makes a new line, "/" offers commands, "@" offers people.
import { fill, freshId, h } from './dom.js';
import { icon } from './icons.js';
import { followDirection } from './inputs.js';
import { showMenu } from './menus.js';
import { makeSuggestions } from './suggestions.js';
import { channelOf, inDm, state, watch } from './store.js';
import { t } from './words.js';
import { bring, command, notice, say, share, shortcut } from './deeds.js';

/** What was being written in each place, so that looking elsewhere loses nothing. */
const unsent = new Map();

export function makeComposer({ testid, thread = () => null, editLast = () => false }) {
  const listId = freshId('suggestions');
  const field = followDirection(h('textarea', {
    class: 'composer-field', rows: '1', role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': listId,
    dataset: { testid, focusKey: testid },
  }));
  const chosenFile = h('div', { class: 'chosen-file', hidden: true });
  const picker = h('input', { type: 'file', class: 'visually-hidden', tabindex: '-1', 'aria-hidden': 'true', dataset: { testid: `${testid}-file` } });
  const tool = (name, key, act) => {
    const button = h('button', { type: 'button', class: 'tool', dataset: { testid: key }, on: { click: act } }, icon(name));
    return button;
  };
  const attach = tool('paperclip', testid === 'composer' ? 'attach' : 'thread-attach', () => picker.click());
  const bolt = tool('zap', 'shortcuts', () => shortcutsMenu(bolt));
  const send = h('button', { type: 'button', class: 'send', dataset: { testid: testid === 'composer' ? 'send' : 'thread-send' }, on: { click: () => submit() } }, icon('send-horizontal'));
  const hint = h('span', { class: 'composer-hint' });
  const suggestions = makeSuggestions(field, listId);
  const frame = h('div', { class: 'composer-frame' }, chosenFile, field,
    h('div', { class: 'composer-row' }, attach, testid === 'composer' && bolt, hint, send));
  const root = h('form', { class: 'composer', on: { submit: (event) => event.preventDefault() } }, suggestions.root, frame, picker);
  const closedNote = h('p', { class: 'closed-note', hidden: true });
  root.append(closedNote);

  const key = () => `${state.me?.id} ${state.place.channel} ${thread() ?? ''}`;
  let place = '';
  const grow = () => {
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight, window.innerHeight * 0.4)}px`;
    send.classList.toggle('ready', Boolean(field.value.trim()) || Boolean(file));
  };
  // Measured anew whenever there is more room or less: another window, or a thread beside it.
  window.addEventListener('resize', grow);
  new ResizeObserver(() => requestAnimationFrame(grow)).observe(frame);
  let file = null;
  const setFile = (next) => {
    file = next;
    picker.value = '';
    chosenFile.hidden = !file;
    fill(chosenFile, file && [icon('paperclip', 15), h('bdi', {}, file.name), h('button', {
      type: 'button', class: 'tool small', 'aria-label': t('remove_file'), on: { click: () => setFile(null) },
    }, icon('x', 14))]);
    grow();
  };
  picker.addEventListener('change', () => {
    setFile(picker.files[0] ?? null);
    field.focus({ preventScroll: true }); // so that Enter sends it
  });

  const setText = (text) => {
    field.value = text;
    field.dispatchEvent(new Event('input'));
  };

  let sending = Promise.resolve();
  /** One after the other, in the order they were written; a message that did not arrive comes back to the field. */
  function submit() {
    const text = field.value;
    const sent = file;
    const where = thread();
    if (!text.trim() && !sent) return;
    setText('');
    setFile(null);
    unsent.delete(key());
    sending = sending.then(async () => {
      const arrived = sent ? await share(sent, text, where) : await speak(text, where);
      if (!arrived && !field.value) {
        setText(text);
        if (sent) setFile(sent);
      }
    });
  }

  async function speak(text, where) {
    const slash = /^\/(\S+)(?:\s+([\s\S]*))?$/.exec(text.trim());
    if (!slash) return say(text, where);
    const name = `/${slash[1]}`;
    if (where) notice(t('no_commands_in_threads'));
    else if (name === '/invite') return bring(slash[2] ?? '');
    else if (!state.commands.some((known) => known.command === name)) notice(t('not_a_command', { command: name }));
    else {
      await command(name, (slash[2] ?? '').trim());
      return true;
    }
    return false;
  }

  field.addEventListener('input', () => {
    unsent.set(key(), field.value);
    grow();
  });
  field.addEventListener('keydown', (event) => {
    if (event.isComposing || suggestions.key(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === 'ArrowUp' && !field.value && editLast()) event.preventDefault();
  });
  field.addEventListener('paste', (event) => {
    const pasted = event.clipboardData?.files?.[0];
    if (!pasted) return;
    event.preventDefault();
    setFile(pasted);
  });

  const label = () => {
    if (!state.me) return;
    const channel = channelOf(state.place.channel);
    const words = thread() ? t('reply_here') : t('write_to', { name: inDm() ? state.bot.name : `#${channel?.name ?? ''}` });
    field.placeholder = words;
    field.setAttribute('aria-label', words);
    fill(hint, t('enter_sends'));
    for (const [button, name] of [[attach, 'attach'], [bolt, 'shortcuts'], [send, 'send']]) {
      button.setAttribute('aria-label', t(name));
      button.title = t(name);
    }
    frame.hidden = Boolean(state.me.deleted);
    closedNote.hidden = !state.me.deleted;
    closedNote.textContent = t('deactivated_note');
    if (place !== key()) {
      place = key();
      setText(unsent.get(place) ?? '');
    }
    grow();
  };
  watch(['place', 'me', 'channels', 'thread'], label);
  return { root, focus: () => field.focus({ preventScroll: true }) };
}

/** The global shortcuts of the app. */
export function shortcutsMenu(anchor) {
  const global = state.shortcuts.filter((known) => known.type === 'global');
  const items = global.map((known) => ({
    label: known.name, hint: known.description, testid: 'shortcut', icon: icon('zap', 16), choose: () => shortcut(known.callback_id),
  }));
  showMenu(anchor, items.length ? items : [{ label: t('no_shortcuts'), choose: () => {} }], { label: t('shortcuts') });
}
