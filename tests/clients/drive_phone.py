"""pyhealthvault, unmodified, as an application on a phone: the steps of its own sample, with the Shell walked
through by another program. Usage: drive_phone.py ORIGIN PYTHON3 SHELL-FLOW CA-FILE"""

from __future__ import print_function

import datetime
import io
import re
import subprocess
import sys
import urllib

sys.dont_write_bytecode = True

from healthvaultlib.exceptions.healthserviceexception import HealthServiceException
from healthvaultlib.helpers.connection import Connection
from healthvaultlib.itemtypes.weight import Weight
from healthvaultlib.methods.getauthorizedpeople import GetAuthorizedPeople
from healthvaultlib.methods.getthings import GetThings
from healthvaultlib.methods.newapplicationcreationinfo import NewApplicationCreationInfo
from healthvaultlib.methods.putthings import PutThings
from healthvaultlib.objects.getauthorizedpeopleparameters import GetAuthorizedPeopleParameters
from healthvaultlib.objects.thingfilter import ThingFilter
from healthvaultlib.objects.thingformat import ThingFormat
from healthvaultlib.objects.thinggroup import ThingGroup

STEPS = "7b0d5f3e-92c4-4a18-b6d7-3e5f8a1c9d24"
WEBSITE = "5a3d1e9c-7b42-4f06-9e58-2c1b0a6f4d77"
WEIGHT = "3d34d87e-7fc1-4153-800f-f56592cb0d17"


class Refused(Exception):
    """The status of an answer, which the library reads and keeps to itself."""


def quietly(call):
    """The library prints every request and answer; they are kept for when something goes wrong."""
    said, sys.stdout = sys.stdout, io.BytesIO()
    try:
        return call()
    except HealthServiceException:
        raise Refused(int(re.findall(r"<code>(\d+)</code>", sys.stdout.getvalue())[-1]))
    except Exception:
        print(sys.stdout.getvalue(), file=sys.stderr)
        raise
    finally:
        sys.stdout = said


def run(method, connection):
    quietly(lambda: method.execute(connection))
    return method.response


def refused(call, status):
    try:
        quietly(call)
    except Refused as answer:
        assert answer.args == (status,), answer
    else:
        sys.exit("it was not refused with %d" % status)


def weights(connection):
    wanted, shape = ThingFilter(), ThingFormat()
    wanted.typeids.append(WEIGHT)
    shape.sections.append("core")
    shape.sections.append("xml")
    group = ThingGroup()
    group.filters = [wanted]
    group.format = shape
    things = run(GetThings([group]), connection).groups[0].healthrecorditems
    return [float(item.value_kg) for item in things]


def main(origin, python3, shell_flow, ca_file):
    platform = origin + "/platform/wildcat.ashx"
    refused(lambda: NewApplicationCreationInfo().execute(Connection(WEBSITE, platform)), 6)
    connection = Connection(STEPS, platform)
    given = run(NewApplicationCreationInfo(), connection)
    inner = urllib.urlencode({
        "appCreationToken": given.app_token, "appid": connection.applicationid, "instanceName": "PythonSoda",
    })
    address = "%s/redirect.aspx?target=CREATEAPPLICATION&targetqs=%s" % (origin, urllib.quote_plus(inner))

    connection.applicationid = given.app_id
    connection.soda_shared_secret = given.shared_secret
    refused(connection.connect, 6)
    print("  an installation that nobody has let in: ok")
    end = subprocess.check_output([python3, "-E", shell_flow, origin, ca_file, address]).decode().strip()
    wanted = "%s/application/complete?appid=%s&target=AppAuthSuccess&instanceid=1" % (origin, given.app_id)
    assert end == wanted, end
    print("  the end of its browser: ok")

    quietly(connection.connect)
    people = run(GetAuthorizedPeople(GetAuthorizedPeopleParameters()), connection).authorized_people
    assert len(people) == 1 and people[0].name, people
    connection.set_person_and_record(people[0].personid, people[0].selected_record_id)
    before = len(weights(connection))
    weight = Weight()
    weight.when, weight.value_kg = datetime.datetime(2020, 5, 4, 7, 30), 71.5
    weight.display_value, weight.display_units = "71.5", "kg"
    run(PutThings([weight]), connection)
    after = weights(connection)
    assert len(after) == before + 1 and 71.5 in after, after
    print("  a weight written and read: ok")


main(*sys.argv[1:])
