import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { clinic } from "./clinic.mjs";
import { enter, look as lookAt, signIn, world } from "./world.mjs";

const ALLERGY = "52bf9104-2c5e-4f1f-a66d-552ebcc53df7";
const MEDICATION = "30cafccc-047d-4288-94ef-643571f7919d";
const CHOLESTEROL = "98f76958-e34f-459b-a760-83c1699add38";
const EXERCISE = "85a21ddb-db20-4c65-8d30-33c899ccf612";
const SLEEP = "11c52484-7f1a-11db-aeac-87d355d89593";

const today = new Date();
const ago = (days) => {
  const day = new Date(today.getTime() - days * 86_400_000);
  return `<date><y>${day.getUTCFullYear()}</y><m>${day.getUTCMonth() + 1}</m><d>${day.getUTCDate()}</d></date>`;
};

let w;
before(async () => {
  w = await world();
  const { put } = await clinic(w);
  const hillside = { put: (type, xml) => put(type, xml, []) };
  await hillside.put(ALLERGY, "<allergy><name><text>Penicillin</text></name><reaction><text>Hives</text></reaction></allergy>");
  await hillside.put(MEDICATION, "<medication><name><text>Lisinopril</text></name><dose><display>1 tablet</display></dose><frequency><display>every morning</display></frequency></medication>");
  for (const [days, ldl, hdl, total, triglyceride] of [[300, 4.1, 1.2, 6.2, 1.9], [200, 3.6, 1.3, 5.7, 1.8], [100, 3.1, 1.3, 5.1, 1.6], [5, 2.8, 1.4, 4.9, 1.5]]) {
    const value = (name, number) => `<${name}><mmolPerL>${number}</mmolPerL></${name}>`;
    await hillside.put(CHOLESTEROL, `<cholesterol-profile><when>${ago(days)}</when>${value("ldl", ldl)}${value("hdl", hdl)}${value("total-cholesterol", total)}${value("triglyceride", triglyceride)}</cholesterol-profile>`);
  }
  for (const days of [1, 3, 6, 9, 10, 15, 17, 24, 28]) {
    await hillside.put(EXERCISE, `<exercise><when><structured>${ago(days)}</structured></when><activity><text>Running</text></activity><distance><m>${3000 + days * 150}</m></distance><duration>${20 + days}</duration></exercise>`);
    await hillside.put(SLEEP, `<sleep-am><when>${ago(days)}</when><bed-time><h>22</h><m>30</m></bed-time><wake-time><h>6</h><m>40</m></wake-time><sleep-minutes>${400 + days * 4}</sleep-minutes><settling-minutes>${5 + days}</settling-minutes><wake-state>2</wake-state></sleep-am>`);
  }
});
after(() => w.close());

const phone = { viewport: { width: 360, height: 740 } };
const desk = { viewport: { width: 1280, height: 900 } };
// Every page is looked at in all sizes by every-page.test.mjs.
const looks = [
  ["record-phone-light", { ...phone, colorScheme: "light" }],
  ["record-desk-dark", { ...desk, colorScheme: "dark" }],
];

for (const [name, options] of looks) {
  test(`a person reads a record at a glance, by date, by number and by word (${name})`, async () => {
    const context = await w.browser.newContext(options);
    const page = await context.newPage();
    const look = (what) => lookAt(page, `${name}-${what}`);
    page.on("response", (r) => assert.ok(r.status() < 400, `${r.status()} at ${r.url()}`));
    const pages = [];
    page.on("response", async (r) => {
      if (r.headers()["content-type"]?.startsWith("text/html") && r.status() === 200) pages.push([r.url(), (await r.body().catch(() => "")).length]);
    });

    await page.goto(`${w.shell}/sign-in`);
    await signIn(page);
    await look("01-home");
    await page.getByRole("link", { name: /^Open/ }).first().focus();
    await enter(page);
    await page.getByRole("heading", { name: "Latest measurements" }).waitFor();
    for (const said of ["Lisinopril", "Penicillin: Hives", "Hillside Clinic"]) {
      assert.ok((await page.locator("main").innerText()).includes(said), said);
    }
    await look("02-overview");
    const round = page.getByRole("navigation", { name: /^The record of/ });
    await round.getByRole("link", { name: "Timeline" }).click();
    await look("03-timeline");
    await page.getByLabel("Show").selectOption({ label: "Exercise" });
    await page.getByRole("button", { name: "Show" }).click();
    await page.locator(".row").first().waitFor();
    assert.equal(await page.locator(".row").count(), 9);
    await look("04-timeline-of-a-kind");
    await round.getByRole("link", { name: "Search" }).click();
    await page.getByLabel(/^Search the record/).fill("hives");
    await page.keyboard.press("Enter");
    await page.getByText("1 item found.").waitFor();
    await look("05-search");
    for (const [index, kind] of ["Weight", "Blood pressure", "Cholesterol", "Exercise", "Sleep"].entries()) {
      await round.getByRole("link", { name: "Everything" }).click();
      await page.getByRole("link", { name: kind, exact: true }).click();
      await page.getByRole("img").first().waitFor();
      assert.match(await page.locator("figure").first().innerText(), /the latest is/);
      await look(`06-${index}-${kind.toLowerCase().replace(" ", "-")}`);
    }
    await round.getByRole("link", { name: "Everything" }).click();
    await page.getByRole("link", { name: "Weight", exact: true }).click();
    await page.getByRole("link", { name: "Month", exact: true }).click();
    await page.getByRole("img").first().waitFor();
    await look("07-weight-month");

    await page.goto(`${w.shell}/account`);
    await look("08-account");
    await page.goto(`${w.shell}/account/units`);
    await look("09-units");
    await page.emulateMedia({ media: "print" });
    await page.goto(`${w.shell}/`);
    await page.getByRole("link", { name: /^Open/ }).first().click();
    await page.screenshot({ path: new URL(`../../target/browser/${name}-10-print.png`, import.meta.url).pathname, fullPage: true });
    await new Promise((done) => setTimeout(done, 100));
    for (const [url, length] of pages) assert.ok(length < 100_000, `${url} has ${length} bytes`);
    await context.close();
  });
}

for (const [name, options] of looks) {
  test(`a person writes down and changes by hand, with the keyboard alone (${name})`, async () => {
    const context = await w.browser.newContext(options);
    const page = await context.newPage();
    const look = (what) => lookAt(page, `${name}-${what}`);
    page.on("response", (r) => assert.ok(r.status() < 400, `${r.status()} at ${r.url()}`));
    const press = async (role, label) => {
      await page.getByRole(role, { name: label }).first().focus();
      await enter(page);
    };

    await page.goto(`${w.shell}/sign-in`);
    await signIn(page);
    await press("link", /^Open/);
    await press("link", "Write something down");
    await look("20-choose");
    await press("link", "Blood pressure");
    assert.equal(await page.getByLabel("Year").inputValue(), String(today.getUTCFullYear()));
    await page.getByLabel("Systolic (mmHg)").fill("a lot");
    await page.getByLabel("Diastolic (mmHg)").fill("80");
    await page.keyboard.press("Enter");
    await page.getByText("This is not a number").waitFor();
    assert.equal(await page.getByLabel("Diastolic (mmHg)").inputValue(), "80");
    assert.match(await page.getByLabel("Systolic (mmHg)").getAttribute("aria-describedby"), /systolic-error/);
    await page.locator("summary").click();
    await look("21-wrong");
    await page.getByLabel("Systolic (mmHg)").fill("121");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "121/80 mmHg" }).waitFor();
    await look("22-saved");
    await press("link", "Change this item");
    await page.getByLabel("Systolic (mmHg)").fill("122");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "122/80 mmHg" }).waitFor();
    await page.getByText("Changed. The version before is kept below.").waitFor();
    await look("23-changed");
    await page.goto(page.url().replace(/items.*/, `add/${ALLERGY}`));
    await page.locator("summary").click();
    await look("24-allergy");
    await context.close();
  });
}
