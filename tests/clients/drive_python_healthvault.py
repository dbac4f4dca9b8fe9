"""python-healthvault 0.1.5, unmodified: session version 1, record, and a weight that is there.
Usage: drive_python_healthvault.py HOST KEY CERTIFICATE WCTOKEN"""

from __future__ import print_function

import io
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(1, os.path.dirname(os.path.abspath(__file__)))
import keys

from healthvaultlib.datatypes import DataType
from healthvaultlib.exceptions import HealthVaultException
from healthvaultlib.healthvault import HealthVaultConn


def main(host, key_file, certificate_file, wctoken):
    modulus, exponent = keys.numbers(key_file)
    connection = HealthVaultConn(
        "3c7e0f52-91d4-4b1e-8a60-5d2f9b7c1e44",
        keys.thumbprint(certificate_file),
        long(modulus),
        long(exponent),
        server=host,
        shell_server=host,
        wctoken=wctoken,
    )
    assert connection.is_authorized() and connection.record_id
    print("  session and record: ok")
    said, sys.stdout = sys.stdout, io.BytesIO()
    info = connection.get_things(DataType.WEIGHT_MEASUREMENTS)
    sys.stdout = said
    weights = [float(kg.text) for kg in info.findall("group/thing/data-xml/weight/value/kg")]
    assert len(weights) > 50 and all(60 < kg < 100 for kg in weights), weights
    print("  %d weights read: ok" % len(weights))
    try:
        connection.connect("ASAAAnobody=")
        connection.record_id = None
        connection.connect("ASAAAnobody=")
        sys.exit("a dead token was accepted")
    except HealthVaultException as refused:
        assert refused.code == 7, refused
    print("  a dead token is refused: ok")


main(*sys.argv[1:])
