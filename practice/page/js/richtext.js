// rich_text blocks: sections, lists, quotes and preformatted text, as people's own messages also carry them.
import { direction, h, isolated } from './dom.js';
import { emojiFromCodes } from './emoji.js';
import { channelLink, emojiNode, link, mention } from './mrkdwn.js';
import { slackDate } from './times.js';
import { copyable } from './copyable.js';

export function richText(block) {
  return (block.elements ?? []).map((element) => PARTS[element.type]?.(element)).flat().filter(Boolean);
}

const PARTS = {
  rich_text_section: (section) => paragraphs(section.elements),
  rich_text_quote: (quote) => h('blockquote', { dir: direction(words(quote.elements)) }, paragraphs(quote.elements)),
  rich_text_preformatted: (pre) => copyable(words(pre.elements)),
  rich_text_list: list,
};

function list(block) {
  const items = (block.elements ?? []).map((item) => h('li', { dir: direction(words(item.elements)) }, leaves(item.elements)));
  const tag = block.style === 'ordered' ? 'ol' : 'ul';
  const start = block.style === 'ordered' && block.offset ? block.offset + 1 : null;
  return h(tag, { class: `rich-list level-${block.indent ?? 0}`, start, dir: direction(words(block.elements)) }, items);
}

/** The bare words of elements, for directions and for the clipboard. */
function words(elements = []) {
  return elements.map((element) => {
    if (element.elements) return words(element.elements);
    if (element.type === 'link') return element.text ?? element.url;
    if (element.type === 'emoji') return element.unicode ? emojiFromCodes(element.unicode) : `:${element.name}:`;
    return element.text ?? '';
  }).join('');
}

/** A section may hold several lines; each becomes a paragraph with its own direction. */
function paragraphs(elements = []) {
  const rows = [[]];
  for (const element of elements) {
    if (element.type !== 'text') {
      rows.at(-1).push(element);
      continue;
    }
    element.text.split('\n').forEach((piece, index) => {
      if (index > 0) rows.push([]);
      if (piece) rows.at(-1).push({ ...element, text: piece });
    });
  }
  if (rows.length > 1 && rows.at(-1).length === 0) rows.pop();
  return rows.map((row) => (row.length
    ? h('div', { class: 'p', dir: direction(words(row.filter((e) => e.type === 'text'))) ?? direction(words(row)) }, leaves(row))
    : h('div', { class: 'gap' })));
}

const leaves = (elements = []) => elements.map((element) => styled(leaf(element), element.style));

function leaf(element) {
  switch (element.type) {
    case 'text': return document.createTextNode(element.text);
    case 'emoji': return element.unicode
      ? h('span', { class: 'emoji', role: 'img', 'aria-label': element.name.replaceAll('_', ' ') }, emojiFromCodes(element.unicode))
      : emojiNode(element.name);
    case 'link': return link(element.url, element.text || element.url);
    case 'user': return mention(element.user_id);
    case 'channel': return channelLink(element.channel_id, '');
    case 'broadcast': return isolated(`@${element.range}`, { class: 'mention loud' });
    case 'usergroup': return isolated('@…', { class: 'mention' });
    case 'date': return isolated(slackDate(element.timestamp, element.format), { title: element.fallback });
    case 'color': return isolated(element.value);
    default: return document.createTextNode(element.text ?? '');
  }
}

function styled(node, style) {
  if (!style) return node;
  let wrapped = node;
  if (style.code) wrapped = h('code', { dir: 'auto' }, wrapped);
  if (style.strike) wrapped = h('s', {}, wrapped);
  if (style.italic) wrapped = h('em', {}, wrapped);
  if (style.bold) wrapped = h('strong', {}, wrapped);
  return wrapped;
}
