// The wire to the practice server: JSON over HTTP for what a person does and sees,
// a WebSocket that only says what has changed (the page then reads it again).

export class Refused extends Error {
  constructor(reason, body) {
    super(reason);
    this.reason = reason;
    this.body = body;
  }
}

async function answer(response) {
  let body = {};
  try {
    body = await response.json();
  } catch {
    // An answer without JSON still has its status, and that is all we need to say.
  }
  if (!response.ok) throw new Refused(body.error ?? `HTTP ${response.status}`, body);
  return body;
}

export async function get(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  const search = new URLSearchParams(given).toString();
  return answer(await fetch(search ? `${path}?${search}` : path, { cache: 'no-store' }));
}

export async function post(path, body = {}) {
  return answer(await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  }));
}

/** Listens to the live feed of one person; comes back by itself. Returns a function that ends it. */
export function live(as, { onEvent, onState }) {
  let socket = null;
  let ended = false;
  let wait = 500;
  const connect = () => {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    socket = new WebSocket(`${scheme}://${location.host}/human/live?as=${encodeURIComponent(as)}`);
    socket.addEventListener('open', () => {
      wait = 500;
      onState(true);
    });
    socket.addEventListener('message', (frame) => onEvent(JSON.parse(frame.data)));
    socket.addEventListener('close', () => {
      if (ended) return;
      onState(false);
      setTimeout(() => { if (!ended) connect(); }, wait);
      wait = Math.min(wait * 2, 8000);
    });
  };
  connect();
  return () => {
    ended = true;
    socket?.close();
  };
}
