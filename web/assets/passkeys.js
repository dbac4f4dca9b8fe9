"use strict";
/* Passkeys: asks the server what to sign, lets the device sign it, and sends the form with the answer. Without
   this script, or in a browser without passkeys, its buttons stay hidden and the password works. */
(() => {
  const blocks = [...document.querySelectorAll("[data-passkey]")];
  if (!window.PublicKeyCredential || !navigator.credentials) return;

  const toBytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  const toText = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

  function forDevice(options) {
    options.challenge = toBytes(options.challenge);
    if (options.user) options.user.id = toBytes(options.user.id);
    for (const known of options.excludeCredentials ?? []) known.id = toBytes(known.id);
    for (const known of options.allowCredentials ?? []) known.id = toBytes(known.id);
    return options;
  }

  function forServer({ id, rawId, type, response }) {
    const said = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (response[name]) said[name] = toText(response[name]);
    }
    return JSON.stringify({ id, rawId: toText(rawId), type, response: said });
  }

  async function ask(block, form) {
    const body = new URLSearchParams(new FormData(form));
    const reply = await fetch(block.dataset.begin, { method: "POST", body });
    const kind = reply.headers.get("content-type") ?? "";
    if (!reply.ok || !kind.startsWith("application/json")) throw new Error("this page is too old");
    const { publicKey } = await reply.json();
    /* Some answer in the form needs another look: the server says which when the form is sent. */
    if (!publicKey) return "-";
    const options = { publicKey: forDevice(publicKey) };
    return forServer(await navigator.credentials[block.dataset.passkey](options));
  }

  function why(error, block) {
    if (error.name === "NotAllowedError" || error.name === "AbortError") return block.dataset.notDone;
    if (error.name === "InvalidStateError") return block.dataset.known;
    return block.dataset.broken;
  }

  function prepare(block) {
    const form = block.closest("form");
    const passwords = [...form.querySelectorAll("input[type=password]")];
    const said = block.querySelector("[role=status]");
    let busy = false;
    const wait = (on) => {
      busy = on;
      /* What is disabled is neither asked for nor sent. */
      for (const password of passwords) password.disabled = on;
    };
    block.querySelector("button").addEventListener("click", async () => {
      if (busy) return;
      wait(true);
      if (block.dataset.passkey === "create" && !form.reportValidity()) return wait(false);
      said.textContent = block.dataset.waiting;
      try {
        form.elements.passkey.value = await ask(block, form);
        form.action = block.dataset.finish;
        form.submit();
      } catch (error) {
        said.textContent = why(error, block);
        wait(false);
      }
    });
    /* Coming back to this page by the browser's own button. */
    window.addEventListener("pageshow", () => { said.textContent = ""; wait(false); });
    block.hidden = false;
  }

  for (const without of document.querySelectorAll("[data-without-passkeys]")) without.hidden = true;
  blocks.forEach(prepare);
})();
