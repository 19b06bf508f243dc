"""The reading room: an archive in the browser, for people who read, follow a claim to its origin, and correct the machine.

    from telusur.archive import open_archive
    from telusur.web.app import create_app
    from telusur.web.settings import RoomSettings
    app = create_app(open_archive("archive.db"), RoomSettings())

The rooms of this room:
  app         puts it together: routes, middleware, errors
  settings    what whoever starts it may set
  security    who may ask what: hosts, foreign pages, tokens, headers, people
  snapshots   one state of the archive for one request, and a limit on how long it may be searched
  languages   texts in Indonesian and English: catalogues in locale/, one .po for each part
  rendering   templates to pages: `render(request, "name.html", …)`
  links       addresses of pages
  lists       every list as CSV, JSON, JSON Lines and Atom
  pages/      one file for each page: what it asks the archive, what it gives its template
  spreading   where a page is made: in this process, in another, or not at all because it was made a moment ago
  passing     a question for a page, cut down to what its answer depends on
  keeping     pages that were made lately
  makers      processes that make pages (`maker` is one of them)
  importer    an import, in a process of its own (`imports` watches it)
Everything is rendered here and works without script; what scripts add is in static/.
"""
