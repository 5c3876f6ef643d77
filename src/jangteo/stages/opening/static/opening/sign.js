/*
 * The opening's page: signs the statement with this browser's key, gives the officer's own key
 * if it must, and follows the custodians while they check. It never sees a bid.
 */
import { releasedText, signStatement, signingKey, unwrap } from "jangteo/envelope";

const PAUSE = 1500;

function token(form) {
  return form.querySelector("[name=csrfmiddlewaretoken]").value;
}

/** Enrol this browser's key as the signed-in person's; enrolling it again changes nothing. */
async function enrolled(form) {
  const key = await signingKey(form.dataset.account);
  const answer = await fetch("/api/v1/me/keys", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token(form) },
    body: JSON.stringify({ public_key: key.publicKey }),
  });
  if (!answer.ok) throw new Error("enrol");
  return key;
}

async function fill(form, text) {
  const key = await enrolled(form);
  form.elements.signer_key.value = key.publicKey;
  form.elements.signature.value = await signStatement(key, text);
}

async function sign(form) {
  await fill(form, form.dataset.statement);
}

async function release(form) {
  const opened = await unwrap(form.querySelector("[type=password]").value, form.dataset.wrapped);
  const pricePrivate = JSON.parse(opened).price;
  form.elements.price_private.value = pricePrivate;
  await fill(form, releasedText({ scope: form.dataset.scope, pricePrivate }));
}

function prepare(form, work) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("[type=submit]");
    const message = form.querySelector("[data-message]");
    button.disabled = true;
    try {
      await work(form);
      form.submit();
    } catch (error) {
      button.disabled = false;
      message.hidden = false;
      message.textContent = error.code === "passphrase" ? form.dataset.wrong : form.dataset.failed;
    }
  });
}

/** Replace the custodians' state until two keys are here, without moving the reader's focus. */
async function follow(region) {
  const answer = await fetch(region.dataset.live, { headers: { Accept: "text/html" } });
  if (answer.ok) {
    const text = await answer.text();
    if (region.dataset.seen !== text) region.innerHTML = text;
    region.dataset.seen = text;
  }
  const released = Number(region.querySelector("[data-released]")?.dataset.released ?? 0);
  if (released < 2) setTimeout(() => follow(region), PAUSE);
}

for (const form of document.querySelectorAll("[data-sign]")) prepare(form, sign);
for (const form of document.querySelectorAll("[data-unwrap]")) prepare(form, release);
for (const region of document.querySelectorAll("[data-live]")) setTimeout(() => follow(region), PAUSE);
document.getElementById("error")?.focus();
