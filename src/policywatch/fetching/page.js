// Run inside a rendered page: async (task) => result. Tasks: measure, scroll, open, serialise.
async (task) => {
  const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  const words = (node) => (node?.textContent ?? "").trim().length;

  // How much there is by now; the same twice means that the page stands still.
  function measure() {
    return {
      loading: document.readyState === "loading",
      text: words(document.body),
      elements: document.getElementsByTagName("*").length,
    };
  }

  // Pass over the whole page as a reader would, for what loads only when it comes into view.
  async function scroll() {
    const inner = [...document.querySelectorAll("main, article, section, div")].filter(
      (box) => box.scrollHeight > box.clientHeight + 200 && /auto|scroll/.test(getComputedStyle(box).overflowY),
    );
    for (const box of [document.scrollingElement, ...inner.slice(0, 3)]) {
      if (!box) continue;
      for (let step = 0; step < 200; step++) {
        const before = box.scrollTop;
        box.scrollTop += Math.max(box.clientHeight, 300) * 0.9;
        await pause(15);
        if (box.scrollTop === before) {
          await pause(100); // what came into view last may make the page longer
          box.scrollTop += 300;
          if (box.scrollTop === before) break;
        }
      }
      box.scrollTop = 0;
    }
  }

  // Open what is folded up. Some accordions keep one panel open at a time and throw the others away, so each panel's
  // content is kept, and put back where it is missing in the end.
  async function open() {
    document.querySelectorAll("details:not([open])").forEach((one) => (one.open = true));
    const main = document.querySelector("main, [role=main]") ?? document.querySelector("article") ?? document.body;
    const elsewhere =
      "nav, form, dialog, [role=navigation], [role=dialog], [role=alertdialog], [role=search], [role=menu]" +
      (main === document.body ? ", header, footer, aside, [role=banner], [role=contentinfo]" : "");
    const handles = [...main.querySelectorAll('[aria-expanded="false"]')].filter(
      (one) =>
        !one.closest(elsewhere) &&
        !one.matches("input, select, textarea, [aria-haspopup]:not([aria-haspopup=false]), a[href]:not([href^='#'])"),
    );
    const place = (handle) => handle.closest("h1, h2, h3, h4, h5, h6, dt, summary") ?? handle;
    const panelOf = (handle) => {
      const id = handle.getAttribute("aria-controls");
      return id ? document.getElementById(id) : place(handle).nextElementSibling;
    };
    const kept = [];
    const end = performance.now() + 6000;
    for (const handle of handles.slice(0, 300)) {
      if (performance.now() > end) break;
      if (handle.getAttribute("aria-expanded") !== "false") continue;
      handle.click();
      for (let wait = 0; wait < 10 && !words(panelOf(handle)); wait++) await pause(25);
      const panel = panelOf(handle);
      if (words(panel)) kept.push({ handle, html: panel.innerHTML, size: words(panel) });
    }
    await pause(50);
    for (const { handle, html, size } of kept) {
      if (!handle.isConnected || words(panelOf(handle)) >= size / 2) continue;
      const box = document.createElement("div");
      box.innerHTML = html;
      place(handle).after(box);
    }
  }

  // The page as it is composed: shadow trees and frames in their places, as one document without them.
  function serialise() {
    const inert = document.implementation.createHTMLDocument("");
    const copy = (node) => {
      if (node.nodeName === "SLOT" && node.assignedNodes) {
        const given = node.assignedNodes();
        return (given.length ? given : [...node.childNodes]).flatMap(copy);
      }
      const framed = node.nodeName === "IFRAME" && node.policywatchContent;
      if (framed) {
        const box = inert.createElement("div");
        box.append(...new DOMParser().parseFromString(framed, "text/html").body.childNodes);
        return [box];
      }
      const twin = inert.importNode(node, false);
      const children = (node.shadowRoot ?? node).childNodes;
      if (node.nodeName === "TEMPLATE") twin.innerHTML = node.innerHTML;
      else for (const child of children) twin.append(...copy(child));
      return [twin];
    };
    const [root] = copy(document.documentElement);
    return { text: words(root.querySelector("body")), html: `<!DOCTYPE html>\n${root.outerHTML}` };
  }

  return await { measure, scroll, open, serialise }[task]();
}
