// A demo server on ports of its own, and a browser.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

export const top = new URL("../../", import.meta.url).pathname;
const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

// The demo takes a port for the Shell and the next one for the sample website: both must be free.
const held = (at) =>
  new Promise((done) => {
    const server = createServer().listen(at, "127.0.0.1", () => done(server));
    server.on("error", () => done(undefined));
  });

async function port() {
  for (;;) {
    const first = await held(0);
    const { port } = first.address();
    const second = port < 65535 ? await held(port + 1) : undefined;
    await Promise.all([first, second].map((server) => server && new Promise((closed) => server.close(closed))));
    if (second) return port;
  }
}

const chromiumArgs = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

// Chromium, with more arguments where a test needs them.
export const chromiumWith = ({ args = [], ...options } = {}) =>
  chromium.launch({ executablePath: "/usr/bin/chromium", args: [...chromiumArgs, ...args], ...options });

export async function world(options = []) {
  const data = mkdtempSync(join(tmpdir(), "keepwell-browser-"));
  const at = await port();
  const server = spawn(join(top, "target/debug/keepwell"), ["demo", "--address", `127.0.0.1:${at}`, "--data", data, ...options],
    { env: { ...process.env, NO_COLOR: "1", KEEPWELL_LOG: "keepwell=trace,keepwell_core=trace,keepwell_platform=trace,keepwell_web=trace,info" } });
  let said = "";
  await new Promise((ready, failed) => {
    const listen = (part) => {
      said += part;
      if (said.includes("Ctrl-C")) ready();
    };
    server.stdout.on("data", listen);
    server.stderr.on("data", listen);
    server.on("exit", () => failed(new Error(`the demo ended: ${said}`)));
  });
  const browser = await chromiumWith();
  return {
    shell: `http://localhost:${at}`,
    website: `http://localhost:${at + 1}`,
    data,
    // What the server has logged so far, and printed.
    said: () => said,
    // A command beside the running server; what it printed.
    keepwell: (...words) =>
      execFileSync(join(top, "target/debug/keepwell"), [...words, "--data", data], { encoding: "utf8" }),
    browser,
    async close() {
      await browser.close();
      server.removeAllListeners("exit");
      const gone = new Promise((done) => server.once("exit", done));
      server.kill("SIGINT");
      const code = await gone;
      rmSync(data, { recursive: true, force: true });
      assert.equal(code, 0, "Ctrl-C stops the server cleanly");
    },
  };
}

export const robin = { email: "robin@example.org", password: "tea by the window" };

// What axe finds that is serious. The page's own policy forbids scripts that are put into it; axe runs beside the page.
async function findings(page) {
  const found = await page.evaluate(`(() => { ${axe}; return axe.run(document, { resultTypes: ["violations"] }); })()`);
  return found.violations.filter((v) => ["serious", "critical"].includes(v.impact));
}

// The page has no serious finding by axe, does not scroll sideways, and leaves its picture.
export async function look(page, name, { scripts = true } = {}) {
  if (scripts) {
    // A page that is still being painted has links of the browser's own colour; a finding is one that stays.
    let serious = await findings(page);
    if (serious.length > 0) {
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      serious = await findings(page);
    }
    assert.deepEqual(serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" ")}`), [], name);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    assert.equal(wide, false, `${name} scrolls sideways`);
  }
  await page.screenshot({ path: join(top, "target/browser", `${name}.png`), fullPage: true });
}

// Presses Enter and waits for the page that comes of it.
export async function enter(page) {
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
}

export async function signIn(page, password = robin.password) {
  await page.getByLabel("E-mail").fill(robin.email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await enter(page);
}
