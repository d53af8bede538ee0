// Before Gradio starts: the page is Chinese, and English for those who chose it. Gradio asks the browser for its language.
(() => {
  const asked = new URLSearchParams(location.search).get("lang");
  if (asked === "en" || asked === "zh-CN") localStorage.setItem("mingzhang-language", asked);
  const language = localStorage.getItem("mingzhang-language") === "en" ? "en" : "zh-CN";
  Object.defineProperty(navigator, "language", { get: () => language });
  Object.defineProperty(navigator, "languages", { get: () => [language] });
  document.documentElement.lang = language;
})();
