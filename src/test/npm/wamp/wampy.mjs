// Wampy, unmodified: node wampy.mjs ws://host:port/chat
import assert from 'node:assert';
import WebSocket from 'ws';
import { Wampy } from 'wampy';
import { MsgpackSerializer } from 'wampy/MsgpackSerializer.js';
import { CborSerializer } from 'wampy/CborSerializer.js';

const url = process.argv[2];
const deadline = setTimeout(() => { console.error('wampy: timed out'); process.exit(1); }, 60_000);

async function open(serializer) {
  const options = { realm: 'veche', ws: WebSocket, autoReconnect: false, ...(serializer ? { serializer } : {}) };
  const client = new Wampy(url, options);
  await client.connect();
  return client;
}

async function round(name, serializer) {
  const one = await open(serializer());
  const two = await open(serializer());
  const topic = 'com.example.wampy.' + name;

  let heard;
  const event = new Promise((resolve) => { heard = resolve; });
  await one.subscribe(topic, (event) => heard(event));
  await two.publish(topic, { argsList: ['hello', 7], argsDict: { k: 'v' } });
  const got = await event;
  assert.deepStrictEqual(got.argsList, ['hello', 7]);
  assert.deepStrictEqual(got.argsDict, { k: 'v' });
  await one.unsubscribe(topic);

  await one.register('com.example.wampy.add.' + name, ({ argsList }) => ({ argsList: [argsList[0] + argsList[1]] }));
  const sum = await two.call('com.example.wampy.add.' + name, [2, 3]);
  assert.deepStrictEqual(sum.argsList, [5]);
  await one.register('com.example.wampy.fail.' + name, () => {
    const error = new Error('no');
    Object.assign(error, { error: 'com.example.error.no', argsList: ['not today'] });
    throw error;
  });
  await assert.rejects(two.call('com.example.wampy.fail.' + name), (error) => {
    assert.strictEqual(error.errorUri, 'com.example.error.no');
    return true;
  });
  await assert.rejects(two.call('com.example.none'), (error) => error.errorUri === 'wamp.error.no_such_procedure');
  await one.unregister('com.example.wampy.add.' + name);

  const room = 'wampy_' + name; // Wampy takes strict URIs only, unless told otherwise
  let spoke;
  const said = new Promise((resolve) => { spoke = resolve; });
  await one.subscribe('veche.room.' + room, (event) => spoke(event));
  await two.call('veche.send', [room, 'привет']);
  assert.deepStrictEqual((await said).argsList, ['привет']);

  await one.disconnect();
  await two.disconnect();
  console.log('wampy over ' + name + ': passed');
}

try {
  await round('json', () => null);
  await round('msgpack', () => new MsgpackSerializer());
  await round('cbor', () => new CborSerializer());
  clearTimeout(deadline);
  process.exit(0);
} catch (failure) {
  console.error(failure);
  process.exit(1);
}
