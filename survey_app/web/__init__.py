"""The pages: one blueprint per audience, on common ground.

A view reads the request, calls one service and answers with a page. A page is a template and one
frozen dataclass; it works without JavaScript, loads nothing from elsewhere, and nothing in it is
inline that a strict Content-Security-Policy would have to allow.

    application.py   the Flask class: how it logs, what it answers when something goes wrong
    house.py         what all parts share: settings, database, languages, clock, assets
    templating.py    Jinja with the words of a language
    assets.py        style sheets and scripts: joined, named by content, kept forever
    headers.py       the security headers of every response
    speaking.py      which language a request gets
    phone.py         what every page of a phone has besides its content
    respond/         a young person with a phone
    public/          for everybody: the pages that law expects, and the public list of a network
    staff/           youth workers, coordinators, evaluators
    preview/         the author of a questionnaire, on their own machine
"""
