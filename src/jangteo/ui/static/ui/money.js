/** Money fields: thousands while one types, and the amount read out in Hangul below. */

const DIGITS = ["", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"];
const PLACES = ["", "십", "백", "천"];
const MYRIADS = ["", "만", "억", "조", "경"];

function group(four) {
  return [...four].map((digit, index) => {
    const place = PLACES[four.length - 1 - index];
    if (digit === "0") return "";
    return (digit === "1" && place ? "" : DIGITS[Number(digit)]) + place;
  }).join("");
}

export function hangulAmount(digits) {
  const clean = digits.replace(/^0+/, "");
  if (!clean) return "영";
  const parts = [];
  for (let end = clean.length, step = 0; end > 0; end -= 4, step += 1) {
    const said = group(clean.slice(Math.max(0, end - 4), end));
    if (said) parts.unshift(said + MYRIADS[step]);
  }
  return parts.join(" ");
}

function show(input, output) {
  const digits = input.value.replace(/[\s,원₩]/g, "");
  const sound = /^\d{1,15}$/.test(digits);
  const korean = document.documentElement.lang.startsWith("ko");
  output.textContent = sound && korean ? `금 ${hangulAmount(digits)} 원` : "";
  return sound ? digits : "";
}

function separate(input, digits) {
  const behind = input.value.slice(input.selectionStart ?? input.value.length).replace(/\D/g, "");
  const text = digits.replace(/^0+(?=\d)/, "").replace(/\B(?=(\d{3})+$)/g, ",");
  if (text === input.value) return;
  input.value = text;
  let place = text.length;
  for (let left = behind.length; left > 0 && place > 0; place -= 1) {
    if (/\d/.test(text[place - 1])) left -= 1;
  }
  input.setSelectionRange(place, place);
}

document.querySelectorAll("[data-money]").forEach((box) => {
  const input = box.querySelector("input");
  const output = box.querySelector("output");
  input.addEventListener("input", () => {
    const digits = show(input, output);
    if (digits) separate(input, digits);
  });
  show(input, output);
});
