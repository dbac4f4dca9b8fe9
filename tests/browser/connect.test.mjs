import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { look as lookAt, robin, signIn, world } from "./world.mjs";

let w;
before(async () => (w = await world()));
after(() => w.close());

const looks = [
  ["phone-light", { viewport: { width: 360, height: 740 }, colorScheme: "light" }],
  ["desk-dark", { viewport: { width: 1100, height: 800 }, colorScheme: "dark" }],
  ["phone-without-scripts", { viewport: { width: 360, height: 740 }, javaScriptEnabled: false }],
];

for (const [name, options] of looks) {
  test(`a person connects a website, adds a weight and stops the website (${name})`, async () => {
    const context = await w.browser.newContext(options);
    const page = await context.newPage();
    const scripts = options.javaScriptEnabled !== false;
    const look = (page, name) => lookAt(page, name, { scripts });
    const foreign = [];
    page.on("request", (r) => {
      const { origin, protocol } = new URL(r.url());
      if (protocol !== "data:" && ![w.shell, w.website].includes(origin)) foreign.push(r.url());
    });
    page.on("response", (r) => assert.ok(r.status() < 400, `${r.status()} at ${r.url()}`));

    await page.goto(w.website);
    await look(page, `${name}-1-website`);
    await page.getByRole("link", { name: "Connect my record" }).click();
    assert.match(page.url(), new RegExp(`^${w.shell}`));
    await look(page, `${name}-2-sign-in`);
    await signIn(page);

    const allow = page.getByRole("button", { name: /^Allow Larkfield/ });
    await allow.waitFor();
    await look(page, `${name}-3-consent`);
    const said = await page.locator("main").innerText();
    for (const words of ["weight", "height", "Robin Carter", "To show how your weight goes"]) {
      assert.ok(said.includes(words), `the consent page says ${words}`);
    }
    const [yes, no] = await Promise.all(
      [allow, page.getByRole("button", { name: "Not now" })].map((b) => b.boundingBox()),
    );
    assert.ok(Math.abs(yes.width - no.width) < 2 && Math.abs(yes.height - no.height) < 2, "both choices are equal");
    await allow.click();
    if (!scripts) await page.getByRole("button", { name: "Continue" }).click();

    await page.waitForURL(`${w.website}/**`);
    await look(page, `${name}-4-website-connected`);
    assert.match(await page.locator("body").innerText(), /Robin Carter/);
    await page.getByLabel(/weight/i).first().fill("77.7");
    await page.getByRole("button", { name: /add|save/i }).click();
    assert.match(await page.locator("body").innerText(), /77\.7/);
    await look(page, `${name}-5-weight-added`);

    await page.goto(w.shell);
    await look(page, `${name}-6-home`);
    await page.goto(`${w.shell}/apps`);
    await look(page, `${name}-7-apps`);
    await page.getByRole("link", { name: /Larkfield/ }).first().click();
    await look(page, `${name}-8-app`);
    await page.getByRole("link", { name: /Stop/ }).click();
    await look(page, `${name}-9-stop`);
    await page.getByRole("button", { name: /^Stop/ }).click();
    await look(page, `${name}-10-stopped`);

    await page.goto(w.website);
    assert.match(await page.locator("body").innerText(), /Connect/);
    await look(page, `${name}-11-website-stopped`);
    assert.deepEqual(foreign, [], "nothing is asked of anybody else");
    await context.close();
  });
}

test("a person says not now, and the website gets nothing", async () => {
  const context = await w.browser.newContext();
  const page = await context.newPage();
  await page.goto(`${w.website}/connect`);
  await signIn(page);
  await page.getByRole("button", { name: "Not now" }).click();
  await page.waitForURL(`${w.website}/**`);
  assert.doesNotMatch(await page.locator("body").innerText(), /Robin Carter/);
  await lookAt(page, "not-now");
  await context.close();
});

test("a person connects with the keyboard alone", async () => {
  const context = await w.browser.newContext();
  const page = await context.newPage();
  const reach = async (name) => {
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press("Tab");
      const focused = await page.evaluate(() => {
        const e = document.activeElement;
        return (e.innerText || e.labels?.[0]?.innerText || e.getAttribute("aria-label") || "").trim();
      });
      if (name.test(focused)) return;
    }
    assert.fail(`${name} cannot be reached by Tab`);
  };
  await page.goto(w.website);
  await reach(/Connect my record/);
  await page.keyboard.press("Enter");
  await page.waitForURL(`${w.shell}/**`);
  await reach(/E-mail/);
  await page.keyboard.type(robin.email);
  await reach(/Password/);
  await page.keyboard.type(robin.password);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: /^Allow Larkfield/ }).waitFor();
  await reach(/^Allow Larkfield/);
  await page.keyboard.press("Enter");
  await page.waitForURL(`${w.website}/**`);
  assert.match(await page.locator("body").innerText(), /Robin Carter/);
  await context.close();
});
