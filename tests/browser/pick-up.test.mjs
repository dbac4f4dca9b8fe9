// From the clinic's desk to the patient's record: files are left by the command, and a person picks them up on a
// phone, with the letter in their hand.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pdf } from "./clinic.mjs";
import { enter, look as lookAt, signIn, world } from "./world.mjs";

let w, client, files;
before(async () => {
  w = await world();
  client = join(w.data, "sample-clinic", "client.toml");
  files = join(w.data, "results");
  mkdirSync(files);
  writeFileSync(join(files, "Blood count.pdf"), pdf("Blood count: all is well"));
  writeFileSync(join(files, "weights.xml"), "<thing><type-id>3d34d87e-7fc1-4153-800f-f56592cb0d17</type-id><data-xml>" +
    "<weight><when><date><y>2026</y><m>11</m><d>2</d></date></when><value><kg>71.3</kg></value></weight><common/></data-xml></thing>");
});
after(() => w.close());

// Leaves the files; answers what stands on the letter.
function left(id) {
  const letter = join(w.data, `${id}.html`);
  const said = w.keepwell("dropoff", "new", files, "--patient", "Robin C.", "--id", id, "--letter", letter, "--client", client);
  assert.match(said, new RegExp(`A package waits for ${id}.`));
  const html = readFileSync(letter, "utf8");
  const of = (name) => html.match(new RegExp(`class="${name}"[^>]*>([^<]+)<`))?.[1].trim() ?? assert.fail(`no ${name} in the letter`);
  return { letter, code: of("code"), words: of("words") };
}

const phone = { viewport: { width: 360, height: 740 } };
const looks = [
  ["pick-up-light", { ...phone, colorScheme: "light" }],
  ["pick-up-dark", { ...phone, colorScheme: "dark" }],
  ["pick-up-without-scripts", { ...phone, javaScriptEnabled: false }],
  ["pick-up-desk", { viewport: { width: 1280, height: 900 } }],
];

for (const [name, options] of looks) {
  test(`what a clinic left goes into the record with the keyboard alone (${name})`, async () => {
    const { letter, code, words } = left(name);
    const context = await w.browser.newContext(options);
    const page = await context.newPage();
    const scripts = options.javaScriptEnabled !== false;
    const look = (what) => lookAt(page, `${name}-${what}`, { scripts });
    const heading = () => page.getByRole("heading", { level: 1 }).innerText();
    await page.goto(`file://${letter}`);
    await page.screenshot({ path: join("../../target/browser", `${name}-0-letter.png`), fullPage: true });
    page.on("response", (r) => assert.ok(r.status() < 400, `${r.status()} at ${r.url()}`));

    // The square of the letter leads here.
    await page.goto(`${w.shell}/redirect.aspx?target=PICKUP&targetqs=${encodeURIComponent(`packageid=${code}`)}`);
    await page.getByRole("link", { name: "Sign in" }).focus();
    await enter(page);
    await signIn(page);
    await page.getByLabel("Pickup code").focus();
    await enter(page);
    assert.equal(await heading(), "Larkfield Clinic asks you");
    await look("1-question");
    const answer = page.getByLabel("Your answer");
    await answer.fill(words.toUpperCase());
    await answer.focus();
    await enter(page);

    assert.equal(await heading(), "Larkfield Clinic left something for you");
    await page.getByText("2 items are inside").waitFor();
    await page.getByText("Blood count.pdf").first().waitFor();
    await page.getByText("This record is called Robin Carter").waitFor();
    await look("2-inside");
    const [yes, no] = await Promise.all(
      ["Add to the record", "Not now"].map((name) => page.getByRole("button", { name }).boundingBox()),
    );
    assert.ok(Math.abs(yes.width - no.width) < 2 && Math.abs(yes.height - no.height) < 2, "both choices are equal");
    await page.getByRole("button", { name: "Add to the record" }).focus();
    await enter(page);
    assert.equal(await heading(), "It is in the record");
    await look("3-done");
    await page.getByRole("link", { name: "See the record" }).click();
    await page.getByText("Files").first().waitFor();
    await page.goto(`${w.shell}/connect`);
    await page.getByLabel("Pickup code").fill(code);
    await page.getByLabel("Pickup code").focus();
    await enter(page);
    assert.equal(await heading(), "This code was used already");
    assert.match(w.said(), /\/connect\/package/, "the log is written");
    for (const secret of [code, code.replaceAll("-", ""), words, words.toUpperCase(), "Blood count", "71.3"]) {
      assert.ok(!w.said().includes(secret), `${secret} is in the log`);
    }
    await look("4-used");
    await context.close();
  });
}

test("a package that was taken back is not known any more", async () => {
  const { code } = left("taken-back");
  w.keepwell("dropoff", "delete", "taken-back", "--client", client);
  const context = await w.browser.newContext({ ...phone, colorScheme: "dark" });
  const page = await context.newPage();
  await page.goto(`${w.shell}/connect`);
  await page.getByRole("link", { name: "Sign in" }).click();
  await signIn(page);
  await page.getByLabel("Pickup code").fill(code);
  await page.getByRole("button", { name: "Look for this code" }).click();
  await page.getByText("We do not know this code.").waitFor();
  await context.close();
});
