import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { enter, look, robin, signIn, world } from "./world.mjs";

let w;
before(async () => (w = await world()));
after(() => w.close());

// Letters are delivered beside the page, so the first may take a moment to be in the folder.
async function letterWith(link) {
  const letters = join(w.data, "letters");
  for (let tries = 0; tries < 200; tries++) {
    for (const name of readdirSync(letters).filter((name) => name.endsWith(".eml"))) {
      const letter = readFileSync(join(letters, name), "utf8");
      const found = letter.replaceAll("=\r\n", "").replaceAll("=3D", "=").match(link);
      if (found) return found[0];
    }
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error(`no letter with ${link}`);
}

test("a stranger opens an account and finds a record of their own", async () => {
  const context = await w.browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await page.goto(`${w.shell}/sign-up`);
  await look(page, "sign-up");
  await page.getByLabel(/name/i).first().fill("Sam Doe");
  await page.getByLabel("E-mail").fill("sam@example.org");
  await page.getByLabel("Password", { exact: true }).fill("password12");
  await page.getByLabel(/year/i).fill("1980");
  await page.getByLabel(/country/i).selectOption("US");
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Create my account", exact: true }).click();
  await page.getByText(/easy to guess|common/i).first().waitFor();
  await look(page, "sign-up-common-password");
  await page.getByLabel("Password", { exact: true }).fill("purple kettle marching");
  await page.getByRole("button", { name: "Create my account", exact: true }).click();
  await page.waitForURL(`${w.shell}/`);
  assert.match(await page.locator("main").innerText(), /Sam Doe/);
  await look(page, "home-of-a-new-person");
  await page.goto(`${w.shell}/account`);
  await look(page, "account-unconfirmed");
  await page.goto(await letterWith(/https?:\/\/\S+confirm\?token\S*/));
  await look(page, "confirm");
  await page.getByRole("button", { name: "Confirm this address" }).press("Enter");
  await page.getByRole("heading", { name: "Your address is confirmed" }).waitFor();
  await look(page, "confirmed");
  await page.goto(`${w.shell}/account`);
  assert.doesNotMatch(await page.locator("main").innerText(), /Not confirmed/);
  await context.close();
});

test("a forgotten password is replaced by a letter", async () => {
  const context = await w.browser.newContext();
  const page = await context.newPage();
  await page.goto(`${w.shell}/password/forgot`);
  await look(page, "forgot");
  await page.getByLabel("E-mail").fill(robin.email);
  await enter(page);
  await look(page, "letter-sent");
  const link = await letterWith(/https?:\/\/\S+password\/new\S*/);
  await page.goto(link);
  await look(page, "choose-password");
  for (const field of await page.locator("input[type=password]").all()) await field.fill("purple kettle marching");
  await enter(page);
  await page.goto(`${w.shell}/sign-in`);
  await signIn(page, "purple kettle marching");
  assert.equal(page.url(), `${w.shell}/`);
  for (const path of ["sessions", "account", "apps", "privacy", "terms", "records/new"]) {
    await page.goto(`${w.shell}/${path}`);
    await look(page, `page-${path.replace("/", "-")}`);
  }
  await page.goto(w.shell);
  await page.getByRole("link", { name: /^Open/ }).first().click();
  await look(page, "overview");
  await context.close();
});

test("a wrong password and a broken link are told plainly", async () => {
  const context = await w.browser.newContext();
  const page = await context.newPage();
  await page.goto(`${w.shell}/sign-in`);
  await signIn(page, "not my password");
  assert.ok(await page.getByRole("alert").first().isVisible());
  await look(page, "wrong-password");
  const unknown = "00000000-0000-4000-8000-000000000009";
  await page.goto(`${w.shell}/redirect.aspx?target=AUTH&targetqs=appid%3d${unknown}`);
  assert.ok(page.url().startsWith(w.shell), "an unknown application leads nowhere");
  await look(page, "unknown-application");
  await context.close();
});
