// What stands several times with fields of its own: added, filled in, removed and kept with the keyboard alone, on a
// phone and on a desk, in light and dark, in English and in Arabic, with scripts and without.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { enter, look as lookAt, signIn, world } from "./world.mjs";

const CONTACT = "162dd12d-9859-4a66-b75f-96760d67072b";
const LAB = "5800eab5-a8c2-482a-a4d6-f1db25ae08c3";
const MEDICATION = "30cafccc-047d-4288-94ef-643571f7919d";

let w;
before(async () => { w = await world(); });
after(() => w.close());

const phone = { viewport: { width: 360, height: 740 } };
const desk = { viewport: { width: 1280, height: 900 } };
const looks = [
  ["groups-phone-light", { ...phone, colorScheme: "light" }, "en"],
  ["groups-without-scripts", { ...phone, javaScriptEnabled: false }, "en"],
  ["groups-desk-dark", { ...desk, colorScheme: "dark" }, "en"],
  ["groups-arabic-phone-dark", { ...phone, colorScheme: "dark" }, "ar"],
];

for (const [name, options, lang] of looks) {
  test(`a person writes several of one sort into an item with the keyboard alone (${name})`, async () => {
    const context = await w.browser.newContext(options);
    const page = await context.newPage();
    const scripts = options.javaScriptEnabled !== false;
    const look = (what) => lookAt(page, `${name}-${what}`, { scripts });
    page.on("response", (r) => assert.ok(r.status() < 400, `${r.status()} at ${r.url()}`));

    await page.goto(`${w.shell}/sign-in`);
    await signIn(page);
    if (lang === "ar" && (await page.locator("html").getAttribute("lang")) === "en") {
      await page.getByRole("button", { name: "العربية" }).click();
      await page.locator("html[lang=ar]").waitFor();
    }
    await page.locator(".record-row .row-links a").first().click();
    const record = page.url();

    // Tab to a button of the form and press it: no other way is taken.
    const press = async (button, value) => {
      for (let tabs = 0; ; tabs++) {
        assert.ok(tabs < 400, `${button} ${value} is not reached`);
        const at = await page.locator(":focus").evaluateAll(([at]) => [at?.name, at?.value]);
        if (at[0] === button && at[1] === value) break;
        await page.keyboard.press("Tab");
      }
      await enter(page);
      // A browser moves the focus only when it draws, after the page has loaded; keys before that go nowhere.
      await page.locator("[autofocus]:focus").waitFor();
    };
    const focused = () => page.locator(":focus").evaluateAll(([at]) => at?.name);
    const legends = async () => (await page.locator(".several > .group > legend").allInnerTexts()).map((text) => text.replaceAll(/[\u2066-\u2069]/g, ""));
    const type = async (texts) => {
      for (const [index, text] of texts.entries()) {
        if (index) await page.keyboard.press("Tab");
        if (text) await page.keyboard.type(text);
      }
    };
    // After the main address comes the choice, and after the street a button for one more line of it.
    const address = (street, city) => ["Home", "", street, "", city, "", "98052", "US"];

    await page.goto(`${record}/add/${CONTACT}`);
    await look("01-contact");
    await press("add-row", "contact.address");
    assert.equal(await focused(), "contact.address.1.description", "the new group has the focus");
    await type(address("1 Larkfield Lane", "Larkfield"));
    await press("add-row", "contact.address");
    assert.equal(await focused(), "contact.address.2.description");
    assert.equal(await page.locator("[name='contact.address.1.city']").inputValue(), "Larkfield");
    await type(address("2 High Street", "Uppsala"));
    await press("add-row", "contact.phone");
    assert.equal(await focused(), "contact.phone.1.description");
    const two = { en: ["Address 1 of 2", "Address 2 of 2", "Phone"], ar: ["العنوان 1 من 2", "العنوان 2 من 2", "الهاتف"] }[lang];
    assert.deepEqual(await legends(), two);
    await look("02-contact-with-groups");
    // Enter in a field keeps the form. The phone stayed empty, so it is none.
    await enter(page);
    await page.getByText("1 Larkfield Lane").first().waitFor();
    await look("03-contact-kept");
    const item = page.url().split("?")[0];
    await page.goto(`${item}/edit`);
    assert.deepEqual(await legends(), two.slice(0, 2));
    await press("remove-row", "contact.address.1");
    assert.equal(await focused(), "add-row", "the way to add one has the focus");
    assert.equal(await page.locator("[role=status]").count(), 1);
    assert.deepEqual(await legends(), [two[0].split(" ")[0]]);
    await look("04-contact-removed");
    await press("add-row", "contact.email");
    await type(["", "", "robin@larkfield.example"]);
    await press("add-row", "contact.email");
    await page.keyboard.type("half");
    await page.keyboard.press("Enter");
    await page.locator(".wrong").waitFor();
    assert.equal(await page.locator("[aria-invalid]").getAttribute("name"), "contact.email.2.address");
    await look("05-contact-with-trouble");
    await press("remove-row", "contact.email.2");
    await page.locator("[name='contact.email.1.address']").focus();
    await enter(page);
    await page.goto(`${item}/edit`);
    assert.equal(await page.locator("[name='contact.address.1.city']").inputValue(), "Uppsala");
    assert.equal(await page.locator("[name='contact.email.1.address']").inputValue(), "robin@larkfield.example");

    await page.goto(`${record}/add/${LAB}`);
    await look("06-lab");
    await press("add-row", "lab-group.1.results");
    await press("add-row", "lab-group.1.results");
    await press("add-row", "lab-group.1.results.2.value.ranges");
    await press("add-row", "lab-group.1.sub-groups");
    await press("add-row", "lab-group.1.sub-groups.1.results");
    await look("07-lab-with-groups");
    await page.goto(`${record}/add/${MEDICATION}`);
    await page.locator("summary").focus();
    await page.keyboard.press("Enter");
    await press("add-row", "prescription.prescribed-by.contact.phone");
    assert.equal(await focused(), "prescription.prescribed-by.contact.phone.1.description", "and what was folded is open");
    await look("08-medication");

    // The next look begins with an empty record again.
    await page.goto(`${item}/remove`);
    await page.locator("main form button").first().click();
    await context.close();
  });
}
