/** Seals a bid in this page and sends the envelope; the price leaves this page only sealed. */

import { b64u, enrolledCustodians, freshAgentKey, sealBid } from "jangteo/envelope";

const AGAIN = [1000, 2000, 3000, 5000, 8000];
const PATIENCE = 20000;
const root = document.querySelector("[data-seal]");
const one = (name) => root.querySelector(`[data-${name}]`);
const all = (name) => [...root.querySelectorAll(`[data-${name}]`)];
const price = one("price");
const picked = [];
let sending = false;
/** The ticket and envelope of which nobody knows yet whether they were received. */
let kept = null;

/** An answer of the platform or the intake that says no for good. */
class Refused extends Error {
  constructor(error) {
    super(error.code);
    this.error = error;
  }
}

const digits = () => price.value.replace(/[\s,원₩]/g, "").replace(/^0+/, "");
const soundPrice = () => /^\d{1,16}$/.test(digits()) && BigInt(digits()) <= 10n ** 15n;
const thousands = (text) => text.replace(/\B(?=(\d{3})+$)/g, ",");

function share() {
  const base = BigInt(root.dataset.base || "0");
  if (!base || !soundPrice()) return null;
  return (BigInt(digits()) * 100000n) / base;
}

function showShare() {
  repaired();
  const part = share();
  const text = part === null ? "" : one("far").dataset.text
    .replace("{share}", `${thousands(String(part / 1000n))}.${String(part % 1000n).padStart(3, "0")}`);
  all("share").forEach((box) => { box.textContent = text; });
  one("far").hidden = part === null || (part >= 50000n && part <= 110000n);
}

function showPicks() {
  repaired();
  const box = one("picked");
  const [first, second] = [...picked].sort((a, b) => a - b);
  const text = [box.dataset.none, box.dataset.one, box.dataset.two][picked.length];
  box.textContent = text.replace("{first}", first).replace("{second}", second);
  all("pick").forEach((button) => {
    button.setAttribute("aria-pressed", String(picked.includes(Number(button.dataset.pick))));
  });
}

function pick(number) {
  const at = picked.indexOf(number);
  if (at >= 0) picked.splice(at, 1);
  else if (picked.push(number) > 2) picked.shift();
  showPicks();
}

function step(name) {
  all("step").forEach((section) => { section.hidden = section.dataset.step !== name; });
  root.querySelector(`[data-step="${name}"] h2`).focus();
}

/** What is still wrong, shown once asked for; each line goes as soon as it is repaired. */
function complain() {
  const wrong = { price: !soundPrice(), picks: picked.length !== 2 };
  one("wrong").hidden = !wrong.price && !wrong.picks;
  one("wrong-price").hidden = !wrong.price;
  one("wrong-picks").hidden = !wrong.picks;
  return wrong;
}

function repaired() {
  if (!one("wrong").hidden) complain();
}

function toCheck() {
  const wrong = complain();
  if (wrong.price || wrong.picks) {
    (wrong.price ? price : all("pick")[0]).focus();
    return;
  }
  one("show-price").textContent = thousands(digits());
  one("show-hangul").textContent = root.querySelector(".jt-field output").textContent;
  one("show-picks").textContent = [...picked].sort((a, b) => a - b).join(", ");
  step("check");
}

function stage(name) {
  let done = true;
  all("stage").forEach((item) => {
    if (item.dataset.stage === name) done = false;
    item.classList.toggle("is-done", done);
    if (item.dataset.stage === name) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  });
}

async function post(url, body, headers = {}) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang,
      ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE),
  });
  const answer = await response.json();
  if (response.ok) return answer;
  const error = answer.error ?? answer.errors[0];
  if (response.status >= 500 || response.status === 408) throw new Error(error.code);
  throw new Refused(error);
}

const ticketFor = (key) =>
  post(root.dataset.tickets, { agent_key: key }, { "X-CSRFToken": root.dataset.csrf });

const wait = (time) => new Promise((resolve) => { setTimeout(resolve, time); });

/** Try until it is taken or refused for good; each time the very same bytes. */
async function persist(work) {
  for (let tries = 1; ; tries += 1) {
    try {
      const answer = await work();
      one("retry").hidden = true;
      return answer;
    } catch (error) {
      if (error instanceof Refused) throw error;
      one("retry").hidden = false;
      one("tries").textContent = String(tries);
      await wait(AGAIN[Math.min(tries, AGAIN.length) - 1]);
    }
  }
}

async function received(hash) {
  const answer = await fetch(`/api/v1/bids/${hash}`, { headers: { Accept: "application/json" } });
  return answer.ok;
}

/** An old ticket is renewed for the same envelope; one refused may mean it is already in. */
async function deliver(ticket, sealed) {
  let { ticket: token } = ticket;
  const body = () => ({
    ticket: token,
    envelope: b64u(new TextEncoder().encode(sealed.envelope)),
    signature: sealed.signature,
  });
  for (;;) {
    try {
      return await persist(() => post(`${root.dataset.intake}/bids`, body()));
    } catch (error) {
      if (error.message !== "bid.ticket_expired") throw error;
      token = (await persist(() => ticketFor(sealed.agentKey))).ticket;
    }
  }
}

async function send() {
  if (sending) return;
  sending = true;
  ["refused", "fault", "unknown", "changed", "again"].forEach((name) => {
    one(name).hidden = true;
  });
  one("said").hidden = false;
  step("sending");
  try {
    kept ??= await sealNow();
    stage("send");
    const { receipt } = await deliver(kept.ticket, kept.sealed);
    if (receipt.leaf.hash !== kept.sealed.hash) throw new Error("receipt.another");
    stage("receipt");
    arrived(kept.sealed.hash);
  } catch (error) {
    await failed(error);
  }
}

async function sealNow() {
  stage("ticket");
  const agent = await freshAgentKey();
  const ticket = await persist(() => ticketFor(agent.publicKey));
  stage("seal");
  const context = JSON.parse(root.dataset.context);
  if (ticket.keys_hash !== root.dataset.keysHash) throw new Error("keys.changed");
  const custodians = await persist(() => enrolledCustodians());
  const sealed = await sealBid({
    context, keysText: root.dataset.keys, keysHash: root.dataset.keysHash, custodians,
    price: Number(digits()), picks: [...picked], agent,
  });
  one("hash").textContent = sealed.hash;
  one("hash-line").hidden = false;
  return { ticket, sealed };
}

function arrived(hash) {
  price.value = "";
  picked.length = 0;
  sending = false;
  location.assign(`/receipts/${hash}`);
}

/** Once an envelope was sent, only a refusal or a receipt says what became of it. */
async function failed(error) {
  const hash = kept?.sealed.hash;
  if (hash && await received(hash).catch(() => false)) {
    arrived(hash);
    return;
  }
  sending = false;
  one("said").hidden = true;
  if (kept && !(error instanceof Refused)) {
    one("unknown-code").textContent = error.message;
    one("unknown").hidden = false;
    return;
  }
  kept = null;
  one("again").hidden = false;
  if (error instanceof Refused) {
    one("refused-message").textContent = error.error.message;
    one("refused-repair").textContent = error.error.repair;
    one("refused-code").textContent = `${error.error.law} ${error.error.code}`.trim();
    one("refused").hidden = false;
  } else if (error.message === "keys.changed") {
    one("changed").hidden = false;
  } else {
    one("fault-code").textContent = error.message;
    one("fault").hidden = false;
  }
}

function start() {
  root.hidden = false;
  price.addEventListener("input", showShare);
  price.addEventListener("keydown", (event) => { if (event.key === "Enter") toCheck(); });
  all("pick").forEach((button) => {
    button.addEventListener("click", () => pick(Number(button.dataset.pick)));
  });
  all("to").forEach((button) => {
    const go = button.dataset.to === "check" ? toCheck : () => step(button.dataset.to);
    button.addEventListener("click", go);
  });
  one("send").addEventListener("click", send);
  one("resend").addEventListener("click", send);
  window.addEventListener("beforeunload", (event) => { if (sending) event.preventDefault(); });
  showPicks();
  showShare();
}

if (window.isSecureContext && window.crypto?.subtle) start();
else document.querySelector("[data-insecure]").hidden = false;
