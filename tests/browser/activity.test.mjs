import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { clinic } from "./clinic.mjs";
import { enter, look as lookAt, signIn, world } from "./world.mjs";

const CONDITION = "7ea7a1f9-880b-4bd4-b593-f5660f20eda8";

let w;
before(async () => {
  w = await world();
  const hillside = await clinic(w);
  await hillside.put(CONDITION, "<condition><name><text>Rash on the left arm</text></name></condition>", []);
});
after(() => w.close());

const phone = { viewport: { width: 360, height: 740 } };
const desk = { viewport: { width: 1280, height: 900 } };
// Every page is looked at in all sizes by every-page.test.mjs.
const looks = [
  ["activity-phone-light", { ...phone, colorScheme: "light" }],
  ["activity-desk-dark", { ...desk, colorScheme: "dark" }],
  ["activity-without-scripts", { ...phone, javaScriptEnabled: false }],
];

for (const [name, options] of looks) {
  test(`a person finds who read the record, looks for one thing, and takes a copy (${name})`, async () => {
    const context = await w.browser.newContext({ ...options, acceptDownloads: true });
    const page = await context.newPage();
    const scripts = options.javaScriptEnabled !== false;
    const look = (what) => lookAt(page, `${name}-${what}`, { scripts });
    page.on("response", (r) => assert.ok(r.status() < 400, `${r.status()} at ${r.url()}`));
    await page.goto(`${w.shell}/sign-in`);
    await signIn(page);
    await look("1-home");
    await page.getByRole("link", { name: /^Open/ }).first().click();
    await page.goto(`${w.shell}/`);
    // With the keyboard alone from here to what was looked for.
    await page.getByRole("link", { name: /^Who looked/ }).first().focus();
    await enter(page);
    await look("2-log");
    const week = page.locator("section", { has: page.getByRole("heading", { name: "In the last seven days" }) });
    assert.match(await week.innerText(), /You\s+Looked/);
    await page.locator("summary").focus();
    await page.keyboard.press("Enter");
    await page.getByLabel("Who", { exact: true }).selectOption({ label: "Anyone but you" });
    await page.getByLabel("What", { exact: true }).selectOption({ label: "Added, changed or removed something" });
    await page.getByRole("button", { name: "Show these" }).focus();
    await enter(page);
    await look("3-found");
    assert.ok((await page.locator(".rows .row").count()) > 0);
    assert.equal(await page.getByText("Made the record.").count(), 0);
    const [csv] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "As a table (CSV)" }).click(),
    ]);
    assert.match(csv.suggestedFilename(), /^Who looked - .*\.csv$/);
    assert.match(readFileSync(await csv.path(), "utf8"), /"when","who"/);
    await page.getByRole("link", { name: "A copy of the whole record" }).click();
    await look("4-copy");
    const [zip] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download the copy" }).click(),
    ]);
    assert.match(zip.suggestedFilename(), /^Record of .*\.zip$/);
    const check = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(*z.namelist(), sep='\\n')";
    const files = execFileSync("python3", ["-c", check, await zip.path()], { encoding: "utf8" }).split("\n");
    for (const file of ["read-me.html", "things.xml", "who-looked.json", "manifest.json"]) assert.ok(files.includes(file), file);
    if (name === "activity-phone-light") {
      const html = execFileSync("python3", ["-c", "import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read('read-me.html').decode())", await zip.path()], { encoding: "utf8" });
      const reader = await context.newPage();
      await reader.setContent(html);
      await lookAt(reader, `${name}-5-read-me`);
    }
    await context.close();
  });
}
