// Starts a session, is busy with something else, connects late and still gets every event, each once.
//
//     node late-client.mjs [http://localhost:8000]
//
// Needs Node 18 or newer and no package. Environment: SLUICE_ORG (demo), SLUICE_TOKEN (none: trust mode), WORK_SECONDS (2).

const base = process.argv[2] ?? 'http://localhost:8000';
const headers = { 'x-org-id': process.env.SLUICE_ORG ?? 'demo' };
if (process.env.SLUICE_TOKEN) headers.Authorization = `Bearer ${process.env.SLUICE_TOKEN}`;
const job = {
  user_id: 'example',
  user_prompt: 'hello',
  github_credentials: { access_token: 'not-a-real-token', repository_url: 'https://github.com/acme/shop' },
};
const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

class Refused extends Error {} // trying again would not help

async function open(path, init) {
  const response = await fetch(new URL(path, base), init);
  if (response.status !== 200) throw new Refused(`HTTP ${response.status} ${await response.text()}`);
  return response;
}

/** Lines, however the stream is cut into reads. The service ends its lines with LF. */
async function* lines(body) {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    const parts = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = parts.pop();
    yield* parts;
  }
}

/** Events from behind the id `after` on; an event counts when the blank line after it came. */
async function* events(session, after) {
  const cursor = after ? { 'Last-Event-ID': after } : {};
  const response = await open(`/api/refactor/${session}/sse`, {
    headers: { ...headers, ...cursor, Accept: 'text/event-stream' },
  });
  let event = { id: after, type: 'message', data: [] };
  for await (const line of lines(response.body)) {
    if (line === '') {
      if (event.data.length > 0) yield { ...event, data: event.data.join('\n') };
      event = { id: event.id, type: 'message', data: [] };
      continue;
    }
    const [, field, value] = /^([^:]*):? ?(.*)$/su.exec(line);
    if (field === 'id') event.id = value;
    else if (field === 'event') event.type = value;
    else if (field === 'data') event.data.push(value);
  }
}

const { session_id: session } = await (
  await open('/api/refactor', {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify(job),
  })
).json();
console.log(`started ${session}`);
await pause(Number(process.env.WORK_SECONDS ?? 2)); // the slow work

let last = '';
let received = 0;
let ended = false;
let shown = false;
while (!ended) {
  try {
    for await (const { id, type, data } of events(session, last)) {
      last = id;
      received += 1;
      console.log(`event ${id} ${type} ${data}`);
      ended = type === 'complete' || type === 'error';
      if (ended || !shown) break; // before the end: on purpose, once, to show that a broken connection costs nothing
    }
  } catch (lost) {
    if (lost instanceof Refused) throw lost;
    console.error(`connection lost: ${lost}`);
  }
  if (!ended && received > 0 && !shown) {
    shown = true;
    console.log(`broken after ${last}`);
  } else if (!ended) {
    await pause(1);
  }
}
console.log(`received ${received} events`);
