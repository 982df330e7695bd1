// One message: who, when, what, and what can be done with it.
import { direction, fill, h, isolated } from './dom.js';
import { icon } from './icons.js';
import { avatar } from './avatars.js';
import { ask } from './dialogs.js';
import { drawBlocks } from './blocks.js';
import { drawFiles } from './files.js';
import { drawReactions, reactionButton } from './reactions.js';
import { Form } from './form.js';
import { followDirection } from './inputs.js';
import { mrkdwn, typedAgain } from './mrkdwn.js';
import { nameOf, personOf, state } from './store.js';
import { clockTime, fullTime, instant } from './times.js';
import { t } from './words.js';
import { click, edit, openThread, remove } from './deeds.js';

/** What was chosen in the inputs of messages, by ts: kept while the app redraws them. */
const forms = new Map();

export const authorOf = (message) => personOf(message.user ?? state.bot.id);

export function drawMessage(message, { follows, thread }) {
  const author = message.username ? { ...authorOf(message), real_name: message.username } : authorOf(message);
  const ephemeral = isEphemeral(message);
  const node = h('div', {
    class: ['message', follows && 'follows', ephemeral && 'ephemeral', message.bot_id && 'from-bot'].filter(Boolean).join(' '),
    role: 'listitem', 'aria-label': `${nameOf(author)}, ${clockTime(instant(message.ts))}`,
    dataset: { testid: 'message', ts: message.ts, author: author.id },
  });
  fill(node, gutter(message, author, follows), h('div', { class: 'message-main' },
    ephemeral && h('div', { class: 'only-you' }, icon('eye', 14), t('only_you')),
    !follows && head(message, author), body(message, thread)), toolbar(message, node, thread));
  return node;
}

export const isEphemeral = (message) => Boolean(message.is_ephemeral || message.ephemeral || message.ephemeral_to);

function gutter(message, author, follows) {
  if (!follows) return avatar(author);
  return h('span', { class: 'gutter-time', 'aria-hidden': 'true' }, clockTime(instant(message.ts)));
}

function head(message, author) {
  return h('div', { class: 'message-head' },
    isolated(nameOf(author), { class: 'author' }), author.is_bot && h('span', { class: 'tag' }, t('app')),
    h('time', { datetime: instant(message.ts).toISOString(), title: fullTime(instant(message.ts)) }, clockTime(instant(message.ts))));
}

function body(message, thread) {
  const main = h('div', { class: 'message-body' });
  if (message.deleted) return put(main, h('div', { class: 'p gone' }, t('was_deleted')));
  const content = message.blocks?.length ? drawBlocks(message.blocks, surfaceOf(message))
    : h('div', { class: 'rich', dir: direction(typedAgain(message.text)) }, message.text ? mrkdwn(message.text) : []);
  put(main, content);
  if (message.edited) put(main, h('span', { class: 'edited' }, t('edited')));
  put(main, drawFiles(message.files ?? []));
  put(main, drawReactions(message));
  if (!thread && message.reply_count) put(main, threadLine(message));
  return main;
}

const put = (node, child) => {
  node.append(...[child].flat().filter(Boolean));
  return node;
};

function surfaceOf(message) {
  const form = new Form(message.blocks, forms.get(message.ts)?.values ?? message.values);
  forms.set(message.ts, form);
  const where = { channel: message.channel ?? state.place.channel, ts: message.ts };
  return { form, dispatch: (block, part, payload) => click(where, block.block_id, part, payload, form.values) };
}

function threadLine(message) {
  const last = message.latest_reply ? t('last_reply', { time: clockTime(instant(message.latest_reply)) }) : '';
  const faces = (message.reply_users ?? []).slice(0, 3).map((id) => avatar(id === state.bot.id ? { ...personOf(id), is_bot: true } : personOf(id), 'small'));
  return h('button', {
    type: 'button', class: 'thread-line', dataset: { testid: 'thread-line', focusKey: 'thread-line' }, on: { click: () => openThread(message.ts) },
  }, faces, h('span', { class: 'thread-count' }, t('replies', { n: message.reply_count })), h('span', { class: 'thread-last' }, last));
}

/** A toolbar with one stop for Tab; left and right go through it. */
function toolbar(message, node, thread) {
  if (message.deleted || isEphemeral(message)) return null;
  const mine = message.user === state.me.id && !message.bot_id;
  const tool = (name, label, act, extra = {}) => h('button', {
    type: 'button', 'aria-label': label, title: label, class: 'tool', dataset: { testid: extra.testid ?? name, focusKey: `tool/${name}` }, on: { click: act },
  }, icon(name, 17));
  const tools = [
    reactionButton(message, { class: 'tool', dataset: { testid: 'react', focusKey: 'tool/react' } }),
    !thread && tool('message-square', t('reply'), () => openThread(message.thread_ts ?? message.ts), { testid: 'reply' }),
    mine && !state.me.deleted && tool('pencil', t('edit'), () => startEditing(message, node), { testid: 'edit' }),
    mine && !state.me.deleted && tool('trash-2', t('delete'), () => askToRemove(message), { testid: 'delete' }),
  ].filter(Boolean);
  tools.forEach((button, index) => { button.tabIndex = index === 0 ? 0 : -1; });
  const bar = h('div', { class: 'tools', role: 'toolbar', 'aria-label': t('actions_for') }, tools);
  bar.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const way = document.documentElement.dir === 'rtl' ? -step : step;
    tools[(tools.indexOf(document.activeElement) + way + tools.length) % tools.length].focus();
  });
  return bar;
}

async function askToRemove(message) {
  const plainText = (text) => ({ type: 'plain_text', text });
  const sure = await ask({
    title: plainText(t('delete_sure')), text: plainText(t('delete_text')), confirm: plainText(t('delete')), deny: plainText(t('cancel')), style: 'danger',
  });
  if (sure) remove(message.ts);
}

export function startEditing(message, node) {
  const main = node.querySelector('.message-body');
  const before = [...main.childNodes];
  const field = followDirection(h('textarea', {
    class: 'field', rows: '3', value: typedAgain(message.text), 'aria-label': t('editing'), dataset: { testid: 'edit-box', focusKey: 'edit-box' },
  }));
  const stop = () => {
    fill(main, before);
    node.classList.remove('editing');
    node.querySelector('[data-testid="edit"]')?.focus();
  };
  const save = async () => {
    const text = field.value.trim();
    if (!text || text === typedAgain(message.text)) return stop();
    return await edit(message.ts, text) ? node.isConnected && node.classList.contains('editing') && stop() : undefined;
  };
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      stop();
    } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      save();
    }
  });
  node.classList.add('editing');
  fill(main, field, h('div', { class: 'edit-foot' },
    h('button', { type: 'button', class: 'button', dataset: { testid: 'edit-cancel' }, on: { click: stop } }, t('cancel')),
    h('button', { type: 'button', class: 'button primary', dataset: { testid: 'edit-save' }, on: { click: save } }, t('save'))));
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}
