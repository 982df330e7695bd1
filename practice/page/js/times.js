// Time as people read it: in the zone of the person acted as, in the language of the page.
import { localeNow, t } from './words.js';
import { practiceNow, state } from './store.js';

const formats = new Map();

function format(options) {
  const zone = state.me?.tz ?? 'UTC';
  const key = JSON.stringify([localeNow(), zone, options]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(localeNow(), { timeZone: zone, ...options }));
  return formats.get(key);
}

export const instant = (ts) => new Date(Number.parseFloat(ts) * 1000);
export const clockTime = (date) => format({ hour: 'numeric', minute: '2-digit' }).format(date);
export const longDate = (date) => format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(date);
export const dayDate = (date) => format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(date);
export const fullTime = (date) => format({ dateStyle: 'full', timeStyle: 'short' }).format(date);

/** The day of an instant in the person's zone, as YYYY-MM-DD: for comparing, never for showing. */
export function dayKey(date) {
  return new Intl.DateTimeFormat('en-CA', { timeZone: state.me?.tz ?? 'UTC' }).format(date);
}

export function dayLabel(date) {
  const key = dayKey(date);
  const now = practiceNow();
  if (key === dayKey(now)) return t('today');
  if (key === dayKey(new Date(now.getTime() - 86_400_000))) return t('yesterday');
  return longDate(date);
}

/** "Europe/Berlin" as a person says it: Berlin. */
export const cityOf = (zone) => (zone ?? 'UTC').split('/').pop().replaceAll('_', ' ');

/** The name of a zone, for the clock: its city, or in Arabic its name, for the cities have only their English ones. */
export function zoneName(zone) {
  const part = (locale, style) => new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: style })
    .formatToParts(practiceNow()).find((piece) => piece.type === 'timeZoneName')?.value ?? '';
  const arabic = localeNow().startsWith('ar');
  return { name: arabic ? part(localeNow(), 'long') : cityOf(zone), offset: part('en', 'shortOffset') };
}

export function timeIn(zone) {
  return new Intl.DateTimeFormat(localeNow(), { timeZone: zone, hour: 'numeric', minute: '2-digit' })
    .format(practiceNow());
}

/** Slack's <!date^…> tokens. The page's "device" stands in the person's own zone. */
export function slackDate(seconds, pattern) {
  const date = new Date(Number(seconds) * 1000);
  const day = { day: 'numeric', year: 'numeric' };
  const tokens = {
    '{date_num}': () => dayKey(date),
    '{date}': () => format({ ...day, month: 'long' }).format(date),
    '{date_short}': () => format({ ...day, month: 'short' }).format(date),
    '{date_long}': () => format({ ...day, weekday: 'long', month: 'long' }).format(date),
    '{date_pretty}': () => dayLabel(date),
    '{date_short_pretty}': () => dayLabel(date),
    '{date_long_pretty}': () => dayLabel(date),
    '{time}': () => clockTime(date),
    '{time_secs}': () => format({ timeStyle: 'medium' }).format(date),
    '{ago}': () => fullTime(date),
  };
  return pattern.replace(/\{\w+\}/g, (token) => (tokens[token] ? tokens[token]() : token));
}
