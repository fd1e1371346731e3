// What every page carries for people who do not see it or use no mouse: its language, a first
// stop that leads past the sidebar, and a place whose changes a screen reader reads out.

function placed(id, tag, look) {
  const there = document.getElementById(id);
  if (there) return there;
  const element = document.createElement(tag);
  element.id = id;
  look(element);
  document.body.prepend(element);
  return element;
}

function toMain() {
  const main = document.querySelector('[data-testid="stMain"]');
  if (!main) return;
  if (!main.hasAttribute("tabindex")) main.tabIndex = -1;
  main.focus();
}

export default function ({ data }) {
  document.documentElement.lang = "zh-CN"; // Streamlit says that its page is English
  const status = placed("zp-status", "div", (one) => {
    one.className = "zp-unseen";
    one.setAttribute("role", "status");
  });
  placed("zp-skip", "button", (one) => {
    one.type = "button";
    one.className = "zp-skip";
    one.textContent = "跳到正文";
    one.addEventListener("click", toMain);
  });
  if (data.said && status.textContent !== data.said) status.textContent = data.said;
}
