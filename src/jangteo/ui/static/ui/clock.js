/** Remaining time by the server's clock: the page says what time it is there, we only count on. */

const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

function remaining(seconds, language) {
  let first = UNITS.findIndex(([, size]) => seconds >= size);
  if (first < 0) first = 3;
  if (first > 2) first = 2;
  let rest = seconds;
  return UNITS.slice(first, first + 2).map(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return new Intl.NumberFormat(language, {
      style: "unit", unit, unitDisplay: "long",
    }).format(count);
  }).join(" ");
}

function start(box) {
  const language = document.documentElement.lang;
  const out = box.querySelector("[data-clock-left]");
  const due = Date.parse(box.dataset.due);
  const offset = Date.parse(box.dataset.now) - performance.now();
  const tick = () => {
    const left = Math.floor((due - offset - performance.now()) / 1000);
    if (left <= 0) {
      out.textContent = box.dataset.passed;
      box.classList.add("jt-clock-passed");
      return;
    }
    out.textContent = box.dataset.left.replace("{time}", remaining(left, language));
    box.classList.toggle("jt-clock-near", left < 3600);
    setTimeout(tick, left < 86400 ? 1000 : 30000);
  };
  tick();
}

function startTime(box) {
  const offset = Date.parse(box.dateTime) - performance.now();
  const form = new Intl.DateTimeFormat("ko-KR", {
    timeZone: "Asia/Seoul", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
  });
  setInterval(() => { box.textContent = form.format(new Date(offset + performance.now())); }, 1000);
}

document.querySelectorAll("[data-clock]").forEach((box) => {
  if (!box.classList.contains("jt-clock-passed")) start(box);
});
document.querySelectorAll("[data-server-time]").forEach(startTime);
