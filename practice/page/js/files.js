// Files under a message: pictures are shown, short texts can be read, everything can be downloaded.
import { boxed, h } from './dom.js';
import { icon } from './icons.js';
import { localPath } from './elements.js';
import { t } from './words.js';

const PREVIEW = 2400;

export function drawFiles(files) {
  return files.filter((file) => file.mode !== 'tombstone').map(one);
}

function one(file) {
  const name = file.title || file.name || file.id;
  const source = localPath(file.url_private ?? file.permalink ?? `/files/${file.id}/${encodeURIComponent(file.name ?? 'file')}`);
  const kind = file.mimetype ?? '';
  const picture = kind.startsWith('image/');
  const download = h('a', { class: 'file-download', href: source, download: file.name ?? name, dataset: { testid: 'download' }, 'aria-label': `${t('download')}: ${name}` },
    icon('download', 17));
  const head = h('div', { class: 'file-head' },
    h('span', { class: 'file-icon' }, icon('paperclip', 16)),
    h('span', { class: 'file-words' }, boxed(name, 'file-name'), h('span', { class: 'file-size', dir: 'ltr' }, sizeOf(file.size))), download);
  const body = picture
    ? h('a', { href: source, target: '_blank', rel: 'noopener noreferrer' }, h('img', { class: 'file-picture', src: source, alt: file.alt_txt ?? name, loading: 'lazy' }))
    : null;
  const card = h('div', { class: 'file', dataset: { testid: 'file', fileId: file.id } }, head, body);
  if (kind.startsWith('text/')) preview(card, source, kind);
  return card;
}

async function preview(card, source, kind) {
  const response = await fetch(source);
  if (!response.ok) return;
  const text = await response.text();
  const shown = text.length > PREVIEW ? `${text.slice(0, PREVIEW)}…` : text;
  const look = { class: 'file-preview', tabindex: '0', 'aria-label': t('preview') };
  card.append(kind === 'text/csv' ? h('div', look, table(text)) : h('pre', { ...look, dir: 'auto' }, shown));
  card.classList.toggle('wide', kind === 'text/csv');
}

const ROWS = 200;

/** A CSV as the table that it is, its first line the heading. */
function table(text) {
  const [heading, ...rows] = cells(text.replace(/^\ufeff/, '')).slice(0, ROWS);
  const row = (cell, kind) => h('tr', {}, cell.map((words) => h(kind, { dir: 'auto' }, words)));
  return h('table', {}, h('thead', {}, row(heading ?? [], 'th')), h('tbody', {}, rows.map((one) => row(one, 'td'))));
}

/** The rows of a CSV; a quoted cell may hold commas, lines, and quotes written twice. */
function cells(text) {
  const rows = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '') break;
    if (end !== ',') rows.push([]);
  }
  return rows.filter((cell) => cell.some(Boolean));
}

function sizeOf(bytes) {
  if (!bytes) return '';
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} kB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
