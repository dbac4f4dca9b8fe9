// Every page of the Shell: found by its links, and none forgotten, for the router's source says which there are.
// Each on a phone, a tablet and a desk, in light and dark, at twice the size of letters, by keyboard, by axe.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { clinic } from "./clinic.mjs";
import { chromiumWith, robin, signIn, top, world } from "./world.mjs";

const ALLERGY = "52bf9104-2c5e-4f1f-a66d-552ebcc53df7";
const MEDICATION = "30cafccc-047d-4288-94ef-643571f7919d";
const CONDITION = "7ea7a1f9-880b-4bd4-b593-f5660f20eda8";
const STEPS = "7b0d5f3e-92c4-4a18-b6d7-3e5f8a1c9d24";

// Pages within a visit, which other tests walk through and look at.
const IN_A_VISIT = {
  "/visit": "mobile", "/consent": "connect, mobile", "/application/complete": "mobile",
  "/connect/question": "connect-code", "/connect/package": "pick-up", "/records/edit": "web/tests/shell/targets.rs",
  "/redirect.aspx": "connect", "/patientwelcome.aspx": "connect-code",
  // Those that only a password, a letter, a passkey, a closed record or an optional rule leads to.
  "/sign-in/code": "second-step", "/account/prove": "second-step", "/sign-in/passkey": "passkeys",
  "/sign-up/passkey": "passkeys", "/account/passkeys/{passkey}": "passkeys", "/email/new": "closure",
  "/email/undo": "closure", "/account/leaving": "closure",
  "/records/{record}/apps/{app}/change": "closure",
};
// What is no page.
const FILES = [/^\/records\/[^/]+\/picture$/, /\/activity\/(csv|json)$/, /\/attachments\//, /^\/documents\//, /\/readings$/, /^\/help\.aspx$/];

// The addresses that the router answers, those with fewer names in them first.
const paths = readFileSync(join(top, "web/src/paths.rs"), "utf8");
const routes = readFileSync(join(top, "web/src/shell.rs"), "utf8").split("pub fn router(")[1].split(".route(").slice(1)
  .filter((route) => /\bget\(/.test(route))
  .map((route) => route.split(",")[0].trim())
  .map((address) => address.startsWith("paths::")
    ? paths.match(new RegExp(`pub const ${address.slice(7)}: &str = "([^"]*)"`))[1]
    : address.replaceAll('"', ""))
  .sort((one, other) => one.split("{").length - other.split("{").length);
const pattern = (route) => new RegExp(`^${route.replaceAll(/\{\w+\}/g, "[^/]+").replaceAll(".", "\\.")}$`);
const routeOf = (url) => routes.find((route) => pattern(route).test(new URL(url).pathname));
// Of pages that look alike a few are enough.
const most = (route) => (/\{(kind|item)\}$/.test(route) ? 3 : 1);

const sizes = [["phone", 360, 740], ["tablet", 820, 1180], ["desk", 1280, 900]];
// Half of the widths, at which a page is read at 200 %, and the narrowest that must do.
const halves = [320, 410, 640];
const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

let w;
// What two phones of Robin's would open.
let phones;
before(async () => {
  w = await world();
  const { put } = await clinic(w);
  const long = "Benzylpenicillinbenzathinepenicillinoicacid".repeat(3);
  await put(ALLERGY, `<allergy><name><text>${long}</text></name><reaction><text>Hives, and a text that goes on for as long as a doctor writes when nobody stops them: ${"word ".repeat(60)}</text></reaction></allergy>`, []);
  await put(MEDICATION, "<medication><name><text>Lisinopril</text></name><dose><display>1 tablet</display></dose></medication>", []);
  await put(CONDITION, "<condition><name><text>Asthma</text></name></condition>", [["a letter with a very long name that somebody chose without a thought for phones.txt", "text/plain", Buffer.from("Dear Robin")]]);
  phones = ["phone", "tablet"].map((name) => {
    const file = join(w.data, `${name}.json`);
    const said = execFileSync(join(top, "target/debug/keepwell"), ["device", "new", `Robin’s ${name} `.repeat(3).trim(), "--server", w.shell, "--app", STEPS, "--file", file, "--no-wait"], { encoding: "utf8" });
    return /^\s+(http\S+)$/m.exec(said)[1];
  });
});
after(() => w.close());

const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

// Presses Tab through the page: each stop is seen to have the focus, and the way leads out again.
async function tabThrough(page, place) {
  await page.evaluate(() => { document.activeElement?.blur(); window.scrollTo(0, 0); });
  const stops = await page.evaluate(() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")].length);
  const seen = new Set();
  for (let pressed = 0; pressed <= stops + 5; pressed++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return null;
      window.stops ??= new Map();
      if (!window.stops.has(at)) window.stops.set(at, window.stops.size);
      // What is drawn may be the label of a box.
      const drawn = [at, at.nextElementSibling, at.closest("label")].filter(Boolean).map((one) => getComputedStyle(one));
      const visible = drawn.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
      const box = at.getBoundingClientRect();
      return { number: window.stops.get(at), visible, inSight: box.bottom > 0 && box.top < window.innerHeight, html: at.outerHTML.slice(0, 200) };
    });
    if (!at || seen.has(at.number)) return seen.size;
    assert.ok(at.visible, `${place}: the focus is not seen on ${at.html}`);
    assert.ok(at.inSight, `${place}: the focus is out of sight on ${at.html}`);
    seen.add(at.number);
  }
  assert.fail(`${place}: the focus does not come round`);
}

async function serious(page, place) {
  const found = await page.evaluate(`axe.run(document, { resultTypes: ["violations"] })`);
  const bad = found.violations.filter((v) => ["serious", "critical"].includes(v.impact));
  assert.deepEqual(bad.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" ")}`), [], place);
}

// All that is asked of one page. Its address has been opened.
async function lookAt(page, name) {
  await page.evaluate(axe);
  for (const [size, width, height] of sizes) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      assert.ok((await sideways(page)) <= 0, `${name} scrolls sideways on a ${size}`);
      if (`${size} ${colorScheme}` in { "phone light": 0, "desk dark": 0 }) await serious(page, `${name} on a ${size}, ${colorScheme}`);
    }
    const colorScheme = size === "tablet" ? "dark" : "light";
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.screenshot({ path: join(top, "target/browser", `every-${name}-${size}-${colorScheme}.png`), fullPage: true });
  }
  for (const width of halves) {
    await page.setViewportSize({ width, height: 450 });
    assert.ok((await sideways(page)) <= 0, `${name} scrolls sideways at ${width}`);
  }
  const moves = await page.evaluate(() => document.getAnimations().length +
    [...document.querySelectorAll("body *")].filter((one) => parseFloat(getComputedStyle(one).transitionDuration) > 0).length);
  assert.equal(moves, 0, `${name} moves for who wants nothing to move`);
  await page.setViewportSize({ width: 360, height: 740 });
  await tabThrough(page, name);
}

// A page that tells everything that is wrong with it.
async function watched(context) {
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send("Network.enable");
  await cdp.send("Network.setCacheDisabled", { cacheDisabled: true });
  const kept = { wrong: [], bytes: 0 };
  cdp.on("Network.loadingFinished", ({ encodedDataLength }) => (kept.bytes += encodedDataLength));
  page.on("request", (r) => {
    if (!r.url().startsWith(w.shell) && !r.url().startsWith("data:")) kept.wrong.push(`asks ${r.url()}`);
  });
  page.on("response", (r) => {
    if (r.status() >= 400) kept.wrong.push(`${r.status()} at ${r.url()}`);
  });
  page.on("console", (said) => {
    if (["error", "warning"].includes(said.type())) kept.wrong.push(said.text());
  });
  page.on("pageerror", (error) => kept.wrong.push(String(error)));
  return { page, kept };
}

async function open({ page, kept }, url) {
  kept.bytes = 0;
  kept.wrong.length = 0;
  await page.goto(url, { waitUntil: "load" });
}

function assertClean(kept, name) {
  assert.deepEqual(kept.wrong, [], name);
  assert.ok(kept.bytes < 100_000, `${name} has ${kept.bytes} bytes`);
}

const named = (route, count) => `${route.replaceAll(/[{}]/g, "").replaceAll("/", "-").replace(/^-/, "") || "home"}${count > 1 ? `-${count}` : ""}`;

test("every page is fit for every screen, eye and hand", async () => {
  const context = await w.browser.newContext();
  const watch = await watched(context);
  const { page, kept } = watch;
  const seen = new Map();
  const look = async (url) => {
    const route = routeOf(url);
    const count = (seen.get(route) ?? 0) + 1;
    seen.set(route, count);
    await open(watch, url);
    assertClean(kept, url);
    await lookAt(page, named(route, count));
  };
  for (const path of ["/sign-in", "/sign-up", "/password/forgot", "/confirm", "/terms", "/privacy", "/help", "/connect"]) await look(w.shell + path);
  await open(watch, `${w.shell}/nowhere`);
  kept.wrong.length = 0;
  await lookAt(page, "nothing-here");

  await page.goto(`${w.shell}/sign-in`);
  await signIn(page);
  for (const address of phones) {
    await page.goto(address);
    await page.getByRole("button", { name: /^Allow/ }).click();
    await page.getByRole("heading", { name: "All done" }).waitFor();
  }
  await page.goto(w.shell);
  await page.getByRole("link", { name: /^Open/ }).first().click();
  await page.getByRole("link", { name: /Lisinopril/ }).first().click();
  await page.getByRole("link", { name: "Change this item" }).click();
  await page.locator("form summary").first().click();
  await page.locator("[name='common.note']").fill("After breakfast");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Changed. The version before is kept below.").waitFor();
  const links = () => page.evaluate(() => [...document.querySelectorAll("a[href]")].map((a) => a.href));
  const queue = ["/", "/password/new", "/records/new"].map((path) => w.shell + path);
  const queued = new Set(queue);
  while (queue.length) {
    const url = queue.shift();
    const route = routeOf(url);
    if ((seen.get(route) ?? 0) >= most(route)) continue;
    await look(url);
    for (const link of await links()) {
      const plain = link.split("#")[0];
      if (!plain.startsWith(w.shell) || queued.has(plain)) continue;
      const path = new URL(plain).pathname;
      const to = routeOf(plain);
      assert.ok(to || path.startsWith("/assets/"), `${url} leads to ${plain}, which is nothing`);
      if (!to || FILES.some((file) => file.test(path)) || IN_A_VISIT[to]) continue;
      queued.add(plain);
      queue.push(plain);
    }
  }
  const missed = routes.filter((route) => !seen.has(route) && !IN_A_VISIT[route] && !FILES.some((file) => file.test(route)));
  assert.deepEqual(missed, [], "no link leads to these pages");
  await context.close();
});

test("after signing out the back button shows nothing of a record", async () => {
  // As eager as a browser can be to keep pages for the way back.
  const browser = await chromiumWith({
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
    args: ["--enable-features=BackForwardCache,CacheControlNoStoreEnterBackForwardCache"],
  });
  try {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${w.shell}/sign-in`);
    await signIn(page);
    await page.getByRole("link", { name: /^Open/ }).first().click();
    await page.getByRole("link", { name: "Timeline" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: /signed out/i }).waitFor();
    for (let back = 0; back < 3; back++) {
      await page.goBack();
      const said = await page.locator("body").innerText();
      for (const private_ of ["Lisinopril", "Timeline", "Robin"]) assert.ok(!said.includes(private_), `${page.url()} shows ${private_}`);
    }
  } finally {
    await browser.close();
  }
});
