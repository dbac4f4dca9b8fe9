// A phone that "keepwell device" plays, with its browser: let in, refused, used again, cut off.

import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { join } from "node:path";
import assert from "node:assert/strict";
import { enter, look as lookAt, signIn, world } from "./world.mjs";

const STEPS = "7b0d5f3e-92c4-4a18-b6d7-3e5f8a1c9d24";
const top = new URL("../../", import.meta.url).pathname;

let w;
before(async () => {
  w = await world();
});
after(() => w.close());

const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
const looks = [
  ["mobile-light", { ...phone, colorScheme: "light" }],
  ["mobile-dark", { ...phone, colorScheme: "dark" }],
  ["mobile-without-scripts", { ...phone, javaScriptEnabled: false }],
];

const keepwell = (...words) => execFileSync(join(top, "target/debug/keepwell"), words, { encoding: "utf8", stdio: "pipe" });

// A device that asks to be let in: its file, and the address that it would open.
function device(name) {
  const file = join(w.data, `${name.replaceAll(/\W/g, "-")}.json`);
  const said = keepwell("device", "new", name, "--server", w.shell, "--app", STEPS, "--file", file, "--no-wait");
  return { file, address: /^\s+(http\S+)$/m.exec(said)[1] };
}

// What each SDK watches: every response, and every address that the browser goes to.
function watch(page) {
  const addresses = [];
  page.on("response", (r) => assert.ok(r.status() < 400, `${r.status()} at ${r.url()}`));
  page.on("framenavigated", (frame) => addresses.push(frame.url()));
  return {
    addresses,
    endsOnce() {
      const ends = addresses.filter((url) => url.toLowerCase().includes("complete"));
      assert.deepEqual(ends, addresses.slice(-1), "no other address says that it is over");
      return new URL(ends[0]);
    },
  };
}

const heading = (page) => page.getByRole("heading", { level: 1 }).innerText();

for (const [name, options] of looks) {
  test(`a phone is let in and writes a weight (${name})`, async () => {
    const scripts = options.javaScriptEnabled !== false;
    const { file, address } = device(`Robin’s ${name}`);
    const context = await w.browser.newContext(options);
    const page = await context.newPage();
    const look = (what) => lookAt(page, `${name}-${what}`, { scripts });
    const watched = watch(page);

    await page.goto(address);
    assert.equal(await heading(page), "Sign in");
    await look("1-sign-in");
    await signIn(page, "not the password");
    await look("2-wrong-password");
    await page.getByRole("link", { name: "Create an account" }).click();
    await look("3-sign-up");
    await page.getByRole("link", { name: "sign in." }).click();
    await signIn(page);
    assert.match(page.url(), /\/consent\?visit=/);
    await page.getByText(`On the device Robin’s ${name}.`).waitFor();
    await page.getByText("Go on only if you started Larkfield Steps yourself").waitFor();
    await look("4-consent");
    const [yes, no] = await Promise.all(
      [/^Allow Larkfield/, "Not now"].map((what) => page.getByRole("button", { name: what }).boundingBox()),
    );
    assert.ok(yes.width <= 360 && Math.abs(yes.width - no.width) < 2, "both choices are equal");
    await page.getByRole("button", { name: /^Allow Larkfield/ }).focus();
    await enter(page);
    assert.equal(await heading(page), "All done");
    await look("5-end");
    const end = watched.endsOnce();
    assert.match(end.search, /^\?appid=[0-9a-f-]{36}&target=AppAuthSuccess&instanceid=1$/);

    assert.match(keepwell("device", "wait", "--file", file), /It is let in/);
    keepwell("device", "weigh", "71.25", "--file", file);
    assert.match(keepwell("device", "list", "--file", file), /71\.25 kg/);

    const again = await context.newPage();
    await again.goto(address);
    assert.equal(await heading(again), "This request cannot be used");
    await lookAt(again, `${name}-6-used-again`, { scripts });

    await page.goto(`${w.shell}/devices`);
    await page.getByText(`Robin’s ${name}`, { exact: true }).waitFor();
    await look("7-devices");
    await page.getByRole("listitem").filter({ hasText: `Robin’s ${name}` }).getByRole("link").click();
    await look("8-cut-off");
    await page.getByRole("button", { name: "Cut off", exact: true }).click();
    await page.getByText("It is cut off.").waitFor();
    await look("9-after-cut-off");
    assert.throws(() => keepwell("device", "list", "--file", file), /was cut off/);
    await context.close();
  });
}

test("who says no leaves nothing behind, and the app may ask again", async () => {
  const context = await w.browser.newContext({ ...phone, colorScheme: "dark" });
  const page = await context.newPage();
  const refused = device("A refused phone");
  const watched = watch(page);
  await page.goto(refused.address);
  await signIn(page);
  await page.getByRole("button", { name: "Not now" }).click();
  assert.equal(await heading(page), "Nothing was shared");
  await lookAt(page, "mobile-not-now");
  assert.match(watched.endsOnce().search, /^\?appid=[0-9a-f-]{36}&target=AppAuthReject$/);

  // A browser of the system is signed in still, so it asks at once.
  const next = device("The next phone");
  await page.goto(next.address);
  await page.getByRole("button", { name: /^Allow Larkfield/ }).click();
  assert.match(keepwell("device", "wait", "--file", next.file), /It is let in/);

  // Stopped for the record, it is told where it can be allowed again.
  await page.goto(`${w.shell}/apps`);
  await page.getByRole("listitem").filter({ hasText: "The next phone" }).getByRole("link").click();
  await lookAt(page, "mobile-app-details");
  await page.getByRole("link", { name: "Stop this app" }).click();
  await page.getByRole("button", { name: "Stop this app" }).click();
  const stopped = (() => {
    try {
      return keepwell("device", "list", "--file", next.file);
    } catch (error) {
      return error.stderr;
    }
  })();
  const [address] = /http\S+target=APPAUTH\S+/.exec(stopped);
  await page.goto(address);
  await page.getByText("On the device The next phone.").waitFor();
  await page.getByRole("button", { name: /^Allow Larkfield/ }).click();
  assert.equal(await heading(page), "All done");
  keepwell("device", "list", "--file", next.file);
  await context.close();
});

test("a person with several phones cuts the app off on all of them", async () => {
  const context = await w.browser.newContext({ ...phone, colorScheme: "light" });
  const page = await context.newPage();
  const phones = [device("The kitchen tablet"), device("The phone of last year")];
  for (const { address } of phones) {
    await page.goto(address);
    if ((await heading(page)) === "Sign in") await signIn(page);
    await page.getByRole("button", { name: /^Allow Larkfield/ }).click();
  }
  await page.goto(`${w.shell}/account`);
  await page.getByRole("link", { name: "See which apps you let in" }).click();
  assert.equal(await heading(page), "Phones and tablets");
  await lookAt(page, "mobile-devices-several");
  await page.getByRole("link", { name: /^Cut off on all devices/ }).click();
  await lookAt(page, "mobile-cut-off-all");
  await page.getByRole("button", { name: "Cut off", exact: true }).click();
  await page.getByText("No app on a phone or tablet").waitFor();
  await lookAt(page, "mobile-devices-empty");
  await context.close();
});
