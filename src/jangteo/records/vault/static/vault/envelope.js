/**
 * Sealing in the browser: the only script that knows procurement. Format: docs/envelope.md.
 *
 * Nothing leaves this module but sealed bytes, hashes, signatures and public keys. Failures are
 * SealError with a stable code; pages put them into words.
 */

import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";

export const CUSTODIANS = ["officer", "platform", "audit"];
export const EMPTY_MANIFEST = "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945";
const BID = "jangteo/envelope/1";
const SEED = "jangteo/seed/1";
const LOT_KEYS = "jangteo/lot-keys/1";
const KEYS = "jangteo/keys/1";
const RELEASED = "jangteo/released/1";
const WRAPPED = "jangteo/wrapped/1";
const PAYLOAD = 256;
const HIGHEST_PRICE = 10 ** 15;
const ROUNDS = 600000;
const P256 = { name: "ECDSA", namedCurve: "P-256" };
const ECDSA = { name: "ECDSA", hash: "SHA-256" };
const subtle = globalThis.crypto.subtle;
const encoder = new TextEncoder();
const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});

/** A refusal of this module; code is stable, e.g. "price", "keys.signature". */
export class SealError extends Error {
  constructor(code) {
    super(code);
    this.name = "SealError";
    this.code = code;
  }
}

/** The canonical JSON text of a value: sorted keys, no spaces, printable ASCII, whole numbers. */
export function canonical(value) {
  if (typeof value === "string") {
    if (!/^[ -~]*$/.test(value)) throw new SealError("canonical");
    return JSON.stringify(value);
  }
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return String(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") throw new SealError("canonical");
  const pairs = Object.keys(value).sort().map((key) => `${canonical(key)}:${canonical(value[key])}`);
  return `{${pairs.join(",")}}`;
}

/** base64url without padding. */
export function b64u(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The bytes behind base64url; SealError unless it is the one right spelling of that length. */
export function unb64u(text, length) {
  let bytes;
  try {
    const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    bytes = Uint8Array.from(plain, (character) => character.charCodeAt(0));
  } catch {
    throw new SealError("base64url");
  }
  if (b64u(bytes) !== text || (length !== undefined && bytes.length !== length)) {
    throw new SealError("base64url");
  }
  return bytes;
}

export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function unhex(text) {
  if (!/^([0-9a-f]{2})*$/.test(text)) throw new SealError("hex");
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function join(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

function random(length) {
  return globalThis.crypto.getRandomValues(new Uint8Array(length));
}

async function sha256(bytes) {
  return new Uint8Array(await subtle.digest("SHA-256", bytes));
}

async function hashHex(...parts) {
  return hex(await sha256(join(...parts)));
}

function product(a, b) {
  let result = 0;
  for (let left = a, right = b; right; right >>= 1) {
    if (right & 1) result ^= left;
    left = (left << 1) ^ (left & 0x80 ? 0x11b : 0);
  }
  return result;
}

/** Three shares of a secret for x = 1, 2, 3: the y of every byte, then x. Any two give it back. */
export function split(secret, slope = random(secret.length)) {
  return [1, 2, 3].map((x) => join(secret.map((byte, i) => byte ^ product(slope[i], x)), [x]));
}

/** The salt of share 1, 2, 3 or, with 0, of the content key: derived from the content key. */
export async function salt(key, place) {
  const mac = { name: "HMAC", hash: "SHA-256" };
  const imported = await subtle.importKey("raw", key, mac, false, ["sign"]);
  return new Uint8Array(await subtle.sign("HMAC", imported, encoder.encode(`jangteo/salt/1/${place}`)));
}

export async function keyCommitment(key) {
  return hashHex(encoder.encode("jangteo/key/1"), await salt(key, 0), key);
}

export async function shareCommitment(saltOfShare, share) {
  return hashHex(encoder.encode("jangteo/share/1"), saltOfShare, share);
}

/** HPKE's info of share 1, 2 or 3: kind and context joined by zero bytes. */
export function info(fields, place) {
  const names = fields.v === BID ? ["supplier", "manifest"] : ["maker", "commitment"];
  const parts = ["v", "tender", "lot", "round", "version", ...names].map((name) => fields[name]);
  return encoder.encode([...parts, place].join("\0"));
}

async function verify(publicKey, message, signature) {
  const raw = unb64u(publicKey);
  const edwards = raw.length === 32;
  const kind = edwards ? { name: "Ed25519" } : P256;
  try {
    const key = await subtle.importKey("raw", raw, kind, false, ["verify"]);
    return await subtle.verify(edwards ? kind : ECDSA, key, unb64u(signature, 64), message);
  } catch {
    return false;
  }
}

function same(found, names) {
  return canonical(Object.keys(found).sort()) === canonical([...names].sort());
}

async function checkEntry(entry, custodian, scope) {
  const said = entry.statement;
  const fields = ["v", "scope", "custodian", "deadline", "price", "documents"];
  if (!same(entry, ["statement", "signer", "signature"]) || !same(said, fields)) {
    throw new SealError("keys.form");
  }
  if (said.v !== LOT_KEYS || said.custodian !== custodian || said.scope !== scope) {
    throw new SealError("keys.names");
  }
  if (!(await verify(entry.signer, encoder.encode(canonical(said)), entry.signature))) {
    throw new SealError("keys.signature");
  }
  unb64u(said.price, 32);
  unb64u(said.documents, 32);
  return said;
}

/**
 * The three signed key statements behind the text a page carries, checked against the hash that
 * the notice names and against each custodian's signature. SealError "keys.*" otherwise.
 * custodians: {platform, audit}, the enrolled signing keys; "keys.stranger" if another has signed.
 */
export async function verifyKeys(text, expectedHash, custodians) {
  if ((await hashHex(encoder.encode(text))) !== expectedHash) throw new SealError("keys.hash");
  const whole = JSON.parse(text);
  if (canonical(whole) !== text || whole.v !== KEYS || whole.keys.length !== CUSTODIANS.length) {
    throw new SealError("keys.form");
  }
  const said = [];
  for (const [place, custodian] of CUSTODIANS.entries()) {
    said.push(await checkEntry(whole.keys[place], custodian, whole.scope));
    const enrolled = custodian === "officer" || !custodians || custodians[custodian];
    if (enrolled !== true && enrolled !== whole.keys[place].signer) {
      throw new SealError("keys.stranger");
    }
  }
  if (new Set(said.map((one) => one.deadline)).size !== 1) throw new SealError("keys.deadline");
  return { scope: whole.scope, deadline: said[0].deadline, price: said.map((one) => one.price) };
}

/** The enrolled custodians' signing keys as GET /api/v1/custodians lists them, for verifyKeys. */
export async function enrolledCustodians(address = "/api/v1/custodians") {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new SealError("custodians");
  const rows = await answer.json();
  return Object.fromEntries(rows.map((row) => [row.custodian, row.public_key]));
}

function scopeFields(scope) {
  const [tender, lot, round, version] = scope.split("/");
  return { tender, lot, round: Number(round), version: Number(version) };
}

async function seal(fields, payload, price) {
  const key = random(32);
  const iv = random(12);
  const padded = new Uint8Array(PAYLOAD);
  padded.set(payload);
  const aes = await subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  const additionalData = encoder.encode(canonical(fields));
  const body = await subtle.encrypt({ name: "AES-GCM", iv, additionalData }, aes, padded);
  const shares = [];
  const commitments = [];
  for (const [index, share] of split(key).entries()) {
    const saltOfShare = await salt(key, index + 1);
    const recipientPublicKey = await suite.kem.importKey("raw", unb64u(price[index], 32), true);
    const sealed = await suite.seal(
      { recipientPublicKey, info: info(fields, index + 1) },
      join(share, saltOfShare),
    );
    shares.push({ enc: b64u(new Uint8Array(sealed.enc)), ct: b64u(new Uint8Array(sealed.ct)) });
    commitments.push(await shareCommitment(saltOfShare, share));
  }
  const commit = { key: await keyCommitment(key), shares: commitments };
  const text = canonical({ ...fields, body: b64u(join(iv, new Uint8Array(body))), shares, commit });
  key.fill(0);
  padded.fill(0);
  payload.fill(0);
  return text;
}

function bidPayload(price, picks, manifest) {
  if (!Number.isSafeInteger(price) || price < 1 || price > HIGHEST_PRICE) {
    throw new SealError("price");
  }
  const good = (pick) => Number.isInteger(pick) && pick >= 1 && pick <= 15;
  if (picks.length !== 2 || !picks.every(good) || picks[0] === picks[1]) {
    throw new SealError("picks");
  }
  const number = new DataView(new ArrayBuffer(8));
  number.setBigUint64(0, BigInt(price));
  return join(new Uint8Array(number.buffer), picks, random(32), unhex(manifest));
}

/**
 * Seal a bid. context: {tender, lot, round, version, supplier, manifest?}; keysText and keysHash as
 * the notice carries them; custodians as for verifyKeys; agent: from freshAgentKey(). The hash and signature go with the
 * envelope: {envelope (text), hash (hex), signature, agentKey}.
 */
export async function sealBid({ context, keysText, keysHash, custodians, price, picks, agent }) {
  const keys = await verifyKeys(keysText, keysHash, custodians);
  const { tender, lot, round, version, supplier, manifest = EMPTY_MANIFEST } = context;
  const scope = { tender, lot, round, version };
  if (canonical(scopeFields(keys.scope)) !== canonical(scope)) throw new SealError("keys.scope");
  const fields = { v: BID, ...scope, supplier, manifest, keys: keysHash };
  const envelope = await seal(fields, bidPayload(price, picks, manifest), keys.price);
  const hash = await sha256(encoder.encode(envelope));
  const signature = b64u(await agent.sign(hash));
  return { envelope, hash: hex(hash), signature, agentKey: agent.publicKey };
}

/** A fresh seed of 32 bytes sealed like a bid: {sealed (text), commitment (hex)}. */
export async function sealSeed({ scope, maker, keysText, keysHash, custodians }) {
  const keys = await verifyKeys(keysText, keysHash, custodians);
  if (keys.scope !== scope) throw new SealError("keys.scope");
  const payload = random(64);
  const commitment = await hashHex(encoder.encode("jangteo/seed/1"), payload);
  const fields = { v: SEED, ...scopeFields(scope), maker, commitment, keys: keysHash };
  return { sealed: await seal(fields, payload, keys.price), commitment };
}

async function keyPair() {
  const pair = await subtle.generateKey({ name: "X25519" }, true, ["deriveBits"]);
  const publicKey = b64u(new Uint8Array(await subtle.exportKey("raw", pair.publicKey)));
  return { publicKey, privateKey: (await subtle.exportKey("jwk", pair.privateKey)).d };
}

/**
 * The opening officer's fresh keys for a scope: {statement (to sign), privates (to wrap)}.
 * deadline: the text the page carries, "2026-11-24T01:00:00Z".
 */
export async function makeLotKeys({ scope, deadline, custodian = "officer" }) {
  const price = await keyPair();
  const documents = await keyPair();
  const statement = canonical({
    v: LOT_KEYS, scope, custodian, deadline,
    price: price.publicKey, documents: documents.publicKey,
  });
  const privates = canonical({ price: price.privateKey, documents: documents.privateKey });
  return { statement, privates };
}

/** What the officer signs to give the private price key when another custodian withholds. */
export function releasedText({ scope, pricePrivate, custodian = "officer" }) {
  return canonical({ v: RELEASED, scope, custodian, price: pricePrivate });
}

/** base64url signature of a key from signingKey() or freshAgentKey() over a statement's text. */
export async function signStatement(signer, text) {
  return b64u(await signer.sign(encoder.encode(text)));
}

async function signer(pair) {
  const publicKey = b64u(new Uint8Array(await subtle.exportKey("raw", pair.publicKey)));
  const sign = async (bytes) => new Uint8Array(await subtle.sign(ECDSA, pair.privateKey, bytes));
  return { publicKey, sign };
}

/** A new signing key for one bid; its private half cannot be exported and dies with the page. */
export async function freshAgentKey() {
  return signer(await subtle.generateKey(P256, false, ["sign", "verify"]));
}

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new SealError("storage"));
  });
}

async function store(mode) {
  const opening = indexedDB.open("jangteo", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("keys");
  return (await settled(opening)).transaction("keys", mode).objectStore("keys");
}

/**
 * This browser's lasting signing key of one person (owner: the account's id), made on first use.
 * The private half cannot be exported, not even by this script: {publicKey, sign(bytes)}.
 */
export async function signingKey(owner) {
  const name = `signing/${owner}`;
  let pair = await settled((await store("readonly")).get(name));
  if (!pair) {
    const fresh = await subtle.generateKey(P256, false, ["sign", "verify"]);
    await settled((await store("readwrite")).add(fresh, name)).catch(() => undefined);
    pair = await settled((await store("readonly")).get(name));
  }
  return signer(pair);
}

async function passphraseKey(passphrase, saltBytes, iterations, use) {
  const normal = encoder.encode(passphrase.normalize("NFC"));
  const base = await subtle.importKey("raw", normal, "PBKDF2", false, ["deriveKey"]);
  const kind = { name: "PBKDF2", hash: "SHA-256", salt: saltBytes, iterations };
  return subtle.deriveKey(kind, base, { name: "AES-GCM", length: 256 }, false, [use]);
}

/** A text encrypted under a passphrase (PBKDF2-SHA256, AES-256-GCM), as canonical JSON. */
export async function wrap(passphrase, text) {
  const saltBytes = random(16);
  const iv = random(12);
  const key = await passphraseKey(passphrase, saltBytes, ROUNDS, "encrypt");
  const sealed = await subtle.encrypt({ name: "AES-GCM", iv }, key, encoder.encode(text));
  return canonical({
    v: WRAPPED, iterations: ROUNDS, salt: b64u(saltBytes), iv: b64u(iv),
    ct: b64u(new Uint8Array(sealed)),
  });
}

/** The text behind wrap(); SealError "passphrase" when it is the wrong one. */
export async function unwrap(passphrase, wrapped) {
  const { v, iterations, salt: saltText, iv, ct } = JSON.parse(wrapped);
  if (v !== WRAPPED || iterations < ROUNDS) throw new SealError("wrapped");
  const key = await passphraseKey(passphrase, unb64u(saltText, 16), iterations, "decrypt");
  try {
    const plain = await subtle.decrypt({ name: "AES-GCM", iv: unb64u(iv, 12) }, key, unb64u(ct));
    return new TextDecoder().decode(plain);
  } catch {
    throw new SealError("passphrase");
  }
}
