// Preformatted text with Slack's own copy control: what lands on the clipboard is exactly the text.
import { direction, fill, h } from './dom.js';
import { icon } from './icons.js';
import { t } from './words.js';

export function copyable(text) {
  const label = h('span', {}, t('copy'));
  const button = h('button', {
    type: 'button', class: 'copy', dataset: { testid: 'copy' }, on: { click: () => copy(text, button, label) },
  }, icon('copy', 15), label);
  // Each line keeps its own direction (unicode-bidi: plaintext); the corner of the button follows the first.
  return h('div', { class: 'preformatted', dir: direction(text) }, button, h('pre', { tabindex: '0', dataset: { testid: 'pre' } }, text));
}

async function copy(text, button, label) {
  let said = 'copied';
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    said = copyByHand(text) ? 'copied' : 'copy_failed';
  }
  fill(button, icon(said === 'copied' ? 'check' : 'triangle-alert', 15), label);
  label.textContent = t(said);
  setTimeout(() => {
    fill(button, icon('copy', 15), label);
    label.textContent = t('copy');
  }, 1800);
}

/** For a browser that keeps its clipboard from the page: a hidden field and the old command. */
function copyByHand(text) {
  const field = h('textarea', { class: 'visually-hidden', value: text });
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}
