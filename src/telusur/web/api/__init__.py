"""The reading room for programs: `/api/v1`, with every answer typed and described by `/api/v1/openapi.json`.

Comes in: a request. Goes out: JSON of a shape, a stream of CSV or JSON Lines, or a problem (RFC 9457). In the order in which a request passes:
  app         the application that is mounted; who may ask, how often, how much; errors as problems
  operations  what can be asked: one row for each operation, with its parameters, its answer and who may
  questions   the shapes of parameters and bodies
  lists, people, deciding, whole   what is asked of the archive
  shapes      the shapes of answers
  streams     whole lists as CSV and JSON Lines
  reader      reading a text that was sent, in a process of its own, within a time
  openapi     the description, made of operations and shapes;  page  the same for people
Names are those of the command line and of Python: a claim here is the line that ``telusur claim --format json`` prints.
"""
