"""pyhealthvault, unmodified: every method that it wraps and that is offered, with what it makes of the answer.
Usage: drive_pyhealthvault.py PLATFORM-URL KEY CERTIFICATE WCTOKEN"""

from __future__ import print_function

import datetime
import io
import os
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(1, os.path.dirname(os.path.abspath(__file__)))
import keys

import pytz
from healthvaultlib.exceptions.healthserviceexception import HealthServiceException
from healthvaultlib.helpers.connection import Connection
from healthvaultlib.itemtypes.height import Height
from healthvaultlib.methods.getapplicationinfo import GetApplicationInfo
from healthvaultlib.methods.getauthorizedpeople import GetAuthorizedPeople
from healthvaultlib.methods.getpersoninfo import GetPersonInfo
from healthvaultlib.methods.getservicedefinition import GetServiceDefinition
from healthvaultlib.methods.getthings import GetThings
from healthvaultlib.methods.putthings import PutThings
from healthvaultlib.methods.querypermissions import QueryPermissions
from healthvaultlib.methods.removethings import RemoveThings
from healthvaultlib.objects.getauthorizedpeopleparameters import GetAuthorizedPeopleParameters
from healthvaultlib.objects.thingfilter import ThingFilter
from healthvaultlib.objects.thingformat import ThingFormat
from healthvaultlib.objects.thinggroup import ThingGroup
from later_methods import AuthorizeApplication, GetAuthorizedRecords, RemoveApplicationRecordAuthorization

APP = "3c7e0f52-91d4-4b1e-8a60-5d2f9b7c1e44"
HEIGHT = "40750a6a-89b2-455c-bd8d-b420a4cb500b"
NOBODY = "00000000-0000-4000-8000-000000000009"


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


def refused(method, connection, status):
    try:
        run(method, connection)
    except Refused as answer:
        assert answer.args == (status,), answer
    else:
        sys.exit("%s was not refused" % method.request.name)


def done(what):
    print("  %s: ok" % what)


def query():
    wanted, shape = ThingFilter(), ThingFormat()
    wanted.typeids.append(HEIGHT)
    shape.sections.append("core")
    shape.sections.append("xml")
    try:
        group = ThingGroup([wanted])
    except TypeError:  # The newest takes no filters, and has the format by another name.
        group = ThingGroup()
        group.filters = [wanted]
    group._format = group.format = shape
    return GetThings([group])


def heights(connection):
    response = run(query(), connection)
    assert len(response.groups) == 1
    return [float(item.value_m) for item in response.groups[0].healthrecorditems]


def height(metres):
    item = Height()
    item.value_m = metres
    item.display_value = str(metres * 100)
    item.display_units = "cm"
    return item


def people(connection, **wanted):
    parameters = GetAuthorizedPeopleParameters()
    for name, value in wanted.items():
        setattr(parameters, name, value)
    return run(GetAuthorizedPeople(parameters), connection).authorized_people


def service(connection, url):
    sections = ["platform", "shell", "topology", "xml-over-http-methods", "meaningful-use"]
    definition = run(GetServiceDefinition(sections), connection).service_definition
    assert definition.platform.url == url, definition.platform.url
    assert definition.shell is not None and len(definition.instances) == 1
    assert len(definition.xml_method) > 20 and definition.common_schema
    assert definition.meaningful_use is not None and definition.updated_date is not None
    done("GetServiceDefinition")


def application(connection):
    info = run(GetApplicationInfo(True), connection).application_info
    assert info.id == APP and info.name == {"": "Client library"}, info.name
    assert info.action_url == "http://localhost:9/return"
    assert len(info.online_base_auth_rules) == 1 and len(info.offline_base_auth_rules) == 1
    refused(GetApplicationInfo(True, NOBODY), connection, 11)
    done("GetApplicationInfo")


def person(connection):
    info = run(GetPersonInfo(), connection).personinfo
    assert (info.personid, info.selected_record_id) == (connection.personid, connection.recordid)
    assert info.name and [record.id for record in info.records] == [connection.recordid]
    record = info.records[0]
    # The library takes every boolean for false.
    assert record.display_name and record.rel_type and record.rel_name
    assert record.date_created.tzinfo is not None and record.auth_expires.year == 9999
    done("GetPersonInfo")
    assert [p.personid for p in people(connection)] == [connection.personid]
    assert len(people(connection, num_results=1)) == 1
    tomorrow = datetime.datetime.now(pytz.utc) + datetime.timedelta(days=1)
    assert people(connection, authorizations_created_since=tomorrow) == []
    assert people(connection, person_id_cursor=connection.personid) == []
    done("GetAuthorizedPeople")
    found = run(GetAuthorizedRecords([connection.recordid, NOBODY]), connection).records
    assert [record.id for record in found] == [connection.recordid]
    done("GetAuthorizedRecords, one good and one that nobody has")


def permissions(connection):
    emotion = "4b7971d6-e427-427d-bf2c-2fbcf76606b3"
    found = run(QueryPermissions([HEIGHT, emotion]), connection).permissions
    assert [p.thing_type_id for p in found] == [HEIGHT], "what is not allowed is left out"
    assert found[0].online_access_permissions is not None and found[0].offline_access_permissions is not None
    done("QueryPermissions")


def things(connection):
    before = heights(connection)
    first, second = height(1.11), height(1.12)
    run(PutThings([first, second]), connection)
    assert first.key.thing_id != second.key.thing_id
    after = heights(connection)
    assert len(after) == len(before) + 2 and set([1.11, 1.12]) <= set(after), after
    old = first.key
    first.value_m = 1.13
    run(PutThings([first]), connection)
    assert first.key.thing_id == old.thing_id and first.key.version_stamp != old.version_stamp
    assert 1.13 in heights(connection) and 1.11 not in heights(connection)
    refused(RemoveThings([old]), connection, 61)
    run(RemoveThings([first.key, second.key]), connection)
    assert heights(connection) == before
    done("PutThings, GetThings, RemoveThings")


def many(connection):
    """The library asks for no second page; what it makes of the first is tried."""
    before = len(heights(connection))
    items = [height(1 + number / 1000.0) for number in range(245)]
    # The newest of all, so that the first page has it whatever the second in which each was made.
    items[7].when = datetime.datetime.now(pytz.utc) + datetime.timedelta(hours=1)
    run(PutThings(items), connection)
    assert len(set(item.key.thing_id for item in items)) == 245
    assert len(heights(connection)) == 240, "the rest comes as keys"
    # Each key went to its own item: with another's it would be a conflict.
    items[7].value_m = 2.5
    run(PutThings([items[7]]), connection)
    assert 2.5 in heights(connection)
    run(RemoveThings([item.key for item in items]), connection)
    assert len(heights(connection)) == before
    done("PutThings of many, and the first page of GetThings")


def main(url, key_file, certificate_file, wctoken):
    modulus, exponent = keys.numbers(key_file)
    connection = Connection(APP, url)
    connection.thumbprint = keys.thumbprint(certificate_file)
    connection.publickey, connection.privatekey = "%x" % modulus, "%x" % exponent
    connection.user_auth_token = wctoken
    quietly(connection.connect)
    quietly(connection.set_person_and_record_from_personinfo)
    assert connection.personid and connection.recordid
    done("CreateAuthenticatedSessionToken")

    service(connection, url)
    application(connection)
    person(connection)
    permissions(connection)
    things(connection)
    many(connection)
    # It is open to all, so that nobody need be let in.
    refused(AuthorizeApplication(APP), connection, 38)
    refused(AuthorizeApplication(NOBODY), connection, 6)
    done("AuthorizeApplication")

    connection.user_auth_token = None
    person(connection)
    run(PutThings([height(1.60)]), connection)
    assert 1.6 in heights(connection)
    done("the same offline")

    connection.user_auth_token = "ASAAAnobody="
    refused(query(), connection, 7)
    done("a dead token is refused")

    connection.user_auth_token = wctoken
    run(RemoveApplicationRecordAuthorization(), connection)
    refused(query(), connection, 11)
    refused(RemoveApplicationRecordAuthorization(), connection, 11)
    assert people(connection) == []
    done("RemoveApplicationRecordAuthorization")


main(*sys.argv[1:])
