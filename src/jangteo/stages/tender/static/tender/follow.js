/* Asks for the custodians' state until everything is there; moves nobody's focus. */
const PAUSE = 1500;

/** Replace the state once; resolves to its data attributes. */
export async function refresh(region) {
  const answer = await fetch(region.dataset.url, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error("state");
  const text = await answer.text();
  if (region.innerHTML !== text) region.innerHTML = text;
  return region.querySelector("[data-complete]").dataset;
}

/** Refresh until `done` says so. */
export async function follow(region, done) {
  for (;;) {
    const state = await refresh(region).catch(() => null);
    if (state && done(state)) return state;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

const region = document.querySelector("[data-custodians]");
if (region && !document.querySelector("[data-make-keys]")) {
  follow(region, (state) => state.complete === "1");
}
