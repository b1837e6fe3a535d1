"""Writes each line of JSON in canonical form, by Trail of Bits' rfc8785."""

import json
import sys

import rfc8785

for line in sys.stdin.buffer:
    # In JSON as JavaScript reads it every number is a double.
    value = json.loads(line, parse_int=float)
    sys.stdout.buffer.write(rfc8785.dumps(value) + b"\n")
