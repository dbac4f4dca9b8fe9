import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { enter, look, robin, signIn, world } from "./world.mjs";

let w;
before(async () => (w = await world()));
after(() => w.close());

// RFC 6238, as an app on a phone does it.
function totp(secret, at = Date.now()) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replaceAll(" ", "")].map((c) => alphabet.indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const digest = createHmac("sha1", key).update(step).digest();
  const offset = digest.at(-1) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

// The server takes each step once, and also the one that is about to begin: a test need not wait half a minute.
const next = (secret) => totp(secret, Date.now() + 30_000);

// Colours change without a way between them, so that axe reads no half of it.
const phone = { viewport: { width: 360, height: 740 }, reducedMotion: "reduce" };
let secret;
let codes;

test("a person sets up a second step on a phone", async () => {
  const context = await w.browser.newContext(phone);
  const page = await context.newPage();
  await page.goto(`${w.shell}/sign-in`);
  await signIn(page);
  await page.goto(`${w.shell}/account`);
  await page.getByRole("link", { name: "Set up a second step" }).click();
  assert.ok(await page.getByRole("img", { name: /square/i }).isVisible());
  await look(page, "second-step-set-up-360");
  await page.emulateMedia({ colorScheme: "dark" });
  await look(page, "second-step-set-up-360-dark");
  secret = await page.locator(".secret").innerText();
  await page.getByLabel("Code with 6 digits").fill("123");
  await enter(page);
  await page.getByRole("alert").waitFor();
  await look(page, "second-step-wrong-code-dark");
  await page.getByLabel("Code with 6 digits").fill(totp(secret));
  await enter(page);
  await page.getByRole("heading", { name: "Your recovery codes" }).waitFor();
  await look(page, "recovery-codes-360-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await look(page, "recovery-codes-360");
  codes = await page.locator(".codes li").allInnerTexts();
  assert.equal(codes.length, 10);
  await page.getByRole("link", { name: "I have kept them" }).click();
  await page.getByText("You have 10 recovery codes left.").waitFor();
  await look(page, "second-step-on-360");
  await page.emulateMedia({ colorScheme: "dark" });
  await look(page, "second-step-on-360-dark");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.goto(`${w.shell}/sign-in`);
  await signIn(page);
  await page.getByRole("heading", { name: "Enter your code" }).waitFor();
  await look(page, "sign-in-code-360-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await look(page, "sign-in-code-360");
  await page.getByLabel("Code", { exact: true }).fill(next(secret));
  await enter(page);
  assert.equal(page.url(), `${w.shell}/`);
  await context.close();
});

test("a recovery code lets in without the phone, and without scripts", async () => {
  const context = await w.browser.newContext({ ...phone, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${w.shell}/account`);
  await signIn(page);
  await page.getByText("I do not have my phone").click();
  await look(page, "sign-in-recovery-360", { scripts: false });
  await page.getByLabel("Recovery code").fill(codes[0].toLowerCase());
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Go on" }).click()]);
  assert.equal(page.url(), `${w.shell}/account`);
  await page.goto(`${w.shell}/account/second-step`);
  assert.match(await page.locator("main").innerText(), /You have 9 recovery codes left/);
  // This browser was new to the account: the person is told of it.
  await page.goto(w.shell);
  assert.match(await page.locator("main").innerText(), /a browser that was new to it/);
  await look(page, "new-sign-in-notice-360", { scripts: false });
  await context.close();
});

test("a person shows once more that it is them", async () => {
  const context = await w.browser.newContext(phone);
  const page = await context.newPage();
  await page.goto(`${w.shell}/sign-in`);
  await signIn(page);
  await page.getByText("I do not have my phone").click();
  await page.getByLabel("Recovery code").fill(codes[1]);
  await enter(page);
  await page.goto(`${w.shell}/account/prove?next=%2Faccount%2Fsecond-step`);
  await look(page, "prove-360");
  await page.emulateMedia({ colorScheme: "dark" });
  await look(page, "prove-360-dark");
  await page.getByLabel("Password", { exact: true }).fill("not my password");
  await enter(page);
  assert.ok(await page.getByRole("alert").first().isVisible());
  await look(page, "prove-wrong-dark");
  await page.getByLabel("Password", { exact: true }).fill(robin.password);
  await page.getByText("I do not have my phone").click();
  await page.getByLabel("Recovery code").fill(codes[2]);
  await enter(page);
  assert.equal(page.url(), `${w.shell}/account/second-step`);
  await page.getByRole("button", { name: "Turn off the second step" }).click();
  await page.getByText("The second step is off.").waitFor();
  await context.close();
});
