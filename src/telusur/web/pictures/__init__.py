"""Pictures that a reader would rather look at than a list: rows in, a `Picture` out, finished on the server.

    from telusur.web.pictures import Tongue, attention
    picture = attention.attention("day", periods, Tongue("id"))
    picture.figure(tongue)      # markup for a page: the drawing, its key, what it says in words, its table
    picture.table.to_csv()      # the numbers behind it

Nothing here asks the archive: whoever has rows can draw them. No script, no inline style; looks are in ``static/pictures.css``.

  drawing    what all are made of;  basemap  land and borders
  tree       on whose word          attention  copies against originals over time
  strips     who copied what        lanes      who held what, with ends as sure as the text makes them
  heat       speaker by subject, outlet by agency
  sureness   how sure it was told, month by month
  moments    the timeline           dotmap     places, with rings of precision
  network    who is bound to whom
"""

from .drawing import Picture, Table, Tongue

__all__ = ["Picture", "Table", "Tongue"]
