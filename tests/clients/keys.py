"""The numbers of an RSA key and the thumbprint of a certificate, by the openssl command."""

import re
import subprocess


def numbers(key_file):
    text = subprocess.check_output(["openssl", "rsa", "-in", key_file, "-noout", "-text"]).decode("ascii")

    def number(name):
        digits = re.search(name + r":\s*\n((?:\s+[0-9a-f:]+\n)+)", text).group(1)
        return int(re.sub(r"[\s:]", "", digits), 16)

    return number("modulus"), number("privateExponent")


def thumbprint(certificate_file):
    line = subprocess.check_output(["openssl", "x509", "-in", certificate_file, "-noout", "-fingerprint", "-sha1"])
    return line.decode("ascii").split("=")[1].strip().replace(":", "")
