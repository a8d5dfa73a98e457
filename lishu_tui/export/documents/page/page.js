"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const main = $("_text"), pop = $("_pop"), box = $("_q"), count = $("_count");
  const radios = (name) => [...document.querySelectorAll(`input[name=${name}]`)];
  const chosen = (name) => radios(name).filter((r) => r.checked && !r.defaultChecked).map((r) => r.value).join();
  const choose = (name, value) => radios(name).forEach((r) => { if (r.value === value) r.checked = true; });
  const cycle = (name) => {
    const all = radios(name), at = all.findIndex((r) => r.checked);
    if (all.length) { all[(at + 1) % all.length].checked = true; changed(); }
  };

  // The place and what is shown are kept in the address of the page and nowhere else: #PLACE~READING~ENGLISH, each as
  // far as it is not what the page begins with.
  let place = "";
  const keep = () => {
    const state = [place, chosen("reading"), chosen("english")].join("~").replace(/~+$/, "");
    if (location.hash.slice(1) === encodeURI(state)) return;
    try { history.replaceState(null, "", "#" + encodeURI(state)); } catch { /* a page that may not keep it */ }
  };
  const shown = (e) => e.getClientRects().length > 0;
  const here = (id) => {
    const all = [$(id), ...document.querySelectorAll(`[data-at="${CSS.escape(id)}"]`)].filter((e) => e);
    return all.find(shown) || (id.includes(":") ? here(id.split(":")[0]) : all[0]);
  };
  const go = (id) => {
    document.querySelectorAll(".here").forEach((e) => e.classList.remove("here"));
    const found = id && here(id);
    if (!found) return;
    if (found !== main) found.classList.add("here");
    if (!found.hasAttribute("tabindex")) found.tabIndex = -1;
    found.focus({ preventScroll: true });
    found.scrollIntoView({ block: found.tagName === "SECTION" ? "start" : "center" });
  };
  const read = () => {
    let hash = location.hash.slice(1);
    try { hash = decodeURIComponent(hash); } catch { /* as it is */ }
    const [id, reading, english] = hash.split("~");
    place = id;
    if (reading) choose("reading", reading);
    if (english) choose("english", english);
    go(id);
    keep();
    if (box.value) find(false);
  };
  const changed = () => { keep(); hide(); if (box.value) find(false); };
  addEventListener("hashchange", read);
  document.addEventListener("change", (e) => { if (e.target.type === "radio") changed(); });
  document.addEventListener("click", (e) => {
    const link = e.target.closest('a[href^="#"]');
    if (link && !link.dataset.e && decodeURIComponent(link.hash.slice(1)) === place) go(place);
  });

  // Evidence: by hovering, by focus, by tapping.
  let pinned = null, timer = 0, of = null;
  const hide = () => {
    clearTimeout(timer);
    if (of) of.removeAttribute("aria-describedby");
    pinned = of = null;
    if (pop.matches(":popover-open")) pop.hidePopover();
  };
  const show = (link) => {
    if (of === link) return;
    hide();
    of = link;
    pop.replaceChildren(...link.dataset.e.split(" ").flatMap((id) => [...$(id).cloneNode(true).childNodes]));
    pop.showPopover();
    link.setAttribute("aria-describedby", "_pop");
    put();
  };
  const put = () => {
    const at = of.getClientRects()[0], size = pop.getBoundingClientRect(), edge = 8;
    const below = at.bottom + edge + size.height < innerHeight || at.top < size.height + edge;
    pop.style.top = `${below ? at.bottom + edge : at.top - size.height - edge}px`;
    pop.style.left = `${Math.max(edge, Math.min(at.left, innerWidth - size.width - edge))}px`;
  };
  if ("showPopover" in HTMLElement.prototype) {
    const marked = (e) => e.target.closest && e.target.closest("[data-e]");
    const hushed = (link) => link.classList.contains("g") && !$("_changes").checked;
    main.addEventListener("click", (e) => {
      const link = marked(e);
      if (!link || hushed(link)) { if (link) e.preventDefault(); return; }
      e.preventDefault();
      if (pinned === link) { hide(); return; }
      show(link);
      pinned = link;
    });
    main.addEventListener("pointerover", (e) => {
      const link = marked(e);
      if (!link || e.pointerType !== "mouse" || pinned || hushed(link)) return;
      clearTimeout(timer);
      timer = setTimeout(() => show(link), 120);
    });
    const leave = () => { clearTimeout(timer); if (!pinned) timer = setTimeout(hide, 250); };
    main.addEventListener("pointerout", (e) => { if (marked(e)) leave(); });
    pop.addEventListener("pointerover", () => clearTimeout(timer));
    pop.addEventListener("pointerleave", leave);
    main.addEventListener("focusin", (e) => { const link = marked(e); if (link && link.matches(":focus-visible")) show(link); });
    main.addEventListener("focusout", (e) => { if (marked(e)) hide(); });
    document.addEventListener("click", (e) => { if (!marked(e) && !pop.contains(e.target)) hide(); });
    addEventListener("scroll", () => { if (of) put(); }, { passive: true });
  }

  // Search, blind to script: what is folded alike is alike, and what the eye does not read is left out.
  const fold = new Map();
  for (const group of JSON.parse($("_fold").textContent)) {
    const [one, ...others] = group;
    others.forEach((other) => fold.set(other, one));
  }
  const SPACE = /\s/u, UNSEEN = /\p{Default_Ignorable_Code_Point}|\p{Cc}/u, LETTER = /[\p{L}\p{N}]/u;
  const CLOSE = /[\u2e80-\u312f\u31a0-\u31ff\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  const apart = (c) => LETTER.test(c) && !CLOSE.test(c);
  const compact = (text) => {
    let made = "", last = "", gap = -1, i = 0;
    const from = [], to = [];
    for (const c of text) {
      const f = fold.get(c) || c;
      if (SPACE.test(f)) { if (gap < 0) gap = i; } else if (!UNSEEN.test(c)) {
        if (gap >= 0 && last && apart(last) && apart(f)) { made += " "; from.push(gap); to.push(gap + 1); }
        for (let k = 0; k < f.length; k++) { from.push(i); to.push(i + c.length); }
        made += f; last = f; gap = -1;
      }
      i += c.length;
    }
    return { made, from, to };
  };
  const kept = new WeakMap();
  const indexed = (e) => {
    if (!kept.has(e)) {
      const walker = document.createTreeWalker(e, NodeFilter.SHOW_TEXT), nodes = [], starts = [];
      let text = "";
      while (walker.nextNode()) { nodes.push(walker.currentNode); starts.push(text.length); text += walker.currentNode.data; }
      kept.set(e, { ...compact(text), nodes, starts });
    }
    return kept.get(e);
  };
  const point = (index, offset, end) => {
    let n = index.starts.length - 1;
    while (n > 0 && (end ? index.starts[n] >= offset : index.starts[n] > offset)) n--;
    return [index.nodes[n], offset - index.starts[n]];
  };
  let hits = [], now = -1;
  const light = () => {
    count.textContent = box.value ? (hits.length ? `${now + 1}/${hits.length}` : "0") : "";
    if (typeof Highlight === "undefined") return;
    CSS.highlights.set("hit", new Highlight(...hits));
    CSS.highlights.set("now", new Highlight(...hits.slice(now, now + 1)));
  };
  const step = (by, move = true) => {
    if (!hits.length) return;
    now = (now + by + hits.length) % hits.length;
    light();
    const hit = hits[now];
    if (typeof Highlight === "undefined") { getSelection().removeAllRanges(); getSelection().addRange(hit); }
    if (move) hit.startContainer.parentElement.scrollIntoView({ block: "center" });
  };
  const find = (move) => {
    hits = []; now = -1;
    const needle = compact(box.value).made;
    for (const e of needle ? main.querySelectorAll(".r, .english") : []) {
      if (!shown(e)) continue;
      const index = indexed(e);
      for (let at = index.made.indexOf(needle); at >= 0; at = index.made.indexOf(needle, at + needle.length)) {
        const hit = new Range();
        hit.setStart(...point(index, index.from[at], false));
        hit.setEnd(...point(index, index.to[at + needle.length - 1], true));
        hits.push(hit);
      }
    }
    if (hits.length) step(1, move); else light();
  };
  $("_search").hidden = false;
  let typing = 0;
  box.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(() => find(true), 120); });
  $("_next").addEventListener("click", () => step(1));
  $("_previous").addEventListener("click", () => step(-1));

  document.addEventListener("keydown", (e) => {
    if (e.isComposing || e.ctrlKey || e.altKey || e.metaKey) return;
    if (e.key === "Escape") { hide(); if (e.target === box) { box.value = ""; find(false); box.blur(); } return; }
    if (e.target === box) { if (e.key === "Enter") { e.preventDefault(); step(e.shiftKey ? -1 : 1); } return; }
    if (e.key === "n") step(1);
    else if (e.key === "p") step(-1);
    else if (e.key === "t") cycle("reading");
    else if (e.key === "e") cycle("english");
    else if (e.key === "/") { e.preventDefault(); box.focus(); }
  });
  read();
})();
