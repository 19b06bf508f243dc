// What scripts add to every page. Everything works without them.
import { start as keys } from "./keys.js";
import { start as copying } from "./copying.js";

keys();
copying();

// Parts that only some pages have load only there.
if (document.querySelector(".reading")) import("./reading.js").then((part) => part.start());
if (document.querySelector(".desk")) import("./desk.js").then((part) => part.start());
if (document.querySelector(".diff")) import("./diff.js").then((part) => part.start());
document.documentElement.classList.add("js");
