// The markdown block: the common part of Markdown (headings, lists, quotes, rules, code, emphasis, links).
import { direction, h } from './dom.js';
import { link, plain } from './mrkdwn.js';
import { copyable } from './copyable.js';

export function markdown(text) {
  const nodes = [];
  (text ?? '').split(/^```[^\n]*\n([\s\S]*?)\n?```$/m).forEach((piece, index) => {
    if (index % 2 === 1) nodes.push(copyable(piece));
    else nodes.push(...piece.split(/\n{2,}/).filter((part) => part.trim()).map(part));
  });
  return nodes;
}

function part(source) {
  const lines = source.replace(/^\n+|\n+$/g, '').split('\n');
  const heading = /^(#{1,6})\s+(.*)$/.exec(lines[0]);
  if (heading) {
    const rest = lines.slice(1).join('\n').trim();
    const level = Math.min(heading[1].length + 1, 6);
    const title = h(`h${level}`, { class: 'md-heading', dir: direction(heading[2]) }, inline(heading[2]));
    return rest ? h('div', {}, title, part(rest)) : title;
  }
  if (/^(-{3,}|\*{3,}|_{3,})$/.test(lines[0].trim())) return h('hr');
  if (lines.every((line) => /^>\s?/.test(line))) {
    const inner = lines.map((line) => line.replace(/^>\s?/, ''));
    return h('blockquote', { dir: direction(inner.join(' ')) }, rows(inner));
  }
  const ordered = lines.every((line) => /^\s*\d+[.)]\s+/.test(line));
  if (ordered || lines.every((line) => /^\s*[-*+]\s+/.test(line))) {
    const items = lines.map((line) => line.replace(/^\s*(?:\d+[.)]|[-*+])\s+/, ''));
    return h(ordered ? 'ol' : 'ul', { class: 'rich-list', dir: direction(items.join(' ')) },
      items.map((item) => h('li', { dir: direction(item) }, inline(item))));
  }
  return h('div', { class: 'md-paragraph' }, rows(lines));
}

const rows = (lines) => lines.map((line) => h('div', { class: 'p', dir: direction(line) }, inline(line)));

const MARK = /\*\*(.+?)\*\*|__(.+?)__|~~(.+?)~~|\*(?!\s)(.+?)\*|\b_(?!\s)(.+?)_\b|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)|\\([\\`*_{}[\]()#+.!~>-])/;

function inline(text) {
  const match = MARK.exec(text);
  if (!match) return text ? plain(text) : [];
  const [all, bold, bold2, strike, italic, italic2, code, label, address, literal] = match;
  const node = bold ?? bold2 ? h('strong', {}, inline(bold ?? bold2))
    : strike ? h('s', {}, inline(strike))
      : italic ?? italic2 ? h('em', {}, inline(italic ?? italic2))
        : code ? h('code', { dir: 'auto' }, code)
          : label ? link(address, label)
            : document.createTextNode(literal);
  return [...plain(text.slice(0, match.index)), node, ...inline(text.slice(match.index + all.length))];
}
