// Modals: the stack of views the app has opened for a person. The top one is shown; up to three lie in it.
import { fill, h, hash, replaceKeepingFocus } from './dom.js';
import { icon } from './icons.js';
import { drawBlocks } from './blocks.js';
import { Form } from './form.js';
import { closeMenu } from './menus.js';
import { plain } from './mrkdwn.js';
import { state, watch } from './store.js';
import { t } from './words.js';
import { click, closeView, readViews, submit } from './deeds.js';

/** What was typed, by view id: it outlives a redrawing and another view on top. */
const forms = new Map();
const problems = new Map();

export function makeModals() {
  const dialog = h('dialog', { class: 'sheet modal', dataset: { testid: 'modal' }, 'aria-labelledby': 'modal-title' });
  document.body.append(dialog);
  let shown = null; // {id, signature}
  let returnTo = null;
  let busy = false;

  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    if (shown && !busy) closeView(shown.id);
  });

  const draw = ({ force = false } = {}) => {
    const view = state.views.at(-1);
    for (const id of forms.keys()) {
      if (!state.views.some((open) => open.id === id)) {
        forms.delete(id);
        problems.delete(id);
      }
    }
    if (!view) return hide();
    const signature = hash([view.id, view.blocks, view.title, view.submit, view.close, state.views.length, state.me.locale]);
    if (!force && shown?.id === view.id && shown.signature === signature) return undefined;
    const another = shown?.id !== view.id;
    if (!another && !force) problems.delete(view.id);
    shown = { id: view.id, signature };
    closeMenu();
    dialog.dataset.viewId = view.id;
    dialog.dataset.depth = String(state.views.length);
    const sheet = drawSheet(view);
    const scrolled = another ? 0 : dialog.querySelector('.sheet-body')?.scrollTop ?? 0;
    if (dialog.firstElementChild) replaceKeepingFocus(dialog.firstElementChild, sheet);
    else dialog.append(sheet);
    sheet.querySelector('.sheet-body').scrollTop = scrolled;
    if (!dialog.open) {
      returnTo = document.activeElement;
      dialog.showModal();
    }
    if (another) focusFirst(view);
    return undefined;
  };

  const hide = () => {
    if (!dialog.open) return;
    shown = null;
    closeMenu();
    dialog.close();
    dialog.replaceChildren();
    (returnTo?.isConnected ? returnTo : document.querySelector('[data-testid="composer"]'))?.focus({ preventScroll: true });
  };

  function drawSheet(view) {
    const form = new Form(view.blocks, forms.get(view.id)?.values ?? view.values);
    forms.set(view.id, form);
    const surface = {
      form, errors: problems.get(view.id),
      changed: (blockId) => settle(view.id, blockId),
      dispatch: (block, part, payload) => click({ view_id: view.id }, block.block_id, part, payload, form.values),
    };
    const deeper = state.views.length > 1 && Boolean(view.previous_view_id);
    const close = h('button', { type: 'button', class: 'tool', 'aria-label': t('close'), dataset: { testid: 'modal-x' }, on: { click: () => closeView(view.id, true) } }, icon('x'));
    const cancel = h('button', { type: 'button', class: 'button', dataset: { testid: 'modal-close', focusKey: 'modal-close' }, on: { click: () => closeView(view.id) } },
      view.close ? plain(view.close.text) : t('close'));
    const send = view.submit && h('button', { type: 'submit', class: 'button primary', dataset: { testid: 'modal-submit', focusKey: 'modal-submit' } }, plain(view.submit.text));
    const trouble = h('p', { class: 'sheet-trouble', role: 'alert', hidden: true, dataset: { testid: 'modal-trouble' } });
    const sheet = h('form', { class: 'sheet-form', novalidate: true },
      h('header', { class: 'sheet-head' }, h('h2', { id: 'modal-title', dir: 'auto' }, plain(view.title?.text ?? '')),
        deeper && h('span', { class: 'depth', 'aria-hidden': 'true' }, `${state.views.length}/3`), close),
      h('div', { class: 'sheet-body' }, drawBlocks(view.blocks, surface)), trouble, h('div', { class: 'sheet-foot' }, cancel, send));
    sheet.addEventListener('submit', (event) => {
      event.preventDefault();
      if (view.submit && !busy) deliver(view, form, send, trouble);
    });
    sheet.addEventListener('keydown', (event) => {
      // Ctrl+Enter sends from inside a long text, as in Slack.
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && view.submit) sheet.requestSubmit();
    });
    return sheet;
  }

  async function deliver(view, form, button, trouble) {
    const own = form.problems();
    if (Object.keys(own).length) return show(view.id, own);
    busy = true;
    trouble.hidden = true;
    button.classList.add('waiting');
    button.setAttribute('aria-disabled', 'true');
    try {
      const answer = await submit(view, form.values);
      if (answer.errors && Object.keys(answer.errors).length) show(view.id, answer.errors);
      else if (answer.ok === false) throw new Error('no ack');
      else {
        problems.delete(view.id);
        await readViews();
      }
    } catch {
      // The text stays where it is: nothing that was typed may be lost because an answer was.
      trouble.textContent = t('modal_trouble');
      trouble.hidden = false;
    } finally {
      busy = false;
      button.classList.remove('waiting');
      button.removeAttribute('aria-disabled');
    }
    return undefined;
  }

  function show(viewId, found) {
    problems.set(viewId, found);
    draw({ force: true });
    const wrong = dialog.querySelector('.block.input.wrong');
    wrong?.scrollIntoView({ block: 'center' });
    wrong?.querySelector('input, textarea, select, button')?.focus();
  }

  /** A field that is being corrected loses its complaint at once. */
  function settle(viewId, blockId) {
    const found = problems.get(viewId);
    if (!found?.[blockId]) return;
    delete found[blockId];
    const block = [...dialog.querySelectorAll('.block.input')].find((node) => node.dataset.blockId === blockId);
    block?.classList.remove('wrong');
    const line = block?.querySelector('.input-error');
    if (line) fill(line);
  }

  function focusFirst(view) {
    const wanted = view.blocks.find((block) => block.element?.focus_on_load)?.element.action_id;
    const controls = [...dialog.querySelectorAll('.sheet-body input, .sheet-body textarea, .sheet-body select')];
    const first = controls.find((node) => node.dataset.actionId === wanted) ?? controls[0];
    (first ?? dialog.querySelector('[data-testid="modal-submit"]') ?? dialog.querySelector('[data-testid="modal-close"]')).focus();
  }

  watch(['views'], () => draw());
  return { dialog };
}
