// The Shell in Arabic: from right to left on a phone and on a desk, in light and dark, by axe.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { clinic } from "./clinic.mjs";
import { enter, look as lookAt, robin, world } from "./world.mjs";

const ALLERGY = "52bf9104-2c5e-4f1f-a66d-552ebcc53df7";
const MEDICATION = "30cafccc-047d-4288-94ef-643571f7919d";

let w;
before(async () => {
  w = await world();
  const { put } = await clinic(w);
  await put(ALLERGY, "<allergy><name><text>بنسلين</text></name><reaction><text>طفح جلدي</text></reaction></allergy>", []);
  await put(MEDICATION, "<medication><name><text>Lisinopril</text></name><dose><display>1 tablet</display></dose></medication>", []);
});
after(() => w.close());

const phone = { viewport: { width: 360, height: 740 } };
const desk = { viewport: { width: 1280, height: 900 } };
// Every page on a phone in the light; elsewhere those whose shape differs most.
const looks = [
  ["arabic-phone-light", { ...phone, colorScheme: "light" }, true],
  ["arabic-phone-dark", { ...phone, colorScheme: "dark" }, false],
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
    ];
    for (const [what, path] of all ? around : around.slice(0, 1)) {
      await page.goto(`${w.shell}/${path}`);
      await look(what);
    }
    await page.goto(`${w.website}/connect`);
    await page.locator("button[name=decision][value=allow]").waitFor();
    await look("23-consent");
    await context.close();
  });
}
