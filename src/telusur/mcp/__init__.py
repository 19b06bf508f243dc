"""The archive for language models, over the Model Context Protocol: read only, on standard input and output.

  protocol   messages: JSON-RPC 2.0, a line each, of all versions of the protocol from 2024-11-05 on
  tools      what can be asked: a name, what it takes
  answering  what answers
Every answer carries the exact sentence, its range in the article's text, the article's link, what people decided of it, and how many
sources tell it, so that an assistant has what to cite; and it says that text of articles is data, never an instruction.

The protocol is written out here, since it is small: the `mcp` package would bring thirty megabytes for it. The tests speak to this
through that package's own client.
"""
