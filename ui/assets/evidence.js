// Runs once, when the evidence panel is drawn first (`element`: the quote's node, `trigger`: Gradio's event of it).
document.documentElement.lang = "zh-CN";

// A citation mark anywhere on the page is an event of the panel.
document.addEventListener("click", (event) => {
  const mark = event.target.closest(".mz-mark");
  if (!mark) return;
  document.querySelectorAll(".mz-mark.mz-current").forEach((other) => other.classList.remove("mz-current"));
  mark.classList.add("mz-current");
  trigger("click", { turn: Number(mark.dataset.turn), n: Number(mark.dataset.n) });
  const panel = element.closest(".mz-panel");
  // On a phone the panel stands below the chat.
  if (panel && panel.getBoundingClientRect().top > window.innerHeight * 0.7) {
    panel.scrollIntoView({ behavior: "smooth", block: "start" });
  }
});

// A page's picture comes up scrolled to its highlighted quote; data-focus is the quote's left and top edge in
// pixels of the picture.
document.addEventListener(
  "load",
  (event) => {
    const page = event.target.parentElement;
    if (!page || !page.classList.contains("mz-page")) return;
    const image = event.target;
    page.classList.toggle("mz-wide", image.naturalWidth > image.naturalHeight);
    if (!page.dataset.focus) return;
    const scale = image.clientHeight / image.naturalHeight;
    const [left, top] = page.dataset.focus.split(",").map((pixels) => Number(pixels) * scale);
    page.scrollTop = Math.max(0, top - page.clientHeight / 3);
    page.scrollLeft = Math.max(0, left - 16);
  },
  true,
);

// A text file has no pages to draw.
document.addEventListener(
  "error",
  (event) => {
    const page = event.target.parentElement;
    if (page && page.classList.contains("mz-page")) page.classList.add("mz-nopicture");
  },
  true,
);

const zoom = (event) => {
  const page = event.target.closest(".mz-page");
  if (page) page.classList.toggle("mz-zoomed");
};
document.addEventListener("click", zoom);
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter") zoom(event);
});

// The chat names each message by its whole source, and calls its row of example buttons a list; a screen reader should hear who
// speaks, and then the text.
const NAMES = { user: "问题", bot: "回答" };
const named = () => {
  document.querySelectorAll("#mz-chat :is([data-testid=user], [data-testid=bot])").forEach((message) => {
    if (message.getAttribute("aria-label") !== NAMES[message.dataset.testid]) {
      message.setAttribute("aria-label", NAMES[message.dataset.testid]);
    }
  });
  document.querySelectorAll("#mz-chat .examples[role=list]").forEach((row) => row.setAttribute("role", "group"));
};
// The chat may be drawn after this panel, hence the whole body.
new MutationObserver(named).observe(document.body, { childList: true, subtree: true });
named();
