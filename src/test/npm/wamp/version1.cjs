// WAMP v1 by hand, for no client that speaks it is still to be had: node version1.cjs ws://host:port/chat
'use strict';
const assert = require('node:assert');
const WebSocket = require('ws');

const url = process.argv[2];
setTimeout(() => { console.error('version 1: timed out'); process.exit(1); }, 60_000).unref();

function open() {
  const socket = new WebSocket(url, 'wamp');
  const messages = [];
  const waiting = [];
  socket.on('message', (data) => {
    const message = JSON.parse(data);
    waiting.length ? waiting.shift()(message) : messages.push(message);
  });
  return {
    socket,
    say: (...message) => socket.send(JSON.stringify(message)),
    next: () => new Promise((resolve) => messages.length ? resolve(messages.shift()) : waiting.push(resolve)),
  };
}

(async () => {
  const one = open();
  const two = open();
  const [type, session, version] = await one.next();
  assert.deepStrictEqual([type, typeof session, version], [0, 'string', 1]);
  await two.next();
  one.say(1, 'room', 'http://veche/room#');
  one.say(5, 'room:version-1');
  one.say(2, 'c1', 'http://veche/rpc#join', 'version-1');
  assert.deepStrictEqual((await one.next()).slice(0, 2), [3, 'c1']);
  two.say(7, 'http://veche/room#version-1', 'hello');
  const [event, topic, message] = await one.next();
  assert.deepStrictEqual([event, topic, message.text], [8, 'http://veche/room#version-1', 'hello']);
  one.say(2, 'c2', 'http://example.com/none');
  assert.deepStrictEqual((await one.next()).slice(0, 3), [4, 'c2', 'http://api.wamp.ws/error#NoSuchRPCEndpoint']);
  console.log('version 1: passed');
  process.exit(0);
})().catch((failure) => { console.error(failure); process.exit(1); });
