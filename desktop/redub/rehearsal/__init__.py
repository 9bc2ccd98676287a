"""The rehearsal service: the service's wire protocol on this machine, with real video out.

    protocol   codes, refusal, envelope, authority, guard     who may ask, and how asking and answering look
    rules      shapes, asking, rules, speechrules, markup     every documented rule, checked on its own
    jobs       jobs, lanes, making, speaking, callback        from an accepted request to a published result
    media      fetching, content, sound, picture, mark, render   what is fetched, checked and made
    shelves    shelf, results, timbres, assets                what can be uploaded, downloaded and asked for
    scenarios  scenarios, simulation, connection         what goes wrong on purpose
    process    settings, key, records, service, application, serving   how it runs: `python -m redub.rehearsal`

It imports neither the client (`redub.cloud`) nor any of the client's checks: it exists to find their mistakes.
"""
