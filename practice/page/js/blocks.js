// Block Kit blocks into DOM. Every block stands on the side its own text begins on.
//
// `surface` says where the blocks are: {form, dispatch(block, element, payload, control), errors: {block_id: text}}
import { direction, freshId, h } from './dom.js';
import { element, pictureSource } from './elements.js';
import { inline, link, plain, textDirection, textObject, unescaped } from './mrkdwn.js';
import { richText } from './richtext.js';
import { markdown } from './markdown.js';
import { t } from './words.js';

export function drawBlocks(blocks, surface) {
  const sides = sidesOf(blocks);
  return blocks.map((block, index) => {
    const draw = DRAW[block.type];
    const node = draw
      ? draw(block, surface, sides[index])
      : h('div', { class: 'block unknown' }, t('unknown_block', { type: block.type }));
    node.dataset.blockId = block.block_id ?? '';
    return node;
  });
}

/** The side of each block. A row of buttons follows its own labels, and a block without letters its neighbour above. */
function sidesOf(blocks) {
  let above = null;
  return blocks.map((block) => {
    const own = direction(wordsOf(block));
    if (own) above = own;
    return own ?? above;
  });
}

function wordsOf(block) {
  const bare = (object) => (object?.type === 'mrkdwn' ? unescaped(object.text.replace(/<[^<>\n]*>|:[a-z0-9_+'-]+:/g, ' ')) : object?.text ?? '');
  switch (block.type) {
    case 'section': return bare(block.text) || (block.fields ?? []).map(bare).join(' ');
    case 'header': return bare(block.text);
    case 'context': return (block.elements ?? []).map(bare).join(' ');
    case 'input': return bare(block.label);
    case 'actions': return (block.elements ?? []).map((part) => part.text?.text ?? part.placeholder?.text ?? '').join(' ');
    case 'rich_text': return JSON.stringify(block.elements ?? []).match(/"text":"(?:[^"\\]|\\.)*"/g)?.map((m) => m.slice(8)).join(' ') ?? '';
    case 'markdown': return block.text ?? '';
    default: return '';
  }
}

const DRAW = {
  section, actions, context, header, input, image, video, table,
  divider: () => h('hr', { class: 'block divider' }),
  rich_text: (block, _, side) => h('div', { class: 'block rich', dir: side }, richText(block)),
  markdown: (block, _, side) => h('div', { class: 'block rich', dir: side }, markdown(block.text)),
  file: (block) => h('div', { class: 'block unknown' }, t('unknown_block', { type: block.type })),
};

const placed = (block, surface, more = {}) => ({
  blockId: block.block_id, form: surface.form, changed: surface.changed,
  dispatch: (part, payload, control) => surface.dispatch(block, part, payload, control),
  ...more,
});

function section(block, surface, side) {
  const text = h('div', { class: 'section-text rich', id: freshId('text') },
    textObject(block.text),
    block.fields && h('div', { class: 'fields' }, block.fields.map((field) => h('div', { dir: textDirection(field) }, textObject(field)))));
  const labelId = isControl(block.accessory) ? text.id : null;
  return h('div', { class: block.accessory ? 'block section with-accessory' : 'block section', dir: side }, text,
    block.accessory && h('div', { class: `accessory holds-${block.accessory.type}` }, element(block.accessory, placed(block, surface, { labelId }))));
}

const isControl = (part) => part && !['button', 'overflow', 'image'].includes(part.type);

function actions(block, surface, side) {
  return h('div', { class: 'block actions', dir: side }, block.elements.map((part) => element(part, placed(block, surface))));
}

function context(block, _, side) {
  return h('div', { class: 'block context', dir: side }, block.elements.map((part) => (part.type === 'image'
    ? h('img', { class: 'context-image', src: pictureSource(part), alt: part.alt_text ?? '' })
    : h('div', { class: 'rich', dir: textDirection(part) }, textObject(part)))));
}

function header(block, _, side) {
  return h('h2', { class: 'block header', dir: side }, plain(block.text.text, block.text.emoji !== false));
}

/** These are several controls: their label names the group and belongs to none of them. */
const GROUPS = ['radio_buttons', 'checkboxes'];

function input(block, surface, side) {
  const labelId = freshId('label');
  const errorId = freshId('error');
  const problem = surface.errors?.[block.block_id];
  const dispatch = block.dispatch_action ? (part, payload, control) => surface.dispatch(block, part, payload, control) : null;
  const controlId = freshId('control');
  const place = { blockId: block.block_id, form: surface.form, dispatch, labelId, errorId, controlId, changed: () => surface.changed?.(block.block_id) };
  return h('div', { class: problem ? 'block input wrong' : 'block input', dir: side, dataset: { testid: 'field' } },
    h(GROUPS.includes(block.element.type) ? 'div' : 'label', { class: 'input-label', id: labelId, for: controlId }, plain(block.label.text), block.optional && h('span', { class: 'optional' }, ` ${t('optional')}`)),
    element(block.element, place),
    h('div', { class: 'input-error', id: errorId, role: 'alert', dir: 'auto', dataset: { testid: 'field-error' } }, problem ?? ''),
    block.hint && h('div', { class: 'input-hint', dir: textDirection(block.hint) }, plain(block.hint.text)));
}

function image(block, _, side) {
  const source = pictureSource(block);
  return h('figure', { class: 'block image', dir: side },
    block.title && h('figcaption', { dir: 'auto' }, plain(block.title.text)),
    h('a', { href: source, target: '_blank', rel: 'noopener noreferrer' }, h('img', { src: source, alt: block.alt_text ?? '', loading: 'lazy' })));
}

function video(block) {
  return h('div', { class: 'block video rich' },
    h('strong', { dir: 'auto' }, link(block.title_url ?? block.video_url, block.title?.text ?? '')),
    block.description && h('div', { class: 'p', dir: 'auto' }, plain(block.description.text)));
}

function table(block) {
  const cell = (content) => {
    if (content.type === 'rich_text') return h('td', { dir: 'auto' }, richText(content));
    return h('td', { dir: 'auto' }, inline(content.text ?? ''));
  };
  return h('div', { class: 'block table' }, h('table', {}, h('tbody', {}, block.rows.map((row) => h('tr', {}, row.map(cell))))));
}
