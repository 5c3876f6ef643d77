/*
 * The opening officer's part: makes the agency's lot keys and its half of the seed in this
 * browser. What leaves it: public keys, a signature, the private halves locked under the
 * passphrase, and the sealed seed.
 */
import {
  enrolledCustodians, makeLotKeys, sealSeed, signStatement, signingKey, wrap,
} from "jangteo/envelope";
import { follow } from "./follow.js";

const SHORTEST = 12;
const form = document.querySelector("[data-make-keys]");
const region = document.querySelector("[data-custodians]");

async function send(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value,
    },
    body: JSON.stringify(body),
  });
  const said = await answer.json();
  if (answer.ok) return said;
  const error = said.error ?? said.errors?.[0];
  throw new Error(error ? `${error.message} ${error.repair}` : "");
}

function progress(name) {
  form.querySelector("[data-progress]").textContent = name ? form.dataset[name] : "";
}

function complain(text) {
  form.querySelector("[data-error]").textContent = text;
}

async function bringKeys(api, passphrase) {
  progress("making");
  const { scope, deadline, account } = form.dataset;
  const made = await makeLotKeys({ scope, deadline });
  const wrapped = await wrap(passphrase, made.privates);
  progress("signing");
  const key = await signingKey(account);
  await send("/api/v1/me/keys", { public_key: key.publicKey });
  await send(`${api}/officer`, {
    statement: made.statement,
    signer_key: key.publicKey,
    signature: await signStatement(key, made.statement),
    wrapped,
  });
}

async function bringSeed(api) {
  progress("waiting");
  await follow(region, (state) => state.ready === "1");
  progress("sealing");
  const answer = await fetch(api, { headers: { Accept: "application/json" } });
  const state = await answer.json();
  const seed = await sealSeed({
    scope: state.scope, maker: "agency", keysText: state.keys_statement, keysHash: state.keys_hash,
    custodians: await enrolledCustodians(),
  });
  await send(`${api}/seed`, { sealed: seed.sealed, commitment: seed.commitment });
}

function wrong(passphrase, again) {
  if ([...passphrase].length < SHORTEST) return form.dataset.short;
  return passphrase === again ? "" : form.dataset.differs;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const passphrase = form.querySelector("#passphrase").value;
  complain(wrong(passphrase, form.querySelector("#again").value));
  if (form.querySelector("[data-error]").textContent) return;
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  const api = `/api/v1/tenders/${form.dataset.number}/custody`;
  try {
    const state = await (await fetch(api)).json();
    if (!state.keys.officer) await bringKeys(api, passphrase);
    await bringSeed(api);
    await follow(region, (found) => found.complete === "1");
    progress("done");
    form.reset();
    location.reload();
  } catch (error) {
    progress("");
    complain(error.message || form.dataset.failed);
    button.disabled = false;
  }
});
