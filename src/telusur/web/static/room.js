// What scripts add to every page. Everything works without them.
import { start as keys } from "./keys.js";
import { start as copying } from "./copying.js";

keys();
copying();

// Parts that only some pages have load only there. Once all are there, the page says so.
const PARTS = {
  ".reading": "./reading.js",
  ".desk": "./desk.js",
  ".stretch": "./stretch.js",
  ".diff": "./diff.js",
};
const wanted = Object.keys(PARTS).filter((selector) => document.querySelector(selector));
Promise.all(wanted.map((selector) => import(PARTS[selector]).then((part) => part.start()))).then(() => document.documentElement.classList.add("js"));
