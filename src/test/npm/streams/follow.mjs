// @durable-streams/client, unmodified: node follow.mjs http://host:port/stream/room ws://host:port/chat?room=room
import assert from 'node:assert';
import WebSocket from 'ws';
import { stream } from '@durable-streams/client';

const [url, chat] = process.argv.slice(2);
setTimeout(() => { console.error('follow: timed out'); process.exit(1); }, 60_000).unref();

const socket = new WebSocket(chat);
await new Promise((resolve) => { socket.onopen = resolve; });

/** Sends texts and waits for the last one, which the sender receives as well. */
function send(...texts) {
  const sent = new Promise((resolve) => {
    socket.onmessage = (event) => { if (event.data === texts.at(-1)) resolve(); };
  });
  texts.forEach((text) => socket.send(text));
  return sent;
}

const texts = (messages) => messages.map((message) => message.text);

await send('one', 'two');
const past = await stream({ url, live: false });
assert.deepStrictEqual(texts(await past.json()), ['one', 'two']);
console.log('catch-up: passed');

let offset = past.offset;
for (const live of ['sse', 'long-poll']) {
  const response = await stream({ url, offset, live, json: true });
  const received = [];
  const expected = [live + ' 1', live + ' 2', live + ' 3'];
  const complete = new Promise((resolve) => {
    response.subscribeJson((batch) => {
      received.push(...texts(batch.items));
      offset = batch.offset;
      if (received.length >= expected.length) resolve();
    });
  });
  await send(...expected.slice(0, 1));
  await send(...expected.slice(1));
  await complete;
  assert.deepStrictEqual(received, expected);
  response.cancel();
  console.log(live + ': passed');
}

const rest = await stream({ url, offset, live: false });
assert.deepStrictEqual(await rest.json(), []);
console.log('resumption: passed');
process.exit(0);
