// Runs envelope.js outside a browser, and opens envelopes by docs/envelope.md alone.
// Usage: node node.mjs WHAT < input.json > output.json
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import { combine, split as splitThere } from "shamir-secret-sharing";
import * as envelope from "./envelope.js";

const subtle = globalThis.crypto.subtle;
const encoder = new TextEncoder();
const { unb64u, b64u, hex } = envelope;

async function ownShare(sealed, place, privateKey) {
  const suite = new CipherSuite({
    kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm(),
  });
  const recipientKey = await suite.kem.importKey("raw", unb64u(privateKey, 32), false);
  const { enc, ct } = sealed.shares[place - 1];
  const plain = await suite.open(
    { recipientKey, enc: unb64u(enc), info: envelope.info(sealed, place) }, unb64u(ct),
  );
  return new Uint8Array(plain).slice(0, 33);
}

async function open(text, privates, pair) {
  const sealed = JSON.parse(text);
  const shares = [];
  for (const place of pair) {
    shares.push(await ownShare(sealed, place, privates[envelope.CUSTODIANS[place - 1]]));
  }
  const key = await combine(shares);
  if ((await envelope.keyCommitment(key)) !== sealed.commit.key) throw new Error("key commitment");
  for (const [index, place] of pair.entries()) {
    const own = await envelope.shareCommitment(await envelope.salt(key, place), shares[index]);
    if (own !== sealed.commit.shares[place - 1]) throw new Error("share commitment");
  }
  const { body, shares: _, commit: __, ...fields } = sealed;
  const additionalData = encoder.encode(envelope.canonical(fields));
  const aes = await subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
  const bytes = unb64u(body);
  const iv = bytes.slice(0, 12);
  const plain = await subtle.decrypt({ name: "AES-GCM", iv, additionalData }, aes, bytes.slice(12));
  return hex(new Uint8Array(plain));
}

async function codeOf(promise) {
  return promise.then(() => "", (error) => error.code ?? String(error));
}

const WHAT = {
  async open({ envelopes, privates }) {
    const found = [];
    for (const text of envelopes) {
      for (const pair of [[1, 2], [1, 3], [2, 3]]) found.push(await open(text, privates, pair));
    }
    return found;
  },
  async seal({ bids, keysText, keysHash, scope }) {
    const made = [];
    for (const bid of bids) {
      const agent = await envelope.freshAgentKey();
      made.push(await envelope.sealBid({ ...bid, keysText, keysHash, agent }));
    }
    const seed = await envelope.sealSeed({ scope, maker: "agency", keysText, keysHash });
    return { bids: made, seed };
  },
  async refuse({ cases }) {
    const agent = await envelope.freshAgentKey();
    return Promise.all(cases.map((one) => codeOf(envelope.sealBid({ ...one, agent }))));
  },
  async canonical({ values, broken }) {
    const codes = broken.map((value) => {
      try {
        return envelope.canonical(value);
      } catch (error) {
        return error.code;
      }
    });
    return { texts: values.map(envelope.canonical), codes };
  },
  async keys({ scope, deadline }) {
    const agent = await envelope.freshAgentKey();
    const made = await envelope.makeLotKeys({ scope, deadline });
    const signature = await envelope.signStatement(agent, made.statement);
    const wrapped = await envelope.wrap("열려라 참깨", made.privates);
    return {
      ...made, signature, wrapped, signer: agent.publicKey,
      unwrapped: await envelope.unwrap("열려라 참깨".normalize("NFD"), wrapped),
      wrong: await codeOf(envelope.unwrap("열려라", wrapped)),
      changed: await codeOf(envelope.unwrap("열려라 참깨", wrapped.replace("600000", "1"))),
      released: envelope.releasedText({ scope, pricePrivate: "x" }),
    };
  },
  async shamir({ secret, shares, slope }) {
    const bytes = shares.map((share) => unb64u(share));
    const theirs = await splitThere(unb64u(secret), 3, 2);
    return {
      combined: [b64u(await combine([bytes[0], bytes[1]])), b64u(await combine([bytes[2], bytes[0]]))],
      theirs: theirs.map(b64u),
      same: envelope.split(unb64u(secret), unb64u(slope)).map(b64u),
    };
  },
};

let input = "";
for await (const part of process.stdin) input += part;
process.stdout.write(JSON.stringify(await WHAT[process.argv[2]](JSON.parse(input))));
