// Slack's own markup ("mrkdwn") into DOM nodes: paragraphs, quotes, code, links, mentions, dates, emoji.
// Every line is a paragraph of its own with the direction of its own first strong character.
import { direction, h, isolated } from './dom.js';
import { emojiOf } from './emoji.js';
import { slackDate } from './times.js';
import { channelOf, nameOf, personOf, state } from './store.js';
import { copyable } from './copyable.js';

export const unescaped = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** The direction of a line of mrkdwn: mentions and links speak only when nothing else does. */
export function lineDirection(line) {
  return direction(line.replace(/<[^<>\n]*>|`[^`\n]*`|:[a-z0-9_+'-]+:/g, ' '))
    ?? direction(line.replace(/<[^|<>\n]*\|/g, ' '));
}

/** A whole mrkdwn text as block nodes. `verbatim`: bare addresses stay text, as Slack does it. */
export function mrkdwn(text, { verbatim = false } = {}) {
  const nodes = [];
  const pieces = (text ?? '').split(/```\n?([\s\S]*?)\n?```/);
  pieces.forEach((piece, index) => {
    if (index % 2 === 1) nodes.push(copyable(unescaped(piece)));
    else if (piece.trim() || pieces.length === 1) nodes.push(...lines(trimBreaks(piece, index, pieces.length), verbatim));
  });
  return nodes;
}

function trimBreaks(piece, index, count) {
  const start = index > 0 ? piece.replace(/^\n/, '') : piece;
  return index < count - 1 ? start.replace(/\n$/, '') : start;
}

const QUOTE = /^(?:&gt;|>) ?/;
const QUOTE_REST = /^(?:&gt;|>){3} ?/;
const ITEM = /^(\s*)([•◦▪‣–-]|\d{1,3}[.)])\s+/;

function lines(text, verbatim) {
  const nodes = [];
  let quote = null;
  let quotesAll = false;
  for (const line of text.split('\n')) {
    if (!quotesAll && QUOTE_REST.test(line)) quotesAll = true;
    const quoted = quotesAll || QUOTE.test(line);
    if (!quoted) quote = null;
    else if (!quote) {
      quote = h('blockquote');
      nodes.push(quote);
    }
    const bare = quoted ? line.replace(QUOTE_REST, '').replace(QUOTE, '') : line;
    const node = paragraph(bare, verbatim);
    if (quote) {
      quote.append(node);
      quote.dir ||= lineDirection(bare) ?? '';
    } else nodes.push(node);
  }
  return nodes;
}

function paragraph(line, verbatim) {
  if (!line.trim()) return h('div', { class: 'gap' });
  const item = ITEM.exec(line);
  const props = { class: item ? 'p item' : 'p', dir: lineDirection(line) };
  if (!item) return h('div', props, inline(line, verbatim));
  const rest = line.slice(item[0].length);
  return h('div', props, h('span', { class: 'marker' }, item[2]), h('span', {}, inline(rest, verbatim)));
}

const EMOJI = /^:([a-z0-9_+'\u00c0-\uffff-]+(?:::skin-tone-[2-6])?):/i;
const ADDRESS = /^https?:\/\/[^\s<>]+[^\s<>.,;:!?'")\]»”]/;
const STYLES = { '*': 'strong', _: 'em', '~': 's' };
const isWord = (character) => character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** The inside of one line: an array of text nodes and elements. */
export function inline(source, verbatim = false) {
  const nodes = [];
  let buffer = '';
  const flush = () => {
    if (buffer) nodes.push(document.createTextNode(unescaped(buffer)));
    buffer = '';
  };
  for (let i = 0; i < source.length;) {
    const taken = token(source, i, verbatim);
    if (taken) {
      flush();
      nodes.push(taken.node);
      i += taken.length;
    } else {
      buffer += source[i];
      i += 1;
    }
  }
  flush();
  return nodes;
}

function token(source, i, verbatim) {
  const character = source[i];
  const rest = () => source.slice(i);
  if (character === '<') {
    const match = /^<([^<>\n]+)>/.exec(rest());
    return match && { node: reference(match[1]), length: match[0].length };
  }
  if (character === '`') {
    const match = /^`([^`\n]+)`/.exec(rest());
    return match && { node: h('code', { dir: 'auto' }, unescaped(match[1])), length: match[0].length };
  }
  if (character === ':') {
    const match = EMOJI.exec(rest());
    return match && emojiOf(match[1]) && { node: emojiNode(match[1]), length: match[0].length };
  }
  if (STYLES[character] && !isWord(source[i - 1])) {
    const end = closing(source, i, character);
    if (end < 0) return null;
    return { node: h(STYLES[character], {}, inline(source.slice(i + 1, end), verbatim)), length: end + 1 - i };
  }
  if (character === 'h' && !verbatim && !isWord(source[i - 1])) {
    const match = ADDRESS.exec(rest());
    return match && { node: link(unescaped(match[0]), unescaped(match[0])), length: match[0].length };
  }
  return null;
}

function closing(source, start, marker) {
  if (!source[start + 1] || /\s/.test(source[start + 1]) || source[start + 1] === marker) return -1;
  for (let j = start + 1; j < source.length; j += 1) {
    if (source[j] === '<') {
      const end = source.indexOf('>', j);
      if (end > 0) j = end;
    } else if (source[j] === '`' && source.indexOf('`', j + 1) > 0) {
      j = source.indexOf('`', j + 1);
    } else if (source[j] === marker && j > start + 1 && !/\s/.test(source[j - 1]) && !isWord(source[j + 1])) {
      return j;
    }
  }
  return -1;
}

/** What stands in <…>: a person, a channel, a group, a date or a link. */
function reference(body) {
  const [target, label] = body.includes('|') ? [body.slice(0, body.indexOf('|')), body.slice(body.indexOf('|') + 1)] : [body, ''];
  if (/^@[UWB]/.test(target)) return mention(target.slice(1));
  if (/^#C/.test(target)) return channelLink(target.slice(1), unescaped(label));
  if (target.startsWith('!date^')) return dateNode(target, unescaped(label));
  if (/^!(here|channel|everyone)$/.test(target)) return isolated(`@${target.slice(1)}`, { class: 'mention loud' });
  if (target.startsWith('!')) return isolated(unescaped(label || target), { class: 'mention' });
  return link(unescaped(target), unescaped(label || target.replace(/^mailto:/, '')));
}

export function mention(id) {
  const person = personOf(id);
  const mine = id === state.me?.id ? ' mine' : '';
  return isolated(`@${nameOf(person)}`, { class: `mention${mine}`, title: person.title });
}

export function channelLink(id, label) {
  const known = channelOf(id);
  const name = known?.name ?? label;
  if (!name) return isolated('#…', { class: 'mention' });
  if (!known) return isolated(`#${name}`, { class: 'mention' });
  return h('a', { class: 'mention', href: `?as=${state.me?.id}&channel=${id}`, dataset: { goChannel: id } }, isolated(`#${name}`));
}

function dateNode(target, fallback) {
  const [, seconds, pattern, address] = target.split('^');
  const shown = isolated(slackDate(seconds, pattern ?? '{date} {time}'), { title: fallback });
  return address ? link(address, shown) : shown;
}

/** Only addresses that a browser may safely follow become links; the rest stays text. */
export function link(address, label) {
  if (!/^(https?:|mailto:|tel:)/i.test(address)) return isolated(label);
  const shown = typeof label === 'string' && /^[a-z]+:/i.test(label) ? { dir: 'ltr' } : { dir: 'auto' };
  return h('a', { href: address, target: '_blank', rel: 'noopener noreferrer', ...shown }, label);
}

export function emojiNode(name, size = '') {
  const character = emojiOf(name);
  if (!character) return document.createTextNode(`:${name}:`);
  return h('span', { class: `emoji ${size}`.trim(), role: 'img', 'aria-label': name.replaceAll('_', ' '), title: `:${name}:` }, character);
}

/** plain_text: the words as they stand; only emoji names become characters, unless the app said no. */
export function plain(text, emoji = true) {
  if (!emoji) return [text];
  const nodes = [];
  let last = 0;
  for (const match of text.matchAll(/:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/gi)) {
    if (!emojiOf(match[1])) continue;
    nodes.push(text.slice(last, match.index), emojiNode(match[1]));
    last = match.index + match[0].length;
  }
  nodes.push(text.slice(last));
  return nodes;
}

/** plain_text as paragraphs, each with its own direction. */
export function plainParagraphs(text, emoji = true) {
  return (text ?? '').split('\n').map((line) => (line.trim()
    ? h('div', { class: 'p', dir: direction(line) }, plain(line, emoji))
    : h('div', { class: 'gap' })));
}

/** A text object of Block Kit as block nodes. */
export function textObject(object) {
  if (!object) return [];
  if (object.type === 'plain_text') return plainParagraphs(object.text, object.emoji !== false);
  return mrkdwn(object.text, { verbatim: object.verbatim });
}

/** The direction a whole text object begins with: it decides on which side its block stands. */
export function textDirection(object) {
  if (!object) return null;
  const bare = object.type === 'plain_text' ? object.text : object.text?.replace(/<[^<>\n]*>|:[a-z0-9_+'-]+:/g, ' ');
  return direction(bare);
}

/** What the author typed, out of Slack's stored form: for the box in which a message is edited. */
export function typedAgain(text) {
  const plainly = (text ?? '').replace(/<([^<>\n]+)>/g, (_, body) => {
    const [target, label] = body.split('|');
    if (/^@[UW]/.test(target)) return `@${nameOf(personOf(target.slice(1)))}`;
    if (/^#C/.test(target)) return `#${channelOf(target.slice(1))?.name ?? label ?? ''}`;
    if (target.startsWith('!')) return label || `@${target.slice(1)}`;
    return label || target;
  });
  return unescaped(plainly.replace(/:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/gi, (all, name) => emojiOf(name) ?? all));
}
