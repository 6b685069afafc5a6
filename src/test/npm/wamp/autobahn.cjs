// Autobahn's client, unmodified: node autobahn.cjs ws://host:port/chat
'use strict';
const assert = require('node:assert');
const autobahn = require('autobahn');
const { serializer } = autobahn;

const url = process.argv[2];
const deadline = setTimeout(() => { console.error('autobahn: timed out'); process.exit(1); }, 60_000);

function open(serializers) {
  return new Promise((resolve, reject) => {
    const connection = new autobahn.Connection({ url, realm: 'veche', serializers, max_retries: 0 });
    connection.onopen = (session, details) => resolve({ connection, session, details });
    connection.onclose = (reason, details) => { reject(new Error(reason + ' ' + JSON.stringify(details))); return true; };
    connection.open();
  });
}

function goodbye({ connection }) {
  return new Promise((resolve) => {
    connection.onclose = (reason, details) => { resolve({ reason, details }); return true; };
    connection.close();
  });
}

function once(session, topic, options) {
  let heard;
  const event = new Promise((resolve) => { heard = resolve; });
  return session.subscribe(topic, (args, kwargs, details) => heard({ args, kwargs, details }), options)
    .then((subscription) => ({ subscription, event }));
}

async function round(name, serializers) {
  const one = await open(serializers());
  const two = await open(serializers());
  assert.ok(one.details.roles.broker.features.pattern_based_subscription);
  const suffix = name + '.t' + Date.now();

  const exact = await once(one.session, 'com.example.' + suffix);
  const published = await two.session.publish('com.example.' + suffix, ['hello', 7, 0.5, null], { k: [true] }, { acknowledge: true });
  const event = await exact.event;
  assert.deepStrictEqual(event.args, ['hello', 7, 0.5, null]);
  assert.deepStrictEqual(event.kwargs, { k: [true] });
  assert.strictEqual(Number(event.details.publication), Number(published.id));
  await one.session.unsubscribe(exact.subscription);

  const prefix = await once(one.session, 'com.example.' + suffix, { match: 'prefix' });
  await two.session.publish('com.example.' + suffix + '.deeper', ['x'], {}, { acknowledge: true });
  assert.strictEqual((await prefix.event).details.topic, 'com.example.' + suffix + '.deeper');

  const registration = await one.session.register('com.example.add.' + suffix, ([a, b]) => a + b);
  assert.strictEqual(await two.session.call('com.example.add.' + suffix, [2, 3]), 5);
  await one.session.register('com.example.fail.' + suffix, () => {
    throw new autobahn.Error('com.example.error.no', ['not today'], { code: 3 });
  });
  await assert.rejects(Promise.resolve(two.session.call('com.example.fail.' + suffix)), (error) => {
    assert.strictEqual(error.error, 'com.example.error.no');
    assert.deepStrictEqual(error.args, ['not today']);
    assert.deepStrictEqual(error.kwargs, { code: 3 });
    return true;
  });
  await assert.rejects(Promise.resolve(two.session.call('com.example.none')), (error) =>
    error.error === 'wamp.error.no_such_procedure');
  await one.session.register('com.example.steps.' + suffix, ([n], kwargs, details) => {
    for (let i = 1; i < n; i++) details.progress([i]);
    return n;
  });
  const steps = [];
  const last = await two.session.call('com.example.steps.' + suffix, [3], {}, { receive_progress: true })
    .then((result) => result, null, (step) => steps.push(step));
  assert.strictEqual(last, 3);
  assert.deepStrictEqual(steps, [1, 2].map((step) => step));
  await one.session.unregister(registration);
  await assert.rejects(Promise.resolve(two.session.call('com.example.add.' + suffix, [1, 2])));

  const room = 'veche.room.autobahn-' + name;
  const chat = await once(one.session, room);
  await two.session.publish(room, ['привет'], {}, { acknowledge: true });
  const said = await chat.event;
  assert.deepStrictEqual(said.args, ['привет']);
  assert.strictEqual(said.kwargs.room, 'autobahn-' + name);
  const history = await two.session.call('veche.history', ['autobahn-' + name]);
  assert.strictEqual(history[history.length - 1].id, said.kwargs.id);

  // Not onclose's first argument: this client sends a close frame without a status after GOODBYE, and calls the connection
  // 'lost' unless the server's own close frame (1000) was sent before the answer to that.
  assert.strictEqual((await goodbye(one)).details.reason, 'wamp.close.goodbye_and_out');
  assert.strictEqual((await goodbye(two)).details.reason, 'wamp.close.goodbye_and_out');
  console.log('autobahn over ' + name + ': passed');
}

(async () => {
  await assert.rejects(new Promise((resolve, reject) => {
    const connection = new autobahn.Connection({ url, realm: 'elsewhere', max_retries: 0 });
    connection.onopen = resolve;
    connection.onclose = (reason, details) => { reject(new Error(details.reason)); return true; };
    connection.open();
  }), /wamp.error.no_such_realm/);
  await round('json', () => [new serializer.JSONSerializer()]);
  await round('msgpack', () => [new serializer.MsgpackSerializer()]);
  await round('cbor', () => [new serializer.CBORSerializer()]);
  clearTimeout(deadline);
  process.exit(0);
})().catch((failure) => { console.error(failure); process.exit(1); });
