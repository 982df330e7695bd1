// The Home tab of the app, as it was published for the person acted as.
import { fill, h, hash, replaceKeepingFocus } from './dom.js';
import { drawBlocks } from './blocks.js';
import { Form } from './form.js';
import { state, watch } from './store.js';
import { t } from './words.js';
import { click } from './deeds.js';

export function makeHome() {
  let column = h('div', { class: 'column' });
  const root = h('section', { class: 'home', hidden: true, role: 'tabpanel', dataset: { testid: 'home' } }, column);
  let form = null;
  let signature = '';
  let reader = null;
  const draw = () => {
    root.hidden = state.place.tab !== 'home';
    if (root.hidden || !state.me) return;
    root.setAttribute('aria-label', t('home'));
    const now = hash([state.home?.id, state.home?.blocks, state.me.id, state.me.locale]);
    if (now === signature) return;
    signature = now;
    const fresh = h('div', { class: 'column' });
    if (!state.home?.blocks?.length) fill(fresh, h('p', { class: 'home-empty' }, t('home_empty')));
    else {
      const view = state.home;
      form = new Form(view.blocks, form?.values ?? view.values);
      fill(fresh, drawBlocks(view.blocks, {
        form, dispatch: (block, part, payload) => click({ view_id: view.id }, block.block_id, part, payload, form.values),
      }));
    }
    replaceKeepingFocus(column, fresh);
    column = fresh;
  };
  watch(['me'], () => {
    // Read again is not somebody else: what is drawn goes on working with the form it has.
    if (reader !== state.me?.id) form = null;
    reader = state.me?.id;
    draw();
  });
  watch(['home', 'place'], draw);
  return { root };
}
