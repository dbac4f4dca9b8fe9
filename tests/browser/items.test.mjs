import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { enter, look as lookAt, signIn, world } from "./world.mjs";

let w;
before(async () => (w = await world()));
after(() => w.close());

const phone = { viewport: { width: 360, height: 740 } };
const looks = [
  ["items-light", { ...phone, colorScheme: "light" }],
  ["items-dark", { ...phone, colorScheme: "dark" }],
  ["items-without-scripts", { ...phone, javaScriptEnabled: false }],
];

for (const [name, options] of looks) {
  test(`a person looks at what is in the record, removes an item and brings it back (${name})`, async () => {
    const context = await w.browser.newContext(options);
    const page = await context.newPage();
    const scripts = options.javaScriptEnabled !== false;
    const look = (what) => lookAt(page, `${name}-${what}`, { scripts });
    page.on("response", (r) => assert.ok(r.status() < 400, `${r.status()} at ${r.url()}`));

    await page.goto(`${w.shell}/sign-in`);
    await signIn(page);
    await page.getByRole("link", { name: /^Readings/ }).first().click();
    await look("1-readings");
    await page.getByRole("link", { name: /^Everything in the record/ }).click();
    await look("2-contents");
    // With the keyboard alone from here to the removal.
    await page.getByRole("link", { name: "Blood pressure" }).focus();
    await enter(page);
    await look("3-kind");
    const line = await page.locator(".row-title a").first().innerText();
    assert.match(line, /^\d+\/\d+ mmHg, pulse \d+/);
    await page.locator(".row-title a").first().focus();
    await enter(page);
    assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), line);
    for (const label of ["When", "Systolic", "Diastolic"]) {
      assert.ok(await page.locator(".fields dt", { hasText: label }).count(), label);
    }
    await look("4-item");
    const raw = page.locator("details");
    await raw.locator("summary").focus();
    await page.keyboard.press("Enter");
    assert.match(await raw.innerText(), /<blood-pressure>/);
    await look("5-item-as-written");
    await page.getByRole("link", { name: "Remove this item" }).focus();
    await enter(page);
    await look("6-remove");
    const [yes, no] = await Promise.all(
      ["Remove this item", "Keep it"].map((name) => page.getByRole("button", { name }).boundingBox()),
    );
    assert.ok(Math.abs(yes.width - no.width) < 2 && Math.abs(yes.height - no.height) < 2, "both choices are equal");
    await page.getByRole("button", { name: "Remove this item" }).focus();
    await enter(page);
    await page.getByText("Nothing else was changed").waitFor();
    await look("7-removed");

    await page.getByRole("link", { name: "Removed items" }).click();
    await look("8-removed-items");
    await page.getByRole("link", { name: /^See and bring back/ }).click();
    await page.getByRole("button", { name: "Bring it back" }).focus();
    await enter(page);
    await page.getByText("It is back.").waitFor();
    await look("9-back");
    await page.getByRole("link", { name: /^See this version/ }).last().click();
    await page.getByText("an earlier version").waitFor();
    await look("10-version");
    await page.getByRole("link", { name: "See it as it is now" }).click();
    assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), line);
    await context.close();
  });
}
