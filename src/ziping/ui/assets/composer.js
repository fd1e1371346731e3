// Keeps what is being typed into the conversation's box in this browser, until it has been sent:
// a reload, a crash or a lost connection loses no word. Nothing leaves the machine.
const PREFIX = "ziping-typed-";

function box() {
  return document.querySelector('.st-key-chat-box textarea');
}

function put(area, text) {
  const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
  set.call(area, text);
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

export default function ({ data }) {
  const key = PREFIX + data.report;
  const typed = () => window.localStorage.getItem(key) || "";
  if (typed().trim() && typed().trim() === data.said.trim()) {
    window.localStorage.removeItem(key);
  }
  let restored = false;
  const look = () => {
    const area = box();
    if (!area) return;
    if (area.dataset.ziping !== key) {
      area.dataset.ziping = key;
      area.addEventListener("input", () => {
        if (area.value) window.localStorage.setItem(key, area.value);
        else if (document.activeElement === area) window.localStorage.removeItem(key);
      });
    }
    if (!restored) {
      restored = true;
      if (!area.value && typed()) put(area, typed());
    }
  };
  look();
  const timer = window.setInterval(look, 400);
  return () => window.clearInterval(timer);
}
