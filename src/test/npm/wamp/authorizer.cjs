// Autobahn's client, unmodified, at a server whose site and backend authorize: node authorizer.cjs ws://host:port/chat
// admin-token blocked-token
'use strict';
const assert = require('node:assert');
const autobahn = require('autobahn');

const [url, admin, blocked] = process.argv.slice(2);
const deadline = setTimeout(() => { console.error('authorizer: timed out'); process.exit(1); }, 60_000);

function open(token) {
  return new Promise((resolve, reject) => {
    const connection = new autobahn.Connection({
      url: token ? url + '?access_token=' + token : url, realm: 'veche', max_retries: 0 });
    connection.onopen = (session) => resolve({ connection, session });
    connection.onclose = (reason, details) => { reject(new Error(details.reason)); return true; };
    connection.open();
  });
}

async function refused(promise, error) {
  await assert.rejects(Promise.resolve(promise), (failure) => {
    assert.strictEqual(failure.error, error);
    return true;
  });
}

const ACKNOWLEDGE = { acknowledge: true };

(async () => {
  await assert.rejects(open(blocked), /wamp.error.not_authorized/);
  const guest = (await open()).session;
  await refused(guest.publish('com.shop.news', ['early'], {}, ACKNOWLEDGE), 'veche.error.busy');

  const backend = (await open(admin)).session;
  const asked = [];
  await backend.register('com.shop.authorize', ([session, uri, action]) => {
    asked.push([session.session === guest.id, uri, action]);
    return { allow: uri !== 'com.shop.till' };
  });
  await guest.subscribe('com.shop', () => {}, { match: 'prefix' });
  await guest.publish('com.shop.news', ['hello'], {}, ACKNOWLEDGE);
  await refused(guest.publish('com.shop.till', [], {}, ACKNOWLEDGE), 'wamp.error.not_authorized');
  await refused(guest.publish('com.shop.secret', [], {}, ACKNOWLEDGE), 'wamp.error.not_authorized');
  await refused(guest.call('com.shop.authorize', []), 'wamp.error.not_authorized');
  assert.deepStrictEqual(asked, [
    [true, 'com.shop', 'subscribe'], [true, 'com.shop.news', 'publish'], [true, 'com.shop.till', 'publish']]);

  await guest.subscribe('veche.room.lobby', () => {});
  await refused(guest.subscribe('veche.room.staff', () => {}), 'wamp.error.not_authorized');
  await refused(guest.publish('veche.room.staff', ['hello'], {}, ACKNOWLEDGE), 'wamp.error.not_authorized');
  console.log('authorizer: passed');
  clearTimeout(deadline);
  process.exit(0);
})().catch((failure) => { console.error(failure); process.exit(1); });
