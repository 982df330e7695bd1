// The interactive elements of Block Kit, one maker for each type. An element writes what was chosen into the
// form of its message or view and, where Slack would tell the app, dispatches an action.
//
// `place` says where an element stands: {blockId, form, dispatch(element, payload, control) or null, labelId, errorId, key}
import { h } from './dom.js';
import { icon } from './icons.js';
import { ask } from './dialogs.js';
import { showMenu } from './menus.js';
import { plain } from './mrkdwn.js';
import { t } from './words.js';
import { choiceElements } from './choices.js';
import { marks } from './marks.js';
import { inputElements } from './inputs.js';

export function element(part, place) {
  const make = MAKERS[part.type];
  return make ? make(part, place) : h('span', { class: 'unknown' }, t('unknown_block', { type: part.type }));
}

const MAKERS = {
  button, overflow, workflow_button: button, image: (part) => pictureElement(part), ...choiceElements, ...inputElements,
};

function button(part, place) {
  const style = part.style ? `button ${part.style}` : 'button';
  const words = plain(part.text.text, part.text.emoji !== false);
  const common = { 'aria-label': part.accessibility_label, dataset: marks(part, place, 'block-button') };
  const control = part.url && /^https?:/i.test(part.url)
    ? h('a', { class: style, href: part.url, target: '_blank', rel: 'noopener noreferrer', role: 'button', ...common }, label(words))
    : h('button', { type: 'button', class: style, ...common }, label(words));
  control.addEventListener('click', async (event) => {
    if (control.getAttribute('aria-disabled') === 'true') {
      event.preventDefault();
      return;
    }
    if (part.confirm) {
      event.preventDefault();
      if (!await ask(part.confirm)) return;
      if (part.url) window.open(part.url, '_blank', 'noopener');
    }
    if (place.dispatch) inFlight(control, place.dispatch(part, { value: part.value }, control));
  });
  return control;
}

const label = (words) => h('span', { class: 'label', dir: 'auto' }, words);

const ACK = 3000;

/** A button waits for its ack, and not a moment longer than Slack would: then it can be pressed again. */
async function inFlight(control, sent) {
  control.setAttribute('aria-disabled', 'true');
  control.classList.add('waiting');
  control.querySelector('.mark')?.remove();
  const free = () => {
    control.removeAttribute('aria-disabled');
    control.classList.remove('waiting');
  };
  const patience = setTimeout(free, ACK);
  const arrived = await sent;
  clearTimeout(patience);
  free();
  if (!arrived) control.append(h('span', { class: 'mark', role: 'img', 'aria-label': t('trouble'), dataset: { testid: 'ack-fault' } }, icon('triangle-alert', 15)));
}

function overflow(part, place) {
  const control = h('button', {
    type: 'button', class: 'button square', 'aria-haspopup': 'menu', 'aria-expanded': 'false', 'aria-label': t('more'),
    dataset: marks(part, place, 'block-overflow'),
  }, icon('ellipsis'));
  const choose = async (option) => {
    if (part.confirm && !await ask(part.confirm)) return;
    if (option.url && /^https?:/i.test(option.url)) window.open(option.url, '_blank', 'noopener');
    if (place.dispatch) inFlight(control, place.dispatch(part, { selected_option: option }, control));
  };
  control.addEventListener('click', () => showMenu(control, part.options.map((option) => ({
    label: plain(option.text.text), hint: option.description && plain(option.description.text), choose: () => choose(option),
  })), { label: t('more') }));
  return control;
}

/** A Slack file as this server serves it; other pictures by their own address. */
export function pictureSource(part) {
  const file = part.slack_file;
  if (!file) return part.image_url ?? '';
  return file.url ? localPath(file.url) : `/files/${encodeURIComponent(file.id)}/image`;
}

/** File addresses name the practice server; the page asks the one it came from. */
export function localPath(address) {
  try {
    const url = new URL(address, location.href);
    return url.pathname.startsWith('/files/') ? url.pathname + url.search : address;
  } catch {
    return '';
  }
}

function pictureElement(part) {
  return h('img', { class: 'thumb', src: pictureSource(part), alt: part.alt_text ?? '', loading: 'lazy' });
}

