import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { enter, look as lookAt, robin, signIn, world } from "./world.mjs";

let w;
before(async () => (w = await world()));
after(() => w.close());

// The newest letter to this address with such a link. Letters are delivered beside the page.
async function letterTo(address, link) {
  const letters = join(w.data, "letters");
  for (let tries = 0; tries < 200; tries++) {
    const found = readdirSync(letters)
      .filter((name) => name.endsWith(".eml"))
      .map((name) => readFileSync(join(letters, name), "utf8").replaceAll("=\r\n", "").replaceAll("=3D", "="))
      .filter((letter) => letter.includes(`To: ${address}`) && link.test(letter));
    if (found.length) return found.at(-1).match(link)[0];
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error(`no letter to ${address} with ${link}`);
}

const phone = { viewport: { width: 360, height: 740 } };
const looks = [
  ["closure-phone-light", { ...phone, colorScheme: "light" }],
  ["closure-phone-dark", { ...phone, colorScheme: "dark" }],
  ["closure-without-scripts", { ...phone, javaScriptEnabled: false }],
];

for (const [name, options] of looks) {
  test(`a person changes an optional rule, reads what was ever allowed, and closes and keeps an account (${name})`, async () => {
    const context = await w.browser.newContext(options);
    const page = await context.newPage();
    const scripts = options.javaScriptEnabled !== false;
    const look = (what) => lookAt(page, `${name}-${what}`, { scripts });
    page.on("response", (r) => assert.ok(r.status() < 400, `${r.status()} at ${r.url()}`));

    // Let the sample website in, if it is not yet.
    await page.goto(w.website);
    await page.getByRole("link", { name: "Connect my record" }).click();
    await signIn(page);
    const allow = page.getByRole("button", { name: /^Allow Larkfield/ });
    if (await allow.count()) await Promise.all([page.waitForEvent("load"), allow.click()]);
    const goOn = page.getByRole("button", { name: "Continue" });
    if (!scripts && (await goOn.count())) await goOn.click();
    await page.waitForURL((url) => url.origin === w.website);

    await page.goto(`${w.shell}/apps`);
    await page.getByRole("link", { name: /^See and stop/ }).first().click();
    await page.getByRole("link", { name: "Change what it can do" }).or(page.locator("a[href$='/change']")).first().click();
    await look("1-optional");
    const option = page.getByRole("switch").first();
    const before = await option.isChecked();
    await option.focus();
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Save this" }).focus();
    await enter(page);
    await page.getByText("Saved.").waitFor();
    await page.locator("a[href$='/change']").click();
    assert.equal(await page.getByRole("switch").first().isChecked(), !before, "it holds");

    await page.goto(`${w.shell}/apps`);
    await page.getByRole("link", { name: "All that you ever allowed" }).click();
    await look("2-history");
    const history = await page.locator("main").innerText();
    assert.match(history, /You changed what it may do/);
    assert.match(history, /You allowed it/);

    await page.goto(`${w.shell}/account`);
    await look("3-account");
    await page.getByRole("link", { name: "Close your account" }).click();
    await look("4-close");
    await page.getByRole("button", { name: "Close my account" }).click();
    await page.getByRole("alert").getByText("Please tick this first").waitFor();
    await look("5-not-ticked");
    await page.getByRole("checkbox").focus();
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Close my account" }).focus();
    await enter(page);
    await page.getByRole("heading", { name: "Your account is closed" }).waitFor();
    await look("6-closed");
    await page.goto(await letterTo(robin.email, /https?:\/\/\S+\/sign-in/));
    await signIn(page);
    await page.getByRole("heading", { name: "You closed this account" }).waitFor();
    await look("7-keep");
    await page.getByRole("button", { name: "Keep my account" }).focus();
    await enter(page);
    await page.waitForURL(`${w.shell}/`);
    assert.match(await page.locator("main").innerText(), /Robin Carter/);

    // One record, shut and taken back.
    await page.getByRole("link", { name: /^Open/ }).first().click();
    const record = page.url();
    await page.goto(`${record}/settings`);
    await look("8-settings");
    await page.getByRole("link", { name: "Erase this record" }).click();
    await look("9-close-record");
    await page.getByRole("checkbox").check();
    await page.getByRole("button", { name: "Erase this record" }).click();
    await look("10-record-closed");
    await page.getByRole("link", { name: "Records that will be erased" }).click();
    await look("11-leaving");
    await page.getByRole("button", { name: /^Keep this record/ }).click();
    await page.waitForURL(record);
    await context.close();
  });
}

test("an address is changed by the letter to the new one, and taken back from the old one", async () => {
  const context = await w.browser.newContext({ ...phone, colorScheme: "light" });
  const page = await context.newPage();
  const look = (what) => lookAt(page, `email-${what}`);
  await page.goto(`${w.shell}/sign-in`);
  await signIn(page);
  await page.goto(`${w.shell}/account/email`);
  await look("1-change");
  await page.getByLabel("New e-mail address").fill("robin@new.example");
  await enter(page);
  await page.getByText("We sent a letter to robin@new.example").waitFor();
  await look("2-sent");
  await page.goto(await letterTo("robin@new.example", /https?:\/\/\S+email\/new\?token=\S+/));
  await look("3-take");
  await page.getByRole("button", { name: "Use this address" }).press("Enter");
  await page.getByRole("heading", { name: "Your address is changed" }).waitFor();
  await look("4-taken");
  await page.goto(await letterTo(robin.email, /https?:\/\/\S+email\/undo\?token=\S+/));
  await look("5-undo");
  await page.getByRole("button", { name: "Take it back" }).press("Enter");
  await page.getByRole("heading", { name: "Choose a new password" }).waitFor();
  await look("6-password");
  for (const field of await page.locator("input[type=password]").all()) await field.fill("purple kettle marching");
  await enter(page);
  await page.goto(`${w.shell}/account`);
  assert.match(await page.locator("main").innerText(), new RegExp(robin.email));
  await look("7-account");
  await context.close();
});
