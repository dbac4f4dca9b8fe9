import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { look, robin, signIn, world } from "./world.mjs";

let w;
before(async () => (w = await world()));
after(() => w.close());

const diary = "5a3d1e9c-7b42-4f06-9e58-2c1b0a6f4d77";

test("in maintenance a person reads everything, and is told kindly why nothing is saved", async () => {
  const context = await w.browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  // The picture that an application has is what the person sees where it asks.
  const canvas = await context.newPage();
  await canvas.setViewportSize({ width: 120, height: 60 });
  await canvas.setContent("<body style='margin:0;background:#274c43;color:#fff;font:700 28px sans-serif;text-align:center;line-height:60px'>Larkfield</body>");
  const picture = join(w.data, "logo.png");
  writeFileSync(picture, await canvas.screenshot());
  await canvas.close();
  assert.match(w.keepwell("app", "logo", diary, picture), /has a new picture/);

  await page.goto(w.website);
  await page.getByRole("link", { name: /connect my record/i }).or(page.getByRole("button", { name: /connect my record/i })).first().click();
  await signIn(page);
  await page.getByRole("button", { name: /allow/i }).first().waitFor();
  await page.locator("img.tile").first().waitFor();
  assert.equal(await page.locator("img.tile").first().evaluate((image) => image.naturalWidth), 120);
  await look(page, "consent-with-picture");

  w.keepwell("maintenance", "on", "--message", "Back at noon.");
  await page.getByRole("button", { name: /allow/i }).first().click();
  await page.getByRole("heading", { name: "We are looking after this server" }).waitFor();
  await look(page, "maintenance");
  await page.goto(w.shell);
  assert.match(await page.locator("main").innerText(), /Robin/);
  w.keepwell("maintenance", "off");
  await context.close();
});

test("a suspended account is told so at the sign-in", async () => {
  const context = await w.browser.newContext({ colorScheme: "dark", viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  w.keepwell("person", "suspend", robin.email);
  await page.goto(`${w.shell}/sign-in`);
  await signIn(page);
  await page.getByRole("alert").getByText("This account is suspended").waitFor();
  await look(page, "sign-in-suspended-dark");
  w.keepwell("person", "restore", robin.email);
  await signIn(page);
  await page.waitForURL(`${w.shell}/`);
  await context.close();
});

test("where accounts need a code, who has one opens an account on a phone", async () => {
  const invited = await world(["--sign-up", "by-code"]);
  try {
    const context = await invited.browser.newContext({ viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    const fill = async (code) => {
      await page.getByLabel(/your name/i).fill("Sam Doe");
      await page.getByLabel("E-mail").fill("sam@example.org");
      await page.getByLabel("Password", { exact: true }).fill("purple kettle marching");
      await page.getByLabel(/year/i).fill("1980");
      await page.getByLabel(/country/i).selectOption("US");
      await page.getByLabel(/sign-up code/i).fill(code);
      await page.getByRole("checkbox").check();
      await page.getByRole("button", { name: "Create my account", exact: true }).click();
    };
    await page.goto(`${invited.shell}/sign-up`);
    await fill("01234-56789-ABCDE-FGHJK");
    await page.getByText("We do not know this code").waitFor();
    await look(page, "sign-up-wrong-code");
    const code = invited.keepwell("person", "invite").match(/([0-9A-Z]{5}-){3}[0-9A-Z]{5}/)[0];
    await fill(code.toLowerCase());
    await page.waitForURL(`${invited.shell}/`);
    await context.close();
  } finally {
    await invited.close();
  }
});
