import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { look, robin, signIn, world } from "./world.mjs";

let w;
before(async () => (w = await world()));
after(() => w.close());

const phones = { light: { viewport: { width: 360, height: 740 }, colorScheme: "light" } };
phones.dark = { ...phones.light, colorScheme: "dark" };

// A device that holds passkeys, beside a page; it says yes at once.
async function device(page, { transport = "internal", is_the_person = true } = {}) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const options = {
    protocol: "ctap2", transport, hasResidentKey: true, hasUserVerification: true,
    isUserVerified: is_the_person, automaticPresenceSimulation: true,
  };
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", { options });
  return {
    passkeys: async () => (await cdp.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
    verify: (isUserVerified) => cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
    lose: () => cdp.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId }),
  };
}

async function fillSignUp(page, email) {
  await page.getByLabel(/your name/i).fill("Sam Doe");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel(/year/i).fill("1980");
  await page.getByLabel(/country/i).selectOption("US");
  await page.getByRole("checkbox").check();
}

const withPasskey = (page) => page.getByRole("button", { name: /passkey/i });

for (const [name, options] of Object.entries(phones)) {
  test(`an account without a password: opened, left, entered, and never locked out (${name})`, async () => {
    const context = await w.browser.newContext(options);
    const page = await context.newPage();
    const problems = [];
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(String(error)));
    const phone = await device(page);
    const email = `sam-${name}@example.org`;
    const at = `passkeys-${name}`;

    await page.goto(`${w.shell}/sign-up`);
    await withPasskey(page).waitFor();
    await look(page, `${at}-1-sign-up`);
    // What is missing is said before the device is asked.
    await withPasskey(page).click();
    assert.equal((await phone.passkeys()).length, 0);
    assert.equal(page.url(), `${w.shell}/sign-up`);
    await fillSignUp(page, robin.email);
    await withPasskey(page).click();
    await page.getByText(/There is an account with this e-mail/).waitFor();
    assert.equal((await phone.passkeys()).length, 0, "no passkey for an account that is not opened");
    await look(page, `${at}-2-address-taken`);
    await page.getByLabel("E-mail").fill(email);
    await withPasskey(page).press("Enter");
    await page.waitForURL(`${w.shell}/`);
    assert.match(await page.locator("main").innerText(), /Sam Doe/);
    const [made] = await phone.passkeys();
    assert.equal(made.isResidentCredential, true);

    await page.getByRole("button", { name: "Sign out" }).click();
    await page.goto(`${w.shell}/sign-in`);
    await withPasskey(page).waitFor();
    await look(page, `${at}-3-sign-in`);
    // A device that does not know its owner's finger signs nothing; the page says what then.
    await phone.verify(false);
    await withPasskey(page).click();
    await page.getByRole("status").getByText("No passkey was used").waitFor();
    await look(page, `${at}-4-not-done`);
    await phone.verify(true);
    await withPasskey(page).press("Enter");
    await page.waitForURL(`${w.shell}/`);

    await page.goto(`${w.shell}/account`);
    await look(page, `${at}-5-account`);
    await page.getByRole("link", { name: "See and add passkeys" }).click();
    await page.getByText("Chrome on Linux", { exact: true }).waitFor();
    await look(page, `${at}-6-passkeys`);
    await withPasskey(page).click();
    await page.getByText("This device has a passkey for your account already").waitFor();
    await page.getByRole("link", { name: /Rename or remove/ }).click();
    await page.getByText("your only way in").waitFor();
    await look(page, `${at}-7-only-one`);
    await page.getByLabel("What do you call it?").fill("My phone");
    await page.getByRole("button", { name: "Save the name" }).click();
    await page.getByText("My phone", { exact: true }).waitFor();

    // A second one, on another device; then the first is removed, and the phone is of no use any more.
    await phone.lose();
    const key = await device(page, { transport: "usb" });
    await withPasskey(page).click();
    await page.getByText("The passkey is added").waitFor();
    assert.equal((await key.passkeys()).length, 1);
    await look(page, `${at}-8-two`);
    await page.getByRole("link", { name: /My phone/ }).click();
    await look(page, `${at}-9-remove`);
    await page.getByRole("button", { name: "Remove this passkey" }).click();
    await page.getByText("The passkey is removed").waitFor();
    assert.doesNotMatch(await page.locator("main").innerText(), /My phone/);
    await page.getByRole("link", { name: /Rename or remove/ }).click();
    assert.equal(await page.getByRole("button", { name: /Remove/ }).count(), 0, "the last one stays");

    // And a password as another way.
    await page.getByRole("link", { name: "Set a password" }).click();
    await look(page, `${at}-10-set-password`);
    for (const field of await page.locator("input[type=password]").all()) await field.fill("purple kettle marching");
    await page.getByRole("button", { name: "Save the password" }).click();
    await page.getByText("Saved.").waitFor();
    assert.deepEqual(problems, []);
    await context.close();
  });
}

test("a website goes on after a passkey as after a password", async () => {
  const context = await w.browser.newContext(phones.light);
  const page = await context.newPage();
  await device(page);
  await page.goto(`${w.shell}/sign-in`);
  await signIn(page);
  await page.goto(`${w.shell}/account/passkeys`);
  await withPasskey(page).click();
  await page.getByText("The passkey is added").waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();

  await page.goto(w.website);
  await page.getByRole("link", { name: "Connect my record" }).click();
  await look(page, "passkeys-website-1-sign-in");
  await withPasskey(page).click();
  const allow = page.getByRole("button", { name: /^Allow Larkfield/ });
  await allow.waitFor();
  await allow.click();
  await page.waitForURL(`${w.website}/**`);
  assert.match(await page.locator("body").innerText(), /Robin Carter/);
  await context.close();
});

test("a passkey that was removed is told plainly, and the password still works", async () => {
  const context = await w.browser.newContext();
  const page = await context.newPage();
  const phone = await device(page);
  await page.goto(`${w.shell}/sign-in`);
  await signIn(page);
  await page.goto(`${w.shell}/account/passkeys`);
  while (await page.getByRole("link", { name: /Rename or remove/ }).count()) {
    await page.getByRole("link", { name: /Rename or remove/ }).first().click();
    await page.getByRole("button", { name: "Remove this passkey" }).click();
    await page.getByText("The passkey is removed").waitFor();
  }
  await withPasskey(page).click();
  await page.getByText("The passkey is added").waitFor();
  await page.getByRole("link", { name: /Rename or remove/ }).click();
  await page.getByRole("button", { name: "Remove this passkey" }).click();
  await page.getByText("The passkey is removed").waitFor();
  assert.equal((await phone.passkeys()).length, 1, "the device still has it");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.goto(`${w.shell}/sign-in`);
  await withPasskey(page).click();
  await page.getByText("This passkey did not let you in").waitFor();
  await look(page, "passkeys-removed");
  await signIn(page);
  await page.waitForURL(`${w.shell}/`);
  await context.close();
});

test("without scripts there is no button that does nothing", async () => {
  const context = await w.browser.newContext({ ...phones.light, javaScriptEnabled: false });
  const page = await context.newPage();
  for (const path of ["sign-in", "sign-up"]) {
    await page.goto(`${w.shell}/${path}`);
    assert.equal(await withPasskey(page).count(), 0, path);
    await look(page, `passkeys-without-scripts-${path}`, { scripts: false });
  }
  await page.goto(`${w.shell}/sign-in`);
  await signIn(page);
  await page.goto(`${w.shell}/account/passkeys`);
  await page.getByText("Passkeys need JavaScript").waitFor();
  assert.equal(await withPasskey(page).count(), 0);
  await look(page, "passkeys-without-scripts", { scripts: false });
  await context.close();
});
