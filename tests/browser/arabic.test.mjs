// The Shell in Arabic: from right to left on a phone, a tablet and a desk, in light and dark, by axe; and a clinic's
// letter.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { clinic } from "./clinic.mjs";
import { enter, look as lookAt, robin, top, world } from "./world.mjs";

const ALLERGY = "52bf9104-2c5e-4f1f-a66d-552ebcc53df7";
const MEDICATION = "30cafccc-047d-4288-94ef-643571f7919d";

let w, asked, left;
// Asks a patient, or leaves files for them, with a letter in Arabic; answers what stands on it.
function written(...words) {
  const letter = join(w.data, `${words[0]}-ar.html`);
  w.keepwell(...words, "--language", "ar", "--letter", letter, "--client", join(w.data, "sample-clinic", "client.toml"));
  const html = readFileSync(letter, "utf8");
  const of = (name) => html.match(new RegExp(`class="${name}"[^>]*>([^<]+)<`))?.[1].trim() ?? assert.fail(`no ${name} in the letter`);
  return { letter, code: of("code"), words: of("words") };
}

before(async () => {
  w = await world();
  const files = join(w.data, "results");
  mkdirSync(files);
  for (const number of [1, 2, 3]) writeFileSync(join(files, `Blood count ${number}.txt`), "All is well.");
  asked = written("connect", "new", "روبن كارتر", "--id", "ar-1");
  left = written("dropoff", "new", files, "--patient", "روبن كارتر", "--id", "ar-2");
  const { put } = await clinic(w);
  await put(ALLERGY, "<allergy><name><text>بنسلين</text></name><reaction><text>طفح جلدي</text></reaction></allergy>", []);
  await put(MEDICATION, "<medication><name><text>Lisinopril</text></name><dose><display>1 tablet</display></dose></medication>", []);
});
after(() => w.close());

const phone = { viewport: { width: 360, height: 740 } };
const tablet = { viewport: { width: 820, height: 1180 } };
const desk = { viewport: { width: 1280, height: 900 } };
// Every page on a phone in the light; elsewhere those whose shape differs most.
const looks = [
  ["arabic-phone-light", { ...phone, colorScheme: "light" }, true],
  ["arabic-phone-dark", { ...phone, colorScheme: "dark" }, false],
  ["arabic-tablet-dark", { ...tablet, colorScheme: "dark" }, false],
  ["arabic-desk-light", { ...desk, colorScheme: "light" }, false],
  ["arabic-desk-dark", { ...desk, colorScheme: "dark" }, false],
];

for (const [name, options, all] of looks) {
  test(`a person reads and writes in Arabic (${name})`, async () => {
    const context = await w.browser.newContext({ ...options, locale: "ar-EG", extraHTTPHeaders: { "accept-language": "ar-EG" } });
    const page = await context.newPage();
    const look = async (what) => {
      assert.equal(await page.locator("html").getAttribute("dir"), "rtl", what);
      await lookAt(page, `${name}-${what}`);
    };

    await page.goto(`${w.shell}/sign-in`);
    await look("01-sign-in");
    await page.locator("#email").fill(robin.email);
    await page.locator("#password").fill(robin.password);
    await enter(page);
    // The account was made in English; the reader chooses at the foot of the page, and stays where they are.
    if ((await page.locator("html").getAttribute("lang")) === "en") {
      await page.getByRole("button", { name: "العربية" }).click();
    }
    assert.equal(page.url(), `${w.shell}/`);
    await look("02-home");
    await page.locator(".record-row .row-links a").first().click();
    const record = page.url();
    await look("03-overview");
    // A line of text begins at the right.
    const side = await page.locator("main h1").evaluate((h) => {
      const range = document.createRange();
      range.selectNodeContents(h);
      const [text, box] = [range.getBoundingClientRect(), h.getBoundingClientRect()];
      return box.right - text.right < text.left - box.left + 1;
    });
    assert.ok(side, "the heading stands at the right");
    const inside = [
      ["04-timeline", "/timeline"],
      ["05-everything", "/items"],
      ["06-add", "/add"],
      ["07-apps", "/apps"],
      ["08-search", "/search?q=بنسلين"],
      ["09-activity", "/activity"],
      ["10-copy", "/copy"],
    ];
    for (const [what, path] of all ? inside : inside.slice(0, 1)) {
      await page.goto(record + path);
      await look(what);
    }
    await page.goto(`${record}/items`);
    const kinds = await page.locator("main .rows a").evaluateAll((links) => links.map((link) => link.href));
    for (const [index, kind] of kinds.slice(0, all ? 3 : 1).entries()) {
      await page.goto(`${kind}?range=all`);
      await look(`11-kind-${index}`);
    }
    await page.locator("main table a, main .rows a").first().click();
    await look("12-item");
    await page.goto(`${record}/add`);
    await page.locator("main .kinds a").first().click();
    await look("13-form");
    await page.locator("main form button.main").click();
    await look("14-form-with-trouble");
    const around = [
      ["15-account", "account"],
      ["16-units", "account/units"],
      ["17-help", "help"],
      ["18-sessions", "sessions"],
      ["19-privacy", "privacy"],
      ["20-nowhere", "nowhere"],
      ["21-new-record", "records/new"],
      ["22-code", "connect"],
      ["24-passkeys", "account/passkeys"],
      ["25-apps", "apps"],
    ];
    for (const [what, path] of all ? around : around.slice(0, 1)) {
      await page.goto(`${w.shell}/${path}`);
      await look(what);
    }
    await page.goto(`${w.website}/connect`);
    await page.locator("button[name=decision][value=allow]").waitFor();
    await look("23-consent");
    for (const [number, { code, words }] of [[26, asked], [28, left]]) {
      await page.goto(`${w.shell}/connect`);
      await page.locator("#code").fill(code);
      await page.locator("main form button.main").click();
      await look(`${number}-question`);
      await page.locator("#answer").fill(words);
      await page.locator("main form button.main").click();
      await page.locator("button[name=decision][value=not-now]").waitFor();
      await look(`${number + 1}-unlocked`);
    }
    await context.close();
  });
}

test("a clinic's letter reads from right to left, and what is typed from left to right", async () => {
  for (const { letter } of [asked, left]) {
    const page = await w.browser.newPage(phone);
    await page.goto(`file://${letter}`);
    const name = letter.split("/").at(-1).replace(".html", "");
    await page.screenshot({ path: join(top, "target/browser", `arabic-letter-${name}.png`), fullPage: true });
    await page.pdf({ path: join(top, "target/browser", `arabic-letter-${name}.pdf`), format: "A4" });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth), false, "it scrolls sideways");
    assert.deepEqual(await page.evaluate(() => ["html", ".code", ".address", ".words"].map((one) =>
      getComputedStyle(document.querySelector(one)).direction)), ["rtl", "ltr", "ltr", "ltr"]);
    await page.close();
  }
});
