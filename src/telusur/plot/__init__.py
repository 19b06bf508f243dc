"""The pictures of the reading room for notebooks, as Altair charts: the same rows, to be changed and combined as one likes.

    from telusur import plot
    from telusur.archive import open_archive

    with open_archive("archive.db") as archive:
        events = plot.rows.events(archive, "2017-03", place="Mosul")
    plot.timeline(events)                      # shows itself in a notebook
    plot.timeline(events).save("mosul.svg")    # needs no network: vl-convert draws it

Needs ``pip install 'telusur[plot]'``; Altair loads with the first chart. Rows are those of `telusur.web.pictures`; where an archive is asked, see
`rows`.
"""

from . import rows
from .charts import (
    attention,
    attribution_tree,
    certainty_strip,
    copy_strips,
    dependence,
    lanes,
    network,
    place_map,
    speaker_matrix,
    timeline,
)

__all__ = [
    "attention", "attribution_tree", "certainty_strip", "copy_strips", "dependence", "lanes", "network", "place_map", "rows", "speaker_matrix", "timeline",
]  # fmt: skip
