/** The sum of the payees beside the claim's amount while one types; a payee's link to the clipboard. */

const won = (text) => {
  const digits = text.replace(/[\s,원₩]/g, "");
  return /^\d{1,15}$/.test(digits) ? Number(digits) : 0;
};
/** An amount as the server wrote another one: "0원" → "1,200원", "KRW 0" → "KRW 1,200". */
const shown = (amount, written) => written.replace(/\d[\d,]*/, amount.toLocaleString("ko-KR"));

document.querySelectorAll("[data-payees]").forEach((form) => {
  const claimed = form.querySelector("[name=amount]");
  const total = form.querySelector("[data-total]");
  const left = form.querySelector("[data-left]");
  const written = total.textContent;
  const sum = () => {
    const lines = [...form.querySelectorAll("[name^=leaf-][name$=-amount]")];
    const paid = lines.reduce((so_far, line) => so_far + won(line.value), 0);
    const open = won(claimed.value) - paid;
    total.textContent = shown(paid, written);
    left.textContent = shown(open, written);
    left.classList.toggle("pay-off", open !== 0);
  };
  form.addEventListener("input", sum);
  sum();
});

document.querySelectorAll("[data-copy]").forEach((button) => {
  const field = document.getElementById(button.dataset.copy);
  field.value = new URL(field.value, window.location.href).href;
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = button.dataset.done;
    } catch {
      field.focus();
    }
  });
});
