// Autobahn's and Wampy's authentication, unmodified: node login.cjs ws://host:port/chat, with the secrets of the
// principal "backend" in the environment: TICKET, SECRET (of WAMP-CRA), SEED (of the Ed25519 key, hex)
'use strict';
const assert = require('node:assert');
const autobahn = require('autobahn');
const nacl = require('tweetnacl');
const WebSocket = require('ws');

const url = process.argv[2];
const { TICKET, SECRET, SEED } = process.env;
const deadline = setTimeout(() => { console.error('login: timed out'); process.exit(1); }, 60_000);
const keys = nacl.sign.keyPair.fromSeed(Buffer.from(SEED, 'hex'));

function autobahnLogin(options) {
  return new Promise((resolve, reject) => {
    const connection = new autobahn.Connection({ url, realm: 'veche', max_retries: 0, ...options });
    connection.onopen = (session, details) => resolve(details);
    connection.onclose = (reason, details) => { reject(new Error(details.reason)); return true; };
    connection.open();
  });
}

function craWith(secret) {
  return (session, method, extra) => {
    assert.ok(extra.salt);
    return autobahn.auth_cra.sign(autobahn.auth_cra.derive_key(secret, extra.salt, extra.iterations, extra.keylen), extra.challenge);
  };
}

const AUTOBAHN = {
  ticket: { authid: 'backend', onchallenge: () => TICKET },
  wampcra: { authid: 'backend', onchallenge: craWith(SECRET) },
  cryptosign: {
    authextra: { pubkey: Buffer.from(keys.publicKey).toString('hex'), channel_binding: null },
    onchallenge: (session, method, extra) => autobahn.auth_cryptosign.sign_challenge(keys, extra),
  },
};

async function wampyOptions() {
  const wampcra = await import('wampy/wampcra.js');
  const cryptosign = await import('wampy/cryptosign.js');
  return {
    ticket: { authid: 'backend', authPlugins: { ticket: () => TICKET } },
    wampcra: { authid: 'backend', authPlugins: { wampcra: wampcra.sign(SECRET) } },
    cryptosign: {
      authid: 'backend',
      authextra: { pubkey: Buffer.from(keys.publicKey).toString('hex') },
      authPlugins: { cryptosign: cryptosign.sign(SEED) },
    },
  };
}

async function wampyLogin(method, options) {
  const { Wampy } = await import('wampy');
  const client = new Wampy(url, { realm: 'veche', ws: WebSocket, autoReconnect: false, authmethods: [method], authMode: 'auto', ...options });
  return client.connect();
}

function check(name, details, method) {
  assert.strictEqual(details.authid, 'backend');
  assert.strictEqual(details.authrole, 'backend');
  assert.strictEqual(details.authmethod, method);
  console.log(name + ' by ' + method + ': passed');
}

(async () => {
  for (const [method, options] of Object.entries(AUTOBAHN)) {
    check('autobahn', await autobahnLogin({ authmethods: [method], ...options }), method);
  }
  for (const [method, options] of Object.entries(await wampyOptions())) {
    check('wampy', await wampyLogin(method, options), method);
  }
  await assert.rejects(autobahnLogin({ authmethods: ['wampcra'], authid: 'backend', onchallenge: craWith('wrong') }), /wamp.error.authentication_denied/);
  await assert.rejects(autobahnLogin({ authmethods: ['wampcra'], authid: 'nobody', onchallenge: craWith(SECRET) }), /wamp.error.authentication_denied/);
  clearTimeout(deadline);
  process.exit(0);
})().catch((failure) => { console.error(failure); process.exit(1); });
