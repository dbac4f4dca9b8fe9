"""Seals packages here and opens them with our program, and the other way round.

    compare.py PROGRAM      the example `packages` of the crate `dopu`
"""

import base64
import hashlib
import hmac
import json
import random
import subprocess
import sys

from Crypto.Cipher import DES3
from py3rijndael import RijndaelCbc
from py3rijndael.paddings import PaddingBase

program = sys.argv[1]
# The same cases at every run; none of this is secret.
chance = random.Random(20_260_601)

ANSWERS = ["Seeds the Parakeet", "  two WORDS ", "Gänseblümchen ÄÖÜ", "ЖУРАВЛЬ", "ΟΔΥΣΣΕΥΣ", "İstanbul IĞDIR", "日本語"]
SALTS = ["9f1c2b34-5d6e-4f70-8a91-b2c3d4e5f607", "c2FsdA==", "Salz für alle", "s" * 100]
LENGTHS = [0, 1, 3, 4, 7, 8, 31, 32, 33, 63, 64, 70, 127, 128, 129, 1000, 3000]


class Bare(PaddingBase):
    """Padding is ours to make."""

    def encode(self, source):
        return source

    def decode(self, source):
        return source


def lowered(answer):
    """Character by character, as .NET's invariant culture does; what would become two stays."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in answer)


class Form:
    """One of the two forms of a package, as connectivity.md 5 has it."""

    def __init__(self, name, block, key_bytes, digest):
        self.name, self.block, self.key_bytes, self.digest = name, block, key_bytes, digest
        self.mac_bytes = hashlib.new(digest).digest_size

    def cipher(self, answer, salt, iterations):
        password = lowered(answer).encode()
        derived = hashlib.pbkdf2_hmac("sha1", password, salt.encode(), iterations, self.key_bytes + self.block)
        key, iv = derived[: self.key_bytes], derived[self.key_bytes :]
        if self.block == 32:
            return RijndaelCbc(key, iv, Bare(32), block_size=32)
        return DES3.new(key, DES3.MODE_CBC, iv)

    def seal(self, plain, answer, salt, iterations, with_mac=True):
        mac = hmac.digest(salt.encode(), plain, self.digest) if with_mac else b""
        parts = mac + plain
        count = self.block - len(parts) % self.block
        padded = parts + chance.randbytes(count - 1) + bytes([count])
        return self.cipher(answer, salt, iterations).encrypt(padded)

    def open(self, sealed, answer, salt, iterations, with_mac=True):
        padded = self.cipher(answer, salt, iterations).decrypt(sealed)
        assert 1 <= padded[-1] <= self.block, "padding"
        parts = padded[: -padded[-1]]
        if not with_mac:
            return parts
        mac, plain = parts[: self.mac_bytes], parts[self.mac_bytes :]
        assert hmac.compare_digest(mac, hmac.digest(salt.encode(), plain, self.digest)), "HMAC"
        return plain


FORMS = [Form("hmac-sha256-aes256", 32, 32, "sha256"), Form("hmac-sha1-3des", 8, 24, "sha1")]


def ours(tasks):
    """What our program makes of the tasks."""
    tasks = [{**task, "bytes": base64.b64encode(task["bytes"]).decode()} for task in tasks]
    lines = "".join(json.dumps(task) + "\n" for task in tasks)
    out = subprocess.run([program], input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout
    answers = [json.loads(line)["bytes"] for line in out.splitlines()]
    assert len(answers) == len(tasks)
    return [None if answer is None else base64.b64decode(answer) for answer in answers]


def cases():
    for form in FORMS:
        for n, length in enumerate(LENGTHS):
            answer, salt = ANSWERS[n % len(ANSWERS)], SALTS[n % len(SALTS)]
            yield form, chance.randbytes(length), (answer, salt, chance.randint(1, 2000))
        # One with the iterations that the SDK writes.
        yield form, "<thing>Gänse</thing>".encode(), (ANSWERS[0], SALTS[0], 20_000)


def task(what, form, secret, data):
    answer, salt, iterations = secret
    parameters = {"algorithm": form.name, "salt": salt, "iterations": iterations}
    return {"what": what, "answer": answer, "bytes": data, **parameters}


def main():
    all_cases = list(cases())
    plains = [plain for _, plain, _ in all_cases]

    theirs = [form.seal(plain, *secret) for form, plain, secret in all_cases]
    opened = ours([task("open", form, secret, blob) for (form, _, secret), blob in zip(all_cases, theirs)])
    assert opened == plains, "ours opens what they sealed"
    loud = [task("open", form, (s[0].upper(), *s[1:]), blob) for (form, _, s), blob in zip(all_cases, theirs)]
    assert ours(loud) == plains, "ours opens it in upper case"

    sealed = ours([task("seal", form, secret, plain) for form, plain, secret in all_cases])
    assert [form.open(blob, *secret) for (form, _, secret), blob in zip(all_cases, sealed)] == plains, "they open ours"
    assert [len(blob) for blob in sealed] == [len(blob) for blob in theirs], "both are equally long"

    chunks = [form.seal(plain, *secret, with_mac=False) for form, plain, secret in all_cases]
    opened = ours([task("open-chunk", form, secret, blob) for (form, _, secret), blob in zip(all_cases, chunks)])
    assert opened == plains, "ours opens their chunks"
    sealed = ours([task("seal-chunk", form, secret, plain) for form, plain, secret in all_cases])
    opened = [form.open(blob, *secret, with_mac=False) for (form, _, secret), blob in zip(all_cases, sealed)]
    assert opened == plains, "they open our chunks"

    wrong = [task("open", form, ("no" + s[0], *s[1:]), blob) for (form, _, s), blob in zip(all_cases, theirs)]
    assert ours(wrong) == [None] * len(wrong), "a wrong answer opens nothing"
    print(f"{len(all_cases)} packages and as many chunks: each side opens the other's")


main()
