// What a person has put into the inputs of one message or view: read from initial values, kept by block and
// action id (so that a redrawn view keeps what was typed, as Slack does), and checked before it is sent.
import { t } from './words.js';

const INITIAL = {
  plain_text_input: (e) => ({ value: e.initial_value ?? null }),
  email_text_input: (e) => ({ value: e.initial_value ?? null }),
  url_text_input: (e) => ({ value: e.initial_value ?? null }),
  number_input: (e) => ({ value: e.initial_value ?? null }),
  static_select: (e) => ({ selected_option: e.initial_option ?? null }),
  external_select: (e) => ({ selected_option: e.initial_option ?? null }),
  radio_buttons: (e) => ({ selected_option: e.initial_option ?? null }),
  multi_static_select: (e) => ({ selected_options: e.initial_options ?? [] }),
  checkboxes: (e) => ({ selected_options: e.initial_options ?? [] }),
  users_select: (e) => ({ selected_user: e.initial_user ?? null }),
  multi_users_select: (e) => ({ selected_users: e.initial_users ?? [] }),
  channels_select: (e) => ({ selected_channel: e.initial_channel ?? null }),
  multi_channels_select: (e) => ({ selected_channels: e.initial_channels ?? [] }),
  conversations_select: (e) => ({ selected_conversation: e.initial_conversation ?? null }),
  multi_conversations_select: (e) => ({ selected_conversations: e.initial_conversations ?? [] }),
  datepicker: (e) => ({ selected_date: e.initial_date ?? null }),
  timepicker: (e) => ({ selected_time: e.initial_time ?? null }),
  datetimepicker: (e) => ({ selected_date_time: e.initial_date_time ?? null }),
};

export const isInput = (element) => Boolean(INITIAL[element?.type]);

export function elementsOf(block) {
  return [block.element, block.accessory, ...(block.type === 'actions' ? block.elements ?? [] : [])].filter(Boolean);
}

export class Form {
  /** `kept`: the values of an earlier drawing, by block and action id. */
  constructor(blocks, kept = {}) {
    this.blocks = blocks;
    this.values = {};
    for (const block of blocks) {
      for (const element of elementsOf(block).filter(isInput)) {
        const known = kept[block.block_id]?.[element.action_id];
        const value = known?.type === element.type ? known : { type: element.type, ...INITIAL[element.type](element) };
        (this.values[block.block_id] ??= {})[element.action_id] = value;
      }
    }
  }

  read(blockId, element) {
    return this.values[blockId]?.[element.action_id] ?? INITIAL[element.type]?.(element) ?? {};
  }

  write(blockId, element, value) {
    (this.values[blockId] ??= {})[element.action_id] = { type: element.type, ...value };
  }

  /** What Slack's own client checks before anything travels: {block_id: sentence}. */
  problems() {
    const found = {};
    for (const block of this.blocks) {
      if (block.type !== 'input') continue;
      const problem = problemOf(block, this.read(block.block_id, block.element));
      if (problem) found[block.block_id] = problem;
    }
    return found;
  }
}

function problemOf(block, given) {
  const { element } = block;
  const value = content(given);
  const empty = value === null || value === undefined || value.length === 0
    || (typeof value === 'string' && !value.trim());
  if (empty) return block.optional ? null : t('required');
  if (element.type === 'number_input') return numberProblem(element, value);
  if (typeof value !== 'string') return null;
  const length = [...value].length;
  if (element.max_length && length > element.max_length) return t('too_long', { n: length - element.max_length });
  if (element.min_length && length < element.min_length) return t('too_short', { n: element.min_length });
  return null;
}

function numberProblem(element, value) {
  const number = Number(value);
  if (Number.isNaN(number) || (!element.is_decimal_allowed && !Number.isInteger(number))) return t('not_a_number');
  if (element.min_value !== undefined && number < Number(element.min_value)) return t('too_small', { n: element.min_value });
  if (element.max_value !== undefined && number > Number(element.max_value)) return t('too_big', { n: element.max_value });
  return null;
}

/** The one value inside a state entry, whatever its key is called. */
export function content(given) {
  const [, value] = Object.entries(given).find(([key]) => key !== 'type') ?? [];
  return value;
}
