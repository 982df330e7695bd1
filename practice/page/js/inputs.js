// Elements that are typed into: text (one line or many, with its counter), numbers, dates and times.
import { direction, h } from './dom.js';
import { marks } from './marks.js';
import { pageDirection } from './words.js';

/** An empty field stands as the page does; a filled one as its own first letter wants it. */
export function followDirection(field) {
  const follow = () => { field.dir = field.value ? 'auto' : direction(field.placeholder) ?? pageDirection(); };
  field.addEventListener('input', follow);
  follow();
  return field;
}

function common(part, place, testid) {
  return {
    id: place.controlId, placeholder: part.placeholder?.text, dataset: marks(part, place, testid),
    'aria-labelledby': place.labelId, 'aria-label': place.labelId ? null : part.placeholder?.text ?? part.action_id,
    'aria-describedby': place.errorId,
  };
}

function textInput(part, place, type = 'text') {
  const value = place.form.read(place.blockId, part).value ?? '';
  const many = part.multiline;
  const field = followDirection(many
    ? h('textarea', { class: 'field', rows: Math.min(14, Math.max(4, value.split('\n').length + 2 + Math.floor(value.length / 70))), value, ...common(part, place, 'block-input') })
    : h('input', { class: 'field', type, value, ...common(part, place, 'block-input') }));
  // The field takes any length: a pasted text is never cut, the submission is refused with all of it still here.
  const counter = part.max_length ? h('span', { class: 'counter', dir: 'ltr' }) : null;
  const count = () => {
    if (!counter) return;
    const left = part.max_length - [...field.value].length;
    counter.textContent = String(left);
    counter.classList.toggle('over', left < 0);
    counter.hidden = left > Math.max(50, part.max_length / 4) && left >= 0;
  };
  let waiting = null;
  field.addEventListener('input', () => {
    place.form.write(place.blockId, part, { value: field.value || null });
    place.changed?.();
    count();
    if (triggers(part, 'on_character_entered') && place.dispatch) {
      clearTimeout(waiting);
      waiting = setTimeout(() => place.dispatch(part, { value: field.value }, field), 400);
    }
  });
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing || (many && event.shiftKey)) return;
    if (place.dispatch && triggers(part, 'on_enter_pressed')) {
      event.preventDefault();
      place.dispatch(part, { value: field.value }, field);
    }
  });
  count();
  return h('span', { class: 'field-frame' }, field, counter);
}

function triggers(part, kind) {
  return (part.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed']).includes(kind);
}

/** Fields whose whole value changes at once. */
function picker(part, place, { type, key, toField = (v) => v, fromField = (v) => v, extra = {} }) {
  const now = place.form.read(place.blockId, part)[key];
  const field = h('input', {
    class: 'field short', type, value: now === null || now === undefined ? '' : toField(now), ...common(part, place, 'block-input'), ...extra,
  });
  const hint = () => field.classList.toggle('hinted', Boolean(part.placeholder) && field.value === '');
  hint();
  field.addEventListener(type === 'number' ? 'input' : 'change', () => {
    hint();
    // A year that is being typed is a date of the first centuries before it is whole.
    if (key === 'selected_date' && field.value && field.value < '1000') return;
    const value = { [key]: field.value === '' ? null : fromField(field.value) };
    place.form.write(place.blockId, part, value);
    place.changed?.();
    if (place.dispatch && type !== 'number') place.dispatch(part, value, field);
  });
  if (type === 'number') {
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && place.dispatch) {
        event.preventDefault();
        place.dispatch(part, { value: field.value }, field);
      }
    });
  }
  return field;
}

const localMinute = (seconds) => {
  const date = new Date(seconds * 1000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

export const inputElements = {
  plain_text_input: (part, place) => textInput(part, place),
  email_text_input: (part, place) => textInput(part, place, 'email'),
  url_text_input: (part, place) => textInput(part, place, 'url'),
  number_input: (part, place) => picker(part, place, {
    type: 'number', key: 'value',
    extra: { step: part.is_decimal_allowed ? 'any' : '1', min: part.min_value, max: part.max_value, inputmode: 'decimal' },
  }),
  datepicker: (part, place) => picker(part, place, { type: 'date', key: 'selected_date' }),
  timepicker: (part, place) => picker(part, place, { type: 'time', key: 'selected_time' }),
  datetimepicker: (part, place) => picker(part, place, {
    type: 'datetime-local', key: 'selected_date_time', toField: localMinute,
    fromField: (text) => Math.floor(new Date(text).getTime() / 1000),
  }),
};
