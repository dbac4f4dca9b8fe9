"""Walks a person through the Shell's pages as a browser without scripts does, and prints the token
that the application gets; or, from an address that a device opens, where its browser ends.
Usage: shell_flow.py ORIGIN CA-FILE [ADDRESS]"""

import html.parser
import http.cookiejar
import ssl
import sys
import urllib.error
import urllib.parse
import urllib.request

APP = "3c7e0f52-91d4-4b1e-8a60-5d2f9b7c1e44"


class Forms(html.parser.HTMLParser):
    """The forms of a page: where each goes, what it holds, and its buttons."""

    def __init__(self, page):
        super().__init__()
        self.forms = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.forms.append({"action": attrs.get("action", ""), "fields": [], "buttons": []})
        elif self.forms and tag == "input":
            kind = attrs.get("type", "text")
            if kind in ("radio", "checkbox") and "checked" not in attrs:
                return
            self.forms[-1]["fields"].append((attrs.get("name", ""), attrs.get("value", "")))
        elif self.forms and tag == "button" and attrs.get("value"):
            self.forms[-1]["buttons"].append((attrs.get("name", ""), attrs["value"]))


class Stop(urllib.request.HTTPRedirectHandler):
    """Follows redirects within the Shell, and stops at one that leaves it."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        if newurl.startswith("http://localhost:9/") or "/application/complete" in newurl:
            raise Returned(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class Returned(Exception):
    """The browser is back at the application."""


def main(origin, ca_file, opened=None):
    context = ssl.create_default_context(cafile=ca_file)
    cookies = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(
        Stop, urllib.request.HTTPCookieProcessor(cookies), urllib.request.HTTPSHandler(context=context)
    )
    inner = urllib.parse.urlencode({"appid": APP, "actionqs": "back"})
    auth = origin + "/redirect.aspx?" + urllib.parse.urlencode({"target": "AUTH", "targetqs": "?" + inner})
    address = opened or auth
    data = None
    try:
        for _ in range(8):
            answer = browser.open(address, data)
            page = answer.read().decode()
            form = next(f for f in Forms(page).forms if "sign-out" not in f["action"])
            fields = dict(form["fields"])
            if "password" in fields:
                fields.update(email="robin@example.org", password="tea by the window")
            if ("decision", "allow") in form["buttons"]:
                fields["decision"] = "allow"
            address = urllib.parse.urljoin(answer.geturl(), form["action"])
            data = urllib.parse.urlencode(fields).encode()
    except Returned as returned:
        if opened:
            print(returned)
            return
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(str(returned)).query)
        assert query["target"] == ["AppAuthSuccess"], query
        assert query["actionqs"] == ["back"] and query["instanceid"] == ["1"], query
        print(query["wctoken"][0])
        return
    sys.exit("the Shell never came back to the application; the last page was:\n" + page)


main(*sys.argv[1:])
