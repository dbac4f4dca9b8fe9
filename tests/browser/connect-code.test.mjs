import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { desk } from "./clinic.mjs";
import { enter, look as lookAt, signIn, world } from "./world.mjs";

let w, practice;
before(async () => {
  w = await world();
  practice = await desk(w);
});
after(() => w.close());

const phone = { viewport: { width: 360, height: 740 } };
const looks = [
  ["code-light", { ...phone, colorScheme: "light" }],
  ["code-dark", { ...phone, colorScheme: "dark" }],
  ["code-without-scripts", { ...phone, javaScriptEnabled: false }],
];

for (const [index, [name, options]] of looks.entries()) {
  test(`a person uses a pickup code with the keyboard alone (${name})`, async () => {
    const code = await practice.code("Robin C.");
    const context = await w.browser.newContext(options);
    const page = await context.newPage();
    const scripts = options.javaScriptEnabled !== false;
    const look = (what) => lookAt(page, `${name}-${what}`, { scripts });
    const heading = () => page.getByRole("heading", { level: 1 }).innerText();
    page.on("response", (r) => assert.ok(r.status() < 400, `${r.status()} at ${r.url()}`));

    await page.goto(`${w.shell}/redirect.aspx?target=CONNECT&targetqs=${encodeURIComponent(`packageid=${code}`)}`);
    await look("1-signed-out");
    assert.doesNotMatch(await page.locator("body").innerText(), /Riverside/);
    await page.getByRole("link", { name: "Sign in" }).focus();
    await enter(page);
    await signIn(page);
    const field = page.getByLabel("Pickup code");
    assert.equal(await field.inputValue(), code);
    await look("2-code");
    await field.fill("JKYZ QNMN VHRX ZGNR GZNH");
    await field.focus();
    await enter(page);
    await page.getByText("We do not know this code").waitFor();
    await look("3-unknown");
    await field.fill(code.toLowerCase().replaceAll("-", " "));
    await field.focus();
    await enter(page);

    assert.equal(await heading(), "Riverside Practice asks you");
    await look("4-question");
    const answer = page.getByLabel("Your answer");
    await answer.fill("jam");
    await answer.focus();
    await enter(page);
    await page.getByText("You have 2 answers left.").waitFor();
    await look("5-wrong");
    await answer.fill("Honey");
    await answer.focus();
    await enter(page);

    assert.match(page.url(), /\/consent\?visit=/);
    await page.getByText("If you have not just dealt with Riverside Practice").waitFor();
    await page.getByText("This record is called Robin Carter").waitFor();
    await look("6-consent");
    const [yes, no] = await Promise.all(
      [/^Allow Riverside/, "Not now"].map((name) => page.getByRole("button", { name }).boundingBox()),
    );
    assert.ok(Math.abs(yes.width - no.width) < 2 && Math.abs(yes.height - no.height) < 2, "both choices are equal");
    assert.equal(await practice.connected(), index, "nothing is told before the person allows it");
    await page.getByRole("button", { name: /^Allow Riverside/ }).focus();
    await enter(page);
    assert.equal(await heading(), "Riverside Practice is connected");
    await page.getByText("Our nurse looks at your readings every Monday.").waitFor();
    await look("7-connected");
    assert.equal(await practice.connected(), index + 1);
    await page.getByRole("link", { name: "Apps of this record" }).click();
    await page.getByText("Riverside Practice").first().waitFor();
    await context.close();
  });
}

test("three wrong answers lock a code, and not now leaves one usable", async () => {
  const context = await w.browser.newContext({ ...phone, colorScheme: "dark" });
  const page = await context.newPage();
  const use = async (code) => {
    await page.getByLabel("Pickup code").fill(code);
    await page.getByRole("button", { name: "Look for this code" }).click();
  };
  const say = async (answer) => {
    await page.getByLabel("Your answer").fill(answer);
    await page.getByRole("button", { name: "Answer", exact: true }).click();
  };
  const [locked, spared] = [await practice.code("Robin"), await practice.code("Robin Carter")];
  await page.goto(`${w.shell}/connect`);
  await page.getByRole("link", { name: "Sign in" }).click();
  await signIn(page);
  await use(locked);
  for (const answer of ["jam", "marmalade", "mustard"]) await say(answer);
  await page.getByRole("heading", { name: "This code is locked" }).waitFor();
  await lookAt(page, "code-locked");
  await page.getByRole("link", { name: "Use a pickup code" }).click();
  for (let i = 0; i < 2; i++) {
    await use(spared);
    await say("honey");
    await page.getByRole("button", { name: "Not now" }).click();
    await page.getByRole("heading", { name: "Nothing was shared" }).waitFor();
    await lookAt(page, "code-not-now");
    await page.getByRole("link", { name: "Use a pickup code" }).click();
  }
  await context.close();
});
