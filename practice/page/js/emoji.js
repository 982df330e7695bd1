// Emoji names and their characters. The table is the practice server's own (the data set Slack uses);
// without it the page still shows names, so nothing depends on it.

let characters = new Map();
let tones = {};

/** The ones in reach of one click; the field above them finds all others by name. */
export const COMMON = [
  '+1', 'heart', 'tada', 'raised_hands', 'clap', 'pray', 'smile', 'joy', 'blush', 'thinking_face', 'eyes', 'wave',
  'fire', 'rocket', 'star', 'sparkles', 'muscle', '100', 'coffee', 'white_check_mark', 'x', 'hand', 'sunflower', 'bulb',
];

export async function loadEmoji() {
  const response = await fetch('/static/emoji.json');
  if (!response.ok) return;
  const table = await response.json();
  characters = new Map(Object.entries(table.names));
  tones = table.tones;
}

const TONE = /^(.+)::skin-tone-([2-6])$/;

/** The character of a name (with or without a skin tone), or null: a custom emoji stays a name. */
export function emojiOf(name) {
  const toned = TONE.exec(name);
  if (!toned) return characters.get(name) ?? null;
  return tones[toned[1]]?.[toned[2]] ?? characters.get(toned[1]) ?? null;
}

/** From Slack's unicode field ("1f44b-1f3fd"), for names that the table does not have. */
export const emojiFromCodes = (codes) => String.fromCodePoint(...codes.split('-').map((code) => parseInt(code, 16)));

export function findEmoji(query, limit = 48) {
  const wanted = query.trim().toLowerCase().replaceAll(' ', '_').replaceAll(':', '');
  if (!wanted) return COMMON.filter((name) => characters.has(name) || characters.size === 0);
  const found = [];
  for (const name of characters.keys()) {
    if (name.includes(wanted)) found.push(name);
    if (found.length >= limit) break;
  }
  return found;
}
