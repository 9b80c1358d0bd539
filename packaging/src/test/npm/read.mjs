// Reads an event stream to its event `done` with one of the clients and prints what it got, as JSON.
//
//     node read.mjs eventsource | undici | eventsource-parser URL
import { get } from 'node:http';
import { EventSource } from 'eventsource';
import { createParser } from 'eventsource-parser';
import { EventSource as UndiciEventSource } from 'undici';

const [, , client, url] = process.argv;
const events = [];
let finished = false;

function take(type, id, data) {
  events.push({ type, id, data });
  if (type === 'done') {
    finished = true; // the stream may end before all of it is printed
    process.stdout.write(JSON.stringify(events), () => process.exit(0));
  }
}

function fail(why) {
  if (finished) return;
  console.error(why);
  process.exit(1);
}

function listen(source) {
  for (const type of ['message', 'done']) {
    source.addEventListener(type, (event) => {
      if (type === 'done') source.close();
      take(type, event.lastEventId, event.data);
    });
  }
  source.addEventListener('error', (event) => fail(`error after ${events.length} events: ${event.message}`));
}

const clients = {
  eventsource: () => listen(new EventSource(url)),
  undici: () => listen(new UndiciEventSource(url)),
  'eventsource-parser': () => {
    const parser = createParser({ onEvent: ({ event, id, data }) => take(event, id, data), onError: fail });
    get(url, (response) => {
      response.setEncoding('utf8');
      response.on('data', (chunk) => parser.feed(chunk));
      response.on('end', () => fail(`the stream ended after ${events.length} events`));
    }).on('error', fail);
  },
};
clients[client]();
