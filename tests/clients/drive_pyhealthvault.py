"""pyhealthvault 1.0, unmodified: session, person, two heights written and read, online and offline.
Usage: drive_pyhealthvault.py PLATFORM-URL KEY CERTIFICATE WCTOKEN"""

from __future__ import print_function

import io
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(1, os.path.dirname(os.path.abspath(__file__)))
import keys

from healthvaultlib.exceptions.healthserviceexception import HealthServiceException
from healthvaultlib.helpers.connection import Connection
from healthvaultlib.itemtypes.height import Height
from healthvaultlib.methods.getapplicationinfo import GetApplicationInfo
from healthvaultlib.methods.getauthorizedpeople import GetAuthorizedPeople
from healthvaultlib.methods.getservicedefinition import GetServiceDefinition
from healthvaultlib.methods.getthings import GetThings
from healthvaultlib.methods.putthings import PutThings
from healthvaultlib.methods.querypermissions import QueryPermissions
from healthvaultlib.objects.getauthorizedpeopleparameters import GetAuthorizedPeopleParameters
from healthvaultlib.objects.thingfilter import ThingFilter
from healthvaultlib.objects.thingformat import ThingFormat
from healthvaultlib.objects.thinggroup import ThingGroup

HEIGHT = "40750a6a-89b2-455c-bd8d-b420a4cb500b"


def run(method, connection):
    """The library prints every request and answer; they are kept for when something goes wrong."""
    said, sys.stdout = sys.stdout, io.BytesIO()
    try:
        method.execute(connection)
    except HealthServiceException:
        raise
    except Exception:
        print(sys.stdout.getvalue(), file=sys.stderr)
        raise
    finally:
        sys.stdout = said
    return method.response


def heights(connection):
    wanted, shape = ThingFilter(), ThingFormat()
    wanted.typeids.append(HEIGHT)
    shape.sections.append("core")
    shape.sections.append("xml")
    group = ThingGroup([wanted])
    group._format = shape
    response = run(GetThings([group]), connection)
    assert len(response.groups) == 1
    return [float(item.value_m) for item in response.groups[0].healthrecorditems]


def height(metres):
    item = Height()
    item.value_m = metres
    item.display_value = str(metres * 100)
    item.display_units = "cm"
    return item


def main(url, key_file, certificate_file, wctoken):
    modulus, exponent = keys.numbers(key_file)
    connection = Connection("3c7e0f52-91d4-4b1e-8a60-5d2f9b7c1e44", url)
    connection.thumbprint = keys.thumbprint(certificate_file)
    connection.publickey, connection.privatekey = "%x" % modulus, "%x" % exponent
    connection.user_auth_token = wctoken
    said, sys.stdout = sys.stdout, io.BytesIO()
    connection.connect()
    connection.set_person_and_record_from_personinfo()
    sys.stdout = said
    assert connection.personid and connection.recordid
    print("  session and person: ok")

    before = heights(connection)
    written = run(PutThings([height(1.20), height(1.40)]), connection)
    assert all(item.key is not None for item in written.healthrecorditems)
    after = heights(connection)
    assert len(after) == len(before) + 2 and set([1.2, 1.4]) <= set(after), after
    print("  two things written and read online: ok")

    permissions = run(QueryPermissions([HEIGHT]), connection)
    assert permissions is not None
    run(GetApplicationInfo(True), connection)
    run(GetServiceDefinition([]), connection)
    print("  permissions, application and service: ok")

    connection.user_auth_token = None
    written = run(PutThings([height(1.60)]), connection)
    assert 1.6 in heights(connection)
    people = run(GetAuthorizedPeople(GetAuthorizedPeopleParameters()), connection)
    assert [p.personid for p in people.authorized_people] == [connection.personid]
    print("  offline: ok")

    connection.user_auth_token = "ASAAAnobody="
    try:
        heights(connection)
        sys.exit("a dead token was accepted")
    except HealthServiceException as refused:
        assert "ended" in str(refused), refused
    print("  a dead token is refused: ok")


main(*sys.argv[1:])
