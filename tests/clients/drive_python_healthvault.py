"""python-healthvault 0.1.5, unmodified: every call that it offers, with what it makes of the answer.
Usage: drive_python_healthvault.py HOST KEY CERTIFICATE WCTOKEN"""

from __future__ import print_function

import datetime
import io
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(1, os.path.dirname(os.path.abspath(__file__)))
import keys

from healthvaultlib.datatypes import DataType
from healthvaultlib.exceptions import HealthVaultException, HealthVaultTokenExpiredException
from healthvaultlib.healthvault import HealthVaultConn

APP = "3c7e0f52-91d4-4b1e-8a60-5d2f9b7c1e44"


def done(what):
    print("  %s: ok" % what)


def refused(status, call, *arguments):
    try:
        call(*arguments)
    except HealthVaultException as answer:
        assert answer.code == status, answer
        return answer
    sys.exit("not refused with %d" % status)


def weights(connection):
    said, sys.stdout = sys.stdout, io.BytesIO()
    info = connection.get_things(DataType.WEIGHT_MEASUREMENTS)
    sys.stdout = said
    plain = [float(kg.text) for kg in info.findall("group/thing/data-xml/weight/value/kg")]
    assert len(plain) > 50 and all(60 < kg < 100 for kg in plain), plain
    read = connection.get_weight_measurements()
    assert [weight["kg"] for weight in read] == plain
    assert all(isinstance(weight["when"], datetime.datetime) for weight in read)
    days = [weight["when"] for weight in read]
    assert days == sorted(days, reverse=True), "the newest first"
    assert len(connection.get_weight_measurements(max=3)) == 3
    # It writes the month where the minutes belong, which does not matter at midnight of January.
    since = datetime.datetime(days[0].year, 1, 1)
    assert connection.get_weight_measurements(min_date=since) == [w for w in read if w["when"] > since]
    done("GetThings: %d weights" % len(read))


def others(connection):
    """Types that this application may not read come back empty, and those without things too."""
    wanted = [DataType.WEIGHT_MEASUREMENTS, DataType.HEIGHT_MEASUREMENTS, DataType.DEVICES]
    batch = connection.batch_get([{"datatype": kind, "max": 2} for kind in wanted])
    assert len(batch) == 3 and len(batch[0]) == 2 and batch[2] == [], batch
    assert len(batch[1]) == 2 and all(1 < item["value"]["m"] < 2 for item in batch[1]), batch[1]
    for call in [
        connection.get_basic_demographic_info,
        connection.get_blood_pressure_measurements,
        connection.get_devices,
        connection.get_exercise,
        connection.get_sleep_sessions,
    ]:
        assert call() == [], call
    done("GetThings: several groups in one call, and types that are not allowed")


def alternate_ids(connection):
    assert connection.get_alternate_ids() == []
    for name in ["Patient 17", "patient 17"]:
        connection.associate_alternate_id(name)
    assert sorted(connection.get_alternate_ids()) == ["Patient 17", "patient 17"]
    refused(139, connection.associate_alternate_id, "Patient 17")
    connection.disassociate_alternate_id("Patient 17")
    assert connection.get_alternate_ids() == ["patient 17"]
    refused(140, connection.disassociate_alternate_id, "Patient 17")
    connection.disassociate_alternate_id("patient 17")
    assert connection.get_alternate_ids() == []
    done("AssociateAlternateId, GetAlternateIds, DisassociateAlternateId")


def main(host, key_file, certificate_file, wctoken):
    modulus, exponent = keys.numbers(key_file)
    own = (APP, keys.thumbprint(certificate_file), long(modulus), long(exponent))
    servers = {"server": host, "shell_server": host}
    connection = HealthVaultConn(*own, wctoken=wctoken, **servers)
    assert connection.is_authorized() and connection.record_id
    done("CreateAuthenticatedSessionToken 1, GetPersonInfo")
    weights(connection)
    others(connection)
    alternate_ids(connection)
    saved = {name: getattr(connection, name) for name in ["sharedsec", "auth_token", "wctoken", "record_id"]}
    saved.update(servers)
    assert len(HealthVaultConn(*own, **saved).get_weight_measurements(max=1)) == 1
    done("a session that was kept")
    connection.record_id = None
    answer = refused(7, connection.connect, "ASAAAnobody=")
    assert isinstance(answer, HealthVaultTokenExpiredException)
    done("a dead token is refused")


main(*sys.argv[1:])
