// Runs once, when the evidence panel is drawn first (`element`: the quote's node, `trigger`: Gradio's events of it, 'click' among them).
const english = navigator.language === "en";
document.documentElement.lang = navigator.language;

// The other language, by opening the page again: Gradio takes its own only at the start.
document.addEventListener("click", (event) => {
  if (!event.target.closest(".mz-tongue")) return;
  localStorage.setItem("mingzhang-language", english ? "zh-CN" : "en");
  location.search = "";
  location.reload();
});

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

// What can be done with an answer.
const ACTS = {
  again: () => trigger("again", {}),
  good: (act) => trigger("judge", { turn: Number(act.dataset.turn), good: true }),
  bad: (act) => trigger("judge", { turn: Number(act.dataset.turn), good: false }),
  copy: async (act) => {
    await copied(act.dataset.copy);
    const label = act.querySelector("[data-en], [data-zh]") ?? act;
    const before = label.textContent;
    label.textContent = english ? "Copied" : "已复制";
    setTimeout(() => { label.textContent = before; }, 1500);
  },
};
document.addEventListener("click", (event) => {
  const act = event.target.closest("[data-act]");
  if (act) ACTS[act.dataset.act]?.(act);
});

// Browsers keep the clipboard from pages that come from another machine without encryption; the old way still works there.
const copied = async (text) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
};

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
const NAMES = english ? { user: "Question", bot: "Answer" } : { user: "问题", bot: "回答" };
const named = () => {
  document.querySelectorAll("#mz-chat :is([data-testid=user], [data-testid=bot])").forEach((message) => {
    if (message.getAttribute("aria-label") !== NAMES[message.dataset.testid]) {
      message.setAttribute("aria-label", NAMES[message.dataset.testid]);
    }
  });
  document.querySelectorAll("#mz-chat .examples[role=list]").forEach((row) => row.setAttribute("role", "group"));
};

// Vega's text and the chooser of citations have no markup of ours: their words are told by the page's head.
const WORDS = JSON.parse(document.querySelector("#mz-words")?.dataset.words ?? "{}");
const changed = (node, text) => { if (node.textContent !== text) node.textContent = text; };
const drawn = () => {
  document.querySelectorAll(".gradio-container svg.marks text").forEach((text) => changed(text, WORDS[text.textContent] ?? text.textContent));
  document.querySelectorAll("#vg-tooltip-element td").forEach((text) => changed(text, WORDS[text.textContent.trim()] ?? text.textContent));
  document.querySelectorAll(".vega-embed[aria-label], .vega-embed svg.marks [aria-label]").forEach((mark) => {
    const label = mark.getAttribute("aria-label"), told = label.split(/( · |：(?=[^：]*$))/).map((word) => WORDS[word] ?? word);
    if (WORDS[mark.ariaRoleDescription]) mark.ariaRoleDescription = WORDS[mark.ariaRoleDescription];
    if (told.join("") !== label) mark.setAttribute("aria-label", told.join("").replace("：", ": "));
  });
  document.querySelectorAll("#mz-citations label span").forEach((text) => changed(text, text.textContent.replace(/第 (\d+) 页/, "page $1")));
};

// What Gradio says by itself, it says in English. A toast's title stands in it as a text of its own.
const TOASTS = [
  [/^Error$/, "没有完成"],
  [/^Info$/, "提示"],
  [/^Warning$/, "请留意"],
  [/^Invalid file type: (.*)\. Only (.*) allowed\.$/, "「$1」：这里只收 $2 文件"],
  [/^File\(s\) exceed the maximum allowed size of (.*) Mb: (.*)$/, "$2：文件太大，上限 $1 MB"],
  [/^Connection to the server was lost\..*$/, "与服务器的连接断了；服务恢复后请刷新网页"],
  [/^Connection errored out\.$/, "连不上服务器；服务恢复后请刷新网页"],
];
const toasts = () => {
  const texts = document.createTreeWalker(document.querySelector(".toast-wrap") ?? document.createElement("p"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const said = texts.currentNode.data.trim();
    const known = TOASTS.find(([pattern]) => pattern.test(said));
    if (known) texts.currentNode.data = said.replace(...known);
  }
};

// Drawn words carry their English: `data-en` for the text, `data-en-NAME` for the attribute NAME.
const ATTRIBUTES = ["alt", "aria-label", "data-label", "data-sure"];
const translated = () => {
  if (!english) return;
  document.querySelectorAll("[data-en]").forEach((word) => {
    word.textContent = word.dataset.en;
    word.removeAttribute("data-en");
  });
  drawn();
  ATTRIBUTES.forEach((name) => {
    document.querySelectorAll(`[data-en-${name}]`).forEach((element) => {
      element.setAttribute(name, element.getAttribute(`data-en-${name}`));
      element.removeAttribute(`data-en-${name}`);
    });
  });
};

// The chat may be drawn after this panel, hence the whole body. Gradio changes drawn HTML in place: attributes come back too.
const settled = () => { named(); translated(); if (!english) toasts(); };
const attributeFilter = ["data-en", ...ATTRIBUTES.map((name) => `data-en-${name}`)];
new MutationObserver(settled).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter });
settled();
