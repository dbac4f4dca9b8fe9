"""Methods that pyhealthvault wrapped after its release 1.0, on the base classes of that release. A newer
checkout brings its own, which are taken first."""

try:
    from healthvaultlib.methods.authorizeapplication import AuthorizeApplication
    from healthvaultlib.methods.getauthorizedrecords import GetAuthorizedRecords
    from healthvaultlib.methods.removeapplicationrecordauthorization import RemoveApplicationRecordAuthorization
except ImportError:
    from lxml import etree

    from healthvaultlib.methods.method import Method
    from healthvaultlib.methods.methodbase import RequestBase, ResponseBase
    from healthvaultlib.objects.record import Record

    class Request(RequestBase):
        def __init__(self, name, element, texts):
            self.name, self.version = name, 1
            self.element, self.texts = element, texts

        def get_info(self):
            info = etree.Element("info")
            for text in self.texts:
                etree.SubElement(info, self.element).text = text
            return info

    class NoResponse(ResponseBase):
        def parse_response(self, response):
            assert len(response) == 1, "a status and nothing else"

    class Records(ResponseBase):
        def __init__(self):
            super(Records, self).__init__()
            self.name, self.version = "GetAuthorizedRecords", 1

        def parse_response(self, response):
            self.parse_info(response)
            self.records = [Record(record) for record in self.info.xpath("record")]

    class AuthorizeApplication(Method):
        def __init__(self, app):
            Method.__init__(self, Request("AuthorizeApplication", "app-id", [app]), NoResponse())

    class GetAuthorizedRecords(Method):
        def __init__(self, ids):
            Method.__init__(self, Request("GetAuthorizedRecords", "id", ids), Records())

    class RemoveApplicationRecordAuthorization(Method):
        def __init__(self):
            name = "RemoveApplicationRecordAuthorization"
            Method.__init__(self, Request(name, None, []), NoResponse())
