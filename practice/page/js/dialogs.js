// Small questions in the middle of the page: the confirm dialogs of Block Kit, and the page's own.
import { h } from './dom.js';
import { plain, textObject } from './mrkdwn.js';
import { t } from './words.js';

/** Asks, and gives true or false. `confirm` is a confirm object of Block Kit. */
export function ask(confirm) {
  return new Promise((resolve) => {
    const returnTo = document.activeElement;
    const finish = (answer) => {
      dialog.close();
      dialog.remove();
      returnTo?.focus?.({ preventScroll: true });
      resolve(answer);
    };
    const style = confirm.style === 'danger' ? 'button danger' : 'button primary';
    const yes = h('button', { type: 'button', class: style, dataset: { testid: 'confirm-yes' }, on: { click: () => finish(true) } },
      confirm.confirm ? plain(confirm.confirm.text) : t('confirm_yes'));
    const no = h('button', { type: 'button', class: 'button', dataset: { testid: 'confirm-no' }, on: { click: () => finish(false) } },
      confirm.deny ? plain(confirm.deny.text) : t('confirm_no'));
    const title = h('h2', { id: 'confirm-title', dir: 'auto' }, plain(confirm.title?.text ?? ''));
    const dialog = h('dialog', { class: 'sheet confirm', 'aria-labelledby': 'confirm-title', dataset: { testid: 'confirm' } },
      title, h('div', { class: 'sheet-body rich' }, textObject(confirm.text)), h('div', { class: 'sheet-foot' }, no, yes));
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      finish(false);
    });
    document.body.append(dialog);
    dialog.showModal();
    no.focus();
  });
}
