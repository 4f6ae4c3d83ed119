"use strict";
/* Without a script the page lists every figure; with it, those that hold what is typed. */

const byId = id => document.getElementById(id);
const query = byId("query"), all = byId("all"), count = byId("count");
const figures = [...byId("results").children].map(item => [item, item.textContent.toLowerCase()]);

query.addEventListener("input", () => {
  const wanted = query.value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const [item, text] of figures) {
    item.hidden = !wanted.every(word => text.includes(word));
    found += !item.hidden;
  }
  all.open = wanted.length > 0 && found > 0;
  count.textContent = wanted.length ? `${found} 个` : "";
});
byId("finding").hidden = false;
