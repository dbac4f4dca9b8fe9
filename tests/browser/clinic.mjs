// A clinic with an application of its own, that a person lets into their record, and that then puts things
// there over the XML API.

import { execFileSync } from "node:child_process";
import { createHash, createHmac, createSign, randomUUID, X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import assert from "node:assert/strict";
import { signIn } from "./world.mjs";

const described = (id, at) => `
id = "${id}"
name = "Hillside Clinic"
home = "${at}/"
action-url = "${at}/return"
methods = ["GetPersonInfo", "PutThings"]

[[online]]
name = "letters"
why = "To put letters and pictures into your record."
permissions = ["create"]
types = ["file", "condition", "allergy", "medication", "cholesterol-profile", "exercise", "sleep-am"]
`;

const text = (xml, name) => xml.match(new RegExp(`<${name}(?: [^>]*)?>([^<]*)<`))?.[1] ?? assert.fail(`no ${name} in ${xml}`);
const digest = (said) => createHash("sha256").update(said).digest("base64");

// Registers the application that this file describes; answers how to call the XML API as it.
async function registered(w, id, description) {
  const [key, certificate, file] = ["key.pem", "certificate.pem", "clinic.toml"].map((name) => join(w.data, name));
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-sha256", "-nodes", "-days", "30", "-subj", "/CN=clinic",
    "-keyout", key, "-out", certificate], { stdio: "ignore" });
  writeFileSync(file, description);
  w.keepwell("app", "add", file, "--certificate", certificate);

  async function call(method, version, credential, info, secret) {
    const hash = secret ? `<info-hash><hash-data algName="SHA256">${digest(info)}</hash-data></info-hash>` : "";
    const header = `<header><method>${method}</method><method-version>${version}</method-version>${credential}` +
      `<msg-time>${new Date().toISOString()}</msg-time><msg-ttl>1800</msg-ttl><version>browser</version>${hash}</header>`;
    const tag = secret && createHmac("sha256", secret).update(header).digest("base64");
    const auth = tag ? `<auth><hmac-data algName="HMACSHA256">${tag}</hmac-data></auth>` : "";
    const body = `<r:request xmlns:r="urn:com.microsoft.wc.request">${auth}${header}${info}</r:request>`;
    const answer = await (await fetch(`${w.shell}/platform/wildcat.ashx`, { method: "POST", body })).text();
    assert.equal(text(answer, "code"), "0", answer);
    return answer;
  }

  // A session, from the first call on.
  async function session() {
    const content = `<content><app-id>${id}</app-id><hmac>HMACSHA256</hmac><signing-time>${new Date().toISOString()}</signing-time></content>`;
    const signature = createSign("RSA-SHA256").update(content).sign(readFileSync(key), "base64");
    const thumbprint = new X509Certificate(readFileSync(certificate)).fingerprint.replaceAll(":", "");
    const answer = await call("CreateAuthenticatedSessionToken", 2, `<app-id>${id}</app-id>`,
      `<info><auth-info><app-id>${id}</app-id><credential><appserver2><sig digestMethod="SHA256" sigMethod="RSA-SHA256" ` +
      `thumbprint="${thumbprint}">${signature}</sig>${content}</appserver2></credential></auth-info></info>`);
    return { token: text(answer, "token"), secret: Buffer.from(text(answer, "shared-secret"), "base64") };
  }

  return { call, session };
}

// A clinic without a website, which gives its patients codes.
export async function desk(w) {
  const id = randomUUID();
  const { call, session } = await registered(w, id, `
id = "${id}"
name = "Riverside Practice"
home = "http://localhost:9/"
methods = ["basic", "connect"]
success-message = "Thank you. Our nurse looks at your readings every Monday."

[[offline]]
name = "weight"
why = "To see every week how your weight goes."
permissions = ["read"]
types = ["weight"]
`);
  const { token, secret } = await session();
  const ask = (method, info) =>
    call(method, 1, `<auth-session><auth-token>${token}</auth-token></auth-session>`, info, secret);
  return {
    // Asks for a patient; answers the code.
    async code(patient) {
      const answer = await ask("CreateConnectRequest", `<info><friendly-name>${patient}</friendly-name>` +
        `<question>What did you bring along in a jar?</question><answer>honey</answer><external-id>${randomUUID()}</external-id></info>`);
      return text(answer, "identity-code");
    },
    // How many patients have said yes.
    async connected() {
      return (await ask("GetAuthorizedConnectRequests", "<info/>")).split("<connect-request>").length - 1;
    },
  };
}

export async function clinic(w) {
  const tokens = [];
  const site = createServer((request, response) => {
    tokens.push(new URL(request.url, "http://localhost").searchParams.get("wctoken"));
    response.end("Thank you.");
  });
  await new Promise((ready) => site.listen(0, "127.0.0.1", ready));
  const id = randomUUID();
  const { call, session } = await registered(w, id, described(id, `http://localhost:${site.address().port}`));

  const context = await w.browser.newContext();
  const page = await context.newPage();
  await page.goto(`${w.shell}/redirect.aspx?target=AUTH&targetqs=${encodeURIComponent(`?appid=${id}`)}`);
  await signIn(page);
  await page.getByRole("button", { name: /^Allow Hillside/ }).click();
  await page.getByText("Thank you.").waitFor();
  await context.close();
  site.close();

  const { token, secret } = await session();
  const credential = `<auth-session><auth-token>${token}</auth-token>` +
    `<user-auth-token>${tokens.find(Boolean)}</user-auth-token></auth-session>`;
  const person = await call("GetPersonInfo", 1, credential, "<info/>", secret);
  const record = `<record-id>${text(person, "selected-record-id")}</record-id>`;

  return {
    // A thing of this type with attachments: [name, content type, bytes].
    async put(type, data, attachments) {
      const blobs = attachments.map(([name, kind, bytes]) =>
        `<blob><blob-info><name>${name}</name><content-type>${kind}</content-type></blob-info>` +
        `<content-length>${bytes.length}</content-length><base64data>${bytes.toString("base64")}</base64data></blob>`);
      await call("PutThings", 2, record + credential,
        `<info><thing><type-id>${type}</type-id><data-xml>${data}<common/></data-xml>` +
        `<blob-payload>${blobs.join("")}</blob-payload></thing></info>`, secret);
    },
  };
}

// A page with a line on it.
export function pdf(line) {
  const drawn = `BT /F1 20 Tf 30 120 Td (${line}) Tj ET`;
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    `<</Length ${drawn.length}>>\nstream\n${drawn}\nendstream`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
  ];
  let file = "%PDF-1.4\n";
  const places = objects.map((object, index) => {
    const place = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, "0")} 00000 n \n`;
  });
  const end = file.length;
  file += `xref\n0 6\n0000000000 65535 f \n${places.join("")}trailer<</Size 6/Root 1 0 R>>\nstartxref\n${end}\n%%EOF`;
  return Buffer.from(file, "latin1");
}
