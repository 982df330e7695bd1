// Reactions under a message, and the picker with which one adds another.
import { fill, h } from './dom.js';
import { icon } from './icons.js';
import { findEmoji } from './emoji.js';
import { closeMenu, hang, roam } from './menus.js';
import { emojiNode } from './mrkdwn.js';
import { state } from './store.js';
import { t } from './words.js';
import { namesOf, react } from './deeds.js';

export function drawReactions(message) {
  if (!message.reactions?.length) return null;
  return h('div', { class: 'reactions' }, message.reactions.map((reaction) => {
    const mine = reaction.users.includes(state.me.id);
    const names = t('reacted', { names: namesOf(reaction.users), emoji: `:${reaction.name}:` });
    return h('button', {
      type: 'button', class: mine ? 'reaction mine' : 'reaction', 'aria-pressed': String(mine), title: names, 'aria-label': names,
      dataset: { testid: 'reaction', name: reaction.name, focusKey: `reaction/${reaction.name}` },
      on: { click: () => react(message.ts, reaction.name, mine) },
    }, emojiNode(reaction.name), h('span', { class: 'count' }, String(reaction.count ?? reaction.users.length)));
  }));
}

export function pickReaction(anchor, message) {
  const grid = h('div', { class: 'emoji-grid', role: 'listbox', 'aria-label': t('react') });
  const search = h('input', {
    class: 'field', type: 'search', placeholder: t('find_emoji'), 'aria-label': t('find_emoji'), dataset: { testid: 'emoji-search' }, dir: 'auto',
  });
  const choose = (name) => {
    closeMenu({ refocus: true });
    const taken = message.reactions?.some((r) => r.name === name && r.users.includes(state.me.id));
    react(message.ts, name, taken);
  };
  const draw = () => fill(grid, findEmoji(search.value).map((name) => h('button', {
    type: 'button', role: 'option', class: 'emoji-choice', tabindex: '-1', title: `:${name}:`, 'aria-label': name.replaceAll('_', ' '),
    dataset: { testid: 'emoji-choice', name }, on: { click: () => choose(name) },
  }, emojiNode(name))));
  search.addEventListener('input', draw);
  search.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      grid.firstElementChild?.focus();
    } else if (event.key === 'Enter') grid.firstElementChild?.click();
  });
  draw();
  const panel = h('div', { class: 'picker' }, search, grid);
  const onKey = (event) => {
    if (grid.contains(document.activeElement)) roam(event, [...grid.children], { columns: 8 });
  };
  if (hang(anchor, panel, { onKey })) search.focus();
}

export const reactionButton = (message, props) => h('button', {
  type: 'button', 'aria-label': t('react'), title: t('react'), 'aria-haspopup': 'listbox', 'aria-expanded': 'false', ...props,
  on: { click: (event) => pickReaction(event.currentTarget, message) },
}, icon('smile-plus', 17));
